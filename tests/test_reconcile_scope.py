"""Two counts that differ and are of two things: no conflict; and their like, of one thing."""

from __future__ import annotations

from datetime import date

import pytest

from summarise.reconciliation.figure_rows import is_total
from summarise.reconciliation.relations import relate
from summarise.reconciliation.told import Told
from summarise.records import Claim, Figure, Period

DAY = date(2025, 5, 6)
SOURCES = {"a": "police", "b": "fire brigade"}


def since(year: int) -> Period:
    """From a year on."""
    return Period(surface=f"since {year}", start=date(year, 1, 1))


def told(article: str, text: str, surface: str, low: int, time: Period | None = None) -> Told:
    """A claim of how many, in an article of its own source."""
    figure = Figure(surface=surface, low=low, high=low, unit="people")
    claim = Claim(id="c1", text=text, source=SOURCES[article], time=time, quantities=(figure,))
    return Told(f"{article}#c1", article, claim, DAY, article)


def kinds(one: Told, other: Told) -> list[str]:
    """The relations of two claims of one fact."""
    return [relation.relation for relation in relate([one, other], [0, 1], "figure")]


CRASH = told("a", "The crash killed 31 people.", "31", 31)
RAID = told("a", "The air strike on Torvald killed 31 people.", "31", 31)
SHELLED = told("a", "Artillery killed 31 people in Torvald.", "31", 31)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (CRASH, told("b", "Nine more people died.", "Nine", 9)),
        (CRASH, told("b", "Another nine people died.", "nine", 9)),
        (CRASH, told("b", "24 other people were killed.", "24", 24)),
        (CRASH, told("b", "A further 24 died on the way.", "24", 24)),
        (RAID, told("b", "The chemical attack killed 47 people.", "47", 47)),
        (RAID, told("b", "A suicide bomber killed 20 people.", "20", 20)),
        (SHELLED, told("b", "Gunmen killed 20 people in Torvald.", "20", 20)),
        (
            told("a", "The war has killed 90 people since 2014.", "90", 90, since(2014)),
            told("b", "The war has killed 60 people since 2019.", "60", 60, since(2019)),
        ),
    ],
)
def test_counts_of_two_things(one: Told, other: Told) -> None:
    assert kinds(one, other) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (CRASH, told("b", "The crash killed nine people.", "nine", 9)),
        (CRASH, told("b", "More than 40 people died.", "More than 40", 40)),
        (RAID, told("b", "Air raids on Torvald killed 47 people.", "47", 47)),
        (RAID, told("b", "The attack on Torvald killed 47 people.", "47", 47)),
        (SHELLED, told("b", "Shells and rockets killed 20 people.", "20", 20)),
        (
            told("a", "The war has killed 90 people since 2014.", "90", 90, since(2014)),
            told("b", "The war has killed 60 people since 2014.", "60", 60, since(2014)),
        ),
        (
            told("a", "20 people died and 50 others were injured.", "50", 50),
            told("b", "90 people were injured.", "90", 90),
        ),
    ],
)
def test_counts_of_one_thing(one: Told, other: Told) -> None:
    assert kinds(one, other) == ["conflicts"]


@pytest.mark.parametrize(
    ("text", "surface", "total"),
    [
        ("The toll has risen to 31.", "31", True),
        ("The death toll in the blast hit at least 31.", "31", True),
        ("The number of the missing is 31.", "31", True),
        ("The toll of a blast on buses from two towns has risen.", "two", False),
        ("The toll rose as 31 lorries came.", "31", False),
    ],
)
def test_what_a_toll_leads_up_to(text: str, surface: str, total: bool) -> None:
    assert is_total(Figure(surface=surface, low=2, high=2), text) is total
