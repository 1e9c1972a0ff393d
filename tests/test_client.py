"""The client: what goes over the wire, and what becomes of every answer."""

from __future__ import annotations

import json
import subprocess
import sys
import traceback
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Literal

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openai_stand_in import (
    KEY,
    ORGANISATION,
    Fault,
    StandIn,
    completion,
    description,
    openai_server,
    request_faults,
    serving,
    strict_faults,
)
from pydantic import BaseModel, ConfigDict, Field, create_model

from summarise import client as client_module
from summarise.client import NOWHERE, Answer, Client, Limits, connect
from summarise.completions import Completion
from summarise.errors import ModelError
from summarise.profiles import EMBEDDED_MODEL, known_models, profile_for
from summarise.schemas import response_format
from summarise.transport import mounts

__all__ = ["openai_server"]

MINI = "gpt-5.4-mini"
MESSAGES = [
    {"role": "system", "content": "List the towns, as JSON."},
    {"role": "user", "content": "Ana left Braga for “Évora” — {{ 7*7 }} {% if %} ok."},
]


class Town(BaseModel):
    """A town."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=40)
    title: str | None = Field(default=None, description="how it is addressed")
    people: int = Field(default=0, ge=0)
    side: Literal["north", "south"] = "north"


class Towns(BaseModel):
    towns: list[Town] = Field(max_length=5)
    capital: Town | None = Field(default=None, description="only if named")


def who(*names: str) -> type[BaseModel]:
    """A schema made for one call, always of the same name."""
    field: Any = (Literal[*names, "nobody"], ...)
    return create_model("Who", who=field)


WHOLE = {"towns": [{"name": "Braga", "title": None, "people": 3, "side": "north"}], "capital": None}


def asked(
    server: StandIn,
    *,
    model: str = MINI,
    schema: type[BaseModel] = Towns,
    key: str | None = KEY,
    timeout: float = 5,
    retries: int = 2,
    max_tokens: int = 100,
) -> Answer[BaseModel]:
    async def run() -> Answer[BaseModel]:
        profile = profile_for(model)
        url = server.base_url
        async with Client(model, url, key, profile, timeout=timeout, retries=retries) as client:
            return await client.ask(MESSAGES, schema, max_tokens=max_tokens)

    return anyio.run(run)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pauses between tries."""
    monkeypatch.setattr(client_module, "FIRST_PAUSE", 0.01)


# What goes over the wire


def test_a_good_answer(openai_server: StandIn) -> None:
    openai_server.answer(WHOLE)
    answer = asked(openai_server)
    assert isinstance(answer.value, Towns)
    assert answer.value.model_dump() == WHOLE
    assert (answer.error, answer.finish_reason, answer.retries) == (None, "stop", 0)
    assert (answer.input_tokens, answer.output_tokens, answer.cached_tokens) == (120, 12, 64)
    assert answer.text == json.dumps(WHOLE)
    assert answer.seconds > 0


def test_the_request_to_a_reasoning_model(openai_server: StandIn) -> None:
    asked(openai_server)
    body = openai_server.bodies[0]
    assert sorted(body) == [
        "max_completion_tokens",
        "messages",
        "model",
        "reasoning_effort",
        "response_format",
    ]
    assert body["messages"] == MESSAGES  # braces of an article are never rendered
    assert body["response_format"]["json_schema"]["strict"] is True
    assert openai_server.refused == []


def test_the_request_to_another_server(openai_server: StandIn) -> None:
    openai_server.models = ("llama3.2:3b",)
    asked(openai_server, model="llama3.2:3b")
    body = openai_server.bodies[0]
    assert (body["temperature"], body["seed"], body["max_completion_tokens"]) == (0.0, 7, 100)
    schema = body["response_format"]["json_schema"]["schema"]
    assert schema["$defs"]["Town"]["properties"]["name"]["maxLength"] == 40
    assert "strict" not in body["response_format"]["json_schema"]


