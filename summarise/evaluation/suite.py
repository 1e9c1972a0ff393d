"""A suite: a folder of gold files with `suite.toml`, or a bare folder of gold files.

Cases are read one at a time, so that a suite can be larger than memory.
"""

from __future__ import annotations

import fnmatch
import hashlib
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from summarise.claim_files import read_json
from summarise.errors import InputError, RecordError
from summarise.evaluation.gold import (
    Case,
    Gold,
    canonical,
    did_you_mean,
    first_fault,
    load_gold,
)
from summarise.evaluation.metrics import METRICS, TESTED
from summarise.evaluation.texts import TextFolder, without_text
from summarise.records import Record

SUITE_FILE = "suite.toml"

Limit = Annotated[float, Field(strict=True, allow_inf_nan=False)]


class Thresholds(Record):
    """What the gate asks of a result: no regression in `metrics`, floors, ceilings.

    `no_more` names metrics of plain faults, of which there may be no more than in the baseline. A
    regression is a loss larger than `tolerance` (of a share: in its own unit; of an amount: as a
    part of it) whose chance, were there none, is at most `alpha`.
    """

    alpha: float = Field(default=0.05, gt=0, lt=1)
    tolerance: float = Field(default=0.005, ge=0, lt=1)
    metrics: tuple[str, ...] = TESTED
    no_more: tuple[str, ...] = ()
    baseline: Path | None = None
    floors: dict[str, Limit] = Field(default_factory=dict)
    ceilings: dict[str, Limit] = Field(default_factory=dict)


class RunSettings(Record):
    """How the suite is extracted; None is whatever the command's default is."""

    model: str | None = None
    prompt: str | None = None
    recordings: Path | None = None


class About(BaseModel):
    """What `meta.json` tells of a case; fields that it does not know are passed over."""

    model_config = ConfigDict(frozen=True)

    published: date | None = None
    outlet: str | None = None
    split: str | None = None
    story: str | None = None
    genre: str | None = None


class Suite(Record):
    """A suite of labelled articles; every path is resolved against its folder."""

    name: str
    folder: Path
    gold: Path
    texts: Path | None = None
    chosen: tuple[str, ...] = ("*",)
    """Names and globs of the cases, `cases` in the file."""
    run: RunSettings = RunSettings()
    gate: Thresholds = Thresholds()
    about: dict[str, About] = Field(default_factory=dict, exclude=True, repr=False)

    def case_ids(self, split: str | None = None, only: tuple[str, ...] | None = None) -> list[str]:
        """The ids of the cases in order, of one split and of those named by `only` (or globs).

        Raises InputError for a split, a case or a pattern that the suite does not have.
        """
        ids = self._picked(sorted(path.stem for path in gold_files(self.gold)), self.chosen)
        if only is not None:
            ids = self._picked(ids, only)
        if split is None:
            return ids
        splits = {name: self._split(name) for name in ids}
        found = [name for name in ids if splits[name] == split]
        if found:
            return found
        known = sorted({name for name in splits.values() if name})
        raise InputError(
            f"the suite {self.name!r} has no split {split!r} (it has "
            f"{', '.join(map(repr, known)) or 'none'}){did_you_mean(split, known)}; splits are "
            "set by 'split' in meta.json or in the gold file"
        )

    def _picked(self, ids: list[str], patterns: tuple[str, ...]) -> list[str]:
        known, picked = set(ids), set[str]()
        for pattern in patterns:
            matching = {pattern} & known or set(fnmatch.filter(ids, pattern))
            if not matching:
                raise InputError(
                    f"the suite {self.name!r} has no case {pattern!r}"
                    f"{did_you_mean(pattern, ids)}; its {len(ids)} cases are the gold files of "
                    f"{str(self.gold)!r}"
                )
            picked |= matching
        return [name for name in ids if name in picked]

    def _split(self, name: str) -> str | None:
        about = self.about.get(name)
        return about.split if about and about.split else load_gold(self._file(name)).split

    def _file(self, name: str) -> Path:
        return self.gold / f"{name}.json"

    def golds(
        self, split: str | None = None, only: tuple[str, ...] | None = None
    ) -> Iterator[Gold]:
        """The gold of each case as its file has it, one at a time."""
        for name in self.case_ids(split, only):
            yield self._gold(name)

    def _gold(self, name: str) -> Gold:
        where = self._file(name)
        gold = load_gold(where)
        if gold.id != name:
            raise RecordError(self._misnamed(where, gold.id))
        about = self.about.get(name)
        if about is None:
            return gold
        told = {field: getattr(about, field) for field in About.model_fields}
        missing = {key: value for key, value in told.items() if getattr(gold, key) is None}
        return gold.model_copy(update=missing)

    def _misnamed(self, where: Path, found: str) -> str:
        if self._file(found).exists():
            return (
                f"two gold files have the id {found!r}: {self._file(found).name!r} and "
                f"{where.name!r} in {str(self.gold)!r}; give {where.name!r} the id {where.stem!r}"
            )
        return (
            f"{str(where)!r} has the id {found!r}; expected {where.stem!r}, its name: rename the "
            "file or change the id"
        )

    def cases(
        self, split: str | None = None, only: tuple[str, ...] | None = None
    ) -> Iterator[Case]:
        """Each case with its text, one at a time.

        Raises InputError for a text that is missing or changed, RecordError for broken gold.
        """
        texts = TextFolder(self.texts) if self.texts else None
        for gold in self.golds(split, only):
            yield texts.case(gold) if texts else without_text(gold)

    def gold_sha256(self, split: str | None = None, only: tuple[str, ...] | None = None) -> str:
        """The hash of the labels of these cases: two results with one hash had the same gold."""
        labels = hashlib.sha256()
        for gold in self.golds(split, only):
            labels.update(f"{gold.id}\t{canonical(gold)}\n".encode("utf-8", "surrogatepass"))
        return labels.hexdigest()


