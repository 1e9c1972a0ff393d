"""Figures in news text: bounds, exactness and unit of each, with the words that carry it.

A figure is a count, an amount, a share, a measure, an age or a length of time that measures
something. Dates, times of day, names with numbers, versions and ordinals are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from summarise.language.amounts import (
    ABOUT,
    BEFORE,
    HIGH,
    LOW,
    ONE_UNIT,
    Amount,
    range_end,
    read_amount,
    span,
    unit_at,
    with_scale_of,
)
from summarise.language.figure_units import (
    CODE_AFTER,
    CURRENCY,
    PER,
    PERSON,
    SHORT,
    TIME_UNITS,
    UNIT,
    counted_noun,
    is_rate,
)
from summarise.language.not_figures import mask
from summarise.records import Figure


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A figure and where it stands: `text[start:end] == figure.surface`."""

    start: int
    end: int
    figure: Figure


_LOW_AFTER = re.compile(
    r"\+(?!\w)|[\s-]?plus\b|\s(?:or|and)\s(?:more|over|above|older)\b", re.IGNORECASE
)
_HIGH_AFTER = re.compile(r"\s(?:or|and)\s(?:less|fewer|under|below|younger)\b", re.IGNORECASE)
_ABOUT_AFTER = re.compile(r"\sor\sso\b|[\s-]odd\b|\sor\sthereabouts\b", re.IGNORECASE)
_START = re.compile(
    rf"{CURRENCY}(?=[-−]?[\d.]|\s?[a-z])|(?<![\w.,\x00])(?:\d|\.\d)|(?<=\b(?:to|us)-)\d|(?<=\b(?:sub|now)-)\d|(?<=[½(/~≈<>$€£+−-])\d"
    r"|[½¼¾⅓⅔]"
    r"|\b(?:another\s(?=decade|dozen)|an?\s(?=hundred|thousand|million|billion|trillion|dozen|decade|century|third|quarter|fifth|"
    r"tenth|sixth|eighth|few\s|couple)|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|half|third|quarter|"
    r"hundreds?|thousands?|millions?|billions?|trillions?|dozens?|scores|tens|decades|centuries|"
    r"several|many|few|twice|thrice|\w+fold)\b"
    rf"|(?<!\w)an?(?={ONE_UNIT}|\s\w+\sand\sa\shalf\b)",
    re.IGNORECASE,
)
_BARE_SCALES = frozenset(
    ("hundred", "thousand", "million", "billion", "trillion", "dozen", "quarter", "half")
)
# "Of the estimated 10,000 to 12,000 soldiers": what is shared are soldiers.
_OF = re.compile(
    r"\sof\s(?:the\s|its\s|their\s)?(?:(?:estimated|some|about|around|roughly|nearly)\s)?"
    r"(?:\d[\d,.]*(?:\s?(?:to|and|[-–])\s?\d[\d,.]*)?\s)?"
)
_SPORT = re.compile(
    r"\b(?:won|win|wins|beat|beats|lost|lose|drew|draw|victory|defeat|lead|led|trail\w*|tied?|goal\w*|"
    r"score\w*|set|sets|match|final|vs|against|aggregate|penalt\w+|shoot-?out|league|cup|game)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s$", re.IGNORECASE)
