"""What the inputs of a corpus name, one article at a time and in a stable order.

    input                                   names
    folder                                  its files and those of its folders, by name
    pattern with * ? [ ]                    the files that match, by name
    *.jsonl, *.ndjson, *.jsonlines          a line an article: {"text" or "html", "title", ...}
    a text file of nothing but URLs         each URL, once a line; lines with # are notes
    http://..., https://...                 that page
    -                                       standard input: lines of JSON, URLs or paths
    any other file                          one article

Files whose names begin with a dot, pipes and devices are left out of folders.
"""

from __future__ import annotations

import glob
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Literal, NamedTuple

from summarise.errors import InputError

STDIN = "-"
LINES = (".jsonl", ".ndjson", ".jsonlines")
_URL = re.compile(r"https?://\S+$", re.I)
_PATTERN = re.compile(r"[*?[]")
_PEEK = 4096
"""Bytes of a file that tell whether it is a list of URLs."""

Origin = Literal["file", "url", "line"]


class Source(NamedTuple):
    """One article as named: `label` tells where it is from, `line` holds it where it is a line."""

    label: str
    origin: Origin
    line: bytes = b""

    @property
    def is_page(self) -> bool:
        """Whether it may have to be fetched."""
        bare = b'"text"' not in self.line and b'"html"' not in self.line
        return self.origin == "url" or (self.origin == "line" and bare)


def sources(
    inputs: Iterable[str], longest: int, stdin: IO[bytes] | None = None
) -> Iterator[Source]:
    """Each article that the inputs name; a line of over `longest` bytes comes cut off there.

    `stdin` is read for "-" (the process's own by default). Raises InputError for a pattern that
    nothing matches and for a folder or a list that cannot be read.
    """
    for one in inputs:
        if one == STDIN:
            yield from _mixed(stdin or sys.stdin.buffer, longest)
        elif _URL.match(one):
            yield Source(one, "url")
        elif _PATTERN.search(one) and not os.path.lexists(one):
            yield from _matching(one, longest)
        else:
            yield from _at(Path(one), longest)


def check(inputs: Iterable[str]) -> None:
    """Raises InputError for inputs that can name nothing: better before the work than amid it."""
    listed = list(inputs)
    if listed.count(STDIN) > 1:
        raise InputError("standard input (-) was given twice: it can be read once")
    for one in listed:
        if one == STDIN or _URL.match(one) or os.path.lexists(one):
            continue
        if not _PATTERN.search(one):
            raise InputError(f"there is no file or folder {one!r}; give files, folders or URLs")
        if next(_glob(one), None) is None:
            raise InputError(f"no file matches {one!r}; check the pattern")


def _glob(pattern: str) -> Iterator[str]:
    # unlike Path.glob it takes absolute patterns and leaves names as they were given
    return glob.iglob(pattern, recursive=True)  # noqa: PTH207


def _matching(pattern: str, longest: int) -> Iterator[Source]:
    for name in sorted(_glob(pattern)):
        if not Path(name).is_dir():
            yield from _at(Path(name), longest)


def _at(path: Path, longest: int) -> Iterator[Source]:
    if path.is_dir():
        yield from _under(path, longest)
    elif path.suffix.lower() in LINES:
        yield from _lines(path, longest)
    elif _lists_urls(path):
        yield from _listed(path)
    else:
        yield Source(str(path), "file")


def _under(folder: Path, longest: int) -> Iterator[Source]:
    try:
        with os.scandir(folder) as found:
            entries = sorted((e.name, e.is_dir(follow_symlinks=False)) for e in found)
    except OSError as error:
        raise InputError(f"the folder {str(folder)!r} cannot be read: {error.strerror}") from None
    for name, is_folder in entries:
        if name.startswith("."):
            continue
        if is_folder:
            yield from _under(folder / name, longest)
        elif not _is_folder_or_device(folder / name):
            yield from _at(folder / name, longest)


def _is_folder_or_device(path: Path) -> bool:
    """Whether a name is that of no file: a link to a folder, a pipe that would be waited for."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:  # a dead link is an article that is missing
        return False


def _lists_urls(path: Path) -> bool:
    """Whether a file holds nothing but URLs, as far as its beginning tells."""
    try:
        with path.open("rb") as file:
            start = file.read(_PEEK)
    except (OSError, ValueError):
        return False
    if not start.lstrip()[:4].lower().startswith((b"http", b"#")):
        return False
    lines = start.decode("utf-8", "replace").splitlines()
    if len(start) == _PEEK:
        lines.pop()  # it may be cut off
    stated = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    return bool(stated) and all(_URL.match(line) for line in stated)


def _listed(path: Path) -> Iterator[Source]:
    with _opened(path) as file:
        for raw in file:
            url = raw.decode("utf-8", "replace").strip()
            if url and not url.startswith("#"):
                yield Source(url, "url" if _URL.match(url) else "file")


def _lines(path: Path, longest: int) -> Iterator[Source]:
    with _opened(path) as file:
        for number, line in _numbered(file, longest):
            yield Source(f"{path}:{number}", "line", line)


def _mixed(stdin: IO[bytes], longest: int) -> Iterator[Source]:
    for number, line in _numbered(stdin, longest):
        if line.startswith(b"{"):
            yield Source(f"stdin:{number}", "line", line)
            continue
        named = line.decode("utf-8", "surrogateescape")
        yield Source(named, "url" if _URL.match(named) else "file")


def _numbered(file: IO[bytes], longest: int) -> Iterator[tuple[int, bytes]]:
    """The lines that hold something, counted from 1, each of at most `longest` + 1 bytes."""
    number = 0
    while line := file.readline(longest + 1):
        number += 1
        rest = line
        while not rest.endswith(b"\n") and (rest := file.readline(1 << 16)):
            pass  # what is over is read past, never held
        if line.strip():
            yield number, line.strip()


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise InputError(f"the list {str(path)!r} cannot be read: {error.strerror}") from None
