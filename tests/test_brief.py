"""Briefs: which facts they tell, in which words, and what becomes of the rest."""

from __future__ import annotations

from datetime import date
from typing import Any

import anyio
import pytest
from brief_stories import (
    BOTH,
    FORTY,
    HERALD,
    LATER,
    POST,
    TWELVE,
    article,
    claim,
    fact,
    figure,
    relation,
    story,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from openai_stand_in import KEY, Fault, StandIn, openai_server

from summarise import client as client_module
from summarise.brief import abrief, compose
from summarise.briefing.check import Checker, stray_figures
from summarise.briefing.material import Material
from summarise.briefing.standing import why_not
from summarise.client import Client
from summarise.errors import InputError
from summarise.profiles import profile_for
from summarise.records import Brief, Fact, Period, Story

__all__ = ["openai_server"]

MONDAY = Period(surface="today", start=date(2025, 3, 4), end=date(2025, 3, 4))


def only_sentence(quote: str, text: str, **fields: Any) -> str:
    """The sentence of a story of one claim, whose evidence is `quote`."""
    told = article("herald", f"Ferry sinks off Orsk\n\n{quote}\n")
    brief = compose(story((told, [claim(told, 1, text, quote, **fields)])), 20)
    return brief.text


@pytest.mark.parametrize(
    ("quote", "text", "fields", "told"),
    [
        (
            "The quay is closed.",
            "The quay of Orsk is closed.",
            {},
            "The quay of Orsk is closed.",
        ),
        (
            "The quay is closed, Ada Brook said.",
            "The quay is closed.",
            {"source": "Ada Brook"},
            "The quay is closed, according to Ada Brook.",
        ),
        (
            "The quay is closed, a spokesman for the port said.",
            "The quay is closed.",
            {"source": "spokesman for the port"},
            "The quay is closed, according to a spokesman for the port.",
        ),
        (
            "The Northern Observatory said the quay was closed.",
            "The quay was closed.",
            {"source": "Northern Observatory"},
            "The quay was closed, according to the Northern Observatory.",
        ),
        (
            "The quay was closed, Ada Brook wrote on Telegram.",
            "The quay was closed.",
            {"source": "Ada Brook", "via": ("Telegram",)},
            "The quay was closed, according to Ada Brook on Telegram.",
        ),
        (
            "The quay was closed, the Dennik quoted Ada Brook as saying.",
            "The quay was closed.",
            {"source": "Ada Brook", "via": ("Dennik",)},
            "The quay was closed, according to Ada Brook, as reported by the Dennik.",
        ),
        (
            "Ada Brook denied that the quay was closed.",
            "Ada Brook denied that the quay was closed.",
            {"source": "Ada Brook", "polarity": "negative"},
            "Ada Brook denied that the quay was closed.",
        ),
        (
            "Maria Brook had seen the ferry leave, she said.",
            "Maria Brook had seen the ferry leave.",
            {"source": "Maria Brook"},
            "Maria Brook had seen the ferry leave, Brook said.",
        ),
        (
            "The quay was reportedly closed.",
            "The quay was closed.",
            {"certainty": "probable"},
            "Reportedly, the quay was closed.",
        ),
        (
            "The union believes that the quay was closed.",
            "The quay was closed.",
            {"certainty": "probable", "source": "union"},
            "The union said it was believed that the quay was closed.",
        ),
        (
            "Officials estimate that 40 boats sank.",
            "40 boats sank.",
            {"certainty": "probable", "source": "officials"},
            "Officials estimated that 40 boats sank.",
        ),
        (
            "The quay might close, Ada Brook said.",
            "The quay might close.",
            {"certainty": "possible", "source": "Ada Brook"},
            "The quay might close, according to Ada Brook.",
        ),
        (
            "Officials counted 12 boats adrift.",
            "12 boats adrift.",
            {"source": "officials"},
            "Officials reported 12 boats adrift.",
        ),
        (
            "The quay was closed today.",
            "The quay was closed today.",
            {"time": MONDAY},
            "The quay was closed on 4 March 2025.",
        ),
        (
            "“The quay is a ruin,” Ada Brook said.",
            "The quay of Orsk is “a ruin”.",
            {"source": "Ada Brook"},
            "The quay of Orsk is “a ruin,” according to Ada Brook.",
        ),
        (
            "Maria Brook asked for 30 divers, her office said.",
            "Maria Brook asked for 30 divers.",
            {"source": "her office"},
            "Maria Brook asked for 30 divers, according to her office.",
        ),
    ],
)
def test_a_claim_becomes_a_sentence(
    quote: str, text: str, fields: dict[str, Any], told: str
) -> None:
    assert only_sentence(quote, text, **fields) == told


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The ferry sank off Orsk.", None),
        ("It is unclear why the ferry sank.", None),
        ("The union said that it would strike.", None),
        ("Those who stayed in Orsk were cold.", None),
        ("They sank off Orsk on Monday.", "'They' stands for"),
        ("These boats sank off Orsk.", "'These' points to"),
        ("The two boats sank off Orsk.", "looks back"),
        ("We saw the ferry sink off Orsk.", "first or second person"),
        ("The sinking of the ferry off Orsk.", "no full sentence"),
        ("Ferry Sinks Off Orsk, Mayor Says Forty Drowned", "headline"),
        ("Did the ferry sink off Orsk?", "question"),
        ("Ada Brook called it “a ruin.", "open quotation"),
        ("The union puts the figure at 40.", "given before"),
        ("People living there were cold.", "a place given before"),
        ("The union made an offer, which was.", "breaks off"),
        ("The union had asked for it.", None),
        ("The owners said it was likely that they would pay.", None),
        ("Radio reports prove it beyond doubt.", "'it' stands for"),
        ("The mayor described the risks this poses to Orsk.", "'this' points to"),
        ("That people had left Orsk in the night.", "no full sentence"),
        ("The Northern Harbour Regiment has sunk 12 boats.", None),
    ],
)
def test_what_stands_alone(text: str, why: str | None) -> None:
    found = why_not(text)
    assert found is None if why is None else why in (found or "")


