"""A slice of the fuzz of `evals/fuzz.py`: any input ends in an article or a refusal."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "evals"))
from fuzz import MAKERS, BrokenError, Case, case_of, check_article, run, tried

from summarise.read import read

COUNT, BATCH, EVERY = 152, 38, 38
"""Inputs, how many of them one test takes, and every which of a kind is extracted."""


@pytest.mark.parametrize("first", range(0, COUNT, BATCH))
def test_no_input_gives_a_traceback_or_a_wrong_offset(first: int) -> None:
    done = list(run(range(first, first + BATCH), every=EVERY))
    assert [(one.case.seed, one.fault) for one in done if one.fault] == []


def test_a_seed_gives_the_same_input_again() -> None:
    assert [case_of(seed) for seed in range(8)] == [case_of(seed) for seed in range(8)]
    assert {case_of(seed).kind for seed in range(4)} == set(MAKERS)


def test_inputs_are_read_and_refused() -> None:
    ends = {one.end for one in run(range(8), every=1000)}
    assert {"read", "refused"} <= ends


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"main_text": ((0, 9_999),)}, "lies outside"),
        ({"main_text": ((10, 40), (30, 55))}, "overlap"),
        ({"view": "short"}, "not as long"),
    ],
)
def test_a_wrong_offset_is_told(change: dict[str, object], told: str) -> None:
    article = read("ferry.txt", text="The ferry to Tessaly was stopped on Monday, Ada Brook said.")
    with pytest.raises(BrokenError, match=told):
        check_article(article.model_copy(update=change))


def test_a_traceback_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    import fuzz

    monkeypatch.setattr(fuzz, "read", lambda *_, **__: [].pop())
    one = tried(Case(0, "text", "x", "The ferry was stopped."))
    assert one.end == "fault"
    assert "pop from empty list" in one.fault
