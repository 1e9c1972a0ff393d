"""What a claim takes from the text around it before it is compared with others."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.reconcile import reconcile
from summarise.reconciliation.context import in_context
from summarise.reconciliation.told import Told
from summarise.records import Article, Claim, Extraction, Figure, Period, Run, Span

RUN = Run(model="m", prompt="p", prompt_sha256="")
MONDAY = Period(surface="on Monday", start=date(2024, 3, 4), end=date(2024, 3, 4))


def figure(surface: str, low: float | None, unit: str = "", high: float | None = -1) -> Figure:
    """A figure, exact unless its upper bound is given."""
    return Figure(surface=surface, low=low, high=low if high == -1 else high, unit=unit)


def claim(
    text: str, *figures: Figure, source: str | None = None, time: Period | None = None
) -> Claim:
    """A claim that stands on its words."""
    return Claim(
        id="c01", text=text, source=source, time=time, quantities=figures, verdict="supported"
    )


def compared(*claims: Claim, article: str = "a") -> list[Claim]:
    """The claims of an article as they are compared."""
    told = [Told(f"{article}#c{n:02}", article, one) for n, one in enumerate(claims, 1)]
    return [one.claim for one in in_context(told)]


@pytest.mark.parametrize(
    ("text", "surface", "low", "source", "left"),
    [
        ("Ostrania put the dead at five.", "five", 5, "Ostrania", "The dead at five."),
        ("The coast guard on Monday put the dead at 5.", "5", 5, "coast guard", "The dead at 5."),
        (
            "The dockers' union puts the number on strike at 300.",
            "300",
            300,
            "dockers' union",
            "The number on strike at 300.",
        ),
        (
            "Arno Pell has since estimated the cost of the fire at £3m.",
            "£3m",
            3e6,
            "Arno Pell",
            "The cost of the fire at £3m.",
        ),
        (
            "The port lost £3m in trade, brokers at Arno Pell estimate.",
            "£3m",
            3e6,
            "brokers at Arno Pell",
            "The port lost £3m in trade.",
        ),
    ],
)
def test_who_gives_a_figure_is_told_apart(
    text: str, surface: str, low: float, source: str, left: str
) -> None:
    [told] = compared(claim(text, figure(surface, low)))
    assert (told.source, told.text) == (source, left)


@pytest.mark.parametrize(
    ("text", "surface", "low"),
    [
        ("The pact would put the wage growth at 8%.", "8%", 8),
        ("The number of dead is estimated to be 40.", "40", 40),
        ("The line placed orders for ferries at 4 yards.", "4", 4),
        ("They put the dead at five.", "five", 5),
        ("Five sailors died.", "Five", 5),
        ("The firm put 30 men on the night shift.", "30", 30),
    ],
)
def test_what_is_no_word_of_somebody_is_left(text: str, surface: str, low: float) -> None:
    one = claim(text, figure(surface, low))
    assert compared(one) == [one]


def test_the_source_that_a_claim_has_is_kept() -> None:
    one = claim("The union puts the number on strike at 300.", figure("300", 300), source="Dennik")
    assert compared(one)[0].source == "Dennik"


def test_the_day_on_which_somebody_spoke_is_not_that_of_the_count() -> None:
    spoken = claim("Ostrania on Monday put the dead at 5.", figure("5", 5), time=MONDAY)
    killed = claim("Ostrania put those killed on Monday at 5.", figure("5", 5), time=MONDAY)
    assert [one.time for one in compared(spoken, killed)] == [None, MONDAY]


FIRST = claim("At least 40 sailors were killed or injured.", figure("40", 40, "sailors"))
DEAD = claim("Nine sailors were killed.", figure("Nine", 9, "sailors"))
FLEET = claim("The fleet has 30 cutters.", figure("30", 30, "cutters"))


@pytest.mark.parametrize(
    ("before", "text", "told"),
    [
        (
            FIRST,
            "The navy’s own estimate of the figure is 70.",
            "The navy’s own estimate of the number of sailors killed or injured is 70.",
        ),
        (DEAD, "The figure may reach 70.", "The number of sailors killed may reach 70."),
        (FLEET, "The figure may reach 70.", "The figure may reach 70."),
        (DEAD, "The number of cutters may reach 70.", "The number of cutters may reach 70."),
        (DEAD, "The sum may reach 70.", "The sum may reach 70."),
    ],
)
def test_the_figure_is_that_of_the_count_before(before: Claim, text: str, told: str) -> None:
    assert compared(before, claim(text, figure("70", 70)))[1].text == told


def test_the_figure_of_another_article_is_not_meant() -> None:
    told = [
        Told("a#c01", "a", DEAD),
        Told("b#c01", "b", claim("The figure may reach 70.", figure("70", 70))),
    ]
    assert [one.extracted for one in in_context(told)] == [None, None]


def test_a_figure_with_a_unit_or_a_share_is_no_count_of_the_dead() -> None:
    share = claim("The figure may reach 70%.", figure("70%", 70, "percent"))
    boats = claim("The figure may reach 70 boats.", figure("70", 70, "boats"))
    assert compared(DEAD, share, boats)[1:] == [share, boats]


WORDS = st.lists(
    st.sampled_from(
        "Ostrania The union puts the number figure dead on Monday at estimated has 40 , brokers "
        "estimate . of sailors were killed".split()
    ),
    max_size=14,
)


@given(st.lists(WORDS, max_size=4))
def test_a_figure_stays_in_the_words_of_its_claim(texts: list[list[str]]) -> None:
    claims = [claim(" ".join(words), figure("40", 40, "sailors")) for words in texts]
    for before, after in zip(claims, compared(*claims), strict=True):
        assert ("40" in after.text.split()) == ("40" in before.text.split())
        assert after.source is None or after.source in before.text


def test_long_claims_are_read_fast() -> None:
    long = claim("Ostrania puts " + "the number at " * 3_000 + "40.", figure("40", 40))
    start = time.process_time()
    compared(long, long)
    assert time.process_time() - start < 2


def extraction(name: str, *claims: Claim) -> Extraction:
    """An article of 5 March with these claims."""
    article = Article(id=name, sha256="", published=date(2024, 3, 5), main_text=())
    span = Span(start=0, end=1, quote="x")
    named = tuple(
        one.model_copy(update={"id": f"c{n:02}", "evidence": (span,)})
        for n, one in enumerate(claims, 1)
    )
    return Extraction(article=article, claims=named, ledger=(), run=RUN)


def test_a_count_that_a_claim_gives_to_somebody_is_in_conflict_with_anothers() -> None:
    story = reconcile(
        [
            extraction("a", claim("Nine sailors were killed.", figure("Nine", 9), source="mayor")),
            extraction("b", claim("Ostrania on Monday put the dead at five.", figure("five", 5))),
        ]
    )
    [fact] = story.facts
    assert [relation.relation for relation in story.relations] == ["conflicts"]
    assert {row.source for row in fact.figures} == {"mayor", "Ostrania"}
    assert fact.text == "A number of sailors were killed."
    assert story.claim("b#c01").text == "Ostrania on Monday put the dead at five."
