"""A model's server that answers at once, but never about Zembury: it stands in for xllamacpp.

As `xllamacpp` it is what the embedded server's process loads; `start` serves the same to a
test. When a request about Zembury comes, a file is written that holds the server's process id.
"""

from __future__ import annotations

import json
import os
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

WAITED_FOR = b"Zembury"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    reached: Path

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing on the terminal."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        if WAITED_FOR in body:
            part = self.reached.with_suffix(f".{threading.get_ident()}")
            part.write_text(str(os.getpid()))
            part.replace(self.reached)
            time.sleep(60)
        message = {"role": "assistant", "content": "{}"}
        answer = {
            "id": "chatcmpl-slow",
            "object": "chat.completion",
            "created": 1767225600,
            "model": json.loads(body)["model"],
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        }
        sent = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)


def start(reached: Path) -> ThreadingHTTPServer:
    """A server on a free port of loopback, in a thread of this process."""
    handler = type("Handler", (_Handler,), {"reached": reached})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server


class CommonParams:
    """Takes the settings that the server's process gives."""

    def __init__(self) -> None:
        self.model = SimpleNamespace(path="")
        self.cpuparams = SimpleNamespace(n_threads=0)
        self.cpuparams_batch = SimpleNamespace(n_threads=0)


class Server:
    """Serves for as long as its process lives; the file is beside the weights."""

    def __init__(self, params: Any) -> None:
        server = start(Path(params.model.path).with_name("reached"))
        self.listening_address = f"http://127.0.0.1:{server.server_port}"
