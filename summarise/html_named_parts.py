"""The parts of an article that the markup of its page names: headline, standfirst, captions.

trafilatura often leaves them out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarise import noise
from summarise.blocks import CLOSED, Stretch, lines, trim
from summarise.html_view import plain
from summarise.line_ends import credit_length

_CAPTION = re.compile(r"<figcaption\b[^>]{0,500}>.{0,3000}?</figcaption\s*>", re.I | re.S)
_STANDFIRST = re.compile(
    r"<(p|div|h2|h3)\b[^<>]{0,300}\b(?:class|itemprop|data-testid)=[\"'][^\"'<>]{0,200}"
    r"(?:standfirst|strapline|sub-?title|sub-?head|sub-?deck|\bdek\b|\bdeck\b|article__?-?intro|"
    r"\blede\b|alternativeHeadline)[^<>]{0,300}>.{0,2000}?</\1\s*>",
    re.I | re.S,
)
_STANDFIRST_WORDS, _CAPTION_WORDS = 4, 6
"""Least words of each."""
_SAME_TITLE = 90.0
"""Least rapidfuzz ratio (0 to 100) at which a first heading says the title of the page."""
_CREDIT = re.compile(
    r"<(?:span|small|cite|p|div|em|i)\b[^<>]{0,200}\b(?:class|itemprop)=[\"'][^\"'<>]{0,100}"
    r"(?:credit|copyright|photographer|source)[^<>]{0,200}>",
    re.I,
)
"""Who took a picture, as the markup of its caption names it."""


def headline(view: str, page: str, title: str | None, body: Sequence[Stretch]) -> list[Stretch]:
    """The page's headline: its h1 that says the title, unless the body holds it already."""
    from rapidfuzz.fuzz import partial_ratio

    said = {plain(view[a:b]).lower() for a, b in body}
    for match in re.finditer(r"<h1\b[^>]{0,500}>.{0,3000}?</h1\s*>", page, re.I | re.S):
        for start, end in lines(view, *match.span()):
            text = plain(view[start:end])
            if text.lower() in said or any(a <= start < b for a, b in body):
                return []
            if len(text.split()) < 3:
                continue
            if not title or partial_ratio(text.lower(), title.lower()) >= _SAME_TITLE:
                return [(start, end)]
    return []


def standfirsts(view: str, page: str, kept: Sequence[Stretch]) -> list[Stretch]:
    """What the markup calls a standfirst, between the first two stretches that are kept."""
    if len(kept) < 2:
        return []
    found = (
        stretch
        for match in _STANDFIRST.finditer(page, kept[0][1], kept[1][0])
        for stretch in lines(view, *match.span())
    )
    texts = ((stretch, plain(view[slice(*stretch)])) for stretch in found)
    return [
        stretch
        for stretch, text in texts
        if len(text.split()) >= _STANDFIRST_WORDS and not noise.is_noise(text)
    ]


def captions(view: str, page: str, body: Sequence[Stretch]) -> list[Stretch]:
    """The captions of whole sentences from the headline on, without their credits."""
    found: list[Stretch] = []
    for match in _CAPTION.finditer(page, body[0][0], body[-1][1]) if body else ():
        marked = _CREDIT.search(page, *match.span())
        ends = marked.start() if marked else match.end()
        for start, end in lines(view, match.start(), ends):
            credit = credit_length(view[start:end])
            end -= credit
            text = plain(view[start:end])
            # What ends without a full stop is as often the title of a video or of a gallery.
            if len(text.split()) < _CAPTION_WORDS or not (marked or credit or CLOSED.search(text)):
                continue
            if not noise.is_noise(text):
                found.append(trim(view, start, end))
    return found