DISPUTED = story(
    *BOTH,
    facts=(
        fact(
            "dead",
            ["herald#c01", "herald#c03", "post#c02"],
            "disputed",
            [
                ("herald#c01", FORTY, "Ada Brook"),
                ("herald#c03", TWELVE, "coast guard"),
                ("post#c02", LATER, "Ada Brook"),
            ],
            witnesses=2,
        ),
    ),
    relations=(
        relation("herald#c01", "conflicts", "herald#c03"),
        relation("post#c02", "updates", "herald#c01"),
    ),
)
UPDATED = DISPUTED.model_copy(
    update={
        "facts": (
            fact(
                "dead",
                ["herald#c01", "post#c02"],
                "updated",
                [("herald#c01", FORTY, "Ada Brook"), ("post#c02", LATER, "Ada Brook")],
                witnesses=2,
            ),
        ),
    }
)
ATTRIBUTED = story(
    *BOTH,
    facts=(
        fact(
            "dead",
            ["herald#c03", "post#c03"],
            "disputed",
            [("herald#c03", TWELVE, "coast guard"), ("post#c03", TWELVE, "rescue union")],
            witnesses=2,
        ),
    ),
    relations=(relation("herald#c03", "attribution-conflict", "post#c03"),),
)
SAID_OF_IT = article(
    "gazette",
    "Who was to blame\n\nThe hull was sound, the owner said. Ada Brook said it was not.\n",
)
ACCOUNTS = story(
    (
        SAID_OF_IT,
        [
            claim(SAID_OF_IT, 1, "The hull was sound.", "The hull was sound, the owner said",
                  source="owner"),
            claim(SAID_OF_IT, 2, "The hull was not sound.", "Ada Brook said it was not",
                  source="Ada Brook", polarity="negative"),
        ],
    ),
    facts=(fact("hull", ["gazette#c01", "gazette#c02"], "disputed"),),
    relations=(relation("gazette#c01", "conflicts", "gazette#c02"),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("made", "told", "cited"),
    [
        (
            DISPUTED,
            "At least 40 people drowned when the ferry Tessaly sank off Orsk on Monday, according "
            "to Ada Brook, but the coast guard put the figure at 12; Ada Brook later gave it as "
            "at least 55.",
            ("herald#c01", "herald#c03", "post#c02"),
        ),
        (
            UPDATED,
            "At least 55 people drowned off Orsk, according to Ada Brook; the figure was first "
            "given as at least 40.",
            ("post#c02", "herald#c01"),
        ),
        (
            ATTRIBUTED,
            "12 people had drowned off Orsk, a figure that The Post attributes to the rescue "
            "union and The Herald to the coast guard.",
            ("post#c03", "herald#c03"),
        ),
        (
            ACCOUNTS,
            "The hull was sound, according to the owner, but the hull was not sound, according to "
            "Ada Brook.",
            ("gazette#c01", "gazette#c02"),
        ),
    ],
    ids=["disputed", "updated", "attributed", "accounts"],
)
def test_what_is_in_question_is_told_with_its_sources(
    made: Story, told: str, cited: tuple[str, ...]
) -> None:
    [sentence] = compose(made, 40).sentences
    assert (sentence.text, sentence.claims) == (told, cited)
    assert sentence.disputed is (made is not UPDATED)


def test_what_one_has_sunk_is_not_set_beside_all_that_sank() -> None:
    told = article("herald", "War\n\nThe Orsk Regiment sank 12 boats. Officials counted 40 sunk.\n")
    claims = [
        claim(told, 1, "The Orsk Regiment sank 12 boats.", "The Orsk Regiment sank 12 boats."),
        claim(told, 2, "40 boats sank.", "Officials counted 40 sunk", source="officials"),
    ]
    rows = [("herald#c01", TWELVE, None), ("herald#c02", figure("40", 40, 40), "officials")]
    made = story(
        (told, claims),
        facts=(fact("boats", ["herald#c01", "herald#c02"], "disputed", rows),),
        relations=(relation("herald#c01", "conflicts", "herald#c02"),),
    )
    assert not any(" but " in sentence.text for sentence in compose(made, 30).sentences)


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
    assert not (short and words in range(60, 100)), "ten sentences of 12 words hold that"
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
    assert brief.text.startswith("At least 40 people drowned")


WRONG = claim(
    HERALD, 1, "At least 40 people drowned near Velm.",
    "At least 40 people drowned when the ferry Tessaly sank off Orsk on Monday, Mayor Ada Brook "
    "said", source="Ada Brook", quantities=(FORTY,),
)  # fmt: skip
FAILING = story((HERALD, [WRONG]))
MODEL = "gpt-5.4-mini"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "FIRST_PAUSE", 0.01)


