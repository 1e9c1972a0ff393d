"""Plain sentences of news: every claim of them, and who says it."""

from __future__ import annotations

from datetime import date

import pytest

from summarise.language.names import NameBook
from summarise.language.parts import parts_of
from summarise.records import Sentence

Told = list[tuple[str, str | None]]


def told(text: str) -> Told:
    """The claims of one sentence with their sources."""
    sentence = Sentence(number=1, start=0, end=len(text), text=text)
    [found] = parts_of([sentence], NameBook.of(text), date(2025, 3, 5))
    return [(part.text, part.source) for part in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Inspectors had warned of faulty wiring in 2019.",
            [("Inspectors had warned of faulty wiring in 2019.", "inspectors")],
        ),
        (
            "The mayor complained about the noise.",
            [("The mayor complained about the noise.", "mayor")],
        ),
        (
            "Insurers put the damage at between 10 and 12 million.",
            [("Insurers put the damage at between 10 and 12 million.", "insurers")],
        ),
        (
            "Brokers at Lund Bank estimate that the strike has cost 38 million.",
            [("The strike has cost 38 million.", "brokers at Lund Bank")],
        ),
        (
            "The firm said sales fell and added that it would close a plant.",
            [("Sales fell.", "firm"), ("It would close a plant.", "firm")],
        ),
        (
            "Earlier, the mayor had said that nine died, a figure that the army disputed.",
            [("Nine died, a figure that the army disputed.", "mayor")],
        ),
        (
            "The president said that three soldiers were killed, a claim that the rebels denied.",
            [("Three soldiers were killed.", "president")],
        ),
        (
            "The inquest heard that rust was found in 2017, but that the report was shelved.",
            [("Rust was found in 2017.", "inquest"), ("The report was shelved.", "inquest")],
        ),
        (
            "She said she hoped that the ruling would make builders think twice.",
            [("She hoped that the ruling would make builders think twice.", None)],
        ),
        (
            "Two of the five miners were found alive; the others are missing.",
            [
                ("Two of the five miners were found alive.", None),
                ("The others are missing.", None),
            ],
        ),
        (
            "The captain blamed a steering fault; investigators have not ruled out human error.",
            [
                ("The captain blamed a steering fault.", "captain"),
                ("Investigators have not ruled out human error.", "investigators"),
            ],
        ),
        (
            'The firm, which makes tea, said trading since July had been "encouraging".',
            [("The firm makes tea.", None), ('Trading since July had been "encouraging".', "firm")],
        ),
        (
            "Inflation slowed to 2.1% in October from 2.6% the month before, "
            "the statistics office said, the lowest since April 2021.",
            [
                (
                    "Inflation slowed to 2.1% in October from 2.6% the month before, "
                    "the lowest since April 2021.",
                    "statistics office",
                )
            ],
        ),
        (
            "The blast injured 20, including two guards.",
            [("The blast injured 20.", None), ("The blast injured two guards.", None)],
        ),
        (
            "The deal is subject to approval and is expected to close in May.",
            [
                ("The deal is subject to approval.", None),
                ("The deal is expected to close in May.", None),
            ],
        ),
        (
            "Vaccination will begin next week with health workers and people over 80.",
            [
                ("Vaccination will begin next week with health workers over 80.", None),
                ("Vaccination will begin next week with people over 80.", None),
            ],
        ),
        (
            "No group has claimed responsibility, but officials suspect the militants.",
            [
                ("No group has claimed responsibility.", None),
                ("Officials suspect the militants.", None),
            ],
        ),
        (
            "An industry group said the findings were “simplistic” and that income mattered more.",
            [
                ("The findings were “simplistic”.", "industry group"),
                ("Income mattered more.", "industry group"),
            ],
        ),
        (
            "The minister denied that the talks had failed and said they would resume in May.",
            [
                ("The minister denied that the talks had failed.", "minister"),
                ("They would resume in May.", "minister"),
            ],
        ),
    ],
)
def test_claims_and_sources(text: str, expected: Told) -> None:
    assert told(text) == expected
