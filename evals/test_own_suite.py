"""The project's own suite from its recordings: a test an article, and one for the gate.

Run with `pytest evals`. The fixtures are those of the plugin that every user of `summarise` has.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from summarise import Extraction
from summarise.evaluation.compare import changes_of
from summarise.evaluation.gate import gate
from summarise.evaluation.gold import Case
from summarise.evaluation.metrics import METRICS
from summarise.evaluation.report import verdict_text
from summarise.evaluation.results import CaseScore
from summarise.evaluation.store import Scores
from summarise.evaluation.suite import Suite
from summarise.records import NO_CLAIM

pytestmark = pytest.mark.suite("suite")

MARGIN = 0.05
"""How far an article's F1 may lie under its own in the baseline: some two claims of forty."""


def test_article(suite: Suite, case: Case, extraction: Extraction, case_score: CaseScore) -> None:
    old = before(suite, case.gold.id)
    told = [*not_verbatim(extraction), *sentences_failed(extraction)]
    if case_score.counts["leaked"] > old.counts["leaked"]:
        told += from_noise(extraction, case)
    told += worse(old, case_score)
    if told:
        pytest.fail("\n".join(told), pytrace=False)


def test_gate(suite: Suite, suite_scores: Scores) -> None:
    verdict = gate(suite_scores, suite.gate, Scores(baseline_file(suite)))
    if not verdict.passed:
        console = Console(file=StringIO(), width=100)
        with console.capture() as shown:
            console.print(verdict_text(verdict))
        pytest.fail(shown.get(), pytrace=False)


def not_verbatim(extraction: Extraction) -> Iterator[str]:
    raw = extraction.article.raw
    for claim in extraction.claims:
        for span in claim.evidence:
            if raw[span.start : span.end] != span.quote:
                yield f"not verbatim: {claim.id} quotes {span.quote!r}, at {span.start} is another"


def from_noise(extraction: Extraction, case: Case) -> Iterator[str]:
    """The claims that stand on no stretch of the main text."""
    inside = case.gold.main_text
    for claim in extraction.claims:
        if not any(a <= s.start and s.end <= b for s in claim.evidence for a, b in inside):
            yield f"from page noise: {claim.id} {claim.text!r}"


def sentences_failed(extraction: Extraction) -> Iterator[str]:
    for line in extraction.ledger:
        if line.what != NO_CLAIM:
            yield f"failed: the stretch {line.where}: {line.what}, {line.why}"


def worse(old: CaseScore, new: CaseScore) -> Iterator[str]:
    """What lowers F1, where it is lower by more than MARGIN."""
    f1 = METRICS["f1"]
    was, now = f1.of(old.counts) or 0.0, f1.of(new.counts) or 0.0
    if now >= was - MARGIN:
        return
    yield f"F1 went from {was:.3f} to {now:.3f}, over {MARGIN} down:"
    for change in changes_of(old, new):
        if change.kind in {"lost", "extra", "failed"}:
            yield f"  {change.kind}: {change.claim} {change.text!r} ({change.reason})"


def baseline_file(suite: Suite) -> Path:
    assert suite.gate.baseline is not None
    return suite.gate.baseline


def before(suite: Suite, name: str) -> CaseScore:
    """The score of an article in the baseline."""
    where = baseline_file(suite)
    scores = _cases(where)
    assert name in scores, f"{where.name} has no {name!r}: summarise eval gate --accept makes it"
    return scores[name]


@cache
def _cases(path: Path) -> dict[str, CaseScore]:
    return {case.id: case for case in Scores(path).cases()}
