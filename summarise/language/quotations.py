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
