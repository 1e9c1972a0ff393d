"""How a run goes, for people: a bar on a terminal, a few plain lines anywhere else."""

from __future__ import annotations

import sys
import time
from collections import Counter
from types import TracebackType
from typing import TYPE_CHECKING, Self

from summarise.corpus.status import Status

if TYPE_CHECKING:
    from rich.progress import Progress

    from summarise.corpus.work import Outcome
    from summarise.profiles import Profile


class Board:
    """Shows rate, cost, the estimated end and failures by kind, on standard error.

    Nothing but notes where standard error is no terminal, and not even those where `quiet`.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._progress: Progress | None = None
        self._failures: Counter[str] = Counter()
        self._cost: float | None = 0.0
        self._began = 0.0
        self._ended = 0

    def __enter__(self) -> Self:
        if sys.stderr.isatty() and not self._quiet:
            self._progress = _progress()
            self._progress.start()
            self._task = self._progress.add_task("listing", total=None, told="")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def note(self, text: str) -> None:
        """A line that stays."""
        if self._progress is not None:
            self._progress.console.print(text, markup=False, highlight=False)
        elif not self._quiet:
            sys.stderr.write(f"{text}\n")

    def listed(self, count: int) -> None:
        """So many inputs are listed."""
        if self._progress is not None:
            self._progress.update(self._task, completed=count, told=f"{count:,} inputs")

    def begins(self, status: Status, profile: Profile) -> None:
        """The asking begins; what is done counts as done."""
        self._profile = profile
        self._cost, self._failures = status.cost, Counter(status.failures)
        self._began, self._ended = time.monotonic(), 0
        if self._progress is not None:
            ended = status.articles - status.open
            self._progress.reset(self._task, total=status.articles, completed=ended)
            self._progress.update(self._task, description=profile.name)

    def ended(self, outcome: Outcome) -> None:
        """One more article is done or has failed."""
        self._ended += 1
        if outcome.kind is not None:
            self._failures[outcome.kind] += 1
        if outcome.extraction is not None and self._cost is not None:
            run = outcome.extraction.run
            cost = self._profile.cost(run.input_tokens, run.output_tokens, run.cached_tokens)
            self._cost = None if cost is None else self._cost + cost
        if self._progress is not None:
            self._progress.update(self._task, advance=1, told=self._told())

    def _told(self) -> str:
        rate = self._ended / max(time.monotonic() - self._began, 1e-9)
        cost = "" if not self._cost else f" · ${self._cost:,.2f}"
        failed = "".join(f" · {count} {kind}" for kind, count in self._failures.most_common(3))
        return f"{rate:,.1f}/s{cost}{failed}"


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[told]}", markup=False),
        console=Console(stderr=True),
        transient=True,
    )
