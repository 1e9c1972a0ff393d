"""How two figures of one fact relate: inside one another, later, or in conflict."""

from __future__ import annotations

from summarise.reconciliation.bodies import is_nobody
from summarise.reconciliation.bounds import (
    Standing,
    differ_by_rounding,
    same_number,
    standing,
)
from summarise.reconciliation.days import gap
from summarise.reconciliation.denials import denies_figure, withholds
from summarise.reconciliation.measure import former_of
from summarise.reconciliation.scope import (
    counts_ill,
    is_long,
    is_of_one_size,
    not_of_one_thing,
    period,
)
from summarise.reconciliation.sides import Fact, Side, apart_in_time, exceeds, value
from summarise.records import Relation, RelationKind

STILL = 2
"""Days within which a figure that is no toll is of about the same time."""
FALL = 3
"""Days within which a lower total of another source contradicts the higher one before it."""
GROWN = 10
"""How many times the other a toll may be and still be of its time, where no day is known."""
SISTERS, COINCIDENCE = 12, 99
"""Up to these, two bodies may well have counted the same: two of one state, and any two."""


def of_figures(a: Side, b: Side, fact: Fact) -> Relation | None:
    """The relation of two claims that each give a figure; None where neither bears on the other."""
    if a.bounds is None or b.bounds is None or a.figure is None:
        return None
    rounds = a.dimension != "count"
    how = standing(a.bounds, b.bounds, rounds=rounds)
    days = apart_in_time(a, b, fact)
    if days and (taken := _taken_over(a, b, how, days, fact)):
        return taken
    if how == "apart" and not_of_one_thing(a, b) and not _is_later_count(a, b, days, fact):
        return None
    denied = denies_figure(a.told.claim)
    if denied != denies_figure(b.told.claim):
        return _of_denial(a, b, days, fact)
    if denied and not _name_one_number(a, b):
        return None  # to deny one number says nothing of another
    if denied:
        why = f"both deny {a.value()}; {_whose(a, b)}"
        return _relation(a, b, "agrees", why)
    if _is_one_voice(a, b, fact):
        return _of_one_voice(a, b, how, days, fact)
    if how == "apart":
        return _conflict(a, b, days, fact)
    if _is_given_twice(a, b, fact):
        return _attribution(a, b)
    if a.total and b.total and days and not same_number(a.bounds, b.bounds):
        return None  # totals of two sources on two days
    return _compatible(a, b, how)


def _is_later_count(a: Side, b: Side, days: int | None, fact: Fact) -> bool:
    """Whether one body counts the harmed again on a later day, from whenever it counts."""
    if not days or not (a.total or b.total) or not fact.voices.same(a.told, b.told):
        return False
    return is_of_one_size(a, b) and a.told.article != b.told.article


def _name_one_number(a: Side, b: Side) -> bool:
    return a.bounds is not None and b.bounds is not None and same_number(a.bounds, b.bounds)


def _of_denial(a: Side, b: Side, days: int | None, fact: Fact) -> Relation | None:
    """One denies a figure that the other gives; it may give another itself, or not know."""
    denial, other = (a, b) if denies_figure(a.told.claim) else (b, a)
    unsure = withholds(denial.told.claim) or "possible" in (
        a.told.claim.certainty,
        b.told.claim.certainty,
    )
    if not _name_one_number(a, b) or (unsure and not fact.voices.same(a.told, b.told)):
        return None
    if fact.voices.same(a.told, b.told):
        later = b if days and days > 0 else a if days else other if unsure else None
        if later is None:
            return None
        earlier = a if later is b else b
        why = f"{later.who()} later {'denies' if later is denial else 'gives'} {later.value()}"
        return _relation(later, earlier, "updates", why)
    why = f"{denial.who()} denies {denial.value()}, which {other.who()} states"
    return _relation(denial, other, "conflicts", why)


def _is_one_voice(a: Side, b: Side, fact: Fact) -> bool:
    """One body, or an article and the figure that it calls the former one."""
    if fact.voices.same(a.told, b.told):
        return True
    one_article = a.told.article == b.told.article
    own = any(side.old and side.told.claim.source is None for side in (a, b))
    return one_article and own and a.old != b.old


def _taken_over(a: Side, b: Side, how: Standing, days: int, fact: Fact) -> Relation | None:
    """What is told as changed ("has risen to", "a new offer of") takes the last figure's place.

    It need not be of the same voice: who tells the rise of a toll goes on from the count before.
    """
    later, earlier = (b, a) if days > 0 else (a, b)
    if _names_as_former(later, earlier):
        why = f"{later.value()} ({later.who()}) in place of {earlier.value()} ({earlier.who()})"
        return _relation(later, earlier, "updates", why)
    if not later.new or later.old or earlier.old or not _has_changed(a, b, how):
        return None
    if denies_figure(later.told.claim) or denies_figure(earlier.told.claim):
        return None
    if is_long(later) != is_long(earlier) and not later.total:
        return None
    sources = (later.told.claim.source, earlier.told.claim.source)
    unnamed = any(source is None or is_nobody(source) for source in sources)
    if not (later.total or unnamed or fact.voices.same(a.told, b.told)):
        return None
    if earlier not in fact.last_before(later):
        return None
    why = (
        f"{later.value()} ({later.who()}), told as a change, takes the place of {earlier.value()} "
        f"({earlier.who()})"
    )
    return _relation(later, earlier, "updates", why)


def _names_as_former(later: Side, earlier: Side) -> bool:
    """Whether a claim gives the other's figure as the one whose place its own has taken."""
    former = former_of(later.told.claim, later.figure)
    given = earlier.bounds.given if earlier.bounds else None
    return former is not None and given is not None and former == (given, given)


