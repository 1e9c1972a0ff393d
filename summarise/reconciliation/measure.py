"""The figure in question of a claim: what it counts, of whom, in which kind of unit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from functools import lru_cache
from itertools import chain, takewhile
from math import inf

from summarise.meaning import as_float
from summarise.reconciliation.lexicon import (
    ABOARD,
    CASES,
    CLASSES,
    COUNTED,
    FORMER,
    ILL,
    IN_HOSPITAL,
    JOINED,
    MONEY,
    ON_BOARD,
    ON_STRIKE,
    PEOPLE,
    RATE,
    RATE_UNIT,
    ROLES,
    SHARE,
    SPAN,
    STRIKING,
    TAKING_PART,
    TOLL,
    TOLLS,
    TREATED,
    TREATMENT,
)
from summarise.reconciliation.naming import tokens_of
from summarise.reconciliation.senses import sense
from summarise.records import Claim, Figure

_INCIDENTAL = 12
"""A plain number up to this, of nobody harmed, is no figure in question."""

_DEFINITE = re.compile(r"\b(?:the|its|their|his|her|our|these|those)\s$", re.IGNORECASE)

Bounds = tuple[float, float]
"""Least and greatest value, infinite where open."""


def figure_of(claim: Claim) -> Figure | None:
    """The figure in question; a small plain number that only describes is none."""
    return next(
        (
            figure
            for figure in claim.quantities
            if not _is_incidental(figure, claim.text)
            and not _is_definite(figure, claim.text)
            and not _is_size(figure, claim.text)
            and not is_start(figure, claim.text)
        ),
        None,
    )


def _is_definite(figure: Figure, text: str) -> bool:
    """Whether the claim takes the figure as known: "most of the 140 posts"."""
    before, found, _ = text.partition(figure.surface)
    return bool(found) and _DEFINITE.search(before) is not None


_SIZED = re.compile(
    r"\b(?:towns?|cit(?:y|ies)|villages?|countr(?:y|ies)|islands?|convoys?|fleets?|crews?|teams?"
    r"|squads?|columns?|famil(?:y|ies)) of (?:(?:about|around|some|nearly|almost|over|roughly|at"
    r"|least|more|than|up|to|an|estimated) )*$",
    re.IGNORECASE,
)
"""What tells how large a thing is by the way: "a convoy of 75 lorries brought flour"."""


def _around(figure: Figure, text: str) -> tuple[str, bool, str]:
    """What stands before a figure, whether it was found, and what stands behind it."""
    at = text.lower().find(figure.surface.lower()) if figure.surface else -1
    if at < 0:
        return text, False, ""
    return text[:at], True, text[at + len(figure.surface) :]


def is_start(figure: Figure, text: str) -> bool:
    """Whether a figure is what a change set out from: "from 65 to 67"."""
    before, found, after = _around(figure, text)
    return found and _SET_OUT.search(before) is not None and _LED_TO.match(after) is not None


_SET_OUT = re.compile(r"\bfrom (?:about |around |some |nearly )?$", re.IGNORECASE)
_LED_TO = re.compile(
    r"(?: [\w%’'-]+){0,3}? to (?:about |around |some |nearly )?\W?\d", re.IGNORECASE
)


def _is_size(figure: Figure, text: str) -> bool:
    before, found, _ = text.partition(figure.surface)
    return bool(found) and _SIZED.search(before) is not None


def _is_incidental(figure: Figure, text: str) -> bool:
    low, high = figure.low, figure.high
    if low is None or low != high or low > _INCIDENTAL or figure.approx:
        return False
    if _kind(figure.unit) in ("share", "money"):
        return False
    return not (senses_of(figure.unit) & COUNTED or _counts_harmed(figure, text))


def _counts_harmed(figure: Figure, text: str) -> bool:
    """Whether the words around a figure of people count the harmed: "two guards were killed"."""
    if " " in figure.unit and any(_is_thing(word) for word in figure.unit.split()):
        return False
    before, _, after = text.partition(figure.surface)
    if _TALLY.search(before) and senses_of(before) & COUNTED:
        return True
    words = (low for _, low in reversed(tokens_of(before)[-_NEAR_BEFORE:]))
    behind = takewhile(lambda low: low not in _PLACED, words)
    ahead = takewhile(lambda low: low not in ROLES, (low for _, low in tokens_of(after)[:_NEAR]))
    return any(sense(low) in COUNTED for low in chain(behind, ahead))


def _is_thing(word: str) -> bool:
    """Whether a word is more than people at large, a class of them or a name."""
    meant = sense(word)
    return bool(meant) and word.islower() and meant not in CLASSES and meant not in TOLL


_NEAR, _NEAR_BEFORE = 6, 3
_BOUND = ROLES.keys() | {"who", "that", "of"}
"""What ends the name of those that a unit counts."""
_PLACED = ROLES.keys() - {"at", "to"}
_TALLY = re.compile(r"\b(?:number|toll|tally|count|total)s?\b", re.IGNORECASE)


def former_of(claim: Claim, figure: Figure | None) -> Bounds | None:
    """The bounds of a figure that a claim calls former beside the one in question, if any."""
    if figure is None or len(claim.quantities) == 1:
        return None
    for other in claim.quantities:
        before, found, _ = _around(other, claim.text)
        if other != figure and found and (FORMER.search(before) or is_start(other, claim.text)):
            return bounds_of(other)
    return None


def is_rate(figure: Figure, text: str) -> bool:
    """Whether a figure is so much a day, or for each: "6 million euros a day"."""
    if RATE_UNIT.search(figure.unit):
        return True
    _, found, after = _around(figure, text)
    return found and RATE.match(after) is not None


@lru_cache(maxsize=16384)
def senses_of(text: str) -> frozenset[str]:
    """What the words of a text stand for."""
    return frozenset(sense(low) for _, low in tokens_of(text))


def bounds_of(figure: Figure) -> Bounds:
    """The bounds of a figure."""
    low = -inf if figure.low is None else as_float(figure.low)
    return low, inf if figure.high is None else as_float(figure.high)


def unit_of(figure: Figure) -> str:
    """The kind of a figure's unit: "share", "money", "time" or "count"."""
    kind, other = _kind(figure.unit), _kind(figure.surface)
    if "share" in (kind, other):
        return "share"
    return "money" if "money" in (kind, other) else kind


