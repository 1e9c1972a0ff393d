"""OpenAI's Batch API: the same calls at half the price, answered within a day.

A `BatchClient` answers from what earlier batches brought, and notes what it has no answer to yet.
Once everything has been asked, `fetch` sends all of that as batches, waits, and keeps the answers;
then everything is asked again. `in_batches` does so until nothing waits any more.

The folder is all there is to keep: a run that was stopped goes on with it, and no request is sent
twice. A call is known by the hash of its body, which is the body of a live call.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, TypeVar

import anyio
from pydantic import BaseModel

from summarise.answer import Answer
from summarise.batch_folder import BatchFolder, passing, status
from summarise.client import Client
from summarise.completions import Completion
from summarise.errors import ModelError
from summarise.limits import Limits
from summarise.profiles import Profile
from summarise.redact import redacted
from summarise.retries import said

if TYPE_CHECKING:
    from openai import AsyncOpenAI
    from openai.types import Batch

ENDPOINT: Final = "/v1/chat/completions"
POLL = 30.0  # seconds between two looks at a batch
WAITING = "waiting"
"""The kind of an answer that is not there yet."""

_ENDED = frozenset({"completed", "failed", "expired", "cancelled"})
_USELESS = frozenset({"failed", "expired", "cancelled", "cancelling"})
_MARK = "requests"  # the metadata that names a batch's requests

Job = TypeVar("Job")
Result = TypeVar("Result")
OnStatus = Callable[["Batch"], None]


def custom_id(body: Mapping[str, Any]) -> str:
    """The name of a call in a batch: the same for the same body."""
    return f"call-{sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:32]}"


class BatchClient(Client):
    """A client that asks by batches, and keeps all that it needs in `folder`."""

    def __init__(
        self,
        model: str,
        base_url: str | None,
        api_key: str | None,
        profile: Profile,
        folder: Path,
        *,
        limits: Limits | None = None,
        poll: float = POLL,
    ) -> None:
        super().__init__(model, base_url, api_key, profile.batched(), limits=limits)
        self.waiting = 0
        """Calls since it was last set to 0 that have no answer yet."""
        self._poll = poll
        self._held = BatchFolder(folder)
        self._counted: set[str] = set()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._held.close()
        await super().__aexit__(kind, error, trace)

    async def ask(
        self,
        messages: Sequence[Mapping[str, str]],
        schema: type[BaseModel],
        *,
        max_tokens: int,
    ) -> Answer[BaseModel]:
        """The answer that a batch brought; one of the kind "waiting" where none did yet."""
        body = self.request(messages, schema, max_tokens=max_tokens)
        name = custom_id(body)
        line = self._held.get(name)
        if line is None:
            return self._noted(name, body)
        got, answered = _completion(line), status(line) == 200
        if answered and name not in self._counted:
            self._counted.add(name)
            self.spent.add(_characters(body), got.counts)
        return replace(
            got.read(schema),
            retries=max(self._held.failures[name] - passing(line), 0),
            unmetered=int(answered and got.counts is None),
        )

    def _noted(self, name: str, body: dict[str, Any]) -> Answer[BaseModel]:
        line = {"custom_id": name, "method": "POST", "url": ENDPOINT, "body": body}
        written = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
        try:
            written.encode()
        except UnicodeEncodeError as error:  # a lone surrogate
            why = f"the request cannot be written as UTF-8: {error}"
            return Answer(None, error=why, kind="unsendable")
        self.waiting += 1
        self._held.note(name, written, _characters(body))
        return Answer(None, error="the answer waits for a batch", kind=WAITING)

    async def fetch(self, on_status: OnStatus | None = None) -> None:
        """Everything that was asked for and is not there: sent, waited for, and kept.

        Raises SpendLimitError where it would cost more than is allowed, ModelError where a batch
        cannot be made or brought nothing.
        """
        sizes = list(self._held.waiting.values())
        if sizes:
            await self.spent.allow(sum(sizes), len(sizes))
        for path in self._held.requests():
            self._held.started(path, await self._made(path))
        await self.resume(on_status)

    async def resume(self, on_status: OnStatus | None = None) -> None:
        """Waits for the batches that were made and not fetched, those of an earlier run too."""
        for path, batch_id in self._held.open():
            batch = await self._finished(batch_id, on_status)
            if not await self._fetched(batch):
                self._held.lose(batch.id)
                path.with_suffix(".batch").unlink(missing_ok=True)
                raise ModelError(
                    f"batch {batch.id!r} is {batch.status} and brought no answers{_faults(batch)}; "
                    "run again to send its requests once more"
                )

    async def _made(self, path: Path) -> str:
        """The id of the batch of these requests: one that was made and not noted, or a new one."""
        openai = self._patient()
        with self._explained("a batch could not be made"):
            for known in (await openai.batches.list(limit=100)).data:
                same = (known.metadata or {}).get(_MARK) == path.stem
                if same and known.status not in _USELESS and not self._held.has(known.id):
                    return known.id
            file = await openai.files.create(file=path, purpose="batch")
            made = await openai.batches.create(
                input_file_id=file.id,
                endpoint=ENDPOINT,
                completion_window="24h",
                metadata={_MARK: path.stem},
            )
        return made.id

    async def _finished(self, batch_id: str, on_status: OnStatus | None) -> Batch:
        while True:
            with self._explained(f"batch {batch_id!r} cannot be looked at"):
                batch = await self._patient().batches.retrieve(batch_id)
            if on_status is not None:
                on_status(batch)
            if batch.status in _ENDED:
                return batch
            await anyio.sleep(self._poll)

    async def _fetched(self, batch: Batch) -> int:
        """Keeps what a batch brought, answers and errors; how many lines there are."""
        files = [file for file in (batch.output_file_id, batch.error_file_id) if file]
        places = [self._held.part(file) for file in files]
        for file, place in zip(files, places, strict=True):
            with self._explained(f"the answers of batch {batch.id!r} cannot be fetched"):
                content = self._patient().files.with_streaming_response.content(file)
                async with content as response:
                    await response.stream_to_file(place)
        return self._held.keep(batch.id, places)

    def _patient(self) -> AsyncOpenAI:
        """The library's own tries do for the few calls that manage a batch."""
        return self._opened().with_options(max_retries=self.limits.retries)

    @contextmanager
    def _explained(self, what: str) -> Iterator[None]:
        from openai import APIError

        try:
            yield
        except APIError as error:
            self._raise_if_hopeless(error)
            why = said(error, self._secret)
            raise ModelError(f"{what}: {why}; run again to go on with it") from None


