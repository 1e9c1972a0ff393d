"""What tells two claims apart however alike their words are, and what does not."""

from __future__ import annotations

from typing import Any

import pytest
from evaluation_data import claim, figure, period, some_claims
from hypothesis import given, settings

from summarise.evaluation.vetoes import veto
from summarise.meaning import meaning_of
from summarise.records import Claim


def against(gold: Claim, predicted: Claim) -> str | None:
    return veto(meaning_of(gold), meaning_of(predicted))


@pytest.mark.parametrize(
    ("gold", "predicted", "reason"),
    [
        (
            "The ferry carried 30 people.",
            "The ferry carried 31 people.",
            "another figure: 31, where gold has 30",
        ),
        ("Three boats sank.", "Four boats sank.", "another figure: 4, where gold has 3"),
        ("Sales rose 4%.", "Sales rose 5%.", "another figure: 5, where gold has 4"),
        ("Sales rose 4.1%.", "Sales rose 4.2%.", "another figure: 4.2, where gold has 4.1"),
        (
            "The fund holds £1.2m.",
            "The fund holds £1.3m.",
            "another figure: 1,300,000, where gold has 1,200,000",
        ),
        ("Osk won 3-2.", "Osk won 3-1.", "another figure: 1, where gold has 2"),
        ("A third of the crew left.", "Half of the crew left.", "another figure: 0.5, where gold"),
        ("No one was hurt.", "Twelve people were hurt.", "another figure: 12"),
        (
            "The bridge opens on 4 May.",
            "The bridge opens on 5 May.",
            "another day: 5, where gold has 4",
        ),
        (
            "The bridge opens on 4 March.",
            "The bridge opens on 4 May.",
            "another month: May, where gold has March",
        ),
        (
            "The board met on Monday.",
            "The board met on Tuesday.",
            "another weekday: Tuesday, where gold has Monday",
        ),
        (
            "The bridge opened in 1931.",
            "The bridge opened in 1932.",
            "another year: 1932, where gold has 1931",
        ),
        (
            "The ferry was overloaded.",
            "The ferry was not overloaded.",
            "a negation that gold lacks: 'not overloaded'",
        ),
        ("The council never met.", "The council met.", "a negation of gold is lost: 'never met'"),
        ("The ferry wasn't full.", "The ferry was full.", "a negation of gold is lost: \"wasn't"),
        (
            "The owner overloaded the ferry.",
            "The owner denied overloading the ferry.",
            "a negation that gold lacks: 'denied",
        ),
        ("Sales rose.", "Sales fell.", "the opposite: 'fell', where gold has 'rose'"),
        (
            "The council approved the plan.",
            "The council rejected the plan.",
            "the opposite: 'rejected', where gold has 'approved'",
        ),
        (
            "The court convicted Orla Dunne.",
            "The court acquitted Orla Dunne.",
            "the opposite: 'acquitted'",
        ),
        (
            "Anna Vell won the vote.",
            "Orla Dunne won the vote.",
            "another name: 'Orla Dunne', where gold has 'Anna Vell'",
        ),
        (
            "The strike closed the port of Osk.",
            "The strike closed the port of Lorn.",
            "another name: 'Lorn', where gold has 'Osk'",
        ),
    ],
)
def test_another_claim_in_nearly_the_same_words(gold: str, predicted: str, reason: str) -> None:
    found = against(claim(gold), claim(predicted))
    assert found is not None
    assert found.startswith(reason)
    assert against(claim(predicted), claim(gold))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Three boats sank.", "3 boats sank."),
        ("Twenty-one boats sank.", "21 boats sank."),
        ("Two hundred boats sank.", "200 boats sank."),
        ("A dozen boats sank.", "Twelve boats sank."),
        ("The fund holds £1.2m.", "The fund holds £1.2 million."),
        ("The fund holds 1,200,000 pounds.", "The fund holds £1.2 million."),
        ("The fund will pay $30m.", "The fund will pay 30 million dollars."),
        ("Sales rose 4%.", "Sales rose by 4 per cent."),
        ("A third of the crew left.", "0.33 of the crew left."),
        ("Between 20 and 25 boats sank.", "20 to 25 boats sank."),
        ("About 31 people sailed.", "31 people sailed."),
        ("Osk won 3-2.", "Osk won by three goals to two."),
        ("The two-week strike closed the port.", "The strike of two weeks closed the port."),
        ("The bridge opens on 4 May.", "The bridge opens on May 4."),
        ("The bridge opens on May 4th.", "The bridge opens on the 4th of May."),
        ("The bridge opens on 4 May 2024.", "The bridge opens on May 4, 2024."),
        ("The board met on Monday, Monday's vote being close.", "The board met on Monday."),
        ("The board may sell the port.", "The board can sell the port."),
        ("The United Nations sent food.", "The UN sent food."),
        ("Anna Vell won the vote.", "Vell won the vote."),
        ("US troops left.", "American troops left."),
        ("Neither the crew nor the owner was warned.", "The crew and owner were not warned."),
        (
            "Neither the crew nor the owner was warned.",
            "The crew was not warned, nor was the owner.",
        ),
        ("The owner denied that the ferry was overloaded.", "The ferry was not overloaded."),
        ("The owner did not overload the ferry.", "The owner denied overloading the ferry."),
        ("One gate was open, not two.", "One gate was open."),
        ("One gate, not two, was open.", "Only one gate was open."),
        ("The ferry carried 30 people.", "The ferry carried people."),
        ("Ada Brook closed the pier.", "The mayor closed the pier."),
    ],
)
def test_one_claim_in_other_words(one: str, other: str) -> None:
    assert against(claim(one), claim(other)) is None
    assert against(claim(other), claim(one)) is None


