"""Pass or fail, for a reason that a person can read: a significant regression, a broken floor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from summarise.evaluation.compare import compare
from summarise.evaluation.metrics import METRICS, Metric
from summarise.evaluation.results import (
    CaseScore,
    Change,
    Comparison,
    Difference,
    Estimate,
    Finding,
    Verdict,
)
from summarise.evaluation.statistics import estimates, holm
from summarise.evaluation.store import Scores, names_of
from summarise.evaluation.suite import Thresholds

MOST_CASES = 10
"""Articles named as the cause of one finding: the worst of them."""


def gate(
    new: Scores, thresholds: Thresholds, baseline: Scores | None = None, *, seed: int = 0
) -> Verdict:
    """Hold a result against its thresholds, and against a baseline where there is one.

    An article without an extraction fails the gate unless `ceilings` allow for `failed`. Raises
    RecordError where the baseline cannot be compared with the result.
    """
    _, counts = new.table()
    measured = estimates(counts, list(METRICS.values()), seed=seed)
    findings = list(_bounds(new, thresholds, {one.metric: one for one in measured}))
    comparison = None
    if baseline is not None:
        comparison = compare(baseline, new, metrics=thresholds.metrics, seed=seed)
        findings += _missing(comparison)
        findings += _more_faults(baseline, new, thresholds.no_more)
        findings += _regressions(comparison, thresholds)
    return Verdict(
        passed=not findings,
        findings=tuple(findings),
        estimates=tuple(measured),
        comparison=comparison,
    )


def _bounds(
    new: Scores, thresholds: Thresholds, measured: dict[str, Estimate]
) -> Iterator[Finding]:
    for name, floor in thresholds.floors.items():
        value = measured[name].micro
        if value is None or value < floor:
            yield _broken(new, "floor", name, value, floor)
    for name, ceiling in ({"failed": 0.0} | thresholds.ceilings).items():
        value = measured[name].micro
        if value is not None and value > ceiling:
            yield _broken(new, "ceiling", name, value, ceiling)


def _broken(new: Scores, kind: str, name: str, value: float | None, bound: float) -> Finding:
    cases = _worst(METRICS[name], new.cases(), bound, over=kind == "ceiling")
    if value is None:
        told = f"{name} is unscored: there is nothing to hold against its {kind} of {bound:g}"
    else:
        side = "under its floor" if kind == "floor" else "over its ceiling"
        told = f"{name} is {value:.4g}, {side} of {bound:g} ({names_of(cases)})"
    return Finding(
        kind="floor" if kind == "floor" else "ceiling",
        metric=name,
        message=told,
        cases=tuple(cases),
    )


def _worst(metric: Metric, cases: Iterator[CaseScore], bound: float, *, over: bool) -> list[str]:
    """The articles on the wrong side of a bound, the worst first."""
    sign = -1 if over else 1
    values = ((metric.of(case.counts), case.id) for case in cases)
    wrong = [(sign * v, name) for v, name in values if v is not None and sign * v < sign * bound]
    return [name for _, name in sorted(wrong)[:MOST_CASES]]


def _missing(comparison: Comparison) -> Iterator[Finding]:
    if comparison.only_old:
        names = names_of(comparison.only_old)
        yield Finding(
            kind="failed",
            metric="cases",
            message=f"the baseline has {len(comparison.only_old)} cases more: {names}",
            cases=comparison.only_old,
        )


def _more_faults(old: Scores, new: Scores, names: Sequence[str]) -> Iterator[Finding]:
    """Plain faults need no statistics: one more than before is one too many."""
    before = {case.id: case.counts for case in old.cases()} if names else {}
    worse: dict[str, list[CaseScore]] = {name: [] for name in names}
    for case in new.cases() if names else ():
        for name in names:
            counted = METRICS[name].top
            if _sum(counted, case.counts) > _sum(counted, before.get(case.id, {})):
                worse[name].append(case)
    for name, cases in worse.items():
        if cases:
            ids = tuple(case.id for case in cases)
            yield Finding(
                kind="ceiling",
                metric=name,
                message=f"{name}: more than in the baseline ({names_of(ids)})",
                cases=ids,
                changes=tuple(change for case in cases for change in _faults(case)),
            )


def _sum(counted: Mapping[str, float], counts: Mapping[str, float]) -> float:
    return sum(weight * counts.get(name, 0) for name, weight in counted.items())


def _faults(case: CaseScore) -> Iterator[Change]:
    for one in case.ungrounded:
        yield Change(case=case.id, kind="extra", claim=one.id, text=one.text, reason=one.reason)


def _regressions(comparison: Comparison, thresholds: Thresholds) -> Iterator[Finding]:
    """Differences for the worse: a gate asks about one side only, so its test is one-sided."""
    differences = comparison.differences
    chances = holm([_one_sided(difference) for difference in differences])
    for difference, p in zip(differences, chances, strict=True):
        lost = difference.old is not None and difference.new is None
        sure = p is not None and p <= thresholds.alpha
        if lost or (sure and _matters(difference, thresholds.tolerance)):
            causes = _causes(difference.metric, comparison.changes)
            yield Finding(
                kind="regression",
                metric=difference.metric,
                message=_told(difference, p, len(differences)),
                cases=tuple(dict.fromkeys(change.case for change in causes)),
                changes=causes,
            )


def _matters(difference: Difference, tolerance: float) -> bool:
    """Whether the loss is larger than what is let pass however sure it is."""
    if difference.change is None:
        return False
    amount = METRICS[difference.metric].kind == "amount"
    return abs(difference.change) > tolerance * (abs(difference.old or 0) if amount else 1)


def _one_sided(difference: Difference) -> float | None:
    """The chance of so large a loss if there were none; None where nothing was tested."""
    if difference.p is None or difference.change is None:
        return None
    higher = METRICS[difference.metric].better == "higher"
    worse = difference.change < 0 if higher else difference.change > 0
    return difference.p / 2 if worse else 1 - difference.p / 2


def _told(difference: Difference, p: float | None, tested: int) -> str:
    name, old, new = difference.metric, difference.old, difference.new
    if new is None or difference.change is None or p is None:
        return f"{name} was {old:.4g} and cannot be scored any more"
    interval = (
        f", 95 % interval {difference.low:+.4f} to {difference.high:+.4f}"
        if difference.low is not None and difference.high is not None
        else ""
    )
    return (
        f"{name} went from {old:.4g} to {new:.4g} ({difference.change:+.4f}{interval}; "
        f"one-sided p = {p:.4f} after Holm over {tested} metrics)"
    )


_FIELDS = {"certainty": "certainty", "polarity": "polarity", "source_accuracy": "source"}


def _causes(metric: str, changes: Sequence[Change]) -> tuple[Change, ...]:
    """The changes for the worse that the metric counts."""
    field = _FIELDS.get(metric) or metric.rpartition("_")[0]
    if field in {"source", "via", "certainty", "polarity", "period", "figures"}:
        return tuple(
            change
            for change in changes
            if change.kind == "field" and change.reason.startswith(f"{field}:")
        )
    kinds = {"precision": {"extra"}, "recall": {"lost", "failed"}, "coverage": {"lost", "failed"}}
    counted = kinds.get(metric, {"lost", "extra", "failed"})
    return tuple(change for change in changes if change.kind in counted)
