"""Which period and which figures belong to which proposition of a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from summarise.language.attached import period_of
from summarise.language.clauses import propositions
from summarise.language.figures import find_figures
from summarise.language.frames import frames
from summarise.language.measured import figures_of
from summarise.language.periods import find_periods
from summarise.language.syntax import parse

PUBLISHED = date(2023, 5, 17)  # a Wednesday


def read(text: str) -> dict[str, tuple[str | None, list[str]]]:
    """By the head of each proposition, the surface of its period and those of its figures."""
    parsed = parse(text)
    periods, figures = find_periods(text, PUBLISHED), find_figures(text)
    found = {}
    for one in propositions(parsed.doc, [f.cue for f in frames(parsed.doc)]):
        time = period_of(one, periods, parsed)
        own = figures_of(one, figures, parsed, time)
        found[one.head.text] = (time.surface if time else None, [f.surface for f in own])
    return found


@pytest.mark.parametrize(
    ("text", "head", "surface"),
    [
        ("The ferry sank on Monday.", "sank", "on Monday"),
        ("Orla runs 9 yards and reported income of $3 billion last year.", "income", "last year"),
        ("Orla runs 9 yards and reported income of $3 billion on Monday.", "income", None),
        ("On Monday, the army took the bridge and burned the mill.", "took", "On Monday"),
        ("On Monday, the army took the bridge and burned the mill.", "burned", "On Monday"),
        ("On Friday, tin rose 2% and zinc fell 3%.", "fell", "On Friday"),
        ("The shells killed 40 people and wounded dozens on Tuesday.", "killed", "on Tuesday"),
        ("The index fell 3% on Tuesday, wiping out the gains.", "wiping", "on Tuesday"),
        ("The case was settled in 1988, with the firm paying $90,000.", "paying", "in 1988"),
        ("Six miners died when a shaft collapsed on Sunday.", "died", "on Sunday"),
        ("The plant is expected to open in June 2024.", "expected", "in June 2024"),
        ("A court barred him from working until April 2021.", "barred", "until April 2021"),
        # What only tells which one is meant dates nothing.
        ("The 1991 agreement barred the sale of apples.", "barred", None),
        ("The shop breaks an agreement reached in 1991.", "breaks", None),
        ("Workers cleared the site of Saturday's blast.", "cleared", None),
        ("It was sold for 64 crowns compared with 70 crowns four years ago.", "sold", None),
        ("The pilot of a jet that crashed on Sunday was held on Monday.", "crashed", "on Sunday"),
        ("The pilot of a jet that crashed on Sunday was held on Monday.", "held", "on Monday"),
        (
            "Nine men died when a jet hit a wall on Sunday, the firm said on Monday.",
            "hit",
            "on Sunday",
        ),
        # Told in one breath, of one day.
        ("The quake struck on Monday and was felt in Kell.", "felt", "on Monday"),
        ("The row began on Monday when guards shut a gate.", "shut", "on Monday"),
        ("Orla plans to cut 900 jobs and close nine plants by 2030.", "plans", "by 2030"),
        ("Orla overtook Kell to become the largest port on Monday.", "overtook", "on Monday"),
        ("The mart was full on Monday because people were buying salt.", "buying", "on Monday"),
        ("Tin fell 4% on Monday, reaching 412 crowns, a new 12-year low.", "low", "on Monday"),
        (
            "Nine were killed and 30 hurt on Sunday when a bus fell into a lake.",
            "fell",
            "on Sunday",
        ),
        ("In August, nine people died when a van left the road.", "left", "In August"),
        ("The quake, which hit on Monday, killed nine people.", "killed", "on Monday"),
        ("The mayor, who resigned on Monday, denied it.", "denied", None),
        ("Tin slid 2% in morning trade, while zinc lost 3%.", "lost", "in morning trade"),
        ("Mid-day trading saw the UK index was up 2 points, the DAX was up 5.", "was", "Mid-day"),
        ("The last strike, in 1998, went on for a month and ended badly.", "ended", "in 1998"),
        (
            "The army has held the town since taking it in March.",
            "held",
            "since taking it in March",
        ),
        ("The firm has had three bosses since moving to Kell.", "had", "since moving to Kell"),
        (
            "They were moved out of the lower valley overnight after water rose.",
            "moved",
            "overnight",
        ),
        (
            "The army took the mill in 2014, two years after rebels seized it.",
            "seized",
            "two years after",
        ),
        # The saying's own time is not that of what is said.
        ("The mayor said on Monday that the bridge was unsafe.", "was", None),
        ("On Monday, she said they could not confirm the toll.", "confirm", "On Monday"),
    ],
)
def test_period(text: str, head: str, surface: str | None) -> None:
    assert read(text)[head][0] == surface


def test_since_clause_opens_the_period() -> None:
    text = "More than 900 people have died since the war broke out in March 2019."
    parsed = parse(text)
    one = next(p for p in propositions(parsed.doc) if p.head.text == "died")
    period = period_of(one, find_periods(text, PUBLISHED), parsed)
    assert period is not None
    assert period.surface == "since the war broke out in March 2019"
    assert (period.start, period.end) == (date(2019, 3, 1), None)


@pytest.mark.parametrize(
    ("text", "head", "start", "end"),
    [
        (
            "The army took the mill in 2014, two years after rebels seized it.",
            "seized",
            date(2012, 1, 1),
            date(2012, 12, 31),
        ),
        (
            "It is the worst flood since 1976, when 900 people died.",
            "died",
            date(1976, 1, 1),
            date(1976, 12, 31),
        ),
        ("The firm has had three bosses since moving to Kell.", "had", None, None),
    ],
)
def test_days(text: str, head: str, start: date | None, end: date | None) -> None:
    parsed = parse(text)
    one = next(p for p in propositions(parsed.doc) if p.head.text == head)
    period = period_of(one, find_periods(text, PUBLISHED), parsed)
    assert period is not None
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    ("text", "head", "surfaces"),
    [
        ("The flood killed 214 villagers.", "killed", ["214"]),
        ("The trams hit 40 cars.", "hit", ["40"]),
        ("The index hit a three-year low.", "hit", ["three-year"]),
        ("The five-year conflict has killed 900 people.", "killed", ["900"]),
        ("The two nations signed 14 treaties.", "signed", ["14"]),
        ("The two walled villages lost power.", "lost", ["two"]),
        ("A 25-year-old woman stole 30 goats.", "stole", ["30"]),
        ("Rebels freed 12 nurses who had spent 90 days in a cell.", "freed", ["12"]),
        ("A driver, 47, was fined 300 crowns.", "fined", ["300 crowns"]),
        ("A man, 47, was jailed for six years after he stole a bus.", "jailed", ["six years"]),
        # What dates the claim is no figure of it.
        ("Brody scored for Kell after 58 minutes.", "scored", []),
    ],
)
def test_figures(text: str, head: str, surfaces: list[str]) -> None:
    assert read(text)[head][1] == surfaces


def test_length_that_ends_the_text() -> None:
    assert read("Mir to fall this month")
