"""The command line: arguments in, exit code out.

Results go to standard output; progress, notes, errors and the closing figures to standard error.
Everything heavy is imported inside the command that needs it, so that `--help` is quick.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from summarise import __version__
from summarise.cassettes_cli import app as cassettes_app
from summarise.errors import InputError, RecordError, SummariseError, WeightsError
from summarise.eval_cli import app as eval_app
from summarise.inputs import MAX_BYTES, Details, Job, jobs_of, read_article, read_sheet
from summarise.terminal import (
    FAILED,
    Format,
    Sink,
    Status,
    closing_lines,
    write_error,
    write_out,
    write_rich,
)

if TYPE_CHECKING:
    from summarise.records import Article, Claim

UNSUPPORTED, BUG = 1, 70
EXIT_CODES = (
    "Exit codes: 0 all is well; 1 some inputs failed, or a claim is unsupported; "
    "2 wrong use, or nothing could be done; 70 a bug; 130 interrupted."
)

app = typer.Typer(
    help="Turns news articles into claims that people can check.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
models_app = typer.Typer(
    help="The embedded model and its weights.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(models_app, name="models")
app.add_typer(eval_app, name="eval")
app.add_typer(cassettes_app, name="cassettes")


class ClaimFormat(StrEnum):
    """How checked claims are written to standard output."""

    TABLE = "table"
    JSON = "json"


def _version(wanted: bool) -> None:
    if wanted:
        write_out(f"summarise {__version__}\n")
        raise typer.Exit


@app.callback()
def _root(
    _wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    import logging

    # Libraries log warnings to standard error unless told otherwise; our errors say what matters.
    logging.basicConfig(handlers=[logging.NullHandler()])


Published = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Publish date, as 2025-01-31."),
]


@app.command()
def extract(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Files or URLs; - is standard input.")
    ],
    output_format: Annotated[
        Format | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="table (the default), json, jsonl, markdown or html.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write <stem>.json for each input into this folder."),
    ] = None,
    meta: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="JSON of published, outlet and title by file stem."),
    ] = None,
    published: Published = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Who published it.")] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Its headline.")] = None,
    model: Annotated[str | None, typer.Option(metavar="NAME", help="The model to ask.")] = None,
    base_url: Annotated[
        str | None, typer.Option(metavar="URL", help="An OpenAI-compatible server.")
    ] = None,
    prompt: Annotated[
        str, typer.Option(metavar="ID", help="A prompt, or a .md file.")
    ] = "extract.v1",
    max_bytes: Annotated[
        int, typer.Option(metavar="N", min=1, help="Refuse larger inputs.")
    ] = MAX_BYTES,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Let URLs lead to private addresses.")
    ] = False,
    replay: Annotated[
        bool, typer.Option("--replay", help="Play the shipped recording instead of a model.")
    ] = False,
    record: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="Record the model's answers: a file, or a folder."),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Only errors on standard error.")
    ] = False,
) -> None:
    """Extract the claims of articles, each one checked.

    One input that fails does not stop the others. With --out, standard output gets only what
    --format asks for.
    """
    if replay and record:
        raise InputError("--replay plays a recording, --record makes one: give one of the two")
    given = Details(published.date() if published else None, outlet, title)
    jobs = jobs_of(paths, out, given, read_sheet(meta))
    sink = Sink(output_format, out, len(paths) > 1, Status(quiet))
    limits = {"max_bytes": max_bytes, "allow_private": allow_private}
    articles = [article for job in jobs if (article := _read(job, sink, limits)) is not None]
    settings: dict[str, Any] = {"model": model, "base_url": base_url, "prompt": prompt}
    if replay:
        settings["replay"] = _shipped_recording()
        _notes(["Replaying the shipped recording: no model is asked."], quiet)
    if record and len(articles) > 1:
        record.mkdir(parents=True, exist_ok=True)
    if articles:
        _run(articles, sink, record=record, **settings)
    sink.close()
    _notes(closing_lines(sink.done) if sink.done else [], quiet)
    raise typer.Exit(sink.exit_code)


@app.command()
def verify(
    claims: Annotated[
        Path, typer.Argument(metavar="CLAIMS.json", help="An extraction, or a list of claims.")
    ],
    article: Annotated[
        str, typer.Argument(metavar="ARTICLE", help="What they are said to be of: file, URL or -.")
    ],
    output_format: Annotated[
        ClaimFormat, typer.Option("--format", "-f", metavar="FORMAT", help="table or json.")
    ] = ClaimFormat.TABLE,
    published: Published = None,
) -> None:
    """Check anyone's claims against an article.

    The exit code is 1 where a claim is unsupported.
    """
    from summarise.claim_files import load_claims
    from summarise.verify import Verifier

    loaded = load_claims(claims)
    if not loaded:
        raise RecordError(f"{str(claims)!r} holds no claims: there is nothing to verify")
    source = read_article(article, Details(published.date() if published else None))
    verifier = Verifier(source)
    checked = [verifier.check(claim) for claim in loaded]
    _show_checked(checked, source, output_format)
    raise typer.Exit(UNSUPPORTED if any(claim.verdict == "unsupported" for claim in checked) else 0)


def _show_checked(checked: Sequence[Claim], article: Article, form: ClaimFormat) -> None:
    if form is ClaimFormat.JSON:
        write_out(json.dumps([claim.model_dump(mode="json") for claim in checked], indent=2) + "\n")
        return
    from summarise import report

    write_rich(report.checked(checked, article))


def _notes(lines: Iterable[str], quiet: bool) -> None:
    if not quiet:
        sys.stderr.write("".join(f"{line}\n" for line in lines))


def _read(job: Job, sink: Sink, limits: dict[str, Any]) -> Article | None:
    """The article, or None where it cannot be read: that is said, and the others go on."""
    try:
        article = read_article(job.source, job.details, **limits)
    except SummariseError as error:
        sink.fail(error)
        return None
    sink.expect(job.stem)
    return article


def _run(articles: Sequence[Article], sink: Sink, **settings: Any) -> None:
    import anyio

    from summarise.pipeline import aextract_many
    from summarise.tasks import single

    async def run() -> None:
        await aextract_many(articles, on_result=sink.take, on_progress=sink.status.show, **settings)

    try:
        anyio.run(run)
    except SummariseError as error:
        sink.fail_rest(error)
    except BaseExceptionGroup as group:
        raise single(group) from None
    finally:
        sink.status.clear()


def _shipped_recording() -> Path:
    """The recording of the project's own articles: in the wheel, or in the repository."""
    here = Path(__file__).parent
    for folder in (here / "cassettes", here.parent / "cassettes"):
        if folder.is_dir():
            return folder
    raise InputError("--replay: no recording was shipped with this installation")