@pytest.mark.parametrize("model", [*known_models(), "some-other-model"])
def test_every_model_is_asked_as_the_description_allows(model: str) -> None:
    client = Client(model, None, None, profile_for(model))
    assert request_faults(client.request(MESSAGES, Towns, max_tokens=50)) == []


def test_the_same_input_gives_the_same_bytes(openai_server: StandIn) -> None:
    for _ in range(2):
        asked(openai_server, schema=who("Braga", "Évora"))
    assert openai_server.raw[0] == openai_server.raw[1]


@pytest.mark.parametrize("model", [MINI, "llama3.2:3b"])
def test_the_bytes_are_those_that_the_library_itself_would_send(
    openai_server: StandIn, model: str
) -> None:
    async def run() -> None:
        async with Client(model, openai_server.base_url, KEY, profile_for(model)) as client:
            await client.ask(MESSAGES, Towns, max_tokens=100)
            body = client.request(MESSAGES, Towns, max_tokens=100)
            await client._opened().chat.completions.create(**body)

    openai_server.models = (model,)
    anyio.run(run)
    own, theirs = openai_server.raw
    assert own == theirs
    said = [
        {k: v for k, v in headers.items() if k in ("authorization", "content-type", "accept")}
        for headers in openai_server.headers
    ]
    assert said[0] == said[1]


def test_a_schema_is_never_taken_from_an_earlier_one_of_the_same_name(
    openai_server: StandIn,
) -> None:
    openai_server.answer({"who": "Faro"}, {"who": "Lagos"})
    for town in ("Faro", "Lagos"):
        assert asked(openai_server, schema=who(town)).error is None
        sent = openai_server.bodies[-1]["response_format"]["json_schema"]["schema"]
        assert sent["properties"]["who"]["enum"] == [town, "nobody"]


def test_the_strict_schema() -> None:
    sent = response_format(Towns, strict=True)["json_schema"]["schema"]
    assert strict_faults(sent) == []
    town = sent["$defs"]["Town"]
    assert list(town["properties"]) == ["name", "title", "people", "side"]
    assert town["required"] == ["name", "title", "people", "side"]
    assert town["properties"]["name"] == {"type": "string"}
    assert town["properties"]["people"] == {"type": "integer", "minimum": 0}
    assert sent["properties"]["towns"]["maxItems"] == 5


@pytest.mark.parametrize(
    ("schema", "fault"),
    [
        ({"type": "array", "items": {"type": "string"}}, "the root is not an object"),
        ({"type": "object", "properties": {}, "required": []}, "'additionalProperties'"),
        (
            {"type": "object", "properties": {"a": {"type": "string"}}, "required": []},
            "'required' must list",
        ),
        ({"type": "object", "oneOf": []}, "'oneOf' is not permitted"),
        ({"type": "object", "properties": {"a": {"type": "string", "default": "x"}}}, "'default'"),
        ({"type": "object", "properties": {"a": {"description": "x"}}}, "has no 'type'"),
        ({"type": "object", "properties": {"a": {"$ref": "#", "description": "x"}}}, "'$ref'"),
        ({"type": "object", "properties": {"a": {"enum": list(range(1, 1100))}}}, "1099 enum"),
    ],
)
def test_the_stand_in_refuses_a_schema_that_is_not_strict(
    schema: dict[str, Any], fault: str
) -> None:
    assert any(fault in found for found in strict_faults(schema))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"temperature": 0.0}, "'temperature' is not supported"),
        ({"max_tokens": 5}, "'max_tokens' is not supported"),
        ({"messages": []}, "$.messages"),
        ({"reasoning_effort": "enormous"}, "enormous"),
        ({"sampler": 1}, "Unknown parameter: 'sampler'"),
    ],
)
def test_the_stand_in_refuses_what_openai_refuses(change: dict[str, Any], fault: str) -> None:
    if description() is None and "supported" not in fault:
        pytest.skip("the published API description is not at hand")
    body = Client(MINI, None, None, profile_for(MINI)).request(MESSAGES, Towns, max_tokens=5)
    assert any(fault in found for found in request_faults({**body, **change}))


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


