"""Sentences split into propositions: each row a sentence and the texts of what it states."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarise.language.clauses import propositions
from summarise.language.syntax import parse


def texts_of(sentence: str, *cues: str) -> list[str]:
    doc = parse(sentence).doc
    return [one.text for one in propositions(doc, [t for t in doc if t.text in cues])]


CONJUNCTS = [
    (
        "The council closed the bridge and opened a ferry line.",
        ["The council closed the bridge", "The council opened a ferry line"],
    ),
    (
        "The storm tore down 40 trees, flooded two villages and cut the road to Orsk.",
        [
            "The storm tore down 40 trees",
            "The storm flooded two villages",
            "The storm cut the road to Orsk",
        ],
    ),
    (
        "The court fined the company 3 million euros and banned its director.",
        ["The court fined the company 3 million euros", "The court banned its director"],
    ),
    (
        "Nobody was hurt, but two houses were damaged.",
        ["Nobody was hurt", "two houses were damaged"],
    ),
    ("The blast killed or wounded 30 miners.", ["The blast killed or wounded 30 miners"]),
    (
        "Police neither charged nor released the driver.",
        ["Police neither charged nor released the driver"],
    ),
]
RELATIVES = [
    (
        "The mine, which opened in 1962, employs 300 people.",
        ["The mine opened in 1962", "The mine employs 300 people"],
    ),
    (
        "The soldiers who guarded the depot were arrested on Sunday.",
        [
            "The soldiers guarded the depot",
            "The soldiers who guarded the depot were arrested on Sunday",
        ],
    ),
    (
        "The village that the rebels captured lies on the river.",
        ["The village that the rebels captured lies on the river"],
    ),
    ("Doctors who break the law face prison.", ["Doctors who break the law face prison"]),
    (
        "The award honours every nurse who served there.",
        ["The award honours every nurse who served there"],
    ),
    (
        "The minister visited Orsk, where 300 people had lost their homes.",
        ["The minister visited Orsk", "300 people had lost their homes"],
    ),
]
PARTICIPLES = [
    (
        "The train left Orsk on Monday, arriving in Tessaly three hours later.",
        ["The train left Orsk on Monday", "The train arriving in Tessaly three hours later"],
    ),
    (
        "The car hit a wall, killing its driver and injuring two children.",
        ["The car hit a wall", "The car killing its driver", "The car injuring two children"],
    ),
    (
        "The ship, built in 1971, sank off the coast.",
        ["The ship built in 1971", "The ship sank off the coast"],
    ),
    (
        "Founded in 1900, the club has never won the cup.",
        ["the club Founded in 1900", "the club has never won the cup"],
    ),
    ("The bridge built in 1962 was closed.", ["The bridge built in 1962 was closed"]),
    (
        "The plane vanished about 20 minutes after taking off from Orsk.",
        ["The plane vanished about 20 minutes after taking off from Orsk"],
    ),
]
APPOSITIONS = [
    (
        "Orsk, a mining town of 9,000 people, lost its only hospital last year.",
        [
            "Orsk a mining town of 9,000 people",
            "Orsk lost its only hospital last year",
        ],
    ),
    (
        "Tessaly, the largest port of the island, was cut off.",
        ["Tessaly the largest port of the island", "Tessaly was cut off"],
    ),
    (
        "The bill went to Ada Brook, a devout believer who has threatened to veto it.",
        [
            "The bill went to Ada Brook",
            "Ada Brook a devout believer",
            "Ada Brook has threatened to veto it",
        ],
    ),
]
SUBORDINATE = [
    (
        "Although the bridge was repaired, the road stayed closed.",
        ["the bridge was repaired", "the road stayed closed"],
    ),
    (
        "While the north was dry, the south was flooded.",
        ["the north was dry", "the south was flooded"],
    ),
    (
        "The school was closed after the roof collapsed.",
        ["The school was closed", "the roof collapsed"],
    ),
    (
        "The team will travel if the weather improves.",
        ["The team will travel if the weather improves"],
    ),
]
RUN_ON = [
    (
        "Norda shares rose 2%, Brightwater was up 1%.",
        ["Norda shares rose 2%", "Brightwater was up 1%"],
    ),
    (
        "The ferry was late, the train was full, and the road was closed.",
        ["The ferry was late", "the train was full", "the road was closed"],
    ),
    (
        "Rivals are struggling too: Norda shut two yards in May.",
        ["Rivals are struggling too", "Norda shut two yards in May"],
    ),
    (
        "The party let its members vote with their conscience; 19 opposed the text.",
        ["The party let its members vote with their conscience", "19 opposed the text"],
    ),
]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [*CONJUNCTS, *RELATIVES, *PARTICIPLES, *APPOSITIONS, *SUBORDINATE, *RUN_ON],
)
def test_sentence_states(sentence: str, expected: list[str]) -> None:
    assert texts_of(sentence) == expected


@pytest.mark.parametrize(
    "sentence", ["Do not go near the river.", "Stay at home until Friday.", "Never open the door."]
)
def test_order_states_nothing(sentence: str) -> None:
    assert texts_of(sentence) == []


@pytest.mark.parametrize(
    "sentence", ["You can buy a ticket at the pier.", "Harbour master", "On Monday.", "", "—"]
)
def test_nothing_is_stated_to_a_reader_or_without_a_clause(sentence: str) -> None:
    assert texts_of(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "cue", "expected"),
    [
        ("The mayor said the bridge was closed.", "said", ["the bridge was closed"]),
        ("The bridge was closed, the mayor said.", "said", ["The bridge was closed"]),
        (
            "The mayor said that the bridge was closed and the ferry was late.",
            "said",
            ["the bridge was closed", "the ferry was late"],
        ),
        (
            "The driver did what the owners told him to do.",
            "told",
            ["The driver did what the owners told him to do"],
        ),
        (
            "Ada Brook ruled out leaving the board.",
            "ruled",
            ["Ada Brook ruled out leaving the board"],
        ),
        ("The mediators hope to secure a truce.", "hope", ["The mediators hope to secure a truce"]),
        (
            "Miners gave up a rise because they were promised a future.",
            "promised",
            ["Miners gave up a rise", "they were promised a future"],
        ),
        (
            "You abused the trust of the town, she said.",
            "said",
            ["You abused the trust of the town"],
        ),
        (
            "The minister visited Orsk and promised a full inquiry.",
            "promised",
            ["The minister visited Orsk", "The minister promised a full inquiry"],
        ),
        (
            '"We are safe but we are slow," she said.',
            "said",
            ["We are safe", "we are slow"],
        ),
    ],
)
def test_verb_that_only_says_who_claims_it_is_left_out(
    sentence: str, cue: str, expected: list[str]
) -> None:
    assert texts_of(sentence, cue) == expected


WITH_PHRASES = [
    (
        "The bus overturned, with at least nine passengers injured.",
        "at least nine passengers injured",
    ),
    ("Prices rose in May, with fuel up 12%.", "fuel up 12%"),
    (
        "Norda lost 4m crowns in May, compared with a profit of 2m crowns a year earlier.",
        "a profit of 2m crowns a year earlier",
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), WITH_PHRASES)
def test_what_comes_along_is_stated_too(sentence: str, expected: str) -> None:
    assert expected in texts_of(sentence)


PIECES = (
    "The mayor |Ada Brook |closed |was killed |and |or |, |who |which |the bridge |12% |to 412 |"
    "including |with |after |that |a town |said |not |. |“|”|by |in May |rising |; |three men "
)
SENTENCES = st.lists(st.sampled_from(PIECES.split("|")), max_size=20).map("".join)


@given(SENTENCES)
@settings(max_examples=80)
def test_any_words_give_propositions_of_their_own_words(sentence: str) -> None:
    words = set(sentence.replace(",", " ").split())
    for one in propositions(parse(sentence).doc):
        assert len({t.i for t in one.tokens}) == len(one.tokens) >= 3
        assert {word.strip(".;“”,") for word in one.text.split()} <= {
            word.strip(".;“”,") for word in words
        } | {"%", ""}


@given(SENTENCES)
@settings(max_examples=40)
def test_same_words_are_split_in_the_same_way(sentence: str) -> None:
    assert texts_of(sentence) == texts_of(sentence)
