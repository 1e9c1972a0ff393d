"""How long to wait before a call is made again, and what a server says about that."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import anyio

_SECONDS = re.compile(r"\d+(\.\d+)?")
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(ms|d|h|m|s)")
_UNITS = {"d": 86400.0, "h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_COUNTED = ("requests", "tokens")
"""What OpenAI limits: x-ratelimit-remaining-* is left, x-ratelimit-reset-* is when all of it is
there again."""

_LONGEST_REFILL = 30.0
"""Seconds waited for that: some of it is there long before all of it."""


def asked_to_wait(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Seconds that a server which turned a call away asks for; None where it does not say.

    Retry-After is seconds or an HTTP date (RFC 9110, 10.2.3), retry-after-ms milliseconds.
    """
    milliseconds = headers.get("retry-after-ms", "").strip()
    if _SECONDS.fullmatch(milliseconds):
        return float(milliseconds) / 1000
    said = headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(said):
        return float(said)
    until = _date(said) if said else None
    if until is not None:
        return max(0.0, (until - (now or datetime.now(UTC))).total_seconds())
    return until_refilled(headers)


def until_refilled(headers: Mapping[str, str]) -> float | None:
    """Seconds until a server that has nothing left has some again; None where it has."""
    waits = [
        length(headers.get(f"x-ratelimit-reset-{what}", ""))
        for what in _COUNTED
        if headers.get(f"x-ratelimit-remaining-{what}", "").strip() == "0"
    ]
    told = [wait for wait in waits if wait is not None]
    return min(max(told), _LONGEST_REFILL) if told else None


def length(text: str) -> float | None:
    """Seconds in a length as OpenAI writes it: '6m0s', '20ms', '1.5s'; None for anything else."""
    parts = _LENGTH.findall(text.strip())
    if not parts or "".join(number + unit for number, unit in parts) != text.strip():
        return None
    return sum(float(number) * _UNITS[unit] for number, unit in parts)


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


@dataclass
class Pauses:
    """The pauses of one client: those of a single call, and those that hold all of them.

    `first` and `longest` are seconds: the bound of a pause doubles from the first on, and each
    lasts a random part of its bound (full jitter), so that calls that failed together do not come
    back together. `still` is for answers that are played: nothing is waited for.
    """

    first: float
    longest: float
    seed: int | None = None
    still: bool = False
    _random: random.Random = field(init=False, repr=False)
    _until: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311 - spreads calls, guards nothing

    def after(self, tries: int) -> float:
        """Seconds before the next try, after so many that failed."""
        bound = min(self.first * 2 ** min(tries - 1, 30), self.longest)
        return 0.0 if self.still else self._random.uniform(0, bound)

    def hold(self, seconds: float) -> None:
        """Keep every call from starting for so long, and a random bit longer."""
        if not self.still:
            bit = self._random.uniform(0, min(self.first, seconds / 10))
            self._until = max(self._until, time.monotonic() + seconds + bit)

    @property
    def left(self) -> float:
        """Seconds until calls may start again."""
        return max(0.0, self._until - time.monotonic())

    async def over(self) -> None:
        """Returns once calls may start; a pause may grow while it lasts."""
        while (left := self.left) > 0:
            await anyio.sleep(left)
