"""An HTML page with its markup blanked, not a character moved."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from summarise.blocks import word_set
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
_LOOKS_HTML = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|"
    r"div|section|p|h1)\b",
    re.I | re.S,
)


def looks_like_html(text: str) -> bool:
    """Whether a text is an HTML page or a piece of one."""
    return _LOOKS_HTML.match(text[:4096]) is not None


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


def plain(view: str) -> str:
    """A stretch of the view in words that single blanks part."""
    return " ".join(view.replace(MARKUP, "").split())


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
