"""A disputed figure as a chart: who gives which value or bounds, as of when, as inline SVG.

Values run from left to right, days from top to bottom, each figure on a line of its own, so that no
label meets another. Places from left to right are percentages and text keeps its size: the chart
fits any width. Whiskers end a range, an arrow leaves an open bound, what is loose is hollow, what
conflicts is a diamond.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from summarise import report
from summarise.records import Figure
from summarise.story_index import Answer, day, shortened

if TYPE_CHECKING:
    from markupsafe import Markup

Updates = Collection[tuple[str, str]]
"""Pairs of claim names, the later word first."""
Side = Literal["start", "middle", "end"]

NARROWEST = 288
"""Pixels from the least to the greatest value on the narrowest screen: labels must fit there."""
MARGIN = 36
"""Pixels kept free on either side of that, for arrows and labels."""
ARROW = 30
"""Length in pixels of what stands for an open bound."""
CHARACTER = 7.4
"""Pixels a character of a label takes at most, on average."""
NAME = 50
"""Characters of a source that fit on the narrowest screen."""
AXIS, DAY, LINE, BELOW = 30, 26, 46, 16
"""Heights in pixels: the axis, the name of a day, a figure, its label if it stands below."""
DECADES = 30
"""From this ratio of greatest to least on, the scale is logarithmic."""
CLOSE = 0.25
"""Under this spread, as a share of the greatest, the scale does not begin at zero."""
SHORT = ((10**12, "tn"), (10**9, "bn"), (10**6, "m"))


@dataclass(frozen=True)
class Scale:
    """Values to percentages of the width, and the ticks."""

    low: float
    high: float
    log: bool
    ticks: tuple[float, ...]

    def place(self, value: float) -> float:
        """0 at the low end, 100 at the high end."""
        low, high, at = (self.low, self.high, value)
        if self.log:
            low, high, at = math.log10(low), math.log10(high), math.log10(value)
        return round(100 * (at - low) / (high - low), 2)


@dataclass(frozen=True)
class Label:
    """Text at a percentage of the width, moved by `shift` pixels, at `y` pixels."""

    text: str
    x: float
    y: float
    side: Side
    shift: float = 0


@dataclass(frozen=True)
class Mark:
    """A figure: its ends in percent, which of them are open, and its labels."""

    y: float
    low: float
    high: float
    open: Literal["", "up", "down"]
    approx: bool
    contested: bool
    name: str
    updates: str
    value: Label
    told: str

    @property
    def signs(self) -> Iterator[str]:
        """What of the legend it needs."""
        if self.open:
            yield "open"
        elif self.low != self.high:
            yield "range"
        yield "contested" if self.contested else "loose" if self.approx else "value"
        if self.approx:
            yield "loose"


@dataclass(frozen=True)
class Chart:
    """All that the drawing needs; `left_out` counts figures that the scale cannot show."""

    title: str
    unit: str
    scale: Scale
    ticks: tuple[Label, ...]
    days: tuple[tuple[float, str], ...]
    marks: tuple[Mark, ...]
    height: float
    left_out: int = 0

    @property
    def signs(self) -> frozenset[str]:
        """What stands in it: "value", "loose", "contested", "range", "open"."""
        return frozenset(sign for mark in self.marks for sign in mark.signs)

    @property
    def described(self) -> str:
        """What the chart shows, in words, for who does not see it."""
        scale = "a logarithmic" if self.scale.log else "a linear"
        told = "; ".join(mark.told for mark in self.marks)
        return f"{len(self.marks)} figures on {scale} scale, the earliest first: {told}."


@dataclass
class _Pen:
    """Where the next line goes."""

    y: float = AXIS
    day: str = ""
    days: list[tuple[float, str]] = field(default_factory=list)


def chart(
    title: str,
    answers: Sequence[Answer],
    contested: Collection[str] = (),
    updates: Updates = (),
) -> Chart | None:
    """The chart of a fact's figures; None where fewer than two can stand on one scale.

    `contested` names the claims that conflict with another.
    """
    drawn = [one for one in _of_one_kind(answers) if _bounds(one.figure)]
    if len(drawn) < 2:
        return None
    scale = _scale([value for one in drawn for value in _bounds(one.figure)])
    pen = _Pen()
    marks = tuple(
        _mark(one, scale, pen, _updated(one, drawn, updates), not one.names.isdisjoint(contested))
        for one in drawn
    )
    return Chart(
        title=report.clean(title),
        unit=_unit(drawn),
        scale=scale,
        ticks=tuple(_tick(value, scale) for value in scale.ticks),
        days=tuple(pen.days),
        marks=marks,
        height=pen.y + 4,
        left_out=len(answers) - len(drawn),
    )


def svg(drawn: Chart, name: str) -> Markup:
    """The chart as an SVG element; `name` begins the ids in it."""
    from markupsafe import Markup

    template = report.environment().get_template("chart.svg")
    return Markup(template.render(chart=drawn, name=name, arrow=ARROW, margin=MARGIN))  # noqa: S704 - escaped by the template


def _bounds(figure: Figure) -> list[float]:
    found = (figure.low, figure.high)
    return [float(one) for one in found if one is not None and math.isfinite(one)]


def _of_one_kind(answers: Sequence[Answer]) -> list[Answer]:
    """Shares and counts have no scale in common: the kind that most figures are of."""
    shares = [one for one in answers if _is_share(one.figure)]
    counts = [one for one in answers if not _is_share(one.figure)]
    return shares if len(shares) > len(counts) else counts


def _is_share(figure: Figure) -> bool:
    return any(word in figure.unit.casefold() for word in ("percent", "per cent", "%", "share"))


def _unit(answers: Sequence[Answer]) -> str:
    """The unit that most of them name, the earliest of equals."""
    units = [report.clean(one.figure.unit) for one in answers if one.figure.unit]
    return max(dict.fromkeys(units), key=units.count, default="")


def _scale(values: Sequence[float]) -> Scale:
    least, most = min(values), max(values)
    if least > 0 and most / least >= DECADES:
        return _decades(least, most)
    if least >= 0 and (most - least) >= CLOSE * most:
        least = 0.0
    if least == most:
        least, most = least - 1, most + 1
    step = _step(least, most)
    first, last = math.floor(least / step), math.ceil(most / step)
    ticks = tuple(round(number * step, 10) for number in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], False, ticks)


def _step(least: float, most: float) -> float:
    """The least of 1, 2 or 5 times a power of ten that gives at most five ticks."""
    power = 10.0 ** math.floor(math.log10((most - least) / 4))
    steps = (times * power for times in (1, 2, 5, 10, 20))
    return next(step for step in steps if math.ceil(most / step) - math.floor(least / step) <= 4)


def _decades(least: float, most: float) -> Scale:
    first, last = math.floor(math.log10(least)), math.ceil(math.log10(most))
    every = max(1, math.ceil((last - first) / 4))
    ticks = tuple(10.0**power for power in range(first, last + 1, every))
    return Scale(10.0**first, max(10.0**last, ticks[-1]), True, ticks)


def _tick(value: float, scale: Scale) -> Label:
    return Label(short(value), scale.place(value), 14, "middle")


def _mark(one: Answer, scale: Scale, pen: _Pen, updates: str, contested: bool) -> Mark:
    _begin_day(one.as_of, pen)
    figure = one.figure
    low, high = (scale.place(value) for value in (_bounds(figure)[0], _bounds(figure)[-1]))
    leaves: Literal["", "up", "down"] = (
        "up" if figure.high is None else "down" if figure.low is None else ""
    )
    y = pen.y + 30
    value = _value(figure, low, high, leaves, y)
    pen.y += LINE + (BELOW if value.y > y + 10 else 0)
    parts = [report.figure(figure), updates, "in conflict" if contested else ""]
    told = f"{one.who}, {day(one.as_of)}: {', '.join(filter(None, parts))}"
    return Mark(
        y=y,
        low=low,
        high=high,
        open=leaves,
        approx=figure.approx,
        contested=contested,
        name=shortened(report.clean(one.who), NAME - (len(updates) + 1 if updates else 0)),
        updates=updates,
        value=value,
        told=report.clean(told),
    )


def _begin_day(as_of: date | None, pen: _Pen) -> None:
    if (name := day(as_of)) != pen.day:
        pen.y += DAY
        pen.day = name
        pen.days.append((pen.y - 6, name))


def _value(figure: Figure, low: float, high: float, leaves: str, y: float) -> Label:
    """The value beside its mark: right of it, else left, else below, as there is room."""
    text = _short_figure(figure)
    needed = len(text) * CHARACTER + 14
    right = (100 - high) / 100 * NARROWEST + MARGIN - (ARROW if leaves == "up" else 0)
    left = low / 100 * NARROWEST + MARGIN - (ARROW if leaves == "down" else 0)
    if right >= needed:
        return Label(text, high, y + 4.5, "start", 12 + (ARROW if leaves == "up" else 0))
    if left >= needed:
        return Label(text, low, y + 4.5, "end", -12 - (ARROW if leaves == "down" else 0))
    middle = (low + high) / 2
    side: Side = "middle" if 30 <= middle <= 70 else "start" if middle < 30 else "end"
    at = {"middle": middle, "start": 0.0, "end": 100.0}[side]
    return Label(text, at, y + 4.5 + BELOW, side)


def short(value: float) -> str:
    """A figure where room is short: 1200000 as "1.2m", 12000 as "12,000"."""
    for scale, word in SHORT:
        if abs(value) >= scale:
            return f"{value / scale:.3g}{word}" if abs(value) < 1000 * scale else f"{value:.2g}"
    return report.number(value)


def _short_figure(figure: Figure) -> str:
    about = "≈ " if figure.approx else ""
    ends = [short(value) for value in _bounds(figure)]
    if figure.low is None or figure.high is None:
        return f"{about}{'≤' if figure.low is None else '≥'} {ends[0]}"
    return about + "–".join(dict.fromkeys(ends))


def _updated(later: Answer, drawn: Sequence[Answer], updates: Updates) -> str:
    """What a figure updates, in words: the last of the earlier figures that it does."""
    earlier = [
        one for one in drawn if any(new in later.names and old in one.names for new, old in updates)
    ]
    return f"updates {_short_figure(earlier[-1].figure)}" if earlier else ""
