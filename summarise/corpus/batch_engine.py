"""OpenAI's Batch API as an engine: everything is asked for, sent, waited for, and asked for again.

An article whose calls have no answer yet waits on; each pass ends those that have all of theirs.
"""

from __future__ import annotations

from dataclasses import dataclass

from summarise.batch import BatchClient
from summarise.corpus.attempt import attempt
from summarise.corpus.counting import CountingClient
from summarise.corpus.local import Watch
from summarise.corpus.reading import Bounds
from summarise.corpus.store import Setting, Store
from summarise.corpus.work import finish, put_back, take
from summarise.prompt import Prompt


@dataclass
class BatchEngine:
    """Asks for what waits under one setting by batches; raises what `BatchClient.fetch` raises."""

    store: Store
    setting: Setting
    prompt: Prompt
    client: BatchClient
    bounds: Bounds
    watch: Watch

    async def run(self) -> None:
        """Until nothing waits any more, which may take a day a pass."""
        while await self._pass():
            await self.client.fetch()

    async def _pass(self) -> bool:
        """One look at each article that waits; whether any waits for a batch."""
        left, owner = False, 0
        while (task := take(self.store, self.setting, after=owner)) is not None:
            owner = task.owner
            self.client.waiting = 0
            counting = CountingClient(self.client, batched=True)
            outcome = await attempt(task, counting, self.prompt, self.bounds, counting.failures)
            if self.client.waiting:
                put_back(self.store, task)
                left = True
                continue
            finish(self.store, task, outcome, counting.counts)
            self.watch.ended(outcome)
        return left
