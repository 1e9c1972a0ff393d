"""Records the cases of a suite, each for itself: a case that fails leaves what was there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from summarise.cassette_checks import MENDED_BY_RECORDING, Fault
from summarise.cassette_replay import play
from summarise.cassettes import Library, check, played_prompt
from summarise.errors import InputError, ModelError
from summarise.evaluation.run import articles
from summarise.interactions import failed_requests, read_interactions
from summarise.manifest import Entry, entry_of, file_name, note
from summarise.pipeline import OnProgress, aextract
from summarise.records import Article
from summarise.tape_file import write_whole

if TYPE_CHECKING:
    from summarise.evaluation.suite import Suite


_ACT = "see that the server runs well, and record the case again"


@dataclass(frozen=True)
class Server:
    """Who is asked; None is whatever `summarise extract` would ask."""

    model: str | None = None
    base_url: str | None = None


def folder_of(suite: Suite) -> Path:
    """Where a suite's recordings go. Raises InputError where its settings do not say."""
    if suite.run.recordings is None:
        raise InputError(
            f"the suite {suite.name!r} names no folder for recordings: set 'recordings' under "
            '[run] in its suite.toml, such as "../../cassettes/suite"'
        )
    return suite.run.recordings


def outdated(suite: Suite, only: Collection[str]) -> dict[str, list[Fault]]:
    """The cases whose recording is missing or does not fit any more, with the reasons."""
    folder = folder_of(suite)
    wanted = suite.model_copy(update={"chosen": tuple(only)})
    found: dict[str, list[Fault]] = {}
    for fault in check([folder], Library((wanted,))):
        if fault.case in only and fault.kind in MENDED_BY_RECORDING:
            found.setdefault(fault.case, []).append(fault)
    return found


async def record(
    suite: Suite, name: str, server: Server, on_progress: OnProgress | None = None
) -> Entry:
    """Record one case and say how it was made.

    The recording is made beside and played once; only then does it take the place of an older
    one. Raises SummariseError where there is none that plays.
    """
    target = folder_of(suite) / file_name(name)
    [article] = articles(suite, only=(name,))
    with TemporaryDirectory() as scratch:
        new = Path(scratch) / target.name
        await aextract(
            article,
            model=server.model or suite.run.model,
            base_url=server.base_url,
            prompt=played_prompt(suite),
            record=new,
            on_progress=on_progress,
        )
        entry = entry_of(new)
        if entry is None or not entry.interactions:
            raise ModelError(f"no answer came that could be recorded for case {name!r}; {_ACT}")
        await _proven(article, new, entry, played_prompt(suite))
        write_whole(target, new.read_bytes())
    note(target, entry)
    return entry


async def _proven(article: Article, new: Path, entry: Entry, prompt: str) -> None:
    """Raises ModelError for a recording with which a replay would not do what the run did."""
    failed = failed_requests(read_interactions(new))
    if failed:
        raise ModelError(
            f"the server failed {failed} of {entry.interactions} requests each time; {_ACT}"
        )
    played = await play(article, new, entry.model, prompt)
    if played.error is not None or played.unused:
        raise ModelError(
            "the new recording does not play"
            f" ({played.error or f'{played.unused} interactions are not asked for'}); {_ACT}"
        )
