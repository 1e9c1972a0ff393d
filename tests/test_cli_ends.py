"""How the command line ends: some inputs fail, the run is broken off, wrong use."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from cli_run import Pipeline, Summarise, ferry, ferry_file, model, summarise

from summarise import __version__, cli
from summarise.errors import InputError, ModelError

__all__ = ["ferry", "model", "summarise"]


def test_one_bad_input_does_not_stop_the_others(
    summarise: Summarise, model: Pipeline, ferry: Path, tmp_path: Path
) -> None:
    ended = summarise("extract", tmp_path / "missing.txt", ferry, "-f", "jsonl")
    assert ended.code == 1
    assert json.loads(ended.out)["article"]["id"] == "ferry"
    assert ended.err.startswith("error: there is no file")


def test_one_failed_extraction_does_not_stop_the_others(
    summarise: Summarise, model: Pipeline, ferry: Path, tmp_path: Path
) -> None:
    model.fails = {"ferry": ModelError("no answer for 'ferry'")}
    other = ferry_file(tmp_path / "other.txt")
    ended = summarise("extract", ferry, other, "--out", tmp_path / "out")
    assert ended.code == 1
    assert "error: no answer for 'ferry'\n" in ended.err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["other.json"]


def test_a_model_that_goes_away_leaves_what_was_done(
    summarise: Summarise, model: Pipeline, ferry: Path, tmp_path: Path
) -> None:
    model.gone = "other"
    others = [ferry_file(tmp_path / "other.txt"), ferry_file(tmp_path / "third.txt")]
    ended = summarise("extract", ferry, *others, "-f", "json")
    assert ended.code == 1
    assert [item["article"]["id"] for item in json.loads(ended.out)] == ["ferry"]
    assert ended.err.startswith("error: the server has gone\n")


def test_nothing_done(summarise: Summarise, model: Pipeline, tmp_path: Path) -> None:
    ended = summarise("extract", tmp_path / "missing.txt", tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.count("error: ") == 2


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KeyboardInterrupt(), 130, ""),
        (RuntimeError("odd"), 70, "error: RuntimeError: odd\nThis is a bug in summarise."),
        (InputError("bad"), 2, "error: bad\n"),
        (typer.Exit(141), 141, ""),
    ],
)
def test_what_ends_the_run(
    error: BaseException,
    code: int,
    said: str,
    summarise: Summarise,
    model: Pipeline,
    ferry: Path,
) -> None:
    model.fails = {"ferry": error}
    ended = summarise("extract", ferry)
    assert ended.code == code
    assert ended.err.startswith(said)
    assert "Traceback" not in ended.err
    assert bool(ended.err) == bool(said)


def test_a_reader_who_has_gone_ends_the_program_without_a_word() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "summarise.cli", "models", "list"],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


INTERRUPTED = """
import sys
import anyio
import summarise.pipeline
from summarise import cli

async def wait(*sources, **settings):
    print("waiting", flush=True)
    await anyio.sleep(60)

sys.modules["summarise.pipeline"].aextract_many = wait
cli.main(sys.argv[1:])
"""


def test_ctrl_c_ends_the_program_without_a_word(ferry: Path) -> None:
    command = [sys.executable, "-c", INTERRUPTED, "extract", str(ferry)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"waiting\n"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (130, b"", b"")


def test_debug_shows_where_a_bug_is(
    model: Pipeline, ferry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMARISE_DEBUG", "1")
    model.fails = {"ferry": RuntimeError("odd")}
    with pytest.raises(RuntimeError, match="odd"):
        cli.main(["extract", str(ferry)])


def test_version(summarise: Summarise) -> None:
    assert summarise("--version") == (0, f"summarise {__version__}\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ["bogus"],
        ["extract"],
        ["extract", "a.txt", "--format", "xml"],
        ["extract", "a.txt", "--published", "yesterday"],
        ["extract", "a.txt", "--max-bytes", "0"],
        ["verify", "claims.json"],
        ["models", "bogus"],
    ],
)
def test_wrong_use(arguments: list[str], summarise: Summarise) -> None:
    ended = summarise(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert "Usage: summarise" in ended.err


def test_help_imports_nothing_heavy() -> None:
    heavy = "pydantic rich openai instructor spacy trafilatura dateparser lxml jinja2 anyio"
    code = f"import sys, summarise.cli; print(*set('{heavy}'.split()) & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


def test_an_error_cannot_act_on_the_terminal(summarise: Summarise, model: Pipeline) -> None:
    ended = summarise("extract", "\x1b[2Jno\rfile")
    assert ended.code == 2
    assert "\x1b" not in ended.err
    assert "\r" not in ended.err
