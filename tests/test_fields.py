"""Whether a field of two claims says the same."""

from __future__ import annotations

import pytest
from evaluation_data import claim, figure, period
from hypothesis import given, settings
from hypothesis import strategies as st

from summarise.evaluation.fields import (
    named,
    same_figure,
    same_figures,
    same_period,
    same_source,
    same_speaker,
    same_via,
    shared_figures,
    shared_via,
)
from summarise.records import Figure, Period


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (None, None, True),
        (None, "", True),
        (None, " The article ", True),
        (None, "Ada Brook", False),
        ("Ada Brook", "ada brook", True),
        ("Ada Brook", "Brook", True),
        ("Ada Brook", "Mayor Ada Brook", True),
        ("Ada Brook", "Orla Dunne", False),
        ("Ada Brook", "Ada Dunne", False),
        ("the United Nations", "the UN", True),
        ("the coastguard", "coastguard officials", True),
        ("survivors", "the survivors", True),
        ("survivors", "dock workers", False),
        ("police in Osk", "Osk police", True),
        ("police in Osk", "Lorn police", False),
        ("Osk's health board", "Lorn's health board", False),
        ("два свидетеля", "два свидетеля", True),
        ("🎉", "🎉", True),
        ("...", "!!!", False),
    ],
)
def test_sources(one: str | None, other: str | None, same: bool) -> None:
    assert same_speaker(one, other) == same_speaker(other, one) == same
    assert same_source(claim("x", source=one), claim("x", source=other)) == same


@pytest.mark.parametrize(
    ("source", "name"),
    [(None, None), ("  ", None), ("the article", None), ("Article", None), (" Osk ", "Osk")],
)
def test_the_article_is_no_source(source: str | None, name: str | None) -> None:
    assert named(source) == name


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=30))
def test_a_source_is_its_own(source: str) -> None:
    assert same_speaker(source, source)


@pytest.mark.parametrize(
    ("one", "other", "shared", "same"),
    [
        ((), (), 0, True),
        (("Osk Radio",), (), 0, False),
        (("Osk Radio",), ("Osk Radio",), 1, True),
        (("Osk Radio", "Ada Brook"), ("Brook", "Osk Radio"), 2, True),
        (("Osk Radio", "Osk Radio"), ("Osk Radio",), 1, False),
    ],
)
def test_via(one: tuple[str, ...], other: tuple[str, ...], shared: int, same: bool) -> None:
    first, second = claim("x", via=one), claim("x", via=other)
    assert shared_via(first, second) == shared_via(second, first) == shared
    assert same_via(first, second) == same_via(second, first) == same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (None, None, True),
        (None, period("2024-05-01"), False),
        (period("2024-05-01"), period("2024-05-01"), True),
        (period("2024-05-01"), period("2024-05-01", "2024-05-01"), False),
        (period("2024-05-01"), period("2024-05-02"), False),
        (period(None), period(None), True),
        (period(None), None, False),
    ],
)
def test_periods(one: Period | None, other: Period | None, same: bool) -> None:
    assert same_period(claim("x", time=one), claim("x", time=other)) == same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (figure("31", 31), figure("thirty-one", 31), True),
        (figure("31", 31), figure("32", 32), False),
        (figure("31", 31), Figure(surface="at least 31", low=31), False),
        (figure("a third", 0.333), figure("1/3", 0.33), True),
        (figure("9.5%", 9.5), figure("9.6%", 9.6), False),
        (figure("none", 0), figure("zero", 0), True),
        (figure("none", 0), figure("one", 1), False),
        (figure("a loss", -5), figure("a gain", 5), False),
        (figure("much", 10**400), figure("much", 10**400), True),
        (figure("much", 10**400), figure("1", 1), False),
        (figure("much", float("inf")), figure("1", 1), False),
        (Figure(surface="many"), Figure(surface="lots"), True),
    ],
)
def test_figures(one: Figure, other: Figure, same: bool) -> None:
    assert same_figure(one, other) == same_figure(other, one) == same


@pytest.mark.parametrize(
    ("one", "other", "shared", "same"),
    [
        ([], [], 0, True),
        ([3, 2], [2, 3], 2, True),
        ([3, 3], [3], 1, False),
        ([3], [4], 0, False),
        ([3, 2], [3, 2, 1], 2, False),
    ],
)
def test_several_figures(one: list[int], other: list[int], shared: int, same: bool) -> None:
    first, second = (
        claim("x", quantities=tuple(figure(str(value), value) for value in side))
        for side in (one, other)
    )
    assert shared_figures(first, second) == shared_figures(second, first) == shared
    assert same_figures(first, second) == same_figures(second, first) == same
