"""Claims made comparable: figures as bounds, the time of the claim as an interval."""

from __future__ import annotations

from collections.abc import Sequence

from summarise.language.figures import find_figures
from summarise.language.periods import find_periods
from summarise.records import Article, Claim, Figure, Period


def normalised(claim: Claim, evidence: Sequence[str], article: Article) -> Claim:
    """The claim with its figures and its period as the sentences of its evidence have them.

    `evidence` are those sentences as shown. A figure of the claim's text is given the surface
    that it has there, so that each surface stands in the evidence.
    """
    return claim.model_copy(
        update={
            "quantities": _figures(claim.text, evidence),
            "time": claim.time or _period(claim.text, evidence, article),
        }
    )


def _figures(text: str, evidence: Sequence[str]) -> tuple[Figure, ...]:
    there = [f.figure for passage in evidence for f in find_figures(passage)]
    taken: list[Figure] = []
    for found in find_figures(text):
        own = found.figure
        match = next((f for f in there if (f.low, f.high) == (own.low, own.high)), None)
        if match is not None and match not in taken:
            taken.append(match)
    return tuple(taken)


def _period(text: str, evidence: Sequence[str], article: Article) -> Period | None:
    """The first period of the evidence that the claim's text holds in the same or other words."""
    own = [f.period for f in find_periods(text, article.published)]
    for passage in evidence:
        for found in find_periods(passage, article.published):
            period = found.period
            if period.surface.casefold() in text.casefold():
                return period
            if any(p.start and (p.start, p.end) == (period.start, period.end) for p in own):
                return period
    return None
