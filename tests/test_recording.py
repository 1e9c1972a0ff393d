"""Recordings: what is found again, what is kept, and what a miss says."""

from __future__ import annotations

from pathlib import Path

import anyio
import pytest
from openai_stand_in import KEY, ORGANISATION, Fault, StandIn, openai_server
from pydantic import BaseModel

from summarise import client as client_module
from summarise.client import Answer, Client
from summarise.errors import ModelError
from summarise.profiles import profile_for
from summarise.recording import Mode, cassette

__all__ = ["openai_server"]

MODEL = "gpt-5.4-mini"
AGAIN = "summarise record towns"


class Town(BaseModel):
    name: str


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "FIRST_PAUSE", 0.01)


def run(
    path: Path, mode: Mode, base_url: str, *questions: str, key: str = KEY, model: str = MODEL
) -> tuple[list[Answer[BaseModel]], tuple[int, int, int]]:
    """The answers to `questions`, and what was recorded, played and left unused."""

    async def ask() -> list[Answer[BaseModel]]:
        async with Client(model, base_url, key, profile_for(MODEL), retries=1) as client:
            return [
                await client.ask([{"role": "user", "content": text}], Town, max_tokens=9)
                for text in questions
            ]

    with cassette(path, mode=mode, record_again=AGAIN) as recording:
        answers = anyio.run(ask)
        counts = recording.recorded, recording.played, recording.unused
    return answers, counts


GONE = "http://127.0.0.1:1/v1"


def test_what_was_recorded_is_played_from_another_host_and_key(
    openai_server: StandIn, tmp_path: Path
) -> None:
    path = tmp_path / "suite" / "case.yaml"
    openai_server.answer({"name": "Évora “old”"}, {"name": "Faro"})
    recorded, _ = run(path, "once", openai_server.base_url, "east?", "south?")
    played, counts = run(path, "none", GONE, "south?", "east?", key="other-key-123456")
    assert [answer.value for answer in played] == [Town(name="Faro"), Town(name="Évora “old”")]
    assert [a.input_tokens for a in played] == [a.input_tokens for a in recorded]
    assert counts == (2, 2, 0)


def test_the_same_request_twice_is_recorded_twice(openai_server: StandIn, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    openai_server.answer({"name": "Faro"}, {"name": "Lagos"})
    run(path, "once", openai_server.base_url, "which?", "which?")
    played, _ = run(path, "none", GONE, "which?", "which?")
    assert [answer.value for answer in played] == [Town(name="Faro"), Town(name="Lagos")]
    with pytest.raises(ModelError, match=f"holds this request 2 times, all played.*{AGAIN}"):
        run(path, "none", GONE, "which?", "which?", "which?")


def test_a_recording_holds_no_account(openai_server: StandIn, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    openai_server.answer({"name": "the org-chart of Faro"})
    openai_server.misbehave(Fault("status", status=400))
    run(path, "once", openai_server.base_url, "a", "b")
    text = path.read_text("utf-8")
    for secret in (KEY, ORGANISATION, "__cf", "cookie", "authorization", "127.0.0.1", "Bearer"):
        assert secret not in text
    assert "the org-chart of Faro" in text


@pytest.mark.parametrize("mode", ["none", "once"])
def test_a_miss_names_the_file_the_difference_and_the_command(
    openai_server: StandIn, tmp_path: Path, mode: Mode
) -> None:
    path = tmp_path / "case.yaml"
    run(path, "once", openai_server.base_url, "which town?")
    asked = len(openai_server.bodies)
    with pytest.raises(ModelError) as caught:
        run(path, mode, openai_server.base_url, "which river?")
    message = str(caught.value)
    assert str(path) in message
    assert "recorded 'town', asked 'river'" in message
    assert "+which river?" in message
    assert AGAIN in message
    assert len(openai_server.bodies) == asked


def test_a_missing_file_is_a_miss(tmp_path: Path) -> None:
    path = tmp_path / "none.yaml"
    with pytest.raises(ModelError, match="is missing or holds no answers"):
        run(path, "none", GONE, "which town?")
    assert not path.exists()


def test_recording_anew_leaves_nothing_old(openai_server: StandIn, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    openai_server.answer({"name": "Faro"}, {"name": "Lagos"})
    run(path, "once", openai_server.base_url, "a", "b")
    openai_server.answer({"name": "Braga"})
    run(path, "all", openai_server.base_url, "b")
    played, counts = run(path, "none", GONE, "b")
    assert played[0].value == Town(name="Lagos")
    assert counts == (1, 1, 0)


def test_an_answer_that_nobody_asks_for_is_counted(openai_server: StandIn, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    run(path, "once", openai_server.base_url, "a", "b")
    assert run(path, "none", GONE, "b")[1] == (2, 1, 1)


def test_a_run_that_fails_writes_nothing(openai_server: StandIn, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    run(path, "once", openai_server.base_url, "a")
    before = path.read_bytes()
    with pytest.raises(ModelError, match="check OPENAI_API_KEY"):
        run(path, "all", openai_server.base_url, "a", key="sk-wrong-0123456789")
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["case.yaml"]


def test_failed_tries_are_played_as_they_were(openai_server: StandIn, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    openai_server.answer({"name": "Faro"})
    openai_server.misbehave(Fault("status", status=503))
    run(path, "once", openai_server.base_url, "a")
    played, _ = run(path, "none", GONE, "a")
    assert (played[0].value, played[0].retries) == (Town(name="Faro"), 1)
