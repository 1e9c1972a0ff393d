"""The local engine: what waits is asked by one client, so many articles at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import anyio

from summarise.client import Client
from summarise.corpus.attempt import attempt
from summarise.corpus.journal import Journal, RememberingClient
from summarise.corpus.reading import Bounds
from summarise.corpus.store import Setting, Store
from summarise.corpus.work import Outcome, Task, finish, put_back, take
from summarise.errors import ModelError
from summarise.prompt import Prompt
from summarise.tasks import single

AHEAD = 4
"""Articles that are got ready while the calls in flight are as many as there may be."""


class Watch(Protocol):
    """Who is told how a run goes."""

    def ended(self, outcome: Outcome) -> None:
        """One more article is done or has failed."""


@dataclass
class LocalEngine:
    """Asks for what waits under one setting; raises ModelError where no call can do better.

    Then what is under way is ended first, so that nothing that was paid for is lost.
    """

    store: Store
    setting: Setting
    prompt: Prompt
    client: Client
    bounds: Bounds
    watch: Watch
    lost: ModelError | None = None

    async def run(self) -> None:
        """Until nothing waits any more."""
        try:
            async with anyio.create_task_group() as tasks:
                for _ in range(self.client.profile.concurrency + AHEAD):
                    tasks.start_soon(self._work)
        except BaseExceptionGroup as group:
            raise single(group) from None
        if self.lost is not None:
            raise self.lost

    async def _work(self) -> None:
        while self.lost is None and (task := take(self.store, self.setting)) is not None:
            try:
                outcome = await self._outcome(task)
            except ModelError as error:
                put_back(self.store, task)
                self.lost = self.lost or error
                return
            finish(self.store, task, outcome)
            self.watch.ended(outcome)

    async def _outcome(self, task: Task) -> Outcome:
        journal = Journal(self.store, task.key)
        client = RememberingClient(self.client, journal)
        return await attempt(task, client, self.prompt, self.bounds, journal.failures)
