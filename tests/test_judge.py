"""Pairs of claims put to a model: batches, order, and what becomes of a failed call."""

from __future__ import annotations

import anyio
import pytest
from openai_stand_in import KEY, Fault, StandIn, openai_server

from summarise.client import NOWHERE, Client
from summarise.errors import ModelError
from summarise.judge import LARGE_BATCH, SMALL_BATCH, Judgements, judged
from summarise.profiles import EMBEDDED_MODEL, profile_for

__all__ = ["openai_server"]
STRONG = "gpt-5.4-mini"
PAIR = ("The weir at Osk broke.", "Osk lost its weir.")


def ask(server: StandIn, count: int, model: str = STRONG, url: str = "") -> Judgements:
    server.models = (model,)

    async def run() -> Judgements:
        async with Client(model, url or server.base_url, KEY, profile_for(model)) as client:
            return await judged([PAIR] * count, client)

    return anyio.run(run)


@pytest.mark.parametrize(("model", "size"), [(STRONG, LARGE_BATCH), (EMBEDDED_MODEL, SMALL_BATCH)])
def test_pairs_are_asked_about_in_batches(openai_server: StandIn, model: str, size: int) -> None:
    openai_server.answer({"same": [True] + [False] * (size - 1)})
    found = ask(openai_server, size, model)
    assert found.same == {0: True} | dict.fromkeys(range(1, size), False)
    assert found.usage.calls == len(openai_server.bodies) == 1
    assert openai_server.bodies[0]["messages"][-1]["content"].count(PAIR[0]) == size


def test_the_last_batch_is_as_long_as_what_is_left(openai_server: StandIn) -> None:
    openai_server.answer({"same": [True]})
    found = ask(openai_server, 1)
    assert (found.same, found.ledger) == ({0: True}, [])


def test_an_answer_of_another_length_decides_nothing(openai_server: StandIn) -> None:
    openai_server.answer({"same": [True, True]})
    found = ask(openai_server, 3)
    assert found.same == {}
    [line] = found.ledger
    assert line.what == "not compared"
    assert "3 pairs of claims stay apart: the answer does not fit the schema" in line.why


def test_a_batch_that_fails_leaves_the_others(openai_server: StandIn) -> None:
    openai_server.answer({"same": [True] * LARGE_BATCH})
    openai_server.misbehave(Fault("status", 400))
    found = ask(openai_server, 2 * LARGE_BATCH)
    assert (len(found.same), len(found.ledger)) == (LARGE_BATCH, 1)


def test_no_pairs_are_no_calls(openai_server: StandIn) -> None:
    assert ask(openai_server, 0) == Judgements()
    assert openai_server.bodies == []


def test_a_server_that_is_gone_is_raised(openai_server: StandIn) -> None:
    with pytest.raises(ModelError, match="is it running"):
        ask(openai_server, 1, url=NOWHERE)
