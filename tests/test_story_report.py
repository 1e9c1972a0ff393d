"""A story in a terminal and as Markdown: what it says; nothing in it acts on the reader."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_story import BRIEF, EMPTY, HOSTILE, STORY, hostile
from rich.console import Console

from summarise.records import Relation, Story
from summarise.story_index import StoryIndex, letter, shortened
from summarise.story_report import markdown, overview, table


def shown(story: Story, width: int = 100) -> str:
    console = Console(file=io.StringIO(), width=width, highlight=False)
    with console.capture() as capture:
        console.print(table(story))
    return capture.get()


def lines(story: Story, width: int = 100) -> list[str]:
    found = (" ".join(line.split()) for line in shown(story, width).splitlines())
    return [line for line in found if line]


def test_the_table_says_who_gives_what_and_what_clashes() -> None:
    assert lines(STORY, 120) == [
        "The ferry, by radio",
        "3 articles · 2 witnesses · 2 facts · 1 disputed · 1 agreed",
        "A Radio · 4 March 2025",
        "B Post · undated",
        "C Dennik · 6 March 2025",
        "A: A copy of B Post: 94% shared, one witness",
        "B: A copy of A Radio: 94% shared, one witness",
        "DISPUTED",
        "≠ A number of people died on the ferry. A B C",
        "40 people drowned · Ada Brook, via Harbour Radio · 4 March 2025 · A, B",
        "≥ 52 people killed · coast guard · 4 March 2025 · C",
        "55 people killed · coast guard · 6 March 2025 · C",
        "≠ ≥ 52 (coast guard, C) conflicts with 40 (Ada Brook, A): 52 or more against 40",
        "→ 55 (coast guard, C) updates ≥ 52 (coast guard, C): the coast guard, later",
        "AGREED",
        "= The pier is closed. A B",
        "In no fact: 1 claim unsupported by evidence",
        "1 × unsupported: dennik#c3",
    ]


def test_a_figure_that_is_only_denied_is_shown_as_denied() -> None:
    given, denying = "radio#c1", "dennik#c1"
    why = "coast guard denies 40, which Ada Brook states"
    relations = (Relation(a=denying, b=given, relation="conflicts", why=why),)
    shown = lines(STORY.model_copy(update={"relations": relations}), 120)
    assert "denies ≥ 52 people killed · coast guard · 4 March 2025 · C" in shown
    assert "≠ denies ≥ 52 (coast guard, C) conflicts with 40 (Ada Brook, A)" in shown


@pytest.mark.parametrize(
    ("why", "left"),
    [
        ("9 (A) against 5 (B) on one day: both cannot hold", "on one day: both cannot hold"),
        ("12 (A), told as a change, takes the place of 9 (B)", "told as a change"),
        ("A denies 9, which B states", ""),
        ("both 9; A and B", "both 9; A and B"),
    ],
)
def test_a_reason_does_not_say_again_what_both_sides_say(why: str, left: str) -> None:
    one = STORY.relations[0].model_copy(update={"why": why})
    assert StoryIndex(STORY).reason(one) == left


def test_the_title_without_a_brief_is_that_of_the_last_article() -> None:
    dated = [
        one.model_copy(
            update={"article": one.article.model_copy(update={"published": date(2025, 3, day)})}
        )
        for one, day in zip(STORY.extractions, (4, 6, 5), strict=True)
    ]
    story = STORY.model_copy(update={"extractions": tuple(dated)})
    assert StoryIndex(story).title == "The ferry, by post"


def test_on_one_day_a_figure_stands_after_what_it_updates() -> None:
    fact = STORY.facts[1]
    rows = [row.model_copy(update={"as_of": None}) for row in reversed(fact.figures)]
    undated = fact.model_copy(update={"figures": tuple(rows)})
    order = [one.figure.low for one in StoryIndex(STORY).answers(undated)]
    assert order == [52, 40, 55]


@pytest.mark.parametrize("width", [24, 60, 100])
def test_a_terminal_of_any_width_shows_every_fact(width: int) -> None:
    text = "".join(shown(STORY, width).split())
    assert all("".join(fact.text.split()) in text for fact in STORY.facts)
    assert max(map(len, shown(STORY, width).splitlines())) <= width


def test_markdown_cites_by_footnotes() -> None:
    text = markdown(STORY, BRIEF)
    assert text.startswith("# The ferry\n\n3 articles · 2 witnesses")
    assert "said at least 52.[^1][^2] The pier is closed.[^3]" in text
    assert "\n[^1]: C Dennik, coast guard: “At least 52 died, the coast guard said”\n" in text
    assert "| 4 March 2025 | coast guard | ≥ 52 people killed | C[^1] | ≠ in conflict |" in text
    assert "- → 55 (coast guard, C) updates ≥ 52 (coast guard, C): the coast guard, later" in text
    assert "| = agreed | The pier is closed.[^4][^3] | Radio; Post | 1 |" in text
    assert "- C: Divers found 7 bells. (the evidence has no figure 7)" in text


@pytest.mark.parametrize(("story", "brief"), [(STORY, BRIEF), (STORY, None), (EMPTY, None)])
def test_every_footnote_is_pointed_at_and_told(story: Story, brief: None) -> None:
    text = markdown(story, brief)
    told = re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE)
    pointed = re.findall(r"\[\^(\d+)\](?!:)", text)
    assert set(told) == set(pointed)
    assert len(told) == len(set(told))


def test_an_empty_story() -> None:
    assert overview(StoryIndex(EMPTY)) == "0 articles · 0 facts"
    assert "A story without articles" in shown(EMPTY)
    assert markdown(EMPTY).startswith("# A story without articles\n")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text(text: str) -> None:
    story, brief = hostile(text)
    for made in (shown(story), markdown(story, brief)):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", made)
    assert not re.search(r"(?<!\\)[<{`]", markdown(story, brief).replace("<br>", ""))


@settings(max_examples=30, deadline=None)
@given(text=st.text(st.characters(), min_size=1, max_size=40).filter(str.strip))
def test_any_text_leaves_the_lines_of_a_table_whole(text: str) -> None:
    story, brief = hostile(text)
    made = markdown(story, brief)
    rows = [line for line in made.split("\n") if line.startswith("|")]
    counts = [len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) for row in rows]
    assert counts == [6, 6, 6, 6, 5, 5, 5]
    made.encode()


@pytest.mark.parametrize(
    ("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")]
)
def test_letter(place: int, name: str) -> None:
    assert letter(place) == name


@pytest.mark.parametrize(
    ("text", "most", "cut"),
    [
        ("short", 10, "short"),
        ("a word, and another", 12, "a word, and…"),
        ("a word, and another", 9, "a word…"),
        ("unbreakable", 6, "unbre…"),
    ],
)
def test_shortened(text: str, most: int, cut: str) -> None:
    assert shortened(text, most) == cut
