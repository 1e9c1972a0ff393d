"""The calls of one client: let through within its limits, tried again, and counted."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import anyio

from summarise.completions import Completion
from summarise.errors import ModelError
from summarise.limits import Limits, PerMinute, Spend, Throttle, time_left
from summarise.pauses import Pauses
from summarise.retries import Failed
from summarise.telemetry import tried_again

MOST_WAITS = 20
"""How often one call is sent again to a server that says when; these tries count apart."""

Send = Callable[[], Awaitable[Completion | Failed]]


@dataclass
class Call:
    """One call: how much is sent, and what became of its tries so far.

    `unmetered` tries may have cost tokens that the server did not tell. `seconds` is the wall time
    from the first try on.
    """

    characters: int
    tries: int = 0
    waits: int = 0
    unmetered: int = 0
    seconds: float = 0.0

    @property
    def retries(self) -> int:
        """Tries that failed before the last."""
        return max(self.tries - 1, 0)


class Calls:
    """Makes calls: so many at once, so many a minute, each for so long; see `Limits`."""

    def __init__(self, limits: Limits, concurrency: int, pauses: Pauses, spend: Spend) -> None:
        self.throttle = Throttle(concurrency)
        self.pauses = pauses
        self._limits = limits
        self._spend = spend
        self._requests = _budget(limits.requests_per_minute, pauses)
        self._tokens = _budget(limits.tokens_per_minute, pauses)

    async def make(self, call: Call, send: Send) -> Completion | Failed:
        """What came of `send`, tried until there is an answer or no further try is worth it.

        Raises SpendLimitError where the limit leaves no room for a try, ModelError where the server
        asks for a pause that is longer than a call may take.
        """
        left = time_left()
        if left is None:
            return await self._in_its_turn(call, send)
        with anyio.move_on_after(max(left[0], 0)):
            return await self._in_its_turn(call, send)
        over = Failed("deadline", f"the {left[1]:g} s for the whole article are over")
        return _with_tries(over, call)

    async def _in_its_turn(self, call: Call, send: Send) -> Completion | Failed:
        seconds = self._limits.call_seconds
        async with self.throttle.slot():
            began = time.perf_counter()
            try:
                with anyio.move_on_after(seconds):
                    return await self._tried(call, send)
            finally:
                call.seconds = time.perf_counter() - began
        return _with_tries(Failed("deadline", f"no answer within {seconds:g} s"), call)

    async def _tried(self, call: Call, send: Send) -> Completion | Failed:
        while True:
            async with self.throttle.turn(), self._let_through(call) as taken:
                began = time.monotonic()
                got = await self._sent(call, send)
                self._counted(call, got, taken)
            if isinstance(got, Completion):
                self.throttle.went_well()
                return got
            wait = self._wait(call, got, began)
            if wait is None:
                return _with_tries(got, call)
            left = max(wait, self.pauses.left)
            tried_again(got.kind, left, call.tries, all_wait=got.overloaded)
            await anyio.sleep(wait)

    @asynccontextmanager
    async def _let_through(self, call: Call) -> AsyncIterator[list[float] | None]:
        """Waits for the pauses, the budgets and the spend limit, then takes from them."""
        expected = sum(self._spend.guess(call.characters))
        while True:
            await self.pauses.over()
            await self._spend.allow(call.characters)
            waits = [
                self._requests.wait(1) if self._requests else 0.0,
                self._tokens.wait(expected) if self._tokens else 0.0,
                self.pauses.left,
            ]
            if max(waits) <= 0:
                break
            await anyio.sleep(max(waits))
        if self._requests:
            self._requests.take(1)
        with self._spend.under_way(call.characters):
            yield self._tokens.take(expected) if self._tokens else None

    async def _sent(self, call: Call, send: Send) -> Completion | Failed:
        """One try; the limit holds for all of it, however slowly an answer trickles in."""
        call.tries += 1
        try:
            with anyio.fail_after(self._limits.timeout):
                return await send()
        except TimeoutError:
            why = f"no answer within {self._limits.timeout:g} s"
            return Failed("timeout", why, reached=True)
        except anyio.get_cancelled_exc_class():
            self._unmetered(call)  # the server may well go on with it
            raise

    def _counted(self, call: Call, got: Completion | Failed, taken: list[float] | None) -> None:
        counts = got.counts if isinstance(got, Completion) else None
        if counts is not None:
            self._spend.add(call.characters, counts)
        elif isinstance(got, Completion) or got.reached:
            self._unmetered(call)
        if taken is None or not self._tokens:
            return
        if counts is not None:
            self._tokens.correct(taken, counts["input_tokens"] + counts["output_tokens"])
        elif isinstance(got, Failed) and not got.reached:
            self._tokens.correct(taken, 0)

    def _unmetered(self, call: Call) -> None:
        call.unmetered += 1
        self._spend.add(call.characters, None)

    def _wait(self, call: Call, failed: Failed, began: float) -> float | None:
        """Seconds until the next try of this call, None where there is none; holds up the others
        where the server turned it away for their number."""
        wait = failed.wait
        longest = self._limits.call_seconds
        if failed.again and wait is not None and longest is not None and wait > longest:
            raise ModelError(
                f"the server takes no calls for {wait:,.0f} s ({failed.why}); what is done is "
                f"kept: run again then, or allow a call more than {longest:g} s"
            )
        if failed.overloaded:
            self.throttle.turned_away(began)
            self.pauses.hold(self.pauses.after(call.tries) if wait is None else wait)
        if wait is not None:
            call.waits += 1
        enough = call.tries - call.waits > self._limits.retries or call.waits > MOST_WAITS
        if not failed.again or enough:
            return None
        if failed.overloaded or self.pauses.still:
            return 0.0  # `hold` does it
        return self.pauses.after(call.tries) if wait is None else wait


def _budget(limit: int | None, pauses: Pauses) -> PerMinute | None:
    return PerMinute(limit) if limit is not None and not pauses.still else None


def _with_tries(failed: Failed, call: Call) -> Failed:
    """The failure with how often it was tried, where that was more than once."""
    return (
        replace(failed, why=f"{failed.why} (after {call.tries} tries)") if call.retries else failed
    )
