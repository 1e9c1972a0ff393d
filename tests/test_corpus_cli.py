"""`summarise corpus`: what it writes, and its exit codes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from corpus_data import ANSWER, MODEL, ferry, folder
from openai_stand_in import KEY, StandIn, openai_server

from summarise.cli import main

__all__ = ["openai_server"]


@pytest.fixture(autouse=True)
def _server(openai_server: StandIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", openai_server.base_url)
    monkeypatch.chdir(tmp_path)
    openai_server.answer(ANSWER)
    folder(tmp_path / "in", 2)


def corpus(capsys: pytest.CaptureFixture[str], *told: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `summarise corpus`."""
    with pytest.raises(SystemExit) as ended:
        main(["corpus", *told])
    written = capsys.readouterr()
    return int(str(ended.value.code)), written.out, written.err


def ran(capsys: pytest.CaptureFixture[str], *told: str) -> tuple[int, str, str]:
    """A run over the folder."""
    return corpus(capsys, "run", "in", "--store", "s.db", "--model", MODEL, *told)


def test_run_tells_how_the_store_stands(capsys: pytest.CaptureFixture[str]) -> None:
    Path("in/bad.txt").touch()
    code, out, err = ran(capsys)
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        "3 articles: 2 done · 1 failed",
        "failed: 1 empty",
        "2 calls · 240 input tokens (128 cached) · 24 output tokens · $0.0003",
    ]
    Path("in/bad.txt").write_text(ferry(7))
    assert corpus(capsys, "retry-failed", "--store", "s.db", "--quiet") == (0, "", "")
    assert corpus(capsys, "resume", "--store", "s.db", "-q") == (0, "", "")
    code, out, err = corpus(capsys, "status", "--store", "s.db", "-f", "json")
    found = json.loads(out)
    assert (code, found["articles"], found["states"]["done"], found["calls"]) == (0, 3, 3, 3)


def test_exports(capsys: pytest.CaptureFixture[str]) -> None:
    Path("in/b.txt").write_text(ferry(1))
    Path("in/c.txt").touch()
    assert ran(capsys, "--quiet")[0] == 1
    _, out, _ = corpus(capsys, "export", "--store", "s.db")
    lines = [json.loads(line) for line in out.splitlines()]
    assert [(line["input"], line["state"]) for line in lines] == [
        ("in/a000.txt", "done"),
        ("in/a001.txt", "done"),
        ("in/b.txt", "duplicate"),
        ("in/c.txt", "failed"),
    ]
    assert lines[2] == {**lines[2], "duplicate_of": "in/a001.txt", "similarity": 1.0}
    assert lines[3] == {**lines[3], "kind": "empty", "reason": "'in/c.txt' is empty"}
    _, out, _ = corpus(capsys, "export", "--store", "s.db", "--usage")
    first = json.loads(out.splitlines()[0])
    assert (first["usage"]["attempts"], first["usage"]["input_tokens"]) == (1, 120)
    assert first["extraction"]["run"]["calls"] == 1
    _, out, _ = corpus(capsys, "export", "--store", "s.db", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["state"], row["claim_text"]) for row in rows] == [
        ("done", "The ferry stopped."),
        ("done", "The ferry stopped."),
        ("duplicate", ""),
        ("failed", ""),
    ]
    assert corpus(capsys, "export", "--store", "s.db", "-f", "csv", "--out", "x.csv")[0] == 0
    assert Path("x.csv").read_text() == out


def test_parquet_holds_what_csv_holds(capsys: pytest.CaptureFixture[str]) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    ran(capsys, "--quiet")
    assert (
        corpus(capsys, "export", "--store", "s.db", "-f", "parquet", "--out", "x.parquet")[0] == 0
    )
    _, out, _ = corpus(capsys, "export", "--store", "s.db", "--format", "csv")
    rows = [
        {name: value or "" for name, value in row.items()}
        for row in parquet.read_table("x.parquet").to_pylist()
    ]
    assert rows == list(csv.DictReader(io.StringIO(out)))
    again = Path("x.parquet").read_bytes()
    corpus(capsys, "export", "--store", "s.db", "-f", "parquet", "--out", "x.parquet")
    assert Path("x.parquet").read_bytes() == again


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (["run", "gone", "--store", "s.db"], "no file or folder 'gone'"),
        (["run", "in", "--store", "no/s.db"], "cannot be made or written"),
        (["run", "in", "--store", "in/a000.txt"], "no store of a corpus"),
        (["run", "none", "--store", "s.db", "--model", MODEL], "no article in 'none'"),
        (["status", "--store", "s.db"], "there is no store 's.db'"),
        (["status", "--store", "none"], "the store 'none' is a folder: name a file"),
        (["export", "--store", "empty.db"], "'empty.db' is empty, and no store of a corpus"),
        (["run", "in", "--store", "x.db", "--model", MODEL], "'x.db' is no store of a corpus"),
        (["retry-failed", "--store", "s.db"], "there is no store 's.db'"),
        (["run", "in", "--store", "s.db", "--prompt", "extract.v0"], "extract.v1"),
    ],
)
def test_wrong_use(told: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("none").mkdir()
    Path("empty.db").touch()
    Path("x.db").write_text("x")
    code, out, err = corpus(capsys, *told)
    assert (code, out) == (2, "")
    assert said in err
    assert Path("x.db").read_text() == "x"
    assert not Path("s.db-lock").exists() or told[0] == "run"


def test_parquet_needs_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    ran(capsys, "--quiet")
    code, _, err = corpus(capsys, "export", "--store", "s.db", "-f", "parquet")
    assert (code, "name it with --out" in err) == (2, True)
