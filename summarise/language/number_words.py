"""Numbers as English news writes them: digits, words, fractions, and vague counts ("dozens").

`read_number` reads one number at an offset. What it counts, and whether "over" or "about" stands
before it, is for `summarise.language.figures`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from summarise.language.word_lists import words

Kind = Literal["digits", "words", "vague", "fraction"]
Value = int | float

_UNITS = words("zero one two three four five six seven eight nine")
_TEENS = words("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
_TENS = words("twenty thirty forty fifty sixty seventy eighty ninety")
SMALL = {word: value for value, word in enumerate(_UNITS + _TEENS)} | {
    word: 10 * value for value, word in enumerate(_TENS, start=2)
}
SCALES = {
    "hundred": 10**2,
    "thousand": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "trillion": 10**12,
}
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6,
    "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "hundredth": 100,
}  # fmt: skip
_GLYPHS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.333", "⅔": "0.667"}

# Bounds of vague counts, for the plural noun and for "several" with the singular.
_VAGUE = {
    "dozen": (24, 99),
    "score": (40, 99),
    "hundred": (200, 999),
    "thousand": (2_000, 9_999),
    "million": (2_000_000, 9_999_999),
    "billion": (2_000_000_000, 9_999_999_999),
    "trillion": (2_000_000_000_000, 9_999_999_999_999),
    "decade": (20, 99),
    "centurie": (200, 999),
}
# "tens of thousands": the first word gives the span of what is multiplied.
_TIMES = {"ten": (20, 99), "dozen": (24, 99), "score": (40, 99), "hundred": (200, 999)}


def _any(options: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(options, key=len, reverse=True)) + ")"


_SUB100 = rf"(?:{_any(_TENS)}(?:[\s-]{_any(_UNITS[1:])}\b)?|{_any(_TEENS + _UNITS)})\b"
_SUB1000 = rf"(?:(?:an?|{_SUB100})[\s-]hundred\b(?:[\s-](?:and[\s-])?{_SUB100})?|{_SUB100})"
_BIG = r"(?:thousand|lakh|million|crore|billion|trillion)\b"
_WORDS = re.compile(
    rf"\b(?:an?\s(?=hundred\b|{_BIG}))?(?:{_SUB1000}|hundred\b|{_BIG})"
    rf"(?:[\s-](?:hundred\b|{_BIG})(?:,?[\s-](?:and[\s-])?{_SUB1000})?)*",
    re.IGNORECASE,
)
_DIGITS = re.compile(
    r"(?P<num>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+|\d+(?:\.\d+)?|\.\d+)"
    rf"(?P<part>\s?[½¼¾⅓⅔]|[\s-]1/[2-9]\b|\s(?:and\sa\s)half\b)?"
    rf"(?P<scale>(?:[\s-]?(?:hundred|dozen)\b|[\s-]?{_BIG})*)",
    re.IGNORECASE,
)
_DOZEN = re.compile(
    rf"\b(?P<n>an?|another|half[\s-]a|{_SUB100})[\s-](?P<what>dozen|decade|century)\b(?![\s-]old)",
    re.IGNORECASE,
)
_VAGUE_PLURAL = re.compile(
    r"\b(?P<outer>(?:ten|dozen|score|hundred)s)\sof\s(?P<inner>(?:thousand|million|billion|trillion)s)\b"
    r"|\b(?P<plain>dozens|hundreds|thousands|millions|billions|trillions|decades|centuries|"
    r"scores(?=\s(?:of|more|others|(?:were|are|have\sbeen|had\sbeen|remain)\s\w+(?:ed|ing|t|d)\b)))\b",
    re.IGNORECASE,
)
_VAGUE_SINGULAR = re.compile(
    r"\b(?:several|many|(?:a\s)?few|a\scouple(?:\sof)?)\s"
    r"(?P<scale>dozen|hundred|thousand|million|billion|trillion|decade|centurie)s?\b",
    re.IGNORECASE,
)
_HALF_OF_SCALE = re.compile(
    rf"\b(?P<part>half|a\squarter\sof|three[\s-]quarters\sof)\s(?:an?\s)(?P<scale>{_BIG})",
    re.IGNORECASE,
)
_MIXED = re.compile(
    rf"(?P<n>{_SUB1000})\sand\s(?P<part>a\shalf|a\squarter|three[\s-]quarters)(?:\s(?P<scale>{_BIG}))?\b",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    rf"\b(?:(?P<over>one|two|three|four|five|six|seven|eight|nine)[\s-]|an?\s)?"
    rf"(?P<under>{_any(list(_PARTS)[2:])})(?P<s>s?)\b",
    re.IGNORECASE,
)
_HALF = re.compile(r"\b(?:one[\s-])?half\b", re.IGNORECASE)
_SLASH = re.compile(r"(?P<over>\d{1,3})[/⁄](?P<under>\d{1,3})\b(?![/\d])|[½¼¾⅓⅔]")
_IN = re.compile(
    rf"\b(?P<over>{_SUB100}|\d{{1,3}})\s(?:in(?:\severy)?|out\sof(?:\severy)?)\s"
    rf"(?P<under>{_SUB100}|\d{{1,3}})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number read: its bounds (equal where exact) and how it was written."""

    end: int
    low: Value
    high: Value
    kind: Kind
    unit: str = ""

    @property
    def approx(self) -> bool:
        return self.kind == "vague"


def plain(value: Decimal) -> Value:
    """An int where the value is whole, else a float."""
    return int(value) if value == value.to_integral_value() else float(value)


