"""The command line: arguments in, exit code out.

Results go to standard output; progress, notes, errors and the closing figures to standard error.
Everything heavy is imported inside the command that needs it, so that `--help` is quick.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from summarise import __version__
from summarise.cassettes_cli import app as cassettes_app
from summarise.corpus_cli import app as corpus_app
from summarise.errors import RecordError, SummariseError, WeightsError
from summarise.eval_cli import app as eval_app
from summarise.inputs import MAX_BYTES, Details, read_article
from summarise.options import (
    DEFAULT_PROMPT,
    AllowPrivate,
    BaseUrl,
    MaxBytes,
    Meta,
    Model,
    Outlet,
    Paths,
    Prompt,
    Published,
    Quiet,
    Record,
    Replay,
    Title,
)
from summarise.story_cli import add_to as add_story_commands
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
from summarise.wanted import Wanted, note

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
add_story_commands(app)
app.add_typer(models_app, name="models")
app.add_typer(eval_app, name="eval")
app.add_typer(cassettes_app, name="cassettes")
app.add_typer(corpus_app, name="corpus")


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


@app.command()
def extract(
    paths: Paths,
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
    meta: Meta = None,
    published: Published = None,
    outlet: Outlet = None,
    title: Title = None,
    model: Model = None,
    base_url: BaseUrl = None,
    prompt: Prompt = DEFAULT_PROMPT,
    max_bytes: MaxBytes = MAX_BYTES,
    allow_private: AllowPrivate = False,
    replay: Replay = False,
    record: Record = None,
    quiet: Quiet = False,
) -> None:
    """Extract the claims of articles, each one checked.

    One input that fails does not stop the others. With --out, standard output gets only what
    --format asks for.
    """
    wanted = Wanted(
        paths=paths,
        given=Details(published.date() if published else None, outlet, title),
        meta=meta,
        model=model,
        base_url=base_url,
        prompt=prompt,
        limits={"max_bytes": max_bytes, "allow_private": allow_private},
        replay=replay,
        record=record,
        quiet=quiet,
    )
    sink = Sink(output_format, out, len(paths) > 1, Status(quiet))
    wanted.extract(sink, out)
    sink.close()
    note(closing_lines(sink.done) if sink.done else [], quiet)
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
