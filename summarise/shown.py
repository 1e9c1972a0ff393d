"""From what a sentence shows back to where it stands: offsets of its text in the raw input."""

from __future__ import annotations

import re

from summarise.records import MARKUP, Article, Sentence, Span

_MARKED = re.compile(f"{MARKUP}+")


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
    """The stretch as evidence: verbatim, and cut where markup stands between its words."""
    found = []
    place = start
    cuts = [(m.start() + start, m.end() + start) for m in _MARKED.finditer(article.view[start:end])]
    for cut_start, cut_end in (*cuts, (end, end)):
        if _is_entity(article, cut_start, cut_end):
            continue
        found.append(_trimmed(article, place, cut_start))
        place = cut_end
    return tuple(span for span in found if span is not None)


def _is_entity(article: Article, start: int, end: int) -> bool:
    """Whether the filler belongs to a character reference: `&amp;` shows as one character."""
    return start < end and article.raw[max(0, start - 1)] == "&"


def _trimmed(article: Article, start: int, end: int) -> Span | None:
    shown = article.view[start:end]
    start += len(shown) - len(shown.lstrip())
    end -= len(shown) - len(shown.rstrip())
    if start >= end:
        return None
    return Span(start=start, end=end, quote=article.raw[start:end])
