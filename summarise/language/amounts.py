"""Amounts: a number with its sign, currency, scale and unit, and the other end of a range."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from summarise.language.figure_units import (
    CODE_AFTER,
    CURRENCY,
    CURRENCY_CODES,
    CURRENCY_SIGNS,
    LETTER_SCALES,
    MONEY_SCALES,
    MONEY_WORD,
    SHORT,
    TIME_UNITS,
    UNIT,
)
from summarise.language.number_words import Kind, Number, Value, plain, read_number


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its sign, currency and scale, before its bounds are read."""

    start: int
    end: int
    low: Value
    high: Value
    kind: Kind
    unit: str = ""
    currency: str = ""


LOW = (
    r"(?:(?:far|well|slightly|just|a\slittle|much)\s)?(?:more\sthan|over|above|exceeding|greater\sthan|"
    r"(?:older|higher|longer|larger|bigger)\sthan|in\sexcess\sof|upwards\sof|north\sof|beyond)|at\sleast|no\s(?:fewer|less)\sthan|"
    r"not\s(?:fewer|less)\sthan|(?:a\s)?minimum\sof|surpass(?:ed|es|ing)?|exceed(?:s|ed)?|"
    r"topp(?:ed|ing)|(?:rose|risen|rising|surged?|soared|climbed|jumped|grown|grew|pushed|swelled)\spast|[>≥]"
)
HIGH = (
    r"up\sto|(?:(?:far|well|slightly|just|a\slittle|much)\s)?(?:under|below|fewer\sthan|less\sthan)|"
    r"(?:far|well|just|a\slittle)\sshort\sof|at\smost|no\smore\sthan|not\smore\sthan|as\s(?:many|much|high|long)\sas|"
    r"(?:younger|lower|shorter|smaller)\sthan|(?:a\s)?maximum\sof|[<≤]"
)
ABOUT = (
    r"about|around|approximately|approx\.?|nearly|almost|some|roughly|close(?:r)?\sto|circa|virtually|"
    r"more\sor\sless|near(?:ing)?|in\sthe\sregion\sof|somewhere\saround|[~≈]"
)
_FILLER = (
    r"(?:(?:the|an?|another|further|additional|extra|total\sof|record|estimated|other|whopping|combined|"
    r"astonishing|staggering|full)\s)"
)
BEFORE = re.compile(
    rf"(?P<mods>(?:(?<![\w-])(?:(?P<low>{LOW})|(?P<high>{HIGH})|(?P<about>{ABOUT}))\s?)+)"
    rf"{_FILLER}{{0,3}}$",
    re.IGNORECASE,
)
_CURRENCY = re.compile(CURRENCY)
_LETTERS = re.compile(r"\s?([A-Za-z]{1,3})(?![\w/])")
_MINUS = re.compile(r"(?:\bminus[\s-]|(?<![\w)%.,])[-−])$", re.IGNORECASE)
# "More than a week", "up to a battalion": the article counts one after a bound.
ONE_UNIT = (
    rf"[\s-](?:{TIME_UNITS}|mile|kilomet(?:re|er)|met(?:re|er)|ton(?:ne)?|percent|per\scent|"
    r"battalion|brigade|regiment|platoon|squadron)\b"
)
_AND_A_HALF = re.compile(rf"(?:an?|one)\s(?P<unit>{TIME_UNITS})\sand\sa\shalf\b", re.IGNORECASE)
_ARTICLE = re.compile(rf"an?(?={ONE_UNIT})", re.IGNORECASE)
_RANGE = re.compile(
    r"(?P<dash>\s?[-–—‑]\s?)|\s(?P<to>to)[\s-]|\s(?P<or>or)\s(?:even\s)?|\s(?P<and>and)\s",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s(?:about\s|around\s|roughly\s|an\sestimated\s)?$", re.IGNORECASE)
_FROM = re.compile(
    r"(?<!ranging )(?<!range )(?<!ranged )\b(?:from|by)\s(?:about\s|around\s|up\sto\s)?$",
    re.IGNORECASE,
)
_BIG = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_MULTIPLES = {"twice": 2, "thrice": 3}
_FOLD = re.compile(r"\b(?:(?P<n>[a-z]+)[\s-]?fold|twice|thrice)\b", re.IGNORECASE)


def read_amount(text: str, start: int) -> Amount | None:
    """The amount whose currency or number stands at `start`, with a minus before it, or None."""
    currency = _CURRENCY.match(text, start)
    at = currency.end() if currency else start
    inner_minus = bool(currency) and text[at : at + 1] in ("-", "−")
    if fold := _FOLD.match(text, at):
        return _fold(fold)
    number = read_number(text, at + inner_minus) or _article(text, at)
    if number is None:
        return None
    name = _currency_name(currency[0]) if currency else ""
    amount = Amount(start, number.end, number.low, number.high, number.kind, number.unit, name)
    amount = _scaled_by_letter(text, amount)
    return _negative(amount, start) if inner_minus else _signed(text, amount)


def _signed(text: str, amount: Amount) -> Amount:
    """A minus counts where it is spelt out, or before an amount that has a unit."""
    m = _MINUS.search(text[max(0, amount.start - 7) : amount.start])
    if m is None or (m[0] in "-−" and not (amount.currency or unit_at(text, amount))):
        return amount
    return _negative(amount, amount.start - len(m[0]))


def _negative(amount: Amount, start: int) -> Amount:
    return replace(amount, start=start, low=-amount.high, high=-amount.low)


def _article(text: str, at: int) -> Number | None:
    if half := _AND_A_HALF.match(text, at):
        return Number(half.end(), 1.5, 1.5, "words", half["unit"] + "s")
    m = _ARTICLE.match(text, at)
    if m is None or not BEFORE.search(text[max(0, at - 48) : at]):
        return None
    unit = text[m.end() + 1 :].split()[0]
    return Number(m.end() + 1 + len(unit.rstrip(".,;:")), 1, 1, "words", unit.rstrip(".,;:"))


def _currency_name(sign: str) -> str:
    key = re.sub(r"\s", "", sign)
    return CURRENCY_SIGNS.get(key) or CURRENCY_CODES[key]


def _fold(m: re.Match[str]) -> Amount | None:
    word = m[0].lower()
    if word in _MULTIPLES:
        value: Value = _MULTIPLES[word]
    else:
        number = read_number(m["n"], 0)
        if number is None or number.end != len(m["n"]):
            return None
        value = number.low
    return Amount(m.start(), m.end(), value, value, "words", "times")


def _scaled_by_letter(text: str, amount: Amount) -> Amount:
    if amount.kind != "digits":
        return amount
    scales = MONEY_SCALES if amount.currency else LETTER_SCALES
    m = _LETTERS.match(text, amount.end)
    if m is None or (m[0][0] == " " and len(m[1]) < 2):
        return amount
    millions = MONEY_WORD.match(text, m.end()) or _COUNTED.match(text, m.end())
    if m[0] == "m" and millions:
        scales = MONEY_SCALES
    size = scales.get(m[1]) or (scales.get(m[1].lower()) if amount.currency else None)
    if size is None:
        return amount
    value = plain(Decimal(str(amount.low)) * size)
    return replace(amount, end=m.end(), low=value, high=value)


_COUNTED = re.compile(
    r"\s(?!(?:hurdles|runners|sprinters|swimmers|medall?ists|races|relays|heats|finals|records)\b)"
    r"(?:people|children|men|women|[a-z]{3,}(?<!s)s)\b"
)
"""What millions count: "4m doses", and not "100m hurdles"."""


def unit_at(text: str, amount: Amount) -> tuple[int, str] | None:
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


def range_end(text: str, first: Amount) -> Amount | None:
    """The other end of a range or score that begins with `first`, or None."""
    if first.kind in ("fraction", "vague"):
        return None
    unit = unit_at(text, first)
    for end in {first.end, unit[0] if unit else first.end}:
        m = _RANGE.match(text, end)
        second = read_amount(text, m.end()) if m else None
        if m is None or second is None or second.kind in ("vague", "fraction"):
            continue
        if _joins(text, first, second, m):
            return replace(second, currency=second.currency or first.currency)
    return None


def _joins(text: str, first: Amount, second: Amount, m: re.Match[str]) -> bool:
    """Whether the words between two amounts make one range of them."""
    before = text[max(0, first.start - 24) : first.start]
    if m["dash"]:
        return (first.kind == "words") == (second.kind == "words")
    if m["and"]:
        return bool(_BETWEEN.search(before)) and second.low >= first.low
    if m["or"]:
        close = first.low < second.low <= 3 * first.low and not unit_at(text, first)
        return close or second.low == first.low + 1
    one, other = unit_at(text, first), unit_at(text, second)
    if one and (other is None or one[1] != other[1]):
        return False
    return not _FROM.search(before) and second.low > with_scale_of(text, first, second).low


def with_scale_of(text: str, first: Amount, second: Amount) -> Amount:
    """ "1 to 2 thousand" and "$89 to $93 billion": the scale of the second serves both."""
    number = _CURRENCY.sub("", text[first.start : first.end]).strip()
    if first.low >= 1000 or not re.fullmatch(r"[\d.,]+|[a-z]+", number, re.IGNORECASE):
        return first
    for word, size in _BIG.items():
        if re.search(
            rf"{word}|(?<=\d){word[0]}n?$", text[second.start : second.end], re.IGNORECASE
        ):
            value = Decimal(str(first.low))
            if value < Decimal(str(second.low)) / size:
                return replace(first, low=plain(value * size), high=plain(value * size))
    return first


def span(first: Amount, second: Amount) -> Amount:
    """Two amounts as the ends of one range."""
    return replace(second, start=first.start, low=first.low)