_PART_OF_ONE = re.compile(
    r"\s(?:of\s)?an?\s(?P<unit>percentage\spoint|percent|per\scent|basis\spoint|point|mile|hour|"
    r"second|degree|inch|acre|tonne?)\b",
    re.IGNORECASE,
)
_THE = re.compile(r"\bthe\s$", re.IGNORECASE)
# "One" before these is no count: "one would", "one day", "one key aim".
_ONE_NOUN = re.compile(
    r"\s(?!(?:of|day|point|by|another|can|could|would|should|might|may|must|will|is|was|has|had|in|on|"
    r"at|to|for|with|that|who|which|and|or|but|than|as|key|thing|way|reason|time|example|hand|side|"
    r"such|back|more|step|where|when|if|does|did|from|about|after|before|over|under|big|main|major|only)\b)"
    r"[a-z][a-z-]{2,}"
)
_ONE_OF = re.compile(
    r"\sof\s(?:the|its|his|her|their|those|these)\s"
    r"(?!(?:\w+\s){0,2}(?:most|best|worst|least|few|leading|main|major|top|key|many|only|\w{2,}est)\b)"
    r"(?:two|three|four|five|six|men|women|victims|suspects|boys|girls|soldiers|defendants|\d+)\b"
    r"|\sof\sthe\s\x00",
    re.IGNORECASE,
)
# "Spilled over the 40-year-old wall" is a place, "over 40 years" a bound.
_ACROSS = re.compile(r"\b(?:over|under|beyond)\sthe\s$", re.IGNORECASE)
# "Costs 9bn crowns over five years": the time it is spread over, no bound.
_BECAUSE_OF = re.compile(
    r"\b(?:jailed|charged|arrested|convicted|sued|questioned|sacked|resigns?|quits?|row|dispute|probe|"
    r"inquiry|years|months)\sover\s$",
    re.IGNORECASE,
)
_THROUGHOUT = re.compile(
    r"\b(?:crowns|dollars|euros|francs|pounds|rupees|yen|yuan|[A-Z]{3}|people|jobs|homes|tonnes|tons|"
    r"percent|per\scent|points|\w*\d[\d,.]*(?:bn|mn?|k|tn|p|%)?|million|billion|trillion)\sover\s$",
)
_YEARS = re.compile(r"\S+\s(?:days|weeks|months|years|decades|hours|nights)\b(?!\s(?:ago|old))")
_IN_THE = re.compile(r"\bin\sthe\s(?:low\s|high\s|many\s)?$", re.IGNORECASE)
_AGE_BEFORE = re.compile(r"(?:\b[A-Z][\w’'.-]+,\s|\b[Aa]ged?\s(?:of\s)?)$")
_AGE_AFTER = re.compile(r"\s?(?:[,.;)]|$|and\s|who\s)")
_ONE_BEFORE = re.compile(
    r"(?:\b(?:only|just|kill(?:ed|ing|s)|wound(?:ed|ing|s)|injur(?:ed|ing|es)|than|least|another|every|about|"
    r"nearly|almost|over|under|most)|\bup\sto)\s$",
    re.IGNORECASE,
)
_ONE_AFTER = re.compile(
    r"\s(?:was|were|is|has\sbeen)\s(?:\w+ly\s)?(?:killed|wounded|injured|missing|arrested|dead|hurt)\b"
    r"|\s(?:dead|death|injury|casualty|count|vote|goal|point)\b"
)
_PRONOUN_ONE = re.compile(
    r"\b(?:no|any|every|some|each|this|that|which|the|another)[\s-]$", re.IGNORECASE
)
_HALF_AFTER = re.compile(r"\s?(?:-\w|(?:and|or)\sa\shalf)")
_FRACTION_OF = re.compile(
    r"\s(?:of|the|its|their|his|her|our|an?|that|this|as|in)\b|[,.;:)]|\s*$|\sless\b|\smore\b|\s[a-z]",
    re.IGNORECASE,
)


def find_figures(text: str) -> list[FoundFigure]:
    """Every figure of `text`, in order, none overlapping another."""
    return list(_figures_of(text))


@lru_cache(maxsize=2048)
def _figures_of(text: str) -> tuple[FoundFigure, ...]:
    """Kept, because a check reads the same sentence for each of its claims."""
    if _START.search(text) is None:
        return ()
    masked = mask(text)
    found: list[FoundFigure] = []
    at = 0
    for m in _START.finditer(masked):
        if m.start() < at:
            continue
        for figure in _read(text, masked, m.start(), at):
            found.append(figure)
            at = figure.end
    return tuple(found)


def _read(text: str, masked: str, start: int, floor: int) -> Iterator[FoundFigure]:
    """The figure at `start` (two where it is a score), not reaching back before `floor`."""
    amount = read_amount(masked, start)
    if amount is None or not _is_figure(masked, amount):
        return
    second = range_end(masked, amount)
    if second is None:
        yield _figure(text, masked, amount, floor)
        return
    amount = with_scale_of(masked, amount, second)
    if _is_score(masked, amount, second):
        yield _bare(text, amount)
        yield _bare(text, second)
    else:
        yield _figure(text, masked, span(amount, second), floor)


def _is_figure(text: str, amount: Amount) -> bool:
    word = text[amount.start : amount.end].lower()
    before, after = text[max(0, amount.start - 30) : amount.start], text[amount.end :]
    if word == "one":
        return _is_counted_one(before, text, amount.end)
    if amount.kind == "fraction":
        if word in ("third", "quarter"):
            return bool(BEFORE.search(before)) and bool(re.match(r"\sof\b", after))
        if _THE.search(before) and word[-1:] not in "fhdr":
            return False
        return not _HALF_AFTER.match(after) and bool(_FRACTION_OF.match(after))
    if word in _BARE_SCALES:
        return False
    return amount.kind != "digits" or not _is_glued(text, amount.end)


def _is_glued(text: str, end: int) -> bool:
    """Whether letters that are no unit hang on the digits: a name, as in "4x4"."""
    known = SHORT.match(text, end) or UNIT.match(text, end) or CODE_AFTER.match(text, end)
    return text[end : end + 1].isalpha() and not known


