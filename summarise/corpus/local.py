"""The local engine: what waits is asked by one client, so many articles at a time."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol

import anyio

from summarise.client import Client
from summarise.corpus.journal import Journal, RememberingClient
from summarise.corpus.reading import Bounds, Unread, article_of
from summarise.corpus.store import Setting, Store
from summarise.corpus.work import Outcome, Task, finish, outcome_of, put_back, take
from summarise.errors import ModelError
from summarise.extract import extracted
from summarise.prompt import Prompt
from summarise.records import Article, Extraction, Run
from summarise.segment import segment
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
        article = article_of(task.label, task.content, self.bounds)
        if isinstance(article, Unread):
            return Outcome(None, *article)
        journal = Journal(self.store, task.key)
        try:
            client = RememberingClient(self.client, journal)
            with self.client.article():
                extraction = await extraction_of(article, client, self.prompt)
        except (ArithmeticError, LookupError, TypeError, ValueError, RecursionError) as error:
            # A fault of this library in one article does not take the others down.
            return Outcome(None, "bug", f"{type(error).__name__}: {error}")
        return outcome_of(extraction, journal.failures)


async def extraction_of(article: Article, client: Client, prompt: Prompt) -> Extraction:
    """The claims of one article, and what they cost."""
    began = time.perf_counter()
    claims, ledger, usage = await extracted(article, segment(article), client, prompt, _silent)
    run = Run(
        model=client.model,
        prompt=prompt.id,
        prompt_sha256=prompt.sha256,
        calls=usage.calls,
        retries=usage.retries,
        invalid=usage.invalid,
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cached_tokens=usage.cached_tokens,
        seconds=round(time.perf_counter() - began, 3),
    )
    return Extraction(article=article, claims=tuple(claims), ledger=tuple(ledger), run=run)


def _silent(done: int, claims: int) -> None:
    del done, claims
