"""vcrpy's cassette, with this project's look-up, its cleaning and its file.

Only `recording` imports this module, and only when a recording is used: vcrpy is an extra.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict, deque
from pathlib import Path
from typing import Any

from vcr.cassette import Cassette
from vcr.filters import decode_response
from vcr.record_mode import RecordMode
from vcr.request import Request

from summarise.errors import ModelError
from summarise.matching import Ask
from summarise.misses import miss
from summarise.redact import redacted
from summarise.scrub import (
    clean_answer,
    clean_error,
    clean_path,
    clean_request,
    configured_secrets,
    content_with,
    secrets_of,
)
from summarise.tape_file import Interaction, packed, read_tape, write_whole

RECORDED_HOST = "http://model.invalid"
"""Stands in a recording for the server that was asked."""


class Tape(Cassette):  # type: ignore[misc]  # vcrpy has no types
    """Interactions by what was asked: a look-up takes the same time however many there are.

    Requests that are the same are played in the order they were recorded in.
    """

    def __init__(self, path: str, record_mode: str, act: str) -> None:
        super().__init__(path, record_mode=RecordMode(record_mode))
        self.known = configured_secrets()
        """Secrets that must not reach the disk; those of each request come to them."""
        self.seconds: list[float] = []
        """The latency of each answer that was recorded, in their order."""
        self._act = act
        self._waiting: defaultdict[bytes, deque[int]] = defaultdict(deque)
        self._held: Counter[bytes] = Counter()
        self._sent: dict[int, tuple[Any, bytes, float]] = {}
        self._last: tuple[Any, Any, Ask] | None = None

    @property
    def loaded(self) -> int:
        """How many interactions came from the file."""
        return int(self._loaded_count)

    @property
    def asks(self) -> list[Ask]:
        """What each interaction asked."""
        return [_ask(request) for request, _ in self.data]

    @property
    def unanswered(self) -> int:
        """How many different requests were sent and got no answer."""
        return len({key for _, key, _ in self._sent.values() if not self._held[key]})

    @property
    def to_write(self) -> bool:
        """Whether the file is to be made anew."""
        if self.record_mode == RecordMode.ALL:
            return True
        return self.record_mode == RecordMode.ONCE and not self.rewound and bool(self.data)

    def can_play_response_for(self, request: Any) -> bool:
        """Whether an answer is left; raises ModelError where there is none and none may be made."""
        plain, ask = self._plain(request)
        key = ask.key
        if self.rewound and self._waiting[key]:
            return True
        if self.write_protected:
            raise ModelError(self._told(ask, self._held[key]))
        self._stop_if_secret(plain.body, "the request", "Nothing was sent")
        self._sent[id(request)] = request, key, time.perf_counter()
        return False

    def play_response(self, request: Any) -> Any:
        """The next answer to this request."""
        place = self._waiting[self._plain(request)[1].key].popleft()
        self.play_counts[place] += 1
        return self.data[place][1]

    def append(self, request: Any, response: Any) -> None:
        """Keep an interaction that was just had."""
        plain, ask = self._plain(request)
        self._hold(plain, self._clean(response), ask)
        _, _, began = self._sent.pop(id(request), (None, b"", time.perf_counter()))
        self.seconds.append(round(time.perf_counter() - began, 3))

    def write(self) -> None:
        """Write the file; raises InputError where it cannot be, ModelError for a secret in it."""
        for request, response in self.data:
            self._stop_if_secret(request.body, "a request", "Nothing was written")
            self._stop_if_secret(response["body"]["string"], "an answer", "Nothing was written")
        write_whole(Path(self._path), packed(self.data))

    def _load(self) -> None:
        if self.record_mode == RecordMode.ALL:
            return  # nothing of the old one stays, so it need not even be one
        held = read_tape(Path(self._path), self._act)
        for interaction in held or ():
            request, response = _from_file(interaction)
            self._hold(request, response, _ask(request))
        self._loaded_count = len(self.data)
        self.rewound = held is not None

    def _save(self, force: bool = False) -> None:
        """Nothing: an error here would leave vcrpy's patches in place. See `write`."""

    def _hold(self, request: Any, response: Any, ask: Ask) -> None:
        key = ask.key
        self._waiting[key].append(len(self.data))
        self._held[key] += 1
        self.data.append((request, response))

    def _plain(self, request: Any) -> tuple[Any, Ask]:
        """The request as it is recorded; vcrpy asks for the same one up to three times."""
        if self._last is None or self._last[0] is not request:
            self.known |= secrets_of(request.uri, request.headers)
            uri = RECORDED_HOST + clean_path(request.uri)
            body = clean_request(request.body_bytes or b"", self.known)
            headers = {"content-type": "application/json"} if body else {}
            plain = Request(request.method, uri, body or None, headers)
            self._last = request, plain, _ask(plain)
        return self._last[1:]

    def _clean(self, response: dict[str, Any]) -> dict[str, Any]:
        """The answer decompressed, of its headers only the content type."""
        whole = decode_response(response)
        headers = {name.lower(): value for name, value in whole["headers"].items()}
        if "content-encoding" in headers:
            raise ModelError(
                f"the answer came compressed as {headers['content-encoding'][0]!r}, which cannot "
                "be recorded; have the client ask for gzip"
            )
        kept = {"content-type": headers["content-type"]} if "content-type" in headers else {}
        clean = clean_error if whole["status"]["code"] >= 400 else clean_answer
        body = clean(whole["body"]["string"] or b"", self.known)
        self._stop_if_secret(body, "the answer", "It was not recorded")
        return {"status": whole["status"], "headers": kept, "body": {"string": body}}

    def _stop_if_secret(self, body: bytes | None, whose: str, done: str) -> None:
        where = content_with(body or b"", self.known)
        if where is not None:
            raise ModelError(
                f"{self._path!r}: a key that is in use stands in {where} of {whose}. {done}, for a "
                "recording keeps each word as it is. Take the key out of the text, revoke it where "
                "the text is public, then record again"
            )

    def _told(self, ask: Ask, held: int) -> str:
        played = {place for place, times in self.play_counts.items() if times}
        said = miss(str(self._path), ask, self.asks, held=held, played=played, act=self._act)
        return redacted(said, *self.known)


def _ask(request: Any) -> Ask:
    return Ask(request.method, request.path, request.body_bytes or b"")


def _from_file(interaction: Interaction) -> tuple[Any, dict[str, Any]]:
    asked, answered = interaction.request, interaction.response
    headers = {name: values[0] for name, values in asked.headers.items() if values}
    body = answered.body.string or b""
    raw = body.encode() if isinstance(body, str) else body
    answer = answered.model_dump()
    return Request(asked.method, asked.uri, asked.body, headers), answer | {"body": {"string": raw}}
