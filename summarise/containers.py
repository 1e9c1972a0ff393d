"""The elements of an HTML page that hold no article, told by their tag or by their class.

Sites name the boxes in their pages for what they are: "newsletter-signup", "related", "comments",
"author-bio". An element that is named so counts as a box only where little of what was found as
the article stands in it: some sites name the whole page "with-comments".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from summarise.blocks import Stretch, word_set

_BOX_TAGS = frozenset(("aside", "nav", "footer", "form", "button"))
_BOX_WORDS = word_set(
    """
    ad ads adv advert adverts advertisement advertising banner bio biography breadcrumb breadcrumbs
    byline comment comments consent cookie cookies credit disclaimer donate donation
    factbox-tip feedback footer jobs kicker mostread mostviewed nav navbar navigation newsletter
    newsletters odds outbrain paywall player podcast poll popular popup promo promobox promos
    promotion rail recirc recirculation recommended recommendation recommendations related
    scorebar share sharebar sharing sidebar signup skip social sponsor sponsored subscribe
    subscription support taboola tags tagcloud teaser teasers ticker toolbar tools trending
    video-player vote weather widget
    """
)
_OF_THE_ARTICLE = word_set("embed embedded tweet quote pullquote blockquote caption figure")
"""An element with such a name shows what others said or what a picture shows."""
_IN_QUOTE = word_set("promo promos newsletter newsletters signup subscribe related teaser ad")
"""What a block quotation is named that quotes nobody; "social" is a post that the article shows."""
_PAIRS = frozenset(
    "most-read most-viewed most-popular read-more read-also see-also also-read author-box "
    "author-bio about-author video-player key-events live-feed inline-link sign-up".split()
)
_OPEN_OR_CLOSE = re.compile(r"<(/?)([a-zA-Z][\w:-]*)((?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*')*)>")
_NAMED = re.compile(
    r"\b(?:class|id|role|data-(?:component|module|type))\s*=\s*[\"']([^\"']*)", re.I
)
_VOID = word_set(
    "area base br col embed hr img input link meta param source track wbr p li td tr th dt dd"
)
"""Elements without an end, and those whose end many pages leave out."""
_MOST_IN_BOX = 0.34
"""Largest share of what was found as the article that stands in a box."""


def outside_boxes(page: str, stretches: Sequence[Stretch]) -> list[Stretch]:
    """The stretches that stand in no box of the page."""
    whole = sum(end - start for start, end in stretches)
    boxes: list[Stretch] = []
    for start, end in boxes_of(page):
        inside = sum(b - a for a, b in stretches if start <= a and b <= end)
        if inside and inside <= _MOST_IN_BOX * whole:
            boxes.append((start, end))
    return [one for one in stretches if not any(a <= one[0] and one[1] <= b for a, b in boxes)]


def boxes_of(page: str) -> Iterator[Stretch]:
    """Where each element begins and ends that is named as a box; nested ones are given, too."""
    opened: list[tuple[str, int, bool]] = []
    for tag in _OPEN_OR_CLOSE.finditer(page):
        name = tag[2].lower()
        if not tag[1]:
            if name in _VOID and (name not in ("p", "li") or not _is_box(name, tag[3])):
                continue
            if not tag[3].endswith("/"):
                opened.append((name, tag.start(), _is_box(name, tag[3])))
            continue
        place = next((n for n in range(len(opened) - 1, -1, -1) if opened[n][0] == name), None)
        if place is None or (name in ("p", "li") and place != len(opened) - 1):
            continue
        if opened[place][2]:
            yield opened[place][1], tag.end()
        del opened[place:]


def _is_box(name: str, attributes: str) -> bool:
    if name in _BOX_TAGS:
        return True
    words_of_box = _IN_QUOTE if name == "blockquote" else _BOX_WORDS
    for named in _NAMED.findall(attributes):
        for one in named.lower().split():
            words = [word for word in re.split(r"[-_:]+", one) if word]
            if _OF_THE_ARTICLE.intersection(words):
                continue
            if one in _PAIRS or words_of_box.intersection(words):
                return True
            if any("-".join(pair) in _PAIRS for pair in pairwise(words)):
                return True
    return False
