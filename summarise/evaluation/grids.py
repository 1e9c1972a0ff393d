"""What the tables of the report hold, as text in cells: every form draws the same grids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from summarise.evaluation import numbers
from summarise.evaluation.metrics import METRICS, Metric
from summarise.evaluation.results import (
    CaseScore,
    Change,
    Comparison,
    Difference,
    Estimate,
    Signature,
    Verdict,
)
from summarise.records import Record

Tone = Literal["", "good", "bad", "dim"]

LEVEL = 0.05
"""Differences whose corrected p value is at most this are called better or worse."""
MOST_CLAIMS = 20
"""Claims shown of one finding."""
GROUPS: Mapping[str, tuple[str, ...]] = {
    "claims": ("precision", "recall", "f1", "coverage", "covered_precision", "duplicates"),
    "fields of matched claims": (
        "source_accuracy", "source_precision", "source_recall", "source_f1",
        "via_precision", "via_recall", "via_f1", "certainty", "polarity",
        "period_precision", "period_recall", "period_f1",
        "figures_precision", "figures_recall", "figures_f1",
    ),
    "grounding": ("verbatim", "inside", "grounded", "leaked", "unsupported", "invented"),
    "running": (
        "failed", "invalid_answers", "retries", "ledger_lines", "sentences_failed", "calls",
        "input_tokens", "output_tokens", "tokens_per_hit", "seconds", "cost",
    ),
}  # fmt: skip
"""The metrics as they are shown: each stands in one group."""
KINDS: Mapping[str, str] = {
    "lost": "matched before, missed now",
    "found": "missed before, matched now",
    "extra": "new, and not in gold",
    "gone": "not in gold, and not there any more",
    "field": "a field became wrong",
    "failed": "no extraction any more",
}
"""What each kind of change is called."""
PRICES = ("output_tokens", "seconds", "cost")
"""What a run is paid with."""


class ExperimentRow(Record):
    """One run of an experiment, and how it differs from the first run (which differs in nothing).

    `label` tells the runs apart: model and prompt.
    """

    label: str
    signature: Signature
    estimates: tuple[Estimate, ...]
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Row:
    """A row; a `group` is a heading that stands above it."""

    cells: tuple[str, ...]
    group: str = ""
    tone: Tone = ""


@dataclass(frozen=True)
class Grid:
    """A table: the first `words` columns are text, the others numbers.

    `spare` are the places of columns that may be left out where there is no room.
    """

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    words: int = 1
    spare: tuple[int, ...] = ()

    def without_spare(self) -> Grid:
        """The same without the columns that may be left out."""
        kept = [place for place in range(len(self.head)) if place not in self.spare]

        def cut(cells: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(cells[place] for place in kept)

        rows = tuple(replace(row, cells=cut(row.cells)) for row in self.rows)
        return Grid(cut(self.head), rows, sum(place < self.words for place in kept))


def articles(number: int) -> str:
    """ "1 article", "9 articles"."""
    return f"{numbers.count(number)} {'article' if number == 1 else 'articles'}"


def statuses_line(statuses: Mapping[str, int]) -> str:
    """How many articles there are and what became of them; what is told as it was recorded."""
    counted = {name: statuses.get(name, 0) for name in ("scored", "failed", "unscored")}
    parts = [f"{numbers.count(number)} {name}" for name, number in counted.items()]
    line = f"{articles(sum(counted.values()))}: {', '.join(parts)}"
    replayed = statuses.get("replayed", 0)
    if not replayed:
        return line
    return f"{line}; {numbers.count(replayed)} replayed: tokens, seconds and cost as recorded"


def scores_grid(estimates: Sequence[Estimate]) -> Grid:
    """A row a metric, in groups: its name, its values and how sure they are."""
    by_name = {one.metric: one for one in estimates}
    rows = []
    for group, names in GROUPS.items():
        here = [by_name[name] for name in names if name in by_name]
        rows += [_estimate(one, "" if place else group) for place, one in enumerate(here)]
    head = ("metric", "name", "micro", "95 % interval", "macro", "articles", "detectable")
    return Grid(head, tuple(rows), words=2, spare=(1,))


def _estimate(one: Estimate, group: str) -> Row:
    metric = METRICS[one.metric]
    if one.micro is None:
        cells = (metric.title, one.metric, numbers.UNSCORED, "", "", "0", "")
        return Row(cells, group, "dim")
    cells = (
        metric.title,
        one.metric,
        numbers.value(metric, one.micro),
        numbers.interval(metric, one.low, one.high),
        numbers.value(metric, one.macro),
        numbers.count(one.cases),
        numbers.detectable(metric, one.detectable),
    )
    return Row(cells, group)


def cases_grid(cases: Iterable[CaseScore]) -> Grid:
    """A row an article."""
    head = ("article", "status", "gold", "predicted", "matched", "precision", "recall", "F1")
    return Grid(head, tuple(_case(case) for case in cases), words=2)


def _case(case: CaseScore) -> Row:
    counted = (numbers.count(case.counts.get(n, 0)) for n in ("gold", "predicted", "hits"))
    shares = (score_of(case, name) for name in ("precision", "recall", "f1"))
    tone: Tone = {"failed": "bad", "unscored": "dim"}.get(case.status, "")  # type: ignore[assignment]
    return Row((case.id, case.status, *counted, *shares), tone=tone)


def score_of(case: CaseScore, name: str) -> str:
    """A metric of one article, written."""
    return numbers.value(METRICS[name], METRICS[name].of(case.counts))


# --------------------------------------------------------------------------------- comparisons


def regressed(verdict: Verdict) -> frozenset[str]:
    """The metrics in which the gate found a regression."""
    return frozenset(one.metric for one in verdict.findings if one.kind == "regression")


def differences_grid(differences: Sequence[Difference], regressions: Container[str] = ()) -> Grid:
    """A row a metric: old, new, the change, how sure it is, and what that means.

    `regressions` are the metrics that a gate, whose test is one-sided, calls that.
    """
    head = (
        "metric", "verdict", "old", "new", "change", "95 % interval", "p", "p (Holm)", "detectable",
    )  # fmt: skip
    return Grid(
        head,
        tuple(_difference(one, one.metric in regressions) for one in differences),
        words=2,
        spare=(6, 8),
    )


def _difference(one: Difference, regression: bool) -> Row:
    metric = METRICS[one.metric]
    told: tuple[str, Tone] = ("regression", "bad") if regression else outcome(one)
    word, tone = told
    values = (numbers.value(metric, one.old), numbers.value(metric, one.new))
    if one.change is None:
        return Row((metric.title, word, *values, "", "", "", "", ""), tone=tone)
    cells = (
        metric.title,
        word,
        *values,
        numbers.change(metric, one.change),
        numbers.change_interval(metric, one.low, one.high),
        numbers.p_value(one.p),
        numbers.p_value(one.p_holm),
        numbers.detectable(metric, one.detectable),
    )
    return Row(cells, tone=tone)


def outcome(one: Difference) -> tuple[str, Tone]:
    """ "better", "worse", or that no difference was shown, which is not that there is none."""
    if one.change is None:
        return ("worse", "bad") if one.old is not None else (numbers.UNSCORED, "dim")
    if one.change == 0:
        return "the same", ""
    if one.p_holm is None or one.p_holm > LEVEL:
        return "not shown", ""
    higher = METRICS[one.metric].better == "higher"
    return ("better", "good") if (one.change > 0) == higher else ("worse", "bad")


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """What a reader of the differences must know: how many articles, what differs beside them."""
    yield f"{articles(comparison.cases)} in both; p is two-sided, from a permutation test"
    for side, names in (("old", comparison.only_old), ("new", comparison.only_new)):
        if names:
            yield f"only in the {side} result: {listed(names)}"
    yield from (f"warning: {text}" for text in comparison.warnings)
    counted = Counter[str](change.kind for change in comparison.changes)
    yield from (f"{counted[k]} × {told}" for k, told in KINDS.items() if counted[k])


def listed(names: Sequence[str], most: int = 10) -> str:
    """Names with commas; beyond `most`, how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def shown_changes(changes: Sequence[Change]) -> tuple[Sequence[Change], str]:
    """The first changes, and a line for the rest ("" where there is none)."""
    rest = len(changes) - MOST_CLAIMS
    return changes[:MOST_CLAIMS], f"and {rest} more" if rest > 0 else ""


