"""Which period and which figures of a sentence belong to one of its propositions."""

from __future__ import annotations

from collections.abc import Sequence

from summarise.language.figures import FoundFigure
from summarise.language.periods import FoundPeriod
from summarise.language.phrases import Proposition
from summarise.language.syntax import Parsed
from summarise.records import Figure, Period


def period_of(one: Proposition, periods: Sequence[FoundPeriod], parsed: Parsed) -> Period | None:
    """When the proposition happens: the first period among its words, None where it has none."""
    here = [parsed.span(t) for t in one.tokens]
    return next((p.period for p in periods if _within(p.start, p.end, here)), None)


def figures_of(
    one: Proposition, figures: Sequence[FoundFigure], parsed: Parsed
) -> tuple[Figure, ...]:
    """The figures among the words of the proposition."""
    here = [parsed.span(t) for t in one.tokens]
    return tuple(f.figure for f in figures if _within(f.start, f.end, here))


def _within(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether the larger part of `start:end` stands in `spans`."""
    held = sum(max(0, min(end, e) - max(start, s)) for s, e in spans)
    return held * 2 > end - start - 2
