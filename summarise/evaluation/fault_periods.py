"""Faults of periods: the days given, against the words and the article's date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from summarise.evaluation.fault import Fault, Labels, plain
from summarise.language.periods import find_periods
from summarise.records import Claim, Period

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)})s?\b", re.IGNORECASE)
_RELATIVE = re.compile(
    rf"\b(?:{'|'.join(_WEEKDAYS)}|today|yesterday|tomorrow|tonight|(?:last|next|this)\s"
    r"(?:week|month|year|night|weekend|morning|evening)|ago)\b",
    re.IGNORECASE,
)
_EDGE = re.compile(r"\b(?:before|after|until|till|by|since|from)\b", re.IGNORECASE)
_FORTNIGHT = 14
_OPEN = 31
"""Days that the ends of two periods open on one side may lie apart."""
_NEAR = 1
"""Days that two readings may lie apart: nights and time zones."""


def period_faults(claim: Claim, labels: Labels) -> Iterator[Fault]:
    """Days that are reversed, without a date to count from, or not what the words mean."""
    time = claim.time
    if time is None:
        return
    if time.start and time.end and time.start > time.end:
        message = f"{time.surface!r} starts on {time.start} after its end, {time.end}"
        yield Fault("start-end", claim.id, "time", message, "write the earlier day as start")
        return
    if not time.surface or not (time.start or time.end):
        return
    if labels.published is None:
        yield from _undated(claim, time)
    else:
        yield from _weekday(claim, time)
        yield from _reading(claim, time, labels.published)


def _undated(claim: Claim, time: Period) -> Iterator[Fault]:
    if _RELATIVE.search(time.surface) and not re.search(r"\d", time.surface):
        message = (
            f"{time.surface!r} is given as {_interval(time)}, but the article has no publish date "
            "to count from"
        )
        yield Fault("undated", claim.id, "time", message, "write null for start and end")


def _weekday(claim: Claim, time: Period) -> Iterator[Fault]:
    named = {match.group(1).lower() for match in _WEEKDAY.finditer(time.surface)}
    day = time.start or time.end
    if len(named) != 1 or day is None or (time.start and time.end and time.start != time.end):
        return
    (name,) = named
    meant = _WEEKDAYS[day.weekday()]
    if name != meant and not _EDGE.search(time.surface):
        message = f"{time.surface!r} is given as {day}, a {meant.title()}"
        mend = f"write the {name.title()} that the article means"
        yield Fault("weekday", claim.id, "time", message, mend, "warning")


def _reading(claim: Claim, time: Period, published: date) -> Iterator[Fault]:
    """Days far from those that the words come to, read in the evidence's sentence or alone."""
    surface = plain(time.surface)
    if _is_weekday_near(time, published):
        return
    near = (plain(span.quote) for span in claim.evidence)
    texts = [text for text in near if surface in text] or [surface]
    found = [
        other.period
        for text in (*texts, surface)
        for other in find_periods(text, published)
        if other.period.surface.casefold() in surface.casefold()
        or surface.casefold() in other.period.surface.casefold()
    ]
    dated = [period for period in found if period.start or period.end]
    if not dated or any(_meets(time, period) for period in dated):
        return
    message = (
        f"{time.surface!r} is given as {_interval(time)}; counted from {published} it comes to "
        f"{_interval(dated[0])}"
    )
    yield Fault("reading", claim.id, "time", message, "check the days", "warning")


def _is_weekday_near(time: Period, published: date) -> bool:
    """Whether the day is one of the weekday named: the last or the next is for the reader."""
    day, named = time.start or time.end, _WEEKDAY.search(time.surface)
    if not (day and named) or abs((day - published).days) > _FORTNIGHT:
        return False
    return _WEEKDAYS[day.weekday()] == named.group(1).lower()


def _meets(one: Period, other: Period) -> bool:
    """Whether two periods share a day, or nearly do; of two open ones the other ends count."""
    if one.start == other.start is None or one.end == other.end is None:
        return all(
            abs((mine - theirs).days) <= _OPEN
            for mine, theirs in ((one.start, other.start), (one.end, other.end))
            if mine and theirs
        )
    latest = max(one.start or date.min, other.start or date.min)
    earliest = min(one.end or date.max, other.end or date.max)
    return latest <= earliest or (latest - earliest).days <= _NEAR


def _interval(period: Period) -> str:
    start, end = (day.isoformat() if day else "open" for day in (period.start, period.end))
    return start if start == end else f"{start} to {end}"
