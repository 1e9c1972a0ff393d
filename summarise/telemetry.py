"""What a client tells of its calls: a span each, by OpenTelemetry's conventions, and a log line.

Spans follow https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/. Neither holds text of
an article or an answer, nor a key; the text is in the spans where SUMMARISE_TELEMETRY_CONTENT or
OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT asks for it. OpenTelemetry is never imported
here: whoever collects spans has done so, and without them nothing is done.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from summarise.answer import Answer
from summarise.redact import redacted

if TYPE_CHECKING:
    from opentelemetry.trace import Span

    from summarise.completions import Completion

SCHEMA_URL = "https://opentelemetry.io/schemas/1.37.0"
CONTENT_SETTINGS = (
    "SUMMARISE_TELEMETRY_CONTENT",
    "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT",
)
_NO = frozenset({"", "0", "false", "no", "off", "no_content", "event_only"})
_PROVIDERS = {"embedded": "llama.cpp"}
_PORTS = {"https": 443, "http": 80}

_log = logging.getLogger("summarise.client")


@dataclass(frozen=True)
class Asked:
    """Whom a client asks, and how; `key` is taken out of whatever is told."""

    model: str
    server: str
    base_url: str
    key: str

    def attributes(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """The attributes of a span that are known before the call."""
        url = urlsplit(self.base_url)
        known = {
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": _PROVIDERS.get(self.server, "openai"),
            "gen_ai.request.model": self.model,
            "gen_ai.request.max_tokens": body.get("max_completion_tokens"),
            "gen_ai.request.temperature": body.get("temperature"),
            "gen_ai.request.seed": body.get("seed"),
            "gen_ai.output.type": "json",
            "server.address": url.hostname,
            "server.port": url.port or _PORTS.get(url.scheme),
        }
        if content_wanted():
            known["gen_ai.input.messages"] = self._messages(body["messages"])
        return _present(known)

    def told(self, got: Completion | None, answer: Answer[Any]) -> dict[str, Any]:
        """The attributes that the answer brings."""
        known: dict[str, Any] = {
            "gen_ai.response.model": got and got.model,
            "gen_ai.response.id": got and got.id,
            "gen_ai.response.finish_reasons": [answer.finish_reason] * bool(answer.finish_reason),
            "error.type": answer.kind or None,
            "summarise.retries": answer.retries,
            "summarise.unmetered": answer.unmetered,
        }
        if got is not None and got.counts is not None:
            known |= {
                "gen_ai.usage.input_tokens": answer.input_tokens,
                "gen_ai.usage.output_tokens": answer.output_tokens,
                "gen_ai.usage.cache_read.input_tokens": answer.cached_tokens,
            }
        if content_wanted() and answer.text:
            said = [{"role": "assistant", "content": answer.text}]
            known["gen_ai.output.messages"] = self._messages(said, answer.finish_reason)
        return _present(known)

    def _messages(self, messages: Sequence[Mapping[str, str]], finish: str = "") -> str:
        """Messages as the conventions write them."""
        ended = {"finish_reason": finish} if finish else {}
        listed = [
            {
                "role": message["role"],
                "parts": [{"type": "text", "content": redacted(message["content"], self.key)}],
                **ended,
            }
            for message in messages
        ]
        return json.dumps(listed, ensure_ascii=False)


class Told:
    """Where the end of one call is told."""

    def __init__(self, asked: Asked, span: Span | None) -> None:
        self._asked = asked
        self._span = span

    def __call__(self, got: Completion | None, answer: Answer[Any]) -> None:
        """Tell what came of the call."""
        if self._span is not None:
            self._span.set_attributes(self._asked.told(got, answer))
            if answer.error is not None:
                _failed(self._span, answer.kind)
        level = logging.DEBUG if answer.error is None else logging.INFO
        if _log.isEnabledFor(level):
            said = f"failed: {answer.kind}" if answer.error is not None else "answered"
            _log.log(level, "a call was %s", said, extra=self._fields(answer))

    def _fields(self, answer: Answer[Any]) -> dict[str, Any]:
        return {
            "model": self._asked.model,
            "server": self._asked.server,
            "error_type": answer.kind,
            "finish_reason": answer.finish_reason,
            "input_tokens": answer.input_tokens,
            "output_tokens": answer.output_tokens,
            "cached_tokens": answer.cached_tokens,
            "retries": answer.retries,
            "unmetered": answer.unmetered,
            "seconds": round(answer.seconds, 3),
        }


@contextmanager
def call(asked: Asked, body: Mapping[str, Any]) -> Iterator[Told]:
    """The span of one call, all its tries included; an exception that ends it is told too."""
    tracing = sys.modules.get("opentelemetry.trace")
    if tracing is None:
        yield Told(asked, None)
        return
    tracer = tracing.get_tracer("summarise", schema_url=SCHEMA_URL)
    with tracer.start_as_current_span(
        f"chat {asked.model}",
        kind=tracing.SpanKind.CLIENT,
        record_exception=False,  # its message may hold what must not be told
        set_status_on_exception=False,
    ) as span:
        recording = span.is_recording()
        if recording:
            span.set_attributes(asked.attributes(body))
        try:
            yield Told(asked, span if recording else None)
        except BaseException as error:
            if recording:
                span.set_attribute("error.type", type(error).__qualname__)
                _failed(span, type(error).__qualname__)
            raise


def tried_again(kind: str, seconds: float, tries: int, *, all_wait: bool) -> None:
    """Log that a try failed and that another follows."""
    if _log.isEnabledFor(logging.INFO):
        told = {"error_type": kind, "wait": round(seconds, 3), "tries": tries, "all_wait": all_wait}
        _log.info("a try failed and is made again: %s", kind, extra=told)


def content_wanted() -> bool:
    """Whether the environment asks for the text of messages in spans."""
    return any(os.environ.get(name, "").lower() not in _NO for name in CONTENT_SETTINGS)


def _failed(span: Span, kind: str) -> None:
    status = sys.modules["opentelemetry.trace"].StatusCode.ERROR
    span.set_status(status, kind)


def _present(known: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in known.items() if value not in (None, [])}
