"""The text of one source and what is known of it, or the reason why there is none."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from summarise.corpus.sources import Source
from summarise.decode import decode
from summarise.errors import InputError
from summarise.fetch import fetch
from summarise.read import read
from summarise.records import Article


class Bounds(NamedTuple):
    """What may be read: the bytes of one article, and whether private addresses are fetched."""

    max_bytes: int = 5_000_000
    allow_private: bool = False


class Unread(NamedTuple):
    """Why a source gives no article: a kind to count by, and the reason in words."""

    kind: str
    reason: str


@dataclass(frozen=True)
class Details:
    """What is known of an article beside its text; `published` is an ISO date."""

    id: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Content:
    """The text of a source as decoded, with its details."""

    text: str
    details: Details = Details()

    @property
    def sha256(self) -> str:
        """Names what is asked about: two sources with one hash are one article."""
        known = self.details
        head = json.dumps([known.title, known.outlet, known.published, known.url])
        data = f"{head}\n{self.text}".encode("utf-8", "surrogatepass")
        return hashlib.sha256(data).hexdigest()


class _UnreadError(Exception):
    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.unread = Unread(kind, reason)


def content_of(source: Source, bounds: Bounds) -> Content | Unread:
    """The content of a source, whatever it is: no source raises."""
    try:
        match source.origin:
            case "file":
                content = Content(_text_of_file(source.label, bounds))
            case "url":
                content = _fetched(source.label, Details(url=source.label), bounds)
            case "line":
                content = _of_line(source, bounds)
    except _UnreadError as error:
        return error.unread
    if not content.text.strip():
        return Unread("empty", f"{source.label!r} is empty")
    return content


def article_of(label: str, content: Content, bounds: Bounds) -> Article | Unread:
    """The article that a content holds."""
    known = content.details
    try:
        article = read(
            known.url or label,
            text=content.text,
            published=date.fromisoformat(known.published) if known.published else None,
            outlet=known.outlet,
            title=known.title,
            max_bytes=4 * bounds.max_bytes,  # as UTF-8 it may be longer than it was
        )
    except InputError as error:
        return Unread("no article", str(error))
    return article if known.id is None else article.model_copy(update={"id": known.id})


def _text_of_file(label: str, bounds: Bounds) -> str:
    try:
        with Path(label).open("rb") as file:
            data = file.read(bounds.max_bytes + 1)
    except FileNotFoundError:
        raise _UnreadError("missing", f"there is no file {label!r}") from None
    except (OSError, ValueError) as error:
        raise _UnreadError("unreadable", f"{label!r} cannot be opened: {error}") from None
    if len(data) > bounds.max_bytes:
        raise _too_big(label, bounds)
    return _decoded(data, label)


def _decoded(data: bytes, label: str, charset: str | None = None) -> str:
    try:
        return decode(data, label, charset)
    except InputError as error:
        raise _UnreadError("not text", str(error)) from None


def _too_big(label: str, bounds: Bounds) -> _UnreadError:
    reason = f"{label!r} is larger than {bounds.max_bytes:,} bytes (--max-bytes)"
    return _UnreadError("too big", reason)


def _fetched(url: str, details: Details, bounds: Bounds) -> Content:
    try:
        page = fetch(url, max_bytes=bounds.max_bytes, allow_private=bounds.allow_private)
    except InputError as error:
        raise _UnreadError("not fetched", str(error)) from None
    return Content(_decoded(page.data, url, page.charset), details)


def _of_line(source: Source, bounds: Bounds) -> Content:
    if len(source.line) > bounds.max_bytes:
        raise _too_big(source.label, bounds)
    try:
        entry = json.loads(source.line)
        details = _details(entry)
        text = _string(entry, "text") or _string(entry, "html")
    except (ValueError, TypeError, RecursionError) as error:
        shape = '{"text" or "html" or "url": "...", "id", "title", "outlet", "published"}'
        raise _UnreadError("bad line", f"{source.label!r} is not {shape}: {error}") from None
    if text is None and details.url is not None:
        return _fetched(details.url, details, bounds)
    return Content(text or "", details)


def _details(entry: Any) -> Details:
    if not isinstance(entry, dict):
        raise TypeError(f"it is {type(entry).__name__}, expected an object")
    published = _string(entry, "published")
    if published is not None:  # a time of day may follow: the day is what counts
        published = date.fromisoformat(published[:10]).isoformat()
    identifier = entry.get("id")
    return Details(
        None if identifier is None else str(identifier),
        _string(entry, "title"),
        _string(entry, "outlet"),
        published,
        _string(entry, "url"),
    )


def _string(entry: dict[str, Any], key: str) -> str | None:
    value = entry.get(key)
    if value is None or isinstance(value, str):
        return value or None
    raise TypeError(f"{key!r} is {value!r:.80}, expected a string")
