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
_PREDICATE = 0.1
"""What is lost for each predicate that the other claim does not hold."""
_ONE_VALUE, _TOLL = 0.3, 0.3
_TELLING = 13
"""Least value that two figures do not share by chance."""
_KIND = 0.15
"""What a claim with a figure loses beside one without."""
_LONG = 14
"""Days from which on a period is more than the event of a day."""


def likeness(a: Question, b: Question, ours: dict[str, float], others: dict[str, float]) -> float:
    """From 0 to 1: how likely the two claims answer one question, vetoes apart.

    `ours` and `others` weigh the senses of each.
    """
    shared = sum((ours[sense] + others[sense]) / 2 for sense in a.senses & b.senses)
    if not shared:
        return 0.0
    mine, theirs = sum(ours.values()), sum(others.values())
    score = _MEAN * 2 * shared / (mine + theirs) + (1 - _MEAN) * min(1.0, shared / min(mine, theirs))
    score -= _ONSET * (a.unit is None and b.unit is None and a.onset != b.onset)
    score -= _DOER * (bool(a.doers and b.doers) and not a.doers & b.doers)
    score -= _ONE_TEXT * (a.article == b.article)
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


def _number_or_not(a: Question, b: Question) -> Iterator[str]:
    if (a.unit is None) != (b.unit is None):
        figure, other = (a, b) if a.unit else (b, a)
        if figure.toll and figure.unit == "count" and figure.toll == other.toll:
            yield f"how many {figure.toll} against something else about them"


def _other_name(a: Question, b: Question) -> Iterator[str]:
    """Names in the same role that the other side lacks, on both sides."""
    mine = {name: role for name, role in a.names.items() if name not in b.names}
    theirs = {name: role for name, role in b.names.items() if name not in a.names}
    for role, title in _TITLES.items():
        ours, others = _of(mine, role), _of(theirs, role)
        # A country against a town may be the whole against its part.
        for kind in ("~", "="):
            left = [name for name in ours if name[0] == kind]
            right = [name for name in others if name[0] == kind]
            if left and right and not (kind == "=" and any(n[0] == "~" for n in (*ours, *others))):
                yield f"another {title}: {_spoken(left)}, {_spoken(right)}"
                return


_TITLES = {"place": "place", "subject": "name", "doer": "doer", "object": "name", "way": "place"}


def _of(names: dict[str, str], role: str) -> list[str]:
    """The names in a role, adjectives ("Shi'ite residents") apart."""
    return [name for name, of in names.items() if of == role and not _ADJECTIVE.search(name)]


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
    if not (a.bounds and b.bounds and a.toll == b.toll):
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
    _number_or_not,
    _limited,
    _part,
    _other_name,
    _ahead,
    _one_voice,
)
