"""A client: what it makes of answers and of faults."""

from __future__ import annotations

import traceback

import anyio
import pytest
from client_run import MINI, WHOLE, Towns, asked, connected, quick
from hypothesis import given
from hypothesis import strategies as st
from openai_stand_in import (
    KEY,
    ORGANISATION,
    Fault,
    StandIn,
    completion,
    openai_server,
)

from summarise.client import NOWHERE, Client, Limits
from summarise.completions import Completion
from summarise.errors import ModelError
from summarise.profiles import profile_for
from summarise.transport import mounts

__all__ = ["openai_server", "quick"]


# What becomes of an answer that cannot be used


@pytest.mark.parametrize(
    ("fault", "finish", "error"),
    [
        (Fault("length"), "length", "the answer was cut off at the output limit"),
        (Fault("refusal"), "stop", "the model refused: I cannot help with that."),
        (Fault("content filter"), "content_filter", "content filter stopped the answer"),
        (Fault("empty content"), "stop", "the answer is empty"),
        (Fault("empty choices"), "", "the server's answer has no choices"),
        (Fault("no choices"), "", "did not answer with a chat completion"),
        (Fault("null message"), "stop", "the server's answer has no message"),
        (Fault("html", status=200), "", "did not answer with a chat completion but with <html>"),
        (Fault("truncated body"), "", "the server's answer is not JSON"),
        (Fault("slow", seconds=0.6), "", "no answer within 0.3 s"),
        (Fault("status", status=400), "", "Something is wrong"),
        (Fault("status", status=429, code="insufficient_quota"), "", "Something is wrong"),
    ],
    ids=lambda value: value.kind if isinstance(value, Fault) else None,
)
def test_a_bad_answer_is_an_error_and_not_an_exception(
    openai_server: StandIn, fault: Fault, finish: str, error: str
) -> None:
    openai_server.answer(WHOLE)
    openai_server.misbehave(fault)
    answer = asked(openai_server, timeout=0.3 if fault.kind == "slow" else 5)
    assert answer.value is None
    assert answer.error is not None
    assert error in answer.error
    assert (answer.finish_reason, answer.retries) == (finish, 0)
    assert answer.truncated == (fault.kind == "length")


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ('{"towns": [', "the answer is not JSON"),
        ('{"towns": [{"name": "Braga"}', "the answer is not JSON"),
        ("I think it is Braga.", "the answer is not JSON"),
        ("[]", "the answer does not fit the schema"),
        ("{}", "the answer does not fit the schema: towns: Field required"),
        ('{"towns": [{"name": "A", "side": "west"}]}', "towns.0.side: Input should be 'north'"),
        ('{"towns": [{"name": "", "people": -1}]}', "(and 1 more)"),
    ],
)
def test_content_that_does_not_fit(openai_server: StandIn, content: str, error: str) -> None:
    openai_server.answer(content)
    answer = asked(openai_server)
    assert answer.value is None
    assert answer.error is not None
    assert error in answer.error
    assert answer.text == content


@pytest.mark.parametrize(
    "content",
    [
        '```json\n{"towns": []}\n```',
        'Here it is:\n```\n{"towns": []}\n```\nDone.',
        '<think>{"towns": 1}?</think>\n{"towns": []}',
        '\n {"towns": []}\n',
    ],
)
def test_json_in_a_wrapping_is_found(openai_server: StandIn, content: str) -> None:
    openai_server.answer(content)
    assert asked(openai_server).value == Towns(towns=[])


def test_missing_usage_is_no_tokens_and_told(openai_server: StandIn) -> None:
    openai_server.answer(WHOLE)
    openai_server.misbehave(Fault("no usage"))
    answer = asked(openai_server)
    assert answer.value is not None
    assert (answer.input_tokens, answer.output_tokens, answer.cached_tokens) == (0, 0, 0)
    assert answer.unmetered == 1


@given(content=st.text() | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(repr))
def test_whatever_the_model_says_is_an_answer(content: str) -> None:
    answer = Completion.of(completion(content, model=MINI)).read(Towns)
    assert (answer.value is None) == (answer.error is not None)
    assert answer.text == content


def test_text_that_cannot_be_sent_is_an_error(openai_server: StandIn) -> None:
    async def run() -> str | None:
        async with Client(MINI, openai_server.base_url, KEY, profile_for(MINI)) as client:
            broken = [{"role": "user", "content": "half of \ud83d"}]
            return (await client.ask(broken, Towns, max_tokens=9)).error

    error = anyio.run(run)
    assert error is not None
    assert "cannot be written as UTF-8" in error


