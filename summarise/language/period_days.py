"""What days a time expression stands for: one resolver a kind of expression.

A resolver takes the named groups of a match and a `Moment` (the publish date, what was dated
before, the tense) and gives (first day, last day, granularity); None for a day that cannot be
worked out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from summarise.language import intervals
from summarise.language.date_words import MONTH_NUMBER, WEEKDAY_NUMBER
from summarise.language.number_words import read_number
from summarise.language.tense import Direction
from summarise.language.word_lists import words

Days = tuple[date | None, date | None, str]
Groups = Mapping[str, str]
"""The named groups of a match; "" for one that took no part, "all" for the whole."""

_UNKNOWN: tuple[None, None] = (None, None)
_STEPS = {"last": -1, "next": 1}
_PARTS = {
    "the end of": "late", "the start of": "early", "the beginning of": "early",
    "the middle of": "mid",
}  # fmt: skip
ORDINALS = {
    word: n
    for n, word in enumerate(
        words("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"),
        start=1,
    )
}


@dataclass(frozen=True, slots=True)
class Moment:
    """What a resolver may lean on.

    `year` is a year stated near by; `anchor` the last days that were worked out before.
    """

    published: date | None
    direction: Direction
    year: int | None
    anchor: Days | None


Resolver = Callable[[Groups, Moment], Days]


def _part(m: Groups) -> str:
    word = m.get("part", "").lower()
    return _PARTS.get(word, word.removesuffix(" in"))


def _month(name: str) -> int:
    key = name.lower().rstrip(".")
    return MONTH_NUMBER.get(key) or MONTH_NUMBER[key[:3]]


def _count(words: str) -> int:
    """The number that `words` spell; an article is one."""
    number = read_number(words, 0)
    return int(number.low) if number is not None else 1


def _base_unit(m: Groups) -> str:
    unit = str(m["unit"]).lower()
    return "century" if unit.startswith("centur") else unit


# --- absolute dates ----------------------------------------------------------------------------


def calendar_date(m: Groups, moment: Moment) -> Days:
    month, day = _month(m["month"]), int(m["day"])
    year = int(m["year"]) if m["year"] else _other_year(m, moment) or _year_for(month, day, moment)
    start = intervals.safe_date(year, month, day) if year else None
    last = m.get("last")
    end = intervals.safe_date(year, month, int(last)) if year and last else start
    return (start, end, "day") if start and end else (None, None, "day")


def _other_year(m: Groups, moment: Moment) -> int | None:
    """The year that "last year" behind a month stands for."""
    if not m.get("of") or moment.published is None:
        return None
    return moment.published.year + _STEPS.get(m["of"].lower().split()[0], 0)


def _year_for(month: int, day: int, moment: Moment) -> int | None:
    """The year that a date without one falls in, by the tense and the publish date."""
    if moment.year is not None:
        return moment.year
    if moment.published is None:
        return None
    years = (moment.published.year + shift for shift in (-1, 0, 1))
    days = [d for y in years if (d := intervals.safe_date(y, month, day))]
    past = [d for d in days if d <= moment.published]
    ahead = [d for d in days if d >= moment.published]
    if moment.direction == "future" and ahead:
        return ahead[0].year
    published = moment.published
    if moment.direction == "past" and past and not _is_nearly_due(past, ahead, published):
        return past[-1].year
    return min(days, key=lambda d: abs((d - published).days)).year if days else None


def _is_nearly_due(past: list[date], ahead: list[date], published: date) -> bool:
    """Whether a day lies near ahead and was last most of a year ago: the article looks ahead."""
    near = ahead and (ahead[0] - published).days <= 31
    return bool(near and (published - past[-1]).days >= 300)


def numeric(m: Groups, _: Moment) -> Days:
    if m["iso"]:
        day = intervals.safe_date(int(m["y"]), int(m["m"]), int(m["d"]))
        return day, day, "day"
    first, second, year = int(m["a"]), int(m["b"]), int(m["yy"])
    # 3/4/2024 is March or April by the writer's country: not decided.
    if first <= 12 and second <= 12 and first != second:
        return None, None, "day"
    day = intervals.safe_date(year, *((second, first) if first > 12 else (first, second)))
    return day, day, "day"


def month_of_year(m: Groups, _: Moment) -> Days:
    return *intervals.month_days(int(m["year"]), _month(m["month"]), _part(m)), "month"


def bare_month(m: Groups, moment: Moment) -> Days:
    month = _month(m["month"])
    year = _other_year(m, moment) or _month_year(month, m["which"].lower(), moment)
    if year is None:
        return *_UNKNOWN, "month"
    return *intervals.month_days(year, month, _part(m)), "month"


def _month_year(month: int, which: str, moment: Moment) -> int | None:
    if moment.published is None or (moment.year is not None and not which):
        return moment.year
    now = moment.published
    if which in ("last", "this past"):
        return now.year if month < now.month else now.year - 1
    if which == "next":
        return now.year if month > now.month else now.year + 1
    if which == "this":
        return now.year
    if moment.direction == "future":
        return now.year if month >= now.month else now.year + 1
    return now.year if month <= now.month else now.year - 1


def year(m: Groups, _: Moment) -> Days:
    return *intervals.year_days(int(m["year"]), _part(m)), "year"


def short_year(m: Groups, moment: Moment) -> Days:
    """ "since '82": the last year with these digits."""
    now = moment.published.year if moment.published else 2000
    year = now // 100 * 100 + int(m["digits"])
    return *intervals.year_days(year if year <= now + 5 else year - 100), "year"


def years(m: Groups, _: Moment) -> Days:
    first, last = int(m["year"]), int(m["last"])
    last = last if last > 99 else first // 100 * 100 + last
    if last < first:
        return *intervals.year_days(first), "year"
    return date(first, 1, 1), date(last, 12, 31), "year"


def decade(m: Groups, moment: Moment) -> Days:
    if m["short"]:
        now = moment.published.year if moment.published else 2000
        century = now // 100 * 100
        first = century + int(m["short"])
        first = first if first <= now else first - 100
    else:
        first = int(m["decade"])
    return *intervals.decade_days(first, _part(m)), "decade"


def _season_year(season: str, which: str, moment: Moment) -> int | None:
    """The year in which the season begins: "last", "this", "next", or by the tense."""
    now, start = moment.published, intervals.SEASON_MONTHS[season]
    if now is None:
        return moment.year
    ahead = start > now.month
    if which == "next" or (which == "the" and moment.direction == "future"):
        return now.year if ahead else now.year + 1
    if which == "this":
        return now.year
    over = intervals.season_days(now.year, season)[1] < now
    return now.year if over or (which == "the" and not ahead) else now.year - 1


def season(m: Groups, moment: Moment) -> Days:
    season, which = m["season"].lower(), m["which"].lower()
    if m["year"]:
        year: int | None = int(m["year"])
    else:
        year = _season_year(season, which, moment)
    return (*intervals.season_days(year, season), "season") if year else (*_UNKNOWN, "season")


def quarter(m: Groups, moment: Moment) -> Days:
    now, which = moment.published, m["which"].lower().lstrip("q")
    year = _stated_year(m, moment)
    if which in ("last", "latest", "previous", "past", "this", "current", "next"):
        if now is None:
            return *_UNKNOWN, "quarter"
        step = {"this": 0, "current": 0, "next": 1}.get(which, -1)
        return *intervals.around(intervals.shift(now, 3 * step, "month"), "quarter"), "quarter"
    number = int(which) if which.isdigit() else ORDINALS[which]
    if year is None and now is not None:
        # The last one that had ended: a quarter is reported on after it.
        over = intervals.quarter_days(now.year, number)[1] < now
        ahead = moment.direction == "future"
        year = now.year + over if ahead else now.year - (not over)
    return (*intervals.quarter_days(year, number), "quarter") if year else (*_UNKNOWN, "quarter")


def months_ended(m: Groups, moment: Moment) -> Days:
    """ "The quarter that ended June 30": from the first day of its first month to the day named.

    "The three months to March", "the year to the end of June" end with the month.
    """
    _, end, _ = calendar_date(m, moment) if m["day"] else bare_month(m, moment)
    if end is None:
        return *_UNKNOWN, "quarter"
    words = m["unit"].lower().split()[0]
    months = {"quarter": 3, "three": 3, "3": 3, "six": 6, "6": 6, "nine": 9, "9": 9}.get(words, 12)
    last = end.replace(day=1)
    return intervals.shift(last, 1 - months, "month"), end, "quarter"


def part_of_month(m: Groups, moment: Moment) -> Days:
    """ "The first 10 days of May", "the last two weeks of June"."""
    year = int(m["year"]) if m["year"] else _month_year(_month(m["month"]), "", moment)
    if year is None:
        return *_UNKNOWN, "day"
    first, last = intervals.month_days(year, _month(m["month"]))
    days = min(_count(m["n"]) * (7 if m["unit"].lower() == "week" else 1), last.day)
    if m["edge"].lower() == "first":
        return first, intervals.shift(first, days - 1, "day"), "days"
    return intervals.shift(last, 1 - days, "day"), last, "days"


def months_of_year(m: Groups, moment: Moment) -> Days:
    """ "The first nine months of 2022", "the last three months of the year"."""
    year, months = _stated_year(m, moment), min(_count(m["n"]), 12)
    if year is None:
        return *_UNKNOWN, "month"
    first, last = intervals.year_days(year)
    if m["edge"].lower() == "first":
        return first, intervals.month_days(year, months)[1], "months"
    return date(year, 13 - months, 1), last, "months"


def so_far(m: Groups, moment: Moment) -> Days:
    """ "So far": up to the publish date; "so far this year": from the first day of the year."""
    now, unit = moment.published, m.get("unit", "").lower()
    start = intervals.around(now, unit)[0] if now and unit else None
    return start, now, "open"


def from_today(_: Groups, moment: Moment) -> Days:
    return moment.published, None, "open"


def half(m: Groups, moment: Moment) -> Days:
    year = _stated_year(m, moment)
    if year is None:
        return *_UNKNOWN, "unknown"
    return *intervals.half_days(year, 1 if m["half"].lower() == "first" else 2), "half"


def _stated_year(m: Groups, moment: Moment) -> int | None:
    if m["year"]:
        return int(m["year"])
    if m["of"] and moment.published:
        word = m["of"].lower().split()[0]
        return moment.published.year + _STEPS.get(word, 0)
    return moment.year


# --- relative to the publish date --------------------------------------------------------------


def weekday(m: Groups, moment: Moment) -> Days:
    now = moment.published
    if now is None:
        return *_UNKNOWN, "day"
    back = (now.weekday() - WEEKDAY_NUMBER[m["weekday"].lower().rstrip(".")]) % 7
    which = m["which"].lower()
    if which in ("last", "the previous"):
        days = -(back or 7)
    elif which == "next" or (which in ("this", "coming", "this coming", "the following") and back):
        days = 7 - back
    elif which == "this past":
        days = -back
    else:
        days = 7 - back if moment.direction == "future" and back else -back
    day = intervals.shift(now, days, "day")
    return day, day, "day"


def night_of(m: Groups, moment: Moment) -> Days:
    """ "Overnight Saturday": to the next day; "overnight into Sunday": from the day before."""
    day, _, _ = weekday({**m, "which": ""}, moment)
    if day is None:
        return *_UNKNOWN, "day"
    step = -1 if m["to"] else 1
    other = intervals.shift(day, step, "day")
    return min(day, other), max(day, other), "day"


def day_of_month(m: Groups, moment: Moment) -> Days:
    """ "The 20th of this month", "on the 11th": in the publish date's month, or the one before."""
    now, number = moment.published, int(m["day"])
    if now is None:
        return *_UNKNOWN, "day"
    step = _STEPS.get(m["which"].lower(), 0)
    if not m["which"]:
        step = int(number < now.day) if moment.direction == "future" else -int(number > now.day)
    month = intervals.shift(now.replace(day=1), step, "month")
    day = intervals.safe_date(month.year, month.month, number)
    return day, day, "day"


