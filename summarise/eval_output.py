"""What a scored suite is shown as and written to: table, Markdown, JSON, JUnit XML, a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from summarise.files import write_file
from summarise.terminal import write_out, write_rich

if TYPE_CHECKING:
    from summarise.evaluation.page import Sheet
    from summarise.evaluation.predictions import Predictions
    from summarise.evaluation.results import Estimate, Signature, Verdict
    from summarise.evaluation.store import Scores
    from summarise.evaluation.suite import Suite


class ResultFormat(StrEnum):
    """How a result is written to standard output."""

    TABLE = "table"
    MARKDOWN = "markdown"
    JSON = "json"


@dataclass(frozen=True)
class Outcome:
    """Scores with what every form of them shows; `verdict` where the gate has judged them."""

    scores: Scores
    estimates: Sequence[Estimate]
    statuses: dict[str, int]
    verdict: Verdict | None = None

    @classmethod
    def of(
        cls,
        scores: Scores,
        seed: int = 0,
        *,
        verdict: Verdict | None = None,
        estimates: Sequence[Estimate] | None = None,
    ) -> Outcome:
        """With `estimates` that were made already, or new ones; `seed` sets their resampling."""
        from summarise.evaluation.metrics import METRICS
        from summarise.evaluation.predictions import statuses
        from summarise.evaluation.statistics import estimates as estimated

        if estimates is None:
            estimates = estimated(scores.table()[1], list(METRICS.values()), seed=seed)
        return cls(scores, estimates, statuses(scores.cases()), verdict)

    @property
    def told(self) -> tuple[Signature, Sequence[Estimate], dict[str, int]]:
        """What each report begins with."""
        return self.scores.signature, self.estimates, self.statuses


def show(outcome: Outcome, form: ResultFormat) -> None:
    """Write a result to standard output."""
    from summarise.evaluation import report

    match form:
        case ResultFormat.JSON:
            write_out(report.as_json(*outcome.told, verdict=outcome.verdict))
        case ResultFormat.MARKDOWN:
            write_out(report.markdown(*outcome.told, verdict=outcome.verdict))
        case ResultFormat.TABLE if outcome.verdict is not None:
            write_rich(report.verdict_text(outcome.verdict))
        case ResultFormat.TABLE:
            write_rich(report.cases_table(outcome.scores.cases()))
            write_rich(report.scores_table(*outcome.told))


def write_reports(outcome: Outcome, out: Path) -> None:
    """The reports that need no article: for a build's summary, its test view, other programs."""
    from summarise.evaluation import report
    from summarise.evaluation.junit import junit

    scores, verdict = outcome.scores, outcome.verdict
    write_file(out / "summary.md", report.markdown(*outcome.told, verdict=verdict))
    write_file(out / "summary.json", report.as_json(*outcome.told, verdict=verdict))
    write_file(out / "junit.xml", junit(scores.cases(), verdict, scores.signature.suite))


def write_page(outcome: Outcome, out: Path, suite: Suite, predictions: Predictions) -> None:
    """The HTML page, which shows each article with its gold and its claims."""
    from summarise.evaluation.page import page

    sheets = _sheets(outcome.scores, suite, predictions)
    write_file(out / "report.html", page(sheets, *outcome.told, outcome.verdict))


def _sheets(scores: Scores, suite: Suite, predictions: Predictions) -> Iterable[Sheet]:
    from summarise.evaluation.page import Sheet
    from summarise.evaluation.score import Prediction

    ids = tuple(case.id for case in scores.cases())
    for case, result in zip(suite.cases(only=ids), scores.cases(), strict=True):
        found = predictions.get(case.gold.id)
        yield Sheet(case, found.claims if isinstance(found, Prediction) else (), result)


def set_side_by_side(
    results: Sequence[Scores], out: Path, form: ResultFormat, seed: int = 0
) -> None:
    """Show an experiment: each run held against the first; written below `out` too."""
    from summarise.evaluation import report
    from summarise.evaluation.experiment import rows_of

    rows = rows_of(results, seed=seed)
    first = Outcome.of(results[0], estimates=rows[0].estimates)
    markdown, as_json = (made(*first.told, rows=rows) for made in (report.markdown, report.as_json))
    write_file(out / "experiment.md", markdown)
    write_file(out / "experiment.json", as_json)
    match form:
        case ResultFormat.JSON:
            write_out(as_json)
        case ResultFormat.MARKDOWN:
            write_out(markdown)
        case ResultFormat.TABLE:
            write_rich(report.experiments_table(rows))
