"""What can be wrong with a recording, as far as its file and its manifest tell.

Each check is a pure function of what was read; it gives the faults it finds, each with its kind,
what is wrong, and the command that mends it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from summarise.errors import PromptError, RecordError
from summarise.interactions import (
    answer_text,
    header_names,
    models,
    read_interactions,
    request_text,
)
from summarise.manifest import MANIFEST, Entry, digest_of, entries
from summarise.prompt import load
from summarise.tape_file import Interaction

MAX_KIB = 512
"""A recording above this is a burden to a repository: a case of one article takes some 70."""

Kind = Literal[
    "manifest",  # of the folder, not of a recording
    "broken",
    "unlisted",
    "missing",
    "lost",
    "changed",
    "stale prompt",
    "stale schema",
    "stale request",
    "half played",
    "unplayable",
    "other model",
    "shared",
    "never played",
    "large",
    "secret",
]

MENDED_BY_RECORDING: frozenset[Kind] = frozenset(
    {
        "broken", "unlisted", "missing", "lost", "changed", "stale prompt", "stale schema",
        "stale request", "half played", "other model", "secret",
    }
)  # fmt: skip
PRUNED: frozenset[Kind] = frozenset({"never played", "lost"})
PRUNE = "summarise cassettes prune"


@dataclass(frozen=True)
class Fault:
    """One fault of one file; `case` is the suite's case that owns it, "" where none does."""

    file: Path
    kind: Kind
    what: str
    mend: str
    case: str = ""


@dataclass(frozen=True)
class Owner:
    """Who plays a recording: a suite's case, or a test; `again` is the command that records it.

    `model` and `prompt` are those that it asks with, "" where only the code of a test knows.
    `same` is equal for two owners that are one case: suites may share their gold.
    """

    name: str
    again: str
    same: str
    case: str = ""
    model: str = ""
    prompt: str = ""


@dataclass(frozen=True)
class Taped:
    """A recording as found: its file, who owns it, its entry, and what it holds."""

    file: Path
    owners: tuple[Owner, ...]
    entry: Entry | None
    held: tuple[Interaction, ...] | None
    """None where the file cannot be read: then nothing may play it."""

    @property
    def again(self) -> str:
        return self.owners[0].again if self.owners else PRUNE

    def fault(self, kind: Kind, what: str, mend: str = "") -> Fault:
        case = self.owners[0].case if self.owners else ""
        return Fault(self.file, kind, what, mend or self.again, case)


def files(folder: Path) -> list[Path]:
    """The recordings of one folder."""
    return sorted(path for path in folder.glob("*.y*ml") if path.suffix in {".yaml", ".yml"})


def read_manifest(folder: Path) -> tuple[dict[str, Entry], list[Fault]]:
    """The entries of a folder; none, and a fault, where its manifest cannot be used."""
    try:
        return entries(folder), []
    except RecordError as error:
        where = folder / MANIFEST
        mend = f"git checkout -- {where}, or delete it and run summarise cassettes record"
        return {}, [Fault(where, "manifest", str(error), mend)]


def read_taped(
    file: Path, owners: Sequence[Owner], entry: Entry | None
) -> tuple[Taped, list[Fault]]:
    """A recording, and a fault where its file is no plain data."""
    try:
        return Taped(file, tuple(owners), entry, tuple(read_interactions(file))), []
    except RecordError as error:
        taped = Taped(file, tuple(owners), entry, None)
        return taped, [taped.fault("broken", str(error))]


def checked(taped: Taped, max_kib: int = MAX_KIB) -> Iterator[Fault]:
    """The faults that a recording has by itself, without being played."""
    yield from _listed(taped)
    yield from _prompt(taped)
    yield from _model(taped)
    yield from _owned(taped)
    yield from _size(taped, max_kib)
    yield from _secrets(taped)


def _listed(taped: Taped) -> Iterator[Fault]:
    if taped.entry is None:
        yield taped.fault("unlisted", f"{MANIFEST} does not know it: nothing tells how it was made")
    elif taped.entry.sha256 != digest_of(taped.file):
        yield taped.fault("changed", f"it was changed after it was recorded on {_day(taped.entry)}")


def _day(entry: Entry) -> str:
    return entry.recorded_at.date().isoformat()


def _prompt(taped: Taped) -> Iterator[Fault]:
    entry = taped.entry
    if entry is None or not entry.prompt:
        return
    # A suite may name a prompt by its file; what was recorded is its id.
    wanted = next((owner.prompt for owner in taped.owners if owner.prompt), entry.prompt)
    try:
        now = load(wanted)
    except PromptError as error:
        yield taped.fault("stale prompt", f"its prompt is gone: {error}")
        return
    if now.sha256 != entry.prompt_sha256:
        then = f"{entry.prompt}@{entry.prompt_sha256[:12]}"
        yield taped.fault("stale prompt", f"{then} made it, it is {now.id}@{now.sha256[:12]} now")


