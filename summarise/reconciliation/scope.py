"""What two figures count, where that shows that they answer two questions."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from summarise.reconciliation.figure_rows import beside
from summarise.reconciliation.lexicon import CASES, IN_HOSPITAL, SURE
from summarise.reconciliation.measure import counted_by
from summarise.reconciliation.sides import Side, value

FACTOR = 20
"""How many times the other a figure may be and still answer the same: a war has more dead."""
AT_LARGE = frozenset((None, "workers", "students", "passengers", "patients", "tourists"))
"""Who may as well be called people, where it is not told what befell some of them."""
_RECORD = re.compile(
    r"\b(?:\w{3,}est|first|worst|best|last|(?:most|least) \w+)\b[^.;,]{0,40}?\bsince\b",
    re.IGNORECASE,
)
"""What is a record: "the largest march since 2011" counts one march."""
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
    if not is_of_one_size(a, b) or is_long(a) != is_long(b):
        return True
    two_times = _on_two_days(a, b) or _since_two_days(a, b)
    if two_times or _is_part(a, b) or is_further(a) or is_further(b) or _by_two_means(a, b):
        return True
    return a.total and b.total and _surety(a.told.claim.text) != _surety(b.told.claim.text)


def counts_ill(side: Side) -> bool:
    """Whether a figure counts the ill, or those whom hospitals have."""
    text = side.told.claim.text
    return side.total and (CASES.search(text) or IN_HOSPITAL.search(text)) is not None


@lru_cache(maxsize=8192)
def _surety(text: str) -> str | None:
    """Whether the cases that a text counts are called confirmed, or only suspected."""
    found = SURE.search(text) if CASES.search(text) else None
    return found.lastgroup if found else None


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
    return _LONG.search(_RECORD.sub("", text)) is not None


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


def _since_two_days(a: Side, b: Side) -> bool:
    """Whether they count from two days on, with no end told."""
    mine, theirs = a.told.claim.time, b.told.claim.time
    if mine is None or theirs is None or mine.end is not None or theirs.end is not None:
        return False
    return None not in (mine.start, theirs.start) and mine.start != theirs.start


_MORE_BEFORE = re.compile(r"\b(?:another|further|additional)\s*$", re.IGNORECASE)
_MORE_BEHIND = re.compile(
    r"\s*(?:(?:more|further|additional)\b(?! than\b)"
    r"|others?\b(?![^.;]{0,30}\b(?:injured|wounded|hurt|missing)\b))",  # other than the dead
    re.IGNORECASE,
)


def is_further(side: Side) -> bool:
    """Whether a figure comes on top of one that was told: "three more died", "another nine"."""
    parts = beside(side.figure, side.told.claim.text) if side.figure else None
    if parts is None:
        return False
    return bool(_MORE_BEFORE.search(parts[0]) or _MORE_BEHIND.match(parts[1]))


_MEANS = {
    "air": re.compile(r"\bair ?(?:strikes?|raids?)\b|\bwarplanes?\b|\bbarrel bombs?\b", re.I),
    "gas": re.compile(r"\b(?:chemical|sarin|chlorine|gas|toxic)\b", re.I),
    "bomb": re.compile(r"\b(?:suicide|car|truck|roadside|twin|bus) (?:car )?(?:bomb\w*|blasts?)"
                       r"|\bbomb(?:ing|ings| blast| attack)?\b|\bexplosions?\b", re.I),
    "shell": re.compile(r"\b(?:shell(?:s|ed|ing)?|artillery|mortars?|rockets?)\b", re.I),
    "shot": re.compile(r"\b(?:gunm[ae]n|shootings?|snipers?|shot dead)\b", re.I),
}  # fmt: skip
"""By what people are killed, where a text names it."""


def _by_two_means(a: Side, b: Side) -> bool:
    """Whether each names the means by which those it counts were harmed, and no means is shared."""
    mine, theirs = (_means(side.told.claim.text) for side in (a, b))
    return bool(mine and theirs) and mine.isdisjoint(theirs)


@lru_cache(maxsize=8192)
def _means(text: str) -> frozenset[str]:
    return frozenset(name for name, words in _MEANS.items() if words.search(text))


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
