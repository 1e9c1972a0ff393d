"""Which sentences of an article are quoted speech from end to end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MARKS = re.compile(r"[“”\"]")


@dataclass(frozen=True)
class Quoted:
    """Whether all of a sentence is quoted, and whether its quotation runs on into the next."""

    whole: bool
    closes_later: bool


def quotations(texts: Sequence[str], paragraphs: Sequence[int]) -> list[Quoted]:
    """For each sentence of the article, in order; a quotation ends with its paragraph."""
    found, is_open, before = [], False, None
    for text, paragraph in zip(texts, paragraphs, strict=True):
        if paragraph != before:
            is_open, before = False, paragraph
        opened = is_open
        for mark in _MARKS.finditer(text):
            is_open = {"“": True, "”": False}.get(mark.group(), not is_open)
        starts = opened or text.lstrip()[:1] in {"“", '"'}
        ends = is_open or text.rstrip().rstrip(".,!?")[-1:] in {"”", '"'}
        found.append(Quoted(starts and ends and len(text.split()) > 2, is_open))
    return found


def is_quoted(text: str, at: int) -> bool:
    """Whether the character at `at` of a sentence stands inside a quotation."""
    marks = [(m.start(), m.group()) for m in _MARKS.finditer(text)]
    if not marks:
        return False
    first, mark = marks[0]
    # a first mark with no space before it closes a quotation that the sentence began in
    inside = mark == "”" or (mark == '"' and first > 0 and not text[first - 1].isspace())
    for place, mark in marks:
        if place > at:
            break
        inside = {"“": True, "”": False}.get(mark, not inside)
    return inside
