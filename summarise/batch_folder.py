"""The folder of a run by batches: requests written, batches made of them, answers that came.

requests-HASH.jsonl     requests, named by which they are
requests-HASH.batch     the id of the batch that was made of them
answers-BATCH.jsonl     what came of it
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from summarise.errors import InputError
from summarise.files import safe_name, whole_file, write_file

MOST_REQUESTS, MOST_BYTES = 50_000, 200_000_000
"""What one batch takes."""

MOST_TRIES = 3
"""In how many batches one request is sent that meets passing errors."""

_PASSING = frozenset({408, 409, 429, 500, 502, 503, 504, 529})


class _Place(NamedTuple):
    path: Path
    offset: int  # bytes
    good: bool


class BatchFolder:
    """What is known of each request, by its name; only where its answer stands is in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.failures: Counter[str] = Counter()
        """How often a request met an error that may pass."""
        self._answers: dict[str, _Place] = {}
        self._waiting: dict[str, int] = {}
        self._out: TextIO | None = None
        self._written = 0
        for path in sorted(folder.glob("answers-*.jsonl")):
            self._read(path)

    @property
    def waiting(self) -> dict[str, int]:
        """The requests without an answer that were noted, with their characters."""
        return self._waiting

    def get(self, name: str) -> dict[str, Any] | None:
        """The line that answers a request; None where it has none yet, or is worth another try."""
        place = self._answers.get(name)
        if place is None:
            return None
        with place.path.open("rb") as file:
            file.seek(place.offset)
            line: dict[str, Any] = json.loads(file.readline())
        return line if not passing(line) or self.failures[name] >= MOST_TRIES else None

    def note(self, name: str, line: str, characters: int) -> None:
        """A request that needs an answer; once is enough."""
        if name in self._waiting:
            return
        self._waiting[name] = characters
        try:
            if self._out is None:
                self.folder.mkdir(parents=True, exist_ok=True)
                self._out = self._noted.open("w", encoding="utf-8")
            self._out.write(line + "\n")
        except OSError as error:
            raise InputError(
                f"{str(self.folder)!r} cannot hold requests: {error.strerror}"
            ) from None

    def close(self) -> None:
        """Let go of what was noted and not asked for: it is noted again by who asks again."""
        if self._out is not None:
            self._out.close()
            self._out = None
        self._noted.unlink(missing_ok=True)
        self._waiting.clear()

    def requests(self) -> Iterator[Path]:
        """What was noted, as files that a batch takes each; the notes begin anew."""
        if self._out is None:
            return
        self._out.close()
        self._out = None
        with self._noted.open(encoding="utf-8") as lines:
            yield from self._parts(zip(list(self._waiting), lines, strict=True))
        self._noted.unlink()
        self._waiting.clear()

    def _parts(self, lines: Iterable[tuple[str, str]]) -> Iterator[Path]:
        names: list[str] = []
        held: list[str] = []
        size = 0
        for name, line in lines:
            length = len(line.encode())
            if held and (len(held) >= MOST_REQUESTS or size + length > MOST_BYTES):
                yield self._part(names, held)
                names, held, size = [], [], 0
            names.append(name)
            held.append(line)
            size += length
        if held:
            yield self._part(names, held)

    def _part(self, names: list[str], lines: list[str]) -> Path:
        digest = sha256("\n".join(names).encode()).hexdigest()[:32]
        path = self.folder / f"requests-{digest}.jsonl"
        with whole_file(path) as out:
            out.writelines(lines)
        return path

    @property
    def _noted(self) -> Path:
        return self.folder / "noted.jsonl"

    def started(self, requests: Path, batch_id: str) -> None:
        """Remember the batch that was made of a file of requests."""
        write_file(requests.with_suffix(".batch"), batch_id + "\n")

    def open(self) -> list[tuple[Path, str]]:
        """Files of requests, with the ids of their batches, whose answers are not here."""
        made = [(p, p.read_text("utf-8").strip()) for p in sorted(self.folder.glob("*.batch"))]
        return [(path, batch_id) for path, batch_id in made if not self.has(batch_id)]

    def has(self, batch_id: str) -> bool:
        """Whether the answers of a batch are here."""
        return self._file(batch_id).exists()

    def part(self, file_id: str) -> Path:
        """Where a file of a batch is put before it is kept."""
        return self.folder / f"{safe_name(file_id)}.part"

    def keep(self, batch_id: str, parts: Iterable[Path]) -> int:
        """Keep the lines of these files as the answers of a batch; how many there are."""
        path = self._file(batch_id)
        with whole_file(path) as out:
            for part in parts:
                with part.open(encoding="utf-8", errors="replace") as lines:
                    out.writelines(line.rstrip("\n") + "\n" for line in lines)
                part.unlink()
        return self._read(path)

    def lose(self, batch_id: str) -> None:
        """Forget that a batch brought anything."""
        self._file(batch_id).unlink(missing_ok=True)

    def _file(self, batch_id: str) -> Path:
        return self.folder / f"answers-{safe_name(batch_id)}.jsonl"

    def _read(self, path: Path) -> int:
        count, offset = 0, 0
        with path.open("rb") as lines:
            for line in lines:
                found = _line(line)
                name = found.get("custom_id") if found else None
                if found and isinstance(name, str):
                    count += 1
                    self._take(name, _Place(path, offset, not passing(found)))
                offset += len(line)
        return count

    def _take(self, name: str, place: _Place) -> None:
        known = self._answers.get(name)
        if not place.good:
            self.failures[name] += 1
        if known is None or not known.good:
            self._answers[name] = place


def status(line: Mapping[str, Any]) -> int | None:
    """The status that a request of a batch was answered with."""
    response = line.get("response")
    found = response.get("status_code") if isinstance(response, Mapping) else None
    return found if isinstance(found, int) else None


def passing(line: Mapping[str, Any]) -> bool:
    """Whether a request failed for a reason that may be gone next time."""
    code = status(line)
    return code in _PASSING or code is None


def _line(raw: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(raw)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
