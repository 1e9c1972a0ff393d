"""Recordings: what is found again, what is kept, and what a miss says."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import httpx2
import pytest
from openai_stand_in import KEY, ORGANISATION, Fault, StandIn, openai_server
from plain_server import PlainServer, Reply, completion, plain_server
from pydantic import BaseModel

from summarise import client as client_module
from summarise.client import Answer, Client
from summarise.errors import ModelError
from summarise.profiles import profile_for
from summarise.recording import Mode, Recording, cassette

if TYPE_CHECKING:
    from openai import AsyncOpenAI

__all__ = ["openai_server", "plain_server"]

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


def test_counts_while_recording_are_of_this_run_alone(
    openai_server: StandIn, tmp_path: Path
) -> None:
    path = tmp_path / "case.yaml"
    assert run(path, "once", openai_server.base_url, "a", "b")[1] == (2, 0, 0)
    assert run(path, "all", openai_server.base_url, "c")[1] == (1, 0, 0)


@pytest.mark.parametrize(
    "kind", ["refusal", "content filter", "length", "empty content", "html", "truncated body"]
)
def test_an_answer_that_cannot_be_used_is_played_as_it_was(
    openai_server: StandIn, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "case.yaml"
    openai_server.answer({"name": "Faro"})
    openai_server.misbehave(Fault(kind, status=200))
    [recorded], _ = run(path, "once", openai_server.base_url, "a")
    [played], counts = run(path, "none", GONE, "a")
    assert recorded.error
    assert (played.error, played.text, played.finish_reason) == (
        recorded.error,
        recorded.text,
        recorded.finish_reason,
    )
    assert counts == (1, 1, 0)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_tries_that_all_failed_are_played_as_they_were(
    openai_server: StandIn, tmp_path: Path, status: int
) -> None:
    path = tmp_path / "case.yaml"
    openai_server.misbehave(*[Fault("status", status=status)] * 2)
    [recorded], _ = run(path, "once", openai_server.base_url, "a")
    [played], counts = run(path, "none", GONE, "a")
    assert recorded.error == played.error
    assert f"{status}" in str(played.error)
    assert (recorded.retries, played.retries) == (1, 1)
    assert counts == (2, 2, 0)


def test_a_request_that_got_no_answer_is_counted(openai_server: StandIn, tmp_path: Path) -> None:
    async def ask(times: int) -> None:
        async with Client(MODEL, openai_server.base_url, KEY, profile_for(MODEL), retries=1) as to:
            for number in range(times):
                await to.ask([{"role": "user", "content": f"{number}"}], Town, max_tokens=9)

    reset = Fault("reset")
    openai_server.misbehave(None, reset, None, reset, reset)
    with cassette(tmp_path / "case.yaml", mode="once") as recording:
        anyio.run(ask, 3)
    assert (recording.recorded, recording.unanswered) == (2, 1)
    assert len(recording.seconds) == 2


Talk = Callable[["AsyncOpenAI"], Awaitable[object]]
ASKED: dict[str, Any] = {"model": MODEL, "messages": [{"role": "user", "content": "Which?"}]}


def talk(path: Path, mode: Mode, url: str, how: Talk, version: str = "1") -> tuple[Any, Recording]:
    """What comes of `how`, with openai's own retries."""
    from openai import AsyncOpenAI

    async def run_it() -> object:
        told = {"x-stainless-package-version": version, "user-agent": f"openai/{version}"}
        http = httpx2.AsyncClient(trust_env=False)
        async with AsyncOpenAI(
            api_key=KEY, base_url=f"{url}/v1", default_headers=told, http_client=http, max_retries=2
        ) as client:
            return await how(client)

    with cassette(path, mode=mode) as recording:
        return anyio.run(run_it), recording


async def streamed(client: AsyncOpenAI) -> list[str]:
    stream = await client.chat.completions.create(**ASKED, stream=True)
    return [chunk.choices[0].delta.content or "" async for chunk in stream]


async def whole(client: AsyncOpenAI) -> str | None:
    answer = await client.chat.completions.create(**ASKED)
    return str(answer.choices[0].message.content)


