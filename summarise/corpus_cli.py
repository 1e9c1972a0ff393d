"""The commands under `summarise corpus`: arguments in, exit code out.

Exit codes: 0 every article is done; 1 some failed or still wait; 2 wrong use, or nothing could be
done.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarise.errors import InputError
from summarise.inputs import MAX_BYTES
from summarise.options import (
    DEFAULT_PROMPT,
    AllowPrivate,
    BaseUrl,
    MaxBytes,
    Model,
    Prompt,
    Quiet,
    spread,
)
from summarise.terminal import write_out

if TYPE_CHECKING:
    from summarise.client import Limits
    from summarise.corpus.display import Board
    from summarise.corpus.status import Status

SOME_LEFT = 1

app = typer.Typer(
    help="Extract the claims of many articles: resumable, each paid for once.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

StorePath = Annotated[
    Path, typer.Option("--store", metavar="FILE", help="The SQLite file that holds all of it.")
]


@dataclass(frozen=True)
class Bounds:
    """The options that bound what a run may do at a time, and spend."""

    concurrency: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Calls in flight at most.")
    ] = None
    max_dollars: Annotated[
        float | None, typer.Option(metavar="USD", min=0, help="Stop before this is spent.")
    ] = None
    max_tokens: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Stop before so many are used.")
    ] = None
    requests_per_minute: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Calls a minute at most.")
    ] = None
    tokens_per_minute: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Tokens a minute at most.")
    ] = None
    article_seconds: Annotated[
        float | None, typer.Option(metavar="S", min=0.001, help="Time for one article at most.")
    ] = None

    def limits(self) -> Limits:
        """The limits that were given, the rest as they are by default."""
        from summarise.client import Limits

        given: dict[str, Any] = {
            "concurrency": self.concurrency,
            "dollars": self.max_dollars,
            "tokens": self.max_tokens,
            "requests_per_minute": self.requests_per_minute,
            "tokens_per_minute": self.tokens_per_minute,
            "article_seconds": self.article_seconds,
        }
        return Limits(**{name: value for name, value in given.items() if value is not None})


class Engine(StrEnum):
    """What a run is done by."""

    LOCAL = "local"
    DAFT = "daft"


class Form(StrEnum):
    """How a store is written out."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


class StatusForm(StrEnum):
    """How the counts are shown."""

    TEXT = "text"
    JSON = "json"


class Copies(StrEnum):
    """Which articles count as copies, asked for once."""

    NEAR = "near"
    EXACT = "exact"


@app.command()
@spread
def run(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT", help="Folders, patterns, JSONL, lists of URLs, files; - is stdin."
        ),
    ],
    store: StorePath,
    model: Model = None,
    base_url: BaseUrl = None,
    prompt: Prompt = DEFAULT_PROMPT,
    max_bytes: MaxBytes = MAX_BYTES,
    allow_private: AllowPrivate = False,
    copies: Annotated[
        Copies, typer.Option(metavar="KIND", help="What is asked for once: near or exact copies.")
    ] = Copies.NEAR,
    engine: Annotated[
        Engine, typer.Option(metavar="NAME", help="local, or daft: in worker processes.")
    ] = Engine.LOCAL,
    workers: Annotated[int, typer.Option(metavar="N", min=1, help="Worker processes of daft.")] = 2,
    batch: Annotated[
        bool, typer.Option("--batch", help="Ask by OpenAI's Batch API: half the price, slow.")
    ] = False,
    *,
    bounds: Bounds,
    quiet: Quiet = False,
) -> None:
    """List articles in a store and extract the claims of each.

    Begun again, it asks for nothing that it has.
    """
    from summarise.corpus import job

    if batch and engine is Engine.DAFT:
        raise InputError("--batch asks by files, --engine daft by processes: give one of the two")
    options = job.Options(
        inputs=tuple(inputs),
        model=model,
        base_url=base_url,
        prompt=prompt,
        max_bytes=max_bytes,
        allow_private=allow_private,
        near=copies is Copies.NEAR,
        workers=workers if engine is Engine.DAFT else 0,
        batch=batch,
    )
    _finish(lambda board: job.run(store, options, board, bounds.limits()), quiet, inputs)


@app.command()
@spread
def resume(
    store: StorePath,
    base_url: BaseUrl = None,
    *,
    bounds: Bounds,
    quiet: Quiet = False,
) -> None:
    """Take up a run that was broken off."""
    _take_up(store, base_url, bounds, quiet=quiet)


@app.command("retry-failed")
@spread
def retry_failed(
    store: StorePath,
    base_url: BaseUrl = None,
    *,
    bounds: Bounds,
    quiet: Quiet = False,
) -> None:
    """Ask again for what failed."""
    _take_up(store, base_url, bounds, quiet=quiet, failed=True)


@app.command()
def status(
    store: StorePath,
    output_format: Annotated[
        StatusForm, typer.Option("--format", "-f", metavar="FORMAT", help="text or json.")
    ] = StatusForm.TEXT,
) -> None:
    """Show how far a store is: articles by state, tokens, cost, failures."""
    from summarise.corpus.status import status_of, told, told_as_json
    from summarise.corpus.store import Store

    with Store.open(store) as opened:
        found = status_of(opened)
    write_out(told_as_json(found) if output_format is StatusForm.JSON else told(found))


@app.command()
def export(
    store: StorePath,
    output_format: Annotated[
        Form, typer.Option("--format", "-f", metavar="FORMAT", help="jsonl, csv or parquet.")
    ] = Form.JSONL,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write to this file; else to stdout.")
    ] = None,
    usage: Annotated[
        bool, typer.Option("--usage", help="JSONL: add attempts, tokens and seconds.")
    ] = False,
) -> None:
    """Write the articles out, in the order of the inputs."""
    from summarise.corpus import export as exports
    from summarise.corpus.store import Store

    form = exports.ExportFormat(output_format)
    with Store.open(store) as opened:
        if out is not None:
            exports.export(opened, form, out, usage=usage)
        else:
            for text in exports.pieces(opened, form, usage=usage):
                write_out(text)


def _take_up(
    store: Path, base_url: str | None, bounds: Bounds, *, quiet: bool, failed: bool = False
) -> None:
    """Go on with a run; `failed` says whether what failed is asked for again."""
    from summarise.corpus import job

    go_on = partial(job.resume, store, limits=bounds.limits(), base_url=base_url, failed=failed)
    _finish(go_on, quiet)


def _finish(
    job: Callable[[Board], Awaitable[Status]], quiet: bool, inputs: Sequence[str] = ()
) -> None:
    """Run a job, tell how the store stands after it, and end with the exit code.

    Raises InputError where there were `inputs` and no article in them.
    """
    import anyio

    from summarise.corpus.display import Board
    from summarise.corpus.status import told

    with Board(quiet=quiet) as board:
        found = anyio.run(job, board)
    if inputs and not found.articles:
        listed = ", ".join(map(repr, inputs))
        raise InputError(f"no article in {listed}: name files, folders or patterns that hold some")
    if not quiet:
        sys.stderr.write(told(found))
    raise typer.Exit(SOME_LEFT if found.states["failed"] or found.open else 0)