# --------------------------------------------------------------------------------- experiments


def experiments_grid(rows: Sequence[ExperimentRow]) -> Grid:
    """A row a run: its F1, the change against the first, and what it took an article."""
    head = (
        "run", "verdict", "F1", "95 % interval", "change", "95 % interval", "p (Holm)",
        "tokens", "seconds", "cost",
    )  # fmt: skip
    runs = tuple(_run(row, not place) for place, row in enumerate(rows))
    return Grid(head, runs, words=2, spare=(3,))


def _run(row: ExperimentRow, first: bool) -> Row:
    f1 = METRICS["f1"]
    own = _by_metric(row.estimates).get("f1")
    measured = ("", "") if own is None else _measured(f1, own)
    against = next((one for one in row.differences if one.metric == "f1"), None)
    if first or against is None:
        told = "the first" if first else numbers.UNTESTED
        return Row((row.label, told, *measured, "", "", "", *_prices(row)))
    word, tone = outcome(against)
    changed = (
        numbers.change(f1, against.change),
        numbers.change_interval(f1, against.low, against.high),
        numbers.p_value(against.p_holm),
    )
    return Row((row.label, word, *measured, *changed, *_prices(row)), tone=tone)


def _measured(metric: Metric, one: Estimate) -> tuple[str, str]:
    if one.micro is None:
        return numbers.UNSCORED, ""
    return numbers.value(metric, one.micro), numbers.interval(metric, one.low, one.high)


def _by_metric(estimates: Sequence[Estimate]) -> dict[str, Estimate]:
    return {one.metric: one for one in estimates}


def _prices(row: ExperimentRow) -> Iterator[str]:
    found = _by_metric(row.estimates)
    for name in PRICES:
        value = found[name].micro if name in found else None
        yield numbers.UNKNOWN if value is None else numbers.value(METRICS[name], value)


def conclusions(rows: Sequence[ExperimentRow]) -> Iterator[str]:
    """A sentence a run: what is better or worse than in the first, by how much, for how much."""
    for row in rows[1:]:
        told = [text for one in row.differences if (text := _told(one))]
        found = "; ".join(told) or "no difference was shown in any metric"
        yield f"{row.label}, against {rows[0].label}: {found}{_price(row, rows[0])}"


def _told(one: Difference) -> str:
    word, _ = outcome(one)
    if word not in {"better", "worse"}:
        return ""
    if one.change is None:
        return f"{one.metric} can be scored no more"
    metric = METRICS[one.metric]
    change = numbers.change(metric, one.change)
    spread = numbers.change_interval(metric, one.low, one.high)
    return f"{one.metric} {word} by {change} ({spread}, p {numbers.p_value(one.p_holm)})"


def _price(row: ExperimentRow, first: ExperimentRow) -> str:
    new, old = _by_metric(row.estimates), _by_metric(first.estimates)
    times = [
        f"{told} the {METRICS[name].title.removesuffix(' an article')}"
        for name in PRICES
        if name in new and name in old and (told := numbers.ratio(new[name].micro, old[name].micro))
    ]
    return f"; for {', '.join(times)}" if times else ""
