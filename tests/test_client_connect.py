"""Which model a client asks, and many calls at once."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import anyio
import pytest
from client_run import MESSAGES, MINI, WHOLE, Towns, connected, quick
from openai_stand_in import (
    KEY,
    Fault,
    StandIn,
    openai_server,
    serving,
)
from pydantic import BaseModel

from summarise.client import Answer, Client
from summarise.errors import ModelError
from summarise.profiles import EMBEDDED_MODEL, profile_for

__all__ = ["openai_server", "quick"]


# Many calls at once


def test_calls_in_flight_are_bounded(openai_server: StandIn) -> None:
    openai_server.answer(WHOLE)
    openai_server.misbehave(*[Fault("slow", seconds=0.05)] * 12)
    answers: list[Answer[BaseModel]] = []

    async def run() -> None:
        profile = profile_for(MINI).model_copy(update={"concurrency": 3})
        async with (
            Client(MINI, openai_server.base_url, KEY, profile) as client,
            anyio.create_task_group() as group,
        ):

            async def one() -> None:
                answers.append(await client.ask(MESSAGES, Towns, max_tokens=9))

            for _ in range(12):
                group.start_soon(one)

    anyio.run(run)
    assert [answer.error for answer in answers] == [None] * 12
    assert openai_server.most_in_flight == 3


def test_a_server_lost_on_the_way_takes_no_other_call_down() -> None:
    async def run() -> list[str | None]:
        with ExitStack() as up:
            server = up.enter_context(serving())
            server.answer(WHOLE)
            async with Client(MINI, server.base_url, KEY, profile_for(MINI), retries=0) as client:
                first = await client.ask(MESSAGES, Towns, max_tokens=9)
                up.close()
                second = await client.ask(MESSAGES, Towns, max_tokens=9)
                return [first.error, second.error]

    first, second = anyio.run(run)
    assert first is None
    assert second is not None
    assert "Connection error" in second


# Which model


def test_connect_takes_the_environment(
    openai_server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert connected() == (MINI, "https://api.openai.com/v1")
    monkeypatch.setenv("OPENAI_BASE_URL", openai_server.base_url)
    monkeypatch.setenv("OPENAI_MODEL", "gpt-5.5")
    assert connected() == ("gpt-5.5", openai_server.base_url)
    assert connected("o3", "http://127.0.0.1:2/v1") == ("o3", "http://127.0.0.1:2/v1")


def test_connect_asks_a_server_for_its_only_model(openai_server: StandIn) -> None:
    openai_server.models = ("llama3.2:3b",)
    assert connected(None, openai_server.base_url)[0] == "llama3.2:3b"
    openai_server.models = ("a", "b")
    with pytest.raises(ModelError, match=r"2 models \('a', 'b'\); name one with --model"):
        connected(None, openai_server.base_url)


def test_connect_names_the_choice_for_a_model_without_a_key() -> None:
    with pytest.raises(ModelError, match="set OPENAI_API_KEY, or give --base-url"):
        connected("gpt-5.5")


def test_connect_starts_the_embedded_model_and_ends_it(
    openai_server: StandIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from contextlib import asynccontextmanager

    from summarise.embedded import Endpoint

    seen: list[str] = []

    @asynccontextmanager
    async def served(weights: Path, *, context_tokens: int) -> Any:
        seen.append(f"{weights.name} {context_tokens}")
        yield Endpoint(openai_server.base_url, KEY)
        seen.append("ended")

    monkeypatch.setattr("summarise.embedded.pull", lambda on_progress: tmp_path / "weights")
    monkeypatch.setattr("summarise.embedded.served", served)
    assert connected() == (EMBEDDED_MODEL, openai_server.base_url)
    assert seen == ["weights 8192", "ended"]
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert connected(EMBEDDED_MODEL)[0] == EMBEDDED_MODEL


def test_importing_the_client_imports_nothing_heavy() -> None:
    heavy = {"openai", "instructor", "xllamacpp", "huggingface_hub"}
    code = f"import sys, summarise.client; print({heavy!r} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"
