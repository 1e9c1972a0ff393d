"""How alike two claims are: how likely they answer one question."""

from __future__ import annotations

from functools import lru_cache
from math import inf, log10

from summarise.reconciliation.course import follows
from summarise.reconciliation.lexicon import TOLL
from summarise.reconciliation.measure import Bounds
from summarise.reconciliation.question import HARM, Question, Traits
from summarise.reconciliation.senses import GENERAL, REVERSING, sense

_MEAN = 0.6
"""Weight of what is shared as a share of both claims, beside its share of the shorter one."""
_DOUBT = 0.3
"""Weight that no claim holds: where next to nothing is said, sharing it tells little."""
_ONSET, _DOER = 0.2, 0.15
"""What is lost where one asks when a thing began, or another is said to have done it."""
_CORE = 0.25
"""What is gained by one predicate of one subject."""
_TO_BE_SURE, _SORTS_ALONE = 0.3, 0.6
"""Likeness from which on it is looked at what is shared, and what is left of it where that is
countries and general words alone."""
_NAMES_ALONE = 0.7
"""What is left where two claims say two things of one name."""
_PART = 0.1
"""What is lost where one speaks of a part."""
_PREDICATE = 0.1
"""What is gained by one predicate, or lost for each that the other claim does not hold."""
_SIZE = 0.1
"""What is lost for each power of ten beyond the first by which two figures differ."""
_ONE_VALUE, _TOLL = 0.5, 0.4
"""How far one value and one kind of toll each lift the likeness to 1."""
_TELLING = 13
"""Least value that two figures do not share by chance."""
_WITHHELD = 0.5
"""How far it lifts the likeness to 1 that one tells what the other says nobody can confirm."""
_BARE = 0.5
"""What is left where one of two claims tells nothing but a figure."""
_KIND = 0.15
"""What a claim with a figure loses beside one without."""


def likeness(a: Question, b: Question, shared: float, mine: float, theirs: float) -> float:
    """From 0 to 1: how likely the two claims answer one question, vetoes apart.

    `shared` is the weight of the senses that both hold, `mine` and `theirs` those of all of each.
    """
    if not shared:
        return 0.0
    whole = 2 * shared / (mine + theirs + 2 * _DOUBT)
    score = _MEAN * whole + (1 - _MEAN) * shared / (min(mine, theirs) + _DOUBT)
    score += _by_predicate(a, b) + _by_traits(a.traits, b.traits)
    if a.doers and b.doers and not a.doers & b.doers:
        score -= _DOER
    if a.bounds and b.bounds and a.traits.unit == b.traits.unit:
        score = _by_figures(a, b, score)
    elif score >= _TO_BE_SURE and not _shares_more_than_sorts(a, b):
        score *= _SORTS_ALONE
    if a.said and b.said and _shares_names_alone(a, b):
        score *= _NAMES_ALONE
    if _answers(a, b) or _answers(b, a):
        score = _WITHHELD + (1 - _WITHHELD) * max(0.0, score)
    return max(0.0, min(1.0, score))


def _answers(a: Question, b: Question) -> bool:
    """Whether one tells what somebody had not seen or could not confirm by the other."""
    if not a.withheld - GENERAL or b.withheld or b.traits.unit or b.traits.prospect:
        return False
    told, said = (
        {HARM if sense in TOLL else sense for sense in some} for some in (b.senses, b.said)
    )
    return a.withheld - GENERAL <= told and not said.isdisjoint(a.withheld)


def _shares_names_alone(a: Question, b: Question) -> bool:
    """Whether they share nothing but names, and each says something of those."""
    if not (a.said.isdisjoint(b.senses) and b.said.isdisjoint(a.senses)) or follows(a, b):
        return False
    return all(found[0] in "~=" for found in a.senses & b.senses)


def _shares_more_than_sorts(a: Question, b: Question) -> bool:
    """Whether they share more than countries and general words, if both say more than that."""
    return not a.most.isdisjoint(b.most) or not (a.most and b.most)