# ------------------------------------------------------------------------------------- models


@models_app.command("list")
def models_list() -> None:
    """List embedded models, and which are here."""
    from summarise import embedded

    for known in embedded.models():
        state = "here" if embedded.path(known) else "not fetched"
        facts = f"{known.title} · {known.licence} · {known.size / 1e9:.1f} GB"
        write_out(f"{known.name}  {facts}  ({state})\n")


@models_app.command("pull")
def models_pull() -> None:
    """Fetch the weights and check them."""
    from summarise import embedded

    status = Status(quiet=False)
    show = status.show_bytes if sys.stderr.isatty() else None
    try:
        found = embedded.pull(on_progress=show)
    finally:
        status.clear()
    write_out(f"{found}\n")


@models_app.command("path")
def models_path() -> None:
    """Show the file of the weights."""
    from summarise import embedded

    found = embedded.path()
    if found is None:
        raise WeightsError("the weights are not here: `summarise models pull` fetches them")
    write_out(f"{found}\n")


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line; ends with SystemExit, and never with a traceback of its own."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        app(arguments, prog_name="summarise")
    except SummariseError as error:
        write_error(str(error))
        raise SystemExit(FAILED) from None
    except Exception as error:
        if os.environ.get("SUMMARISE_DEBUG") == "1":
            raise
        write_error(
            f"{type(error).__name__}: {error}\n"
            "This is a bug in summarise. SUMMARISE_DEBUG=1 shows where it happened."
        )
        raise SystemExit(BUG) from None
    raise SystemExit(0)


if __name__ == "__main__":
    main()
