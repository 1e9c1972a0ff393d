"""Two figures held against each other as bounds: the same, one inside the other, or apart."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

from summarise.meaning import as_float
from summarise.records import Figure

Standing = Literal["same", "inside", "around", "overlap", "apart"]
"""How a first figure stands to a second: `inside` it is more exact, `around` it is less."""

LOOSEST, TIGHTEST = 0.1, 0.025
"""Shares of its value that "about" leaves open at most and at least."""
ROUNDED_FROM = 1000
"""Counts from which on a plain figure may be a rounded one: eleven dead are not ten."""
SAME = 0.005
"""Relative difference up to which two bounds are one: a third is 0.33."""


@dataclass(frozen=True)
class Bounds:
    """A figure as an interval; `given` is the one number that it names, if it names one."""

    low: float
    high: float
    given: float | None
    approx: bool

    @property
    def exact(self) -> bool:
        """Whether it is one number, neither open nor loose."""
        return self.low == self.high

    @property
    def open(self) -> bool:
        """Whether one side has no bound."""
        return math.isinf(self.low) or math.isinf(self.high)


def bounds_of(figure: Figure) -> Bounds | None:
    """The bounds of a figure, "about" widened to what it rounds; None where it has none."""
    low, high = _bound(figure.low, -math.inf), _bound(figure.high, math.inf)
    if math.isinf(low) and math.isinf(high):
        return None
    if low == high and figure.approx:
        reach = _reach(low)
        return Bounds(low - reach, high + reach, low, True)
    given = low if low == high or math.isinf(high) else high if math.isinf(low) else None
    return Bounds(low, high, given, figure.approx)


def _bound(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else as_float(value)


def _reach(value: float) -> float:
    """How far "about" reaches: half of the last digit given, within a share of the value."""
    size = abs(value)
    return max(min(_half_unit(value), LOOSEST * size), TIGHTEST * size)


def _half_unit(value: float) -> float:
    """Half of the place of the last digit that is not nought: 500 for 12,000."""
    digits = f"{abs(value):.12g}"
    if "e" in digits or "inf" in digits:
        return 0.0
    whole, _, decimals = digits.partition(".")
    if decimals:
        return 0.5 * 10.0 ** -len(decimals)
    return 0.5 * 10.0 ** (len(whole) - len(whole.rstrip("0"))) if whole != "0" else 0.0


def standing(one: Bounds, other: Bounds, *, rounds: bool = False) -> Standing:
    """How the first stands to the second; `rounds`: plain values may be rounded (percent, money).

    "Over 3,000" and "about 3,000" are the same, 17 lies inside "at least 17".
    """
    if _close(one.low, other.low) and _close(one.high, other.high):
        return "same"
    if one.given is not None and other.given is not None and _close(one.given, other.given):
        return _of_one_number(one, other)
    first, second = _rounded(one, other, rounds), _rounded(other, one, rounds)
    if first.high < second.low or second.high < first.low:
        return "apart"
    return _overlapping(first, second)


def _of_one_number(one: Bounds, other: Bounds) -> Standing:
    """Both name one number: a plain one is more exact than an open one; "about" is in between."""
    if one.open and other.open:
        return "overlap"  # "at least 20" and "up to 20"
    if one.exact and other.open:
        return "inside"
    if other.exact and one.open:
        return "around"
    return "same"


def _rounded(one: Bounds, other: Bounds, rounds: bool) -> Bounds:
    """A plain round number as what it may be rounded from, beside one that is told more exactly."""
    if not (one.exact and other.exact):
        return one
    unit = _half_unit(one.low)
    if unit <= _half_unit(other.low) or not (rounds or abs(one.low) >= ROUNDED_FROM):
        return one
    reach = unit if rounds and abs(one.low) < ROUNDED_FROM else min(unit, LOOSEST * abs(one.low))
    return Bounds(one.low - reach, one.high + reach, one.given, True)


def _overlapping(one: Bounds, other: Bounds) -> Standing:
    if _within(one, other):
        return "inside"
    return "around" if _within(other, one) else "overlap"


def _within(one: Bounds, other: Bounds) -> bool:
    if one.given is not None and not one.open:
        # "About 12,000" is inside 10,000 to 12,000: its number is what counts.
        return other.low <= one.given <= other.high and _width(one) < _width(other)
    return other.low <= one.low and one.high <= other.high


def _width(bounds: Bounds) -> float:
    return bounds.high - bounds.low


def _close(one: float, other: float) -> bool:
    return one == other or math.isclose(one, other, rel_tol=SAME)


def same_number(one: Bounds, other: Bounds) -> bool:
    """Whether both name one number, however bounded: 1,100 and "at least 1,100"."""
    if one.given is None or other.given is None:
        return _close(one.low, other.low) and _close(one.high, other.high)
    return _close(one.given, other.given)


def differ_by_rounding(one: Bounds, other: Bounds) -> bool:
    """Whether the numbers that both name lie within what "about" leaves open."""
    if one.given is None or other.given is None:
        return False
    first, second = sorted((abs(one.given), abs(other.given)))
    return second - first <= TIGHTEST * second


_DIGITS = re.compile(r"\d")


def told_as(figure: Figure) -> str:
    """A figure as a reason names it: its words where they hold a number, else its bounds."""
    if _DIGITS.search(figure.surface):
        return " ".join(figure.surface.split())
    low, high = (None if v is None else f"{v:,.12g}" for v in (figure.low, figure.high))
    if low == high and low is not None:
        bounds = f"{'about ' if figure.approx else ''}{low}"
    elif low is None or high is None:
        bounds = f"at least {low}" if low is not None else f"at most {high}"
    else:
        bounds = f"{low} to {high}"
    surface = " ".join(figure.surface.split())
    return f"{surface} ({bounds})" if surface and figure.approx else bounds
