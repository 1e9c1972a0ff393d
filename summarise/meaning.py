"""A claim as the matcher sees it: words, numbers, dates, names and negations taken apart once."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from summarise.language.date_words import MONTHS, WEEKDAYS
from summarise.language.figures import find_figures
from summarise.language.names import find_names
from summarise.language.number_words import SMALL
from summarise.language.places import country_of
from summarise.language.words import Word, words
from summarise.records import Claim, Span

_MONTH = "|".join(month.capitalize() for month in MONTHS)
# "May" alone is a verb as often as a month.
_DATED_MONTH = re.compile(
    rf"(?:\b(?P<before>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? )?\b(?P<month>{_MONTH})\b"
    r"(?: (?P<after>\d{1,2})(?:st|nd|rd|th)?\b(?!,\d{3}))?"
)
# Behind a capitalised word it is a surname, at the start a verb.
_LOWER = re.compile(r"[a-z\d,] $")
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(day.capitalize() for day in WEEKDAYS)})s?\b")
_YEAR = re.compile(r"(?<![\w.,$£€-])(?:1[5-9]|20)\d\d(?![\w%]|[.,]\d|-\w)")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_WORD_NUMBERS = {word: float(value) for word, value in SMALL.items()}
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(_WORD_NUMBERS)})\b", re.IGNORECASE)
_SAME = {
    "troop": "soldier", "wound": "injur", "hurt": "injur", "die": "kill", "dead": "kill",
    "death": "kill", "fatality": "kill", "percent": "percent", "cent": "percent", "per": "",
}  # fmt: skip
"""Stems that news puts for one another; an empty one is left out."""


@dataclass(frozen=True)
class Meaning:
    """What a claim says, ready to be held against another.

    `stems` counts content words, numbers and names included; `rest` leaves names and dates out.
    `numbers` are the bounds of its figures and whatever other numbers the words hold, dates apart;
    `dates` counts (kind, value). `opening` is a capitalised first word that may be a name.
    """

    claim: Claim
    words: tuple[Word, ...]
    stems: Counter[str]
    rest: Counter[str]
    numbers: Counter[float]
    dates: Counter[tuple[str, str]]
    names: tuple[str, ...]
    opening: str | None
    spans: tuple[tuple[int, int], ...]


def meaning_of(claim: Claim) -> Meaning:
    """Take the claim apart; the same text is read once."""
    said = _of_text(claim.text)
    return Meaning(claim, *said, _joined(claim.evidence))


def _joined(evidence: Iterable[Span]) -> tuple[tuple[int, int], ...]:
    """The stretches that the evidence covers, in order, none over another."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((span.start, span.end) for span in evidence):
        if found and start <= found[-1][1] < end:
            found[-1] = (found[-1][0], end)
        elif start < end and not (found and end <= found[-1][1]):
            found.append((start, end))
    return tuple(found)


@lru_cache(maxsize=4096)
def _of_text(
    text: str,
) -> tuple[
    tuple[Word, ...],
    Counter[str],
    Counter[str],
    Counter[float],
    Counter[tuple[str, str]],
    tuple[str, ...],
    str | None,
]:
    dates, undated = _dates(text)
    names = [(start, end) for start, end in find_names(text) if not _is_date(text[start:end])]
    return (
        tuple(words(text)),
        stems_of(_with_states(text, names)),
        stems_of(without(undated, names)),
        _numbers(undated),
        dates,
        tuple(text[start:end] for start, end in names),
        _opening(text, names),
    )


def _opening(text: str, names: list[tuple[int, int]]) -> str | None:
    first = re.match(r"[“\"']?([A-Z][\w’'-]*)", text)
    if first is None or any(start < first.end() for start, _ in names):
        return None
    return first[1] if stems_of(first[1]) else None


def _with_states(text: str, names: list[tuple[int, int]]) -> str:
    """The text with the state in the place of its seat of government: "Moscow" is Russia."""
    for start, end in sorted(names, reverse=True):
        text = text[:start] + (country_of(text[start:end]) or text[start:end]) + text[end:]
    return text


def without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with blanks in the place of the spans, so that offsets stay."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _is_date(name: str) -> bool:
    return all(word.lower() in MONTHS or word.lower() in WEEKDAYS for word in name.split())


def _dates(text: str) -> tuple[Counter[tuple[str, str]], str]:
    """The date words of a text by kind, and the text without them."""
    found: Counter[tuple[str, str]] = Counter()
    for match in _DATED_MONTH.finditer(text):
        days = [day for day in (match["before"], match["after"]) if day]
        if match["month"] == "May" and not days and not _LOWER.search(text[: match.start()]):
            continue
        found["month", match["month"]] += 1
        for day in days:
            found["day", day.lstrip("0")] += 1
        text = without(text, [match.span()])
    for kind, pattern in (("weekday", _WEEKDAY), ("year", _YEAR)):
        for match in pattern.finditer(text):
            found[kind, match.group().rstrip("s")] += 1
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return found, text


def _numbers(text: str) -> Counter[float]:
    figures = find_figures(text)
    bounds = (bound for f in figures for bound in {f.figure.low, f.figure.high} - {None})
    text = without(text, [(f.start, f.end) for f in figures])
    digits = map(value_of, NUMBER.findall(text))
    return Counter([*map(_rounded, bounds), *digits, *spelled_numbers(text)])


def value_of(digits: str) -> float:
    """The value of a number in digits, commas taken out."""
    return float(digits.replace(",", ""))


def spelled_numbers(text: str) -> list[float]:
    """The values of the number words of a text, one to ninety."""
    return [_WORD_NUMBERS[word.lower()] for word in _NUMBER_WORD.findall(text)]


def undated(text: str) -> str:
    """The text with blanks in the place of its dates."""
    return _dates(text)[1]


def _rounded(bound: float | None) -> float:
    # A third is 0.33 or 0.333.
    return float(f"{bound:.2g}") if bound and abs(bound) < 1 else as_float(bound or 0)


def as_float(number: float) -> float:
    """The number as a float, infinite where it is beyond all floats: people paste digits."""
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def stems_of(text: str) -> Counter[str]:
    """The content words of a text, inflection and number words made one, negations as one."""
    found: Counter[str] = Counter()
    for word in words(text):
        if word.cue:
            found["not"] += 1
        elif word.content:
            stem = word.stem.replace(",", "") if word.stem[0].isdigit() else word.stem
            if stem in _WORD_NUMBERS:
                stem = f"{_WORD_NUMBERS[stem]:g}"
            if stem := _SAME.get(stem, stem):
                found[stem] += 1
    return found
