"""What a command that extracts was asked for, and the extraction of all of it."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from summarise.errors import InputError, SummariseError
from summarise.inputs import Details, Job, jobs_of, read_article, read_sheet

if TYPE_CHECKING:
    from summarise.records import Article
    from summarise.terminal import Sink

Result = TypeVar("Result")


@dataclass(frozen=True)
class Wanted:
    """The inputs of a command, what is known of them, the model, and what is recorded or played.

    `limits` go to `read`.
    """

    paths: Sequence[str]
    given: Details
    meta: Path | None
    model: str | None
    base_url: str | None
    prompt: str
    limits: dict[str, Any] = field(default_factory=dict)
    replay: bool = False
    record: Path | None = None
    quiet: bool = False

    def articles(self, sink: Sink, out: Path | None = None) -> list[Article]:
        """What could be read, each of it expected by `sink`; it is told of the rest."""
        if self.replay and self.record:
            raise InputError("--replay plays a recording, --record makes one: give one of the two")
        jobs = jobs_of(self.paths, out, self.given, read_sheet(self.meta))
        found = [article for job in jobs if (article := self._read(job, sink)) is not None]
        if self.replay:
            note(["Replaying the shipped recording: no model is asked."], self.quiet)
        if self.record and len(found) > 1:
            self.record.mkdir(parents=True, exist_ok=True)
        return found

    def settings(self) -> dict[str, Any]:
        """The model, the prompt and the recording, as the pipeline takes them."""
        return {
            "model": self.model,
            "base_url": self.base_url,
            "prompt": self.prompt,
            "replay": shipped_recording() if self.replay else None,
            "record": self.record,
        }

    def extract(self, sink: Sink, out: Path | None) -> None:
        """Extract all that can be read; `sink` takes what comes of each."""
        from summarise.pipeline import aextract_many

        articles = self.articles(sink, out)

        async def run() -> None:
            await aextract_many(
                articles, on_result=sink.take, on_progress=sink.status.show, **self.settings()
            )

        if articles:
            finished(run, sink)

    def _read(self, job: Job, sink: Sink) -> Article | None:
        """The article, or None where it cannot be read: that is said, and the others go on."""
        try:
            article = read_article(job.source, job.details, **self.limits)
        except SummariseError as error:
            sink.fail(error)
            return None
        sink.expect(job.stem)
        return article


def finished(run: Callable[[], Awaitable[Result]], sink: Sink) -> Result | None:
    """What `run` gives; None where it cannot go on, of which `sink` is told."""
    import anyio

    from summarise.tasks import single

    try:
        return anyio.run(run)
    except SummariseError as error:
        sink.fail_rest(error)
        return None
    except BaseExceptionGroup as group:
        raise single(group) from None
    finally:
        sink.status.clear()


def note(lines: Iterable[str], quiet: bool) -> None:
    """Lines for people, on standard error."""
    if not quiet:
        sys.stderr.write("".join(f"{line}\n" for line in lines))


def shipped_recording() -> Path:
    """The recording of the project's own articles: in the wheel, or in the repository."""
    here = Path(__file__).parent
    for folder in (here / "cassettes", here.parent / "cassettes"):
        if folder.is_dir():
            return folder
    raise InputError("--replay: no recording was shipped with this installation")
