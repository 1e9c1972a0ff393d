"""The article within an HTML page, as offsets into the untouched page.

`view_of` blanks the markup out of a page without moving a character. trafilatura finds the main
text; its lines are found again in the view, each after the one before, so that the stretches are
offsets of the page. The page's headline is added where trafilatura leaves it out.
"""

from __future__ import annotations

import bisect
import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from summarise import noise, rows
from summarise.blocks import Stretch, joined, lines, trim, word_set
from summarise.containers import outside_boxes
from summarise.line_ends import credit_length
from summarise.records import MARKUP

_INLINE = word_set(
    """
    a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q
    rp rt ruby s samp small span strike strong sub sup time tt u var wbr
    """
)
_UNSEEN = word_set(
    """
    script style noscript template svg math head iframe object select textarea canvas audio
    video
    """
)
_TAG = re.compile(r"</?([a-zA-Z][\w:-]*)")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
_TAG_MARK = re.compile(r"[\"'>]")
_LONGEST_TAG = 20_000
"""Characters after which a quoted attribute counts as never closed."""
_SENTENCE_WORDS = 6
"""Words that one line of what trafilatura found must have; else it found no article."""
_BEFORE_COMMENTS = 2
"""Sentences before a head that ends the article."""
_LONGEST_LINK = 3000
"""Characters of the longest link that is looked at, tags included."""
_CAPTION = re.compile(r"<figcaption\b[^>]{0,500}>.{0,3000}?</figcaption\s*>", re.I | re.S)
_STANDFIRST = re.compile(
    r"<(p|div|h2|h3)\b[^<>]{0,300}\b(?:class|itemprop|data-testid)=[\"'][^\"'<>]{0,200}"
    r"(?:standfirst|strapline|sub-?title|sub-?head|sub-?deck|\bdek\b|\bdeck\b|article__?-?intro|"
    r"\blede\b|alternativeHeadline)[^<>]{0,300}>.{0,2000}?</\1\s*>",
    re.I | re.S,
)
_STANDFIRST_WORDS = 4
_CREDIT = re.compile(
    r"<(?:span|small|cite|p|div|em|i)\b[^<>]{0,200}\b(?:class|itemprop)=[\"'][^\"'<>]{0,100}"
    r"(?:credit|copyright|photographer|source)[^<>]{0,200}>",
    re.I,
)
"""Who took a picture, as the markup of its caption names it."""
_CLOSED = re.compile(r"[.!?…][\"'”’)]*$")
_LABEL_WORDS = 8
"""Most words of a label."""
_PARAGRAPH = re.compile(r"<(?:p|div|span|section|time)\b[^<>]*>\s*\Z", re.I)
_LETTER = re.compile(r"[^\W\d_]")
_POST_AUTHOR = re.compile(r"[—–-]\s*\S.{0,60}\(@\w+\)")
"""Who wrote a post that a page embeds, as its markup signs it."""
_LOOKS_HTML = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|"
    r"div|section|p|h1)\b",
    re.I | re.S,
)
_FUZZY_SCORE = 90.0
"""Least rapidfuzz ratio (0 to 100) at which a line of trafilatura counts as found in the page."""
_FUZZY_WINDOW = 20_000
"""Characters of the page in which a line that is not found verbatim is looked for."""


@dataclass(frozen=True, slots=True)
class FoundPage:
    """The article found in an HTML page; no stretches where it holds none."""

    view: str
    stretches: tuple[Stretch, ...]
    title: str | None
    outlet: str | None
    published: date | None


def looks_like_html(text: str) -> bool:
    """Whether a text is an HTML page or a piece of one."""
    return _LOOKS_HTML.match(text[:4096]) is not None


# The view


def view_of(page: str) -> str:
    """The page with its markup blanked, of the same length.

    Block tags and what is never shown become blanks, one newline each; inline tags become
    `MARKUP`; an entity becomes its character and `MARKUP` up to its length; line breaks of the
    source become blanks.
    """
    seen: list[str] = []
    at = 0
    for start, end, shown in _markup(page):
        seen += (_flat(page[at:start]), shown)
        at = end
    return "".join((*seen, _flat(page[at:])))


