"""Whether claims stand on their article: verbatim, inside the main text, no figure made up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from summarise.evaluation.gold import Case
from summarise.evaluation.results import Alone
from summarise.meaning import NUMBER, spelled_numbers, undated, value_of
from summarise.records import Claim, Span

_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True)
class Standing:
    """How a claim stands on its article.

    `within` tells of each span whether it lies in the main text; `misquoted` are the spans whose
    quote is not what stands there, `invented` the digits that the article nowhere has: both None
    where the text is not here.
    """

    claim: Claim
    within: tuple[bool, ...]
    misquoted: tuple[Span, ...] | None
    invented: tuple[str, ...] | None

    @property
    def leaked(self) -> bool:
        """Whether all of its evidence lies in page noise."""
        return bool(self.within) and not any(self.within)


def standing(claim: Claim, case: Case) -> Standing:
    """Hold a claim against its article."""
    within = tuple(
        any(start <= span.start and span.end <= end for start, end in case.gold.main_text)
        for span in claim.evidence
    )
    text = case.text
    if text is None:
        return Standing(claim, within, None, None)
    misquoted = tuple(s for s in claim.evidence if text[s.start : s.end] != s.quote)
    return Standing(claim, within, misquoted, tuple(invented(claim, case)))


def grounding(standings: Iterable[Standing]) -> Iterator[tuple[str, float]]:
    """What is counted of the claims' evidence; what needs the text only where it is here."""
    for one in standings:
        yield "located", bool(one.within)
        yield "leaked", one.leaked
        yield "spans", len(one.within)
        yield "inside", sum(one.within)
        if one.claim.verdict is not None:
            yield "judged", 1
            yield "unsupported", one.claim.verdict == "unsupported"
        if one.misquoted is not None:
            yield "checked", len(one.within)
            yield "verbatim", len(one.within) - len(one.misquoted)
            yield "read", 1
            yield "invented", bool(one.invented)


def ungrounded(standings: Iterable[Standing]) -> Iterator[Alone]:
    """The claims with a fault of grounding, each with the fault."""
    for one in standings:
        for reason in _faults(one):
            yield Alone(id=one.claim.id, text=one.claim.text, reason=reason)


def _faults(one: Standing) -> Iterator[str]:
    if not one.within:
        yield "it has no evidence"
    elif one.leaked:
        yield "its evidence lies outside the main text"
    for span in one.misquoted or ():
        yield f"{span.quote[:60]!r} is not what stands at {span.start}-{span.end}"
    for number in one.invented or ():
        yield f"the figure {number} stands nowhere in the article"


def invented(claim: Claim, case: Case) -> list[str]:
    """The digits of a claim that its article nowhere has, dates apart."""
    known = _numbers(case.text or "", case.gold.main_text)
    said = " ".join([undated(claim.text), *(figure.surface for figure in claim.quantities)])
    return [number for number in NUMBER.findall(said) if value_of(number) not in known]


@lru_cache(maxsize=8)
def _numbers(text: str, main_text: tuple[tuple[int, int], ...]) -> frozenset[float]:
    inside = " ".join(_TAG.sub(" ", text[start:end]) for start, end in main_text)
    digits = {value_of(number) for number in NUMBER.findall(inside)}
    return frozenset(digits | set(spelled_numbers(inside)))
