"""The engine daft: what waits is sharded over worker processes, each with a client of its own.

Workers are handed texts and hand back outcomes; the store is written by the process that began the
run alone. A worker keeps no journal: what is killed with it is asked again, a shard at most.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from typing import Any

import anyio

from summarise.client import Client, Limits, connect
from summarise.corpus.attempt import attempt
from summarise.corpus.counting import CountingClient
from summarise.corpus.journal import Key
from summarise.corpus.local import Watch
from summarise.corpus.reading import Bounds, Content, Details
from summarise.corpus.store import Setting, Store
from summarise.corpus.work import Outcome, Task, finish, put_back, take
from summarise.errors import InputError, ModelError
from summarise.profiles import EMBEDDED_MODEL, profile_for
from summarise.prompt import Prompt
from summarise.records import Extraction
from summarise.tasks import single

SHARD = 32
"""Articles that a worker takes at a time."""
CHUNK = 2_048
"""Articles of one query: as many texts as the process that began the run ever holds."""


@dataclass
class DaftEngine:
    """Asks for what waits under one setting in so many worker processes.

    Raises ModelError where no call can do better, InputError where daft is missing or the run has
    a limit that processes cannot share.
    """

    store: Store
    setting: Setting
    prompt: Prompt
    base_url: str | None
    limits: Limits
    bounds: Bounds
    watch: Watch
    workers: int = 2

    def run(self) -> None:
        """Until nothing waits any more."""
        self._check()
        while tasks := list(islice(self._waiting(), CHUNK)):
            self._chunk(tasks)

    def _check(self) -> None:
        if self.setting.model == EMBEDDED_MODEL:
            raise InputError(
                "--engine daft needs a server that its workers share: give --base-url, or leave "
                "the engine out"
            )
        if self.limits.dollars is not None or self.limits.tokens is not None:
            raise InputError("a spend limit is kept by one process: leave --engine daft out")

    def _waiting(self) -> Iterator[Task]:
        while (task := take(self.store, self.setting)) is not None:
            yield task

    def _chunk(self, tasks: Sequence[Task]) -> None:
        daft = _daft()
        columns = {
            "content": [task.key.content for task in tasks],
            "label": [task.label for task in tasks],
            "text": [task.content.text.encode("utf-8", "surrogatepass") for task in tasks],
            "details": [json.dumps(asdict(task.content.details)) for task in tasks],
        }
        shard = _shard_of(daft, self.workers)(
            self.setting, self.prompt, self.base_url, self._share(), self.bounds
        )
        frame = daft.from_pydict(columns).into_batches(SHARD)
        told = shard.told(*(frame[name] for name in columns)).alias("told")
        by_content = {task.key.content: task for task in tasks}
        self._take_in(by_content, _rows(frame.select("content", told)))

    def _take_in(self, tasks: dict[str, Task], rows: Iterator[Mapping[str, Any]]) -> None:
        lost: str | None = None
        for row in rows:
            task, told = tasks.pop(row["content"]), json.loads(row["told"])
            if "lost" in told:
                lost = told["lost"]
                put_back(self.store, task)
                continue
            outcome = _outcome(told)
            finish(self.store, task, outcome, told["counts"])
            self.watch.ended(outcome)
        if lost is not None:
            raise ModelError(lost)

    def _share(self) -> Limits:
        """What each worker may do of what all of them may."""
        most = self.limits.concurrency or profile_for(self.setting.model).concurrency
        return replace(
            self.limits,
            concurrency=max(1, most // self.workers),
            requests_per_minute=_part(self.limits.requests_per_minute, self.workers),
            tokens_per_minute=_part(self.limits.tokens_per_minute, self.workers),
        )


@dataclass(frozen=True)
class Shard:
    """What a worker needs to know to ask about articles."""

    setting: Setting
    prompt: Prompt
    base_url: str | None
    limits: Limits
    bounds: Bounds

    async def told(self, tasks: Sequence[Task]) -> list[dict[str, Any]]:
        """What came of each task: an outcome and its counts, or why nothing more can come."""
        told: list[dict[str, Any]] = [{} for _ in tasks]

        async def one(number: int, client: Client) -> None:
            counting = CountingClient(client)
            try:
                outcome = await attempt(
                    tasks[number], counting, self.prompt, self.bounds, counting.failures
                )
            except ModelError as error:
                told[number] = {"lost": str(error)}
                return
            made = outcome.extraction and outcome.extraction.model_dump_json()
            told[number] = {**vars(outcome), "extraction": made, "counts": counting.counts}

        async with connect(self.setting.model, self.base_url, limits=self.limits) as client:
            try:
                async with anyio.create_task_group() as group:
                    for number in range(len(tasks)):
                        group.start_soon(one, number, client)
            except BaseExceptionGroup as errors:
                raise single(errors) from None
        return told


def _shard_of(daft: Any, workers: int) -> Any:
    """The class whose instances daft keeps in so many processes."""

    @daft.cls(use_process=True, max_concurrency=workers)
    class Worker:
        def __init__(self, *known: Any) -> None:
            self._shard = Shard(*known)

        @daft.method.batch(  # type: ignore[untyped-decorator]
            return_dtype=daft.DataType.string(), batch_size=SHARD
        )
        def told(self, *columns: Any) -> list[str]:
            rows = zip(*(column.to_pylist() for column in columns), strict=True)
            tasks = [_task(self._shard.setting, *row) for row in rows]
            return [json.dumps(told) for told in anyio.run(self._shard.told, tasks)]

    return Worker


def _rows(frame: Any) -> Iterator[Mapping[str, Any]]:
    try:
        yield from frame.iter_rows()
    except RuntimeError as error:
        last = (str(error).strip().splitlines() or [type(error).__name__])[-1]
        raise InputError(
            f"a worker of daft failed: {last}; what is done is kept, and `summarise corpus resume` "
            "goes on"
        ) from None


def _task(setting: Setting, content: str, label: str, text: bytes, details: str) -> Task:
    said = Content(text.decode("utf-8", "surrogatepass"), Details(**json.loads(details)))
    return Task(Key(content, setting.id), label, said)


def _outcome(told: Mapping[str, Any]) -> Outcome:
    made = told["extraction"]
    extraction = None if made is None else Extraction.model_validate_json(made)
    return Outcome(extraction, told["kind"], told["reason"])


def _part(limit: int | None, workers: int) -> int | None:
    return None if limit is None else max(1, limit // workers)


def _daft() -> Any:
    try:
        import daft
    except ImportError:
        raise InputError(
            "--engine daft needs daft: install it with `pip install 'summarise[daft]'`"
        ) from None
    return daft
