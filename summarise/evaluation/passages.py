"""An article's main text cut where evidence begins and ends, so that it can be marked.

Offsets are those of the article's file, as in gold; markup is taken out only after the cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarise.evaluation.gold import Case
from summarise.html_view import looks_like_html, view_of

Place = tuple[int, int]

_HTML_SUFFIXES = {".html", ".htm", ".xhtml"}
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
"""Controls, the stand-ins for markup, and what would show words in another order."""
_UNFIT = re.compile("[\ud800-\udfff\ufffe\uffff]")
_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_LINES = re.compile(r"\n\s*")


@dataclass(frozen=True)
class Mark:
    """A stretch of evidence, and the place of its claim among the claims of its side."""

    start: int
    end: int
    claim: int


@dataclass(frozen=True)
class Piece:
    """Words of a paragraph: the claims that they are evidence of, and those that end here."""

    text: str
    claims: tuple[int, ...] = ()
    ending: tuple[int, ...] = ()


@dataclass(frozen=True)
class Text:
    """The main text: a view of the same length as the file, and its paragraphs as offsets."""

    view: str
    paragraphs: tuple[Place, ...]

    def pieces(self, paragraph: Place, marks: Iterable[Mark]) -> tuple[Piece, ...]:
        """The paragraph cut at the bounds of the marks that reach into it."""
        start, end = paragraph
        near = [mark for mark in marks if max(mark.start, start) < min(mark.end, end)]
        bounds = {bound for mark in near for bound in (mark.start, mark.end)}
        cuts = sorted({start, end, *(bound for bound in bounds if start < bound < end)})
        return tuple(self._piece(low, high, end, near) for low, high in pairwise(cuts))

    def _piece(self, low: int, high: int, last: int, marks: Sequence[Mark]) -> Piece:
        over = [mark for mark in marks if mark.start <= low and high <= mark.end]
        ending = [mark for mark in over if mark.end == high or high == last]
        return Piece(_seen(self.view[low:high]), _claims(over), _claims(ending))

    def shows(self, start: int, end: int) -> bool:
        """Whether something of this stretch stands in the main text."""
        return any(start < high and end > low for low, high in self.paragraphs)


def _claims(marks: Iterable[Mark]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(mark.claim for mark in marks))


def _seen(text: str) -> str:
    return _UNFIT.sub("\ufffd", _UNSEEN.sub("", text))


def text_of(case: Case) -> Text | None:
    """The main text of a case; None where the suite gives no text."""
    if case.text is None:
        return None
    html = _is_html(case, case.text)
    view = view_of(case.text) if html else _with_newlines(case.text)
    between = _LINES if html else _BLANK_LINES
    stretches = (
        place
        for start, end in case.gold.main_text
        for place in _split(view, start, min(end, len(view)), between)
    )
    return Text(view, tuple(stretches))


def _is_html(case: Case, text: str) -> bool:
    suffix = case.path.suffix.lower() if case.path else ""
    return suffix in _HTML_SUFFIXES or (suffix != ".txt" and looks_like_html(text))


def _with_newlines(text: str) -> str:
    """The same with every line end a newline, and of the same length."""
    return re.sub("[\r\u2028\u2029]", "\n", text.replace("\r\n", " \n"))


def _split(view: str, start: int, end: int, between: re.Pattern[str]) -> Iterator[Place]:
    """The paragraphs of a stretch that hold something to see."""
    at = start
    for gap in between.finditer(view, start, end):
        yield from _place(view, at, gap.start())
        at = gap.end()
    yield from _place(view, at, end)


def _place(view: str, start: int, end: int) -> Iterator[Place]:
    if _seen(view[start:end]).strip():
        yield start, end
