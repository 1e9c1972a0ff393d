"""Briefs: which facts they tell, in which order, at which length."""

from __future__ import annotations

from typing import Any

import pytest
from brief_stories import (
    BOTH,
    DISPUTED,
    HERALD,
    POST,
    article,
    claim,
    fact,
    story,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from summarise.brief import compose
from summarise.briefing.check import Checker, stray_figures
from summarise.briefing.material import Material
from summarise.errors import InputError
from summarise.records import Claim, Story


def test_the_most_widely_held_comes_first_and_nothing_twice() -> None:
    facts = (
        fact("closed", ["herald#c02"]),
        fact("unchecked", ["post#c04"]),
        fact("sank", ["post#c01"], "agreed", witnesses=2),
        fact("drowned", ["herald#c01"]),
    )
    brief = compose(story(*BOTH, facts=facts), 60)
    assert brief.sentences[0].facts == ("drowned",), "it tells that of 'sank', and more"
    assert any("'sank': told by" in line.why for line in brief.ledger)
    assert len(brief.sentences) == 3


TRIAL = article(
    "trial",
    "Brook on trial | The Herald\n\n"
    "Ada Brook drove the ferry off Orsk at night, Maria Lund wrote on Telegram. Ada Brook had "
    "slept for 2 hours, Maria Lund wrote on Telegram. Brook denied it. Lund saw it. "
    "Mark Brook did not.\n",
)
DROVE = claim(
    TRIAL, 1, "Ada Brook drove the ferry off Orsk at night.",
    "Ada Brook drove the ferry off Orsk at night", source="Maria Lund", via=("Telegram",),
)  # fmt: skip
SLEPT = claim(
    TRIAL, 2, "Ada Brook had slept for 2 hours.", "Ada Brook had slept for 2 hours",
    source="Maria Lund", via=("Telegram",),
)  # fmt: skip
NAMESAKE = claim(TRIAL, 3, "Mark Brook did not see the ferry.", "Mark Brook did not")


@pytest.mark.parametrize(
    ("claims", "last"),
    [
        ([DROVE, SLEPT], "Brook had slept for 2 hours, according to Lund."),
        ([DROVE, SLEPT, NAMESAKE], "Ada Brook had slept for 2 hours, according to Lund."),
    ],
    ids=["alone", "with a namesake"],
)
def test_a_person_goes_by_the_surname_from_then_on(claims: list[Claim], last: str) -> None:
    first, second, *_ = compose(story((TRIAL, claims)), 30).sentences
    assert first.text.endswith("at night, according to Maria Lund on Telegram.")
    assert second.text == last


def test_the_title_is_the_headline_of_the_last_article() -> None:
    assert compose(story((TRIAL, [DROVE])), 20).title == "Brook on trial"
    assert compose(story(*BOTH), 20).title == "Ferry toll rises"


def test_what_stands_beneath_a_picture_comes_last() -> None:
    told = article(
        "herald",
        "Quay burns\n\nAda Brook looks at the quay of Orsk. (Photo: The Herald)\n\n"
        "The quay of Orsk burned down.\n",
    )
    claims = [
        claim(
            told, 1, "Ada Brook looks at the quay of Orsk.", "Ada Brook looks at the quay of Orsk."
        ),
        claim(told, 2, "The quay of Orsk burned down.", "The quay of Orsk burned down."),
    ]
    assert compose(story((told, claims)), 6).text == "The quay of Orsk burned down."


def test_two_sources_of_one_fact_are_named_together() -> None:
    told = article("herald", "Quay\n\nThe quay is closed, Ada Brook said. It is, police said.\n")
    claims = [
        claim(told, 1, "The quay is closed.", "The quay is closed, Ada Brook said",
              source="Ada Brook"),
        claim(told, 2, "The quay is closed.", "It is, police said", source="police"),
    ]  # fmt: skip
    facts = (fact("quay", ["herald#c01", "herald#c02"], "agreed"),)
    [sentence] = compose(story((told, claims), facts=facts), 10).sentences
    assert sentence.text == "The quay is closed, according to Ada Brook and police."
    assert sentence.claims == ("herald#c01", "herald#c02")


ASKED = article(
    "herald",
    "Help\n\nAda Brook asked the army for 30 divers and two boats. Ada Brook asked in 2019 and "
    "in 2021. It sank 12 boats and 40 boats.\n",
)
FIRST = "Ada Brook asked the army for 30 divers and two boats."


@pytest.mark.parametrize(
    ("one", "other", "fields", "together"),
    [
        ("for 30 divers.", "for two boats.", {}, True),
        ("for 30 divers.", "for 12 divers.", {}, False),
        ("for divers in 2019.", "for divers in 2021.", {}, False),
        ("for 30 divers.", "for two boats.", {"polarity": "negative"}, False),
    ],
)
def test_phrases_are_told_together(
    one: str, other: str, fields: dict[str, Any], *, together: bool
) -> None:
    start = "Ada Brook asked the army "
    claims = [
        claim(ASKED, 1, f"{start}{one}", FIRST),
        claim(ASKED, 2, f"{start}{other}", FIRST, **fields),
    ]
    told = [s.text for s in compose(story((ASKED, claims)), 30).sentences]
    assert (f"{start}for 30 divers and two boats." in told) is together
    assert not any("12 divers and" in one or "2019 and" in one for one in told)


LONG = article(
    "long",
    "Orsk rebuilds\n\n" + "".join(
        f"The {place} of Orsk was rebuilt by {count} masons from {town} with {stone} stone. "
        for count, (place, town, stone) in enumerate(
            zip(
                "quay pier market school bridge mill tower church theatre station".split(),
                "Velm Karst Ondra Mirov Tolna Sask Brenn Liska Hadra Polna".split(),
                "grey red white black yellow green brown blue pale dark".split(),
                strict=True,
            ),
            start=21,
        )
    ),
)  # fmt: skip
REBUILT = story(
    (LONG, [
        claim(LONG, number, f"{sentence}.", sentence)
        for number, sentence in enumerate(LONG.raw.split("\n")[2].strip(". ").split(". "), 1)
    ])
)  # fmt: skip


@settings(max_examples=8)
@given(words=st.integers(1, 160))
def test_the_length_asked_for_is_kept(words: int) -> None:
    brief = compose(REBUILT, words)
    length = len(brief.text.split())
    short = any(line.what == "short of words" for line in brief.ledger)
    assert length <= 1.1 * words or len(brief.sentences) == 1
    assert length >= 0.9 * words or short
    assert not (short and words in range(70, 100)), "ten sentences of 14 words hold that"
    material = Material(REBUILT)
    for sentence in brief.sentences:
        assert not list(stray_figures(sentence.text, [material.held[n] for n in sentence.claims]))


def test_an_empty_story_gives_an_empty_brief_and_says_so() -> None:
    brief = compose(Story(extractions=(), facts=(), run=DISPUTED.run), 100)
    assert brief.sentences == ()
    assert [line.what for line in brief.ledger] == ["short of words"]


@pytest.mark.parametrize("words", [0, -5])
def test_no_brief_of_no_words(words: int) -> None:
    with pytest.raises(InputError, match="ask for 1 or more"):
        compose(DISPUTED, words)


def test_articles_without_their_text_are_checked_by_their_claims() -> None:
    bare = [
        one.model_copy(update={"article": one.article.model_copy(update={"raw": "", "view": ""})})
        for one in DISPUTED.extractions
    ]
    brief = compose(DISPUTED.model_copy(update={"extractions": tuple(bare)}), 40)
    assert brief.text.startswith("At least 55 people drowned")


def test_every_sentence_holds_and_cites_claims_of_the_story() -> None:
    made = story(*BOTH)
    material = Material(made)
    checker = Checker(material)
    brief = compose(made, 80)
    assert {POST.id, HERALD.id} == {n.split("#")[0] for s in brief.sentences for n in s.claims}
    for sentence in brief.sentences:
        assert checker.reasons(sentence.text, [material.held[n] for n in sentence.claims]) == ()
