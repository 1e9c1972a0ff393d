"""What spans and log lines hold, and what they never hold."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import anyio
import pytest
from openai_stand_in import KEY, Fault, StandIn, openai_server
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.semconv._incubating.attributes import gen_ai_attributes
from opentelemetry.semconv.attributes import error_attributes, server_attributes
from pydantic import BaseModel

from summarise import client as client_module
from summarise.client import Client
from summarise.errors import ModelError
from summarise.profiles import profile_for
from summarise.telemetry import CONTENT_SETTINGS

__all__ = ["openai_server"]

MINI = "gpt-5.4-mini"
WORDS = "The ferry to Évora sank."
MESSAGES = [{"role": "user", "content": f"{WORDS} {KEY}"}]
CONVENTIONS = {
    value
    for module in (gen_ai_attributes, error_attributes, server_attributes)
    for value in vars(module).values()
    if isinstance(value, str)
}


class Port(BaseModel):
    port: str


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "_TRACER_PROVIDER", provider)
    monkeypatch.setattr(client_module, "FIRST_PAUSE", 0.01)
    for name in CONTENT_SETTINGS:
        monkeypatch.delenv(name, raising=False)
    yield exporter
    provider.shutdown()


def asked(server: StandIn, key: str = KEY) -> None:
    async def run() -> None:
        async with Client(MINI, server.base_url, key, profile_for(MINI), retries=2) as client:
            await client.ask(MESSAGES, Port, max_tokens=9)

    anyio.run(run)


def only(spans: InMemorySpanExporter) -> tuple[ReadableSpan, dict[str, Any]]:
    [span] = spans.get_finished_spans()
    return span, dict(span.attributes or {})


def test_a_call_is_a_span_by_the_conventions(
    openai_server: StandIn, spans: InMemorySpanExporter
) -> None:
    openai_server.answer({"port": "Faro"})
    openai_server.misbehave(Fault("status", status=500))
    asked(openai_server)
    span, told = only(spans)
    port = int(openai_server.base_url.rsplit(":", 1)[1].removesuffix("/v1"))
    assert (span.name, span.kind, span.status.is_ok) == (
        f"chat {MINI}",
        trace.SpanKind.CLIENT,
        True,
    )
    assert told == {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": MINI,
        "gen_ai.request.max_tokens": 9,
        "gen_ai.output.type": "json",
        "gen_ai.response.model": MINI,
        "gen_ai.response.id": "chatcmpl-stand-in",
        "gen_ai.response.finish_reasons": ("stop",),
        "gen_ai.usage.input_tokens": 120,
        "gen_ai.usage.output_tokens": 12,
        "gen_ai.usage.cache_read.input_tokens": 64,
        "server.address": "127.0.0.1",
        "server.port": port,
        "summarise.retries": 1,
        "summarise.unmetered": 0,
    }
    assert {name for name in told if not name.startswith("summarise.")} <= CONVENTIONS


@pytest.mark.parametrize(
    ("fault", "kind", "counted"),
    [
        (Fault("status", status=400), "400", False),
        (Fault("refusal"), "refusal", True),
        (Fault("length"), "length", True),
        (Fault("html", status=200), "not a completion", False),
        (Fault("no usage"), "", False),
    ],
    ids=lambda value: value.kind if isinstance(value, Fault) else None,
)
def test_what_went_wrong_is_told_without_a_word_of_the_text(
    openai_server: StandIn, spans: InMemorySpanExporter, fault: Fault, kind: str, counted: bool
) -> None:
    openai_server.answer({"port": WORDS})
    openai_server.misbehave(fault)
    asked(openai_server)
    span, told = only(spans)
    assert told.get("error.type", "") == kind
    assert span.status.is_ok != bool(kind)
    assert ("gen_ai.usage.input_tokens" in told) == counted
    assert WORDS not in span.to_json()
    assert KEY not in span.to_json()


def test_an_exception_ends_the_span(openai_server: StandIn, spans: InMemorySpanExporter) -> None:
    with pytest.raises(ModelError):
        asked(openai_server, key="sk-wrong-0123456789")
    span, told = only(spans)
    assert told["error.type"] == "ModelError"
    assert span.events == ()
    assert "sk-wrong" not in span.to_json()


@pytest.mark.parametrize("setting", CONTENT_SETTINGS)
@pytest.mark.parametrize(("value", "held"), [("true", True), ("false", False), ("", False)])
def test_the_text_is_told_where_it_is_asked_for(
    openai_server: StandIn,
    spans: InMemorySpanExporter,
    monkeypatch: pytest.MonkeyPatch,
    setting: str,
    value: str,
    held: bool,
) -> None:
    monkeypatch.setenv(setting, value)
    openai_server.answer({"port": "Faro"})
    asked(openai_server)
    _, told = only(spans)
    assert ("gen_ai.input.messages" in told) == held
    if held:
        part = {"type": "text", "content": f"{WORDS} …"}
        assert json.loads(told["gen_ai.input.messages"]) == [{"role": "user", "parts": [part]}]
        [said] = json.loads(told["gen_ai.output.messages"])
        assert said["parts"][0]["content"] == '{"port": "Faro"}'
        assert said["finish_reason"] == "stop"


def test_log_lines_have_fields_and_no_text(
    openai_server: StandIn, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "FIRST_PAUSE", 0.01)
    openai_server.answer({"port": WORDS})
    openai_server.misbehave(Fault("status", status=503), None, Fault("refusal"))
    with caplog.at_level(logging.DEBUG, logger="summarise.client"):
        asked(openai_server)
        asked(openai_server)
    lines = [vars(record) for record in caplog.records if record.name == "summarise.client"]
    assert [line["error_type"] for line in lines] == ["503", "", "refusal"]
    again, good, refused = lines
    assert (again["tries"], again["all_wait"]) == (1, False)
    assert (good["model"], good["input_tokens"], good["retries"]) == (MINI, 120, 1)
    assert (good["levelname"], refused["levelname"]) == ("DEBUG", "INFO")
    assert WORDS not in str(lines)
    assert KEY not in str(lines)


def test_opentelemetry_is_never_imported() -> None:
    code = (
        "import sys, summarise.client, summarise.telemetry as t\n"
        "with t.call(t.Asked('m', 'OpenAI', 'http://x', ''), {}) as told: pass\n"
        "print([name for name in sys.modules if name.startswith('opentelemetry')])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
