"""A server of chat completions that goes wrong in every way that real ones do, and keeps count.

    python misbehaving_server.py --share 0.3 --seed 7 --hang 5       prints its port, then serves

What becomes of a request follows from the seed, the request's bytes and how often it came before,
so that a run can be repeated however its calls interleave. `GET /account` tells the server's own
count: tokens told in answers, answers whose tokens were never told, faults by kind.

A request for claims of numbered sentences is answered with one claim a sentence, in its words.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import socket
import struct
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from hashlib import sha256
from http.client import HTTPConnection
from typing import Any

from anyio.from_thread import start_blocking_portal

KINDS = (
    *("429", "429 after", "429 date", "429 headers", "500", "503", "503 after", "html 502"),
    *("reset", "reset midway", "half", "hang", "slow", "html 200", "cut JSON"),
    *("wrong JSON", "wrong schema", "length", "refusal", "empty choices", "no usage"),
)
UNTOLD = frozenset(
    {"reset", "reset midway", "half", "hang", "slow", "html 200", "cut JSON", "no usage"}
)
"""Kinds where the server has worked, and its count of tokens never reaches who asked."""

_NUMBERED = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)
_PAGE = b"<html><body><h1>502 Bad Gateway</h1></body></html>"


@dataclass
class Account:
    """What the server has done, by its own count."""

    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    untold: int = 0
    faults: dict[str, int] = field(default_factory=Counter)
    most_in_flight: int = 0


@dataclass
class Server:
    """One server: `share` of the requests go wrong, in one of `kinds`.

    `latency` and `hang` are seconds, `room` how many requests it takes at once: any more get 429.
    Where it is so `once`, a request that comes again goes well.
    """

    share: float = 0.0
    kinds: Sequence[str] = KINDS
    seed: int = 0
    latency: float = 0.0
    hang: float = 5.0
    room: int | None = None
    once: bool = False
    account: Account = field(default_factory=Account)
    _came: dict[bytes, int] = field(default_factory=Counter)
    _in_flight: int = 0
    _serving: set[asyncio.Task[Any]] = field(default_factory=set)

    def fault(self, raw: bytes) -> str:
        """What goes wrong with this request; "" for one that goes well."""
        self._came[raw] += 1
        if self.once and self._came[raw] > 1:
            return ""
        known = f"{self.seed} {self._came[raw]} ".encode() + raw
        chance = random.Random(sha256(known).digest())  # noqa: S311
        return chance.choice(self.kinds) if chance.random() < self.share else ""

    async def end(self) -> None:
        """Ends every connection."""
        for task in list(self._serving):
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, request by request."""
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        try:
            while True:
                await self._one(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self._serving.discard(task)
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        if head.startswith(b"GET /account"):
            await _send(writer, json.dumps(vars(self.account)).encode())
            return
        length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
        raw = await reader.readexactly(int(length[1]) if length else 0)
        self._in_flight += 1
        self.account.most_in_flight = max(self.account.most_in_flight, self._in_flight)
        try:
            await self._answer(raw, writer)
        finally:
            self._in_flight -= 1

    async def _answer(self, raw: bytes, writer: asyncio.StreamWriter) -> None:
        self.account.requests += 1
        full = self.room is not None and self._in_flight > self.room
        kind = "429" if full else self.fault(raw)
        if kind:
            self.account.faults[kind] += 1
        await asyncio.sleep(self.latency)
        if kind == "html 502":
            await _send(writer, _PAGE, 502, {"content-type": "text/html"})
            return
        if kind[:3] in _STATUSES:
            await _send(writer, *_refused(kind))
            return
        whole = completion(json.loads(raw), kind)
        if kind in UNTOLD:
            self.account.untold += 1
        else:
            self._told(whole["usage"])
        await self._put(kind, json.dumps(whole).encode(), writer)

    def _told(self, usage: Mapping[str, Any]) -> None:
        self.account.input_tokens += usage["prompt_tokens"]
        self.account.output_tokens += usage["completion_tokens"]
        self.account.cached_tokens += usage["prompt_tokens_details"]["cached_tokens"]

    async def _put(self, kind: str, body: bytes, writer: asyncio.StreamWriter) -> None:
        """Send the answer, or what the fault leaves of it."""
        match kind:
            case "reset":
                _reset(writer)
            case "reset midway":
                writer.write(_head(200, len(body)) + body[: len(body) // 2])
                await writer.drain()
                await asyncio.sleep(0.01)
                _reset(writer)
            case "half":
                writer.write(_head(200, len(body)) + body[: len(body) // 2])
                await writer.drain()
                raise ConnectionError("closed early")
            case "hang":
                await asyncio.sleep(self.hang)
                raise ConnectionError("never answered")
            case "slow":
                await self._trickle(body, writer)
            case "html 200":
                await _send(writer, _PAGE, 200, {"content-type": "text/html"})
            case "cut JSON":
                await _send(writer, body[: len(body) // 2])
            case _:
                await _send(writer, body)

    async def _trickle(self, body: bytes, writer: asyncio.StreamWriter) -> None:
        """Bytes that keep coming, and do not end before `hang` seconds."""
        writer.write(_head(200, len(body)))
        for place in range(20):
            writer.write(body[place : place + 1])
            await writer.drain()
            await asyncio.sleep(self.hang / 20)
        raise ConnectionError("never ended")


_STATUSES = {"429": 429, "500": 500, "503": 503}


def _refused(kind: str) -> tuple[bytes, int, dict[str, str]]:
    """An error as OpenAI writes it, with the header that the kind is named after."""
    soon = datetime.now(UTC) + timedelta(seconds=1)
    headers = {
        "429 after": {"retry-after": "0.05"},
        "429 date": {"retry-after": format_datetime(soon, usegmt=True)},
        "429 headers": {
            "x-ratelimit-remaining-tokens": "0",
            "x-ratelimit-reset-tokens": "40ms",
        },
        "503 after": {"retry-after": "0.05"},
    }.get(kind, {})
    error = {"message": f"It is too much ({kind}).", "type": "server", "param": None, "code": None}
    return json.dumps({"error": error}).encode(), _STATUSES[kind[:3]], headers


def completion(body: Mapping[str, Any], kind: str = "") -> dict[str, Any]:
    """A chat completion for a request, with the fault of that kind in it."""
    content: str | None = json.dumps(_content(body))
    finish, refusal = "stop", None
    match kind:
        case "wrong JSON":
            content = '{"claims": [}'
        case "wrong schema":
            content = '{"claims": "none"}'
        case "length":
            content, finish = str(content)[: len(str(content)) // 2], "length"
        case "refusal":
            content, refusal = None, "I cannot help with that."
    message: dict[str, Any] = {
        "role": "assistant",
        "content": content,
        "refusal": refusal,
        "annotations": [],
    }
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": finish}
    asked, answered = len(json.dumps(body["messages"])) // 4, len(content or refusal or "") // 4
    usage = {
        "prompt_tokens": asked,
        "completion_tokens": answered,
        "total_tokens": asked + answered,
        "prompt_tokens_details": {"cached_tokens": asked // 3, "audio_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0},
    }
    whole = {
        "id": "chatcmpl-misbehaving",
        "object": "chat.completion",
        "created": 1767225600,
        "model": body["model"],
        "choices": [] if kind == "empty choices" else [choice],
        "usage": usage,
    }
    if kind == "no usage":
        del whole["usage"]
    return whole


def _content(body: Mapping[str, Any]) -> dict[str, Any]:
    asked = [m["content"] for m in body["messages"] if m["role"] == "user"][-1]
    told = _NUMBERED.findall(asked.rsplit("Sentences:\n", 1)[-1])
    if '"extractions"' in asked:  # as langextract asks
        return {"extractions": [{"claim": text} for _, text in told]}
    alone: dict[str, Any] = {
        "source": None,
        "via": [],
        "certainty": "certain",
        "polarity": "positive",
    }
    claims = [{"sentences": [int(number)], "text": text, **alone} for number, text in told]
    return {"claims": claims}


def _head(status: int, length: int, headers: Mapping[str, str] = {}) -> bytes:
    told = {"content-type": "application/json", "content-length": str(length), **headers}
    lines = [f"HTTP/1.1 {status} Status", *(f"{name}: {value}" for name, value in told.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def _send(
    writer: asyncio.StreamWriter, body: bytes, status: int = 200, headers: Mapping[str, str] = {}
) -> None:
    writer.write(_head(status, len(body), headers) + body)
    await writer.drain()


def _reset(writer: asyncio.StreamWriter) -> None:
    linger = struct.pack("ii", 1, 0)  # closing sends RST
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()
    raise ConnectionError("reset")


@contextmanager
def misbehaving(*options: str) -> Iterator[tuple[str, Callable[[], Account]]]:
    """The base URL of a server in a process of its own, and how to ask for its account.

    `options` are those of the command line, such as "--share", "0.3".
    """
    with subprocess.Popen(
        [sys.executable, __file__, *options], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())

        def account() -> Account:
            asked = HTTPConnection("127.0.0.1", port, timeout=10)
            asked.request("GET", "/account")
            said = json.loads(asked.getresponse().read())
            asked.close()
            return Account(**said)

        try:
            yield f"http://127.0.0.1:{port}/v1", account
        finally:
            process.terminate()


@contextmanager
def in_this_process(server: Server) -> Iterator[str]:
    """The base URL of a server in a thread of its own."""
    with start_blocking_portal() as portal:
        start = partial(asyncio.start_server, server.serve, "127.0.0.1", 0)
        opened: asyncio.Server = portal.call(start)
        try:
            yield f"http://127.0.0.1:{opened.sockets[0].getsockname()[1]}/v1"
        finally:
            portal.call(server.end)
            portal.start_task_soon(opened.close).result()


async def _main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--share", type=float, default=0.0)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--hang", type=float, default=5.0)
    parser.add_argument("--room", type=int)
    options = vars(parser.parse_args())
    kinds = options.pop("kinds").split(",")
    unknown = set(kinds) - set(KINDS)
    assert not unknown, unknown
    server = Server(kinds=kinds, **options)
    opened = await asyncio.start_server(server.serve, "127.0.0.1", 0, backlog=1024)
    print(opened.sockets[0].getsockname()[1], flush=True)  # noqa: T201
    await opened.serve_forever()


if __name__ == "__main__":
    asyncio.run(_main())
