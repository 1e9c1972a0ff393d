"""Two results over the same articles: what differs, how surely, and which claims did it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarise.errors import InputError, RecordError
from summarise.evaluation.gold import did_you_mean
from summarise.evaluation.metrics import METRICS, TESTED, matrix
from summarise.evaluation.results import CaseScore, Change, Comparison, Signature
from summarise.evaluation.statistics import paired
from summarise.evaluation.store import Scores, in_both, names_of

COMPARED = (
    "precision", "recall", "f1", "coverage", "source_f1", "via_f1", "certainty", "polarity",
    "period_f1", "figures_f1", "verbatim", "leaked", "unsupported", "duplicates", "failed",
    "sentences_failed", "output_tokens", "seconds", "cost",
)  # fmt: skip
"""What is compared where nothing else is asked for."""


def known_metrics(names: Sequence[str]) -> tuple[str, ...]:
    """The names as they are; raises InputError for one that is no metric, with the nearest."""
    for name in names:
        if name not in METRICS:
            raise InputError(
                f"there is no metric {name!r}{did_you_mean(name, METRICS)}; known are "
                f"{', '.join(METRICS)}"
            )
    return tuple(names)


def compare(
    old: Scores, new: Scores, *, metrics: Sequence[str] = TESTED, seed: int = 0
) -> Comparison:
    """The differences in `metrics`, tested together, and each claim that is treated differently.

    Raises RecordError where the two cannot be set side by side: other gold for a case, another
    matcher, no case in common.
    """
    _check(old.signature, new.signature, str(old.path))
    alone: tuple[list[str], list[str]] = ([], [])
    counts: tuple[list[dict[str, float]], list[dict[str, float]]] = ([], [])
    changes: list[Change] = []
    for one, other in in_both(old, new):
        if one is None or other is None:
            alone[0 if one else 1].append((one or other).id)  # type: ignore[union-attr]
            continue
        _check_gold(one, other)
        counts[0].append(one.counts)
        counts[1].append(other.counts)
        changes.extend(changes_of(one, other))
    if not counts[0]:
        raise RecordError(
            f"{str(old.path)!r} and {str(new.path)!r} have no case in common (only "
            f"{names_of(alone[0])}; only {names_of(alone[1])}): score the same suite"
        )
    before, after = (matrix(side) for side in counts)
    return Comparison(
        old=old.signature,
        new=new.signature,
        cases=len(counts[0]),
        only_old=tuple(alone[0]),
        only_new=tuple(alone[1]),
        warnings=tuple(_warnings(old.signature, new.signature)),
        differences=tuple(paired(before, after, [METRICS[name] for name in metrics], seed=seed)),
        changes=tuple(changes),
    )


def _check(old: Signature, new: Signature, where: str) -> None:
    if old.matcher != new.matcher:
        raise RecordError(
            f"{where!r} was scored by matcher {old.matcher!r}, the other by {new.matcher!r}: "
            "their scores mean different things; score the old predictions again"
        )


def _check_gold(old: CaseScore, new: CaseScore) -> None:
    if old.gold_sha256 != new.gold_sha256:
        raise RecordError(
            f"the gold of case {old.id!r} differs between the two results "
            f"({old.gold_sha256[:12]} and {new.gold_sha256[:12]}): score the old predictions "
            "again with the new gold"
        )


def _warnings(old: Signature, new: Signature) -> Iterator[str]:
    for name, title in (
        ("suite", "suite"), ("library", "version of summarise"), ("sampling", "sampling"),
    ):  # fmt: skip
        one, other = getattr(old, name), getattr(new, name)
        if one != other:
            yield f"the {title} differs: {one!r} and {other!r}"


def changes_of(old: CaseScore, new: CaseScore) -> Iterator[Change]:
    """What became of each claim of one article."""
    if new.status == "failed" and old.status != "failed":
        yield Change(case=new.id, kind="failed", claim="", text="", reason=new.why)
        return
    yield from _matches(old, new)
    yield from _extras(old, new)
    yield from _fields(old, new)


def _matches(old: CaseScore, new: CaseScore) -> Iterator[Change]:
    before, after = {pair.gold for pair in old.pairs}, {pair.gold for pair in new.pairs}
    for one in new.missed:
        if one.id in before:
            yield Change(case=new.id, kind="lost", claim=one.id, text=one.text, reason=one.reason)
    for one in old.missed:
        if one.id in after:
            yield Change(case=new.id, kind="found", claim=one.id, text=one.text, reason="")


def _extras(old: CaseScore, new: CaseScore) -> Iterator[Change]:
    """Claims that gold does not hold, by their text: ids move from run to run."""
    before, after = {one.text for one in old.extra}, {one.text for one in new.extra}
    for one in new.extra:
        if one.text not in before:
            yield Change(case=new.id, kind="extra", claim=one.id, text=one.text, reason=one.reason)
    for one in old.extra:
        if one.text not in after:
            yield Change(case=new.id, kind="gone", claim=one.id, text=one.text, reason="")


def _fields(old: CaseScore, new: CaseScore) -> Iterator[Change]:
    wrong = {(pair.gold, miss.field) for pair in old.pairs for miss in pair.mismatches}
    for pair in new.pairs:
        for miss in pair.mismatches:
            if (pair.gold, miss.field) not in wrong:
                told = f"{miss.field}: {miss.predicted}, where gold has {miss.gold}"
                yield Change(
                    case=new.id, kind="field", claim=pair.gold, text=pair.text, reason=told
                )