def _model(taped: Taped) -> Iterator[Fault]:
    wanted = {owner.model for owner in taped.owners} - {""}
    told = models(taped.held or ()) or ([taped.entry.model] if taped.entry else [])
    other = sorted(set(told) - wanted)
    if wanted and other:
        yield taped.fault(
            "other model", f"{other[0]!r} answered it, its suite asks {min(wanted)!r}"
        )


def _owned(taped: Taped) -> Iterator[Fault]:
    if not taped.owners:
        owner = taped.entry.owner if taped.entry else ""
        gone = f"its test {owner!r} is gone" if owner else "no case of a suite and no test owns it"
        yield taped.fault("never played", gone, PRUNE)
    elif len({owner.same for owner in taped.owners}) > 1:
        names = " and ".join(owner.name for owner in taped.owners)
        yield taped.fault("shared", f"{names} play one file", "rename one of the two cases")


def _size(taped: Taped, max_kib: int) -> Iterator[Fault]:
    kib = taped.file.stat().st_size / 1024
    if kib > max_kib:
        yield taped.fault(
            "large",
            f"{kib:,.0f} KiB, the limit is {max_kib:,}",
            "record a shorter article, or raise --max-kib",
        )


# ------------------------------------------------------------------------------------- secrets

_TOKEN = r"[A-Za-z0-9_-]"  # noqa: S105 - of what a token is made
SECRETS: dict[str, re.Pattern[str]] = {
    "an API key": re.compile(
        rf"\b(?:sk-(?=[\w-]*\d){_TOKEN}{{12,}}|AIza{_TOKEN}{{30,}}|AKIA[A-Z0-9]{{16}}"
        rf"|(?:hf|ghp|gho|ghs|xai|gsk)_[A-Za-z0-9]{{20,}}|xox[abps]-[\w-]{{10,}})"
    ),
    "a bearer token": re.compile(
        rf"\bBearer\s+(?=[\w.~+/-]*\d)[\w.~+/-]{{12,}}|\beyJ{_TOKEN}{{10,}}\.{_TOKEN}{{8,}}\.{_TOKEN}*"
    ),
    "an organisation or project id": re.compile(
        r"(?<![\w-])(?:org|proj|sess)[-_](?=[A-Za-z]*\d)[A-Za-z0-9]{10,}"
    ),
    "a cookie": re.compile(r"\b(?:__cf_?bm|_cfuvid|__cf|sessionid|csrftoken)=[^\s;\"']{4,}"),
    "a home folder": re.compile(
        r"(?<![\w./:-])(?:/home/[\w.-]+|/Users/[\w.-]+|/root)/|\b[A-Z]:\\+Users\\+[\w.-]+"
    ),
    "a key in a URL": re.compile(r"[?&](?:api[-_]?key|key|token|access_token)=[\w%.-]{8,}"),
}
SECRET_HEADERS = re.compile(
    r"(?:set-)?cookie|(?:proxy-)?authorization|.*api-?key.*|.*organization.*|.*project.*"
    r"|x-request-id|cf-ray|.*token"
)


def secrets(text: str) -> Iterator[tuple[str, int, str]]:
    """What should not be in a recording: its kind, its line, and how it begins."""
    for what, pattern in SECRETS.items():
        for found in pattern.finditer(text):
            yield what, text.count("\n", 0, found.start()) + 1, found[0][:6]


def _secrets(taped: Taped) -> Iterator[Fault]:
    found = list(secrets(taped.file.read_text("utf-8", "replace")))
    if found:
        what, line, begins = found[0]
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        yield taped.fault("secret", f"line {line} holds {what}, '{begins}…'{more}")
    elif folded := next(_folded_secrets(taped), None):
        yield taped.fault("secret", folded)
    names = {name for one in taped.held or () for name in header_names(one)}
    kept = sorted(name for name in names if SECRET_HEADERS.fullmatch(name))
    if kept:
        yield taped.fault("secret", f"it keeps the header {kept[0]!r}")


def _folded_secrets(taped: Taped) -> Iterator[str]:
    """Those that YAML broke over two lines, or wrote with escapes."""
    for number, one in enumerate(taped.held or (), 1):
        for text in (request_text(one), answer_text(one)):
            for what, _, begins in secrets(text):
                yield f"interaction {number} holds {what}, '{begins}…'"
