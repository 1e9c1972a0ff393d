"""What makes two claims claims of two things, however alike they look."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from summarise.reconciliation.course import ahead_of, other_time
from summarise.reconciliation.lexicon import ILL, ON_BOARD, ON_STRIKE, TAKING_PART, TOLL
from summarise.reconciliation.question import Question, Traits


def against(a: Question, b: Question) -> str | None:
    """Why the two cannot be one fact, in plain words; None where nothing speaks against it."""
    return (
        other_time(a, b)
        or _other_traits(a.traits, b.traits)
        or ahead_of(a, b)
        or _other_name(a, b)
        or _other_sort(a, b)
        or _one_voice(a, b)
        or _one_area(a, b)
    )


@lru_cache(maxsize=1 << 16)
def _other_traits(a: Traits, b: Traits) -> str | None:
    return next((why for rule in _RULES if (why := rule(a, b))), None)


def _other_unit(a: Traits, b: Traits) -> str | None:
    if a.unit and b.unit and a.unit != b.unit:
        return f"{_UNITS[a.unit]} against {_UNITS[b.unit]}"
    return None


_UNITS = {"share": "a share", "count": "a number", "money": "an amount of money", "time": "a time"}


def _other_rate(a: Traits, b: Traits) -> str | None:
    if a.unit and b.unit and a.rate != b.rate:
        return "so much each time against all in all"
    return None


def _other_toll(a: Traits, b: Traits) -> str | None:
    """Killed against injured, evacuated against besieged, all casualties against the killed."""
    if a.unit is None or b.unit is None or _one_toll(a, b):
        return None
    if a.toll and b.toll:
        return f"{a.toll} against {b.toll}"
    harmed = a.toll or b.toll
    return f"{harmed} against a number of something else" if harmed in _HARMED else None


_HARMED = frozenset(TOLL.values())
_JOINT = frozenset((ON_STRIKE, TAKING_PART))
_LOOSE = ({"victims", "killed"}, {"victims", "casualties"}, _JOINT, {ON_BOARD, "evacuated"})


def _one_toll(a: Traits, b: Traits) -> bool:
    return a.toll == b.toll or {a.toll, b.toll} in _LOOSE


def _other_people(a: Traits, b: Traits) -> str | None:
    if a.counted and b.counted and a.counted != b.counted:
        return f"{a.counted} against {b.counted}"
    return None


def _number_or_not(a: Traits, b: Traits) -> str | None:
    """How many were killed against that some were killed."""
    figure, other = (a, b) if a.unit else (b, a)
    if figure.toll in _JOINT and other.unit is None:
        return f"how many are {figure.toll} against something else about them"
    if figure.unit == "count" and other.unit is None and figure.toll == other.toll is not None:
        return f"how many {figure.toll} against something else about them"
    return None


def _limited(a: Traits, b: Traits) -> str | None:
    if a.unit and b.unit and a.limited != b.limited:
        return "a stretch of time against all in all"
    return None


def _part(a: Traits, b: Traits) -> str | None:
    if a.part == b.part or a.toll is None or a.toll != b.toll or a.toll in _JOINT:
        return None  # "1,064 of the 1,420 staff" are all that are on strike
    return "part against whole"


_RULES: tuple[Callable[[Traits, Traits], str | None], ...] = (
    _other_unit,
    _other_rate,
    _other_toll,
    _other_people,
    _number_or_not,
    _limited,
    _part,
)


def _other_name(a: Question, b: Question) -> str | None:
    """Names in the same role that the other side lacks, on both sides."""
    mine = [name for name in a.names if name not in b.names]
    theirs = [name for name in b.names if name not in a.names]
    if not mine or not theirs or _rules_out(a, b) or _rules_out(b, a):
        return None
    roles = {a.names[name] for name in mine}.intersection(b.names[name] for name in theirs)
    for role in [role for role in _TITLES if role in roles] if roles else ():
        ours = sorted(name for name in mine if a.names[name] == role)
        others = sorted(name for name in theirs if b.names[name] == role)
        if found := _another(ours, others):
            return f"another {_TITLES[role]}: {found}"
    return None


def _rules_out(a: Question, b: Question) -> bool:
    """Whether one says that it was not what the other says: they answer one question."""
    return bool(a.denied) and a.denied <= b.senses and bool(a.said) and a.said == b.said


_TITLES = {"place": "place", "subject": "name", "doer": "doer", "object": "name", "way": "place"}
_ADJECTIVE = re.compile(r"(?:ite|ish|ian|ese|ist|ic|im)s?$")


def _another(ours: list[str], others: list[str]) -> str | None:
    """The names, adjectives ("Shi'ite residents") apart; a country may hold the other's town."""
    left, right = ([name for name in names if name[0] == "~"] for names in (ours, others))
    if not left and not right:
        return f"{_spoken(ours)}, {_spoken(others)}"
    left, right = ([n for n in names if not _is_adjective(n)] for names in (left, right))
    return f"{_spoken(left)}, {_spoken(right)}" if left and right else None


@lru_cache(maxsize=1 << 16)
def _is_adjective(name: str) -> bool:
    return _ADJECTIVE.search(name) is not None


def _spoken(names: list[str]) -> str:
    return " ".join(name[1:].title() if name[0] == "~" else name[1:] for name in names)


def _other_sort(a: Question, b: Question) -> str | None:
    """The city against the province of one name."""
    if not a.sorts or not b.sorts or a.sorts & b.sorts:
        return None
    mine = dict(a.sorts)
    for name, sort in sorted(b.sorts):
        if mine.get(name, sort) != sort:
            return f"{mine[name]} against {sort}: {_spoken([name])}"
    return None


def _one_area(a: Question, b: Question) -> str | None:
    """The ill of one area against all of them, both told by one text."""
    if (
        a.article != b.article
        or not (a.traits.toll == b.traits.toll == ILL)
        or a.bounds == b.bounds
    ):
        return None
    if a.names.keys() == b.names.keys() or not (a.bounds and b.bounds):
        return None
    fewer, more = sorted((a, b), key=lambda one: one.bounds[0] if one.bounds else 0.0)
    named = sorted(fewer.names.keys() - more.names.keys())
    return f"the ill of one area against more: {_spoken(named)}" if named else None


def _one_voice(a: Question, b: Question) -> str | None:
    """A text does not say a thing twice in one voice, unless it tells how a figure changed."""
    if a.voices.isdisjoint(b.voices):
        return None
    if a.headline != b.headline and not (a.bounds and b.bounds):
        return None  # a text tells again what its title does
    if not (a.bounds and b.bounds and a.traits.toll and _one_toll(a.traits, b.traits)):
        return None if _is_again(a, b) else "one text tells both, as two things"
    told = a.traits.earlier or b.traits.earlier
    if not told and (a.bounds[1] < b.bounds[0] or b.bounds[1] < a.bounds[0]):
        return "one text in one voice gives both figures"
    return None


def _is_again(a: Question, b: Question) -> bool:
    """Whether the one says what the other says, and no more."""
    return a.senses == b.senses and a.doers == b.doers