def gold_files(folder: Path) -> list[Path]:
    """The files of a folder that hold gold: `*.json` but the meta data. Raises InputError."""
    if not folder.is_dir():
        raise InputError(f"there is no folder {str(folder)!r} of gold files")
    return sorted(path for path in folder.glob("*.json") if path.name != "meta.json")


def load_suite(path: str | Path, texts: str | Path | None = None) -> Suite:
    """The suite of a folder (or of its `suite.toml`); `texts` is taken instead of its own texts.

    Raises InputError for a folder that is missing or has no gold, RecordError for a `suite.toml`
    or `meta.json` that does not hold what it should.
    """
    where = Path(path)
    folder = where.parent if where.name == SUITE_FILE else where
    if not folder.is_dir():
        beside = [entry.name for entry in folder.parent.glob("*/")]
        raise InputError(
            f"there is no suite {str(path)!r}{did_you_mean(folder.name, beside)}; expected a "
            f"folder with {SUITE_FILE!r} or of gold files"
        )
    suite = _declared(folder) if (folder / SUITE_FILE).exists() else _bare(folder)
    if not gold_files(suite.gold):
        raise InputError(
            f"a suite without gold: {str(suite.gold)!r} holds no *.json; put the gold file of "
            "each case there, or name their folder by 'gold' in suite.toml"
        )
    return suite.model_copy(update={"texts": Path(texts)}) if texts is not None else suite


def _bare(folder: Path) -> Suite:
    """What a folder without `suite.toml` is taken for."""
    gold = folder / "gold" if (folder / "gold").is_dir() else folder
    texts = folder / "texts"
    beside = [file for file in (texts / "meta.json", folder / "meta.json") if file.exists()]
    return Suite(
        name=folder.resolve().name,
        folder=folder,
        gold=gold,
        texts=texts if texts.is_dir() else None,
        about=_meta(beside[0]) if beside else {},
    )


class _Declared(Record):
    """`suite.toml` as written."""

    name: str | None = None
    gold: str = "gold"
    texts: str | None = None
    meta: str | None = None
    cases: tuple[str, ...] = Field(default=("*",), min_length=1)
    run: RunSettings = RunSettings()
    gate: Thresholds = Thresholds()


def _declared(folder: Path) -> Suite:
    where = folder / SUITE_FILE
    try:
        told = _Declared.model_validate(_toml(where))
    except ValidationError as error:
        raise RecordError(f"{str(where)!r}, {_fault(error)}") from error
    _check_thresholds(where, told.gate)
    run, gate = told.run, told.gate
    meta = folder / (told.meta or "meta.json")
    return Suite(
        name=told.name or folder.resolve().name,
        folder=folder,
        gold=folder / told.gold,
        texts=folder / told.texts if told.texts else None,
        chosen=told.cases,
        run=run.model_copy(update={"recordings": run.recordings and folder / run.recordings}),
        gate=gate.model_copy(update={"baseline": gate.baseline and folder / gate.baseline}),
        about=_meta(meta) if told.meta or meta.exists() else {},
    )


def _toml(where: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(where.read_text("utf-8"))
    except OSError as error:
        raise InputError(f"{str(where)!r} cannot be opened: {error.strerror or error}") from error
    except ValueError as error:
        raise RecordError(f"{str(where)!r} is not TOML: {error}") from error


_TABLES: dict[tuple[str, ...], type[BaseModel]] = {
    (): _Declared,
    ("run",): RunSettings,
    ("gate",): Thresholds,
}


def _fault(error: ValidationError) -> str:
    """The first fault of `suite.toml`; for an unknown key the keys that there are."""
    fault = error.errors()[0]
    if fault["type"] != "extra_forbidden":
        return first_fault(error)
    *table, key = (str(part) for part in fault["loc"])
    known = list(_TABLES[tuple(table)].model_fields)
    within = f" in [{'.'.join(table)}]" if table else ""
    return (
        f"unknown key {key!r}{within}{did_you_mean(key, known)}; expected one of {', '.join(known)}"
    )


def _check_thresholds(where: Path, gate: Thresholds) -> None:
    for key, limits in (("floors", gate.floors), ("ceilings", gate.ceilings)):
        for name, limit in limits.items():
            _check_metric(where, f"gate.{key}", name)
            share = METRICS[name].kind == "share"
            if not 0 <= limit <= (1 if share else float("inf")):
                expected = "a share from 0 to 1" if share else "0 or more"
                raise RecordError(
                    f"{str(where)!r}, gate.{key}.{name} is {limit!r}; expected {expected}"
                )
    for name in gate.metrics:
        _check_metric(where, "gate.metrics", name)
    for name in gate.no_more:
        _check_metric(where, "gate.no_more", name)


def _check_metric(where: Path, key: str, name: str) -> None:
    if name not in METRICS:
        raise RecordError(
            f"{str(where)!r}, {key}: there is no metric {name!r}{did_you_mean(name, METRICS)}; "
            f"known are {', '.join(METRICS)}"
        )


def _meta(where: Path) -> dict[str, About]:
    data = read_json(where, "an object with the publish date, outlet and split of each case")
    if not isinstance(data, dict):
        raise RecordError(f"{str(where)!r} holds a {type(data).__name__}; expected an object by id")
    about: dict[str, About] = {}
    for name, told in data.items():
        try:
            about[name] = About.model_validate(told)
        except ValidationError as error:
            raise RecordError(f"{str(where)!r}, case {name!r}, {first_fault(error)}") from error
    return about
