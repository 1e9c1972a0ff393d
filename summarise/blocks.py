"""Lines and paragraphs of a text, with offsets.

A text is cut at line breaks. Where its lines were folded at a fixed width, the lines of one
paragraph are joined again; where a whole page stands on one line, runs of blanks are what is left
of its paragraph breaks (`wide_gaps`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

Stretch = tuple[int, int]
"""Start and end offset, end exclusive."""

_LINE = re.compile(r"[^\n\r\v\f\u2028\u2029]+")
_GAP = re.compile(r"[ \t\xa0\u3000]{2,}|\t")
_ENDS_SENTENCE = re.compile(r"[.!?…:;。！？]['\"”’)\]]*$")
CLOSED = re.compile(r"[.!?…][\"'”’)]*$")
"""A line that ends as a sentence does, closing quotation marks included."""
_FOLD_WIDTHS = range(40, 101)
"""Column widths, in characters, at which mail and wire software folds lines."""
_LONE = 0.7
"""Share of the width below which a line with no full stop was broken off, not folded."""


def word_set(table: str) -> frozenset[str]:
    """The words of a table that blanks and line breaks part."""
    return frozenset(table.split())


def trim(text: str, start: int, end: int) -> Stretch:
    """The stretch without the white space (and markup fillers) at its ends; may be empty."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def bare(line: str) -> str:
    """The line without the ornaments at its ends."""
    return line.strip(" \t\xa0\x1f:.»>→›…-–—|*•·#[](){}=_!").strip()


def lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Stretch]:
    """Each line that is not blank, trimmed, in order."""
    for match in _LINE.finditer(text, start, len(text) if end is None else end):
        first, last = trim(text, *match.span())
        if first < last:
            yield first, last


def fold_width(text: str) -> int:
    """Column at which the lines of `text` were folded, so that a line is no paragraph; 0 if none.

    Told by lines that end in mid-sentence near one width and go on in lower case.
    """
    found = list(lines(text))
    widest = max((end - start for start, end in found), default=0)
    if len(found) < 3 or widest not in _FOLD_WIDTHS:
        return 0
    going_on = [this[1] - this[0] for this, after in pairwise(found) if _runs_on(text, this, after)]
    return max(going_on) if len(going_on) * 4 >= len(found) else 0


def _runs_on(text: str, this: Stretch, after: Stretch) -> bool:
    if text.count("\n", this[1], after[0]) > 1:
        return False
    return text[after[0]].islower() and not _ENDS_SENTENCE.search(text[this[0] : this[1]])


def paragraphs(
    text: str, start: int = 0, end: int | None = None, fold: int = 0
) -> Iterator[Stretch]:
    """The lines of `text`, or, where it is folded at a column, its stretches between breaks."""
    found = list(lines(text, start, end))
    if not fold:
        yield from found
        return
    lone = [_is_lone(text, found, number, fold) for number in range(len(found))]
    begun = 0
    for number in range(1, len(found) + 1):
        if (
            number == len(found)
            or lone[number - 1]
            or lone[number]
            or _parted(text, found[number - 1][1], found[number][0])
        ):
            yield found[begun][0], found[number - 1][1]
            begun = number


def _is_lone(text: str, found: Sequence[Stretch], number: int, fold: int) -> bool:
    """Whether a line of a folded text is a label, a date or a by-line, and no part of prose.

    It is short, ends no sentence, and neither it nor the next line goes on in lower case.
    """
    start, end = found[number]
    if end - start >= _LONE * fold or _ENDS_SENTENCE.search(text[start:end]):
        return False
    after = found[number + 1][0] if number + 1 < len(found) else None
    return not text[start].islower() and (after is None or not text[after].islower())


def _parted(text: str, end: int, start: int) -> bool:
    """Whether a blank line, or a list marker, parts two lines of a folded text."""
    gap = text[end:start]
    breaks = gap.count("\n") or gap.count("\r")
    return breaks > 1 or MARKER.match(text, start) is not None


MARKER = re.compile(r"(?:[•●▪■◦‣⁃∙·*➤►▶→✓✔–—-]|\(?\d{1,2}[.)]|#\d{1,2})[ \t\xa0]+(?=\S)")
"""What a list item begins with: a bullet, a dash, a number."""


def wide_gaps(text: str, start: int, end: int) -> Iterator[Stretch]:
    """The stretches of one line between runs of two and more blanks."""
    at = start
    for match in _GAP.finditer(text, start, end):
        if at < match.start():
            yield at, match.start()
        at = match.end()
    if at < end:
        yield at, end


def joined(text: str, stretches: list[Stretch]) -> tuple[Stretch, ...]:
    """Ordered stretches, with those that only white space parts made one."""
    merged: list[Stretch] = []
    for start, end in stretches:
        if merged and not text[merged[-1][1] : start].strip():
            merged[-1] = merged[-1][0], end
        else:
            merged.append((start, end))
    return tuple(merged)
