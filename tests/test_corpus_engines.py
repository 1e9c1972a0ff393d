"""The engine daft gives what the local engine gives; what docs/corpus.md says is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer
from batch_server import batch_server
from corpus_data import ANSWER, folder, run, told_of
from misbehaving_server import misbehaving
from openai_stand_in import KEY, StandIn, openai_server

from summarise.batch import BatchClient
from summarise.cli import app
from summarise.client import Limits
from summarise.corpus.export import ExportFormat, pieces
from summarise.corpus.status import STATES
from summarise.corpus.store import Store
from summarise.errors import InputError, ModelError
from summarise.profiles import EMBEDDED_MODEL

__all__ = ["openai_server"]


@pytest.fixture
def server(openai_server: StandIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> StandIn:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", openai_server.base_url)
    monkeypatch.chdir(tmp_path)
    openai_server.answer(ANSWER)
    return openai_server


def exported(store: Path) -> str:
    with Store.open(store) as opened:
        return "".join(pieces(opened, ExportFormat.JSONL))


leaves_pipes_open = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"
)
"""As daft does with those to its workers."""


@leaves_pipes_open
def test_daft_gives_what_the_local_engine_gives(server: StandIn, tmp_path: Path) -> None:
    pytest.importorskip("daft")
    articles = folder(tmp_path / "in", 5)
    local = run(tmp_path / "local.db", articles)
    daft = run(tmp_path / "daft.db", articles, workers=1)
    assert exported(tmp_path / "daft.db") == exported(tmp_path / "local.db")
    assert vars(daft) == vars(local)


@leaves_pipes_open
def test_daft_leaves_what_waits_where_no_call_can_do_better(
    server: StandIn, tmp_path: Path
) -> None:
    pytest.importorskip("daft")
    server.key = "another"
    with pytest.raises(ModelError, match="OPENAI_API_KEY"):
        run(tmp_path / "s.db", folder(tmp_path / "in", 2), workers=1)
    assert told_of(tmp_path / "s.db", "state") == [("waiting",)] * 2


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"model": EMBEDDED_MODEL}, "needs a server"),
        ({"limits": Limits(tokens=100)}, "kept by one process"),
    ],
)
def test_what_processes_cannot_share_is_refused(
    told: dict[str, object], said: str, server: StandIn, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=said):
        run(tmp_path / "s.db", folder(tmp_path / "in", 1), workers=1, **told)


DOCS = (Path(__file__).parents[1] / "docs" / "corpus.md").read_text("utf-8")


def test_docs_name_every_command_and_option() -> None:
    group = typer.main.get_command(app).commands["corpus"]  # type: ignore[attr-defined]
    assert set(re.findall(r"corpus ([a-z-]+)", DOCS)) == set(group.commands)
    options = {
        option
        for command in group.commands.values()
        for one in command.params
        for option in one.opts
        if option.startswith("--")
    }
    told = set(re.findall(r"(?<!-)--[a-z][a-z-]*", DOCS))
    assert told <= options
    own = {"--model", "--base-url", "--prompt", "--max-bytes", "--allow-private", "--quiet"}
    assert options - told - own == {"--help"} & options


def test_docs_name_every_state() -> None:
    assert set(STATES) <= set(re.findall(r"^\| `([a-z]+)` \|", DOCS, re.M))


def test_batches_give_what_live_calls_give(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    # two looks at a batch are half a minute apart by default
    monkeypatch.setitem(BatchClient.__init__.__kwdefaults__ or {}, "poll", 0.01)
    articles = folder(tmp_path / "in", 5)
    (tmp_path / "in" / "bad.txt").touch()
    with misbehaving() as (url, _):
        live = run(tmp_path / "live.db", articles, base_url=url)
    with batch_server() as server:
        batch = run(tmp_path / "batch.db", articles, base_url=server.base_url, batch=True)
        assert run(tmp_path / "batch.db", articles, base_url=server.base_url, batch=True) == batch
        assert server.refused == []
    assert exported(tmp_path / "batch.db") == exported(tmp_path / "live.db")
    assert batch.states == live.states == {"done": 5, "failed": 1}
    assert batch.cost == pytest.approx((live.cost or 0) / 2)
    assert batch.cost
