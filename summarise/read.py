"""Reading an article from a path, a URL or text in hand: its main text as offsets into the input.

HTML goes through `html_text` (trafilatura), everything else through `main_text` (own line
heuristics, described there). The raw input is never altered; a byte-order mark is not part of it.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

from summarise import html_text, html_view, main_text
from summarise.decode import decode
from summarise.errors import InputError
from summarise.records import Article

_SCHEME = re.compile(
    r"^([a-zA-Z][a-zA-Z0-9+.-]+)://|^(data|file|ftp|mailto|javascript|"
    r"about):",
    re.I,
)
_HTML_SUFFIXES = (".html", ".htm", ".xhtml")
_SLUG_LENGTH = 80
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class _Input:
    """What was read: the text, what to call it, where it came from, whether it is HTML."""

    label: str
    text: str
    url: str | None = None
    is_html: bool = False


def read(
    source: str | Path,
    *,
    text: str | bytes | None = None,
    published: date | None = None,
    outlet: str | None = None,
    title: str | None = None,
    max_bytes: int = 5_000_000,
    allow_private: bool = False,
) -> Article:
    """The article at a path or URL, or in `text` (then `source` is only its label).

    `published`, `outlet` and `title` win over what the input says. Raises InputError for a source
    that is missing, empty, binary, larger than `max_bytes` bytes, refused (scheme, private
    address) or unreachable, and for one without an article in it.
    """
    if text is not None:
        got = _given(str(source), text, max_bytes)
    elif isinstance(source, str) and _SCHEME.match(source):
        got = _fetched(source, max_bytes, allow_private)
    else:
        got = _opened(Path(source), max_bytes)
    if not got.text.strip():
        raise InputError(f"{got.label!r} is empty; expected the text or HTML of a news article")
    if half := _HALF.search(got.text):
        raise InputError(
            f"{got.label!r} holds half of a character ({half[0]!a} at {half.start()}), which no "
            f"text can hold; write the character whole"
        )
    return _article(got, published, outlet, title)


def _article(got: _Input, published: date | None, outlet: str | None, title: str | None) -> Article:
    found = _found(got)
    if not found.stretches:
        raise InputError(
            f"{got.label!r} holds no article: no sentence of prose was found in its "
            f"{len(got.text):,} characters; give the page of one story"
        )
    return Article(
        id=_identifier(got.label),
        title=title or found.title,
        outlet=outlet or found.outlet,
        published=published or found.published,
        sha256=hashlib.sha256(got.text.encode("utf-8", "surrogatepass")).hexdigest(),
        main_text=found.stretches,
        raw=got.text,
        view=found.view,
    )


def _found(got: _Input) -> html_text.FoundPage:
    if got.is_html or html_view.looks_like_html(got.text):
        found = html_text.find_main_text(got.text, got.url)
        # A page too short for trafilatura is read as the text that it shows.
        stretches = found.stretches or main_text.find_main_text(found.view).stretches
        return replace(found, stretches=stretches)
    page = main_text.find_main_text(got.text)
    return html_text.FoundPage(got.text, page.stretches, page.title, None, page.published)


def _given(label: str, text: str | bytes, max_bytes: int) -> _Input:
    size = len(text) if isinstance(text, bytes) else len(text.encode("utf-8", "surrogatepass"))
    _check_size(label, size, max_bytes)
    decoded = decode(text, label) if isinstance(text, bytes) else text
    url = label if label.lower().startswith(("http://", "https://")) else None
    return _Input("stdin" if label == "-" else label, decoded, url)


def _fetched(url: str, max_bytes: int, allow_private: bool) -> _Input:
    from summarise.fetch import fetch

    page = fetch(url, max_bytes=max_bytes, allow_private=allow_private)
    text = decode(page.data, url, page.charset)
    return _Input(url, text, page.url, page.content_type != "text/plain" and "<" in text)


def _opened(path: Path, max_bytes: int) -> _Input:
    label = str(path)
    try:
        if path.is_dir():
            raise InputError(f"{label!r} is a directory; name the files in it")
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except FileNotFoundError:
        raise InputError(f"there is no file {label!r}{_nearest(path)}") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{label!r} cannot be opened: {error}") from error
    _check_size(label, len(data), max_bytes)
    return _Input(label, decode(data, label), None, path.suffix.lower() in _HTML_SUFFIXES)


def _check_size(label: str, size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise InputError(
            f"{label!r} is larger than {max_bytes:,} bytes; raise max_bytes (--max-bytes) to "
            f"read it"
        )


def _nearest(path: Path) -> str:
    """What to say about the existing name nearest to a missing path."""
    if not path.parent.is_dir():
        return f"; its folder {str(path.parent)!r} does not exist"
    names = [entry.name for entry in path.parent.iterdir()]
    near = difflib.get_close_matches(path.name, names, n=1, cutoff=0.5)
    return f"; did you mean {str(path.parent / near[0])!r}?" if near else ""


def _identifier(label: str) -> str:
    """File stem, or a slug of a URL's host and path."""
    if not _SCHEME.match(label):
        return Path(label).stem or "article"
    parts = urlsplit(label)
    slug = re.sub(r"[^\w]+", "-", unquote(f"{parts.hostname or ''}{parts.path}")).strip("-")
    return slug[:_SLUG_LENGTH].strip("-") or "article"
