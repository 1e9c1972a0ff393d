"""How two claims relate that give no figure: in other words, more exact, later, or against."""

from __future__ import annotations

import re
from itertools import chain

from summarise.language.names import find_names, same_name
from summarise.language.places import country_of
from summarise.reconciliation.bodies import people_root
from summarise.reconciliation.content import (
    DENYING,
    contrasted,
    denied_sense,
    denies,
    dice,
    senses,
    told_by_senses,
    turned,
)
from summarise.reconciliation.said import ACCUSING, Said
from summarise.reconciliation.senses import opposed
from summarise.reconciliation.sides import Fact, Side, apart_in_time
from summarise.records import Period, Relation, RelationKind

ALIKE = 0.4
"""Least share of content words for a denial to be of what the other asserts."""
TOLD, REPEATED = 4, 0.7
"""Content words that a denial names at least, and the share of them in what is stated, for it to
deny just that in other words: "did not catch two men on Monday"."""
ADDED, LACKED = 3, 0.2
"""Content words that a more exact claim adds at least, and the share of the other's that it may
leave out."""
APART = 2
"""Days from which on two opposite states may follow one another."""
_EITHER = re.compile(r"\beither\b.*\bor\b")


def against(a: Side, b: Side, fact: Fact, said: tuple[Said, Said]) -> Relation | None:
    """The conflict or the update of two claims of one fact of which not both give a figure."""
    one_voice = fact.voices.same(a.told, b.told)
    if one_voice and (update := _update(a, b, said, apart_in_time(a, b, fact))):
        return update
    if changed := _changed_since(a, b, said, apart_in_time(a, b, fact)):
        return changed
    if said[0].withholds != said[1].withholds:
        return None  # who does not know says neither the same nor the contrary
    why = _against(*said, of_two_times=_is_of_two_times(said, apart_in_time(a, b, fact)))
    if why is None or not one_voice:
        return _relation(a, b, "conflicts", f"{why}; {_whose(a, b)}") if why else None
    if days := apart_in_time(a, b, fact):
        later, earlier = (b, a) if days > 0 else (a, b)
        return _relation(later, earlier, "updates", f"{_who(later)} later says so: {why}")
    if a.told.article == b.told.article:
        return None  # nobody contradicts himself within one article
    return _relation(a, b, "conflicts", f"{why}; {_whose(a, b)}")


def _update(a: Side, b: Side, said: tuple[Said, Said], days: int | None) -> Relation | None:
    """One body that could not tell and later can, or that only thought possible what it tells."""
    if said[0].withholds != said[1].withholds:
        first, second = (a, b) if said[0].withholds else (b, a)
        gone = days if first is a else None if days is None else -days
        if gone is None or gone >= 0:
            why = f"{_who(first)} could not tell{_when(first)}, and later does"
            if _who(first) != _who(second):
                why = f"{why} through {_who(second)}"
            return _relation(second, first, "updates", why)
    if days and said[0].possible != said[1].possible:
        later, earlier = (b, a) if days > 0 else (a, b)
        if (said[1] if later is b else said[0]).possible is False:
            why = f"{_who(later)} later states what was only possible before"
            return _relation(later, earlier, "updates", why)
    return None


def _changed_since(a: Side, b: Side, said: tuple[Said, Said], days: int | None) -> Relation | None:
    """What was otherwise when one was told, and has changed when the other was."""
    if not days:
        return None
    later, earlier = (b, a) if days > 0 else (a, b)
    now, before = said if later is a else said[::-1]
    why = _came_about(now, before, later, earlier) or _undid(now, before, later)
    why = why or _set_anew(now, before, later)
    return _relation(later, earlier, "updates", why) if why else None


def _came_about(now: Said, before: Said, later: Side, earlier: Side) -> str | None:
    """Why what had not come about has since."""
    if not before.undone or now.undone or now.possible or now.claim.polarity == "negative":
        return None
    return f"{_who(earlier)}: not so yet as of {earlier.as_of}; {_who(later)}: since then it is"


