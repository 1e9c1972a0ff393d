"""The parts of dates that a text spells out, each as a value that can be looked up.

A part is a pair: `("weekday", 0)` for Monday, `("month", 6)`, `("day", 605)` for 5 June,
`("year", 2016)`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

Part = tuple[str, int]

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_MONTH = (
    r"(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_ORDINAL = r"(\d{1,2})(?:st|nd|rd|th)?\b(?![:,]\d)"
_MONTH_DAY = re.compile(rf"\b{_MONTH}\s+(?:the\s+)?{_ORDINAL}")
_DAY_MONTH = re.compile(rf"\b{_ORDINAL}\s+(?:of\s+)?{_MONTH}")
_ALONE = re.compile(rf"\b{_MONTH}")
_WEEKDAY = re.compile(
    r"\b(Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Satur|Sat|Sun)(?:day)?s?\b(?=\W|$)"
)
_YEAR = re.compile(
    r"(?<![\d,.$£€#])\b((?:1[5-9]|20)\d\d)(?:[’']?s)?\b(?![,.]\d|\s*(?:people|mm|km))"
)
_NUMERIC = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b|\b(\d\d?)[./](\d\d?)[./](\d{4})\b")


def date_parts(text: str) -> set[Part]:
    """Every weekday, month, day of a month and year that `text` spells out."""
    parts: set[Part] = {("year", int(match.group(1))) for match in _YEAR.finditer(text)}
    parts |= {("weekday", _WEEKDAYS.index(m.group(1)[:3].lower())) for m in _WEEKDAY.finditer(text)}
    for match in _ALONE.finditer(text):
        if match.group(1) != "May" or _is_month_may(text, match.start()):
            parts.add(("month", _month(match.group(1))))
    parts |= {
        ("day", _month(m.group(1)) * 100 + int(m.group(2))) for m in _MONTH_DAY.finditer(text)
    }
    parts |= {
        ("day", _month(m.group(2)) * 100 + int(m.group(1))) for m in _DAY_MONTH.finditer(text)
    }
    for match in _NUMERIC.finditer(text):
        parts |= _numeric(match)
    return parts


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _is_month_may(text: str, start: int) -> bool:
    """ "May" the month follows a preposition or a day, or goes before a day."""
    before, after = text[max(0, start - 14) : start].lower(), text[start + 3 : start + 6]
    led = re.search(
        r"(?:\b(?:in|of|late|early|mid|since|until|by|last|this|on)|\d|mid-)\W?$", before
    )
    return bool(led) or bool(re.match(r"\.? \d", after))


def _numeric(match: re.Match[str]) -> set[Part]:
    year, month, day, first, second, last = match.groups()
    if year:
        return {("year", int(year)), ("month", int(month)), ("day", int(month) * 100 + int(day))}
    pairs = [(int(first), int(second)), (int(second), int(first))]
    parts: set[Part] = {("year", int(last))}
    for month_number, day_number in pairs:
        if month_number <= 12:
            parts |= {("month", month_number), ("day", month_number * 100 + day_number)}
    return parts


def parts_of(start: date | None, end: date | None) -> set[Part]:
    """The parts that stand fixed in a period: of a day all four, of a month month and year."""
    parts: set[Part] = set()
    ends = [day for day in (start, end) if day]
    if len({day.year for day in ends}) == 1:
        parts |= {("year", ends[0].year)}
    if len({(day.year, day.month) for day in ends}) == 1 or (ends and _is_open(start, end)):
        parts |= {("month", ends[0].month)}
    elif start and end and end - start <= timedelta(days=6):
        parts |= {("month", start.month), ("month", end.month)}
    if start and end and end - start <= timedelta(days=6):
        span = [start + timedelta(days=n) for n in range((end - start).days + 1)]
    else:
        span = [day for day in (start, end) if day and _is_open(start, end)]
    for day in span:
        parts |= {("day", day.month * 100 + day.day), ("weekday", day.weekday())}
    return parts


_CLOCK = re.compile(r"\d\s*(?:[ap]\.?m\b|gmt|utc|hours)|\d[:.]\d\d|\b(?:noon|midnight)\b", re.I)


def is_clock_time(surface: str) -> bool:
    """Whether a period is a time of day alone, which leaves the day open: "at 5:20 pm"."""
    return bool(_CLOCK.search(surface)) and not date_parts(surface)


def _is_open(start: date | None, end: date | None) -> bool:
    return start is None or end is None


def say(part: Part) -> str:
    """A part in words, for a reason: "June 5"."""
    kind, value = part
    if kind == "weekday":
        return date(2024, 1, 1 + value).strftime("%A")
    if kind == "month":
        return date(2024, value, 1).strftime("%B")
    if kind == "day":
        return f"{date(2024, value // 100, 1).strftime('%B')} {value % 100}"
    return str(value)