PEOPLE = "The ferry carried 30 people."
PLAIN = "The ferry carried people."
THIRTY = (figure("30", 30),)
FIELDS: list[tuple[str, dict[str, Any], dict[str, Any], str | None]] = [
    (
        PLAIN,
        {"quantities": THIRTY},
        {"quantities": (figure("31", 31),)},
        "another figure: '31', where gold has '30'",
    ),
    (PLAIN, {"quantities": THIRTY}, {}, None),
    (PEOPLE, {"quantities": THIRTY}, {"quantities": (figure("31", 31),)}, "another figure: '31'"),
    (
        PLAIN,
        {"quantities": (figure("1.2m", 1_200_000),)},
        {"quantities": (figure("1,200,000", 1_200_000),)},
        None,
    ),
    (
        PLAIN,
        {"quantities": (figure("a third", 0.333),)},
        {"quantities": (figure("1/3", 0.33),)},
        None,
    ),
    (PLAIN, {"quantities": (figure("at least 31", 31, 99),)}, {"quantities": THIRTY}, "another"),
    (
        PLAIN,
        {"quantities": (figure("at least 31", 31, 99),)},
        {"quantities": (figure("31", 31),)},
        None,
    ),
    (
        PLAIN,
        {"time": period("2024-05-01", "2024-05-01")},
        {"time": period("2024-06-09", "2024-06-09")},
        "another time: 2024-06-09 to 2024-06-09, where gold has 2024-05-01 to 2024-05-01",
    ),
    (
        PLAIN,
        {"time": period("2024-05-01", "2024-05-01")},
        {"time": period("2024-05-02", "2024-05-02")},
        "another time",
    ),
    (
        PLAIN,
        {"time": period("2024-05-01", "2024-05-31")},
        {"time": period("2024-05-09", "2024-05-09")},
        None,
    ),
    (
        PLAIN,
        {"time": period("2024-05-01")},
        {"time": period("2024-05-02", "2024-05-02")},
        None,
    ),
    (PLAIN, {"time": period("2019-05-01")}, {"time": period("2022-05-01")}, "another time: 2022"),
    (PLAIN, {"time": period(None)}, {"time": period("2022-05-01")}, None),
    (PLAIN, {"time": period("2022-05-01")}, {}, None),
    (
        PEOPLE,
        {"source": "Anna Vell", "quantities": THIRTY},
        {"source": "Orla Dunne", "quantities": THIRTY},
        "the figure of another source: 'Orla Dunne', where gold has 'Anna Vell'",
    ),
    (
        PEOPLE,
        {"source": "Anna Vell", "quantities": THIRTY},
        {"quantities": THIRTY},
        "the figure of another source: the article itself, where gold has 'Anna Vell'",
    ),
    (PLAIN, {"source": "Anna Vell"}, {"source": "Orla Dunne"}, None),
    (
        PEOPLE,
        {"source": "Anna Vell", "via": ("Osk Radio",), "quantities": THIRTY},
        {"source": "Osk Radio", "quantities": THIRTY},
        None,
    ),
    (
        PEOPLE,
        {"source": "the coastguard", "quantities": THIRTY},
        {"source": "coastguard officials", "quantities": THIRTY},
        None,
    ),
    (PEOPLE, {"source": "the article", "quantities": THIRTY}, {"quantities": THIRTY}, None),
]


@pytest.mark.parametrize(("text", "gold", "predicted", "reason"), FIELDS)
def test_the_same_words_with_other_fields(
    text: str, gold: dict[str, Any], predicted: dict[str, Any], reason: str | None
) -> None:
    one, other = claim(text, **gold), claim(text, **predicted)
    found = against(one, other)
    assert (found is None) == (reason is None) == (against(other, one) is None)
    assert (found or "").startswith(reason or "")


@settings(max_examples=50, deadline=None)
@given(some_claims)
def test_no_claim_speaks_against_itself(given: list[Claim]) -> None:
    """Whatever its fields hold; a period that ends before it starts is gold's own fault."""
    for one in given:
        if not (one.time and one.time.start and one.time.end and one.time.end < one.time.start):
            assert against(one, one) is None
