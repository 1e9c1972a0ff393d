"""Counters of an article that were counted by hand; nothing to score is not zero."""

from __future__ import annotations

from typing import Any

import pytest
from evaluation_data import FIRST, GOLD, NOISE, SECOND, ferry_case, quoted, some_claims
from hypothesis import given, settings

from summarise.evaluation.metrics import COUNTERS, METRICS, macro, matrix, micro, total
from summarise.evaluation.results import CaseScore
from summarise.evaluation.score import Prediction, failed, score
from summarise.profiles import profile_for
from summarise.records import NO_CLAIM, Claim, Figure, LedgerLine, Period, Run, Span

PREDICTED = (
    # The source and the period are lost, the figure is bounded, the certainty is another.
    quoted(
        "The ferry carried 40 people on 4 March.",
        FIRST,
        "p1",
        source="the harbour office",
        certainty="possible",
        via=("Osk Radio",),
        quantities=(Figure(surface="at least 40", low=40, unit="people"),),
        verdict="supported",
    ),
    quoted("Ada Brook closed the pier.", SECOND, "p2", source="Ada Brook", verdict="supported"),
    quoted("Ada Brook closed the pier.", SECOND, "p3", source="Ada Brook", verdict="supported"),
    quoted("Readers can share this story.", NOISE, "p4", verdict="unsupported"),
)
LEDGER = (
    LedgerLine(where=(0, 9), what=NO_CLAIM, why="a heading"),
    LedgerLine(where=None, what="answer cut off", why="too long"),
)
RUN = Run(
    model="m", prompt="p", prompt_sha256="e3", calls=5, retries=2, invalid=1,
    input_tokens=100, output_tokens=40, seconds=2.5,
)  # fmt: skip
BY_HAND = {
    "gold": 2, "predicted": 4, "hits": 2, "covered_gold": 2, "covered_predicted": 3,
    "duplicates": 1,
    "source_gold": 1, "source_predicted": 2, "source_hits": 1, "source_right": 1,
    "via_gold": 0, "via_predicted": 1, "via_hits": 0,
    "certainty_right": 1, "polarity_right": 2,
    "period_gold": 1, "period_predicted": 0, "period_hits": 0,
    "figures_gold": 1, "figures_predicted": 1, "figures_hits": 0,
    "located": 4, "spans": 4, "inside": 3, "checked": 4, "verbatim": 4, "leaked": 1,
    "judged": 4, "unsupported": 1,
    "cases": 1, "runs": 1, "run_hits": 2, "calls": 5, "retries": 2, "answers": 3,
    "invalid_answers": 1, "input_tokens": 100, "output_tokens": 40, "timed": 1, "seconds": 2.5,
    "ledgers": 1, "ledger_lines": 2, "sentences_failed": 1,
}  # fmt: skip


def value(found: CaseScore, metric: str) -> float | None:
    return METRICS[metric].of(found.counts)


@pytest.mark.parametrize(("counter", "counted"), BY_HAND.items())
def test_counters_of_one_article(counter: str, counted: float) -> None:
    found = score(ferry_case(), Prediction(PREDICTED, RUN, LEDGER))
    assert found.counts.get(counter, 0) == counted


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("precision", 0.5), ("recall", 1), ("f1", 4 / 6), ("coverage", 1),
        ("source_accuracy", 0.5), ("source_precision", 0.5), ("source_recall", 1),
        ("source_f1", 2 / 3), ("via_precision", 0), ("via_recall", None), ("via_f1", 0),
        ("certainty", 0.5), ("polarity", 1), ("period_precision", None), ("period_recall", 0),
        ("figures_f1", 0), ("verbatim", 1), ("inside", 0.75), ("grounded", 1), ("leaked", 0.25),
        ("unsupported", 0.25), ("duplicates", 0.25), ("failed", 0), ("invalid_answers", 1 / 3),
        ("retries", 2), ("ledger_lines", 2), ("sentences_failed", 1), ("seconds", 2.5),
        ("tokens_per_hit", 20),
    ],
)  # fmt: skip
def test_metrics_of_one_article(metric: str, expected: float | None) -> None:
    found = value(score(ferry_case(), Prediction(PREDICTED, RUN, LEDGER)), metric)
    assert found == (None if expected is None else pytest.approx(expected))


