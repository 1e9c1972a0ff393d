"""Runs of one suite by several models or prompts, each held against the first."""

from __future__ import annotations

from collections.abc import Sequence

from summarise.evaluation.compare import COMPARED, compare
from summarise.evaluation.grids import ExperimentRow
from summarise.evaluation.metrics import METRICS
from summarise.evaluation.statistics import estimates
from summarise.evaluation.store import Scores


def rows_of(results: Sequence[Scores], *, seed: int = 0) -> list[ExperimentRow]:
    """A row a run, in the order given: its estimates, and how it differs from the first run."""
    return [_row(results[0], result, seed) for result in results]


def _row(first: Scores, result: Scores, seed: int) -> ExperimentRow:
    made = result.signature
    differences = compare(first, result, metrics=COMPARED, seed=seed).differences
    return ExperimentRow(
        label=f"{made.model} · {made.prompt}",
        signature=made,
        estimates=tuple(estimates(result.table()[1], list(METRICS.values()), seed=seed)),
        differences=() if result is first else differences,
    )
