"""Figures in news text: bounds, exactness and unit of each, with the words that carry it.

A figure is a count, an amount, a share, a measure, an age or a length of time that measures
something. Dates, times of day, names with numbers, versions and ordinals are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from summarise.language.figure_units import (
    CODE_AFTER,
    CURRENCY,
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    LETTER_SCALES,
    MONEY_SCALES,
    PER,
    PERSON,
    SHORT,
    TIME_UNITS,
    UNIT,
    counted_noun,
    is_rate,
)
from summarise.language.not_figures import mask
from summarise.language.number_words import Kind, Number, Value, plain, read_number
from summarise.records import Figure


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A figure and where it stands: `text[start:end] == figure.surface`."""

    start: int
    end: int
    figure: Figure


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number with its sign, currency and scale, before bounds are read."""

    start: int
    end: int
    low: Value
    high: Value
    kind: Kind
    unit: str = ""
    currency: str = ""


_LOW = (
    r"(?:(?:far|well|slightly|just|a\slittle|much)\s)?(?:more\sthan|over|above|exceeding|greater\sthan|"
    r"in\sexcess\sof|upwards\sof|north\sof|beyond)|at\sleast|no\s(?:fewer|less)\sthan|"
    r"not\s(?:fewer|less)\sthan|(?:a\s)?minimum\sof|surpass(?:ed|es|ing)?|exceed(?:s|ed)?|"
    r"topp(?:ed|ing)|(?:rose|risen|rising|surged?|soared|climbed|jumped|grown|grew|pushed|swelled)\spast|[>≥]"
)
_HIGH = (
    r"up\sto|(?:(?:far|well|slightly|just|a\slittle|much)\s)?(?:under|below|fewer\sthan|less\sthan|"
    r"short\sof)|at\smost|no\smore\sthan|not\smore\sthan|as\s(?:many|much|high)\sas|"
    r"(?:a\s)?maximum\sof|[<≤]"
)
_ABOUT = (
    r"about|around|approximately|approx\.?|nearly|almost|some|roughly|close(?:r)?\sto|circa|virtually|"
    r"more\sor\sless|near(?:ing)?|in\sthe\sregion\sof|somewhere\saround|[~≈]"
)
_FILLER = (
    r"(?:(?:the|an?|another|further|additional|extra|total\sof|record|estimated|other|whopping|combined|"
    r"astonishing|staggering|full)\s)"
)
_BEFORE = re.compile(
    rf"(?P<mods>(?:(?<![\w-])(?:(?P<low>{_LOW})|(?P<high>{_HIGH})|(?P<about>{_ABOUT}))\s?)+)"
    rf"{_FILLER}{{0,3}}$",
    re.IGNORECASE,
)
_LOW_AFTER = re.compile(
    r"\+(?!\w)|[\s-]?plus\b|\s(?:or|and)\s(?:more|over|above|older)\b", re.IGNORECASE
)
_HIGH_AFTER = re.compile(r"\s(?:or|and)\s(?:less|fewer|under|below|younger)\b", re.IGNORECASE)
_ABOUT_AFTER = re.compile(r"\sor\sso\b|[\s-]odd\b|\sor\sthereabouts\b", re.IGNORECASE)
_SIGN = re.compile(r"(?:\bminus[\s-]|(?<=[a-z%\s(]\s|.\()[-−](?=[\d.$€£]))", re.IGNORECASE)

# "More than a week", "up to a battalion": the article counts one after a bound.
_ONE_UNIT = (
    rf"[\s-](?:{TIME_UNITS}|mile|kilomet(?:re|er)|met(?:re|er)|ton(?:ne)?|percent|per\scent|"
    r"battalion|brigade|regiment|platoon|squadron)\b"
)
_ARTICLE = re.compile(rf"an?(?={_ONE_UNIT})", re.IGNORECASE)
_START = re.compile(
    rf"{CURRENCY}(?=[-−]?[\d.]|\s?[a-z])|(?<![\w.,\x00])(?:\d|\.\d)|(?<=\b(?:to|us)-)\d|(?<=\b(?:sub|now)-)\d|(?<=[½(/~≈<>$€£+−-])\d"
    r"|[½¼¾⅓⅔]"
    r"|\b(?:an?\s(?=hundred|thousand|million|billion|trillion|dozen|decade|century|third|quarter|fifth|"
    r"tenth|sixth|eighth|few\s|couple)|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|half|third|quarter|"
    r"hundreds?|thousands?|millions?|billions?|trillions?|dozens?|scores|tens|decades|centuries|"
    r"several|many|few|twice|thrice|\w+fold)\b"
    rf"|(?<=\s)(?:an?)(?={_ONE_UNIT})",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"(?P<dash>\s?[-–—‑]\s?)|\s(?P<to>to)[\s-]|\s(?P<or>or)\s(?:even\s)?|\s(?P<and>and)\s",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s(?:about\s|around\s|roughly\s|an\sestimated\s)?$", re.IGNORECASE)
_FROM = re.compile(
    r"(?<!ranging )(?<!range )(?<!ranged )\b(?:from|by)\s(?:about\s|around\s|up\sto\s)?$",
    re.IGNORECASE,
)
_SPORT = re.compile(
    r"\b(?:won|win|wins|beat|beats|lost|lose|drew|draw|victory|defeat|lead|led|trail\w*|tied?|goal\w*|"
    r"score\w*|set|sets|match|final|vs|against|aggregate|penalt\w+|shoot-?out|league|cup|game)\b",
    re.IGNORECASE,
)
_IN_THE = re.compile(r"\bin\sthe\s(?:low\s|high\s|many\s)?$", re.IGNORECASE)
_MULTIPLES = {"twice": 2, "thrice": 3}
_FOLD = re.compile(r"\b(?:(?P<n>[a-z]+)[\s-]?fold|twice|thrice)\b", re.IGNORECASE)
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
    masked = mask(text)
    found: list[FoundFigure] = []
    at = 0
    for m in _START.finditer(masked):
        if m.start() < at:
            continue
        for figure in _read(text, masked, m.start(), at):
            found.append(figure)
            at = figure.end
    return found


def _read(text: str, masked: str, start: int, floor: int) -> Iterator[FoundFigure]:
    """The figure at `start` (two where it is a score), not reaching back before `floor`."""
    amount = _amount(masked, start)
    if amount is None or not _is_figure(masked, amount):
        return
    second = _second(masked, amount)
    if second is None:
        yield _figure(text, masked, amount, floor)
        return
    amount = _shared_scale(masked, amount, second)
    if _is_score(masked, amount, second):
        yield _bare(text, amount)
        yield _bare(text, second)
    else:
        yield _figure(text, masked, _span(amount, second), floor)


def _amount(text: str, start: int) -> _Amount | None:
    sign = _sign_before(text, start)
    at = start
    currency = re.compile(CURRENCY).match(text, at)
    if currency:
        at = currency.end()
        if text[at : at + 1] in "-−":
            sign, at = -1, at + 1
    if fold := _FOLD.match(text, at):
        return _fold(fold)
    number = read_number(text, at) or _article(text, at)
    if number is None:
        return None
    amount = _Amount(
        start, number.end, number.low, number.high, number.kind, number.unit,
        _currency_name(currency[0]) if currency else "",
    )  # fmt: skip
    amount = _scaled_by_letter(text, amount)
    if sign < 0:
        amount = replace(amount, low=-amount.high, high=-amount.low)
    return amount


def _article(text: str, at: int) -> Number | None:
    m = _ARTICLE.match(text, at)
    if m is None or not _BEFORE.search(text[max(0, at - 48) : at]):
        return None
    unit = text[m.end() + 1 :].split()[0]
    return Number(m.end() + 1 + len(unit.rstrip(".,;:")), 1, 1, "words", unit.rstrip(".,;:"))


def _sign_before(text: str, start: int) -> int:
    before = text[max(0, start - 7) : start]
    return (
        -1
        if (m := _SIGN.search(before + text[start : start + 1])) and m.end() >= len(before)
        else 1
    )


def _currency_name(sign: str) -> str:
    key = re.sub(r"\s", "", sign)
    return CURRENCY_SIGNS.get(key) or CURRENCY_CODES[key]


def _fold(m: re.Match[str]) -> _Amount | None:
    word = m[0].lower()
    if word in _MULTIPLES:
        value: Value = _MULTIPLES[word]
    else:
        number = read_number(m["n"], 0)
        if number is None or number.end != len(m["n"]):
            return None
        value = number.low
    return _Amount(m.start(), m.end(), value, value, "words", "times")


def _scaled_by_letter(text: str, amount: _Amount) -> _Amount:
    if amount.kind != "digits":
        return amount
    scales = MONEY_SCALES if amount.currency else LETTER_SCALES
    m = re.compile(r"\s?([A-Za-z]{1,3})(?![\w/])").match(text, amount.end)
    if m is None or (m[0][0] == " " and len(m[1]) < 2):
        return amount
    size = scales.get(m[1]) or (scales.get(m[1].lower()) if amount.currency else None)
    if size is None:
        return amount
    value = plain(Decimal(str(amount.low)) * size)
    return replace(amount, end=m.end(), low=value, high=value)


def _is_figure(text: str, amount: _Amount) -> bool:
    word = text[amount.start : amount.end].lower()
    before, after = text[max(0, amount.start - 30) : amount.start], text[amount.end :]
    if word == "one":
        return _is_counted_one(before, text, amount.end)
    if amount.kind == "fraction":
        if word in ("third", "quarter"):
            return bool(_BEFORE.search(before)) and bool(re.match(r"\sof\b", after))
        return not _HALF_AFTER.match(after) and bool(_FRACTION_OF.match(after))
    if word in (
        "hundred",
        "thousand",
        "million",
        "billion",
        "trillion",
        "dozen",
        "quarter",
        "half",
    ):
        return False
    return not (
        amount.kind == "digits"
        and text[amount.end : amount.end + 1].isalpha()
        and not SHORT.match(text, amount.end)
        and not UNIT.match(text, amount.end)
        and not CODE_AFTER.match(text, amount.end)
    )


def _is_counted_one(before: str, text: str, end: int) -> bool:
    """ "One" counts before a measure, a person or a toll; else it is a pronoun or an article."""
    if _PRONOUN_ONE.search(before) and not re.search(r"\banother\s$", before, re.IGNORECASE):
        return False
    if re.match(r"\s(?:(?:of|day|point|by)\b|\d)", text[end:]):
        return False
    if UNIT.match(text, end) or PERSON.match(text, end + 1) or _ONE_AFTER.match(text, end):
        return True
    return bool(_ONE_BEFORE.search(before)) and not re.match(r"\s?[,.]", text[end:])


def _second(text: str, first: _Amount) -> _Amount | None:
    """The other end of a range or score that begins with `first`, or None."""
    if first.kind == "fraction":
        return None
    at, unit = first.end, _unit_at(text, first)
    if unit and (unit[0] != first.end):
        at = unit[0]
    for end in {first.end, at}:
        m = _RANGE.match(text, end)
        if m is None:
            continue
        second = _amount(text, m.end())
        if (
            second is None
            or second.kind in ("vague", "fraction")
            or not _joins(text, first, second, m)
        ):
            continue
        return replace(second, currency=second.currency or first.currency)
    return None


def _joins(text: str, first: _Amount, second: _Amount, m: re.Match[str]) -> bool:
    before = text[max(0, first.start - 24) : first.start]
    if (
        first.kind == "vague"
        or bool(m["dash"])
        and (first.kind == "words") != (second.kind == "words")
    ):
        return False
    if m["and"]:
        return bool(_BETWEEN.search(before)) and second.low >= first.low
    if m["dash"]:
        return True
    if m["or"]:
        return second.low == first.low + 1 or (
            first.low < second.low <= 3 * first.low and not _unit_at(text, first)
        )
    scaled = _shared_scale(text, first, second)
    if (
        _unit_at(text, first)
        and (_unit_at(text, first) or ("", ""))[1] != (_unit_at(text, second) or ("", ""))[1]
    ):
        return False
    return not _FROM.search(before) and second.low > scaled.low


def _shared_scale(text: str, first: _Amount, second: _Amount) -> _Amount:
    """ "1 to 2 thousand" and "$89 to $93 billion": the scale of the second serves both."""
    written = text[second.start : second.end]
    bare = re.fullmatch(
        r"[\d.,]+|[a-z]+", re.sub(CURRENCY, "", text[first.start : first.end]).strip()
    )
    for word, size in (
        ("thousand", 10**3),
        ("million", 10**6),
        ("billion", 10**9),
        ("trillion", 10**12),
    ):
        if re.search(rf"{word}|(?<=\d){word[0]}n?$", written, re.IGNORECASE) and bare:
            small = Decimal(str(second.low)) / size
            if Decimal(str(first.low)) < small and first.low < 1000:
                value = plain(Decimal(str(first.low)) * size)
                return replace(first, low=value, high=value)
    return first


def _span(first: _Amount, second: _Amount) -> _Amount:
    return replace(
        second, start=first.start, low=first.low, high=second.high, currency=second.currency
    )


def _is_score(text: str, first: _Amount, second: _Amount) -> bool:
    between = text[first.end : second.start]
    if not re.fullmatch(r"\s?[-–‑]\s?", between) or first.kind != "digits" or first.currency:
        return False
    if _unit_at(text, second) or max(first.low, second.low) > 200:
        return False
    if first.low >= second.low:
        return True
    around = text[max(0, first.start - 80) : second.end + 60]
    return bool(_SPORT.search(around)) and not counted_noun(text, second.end).islower()


def _bare(text: str, amount: _Amount) -> FoundFigure:
    surface = text[amount.start : amount.end]
    return FoundFigure(
        amount.start, amount.end, Figure(surface=surface, low=amount.low, high=amount.high)
    )


def _unit_at(text: str, amount: _Amount) -> tuple[int, str] | None:
    """Where the unit after `amount` ends and what it is called, or None."""
    if m := UNIT.match(text, amount.end):
        name = next(value for value in m.groups() if value)
        return m.end(), "percent" if m["percent"] in ("%", "pc", "pct", "per cent") else name
    if amount.kind == "digits":
        if m := CODE_AFTER.match(text, amount.end):
            code = (m["code"] or m["sign"]).upper()
            return m.end(), CURRENCY_CODES.get(code, "euros")
        if not amount.currency and (m := SHORT.match(text, amount.end)):
            return m.end(), m["short"]
    return None


def _figure(text: str, masked: str, amount: _Amount, floor: int) -> FoundFigure:
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


def _extent(text: str, amount: _Amount) -> tuple[int, int, str]:
    """Start and end of the figure's words with its unit, and the unit's name."""
    start, end, unit = amount.start, amount.end, amount.currency or amount.unit
    if amount.kind == "vague" and (m := _IN_THE.search(text[max(0, start - 14) : start])):
        start -= len(m[0])
    if found := _unit_at(text, amount):
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
    of = re.compile(r"\sof\s(?:the\s|its\s|their\s)?").match(text, end)
    noun = (
        counted_noun(text, of.end() - 1)
        if of and not unit
        else ""
        if unit
        else counted_noun(text, end)
    )
    if amount.kind == "fraction":
        unit = f"share of {noun}" if noun else "share"
    return start, end, unit or noun


def _modifiers(text: str, start: int, floor: int) -> tuple[int, str, bool]:
    """Where the words before a figure that bound it begin, the bound, and whether it is rough."""
    window = max(floor, start - 48)
    m = _BEFORE.search(text[window:start])
    if m is None:
        return start, "", False
    mods = m["mods"]
    low = re.search(_LOW, mods, re.IGNORECASE)
    high = re.search(_HIGH, mods, re.IGNORECASE)
    bound = (
        ""
        if not (low or high)
        else "low"
        if low and not (high and high.start() < low.start())
        else "high"
    )
    about = re.search(rf"(?<!\w)(?:{_ABOUT})", mods, re.IGNORECASE) is not None
    return window + m.start("mods"), bound, about
