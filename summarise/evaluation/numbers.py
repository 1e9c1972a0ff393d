"""How numbers are written, in every form of the report: the one place where that is decided."""

from __future__ import annotations

from summarise.evaluation.metrics import Metric

UNSCORED = "unscored"
"""Written for a value that does not exist because there is nothing to score."""
UNKNOWN = "unknown"
"""Written for an interval, or a detectable difference, that too few articles can show."""
UNTESTED = "untested"
"""Written for a p value where there was no test."""

_LEAST_COST = 0.0001


def count(number: float) -> str:
    """How many: 1234.0 as "1,234"."""
    return f"{number:,.0f}"


def value(metric: Metric, number: float | None) -> str:
    """A share as "0.932", an amount with its unit: "1,234", "12.5 s", "$0.0031".

    A share that is not quite 0 or 1 is never written as if it were: ">0.999", "<0.001".
    """
    if number is None:
        return UNSCORED
    if metric.kind == "share":
        return _share(number)
    return _amount(metric.name, number)


def interval(metric: Metric, low: float | None, high: float | None) -> str:
    """The ends of an interval: shares with two digits, "0.91 to 0.95"."""
    if low is None or high is None:
        return UNKNOWN
    if metric.kind == "share":
        return f"{low:.2f} to {high:.2f}"
    return f"{_amount(metric.name, low)} to {_amount(metric.name, high)}"


def change(metric: Metric, number: float | None) -> str:
    """A difference with its sign: "+0.013", "-3.2 s"; nothing that rounds to 0 has a sign."""
    if number is None:
        return UNSCORED
    share = metric.kind == "share"
    size = f"{abs(number):.3f}" if share else _amount(metric.name, abs(number))
    rounds_to_zero = not size.strip("$s <0.,")
    return size if rounds_to_zero else f"{'-' if number < 0 else '+'}{size}"


def change_interval(metric: Metric, low: float | None, high: float | None) -> str:
    """The ends of the interval of a difference: "-0.004 to +0.030"."""
    if low is None or high is None:
        return UNKNOWN
    return f"{change(metric, low)} to {change(metric, high)}"


def detectable(metric: Metric, number: float | None) -> str:
    """The smallest difference that would be found; ">1" where no share can differ as much."""
    if number is not None and metric.kind == "share" and number > 1:
        return ">1"
    return UNKNOWN if number is None else value(metric, number)


def p_value(p: float | None) -> str:
    """A p value with three digits: "0.004", "<0.001"."""
    if p is None:
        return UNTESTED
    return "<0.001" if p < 0.0005 else f"{p:.3f}"


def ratio(new: float | None, old: float | None) -> str:
    """How many times as much: "1.9 times"; nothing where one is unknown or the old one is 0."""
    return f"{new / old:,.2g} times" if new is not None and old else ""


def _share(number: float) -> str:
    text = f"{number:.3f}"
    if text == "1.000" and number < 1:
        return ">0.999"
    return "<0.001" if text == "0.000" and number > 0 else text


def _amount(name: str, number: float) -> str:
    if name == "cost":
        return _dollars(number)
    return _plain(number) + (" s" if name == "seconds" else "")


def _dollars(number: float) -> str:
    """US dollars, to the hundredth of a cent where that is all there is."""
    sign, size = "-" if number < 0 else "", abs(number)
    if 0 < size < _LEAST_COST / 2:
        return f"{sign}<$0.0001"
    digits = 2 if size == 0 or size >= 1 else 4
    return f"{sign}${size:,.{digits}f}"


def _plain(number: float) -> str:
    """Three figures or so: "1,234", "12.5", "0.25"; whole numbers without a point."""
    if abs(number) >= 100:
        return f"{number:,.0f}"
    digits = 1 if abs(number) >= 10 else 2
    text = f"{number:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
