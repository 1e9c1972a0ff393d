"""Articles served side by side: so many at a time, and told of in the order given."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Generic, TypeVar

import anyio

from summarise.errors import SummariseError
from summarise.records import Article

Source = TypeVar("Source")
Result = TypeVar("Result")


async def in_order(
    jobs: Iterable[tuple[Source, Article | SummariseError]],
    serve: Callable[[Article], Awaitable[Result | SummariseError]],
    at_once: int,
    on_result: Callable[[Source, Result | SummariseError], None],
) -> None:
    """Serves `at_once` articles at a time; `on_result` is told of each in the order of `jobs`.

    A job that holds an error is told of as it is. An error that `serve` raises ends the others:
    what is done is told of first, with that error for each one before it that is not.
    """
    results = _Results(on_result)
    lost: list[SummariseError] = []
    slots = anyio.CapacityLimiter(at_once)

    async def one(number: int, article: Article) -> None:
        try:
            result = await serve(article)
        except SummariseError as error:
            lost.append(error)
            tasks.cancel_scope.cancel()
            return
        finally:
            slots.release_on_behalf_of(number)
        results.put(number, result)

    try:
        async with anyio.create_task_group() as tasks:
            for source, article in jobs:
                number = results.expect(source)
                if isinstance(article, SummariseError):
                    results.put(number, article)
                    continue
                await slots.acquire_on_behalf_of(number)
                tasks.start_soon(one, number, article)
    except BaseExceptionGroup as group:
        raise single(group) from None
    if lost:
        results.close(lost[0])
        raise lost[0]


class _Results(Generic[Source, Result]):
    """Results as they come, told of in the order in which they were expected."""

    def __init__(self, on_result: Callable[[Source, Result | SummariseError], None]) -> None:
        self._on_result = on_result
        self._sources: list[Source] = []
        self._ready: dict[int, Result | SummariseError] = {}
        self._told = 0

    def expect(self, source: Source) -> int:
        """The number under which the result for `source` will come."""
        self._sources.append(source)
        return len(self._sources) - 1

    def put(self, number: int, result: Result | SummariseError) -> None:
        """A result is there; it is told of once all before it are."""
        self._ready[number] = result
        while self._told in self._ready:
            self._tell(self._ready.pop(self._told))

    def close(self, error: SummariseError) -> None:
        """Tell of what is ready, with `error` for each before it that will not come any more."""
        while self._ready:
            self._tell(self._ready.pop(self._told, error))

    def _tell(self, result: Result | SummariseError) -> None:
        source = self._sources[self._told]
        self._told += 1
        self._on_result(source, result)


def single(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The error that ended a group of tasks: one of ours before any other."""
    ours, rest = group.split(SummariseError)
    error: BaseException = ours or rest or group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
