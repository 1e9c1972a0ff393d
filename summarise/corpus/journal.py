"""A client that forgets nothing: what was answered before a run was killed is not asked again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError

from summarise.answer import Answer
from summarise.client import Client
from summarise.corpus.store import Store

_OF_ANSWER = ("input_tokens", "output_tokens", "cached_tokens", "unmetered")
COUNTS = ("calls", "batched", *_OF_ANSWER)
"""What a piece of work has cost, over all attempts."""
_TOLD = ("text", "finish_reason", "error", "kind", "retries")
"""What is kept of an answer beside its value."""


@dataclass(frozen=True)
class Key:
    """The work that answers belong to: the hash of the content, the number of the setting."""

    content: str
    setting: int


@dataclass
class Journal:
    """The answers of one piece of work, kept in the store as they come.

    `failures` collects the calls that brought no answer at all, or none that can be used.
    """

    store: Store
    key: Key
    failures: list[Answer[BaseModel]] = field(default_factory=list)

    def find(self, call: str, schema: type[BaseModel]) -> Answer[BaseModel] | None:
        """The answer to a call of an earlier attempt, None where there is none that holds."""
        kept = self.store.value(
            "SELECT answer FROM answers WHERE content = ? AND setting = ? AND call = ?",
            (self.key.content, self.key.setting, call),
        )
        if kept is None:
            return None
        fields = json.loads(kept)
        value = fields.pop("value")
        try:
            read = None if value is None else schema.model_validate(value)
        except ValidationError:
            return None
        answer = Answer(read, **fields)
        self._note(answer)
        return answer

    def keep(self, call: str, answer: Answer[BaseModel]) -> None:
        """Note an answer and what it cost, in one transaction."""
        self._note(answer)
        with self.store.transaction():
            add(self.store, self.key, counts_of(answer))
            if is_answered(answer):  # an answer that cannot be used was paid for too
                self.store.run(
                    "INSERT OR REPLACE INTO answers (content, setting, call, answer) "
                    "VALUES (?, ?, ?, ?)",
                    (self.key.content, self.key.setting, call, _written(answer)),
                )

    def _note(self, answer: Answer[BaseModel]) -> None:
        if answer.value is None:
            self.failures.append(answer)


def counts_of(answer: Answer[BaseModel], *, batched: bool = False) -> dict[str, int]:
    """What an answer cost, by `COUNTS`; `batched` where it came by batch."""
    calls = 1 + answer.retries
    told = {name: getattr(answer, name) for name in _OF_ANSWER}
    return {"calls": calls, "batched": calls if batched else 0, **told}


def add(store: Store, key: Key, counts: Mapping[str, int]) -> None:
    """Add to what a piece of work has cost; within a transaction of the caller's."""
    sums = ", ".join(f"{name} = {name} + ?" for name in COUNTS)
    values = (*(counts[name] for name in COUNTS), key.content, key.setting)
    store.run(f"UPDATE work SET {sums} WHERE content = ? AND setting = ?", values)  # noqa: S608


def is_answered(answer: Answer[BaseModel]) -> bool:
    """Whether the model said anything, of use or not."""
    return answer.value is not None or bool(answer.text or answer.finish_reason)


class RememberingClient(Client):
    """`client` for one piece of work: asks only what its journal does not hold."""

    def __init__(self, client: Client, journal: Journal) -> None:
        super().__init__(client.model, client.base_url, None, client.profile, limits=client.limits)
        self._client = client
        self._journal = journal

    async def ask(
        self,
        messages: Sequence[Mapping[str, str]],
        schema: type[BaseModel],
        *,
        max_tokens: int,
    ) -> Answer[BaseModel]:
        """As `Client.ask`."""
        call = _digest(messages, max_tokens)
        kept = self._journal.find(call, schema)
        if kept is not None:
            return kept
        answer = await self._client.ask(messages, schema, max_tokens=max_tokens)
        self._journal.keep(call, answer)
        return answer


def _digest(messages: Sequence[Mapping[str, str]], max_tokens: int) -> str:
    """Names a call within its work: the schema follows from the messages there."""
    asked = json.dumps([[dict(message) for message in messages], max_tokens])
    return hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()


def _written(answer: Answer[BaseModel]) -> str:
    fields: dict[str, Any] = {
        "value": None if answer.value is None else answer.value.model_dump(mode="json"),
        **{name: getattr(answer, name) for name in (*_OF_ANSWER, *_TOLD)},
    }
    return json.dumps(fields)
