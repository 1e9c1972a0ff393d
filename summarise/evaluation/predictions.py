"""What a system gave for the articles of a suite: a folder of `<case>.json`, read one at a time.

Each file is an extraction, as `summarise extract --out` writes it, or any object with a list of
`claims` in the form of `docs/claims.md`, or `{"error": "..."}` where the article failed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from summarise import __version__
from summarise.claim_files import claims_in, read_json
from summarise.errors import InputError, RecordError
from summarise.evaluation.gold import did_you_mean
from summarise.evaluation.match import MATCHER
from summarise.evaluation.results import CaseScore, Signature
from summarise.evaluation.score import Prediction, failed, score
from summarise.evaluation.store import SCORES, Scores, write_scores
from summarise.evaluation.suite import Suite
from summarise.profiles import profile_for
from summarise.records import LedgerLine, Run

EXPECTED = "an extraction, or an object with a list under 'claims'"
PREDICTIONS = "predictions"
"""The folder of a run's extractions, beside its scores."""
Picked = tuple[str, ...] | None


@dataclass(frozen=True)
class Predictions:
    """A folder of predictions, or the file of a single one."""

    path: Path

    def get(self, case: str) -> Prediction | str:
        """What was predicted for a case, or why it failed.

        Raises InputError where there is no file, RecordError where it holds something else.
        """
        where = self.file(case)
        data = read_json(where, EXPECTED)
        if isinstance(data, dict) and "error" in data and "claims" not in data:
            return str(data["error"])
        fields = data if isinstance(data, dict) else {}
        return Prediction(
            claims=tuple(claims_in(where, data)),
            run=_run(where, fields.get("run")),
            ledger=_ledger(where, fields.get("ledger")),
        )

    def file(self, case: str) -> Path:
        """The file of a case; raises InputError, which names the nearest, where there is none."""
        if self.path.is_file():
            return self.path
        if not self.path.is_dir():
            raise InputError(
                f"there are no predictions {str(self.path)!r}; expected a folder with "
                "<case>.json for each case: `summarise extract --out` writes one"
            )
        where = self.path / f"{case}.json"
        if not where.exists():
            names = sorted(path.stem for path in self.path.glob("*.json"))
            raise InputError(
                f"no prediction for case {case!r} in {str(self.path)!r}"
                f"{did_you_mean(case, names)} ({len(names)} files there); add {where.name!r}, "
                'write {"error": "why"} into it where the article failed, or leave the case out '
                "with --case or --split"
            )
        return where


def _run(where: Path, data: object) -> Run | None:
    """How the extraction was made, None where the file does not tell."""
    if data is None:
        return None
    if isinstance(data, dict):
        data = {key: value for key, value in data.items() if key in Run.model_fields}
    run: Run = _valid(where, "run", Run, data)
    return run


def _ledger(where: Path, data: object) -> tuple[LedgerLine, ...] | None:
    if data is None:
        return None
    ledger: tuple[LedgerLine, ...] = _valid(where, "ledger", tuple[LedgerLine, ...], data)
    return ledger


def _valid(where: Path, field: str, kind: Any, data: object) -> Any:
    try:
        return TypeAdapter(kind).validate_python(data)
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(part) for part in (field, *fault["loc"]))
        raise RecordError(
            f"{str(where)!r}, field {place!r}: {fault['msg']}; expected it as "
            "`summarise extract --format json` writes it, or not at all"
        ) from error


def signature(
    suite: Suite, predictions: Predictions, split: str | None = None, only: Picked = None
) -> Signature:
    """How the predictions were made; raises RecordError where they are of several runs."""
    ids = suite.case_ids(split, only)
    if len(ids) > 1 and predictions.path.is_file():
        raise InputError(
            f"{str(predictions.path)!r} is one file, and {len(ids)} cases are asked for; name its "
            "case with --case, or give the folder with <case>.json for each case"
        )
    made: dict[tuple[str, str, str], str] = {}
    for name in ids:
        found = predictions.get(name)
        if isinstance(found, Prediction) and found.run is not None:
            run = found.run
            made.setdefault((run.model, run.prompt, run.prompt_sha256), name)
    if len(made) > 1:
        (one, first), (other, second) = list(made.items())[:2]
        raise RecordError(
            f"the predictions of {str(predictions.path)!r} are of {len(made)} different runs: "
            f"{first!r} by {_by(one)}, {second!r} by {_by(other)}; score each in its own folder"
        )
    model, prompt, prompt_sha256 = next(iter(made), ("unknown", "unknown", ""))
    return Signature(
        suite=suite.name,
        gold_sha256=suite.gold_sha256(split, only),
        cases=len(ids),
        model=model,
        prompt=prompt,
        prompt_sha256=prompt_sha256,
        sampling=sampling(model),
        library=__version__,
        matcher=MATCHER,
    )


def _by(made: tuple[str, str, str]) -> str:
    model, prompt, prompt_sha256 = made
    return f"{model!r} with {prompt}@{prompt_sha256[:12]}"


def sampling(model: str) -> str:
    """The sampling settings that the model's profile sends, "server's own" where it sends none."""
    if model == "unknown":
        return model
    profile = profile_for(model)
    settings = {
        "temperature": profile.temperature,
        "seed": profile.seed,
        "effort": profile.reasoning_effort,
    }
    told = ",".join(f"{name}={value}" for name, value in settings.items() if value is not None)
    return told or "server's own"


def scored(
    suite: Suite, predictions: Predictions, split: str | None = None, only: Picked = None
) -> Iterator[CaseScore]:
    """The score of each case, one at a time."""
    for case in suite.cases(split, only):
        found = predictions.get(case.gold.id)
        yield failed(case, found) if isinstance(found, str) else score(case, found)


def statuses(cases: Iterable[CaseScore]) -> dict[str, int]:
    """How many articles were scored, failed, had nothing to score, and were replayed, if any."""
    counted = {"scored": 0, "failed": 0, "unscored": 0}
    replayed = 0
    for case in cases:
        counted[case.status] += 1
        replayed += bool(case.counts.get("replayed"))
    return counted | ({"replayed": replayed} if replayed else {})


def save(
    suite: Suite, predictions: Predictions, out: Path, split: str | None, only: Picked
) -> Scores:
    """Score what is predicted, and write the scores below `out`, whole or not at all."""
    made = signature(suite, predictions, split, only)
    write_scores(out / SCORES, made, scored(suite, predictions, split, only))
    return Scores(out)