def _by_predicate(a: Question, b: Question) -> float:
    if a.said and a.said == b.said:
        return _CORE if a.subject and a.subject == b.subject else _PREDICATE
    if a.told != b.told and follows(a, b):
        # What was so and what came after it, of one subject where both name one.
        return _CORE if a.subject & b.subject or not (a.subject and b.subject) else _PREDICATE
    if a.told != b.told and not REVERSING.isdisjoint(a.said | b.said):
        return 0.0  # what was done and what undid it
    lost = (bool(a.said) and not a.said & b.senses) + (bool(b.said) and not b.said & a.senses)
    return -_PREDICATE * lost


@lru_cache(maxsize=1 << 16)
def _by_traits(a: Traits, b: Traits) -> float:
    parts = a.part != b.part and not a.unit == b.unit == "share"  # a share is of a whole anyway
    lost = _PART * parts + _KIND * ((a.unit is None) != (b.unit is None))
    return -lost - _ONSET * (a.unit is None and b.unit is None and a.onset != b.onset)


def _by_figures(a: Question, b: Question, score: float) -> float:
    if a.bounds and b.bounds and (_one_value(a.bounds, b.bounds) or _followed(a, b)):
        value = _ONE_VALUE * (1.0 if a.traits.counted == b.traits.counted else 0.5)
        score = value + (1 - value) * score
    if a.traits.toll is not None and a.traits.toll == b.traits.toll and _of_one_thing(a, b):
        score = _TOLL + (1 - _TOLL) * score
    elif a.traits.toll is b.traits.toll is None and _of_one_offer(a, b):
        score = _TOLL + (1 - _TOLL) * max(0.0, score)
    elif _is_of_one_number(a, b):
        score = _ONE_VALUE + (1 - _ONE_VALUE) * max(0.0, score)
    elif a.traits.toll is b.traits.toll is None and not (a.more and b.more):
        score *= _BARE
    return score - _SIZE * _apart(a.bounds, b.bounds) if a.bounds and b.bounds else score


def _followed(a: Question, b: Question) -> bool:
    """Whether one tells the other's figure as the former one."""
    for now, before in ((a.former, b.bounds), (b.former, a.bounds)):
        if now is not None and now == before and now[0] >= _TELLING:
            return True
    return False


def _of_one_thing(a: Question, b: Question) -> bool:
    """Whether two tolls share a name or more than the sort of what befell, or one tells no more."""
    both = a.more & b.more
    return len(both) > 1 or any(sense[0] in "~=" for sense in both) or not (a.more and b.more)


def _is_of_one_number(a: Question, b: Question) -> bool:
    """Whether both count one sort of thing and one lies inside the other's bounds."""
    if not a.traits.thing or a.traits.thing != b.traits.thing or not (a.bounds and b.bounds):
        return False
    (low, high), (least, most) = sorted((a.bounds, b.bounds), key=lambda one: one[0] - one[1])
    return low >= _TELLING and high < inf and low <= least and most <= high


_SET = frozenset(map(sense, ("offer", "bid", "forecast", "guidance", "dividend")))
"""What somebody sets at a figure, and sets anew."""


def _of_one_offer(a: Question, b: Question) -> bool:
    """Whether both tell at what somebody sets such a thing, and none names another."""
    if a.traits.unit == "count" or a.senses.isdisjoint(b.senses & _SET):
        return False
    return not (a.names and b.names) or not a.names.keys().isdisjoint(b.names)


def _apart(one: Bounds, other: Bounds) -> float:
    """Powers of ten beyond the first by which two figures differ; 0 where one has no size."""
    mine, theirs = _size(one), _size(other)
    return 0.0 if mine is None or theirs is None else max(0.0, abs(mine - theirs) - 1)


@lru_cache(maxsize=1 << 16)
def _size(bounds: Bounds) -> float | None:
    """The power of ten of a figure."""
    sizes = [abs(value) for value in bounds if 0 < abs(value) < inf]
    return log10(sum(sizes) / len(sizes)) if sizes else None


def _one_value(one: Bounds, other: Bounds) -> bool:
    """Whether a value of some size bounds both figures."""
    return any(_TELLING <= value < inf and value in other for value in one)
