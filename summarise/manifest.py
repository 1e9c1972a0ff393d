"""What is known of each recording in a folder: how it was made, what it cost, that it is unchanged.

`manifest.json` lies beside the recordings, an entry a file. It holds hashes and counts, never the
words of a prompt or an article.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from summarise.errors import RecordError
from summarise.files import safe_name, write_file
from summarise.records import Record

MANIFEST = "manifest.json"
FORMAT = "summarise-recordings/1"
LIBRARIES = ("summarise", "openai", "instructor", "vcrpy", "xllamacpp")
"""Whose versions may change what is asked or answered."""


class Entry(Record):
    """How a recording was made. Tokens are the server's count, cost US dollars (None: unknown).

    `schema_sha256` is that of the schemas asked for, `sha256` that of the recording's file;
    `seconds` is the latency of each interaction, in their order. `owner` is the pytest node whose
    recording it is; that of a suite's case is found by its name. `prompt` and `server` are empty
    where a test's own code asked: only the code knows them.
    """

    prompt: str = ""
    prompt_sha256: str = ""
    schema_sha256: str
    model: str
    server: str = ""
    owner: str = ""
    libraries: dict[str, str] = Field(default_factory=dict)
    recorded_at: datetime
    interactions: int
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    cost: float | None = None
    seconds: tuple[float, ...] = ()
    sha256: str


def entries(folder: Path) -> dict[str, Entry]:
    """The entries by file name; none where there is no manifest. Raises RecordError."""
    where = folder / MANIFEST
    if not where.exists():
        return {}
    try:
        data = json.loads(where.read_text("utf-8"))
        if data["format"] != FORMAT:
            raise RecordError(
                f"{str(where)!r} has the format {data['format']!r}, this version reads {FORMAT!r}: "
                "record its cases again"
            )
        return {_plain(name): Entry.model_validate(e) for name, e in data["recordings"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, ValidationError) as error:
        raise RecordError(
            f"{str(where)!r} is no manifest of recordings ({str(error).splitlines()[0]}); expected "
            f'{{"format": "{FORMAT}", "recordings": {{...}}}}: record its cases again'
        ) from error


def _plain(name: str) -> str:
    """A name that stays in the folder; what it names may be deleted."""
    if Path(name).name != name:
        raise ValueError(f"{name!r} is no file of this folder")
    return name


def entry_of(recording: Path) -> Entry | None:
    """What is known of one recording, None where its folder has no entry for it."""
    return entries(recording.parent).get(recording.name)


def note(recording: Path, entry: Entry) -> None:
    """Set the entry of a recording; other processes may write to the same folder meanwhile."""
    with _locked(recording.parent):
        known = {**entries(recording.parent), recording.name: entry}
        _write(recording.parent, known)


def forget(folder: Path, names: Iterable[str]) -> None:
    """Take the entries of these files out; a manifest that is left empty goes."""
    gone = set(names)
    with _locked(folder):
        known = {name: entry for name, entry in entries(folder).items() if name not in gone}
        if known:
            _write(folder, known)
        else:
            (folder / MANIFEST).unlink(missing_ok=True)


def file_name(case: str) -> str:
    """The file of a case's recording: its id, and nothing that leads elsewhere."""
    return f"{safe_name(case) or 'article'}.yaml"


def _write(folder: Path, known: dict[str, Entry]) -> None:
    listed = {name: known[name].model_dump(mode="json") for name in sorted(known)}
    data = {"format": FORMAT, "recordings": listed}
    write_file(folder / MANIFEST, json.dumps(data, indent=1, ensure_ascii=False) + "\n")


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One writer at a time; the lock ends with the process, however that ends."""
    import fcntl

    # The folder itself is locked, so that no file is left over.
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def digest_of(recording: Path) -> str:
    """The SHA-256 of a recording's file."""
    return hashlib.sha256(recording.read_bytes()).hexdigest()


def schemas_digest(bodies: Iterator[dict[str, Any]]) -> str:
    """The SHA-256 of the schemas that requests ask for, whatever their order or number."""
    asked = {json.dumps(body.get("response_format"), sort_keys=True) for body in bodies}
    return hashlib.sha256("\n".join(sorted(asked)).encode()).hexdigest()


def libraries() -> dict[str, str]:
    """The versions of what is installed of `LIBRARIES`."""
    return {name: found for name in LIBRARIES if (found := _version(name))}


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def now() -> datetime:
    """The time of a recording, to the second."""
    return datetime.now(UTC).replace(microsecond=0)