def words_to_int(spelt: str) -> int:
    """The value of a spelt-out cardinal ("two thousand and five"); articles count as one."""
    total = current = 0
    for word in re.findall(r"[a-z]+", spelt.lower()):
        if word in SCALES:
            scale = SCALES[word]
            current = max(current, 1) * scale
            if scale > 100:
                total, current = total + current, 0
        else:
            current += SMALL.get(word, 0)
    return total + current


def ratio(over: int, under: int) -> Value:
    """A share to three decimals, as people write it: two thirds is 0.667."""
    return plain(round(Decimal(over) / Decimal(under), 3))


def read_number(text: str, at: int) -> Number | None:
    """The number that starts at `text[at]`, or None. The longest reading wins."""
    found = [number for read in _READERS if (number := read(text, at)) is not None]
    return max(found, key=lambda number: number.end, default=None)


def _read_digits(text: str, at: int) -> Number | None:
    m = _DIGITS.match(text, at)
    if m is None:
        return None
    value = Decimal(re.sub(r"[^\d.]", "", m["num"])) + _part(m["part"])
    for word in re.findall(r"[a-z]+", (m["scale"] or "").lower()):
        value *= 12 if word == "dozen" else SCALES[word]
    return Number(m.end(), plain(value), plain(value), "digits")


def _part(written: str | None) -> Decimal:
    """The fraction after a whole number: "½", " 1/2", " and a half"."""
    if not written:
        return Decimal(0)
    glyph = written.strip()
    if glyph in _GLYPHS:
        return Decimal(_GLYPHS[glyph])
    slash = re.search(r"1/(\d)", written)
    return round(1 / Decimal(slash[1]), 3) if slash else Decimal("0.5")


def _read_words(text: str, at: int) -> Number | None:
    m = _WORDS.match(text, at)
    if m is None:
        return None
    value = words_to_int(m[0])
    return Number(m.end(), value, value, "words")


def _read_dozen(text: str, at: int) -> Number | None:
    m = _DOZEN.match(text, at)
    if m is None:
        return None
    size = {"dozen": 12, "decade": 10, "century": 100}[m["what"].lower()]
    if m["n"].lower().startswith("half"):
        value = plain(Decimal(size) / 2)
    else:
        value = size * max(words_to_int(m["n"]), 1)
    unit = "" if size == 12 else "years"
    return Number(m.end(), value, value, "words", unit)


def _read_vague(text: str, at: int) -> Number | None:
    m = _VAGUE_PLURAL.match(text, at) or _VAGUE_SINGULAR.match(text, at)
    if m is None:
        return None
    groups = m.groupdict()
    if groups.get("outer"):
        low, high = _TIMES[groups["outer"].lower()[:-1]]
        size = SCALES[groups["inner"].lower()[:-1]]
        return Number(m.end(), low * size, (high + 1) * size - 1, "vague")
    name = (groups.get("scale") or groups["plain"].split()[0]).lower().removesuffix("s")
    end = m.start() + len("scores") if name == "score" else m.end()
    low, high = _VAGUE[name]
    return Number(end, low, high, "vague", "years" if name in ("decade", "centurie") else "")


def _read_part_of_scale(text: str, at: int) -> Number | None:
    m = _HALF_OF_SCALE.match(text, at)
    if m is None:
        return None
    share = {"h": "0.5", "a": "0.25", "t": "0.75"}[m["part"][0].lower()]
    value = plain(Decimal(share) * SCALES[m["scale"].lower()])
    return Number(m.end(), value, value, "words")


def _read_mixed(text: str, at: int) -> Number | None:
    m = _MIXED.match(text, at)
    if m is None:
        return None
    part = m["part"].lower()
    share = "0.5" if "half" in part else "0.25" if part.startswith("a") else "0.75"
    scale = SCALES[m["scale"].lower()] if m["scale"] else 1
    value = plain((words_to_int(m["n"]) + Decimal(share)) * scale)
    return Number(m.end(), value, value, "words")


def _read_fraction(text: str, at: int) -> Number | None:
    if half := _HALF.match(text, at):
        return Number(half.end(), 0.5, 0.5, "fraction")
    m = _FRACTION.match(text, at)
    if m is None or (m["s"] and not m["over"]):
        return None
    value = ratio(words_to_int(m["over"] or "one"), _PARTS[m["under"].lower()])
    return Number(m.end(), value, value, "fraction")


def _read_slash(text: str, at: int) -> Number | None:
    m = _SLASH.match(text, at)
    if m is None:
        return None
    if m[0] in _GLYPHS:
        value: Value = float(_GLYPHS[m[0]])
    elif 0 < int(m["over"]) < int(m["under"]):
        value = plain(round(Decimal(m["over"]) / Decimal(m["under"]), 6))
    else:
        return None
    return Number(m.end(), value, value, "fraction")


def _read_in(text: str, at: int) -> Number | None:
    """A share: "one in five", "9 out of 10"."""
    m = _IN.match(text, at)
    if m is None:
        return None
    over, under = (int(n) if n.isdigit() else words_to_int(n) for n in (m["over"], m["under"]))
    if not 0 < over < under:
        return None
    share = ratio(over, under)
    return Number(m.end(), share, share, "fraction")


_READERS = (
    _read_digits,
    _read_words,
    _read_dozen,
    _read_vague,
    _read_part_of_scale,
    _read_mixed,
    _read_fraction,
    _read_slash,
    _read_in,
)
