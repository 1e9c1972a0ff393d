"""What "and", a comma or a participle joins: each part a claim of its own, no figure lost."""

from __future__ import annotations

from datetime import date

import pytest

from summarise.language.figures import find_figures
from summarise.language.names import NameBook
from summarise.language.parts import Part, parts_of
from summarise.records import Sentence


def parts(text: str) -> list[Part]:
    sentence = Sentence(number=1, start=0, end=len(text), text=text)
    return parts_of([sentence], NameBook.of(text), date(2026, 11, 20))[0]


def lost_figures(text: str, found: list[Part]) -> list[str]:
    """The figures of a sentence that no part holds, as quantity or in its period."""
    held = {figure.surface for part in found for figure in part.quantities}
    held |= {part.time.surface for part in found if part.time is not None}
    surfaces = [figure.figure.surface for figure in find_figures(text)]
    return [one for one in surfaces if not any(one in surface for surface in held)]


COUNTED_STATES = [
    (
        "The clinic counted 14 dead and 31 wounded.",
        ["The clinic counted 14 dead.", "The clinic counted 31 wounded."],
    ),
    (
        "Hospitals reported 12 dead and more than 100 injured after the crush.",
        ["12 were dead.", "More than 100 were injured after the crush."],
    ),
    (
        "The storm has left nine people dead, 40 missing and 12,000 homeless.",
        [
            "The storm has left nine people dead.",
            "The storm left 40 missing.",
            "The storm left 12,000 homeless.",
        ],
    ),
    (
        "Doctors at the clinic treated 40 wounded, including 12 children.",
        [
            "Doctors at the clinic treated 40 wounded.",
            "Doctors at the clinic treated 12 children.",
        ],
    ),
]
MISREAD_VERBS = [
    (
        "At least 22 migrants drowned and dozens were missing after two boats sank off Velk.",
        ["At least 22 migrants drowned.", "Dozens were missing.", "Two boats sank off Velk."],
    ),
    (
        "A cargo plane crashed while on a test flight over the town of Velk on Friday, "
        "leaving at least 14 people dead, a relief group said.",
        [
            "A cargo plane crashed while on a test flight over the town of Velk on Friday.",
            "A cargo plane left at least 14 people dead.",
        ],
    ),
    (
        "The quake damaged 12 homes and a hospital, but nobody was killed.",
        [
            "The quake damaged 12 homes.",
            "The quake damaged a hospital.",
            "Nobody was killed.",
        ],
    ),
    (
        "The gunman shot dead three guards, wounded five and then fled.",
        [
            "The gunman shot dead three guards.",
            "The gunman wounded five.",
            "The gunman then fled.",
        ],
    ),
    (
        "The strike halted trains, closed schools and grounded 120 flights.",
        [
            "The strike halted trains.",
            "The strike closed schools.",
            "The strike grounded 120 flights.",
        ],
    ),
    (
        "The deal, worth 4 billion crowns, would create 800 jobs, double capacity and cut "
        "emissions by a fifth.",
        [
            "The deal is worth 4 billion crowns.",
            "The deal would create 800 jobs.",
            "The deal would double capacity.",
            "The deal would cut emissions by a fifth.",
        ],
    ),
    (
        "The rebels say they killed 15 soldiers, captured seven and destroyed two lorries.",
        [
            "The rebels killed 15 soldiers.",
            "The rebels captured seven.",
            "The rebels destroyed two lorries.",
        ],
    ),
    (
        "The company, which employs 9,000 people, filed for bankruptcy on Tuesday.",
        ["The company employs 9,000 people.", "The company filed for bankruptcy on Tuesday."],
    ),
    (
        "The truce has been broken dozens of times, with at least 30 civilians killed and 200 "
        "wounded.",
        [
            "The truce has been broken dozens of times.",
            "At least 30 civilians were killed.",
            "200 were wounded.",
        ],
    ),
    (
        "More than 40 homes were destroyed and at least 300 damaged in the quake.",
        ["More than 40 homes were destroyed.", "At least 300 were damaged in the quake."],
    ),
    (
        "The revolt, which has killed over 2,000 people and displaced millions, goes on in May.",
        [
            "The revolt has killed over 2,000 people.",
            "The revolt has displaced millions.",
            "The revolt goes on in May.",
        ],
    ),
    (
        "A roadside bomb killed six soldiers and injured scores.",
        ["A roadside bomb killed six soldiers.", "A roadside bomb injured scores."],
    ),
    (
        "The navy said it had sunk six boats, seized two ships and taken 40 prisoners.",
        [
            "The navy had sunk six boats.",
            "The navy had seized two ships.",
            "The navy had taken 40 prisoners.",
        ],
    ),
    (
        "The revolt has killed over 9000 people wounded at least 20000 and emptied the city.",
        [
            "The revolt has killed over 9000 people.",
            "The revolt has wounded at least 20000.",
            "The revolt emptied the city.",
        ],
    ),
    (
        "The militia holds 70 percent of the valley besieging about 20000 people there.",
        [
            "The militia holds 70 percent of the valley.",
            "The militia besieges about 20000 people there.",
        ],
    ),
    (
        "The tunnel, built in 1962 and closed since a fire, will reopen in May.",
        [
            "The tunnel was built in 1962.",
            "The tunnel was closed since a fire.",
            "The tunnel will reopen in May.",
        ],
    ),
    (
        "Meanwhile rocket fire on the port killed 30 people said the mayor.",
        ["Rocket fire on the port killed 30 people."],
    ),
]
SERIES = [
    (
        "The ministry put the number of dead at 61 and the number of injured at 212.",
        [
            "The ministry put the number of dead at 61.",
            "The ministry put the number of injured at 212.",
        ],
    ),
    (
        "The party took 43 percent of the vote, its rival 31 percent and the Greens 9 percent.",
        [
            "The party took 43 percent of the vote.",
            "Its rival took 31 percent.",
            "The Greens took 9 percent.",
        ],
    ),
    (
        "The firm posted a loss of 30 million crowns and sales of 410 million crowns.",
        [
            "The firm posted a loss of 30 million crowns.",
            "The firm posted sales of 410 million crowns.",
        ],
    ),
    (
        "Police held 40 protesters in Orsk and 12 in Velk, including three reporters.",
        [
            "Police held 40 protesters in Orsk.",
            "Police held 12 protesters in Velk.",
            "Police held three reporters.",
        ],
    ),
    (
        "Cities such as Orsk and Velk were shelled by 12 guns.",
        [
            "Cities were shelled by 12 guns.",
            "Orsk was shelled by 12 guns.",
            "Velk was shelled by 12 guns.",
        ],
    ),
    (
        "Cars, tyres and insurers have been hit hard.",
        ["Cars have been hit hard.", "Tyres have been hit hard.", "Insurers have been hit hard."],
    ),
    (
        "The boat capsized with 60 people aboard, leaving 14 dead and dozens missing.",
        [
            "The boat capsized with 60 people aboard.",
            "The boat left 14 dead.",
            "The boat left dozens missing.",
        ],
    ),
    (
        "The airline will cut 1,200 jobs in Velk, 800 in Orsk and 300 abroad.",
        [
            "The airline will cut 1,200 jobs in Velk.",
            "The airline will cut 800 jobs in Orsk.",
            "The airline will cut 300 jobs abroad.",
        ],
    ),
    (
        "The fund can lend up to $60 billion to Orsk, up to $40 billion to Velk and up to "
        "$20 billion to Mora.",
        [
            "The fund can lend up to $60 billion to Orsk.",
            "The fund can lend up to $40 billion to Velk.",
            "The fund can lend up to $20 billion to Mora.",
        ],
    ),
    (
        "Sales rose by 6 percent in Asia, 4 percent in Europe and 1 percent in America.",
        [
            "Sales rose by 6 percent in Asia.",
            "Sales rose by 4 percent in Europe.",
            "Sales rose by 1 percent in America.",
        ],
    ),
    (
        "Six people were killed in Orsk, four in Velk and one in Mora.",
        [
            "Six people were killed in Orsk.",
            "Four people were killed in Velk.",
            "One was killed in Mora.",
        ],
    ),
    (
        "Exports rose 4 percent in May and imports 2 percent.",
        ["Exports rose 4 percent in May.", "Imports rose 2 percent."],
    ),
    (
        "Villagers suffer from a lack of medicine and fresh food.",
        [
            "Villagers suffer from a lack of medicine.",
            "Villagers suffer from a lack of fresh food.",
        ],
    ),
    (
        "The town has no water, power or phones.",
        ["The town has no water.", "The town has no power.", "The town has no phones."],
    ),
]
PARTICIPLES = [
    (
        "Rescuers pulled two more bodies from the rubble, taking the toll to 12.",
        ["Rescuers pulled two more bodies from the rubble.", "The toll was taken to 12."],
    ),
    (
        "The court jailed two more officers, which takes the number of those convicted to nine.",
        [
            "The court jailed two more officers.",
            "The number of those convicted is taken to nine.",
        ],
    ),
    (
        "The party won 120 seats, giving it a majority of 12.",
        ["The party won 120 seats.", "The party was given a majority of 12."],
    ),
    (
        "The brewer bought two rivals, making it the largest in the region.",
        ["The brewer bought two rivals.", "The brewer was made the largest in the region."],
    ),
    (
        "Three members resigned, leaving the council with nine seats.",
        ["Three members resigned.", "The council was left with nine seats."],
    ),
    (
        "The bank said it would cut 2,000 jobs, saving 400 million a year.",
        ["The bank would cut 2,000 jobs.", "The bank would save 400 million a year."],
    ),
    (
        "The firm said profits would fall by a third, blaming weak demand.",
        ["The firm blamed weak demand.", "Profits would fall by a third."],
    ),
    (
        "The attack came a day after two bombs exploded in the market.",
        [
            "The attack came a day after two bombs exploded in the market.",
            "Two bombs exploded in the market.",
        ],
    ),
]
WHOLE = [
    "The union accuses him of stealing money, jailing critics and closing newspapers.",
    "The report blames poor maintenance, a lack of training and the weather.",
    "A crew of three officers and 12 sailors left on Monday.",
]


@pytest.mark.parametrize(
    ("sentence", "claims"), COUNTED_STATES + MISREAD_VERBS + SERIES + PARTICIPLES
)
def test_each_part_is_a_claim_and_no_figure_is_lost(sentence: str, claims: list[str]) -> None:
    found = parts(sentence)
    assert [part.text for part in found] == claims
    assert lost_figures(sentence, found) == []


@pytest.mark.parametrize("sentence", WHOLE)
def test_what_is_no_list_stays_whole(sentence: str) -> None:
    assert [part.text for part in parts(sentence)] == [sentence]


def test_one_digit_belongs_to_the_claim_that_it_stands_in() -> None:
    met, approved, _ = parts(
        "The panel, which met on Tuesday and approved it by 14 votes to 3, will meet in June."
    )
    assert met.quantities == ()
    assert [figure.surface for figure in approved.quantities] == ["14", "3"]