def asked(server: StandIn, made: Story, words: int = 20) -> Brief:
    """The brief with a model behind it."""
    server.models = (MODEL,)

    async def ask() -> Brief:
        async with Client(MODEL, server.base_url, KEY, profile_for(MODEL), retries=0) as client:
            return await abrief(made, words, client)

    return anyio.run(ask)


def test_a_sentence_that_fails_is_rewritten_once(openai_server: StandIn) -> None:
    openai_server.answer({"sentence": "At least 40 people drowned, according to Ada Brook"})
    brief = asked(openai_server, FAILING)
    [sentence] = brief.sentences
    assert sentence.text == "At least 40 people drowned, according to Ada Brook."
    assert (sentence.how, sentence.claims) == ("rewritten", ("herald#c01",))
    assert brief.run.calls == 1
    assert brief.run.prompt == "brief.v1"
    [body] = openai_server.bodies
    assert "name 'Velm' is not in the article" in body["messages"][-1]["content"]


@pytest.mark.parametrize(
    "answer",
    ["41 people drowned, according to Ada Brook.", "At least 40 people drowned."],
    ids=["another figure", "no source"],
)
def test_what_fails_again_is_left_out(openai_server: StandIn, answer: str) -> None:
    openai_server.answer({"sentence": answer})
    brief = asked(openai_server, FAILING)
    assert brief.sentences == ()
    assert any("'Velm'" in line.why for line in brief.ledger if line.what == "left out")


def test_a_failed_call_is_in_the_ledger(openai_server: StandIn) -> None:
    openai_server.misbehave(Fault("status", status=500))
    brief = asked(openai_server, FAILING)
    assert "not rewritten" in [line.what for line in brief.ledger]


def test_a_dispute_that_fails_is_told_in_its_claims_own_words() -> None:
    rows = [("herald#c01", FORTY, "Ada Brook"), ("herald#c03", figure("13", 13, 13), "coast guard")]
    facts: tuple[Fact, ...] = (
        fact("dead", ["herald#c01", "herald#c03"], "disputed", rows, witnesses=2),
    )
    made = DISPUTED.model_copy(update={"facts": facts})
    brief = compose(made, 20)
    [sentence] = brief.sentences
    assert sentence.how == "claim"
    assert sentence.text.endswith("on Monday, according to Ada Brook.")
    assert any("'13' is not in the cited claims" in line.why for line in brief.ledger)


def test_no_call_where_all_holds(openai_server: StandIn) -> None:
    brief = asked(openai_server, DISPUTED, 40)
    assert brief.sentences == compose(DISPUTED, 40).sentences
    assert (openai_server.bodies, brief.run.calls) == ([], 0)


def test_every_sentence_holds_and_cites_claims_of_the_story() -> None:
    made = story(*BOTH)
    material = Material(made)
    checker = Checker(material)
    brief = compose(made, 80)
    assert {POST.id, HERALD.id} == {n.split("#")[0] for s in brief.sentences for n in s.claims}
    for sentence in brief.sentences:
        assert checker.reasons(sentence.text, [material.held[n] for n in sentence.claims]) == ()
