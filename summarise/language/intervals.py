"""Arithmetic on days: months, weeks, quarters, seasons, decades as (first day, last day)."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

Days = tuple[date, date]

SEASON_MONTHS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_days(year: int, month: int, part: str = "") -> Days:
    """A month, or its early (1-10), mid (11-20) or late (21-end) part."""
    year = max(date.min.year, min(year, date.max.year))
    last = calendar.monthrange(year, month)[1]
    first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(part, (1, last))
    return date(year, month, first), date(year, month, last)


def year_days(year: int, part: str = "") -> Days:
    """A year, or its early, mid or late four months."""
    first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}.get(part, (1, 12))
    return date(year, first, 1), month_days(year, last)[1]


def decade_days(first_year: int, part: str = "") -> Days:
    """A decade, or its early (0-3), mid (4-6) or late (7-9) years."""
    start, end = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(part, (0, 9))
    return date(first_year + start, 1, 1), date(first_year + end, 12, 31)


def quarter_days(year: int, quarter: int) -> Days:
    return date(year, 3 * quarter - 2, 1), month_days(year, 3 * quarter)[1]


def season_days(year: int, season: str) -> Days:
    """Three months from the season's first (northern); a winter runs into the next year."""
    first = SEASON_MONTHS[season]
    end_year, end_month = (year + 1, 2) if first == 12 else (year, first + 2)
    return date(year, first, 1), month_days(end_year, end_month)[1]


def half_days(year: int, half: int) -> Days:
    return (
        (date(year, 1, 1), date(year, 6, 30))
        if half == 1
        else (date(year, 7, 1), date(year, 12, 31))
    )


def week_days(day: date) -> Days:
    """Monday to Sunday around `day`."""
    monday = day - timedelta(days=day.weekday())
    return _shifted(monday, 0), _shifted(monday, 6)


def weekend_days(day: date) -> Days:
    """Saturday and Sunday of the week of `day`."""
    monday = day - timedelta(days=day.weekday())
    return _shifted(monday, 5), _shifted(monday, 6)


def _shifted(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def shift(day: date, amount: int, unit: str) -> date:
    """`day` moved by whole units; the day of month is cut to the month's length."""
    if unit in ("month", "year", "decade", "century", "quarter"):
        months = (
            amount * {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
        )
        index = day.year * 12 + day.month - 1 + months
        year, month = index // 12, index % 12 + 1
        if not 1 <= year <= 9999:
            return date.max if months > 0 else date.min
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    return _shifted(day, amount * {"day": 1, "night": 1, "week": 7}.get(unit, 0))


def around(day: date, unit: str) -> Days:
    """The whole unit that `day` lies in: its week, month, quarter or year, or the day itself."""
    if unit == "week":
        return week_days(day)
    if unit == "month":
        return month_days(day.year, day.month)
    if unit == "quarter":
        return quarter_days(day.year, (day.month + 2) // 3)
    if unit == "year":
        return year_days(day.year)
    if unit == "decade":
        return decade_days(day.year // 10 * 10)
    return day, day