# Trying again


@pytest.mark.parametrize(
    "fault",
    [
        Fault("status", status=429, headers={"retry-after": "0"}),
        Fault("status", status=429, headers={"retry-after": "soon"}),
        Fault("status", status=500),
        Fault("status", status=503),
        Fault("html", status=502),
        Fault("reset"),
    ],
    ids=lambda fault: f"{fault.kind} {fault.status}",
)
def test_a_passing_fault_is_tried_again_and_counted(openai_server: StandIn, fault: Fault) -> None:
    openai_server.answer(WHOLE)
    openai_server.misbehave(fault, fault)
    answer = asked(openai_server)
    assert (answer.error, answer.retries) == (None, 2)
    assert openai_server.raw[0] == openai_server.raw[2]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault("status", status=500), "Something is wrong"),
        (Fault("status", status=429), "Something is wrong"),
        (Fault("html", status=502), "Gateway"),
        (Fault("reset"), "Connection error"),
    ],
)
def test_a_lasting_fault_ends_in_an_error(openai_server: StandIn, fault: Fault, error: str) -> None:
    openai_server.misbehave(fault, fault, fault)
    answer = asked(openai_server)
    assert answer.error is not None
    assert error in answer.error
    assert "(after 3 tries)" in answer.error
    assert ORGANISATION not in answer.error
    assert len(openai_server.bodies) == 3


def test_the_server_says_how_long_to_wait(openai_server: StandIn) -> None:
    openai_server.answer(WHOLE)
    openai_server.misbehave(Fault("status", status=429, headers={"retry-after": "0.4"}))
    assert asked(openai_server).seconds >= 0.4


@pytest.mark.parametrize("url", [NOWHERE, "http://model.invalid/v1"])
def test_an_answer_that_is_played_is_never_waited_for(url: str) -> None:
    async def run() -> bool:
        limits = Limits(requests_per_minute=1)
        async with Client(MINI, url, None, profile_for(MINI), limits=limits) as client:
            calls = client._calls
            calls.pauses.hold(60)
            return calls.pauses.left == 0 and calls._requests is None

    assert anyio.run(run)


# What no further call can mend


@pytest.mark.parametrize(
    ("model", "key", "act"),
    [
        (MINI, "sk-wrong-0123456789", "check OPENAI_API_KEY"),
        ("gpt-5.5", KEY, "check that the server has 'gpt-5.5'"),
    ],
)
def test_an_error_that_every_call_would_meet_is_raised(
    openai_server: StandIn, model: str, key: str, act: str
) -> None:
    with pytest.raises(ModelError, match=act) as caught:
        asked(openai_server, model=model, key=key)
    assert key not in str(caught.value)
    assert len(openai_server.bodies) == 1


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/v1", "127.0.0.1:1/v1", "localhost/v1"])
def test_a_server_that_is_not_there_is_raised(url: str) -> None:
    with pytest.raises(ModelError, match="is it running"):
        asked(StandIn(url))


def test_no_key_is_in_the_error_of_a_server_that_lists_no_models(openai_server: StandIn) -> None:
    with pytest.raises(ModelError, match="does not list its models") as caught:
        connected(None, f"{openai_server.base_url}/elsewhere", KEY)
    assert KEY not in "".join(traceback.format_exception(caught.value))


def test_a_proxy_is_not_asked_for_loopback(
    openai_server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    openai_server.answer(WHOLE)
    assert asked(openai_server).error is None


@pytest.mark.parametrize(
    ("proxies", "own", "pooled"),
    [
        ({}, False, True),
        ({"https": "http://127.0.0.1:1"}, False, False),
        ({"https": "http://127.0.0.1:1"}, True, True),
    ],
)
def test_a_proxy_of_the_environment_is_left_to_the_library(
    monkeypatch: pytest.MonkeyPatch, proxies: dict[str, str], own: bool, pooled: bool
) -> None:
    monkeypatch.setattr("summarise.transport.getproxies", lambda: proxies)
    found = mounts(9, own=own)
    assert (found is not None) == pooled


def test_a_client_that_is_not_open_says_so() -> None:
    client = Client(MINI, None, KEY, profile_for(MINI))
    with pytest.raises(ModelError, match="is not open"):
        anyio.run(client.model_names)
    assert KEY not in repr(client)
