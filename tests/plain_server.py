"""A local server that answers with whatever it is told: any status, any header, any bytes."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

__all__ = ["PlainServer", "Reply", "completion", "plain_server", "serving"]


@dataclass(frozen=True)
class Reply:
    """One answer."""

    body: bytes = b"{}"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = "application/json"


def completion(content: str, **more: object) -> bytes:
    """A chat completion in the least words that a client reads."""
    choice = {"index": 0, "finish_reason": "stop"}
    message = {"role": "assistant", "content": content}
    said = {"id": "chatcmpl-9a8b7c6d5e", "object": "chat.completion", "created": 1, "model": "m"}
    return json.dumps({**said, "choices": [{**choice, "message": message}], **more}).encode()


class PlainServer:
    """Gives its replies in order; the last one stays."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.replies: deque[Reply] = deque()
        self.asked = 0

    def reply(self, *replies: Reply) -> None:
        self.replies.extend(replies)

    def next(self) -> Reply:
        self.asked += 1
        if not self.replies:
            return Reply(completion("yes"))
        return self.replies.popleft() if len(self.replies) > 1 else self.replies[0]


@contextmanager
def serving() -> Iterator[PlainServer]:
    """A server on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Nothing on the terminal."""

        def do_GET(self) -> None:
            self.do_POST()

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", 0)))
            reply = server.next()
            self.send_response(reply.status)
            length = str(len(reply.body))
            told = {"content-type": reply.kind, "content-length": length, **reply.headers}
            for name, value in told.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server = PlainServer(f"http://127.0.0.1:{http.server_port}")
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        thread.join()
        http.server_close()


@pytest.fixture
def plain_server() -> Iterator[PlainServer]:
    """Import this name into a test module to use it."""
    with serving() as server:
        yield server
