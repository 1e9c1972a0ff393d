"""The process of the embedded model's server, run as a script by `summarise.embedded`.

Reads its settings as one line of JSON from standard input, loads the weights, prints its URL as
one line on standard output, and serves until standard input closes. Each further line of input
names messages to read ahead; it is answered by a line once they are read. It imports nothing of
`summarise`, so that it starts quickly and stays small.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import queue
import threading
import urllib.request
from pathlib import Path
from typing import Any

CACHE_MIB = 512
"""Host memory for the prompts of earlier articles: two full contexts."""

MOST_STATES = 4
"""States kept on disk, some 14 MB each: one for each prompt that is in use."""


def main() -> None:
    asked = io.FileIO(0)  # not sys.stdin, whose lock would be held at the end
    settings = json.loads(asked.readline())
    wishes: queue.Queue[dict[str, Any]] = queue.Queue()
    threading.Thread(target=_follow, args=(asked, wishes), daemon=True).start()
    answer = os.dup(1)
    os.dup2(2, 1)  # what the library prints goes to the log, not between us and the parent
    try:
        server = _server(settings)
    except Exception as error:
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
        os._exit(1)
    os.write(answer, f"{server.listening_address}\n".encode())
    url, states = server.listening_address, Path(settings["states"])
    ahead = ReadAhead(url, settings["api_key"], settings["name"], states)
    while True:
        wish = wishes.get()
        told = ahead.read(wish["name"], wish["messages"])
        os.write(answer, f"{told}\n".encode())


def _follow(asked: io.FileIO, wishes: queue.Queue[dict[str, Any]]) -> None:
    """Take wishes, and leave at once when the pipe closes: the parent is done, or gone."""
    while line := asked.readline():
        wishes.put(json.loads(line))
    os._exit(0)


class ReadAhead:
    """The state of the model after messages that many prompts begin with, kept in files.

    Reading them takes seconds, taking up the state milliseconds. A file counts only with the hash
    beside it that it was written with: a state that is not whole could answer anything.
    """

    def __init__(self, url: str, api_key: str, model: str, folder: Path) -> None:
        self._url = url
        self._api_key = api_key
        self._model = model
        self._folder = folder

    def read(self, name: str, messages: list[dict[str, str]]) -> str:
        """Make the model ready to go on after `messages`; tells how, or why it could not."""
        try:
            return self._taken_up(name) or self._read(name, messages)
        except (OSError, ValueError) as error:  # it is only slower without
            return f"{type(error).__name__}: {error}".replace("\n", " ")

    def _taken_up(self, name: str) -> str | None:
        state, digest = self._files(name)
        if not state.is_file() or not digest.is_file() or digest.read_text() != _sha256(state):
            return None
        self._post("/slots/0?action=restore", {"filename": state.name})
        os.utime(state)  # the one that is not used for longest goes first
        return "taken up"

    def _read(self, name: str, messages: list[dict[str, str]]) -> str:
        state, digest = self._files(name)
        digest.unlink(missing_ok=True)
        asked = {"model": self._model, "messages": messages, "max_completion_tokens": 1}
        self._post("/v1/chat/completions", asked)
        self._post("/slots/0?action=save", {"filename": state.name})
        digest.write_text(_sha256(state))
        self._forget()
        return "read"

    def _files(self, name: str) -> tuple[Path, Path]:
        return self._folder / f"{name}.state", self._folder / f"{name}.sha256"

    def _forget(self) -> None:
        """Remove all but the newest files."""
        states = sorted(self._folder.glob("*.state"), key=lambda file: file.stat().st_mtime)
        for state in states[:-MOST_STATES]:
            state.with_suffix(".sha256").unlink(missing_ok=True)
            state.unlink(missing_ok=True)

    def _post(self, path: str, body: dict[str, Any]) -> None:
        headers = {"Authorization": f"Bearer {self._api_key}", "Content-Type": "application/json"}
        request = urllib.request.Request(self._url + path, json.dumps(body).encode(), headers)  # noqa: S310
        # No proxy can reach this machine's own loopback.
        opened = urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request)
        with opened as response:
            response.read()


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _server(settings: dict[str, Any]) -> Any:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = settings["weights"]
    # Its answers name the model; without an alias that is the path, a folder of the user's.
    params.model_alias = {settings["name"]}
    params.hostnames = ["127.0.0.1"]
    params.port = 0  # the system chooses
    params.api_keys = [settings["api_key"]]
    params.n_ctx = settings["context_tokens"]
    params.n_parallel = 1
    params.cpuparams.n_threads = settings["threads"]
    params.cpuparams_batch.n_threads = settings["threads"]
    params.cache_prompt = True
    params.cache_ram_mib = CACHE_MIB
    params.slot_save_path = settings["states"] + os.sep
    params.ui = False
    params.endpoint_slots = False
    params.verbosity = 1
    return xllamacpp.Server(params)


if __name__ == "__main__":
    main()
