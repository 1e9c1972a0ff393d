"""Files that are whole or not there at all, and names for them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from summarise.errors import InputError


def safe_name(name: str) -> str:
    """`name` as a part of a file's name that leads nowhere else; "" where nothing of it is left."""
    return re.sub(r"[^\w.-]+", "-", name).strip(".-")


def write_file(path: Path, text: str) -> None:
    """`path` holds the whole of `text` or what it held before, never a part.

    Raises InputError where it cannot be written.
    """
    with whole_file(path) as out:
        out.write(text)


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """A file to write that takes the place of `path` when the block ends without an exception.

    A device or a pipe (`/dev/null`) is written to as it is. Raises InputError where it cannot be
    written, and whatever the block raises.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        with _told(path), path.open("w", encoding="utf-8") as out:
            yield out
        return
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with _told(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            with part.open("w", encoding="utf-8") as out:
                yield out
            part.replace(path)
    finally:
        with suppress(OSError):  # there is none, or no folder to hold one
            part.unlink()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """An OSError as an InputError that names the file."""
    try:
        yield
    except OSError as error:
        raise InputError(f"{str(path)!r} cannot be written: {error.strerror}") from None
