"""Runs a suite through the pipeline: the one place of the harness that asks a model.

Each extraction is written as it comes, so that a run which ends early has lost nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from summarise.errors import InputError, SummariseError
from summarise.evaluation.predictions import PREDICTIONS, Picked, Predictions, save
from summarise.evaluation.store import Scores
from summarise.evaluation.suite import Suite
from summarise.files import write_file
from summarise.pipeline import OnProgress, Source, aextract_many
from summarise.read import read
from summarise.records import Article, Extraction


async def run(
    suite: Suite,
    out: Path,
    *,
    split: str | None = None,
    only: Picked = None,
    model: str | None = None,
    prompt: str | None = None,
    replay: bool = False,
    record: Path | None = None,
    on_progress: OnProgress | None = None,
    **connection: Any,
) -> Scores:
    """Extract and score the cases of a suite; everything is written below `out`.

    `model` and `prompt` go before those of the suite; `replay` plays the suite's recordings,
    `record` is a folder where new ones are made.
    `connection` is `base_url` and `api_key`. An article that fails is a failed case. Raises
    InputError for a suite that cannot be run, ModelError where no article can be served.
    """
    asked = articles(suite, split, only)
    folder = out / PREDICTIONS

    def keep(source: Source, result: Extraction | SummariseError) -> None:
        assert isinstance(source, Article)  # noqa: S101 - only articles are given
        write_file(folder / f"{source.id}.json", _written(result))

    settings: dict[str, Any] = {"model": model or suite.run.model, **connection}
    if replay:
        settings["replay"] = _recordings(suite)
    if record is not None:
        record.mkdir(parents=True, exist_ok=True)  # a recording of its own for each case
        settings["record"] = record
    if prompt or suite.run.prompt:
        settings["prompt"] = prompt or suite.run.prompt
    await aextract_many(asked, on_result=keep, on_progress=on_progress, **settings)
    return save(suite, Predictions(folder), out, split, only)


def articles(suite: Suite, split: str | None = None, only: Picked = None) -> Sequence[Article]:
    """The articles of the cases, as a run extracts them. Raises InputError for a missing text."""
    return [
        _article(suite, case.gold.id, case.path, case.gold.published, case.gold.outlet)
        for case in suite.cases(split, only)
    ]


def _article(suite: Suite, name: str, path: Path | None, published: Any, outlet: Any) -> Article:
    if path is None:
        raise InputError(
            f"the suite {suite.name!r} has no text for case {name!r}: name the folder of its texts "
            "with --texts DIR, or score predictions of your own with `summarise eval score`"
        )
    return read(path, published=published, outlet=outlet).model_copy(update={"id": name})


def _written(result: Extraction | SummariseError) -> str:
    if isinstance(result, SummariseError):
        return json.dumps({"error": str(result)}, ensure_ascii=False) + "\n"
    return result.model_dump_json(indent=2) + "\n"


def _recordings(suite: Suite) -> Path:
    if suite.run.recordings is None:
        raise InputError(
            f"the suite {suite.name!r} names no recordings to play: set 'recordings' under [run] "
            "in its suite.toml, or run it without --replay"
        )
    return suite.run.recordings
