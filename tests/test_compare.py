"""Two results side by side: what may be compared, which claims differ, no alarm for nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from evaluation_data import case_score, stored, suite_of

from summarise.errors import InputError, RecordError
from summarise.evaluation.compare import COMPARED, changes_of, compare, known_metrics
from summarise.evaluation.experiment import rows_of
from summarise.evaluation.metrics import METRICS, TESTED
from summarise.evaluation.results import Alone, CaseScore, FieldMismatch, Pair

MISSED = Alone(id="c01", text="Osk flooded.", reason="no words in common")
EXTRA = Alone(id="p01", text="Osk burned.", reason="gold has none")


def pair(*mismatches: FieldMismatch) -> Pair:
    return Pair(
        gold="c01", predicted="p9", text="Osk flooded.", similarity=1, reason="w",
        mismatches=mismatches,
    )  # fmt: skip


WRONG = FieldMismatch(field="source", gold="Ada Brook", predicted="none")


def result(*pairs: Pair, missed: Any = (), extra: Any = (), **fields: Any) -> CaseScore:
    return case_score("osk", pairs=pairs, missed=missed, extra=extra, **fields)


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        (result(pair()), result(pair()), []),
        (
            result(pair()),
            result(missed=[MISSED]),
            [("lost", "c01", "Osk flooded.", "no words in common")],
        ),
        (result(missed=[MISSED]), result(pair()), [("found", "c01", "Osk flooded.", "")]),
        (result(missed=[MISSED]), result(missed=[MISSED]), []),
        (result(), result(extra=[EXTRA]), [("extra", "p01", "Osk burned.", "gold has none")]),
        (result(extra=[EXTRA]), result(), [("gone", "p01", "Osk burned.", "")]),
        (result(extra=[EXTRA]), result(extra=[EXTRA.model_copy(update={"id": "p7"})]), []),
        (
            result(pair()),
            result(pair(WRONG)),
            [("field", "c01", "Osk flooded.", "source: none, where gold has Ada Brook")],
        ),
        (result(pair(WRONG)), result(pair(WRONG)), []),
        (result(pair(WRONG)), result(pair()), []),
        (
            result(missed=[MISSED]),
            result(pair(WRONG)),
            [
                ("found", "c01", "Osk flooded.", ""),
                ("field", "c01", "Osk flooded.", "source: none, where gold has Ada Brook"),
            ],
        ),
        (
            result(pair()),
            result(missed=[MISSED], status="failed", why="no answer"),
            [("failed", "", "", "no answer")],
        ),
        (result(missed=[MISSED], status="failed"), result(missed=[MISSED], status="failed"), []),
        (
            result(missed=[MISSED], status="failed"),
            result(pair()),
            [("found", "c01", "Osk flooded.", "")],
        ),
    ],
)
def test_what_became_of_each_claim(
    old: CaseScore, new: CaseScore, changes: list[tuple[str, ...]]
) -> None:
    found = list(changes_of(old, new))
    assert [(one.kind, one.claim, one.text, one.reason) for one in found] == changes
    assert {one.case for one in found} <= {"osk"}


def test_a_difference_is_found_with_its_sign(tmp_path: Path) -> None:
    old, new = suite_of(tmp_path / "old", [8] * 12), suite_of(tmp_path / "new", [6] * 12)
    found = compare(old, new)
    assert [one.metric for one in found.differences] == list(TESTED)
    f1 = next(one for one in found.differences if one.metric == "f1")
    assert (f1.old, f1.new) == (0.8, 0.6)
    assert f1.change == pytest.approx(-0.2)
    assert f1.p is not None
    assert f1.p < 0.001
    assert len([one for one in found.changes if one.kind == "lost"]) == 24
    assert (found.cases, found.only_old, found.only_new, found.warnings) == (12, (), (), ())


def test_the_same_outputs_never_raise_an_alarm(tmp_path: Path) -> None:
    old = suite_of(tmp_path / "old", [8, 3, 10, 0, 7, 9])
    new = suite_of(tmp_path / "new", [8, 3, 10, 0, 7, 9])
    for seed in range(50):
        found = compare(old, new, metrics=COMPARED, seed=seed)
        assert found.changes == ()
        assert {one.p for one in found.differences} <= {1.0, None}
        assert {one.change for one in found.differences} <= {0.0, None}


def test_a_seed_makes_it_the_same_again(tmp_path: Path) -> None:
    hits = range(16)
    old = suite_of(tmp_path / "old", [one % 7 for one in hits])
    new = suite_of(tmp_path / "new", [one % 5 for one in hits])
    assert compare(old, new, seed=3) == compare(old, new, seed=3)


def test_cases_on_one_side_are_named_and_left_out(tmp_path: Path) -> None:
    old = stored(tmp_path / "old", [case_score(name) for name in ("a", "b", "c")])
    new = stored(tmp_path / "new", [case_score(name, hits=3) for name in ("b", "c", "d")])
    found = compare(old, new)
    assert (found.cases, found.only_old, found.only_new) == (2, ("a",), ("d",))
    assert {change.case for change in found.changes} == {"b", "c"}


def test_no_case_in_common(tmp_path: Path) -> None:
    old, new = (stored(tmp_path / name, [case_score(name)]) for name in ("a", "b"))
    with pytest.raises(RecordError, match=r"have no case in common \(only 'a'; only 'b'\): score"):
        compare(old, new)


def test_nothing_on_either_side(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="have no case in common"):
        compare(stored(tmp_path / "a", []), stored(tmp_path / "b", []))


def test_another_matcher(tmp_path: Path) -> None:
    old, new = suite_of(tmp_path / "old", [8], matcher="0"), suite_of(tmp_path / "new", [8])
    with pytest.raises(RecordError, match="old' was scored by matcher '0', the other by "):
        compare(old, new)


def test_another_gold(tmp_path: Path) -> None:
    old = stored(tmp_path / "old", [case_score("a"), case_score("b")])
    new = stored(tmp_path / "new", [case_score("a"), case_score("b", gold_sha256="h" * 64)])
    with pytest.raises(RecordError, match=r"the gold of case 'b' differs .* \(g and h{12}\)"):
        compare(old, new)


@pytest.mark.parametrize(
    ("field", "warning"),
    [
        ("suite", "the suite differs: 'osk' and 'x'"),
        ("library", "the version of summarise differs: '1' and 'x'"),
        ("sampling", "the sampling differs: 'greedy' and 'x'"),
    ],
)
def test_what_may_differ_with_a_warning(tmp_path: Path, field: str, warning: str) -> None:
    old = suite_of(tmp_path / "old", [8, 7])
    assert compare(old, suite_of(tmp_path / "new", [8, 7], **{field: "x"})).warnings == (warning,)


@pytest.mark.parametrize("field", ["model", "prompt", "prompt_sha256"])
def test_what_is_compared_gives_no_warning(tmp_path: Path, field: str) -> None:
    old = suite_of(tmp_path / "old", [8, 7])
    assert compare(old, suite_of(tmp_path / "new", [8, 7], **{field: "x"})).warnings == ()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("f2", "there is no metric 'f2'; did you mean 'f1'?; known are precision, recall, f1"),
        ("", "there is no metric ''; known are"),
        ("F1", "there is no metric 'F1'"),
    ],
)
def test_unknown_metrics(name: str, message: str) -> None:
    with pytest.raises(InputError) as raised:
        known_metrics(["recall", name])
    assert str(raised.value).startswith(message)


def test_every_metric_may_be_compared(tmp_path: Path) -> None:
    assert known_metrics([*COMPARED, *TESTED]) == (*COMPARED, *TESTED)
    old = suite_of(tmp_path / "old", [8, 7, 4])
    found = compare(old, old, metrics=tuple(METRICS))
    assert [one.metric for one in found.differences] == list(METRICS)


def test_experiments_are_held_against_the_first(tmp_path: Path) -> None:
    runs = [
        suite_of(tmp_path / name, hits, model=name)
        for name, hits in (("a", [8] * 9), ("b", [6] * 9), ("c", [9] * 9))
    ]
    rows = rows_of(runs)
    assert [row.label for row in rows] == ["a · extract.v1", "b · extract.v1", "c · extract.v1"]
    assert rows[0].differences == ()
    changes = [
        next(one.change for one in row.differences if one.metric == "recall") for row in rows[1:]
    ]
    assert changes == [pytest.approx(-0.2), pytest.approx(0.1)]