def test_pairs_and_what_stands_alone() -> None:
    found = score(ferry_case(), Prediction(PREDICTED))
    assert (found.id, found.status, found.why) == ("ferry", "scored", "")
    assert [(pair.gold, pair.predicted) for pair in found.pairs] == [("c01", "p1"), ("c02", "p2")]
    first, second = found.pairs
    assert [(miss.field, miss.gold, miss.predicted) for miss in first.mismatches] == [
        ("via", "none", "Osk Radio"),
        ("certainty", "certain", "possible"),
        ("period", "on 4 March (2025-03-04 to 2025-03-04)", "none"),
        ("figures", "40 (40)", "at least 40 (40 to …)"),
    ]
    assert [(miss.field, miss.gold, miss.predicted) for miss in second.mismatches] == [
        ("source", "none", "Ada Brook")
    ]
    assert found.missed == ()
    assert [(one.id, one.nearest, one.covered) for one in found.extra] == [
        ("p3", "c02", True),
        ("p4", None, False),
    ]


def test_the_article_as_a_source_is_none() -> None:
    gold = [GOLD[1]]
    given = [GOLD[1].model_copy(update={"source": "the article"})]
    counts = score(ferry_case(gold=gold), Prediction(tuple(given))).counts
    assert (counts["source_right"], counts["source_predicted"]) == (1, 0)


def test_identical_claims_are_right_in_every_field() -> None:
    found = score(ferry_case(), Prediction(GOLD[::-1]))
    named = [name for name in METRICS if name.startswith(("source", "period", "figures"))]
    shares = {name: value(found, name) for name in ["f1", "certainty", "polarity", *named]}
    assert shares == dict.fromkeys(shares, 1.0)
    assert not any(pair.mismatches for pair in found.pairs)


# ------------------------------------------------------------------------ unscored is unscored


def test_nothing_on_both_sides_is_unscored() -> None:
    found = score(ferry_case(gold=()), Prediction(()))
    assert (found.status, found.why) == ("unscored", "neither gold nor the system has a claim")
    assert {value(found, name) for name in ("precision", "recall", "f1", "unsupported")} == {None}
    assert value(found, "failed") == 0


@pytest.mark.parametrize(
    ("gold", "predicted", "precision", "recall"),
    [(GOLD, (), None, 0), ((), GOLD, 0, None)],
    ids=["nothing predicted", "nothing in gold"],
)
def test_nothing_on_one_side(
    gold: tuple[Claim, ...], predicted: tuple[Claim, ...], precision: Any, recall: Any
) -> None:
    found = score(ferry_case(gold=gold), Prediction(predicted))
    assert found.status == "scored"
    assert [value(found, name) for name in ("precision", "recall", "f1")] == [precision, recall, 0]


def test_a_failed_article_misses_every_claim() -> None:
    found = failed(ferry_case(), "the server hung up")
    assert (found.status, found.why) == ("failed", "the server hung up")
    assert [one.id for one in found.missed] == ["c01", "c02"]
    assert {one.reason for one in found.missed} == {"the article has no extraction"}
    assert [value(found, name) for name in ("recall", "f1", "failed")] == [0, 0, 1]
    # What it did not give is neither right nor wrong.
    assert [value(found, name) for name in ("precision", "certainty", "seconds")] == [None] * 3


def test_a_failed_article_weighs_on_the_suite() -> None:
    whole = score(ferry_case(), Prediction(GOLD))
    counts = matrix([whole.counts, failed(ferry_case(), "why").counts])
    assert micro(METRICS["recall"], counts) == 0.5
    assert macro(METRICS["recall"], counts) == 0.5
    assert micro(METRICS["precision"], counts) == 1
    assert micro(METRICS["failed"], counts) == 0.5


@pytest.mark.parametrize(
    ("given", "metrics"),
    [
        (Prediction(GOLD), ("unsupported", "ledger_lines", "sentences_failed", "calls", "retries")),
        (Prediction(GOLD), ("input_tokens", "invalid_answers", "tokens_per_hit", "seconds")),
        (Prediction(GOLD, RUN), ("ledger_lines", "cost")),
    ],
    ids=["no verdict, no ledger", "no run", "no ledger, no price"],
)
def test_what_a_prediction_does_not_tell_is_unscored(
    given: Prediction, metrics: tuple[str, ...]
) -> None:
    found = score(ferry_case(), given)
    assert {name: value(found, name) for name in metrics} == dict.fromkeys(metrics)


def test_an_empty_ledger_is_one() -> None:
    assert value(score(ferry_case(), Prediction(GOLD, ledger=())), "ledger_lines") == 0


# ------------------------------------------------------------------------------------ grounding


@pytest.mark.parametrize(
    ("text", "checked", "verbatim"),
    [(True, 2, 1.0), (False, 0, None)],
    ids=["the text is here", "it is not"],
)
def test_verbatim_only_where_the_text_is_here(
    text: bool, checked: int, verbatim: float | None
) -> None:
    case = ferry_case() if text else ferry_case(text=None)
    found = score(case, Prediction(GOLD))
    assert (found.counts.get("checked", 0), value(found, "verbatim")) == (checked, verbatim)
    assert value(found, "inside") == 1


