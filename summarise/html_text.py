"""The article within an HTML page, as offsets into the untouched page.

trafilatura finds the main text; its lines are found again in the page's view, each after the one
before. What the markup names as part of the article is added where trafilatura leaves it out, and
what is left of links, labels and comments is dropped.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from summarise import bylines, list_heads, noise, rows
from summarise.blocks import CLOSED, Stretch, joined, trim
from summarise.containers import outside_boxes
from summarise.html_align import Aligner
from summarise.html_named_parts import captions, headline, standfirsts
from summarise.html_view import plain, view_of
from summarise.line_ends import credit_length

_SENTENCE_WORDS = 6
"""Words that one line of what trafilatura found must have; else it found no article."""
_BEFORE_COMMENTS = 2
"""Sentences before a head that ends the article."""
_LONGEST_LINK = 3000
"""Characters of the longest link that is looked at, tags included."""
_LABEL_WORDS = 8
"""Most words of a label."""
_PARAGRAPH = re.compile(r"<(?:p|div|span|section|time)\b[^<>]*>\s*\Z", re.I)
_LETTER = re.compile(r"[^\W\d_]")
_POST_AUTHOR = re.compile(r"[—–-]\s*\S.{0,60}\(@\w+\)")
"""Who wrote a post that a page embeds, as its markup signs it."""


@dataclass(frozen=True, slots=True)
class FoundPage:
    """The article found in an HTML page; no stretches where it holds none."""

    view: str
    stretches: tuple[Stretch, ...]
    title: str | None
    outlet: str | None
    published: date | None


def find_main_text(page: str, url: str | None) -> FoundPage:
    """The main text, title, outlet and date of an HTML page."""
    import trafilatura
    from trafilatura.settings import Document

    view = view_of(page)
    # Without the extensive search a date comes from metadata only, never from the story.
    document = trafilatura.bare_extraction(
        page,
        url=url,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if not isinstance(document, Document):
        return FoundPage(view, (), None, None, None)
    aligner = Aligner(view)
    wanted = [line for line in _article_lines(document.text or "") if not _is_furniture(line)]
    found = [stretch for line in wanted for stretch in aligner.find(line)]
    links = _links(page)
    unlinked = [
        stretch
        for stretch in found
        if not _is_link(view, stretch, links) and not _is_label(view, page, stretch)
    ]
    stretches = [_uncredited(view, stretch) for stretch in outside_boxes(page, unlinked)]
    if not any(len(view[a:b].split()) >= _SENTENCE_WORDS for a, b in stretches):
        stretches = []
    head = headline(view, page, document.title, stretches) if stretches else []
    opened = sorted([*head, *stretches])
    leads = standfirsts(view, page, opened)
    ordered = _ordered([*head, *leads, *stretches, *captions(view, page, opened)])
    return FoundPage(
        view, joined(view, ordered), document.title, document.sitename, _date(document.date)
    )


def _uncredited(view: str, stretch: Stretch) -> Stretch:
    """A stretch without the credit of a picture at its end."""
    start, end = stretch
    return trim(view, start, end - credit_length(view[start:end]))


def _article_lines(text: str) -> list[str]:
    """The lines before the comments, without who wrote the article where it ends."""
    listed = text.splitlines()
    closed = [CLOSED.search(line.strip()) is not None for line in listed]
    for number, line in enumerate(listed):
        head = line.lstrip("# ").strip()
        ends = list_heads.is_final_head(head) or (
            list_heads.is_list_head(head) and not any(closed[number:])
        )
        if ends and sum(closed[:number]) >= _BEFORE_COMMENTS:
            listed = listed[:number]
            break
    while sum(closed[: len(listed)]) > _BEFORE_COMMENTS and _is_left_over(listed):
        listed.pop()
    return listed


def _is_left_over(listed: Sequence[str]) -> bool:
    """Whether the last line is no sentence, list item or post, or introduces the author."""
    line = listed[-1].strip()
    led = any(one.rstrip().endswith(":") for one in listed[-2:])
    if led or line.startswith(("-", "|")) or _POST_AUTHOR.match(line) or not _LETTER.search(line):
        return _is_furniture(line) or rows.is_masthead(line.lstrip("- –—"))
    return not CLOSED.search(line) or _introduces_author(line, listed[:-1])


def _introduces_author(line: str, before: Sequence[str]) -> bool:
    """Whether a last line is furniture, or about somebody whom no sentence of the article names."""
    if _is_furniture(line):
        return True
    name = " ".join(line.split()[:2])
    return bylines.is_biography(line) and not any(
        name in one and CLOSED.search(one.strip()) for one in before
    )


def _links(page: str) -> list[Stretch]:
    """Where each link of the page stands, its tags included."""
    starts = (match.start() for match in re.finditer(r"<a\s", page, re.I))
    closing = re.compile(r"</a\s*>", re.I)
    return [
        (start, found.end())
        for start in starts
        if (found := closing.search(page, start, start + _LONGEST_LINK))
    ]


def _is_link(view: str, stretch: Stretch, links: Sequence[Stretch]) -> bool:
    """Whether a line is one link and no sentence: the headline of another story."""
    start, end = stretch
    if re.search(r"[.!?:,;]['\"”’)]*$", view[start:end]):
        return False
    number = bisect.bisect_right(links, (start, len(view))) - 1
    return number >= 0 and end <= links[number][1]


def _is_label(view: str, page: str, stretch: Stretch) -> bool:
    """Whether a paragraph is a few words that end no sentence: a by-line, a section, a button.

    What is marked as a heading, a list item, a cell or strong text is not: those can be short.
    """
    start, end = stretch
    text = plain(view[start:end])
    if len(text.split()) > _LABEL_WORDS or not _LETTER.search(text):
        return False
    if re.search(r"[.!?…:;,—–-][\"'”’)]*$", text):
        return False
    if text.startswith(("“", '"', "‘", "—", "–", "-")):
        return False
    return _PARAGRAPH.search(page, max(0, start - 400), start) is not None


def _date(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def _is_furniture(line: str) -> bool:
    text = line.lstrip("- ").strip()
    return not text or (noise.is_noise(text) and not _POST_AUTHOR.match(text))


def _ordered(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Sorted, with overlaps cut."""
    out: list[Stretch] = []
    for start, end in sorted(stretches):
        start = max(start, out[-1][1] if out else 0)
        if start < end:
            out.append((start, end))
    return out
