"""How numbers are written, as a table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.evaluation import numbers
from summarise.evaluation.metrics import METRICS


@pytest.mark.parametrize(
    ("metric", "number", "text"),
    [
        ("f1", 0.9321, "0.932"),
        ("f1", 1.0, "1.000"),
        ("f1", 0.0, "0.000"),
        ("verbatim", 0.9999, ">0.999"),
        ("leaked", 0.0001, "<0.001"),
        ("f1", None, "unscored"),
        ("output_tokens", 12345.6, "12,346"),
        ("output_tokens", 0.0, "0"),
        ("retries", 0.25, "0.25"),
        ("calls", 3.0, "3"),
        ("calls", 12.34, "12.3"),
        ("seconds", 12.345, "12.3 s"),
        ("seconds", 4321.0, "4,321 s"),
        ("cost", 0.00312, "$0.0031"),
        ("cost", 0.0, "$0.00"),
        ("cost", 0.000001, "<$0.0001"),
        ("cost", 1234.5, "$1,234.50"),
        ("cost", None, "unscored"),
    ],
)
def test_value(metric: str, number: float | None, text: str) -> None:
    assert numbers.value(METRICS[metric], number) == text


@pytest.mark.parametrize(
    ("metric", "low", "high", "text"),
    [
        ("f1", 0.9123, 0.9467, "0.91 to 0.95"),
        ("f1", None, None, "unknown"),
        ("seconds", 1.5, 20.0, "1.5 s to 20 s"),
        ("cost", 0.001, 0.02, "$0.0010 to $0.0200"),
    ],
)
def test_interval(metric: str, low: float | None, high: float | None, text: str) -> None:
    assert numbers.interval(METRICS[metric], low, high) == text


@pytest.mark.parametrize(
    ("metric", "number", "text"),
    [
        ("f1", 0.0134, "+0.013"),
        ("f1", -0.0134, "-0.013"),
        ("f1", 0.0, "0.000"),
        ("f1", -0.0001, "0.000"),
        ("f1", None, "unscored"),
        ("output_tokens", -120.0, "-120"),
        ("output_tokens", 10.0, "+10"),
        ("seconds", 3.21, "+3.21 s"),
        ("seconds", -0.0001, "0 s"),
        ("cost", -0.0031, "-$0.0031"),
        ("cost", 0.0, "$0.00"),
    ],
)
def test_change(metric: str, number: float | None, text: str) -> None:
    assert numbers.change(METRICS[metric], number) == text


def test_interval_of_a_change_has_signs() -> None:
    assert numbers.change_interval(METRICS["f1"], -0.004, 0.03) == "-0.004 to +0.030"
    assert numbers.change_interval(METRICS["f1"], None, None) == "unknown"


@pytest.mark.parametrize(
    ("p", "text"),
    [
        (0.0041, "0.004"),
        (0.0006, "0.001"),
        (0.0004, "<0.001"),
        (0.0, "<0.001"),
        (1.0, "1.000"),
        (None, "untested"),
    ],
)
def test_p_value(p: float | None, text: str) -> None:
    assert numbers.p_value(p) == text


@pytest.mark.parametrize(
    ("metric", "number", "text"),
    [
        ("f1", 0.045, "0.045"),
        ("via_f1", 1.4, ">1"),
        ("f1", None, "unknown"),
        ("output_tokens", 30.0, "30"),
    ],
)
def test_detectable(metric: str, number: float | None, text: str) -> None:
    assert numbers.detectable(METRICS[metric], number) == text


@pytest.mark.parametrize(
    ("new", "old", "text"),
    [(190.0, 100.0, "1.9 times"), (5.0, 0.0, ""), (None, 2.0, ""), (2.0, None, "")],
)
def test_ratio(new: float | None, old: float | None, text: str) -> None:
    assert numbers.ratio(new, old) == text


@given(st.floats(0, 1, allow_nan=False))
def test_only_0_and_1_are_written_as_such(number: float) -> None:
    text = numbers.value(METRICS["f1"], number)
    assert (text == "1.000") == (number == 1)
    assert (text == "0.000") == (number == 0)
