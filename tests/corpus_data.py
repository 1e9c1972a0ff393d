"""What the tests of a corpus share: articles, a run of a store, what a store says of its inputs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anyio

from summarise.corpus import job
from summarise.corpus.display import Board
from summarise.corpus.status import ARTICLES, Status
from summarise.corpus.store import Store

MODEL = "gpt-5.4-mini"
CLAIM = {
    "sentences": [1],
    "text": "The ferry stopped.",
    "source": None,
    "via": [],
    "certainty": "certain",
    "polarity": "positive",
}
ANSWER = {"claims": [CLAIM]}
"""Holds for every article of `ferry`."""


def ferry(number: int) -> str:
    """An article of one sentence, each its own."""
    return f"The ferry stopped on day {number} of the strike.\n"


def folder(path: Path, count: int) -> Path:
    """A folder of so many articles."""
    path.mkdir()
    for number in range(count):
        (path / f"a{number:03}.txt").write_text(ferry(number))
    return path


def run(store: Path, *inputs: Path | str, **told: Any) -> Status:
    """A run of a corpus; `told` is what `Options` and `run` take."""
    limits = told.pop("limits", None)
    options = job.Options(tuple(map(str, inputs)), **{"model": MODEL, **told})

    async def main() -> Status:
        return await job.run(store, options, Board(quiet=True), limits)

    return anyio.run(main)


def resume(store: Path, **told: Any) -> Status:
    """A run of a corpus taken up again."""

    async def main() -> Status:
        return await job.resume(store, Board(quiet=True), **told)

    return anyio.run(main)


def told_of(store: Path, *columns: str) -> list[tuple[Any, ...]]:
    """These columns of each article of a store, in order."""
    with Store.open(store) as opened:
        found = opened.rows(f"SELECT {', '.join(columns)} FROM ({ARTICLES}) ORDER BY ordinal")  # noqa: S608
        return [tuple(row) for row in found]