def _of_one_voice(a: Side, b: Side, how: Standing, days: int | None, fact: Fact) -> Relation | None:
    later = _later(a, b, days)
    if later is not None and _has_changed(a, b, how):
        return _update(later, b if later is a else a, days)
    if how != "apart":
        return _compatible(a, b, how)
    # Nobody contradicts himself within one article: the two count different things.
    return None if a.told.article == b.told.article else _conflict(a, b, days, fact)


def _later(a: Side, b: Side, days: int | None) -> Side | None:
    """Which is the later word of their body; None where nothing tells."""
    if a.old != b.old:
        return b if a.old else a
    if days:
        return b if days > 0 else a
    if a.new != b.new:
        return a if a.new else b
    if a.total and b.total and a.told.article != b.told.article and a.bounds and b.bounds:
        # A toll only grows: the higher of two counts of a day is the later.
        return a if exceeds(a.bounds, b.bounds) else b if exceeds(b.bounds, a.bounds) else None
    return None


def _has_changed(a: Side, b: Side, how: Standing) -> bool:
    if a.bounds is None or b.bounds is None:
        return False
    if a.bounds.given is None or b.bounds.given is None:
        return how == "apart"
    return not (same_number(a.bounds, b.bounds) or differ_by_rounding(a.bounds, b.bounds))


def _update(later: Side, earlier: Side, days: int | None) -> Relation:
    if earlier.old:
        why = f"{later.value()} after {earlier.value()}, which is called the former figure"
    elif days and later.as_of and earlier.as_of:
        why = (
            f"{later.who()}: {later.value()} as of {later.as_of}, after {earlier.value()} as of "
            f"{earlier.as_of}"
        )
    else:
        why = f"{later.who()} later gives {later.value()}, after {earlier.value()}"
        if earlier.who() != later.who():
            why += f" from {earlier.who()}"
    return _relation(later, earlier, "updates", why)


def _conflict(a: Side, b: Side, days: int | None, fact: Fact) -> Relation | None:
    """The conflict of two figures that cannot both hold, if they are of about the same time."""
    one_article = a.told.article == b.told.article
    if (a.old or b.old) and not one_article:
        return None  # a former figure contradicts nobody
    if not one_article and counts_ill(a) and counts_ill(b):
        return None  # the ill are counted by area, by test and by day: two counts may both hold
    if days is None and not one_article and a.total and b.total and _is_far(a, b):
        return None  # nothing tells when: the one may be a later count
    if days and not one_article:
        mine, theirs = fact.held(a), fact.held(b)
        nearest = gap(mine, theirs) if mine and theirs else days
        if not _is_one_time(a, b, nearest):
            return None
    when = "at about the same time" if not one_article else "in one article"
    why = f"{a.value()} ({a.who()}) against {b.value()} ({b.who()}) {when}: both cannot hold"
    return _relation(a, b, "conflicts", why)


def _is_far(a: Side, b: Side) -> bool:
    if a.bounds is None or b.bounds is None:
        return False
    first, second = sorted((abs(value(a.bounds)), abs(value(b.bounds))))
    return second > GROWN * first


def _is_one_time(a: Side, b: Side, days: int) -> bool:
    if not days or a.bounds is None or b.bounds is None:
        return True
    if a.total and b.total:
        first, second = (a, b) if days > 0 else (b, a)
        rises = second.bounds and first.bounds and exceeds(second.bounds, first.bounds)
        return not rises and abs(days) <= FALL
    return abs(days) <= STILL or (period(a) is not None and period(a) == period(b))


def _is_given_twice(a: Side, b: Side, fact: Fact) -> bool:
    """Whether two outlets give one telling figure to two bodies, neither relaying the other."""
    mine, theirs = a.told.claim.source, b.told.claim.source
    if mine is None or theirs is None or a.bounds is None or b.bounds is None:
        return False
    if a.told.article == b.told.article or is_nobody(mine) or is_nobody(theirs):
        return False
    least = SISTERS if fact.voices.bodies.sisters(mine, theirs) else COINCIDENCE
    number = a.bounds.given
    if number is None or abs(number) <= least or not same_number(a.bounds, b.bounds):
        return False
    return not (fact.voices.relays(a.told, b.told) or _share_article(a, b, fact))


def _share_article(a: Side, b: Side, fact: Fact) -> bool:
    """Whether one article gives the figure to both: then both have said it."""
    return not fact.tellers(a).isdisjoint(fact.tellers(b))


def _attribution(a: Side, b: Side) -> Relation:
    why = f"{a.value()} is given to {a.who()} by {_outlet(a)}, to {b.who()} by {_outlet(b)}"
    return _relation(a, b, "attribution-conflict", why)


def _outlet(side: Side) -> str:
    return side.told.outlet or f"article {side.told.article!r}"


def _compatible(a: Side, b: Side, how: Standing) -> Relation:
    if how == "inside":
        return _inside(a, b)
    if how == "around":
        return _inside(b, a)
    if a.value().casefold() == b.value().casefold():
        why = f"both {a.value()}"
    elif how == "overlap":
        why = f"{a.value()} and {b.value()} can both hold"
    else:
        why = f"{a.value()} and {b.value()} are the same within rounding"
    return _relation(a, b, "agrees", f"{why}; {_whose(a, b)}")


def _inside(inner: Side, outer: Side) -> Relation:
    why = f"{inner.value()} lies inside {outer.value()} and is more exact; {_whose(inner, outer)}"
    return _relation(inner, outer, "refines", why)


def _whose(a: Side, b: Side) -> str:
    return f"both {a.who()}" if a.who() == b.who() else f"{a.who()} and {b.who()}"


def _relation(a: Side, b: Side, kind: RelationKind, why: str) -> Relation:
    return Relation(a=a.name, b=b.name, relation=kind, why=why)
