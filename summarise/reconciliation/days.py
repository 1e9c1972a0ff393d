"""As of when a claim of a story holds, so far as the articles tell it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from summarise.language.date_words import MONTHS
from summarise.reconciliation.told import Told
from summarise.records import Period

Days = tuple[date, date]
"""First and last day on which an article may have come out."""

SLACK = timedelta(days=6)
"""An undated article came out within a week of the last day that it names."""
_MONTHS = list(MONTHS)
_NAMES = "|".join(month.capitalize() for month in _MONTHS)
_NAMED_DAY = re.compile(
    rf"\b(?:(?P<month>{_NAMES}) (?P<day>\d{{1,2}})|(?P<before>\d{{1,2}}) (?P<of>{_NAMES}))"
    r"\b(?:,? (?P<year>\d{4})\b)?"
)


def article_days(told: Iterable[Told]) -> dict[str, Days]:
    """When each article came out; an undated one by the last day that its claims name as past.

    An article that names no day is left out.
    """
    dated: dict[str, date] = {}
    named: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        if one.published is not None:
            dated[one.article] = one.published
        elif one.claim.time is not None:
            named[one.article].append(one)
    found = {article: (day, day) for article, day in dated.items()}
    if not named:
        return found
    year = _usual_year(dated.values(), named.values())
    for article, claims in named.items():
        days = [day for one in claims if (day := named_day(one.claim.time, year))]
        if days:
            found[article] = (max(days), max(days) + SLACK)
    return found


def _usual_year(dated: Iterable[date], named: Iterable[Sequence[Told]]) -> int:
    """The year that the story is told in: where none is given, any will do to compare days."""
    years = Counter(day.year for day in dated)
    if not years:
        periods = (one.claim.time for claims in named for one in claims)
        years = Counter(p.start.year for p in periods if p is not None and p.start is not None)
    return max(years, key=lambda year: (years[year], year), default=2000)


def named_day(period: Period | None, year: int) -> date | None:
    """The one day that a period names, by its interval or by its words in the year given."""
    if period is None:
        return None
    if period.end is not None and period.start in (None, period.end):
        return period.end
    if period.start is not None or period.end is not None:
        return None
    match = _NAMED_DAY.search(period.surface)
    if match is None:
        return None
    month, day = match["month"] or match["of"], match["day"] or match["before"]
    try:
        return date(int(match["year"] or year), _MONTHS.index(month.lower()) + 1, int(day))
    except ValueError:
        return None


def as_of_days(members: Sequence[Told]) -> list[date | None]:
    """Up to which day each claim of one fact counts.

    That is the end of its own period where those of the fact differ (two quarters), or where it is
    open at the start ("by Friday"). Where all speak of one day, that is the event's: what tells
    them apart is when they were published.
    """
    ends = {one.claim.time.end for one in members if one.claim.time and one.claim.time.end}
    return [_as_of(one, several=len(ends) > 1) for one in members]


def _as_of(one: Told, *, several: bool) -> date | None:
    period = one.claim.time
    if period is None or period.end is None:
        return one.published
    if one.published is None or period.start is None or several:
        # What is told of days to come holds as of the day on which it was told.
        return min(period.end, one.published or period.end)
    return one.published


def gap(one: Days, other: Days) -> int:
    """Days from the first to the second; negative where it is before, 0 where they may meet."""
    if one[1] < other[0]:
        return (other[0] - one[1]).days
    return -(one[0] - other[1]).days if other[1] < one[0] else 0


def days_of(one: Told, as_of: date | None, days: Mapping[str, Days]) -> Days | None:
    """When a claim of a fact holds: its own day, else that of its article."""
    return (as_of, as_of) if as_of is not None else days.get(one.article)
