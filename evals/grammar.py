"""Measure the figure and date grammars beside other libraries, on labelled news.

    python evals/grammar.py [--shared DIR] [--show N]

Figures: `newsquant.jsonl`, precision, recall and F1 of values (both ends of a range, to 0.1 %) and
of values with their unit. Dates: `meantime.jsonl`, share of the labelled expressions, before
`annotated_until_char`, whose normalised value is found at their place. Every system is scored by
the same code. A peer that is not installed is skipped, and said so. `--show N` prints N misses.
"""

from __future__ import annotations

import argparse
import calendar
import importlib
import json
import os
import re
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

Bounds = tuple[float, float]
Reading = tuple[Bounds, str]
Dated = tuple[int, int, date | None, date | None]
FindFigures = Callable[[str], list[Reading]]
FindDates = Callable[[str, date], list[Dated]]


@dataclass
class Tally:
    """Counts of one system: gold items, predicted items, and hits."""

    gold: int = 0
    predicted: int = 0
    hits: int = 0
    misses: list[str] = field(default_factory=list)

    def row(self) -> str:
        if not self.gold or not self.predicted:
            return "  unscored"
        precision, recall = self.hits / self.predicted, self.hits / self.gold
        f1 = 2 * precision * recall / (precision + recall) if self.hits else 0.0
        return f"  P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}"


# --- figures -----------------------------------------------------------------------------------


def gold_bounds(value: str) -> Bounds:
    """ "5-10" and "-5.0" as (low, high)."""
    numbers = re.findall(r"(?:(?<=^)|(?<=[-\s]))-?\d[\d.]*(?:[Ee]-?\d+)?|\d[\d.]*", value.strip())
    low, high = float(numbers[0]), float(numbers[-1])
    return (low, high) if len(numbers) > 1 else (low, low)


def same_bounds(a: Bounds, b: Bounds) -> bool:
    return all(abs(x - y) <= 1e-3 * max(abs(x), abs(y), 1e-9) for x, y in zip(a, b, strict=True))


_UNIT_WORDS = {
    "%": "percent", "percentage": "percent", "pc": "percent", "cent": "cent", "us$": "dollar",
    "$": "dollar", "year-old": "year", "age": "year", "€": "euro", "£": "pound",
    "sterling": "pound",
    "foot": "feet", "metre": "meter", "litre": "liter", "shekel": "shekel", "kilometre": "km",
}  # fmt: skip


def unit_words(unit: str) -> set[str]:
    """Content words of a unit, singular, with the names of one unit made one."""
    words = re.findall(
        r"[%$€£]|us\$|[a-z0-9²/]+(?:-old)?", unit.lower().replace("per cent", "percent")
    )
    words = [w if len(w) < 4 or w.endswith("ss") else w.removesuffix("s") for w in words]
    return {_UNIT_WORDS.get(w, w) for w in words} - {"of", "a", "an", "the", "us", "u", "share"}


def same_unit(predicted: str, gold: dict[str, Any]) -> bool:
    """Either no unit on both sides, or a shared content word with one of the gold's namings."""
    names = [gold["unit"], gold["normalized_unit"]]
    if all(name in ("-", "") for name in names):
        return True
    return any(unit_words(predicted) & unit_words(name) for name in names)


def score_figures(cases: Iterable[dict[str, Any]], find: FindFigures) -> tuple[Tally, Tally]:
    values, units = Tally(), Tally()
    for case in cases:
        left = find(case["text"])
        for tally in (values, units):
            tally.gold += len(case["quantities"])
            tally.predicted += len(left)
        for gold in case["quantities"]:
            bounds = gold_bounds(str(gold["value"]))
            hits = [item for item in left if same_bounds(item[0], bounds)]
            hits.sort(key=lambda item: not same_unit(item[1], gold))
            if not hits:
                values.misses.append(f"missed {gold['value']} {gold['unit']!r} in {case['text']!r}")
                continue
            left.remove(hits[0])
            values.hits += 1
            units.hits += same_unit(hits[0][1], gold)
        values.misses += [f"extra {item} in {case['text']!r}" for item in left]
    return values, units


