"""A local server that holds the program to OpenAI's description of chat completions.

Requests and answers are validated against the published API description where it is present
(`chat-and-batch.openapi.json` in `$SUMMARISE_SHARED/openai-api`, else in `../shared/openai-api`);
the rules for strict schemas and for reasoning models, which the description states in prose only,
are checked always. A request that breaks a rule gets OpenAI's own form of error, status 400.

    server.answer({"city": "Oslo"})        the next answer's content
    server.misbehave(Fault("status 500"))  the next answer goes wrong in that way
    server.bodies                          the requests as received
"""

from __future__ import annotations

import copy
import json
import os
import re
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

KEY = "sk-stand-in-0123456789abcdef"
ORGANISATION = "org-StandIn0123456789"
REASONING = re.compile(r"gpt-5|o\d")
STRICT_LIMITS = {"properties": 5000, "depth": 10, "enum values": 1000, "characters": 120_000}
STRICT_KEYWORDS = frozenset(
    "$defs $ref additionalProperties anyOf const description enum exclusiveMaximum"
    " exclusiveMinimum format items maxItems maximum minItems minimum multipleOf pattern"
    " properties required type".split()
)
FORMATS = {"date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"}


@dataclass(frozen=True)
class Fault:
    """One way to go wrong: `kind`, and what it needs (`status` codes, seconds to wait, ...)."""

    kind: str
    status: int = 500
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    code: str | None = None


@cache
def description() -> dict[str, Any] | None:
    """The published API description, None where it is not at hand."""
    beside = Path(__file__).parents[1].parent / "shared"
    folder = Path(os.environ.get("SUMMARISE_SHARED") or beside)
    file = folder / "openai-api" / "chat-and-batch.openapi.json"
    if not file.is_file():
        return None
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def faults_by_description(instance: Any, schema: str) -> list[str]:
    """Where `instance` departs from a schema of the description; nothing where there is none."""
    validator = _validator(schema)
    errors = validator.iter_errors(instance) if validator else ()
    return [f"{error.json_path}: {error.message[:200]}" for error in errors]


@cache
def _validator(schema: str) -> Any:
    whole = description()
    if whole is None:
        return None
    from jsonschema import Draft202012Validator

    rules = {"$ref": f"#/components/schemas/{schema}", "components": whole["components"]}
    return Draft202012Validator(_nullable(rules))


def _nullable(node: Any) -> Any:
    """OpenAPI's `nullable: true`, which JSON Schema does not know, said as a type."""
    if isinstance(node, list):
        return [_nullable(value) for value in node]
    if not isinstance(node, dict):
        return node
    inner = {key: _nullable(value) for key, value in node.items()}
    if inner.pop("nullable", None) is True and isinstance(inner.get("type"), str):
        inner["type"] = [inner["type"], "null"]
    return inner


def undescribed(body: Mapping[str, Any]) -> list[str]:
    """Parameters that the description does not list: OpenAI refuses an unknown one."""
    whole = description()
    if whole is None:
        return []
    schemas = whole["components"]["schemas"]
    known: set[str] = set()
    waiting = [schemas["CreateChatCompletionRequest"]]
    while waiting:
        node = waiting.pop()
        known |= set(node.get("properties", {}))
        waiting += node.get("allOf", [])
        if "$ref" in node:
            waiting.append(schemas[node["$ref"].rsplit("/", 1)[-1]])
    return [f"Unknown parameter: {name!r}" for name in sorted(set(body) - known)]


def strict_faults(schema: Any) -> list[str]:
    """Where a schema breaks the rules of strict mode."""
    if not isinstance(schema, dict) or schema.get("type") != "object":
        return ["the root is not an object"]
    found = _Strict(schema)
    found.walk(schema, 1, "$")
    return found.faults + found.over_limits()


