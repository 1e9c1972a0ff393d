"""A client that counts, for engines that keep no journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from summarise.client import Answer, Client
from summarise.corpus.journal import COUNTS, counts_of


class CountingClient(Client):
    """`client`, with what its answers cost and which of them were of no use."""

    def __init__(self, client: Client, *, batched: bool = False) -> None:
        super().__init__(client.model, client.base_url, None, client.profile, limits=client.limits)
        self._client = client
        self._batched = batched
        self.failures: list[Answer[BaseModel]] = []
        self.counts = dict.fromkeys(COUNTS, 0)

    async def ask(
        self,
        messages: Sequence[Mapping[str, str]],
        schema: type[BaseModel],
        *,
        max_tokens: int,
    ) -> Answer[BaseModel]:
        """As `Client.ask`."""
        answer = await self._client.ask(messages, schema, max_tokens=max_tokens)
        for name, value in counts_of(answer, batched=self._batched).items():
            self.counts[name] += value
        if answer.value is None:
            self.failures.append(answer)
        return answer
