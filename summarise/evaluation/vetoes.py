"""What makes two claims different ones, however alike their words: each veto gives its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from datetime import date
from typing import TypeVar

from summarise.evaluation.fields import same_speaker
from summarise.evaluation.meaning import Meaning
from summarise.language.names import same_name
from summarise.language.words import inserted_negation, opposite, removed_negation
from summarise.records import Claim, Figure, Period

ONE_MONTH = 31
"""Days by which two bounds may differ and still be one date told more or less exactly."""
SAME_REST = 0.75
"""Dice of the words beside the names from which on another name is a swap."""
CLOSE = 0.011
"""Relative difference up to which two values are one figure, rounded: a third is 0.33."""


def veto(gold: Meaning, predicted: Meaning) -> str | None:
    """Why the two cannot be one claim; None where nothing speaks against it."""
    return next((why for rule in _RULES for why in rule(gold, predicted)), None)


def _other_numbers(gold: Meaning, predicted: Meaning) -> Iterator[str]:
    """Each side has a number that the other lacks."""
    mine, theirs = _surplus(predicted.numbers, gold.numbers)
    if mine and theirs and not (gold.values and gold.values == predicted.values):
        yield f"another figure: {_listed(mine)}, where gold has {_listed(theirs)}"


def _other_quantities(gold: Meaning, predicted: Meaning) -> Iterator[str]:
    """A figure whose value and digits no figure of the other side has, on both sides."""
    ours, theirs = predicted.claim.quantities, gold.claim.quantities
    mine = [figure for figure in ours if not any(_agree(figure, other) for other in theirs)]
    lost = [figure for figure in theirs if not any(_agree(figure, other) for other in ours)]
    if mine and lost:
        yield f"another figure: {mine[0].surface!r}, where gold has {lost[0].surface!r}"


def _agree(one: Figure, other: Figure) -> bool:
    """Whether two figures share a bound, or the words: bounds misread are no other figure."""
    if one.surface and one.surface.casefold() == other.surface.casefold():
        return True
    return any(_close(a, b) for a in _bounds(one) for b in _bounds(other))


def _bounds(figure: Figure) -> list[float]:
    return [bound for bound in (figure.low, figure.high) if bound is not None]


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= CLOSE * max(abs(one), abs(other))


def _other_date(gold: Meaning, predicted: Meaning) -> Iterator[str]:
    """A month, day, weekday or year in the place of another."""
    for kind in ("year", "month", "day", "weekday"):
        mine, theirs = _surplus(_of_kind(predicted, kind), _of_kind(gold, kind))
        if mine and theirs:
            yield f"another {kind}: {_listed(mine)}, where gold has {_listed(theirs)}"


def _of_kind(meaning: Meaning, kind: str) -> Counter[str]:
    # A date said twice ("on Monday, Monday's meeting") is said once.
    return Counter({value for of, value in meaning.dates if of == kind})


def _other_period(gold: Meaning, predicted: Meaning) -> Iterator[str]:
    mine, theirs = predicted.claim.time, gold.claim.time
    if mine and theirs and _apart(mine, theirs):
        yield f"another time: {_interval(mine)}, where gold has {_interval(theirs)}"


def _apart(one: Period, other: Period) -> bool:
    """Whether two periods are no two readings of one: neither lies within the other."""
    if _is_open(one) or _is_open(other):
        return False
    starts, ends = (one.start, other.start), (one.end, other.end)
    if _before(one.end, other.start) or _before(other.end, one.start):
        return True
    sides = [_days_apart(a, b) for a, b in (starts, ends)]
    if None in sides:
        # Open on a side: what counts is the bound that both have.
        known = [days for days in sides if days is not None]
        return bool(known) and max(map(abs, known)) > ONE_MONTH
    first, last = (days for days in sides if days is not None)
    return min(abs(first), abs(last)) > ONE_MONTH and (first > 0) == (last > 0)


def _is_open(period: Period) -> bool:
    return period.start is None and period.end is None


def _before(end: date | None, start: date | None) -> bool:
    return end is not None and start is not None and end < start


def _days_apart(one: date | None, other: date | None) -> int | None:
    return None if one is None or other is None else (one - other).days


def _interval(period: Period) -> str:
    return f"{period.start or '…'} to {period.end or '…'}"


def _other_sense(gold: Meaning, predicted: Meaning) -> Iterator[str]:
    """A negation on one side only, or a word turned into its opposite."""
    mine, theirs = list(predicted.words), list(gold.words)
    if added := inserted_negation(mine, theirs) or removed_negation(theirs, mine):
        yield f"a negation that gold lacks: {added!r}"
    if lost := inserted_negation(theirs, mine) or removed_negation(mine, theirs):
        yield f"a negation of gold is lost: {lost!r}"
    if turned := opposite(mine, theirs):
        yield f"the opposite: {turned[0]!r}, where gold has {turned[1]!r}"


def _other_name(gold: Meaning, predicted: Meaning) -> Iterator[str]:
    """A name in the place of another, where what is said of it is the same."""
    mine = _unmatched(predicted.names, gold.names)
    theirs = _unmatched(gold.names, predicted.names)
    if mine and theirs and dice(gold.rest, predicted.rest) >= SAME_REST:
        yield f"another name: {mine[0]!r}, where gold has {theirs[0]!r}"


def _unmatched(names: tuple[str, ...], others: tuple[str, ...]) -> list[str]:
    left = list(others)
    alone = []
    for name in names:
        twin = next((other for other in left if same_name(name, other)), None)
        if twin is None:
            alone.append(name)
        else:
            left.remove(twin)
    return alone


def _other_speaker(gold: Meaning, predicted: Meaning) -> Iterator[str]:
    """A figure given to somebody else; who only passed it on may be taken for its source."""
    if not (gold.claim.quantities or gold.values):
        return
    ours, theirs = predicted.claim, gold.claim
    if same_speaker(ours.source, theirs.source) or _relayed(ours, theirs) or _relayed(theirs, ours):
        return
    yield f"the figure of another source: {_who(ours)}, where gold has {_who(theirs)}"


def _relayed(one: Claim, other: Claim) -> bool:
    return bool(one.source) and any(same_speaker(one.source, name) for name in other.via)


def _who(claim: Claim) -> str:
    return repr(claim.source) if claim.source else "the article itself"


Rule = Callable[[Meaning, Meaning], Iterator[str]]
_RULES: tuple[Rule, ...] = (
    _other_numbers,
    _other_quantities,
    _other_date,
    _other_period,
    _other_sense,
    _other_name,
    _other_speaker,
)


def dice(one: Counter[str], other: Counter[str]) -> float:
    """Shared words, twice, as a share of all words of both; 0 where there is none."""
    shared = (one & other).total()
    return 2 * shared / (one.total() + other.total()) if shared else 0.0


Value = TypeVar("Value", bound=Hashable)


def _surplus(mine: Counter[Value], theirs: Counter[Value]) -> tuple[list[Value], list[Value]]:
    return list((mine - theirs).elements()), list((theirs - mine).elements())


def _listed(values: list[str] | list[float]) -> str:
    return ", ".join(f"{value:g}" if isinstance(value, float) else value for value in values)
