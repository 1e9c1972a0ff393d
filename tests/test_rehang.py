"""Sentences whose parse is put right: what they state, and what they do not."""

from __future__ import annotations

import pytest

from summarise.language.names import NameBook
from summarise.language.parts import Part, parts_of
from summarise.records import Sentence


def parts(text: str) -> list[Part]:
    unit = Sentence(number=1, start=0, end=len(text), text=text, kind="sentence", paragraph=0)
    return parts_of([unit], NameBook.of(text), None)[0]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (
            "Orsk, who thrashed Velm 4-0, rose to second.",
            ["Orsk thrashed Velm 4-0.", "Orsk rose to second."],
        ),
        (
            "Velm, unbeaten in 11 games before Saturday, looked to be tired.",
            ["Velm was unbeaten in 11 games before Saturday.", "Velm looked to be tired."],
        ),
        (
            "The court heard that Brook, who ran the lodge, had forged the letters of residents, "
            "some of whom had dementia, and had moved money to her mother.",
            [
                "The court heard that Brook had forged the letters of residents.",
                "Brook ran the lodge.",
                "Brook had moved money to her mother.",
                "Some of the residents had dementia.",
            ],
        ),
        (
            "Detectives are probing whether the gang, believed to be from Lom, is behind the raid.",
            [
                "Detectives are probing whether the gang is behind the raid.",
                "The gang is from Lom.",
            ],
        ),
        (
            "The judge said that she had plundered the savings of residents who trusted her.",
            [
                "She had plundered the savings of residents who trusted her.",
                "Residents trusted her.",
            ],
        ),
        (
            "Two people have died as a result of the storm, police confirm.",
            ["Two people have died as a result of the storm."],
        ),
        (
            "The thieves - all wearing masks - grabbed cash and sped off in a car.",
            [
                "The thieves all wore masks.",
                "The thieves grabbed cash.",
                "The thieves sped off in a car.",
            ],
        ),
        (
            "The board hopes to name one by June, finance chief Ada Brook said.",
            ["The board hopes to name one by June."],
        ),
        (
            'Brokers at Orsk Bank, who rate the stock "hold", said demand was weak.',
            ['Orsk Bank rate the stock "hold".', "Demand was weak."],
        ),
        (
            "Two moons, named Asa and Bel, circle it.",
            ["Two moons were named Asa and Bel.", "Two moons circle it."],
        ),
        (
            "The mission called on both sides to respect the truce and let aid through.",
            [
                "The mission called on both sides to respect the truce.",
                "The mission called on both sides to let aid through.",
            ],
        ),
        (
            "Her husband, Alan Brook, 61, was cleared of fraud.",
            ["Her husband, Alan Brook, was cleared of fraud.", "Alan Brook is 61 years old."],
        ),
        ("A mother has told how she hid in a shed.", ["She hid in a shed."]),
        (
            "The firm will cut 350 jobs, or about 7% of its staff, most of them in Velm.",
            [
                "The firm will cut 350 jobs, or about 7% of its staff.",
                "Most of the 350 jobs will be in Velm.",
            ],
        ),
        (
            "It would be wrong to think that the river will clean itself.",
            ["It would be wrong to think that the river will clean itself."],
        ),
        (
            "Brook will serve a year before she can be released.",
            ["Brook will serve a year before she can be released."],
        ),
        ("It is too early to say.", []),
        ("Here is a picture of the bridge.", []),
    ],
)
def test_each_clause_is_stated_of_its_own_subject(text: str, stated: list[str]) -> None:
    assert [part.text for part in parts(text)] == stated


def test_who_reports_a_rising_count_does_not_rise() -> None:
    text = "Around 900 homes are dark, grid operator ENet said, up from 85 at noon."
    [dark, level] = parts(text)
    assert dark.source == "grid operator ENet"
    assert "ENet" not in level.text
