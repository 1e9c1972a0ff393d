"""Files that are whole or not there at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from summarise.errors import InputError


def write_file(path: Path, text: str) -> None:
    """`path` holds the whole of `text` or what it held before, never a part.

    Raises InputError where it cannot be written.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, "utf-8")
        part.replace(path)
    except OSError as error:
        raise InputError(f"{str(path)!r} cannot be written: {error.strerror}") from None
    finally:
        with suppress(OSError):  # there is none, or no folder to hold one
            part.unlink()
