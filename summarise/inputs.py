"""What the command line is given to read: inputs, what is known of each, names for its output."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarise.errors import InputError, RecordError
from summarise.files import safe_name

if TYPE_CHECKING:
    from summarise.records import Article

STDIN = "-"
LONGEST_STEM = 100
MAX_BYTES = 5_000_000


@dataclass(frozen=True)
class Details:
    """What the user knows of an article where the article itself may not say it."""

    published: date | None = None
    outlet: str | None = None
    title: str | None = None


@dataclass(frozen=True)
class Job:
    """An input, the stem of the file that is written for it, and what is known of it."""

    source: str
    stem: str
    details: Details


def jobs_of(
    paths: Sequence[str], out: Path | None, given: Details, sheet: dict[str, Details]
) -> list[Job]:
    """One job an input; what the sheet says of one goes before what is given for all.

    Raises InputError where two inputs would be written to one file of `out`, or none can be.
    """
    jobs = [Job(path, stem_of(path), given) for path in paths]
    if list(paths).count(STDIN) > 1:
        raise InputError("standard input (-) was given twice: it can be read once")
    if out is not None:
        _refuse_collisions(jobs, out)
        _make_folder(out)
    return [Job(job.source, job.stem, _merged(sheet.get(job.stem), given)) for job in jobs]


def _refuse_collisions(jobs: Sequence[Job], out: Path) -> None:
    taken: dict[str, str] = {}
    for job in jobs:
        # Some file systems hold "A.json" and "a.json" for one file.
        key = job.stem.casefold()
        if key in taken:
            raise InputError(
                f"{taken[key]!r} and {job.source!r} would both be written to "
                f"{str(out / f'{job.stem}.json')!r}: rename one, or use two folders"
            )
        taken[key] = job.source


def _make_folder(out: Path) -> None:
    """A folder that cannot be written to is better met now than after the work."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise InputError(f"--out {str(out)!r} is a file: name a folder") from None
    except OSError as error:
        raise InputError(f"--out {str(out)!r} cannot be made: {error.strerror}") from None
    if not os.access(out, os.W_OK):
        raise InputError(f"--out {str(out)!r} cannot be written to: name another folder")


def _merged(first: Details | None, second: Details) -> Details:
    if first is None:
        return second
    return Details(
        first.published or second.published,
        first.outlet or second.outlet,
        first.title or second.title,
    )


def stem_of(source: str) -> str:
    """A safe file name made from the input as it was named, never from what it says.

    A path gives its stem, a URL its host and path ("example.org-news-ferry").
    """
    name = "stdin" if source == STDIN else Path(source).stem
    if "://" in source:
        from urllib.parse import unquote, urlsplit

        url = urlsplit(source)
        name = unquote(f"{url.hostname or ''}{url.path}")
    return safe_name(name)[:LONGEST_STEM] or "article"


def read_sheet(path: Path | None) -> dict[str, Details]:
    """The file of `--meta`: {stem: {"published", "outlet", "title"}}, other keys ignored.

    Raises RecordError where it cannot be read or holds something else.
    """
    if path is None:
        return {}
    try:
        return {stem: _details(entry) for stem, entry in json.loads(path.read_bytes()).items()}
    except OSError as error:
        raise RecordError(f"--meta {str(path)!r} cannot be read: {error.strerror}") from None
    except (ValueError, AttributeError, TypeError) as error:
        shape = '{stem: {"published": "2025-01-31", "outlet": "...", "title": "..."}}'
        raise RecordError(f"--meta {str(path)!r} is not of the form {shape}: {error}") from None


def _details(entry: dict[str, Any]) -> Details:
    published = _string(entry, "published")
    return Details(
        date.fromisoformat(published) if published else None,
        _string(entry, "outlet"),
        _string(entry, "title"),
    )


def _string(entry: dict[str, Any], key: str) -> str | None:
    value = entry.get(key)
    if value is None or isinstance(value, str):
        return value
    raise TypeError(f"{key!r} is {value!r}, expected a string")


def read_article(
    source: str, known: Details, *, max_bytes: int = MAX_BYTES, allow_private: bool = False
) -> Article:
    """The article of a path, a URL or standard input; raises InputError as `read` does."""
    from summarise.read import read

    # One byte more than the limit is enough for `read` to tell that it is passed.
    given = sys.stdin.buffer.read(max_bytes + 1) if source == STDIN else None
    return read(
        source,
        text=given,
        published=known.published,
        outlet=known.outlet,
        title=known.title,
        max_bytes=max_bytes,
        allow_private=allow_private,
    )
