"""What makes two claims different ones, however alike their words: each veto gives its reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from summarise.evaluation.fields import same_speaker, unpaired
from summarise.language.names import same_name
from summarise.language.places import country_of
from summarise.language.words import Word, inserted_negation, opposite, removed_negation, words
from summarise.meaning import NUMBER, Meaning, as_float, stems_of, value_of, without
from summarise.records import Claim, Figure, Period

ONE_MONTH = 31
"""Days by which two bounds may differ and still be one date told more or less exactly."""
SAME_REST, SAME_WORDS = 0.75, 0.9
"""Dice of the words beside the names from which on another name is a swap, and from which on a
word that opens the sentence may be one of the two."""
CLOSE = 0.02
"""Relative difference up to which two values under 1 are one, rounded: a third is 0.33."""


def veto(gold: Meaning, predicted: Meaning) -> str | None:
    """Why the two cannot be one claim; None where nothing speaks against it."""
    return next((why for rule in _RULES for why in rule(gold, predicted)), None)


def _other_numbers(gold: Meaning, predicted: Meaning) -> Iterator[str]:
    """Each side has a number that the other lacks."""
    mine, theirs = _surplus(predicted.numbers, gold.numbers)
    if mine and theirs:
        yield f"another figure: {_listed(mine)}, where gold has {_listed(theirs)}"


def _other_quantities(gold: Meaning, predicted: Meaning) -> Iterator[str]:
    """A figure that no figure of the other side agrees with, on both sides.

    One that also stands in its claim's words has been held against the other words already.
    """
    mine, theirs = unpaired(predicted.claim.quantities, gold.claim.quantities, _agree)
    if mine and theirs and (_strays(mine, predicted) or _strays(theirs, gold)):
        yield f"another figure: {mine[0].surface!r}, where gold has {theirs[0].surface!r}"


def _strays(figures: Sequence[Figure], meaning: Meaning) -> bool:
    """Whether any of a claim's figures has a bound that its words do not have left for it."""
    others = [figure for figure in meaning.claim.quantities if figure not in figures]
    left = list((meaning.numbers - Counter(n for f in others for n in _bounds(f))).elements())
    return any(
        not any(_close(bound, number) for number in left)
        for figure in figures
        for bound in _bounds(figure)
    )


def _agree(one: Figure, other: Figure) -> bool:
    """Whether two figures share a bound or a number: bounds misread are no other figure."""
    if one.surface and one.surface.casefold() == other.surface.casefold():
        return True
    first, second = _digits(one), _digits(other)
    if first and second:
        return first <= second or second <= first
    return any(_close(a, b) for a in _bounds(one) for b in _bounds(other))


def _digits(figure: Figure) -> set[float]:
    """The numbers of the surface, and the bounds: "1.2m" and "1,200,000" are one."""
    numbers = NUMBER.findall(figure.surface)
    return {*map(value_of, numbers), *_bounds(figure)} if numbers else set()


def _bounds(figure: Figure) -> list[float]:
    return [as_float(bound) for bound in (figure.low, figure.high) if bound is not None]


def _close(one: float, other: float) -> bool:
    most = max(abs(one), abs(other))
    return one == other or (most < 1 and abs(one - other) <= CLOSE * most)


def _other_date(gold: Meaning, predicted: Meaning) -> Iterator[str]:
    """A month, day, weekday or year in the place of another."""
    for kind in ("year", "month", "day", "weekday"):
        mine, theirs = _surplus(_of_kind(predicted, kind), _of_kind(gold, kind))
        if mine and theirs:
            yield f"another {kind}: {_listed(mine)}, where gold has {_listed(theirs)}"
            return
    given, wanted = _surplus(Counter(set(predicted.dates)), Counter(set(gold.dates)))
    if given and wanted and dice(gold.rest, predicted.rest) >= SAME_WORDS:
        # "August 9" for "August 2024", in the same words.
        yield f"another date: {given[0][1]}, where gold has {wanted[0][1]}"


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
    mine, theirs = _without_contrast(predicted, gold), _without_contrast(gold, predicted)
    if turned := opposite(mine, theirs):
        yield f"the opposite: {turned[0]!r}, where gold has {turned[1]!r}"
    ours, wanted = _denials(mine), _denials(theirs)
    if 0 < ours == wanted:
        return  # both deny: in what words is a matter of style
    if added := inserted_negation(mine, theirs) or removed_negation(theirs, mine):
        yield f"a negation that gold lacks: {added!r}"
    if lost := inserted_negation(theirs, mine) or removed_negation(mine, theirs):
        yield f"a negation of gold is lost: {lost!r}"
    if ours and wanted and dice(gold.rest, predicted.rest) >= SAME_WORDS:
        yield f"denied {ours} times over, where gold denies it {wanted} times"


_CONTRAST = re.compile(r", ((?:not|no) [^,.]+)(?=[,.]|$)")


def _without_contrast(meaning: Meaning, other: Meaning) -> list[Word]:
    """The words without ", not two" where the other side has no "two" to be denied."""
    text = meaning.claim.text
    tails = (m for m in _CONTRAST.finditer(text) if not stems_of(m[1]) & other.stems)
    spans = [tail.span() for tail in tails]
    return words(without(text, spans)) if spans else list(meaning.words)


def _denials(said: Sequence[Word]) -> int:
    """How often a claim denies, in so many words or by a verb; "neither, nor" does it once."""
    return sum((word.cue and word.text.lower() != "nor") or word.stem in _DENYING for word in said)


_DENYING = frozenset(("deny", "denial", "doubt", "refut"))


def _other_name(gold: Meaning, predicted: Meaning) -> Iterator[str]:
    """A name in the place of another, where what is said of it is the same."""
    mine, theirs = _unmatched(predicted, gold), _unmatched(gold, predicted)
    if not (mine or theirs):
        return
    if mine and theirs:
        alike = dice(gold.rest, predicted.rest) >= SAME_REST
    else:
        # What opens a sentence is no sure name, but it is one where it replaces one.
        mine, theirs = mine or _opening(predicted, gold), theirs or _opening(gold, predicted)
        alike = dice(_lowered(gold), _lowered(predicted)) >= SAME_WORDS
    if mine and theirs and alike:
        yield f"another name: {mine[0]!r}, where gold has {theirs[0]!r}"


def _lowered(meaning: Meaning) -> Counter[str]:
    """The words beside names, without one that opens the sentence and may be a name."""
    return meaning.rest - stems_of(meaning.opening or "")


def _opening(meaning: Meaning, other: Meaning) -> list[str]:
    first = meaning.opening
    if first is None or any(stem in other.stems for stem in stems_of(first)):
        return []
    return [first]


def _unmatched(meaning: Meaning, other: Meaning) -> list[str]:
    """The names that the other side does not name, each of them used once."""
    others = [*other.names, *([other.opening] if other.opening else [])]
    return unpaired(meaning.names, others, _one_name)[0]


def _one_name(one: str, other: str) -> bool:
    """One name, or a state and its seat of government: "Moscow" is Russia."""
    state = country_of(one)
    return same_name(one, other) or (state is not None and state == country_of(other))


def _other_speaker(gold: Meaning, predicted: Meaning) -> Iterator[str]:
    """A figure given to somebody else; who only passed it on may be taken for its source."""
    if not (gold.claim.quantities or predicted.claim.quantities):
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
    return ", ".join(f"{value:,.12g}" if isinstance(value, float) else value for value in values)
