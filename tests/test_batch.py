"""The Batch API: what is sent, what is kept, and that its results are those of live calls."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest
from batch_server import BatchServer, batch_server
from misbehaving_server import misbehaving
from openai_stand_in import KEY
from pydantic import BaseModel

from summarise.answer import Answer
from summarise.answers import claims_answer
from summarise.batch import BatchClient, custom_id, in_batches
from summarise.batch_folder import BatchFolder
from summarise.client import Client, Limits
from summarise.errors import ModelError, SpendLimitError
from summarise.profiles import profile_for

MINI = "gpt-5.4-mini"
SCHEMA = claims_answer(range(1, 4))
TOWNS = ["Braga", "Faro\u2028Norte", "Évora"]


@pytest.fixture
def server() -> Iterator[BatchServer]:
    with batch_server() as state:
        yield state
    assert state.refused == []


def asked(town: str) -> list[dict[str, str]]:
    """The messages about one town."""
    return [
        {"role": "system", "content": "List the claims."},
        {"role": "user", "content": f"Sentences:\n[1] {town} has a port.\n[2] It is old.\n"},
    ]


async def told(client: Client, town: str) -> Answer[BaseModel]:
    return await client.ask(asked(town), SCHEMA, max_tokens=99)


def batched(
    server: BatchServer,
    folder: Path,
    towns: list[str] | None = None,
    limits: Limits | None = None,
    key: str = KEY,
) -> tuple[dict[str, Answer[BaseModel]], BatchClient]:
    """The answers about all towns, by batches."""
    found: dict[str, Answer[BaseModel]] = {}
    profile = profile_for(MINI)
    client = BatchClient(MINI, server.base_url, key, profile, folder, limits=limits, poll=0.01)

    async def run() -> None:
        async with client:
            await in_batches(towns or TOWNS, lambda town: told(client, town), client, keep)

    def keep(town: str, answer: Answer[BaseModel]) -> None:
        found[town] = answer

    anyio.run(run)
    return found, client


def live(towns: list[str]) -> dict[str, BaseModel | None]:
    """The same by live calls."""

    async def run(url: str) -> dict[str, BaseModel | None]:
        async with Client(MINI, url, KEY, profile_for(MINI)) as client:
            return {town: (await told(client, town)).value for town in towns}

    with misbehaving() as (url, _):
        return anyio.run(run, url)


def test_the_results_are_those_of_live_calls(server: BatchServer, tmp_path: Path) -> None:
    found, client = batched(server, tmp_path)
    values = {town: answer.value for town, answer in found.items()}
    assert {t: v and v.model_dump() for t, v in values.items()} == {
        t: v and v.model_dump() for t, v in live(TOWNS).items()
    }
    assert None not in values.values()
    assert len(server.batches) == 1
    spent = client.spent
    assert (spent.calls, spent.unmetered) == (3, 0)
    assert spent.input_tokens == sum(answer.input_tokens for answer in found.values())
    full = profile_for(MINI).cost(spent.input_tokens, spent.output_tokens)
    assert spent.dollars == pytest.approx((full or 0) / 2)


def test_the_body_is_that_of_a_live_call(server: BatchServer, tmp_path: Path) -> None:
    batched(server, tmp_path, ["Braga"])
    body = Client(MINI, None, None, profile_for(MINI)).request(
        asked("Braga"), SCHEMA, max_tokens=99
    )
    [line] = [json.loads(line) for line in server.files["file-1"].splitlines()]
    assert line == {
        "custom_id": custom_id(body),
        "method": "POST",
        "url": "/v1/chat/completions",
        "body": body,
    }


def test_the_same_call_is_asked_once_and_a_rerun_asks_for_nothing(
    server: BatchServer, tmp_path: Path
) -> None:
    batched(server, tmp_path, ["Braga", "Braga", "Faro"])
    assert len(server.files["file-1"].splitlines()) == 2
    found, _ = batched(server, tmp_path, ["Faro", "Braga"])
    assert [answer.error for answer in found.values()] == [None, None]
    assert len(server.batches) == 1
    batched(server, tmp_path, ["Faro", "Lagos"])
    assert len(server.files[server.batches["batch_2"]["input_file_id"]].splitlines()) == 1


@pytest.mark.parametrize("noted", [True, False], ids=["id noted", "stopped before it was noted"])
def test_a_run_that_was_stopped_goes_on_with_its_batch(
    server: BatchServer, tmp_path: Path, noted: bool
) -> None:
    async def stopped() -> None:
        async with BatchClient(
            MINI, server.base_url, KEY, profile_for(MINI), tmp_path, poll=60
        ) as client:
            for town in TOWNS:
                await told(client, town)
            with anyio.fail_after(30):
                async with anyio.create_task_group() as tasks:
                    tasks.start_soon(client.fetch)
                    while not list(tmp_path.glob("*.batch")):
                        await anyio.sleep(0.01)
                    tasks.cancel_scope.cancel()

    server.looks = 10**9
    anyio.run(stopped)
    assert len(server.batches) == 1
    if not noted:
        [path] = tmp_path.glob("*.batch")
        path.unlink()
    server.looks = 1
    found, _ = batched(server, tmp_path)
    assert len(found) == 3
    assert len(server.batches) == 1


def test_passing_errors_are_asked_again_and_lasting_ones_explained(
    server: BatchServer, tmp_path: Path
) -> None:
    server.failing = {"Braga": [500], "Faro": [429, 429, 503], "Évora": [400]}
    found, _ = batched(server, tmp_path)
    outcomes = {town[:4]: (a.kind, a.retries, a.value is None) for town, a in found.items()}
    assert outcomes == {"Brag": ("", 1, False), "Faro": ("503", 2, True), "Évor": ("400", 0, True)}
    assert found["Évora"].error == "in its batch: It failed."
    assert len(server.batches) == 3


def test_a_request_without_a_line_is_asked_again(server: BatchServer, tmp_path: Path) -> None:
    server.lost = {"Braga"}
    server.ends = "expired"
    with pytest.raises(ModelError, match=r"batch 'batch_2' is expired and brought no answers"):
        batched(server, tmp_path)
    server.lost, server.ends = set(), "completed"
    found, _ = batched(server, tmp_path)
    assert [answer.error for answer in found.values()] == [None] * 3


def test_a_batch_that_fails_says_why(server: BatchServer, tmp_path: Path) -> None:
    server.ends = "failed"
    with pytest.raises(ModelError, match=r"is failed .* \(line 1: not JSON\); run again"):
        batched(server, tmp_path)
    server.ends = "completed"
    assert len(batched(server, tmp_path)[0]) == 3


def test_a_wrong_key_is_explained(server: BatchServer, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="check OPENAI_API_KEY") as caught:
        batched(server, tmp_path, key="sk-wrong-0123456789")
    assert "sk-wrong" not in str(caught.value)


def test_nothing_is_sent_over_the_spend_limit(server: BatchServer, tmp_path: Path) -> None:
    with pytest.raises(SpendLimitError, match="the spend limit of 10 tokens leaves no room"):
        batched(server, tmp_path, limits=Limits(tokens=10))
    assert server.batches == {}


def test_text_that_cannot_be_written_is_an_error(server: BatchServer, tmp_path: Path) -> None:
    found, _ = batched(server, tmp_path, ["half of \ud83d"])
    [answer] = found.values()
    assert answer.kind == "unsendable"


def test_more_than_a_batch_takes_makes_several(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarise.batch_folder.MOST_REQUESTS", 2)
    monkeypatch.setattr("summarise.batch_folder.MOST_BYTES", 30)
    folder = BatchFolder(tmp_path)
    for name in ["a", "b", "c", "d" * 30]:
        folder.note(name, json.dumps({"custom_id": name}), 1)
    held = [path.read_text("utf-8").splitlines() for path in folder.requests()]
    assert [len(lines) for lines in held] == [1, 1, 1, 1]
    assert folder.waiting == {}


@pytest.mark.parametrize("line", ["", "{", "[]", "null", '{"custom_id": 3}', '{"id": "x"}', "\x00"])
def test_a_line_that_is_none_is_left_out(tmp_path: Path, line: str) -> None:
    (tmp_path / "answers-x.jsonl").write_text(f"{line}\n", "utf-8")
    assert BatchFolder(tmp_path).get("3") is None