def _undid(now: Said, before: Said, later: Side) -> str | None:
    """Why what was so is undone: the road that was closed is open again."""
    if now.ended and not before.ended and before.claim.polarity == "positive":
        return f"{_who(later)} later tells that it is so no longer"
    turned_round = frozenset(chain.from_iterable(opposed().get(s, ()) for s in before.senses))
    undone = (now.reverses | now.senses & turned_round) - before.senses
    if not undone or before.reverses or now.possible or before.possible:
        return None
    if "negative" in (now.claim.polarity, before.claim.polarity):
        return None
    return (
        f"{_who(later)} later tells that it was undone: {told_by_senses(now.claim.text, undone)!r}"
    )


def _set_anew(now: Said, before: Said, later: Side) -> str | None:
    """Why a day that was set is another now."""
    if not now.moved or before.moved:
        return None
    day = _other_day(now.claim.time, before.claim.time)
    return f"{_who(later)} later sets another day: {day}" if day else None


def _is_of_two_times(said: tuple[Said, Said], days: int | None) -> bool:
    """Whether two states are told days apart, so that the one may follow the other."""
    if not days or (
        abs(days) < APART and not _are_two_days(said[0].claim.time, said[1].claim.time)
    ):
        return False
    times = [one.claim.time for one in said]
    return None in times or times[0] != times[1]


def _are_two_days(one: Period | None, other: Period | None) -> bool:
    """Whether both are told of a day of its own."""
    return _other_day(one, other) is not None


def _when(side: Side) -> str:
    time = side.told.claim.time
    return f" {time.surface[:1].lower()}{time.surface[1:]}" if time and time.surface else ""


def _against(one: Said, other: Said, *, of_two_times: bool) -> str | None:
    """Why both cannot hold; None where they can, also one after the other."""
    two_doers = bool(one.culprits and other.culprits)
    if one.claim.polarity != other.claim.polarity and not two_doers and _denies(one, other):
        return "one denies what the other states"
    if one.possible or other.possible:
        pass
    elif other_side := _other_culprit(one, other):
        return other_side
    for first, second in ((one, other), (other, one)):
        denied = contrasted(first.claim.text)
        if denied and denied <= second.senses and not contrasted(second.claim.text):
            return "one names the other's answer as the wrong one"
    if _share(one, other) < ALIKE:
        return None
    if not of_two_times and (opposites := _opposites(one, other)):
        return f"{opposites[0]!r} against {opposites[1]!r}"
    if one.ahead != other.ahead:
        return None  # the day of a threat is not that of the deed
    return _other_day(one.claim.time, other.claim.time)


def _denies(one: Said, other: Said) -> bool:
    """Whether one denies just what the other states, and both are sure of it."""
    if denies(one.claim.text) == denies(other.claim.text) or one.possible or other.possible:
        return False  # "unlikely" and "may" leave room for each other
    denial, stated = (one, other) if one.claim.polarity == "negative" else (other, one)
    if not stated.stems.isdisjoint(ACCUSING):
        return False
    denied = denial.denied
    if len(denied) >= TOLD and len(denied & stated.stems) >= REPEATED * len(denied):
        return True
    if dice(one.rest, other.rest) < ALIKE:
        return False
    meant = denied_sense(denial.claim.text)
    return not meant or meant in senses(stated.claim.text)


def _opposites(one: Said, other: Said) -> tuple[str, str] | None:
    if one.claim.polarity != other.claim.polarity:
        return None
    return turned(one.claim.text, other.claim.text)


def _other_culprit(one: Said, other: Said) -> str | None:
    mine, theirs = one.culprits, other.culprits
    if not mine or not theirs:
        return None
    shared = any(_one_side(a, b) for a in mine for b in theirs)
    if one.claim.polarity != other.claim.polarity:
        return f"one denies that {mine[0]} did it" if shared else None
    if shared or one.claim.polarity == "negative":
        return None
    return f"done by {' or '.join(mine)} against by {' or '.join(theirs)}"


def _one_side(one: str, other: str) -> bool:
    state = country_of(one)
    if state is not None and country_of(other) is not None:
        return state == country_of(other)
    return same_name(one, other) or people_root(one) == people_root(other)


