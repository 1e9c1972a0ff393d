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
                "Brook ran the lodge.",
                "Brook had forged the letters of residents.",
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
    assert dark.source is not None
    assert "ENet" in dark.source
    assert "ENet" not in level.text


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (
            "The strike planned for Thursday, which would have shut schools and halted trains, "
            "is off.",
            [
                "The strike planned for Thursday would have shut schools.",
                "The strike planned for Thursday would have halted trains.",
                "The strike planned for Thursday is off.",
            ],
        ),
        (
            "Twenty were missing, according to the coast guard, whose search has been slowed by "
            "currents.",
            ["Twenty were missing.", "The coast guard’s search has been slowed by currents."],
        ),
        (
            "Police arrested the owner of a ferry that sank off Orsk, killing 63 people.",
            [
                "Police arrested the owner of a ferry that sank off Orsk.",
                "A ferry sank off Orsk.",
                "A ferry killed 63 people.",
            ],
        ),
        (
            "Parents interviewed outside the clinic said they had been swayed.",
            ["Parents interviewed outside the clinic had been swayed."],
        ),
        (
            "The plant, to be built on the site of an old mill, will make chips.",
            [
                "The plant is to be built on the site of an old mill.",
                "The plant will make chips.",
            ],
        ),
        (
            "Brook bought the farm near Velm, where she keeps 14 dogs and a blind donkey.",
            [
                "Brook bought the farm near Velm.",
                "She keeps 14 dogs near Velm.",
                "She keeps a blind donkey near Velm.",
            ],
        ),
        (
            "About 400 pupils have been told to stay at home.",
            ["About 400 pupils have been told to stay at home."],
        ),
        (
            "Members voted on it, with 14 of the party either abstaining or voting against it.",
            ["Members voted on it.", "14 of the party either abstained or voted against it."],
        ),
        (
            "The board must approve the aid, a process that took 14 months in Velm.",
            ["The board must approve the aid, a process that took 14 months in Velm."],
        ),
        (
            "The mayor ordered the harbour chief, a cousin of Brook, to resign.",
            [
                "The mayor ordered the harbour chief to resign.",
                "The harbour chief is a cousin of Brook.",
            ],
        ),
    ],
)
def test_what_comes_after_a_comma_is_said_of_the_right_one(text: str, stated: list[str]) -> None:
    assert [part.text for part in parts(text)] == stated


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (
            "The firm cut its forecast and said Ada Brook would leave in March, sending its shares "
            "down 14%.",
            [
                "The firm cut its forecast.",
                "The firm sent its shares down 14%.",
                "Ada Brook would leave in March.",
            ],
        ),
        (
            "The plant will use 30,000 tonnes of water a day, roughly what a town of 200,000 "
            "people uses.",
            [
                "The plant will use 30,000 tonnes of water a day, roughly what a town of 200,000 "
                "people uses."
            ],
        ),
        (
            "Nils Aas has sold fish since he was a boy.",
            ["Nils Aas has sold fish since he was a boy."],
        ),
        (
            "She won after two hours and 51 minutes.",
            ["She won after two hours and 51 minutes."],
        ),
        (
            "The port said the ferry would start late and apologised for it.",
            ["The ferry would start late.", "The port apologised for it."],
        ),
        (
            "The court heard how driver Ada Brook, who was cleared in June, had left the bus.",
            ["Driver Ada Brook was cleared in June.", "Driver Ada Brook had left the bus."],
        ),
        (
            "A man wearing a mask killed three people.",
            ["A man wearing a mask killed three people."],
        ),
    ],
)
def test_what_cannot_be_split_well_stays_whole(text: str, stated: list[str]) -> None:
    assert sorted(part.text for part in parts(text)) == sorted(stated)
