"""One run at a time on a store: a second one is refused, a dead one's place is free at once."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from summarise.errors import InputError


@contextmanager
def held(store: Path) -> Iterator[None]:
    """The right to write to a store. The system takes it back when the process ends, however.

    The lock is on a file beside the store: SQLite's own locks on the store would be lost with the
    first other descriptor of it that is closed. Raises InputError where another run holds it.
    """
    path = store.with_name(f"{store.name}-lock")
    try:
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise InputError(
            f"the store {str(store)!r} cannot be made or written: {error.strerror} "
            f"({str(path)!r}); name one in a folder of yours"
        ) from None
    try:
        _take(lock, store)
        yield
    finally:
        os.close(lock)


def _take(lock: int, store: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = os.pread(lock, 20, 0).decode("ascii", "replace").strip() or "unknown"
        raise InputError(
            f"another run is at work on the store {str(store)!r} (process {holder}): wait for it, "
            "or end it first"
        ) from None
    with suppress(OSError):  # a full disk: only who holds the lock is left untold
        os.truncate(lock, 0)
        os.pwrite(lock, f"{os.getpid()}\n".encode("ascii"), 0)
