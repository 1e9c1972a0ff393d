"""Which sentences of an article are quoted speech from end to end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MARKS = re.compile(r"[“”\"]")
_SINGLE_OPENS = re.compile(r"(?:^\s*|(?<=[:,] ))[‘'](?=\w)")
_SINGLE_CLOSES = re.compile(r"(?<=[.,!?…])[’'](?!\w)")
_IS_ALONE = re.compile(r"(?:[\w-]+ ){0,3}[\w-]+[’'](?=[ .,;:])")
""" "'Shameful' fees": marks around words that a sentence only borrows."""


@dataclass(frozen=True)
class Quoted:
    """Whether all of a sentence is quoted, and whether its quotation runs on into the next.

    `goes_on`: the quotation was opened by a sentence before.
    """

    whole: bool
    closes_later: bool
    goes_on: bool = False


def quotations(texts: Sequence[str], paragraphs: Sequence[int]) -> list[Quoted]:
    """For each sentence of the article, in order; a quotation ends with its paragraph."""
    found, is_open, before = [], False, None
    for text, paragraph in zip(texts, paragraphs, strict=True):
        if paragraph != before:
            is_open, before = False, paragraph
        opened = is_open
        marks = _doubled(text, opened=opened)
        for mark in _MARKS.finditer(marks):
            is_open = _opens(marks, mark, is_open=is_open)
        starts = opened or marks.lstrip()[:1] in {"“", '"'}
        ends = is_open or marks.rstrip(" .,!?")[-1:] in {"”", '"'}
        found.append(Quoted(starts and ends and len(text.split()) > 2, is_open, opened))
    return found


def _opens(text: str, mark: re.Match[str], *, is_open: bool) -> bool:
    """Whether a quotation is open after `mark`; a straight one at the start of `text` opens."""
    if (
        mark.group() == '"'
        and not text[: mark.start()].strip()
        and text[mark.end() :][:1].isalnum()
    ):
        return True
    return {"“": True, "”": False}.get(mark.group(), not is_open)


def _doubled(text: str, *, opened: bool) -> str:
    """`text` with the single marks of a quotation made double; words alone in them stay.

    A single mark opens at the start or after a colon or comma, and closes after a full stop or
    comma; anything else may be an apostrophe.
    """
    if _MARKS.search(text):
        return text
    opening = _SINGLE_OPENS.search(text)
    if opening is None and not opened:
        return text
    if opening is not None and not opened:
        if _IS_ALONE.match(text, opening.end()):
            return text
        text = f"{text[: opening.end() - 1]}“{text[opening.end() :]}"
    return _SINGLE_CLOSES.sub("”", text)


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
