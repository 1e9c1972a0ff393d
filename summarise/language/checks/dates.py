"""Dates of a claim: in its words and in its `time`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from summarise.language.date_parts import Part, date_parts, is_clock_time, parts_of, say
from summarise.language.passages import Passage, Passages, Scope
from summarise.records import Claim, Period

_SLACK = 0.3
"""How far an end of a period may lie off, as a share of its length."""
_OPEN_SLACK = 31
"""The same in days for a period that is open on one side."""


def time_reasons(claim: Claim, said: Passage, scope: Scope, passages: Passages) -> Iterator[str]:
    """Dates that can be neither read nor worked out from the evidence and what stands around it."""
    own = _parts(scope.sentences)
    near = own | _parts((*scope.before, *scope.opening))
    spoken = date_parts(said.text)
    for part in sorted(spoken):
        if part not in own and not _held(part, spoken, scope, near, passages):
            yield f"{part[0]} {say(part)!r} is not in the evidence and does not follow from it"
    yield from _weekday_clash(said)
    if claim.time:
        yield from _period(claim.time, near, scope, passages)


def _parts(parts: tuple[Passage, ...]) -> set[Part]:
    return set().union(*(part.date_parts for part in parts))


def _held(part: Part, spoken: set[Part], scope: Scope, near: set[Part], passages: Passages) -> bool:
    """Whether a part that the evidence lacks is given around it, and replaces nothing there."""
    kind = part[0]
    own = _parts(scope.sentences)
    given = set().union(*(date_parts(sentence.text) for sentence in scope.sentences))
    if kind == "day" and _is_weekday_named(part, given, passages.article.published):
        return True
    rivals = {other for other in own if other[0] == kind} - spoken
    if kind == "day" and ("month", part[1] // 100) not in near:
        return False
    published = passages.article.published
    if published and part == ("year", published.year):
        return True
    if rivals:
        return False
    if kind == "day" and published and not {"weekday", "day"} & {name for name, _ in own}:
        return part in parts_of(published, published) or part in near
    if part in near:
        return True
    if kind in {"weekday", "day"}:
        return False
    return part in passages.date_parts


_WEEK = 7


def _is_weekday_named(part: Part, given: set[Part], published: date | None) -> bool:
    """Whether a day within a week of the article is the weekday that the evidence names."""
    if not published or any(kind == "day" for kind, _ in given):
        return False
    month, day = divmod(part[1], 100)
    try:
        meant = date(published.year, month, day)
    except ValueError:
        return False
    return abs((meant - published).days) <= _WEEK and ("weekday", meant.weekday()) in given


def _weekday_clash(said: Passage) -> Iterator[str]:
    """ "Sunday, April 15, 2017", which was a Saturday."""
    spoken = date_parts(said.text)
    of = {
        kind: [value for name, value in spoken if name == kind]
        for kind in ("weekday", "day", "year")
    }
    if not all(len(values) == 1 for values in of.values()):
        return
    month, day = divmod(of["day"][0], 100)
    try:
        meant = date(of["year"][0], month, day)
    except ValueError:
        yield f"there is no {say(('day', of['day'][0]))} in {of['year'][0]}"
        return
    if meant.weekday() != of["weekday"][0]:
        right = say(("weekday", meant.weekday()))
        yield f"weekday {say(('weekday', of['weekday'][0]))!r} does not fit {meant}, a {right}"


def _period(time: Period, near: set[Part], scope: Scope, passages: Passages) -> Iterator[str]:
    surface = time.surface.casefold()
    if not any(surface in part.text.casefold() for part in scope.near):
        yield f"period {time.surface!r} is not in the evidence nor in what stands around it"
    if time.start and time.end and time.start > time.end:
        yield f"period {time.surface!r} ends ({time.end}) before it starts ({time.start})"
    if time.start is None and time.end is None:
        return
    found = _readings(time.surface, scope)
    if found:
        published = passages.article.published
        if not any(_fits(time, other) or _fits_past(time, other, published) for other in found):
            yield (
                f"period {time.surface!r} is given as {_interval(time)}, worked out from the "
                f"article it is {_interval(found[0])}"
            )
    elif not _supported(time, near, passages):
        yield f"period {time.surface!r} cannot be worked out to {_interval(time)} from the article"


def _readings(surface: str, scope: Scope) -> list[Period]:
    """What the surface comes to where it stands; failing that, nothing."""
    wanted = surface.casefold()
    found = [
        reading.period
        for part in (*scope.sentences, *scope.before, *scope.opening)
        for reading in part.periods
        if not is_clock_time(surface)
        and _is_same_wording(wanted, reading.period.surface.casefold())
    ]
    return [period for period in found if period.start or period.end]


def _is_same_wording(wanted: str, found: str) -> bool:
    """One holds the other, and nothing that would change it ("one year after September 2015")."""
    return wanted in found or (found in wanted and len(found) > 0.6 * len(wanted))


def _fits(time: Period, other: Period) -> bool:
    """Whether two readings of a surface agree: a day exactly, "late May" nearly."""
    length = (other.end - other.start).days if other.start and other.end else 0
    slack = _SLACK * length if length else _OPEN_SLACK
    if other.start and other.end and not length:
        slack = 0
    pairs = [(time.start, other.start), (time.end, other.end)]
    both = [abs((a - b).days) for a, b in pairs if a and b]
    return all(days <= slack for days in both) if both else True


_MONTH = re.compile(
    r"^[^\d]*\b(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December)\b[^\d]*$"
)
_FAR_OFF = 120
"""Days ahead from which on a month without a year may be the last one of that name."""


def _fits_past(time: Period, other: Period, published: date | None) -> bool:
    """Whether "in August", read as the one to come, is the one that was."""
    if not (published and other.start and other.end) or not _MONTH.search(other.surface):
        return False
    if (other.start - published).days < _FAR_OFF:
        return False
    try:
        start = other.start.replace(year=other.start.year - 1)
        end = other.end.replace(year=other.end.year - 1)
    except ValueError:
        return False
    return _fits(time, other.model_copy(update={"start": start, "end": end}))


def _supported(time: Period, near: set[Part], passages: Passages) -> bool:
    held = near | passages.date_parts
    return all(("year", day.year) in held for day in (time.start, time.end) if day)


def _interval(period: Period) -> str:
    start = period.start.isoformat() if period.start else ""
    end = period.end.isoformat() if period.end else ""
    return start if start == end else f"{start}..{end}"
