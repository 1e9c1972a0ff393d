"""What two figures count, where that shows that they answer two questions."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from summarise.reconciliation.measure import counted_by
from summarise.reconciliation.sides import Side, value

FACTOR = 20
"""How many times the other a figure may be and still answer the same: a war has more dead."""
AT_LARGE = frozenset((None, "workers", "students", "passengers", "patients", "tourists"))
"""Who may as well be called people, where it is not told what befell some of them."""
_LONG = re.compile(
    r"\bsince (?!then\b)|\b(?:over|in|during|for) the (?:past|last)\b|\bso far this\b"
    r"|\b(?:throughout|altogether|to date|overall|annually|a year|per year|each year|every)\b",
    re.IGNORECASE,
)
"""What counts over a stretch of time, not one event."""


def not_of_one_thing(a: Side, b: Side) -> bool:
    """Whether two figures that cannot both hold of one thing plainly are of two."""
    if a.bounds is None or b.bounds is None:
        return False
    far = not is_of_one_size(a, b)
    return far or is_long(a) != is_long(b) or _on_two_days(a, b) or _is_part(a, b)


def is_of_one_size(a: Side, b: Side) -> bool:
    """Whether neither figure is so many times the other that they cannot answer one question."""
    if a.bounds is None or b.bounds is None:
        return False
    first, second = sorted((abs(value(a.bounds)), abs(value(b.bounds))))
    return not first or second / first <= FACTOR


def is_long(side: Side) -> bool:
    """Whether a figure counts over a stretch of time: since a day, so far this year."""
    time = side.told.claim.time
    since = time is not None and time.start is not None and time.end is None
    return since or _tells_long(side.told.claim.text)


@lru_cache(maxsize=8192)
def _tells_long(text: str) -> bool:
    return _LONG.search(text) is not None


def period(side: Side) -> tuple[date | None, date] | None:
    """The days that the claim itself dates to; None where they have no end."""
    time = side.told.claim.time
    return None if time is None or time.end is None else (time.start, time.end)


def _on_two_days(a: Side, b: Side) -> bool:
    mine, theirs = period(a), period(b)
    if mine is None or theirs is None:
        return False
    if mine[0] is None or theirs[0] is None:
        return mine[1] != theirs[1]
    return mine[1] < theirs[0] or theirs[1] < mine[0]


def _is_part(a: Side, b: Side) -> bool:
    """Whether one counts a part of whom the other counts, and is no more: children of the dead."""
    mine, theirs = _whom(a), _whom(b)
    if not (a.total and b.total) and {mine, theirs} <= AT_LARGE:
        return False
    if mine == theirs or a.bounds is None or b.bounds is None:
        return False
    if mine and theirs:
        return True
    part, whole = (a.bounds, b.bounds) if mine else (b.bounds, a.bounds)
    return value(part) <= value(whole)


def _whom(side: Side) -> str | None:
    return counted_by(side.figure) if side.figure else None
