"""What the embedded model has read once is taken up by the next run, and only if it is whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import anyio
import pytest
from openai_stand_in import request_faults

from summarise import embedded
from summarise.local_server import MOST_STATES, ReadAhead

MESSAGES = [{"role": "system", "content": "Word the parts."}]
STATE = bytes(range(256)) * 40


class Slots(ThreadingHTTPServer):
    """Keeps and takes up states as llama.cpp's server does; `fails` names what it refuses."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.folder = folder
        self.seen: list[str] = []
        self.faults: list[str] = []
        self.fails = ""


class Asked(BaseHTTPRequestHandler):
    server: Slots

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        what = self.path.rpartition("=")[2] if "action" in self.path else "read"
        allowed = self.headers["authorization"] == "Bearer key"
        self.server.seen.append(what)
        self.server.faults += request_faults(body) if what == "read" else []
        if what == "save":
            (self.server.folder / body["filename"]).write_bytes(STATE)
        self.send_response(200 if allowed and what != self.server.fails else 500)
        self.send_header("content-length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *args: object) -> None:
        """Nothing is printed."""


@pytest.fixture
def slots(tmp_path: Path) -> Iterator[Slots]:
    with Slots(tmp_path) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def ahead(slots: Slots) -> ReadAhead:
    return ReadAhead(f"http://127.0.0.1:{slots.server_port}", "key", "tiny", slots.folder)


def test_what_was_read_once_is_taken_up(slots: Slots) -> None:
    assert ahead(slots).read("one", MESSAGES) == "read"
    assert ahead(slots).read("one", MESSAGES) == "taken up"
    assert slots.seen == ["read", "save", "restore"]
    assert slots.faults == []


@pytest.mark.parametrize("broken", [b"", STATE[:-1], STATE[:-1] + b"x"])
def test_a_state_that_is_not_whole_is_read_anew(slots: Slots, broken: bytes) -> None:
    ahead(slots).read("one", MESSAGES)
    (slots.folder / "one.state").write_bytes(broken)
    assert ahead(slots).read("one", MESSAGES) == "read"
    assert slots.seen[2:] == ["read", "save"]
    assert (slots.folder / "one.state").read_bytes() == STATE


@pytest.mark.parametrize("fails", ["read", "save", "restore"])
def test_a_failure_is_told_and_leaves_nothing_to_take_up(slots: Slots, fails: str) -> None:
    if fails == "restore":
        ahead(slots).read("one", MESSAGES)
    slots.fails = fails
    assert ahead(slots).read("one", MESSAGES).startswith("HTTPError")
    slots.fails = ""
    assert ahead(slots).read("one", MESSAGES) == ("taken up" if fails == "restore" else "read")


def test_a_folder_that_cannot_be_written_is_told(slots: Slots, tmp_path: Path) -> None:
    nowhere = ReadAhead(f"http://127.0.0.1:{slots.server_port}", "key", "tiny", tmp_path / "none")
    assert nowhere.read("one", MESSAGES).startswith("FileNotFoundError")


def test_only_the_newest_states_are_kept(slots: Slots) -> None:
    names = [f"state-{n}" for n in range(MOST_STATES + 2)]
    for name in names:
        ahead(slots).read(name, MESSAGES)
    assert sorted(file.stem for file in slots.folder.glob("*.state")) == names[2:]
    assert sorted(file.stem for file in slots.folder.glob("*.sha256")) == names[2:]


@pytest.mark.live
def test_the_embedded_model_takes_up_what_it_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = embedded.path()
    assert weights is not None, "run `summarise models pull` first"
    monkeypatch.setenv("SUMMARISE_CACHE", str(tmp_path))

    async def told() -> str:
        async with embedded.served(weights) as endpoint:
            assert endpoint.read_ahead is not None
            return await endpoint.read_ahead(MESSAGES)

    assert [anyio.run(told), anyio.run(told)] == ["read", "taken up"]
    (state,) = (tmp_path / "states").glob("*.state")
    state.write_bytes(state.read_bytes()[:-1])
    assert anyio.run(told) == "read"
