"""How alike two claims are, and what makes them claims of two things however alike they look."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from math import inf, log10

from summarise.reconciliation.lexicon import ON_BOARD, ON_STRIKE, TAKING_PART, TOLL
from summarise.reconciliation.measure import Bounds
from summarise.reconciliation.question import HARM, Question, Traits
from summarise.reconciliation.senses import GENERAL, REVERSING, opposed, sense

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
_LONG = 14
"""Days from which on a period is more than the event of a day."""


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
    if not (a.said.isdisjoint(b.senses) and b.said.isdisjoint(a.senses)) or _follows(a, b):
        return False
    return all(found[0] in "~=" for found in a.senses & b.senses)


def _shares_more_than_sorts(a: Question, b: Question) -> bool:
    """Whether they share more than countries and general words, if both say more than that."""
    return not a.most.isdisjoint(b.most) or not (a.most and b.most)


def _by_predicate(a: Question, b: Question) -> float:
    if a.said and a.said == b.said:
        return _CORE if a.subject & b.subject else _PREDICATE
    if a.told != b.told and _follows(a, b):
        # What was so and what came after it, of one subject where both name one.
        return _CORE if a.subject & b.subject or not (a.subject and b.subject) else _PREDICATE
    if a.told != b.told and not REVERSING.isdisjoint(a.said | b.said):
        return 0.0  # what was done and what undid it
    lost = (bool(a.said) and not a.said & b.senses) + (bool(b.said) and not b.said & a.senses)
    return -_PREDICATE * lost


def _follows(a: Question, b: Question) -> bool:
    """Whether the predicates tell opposite states."""
    table = opposed()
    return any(not table.get(said, _NONE).isdisjoint(b.said) for said in a.said)


_NONE: frozenset[str] = frozenset()


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


def against(a: Question, b: Question) -> str | None:
    """Why the two cannot be one fact, in plain words; None where nothing speaks against it."""
    return (
        _other_time(a, b)
        or _other_traits(a.traits, b.traits)
        or _ahead(a, b)
        or _other_name(a, b)
        or _other_sort(a, b)
        or _one_voice(a, b)
    )


def _other_time(a: Question, b: Question) -> str | None:
    if a.start is None and b.start is None and a.weekday and b.weekday and a.weekday != b.weekday:
        return f"another day: {a.weekday.title()}, {b.weekday.title()}"
    if (_before(a, b) or _before(b, a)) and not _is_one_course(a, b):
        return f"another {'day' if _days(a) == _days(b) == 1 else 'time'}: {_when(a)}, {_when(b)}"
    if a.start is None or b.start is None or a.bounds is None or b.bounds is None:
        return None
    short, long = sorted((_days(a), _days(b)))
    if short == 1 and long >= _LONG:
        return f"one day against a longer time: {_when(a)}, {_when(b)}"
    return None


def _is_reset(a: Question, b: Question) -> bool:
    """Whether both tell of a day to come, the later told as another than was set."""
    if not (a.traits.prospect and b.traits.prospect) or None in (a.told, b.told):
        return False
    later = a if (a.told or 0) > (b.told or 0) else b
    return a.told != b.told and later.traits.moved


def _is_one_course(a: Question, b: Question) -> bool:
    """Whether two days may be told of one thing: set anew, foretold, or undone."""
    return _is_reset(a, b) or _foretold(a, b) or (a.told != b.told and _follows(a, b))


def _foretold(a: Question, b: Question) -> bool:
    """Whether the first in time only looked ahead to the second: "threatened to leave"."""
    first, then = (a, b) if _before(a, b) else (b, a)
    return first.traits.prospect and not then.traits.prospect and _is_same_deed(first, then)


def _before(a: Question, b: Question) -> bool:
    return a.end is not None and b.start is not None and a.end < b.start


def _days(question: Question) -> int:
    """How many days the period lasts; 0 where it is open."""
    if question.start is None or question.end is None:
        return 0
    return question.end - question.start + 1


def _when(question: Question) -> str:
    start, end = (
        date.fromordinal(day).isoformat() if day else "…" for day in (question.start, question.end)
    )
    return start if start == end else f"{start} to {end}"


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


def _ahead(a: Question, b: Question) -> str | None:
    """Whether one looks ahead and the other does not, and it cannot have come about since."""
    if a.traits.prospect == b.traits.prospect:
        return None
    before, after = (a, b) if a.traits.prospect else (b, a)
    later = before.told is not None and after.told is not None and before.told < after.told
    if later and _is_same_deed(before, after):
        return None
    return "what may come against what is or was"


def _is_same_deed(ahead: Question, done: Question) -> bool:
    """Whether the deed that heads a claim is just what another looks ahead to."""
    if not done.said or ahead.traits.unit != done.traits.unit:
        return False
    undone = not done.said.isdisjoint(REVERSING) and ahead.said <= done.senses
    if undone or _follows(ahead, done):
        return True
    if not ahead.senses.isdisjoint(_LOOKING):
        return done.said <= ahead.senses
    return done.said == (ahead.said or ahead.senses & done.said)


_LOOKING = frozenset(map(sense, "expected due planned scheduled likely set threaten vow pledge promise consider intend want".split()))
"""What heads the predicate of a claim that looks ahead and is not what it looks ahead to."""


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
