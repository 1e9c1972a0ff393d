"""Whether claims stand on their article: verbatim, inside the main text, no figure made up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from summarise.evaluation.gold import Case
from summarise.evaluation.meaning import spelled_numbers, undated
from summarise.evaluation.results import Alone
from summarise.records import Claim

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_TAG = re.compile(r"<[^<>]*>")


def grounding(case: Case, predicted: Sequence[Claim]) -> Iterator[tuple[str, float]]:
    """What is counted of the claims' evidence; what needs the text only where it is here."""
    for claim in predicted:
        yield from _places(claim, case.gold.main_text)
        if claim.verdict is not None:
            yield "judged", 1
            yield "unsupported", claim.verdict == "unsupported"
        if case.text is not None:
            text = case.text
            yield "checked", len(claim.evidence)
            yield "verbatim", sum(text[s.start : s.end] == s.quote for s in claim.evidence)
            yield "read", 1
            yield "invented", bool(invented(claim, case))


def ungrounded(case: Case, predicted: Sequence[Claim]) -> Iterator[Alone]:
    """The claims with a fault of grounding, each with the fault."""
    for claim in predicted:
        for reason in _faults(claim, case):
            yield Alone(id=claim.id, text=claim.text, reason=reason)


def _faults(claim: Claim, case: Case) -> Iterator[str]:
    if not claim.evidence:
        yield "it has no evidence"
    elif dict(_places(claim, case.gold.main_text))["leaked"]:
        yield "its evidence lies outside the main text"
    if case.text is not None:
        for span in claim.evidence:
            if case.text[span.start : span.end] != span.quote:
                yield f"{span.quote[:60]!r} is not what stands at {span.start}-{span.end}"
        for number in invented(claim, case):
            yield f"the figure {number} stands nowhere in the article"


def _places(claim: Claim, main_text: Sequence[tuple[int, int]]) -> Iterator[tuple[str, float]]:
    within = [
        any(start <= span.start and span.end <= end for start, end in main_text)
        for span in claim.evidence
    ]
    yield "located", bool(within)
    yield "leaked", bool(within) and not any(within)
    yield "spans", len(within)
    yield "inside", sum(within)


def invented(claim: Claim, case: Case) -> list[str]:
    """The digits of a claim that its article nowhere has, dates apart."""
    known = _numbers(case.text or "", case.gold.main_text)
    said = " ".join([undated(claim.text), *(figure.surface for figure in claim.quantities)])
    return [number for number in _NUMBER.findall(said) if _value(number) not in known]


@lru_cache(maxsize=8)
def _numbers(text: str, main_text: tuple[tuple[int, int], ...]) -> frozenset[float]:
    inside = " ".join(_TAG.sub(" ", text[start:end]) for start, end in main_text)
    digits = {_value(number) for number in _NUMBER.findall(inside)}
    return frozenset(digits | set(spelled_numbers(inside)))


def _value(number: str) -> float:
    return float(number.replace(",", ""))