def week_of(m: Groups, moment: Moment) -> Days:
    """ "The week of March 7": Monday to Sunday around it; "beginning", "ending": seven days."""
    day, _, _ = calendar_date(m, moment)
    if day is None:
        return *_UNKNOWN, "week"
    how = m["how"].lower()
    if how == "of":
        return *intervals.week_days(day), "week"
    if how in ("ending", "ended", "to"):
        return intervals.shift(day, -6, "day"), day, "week"
    return day, intervals.shift(day, 6, "day"), "week"


def century(m: Groups, _: Moment) -> Days:
    word = m["which"].lower()
    number = ORDINALS.get(word) or int(re.sub(r"\D", "", word))
    if not 1 <= number <= 21:
        return *_UNKNOWN, "century"
    return date(100 * number - 99, 1, 1), date(100 * number, 12, 31), "century"


_NEAR_DAYS = {"yesterday": -1, "tomorrow": 1, "last night": -1}


def near_day(m: Groups, moment: Moment) -> Days:
    if moment.published is None:
        return *_UNKNOWN, "day"
    words = m["near"].lower()
    step = _NEAR_DAYS.get(words.split(" ")[0], _NEAR_DAYS.get(words, 0))
    if "before yesterday" in words or "after tomorrow" in words:
        step = -2 if "yesterday" in words else 2
    day = intervals.shift(moment.published, step, "day")
    if words.startswith("overnight"):
        return intervals.shift(day, -1, "day"), day, "day"
    return day, day, "day"