def ours(text: str) -> list[Reading]:
    from summarise.language.figures import find_figures

    figures = [found.figure for found in find_figures(text)]
    return [(_bounds(figure.low, figure.high), figure.unit) for figure in figures]


def _bounds(low: float | None, high: float | None) -> Bounds:
    known = [float(value) for value in (low, high) if value is not None]
    return known[0], known[-1]


def quantulum(text: str) -> list[Reading]:
    parser = importlib.import_module("quantulum3.parser")
    return [
        (
            (q.value - (q.uncertainty or 0), q.value + (q.uncertainty or 0)),
            f"{q.unit.name} {q.surface}",
        )
        for q in parser.parse(text)
    ]


def number_words(text: str) -> list[Reading]:
    """text2num turns words into digits; the digits are then read off. It knows no units."""
    alpha2digit = importlib.import_module("text_to_num").alpha2digit
    digits = alpha2digit(text, "en")
    numbers = re.findall(r"(?<![\w.])\d[\d,]*(?:\.\d+)?", digits)
    return [((value, value), "") for value in (float(n.replace(",", "")) for n in numbers)]


# --- dates -------------------------------------------------------------------------------------


def timex_interval(value: str) -> tuple[date, date] | None:
    """Days of a TIMEX3 value: a date, month, year, week, quarter, decade; None for the rest."""
    value = re.sub(r"T.*$", "", value)
    if m := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
        day = date(*map(int, m.groups()))
        return day, day
    if m := re.fullmatch(r"(\d{4})-(\d\d)(?:-XX)?", value):
        return _month(int(m[1]), int(m[2]))
    if m := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        year, last = int(m[1]), 3 * int(m[2])
        return _month(year, last - 2)[0], _month(year, last)[1]
    if m := re.fullmatch(r"(\d{4})-W(\d\d)", value):
        monday = date.fromisocalendar(int(m[1]), int(m[2]), 1)
        return monday, monday + timedelta(days=6)
    if m := re.fullmatch(r"(\d{4})", value):
        return date(int(m[1]), 1, 1), date(int(m[1]), 12, 31)
    return None


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def score_dates(cases: Iterable[dict[str, Any]], find: FindDates) -> Tally:
    """Hits are gold expressions that a found one overlaps and gives the same days.

    Precision counts found expressions that overlap no labelled one as errors.
    """
    tally = Tally()
    for case in cases:
        text = case["text"][: case["annotated_until_char"]]
        found = find(text, date.fromisoformat(case["dct"]))
        inside = [t for t in case["timex"] if t["end"] <= len(text)]
        tally.predicted += sum(1 for f in found if not _is_vague(f, inside))
        for timex in inside:
            interval = timex_interval(timex["value"]) if timex["type"] in ("DATE", "TIME") else None
            if interval is None:
                continue
            tally.gold += 1
            near = [f for f in found if f[0] < timex["end"] and timex["start"] < f[1]]
            if any(_same_days(f[2], f[3], interval) for f in near):
                tally.hits += 1
            else:
                around = text[max(0, timex["start"] - 50) : timex["end"] + 30]
                got = [(text[f[0] : f[1]], str(f[2]), str(f[3])) for f in near]
                tally.misses.append(
                    f"{timex['text']!r} = {timex['value']}, got {got} in {around!r}"
                )
    return tally


def _is_vague(found: Dated, timexes: list[dict[str, Any]]) -> bool:
    """A find on a labelled expression that has no days (a duration, "recently") is not scored."""
    near = [t for t in timexes if found[0] < t["end"] and t["start"] < found[1]]
    scored = [t for t in near if t["type"] in ("DATE", "TIME") and timex_interval(t["value"])]
    return bool(near) and not scored


