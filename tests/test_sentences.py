"""Propositions worded as sentences: verbs made finite, commas and quotation marks in pairs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarise.language.clauses import propositions
from summarise.language.sentences import worded
from summarise.language.syntax import parse
from summarise.records import UnitKind


def sentences_of(text: str, kind: UnitKind = "sentence") -> list[str]:
    return [worded(one, kind=kind) for one in propositions(parse(text).doc)]


FINITE = [
    ("The car hit a wall, killing its driver.", "The car killed its driver."),
    ("The index fell 3%, closing at 412.", "The index closed at 412."),
    ("The firm cut its forecast, blaming weak demand.", "The firm blamed weak demand."),
    ("The army moved north, taking two villages.", "The army took two villages."),
    ("The train left Orsk on Monday, arriving at dawn.", "The train arrived at dawn."),
    ("The plant, employing 300 people, closed in May.", "The plant employed 300 people."),
    ("Prices rose in May, with fuel costs rising 12%.", "Fuel costs rose 12%."),
    ("The bus overturned, with nine passengers injured.", "Nine passengers were injured."),
    ("Founded in 1900, the club has never won the cup.", "The club was founded in 1900."),
    ("The ship, previously owned by Norda, sank.", "The ship was previously owned by Norda."),
    ("The letters, sent on 14 May, were burned.", "The letters were sent on 14 May."),
    ("The club signed Brandt, scoring twice.", "The club scored twice."),
    ("The repairs have not yet started.", "The repairs have not yet started."),
]
SHARES_TOLD = [
    (
        "A tram hit a cafe on Saturday, killing two people and injuring at least 35, "
        "nine of them seriously.",
        "Nine of the 35 were seriously injured.",
    ),
    (
        "Fever killed 597,000 people in 2023, three-quarters of them children under 5.",
        "Three-quarters of the 597,000 people were children under 5.",
    ),
    (
        "Fever was common, and seven children had seizures, all of whom recovered.",
        "All of seven children recovered.",
    ),
]
RELATIVES = [
    (
        "Pickets stood at the gate in Orsk, where 1,400 people work.",
        "1,400 people work in Orsk.",
    ),
    (
        "The court published the terms, which neither side had accepted.",
        "Neither side had accepted the terms.",
    ),
    (
        "The minister showed the recordings, which he did not play.",
        "He did not play the recordings.",
    ),
    (
        "The club sold Brandt, whose contract ends in June.",
        "Brandt’s contract ends in June.",
    ),
    (
        "The fund spent $19 million, half of which came from the state.",
        "Half of $19 million came from the state.",
    ),
    (
        "The lower house, in which the coalition holds 31 of 60 seats, is to take up the bill.",
        "In the lower house the coalition holds 31 of 60 seats.",
    ),
]
COMMAS = [
    (
        "Talks with the operator, Halden Docks, collapsed on Tuesday.",
        "Talks with the operator, Halden Docks, collapsed on Tuesday.",
    ),
    ("The offer, worth 7% this year, was rejected.", "The offer was rejected."),
    ("The bridge, which opened in 1962, was closed.", "The bridge was closed."),
    (
        "Tessaly, the largest port of the island, was cut off.",
        "Tessaly is the largest port of the island.",
    ),
]
SHARES = [
    ("The blast killed 12 people, most of them tourists.", "Most of the 12 people were tourists."),
    (
        "The hospital admitted 34 miners, seven of them with burns.",
        "Seven of the 34 miners were with burns.",
    ),
    (
        "Eleven villages, three of them in the hills, are cut off.",
        "Three of the eleven villages are in the hills.",
    ),
    (
        "The observers counted 23 explosions on Tuesday, 19 of them in Orsk.",
        "19 of the 23 explosions were in Orsk.",
    ),
    (
        "The observers counted 23 explosions on Tuesday, 19 of them in Orsk.",
        "The observers counted 23 explosions on Tuesday.",
    ),
]
QUOTES = [
    (
        'The mayor called the plan "a joke", and the vote was put off.',
        'The mayor called the plan "a joke".',
    ),
    ("The offer was “fair and affordable”.", "The offer was “fair”."),
    ("“The bridge is safe.”", "The bridge is safe."),
]
ASIDE = [
    ("The offer, worth 7% this year, was rejected.", "The offer is worth 7% this year."),
    ("Density has reached 92%, up from 74% in May.", "Density was up from 74% in May."),
    ("Density has reached 92%, up from 74% in May.", "Density has reached 92%."),
    ("Water spilled over the 62-year-old Orsk dam.", "The Orsk dam is 62 years old."),
    ("Peter Hale, 49, has left the council.", "Peter Hale is 49 years old."),
    ("Peter Hale, 49, has left the council.", "Peter Hale has left the council."),
    (
        "Shares sank amid falling confidence in the banks.",
        "Confidence in the banks is falling.",
    ),
    (
        "The road was closed despite mounting anger at the council.",
        "Anger at the council is mounting.",
    ),
    (
        "The towns besieged by the rebels were reached on Monday.",
        "The towns were besieged by the rebels.",
    ),
]
SHARED = [
    ("The attack left 20 dead and 50 injured.", "The attack left 20 dead."),
    ("The attack left 20 dead and 50 injured.", "The attack left 50 injured."),
    (
        "Two sisters were killed and at least 30 others wounded.",
        "At least 30 others were wounded.",
    ),
]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [*FINITE, *SHARES_TOLD, *RELATIVES, *COMMAS, *SHARES, *QUOTES, *ASIDE, *SHARED],
)
def test_proposition_reads_as_a_sentence(text: str, sentence: str) -> None:
    assert sentence in sentences_of(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Two men who spoke on condition of anonymity blamed him.", "Two men spoke"),
        ("The boy fled rather than surrendering.", "The boy surrendered"),
        ("A memo seen by the Herald names nine ships.", "A memo was seen"),
        ("Nobody was hurt, and the driver escaped.", "The driver was escaped"),
    ],
)
def test_what_is_not_stated_is_no_sentence(text: str, sentence: str) -> None:
    assert not any(found.startswith(sentence) for found in sentences_of(text))


@pytest.mark.parametrize(
    ("text", "kind", "sentence"),
    [
        (
            "Containers stacked at the North Pier in Orsk.",
            "caption",
            "Containers were stacked at the North Pier in Orsk.",
        ),
        (
            "A whip coral photographed at a depth of 112 metres.",
            "caption",
            "A whip coral was photographed at a depth of 112 metres.",
        ),
        (
            "Pickets warm themselves at the gate.",
            "caption",
            "Pickets warm themselves at the gate.",
        ),
        ("Dockers vote for strike over pay", "headline", "Dockers vote for strike over pay."),
        ("Norda to cut 300 jobs in Orsk", "headline", "Norda is to cut 300 jobs in Orsk."),
    ],
)
def test_caption_gets_the_verb_that_it_leaves_out(text: str, kind: UnitKind, sentence: str) -> None:
    assert sentence in sentences_of(text, kind)


PIECES = (
    'The mayor |Ada Brook |closed |was killed |rising |built |, |who |which |whose |where |"|“|”|'
    "most of them |in Orsk |two men |12% |and |had |stopped |. |– |by |falling |sent |(|) |’s "
)


@given(st.lists(st.sampled_from(PIECES.split("|")), max_size=18).map("".join))
@settings(max_examples=80)
def test_any_sentence_has_paired_marks_and_one_stop(text: str) -> None:
    for sentence in sentences_of(" ".join(text.split())):
        assert sentence == " ".join(sentence.split())
        assert sentence.rstrip('"”').endswith((".", "!", "?")) or sentence.endswith(".")
        assert ",," not in sentence
        assert " ," not in sentence
        assert sentence.count('"') % 2 == 0
        assert sentence.count("“") == sentence.count("”")