def relative_unit(m: Groups, moment: Moment) -> Days:
    """ "last week", "earlier this month", "the end of the year"."""
    unit, which = m["unit"].lower(), m["which"].lower()
    now = moment.published
    if which in ("the same", "that"):
        return _same(unit, moment)
    if now is None:
        return *_UNKNOWN, unit
    step = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1, "following": 1}.get(
        which.removeprefix("the ").removeprefix("this "), 0
    )
    if unit == "weekend":
        return *_weekend(now, step, which, moment.direction), "weekend"
    start, end = intervals.around(intervals.shift(now, step, unit), unit)
    return _cut(m, start, end, now, unit)


def _cut(m: Groups, start: date, end: date, now: date, unit: str) -> Days:
    """The early or late part of a unit, where one is named."""
    part = _part(m)
    if part in ("earlier", "later"):
        return (start, min(now, end), unit) if part == "earlier" else (max(now, start), end, unit)
    if part in ("early", "mid", "late") and unit == "month":
        return *intervals.month_days(start.year, start.month, part), unit
    if part in ("early", "mid", "late") and unit == "year":
        return *intervals.year_days(start.year, part), unit
    return start, end, unit


def _weekend(now: date, step: int, which: str, direction: Direction) -> tuple[date, date]:
    if which == "the" and now.weekday() < 5 and direction != "future":
        step = -1
    if which in ("last", "this past") and now.weekday() >= 5:
        step = -1
    return intervals.weekend_days(intervals.shift(now, step, "week"))


