"""What bounds the calls to a model: how many at once, how many a minute, how long, what they cost.

The calls in flight follow what the server takes (additive increase, multiplicative decrease: half
as many after each time it turns calls away, one more for each round that goes well).
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

import anyio

from summarise.errors import ModelError, SpendLimitError
from summarise.profiles import Profile

MINUTE = 60.0  # seconds

_FIRST_RATIO = 0.25
"""Tokens a character, until a server has counted some."""


@dataclass(frozen=True)
class Limits:
    """Bounds of one client; None is no bound.

    `timeout` is seconds a try, `retries` the further tries after one that failed. `call_seconds`
    holds for all tries of a call together, pauses included; `article_seconds` for all calls made
    within `deadline`. `dollars` and `tokens` bound what is spent: see `Spend`. `seed` makes the
    pauses between tries repeatable.
    """

    concurrency: int | None = None
    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None
    dollars: float | None = None
    tokens: int | None = None
    timeout: float = 300
    retries: int = 3
    call_seconds: float | None = 1200
    article_seconds: float | None = None
    seed: int | None = None

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            least = 0 if name in ("retries", "seed") else 1e-9
            if value is not None and not value >= least:
                raise ModelError(f"{name} is {value!r}, but a limit is above 0; leave it out")


class Throttle:
    """How many calls may be in flight: `most` at first, fewer where the server turns some away."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._level = float(most)
        self._lowered = 0.0  # when
        self._slots = anyio.CapacityLimiter(most)
        self._turns = anyio.CapacityLimiter(most)

    @property
    def now(self) -> int:
        """How many calls may be in flight now."""
        return int(self._turns.total_tokens)

    def slot(self) -> AbstractAsyncContextManager[None]:
        """A place among the calls that are begun, in the order of asking."""
        return _place(self._slots)

    def turn(self) -> AbstractAsyncContextManager[None]:
        """A place among those in flight, for one try: only those begun wait for it, so that one to
        be made again does not stand behind all that were never made."""
        return _place(self._turns)

    def went_well(self) -> None:
        """A call was answered: a whole round of such makes room for one more."""
        if self._level < self.most:
            self._set(self._level + 1 / self._level)

    def turned_away(self, began: float) -> None:
        """A call that began at `began` (`time.monotonic`) met a limit of the server's.

        Those in flight together are turned away together: only the first of them counts.
        """
        if began >= self._lowered:
            self._lowered = time.monotonic()
            self._set(self._level / 2)

    def _set(self, level: float) -> None:
        self._level = min(max(level, 1.0), float(self.most))
        if int(self._level) != self._turns.total_tokens:
            self._turns.total_tokens = int(self._level)


@asynccontextmanager
async def _place(limiter: anyio.CapacityLimiter) -> AsyncIterator[None]:
    key = object()  # one task may hold several
    await limiter.acquire_on_behalf_of(key)
    try:
        yield
    finally:
        limiter.release_on_behalf_of(key)


