"""What a client sends, and the schemas that go with it."""

from __future__ import annotations

import json
from typing import Any

import anyio
import pytest
from client_run import MESSAGES, MINI, WHOLE, Towns, asked, quick, who
from openai_stand_in import (
    KEY,
    StandIn,
    description,
    openai_server,
    request_faults,
    strict_faults,
)

from summarise.client import Client
from summarise.profiles import known_models, profile_for
from summarise.schemas import response_format

__all__ = ["openai_server", "quick"]


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