class _Strict:
    """One walk through a strict schema: its faults, and what counts against its limits."""

    def __init__(self, root: dict[str, Any]) -> None:
        self.root = root
        self.faults: list[str] = []
        self.counts = dict.fromkeys(STRICT_LIMITS, 0)

    def walk(self, node: Any, depth: int, place: str) -> None:
        if not isinstance(node, dict):
            self.faults.append(f"{place} is not a schema")
            return
        self._keywords(node, place)
        self._enum(node, place)
        if node.get("type") == "object":
            self._object(node, place)
            self.counts["depth"] = max(self.counts["depth"], depth)
        for name, value in node.get("properties", {}).items():
            self.counts["properties"] += 1
            self.counts["characters"] += len(name)
            self.walk(value, depth + 1, f"{place}.{name}")
        for name, value in node.get("$defs", {}).items():
            self.counts["characters"] += len(name)
            self.walk(value, depth, f"{place}.$defs.{name}")
        for number, value in enumerate(node.get("anyOf", [])):
            self.walk(value, depth, f"{place}.anyOf[{number}]")
        if "items" in node:
            self.walk(node["items"], depth, f"{place}[]")

    def _keywords(self, node: dict[str, Any], place: str) -> None:
        for key in sorted(set(node) - STRICT_KEYWORDS - {"title"}):
            self.faults.append(f"{place}: {key!r} is not permitted")
        if "$ref" in node and len(node) > 1:
            self.faults.append(f"{place}: '$ref' cannot have keywords beside it")
        if node.get("format", "date") not in FORMATS:
            self.faults.append(f"{place}: format {node['format']!r} is not supported")
        if not {"type", "$ref", "anyOf", "enum", "const"} & set(node):
            self.faults.append(f"{place}: has no 'type'")

    def _enum(self, node: dict[str, Any], place: str) -> None:
        values = [str(value) for value in [*node.get("enum", []), *([node.get("const")])] if value]
        length = sum(map(len, values))
        self.counts["enum values"] += len(values)
        self.counts["characters"] += length
        if len(values) > 250 and length > 15_000:
            self.faults.append(f"{place}: an enum of over 250 values takes over 15000 characters")

    def _object(self, node: dict[str, Any], place: str) -> None:
        if node.get("additionalProperties") is not False:
            self.faults.append(f"{place}: 'additionalProperties' is required to be false")
        missing = set(node.get("properties", {})) ^ set(node.get("required", []))
        if missing:
            self.faults.append(f"{place}: 'required' must list every property: {sorted(missing)}")

    def over_limits(self) -> list[str]:
        return [
            f"{count} {what}, at most {STRICT_LIMITS[what]}"
            for what, count in self.counts.items()
            if count > STRICT_LIMITS[what]
        ]


def request_faults(body: Any) -> list[str]:
    """Everything that OpenAI would refuse about a chat completion request."""
    found = faults_by_description(body, "CreateChatCompletionRequest")
    if not isinstance(body, dict):
        return [*found, "the body is not an object"]
    found += undescribed(body)
    if REASONING.match(str(body.get("model"))) and "chat" not in str(body.get("model")):
        for name in ("temperature", "top_p", "max_tokens", "logprobs", "presence_penalty"):
            if name in body:
                found.append(f"Unsupported parameter: {name!r} is not supported with this model.")
    described = (body.get("response_format") or {}).get("json_schema") or {}
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", described.get("name", "x")):
        found.append(f"Invalid response_format name {described['name']!r}")
    if described.get("strict"):
        found += strict_faults(described.get("schema"))
    return found


