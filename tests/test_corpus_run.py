"""Runs of a corpus against a local server: each article asked for once, whatever happens."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from corpus_data import ANSWER, CLAIM, MODEL, ferry, folder, resume, run, told_of
from openai_stand_in import KEY, Fault, StandIn, openai_server

from summarise import client as client_module
from summarise.client import Limits
from summarise.corpus.export import ExportFormat, pieces
from summarise.corpus.local import AHEAD
from summarise.corpus.lock import held
from summarise.corpus.store import Store
from summarise.errors import InputError, ModelError, RecordError
from summarise.records import Article, Extraction, Sentence
from summarise.segment import segment

__all__ = ["openai_server"]


@pytest.fixture
def server(openai_server: StandIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> StandIn:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", openai_server.base_url)
    monkeypatch.setattr(client_module, "FIRST_PAUSE", 0.001)
    monkeypatch.chdir(tmp_path)
    openai_server.answer(ANSWER)
    return openai_server


def exported(store: Path) -> str:
    with Store.open(store) as opened:
        return "".join(pieces(opened, ExportFormat.JSONL))


def questions(server: StandIn) -> list[str]:
    """The last message of each call."""
    return [body["messages"][-1]["content"] for body in server.bodies]


def test_each_article_is_asked_for_once(server: StandIn, tmp_path: Path) -> None:
    store, articles = tmp_path / "s.db", folder(tmp_path / "in", 4)
    (articles / "copy.txt").write_text(ferry(2))
    (articles / "bad.txt").write_bytes(b"\x00\x01")
    done = run(store, articles)
    assert done.states == {"done": 4, "failed": 1, "duplicate": 1}
    assert done.failures == {"not text": 1}
    assert (done.calls, done.input_tokens, done.output_tokens) == (4, 480, 48)
    assert done.cost == pytest.approx((480 * 0.75 + 48 * 4.5) / 1e6)
    first = exported(store)
    assert run(store, articles).states == done.states
    assert exported(store) == first
    assert len(server.bodies) == 4


def test_exported_extractions_are_whole(server: StandIn, tmp_path: Path) -> None:
    run(tmp_path / "s.db", folder(tmp_path / "in", 1))
    [line] = exported(tmp_path / "s.db").splitlines()
    read = Extraction.model_validate(json.loads(line)["extraction"])
    assert [(claim.text, claim.verdict) for claim in read.claims] == [(CLAIM["text"], "supported")]
    assert read.claims[0].evidence[0].quote == ferry(0).strip()
    assert "seconds" not in line


def test_changed_prompt_and_changed_model_ask_again(server: StandIn, tmp_path: Path) -> None:
    store, articles = tmp_path / "s.db", folder(tmp_path / "in", 2)
    run(store, articles)
    text = (Path(__file__).parents[1] / "prompts" / "extract.v1.md").read_text("utf-8")
    (tmp_path / "own.md").write_text(text.replace("Split where", "Part where"), "utf-8")
    run(store, articles, prompt=str(tmp_path / "own.md"))
    assert len(server.bodies) == 4
    server.models = (MODEL, "gpt-5.4-nano")
    run(store, articles, model="gpt-5.4-nano")
    assert len(server.bodies) == 6
    run(store, articles)
    assert len(server.bodies) == 6


def test_resume_refuses_a_prompt_that_has_changed(server: StandIn, tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    run(store, folder(tmp_path / "in", 1))
    with Store.open(store) as opened:
        opened.run("UPDATE settings SET prompt_sha256 = 'other'")
        opened.run("UPDATE work SET state = 'waiting'")
    with pytest.raises(InputError, match=r"prompt 'extract\.v1' has changed"):
        resume(store)


def test_failures_are_explained_and_asked_again_on_demand(server: StandIn, tmp_path: Path) -> None:
    store, articles = tmp_path / "s.db", folder(tmp_path / "in", 3)
    (tmp_path / "in" / "late.txt").touch()
    server.misbehave(*[Fault("status", status=400)] * 3)
    done = run(store, articles)
    assert done.states == {"failed": 4}
    reasons = [reason for (reason,) in told_of(store, "reason")]
    assert all("1 sentence without a usable answer: " in reason for reason in reasons[:3])
    assert resume(store).states == {"failed": 4}
    assert len(server.bodies) == 3
    (tmp_path / "in" / "late.txt").write_text(ferry(9))
    assert resume(store, failed=True).states == {"done": 4}
    assert told_of(store, "attempts") == [(2,), (2,), (2,), (1,)]


def test_a_server_that_refuses_the_key_ends_the_run_and_nothing_is_lost(
    server: StandIn, tmp_path: Path
) -> None:
    store, articles = tmp_path / "s.db", folder(tmp_path / "in", 3)
    server.key = "another"
    with pytest.raises(ModelError, match="OPENAI_API_KEY"):
        run(store, articles)
    assert told_of(store, "state") == [("waiting",)] * 3
    server.key = KEY
    assert resume(store).states == {"done": 3}


def test_spend_limit_stops_cleanly(server: StandIn, tmp_path: Path) -> None:
    store, articles = tmp_path / "s.db", folder(tmp_path / "in", 24)
    # what the first call takes is a guess, far above the 132 tokens that the server counts
    limits = Limits(tokens=2800, concurrency=1)
    part = run(store, articles, limits=limits)
    assert 0 < part.states["done"] < 24
    assert part.states["done"] + part.states["waiting"] == 24
    assert part.states["done"] == len(server.bodies)
    assert resume(store).states == {"done": 24}
    assert len(server.bodies) == 24


def test_answers_of_an_unfinished_article_are_kept(server: StandIn, tmp_path: Path) -> None:
    article = tmp_path / "long.txt"
    article.write_text("\n\n".join(ferry(number).strip() for number in range(170)) + "\n")
    server._answers.clear()
    for numbers in (range(1, 81), range(81, 161), range(161, 171)):
        server.answer({"claims": [{**CLAIM, "sentences": list(numbers)}]})
    server.misbehave(None, None, Fault("status", status=404))
    with pytest.raises(ModelError):
        run(tmp_path / "s.db", article, limits=Limits(concurrency=1))
    assert told_of(tmp_path / "s.db", "state", "calls") == [("waiting", 2)]
    assert resume(tmp_path / "s.db").states == {"done": 1}
    asked = questions(server)
    assert len(asked) == 4
    assert len(set(asked)) == 3
    [(calls, found)] = told_of(tmp_path / "s.db", "calls", "extraction")
    assert calls == 3
    [claim] = json.loads(found)["claims"]
    assert len(claim["evidence"]) == 170


def test_a_fault_of_one_article_does_not_end_the_others(
    server: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(article: Article) -> tuple[Sentence, ...]:
        if article.id == "a001":
            raise IndexError("out of range")
        return tuple(segment(article))

    monkeypatch.setattr("summarise.corpus.attempt.segment", broken)
    done = run(tmp_path / "s.db", folder(tmp_path / "in", 3))
    assert done.states == {"done": 2, "failed": 1}
    assert told_of(tmp_path / "s.db", "kind", "reason")[1] == ("bug", "IndexError: out of range")


def test_a_second_run_is_refused(server: StandIn, tmp_path: Path) -> None:
    store, articles = tmp_path / "s.db", folder(tmp_path / "in", 1)
    with held(store), pytest.raises(InputError, match=rf"another run .*process {os.getpid()}\)"):
        run(store, articles)
    assert run(store, articles).states == {"done": 1}


def test_killed_at_any_time_it_is_taken_up_again(server: StandIn, tmp_path: Path) -> None:
    articles = folder(tmp_path / "in", 12)
    run(tmp_path / "quiet.db", articles)
    server.bodies.clear()
    store, fork = tmp_path / "s.db", multiprocessing.get_context("fork")
    for seconds in (0.02, 0.06, 0.12, 0.2):
        process = fork.Process(target=run, args=(store, articles))
        process.start()
        time.sleep(seconds)
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
    assert run(store, articles).states == {"done": 12}
    assert exported(store) == exported(tmp_path / "quiet.db")
    assert len(set(questions(server))) == 12


FILL = """
import resource, sys
from summarise.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
main(sys.argv[1:])
"""


def test_full_disk_is_told_and_leaves_the_store_whole(server: StandIn, tmp_path: Path) -> None:
    articles = folder(tmp_path / "in", 20)
    told = ["corpus", "run", str(articles), "--store", "s.db", "--model", MODEL, "--quiet"]
    command = [sys.executable, "-c", FILL, *told]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert ended.returncode == 2
    assert "'s.db' cannot be written: the disk is full or fails" in ended.stderr
    assert "Traceback" not in ended.stderr
    with Store.open(tmp_path / "s.db") as opened:
        assert opened.value("PRAGMA integrity_check") == "ok"
    assert run(tmp_path / "s.db", articles).states == {"done": 20}
    assert len(server.bodies) <= 20 + 8 + AHEAD  # each article under way may lose its one call


@pytest.mark.parametrize("made", [b"no database at all, but long enough to be looked at" * 9, None])
def test_other_files_are_refused(tmp_path: Path, made: bytes | None) -> None:
    path = tmp_path / "other.db"
    if made is not None:
        path.write_bytes(made)
    else:
        import sqlite3

        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE t (x)")
        connection.close()
    before = path.read_bytes()
    with pytest.raises(RecordError, match="no store of a corpus"):
        Store.open(path)
    assert path.read_bytes() == before


def test_missing_store_names_the_nearest(tmp_path: Path) -> None:
    Store.open(tmp_path / "news.db", create=True).__exit__()
    with pytest.raises(InputError, match=r"no store .*new\.db'; did you mean .*news\.db'"):
        Store.open(tmp_path / "new.db")