async def in_batches(
    jobs: Iterable[Job],
    serve: Callable[[Job], Awaitable[Result]],
    client: BatchClient,
    on_result: Callable[[Job, Result], None],
    on_status: OnStatus | None = None,
) -> None:
    """Serves each job, one after another, as often as it takes for no call of it to wait.

    `on_result` is told of each job that is done, in the order in which they are done. Raises what
    `serve` and `BatchClient.fetch` raise.
    """
    left: Iterable[Job] = jobs
    while True:
        later: list[Job] = []
        for job in left:
            client.waiting = 0
            result = await serve(job)
            if client.waiting:
                later.append(job)
            else:
                on_result(job, result)
        if not later:
            return
        await client.fetch(on_status)
        left = later


def _completion(line: Mapping[str, Any]) -> Completion:
    """The completion in a line of a batch's output, or why there is none."""
    response, failed = line.get("response"), line.get("error")
    body = response.get("body") if isinstance(response, Mapping) else None
    if status(line) == 200:
        return Completion.of(body)
    told = body.get("error") if isinstance(body, Mapping) else failed
    told = told if isinstance(told, Mapping) else {}
    why = redacted(str(told.get("message") or told.get("code") or "no answer"))
    kind = str(status(line) or told.get("code") or "no answer")
    return Completion(kind=kind, error=f"in its batch: {why:.300}")


def _faults(batch: Batch) -> str:
    """What is wrong with the requests of a batch, as far as it tells."""
    listed = (batch.errors.data or []) if batch.errors else []
    told = [f"line {one.line}: {one.message}" if one.line else str(one.message) for one in listed]
    return f" ({redacted('; '.join(told[:3]))})" if told else ""


def _characters(body: Mapping[str, Any]) -> int:
    return sum(len(message["content"]) for message in body["messages"])
