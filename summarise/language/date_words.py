"""Names of months and days, and patterns of absolute dates and times of day."""

from __future__ import annotations

import re

from summarise.language.word_lists import words

MONTHS = words(
    "january february march april may june july august september october november december"
)
WEEKDAYS = words("monday tuesday wednesday thursday friday saturday sunday")
MONTH_NUMBER = {name: n for n, name in enumerate(MONTHS, start=1)} | {
    name[:3]: n for n, name in enumerate(MONTHS, start=1)
} | {"sept": 9}  # fmt: skip
WEEKDAY_NUMBER = {name: n for n, name in enumerate(WEEKDAYS)} | {
    short: n
    for n, names in enumerate(
        ("mon", "tue tues", "wed weds", "thu thur thurs", "fri", "sat", "sun")
    )
    for short in names.split()
}

# Capitalised or all capitals only: "march" and "may" are a verb each.
_FULL_MONTHS = "|".join(f"{m.title()}|{m.upper()}" for m in MONTHS)
_SHORT_MONTHS = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
MONTH = rf"(?:(?:{_FULL_MONTHS})\b|{_SHORT_MONTHS})"
FULL_MONTH = rf"(?:(?:{_FULL_MONTHS})\b|(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\b\.)"
WEEKDAY = "(?:" + "|".join(f"{d.title()}|{d.upper()}" for d in WEEKDAYS) + r")\b"
SHORT_WEEKDAY = r"(?:Mon|Tues?|Weds?|Thurs?|Thu|Fri|Sat|Sun)\b\.?"
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
ORDINAL_DAY = rf"{DAY}(?:st|nd|rd|th)?"
YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_DAY_FIRST = rf"(?:the\s)?{ORDINAL_DAY}(?:\sof)?\s{MONTH}(?:,?\s{YEAR})?\b"
_MONTH_FIRST = rf"{MONTH}\s(?:the\s)?{ORDINAL_DAY}(?![\d:.]\d|\w)(?:,?\s{YEAR}\b)?"
_NUMERIC = r"\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})|\d{1,2}\.\d{1,2}\.\d{4})\b"
DECADE = r"(?:\b(?:1[5-9]|20)\d0['’]?s\b|['’‘]\d0s\b)"
ZONE = r"(?:GMT|UTC|Z|[ECMP][SD]?T|BST|CET|CEST|EET|MSK|IST|JST|AEST|local\stime|hours)"
CLOCK = (
    rf"(?:(?:[01]?\d|2[0-4])[:.][0-5]\d(?::[0-5]\d)?(?:\s?[ap]\.?m\b\.?)?(?:\s\(?{ZONE}\b\)?)?"
    rf"|\d{{1,2}}\s?[ap]\.?m\b\.?(?:\s\(?{ZONE}\b\)?)?"
    rf"|(?:[01]\d|2[0-4])[0-5]\d\s\(?{ZONE}\b\)?"
    r"|(?:\d{1,2}|[a-z]+)\so[’']clock)"
)
# With a full stop for the colon only where "a.m." or a zone makes it a time: 6.30 is a number.
_POINT_CLOCK = re.compile(rf"\d{{1,2}}\.\d\d(?!\s?[ap]\.?m\b|\s\(?{ZONE}\b)")

ABSOLUTE_DATE = re.compile(
    rf"{_NUMERIC}|(?<![\w.,$€£]){_DAY_FIRST}|\b{_MONTH_FIRST}|\b{MONTH},?\s{YEAR}\b|{DECADE}"
)
TIME_OF_DAY = re.compile(rf"(?<![\w.,$€£:]){CLOCK}(?!\d)", re.IGNORECASE)


def times_of_day(text: str) -> list[tuple[int, int]]:
    """Where clock times stand: "0800 UTC", "5 p.m.", "16:08"."""
    return [
        m.span() for m in TIME_OF_DAY.finditer(text) if not _POINT_CLOCK.fullmatch(m[0].strip())
    ]