@pytest.mark.parametrize(
    ("spans", "verbatim", "inside", "leaked"),
    [
        ([(0, 9, "The ferry")], 1, 1, 0),
        ([(0, 9, "the ferry")], 0, 1, 0),
        ([(0, 9, "")], 0, 1, 0),
        ([(60, 70, "pier.\n\nSha")], 0, 0, 1),
        ([(0, 9, "The ferry"), (69, 74, "Share")], 1, 0.5, 0),
        ([(69, 74, "Share")], 1, 0, 1),
        ([(900, 905, "Share")], 0, 0, 1),
        ([], None, None, 0),
    ],
)
def test_where_evidence_stands(
    spans: list[tuple[int, int, str]], verbatim: float | None, inside: float | None, leaked: float
) -> None:
    evidence = tuple(Span(start=a, end=b, quote=quote) for a, b, quote in spans)
    found = score(
        ferry_case(), Prediction((Claim(id="p", text="The ferry sailed.", evidence=evidence),))
    )
    assert value(found, "verbatim") == verbatim
    assert value(found, "inside") == inside
    assert value(found, "leaked") == leaked
    assert value(found, "grounded") == bool(spans)


@pytest.mark.parametrize(("price", "cost"), [(0.75, pytest.approx(5.25)), (0.0, 4.5), (None, None)])
def test_cost_is_that_of_the_model(
    monkeypatch: pytest.MonkeyPatch, price: float | None, cost: object
) -> None:
    priced = profile_for("m").model_copy(update={"input_price": price, "output_price": 4.5})
    monkeypatch.setattr("summarise.evaluation.score.profile_for", {"m": priced}.get)
    run = RUN.model_copy(update={"input_tokens": 10**6, "output_tokens": 10**6})
    assert value(score(ferry_case(), Prediction(GOLD, run)), "cost") == cost


@pytest.mark.parametrize(
    ("replayed", "took", "seconds"),
    [(False, 2.5, 2.5), (False, 0.0, 0.0), (True, 2.5, 2.5), (True, 0.0, None)],
    ids=["timed", "at once", "a recording that tells how long it took", "one that does not"],
)
def test_time_is_that_of_the_model(replayed: bool, took: float, seconds: float | None) -> None:
    run = RUN.model_copy(update={"replayed": replayed, "seconds": took})
    found = score(ferry_case(), Prediction(GOLD, run))
    assert value(found, "seconds") == seconds
    assert found.counts.get("replayed", 0) == replayed


# ----------------------------------------------------------------------------------- invariants


@settings(max_examples=30, deadline=None)
@given(some_claims, some_claims)
def test_no_metric_divides_by_zero_and_every_share_is_one(
    gold: list[Claim], predicted: list[Claim]
) -> None:
    found = score(ferry_case(gold=gold), Prediction(tuple(predicted)))
    assert set(found.counts) <= set(COUNTERS)
    assert all(count >= 0 for count in found.counts.values())
    for metric in METRICS.values():
        share = metric.of(found.counts)
        assert share is None or metric.kind == "amount" or 0 <= share <= 1, metric.name
    assert value(found, "f1") == value(
        score(ferry_case(gold=predicted), Prediction(tuple(gold))), "f1"
    )


@pytest.mark.parametrize("metric", METRICS)
def test_every_metric_of_nothing_is_unscored(metric: str) -> None:
    assert METRICS[metric].of({}) is None
    assert micro(METRICS[metric], matrix([])) is None
    assert macro(METRICS[metric], matrix([{}, {}])) is None


def test_totals_add_up() -> None:
    cases = [score(ferry_case(), Prediction(PREDICTED, RUN)), failed(ferry_case(), "why")]
    sums = total(case.counts for case in cases)
    assert (sums["gold"], sums["hits"], sums["cases"], sums["failed"]) == (4, 2, 2, 1)


def test_the_hash_is_of_the_gold() -> None:
    one, other = ferry_case(), ferry_case(gold=GOLD[:1])
    hashes = [score(case, Prediction(())).gold_sha256 for case in (one, other)]
    assert hashes[0] != hashes[1]
    assert failed(one, "why").gold_sha256 == hashes[0]


def test_periods_without_days_are_shown() -> None:
    gold = [GOLD[1].model_copy(update={"time": Period(surface="later")})]
    (pair,) = score(ferry_case(gold=gold), Prediction((GOLD[1],))).pairs
    assert [miss.gold for miss in pair.mismatches] == ["later (… to …)"]