def _other_day(one: Period | None, other: Period | None) -> str | None:
    """Two single days given for one event that are not one."""
    if one is None or other is None or not (_is_day(one) and _is_day(other)):
        return None
    if one.start is None or other.start is None or abs((one.start - other.start).days) < 1:
        return None
    return f"on {one.start} against on {other.start}"


def _is_day(period: Period) -> bool:
    return period.start is not None and period.start == period.end


_DENIES_ALL = re.compile(
    r"\b(?:not|never|neither|nor|nobody|cannot)\b|n[’']t\b|\bno (?:longer|more|one)\b"
    rf"|{DENYING}",
    re.IGNORECASE,
)
"""What denies all that is said; "no interest in" is but another word for it."""


def crossed(one: Said, other: Said) -> bool:
    """Whether neither says the other's again: one denies, or they tell of two doers.

    "It was not damaged" and "it is unharmed" do; who names another as the doer does too.
    """
    if one.claim.polarity == other.claim.polarity:
        return _other_culprit(one, other) is not None
    if one.culprits and other.culprits:
        return one.possible or other.possible
    first, second = (_DENIES_ALL.search(said.claim.text) is None for said in (one, other))
    if first == second:
        return False
    return turned(one.claim.text, other.claim.text) is None


def _share(one: Said, other: Said) -> float:
    return dice(one.stems, other.stems)


def likeness(one: Said, other: Said) -> float:
    """The share of content words in common, from 0 to 1."""
    return _share(one, other)


def compatible(a: Side, b: Side, said: tuple[Said, Said]) -> Relation:
    """The refinement or the agreement of two claims of one fact that can both hold."""
    both = ((a, b, *said), (b, a, *said[::-1]))
    exact = [(inner, outer, _narrower(inner, outer, *pair)) for inner, outer, *pair in both]
    exact += [(inner, outer, _fuller(*pair)) for inner, outer, *pair in both]
    for inner, outer, why in exact:
        if why:
            return _relation(inner, outer, "refines", f"{why}; {_whose(inner, outer)}")
    return _relation(a, b, "agrees", f"the same in other words; {_whose(a, b)}")


def _narrower(inner: Side, outer: Side, one: Said, other: Said) -> str | None:
    """In what the first rules out more than the second; None where it does not."""
    alike = one.claim.polarity == other.claim.polarity
    if alike and other.possible and not one.possible and not one.withholds:
        return "told as so, where the other only may be"
    sure = not (alike or one.possible or other.possible)
    if sure and other.claim.polarity == "negative" and one.culprits and other.culprits:
        return "tells who did it, where the other tells who did not"
    chosen = _is_choice(other.claim.text) and not _is_choice(one.claim.text)
    if chosen and any(_one_side(a, b) for a in _named(one) for b in _named(other)):
        return "one of what the other leaves open"
    mine, theirs = one.claim.time, other.claim.time
    if _is_within(mine, theirs) and not _is_within(theirs, mine):
        return "a narrower period"
    if inner.figure is not None and outer.figure is None and not other.claim.quantities:
        return f"gives a number, {inner.value()}"
    return None


def _fuller(one: Said, other: Said) -> str | None:
    """What the first says beside all that the second does; None where it leaves some out."""
    added, lacked = one.senses - other.senses, other.senses - one.senses
    if len(lacked) > LACKED * len(other.senses) or len(added) < ADDED:
        return None
    return f"adds {told_by_senses(one.claim.text, added)!r}"


def _is_choice(text: str) -> bool:
    return "either" in text and _EITHER.search(text) is not None


def _named(said: Said) -> list[str]:
    text = "so " + said.claim.text
    return [text[start:end] for start, end in find_names(text)]


def _is_within(inner: Period | None, outer: Period | None) -> bool:
    if inner is None or outer is None or None in (inner.start, inner.end):
        return False
    if outer.start is None or outer.end is None or inner.start is None or inner.end is None:
        return False
    return outer.start <= inner.start and inner.end <= outer.end


def _who(side: Side) -> str:
    return side.who()


def _whose(a: Side, b: Side) -> str:
    return f"both {a.who()}" if a.who() == b.who() else f"{a.who()} and {b.who()}"


def _relation(a: Side, b: Side, kind: RelationKind, why: str) -> Relation:
    return Relation(a=a.name, b=b.name, relation=kind, why=why)