async def refused(client: AsyncOpenAI) -> tuple[str, str]:
    from openai import APIStatusError

    try:
        await client.chat.completions.create(**ASKED)
    except APIStatusError as error:
        return type(error).__name__, str(error)
    raise AssertionError("it was answered")


def event(text: str) -> str:
    chunk = {"id": "chatcmpl-123456789", "object": "chat.completion.chunk", "created": 1}
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": None}
    return f"data: {json.dumps({**chunk, 'model': MODEL, 'choices': [choice]})}\n\n"


PIECES = ["“Faro", "”\u00a0— ", "caf\u00e9 ", " \n", "\U0001f30a"]
STREAM = Reply(
    "".join([": ping\n\n", *map(event, PIECES), "data: [DONE]\n\n"]).encode(),
    kind="text/event-stream",
)
BUSY = Reply(b'{"error": {"message": "busy"}}', 429, {"retry-after-ms": "1"})
DOWN = Reply(b"<h1>down</h1>", 503, {"retry-after-ms": "1"}, kind="text/html")
NO = Reply(b'{"error": {"message": "not you", "code": "x"}}', 403)
LONG = Reply(b'{"error": {"message": "too long", "code": "context_length_exceeded"}}', 400)
YES = Reply(completion("Faro"))

TALKS: list[tuple[str, Talk, list[Reply], object]] = [
    ("whole", whole, [YES], "Faro"),
    ("streamed", streamed, [STREAM], PIECES),
    ("streamed after two tries", streamed, [BUSY, DOWN, STREAM], PIECES),
    ("whole after two tries", whole, [DOWN, BUSY, YES], "Faro"),
    ("not allowed", refused, [NO], "PermissionDeniedError"),
    ("too long", refused, [LONG], "BadRequestError"),
    ("always busy", refused, [BUSY, BUSY, BUSY], "RateLimitError"),
    ("always down", refused, [DOWN, DOWN, DOWN], "InternalServerError"),
]


@pytest.mark.parametrize(
    ("how", "replies", "expected"), [row[1:] for row in TALKS], ids=[row[0] for row in TALKS]
)
def test_streams_retries_and_errors_are_played_as_they_came(
    plain_server: PlainServer, tmp_path: Path, how: Talk, replies: list[Reply], expected: object
) -> None:
    path = tmp_path / "talk.yaml"
    plain_server.reply(*replies)
    recorded, recording = talk(path, "once", plain_server.url, how, version="3.3.0")
    assert (recorded[0] if how is refused else recorded) == expected
    assert recording.recorded == plain_server.asked == len(replies)
    played, recording = talk(path, "none", "http://127.0.0.1:1", how, version="4.0.0")
    assert played == recorded
    assert (recording.played, recording.unused) == (len(replies), 0)


def test_calls_at_the_same_time_get_each_their_own_answer(
    plain_server: PlainServer, tmp_path: Path
) -> None:
    path, numbers = tmp_path / "talk.yaml", range(12)

    async def ask(client: AsyncOpenAI, number: int, answers: dict[int, str]) -> None:
        asked = [{"role": "user", "content": f"Town {number}?"}]
        made = await client.chat.completions.create(model=MODEL, messages=asked)  # type: ignore[arg-type]
        answers[number] = str(made.choices[0].message.content)

    async def together(client: AsyncOpenAI) -> dict[int, str]:
        answers: dict[int, str] = {}
        async with anyio.create_task_group() as tasks:
            for number in numbers:
                tasks.start_soon(ask, client, number, answers)
        return answers

    async def backwards(client: AsyncOpenAI) -> dict[int, str]:
        answers: dict[int, str] = {}
        for number in reversed(numbers):
            await ask(client, number, answers)
        return answers

    plain_server.reply(*[Reply(completion(f"answer {number}")) for number in numbers])
    recorded, _ = talk(path, "once", plain_server.url, together)
    assert len(set(recorded.values())) == 12
    for how in (backwards, together):
        played, recording = talk(path, "none", "http://127.0.0.1:1", how)
        assert played == recorded
        assert recording.unused == 0
