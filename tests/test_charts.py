"""Charts of disputed figures: where each value stands, and that no label meets another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_story import EMPTY, HOSTILE, STORY, claim
from lxml import etree

from summarise.charts import ARROW, CHARACTER, MARGIN, NARROWEST, Chart, chart, short, svg
from summarise.records import Figure
from summarise.story_index import Answer, StoryIndex, Told

INDEX = StoryIndex(STORY)
TOLD = INDEX.told["radio#c1"]
EXACT = Figure(surface="x", low=10, high=10, unit="boats")


def answer(figure: Figure, who: str = "Ada Brook", day: int = 1, name: str = "radio#c1") -> Answer:
    told = Told(1, name, claim("radio", "c1", "Ferry"), TOLD.article)
    return Answer(figure=figure, who=who, via="", as_of=date(2025, 3, day), told=(told,))


def figure(low: float | None, high: float | None, *, approx: bool = False) -> Figure:
    return Figure(surface="so many", low=low, high=high, unit="boats", approx=approx)


def drawn(*figures: Figure) -> Chart:
    made = chart("Boats", [answer(one) for one in figures])
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("values", "log", "ticks"),
    [
        ((10, 40), False, ["0", "10", "20", "30", "40"]),
        ((3, 7), False, ["0", "2", "4", "6", "8"]),
        ((0, 1), False, ["0", "0.5", "1"]),
        ((9.5, 9.7), False, ["9.5", "9.55", "9.6", "9.65", "9.7"]),
        ((50, 50), False, ["49", "49.5", "50", "50.5", "51"]),
        ((-4, 4), False, ["-4", "-2", "0", "2", "4"]),
        ((50, 3800), True, ["10", "100", "1,000", "10,000"]),
        ((2, 3_000_000), True, ["1", "100", "10,000", "1m"]),
        ((12_000_000, 14_500_000), False, ["12m", "13m", "14m", "15m"]),
    ],
)
def test_the_scale_fits_the_figures(
    values: tuple[float, float], log: bool, ticks: list[str]
) -> None:
    made = drawn(*(figure(value, value) for value in values))
    assert made.scale.log is log
    assert [one.text for one in made.ticks] == ticks


@pytest.mark.parametrize(
    ("given", "low", "high", "leaves", "label"),
    [
        (figure(40, 40), 40, 40, "", "40"),
        (figure(20, 60), 20, 60, "", "20–60"),
        (figure(52, None), 52, 52, "up", "≥ 52"),
        (figure(None, 30), 30, 30, "down", "≤ 30"),
        (figure(50, 50, approx=True), 50, 50, "", "≈ 50"),
        (figure(24, 99, approx=True), 24, 99, "", "≈ 24–99"),
    ],
)
def test_value_and_bounds(given: Figure, low: float, high: float, leaves: str, label: str) -> None:
    mark = drawn(given, figure(100, 100), figure(10, 10)).marks[0]
    assert (mark.low, mark.high, mark.open, mark.value.text) == (low, high, leaves, label)
    assert mark.approx is given.approx


@pytest.mark.parametrize(
    ("given", "side"),
    [
        (figure(10, 10), "start"),
        (figure(100, 100), "end"),
        (figure(95, None), "end"),
        (figure(0, 100), "middle"),
    ],
)
def test_a_label_stands_where_there_is_room(given: Figure, side: str) -> None:
    value = drawn(given, figure(0, 100)).marks[0].value
    assert value.side == side


@pytest.mark.parametrize(
    ("figures", "left_out"),
    [
        ([], None),
        ([EXACT], None),
        ([EXACT, Figure(surface="many", unit="boats")], None),
        ([EXACT, EXACT, Figure(surface="many", unit="boats")], 1),
        ([EXACT, EXACT, Figure(surface="5%", low=5, high=5, unit="percent of boats")], 1),
    ],
)
def test_what_the_scale_cannot_show_is_counted(
    figures: Sequence[Figure], left_out: int | None
) -> None:
    made = chart("Boats", [answer(one) for one in figures])
    assert (made and made.left_out) == left_out


def test_days_conflicts_and_updates_are_told() -> None:
    fact = STORY.facts[1]
    made = chart(
        fact.text,
        INDEX.answers(fact),
        INDEX.contested(fact),
        [("dennik#c2", "dennik#c1")],
    )
    assert made is not None
    assert [day for _, day in made.days] == ["4 March 2025", "6 March 2025"]
    assert [(one.name, one.contested, one.updates) for one in made.marks] == [
        ("Ada Brook", True, ""),
        ("coast guard", True, ""),
        ("coast guard", False, "updates ≥ 52"),
    ]
    assert made.signs == {"contested", "open", "value"}
    assert made.described == (
        "3 figures on a linear scale, the earliest first: "
        "Ada Brook, 4 March 2025: 40 people drowned, in conflict; "
        "coast guard, 4 March 2025: ≥ 52 people killed, in conflict; "
        "coast guard, 6 March 2025: 55 people killed, updates ≥ 52."
    )


def test_a_story_without_facts_has_nothing_to_draw() -> None:
    assert chart("", [], ()) is None
    assert StoryIndex(EMPTY).facts == ()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_are_text(text: str) -> None:
    one = answer(EXACT.model_copy(update={"unit": text}), who=text)
    made = chart(text, [one, one])
    assert made is not None
    root = etree.fromstring(svg(made, "chart"))
    assert {etree.QName(part).localname for part in root.iter()} <= {
        *"svg title desc g line text tspan rect path circle".split()
    }
    assert root.get("role") == "img"
    ids = {part.get("id") for part in root if part.get("id")}
    assert set(str(root.get("aria-labelledby")).split()) == ids


FINITE = st.floats(-1e12, 1e12, allow_nan=False).map(lambda value: round(value, 3))
FIGURES = st.tuples(FINITE, FINITE, st.sampled_from(["both", "low", "high"]), st.booleans()).map(
    lambda drawn: figure(
        None if drawn[2] == "high" else min(drawn[:2]),
        None if drawn[2] == "low" else max(drawn[:2]),
        approx=drawn[3],
    )
)


def _reach(mark_x: float, shift: float, side: str, text: str) -> tuple[float, float]:
    """First and last pixel of a label on the narrowest screen."""
    at = mark_x / 100 * NARROWEST + shift
    width = len(text) * CHARACTER
    return {
        "start": (at, at + width),
        "end": (at - width, at),
        "middle": (at - width / 2, at + width / 2),
    }[side]


@settings(max_examples=80, deadline=None)
@given(st.lists(FIGURES, min_size=2, max_size=8))
def test_any_figures_stay_on_the_page_and_apart(figures: list[Figure]) -> None:
    made = drawn(*figures)
    assert len(made.ticks) <= 6
    heights = [mark.y for mark in made.marks]
    assert all(after - before >= 40 for before, after in pairwise(heights))
    assert max(mark.value.y for mark in made.marks) < made.height
    for mark in made.marks:
        assert 0 <= mark.low <= mark.high <= 100
        first, last = _reach(mark.value.x, mark.value.shift, mark.value.side, mark.value.text)
        assert first >= -MARGIN
        assert last <= NARROWEST + MARGIN
        if mark.value.y < mark.y + 10:  # beside the mark: it must not lie on it
            low = mark.low / 100 * NARROWEST - (ARROW if mark.open == "down" else 0)
            high = mark.high / 100 * NARROWEST + (ARROW if mark.open == "up" else 0)
            assert last <= low or first >= high


@pytest.mark.parametrize(
    ("value", "text"),
    [(12_000, "12,000"), (1_200_000, "1.2m"), (2.5e9, "2.5bn"), (3e12, "3tn"), (0.333, "0.333")],
)
def test_short(value: float, text: str) -> None:
    assert short(value) == text
