"""What waits in a store, taken up article by article, and what came of it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarise.corpus.journal import Key, add, is_answered
from summarise.corpus.reading import Content, Details
from summarise.corpus.store import Setting, Store
from summarise.records import Extraction
from summarise.whole import FAILED

if TYPE_CHECKING:
    from pydantic import BaseModel

    from summarise.answer import Answer

NO_ANSWER = "no answer"


@dataclass(frozen=True)
class Task:
    """One article to ask about; `owner` is its place among the inputs."""

    key: Key
    label: str
    content: Content
    owner: int = 0


@dataclass(frozen=True)
class Outcome:
    """What came of a task: `kind` and `reason` say why it failed, None where it is done.

    A failure may have an extraction too: that of the sentences for which answers came.
    """

    extraction: Extraction | None = None
    kind: str | None = None
    reason: str | None = None

    @property
    def state(self) -> str:
        """As the store has it."""
        return "done" if self.kind is None else "failed"


def outcome_of(extraction: Extraction, failures: Sequence[Answer[BaseModel]]) -> Outcome:
    """Done, or failed where any sentence got no usable answer or any call none at all."""
    failed = [line for line in extraction.ledger if line.what == FAILED]
    silent = [answer for answer in failures if not is_answered(answer)]
    if failed:
        why = failed[0].why
        kinds = [answer.kind for answer in failures if answer.error == why]
        count = f"{len(failed)} {'sentence' if len(failed) == 1 else 'sentences'}"
        return Outcome(extraction, _kind(kinds), f"{count} without a usable answer: {why}")
    if silent:
        reason = f"worded by rule alone: {silent[0].error or NO_ANSWER}"
        return Outcome(extraction, _kind([silent[0].kind]), reason)
    return Outcome(extraction)


def _kind(kinds: Sequence[str]) -> str:
    """What a failure is counted under."""
    return next(filter(None, kinds), NO_ANSWER)


def release(store: Store) -> None:
    """What a run that ended left running waits again; for who holds the lock."""
    if store.value("SELECT 1 FROM work WHERE state = 'running'"):
        with store.transaction():
            store.run("UPDATE work SET state = 'waiting' WHERE state = 'running'")


def take(store: Store, setting: Setting, *, after: int = 0) -> Task | None:
    """The next article that waits, in the order of the inputs, now running; None for no more.

    `after` is the place of the one before.
    """
    with store.transaction():
        row = store.one(
            "SELECT w.content, w.owner, a.label, t.details, t.body FROM work w"
            " JOIN articles a ON a.ordinal = w.owner AND a.content = w.content"
            " AND a.setting = w.setting JOIN texts t ON t.content = w.content"
            " WHERE w.setting = ? AND w.state = 'waiting' AND w.owner > ? ORDER BY w.owner LIMIT 1",
            (setting.id, after),
        )
        if row is None:
            return None
        store.run(
            "UPDATE work SET state = 'running', attempts = attempts + 1 "
            "WHERE content = ? AND setting = ?",
            (row["content"], setting.id),
        )
    text = zlib.decompress(row["body"]).decode("utf-8", "surrogatepass")
    content = Content(text, Details(**json.loads(row["details"])))
    return Task(Key(row["content"], setting.id), row["label"], content, row["owner"])


def put_back(store: Store, task: Task) -> None:
    """A task that could not be ended waits again."""
    with store.transaction():
        _set(store, task, "waiting", Outcome())


def finish(
    store: Store, task: Task, outcome: Outcome, counts: Mapping[str, int] | None = None
) -> None:
    """Note what came of a task, and what it cost where that is not noted yet.

    What only its asking needed goes.
    """
    key = (task.key.content, task.key.setting)
    with store.transaction():
        _set(store, task, outcome.state, outcome)
        if counts is not None:
            add(store, task.key, counts)
        if outcome.kind is None:
            store.run("DELETE FROM answers WHERE content = ? AND setting = ?", key)
            store.run(
                "DELETE FROM texts WHERE content = ?1 AND NOT EXISTS "
                "(SELECT 1 FROM work WHERE content = ?1 AND state != 'done')",
                key[:1],
            )


def _set(store: Store, task: Task, state: str, outcome: Outcome) -> None:
    extraction = outcome.extraction and outcome.extraction.model_dump_json()
    store.run(
        "UPDATE work SET state = ?, kind = ?, reason = ?, extraction = ? "
        "WHERE content = ? AND setting = ?",
        (state, outcome.kind, outcome.reason, extraction, task.key.content, task.key.setting),
    )


def retry(store: Store) -> None:
    """Let what failed wait, or be read, again; answers that could be used are kept."""
    with store.transaction():
        store.run(
            "DELETE FROM answers WHERE answer ->> '$.value' IS NULL AND EXISTS"
            " (SELECT 1 FROM work w WHERE w.content = answers.content"
            " AND w.setting = answers.setting AND w.state = 'failed')"
        )
        store.run(
            "UPDATE runs SET planned = 0 WHERE setting IN (SELECT setting FROM articles"
            " WHERE content IS NULL)"
        )
        store.run("UPDATE work SET state = 'waiting' WHERE state = 'failed'")