def _is_counted_one(before: str, text: str, end: int) -> bool:
    """ "One" counts before a measure, a person or a toll; else it is a pronoun or an article."""
    if _PRONOUN_ONE.search(before) and not re.search(r"\banother\s$", before, re.IGNORECASE):
        return False
    if _ONE_OF.match(text, end) or _ONE_NOUN.match(text, end):
        return True
    if re.match(r"\s(?:(?:of|day|point|by)\b|\d)", text[end:]):
        return False
    if UNIT.match(text, end) or PERSON.match(text, end + 1) or _ONE_AFTER.match(text, end):
        return True
    return bool(_ONE_BEFORE.search(before)) and not re.match(r"\s?[,.]", text[end:])


def _is_score(text: str, first: Amount, second: Amount) -> bool:
    between = text[first.end : second.start]
    if not re.fullmatch(r"\s?[-–‑]\s?", between) or first.kind != "digits" or first.currency:
        return False
    if unit_at(text, second) or max(first.low, second.low) > 200:
        return False
    if first.low >= second.low:
        return True
    around = text[max(0, first.start - 80) : second.end + 60]
    return bool(_SPORT.search(around)) and not counted_noun(text, second.end).islower()


def _bare(text: str, amount: Amount) -> FoundFigure:
    surface = text[amount.start : amount.end]
    return FoundFigure(
        amount.start, amount.end, Figure(surface=surface, low=amount.low, high=amount.high)
    )


def _figure(text: str, masked: str, amount: Amount, floor: int) -> FoundFigure:
    start, end, unit = _extent(masked, amount)
    low, high, approx = amount.low, amount.high, amount.kind == "vague"
    start, bound, about = _modifiers(masked, start, floor)
    after = masked[end : end + 20]
    if m := _LOW_AFTER.match(after) or _HIGH_AFTER.match(after):
        bound = bound or ("low" if _LOW_AFTER.match(after) else "high")
        end += m.end()
    elif m := _ABOUT_AFTER.match(after):
        about, end = True, end + m.end()
    figure = Figure(
        surface=text[start:end],
        low=None if bound == "high" else low,
        high=None if bound == "low" else high,
        unit=unit,
        approx=approx or about,
    )
    return FoundFigure(start, end, figure)


def _extent(text: str, amount: Amount) -> tuple[int, int, str]:
    """Start and end of the figure's words with its unit, and the unit's name."""
    start, end, unit = amount.start, amount.end, amount.currency or amount.unit
    if amount.kind == "vague" and (m := _IN_THE.search(text[max(0, start - 14) : start])):
        start -= len(m[0])
    if found := unit_at(text, amount):
        end, unit = found[0], found[1] if not amount.currency else amount.currency
    elif (
        not unit
        and _AGE_BEFORE.search(text[max(0, start - 24) : start])
        and _AGE_AFTER.match(text, end)
    ):
        unit = "years"
    rate = PER.match(text, end)
    if rate and unit and is_rate(rate["per"] or rate["slash"]):
        unit = f"{unit} per {rate['per'] or rate['slash']}"
    if not unit:
        of = _OF.match(text, end)
        unit = counted_noun(text, of.end() - 1 if of else end)
    if amount.kind == "fraction" and (part := _PART_OF_ONE.match(text, amount.end)):
        return start, part.end(), part["unit"] + "s" * part["unit"].endswith("point")
    if m := _BETWEEN.search(text[max(0, start - 9) : start]) if amount.low != amount.high else None:
        start -= len(m[0])
    if amount.kind == "fraction":
        unit = f"share of {unit}" if unit else "share"
    return start, end, _readable(unit, amount)


_OLD = re.compile(r"(?P<unit>year|month|week|day)s?[\s-]old", re.IGNORECASE)


def _readable(unit: str, amount: Amount) -> str:
    """The unit as it is read out: "62-year-old" is years of age, "a five-year low" years."""
    if m := _OLD.fullmatch(unit):
        return f"{m['unit'].lower()}s of age"
    if re.fullmatch(TIME_UNITS, unit) and not unit.endswith("s") and amount.low != 1:
        return f"{unit[:-1]}ies" if re.search(r"[^aeiou]y$", unit) else f"{unit}s"
    return unit


def _modifiers(text: str, start: int, floor: int) -> tuple[int, str, bool]:
    """Where the words before a figure that bound it begin, the bound, and whether it is rough."""
    window = max(floor, start - 48)
    m = BEFORE.search(text[window:start])
    if m is None or _ACROSS.search(text[window:start]):
        return start, "", False
    if _THROUGHOUT.search(text[:start]) and _YEARS.match(text, start):
        return start, "", False
    if text[start] in "$€£¥" and _BECAUSE_OF.search(text[window:start]):
        return start, "", False
    mods = m["mods"]
    low = re.search(LOW, mods, re.IGNORECASE)
    high = re.search(HIGH, mods, re.IGNORECASE)
    bound = (
        ""
        if not (low or high)
        else "low"
        if low and not (high and high.start() < low.start())
        else "high"
    )
    about = re.search(rf"(?<!\w)(?:{ABOUT})", mods, re.IGNORECASE) is not None
    return window + m.start("mods"), bound, about
