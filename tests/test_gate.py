"""The gate: fails for a reason that names its articles and claims, and only for one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from evaluation_data import case_score, stored, suite_of

from summarise.errors import RecordError
from summarise.evaluation.gate import gate
from summarise.evaluation.results import Alone, CaseScore, FieldMismatch, Pair, Verdict
from summarise.evaluation.suite import Thresholds


def told(verdict: Verdict) -> list[tuple[str, str]]:
    return [(finding.kind, finding.metric) for finding in verdict.findings]


def counted(name: str, **counts: float) -> CaseScore:
    return case_score(name, counts={"cases": 1, **counts})


# ----------------------------------------------------------------------------- floors, ceilings


@pytest.mark.parametrize(
    ("limits", "findings"),
    [
        ({}, []),
        ({"floors": {"f1": 0.7}}, []),
        ({"floors": {"f1": 0.75}}, []),
        ({"floors": {"f1": 0.76}}, [("floor", "f1")]),
        ({"floors": {"f1": 0.9, "recall": 0.9}}, [("floor", "f1"), ("floor", "recall")]),
        ({"ceilings": {"failed": 0.0}}, []),
        ({"ceilings": {"f1": 0.7}}, [("ceiling", "f1")]),
        ({"ceilings": {"seconds": 60.0}}, []),
        ({"floors": {"verbatim": 0.0}}, [("floor", "verbatim")]),
    ],
)
def test_limits(tmp_path: Path, limits: dict[str, Any], findings: list[tuple[str, str]]) -> None:
    verdict = gate(suite_of(tmp_path / "new", [9, 6]), Thresholds(**limits))
    assert told(verdict) == findings
    assert verdict.passed == (not findings)
    assert verdict.comparison is None


def test_a_broken_floor_names_the_articles_under_it(tmp_path: Path) -> None:
    new = suite_of(tmp_path / "new", [9, 2, 10, 5, 9])
    (finding,) = gate(new, Thresholds(floors={"recall": 0.8})).findings
    assert finding.message == "recall is 0.7, under its floor of 0.8 ('case-01', 'case-03')"
    assert finding.cases == ("case-01", "case-03")


def test_a_broken_ceiling_names_the_articles_over_it(tmp_path: Path) -> None:
    cases = [
        counted("a", predicted=10),
        counted("b", predicted=10, leaked=3),
        counted("c", predicted=10, leaked=5),
    ]
    (finding,) = gate(stored(tmp_path / "new", cases), Thresholds(ceilings={"leaked": 0})).findings
    assert (finding.kind, finding.cases) == ("ceiling", ("c", "b"))
    assert finding.message == "leaked is 0.2667, over its ceiling of 0 ('c', 'b')"


@pytest.mark.parametrize(
    ("limits", "cases"),
    [
        ({"ceilings": {"recall": 0.5}}, ("case-02", "case-00")),
        ({"floors": {"failed": 0.5}}, ("case-00", "case-01", "case-02")),
    ],
    ids=["a ceiling on what should be high", "a floor on what should be low"],
)
def test_a_limit_on_the_odd_side_names_what_breaks_it(
    tmp_path: Path, limits: dict[str, Any], cases: tuple[str, ...]
) -> None:
    (finding,) = gate(suite_of(tmp_path / "new", [8, 1, 9]), Thresholds(**limits)).findings
    assert finding.cases == cases


def test_what_is_unscored_breaks_its_floor_in_words(tmp_path: Path) -> None:
    (finding,) = gate(
        suite_of(tmp_path / "new", [9]), Thresholds(floors={"unsupported": 0.1})
    ).findings
    assert finding.message == (
        "unsupported is unscored: there is nothing to hold against its floor of 0.1"
    )


def test_a_suite_without_cases_breaks_its_floor(tmp_path: Path) -> None:
    assert not gate(stored(tmp_path / "new", []), Thresholds(floors={"f1": 0.1})).passed


@pytest.mark.parametrize(("ceiling", "passed"), [(None, False), (0.1, False), (0.5, True)])
def test_a_failed_article(tmp_path: Path, ceiling: float | None, passed: bool) -> None:
    cases = [case_score("a"), counted("b", gold=10, failed=1)]
    limits = {} if ceiling is None else {"failed": ceiling}
    verdict = gate(stored(tmp_path / "new", cases), Thresholds(ceilings=limits))
    assert verdict.passed == passed
    assert passed or verdict.findings[0].cases == ("b",)


# ----------------------------------------------------------------------------------- regressions


def test_a_regression_names_its_articles_and_claims(tmp_path: Path) -> None:
    old = suite_of(tmp_path / "old", [9] * 12)
    new = suite_of(tmp_path / "new", [9] * 4 + [7] * 8)
    verdict = gate(new, Thresholds(metrics=("f1",)), old)
    (finding,) = verdict.findings
    assert (finding.kind, finding.metric, verdict.passed) == ("regression", "f1", False)
    assert finding.message.startswith("f1 went from 0.9 to 0.7667 (-0.1333, 95 % interval -0.")
    assert "after Holm over 1 metrics" in finding.message
    assert finding.cases == tuple(f"case-{number:02d}" for number in range(4, 12))
    assert {(one.kind, one.claim) for one in finding.changes} == {("lost", "c08"), ("lost", "c09")}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([9] * 12, [9] * 12),
        ([7] * 12, [9] * 12),
        ([9] * 12, [8] + [9] * 11),
        ([9, 5, 7, 8, 6, 9, 4, 8], [5, 9, 7, 6, 8, 9, 8, 4]),
    ],
    ids=["the same", "better", "one claim", "as much better as worse"],
)
def test_no_regression(tmp_path: Path, old: list[int], new: list[int]) -> None:
    before, after = suite_of(tmp_path / "old", old), suite_of(tmp_path / "new", new)
    for seed in range(5):
        assert gate(after, Thresholds(), before, seed=seed).passed


def test_alpha_is_kept_to(tmp_path: Path) -> None:
    """Six articles of six are worse: by chance one time in 64."""
    old, new = suite_of(tmp_path / "old", [9] * 6), suite_of(tmp_path / "new", [8] * 6)
    at = {
        alpha: gate(new, Thresholds(metrics=("recall",), alpha=alpha), old).passed
        for alpha in (0.05, 0.016, 0.015, 0.001)
    }
    assert at == {0.05: False, 0.016: False, 0.015: True, 0.001: True}


def test_a_loss_within_the_tolerance_is_let_pass(tmp_path: Path) -> None:
    old, new = suite_of(tmp_path / "old", [9] * 9), suite_of(tmp_path / "new", [8] * 9)
    strict, loose = (
        gate(new, Thresholds(metrics=("recall",), tolerance=least), old).passed
        for least in (0.05, 0.2)
    )
    assert (strict, loose) == (False, True)


@pytest.mark.parametrize(("old", "new", "passed"), [(1, 4, False), (4, 1, True)])
def test_a_metric_where_less_is_better(tmp_path: Path, old: int, new: int, passed: bool) -> None:
    before, after = (
        stored(
            tmp_path / name,
            [counted(f"c{n}", predicted=10, leaked=leaked) for n in range(9)],
        )
        for name, leaked in (("old", old), ("new", new))
    )
    verdict = gate(after, Thresholds(metrics=("leaked",), ceilings={"leaked": 1}), before)
    assert verdict.passed == passed
    assert told(verdict) == ([] if passed else [("regression", "leaked")])


def test_an_amount_that_grew(tmp_path: Path) -> None:
    before, after = (
        stored(tmp_path / name, [counted(f"c{n}", runs=1, calls=calls) for n in range(9)])
        for name, calls in (("old", 10), ("new", 14))
    )
    assert told(gate(after, Thresholds(metrics=("calls",)), before)) == [("regression", "calls")]
    assert gate(before, Thresholds(metrics=("calls",)), after).passed


def test_what_cannot_be_scored_any_more_is_a_regression(tmp_path: Path) -> None:
    old = stored(tmp_path / "old", [counted(f"c{n}", judged=9, unsupported=1) for n in range(3)])
    new = stored(tmp_path / "new", [counted(f"c{n}") for n in range(3)])
    (finding,) = gate(new, Thresholds(metrics=("unsupported",)), old).findings
    assert finding.message == "unsupported was 0.1111 and cannot be scored any more"
    assert gate(old, Thresholds(metrics=("unsupported",)), new).passed


def test_a_field_that_became_wrong_is_the_cause(tmp_path: Path) -> None:
    """Of the claims that differ, those in the field of the metric."""
    old = [case_score(f"c{n}", hits=10) for n in range(8)]
    new = [with_wrong_certainty(one) for one in old]
    (finding,) = gate(
        stored(tmp_path / "new", new),
        Thresholds(metrics=("f1", "certainty")),
        stored(tmp_path / "old", old),
    ).findings
    assert (finding.metric, len(finding.cases)) == ("certainty", 8)
    assert {(one.kind, one.claim, one.reason) for one in finding.changes} == {
        ("field", "c01", "certainty: certain, where gold has possible")
    }


def with_wrong_certainty(case: CaseScore) -> CaseScore:
    wrong = FieldMismatch(field="certainty", gold="possible", predicted="certain")
    other = FieldMismatch(field="source", gold="Ada Brook", predicted="none")
    first, second, *rest = case.pairs
    pairs: list[Pair] = [
        first.model_copy(update={"mismatches": (wrong,)}),
        second.model_copy(update={"mismatches": (other,)}),
        *rest,
    ]
    counts = case.counts | {"certainty_right": 4}
    return case.model_copy(update={"pairs": tuple(pairs), "counts": counts})


def test_an_article_that_fails_now_is_a_cause(tmp_path: Path) -> None:
    old = [case_score(f"c{n}", hits=9) for n in range(8)]
    new = [
        counted(one.id, gold=10, failed=1).model_copy(
            update={"status": "failed", "why": "no answer", "pairs": ()}
        )
        for one in old
    ]
    verdict = gate(
        stored(tmp_path / "new", new),
        Thresholds(metrics=("f1",), ceilings={"failed": 1}),
        stored(tmp_path / "old", old),
    )
    (finding,) = verdict.findings
    assert {(one.kind, one.reason) for one in finding.changes} == {("failed", "no answer")}


# ---------------------------------------------------------------------------------- the baseline


def test_cases_that_the_baseline_has_more(tmp_path: Path) -> None:
    old, new = suite_of(tmp_path / "old", [9, 9, 9]), suite_of(tmp_path / "new", [9, 9])
    (finding,) = gate(new, Thresholds(), old).findings
    assert (finding.kind, finding.cases) == ("failed", ("case-02",))
    assert finding.message == "the baseline has 1 cases more: 'case-02'"
    assert gate(old, Thresholds(), new).passed


@pytest.mark.parametrize("field", ["matcher"])
def test_a_baseline_that_cannot_be_compared(tmp_path: Path, field: str) -> None:
    old = suite_of(tmp_path / "old", [9], **{field: "0"})
    with pytest.raises(RecordError, match="score the old predictions again"):
        gate(suite_of(tmp_path / "new", [9]), Thresholds(), old)


def test_no_more_faults_than_before(tmp_path: Path) -> None:
    odd = Alone(id="p1", text="Osk burned.", reason="stands outside the main text")
    old = [counted(name, predicted=10, leaked=1) for name in ("a", "b")]
    new = [old[0], counted("b", predicted=10, leaked=2).model_copy(update={"ungrounded": (odd,)})]
    limits = Thresholds(metrics=(), no_more=("leaked",), ceilings={"leaked": 1})
    before, after = stored(tmp_path / "old", old), stored(tmp_path / "new", new)
    (finding,) = gate(after, limits, before).findings
    assert (finding.metric, finding.cases) == ("leaked", ("b",))
    assert [one.text for one in finding.changes] == ["Osk burned."]
    assert gate(before, limits, after).passed
