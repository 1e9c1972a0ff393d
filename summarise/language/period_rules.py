"""The time expressions of English news: a table of patterns, each with its resolver."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarise.language import period_days as days
from summarise.language.date_words import (
    CLOCK,
    DAY,
    FULL_MONTH,
    MONTH,
    SHORT_WEEKDAY,
    WEEKDAY,
    YEAR,
)
from summarise.language.period_days import FEASTS, ORDINALS, Days, Groups, Moment, Resolver


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of time expression: how it is written and what days it stands for."""

    name: str
    pattern: re.Pattern[str]
    resolve: Resolver

    def days(self, m: re.Match[str], moment: Moment) -> Days:
        return self.resolve(_groups(m), moment)


def _groups(m: re.Match[str]) -> Groups:
    """Alternatives of one pattern name their groups "unit", "unit2": they are one here."""
    merged: dict[str, str] = {"all": m[0]}
    for name, value in m.groupdict().items():
        key = name.rstrip("0123456789")
        merged[key] = merged.get(key) or re.sub(r"\s+", " ", value or "").strip()
    return merged


def _rule(name: str, resolve: Resolver, *alternatives: str) -> Rule:
    """A rule whose words may be written in any case."""
    return Rule(name, re.compile("|".join(alternatives), re.IGNORECASE), resolve)


def _cased(name: str, resolve: Resolver, *alternatives: str) -> Rule:
    """A rule whose names of months and days need their capital."""
    return Rule(name, re.compile("|".join(alternatives)), resolve)


_PART = (
    r"(?i:(?P<part>early|mid|late|the\send\sof|the\sstart\sof|the\sbeginning\sof|the\smiddle\sof)"
    r"[\s-](?:in\s)?)"
)
_N = (
    r"(?:\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|"
    r"fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|ninety|"
    r"hundred)(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine|dozen|hundred))?"
)
_SOME = r"(?:several|few|a\sfew|couple\sof|a\scouple\sof|many|some)"
_UNIT = r"(?P<unit>hour|minute|day|night|week|month|quarter|year|decade|centur(?:y|ie))s?"
_WHOLE = r"day|week|month|year|decade"
_ORD = rf"(?:{'|'.join(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))"
_ROUGH = (
    r"(?:(?:more\sthan|over|about|around|nearly|almost|at\sleast|just|some|roughly|"
    r"approximately|only|less\sthan)\s)?"
)
_DAY_PART = r"(?:\s(?:morning|afternoon|evening|night|noon|lunchtime|midday|dawn))?"
_DAYS = (
    rf"(?P<day>{DAY})(?:st|nd|rd|th)?"
    rf"(?:(?:\s?[-–]\s?|\s(?:to|until|through)\s)(?P<last>{DAY})(?:st|nd|rd|th)?)?"
)
_WD = rf"(?:(?:{WEEKDAY}|{SHORT_WEEKDAY})(?:{_DAY_PART}),?[^\S\n](?:the\s)?)?"
_SEASON = "spring|summer|autumn|fall|winter"
_FEAST_NAMES = "|".join(
    name.replace("'", "['’]").replace(" ", r"\s") for name in sorted(FEASTS, key=len, reverse=True)
)
_OF_YEAR = rf"(?:\s(?:of\s|in\s)?(?:(?P<year>{YEAR})|(?P<of>(?:last|this|next|the)\syear)))?"
_OTHER_YEAR = r"(?:\s(?i:of\s)?(?P<of>(?i:last|this|next)\syear))"
_NOT_IN_NUMBER = r"(?<![\w$€£¥.,-])"
_LAST = r"last|this\spast|this|next|the\s(?:previous|coming|following|current|same)|that"
_STOPS = r"(?=[,.]|\s*$)"