# Many calls at once


def test_calls_in_flight_are_bounded(openai_server: StandIn) -> None:
    openai_server.answer(WHOLE)
    openai_server.misbehave(*[Fault("slow", seconds=0.05)] * 12)
    answers: list[Answer[BaseModel]] = []

    async def run() -> None:
        profile = profile_for(MINI).model_copy(update={"concurrency": 3})
        async with (
            Client(MINI, openai_server.base_url, KEY, profile) as client,
            anyio.create_task_group() as group,
        ):

            async def one() -> None:
                answers.append(await client.ask(MESSAGES, Towns, max_tokens=9))

            for _ in range(12):
                group.start_soon(one)

    anyio.run(run)
    assert [answer.error for answer in answers] == [None] * 12
    assert openai_server.most_in_flight == 3


def test_a_server_lost_on_the_way_takes_no_other_call_down() -> None:
    async def run() -> list[str | None]:
        with ExitStack() as up:
            server = up.enter_context(serving())
            server.answer(WHOLE)
            async with Client(MINI, server.base_url, KEY, profile_for(MINI), retries=0) as client:
                first = await client.ask(MESSAGES, Towns, max_tokens=9)
                up.close()
                second = await client.ask(MESSAGES, Towns, max_tokens=9)
                return [first.error, second.error]

    first, second = anyio.run(run)
    assert first is None
    assert second is not None
    assert "Connection error" in second


# Which model


def connected(*arguments: str | None) -> tuple[str, str]:
    async def run() -> tuple[str, str]:
        async with connect(*arguments) as client:
            return client.model, client.base_url

    return anyio.run(run)


def test_connect_takes_the_environment(
    openai_server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert connected() == (MINI, "https://api.openai.com/v1")
    monkeypatch.setenv("OPENAI_BASE_URL", openai_server.base_url)
    monkeypatch.setenv("OPENAI_MODEL", "gpt-5.5")
    assert connected() == ("gpt-5.5", openai_server.base_url)
    assert connected("o3", "http://127.0.0.1:2/v1") == ("o3", "http://127.0.0.1:2/v1")


def test_connect_asks_a_server_for_its_only_model(openai_server: StandIn) -> None:
    openai_server.models = ("llama3.2:3b",)
    assert connected(None, openai_server.base_url)[0] == "llama3.2:3b"
    openai_server.models = ("a", "b")
    with pytest.raises(ModelError, match=r"2 models \('a', 'b'\); name one with --model"):
        connected(None, openai_server.base_url)


def test_connect_names_the_choice_for_a_model_without_a_key() -> None:
    with pytest.raises(ModelError, match="set OPENAI_API_KEY, or give --base-url"):
        connected("gpt-5.5")


def test_connect_starts_the_embedded_model_and_ends_it(
    openai_server: StandIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from contextlib import asynccontextmanager

    from summarise.embedded import Endpoint

    seen: list[str] = []

    @asynccontextmanager
    async def served(weights: Path, *, context_tokens: int) -> Any:
        seen.append(f"{weights.name} {context_tokens}")
        yield Endpoint(openai_server.base_url, KEY)
        seen.append("ended")

    monkeypatch.setattr("summarise.embedded.pull", lambda on_progress: tmp_path / "weights")
    monkeypatch.setattr("summarise.embedded.served", served)
    assert connected() == (EMBEDDED_MODEL, openai_server.base_url)
    assert seen == ["weights 8192", "ended"]
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert connected(EMBEDDED_MODEL)[0] == EMBEDDED_MODEL


def test_importing_the_client_imports_nothing_heavy() -> None:
    heavy = {"openai", "instructor", "xllamacpp", "huggingface_hub"}
    code = f"import sys, summarise.client; print({heavy!r} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"
