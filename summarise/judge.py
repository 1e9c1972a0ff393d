"""Pairs of claims that the rules leave open, put to a model in batches: are they of one fact?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any

import anyio
from pydantic import BaseModel, ConfigDict, Field, create_model

from summarise.answers import Usage
from summarise.prompt import load
from summarise.records import LedgerLine
from summarise.tasks import single

if TYPE_CHECKING:
    from summarise.client import Client

PROMPT = "relate.v1"
SMALL_BATCH, LARGE_BATCH = 4, 20
"""Pairs a call: for a model that words parts, and for one that reads whole passages."""
TOKENS_A_PAIR = 8
"""Output allowed for each pair."""

Pair = tuple[str, str]
"""The texts of two claims."""


@dataclass
class Judgements:
    """By the place of a pair, whether it is of one fact; what failed, and what it cost."""

    same: dict[int, bool] = field(default_factory=dict)
    ledger: list[LedgerLine] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)


async def judged(pairs: Sequence[Pair], client: Client) -> Judgements:
    """Ask for each pair once; a pair whose call failed stays open, and the ledger says why.

    Raises ModelError only where no further call can do better.
    """
    found = Judgements()

    async def one(places: range) -> None:
        await _ask(pairs, places, client, found)

    try:
        async with anyio.create_task_group() as tasks:
            for places in _batches(len(pairs), client):
                tasks.start_soon(one, places)
    except BaseExceptionGroup as group:
        raise single(group) from None
    return found


def _batches(count: int, client: Client) -> Iterator[range]:
    size = SMALL_BATCH if client.profile.fields == "texts" else LARGE_BATCH
    return (range(start, min(start + size, count)) for start in range(0, count, size))


async def _ask(pairs: Sequence[Pair], places: range, client: Client, found: Judgements) -> None:
    asked = load(PROMPT).messages("same", pairs=[pairs[place] for place in places])
    limit = min(client.profile.max_output_tokens, TOKENS_A_PAIR * len(places) + 40)
    answer = await client.ask(asked, same_answer(len(places)), max_tokens=limit)
    found.usage += Usage.of(answer)
    if answer.value is None:
        why = f"{len(places)} pairs of claims stay apart: {answer.error}"
        found.ledger.append(LedgerLine(where=None, what="not compared", why=why))
        return
    given: list[bool] = answer.value.same  # type: ignore[attr-defined]
    found.same.update(zip(places, given, strict=True))


def same_answer(count: int) -> type[BaseModel]:
    """The schema of `count` answers, one a pair."""
    listed: Any = Annotated[list[bool], Field(min_length=count, max_length=count)]
    closed = ConfigDict(extra="forbid")
    return create_model("SameFact", __config__=closed, same=(listed, ...))
