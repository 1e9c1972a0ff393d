"""Time expressions in news text and the days they stand for, told from the publish date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from summarise.language import intervals
from summarise.language.date_words import YEAR, times_of_day
from summarise.language.intervals import safe_date, shift
from summarise.language.not_figures import is_count
from summarise.language.period_days import Days, Moment
from summarise.language.period_rules import RULES, Rule
from summarise.language.tense import Direction, direction, sentence_around
from summarise.records import Period


@dataclass(frozen=True, slots=True)
class FoundPeriod:
    """A period and where it stands: `text[start:end] == period.surface`.

    `granularity` is the unit named ("day", "month", "year", "time", ...), "open" for a stretch
    that still runs, "unknown" where no unit is named.
    """

    start: int
    end: int
    period: Period
    granularity: str


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    rule: Rule
    match: re.Match[str]


@dataclass(frozen=True, slots=True)
class _Dated:
    """A hit with its days, and the word in front that opens one side of them."""

    start: int
    end: int
    lead: str
    days: Days


_LEAD = re.compile(
    r"\b(?P<word>as\searly\sas|as\slate\sas|no\slater\sthan|as\sof|as\srecently\sas|since|from|until|till|through|by|before|prior\sto|after|"
    r"on|in|at|during|over|for|within|throughout|between|starting|beginning|ahead\sof)\s"
    r"(?:(?:at\sleast|about|around|early\son|early|late\son|late|the)\s)?$",
    re.IGNORECASE,
)
_OVERNIGHT_THING = re.compile(r"overnight\s[a-z]", re.IGNORECASE)
""" "After the overnight raid": the raid is dated, not what came after it."""
_OPEN_END = {"since", "from", "after", "as early as", "starting", "beginning"}
_OPEN_START = {
    "until",
    "till",
    "through",
    "by",
    "before",
    "prior to",
    "as late as",
    "no later than",
    "ahead of",
}
_JOIN = re.compile(r"\s?(?:to|and|until|till|through|[-–—])\s(?:the\s)?|\s?[-–—]\s?", re.IGNORECASE)
_OF_MATCH = re.compile(
    r"\bminutes?\b|\b(?:break|interval|half)\b|\b(?:stoppage|injury|added)\b", re.I
)
_NAMED_DAYS = frozenset(["weekday", "day and month", "month and day", "near day"])
_CLAUSE = re.compile(
    r"[,.;:!?—\"“”]|\b(?:that|which|who|will|would|to|said|says|after|before|until|since|when|but|if|while)\b"
)
_EDGE = re.compile(r"\b(?:end|start|beginning|close)\sof\b", re.IGNORECASE)
_SINCE = re.compile(r"\bsince\s[^,;.]{0,40}$", re.IGNORECASE)
_STATED_YEAR = re.compile(rf"(?<![\w$€£¥.,-]){YEAR}(?![\w%]|[,.]\d|-\w)")

# Words that are a month, a day or a season only by chance.
_NAME_MONTHS = re.compile(r"May|March|April|June|August")
_MAY_LEAD = re.compile(
    r"\b(?:in|since|until|till|by|from|during|early|mid|late|last|next|this|of|through|before|after|to|and|for|every|"
    r"each|or|between|the)[\s-]$|[(,]\s?$|\b(?:Jan|Feb|Mar|Apr|Jul|Oct)[a-z]*[-–]$",
    re.IGNORECASE,
)
_CAPITAL_BEFORE = re.compile(r"(?<![.!?]\s)\b(?:[A-Z][a-z]+|Mrs?\.?|Ms\.?|Dr\.?)\s$")
_TIME_WORD_BEFORE = re.compile(
    r"\b(?:In|On|Since|By|Until|From|During|Early|Mid|Late|Last|Next|This|After|Before|Through|Every|Between|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\s$"
)
_CAPITAL_AFTER = re.compile(r"\s(?!On\b|The\b|I\b|U\.?S)[A-Z][a-z]+")
_NAMED_DAY = re.compile(
    r"\b(?:Black|Cyber|Good|Super|Ash|Palm|Easter|Bloody|Holy|Maundy|Giving|Shrove)\s$"
)
_MEASURED = re.compile(
    r"\b(?:first|second|third|fourth|only|most|least|times?|\w{2,}est|rates?|growth)\b[^.,;]*$",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"\s(?:Times|Post|Telegraph|Herald|Mail|Mirror|Express|Night\sLive|Night\sFootball|Star)\b"
)


def find_periods(text: str, published: date | None, *, context: str = "") -> list[FoundPeriod]:
    """Every time expression of `text`, in order, none overlapping another.

    `published` is the article's date: without it relative expressions keep their words, and their
    days stay null. `context` is the text before, for "that day" and for a month's year.
    """
    return list(_periods_of(text, published, context))


@lru_cache(maxsize=2048)
def _periods_of(text: str, published: date | None, context: str) -> tuple[FoundPeriod, ...]:
    """Kept, because a check reads the same sentence for each of its claims."""
    anchor = _anchor_of(context, published) if context else None
    dated = _date_all(text, published, context, anchor)
    return tuple(_found(text, one) for one in _joined(text, dated))


@lru_cache(maxsize=256)
def _anchor_of(context: str, published: date | None) -> Days | None:
    """The days that were dated last in the text before."""
    days = [
        one.days
        for one in _date_all(context, published, "", None)
        if one.days[0] and (one.lead or one.days[2] != "year")
    ]
    if not days:
        return None
    start, end, unit = days[-1]
    return start, end, "day" if unit == "time" else unit


def _date_all(text: str, published: date | None, context: str, anchor: Days | None) -> list[_Dated]:
    dated: list[_Dated] = []
    hits = _hits(text)
    for place, hit in enumerate(hits):
        start, lead = _lead(text, hit)
        moment = Moment(
            published,
            _direction(text, hit, lead),
            _year_near(text, hit, context, published),
            anchor,
        )
        days = hit.rule.days(hit.match, moment)
        if days[2] == "time":
            days = (
                _day_of_sentence(text, hit, dated)
                or _day_after(text, hit, hits[place + 1 :], published)
                or _told_of(anchor, hit, days)
            )
        elif days[0] is not None and (lead or days[2] != "year"):
            # "The 1991 agreement" names a thing by its year, and dates nothing that follows.
            anchor = days
        dated.append(_Dated(start, hit.end, lead, days))
    return dated


def _hits(text: str) -> list[_Hit]:
    """Matches of all rules: the longest wins where two overlap."""
    clocks = set(times_of_day(text))
    hits = [
        _Hit(m.start(), m.end(), rule, m)
        for rule in RULES
        for m in rule.pattern.finditer(text)
        if _is_time(text, rule, m) and (rule.name != "clock" or _is_clock(m, clocks))
    ]
    hits.sort(key=lambda hit: (hit.start - hit.end, hit.start))
    kept: list[_Hit] = []
    for hit in hits:
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def _is_clock(m: re.Match[str], clocks: set[tuple[int, int]]) -> bool:
    return any(m.start() <= start and end <= m.end() for start, end in clocks)


def _is_time(text: str, rule: Rule, m: re.Match[str]) -> bool:
    """Whether a match is a time, and not a surname, a verb, a newspaper or a count."""
    before, after = text[max(0, m.start() - 20) : m.start()], text[m.end() : m.end() + 20]
    if rule.name == "year":
        return not is_count(text, m.start("year"), m.end("year"))
    if rule.name == "ahead":
        return _looks_ahead(text, m)
    if rule.name == "weekday":
        return not _NAMED_DAY.search(before) and not _PAPER.match(after)
    if (
        rule.name == "month"
        and _NAME_MONTHS.fullmatch(m["month"])
        and not m["part"]
        and not m["which"]
    ):
        return _is_named_month(m["month"], before, after)
    return True


def _looks_ahead(text: str, m: re.Match[str]) -> bool:
    """ "Will meet in two weeks" dates; "will meet for the first time in two years" measures."""
    first, _ = sentence_around(text, m.start(), m.end())
    if _MEASURED.search(text, first, m.start()):
        return False
    return direction(text, m.start(), m.end()) == "future"


def _is_named_month(month: str, before: str, after: str) -> bool:
    if _CAPITAL_BEFORE.search(before) and not _TIME_WORD_BEFORE.search(before):
        return False
    if month in ("April", "June", "August"):
        return not _CAPITAL_AFTER.match(after)
    return bool(_MAY_LEAD.search(before)) and not _CAPITAL_AFTER.match(after)


def _lead(text: str, hit: _Hit) -> tuple[int, str]:
    """Where the expression begins with its preposition, and which that is."""
    m = _LEAD.search(text, max(0, hit.start - 28), hit.start)
    owned = re.match(r"['’]s?\b", text[hit.end : hit.end + 2])
    night = hit.rule.name == "near day" and _OVERNIGHT_THING.match(text, hit.start)
    if m is None or owned or hit.rule.name == "recent" or (night and m[0].endswith("the ")):
        return hit.start, ""
    word = re.sub(r"\s+", " ", m["word"].lower())
    if word == "from" and hit.rule.name in ("beside the day", "ago"):
        # "Up from a year earlier": what is compared, and not where the claim begins.
        return hit.start, ""
    ranged = word == "from" and hit.match.groupdict().get("last")
    return m.start(), "between" if ranged else word


def _direction(text: str, hit: _Hit, lead: str) -> Direction:
    if lead in ("since", "as early as"):
        return "past"
    cue = direction(text, hit.start, hit.end)
    if lead in ("by", "before", "no later than") and cue == "none":
        return "future"
    if lead == "through" and cue == "none":
        return "future"
    if lead in ("until", "till") and not re.search(
        r"\b(?:was|were|had)\b", text[max(0, hit.start - 60) : hit.start]
    ):
        return "future"
    return cue


def _told_of(anchor: Days | None, hit: _Hit, days: Days) -> Days:
    """A clock time belongs to the day told of, where that is one of the last before publication."""
    told = hit.rule.name == "clock" or _OF_MATCH.search(hit.match[0])
    if not told or anchor is None or anchor[2] != "day":
        return days
    start, published = anchor[0], days[0]
    if start is None or published is None or not 0 <= (published - start).days <= 2:
        return days
    return start, anchor[1], "time"


def _year_near(text: str, hit: _Hit, context: str, published: date | None) -> int | None:
    """The year stated before in the sentence; without a publish date, the nearest stated at all."""
    if published is not None:
        first, _ = sentence_around(text, hit.start, hit.end)
        # A year of the past that the sentence tells of, but not one that it only counts from.
        same = [
            year
            for at, year in _years(text, first, hit.start)
            if not _SINCE.search(text, first, at)
        ]
        return same[-1] if same and same[-1] < published.year - 1 else None
    before = [year for _, year in _years(text, 0, hit.start)]
    after = [year for _, year in _years(text, hit.end, len(text))]
    around = [year for _, year in _years(context, 0, len(context))]
    stated = before[-1:] or after[:1] or around[-1:]
    return stated[0] if stated else None


def _years(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """(offset, year) of each year stated between two offsets."""
    return [
        (m.start(), int(m[0]))
        for m in _STATED_YEAR.finditer(text, start, end)
        if not is_count(text, *m.span())
    ]


def _day_of_sentence(text: str, hit: _Hit, dated: list[_Dated]) -> Days | None:
    """The day that the sentence named before a time of day: "on Friday at 5 p.m."."""
    first, _ = sentence_around(text, hit.start, hit.end)
    days = [one.days for one in dated if one.start >= first and one.days[2] == "day"]
    return (days[-1][0], days[-1][1], "time") if days and days[-1][0] else None


def _day_after(
    text: str, hit: _Hit, following: Sequence[_Hit], published: date | None
) -> Days | None:
    """The day that the same clause names later: "in the 34th minute of the final on Sunday"."""
    for other in following:
        if other.rule.name in _NAMED_DAYS and not _CLAUSE.search(text, hit.end, other.start):
            moment = Moment(published, direction(text, other.start, other.end), None, None)
            days = other.rule.days(other.match, moment)
            return (*days[:2], "time") if days[0] is not None else None
    return None


def _joined(text: str, dated: list[_Dated]) -> list[_Dated]:
    """ "from X to Y" and "between X and Y" as one period."""
    joined: list[_Dated] = []
    for one in dated:
        last = joined[-1] if joined else None
        if last and _is_same_hour(text, last, one):
            joined[-1] = replace(last, end=one.end)
        elif last and _is_hour_of(text, last, one):
            day = one if last.days[2] == "time" else last
            joined[-1] = _Dated(last.start, one.end, last.lead, day.days)
        elif last and last.lead in ("from", "between") and _joins(text, last, one):
            days = (_before(last.days[0], one.days[1]), one.days[1], last.days[2])
            joined[-1] = _Dated(last.start, one.end, "between", days)
        elif last and _is_next(text, last, one):
            joined[-1] = replace(last, end=one.end, days=(last.days[0], *one.days[1:]))
        elif last and _is_said_again(text, last, one):
            joined[-1] = _Dated(last.start, one.end, "", one.days)
        else:
            joined.append(one)
    return joined


def _joins(text: str, last: _Dated, one: _Dated) -> bool:
    gap = text[last.end : one.start]
    return bool(_JOIN.fullmatch(gap)) or (one.lead in ("until", "till", "through") and gap == " ")


def _is_next(text: str, last: _Dated, one: _Dated) -> bool:
    """ "On Saturday and Sunday", "the July-September quarter": days or months in a row."""
    if {last.days[2], one.days[2]} not in ({"day"}, {"month"}) or one.lead:
        return False
    if last.lead not in ("", "on", "in", "during", "over"):
        return False
    start, end = last.days[1], one.days[0]
    if start is None or end is None or text[one.end : one.end + 1] in ("'", "’"):
        return False
    gap = text[last.end : one.start]
    if gap == " and ":
        return intervals.shift(start, 1, "day") == end
    return gap in ("-", "–") and one.days[2] == "month" and start < end


def _is_said_again(text: str, last: _Dated, one: _Dated) -> bool:
    """ "A week earlier, on February 28": the second tells which day the first is."""
    gap = text[last.end : one.start]
    named = one.days[0] is not None and one.days[2] == "day" and one.lead in ("", "on")
    return named and last.days[:2] == (None, None) and gap == ", " and last.days[2] != "unknown"


def _is_hour_of(text: str, one: _Dated, other: _Dated) -> bool:
    """ "At 5 p.m. on Monday", "on Monday at 5 p.m."."""
    if {one.days[2], other.days[2]} != {"time", "day"} or other.lead not in ("", "on", "at"):
        return False
    return re.fullmatch(r",?\s\(?|\)\s", text[one.end : other.start]) is not None


def _is_same_hour(text: str, last: _Dated, one: _Dated) -> bool:
    """ "At midnight (2200 GMT)"."""
    clocks = last.days[2] == one.days[2] == "time"
    return clocks and not one.lead and text[last.end : one.start] == " ("


def _before(start: date | None, end: date | None) -> date | None:
    """The start, in the year of the end where it would lie after it: "May 2 to May 9, 2021"."""
    if start is None or end is None or start <= end:
        return start
    moved = safe_date(end.year, start.month, start.day)
    return moved if moved and moved <= end else None


def _found(text: str, one: _Dated) -> FoundPeriod:
    start, end, granularity = one.days
    if one.lead in _OPEN_END and start is not None:
        end = None
    elif one.lead in _OPEN_START and end is not None:
        exclusive = one.lead in ("before", "prior to", "ahead of") and not _EDGE.search(
            text, one.start, one.end
        )
        end = shift(start or end, -1, "day") if exclusive else end
        start = None
    period = Period(surface=text[one.start : one.end], start=start, end=end)
    return FoundPeriod(one.start, one.end, period, granularity)
