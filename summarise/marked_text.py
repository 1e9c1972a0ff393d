"""The main text of an article cut where evidence begins and ends, so that a page can mark it.

An article that was loaded from JSON has no text: then the quotes of its evidence stand for it,
joined where they overlap.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import pairwise

from summarise.records import Extraction, Span

UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
"""Controls, the stand-ins for markup, and what would show words in another order."""
UNFIT = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""What no file in UTF-8 can hold, or no reader can show."""
BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
LINES = re.compile(r"\n\s*")


@dataclass(frozen=True)
class Piece:
    """Words, the ids of the claims that they are evidence of, and those that end with them.

    `first` are the claims whose evidence begins on the page with this piece.
    """

    text: str
    claims: tuple[str, ...] = ()
    ending: tuple[str, ...] = ()
    first: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """Pieces that stand together; an `excerpt` is a quote without the text around it."""

    pieces: tuple[Piece, ...]
    excerpt: bool = False


@dataclass(frozen=True)
class _Stretch:
    start: int
    text: str
    excerpt: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def holds(self, span: Span) -> bool:
        return span.start < self.end and span.end > self.start


def paragraphs(extraction: Extraction) -> tuple[Paragraph, ...]:
    """The main text by paragraphs, then evidence from outside it; or the quotes alone."""
    shown = list(_main_text(extraction))
    spans = [span for claim in extraction.claims for span in claim.evidence]
    away = [span for span in spans if not any(one.holds(span) for one in shown)]
    seen: set[str] = set()
    return tuple(
        Paragraph(tuple(_pieces(one, extraction, seen)), one.excerpt)
        for one in [*shown, *_quotes(away)]
    )


def located(shown: Iterable[Paragraph]) -> frozenset[str]:
    """The ids of the claims whose evidence is among the paragraphs."""
    return frozenset(name for one in shown for piece in one.pieces for name in piece.first)


def _main_text(extraction: Extraction) -> Iterator[_Stretch]:
    article = extraction.article
    view = article.view or article.raw
    is_text = article.raw == view
    view = _newlines(view) if is_text else view
    between = BLANK_LINES if is_text else LINES
    for start, end in article.main_text:
        at = start
        for low, high in [*(gap.span() for gap in between.finditer(view, start, end)), (end, end)]:
            if seen(view[at:low]).strip():
                yield _Stretch(at, view[at:low])
            at = high


def _newlines(text: str) -> str:
    """The same with every line end a newline, and of the same length."""
    return re.sub("[\r\u2028\u2029]", "\n", text.replace("\r\n", " \n"))


def _quotes(spans: Iterable[Span]) -> Iterator[_Stretch]:
    """The quotes in their order, those that overlap as one."""
    text, start = "", 0
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if text and span.start < start + len(text):
            text += span.quote[start + len(text) - span.start :]
            continue
        if text:
            yield _Stretch(start, text, excerpt=True)
        text, start = span.quote, span.start
    if text:
        yield _Stretch(start, text, excerpt=True)


def _pieces(stretch: _Stretch, extraction: Extraction, seen_before: set[str]) -> Iterator[Piece]:
    """`seen_before` are the claims that an earlier paragraph marks; those of this are added."""
    near = [
        (max(span.start, stretch.start), min(span.end, stretch.end), claim.id)
        for claim in extraction.claims
        for span in claim.evidence
        if stretch.holds(span)
    ]
    bounds = {bound for low, high, _ in near for bound in (low, high)}
    for low, high in pairwise(sorted({stretch.start, stretch.end, *bounds})):
        over = _names(name for first, last, name in near if first <= low and high <= last)
        first = tuple(name for name in over if name not in seen_before)
        seen_before.update(first)
        yield Piece(
            _shown(stretch, low, high),
            over,
            _names(name for _, last, name in near if last == high and name in over),
            first,
        )


def _shown(stretch: _Stretch, low: int, high: int) -> str:
    text = stretch.text[low - stretch.start : high - stretch.start]
    return seen(unescape(text) if stretch.excerpt else text)


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def seen(text: str) -> str:
    """What a reader may see of it: without controls and direction overrides."""
    return UNFIT.sub("\ufffd", UNSEEN.sub("", text))


def quoted(spans: Sequence[Span]) -> str:
    """The evidence of a claim as one line: stretches in their order with an ellipsis between."""
    return " … ".join(" ".join(seen(unescape(span.quote)).split()) for span in spans)
