"""A relay before an OpenAI-compatible server that counts calls and tokens, whoever asks."""

from __future__ import annotations

import http.client
import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


@dataclass
class Relay:
    """Stands between a peer and the server: passes calls on, counts them and their tokens."""

    upstream: str
    base_url: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, status: int, body: bytes) -> None:
        usage = json.loads(body).get("usage", {}) if status == 200 else {}
        with self.lock:
            self.counts["calls"] += 1
            self.counts["refused"] += status != 200
            self.counts["input"] += usage.get("prompt_tokens", 0)
            self.counts["output"] += usage.get("completion_tokens", 0)

    def taken(self) -> Counter[str]:
        """The counts since the last time."""
        with self.lock:
            counts, self.counts = self.counts, Counter()
        return counts


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    relay: Relay

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing on the terminal."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        url = urlsplit(self.relay.upstream)
        connection = http.client.HTTPConnection(str(url.hostname), url.port)
        kept = {name: self.headers[name] for name in ("authorization", "content-type")}
        connection.request("POST", self.path, body, kept)
        response = connection.getresponse()
        answer = response.read()
        connection.close()
        self.relay.count(response.status, answer)
        self.send_response(response.status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


@contextmanager
def relayed(upstream: str) -> Iterator[Relay]:
    """A relay on a free port of loopback; `upstream` is a base URL that ends in /v1."""
    relay = Relay(upstream)
    handler = type("Handler", (_Handler,), {"relay": relay})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    relay.base_url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield relay
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
