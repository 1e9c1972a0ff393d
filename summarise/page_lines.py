"""The lines of a page of plain text: prose, list items, short lines, page furniture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import Literal

from summarise import noise, rows
from summarise.blocks import MARKER, fold_width, paragraphs, trim, wide_gaps
from summarise.line_ends import CAPTION_LABEL, FUNCTION_WORD, credit_length, is_tags

Kind = Literal["prose", "item", "short", "noise"]

SENTENCE_END = re.compile(
    r"[.!?…。！？]['\"”’»)\]]*(?:\s*(?:/|\||©|\(|\[|—|–|-)\s*[^.!?]{2,50})?$"
    r"|[a-z]{3}[.!?]['\"”’)]*\s[A-Z(].{0,24}$"
)
_CONTENT_WORD = re.compile(r"[^\W\d_]{4,}|\d[\d,.]*\d")
_ONE_LINE = 600
"""Characters from which on a line with wide gaps is a whole page, not a paragraph."""
_CAPTION_WORDS = 4
"""Words from which on a line that a label calls a caption is one."""
_STEM = 5
"""Letters by which words are told apart."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page: its offsets, its words and what kind of line it is."""

    start: int
    end: int
    text: str
    kind: Kind
    words: frozenset[str]


def lines_of(page: str) -> list[Line]:
    """The lines of a page that are not blank; a page on one line is cut at runs of blanks."""
    found: list[Line] = []
    for start, end in paragraphs(page, fold=fold_width(page)):
        is_page = end - start >= _ONE_LINE or "   " in page[start:end]
        pieces = list(wide_gaps(page, start, end)) if is_page else [(start, end)]
        found.extend(_line(page, *trim(page, *piece)) for piece in pieces)
    return found


def _line(page: str, start: int, end: int) -> Line:
    text = page[start:end]
    return Line(start, end, text, _kind(text), _content_words(text))


def _kind(text: str) -> Kind:
    if _is_caption(text):
        return "prose"
    if noise.is_noise(text) or rows.is_row(text) or is_tags(text):
        return "noise"
    marker = MARKER.match(text)
    rest = text[marker.end() :] if marker else text
    rest = rest[: len(rest) - credit_length(rest)] or rest
    if marker and (noise.is_noise(rest) or len(rest.split()) < 2):
        return "noise"
    if _is_prose(rest):
        return "prose" if not marker or len(rest) > 120 else "item"
    return "item" if marker else "short"


def _is_caption(text: str) -> bool:
    """Whether a label leads in a caption, and not only the credit of a picture."""
    label = CAPTION_LABEL.match(text)
    rest = text[label.end() :] if label else ""
    tells = SENTENCE_END.search(rest) is not None or len(FUNCTION_WORD.findall(rest)) > 1
    return len(rest.split()) >= _CAPTION_WORDS and (tells or "caption" in text[:20].lower())


def _is_prose(text: str) -> bool:
    words = len(text.split())
    if words < 2:
        return False
    ends = SENTENCE_END.search(text) is not None
    runs = len(FUNCTION_WORD.findall(text)) / words
    if ends and text.endswith("?") and words <= 14:
        return False
    if ends and not text.endswith(("…", "...")):
        return words >= 4 or (words >= 3 and runs > 0)
    return words >= (12 if text.endswith(":") else 25) and runs >= 0.15


def _content_words(text: str) -> frozenset[str]:
    # Cut to a stem, so that "glacier" and "glaciers", "ferry" and "ferries" are one word.
    return frozenset(word.lower()[:_STEM] for word in _CONTENT_WORD.findall(text))


def vocabulary(lines: Iterable[Line]) -> frozenset[str]:
    """The content words of some lines."""
    return frozenset().union(*(line.words for line in lines))


def overlap(words: Set[str], held: Set[str]) -> float:
    """Share of `words` that `held` has; 0 for no words."""
    return len(words & held) / len(words) if words else 0.0
