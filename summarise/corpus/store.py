"""The store of a corpus: one SQLite file, every change a short transaction.

WAL with `synchronous = FULL`: what was paid for is on the disk before the next call is made, and
whoever reads does not hold up whoever writes. Every fault of SQLite becomes an InputError that says
what to do; what had been written before stays whole.
"""

from __future__ import annotations

import difflib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

from summarise.errors import InputError, RecordError

APPLICATION, FORMAT = 0x53554D43, 2
"""SQLite's application_id ("SUMC") and user_version of a store that this version reads."""
PATIENCE = 30.0
"""Seconds to wait for another process that writes."""


@dataclass(frozen=True)
class Setting:
    """One way of asking: what was had under it is never asked for again."""

    id: int
    model: str
    prompt: str
    prompt_sha256: str
    version: str


class Store:
    """An open store. Use as a context manager; every method raises InputError on a fault."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Self:
        """The store at `path`; made where it is missing and `create` is set.

        Raises InputError where there is none or it cannot be opened, RecordError where the file
        is something else.
        """
        check_there(path, create=create)
        _check_file(path)
        try:
            connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        except sqlite3.Error as error:
            raise _told(error, path) from None
        connection.row_factory = sqlite3.Row
        store = cls(path, connection)
        try:
            store._prepare(create=create)
        except BaseException:
            connection.close()
            raise
        return store

    def _prepare(self, *, create: bool) -> None:
        application = self.value("PRAGMA application_id")
        empty = application == 0 and self.value("SELECT count(*) FROM sqlite_master") == 0
        if not empty and application != APPLICATION:
            raise RecordError(f"{str(self.path)!r} is a database, but no store of a corpus")
        if empty and not create:
            raise RecordError(
                f"{str(self.path)!r} is empty, and no store of a corpus: name another"
            )
        self.run("PRAGMA journal_mode = WAL")
        self.run("PRAGMA synchronous = FULL")
        self.run("PRAGMA foreign_keys = ON")
        if empty:
            self._make()
        found = self.value("PRAGMA user_version")
        if found != FORMAT:
            raise RecordError(
                f"{str(self.path)!r} has the format {found}, this version reads {FORMAT}: "
                "name another store"
            )

    def _make(self) -> None:
        made = files("summarise.corpus").joinpath("schema.sql").read_text("utf-8")
        with self.transaction():
            if self.value("PRAGMA application_id"):  # another process was quicker
                return
            for statement in made.split(";\n"):
                self.run(statement)
            self.run(f"PRAGMA application_id = {APPLICATION}")
            self.run(f"PRAGMA user_version = {FORMAT}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block or nothing of it."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.rollback()
            raise

    def run(self, statement: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Execute one statement."""
        try:
            return self._connection.execute(statement, values)
        except sqlite3.Error as error:
            raise _told(error, self.path) from None

    def run_many(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Execute one statement for each row of values."""
        try:
            self._connection.executemany(statement, rows)
        except sqlite3.Error as error:
            raise _told(error, self.path) from None

    def one(self, query: str, values: Sequence[Any] = ()) -> sqlite3.Row | None:
        """The first row, None where there is none."""
        row: sqlite3.Row | None = self.run(query, values).fetchone()
        return row

    def value(self, query: str, values: Sequence[Any] = ()) -> Any:
        """The first value of the first row, None where there is none."""
        row = self.one(query, values)
        return None if row is None else row[0]

    def rows(self, query: str, values: Sequence[Any] = ()) -> Iterator[sqlite3.Row]:
        """The rows one by one, however many there are."""
        cursor = self.run(query, values)
        try:
            yield from cursor
        except sqlite3.Error as error:
            raise _told(error, self.path) from None

    def setting(self, model: str, prompt: str, prompt_sha256: str, version: str) -> Setting:
        """The setting of these four, noted where it is new."""
        key = (model, prompt_sha256, version)
        with self.transaction():
            self.run(
                "INSERT INTO settings (model, prompt_sha256, version, prompt) VALUES (?, ?, ?, ?) "
                "ON CONFLICT DO UPDATE SET prompt = excluded.prompt",
                (*key, prompt),
            )
        return self._setting("model = ? AND prompt_sha256 = ? AND version = ?", key)

    def setting_of(self, number: int) -> Setting:
        """The setting of that number."""
        return self._setting("id = ?", (number,))

    def _setting(self, where: str, values: Sequence[Any]) -> Setting:
        columns = "id, model, prompt, prompt_sha256, version"
        row = self.one(f"SELECT {columns} FROM settings WHERE {where}", values)  # noqa: S608
        assert row is not None  # noqa: S101
        return Setting(*row)


def _told(error: sqlite3.Error, path: Path) -> InputError | RecordError:
    """A fault of SQLite as what it means for the user."""
    name, said = f"the store {str(path)!r}", str(error)
    if isinstance(error, sqlite3.DatabaseError) and "not a database" in said:
        return RecordError(f"{str(path)!r} is no store of a corpus: name another file")
    if "full" in said or "disk I/O" in said:
        return InputError(
            f"{name} cannot be written: the disk is full or fails ({said}); what was had is kept: "
            "free some space, then `summarise corpus resume`"
        )
    if "readonly" in said or "unable to open" in said:
        return InputError(f"{name} cannot be opened for writing ({said}); check its folder")
    if "locked" in said:
        return InputError(f"{name} has been locked for {PATIENCE:g} s by another program")
    return InputError(f"{name}: {said}")


def check_there(path: Path, *, create: bool = False) -> None:
    """Raises InputError where there is no store, and none is to be made."""
    if not create and not path.exists():
        raise InputError(f"there is no store {str(path)!r}{_nearest(path)}")


def _check_file(path: Path) -> None:
    """Before SQLite sees it, which takes a folder for a lack of rights, a short file for its own.

    Raises InputError for a folder, RecordError for a file that is too short to be a database.
    """
    if path.is_dir():
        raise InputError(f"the store {str(path)!r} is a folder: name a file")
    if path.is_file() and 0 < path.stat().st_size < _SHORTEST:
        raise RecordError(f"{str(path)!r} is no store of a corpus: name another file")


_SHORTEST = 100
"""Bytes of the header of a database."""


def _nearest(path: Path) -> str:
    """What to say about the existing name nearest to a missing one."""
    if not path.parent.is_dir():
        return f"; its folder {str(path.parent)!r} does not exist"
    beside = ("-lock", "-wal", "-shm")
    files = (entry.name for entry in path.parent.iterdir() if entry.is_file())
    names = [name for name in files if not name.endswith(beside)]
    near = difflib.get_close_matches(path.name, names, n=1, cutoff=0.5)
    hint = f"did you mean {str(path.parent / near[0])!r}?" if near else "`corpus run` makes one"
    return f"; {hint}"