def edge_of_unit(m: Groups, moment: Moment) -> Days:
    """ "the end of the month": its last day; "the start of the year": its first."""
    now, unit = moment.published, m["unit"].lower()
    if now is None:
        return *_UNKNOWN, unit
    step = _STEPS.get(m["which"].lower(), 0)
    if unit == "day":
        return now, now, "day"
    start, end = intervals.around(intervals.shift(now, step, unit), unit)
    edge = end if m["edge"].lower() in ("end", "close") else start
    return edge, edge, "day"


_HALVES = {"century": (50, "year"), "decade": (5, "year"), "year": (6, "month")}


def ago(m: Groups, moment: Moment) -> Days:
    unit = _base_unit(m)
    if moment.published is None or m.get("vague"):
        return *_UNKNOWN, "unknown" if m.get("vague") else unit
    if m["half"]:
        amount, unit = _HALVES.get(unit, (0, "day"))
    else:
        amount = _count(m["n"])
    day = intervals.shift(moment.published, -amount, unit)
    return day, day, "day"


def from_now(m: Groups, moment: Moment) -> Days:
    if moment.published is None or m.get("vague"):
        return *_UNKNOWN, "unknown"
    day = intervals.shift(moment.published, _count(m["n"]), _base_unit(m))
    return day, day, "day"


def ahead(m: Groups, moment: Moment) -> Days:
    """ "Will vote in two weeks": the day so far ahead; "within two weeks": all days up to it."""
    now, unit = moment.published, _base_unit(m)
    if now is None:
        return *_UNKNOWN, unit
    day = intervals.shift(now, _count(m["n"]), unit)
    return (now if m["how"].lower() == "within" else day), day, "day"


