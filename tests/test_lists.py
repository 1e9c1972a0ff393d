"""Lists within a proposition: split where each member could be false alone, else kept whole."""

from __future__ import annotations

import pytest

from summarise.language.clauses import propositions
from summarise.language.syntax import parse


def texts_of(sentence: str) -> list[str]:
    return [one.text for one in propositions(parse(sentence).doc)]


SPLIT = [
    (
        "The fire destroyed three barns and a school.",
        ["The fire destroyed three barns", "The fire destroyed a school"],
    ),
    (
        "The firm sells tea, coffee and sugar.",
        ["The firm sells tea", "The firm sells coffee", "The firm sells sugar"],
    ),
    (
        "Farmers blocked roads in Orsk, Tessaly and Velm.",
        [
            "Farmers blocked roads in Orsk",
            "Farmers blocked roads in Tessaly",
            "Farmers blocked roads in Velm",
        ],
    ),
    (
        "The vaccine is safe, effective and cheap.",
        ["The vaccine is safe", "The vaccine is effective", "The vaccine is cheap"],
    ),
    (
        "Doctors treated 50 people for burns, broken bones and smoke inhalation.",
        [
            "Doctors treated 50 people for burns",
            "Doctors treated 50 people for broken bones",
            "Doctors treated 50 people for smoke inhalation",
        ],
    ),
    (
        "The ship carried 400 tonnes of wheat and 20 cars.",
        ["The ship carried 400 tonnes of wheat", "The ship carried 20 cars"],
    ),
]
SHARED = [
    (
        "The flood killed many children and women.",
        ["The flood killed many children", "The flood killed many women"],
    ),
    (
        "The fire destroyed three barns and five huts.",
        ["The fire destroyed three barns", "The fire destroyed five huts"],
    ),
]
WHOLE = [
    "Talks between the union and the company failed on Friday.",
    "The jury found her guilty of fraud and theft.",
    "The town may buy a bus or a tram.",
    "Oil rose from 60 to 62 dollars.",
]
NEGATED = [
    (
        "The bakery did not sell bread or cakes.",
        ["The bakery did not sell bread", "The bakery did not sell cakes"],
    ),
]
INCLUDING = [
    (
        "Seventeen people, including four children, were killed in the landslide.",
        [
            "Seventeen people were killed in the landslide",
            "four children were killed in the landslide",
        ],
    ),
    (
        "The army sent 12 vehicles, including three ambulances.",
        ["The army sent 12 vehicles", "The army sent three ambulances"],
    ),
    (
        "The army sent 12 vehicles, including three ambulances and a crane.",
        ["The army sent 12 vehicles", "The army sent three ambulances", "The army sent a crane"],
    ),
]
AMOUNT_AND_LEVEL = [
    (
        "Shares of Norda fell 3% to 412 on Friday.",
        ["Shares of Norda fell 3% on Friday", "Shares of Norda fell to 412 on Friday"],
    ),
    (
        "Sales grew by 4% to 9 million euros in 2024.",
        ["Sales grew by 4% in 2024", "Sales grew to 9 million euros in 2024"],
    ),
    (
        "The price fell by 10 euros to 90 euros.",
        ["The price fell by 10 euros", "The price fell to 90 euros"],
    ),
    (
        "The index gained 1.2% to 4,310 points.",
        ["The index gained 1.2%", "The index gained to 4,310 points"],
    ),
]


COUNTED = [
    (
        "Nine miners and two medics were hurt.",
        ["Nine miners were hurt", "two medics were hurt"],
    ),
    ("The miners and the medics met.", ["The miners and the medics met"]),
]


@pytest.mark.parametrize(
    ("sentence", "expected"), [*COUNTED, *SPLIT, *SHARED, *NEGATED, *INCLUDING, *AMOUNT_AND_LEVEL]
)
def test_each_member_is_a_proposition(sentence: str, expected: list[str]) -> None:
    assert texts_of(sentence) == expected


@pytest.mark.parametrize("sentence", WHOLE)
def test_list_that_is_one_thing_stays_whole(sentence: str) -> None:
    assert texts_of(sentence) == [sentence.rstrip(".")]