def _flat(text: str) -> str:
    """Text between tags: its line folds are blanks, its entities characters."""
    unfolded = re.sub(r"[\r\n\v\f\u2028\u2029]", " ", text)
    return _ENTITY.sub(_character, unfolded)


def _character(match: re.Match[str]) -> str:
    shown = html.unescape(match[0])[: len(match[0])]
    return shown + MARKUP * (len(match[0]) - len(shown))


def _markup(page: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and stand-in of each stretch of markup."""
    at = 0
    unclosed: set[str] = set()
    while (start := page.find("<", at)) >= 0:
        end, inline = _markup_end(page, start, unclosed)
        if end > start:
            length = end - start
            yield start, end, MARKUP * length if inline else " " * (length - 1) + "\n"
        at = max(end, start + 1)


def _markup_end(page: str, start: int, unclosed: set[str]) -> tuple[int, bool]:
    """Where the markup at `start` ends, and whether it is inline; `start` where "<" is text.

    `unclosed` gathers the names of elements that are seen to have no end from here on.
    """
    if page.startswith("<!--", start):
        return _past(page, "-->", start + 4), True
    if page.startswith(("<!", "<?"), start):
        return _past(page, ">", start), False
    tag = _TAG.match(page, start)
    if not tag:
        return start, True
    name = tag[1].lower()
    end = _tag_end(page, tag.end())
    if name in _UNSEEN - unclosed and page[start + 1] != "/" and page[end - 2 : end] != "/>":
        return _element_end(page, name, end, unclosed), False
    return end, name in _INLINE


def _past(page: str, closer: str, start: int) -> int:
    found = page.find(closer, start)
    return len(page) if found < 0 else found + len(closer)


def _tag_end(page: str, at: int) -> int:
    """Past the ">" of a tag; one inside a quoted attribute does not count."""
    quoted = ""
    for match in _TAG_MARK.finditer(page, at, at + _LONGEST_TAG):
        if not quoted and match[0] == ">":
            return match.end()
        if not quoted and page[match.start() - 1] in "= \t\r\n":
            quoted = match[0]
        elif match[0] == quoted:
            quoted = ""
    return _past(page, ">", at)


def _element_end(page: str, name: str, at: int, unclosed: set[str]) -> int:
    closing = re.compile(rf"</{name}\b[^>]{{0,200}}>", re.I).search(page, at)
    if closing:
        return closing.end()
    unclosed.add(name)
    # An unclosed head must not swallow the body; an unclosed script does, as in browsers.
    return len(page) if name in ("script", "style", "textarea") else at


# The article


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
    aligner = _Aligner(view)
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
    headline = _headline(view, page, document.title, stretches) if stretches else []
    opened = sorted([*headline, *stretches])
    leads = _standfirsts(view, page, opened)
    ordered = _ordered([*headline, *leads, *stretches, *_captions(view, page, opened)])
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
    closed = [_CLOSED.search(line.strip()) is not None for line in listed]
    for number, line in enumerate(listed):
        head = line.lstrip("# ").strip()
        ends = noise.is_final_head(head) or (noise.is_list_head(head) and not any(closed[number:]))
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
    return not _CLOSED.search(line) or _introduces_author(line, listed[:-1])


def _introduces_author(line: str, before: Sequence[str]) -> bool:
    """Whether a last line is furniture, or about somebody whom no sentence of the article names."""
    if _is_furniture(line):
        return True
    name = " ".join(line.split()[:2])
    return noise.is_biography(line) and not any(
        name in one and _CLOSED.search(one.strip()) for one in before
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
    text = _plain(view[start:end])
    if len(text.split()) > _LABEL_WORDS or not _LETTER.search(text):
        return False
    if re.search(r"[.!?…:;,—–-][\"'”’)]*$", text):
        return False
    if text.startswith(("“", '"', "‘", "—", "–", "-")):
        return False
    return _PARAGRAPH.search(page, max(0, start - 400), start) is not None


def _captions(view: str, page: str, body: Sequence[Stretch]) -> list[Stretch]:
    """The captions of whole sentences from the headline on, without their credits."""
    captions: list[Stretch] = []
    for match in _CAPTION.finditer(page, body[0][0], body[-1][1]) if body else ():
        marked = _CREDIT.search(page, *match.span())
        ends = marked.start() if marked else match.end()
        for start, end in lines(view, match.start(), ends):
            credit = credit_length(view[start:end])
            end -= credit
            text = _plain(view[start:end])
            # What ends without a full stop is as often the title of a video or of a gallery.
            if len(text.split()) < _SENTENCE_WORDS or not (
                marked or credit or _CLOSED.search(text)
            ):
                continue
            if not noise.is_noise(text):
                captions.append(trim(view, start, end))
    return captions


def _standfirsts(view: str, page: str, kept: Sequence[Stretch]) -> list[Stretch]:
    """What the markup calls a standfirst, between the first two stretches that are kept."""
    if len(kept) < 2:
        return []
    found = (
        stretch
        for match in _STANDFIRST.finditer(page, kept[0][1], kept[1][0])
        for stretch in lines(view, *match.span())
    )
    texts = ((stretch, _plain(view[slice(*stretch)])) for stretch in found)
    return [
        stretch
        for stretch, text in texts
        if len(text.split()) >= _STANDFIRST_WORDS and not noise.is_noise(text)
    ]


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


def _headline(view: str, page: str, title: str | None, body: Sequence[Stretch]) -> list[Stretch]:
    """The page's headline: its h1 that says the title, unless the body holds it already."""
    from rapidfuzz.fuzz import partial_ratio

    said = {_plain(view[a:b]).lower() for a, b in body}
    for match in re.finditer(r"<h1\b[^>]{0,500}>.{0,3000}?</h1\s*>", page, re.I | re.S):
        for start, end in lines(view, *match.span()):
            text = _plain(view[start:end])
            if text.lower() in said or any(a <= start < b for a, b in body):
                return []
            if len(text.split()) < 3:
                continue
            if not title or partial_ratio(text.lower(), title.lower()) >= _FUZZY_SCORE:
                return [(start, end)]
    return []


def _plain(view: str) -> str:
    return " ".join(view.replace(MARKUP, "").split())


class _Aligner:
    """Finds lines of extracted text again in a view, moving forward."""

    def __init__(self, view: str) -> None:
        """Keeps the view without blanks and markup, and where each of its characters stands."""
        self._places = [n for n, char in enumerate(view) if not char.isspace()]
        self._squeezed = "".join(view[n] for n in self._places)
        self._at = 0

    def find(self, line: str) -> list[Stretch]:
        """The stretches of the view that a line was taken from; none where it is not there."""
        text = re.sub(r"^- ", "", line)
        cells = (
            [cell for cell in text.split("|") if cell.strip("- ")]
            if text.startswith("|")
            else [text]
        )
        return [stretch for cell in cells if (stretch := self._cell(cell))]

    def _cell(self, text: str) -> Stretch | None:
        wanted = "".join(text.split())
        if not wanted:
            return None
        start = self._squeezed.find(wanted, self._at)
        if start < 0:
            start = self._squeezed.find(wanted) if len(wanted) > 30 else -1
        found = (start, start + len(wanted)) if start >= 0 else self._fuzzy(wanted)
        if found is None:
            return None
        self._at = max(self._at, found[1])
        return self._places[found[0]], self._places[found[1] - 1] + 1

    def _fuzzy(self, wanted: str) -> Stretch | None:
        from rapidfuzz.fuzz import partial_ratio_alignment

        window = self._squeezed[self._at : self._at + _FUZZY_WINDOW]
        if len(wanted) < 20 or len(window) < len(wanted):
            return None
        best = partial_ratio_alignment(wanted, window, score_cutoff=_FUZZY_SCORE)
        if best is None or best.dest_end <= best.dest_start:
            return None
        return self._at + best.dest_start, self._at + best.dest_end