RULES: tuple[Rule, ...] = (
    _cased(
        "day and month",
        days.calendar_date,
        rf"\b{_WD}(?<![\d.,$€£]){_DAYS}(?:\sof)?\s(?P<month>{MONTH})"
        rf"(?:,?\s(?P<year>{YEAR})\b|{_OTHER_YEAR}\b)?",
    ),
    _cased(
        "month and day",
        days.calendar_date,
        rf"\b{_WD}(?P<month>{MONTH})\s(?:the\s)?{_DAYS}(?![\d:%]|,\d|\.\d)"
        rf"(?:,?\s(?P<year>{YEAR})\b|{_OTHER_YEAR}\b)?",
    ),
    _cased(
        "between days",
        days.calendar_date,
        rf"\b(?i:between)\s(?P<month>{MONTH})\s(?P<day>{DAY})\sand\s(?P<last>{DAY})(?![\d:%.,]\d|\d)"
        rf"(?:,?\s(?P<year>{YEAR})\b)?",
        rf"\b(?i:between)\s(?:the\s)?(?P<day2>{DAY})\sand\s(?P<last2>{DAY})\s(?P<month2>{MONTH})"
        rf"(?:,?\s(?P<year2>{YEAR})\b)?",
    ),
    _cased(
        "numeric date",
        days.numeric,
        r"\b(?:(?P<iso>(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d))"
        r"|(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<yy>\d{4}))\b",
    ),
    _cased(
        "month of year",
        days.month_of_year,
        rf"\b{_PART}?(?P<month>{MONTH})(?:,|\sof)?\s(?P<year>{YEAR})\b",
    ),
    _cased(
        "month",
        days.bare_month,
        rf"\b(?:{_PART}|(?P<which>(?i:last|next|this\spast|this)\s))?"
        rf"(?P<month>{FULL_MONTH})(?![’']s?\s[A-Z]){_OTHER_YEAR}?",
    ),
    _cased(
        "years",
        days.years,
        rf"{_NOT_IN_NUMBER}(?P<part>)(?P<year>{YEAR})\s?[-–/]\s?(?P<last>{YEAR}|\d\d)(?![\w-])",
    ),
    _cased(
        "year",
        days.year,
        rf"{_NOT_IN_NUMBER}{_PART}?(?P<year>(?:1[6-9]|20)\d\d)(?![\w%]|[,.]\d|-\w)",
    ),
    _cased(
        "short year",
        days.short_year,
        r"\b(?:since|in|of|from|until|the)\s['’‘](?P<digits>\d\d)\b(?!['’]?s)",
    ),
    _cased(
        "decade",
        days.decade,
        rf"(?<![\w$])(?i:the\s)?{_PART}?"
        r"(?:(?P<decade>(?:1[5-9]|20)\d0)['’]?s\b|['’‘](?P<short>\d0)s\b)",
    ),
    _rule(
        "season",
        days.season,
        rf"\b(?:(?P<which>last|this|next|the)\s)?(?:early\s|late\s)?(?P<season>{_SEASON})"
        rf"\s(?:of\s)?(?P<year>{YEAR})\b",
        rf"\b(?P<which2>last|this|next)\s(?P<season2>{_SEASON})\b",
        rf"(?<=\b(?:in|by)\s)(?P<which3>the)\s(?P<season3>{_SEASON})\b(?!\s(?:of|from|in)\b)",
        rf"(?:(?<=\bthrough\s)|(?<=\bduring\s)|(?<=\bbefore\s))(?P<which4>the)\s(?P<season4>{_SEASON})\b"
        r"(?!\s\w+ing\b)",
    ),
    _rule(
        "quarter",
        days.quarter,
        r"\b(?:the\s)?(?P<which>first|second|third|fourth|last|latest|previous|past|this|current|"
        rf"next)[\s-]quarter\b{_OF_YEAR}",
        rf"\bQ(?P<which2>[1-4])\b(?:\s(?:of\s)?(?P<year2>{YEAR}))?",
    ),
    _cased(
        "months that ended",
        days.months_ended,
        r"\b(?i:the\s)?(?P<unit>(?i:quarter|(?:three|six|nine|twelve|12|3|6|9)\smonths|(?:fiscal\s|financial\s)?"
        rf"year))\s(?i:(?:that\s)?end(?:ed|ing|s)\s(?:on\s)?)(?P<month>{MONTH})\.?\s{_DAYS}"
        rf"(?:,?\s(?P<year>{YEAR}))?(?!\d)",
        r"\b(?i:the\s)?(?P<unit2>(?i:quarter|(?:three|six|nine|twelve|12|3|6|9)\smonths|"
        r"(?:fiscal\s|financial\s)?year))\s(?i:to|through|until|end(?:ed|ing)(?:\sin)?)\s"
        rf"(?i:the\send\sof\s)?(?P<which>)(?P<month2>{MONTH})\.?(?:\s(?P<day2>{DAY})\b)?"
        rf"(?:,?\s(?P<year2>{YEAR}))?(?!\d)",
    ),
    _cased(
        "part of month",
        days.part_of_month,
        r"\b(?i:the\s)?(?i:(?P<edge>first|last))\s"
        rf"(?:(?P<n>{_N})\s(?P<unit>day|week)s|(?P<unit2>day|week))\s(?:of|in)\s"
        rf"(?P<month>{MONTH})(?:,?\s(?P<year>{YEAR}))?",
    ),
    _rule(
        "months of year",
        days.months_of_year,
        rf"\b(?:the\s)?(?P<edge>first|last|final)\s(?P<n>{_N})\smonths\s"
        rf"(?:(?:of|in)\s(?:(?P<year>{YEAR})|(?P<of>(?:last|this|next|the)\syear))"
        r"|(?P<of2>(?:last|this)\syear))\b",
    ),
    _rule(
        "so far",
        days.so_far,
        r"\b(?:so\sfar|to\sdate)\s(?:in\s)?this\s(?P<unit>week|month|year)\b",
        r"\b(?:the\s)?(?P<unit2>week|month|year)[\s-]to[\s-]date\b",
        r"\b(?:so\sfar|to\sdate|up\sto\snow|until\snow)\b(?!\s(?:as|away|from)\b)",
    ),
    _rule(
        "half-year",
        days.half,
        r"\b(?:the\s)?(?P<half>first|second)[\s-]half\sof\s"
        rf"(?:(?P<year>{YEAR})|(?P<of>(?:last|this|next|the)\syear))\b",
    ),
    _cased(
        "weekday",
        days.weekday,
        r"\b(?:(?P<which>(?i:last|next|this\spast|this\scoming|this|coming|the\sfollowing|"
        r"the\sprevious))\s)?(?:(?i:early|late)\s(?:on\s)?)?"
        rf"(?P<weekday>{WEEKDAY}){_DAY_PART}",
    ),
    _cased(
        "night of",
        days.night_of,
        rf"\b(?i:overnight)\s(?P<to>(?i:into|to)\s)?(?i:on\s|from\s)?(?P<weekday>{WEEKDAY})"
        rf"(?:\s(?i:into|to)\s{WEEKDAY})?",
    ),
    _cased(
        "day of month",
        days.day_of_month,
        rf"\bthe\s(?P<day>{DAY})(?:st|nd|rd|th)\sof\s(?P<which>(?i:last|this|next|the)\s)month\b",
        rf"(?<=\bon\s)the\s(?P<day2>{DAY})(?:st|nd|rd|th)(?=[,.;]|\s*$)",
    ),
    _cased(
        "week of",
        days.week_of,
        rf"\b(?i:the\s)?(?i:week)\s(?P<how>(?i:of|beginning|starting|commencing|from|ending|ended|to))"
        rf"\s{_WD}(?:(?P<month>{MONTH})\s(?:the\s)?(?P<day>{DAY})|(?P<day2>{DAY})\s(?P<month2>{MONTH}))"
        rf"(?!\d|[–-])(?:,?\s(?P<year>{YEAR}))?",
    ),
    _rule(
        "century",
        days.century,
        rf"(?<=\bthe\s)(?P<which>\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(ORDINALS)})\scentury\b",
    ),
    _rule("for now", days.from_today, r"\bfor\s(?:now|the\stime\sbeing)\b"),
    _rule(
        "near day",
        days.near_day,
        r"\b(?P<near>(?:the\sday\sbefore\s)?yesterday|(?:the\sday\safter\s)?tomorrow|tonight|today|"
        r"last\snight|overnight|this\s(?:morning|afternoon|evening)|"
        r"(?:earlier|later|late|early)\s(?:in|on\sin)\sthe\sday)"
        r"(?:\s(?:morning|afternoon|evening|night))?\b",
    ),
    _rule(
        "relative unit",
        days.relative_unit,
        r"\b(?:(?P<part>earlier|later|early|late|mid)[\s-](?:in\s)?)?"
        rf"(?P<which>{_LAST})\s(?P<unit>week|month|year|decade)\b",
        r"\b(?P<which2>last|this\spast|this|next|the\scoming|the\sprevious|the)\s"
        r"(?P<unit2>weekend)\b",
    ),
    _rule(
        "edge of unit",
        days.edge_of_unit,
        r"\b(?:the\s)?(?:very\s)?(?P<edge>end|start|beginning|close)\sof\s"
        rf"(?P<which>the|this|last|next)\s(?P<unit>{_WHOLE})\b(?!\s\d|[\s-]old)",
    ),
    _rule(
        "ago",
        days.ago,
        rf"\b{_ROUGH}(?P<half>half\s)?(?:(?P<n>{_N})|(?P<vague>{_SOME}|{_SOME}\s\w+))\s(?:short\s|long\s)?"
        rf"{_UNIT}\sago\b",
    ),
    _rule(
        "from now",
        days.from_now,
        rf"\b(?:in\s(?:the\snext\s)?)?{_ROUGH}(?:(?P<n>{_N})|(?P<vague>{_SOME}))\s{_UNIT}"
        r"(?:['’]s?\stime|\sfrom\snow|\shence)\b",
    ),
    _rule(
        "ahead",
        days.ahead,
        rf"\b(?P<how>in|within)\s(?P<rough>(?:about|around|roughly|some|just)\s)?"
        rf"(?P<n>{_N})\s(?P<unit>day|week|month|year|decade)s?\b(?![’'-])",
    ),
    _rule(
        "past span",
        days.past_span,
        r"\b(?:the\s|these\s)?(?:last|past|preceding|previous)\s"
        rf"(?:(?P<n>{_N})|(?P<vague>{_SOME}))\s(?:\w+\s)?{_UNIT}\b",
        rf"\bthe\s(?:past|last)\s(?P<unit2>{_WHOLE}|century)\b(?!\sof\b)",
        rf"\b(?P<vague3>recent|latest)\s(?P<unit3>{_WHOLE})s\b",
    ),
    _rule(
        "coming span",
        days.coming_span,
        r"\b(?:the\s)?(?:next|coming|following)\s"
        rf"(?:(?P<n>{_N})|(?P<vague>{_SOME}))\s(?:\w+\s)?{_UNIT}\b",
        rf"\b(?P<vague2>the\scoming)\s(?P<unit2>{_WHOLE})s\b",
    ),
    _rule(
        "running",
        days.running,
        rf"\b(?:for\s)?(?:an?|the|his|her|its|their)\s(?P<ord>{_ORD})\s"
        rf"(?:consecutive|straight|successive|running)\s{_UNIT}\b",
        rf"\bfor\s(?:an?|the)\s(?P<ord2>{_ORD})\s(?P<unit2>day|night|week|month|year)\b"
        r"(?!\s(?:of\s|time\b))",
    ),
    _rule("for so long now", days.for_now, rf"\bfor\s{_ROUGH}(?P<n>{_N})\s{_UNIT}\snow\b"),
    _rule(
        "same time",
        days.anaphor,
        r"\b(?:that|the\ssame|the\svery\ssame)\s(?P<unit>day|night|week|month|year|time)\b"
        r"(?!\s(?:of|as|when|that)\b)",
        r"\b(?:simultaneously|at\sthe\stime)\b(?!\sof)",
    ),
    _rule(
        "soon after",
        days.soon_after,
        rf"\b(?:{_N}\sminutes?|minutes|moments|seconds|an?\shour|{_N}\shours|hours|shortly|soon)\s"
        rf"(?:later\b|afterwards?\b|after{_STOPS})",
    ),
    _rule(
        "beside the day",
        days.next_to_anchor,
        r"\bthe\s(?:following|next|previous)\s(?P<unit>day|week|month|year)\b",
        rf"\bthe\s(?P<unit2>day)\s(?:before|after|earlier){_STOPS}",
        rf"\b{_ROUGH}(?P<n>{_N})\s(?P<unit3>day|night|week|month|year)s?\s"
        rf"(?:earlier\b|later\b|before{_STOPS}|after{_STOPS})",
    ),
    _rule(
        "clock",
        days.publish_day,
        rf"(?<![\w.,$€£:])(?:about\s|around\s|just\s(?:before|after)\s)?{CLOCK}(?!\d)",
    ),
    _rule(
        "time of day",
        days.publish_day,
        r"(?<=\b(?:at|by)\s)(?:midnight|noon|midday|dawn|dusk|sunrise|sunset|nightfall)\b",
        r"\b(?:at\s|shortly\s(?:before|after)\s)(?:about\s|around\s)?(?:midnight|noon|midday|dawn|dusk|sunrise|sunset|lunchtime)\b",
        r"\bmid-?day\b",
        r"\b(?:at|by|before|after)\s(?:the\s)?(?:closing|opening)\sbell\b",
        r"\bat\s(?:the\s)?(?:close|open)(?:\sof\strad(?:e|ing))?\b(?!\s(?:of|to))",
        r"\bin\s(?:the\s)?(?:first|last|final|opening|closing)\s(?:\w+\s)?(?:minutes?|hours?)\b",
        r"\b(?:end(?:ed|ing|s)?|finish(?:ed|ing|es)?|clos(?:ed|ing)|start(?:ed|ing)?|beg[ai]n)"
        r"\sthe\sday\b",
        r"\bfor\sthe\sday(?=[,.])",
        # Within a match: told of the day that it was played on.
        r"\bin\sthe\s\d{1,3}(?:st|nd|rd|th)[\s-]minute\b",
        r"\b(?:after|inside|within)\s(?:just\s|only\s|barely\s)?(?:the\sfirst\s)?\d{1,2}\sminutes\b"
        r"(?!\sof\b)|\b\d{1,2}\sminutes\sfrom\s(?:time|the\send)\b",
        r"\b(?:(?:shortly|just|moments|minutes)\s)?(?:at|before|after)\s(?:the\s(?:break|interval)\b"
        r"(?!-)|half[\s-]?time\b)|\b(?:deep\s)?in(?:to)?\s(?:stoppage|injury|added)\stime\b",
        r"\bin\s(?:[a-z]+\s)?(?:early|late|mid-?day|midmorning|morning|afternoon|evening|after-hours|"
        r"extended|pre-?market|electronic|intraday)(?:\s[A-Z]\w+)?\s(?:electronic\s)?trad(?:e|ing)\b",
    ),
    _rule("feast", days.feast, rf"\b(?P<feast>{_FEAST_NAMES})\b(?:,?\s(?P<year>{YEAR}))?"),
    _rule("recent", days.vague, r"\b(?:(?:most|more)\s)?recent(?:ly)?\b"),
)
