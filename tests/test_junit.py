"""JUnit XML as GitHub and GitLab read it: a test an article, and one for the gate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_scores import FAILED_SCORE, FERRY_SCORE, PASSED, SCORES, VERDICT
from lxml import etree

from summarise.evaluation.junit import fit, junit
from summarise.evaluation.results import CaseScore, Finding, Verdict


def parsed(
    cases: tuple[CaseScore, ...] = SCORES, verdict: Verdict | None = VERDICT
) -> etree._Element:
    return etree.fromstring(junit(cases, verdict, "harbour <suite>").encode())


def kinds(root: etree._Element) -> dict[str | None, list[str]]:
    return {test.get("name"): [str(child.tag) for child in test] for test in root.iter("testcase")}


def test_structure() -> None:
    root = parsed()
    assert root.tag == "testsuites"
    (suite,) = root
    assert suite.tag == "testsuite"
    assert suite.get("name") == "harbour <suite>"
    assert kinds(root) == {
        "pier-1": ["failure"],
        "pier-2": ["failure"],
        "pier-3": ["skipped"],
        "gate": ["failure"],
    }
    for element in (root, suite):
        counted = [element.get(name) for name in ("tests", "failures", "errors", "skipped")]
        assert counted == ["4", "3", "0", "1"]
        assert float(element.get("time", "")) == 0
    assert {test.get("classname") for test in suite} == {"harbour <suite>"}


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (None, {"pier-1": [], "pier-2": ["failure"], "pier-3": ["skipped"]}),
        (PASSED, {"pier-1": [], "pier-2": ["failure"], "pier-3": ["skipped"], "gate": []}),
    ],
)
def test_what_no_finding_names_passes(
    verdict: Verdict | None, expected: dict[str, list[str]]
) -> None:
    assert kinds(parsed(verdict=verdict)) == expected


def failure(root: etree._Element, name: str) -> etree._Element:
    found = root.find(f".//testcase[@name='{name}']/failure")
    assert found is not None
    return found


def test_a_failure_tells_the_finding_and_its_claims() -> None:
    told = failure(parsed(), "pier-1")
    assert told.get("message") == "f1 went from 0.8 to 0.7; recall is 0.2, under 0.5"
    assert told.get("type") == "regression"
    text = told.text or ""
    assert "matched before, missed now: c01 “<script>alert(1)</script>” (another figure: 4)" in text
    assert text.endswith("and 8 more")


def test_a_finding_without_claims_lists_what_is_wrong_in_the_article() -> None:
    floor = Finding(kind="floor", metric="recall", message="recall is low", cases=("pier-1",))
    verdict = Verdict(passed=False, findings=(floor,), estimates=())
    text = failure(parsed((FERRY_SCORE,), verdict), "pier-1").text or ""
    assert "missed: c01 “The ferry carried 40 people.”" in text
    assert "not in gold: p2 “Share this story”" in text
    assert (
        "a field is wrong: c02 “The mayor closed the pier.” (source: none, where gold has" in text
    )


def test_an_article_without_an_extraction_tells_why() -> None:
    told = failure(parsed((FAILED_SCORE,), None), "pier-2")
    assert told.get("message") == "no extraction: the model gave no answer: \ufffd<timeout>"


def test_seconds_are_added_up() -> None:
    timed = FERRY_SCORE.model_copy(update={"counts": FERRY_SCORE.counts | {"seconds": 1.5}})
    root = parsed((timed, timed.model_copy(update={"id": "pier-4"})), None)
    assert root.get("time") == "3.000"
    assert [test.get("time") for test in root.iter("testcase")] == ["1.500", "1.500"]


@given(st.text())
def test_any_text_fits(text: str) -> None:
    named = FERRY_SCORE.model_copy(update={"id": text})
    (test,) = parsed((named,), None).iter("testcase")
    assert test.get("name") == fit(text)


@pytest.mark.parametrize(
    ("text", "fitted"),
    [("a\x00b", "a\ufffdb"), ("\ud800", "\ufffd"), ("\ufffe", "\ufffd"), ("tab\t🎉", "tab\t🎉")],
)
def test_fit(text: str, fitted: str) -> None:
    assert fit(text) == fitted