@lru_cache(maxsize=16384)
def _kind(text: str) -> str:
    if SHARE.search(text):
        return "share"
    if MONEY.search(text):
        return "money"
    return "time" if SPAN.match(text) else "count"


def toll_of(
    figure: Figure | None, said: Set[str], senses: Set[str], *, text: str = "", both: bool = False
) -> str | None:
    """What befell those whom the claim counts: told by the figure's unit, else by the claim.

    `both`: it counts the killed and the injured as one ("killed or wounded"). `text` are the words
    of the claim, for how many took part in something.
    """
    unit: Set[str] = senses_of(figure.unit) if figure else frozenset()
    if "kill" in said and "injure" in senses and not unit & TOLL.keys() and both:
        return TOLL["casualty"]
    toll = _harm(unit, TOLLS) or _harm(said, TOLLS) or _harm(senses, TOLL)
    is_part = figure is not None and toll == TOLL["injure"] and bool((said | senses) & TREATMENT)
    if toll is None and figure is not None and unit_of(figure) == "count":
        return _befell(figure, text)
    return TREATED if is_part else toll


def _befell(figure: Figure, text: str) -> str | None:
    """What those whom a figure counts did, or what came over them."""
    if not _is_people(figure):
        return ILL if CASES.search(figure.unit) else None
    if STRIKING.search(text):
        return ON_STRIKE
    if JOINED.search(text):
        return TAKING_PART
    before, _, after = _around(figure, text)
    if CASES.search(figure.unit) or CASES.search(after[:_BESIDE]) or _CASES_OF.search(before):
        return ILL
    if IN_HOSPITAL.search(text):
        return TREATED
    return ON_BOARD if ABOARD.search(text) else None


_BESIDE = 40
_CASES_OF = re.compile(r"\b(?:cases|infections)\b[^.;]*$", re.IGNORECASE)


def _is_people(figure: Figure) -> bool:
    """Whether a figure counts people, of whatever sort."""
    if unit_of(figure) != "count":
        return False
    words = takewhile(lambda low: low not in _BOUND, (low for _, low in tokens_of(figure.unit)))
    counted = {sense(low) for low in words}
    return counted <= {""} or bool(counted & PEOPLE)


def _harm(senses: Set[str], classes: Mapping[str, str]) -> str | None:
    if "kill" in senses and "injure" in senses:
        return TOLL["casualty"]
    return next((name for word, name in classes.items() if word in senses), None)


def whom(figure: Figure) -> Set[str]:
    """The senses of those that a figure counts, which do not tell which event they are of."""
    words = figure.unit.split()
    return CLASSES.keys() | senses_of(" ".join(takewhile(lambda w: w not in ROLES, words)))


def thing_of(figure: Figure) -> str:
    """The sense of the thing that a figure counts, told in the plural; empty for people."""
    return _thing(figure.unit)


@lru_cache(maxsize=16384)
def _thing(unit: str) -> str:
    words = takewhile(lambda low: low not in _BOUND, (low for _, low in tokens_of(unit)))
    thing = next((sense(low) for low in words if low.endswith("s")), "")
    return "" if thing in CLASSES or _kind(unit) != "count" else thing


def counted_by(figure: Figure) -> str | None:
    """Whom a figure counts; None for people at large and for things."""
    return _counted(figure.unit)


@lru_cache(maxsize=16384)
def _counted(unit: str) -> str | None:
    words = (sense(low) for _, low in tokens_of(unit))
    return next((CLASSES[word] for word in words if word in CLASSES), None)
