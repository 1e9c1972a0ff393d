"""A stand-in for OpenAI's /files and /batches, held to its published description.

A batch is done when it has been looked at `looks` times. Each of its requests is answered as a live
call to the misbehaving server would be; a request whose text holds a word of `failing` gets that
status instead, one with a word of `lost` gets no line at all.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from misbehaving_server import completion
from openai_stand_in import KEY, faults_by_description, request_faults

CREATED = 1767225600


class BatchServer:
    """The server's files, its batches, and how it goes wrong."""

    def __init__(self) -> None:
        self.base_url = ""
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, dict[str, Any]] = {}
        self.failing: dict[str, list[int]] = {}
        self.lost: set[str] = set()
        self.looks = 2
        self.ends = "completed"
        self.refused: list[str] = []
        """Everything that OpenAI would have refused."""

    def upload(self, content: bytes, purpose: str) -> dict[str, Any]:
        """One file more."""
        name = f"file-{len(self.files) + 1}"
        self.files[name] = content
        told = {"id": name, "object": "file", "bytes": len(content), "created_at": CREATED}
        return {**told, "filename": f"{name}.jsonl", "purpose": purpose, "status": "processed"}

    def create(self, asked: dict[str, Any]) -> dict[str, Any]:
        """One batch more, of a file that is there."""
        self.refused += faults_by_description(asked, "CreateBatchRequest")
        name = f"batch_{len(self.batches) + 1}"
        count = len(self.files[asked["input_file_id"]].splitlines())
        self.batches[name] = {
            **asked,
            "id": name,
            "object": "batch",
            "status": "validating",
            "created_at": CREATED,
            "request_counts": {"total": count, "completed": 0, "failed": 0},
        }
        return self.batches[name]

    def look(self, name: str) -> dict[str, Any]:
        """A batch, a step further than at the last look."""
        batch = self.batches[name]
        seen = batch["request_counts"].setdefault("looks", 0) + 1
        batch["request_counts"]["looks"] = seen
        if batch["status"] in ("validating", "in_progress"):
            batch["status"] = "in_progress"
            if seen >= self.looks:
                self._end(batch)
        return batch

    def _end(self, batch: dict[str, Any]) -> None:
        batch["status"] = self.ends
        if self.ends == "failed":
            fault = {"code": "invalid_json", "message": "not JSON", "line": 1, "param": None}
            batch["errors"] = {"object": "list", "data": [fault]}
            return
        lines = self.files[batch["input_file_id"]].decode().split("\n")
        done = [self._line(json.loads(line)) for line in lines if line]
        good = [line for line in done if line and line["response"]["status_code"] == 200]
        bad = [line for line in done if line and line["response"]["status_code"] != 200]
        for field, listed in {"output_file_id": good, "error_file_id": bad}.items():
            if listed:
                text = "".join(json.dumps(line) + "\n" for line in reversed(listed))
                batch[field] = self.upload(text.encode(), "batch_output")["id"]

    def _line(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        if sorted(asked) != ["body", "custom_id", "method", "url"]:
            self.refused.append(f"a line holds {sorted(asked)}")
        if (asked["method"], asked["url"]) != ("POST", "/v1/chat/completions"):
            self.refused.append(f"{asked['method']} {asked['url']}")
        self.refused += request_faults(asked["body"])
        text = json.dumps(asked["body"]["messages"], ensure_ascii=False)
        if any(word in text for word in self.lost):
            return None
        code = next((c.pop(0) for word, c in self.failing.items() if word in text and c), 200)
        body = completion(asked["body"])
        if code != 200:
            body = {"error": {"message": "It failed.", "type": "x", "param": None, "code": None}}
        response = {"status_code": code, "request_id": "req_1", "body": body}
        return {"id": "r1", "custom_id": asked["custom_id"], "response": response, "error": None}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_state: BatchServer

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing on the terminal."""

    def do_GET(self) -> None:
        state, path = self.server_state, self.path.split("?")[0]
        if found := re.fullmatch(r"/v1/files/([\w-]+)/content", path):
            self._send(state.files[found[1]], "application/octet-stream")
        elif found := re.fullmatch(r"/v1/batches/(\w+)", path):
            self._json(state.look(found[1]), "Batch")
        else:
            listed = list(state.batches.values())
            ends = {"first_id": "x", "last_id": "x", "has_more": False}
            self._json({"object": "list", "data": listed, **ends}, "ListBatchesResponse")

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["content-length"]))
        if self.headers["authorization"] != f"Bearer {KEY}":
            self._json({"error": {"message": "no such key"}}, "", 401)
        elif self.path == "/v1/files":
            fields = self._fields(raw)
            purpose = fields["purpose"].decode()
            asked = {"purpose": purpose, "file": "…"}
            self.server_state.refused += faults_by_description(asked, "CreateFileRequest")
            self._json(self.server_state.upload(fields["file"], purpose), "OpenAIFile")
        else:
            self._json(self.server_state.create(json.loads(raw)), "Batch")

    def _fields(self, raw: bytes) -> dict[str, bytes]:
        head = f"content-type: {self.headers['content-type']}\n\n".encode()
        parts: Any = message_from_bytes(head + raw).get_payload()
        return {
            part.get_param("name", header="content-disposition"): part.get_payload(decode=True)
            for part in parts
        }

    def _json(self, body: Mapping[str, Any], schema: str, code: int = 200) -> None:
        wrong = faults_by_description(body, schema) if schema else []
        assert not wrong, wrong
        self._send(json.dumps(body).encode(), "application/json", code)

    def _send(self, body: bytes, kind: str, code: int = 200) -> None:
        self.send_response(code)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def batch_server() -> Iterator[BatchServer]:
    """A stand-in on a free port of loopback."""
    state = BatchServer()
    handler = type("Handler", (_Handler,), {"server_state": state})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    state.base_url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
