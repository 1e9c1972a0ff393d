"""How alike two claims are, and what makes them claims of two things however alike they look."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from math import inf

from summarise.reconciliation.lexicon import TOLL
from summarise.reconciliation.question import Question

_MEAN = 0.75
"""Weight of what is shared as a share of both claims, beside its share of the shorter one."""
_TWICE = 0.85
"""Least share of weight in common of two claims by which one voice says one thing twice."""
_ONE_TEXT = 0.05
"""What claims of one text lose: a text seldom says a thing twice."""
_ONSET, _DOER = 0.1, 0.15
"""What is lost where one asks when a thing began, or another is said to have done it."""
_PART = 0.1
"""What is lost where one speaks of a part."""
_PREDICATE = 0.1
"""What is gained by one predicate, or lost for each predicate that the other claim does not hold."""
_ONE_VALUE, _TOLL = 0.3, 0.3
_TELLING = 13
"""Least value that two figures do not share by chance."""
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
    score = _MEAN * 2 * shared / (mine + theirs) + (1 - _MEAN) * min(
        1.0, shared / min(mine, theirs)
    )
    score -= _ONSET * (a.unit is None and b.unit is None and a.onset != b.onset)
    score -= _DOER * (bool(a.doers and b.doers) and not a.doers & b.doers)
    score -= _ONE_TEXT * (a.article == b.article)
    score += _PREDICATE * (bool(a.said) and a.said == b.said)
    score -= _PART * (a.part != b.part)
    score -= _PREDICATE * (bool(a.said) and not a.said & b.senses)
    score -= _PREDICATE * (bool(b.said) and not b.said & a.senses)
    if (a.unit is None) != (b.unit is None):
        score -= _KIND
    if a.bounds and b.bounds and a.unit == b.unit:
        if _one_value(a.bounds, b.bounds):
            score += _ONE_VALUE * (1.0 if a.counted == b.counted else 0.5)
        if a.toll == b.toll is not None:
            score = _TOLL + (1 - _TOLL) * score
    return max(0.0, min(1.0, score))


def _one_value(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether a value of some size bounds both figures."""
    return any(_TELLING <= value < inf and value in other for value in one)


def against(a: Question, b: Question) -> str | None:
    """Why the two cannot be one fact, in plain words; None where nothing speaks against it."""
    return next((why for rule in _RULES for why in rule(a, b)), None)


def _other_time(a: Question, b: Question) -> Iterator[str]:
    if _before(a, b) or _before(b, a):
        yield f"another {'day' if _days(a) == _days(b) == 1 else 'time'}: {_when(a)}, {_when(b)}"
    elif a.unit and b.unit:
        spans = sorted((_days(a) or 0, _days(b) or 0))
        if spans[0] == 1 and spans[1] >= _LONG:
            yield f"one day against a longer time: {_when(a)}, {_when(b)}"


def _before(a: Question, b: Question) -> bool:
    return a.end is not None and b.start is not None and a.end < b.start


def _days(question: Question) -> int | None:
    if question.start is None or question.end is None:
        return None
    return question.end - question.start + 1


def _when(question: Question) -> str:
    days = [
        date.fromordinal(day).isoformat() if day else "…" for day in (question.start, question.end)
    ]
    return days[0] if days[0] == days[1] else f"{days[0]} to {days[1]}"


def _other_toll(a: Question, b: Question) -> Iterator[str]:
    """Killed against injured, evacuated against besieged, all casualties against the killed."""
    if a.unit is None or b.unit is None:
        return
    if a.toll == b.toll or {a.toll, b.toll} in _LOOSE:
        return
    if a.toll and b.toll:
        yield f"{a.toll} against {b.toll}"
    elif (harmed := a.toll or b.toll) in TOLL.values():
        yield f"{harmed} against a number of something else"


_LOOSE = ({"victims", "killed"}, {"victims", "casualties"})


def _other_unit(a: Question, b: Question) -> Iterator[str]:
    if a.unit and b.unit and a.unit != b.unit:
        yield f"{_UNITS[a.unit]} against {_UNITS[b.unit]}"


