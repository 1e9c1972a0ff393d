"""A model asked for towns at a server of the test."""

from __future__ import annotations

from typing import Any, Literal

import anyio
import pytest
from openai_stand_in import (
    KEY,
    StandIn,
)
from pydantic import BaseModel, ConfigDict, Field, create_model

from summarise import client as client_module
from summarise.client import Answer, Client, connect
from summarise.profiles import profile_for

MINI = "gpt-5.4-mini"
MESSAGES = [
    {"role": "system", "content": "List the towns, as JSON."},
    {"role": "user", "content": "Ana left Braga for “Évora” — {{ 7*7 }} {% if %} ok."},
]


class Town(BaseModel):
    """A town."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=40)
    title: str | None = Field(default=None, description="how it is addressed")
    people: int = Field(default=0, ge=0)
    side: Literal["north", "south"] = "north"


class Towns(BaseModel):
    towns: list[Town] = Field(max_length=5)
    capital: Town | None = Field(default=None, description="only if named")


def who(*names: str) -> type[BaseModel]:
    """A schema made for one call, always of the same name."""
    field: Any = (Literal[*names, "nobody"], ...)
    return create_model("Who", who=field)


WHOLE = {"towns": [{"name": "Braga", "title": None, "people": 3, "side": "north"}], "capital": None}


def asked(
    server: StandIn,
    *,
    model: str = MINI,
    schema: type[BaseModel] = Towns,
    key: str | None = KEY,
    timeout: float = 5,
    retries: int = 2,
    max_tokens: int = 100,
) -> Answer[BaseModel]:
    async def run() -> Answer[BaseModel]:
        profile = profile_for(model)
        url = server.base_url
        async with Client(model, url, key, profile, timeout=timeout, retries=retries) as client:
            return await client.ask(MESSAGES, schema, max_tokens=max_tokens)

    return anyio.run(run)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pauses between tries."""
    monkeypatch.setattr(client_module, "FIRST_PAUSE", 0.01)


def connected(*arguments: str | None) -> tuple[str, str]:
    async def run() -> tuple[str, str]:
        async with connect(*arguments) as client:
            return client.model, client.base_url

    return anyio.run(run)
