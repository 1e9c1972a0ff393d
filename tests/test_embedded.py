"""The embedded model’s server: a process that ends with its context."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import anyio
import pytest
from weights_cache import folder

from summarise import embedded
from summarise.embedded import served
from summarise.errors import ModelError
from summarise.recording import cassette

__all__ = ["folder"]


OWN_CACHE = os.environ.get("SUMMARISE_CACHE")
FAKE = '''
"""Stands in for xllamacpp: no weights, no threads, the same few names."""
import os, pathlib, socket, sys
from types import SimpleNamespace

class CommonParams:
    def __init__(self):
        self.model = SimpleNamespace(path="")
        self.cpuparams = SimpleNamespace(n_threads=0)
        self.cpuparams_batch = SimpleNamespace(n_threads=0)

class Server:
    def __init__(self, params):
        weights = pathlib.Path(params.model.path)
        print("loading", weights)  # must not reach the parent as its answer
        if not weights.exists():
            raise RuntimeError("failed to load the model")
        self.socket = socket.create_server((params.hostnames[0], params.port))
        self.listening_address = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        weights.with_suffix(".seen").write_text(f"{os.getpid()} {params.api_keys[0]}")
'''


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Weights for a stand-in of xllamacpp, which the server's process finds first."""
    fakes = tmp_path / "fakes"
    fakes.mkdir()
    (fakes / "xllamacpp.py").write_text(FAKE)
    monkeypatch.setenv("PYTHONPATH", str(fakes))
    monkeypatch.syspath_prepend(str(fakes))
    file = tmp_path / "weights.gguf"
    file.write_bytes(b"weights")
    return file


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def gone(pid: int, seconds: float = 5) -> bool:
    until = time.monotonic() + seconds
    while alive(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return not alive(pid)


def test_the_server_lives_as_long_as_its_context(weights: Path) -> None:
    async def run() -> int:
        async with served(weights) as endpoint:
            pid, key = weights.with_suffix(".seen").read_text().split()
            assert endpoint.base_url.startswith("http://127.0.0.1:")
            assert endpoint.base_url.endswith("/v1")
            assert (endpoint.api_key, len(key)) == (key, 43)
            command = Path(f"/proc/{pid}/cmdline").read_text()
            environment = Path(f"/proc/{pid}/environ").read_text()
            assert key not in command + environment
            assert alive(int(pid))
            return int(pid)

    assert gone(anyio.run(run))


def test_weights_that_do_not_load_are_told_with_the_servers_last_words(weights: Path) -> None:
    async def run() -> None:
        async with served(weights.with_name("none.gguf")):
            pytest.fail("it started")

    with pytest.raises(ModelError, match=r"none\.gguf': .*RuntimeError: failed to load"):
        anyio.run(run)


def test_a_missing_library_is_told(weights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> None:
        async with served(weights):
            pytest.fail("it started")

    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match=r"pip install 'summarise\[local\]'"):
        anyio.run(run)


PARENT = """
import anyio, sys
from pathlib import Path
from summarise.embedded import served

async def main():
    async with served(Path({weights!r})):
        print("up", flush=True)
        await anyio.sleep(60)

anyio.run(main)
"""


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_no_server_is_left_behind(weights: Path, end: signal.Signals) -> None:
    code = PARENT.format(weights=str(weights))
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"up\n"
        pid = int(weights.with_suffix(".seen").read_text().split()[0])
        assert alive(pid)
        parent.send_signal(end)
        parent.wait(10)
    assert gone(pid)


def test_giving_up_while_it_loads_leaves_none_behind(weights: Path, tmp_path: Path) -> None:
    slow = FAKE.replace("        if not", "        import time; time.sleep(30)\n        if not")
    slow = slow.replace("    def __init__(self, params):\n", SEEN)
    (tmp_path / "fakes" / "xllamacpp.py").write_text(slow)
    seen = weights.with_suffix(".started")

    async def run() -> None:
        async with anyio.create_task_group() as group:

            async def serve() -> None:
                async with served(weights):
                    pytest.fail("it started")

            group.start_soon(serve)
            while not seen.exists():
                await anyio.sleep(0.02)
            group.cancel_scope.cancel()

    anyio.run(run)
    assert gone(int(seen.read_text()))


SEEN = """    def __init__(self, params):
        seen = pathlib.Path(params.model.path).with_suffix(".started")
        seen.with_suffix(".new").write_text(str(os.getpid()))
        seen.with_suffix(".new").rename(seen)
"""


@pytest.mark.live
def test_the_embedded_model_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pydantic import BaseModel

    from summarise.client import Answer, connect

    class Capital(BaseModel):
        city: str

    async def run() -> Answer[BaseModel]:
        async with connect() as client:
            question = {"role": "user", "content": "What is the capital of Norway?"}
            return await client.ask([question], Capital, max_tokens=30)

    monkeypatch.delenv("SUMMARISE_CACHE")
    if OWN_CACHE:
        monkeypatch.setenv("SUMMARISE_CACHE", OWN_CACHE)
    recording = tmp_path / "capital.yaml"
    with cassette(recording, mode="all"):
        answer = anyio.run(run)
    assert answer.value == Capital(city="Oslo")
    assert answer.input_tokens > 0
    assert str(embedded.cache_folder()) not in recording.read_text("utf-8")