_UNITS = {"share": "a share", "count": "a number", "money": "an amount of money", "time": "a time"}


def _other_people(a: Question, b: Question) -> Iterator[str]:
    if a.counted and b.counted and a.counted != b.counted:
        yield f"{a.counted} against {b.counted}"


def _other_sort(a: Question, b: Question) -> Iterator[str]:
    """The city against the province of that name."""
    mine, theirs = dict(a.sorts), dict(b.sorts)
    for name in mine.keys() & theirs.keys():
        if not {sort for of, sort in a.sorts | b.sorts if of == name} <= {mine[name]}:
            if not any((name, sort) in b.sorts for of, sort in a.sorts if of == name):
                yield f"{mine[name]} against {theirs[name]}: {_spoken([name])}"
                return


def _number_or_not(a: Question, b: Question) -> Iterator[str]:
    if (a.unit is None) != (b.unit is None):
        figure, other = (a, b) if a.unit else (b, a)
        if figure.toll and figure.unit == "count" and figure.toll == other.toll:
            yield f"how many {figure.toll} against something else about them"


def _other_name(a: Question, b: Question) -> Iterator[str]:
    """Names in the same role that the other side lacks, on both sides."""
    mine, theirs = a.names.keys() - b.names.keys(), b.names.keys() - a.names.keys()
    if not mine or not theirs:
        return
    for role, title in _TITLES.items():
        ours = sorted(name for name in mine if a.names[name] == role)
        others = sorted(name for name in theirs if b.names[name] == role)
        if ours and others and (found := _another(ours, others)):
            yield f"another {title}: {found}"
            return


def _another(ours: list[str], others: list[str]) -> str | None:
    """The names, adjectives ("Shi'ite residents") apart; a country may hold the other's town."""
    left, right = ([name for name in names if name[0] == "~"] for names in (ours, others))
    if not left and not right:
        return f"{_spoken(ours)}, {_spoken(others)}"
    left, right = ([n for n in names if not _ADJECTIVE.search(n)] for names in (left, right))
    return f"{_spoken(left)}, {_spoken(right)}" if left and right else None


_TITLES = {"place": "place", "subject": "name", "doer": "doer", "object": "name", "way": "place"}


_ADJECTIVE = re.compile(r"^~.*(?:ite|ish|ian|ese|ist|ic|im)s?$")


def _spoken(names: list[str]) -> str:
    return " ".join(name[1:].title() if name[0] == "~" else name[1:] for name in names)


def _ahead(a: Question, b: Question) -> Iterator[str]:
    if a.prospect != b.prospect:
        yield "what may come against what is or was"


def _limited(a: Question, b: Question) -> Iterator[str]:
    if a.unit and b.unit and a.limited != b.limited:
        yield "a stretch of time against all in all"


def _part(a: Question, b: Question) -> Iterator[str]:
    if a.part != b.part and a.toll == b.toll is not None:
        yield "part against whole"


def _one_voice(a: Question, b: Question) -> Iterator[str]:
    """A text does not say a thing twice in one voice, unless it tells how a figure changed."""
    if a.article != b.article or a.source != b.source:
        return
    one_toll = a.toll == b.toll or {a.toll, b.toll} in _LOOSE
    if not (a.bounds and b.bounds and one_toll):
        if not _is_again(a, b):
            yield "one text tells both, as two things"
    elif not (a.earlier or b.earlier) and (a.bounds[1] < b.bounds[0] or b.bounds[1] < a.bounds[0]):
        yield "one text in one voice gives both figures"


def _is_again(a: Question, b: Question) -> bool:
    """Whether one says what the other says, and hardly more."""
    if a.doers != b.doers or not (a.senses <= b.senses or b.senses <= a.senses):
        return False
    return 2 * len(a.senses & b.senses) >= _TWICE * (len(a.senses) + len(b.senses))


_RULES: tuple[Callable[[Question, Question], Iterator[str]], ...] = (
    _other_time,
    _other_unit,
    _other_toll,
    _other_people,
    _other_sort,
    _number_or_not,
    _limited,
    _part,
    _other_name,
    _ahead,
    _one_voice,
)
