"""How alike two claims are, and what makes them claims of two things however alike they look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from summarise.reconciliation.question import Question

_MEAN = 0.6
"""Weight of what is shared as a share of both claims, beside its share of the shorter one."""
_ONE_TEXT = 0.12
"""What claims of one text in one voice lose: a text seldom says a thing twice."""
_ONE_VALUE, _TOLL = 0.1, 0.1
_KIND = 0.15
"""What a claim with a figure loses beside one without."""
_LONG = 14
"""Days from which on a period is more than the event of a day."""


def likeness(a: Question, b: Question, weights: dict[str, float]) -> float:
    """From 0 to 1: how likely the two claims answer one question, vetoes apart."""
    shared = sum(weights[sense] for sense in a.senses & b.senses)
    if not shared:
        return 0.0
    mine = sum(weights[sense] for sense in a.senses)
    theirs = sum(weights[sense] for sense in b.senses)
    score = _MEAN * 2 * shared / (mine + theirs) + (1 - _MEAN) * shared / min(mine, theirs)
    if a.article == b.article and a.source == b.source:
        score -= _ONE_TEXT
    if (a.unit is None) != (b.unit is None):
        score -= _KIND
    if a.bounds and b.bounds and a.unit == b.unit:
        score += _ONE_VALUE * (a.bounds == b.bounds) + _TOLL * (a.toll == b.toll is not None)
    return max(0.0, min(1.0, score))


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
    if a.toll != b.toll and a.toll and b.toll and "victims" not in (a.toll, b.toll):
        yield f"{a.toll} against {b.toll}"


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
            if left and right:
                yield f"another {title}: {_spoken(left)}, {_spoken(right)}"
                return


_TITLES = {"place": "place", "subject": "name", "doer": "doer", "object": "name", "way": "place"}


def _of(names: dict[str, str], role: str) -> list[str]:
    return [name for name, of in names.items() if of == role]


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


def _one_text(a: Question, b: Question) -> Iterator[str]:
    """A text does not give one thing two figures in one voice, unless it tells of a change."""
    if a.article != b.article or a.source != b.source or not (a.bounds and b.bounds):
        return
    if not (a.earlier or b.earlier) and (a.bounds[1] < b.bounds[0] or b.bounds[1] < a.bounds[0]):
        yield "one text in one voice gives both figures"


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
    _one_text,
)
