"""A quick OpenAI-compatible server for load: it answers each claims call at once, or after a while.

    python evals/fast_server.py [--port 0] [--latency 0.2]

It prints its address. Each sentence it is asked about becomes one claim in the words of the
sentence. GET /count gives what it has seen: {"calls", "input_tokens", "output_tokens", "most":
the calls in flight at most, "asked": {digest of a request's messages: how often}}.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import re
import sys
from collections import Counter
from typing import Any

_LENGTH = re.compile(rb"content-length: *(\d+)", re.I)
_SENTENCE = re.compile(r"^\[(\d+)\] (.+)$", re.M)
MODEL = "gpt-5.4-mini"


class FastServer:
    """What is asked, and how it is answered. `latency` is in seconds."""

    def __init__(self, latency: float = 0.0) -> None:
        self.latency = latency
        self.calls = self.input_tokens = self.output_tokens = 0
        self.in_flight = self.most = 0
        self.asked: Counter[str] = Counter()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, kept open until the client closes it."""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = _LENGTH.search(head)
                body = await reader.readexactly(int(length[1])) if length else b""
                data = await self._answered(head, body)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
                writer.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answered(self, head: bytes, body: bytes) -> bytes:
        if head.startswith(b"GET /count"):
            return json.dumps(self.count()).encode()
        if head.startswith(b"GET"):
            return json.dumps({"object": "list", "data": [{"id": MODEL}]}).encode()
        self.in_flight += 1
        self.most = max(self.most, self.in_flight)
        try:
            # What is asked counts as seen even where the client dies before it is answered.
            request = json.loads(body)
            self._seen(request, len(body) // 4)
            await asyncio.sleep(self.latency)
        finally:
            self.in_flight -= 1
        return json.dumps(_completion(request, len(body) // 4)).encode()

    def _seen(self, request: dict[str, Any], tokens: int) -> None:
        self.calls += 1
        self.input_tokens += tokens
        said = json.dumps(request["messages"]).encode()
        self.asked[hashlib.sha256(said).hexdigest()[:16]] += 1

    def count(self) -> dict[str, Any]:
        """What the server has seen."""
        names = ("calls", "input_tokens", "most", "asked")
        return {name: getattr(self, name) for name in names}


def _completion(request: dict[str, Any], tokens: int) -> dict[str, Any]:
    question = request["messages"][-1]["content"].rsplit("Sentences:\n", 1)[-1]
    claims = [
        {
            "sentences": [int(number)],
            "text": text,
            "source": None,
            "via": [],
            "certainty": "certain",
            "polarity": "positive",
        }
        for number, text in _SENTENCE.findall(question)
    ]
    content = json.dumps({"claims": claims})
    message: dict[str, Any] = {"role": "assistant", "content": content, "refusal": None}
    written = len(content) // 4
    return {
        "id": "chatcmpl-fast",
        "object": "chat.completion",
        "created": 1767225600,
        "model": request["model"],
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}],
        "usage": {
            "prompt_tokens": tokens,
            "completion_tokens": written,
            "total_tokens": tokens + written,
        },
    }


async def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--latency", type=float, default=0.0)
    args = parser.parse_args()
    served = FastServer(args.latency)
    server = await asyncio.start_server(served.serve, "127.0.0.1", args.port, limit=1 << 24)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
