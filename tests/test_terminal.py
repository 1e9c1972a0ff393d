"""What is drawn on a terminal, and files that are whole or not there."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from summarise import files, pipeline, terminal
from summarise.errors import InputError
from summarise.records import Extraction


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_status_is_drawn_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = {}
    for kind in (Terminal, io.StringIO):
        stream = kind()
        monkeypatch.setattr(sys, "stderr", stream)
        status = terminal.Status(quiet=False)
        status.show(pipeline.Progress(article="ferry", done=1, total=2, claims=3))
        status.clear()
        drawn[kind] = stream.getvalue()
    bar = "━" * 10 + "─" * 10
    line = f"\r\x1b[K{bar} ferry: 1/2 sentences, 3 claims\r\x1b[K"
    assert drawn == {Terminal: line, io.StringIO: ""}


def test_a_failed_write_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ferry.json"
    files.write_file(path, "old")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(InputError, match=r"ferry.json' cannot be written: No space left"):
        files.write_file(path, "new")
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("ferry.json", "old")]


def test_cost_is_shown_where_the_price_is_known(extraction: Extraction) -> None:
    update = {"model": "gpt-5.4-mini", "input_tokens": 1_000_000, "cached_tokens": 0}
    run = extraction.run.model_copy(update={**update, "output_tokens": 100_000})
    priced = extraction.model_copy(update={"run": run})
    assert terminal.closing_lines([priced])[1].endswith(" · $1.2000")
    assert "$" not in terminal.closing_lines([priced, extraction])[1]
    played = priced.model_copy(update={"run": run.model_copy(update={"replayed": True})})
    told = " · $1.2000 · replayed, figures as recorded"
    assert terminal.closing_lines([played])[1].endswith(told)


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    files.write_file(pipe, "told")
    assert os.read(reader, 9) == b"told"
    os.close(reader)
    assert pipe.is_fifo()
