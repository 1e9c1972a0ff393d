"""How claims of several days follow one another, and what answers what, through `reconcile`."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest

from summarise.reconcile import reconcile
from summarise.records import Article, Certainty, Claim, Extraction, Figure, Run, Span

RUN = Run(model="m", prompt="p", prompt_sha256="")


class Said(NamedTuple):
    """A claim to be made: its words, its figures (surface, value, unit), whose word it is."""

    text: str
    figures: tuple[tuple[str, float, str], ...] = ()
    source: str | None = None
    negative: bool = False
    certainty: Certainty = "certain"


def extraction(day: int, *said: Said, title: str | None = None) -> Extraction:
    """An article of a day of May 2024 that makes these claims, one after another."""
    name, at, claims = f"d{day}", 0, []
    for number, one in enumerate(said, 1):
        span = Span(start=at, end=at + len(one.text), quote=one.text)
        at = span.end + 1
        claims.append(
            Claim(
                id=f"c{number:02}",
                text=one.text,
                evidence=(span,),
                source=one.source,
                certainty=one.certainty,
                polarity="negative" if one.negative else "positive",
                quantities=tuple(
                    Figure(surface=surface, low=value, high=value, unit=unit)
                    for surface, value, unit in one.figures
                ),
                verdict="supported",
            )
        )
    article = Article(
        id=name,
        title=title,
        outlet=name,
        published=date(2024, 5, day),
        sha256=name,
        main_text=((0, at),),
    )
    return Extraction(article=article, claims=tuple(claims), ledger=(), run=RUN)


OTHERS = (
    Said("The bakers of Orlen sell bread on the square."),
    Said("A choir from Tessaly sang in the church."),
    Said("Rain is forecast for the weekend in the hills."),
)
"""Claims that have nothing to do with it: an article tells more than one thing."""


def relations(*extractions: Extraction) -> set[tuple[str, str, str]]:
    """What `reconcile` tells beside agreement and difference: relation, later claim, other."""
    told = reconcile(extractions).relations
    return {
        (one.relation, one.a, one.b)
        for one in told
        if one.relation in ("conflicts", "updates", "attribution-conflict")
    }


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            Said("Mayor Ada Brook would not resign.", source="Ada Brook", negative=True),
            Said("Mayor Ada Brook resigned on Friday."),
            id="would not, and did",
        ),
        pytest.param(
            Said("The bridge at Aldmouth was closed."),
            Said("The bridge at Aldmouth was reopened."),
            id="closed, and open again",
        ),
        pytest.param(
            Said("The council has not said whether it will declare a flood alarm.", negative=True),
            Said("The council declared a flood alarm."),
            id="not said whether, and did",
        ),
        pytest.param(
            Said("Residents of Aldmouth must boil their water."),
            Said("Residents of Aldmouth must boil their water no longer."),
            id="so no longer",
        ),
        pytest.param(
            Said("Dredger Ltd wants to cut 1,200 jobs.", (("1,200", 1200, "jobs"),)),
            Said(
                "Dredger Ltd will cut 800 jobs, down from 1,200.",
                (("800", 800, "jobs"), ("1,200", 1200, "jobs")),
            ),
            id="named as the former figure",
        ),
        pytest.param(
            Said("Three people died of the fever.", (("Three", 3, "people"),), "health board"),
            Said(
                "Seven people have now died of the fever.", (("Seven", 7, "people"),), "Ada Brook"
            ),
            id="have now died",
        ),
    ],
)
def test_what_changed_since_is_an_update(before: Said, after: Said) -> None:
    told = relations(extraction(6, before, *OTHERS), extraction(10, after, *OTHERS[:1]))
    assert told == {("updates", "d10#c01", "d6#c01")}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            Said("The strike costs Dredger Ltd €6m a day.", (("€6m", 6e6, "euros per day"),)),
            Said("The strike cost Dredger Ltd €21m.", (("€21m", 21e6, "euros"),)),
            id="a rate and a sum",
        ),
        pytest.param(
            Said("230 operations were cancelled on the first day.", (("230", 230, "operations"),)),
            Said("1,480 operations were cancelled.", (("1,480", 1480, "operations"),)),
            id="one day and all",
        ),
        pytest.param(
            Said("There are 164 confirmed cases of the fever.", (("164", 164, "confirmed cases"),)),
            Said("There are 300 cases of the fever.", (("300", 300, "cases"),)),
            id="confirmed and all",
        ),
        pytest.param(
            Said("Ada Brook would not withdraw it.", source="Ada Brook", negative=True),
            Said("Ada Brook would resign.", source="Ada Brook"),
            id="two things of one name",
        ),
    ],
)
def test_what_counts_another_thing_is_no_change(before: Said, after: Said) -> None:
    assert not relations(extraction(9, before, *OTHERS), extraction(10, after, *OTHERS[:1]))


@pytest.mark.parametrize(
    ("charge", "denial"),
    [
        pytest.param(
            Said("Holt will step down in May.", source="two people with knowledge of it"),
            Said("Dredger Ltd denied this.", source="Dredger Ltd", negative=True),
            id="this",
        ),
        pytest.param(
            Said("Dredger Ltd plans to shed jobs.", source="Ada Brook"),
            Said("There is no such plan.", source="Ines Falk", negative=True),
            id="no such",
        ),
        pytest.param(
            Said("The shells had been fired from Karvelian soil.", source="Ostrania"),
            Said("Karvelia did not carry out the attack.", source="Karvelia", negative=True),
            id="the attack",
        ),
        pytest.param(
            Said("The slide was caused by a quarry of Dredger Ltd.", source="Ada Brook"),
            Said("The quarry had nothing to do with it.", source="Dredger Ltd", negative=True),
            id="the one who is charged",
        ),
    ],
)
def test_a_denial_conflicts_with_the_charge_before_it(charge: Said, denial: Said) -> None:
    story = reconcile([extraction(6, *OTHERS[:2], charge, denial)])
    told = {(one.relation, frozenset((one.a, one.b))) for one in story.relations}
    assert ("conflicts", frozenset(("d6#c03", "d6#c04"))) in told
    assert any({"d6#c03", "d6#c04"} <= set(fact.claims) for fact in story.facts)


@pytest.mark.parametrize(
    ("before", "denial"),
    [
        pytest.param(
            Said("Ada Brook was born in Aldmouth."),
            Said("Dredger Ltd denied this.", source="Dredger Ltd", negative=True),
            id="nobody's word",
        ),
        pytest.param(
            Said("Dredger Ltd has moved its ships to Port Carrow.", source="Ada Brook"),
            Said("Not every ship will return.", source="Dredger Ltd", negative=True),
            id="another thing",
        ),
        pytest.param(
            Said("The quarry belongs to Dredger Ltd.", source="Dredger Ltd"),
            Said("The quarry did no harm.", source="Dredger Ltd", negative=True),
            id="one's own word",
        ),
    ],
)
def test_a_denial_of_something_else_conflicts_with_nothing(before: Said, denial: Said) -> None:
    assert not relations(extraction(6, before, denial, *OTHERS))


def test_a_number_alone_is_of_what_was_counted_before() -> None:
    story = extraction(
        6,
        Said("30,000 people marched in Orlen.", (("30,000", 30000, "people"),), "police"),
        Said("80,000 had come.", (("80,000", 80000, ""),), "unions"),
        *OTHERS,
    )
    assert relations(story) == {("conflicts", "d6#c01", "d6#c02")}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(
            Said("The number of cases has climbed to 143.", (("143", 143, "cases"),), "institute"),
            Said("The district of Estby counts 71 cases.", (("71", 71, "cases"),), "Ida Falk"),
            id="the ill of one district",
        ),
        pytest.param(
            Said("A man of 81 has died of the fever.", (("81", 81, ""),), "clinics in Estby"),
            Said("39 people were in hospital.", (("39", 39, "people"),), "clinics in Estby"),
            id="an age is no count",
        ),
        pytest.param(
            Said("The fleet has 90 cutters.", (("90", 90, "cutters"),), "union"),
            Said("The figure may reach 70.", (("70", 70, ""),), "Dredger Ltd"),
            id="what may come",
        ),
    ],
)
def test_two_counts_of_one_article_need_not_be_of_one_thing(first: Said, second: Said) -> None:
    assert not relations(extraction(6, first, second, *OTHERS))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1,300 people have downed tools at the mill.", "900 staff failed to report for work."),
        ("Police counted 1,300 strikers at the mill.", "900 workers joined the strike."),
        ("1,300 people marched through Orlen.", "The turnout was 900."),
    ],
)
def test_those_who_take_part_are_counted_in_any_words(first: str, second: str) -> None:
    units = {"people": "people", "strikers": "strikers", "staff": "staff", "workers": "workers"}

    def unit(text: str) -> str:
        return next((units[word] for word in text.rstrip(".").split() if word in units), "")

    one = Said(first, (("1,300", 1300, unit(first)),), "union")
    other = Said(second, (("900", 900, unit(second)),), "Dredger Ltd")
    told = relations(extraction(6, one, *OTHERS), extraction(7, other, *OTHERS[:1]))
    assert told == {("conflicts", "d6#c01", "d7#c01")}


def test_what_was_ruled_out_is_in_conflict_with_it() -> None:
    told = relations(
        extraction(6, Said("The fire began in a pump.", source="Dredger Ltd"), *OTHERS),
        extraction(
            7, Said("The fire began in a tank and not in a pump.", source="Ada Brook"), *OTHERS[:1]
        ),
    )
    assert told == {("conflicts", "d6#c01", "d7#c01")}


def test_a_title_and_its_lead_are_one_fact() -> None:
    title = Said("Dredger Ltd shuts its quarry above Orlen")
    lead = Said("Dredger Ltd shuts its quarry above Orlen on Friday after a slide.")
    [titled] = [extraction(6, title, lead, *OTHERS, title=title.text)]
    facts = reconcile([titled]).facts
    assert any(set(fact.claims) == {"d6#c01", "d6#c02"} for fact in facts)


def test_whose_word_a_claim_tells_itself() -> None:
    told = relations(
        extraction(
            6,
            Said("Prosecutors say that Brook took €18m from Dredger.", (("€18m", 18e6, "euros"),)),
            *OTHERS,
        ),
        extraction(
            9,
            Said("Brook took €23m from Dredger.", (("€23m", 23e6, "euros"),), "prosecutors"),
            *OTHERS[:1],
        ),
    )
    assert told == {("updates", "d9#c01", "d6#c01")}
