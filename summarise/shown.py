"""From what a sentence shows back to where it stands: offsets of its text in the raw input."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarise.records import MARKUP, Article, Sentence, Span

_GAP = re.compile(r"\s+")  # `MARKUP` counts as a blank
_REFERENCE = re.compile(r"&#?\w{1,32};?")
"""A character reference such as `&eacute;`, which shows as one character or two."""
_LONGEST_REFERENCE = 35


def offsets(article: Article, sentence: Sentence) -> list[int]:
    """For each character of `sentence.text`, its offset in the article.

    The text is the view between `start` and `end` with markup out and white space folded.
    """
    places: list[int] = []
    blank = True
    for place in range(sentence.start, sentence.end):
        char = article.view[place]
        if char == MARKUP or (char.isspace() and blank):
            continue
        blank = char.isspace()
        places.append(place)
    return places


def spans(article: Article, start: int, end: int) -> tuple[Span, ...]:
    """The stretch as evidence: verbatim, and cut where markup stands between its words.

    A character reference is kept whole, one that begins at the last character included.
    """
    end = _whole(article, end)
    found = []
    place = start
    for cut_start, cut_end in (*_cuts(article, start, end), (end, end)):
        found.append(_trimmed(article, place, cut_start))
        place = cut_end
    return tuple(span for span in found if span is not None)


def _whole(article: Article, end: int) -> int:
    """Past the reference that `end` stands in, as far as that is main text."""
    behind = _reference_end(article, end)
    inside = any(first < end and behind <= last for first, last in article.main_text)
    return behind if inside else end


def _cuts(article: Article, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where markup stands between `start` and `end`."""
    for gap in _GAP.finditer(article.view, start, end):
        if "<" in article.raw[gap.start() : gap.end()]:
            yield min(_reference_end(article, gap.start()), gap.end()), gap.end()


def _reference_end(article: Article, place: int) -> int:
    """Past the filler of a reference where `place` stands in one, else `place`."""
    opened = article.raw.rfind("&", max(0, place - _LONGEST_REFERENCE), place)
    reference = _REFERENCE.match(article.raw, opened) if opened >= 0 else None
    if reference is None or reference.end() <= place:
        return place
    filler = article.view[place : reference.end()]
    return place if filler.strip(MARKUP) else reference.end()


def _trimmed(article: Article, start: int, end: int) -> Span | None:
    """Without blanks at the ends; the filler that ends a reference is no blank."""
    shown = article.view[start:end]
    start += len(shown) - len(shown.lstrip())
    end = _whole(article, start + len(shown.strip()))
    if start >= end:
        return None
    return Span(start=start, end=end, quote=article.raw[start:end])