def _same_days(start: date | None, end: date | None, gold: tuple[date, date]) -> bool:
    """One open side is left out of the comparison: TIMEX3 has the date, not "since" before it."""
    if start is None and end is None:
        return False
    return (start is None or start == gold[0]) and (end is None or end == gold[1])


def our_dates(text: str, published: date) -> list[Dated]:
    from summarise.language.periods import find_periods

    return [(f.start, f.end, f.period.start, f.period.end) for f in find_periods(text, published)]


_MONTH = re.compile("|".join(calendar.month_name[1:]))


def dateparser_search(text: str, published: date) -> list[Dated]:
    search = importlib.import_module("dateparser.search")
    base = datetime(published.year, published.month, published.day)
    settings = {
        "RELATIVE_BASE": base, "PREFER_DATES_FROM": "past", "RETURN_TIME_AS_PERIOD": False,
        "PREFER_DAY_OF_MONTH": "first",
    }  # fmt: skip
    found: list[Dated] = []
    at = 0
    for words, when in search.search_dates(text, languages=["en"], settings=settings) or []:
        at = max(text.find(words, at), 0)
        start, end = _widened(words, when.date())
        found.append((at, at + len(words), start, end))
        at += len(words)
    return found


def _widened(words: str, day: date) -> tuple[date, date]:
    """A search result is one day; a bare year or month is taken as all of it, in its favour."""
    if re.fullmatch(r"(?:in |since )?\d{4}", words):
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if _MONTH.search(words) and not re.search(r"\b\d{1,2}(?:st|nd|rd|th)?\b", words):
        return _month(day.year, day.month)
    return day, day


# --- the run -----------------------------------------------------------------------------------

FIGURE_SYSTEMS: tuple[tuple[str, str, FindFigures], ...] = (
    ("summarise", "summarise", ours),
    ("quantulum3", "quantulum3", quantulum),
    ("text2num", "text_to_num", number_words),
)
DATE_SYSTEMS: tuple[tuple[str, str, FindDates], ...] = (
    ("summarise", "summarise", our_dates),
    ("dateparser search_dates", "dateparser", dateparser_search),
)


def is_installed(name: str, module: str) -> bool:
    try:
        importlib.import_module(module)
    except ImportError:
        print(f"{name:<25}  skipped: not installed (pip install {module})")
        return False
    return True


def read_cases(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def run_figures(path: Path, show: int) -> None:
    cases = read_cases(path)
    print(f"Figures: {path.name}, {len(cases)} sentences")
    for name, module, find in FIGURE_SYSTEMS:
        if not is_installed(name, module):
            continue
        values, units = score_figures(cases, find)
        print(f"{name:<25}  value{values.row()}   value and unit{units.row()}")
        for miss in values.misses[:show]:
            print("   ", miss)


def run_dates(path: Path, show: int) -> None:
    cases = read_cases(path)
    print(f"Dates: {path.name}, {len(cases)} articles")
    for name, module, find in DATE_SYSTEMS:
        if not is_installed(name, module):
            continue
        tally = score_dates(cases, find)
        print(f"{name:<25}  accuracy {tally.hits / tally.gold:.3f} of {tally.gold} {tally.row()}")
        for miss in tally.misses[:show]:
            print("   ", miss)


def main() -> None:
    shared = os.environ.get("SUMMARISE_SHARED") or Path(__file__).parents[1].parent / "shared"
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path(shared))
    parser.add_argument("--show", type=int, default=0, metavar="N")
    parser.add_argument("--only", choices=("figures", "dates"))
    args = parser.parse_args()
    warnings.simplefilter("ignore")
    if args.only != "dates":
        run_figures(args.shared / "corpora" / "newsquant.jsonl", args.show)
    if args.only != "figures":
        run_dates(args.shared / "corpora" / "meantime.jsonl", args.show)


if __name__ == "__main__":
    main()
