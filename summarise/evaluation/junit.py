"""Results as JUnit XML, which CI systems show as tests: one an article, and one for the gate."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from summarise.evaluation.grids import KINDS, MOST_CLAIMS
from summarise.evaluation.results import CaseScore, Finding, Verdict

if TYPE_CHECKING:
    from lxml.etree import _Element

UNFIT = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even as a reference."""
GATE = "gate"


def junit(cases: Iterable[CaseScore], verdict: Verdict | None, suite: str) -> str:
    """A test an article: failed where it has no extraction or a finding of the verdict names it,
    skipped where it is unscored. With a verdict, a test named "gate" fails where that does.
    """
    from lxml import etree

    root = etree.Element("testsuites")
    tests = etree.SubElement(root, "testsuite", name=fit(suite))
    findings = () if verdict is None else verdict.findings
    seconds = sum(_add_case(tests, case, findings, suite) for case in cases)
    if verdict is not None:
        _add_gate(tests, verdict, suite)
    for element in (root, tests):
        _count(element, tests, seconds)
    text: str = etree.tostring(root, encoding="unicode", pretty_print=True)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + text


def fit(text: str) -> str:
    """`text` with a replacement character for each character that XML cannot hold."""
    return UNFIT.sub("\ufffd", text)


def _count(element: _Element, tests: _Element, seconds: float) -> None:
    element.set("tests", str(len(tests)))
    element.set("failures", str(len(tests.findall("testcase/failure"))))
    element.set("errors", "0")
    element.set("skipped", str(len(tests.findall("testcase/skipped"))))
    element.set("time", f"{seconds:.3f}")


def _add_case(tests: _Element, case: CaseScore, findings: tuple[Finding, ...], suite: str) -> float:
    """Adds the test and gives its seconds."""
    seconds = case.counts.get("seconds", 0.0)
    test = _add_test(tests, case.id, suite, seconds)
    named = [finding for finding in findings if case.id in finding.cases]
    if case.status == "failed":
        _add(test, "failure", f"no extraction: {case.why}", "failed")
    elif named:
        message = "; ".join(finding.message for finding in named)
        _add(test, "failure", message, named[0].kind, _claims(case, named))
    elif case.status == "unscored":
        _add(test, "skipped", f"unscored: {case.why}")
    return seconds


def _add_gate(tests: _Element, verdict: Verdict, suite: str) -> None:
    test = _add_test(tests, GATE, suite, 0.0)
    if not verdict.passed:
        lines = [f"{finding.kind}: {finding.message}" for finding in verdict.findings]
        first = f"{len(lines)} findings" if len(lines) != 1 else lines[0]
        _add(test, "failure", first, GATE, lines)


def _add_test(tests: _Element, name: str, suite: str, seconds: float) -> _Element:
    from lxml import etree

    return etree.SubElement(
        tests, "testcase", name=fit(name), classname=fit(suite), time=f"{seconds:.3f}"
    )


def _add(test: _Element, tag: str, message: str, kind: str = "", lines: Iterable[str] = ()) -> None:
    from lxml import etree

    element = etree.SubElement(test, tag, message=fit(message))
    if kind:
        element.set("type", kind)
        element.text = fit("\n".join([message, *lines]))


def _claims(case: CaseScore, findings: Iterable[Finding]) -> list[str]:
    """The claims behind the findings; where they name none, what is wrong in the article."""
    changed = [
        f"{KINDS[change.kind]}: {change.claim} “{change.text}” ({change.reason})"
        for finding in findings
        for change in finding.changes
        if change.case == case.id
    ]
    lines = list(dict.fromkeys(changed)) or list(_wrong(case))
    rest = len(lines) - MOST_CLAIMS
    return lines[:MOST_CLAIMS] + ([f"and {rest} more"] if rest > 0 else [])


def _wrong(case: CaseScore) -> Iterator[str]:
    for one in case.missed:
        yield f"missed: {one.id} “{one.text}” ({one.reason})"
    for one in case.extra:
        yield f"not in gold: {one.id} “{one.text}” ({one.reason})"
    for pair in case.pairs:
        for miss in pair.mismatches:
            told = f"{miss.field}: {miss.predicted}, where gold has {miss.gold}"
            yield f"a field is wrong: {pair.gold} “{pair.text}” ({told})"