class PerMinute:
    """A budget that holds for every window of a minute, wherever it begins."""

    def __init__(
        self, limit: int, *, window: float = MINUTE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.limit = limit
        self._window = window
        self._clock = clock
        self._taken: deque[list[float]] = deque()  # [when, amount], the oldest first
        self._sum = 0.0

    def wait(self, amount: float) -> float:
        """Seconds until `amount` fits; what is over the limit by itself fits an empty window."""
        now = self._clock()
        while self._taken and self._taken[0][0] + self._window <= now:
            self._sum -= self._taken.popleft()[1]
        over = self._sum + min(amount, self.limit) - self.limit
        for when, taken in self._taken:
            if over <= 0:
                break
            over -= taken
            if over <= 0:
                return max(when + self._window - now, 0.001)
        return 0.0

    def take(self, amount: float) -> list[float]:
        """Count `amount` from now on; what is given goes to `correct`."""
        self._taken.append([self._clock(), amount])
        self._sum += amount
        return self._taken[-1]

    def correct(self, taken: list[float], amount: float) -> None:
        """Say how much it was in the end."""
        if self._taken and self._taken[0][0] <= taken[0]:  # else its window is past
            self._sum += amount - taken[1]
            taken[1] = amount


@dataclass
class Spend:
    """What a client has used, by the server's own count, and the limit on that.

    A try whose answer told no usage (`unmetered`) is counted apart, and against the limit as the
    mean of the others. A call that would pass the limit is not made, so that at most the calls in
    flight can pass it, by as much as they differ from the mean.
    """

    profile: Profile
    dollars_limit: float | None = None
    tokens_limit: int | None = None
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    unmetered: int = 0
    _characters: int = field(default=0, repr=False)
    _unmetered_characters: int = field(default=0, repr=False)
    _under_way: list[int] = field(default_factory=list, repr=False)  # characters, one a call
    _idle: anyio.Event = field(default_factory=anyio.Event, repr=False)

    def __post_init__(self) -> None:
        if self.dollars_limit is not None and self.profile.cost(0, 0) is None:
            raise ModelError(
                f"the price of {self.profile.name!r} is unknown, so no limit in dollars can be "
                "kept; give a limit in tokens"
            )

    @property
    def dollars(self) -> float | None:
        """US dollars for the tokens that were counted; None where a price is unknown."""
        return self.profile.cost(self.input_tokens, self.output_tokens, self.cached_tokens)

    @property
    def bounded(self) -> bool:
        """Whether there is a limit."""
        return self.dollars_limit is not None or self.tokens_limit is not None

    def guess(self, characters: int, calls: int = 1) -> tuple[float, float]:
        """Input and output tokens to expect of calls with so many characters altogether."""
        answered = self.calls - self.unmetered
        ratio = self.input_tokens / self._characters if self._characters else _FIRST_RATIO
        told = characters * ratio
        return told, calls * self.output_tokens / answered if answered else told

    async def allow(self, characters: int, calls: int = 1) -> None:
        """Returns once calls of so many characters altogether are within the limit.

        Raises SpendLimitError where it is not even after all calls under way have ended: what they
        bring is paid for, and is kept.
        """
        while self.bounded and self._over(characters, calls):
            if not self._under_way:
                raise SpendLimitError(self._told())
            await self._idle.wait()

    @contextmanager
    def under_way(self, characters: int) -> Iterator[None]:
        """Counts a call as under way, until it is counted by `add`."""
        if not self._under_way:
            self._idle = anyio.Event()
        self._under_way.append(characters)
        try:
            yield
        finally:
            self._under_way.remove(characters)
            if not self._under_way:
                self._idle.set()

    def add(self, characters: int, counts: dict[str, int] | None) -> None:
        """One more try that reached the server: its token counts, None where it told none."""
        self.calls += 1
        if counts is None:
            self.unmetered += 1
            self._unmetered_characters += characters
            return
        self._characters += characters
        self.input_tokens += counts["input_tokens"]
        self.output_tokens += counts["output_tokens"]
        self.cached_tokens += counts["cached_tokens"]

    def _over(self, characters: int, calls: int) -> bool:
        waiting = characters + sum(self._under_way) + self._unmetered_characters
        asked, answered = self.guess(waiting, calls + len(self._under_way) + self.unmetered)
        if self.tokens_limit is not None:
            known = self.input_tokens + self.output_tokens
            if known + asked + answered > self.tokens_limit:
                return True
        if self.dollars_limit is None or self.dollars is None:
            return False
        more = self.profile.cost(round(asked), round(answered)) or 0.0
        return self.dollars + more > self.dollars_limit

    def _told(self) -> str:
        """The error of a limit that is reached."""
        limit = f"${self.dollars_limit:,.4g}" if self.dollars_limit is not None else ""
        if self.tokens_limit is not None:
            limit += f"{' or ' if limit else ''}{self.tokens_limit:,} tokens"
        cost = "" if self.dollars is None else f"${self.dollars:,.4f} for "
        unknown = f"; {self.unmetered:,} tries told no usage" if self.unmetered else ""
        return (
            f"the spend limit of {limit} leaves no room for another call: spent were {cost}"
            f"{self.input_tokens:,} input and {self.output_tokens:,} output tokens in "
            f"{self.calls:,} calls{unknown}. What is done is kept; raise the limit and run again "
            "to go on"
        )


_article_ends: ContextVar[tuple[float, float] | None] = ContextVar("_article_ends", default=None)


@contextmanager
def deadline(seconds: float | None) -> Iterator[None]:
    """All calls made within have so many seconds together; an inner deadline takes the place."""
    if seconds is None:
        yield
        return
    token = _article_ends.set((time.monotonic() + seconds, seconds))
    try:
        yield
    finally:
        _article_ends.reset(token)


def time_left() -> tuple[float, float] | None:
    """Seconds left of the deadline that holds here, and how many there were; None without one."""
    ends = _article_ends.get()
    return None if ends is None else (ends[0] - time.monotonic(), ends[1])
