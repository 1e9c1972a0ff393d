"""Plays the recording of a case as the case asks today, and tells how the two fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from summarise.cassette_checks import Fault, Taped
from summarise.client import NOWHERE, Client
from summarise.errors import SummariseError
from summarise.extract import extracted
from summarise.interactions import bodies
from summarise.manifest import schemas_digest
from summarise.profiles import profile_for
from summarise.prompt import load
from summarise.recording import cassette
from summarise.records import Article
from summarise.segment import segment


@dataclass
class Played:
    """What came of playing one recording."""

    asked: list[dict[str, Any]] = field(default_factory=list)
    """The requests made, in their order, up to the one that was not found."""
    unused: int = 0
    error: SummariseError | None = None


class _Listening(Client):
    """A client that remembers what it asks."""

    asked: list[dict[str, Any]]

    def request(
        self, messages: Sequence[Mapping[str, str]], schema: type[BaseModel], *, max_tokens: int
    ) -> dict[str, Any]:
        body = super().request(messages, schema, max_tokens=max_tokens)
        self.asked.append(body)
        return body


async def play(article: Article, recording: Path, model: str, prompt: str) -> Played:
    """Extracts the article from `recording`, without a server; never raises a SummariseError."""
    played = Played()
    client = _Listening(model, NOWHERE, None, profile_for(model))
    client.asked = played.asked
    try:
        async with client:
            with cassette(recording, mode="none") as tape:
                await extracted(article, segment(article), client, load(prompt), _silent)
                played.unused = tape.unused
    except SummariseError as error:
        played.error = error
    return played


def faults_of(taped: Taped, played: Played) -> Iterator[Fault]:
    """How a recording departs from what its case asks for now."""
    held = list(bodies(taped.held or ()))
    known = {schemas_digest(iter([body])) for body in held}
    other = [body for body in played.asked if schemas_digest(iter([body])) not in known]
    if other:
        name = _schema_name(other[0])
        yield taped.fault("stale schema", f"its case asks for another schema now ({name})")
    elif played.error is not None:
        yield taped.fault("stale request", str(played.error))
    elif taped.entry and taped.entry.schema_sha256 != schemas_digest(iter(held)):
        yield taped.fault("stale schema", "it holds other schemas than its manifest says")
    if played.error is None and played.unused:
        yield taped.fault(
            "half played",
            f"its case leaves {played.unused} of its {len(taped.held or ())} interactions unused",
        )


def _schema_name(body: dict[str, Any]) -> str:
    described = (body.get("response_format") or {}).get("json_schema") or {}
    return repr(described.get("name", "none"))


def _silent(done: int, claims: int) -> None:
    del done, claims
