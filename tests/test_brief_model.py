"""Briefs: a sentence that fails its check is put to a model."""

from __future__ import annotations

import anyio
import pytest
from brief_stories import (
    DISPUTED,
    FORTY,
    HERALD,
    claim,
    story,
)
from openai_stand_in import KEY, Fault, StandIn, openai_server

from summarise import client as client_module
from summarise.brief import abrief, compose
from summarise.client import Client
from summarise.profiles import profile_for
from summarise.records import Brief, Story

__all__ = ["openai_server"]

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


def test_no_call_where_all_holds(openai_server: StandIn) -> None:
    brief = asked(openai_server, DISPUTED, 40)
    assert brief.sentences == compose(DISPUTED, 40).sentences
    assert (openai_server.bodies, brief.run.calls) == ([], 0)