def completion(
    content: str | None, *, model: str, finish: str = "stop", refusal: str | None = None
) -> dict[str, Any]:
    """A chat completion as OpenAI would give it."""
    message: dict[str, Any] = {
        "role": "assistant",
        "content": content,
        "refusal": refusal,
        "annotations": [],
    }
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": finish}
    usage = {
        "prompt_tokens": 120,
        "completion_tokens": 12,
        "total_tokens": 132,
        "prompt_tokens_details": {"cached_tokens": 64, "audio_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0},
    }
    return {
        "id": "chatcmpl-stand-in",
        "object": "chat.completion",
        "created": 1767225600,
        "model": model,
        "choices": [choice],
        "usage": usage,
    }


class StandIn:
    """The server's script and its memory."""

    def __init__(self, base_url: str = "", models: tuple[str, ...] = ("gpt-5.4-mini",)) -> None:
        self.base_url = base_url
        self.models = models
        self.key: str | None = KEY
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.raw: list[bytes] = []
        self.refused: list[list[str]] = []
        self.most_in_flight = 0
        self._answers: deque[str] = deque()
        self._faults: deque[Fault | None] = deque()
        self._in_flight = 0
        self._lock = threading.Lock()

    def answer(self, *contents: object) -> None:
        """Queue contents; a string is sent as it is, anything else as JSON. The last one stays."""
        self._answers.extend(c if isinstance(c, str) else json.dumps(c) for c in contents)

    def misbehave(self, *faults: Fault | None) -> None:
        """Queue faults, one a request; None for a request that goes well."""
        self._faults.extend(faults)

    @contextmanager
    def request(self) -> Iterator[tuple[str, Fault | None]]:
        """What to do with one more request: its content and its fault."""
        with self._lock:
            fault = self._faults.popleft() if self._faults else None
            keep = fault is not None or len(self._answers) <= 1
            content = (
                (self._answers[0] if keep else self._answers.popleft()) if self._answers else "{}"
            )
            self._in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self._in_flight)
        try:
            yield content, fault
        finally:
            with self._lock:
                self._in_flight -= 1


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    stand_in: StandIn

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing on the terminal."""

    def do_GET(self) -> None:
        if self.path != "/v1/models":
            self._error(404, f"Invalid URL (GET {self.path})", code=None)
            return
        fields = {"object": "model", "created": 1767225600, "owned_by": "stand-in"}
        data = [{"id": name, **fields} for name in self.stand_in.models]
        self._json(200, {"object": "list", "data": data})

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["content-length"]))
        body = json.loads(raw)
        server = self.stand_in
        server.raw.append(raw)
        server.bodies.append(body)
        server.headers.append({name.lower(): value for name, value in self.headers.items()})
        if not self._admitted(body):
            return
        with server.request() as (content, fault):
            if fault is None:
                self._completion(completion(content, model=body["model"]))
            else:
                self._misbehave(fault, content, body["model"])

    def _admitted(self, body: dict[str, Any]) -> bool:
        server = self.stand_in
        wrong = request_faults(body)
        server.refused += [wrong] if wrong else []
        if server.key and self.headers.get("authorization") != f"Bearer {server.key}":
            sent = self.headers.get("authorization", "").removeprefix("Bearer ")
            self._error(401, f"Incorrect API key provided: {sent}.", code="invalid_api_key")
        elif self.path != "/v1/chat/completions":
            self._error(404, f"Invalid URL (POST {self.path})", code=None)
        elif body.get("model") not in server.models:
            self._error(404, f"The model {body['model']!r} does not exist", code="model_not_found")
        elif wrong:
            self._error(400, "; ".join(wrong), code="invalid_request")
        else:
            return True
        return False

    def _misbehave(self, fault: Fault, content: str, model: str) -> None:
        time.sleep(fault.seconds)
        match fault.kind:
            case "status":
                said = f"Something is wrong in organization {ORGANISATION}."
                self._error(fault.status, said, code=fault.code, headers=fault.headers)
            case "reset":
                self.connection.setsockopt(
                    socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
                )
                self.connection.close()
                self.close_connection = True
            case "html":
                page = "<html><body><h1>Gateway</h1></body></html>"
                self._send(fault.status, page.encode(), "text/html", fault.headers)
            case "truncated body":
                half = json.dumps(completion(content, model=model)).encode()[:90]
                self._send(200, half, "application/json", {})
            case "slow":
                self._completion(completion(content, model=model))
            case _:
                self._odd(fault.kind, content, model)

    def _odd(self, kind: str, content: str, model: str) -> None:
        """Answers that the description allows, with nothing to use in them; and two it does not."""
        answer = completion(content, model=model)
        choice = answer["choices"][0]
        match kind:
            case "length":
                choice["finish_reason"] = "length"
                choice["message"]["content"] = content[: len(content) // 2]
            case "content filter":
                choice["finish_reason"] = "content_filter"
            case "refusal":
                choice["message"] |= {"content": None, "refusal": "I cannot help with that."}
            case "empty content":
                choice["message"]["content"] = None
            case "empty choices":
                answer["choices"] = []
            case "no usage":
                del answer["usage"]
            case "no choices":  # not as described: other servers' errors sent with status 200
                self._json(200, {"error": "overloaded"})
                return
            case "null message":  # not as described
                choice["message"] = None
                self._json(200, answer)
                return
            case _:
                raise ValueError(f"unknown fault {kind!r}")
        self._completion(answer)

    def _completion(self, answer: dict[str, Any]) -> None:
        wrong = faults_by_description(copy.deepcopy(answer), "CreateChatCompletionResponse")
        assert not wrong, wrong
        self._json(200, answer)

    def _error(
        self,
        status: int,
        message: str,
        *,
        code: str | None,
        headers: Mapping[str, str] = {},
    ) -> None:
        error = {"message": message, "type": "invalid_request_error", "param": None, "code": code}
        wrong = faults_by_description({"error": error}, "ErrorResponse")
        assert not wrong, wrong
        self._json(status, {"error": error}, headers)

    def _json(self, status: int, body: object, headers: Mapping[str, str] = {}) -> None:
        self._send(status, json.dumps(body).encode(), "application/json", headers)

    def _send(self, status: int, body: bytes, kind: str, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        own = {"openai-organization": ORGANISATION, "set-cookie": "__cf=secret", **headers}
        for name, value in {"content-type": kind, "content-length": str(len(body)), **own}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away (a timeout, a reset) is part of the tests."""


@contextmanager
def serving() -> Iterator[StandIn]:
    """A stand-in on a free port of loopback."""
    stand_in = StandIn()
    handler = type("Handler", (_Handler,), {"stand_in": stand_in})
    server = _Server(("127.0.0.1", 0), handler)
    stand_in.base_url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def openai_server() -> Iterator[StandIn]:
    """OpenAI's stand-in; import this name into a test module to use it."""
    with serving() as stand_in:
        yield stand_in
