"""The articles of a store written out, in the order of the inputs.

What varies from run to run (seconds, retries, tokens) is left out unless asked for, so that the
same articles, asked in the same way and answered alike, give the same bytes.

JSONL has a line an article, with its whole extraction. CSV and Parquet have a row a claim, and one
row without a claim for each article that has none, so that every article is accounted for.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import IO, Any

from summarise.corpus.status import ARTICLES
from summarise.corpus.store import Store
from summarise.errors import InputError
from summarise.files import whole_file

_FIXED = ("model", "prompt", "prompt_sha256")
_USED = ("attempts", "calls", "input_tokens", "output_tokens", "cached_tokens", "unmetered")
_CLAIM = ("id", "text", "source", "via", "certainty", "polarity", "time_start", "time_end")
_CHECKED = ("quantities", "evidence", "verdict", "reasons")
COLUMNS = (
    *("input", "state", "duplicate_of", "kind", "reason"),
    *("article", "title", "outlet", "published", "model", "prompt", "prompt_sha256", "version"),
    *(f"claim_{name}" for name in (*_CLAIM, *_CHECKED)),
)
"""Of CSV and Parquet, all of them text; lists and objects are JSON."""
ROWS = 5_000
"""Rows of one group of a Parquet file."""


class ExportFormat(StrEnum):
    """How a store is written out."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


def export(store: Store, form: ExportFormat, path: Path, *, usage: bool = False) -> None:
    """Write the store to the file `path`, whole or not at all.

    `usage` adds what each article took: attempts, calls, tokens, seconds (JSONL only). Raises
    InputError where it cannot be written or pyarrow is missing.
    """
    if form is ExportFormat.PARQUET:
        _parquet(store, path)
        return
    with whole_file(path) as out:
        for piece in pieces(store, form, usage=usage):
            out.write(piece)


def pieces(store: Store, form: ExportFormat, *, usage: bool = False) -> Iterator[str]:
    """JSONL or CSV, line by line; raises InputError for Parquet, which is no text."""
    match form:
        case ExportFormat.JSONL:
            return lines(store, usage=usage)
        case ExportFormat.CSV:
            return _csv(store)
    raise InputError("Parquet is written to a file: name it with --out")


def _csv(store: Store) -> Iterator[str]:
    held = io.StringIO()
    table = csv.DictWriter(held, COLUMNS, lineterminator="\n")
    table.writeheader()
    for row in rows(store):
        table.writerow(row)
        yield held.getvalue()
        held.seek(0)
        held.truncate()
    yield held.getvalue()


def lines(store: Store, *, usage: bool = False) -> Iterator[str]:
    """JSONL: a line an article."""
    for row in _articles(store):
        entry: dict[str, Any] = {"input": row["label"], "state": row["state"]}
        if row["original"] is not None:
            entry |= {"duplicate_of": row["original"], "similarity": row["similarity"]}
        if row["state"] == "failed":
            entry |= {"kind": row["kind"], "reason": row["reason"]}
        if usage and row["attempts"] is not None:
            entry["usage"] = {name: row[name] for name in _USED}
        if row["extraction"] is not None:
            entry["extraction"] = _extraction(row, usage=usage)
        yield json.dumps(entry) + "\n"


def rows(store: Store) -> Iterator[dict[str, str | None]]:
    """A row a claim, by `COLUMNS`; one without for an article that has none."""
    for row in _articles(store):
        known = _known(row)
        claims = () if row["extraction"] is None else json.loads(row["extraction"])["claims"]
        for claim in claims or (None,):
            yield known | (_claim(claim) if claim else {})


def _articles(store: Store) -> Iterator[sqlite3.Row]:
    return store.rows(f"{ARTICLES} ORDER BY a.ordinal")


def _extraction(row: sqlite3.Row, *, usage: bool) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(row["extraction"])
    if not usage:
        found["run"] = {name: found["run"][name] for name in _FIXED}
    return found


def _known(row: sqlite3.Row) -> dict[str, str | None]:
    found = {} if row["extraction"] is None else json.loads(row["extraction"])["article"]
    failed = row["state"] == "failed"
    return {
        "input": row["label"],
        "state": row["state"],
        "duplicate_of": row["original"],
        "kind": row["kind"] if failed else None,
        "reason": row["reason"] if failed else None,
        "article": found.get("id"),
        **{name: found.get(name) for name in ("title", "outlet", "published")},
        **{name: row[name] for name in (*_FIXED, "version")},
    }


def _claim(claim: dict[str, Any]) -> dict[str, str | None]:
    time = claim["time"] or {}
    flat = claim | {"time_start": time.get("start"), "time_end": time.get("end")}
    return {f"claim_{name}": _text(flat[name]) for name in (*_CLAIM, *_CHECKED)}


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _parquet(store: Store, path: Path) -> None:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise InputError(
            "Parquet needs pyarrow: install it with `pip install 'summarise[parquet]'`"
        ) from None
    schema = pyarrow.schema([(name, pyarrow.string()) for name in COLUMNS])

    def fill(out: IO[bytes]) -> None:
        with parquet.ParquetWriter(out, schema, compression="zstd") as table:
            for group in _groups(rows(store), ROWS):
                listed = [{name: row.get(name) for name in COLUMNS} for row in group]
                table.write_table(pyarrow.Table.from_pylist(listed, schema))

    _whole_binary(path, fill)


def _groups(
    items: Iterable[dict[str, str | None]], size: int
) -> Iterator[list[dict[str, str | None]]]:
    left = iter(items)
    while group := list(islice(left, size)):
        yield group


def _whole_binary(path: Path, fill: Callable[[IO[bytes]], None]) -> None:
    """As `whole_file`, of bytes."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as out:
            fill(out)
        part.replace(path)
    except OSError as error:
        raise InputError(f"{str(path)!r} cannot be written: {error.strerror}") from None
    finally:
        part.unlink(missing_ok=True)
