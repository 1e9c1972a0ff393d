"""A client on a server that goes wrong in every way that real ones do."""

from __future__ import annotations

from dataclasses import dataclass

import anyio
import pytest
from misbehaving_server import KINDS, UNTOLD, Server, in_this_process
from pydantic import BaseModel

from summarise import client as client_module
from summarise.answer import Answer
from summarise.answers import claims_answer
from summarise.client import Client, Limits
from summarise.errors import SpendLimitError
from summarise.limits import Spend
from summarise.profiles import profile_for

MINI = "gpt-5.4-mini"
_TRY = 0.4  # seconds


@dataclass(frozen=True)
class Ends:
    """How a call ends where each of its tries goes wrong; whether a second try is made."""

    error: str | None
    kind: str = ""
    again: bool = False


ENDS = {
    "429": Ends("It is too much (429).", "429", True),
    "429 after": Ends("It is too much (429 after).", "429", True),
    "429 date": Ends("the 1.5 s for the whole article are over", "deadline", True),
    "429 headers": Ends("It is too much (429 headers).", "429", True),
    "500": Ends("It is too much (500).", "500", True),
    "503": Ends("It is too much (503).", "503", True),
    "503 after": Ends("It is too much (503 after).", "503", True),
    "html 502": Ends("502 Bad Gateway", "502", True),
    "reset": Ends("Connection error.", "connection", True),
    "reset midway": Ends("Connection error.", "connection", True),
    "half": Ends("Connection error.", "connection", True),
    "hang": Ends("no answer within 0.4 s", "timeout"),
    "slow": Ends("no answer within 0.4 s", "timeout"),
    "html 200": Ends("with a chat completion but with <html>", "not a completion"),
    "cut JSON": Ends("the server's answer is not JSON", "not JSON"),
    "wrong JSON": Ends("the answer is not JSON", "not JSON"),
    "wrong schema": Ends("does not fit the schema: claims", "schema"),
    "length": Ends("the answer was cut off at the output limit", "length"),
    "refusal": Ends("the model refused: I cannot help with that.", "refusal"),
    "empty choices": Ends("the server's answer has no choices", "no choices"),
    "no usage": Ends(None),
}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr("summarise.calls.MOST_WAITS", 3)


def asked(
    server: Server, number: int = 1, **limits: float
) -> tuple[list[Answer[BaseModel]], Spend]:
    """The answers to so many different calls at once, and what they took."""
    found: list[Answer[BaseModel]] = []
    bounds = Limits(**{"retries": 2, "timeout": _TRY, **limits})  # type: ignore[arg-type]

    async def run(url: str) -> Spend:
        async with Client(MINI, url, None, profile_for(MINI), limits=bounds) as client:

            async def one(place: int) -> None:
                text = f"Sentences:\n[1] Port {place} is open.\n"
                told = [{"role": "user", "content": text}]
                with client.article():
                    found.append(await client.ask(told, claims_answer([1]), max_tokens=99))

            async with anyio.create_task_group() as tasks:
                for place in range(number):
                    tasks.start_soon(one, place)
            return client.spent

    with in_this_process(server) as url:
        return found, anyio.run(run, url)


def test_each_kind_has_its_end() -> None:
    assert set(ENDS) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_lasting_fault_ends_in_its_reason(kind: str) -> None:
    server, ends = Server(share=1, kinds=[kind]), ENDS[kind]
    [answer], spent = asked(server, article_seconds=1.5 if kind == "429 date" else 60)
    assert (answer.value is None) == (answer.error is not None) == (ends.error is not None)
    assert (ends.error or "") in (answer.error or "")
    assert answer.kind == ends.kind
    assert (answer.retries > 0) == ends.again
    assert answer.unmetered == spent.unmetered == server.account.untold
    assert (server.account.untold > 0) == (kind in UNTOLD)
    assert spent.input_tokens == answer.input_tokens == server.account.input_tokens
    assert spent.output_tokens == answer.output_tokens == server.account.output_tokens


@pytest.mark.parametrize("kind", [kind for kind, ends in ENDS.items() if ends.again])
def test_a_passing_fault_ends_in_an_answer(kind: str) -> None:
    server = Server(share=1, kinds=[kind], once=True)
    [answer], spent = asked(server)
    assert (answer.error, answer.retries) == (None, 1)
    assert answer.seconds >= (0.05 if "after" in kind else 0)
    assert (spent.input_tokens, spent.unmetered) == (
        server.account.input_tokens,
        server.account.untold,
    )


def test_a_server_with_room_for_few_is_given_few_at_a_time() -> None:
    server = Server(room=2, latency=0.02)
    answers, _ = asked(server, 40, concurrency=16, retries=30, timeout=30)
    assert [answer.error for answer in answers] == [None] * 40
    assert server.account.faults["429"] < 60  # 14 of the first 16 at once, then ever fewer


def test_calls_end_cleanly_at_the_spend_limit() -> None:
    server = Server(latency=0.02)
    with pytest.raises(BaseExceptionGroup) as caught:
        asked(server, 30, tokens=500, timeout=30)
    ours, others = caught.value.split(SpendLimitError)
    assert (ours is not None, others) == (True, None)
    spent = server.account.input_tokens + server.account.output_tokens
    assert 350 < spent <= 500
