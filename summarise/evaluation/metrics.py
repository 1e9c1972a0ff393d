"""The metrics, each a ratio of sums of counters: so they add up, over claims and over articles.

A metric is `unscored` (None) where its denominator is 0: nothing to score is neither 1.0 nor 0.0.
`micro` sums the counters of all articles first, `macro` is the mean over the articles that have
something to score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TESTED = ("f1", "source_f1", "certainty", "polarity", "period_f1", "figures_f1")
"""The metrics that are tested together where nothing else is asked for."""

COUNTERS = (
    "gold", "predicted", "hits", "covered_gold", "covered_predicted",
    "source_gold", "source_predicted", "source_hits", "source_right",
    "via_gold", "via_predicted", "via_hits",
    "certainty_right", "polarity_right",
    "period_gold", "period_predicted", "period_hits",
    "figures_gold", "figures_predicted", "figures_hits",
    "spans", "checked", "verbatim", "inside", "located", "leaked", "judged", "unsupported",
    "read", "invented", "duplicates",
    "cases", "failed", "runs", "run_hits", "ledgers", "answers", "invalid_answers", "calls",
    "retries", "ledger_lines", "sentences_failed", "input_tokens", "output_tokens",
    "seconds", "timed", "cost", "priced", "replayed",
)  # fmt: skip
"""What is counted of each article, by name; `docs/evaluation.md` says what each is."""

Better = Literal["higher", "lower"]
Kind = Literal["share", "amount"]


@dataclass(frozen=True)
class Metric:
    """`sum(top) / sum(bottom)`, where each counter has a weight.

    A `share` lies between 0 and 1 and is written with three digits; an `amount` is not bounded.
    """

    name: str
    top: Mapping[str, float]
    bottom: Mapping[str, float]
    title: str
    better: Better = "higher"
    kind: Kind = "share"

    def of(self, counts: Mapping[str, float]) -> float | None:
        """The value for one set of counters; None where there is nothing to score."""
        bottom = sum(weight * counts.get(name, 0) for name, weight in self.bottom.items())
        if not bottom:
            return None
        return sum(weight * counts.get(name, 0) for name, weight in self.top.items()) / bottom

    def of_many(self, counts: NDArray[np.float64]) -> NDArray[np.float64]:
        """The values for an array of shape (..., len(COUNTERS)); nan where nothing is to score."""
        import numpy as np

        top, bottom = counts @ _weights(self.top), counts @ _weights(self.bottom)
        values: NDArray[np.float64] = np.full(np.shape(bottom), np.nan)
        np.divide(top, bottom, out=values, where=bottom != 0)
        return values


def _weights(side: Mapping[str, float]) -> NDArray[np.float64]:
    import numpy as np

    return np.array([side.get(name, 0.0) for name in COUNTERS], dtype=np.float64)


def _share(name: str, top: str, bottom: str, title: str, better: Better = "higher") -> Metric:
    return Metric(name, {top: 1}, {bottom: 1}, title, better)


def _f1(name: str, field: str, title: str) -> Metric:
    bottom = {f"{field}_gold": 1.0, f"{field}_predicted": 1.0}
    return Metric(name, {f"{field}_hits": 2}, bottom, title)


def _field(field: str, title: str) -> tuple[Metric, ...]:
    hits = f"{field}_hits"
    return (
        _share(f"{field}_precision", hits, f"{field}_predicted", f"{title}: precision"),
        _share(f"{field}_recall", hits, f"{field}_gold", f"{title}: recall"),
        _f1(f"{field}_f1", field, f"{title}: F1"),
    )


def _amount(name: str, top: str, bottom: str, title: str) -> Metric:
    return Metric(name, {top: 1}, {bottom: 1}, title, "lower", "amount")


METRICS: Mapping[str, Metric] = {
    metric.name: metric
    for metric in (
        _share("precision", "hits", "predicted", "claims: precision"),
        _share("recall", "hits", "gold", "claims: recall"),
        Metric("f1", {"hits": 2}, {"gold": 1, "predicted": 1}, "claims: F1"),
        _share("coverage", "covered_gold", "gold", "gold claims covered, splits included"),
        _share("covered_precision", "covered_predicted", "predicted", "claims that gold covers"),
        _share("source_accuracy", "source_right", "hits", "source right, or rightly none"),
        *_field("source", "source"),
        *_field("via", "via"),
        _share("certainty", "certainty_right", "hits", "certainty right"),
        _share("polarity", "polarity_right", "hits", "polarity right"),
        *_field("period", "period"),
        *_field("figures", "figures"),
        _share("verbatim", "verbatim", "checked", "evidence verbatim"),
        _share("inside", "inside", "spans", "evidence inside the main text"),
        _share("grounded", "located", "predicted", "claims with evidence"),
        _share("leaked", "leaked", "predicted", "claims from page noise", "lower"),
        _share("unsupported", "unsupported", "judged", "claims unsupported", "lower"),
        _share("invented", "invented", "read", "claims with a figure nowhere in the text", "lower"),
        _share("duplicates", "duplicates", "predicted", "claims said twice", "lower"),
        _share("failed", "failed", "cases", "articles failed", "lower"),
        _share("invalid_answers", "invalid_answers", "answers", "answers off the schema", "lower"),
        _amount("retries", "retries", "runs", "retries an article"),
        _amount("ledger_lines", "ledger_lines", "ledgers", "ledger lines an article"),
        _amount("sentences_failed", "sentences_failed", "ledgers", "sentences failed an article"),
        _amount("calls", "calls", "runs", "calls an article"),
        _amount("input_tokens", "input_tokens", "runs", "input tokens an article"),
        _amount("output_tokens", "output_tokens", "runs", "output tokens an article"),
        _amount("tokens_per_hit", "output_tokens", "run_hits", "output tokens a matched claim"),
        _amount("seconds", "seconds", "timed", "seconds an article"),
        _amount("cost", "cost", "priced", "US dollars an article"),
    )
}  # fmt: skip
"""Every metric by name, in the order in which they are shown."""


def total(cases: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """The counters of all cases added up."""
    sums = dict.fromkeys(COUNTERS, 0.0)
    for counts in cases:
        for name, value in counts.items():
            sums[name] += value
    return sums


def matrix(cases: Iterable[Mapping[str, float]]) -> NDArray[np.float64]:
    """The counters as an array of shape (cases, len(COUNTERS))."""
    import numpy as np

    rows = [[counts.get(name, 0.0) for name in COUNTERS] for counts in cases]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(COUNTERS))


def micro(metric: Metric, counts: NDArray[np.float64]) -> float | None:
    """The metric of all cases taken together."""
    import numpy as np

    value = float(metric.of_many(counts.sum(axis=0)))
    return None if np.isnan(value) else value


def macro(metric: Metric, counts: NDArray[np.float64]) -> float | None:
    """The mean over the cases in which there is something to score."""
    import numpy as np

    values = metric.of_many(counts)
    return None if np.isnan(values).all() else float(np.nanmean(values))