def past_span(m: Groups, moment: Moment) -> Days:
    """ "over the past three days": from three days before the publish date up to it."""
    now, unit = moment.published, _base_unit(m)
    if now is None:
        return *_UNKNOWN, unit
    if m.get("vague"):
        return None, now, unit
    if unit in ("hour", "minute"):
        return (
            intervals.shift(
                now, -(_count(m.get("n") or "one") // 24) if unit == "hour" else 0, "day"
            ),
            now,
            "day",
        )
    return intervals.shift(now, -_count(m.get("n") or "one"), unit), now, unit


def coming_span(m: Groups, moment: Moment) -> Days:
    now, unit = moment.published, _base_unit(m)
    if now is None:
        return *_UNKNOWN, unit
    if m.get("vague"):
        return now, None, unit
    amount = _count(m.get("n") or "one")
    if unit == "hour":
        return now, intervals.shift(now, -(-amount // 24), "day"), "day"
    return now, intervals.shift(now, amount, unit), unit


def running(m: Groups, moment: Moment) -> Days:
    """ "for a third day": the publish day is the third."""
    now, unit = moment.published, _base_unit(m)
    if now is None:
        return *_UNKNOWN, unit
    word = m["ord"].lower()
    number = ORDINALS.get(word) or int(re.sub(r"\D", "", word))
    if unit in ("day", "night"):
        return intervals.shift(now, 1 - number, "day"), now, "day"
    first = intervals.around(intervals.shift(now, 1 - number, unit), unit)[0]
    return first, now, unit


def for_now(m: Groups, moment: Moment) -> Days:
    """ "for more than a week now": since then, and still."""
    if moment.published is None:
        return *_UNKNOWN, "open"
    return intervals.shift(moment.published, -_count(m["n"]), _base_unit(m)), None, "open"


def _same(unit: str, moment: Moment) -> Days:
    anchor = moment.anchor
    if anchor is None or anchor[0] is None:
        return *_UNKNOWN, unit
    if unit == "time":
        return anchor
    return *intervals.around(anchor[0], unit), unit


def soon_after(_: Groups, moment: Moment) -> Days:
    """ "Minutes later": on the day that was told of, where one was."""
    anchor = moment.anchor
    return anchor if anchor is not None and anchor[2] in ("day", "time") else (*_UNKNOWN, "unknown")


def anaphor(m: Groups, moment: Moment) -> Days:
    return _same((m.get("unit") or "time").lower(), moment)


def next_to_anchor(m: Groups, moment: Moment) -> Days:
    """ "the following day", "a day earlier", "two weeks later", told from the last day dated."""
    anchor = moment.anchor
    unit = _base_unit(m)
    if anchor is None or anchor[0] is None:
        return *_UNKNOWN, unit
    back = re.search(r"earlier|before|previous", m["all"], re.IGNORECASE) is not None
    amount = _count(m["n"]) if m.get("n") else 1
    if anchor[2] in ("month", "months", "quarter", "half", "year") and unit in ("month", "year"):
        return _moved(anchor, -amount if back else amount, unit)
    if anchor[2] != "day":
        return *_UNKNOWN, unit
    day = intervals.shift(anchor[0], -amount if back else amount, unit)
    return day, day, "day"


def _moved(anchor: Days, amount: int, unit: str) -> Days:
    """A quarter, a month or a year, and the same one a year (or a month) before or after."""
    start, end, kind = anchor
    if start is None or end is None:
        return *_UNKNOWN, unit
    first, last = intervals.shift(start, amount, unit), intervals.shift(end, amount, unit)
    if end == intervals.month_days(end.year, end.month)[1]:
        last = intervals.month_days(last.year, last.month)[1]
    return first, last, kind


def publish_day(_: Groups, moment: Moment) -> Days:
    return moment.published, moment.published, "time"


def vague(_: Groups, __: Moment) -> Days:
    return *_UNKNOWN, "unknown"


FEASTS = {
    "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25),
    "boxing day": (12, 26), "new year's eve": (12, 31), "new year's day": (1, 1),
    "valentine's day": (2, 14), "halloween": (10, 31), "fourth of july": (7, 4),
    "may day": (5, 1), "bastille day": (7, 14),
}  # fmt: skip


def feast(m: Groups, moment: Moment) -> Days:
    month, day = FEASTS[m["feast"].lower().replace("’", "'")]
    year = int(m["year"]) if m["year"] else _year_for(month, day, moment)
    found = intervals.safe_date(year, month, day) if year else None
    return found, found, "day"
