"""`summarise story`, `brief` and `schema`: several articles lined up, and a cited brief."""

from __future__ import annotations

import json
import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from summarise.errors import InputError
from summarise.files import write_file
from summarise.inputs import MAX_BYTES, Details
from summarise.options import (
    DEFAULT_PROMPT,
    AllowPrivate,
    BaseUrl,
    MaxBytes,
    Meta,
    Model,
    Paths,
    Prompt,
    Quiet,
    Record,
    Replay,
    spread,
)
from summarise.terminal import FAILED, Sink, Status, closing_lines, write_out, write_rich
from summarise.wanted import Wanted, finished, note

if TYPE_CHECKING:
    from summarise.records import Brief, Extraction, Story

Made = TypeVar("Made")
WORDS = 150


class StoryFormat(StrEnum):
    """How a story is written to standard output."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"


class BriefFormat(StrEnum):
    """How a brief is written to standard output."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"


Words = Annotated[int, typer.Option(metavar="N", min=1, help="Length of the brief, in words.")]
Ask = Annotated[
    bool | None,
    typer.Option(
        "--ask/--no-ask",
        help="Have the model compare claims that the rules leave open; the embedded one is not "
        "asked unless you say so.",
    ),
]
Out = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write to this file, not standard output.")
]


@dataclass(frozen=True)
class Extracting:
    """The options of a command that extracts: what is read, the model, what is recorded."""

    meta: Meta = None
    model: Model = None
    base_url: BaseUrl = None
    prompt: Prompt = DEFAULT_PROMPT
    max_bytes: MaxBytes = MAX_BYTES
    allow_private: AllowPrivate = False
    replay: Replay = False
    record: Record = None
    quiet: Quiet = False

    def wanted(self, paths: Sequence[str]) -> Wanted:
        """The same, with the inputs."""
        return Wanted(
            paths=paths,
            given=Details(),
            meta=self.meta,
            model=self.model,
            base_url=self.base_url,
            prompt=self.prompt,
            limits={"max_bytes": self.max_bytes, "allow_private": self.allow_private},
            replay=self.replay,
            record=self.record,
            quiet=self.quiet,
        )


class _Gathered(Sink):
    """Takes the extractions and writes none of them: they are on their way to a story."""

    def _write_one(self, result: Extraction) -> None:
        del result


def story(
    paths: Paths,
    output_format: Annotated[
        StoryFormat,
        typer.Option("--format", "-f", metavar="FORMAT", help="table, json, markdown or html."),
    ] = StoryFormat.TABLE,
    out: Out = None,
    words: Words = WORDS,
    ask: Ask = None,
    *,
    extracting: Extracting,
) -> None:
    """Line up the claims of several articles: what agrees, conflicts, was updated.

    Markdown and HTML hold a brief of --words words too.
    """
    from summarise.story import astory, astory_and_brief

    _check_out(out)
    wanted = extracting.wanted(paths)
    if output_format in (StoryFormat.MARKDOWN, StoryFormat.HTML):
        (told, short), code = _made(wanted, partial(astory_and_brief, words=words, ask=ask))
        _write(_report(output_format.value, told, short), out)
        raise typer.Exit(code)
    told, code = _made(wanted, partial(astory, ask=ask))
    if output_format is StoryFormat.TABLE and out is None:
        from summarise import story_report

        write_rich(story_report.table(told))
    else:
        _write(told.model_dump_json(indent=2) + "\n", out)
    raise typer.Exit(code)


def brief(
    paths: Paths,
    words: Words = WORDS,
    output_format: Annotated[
        BriefFormat,
        typer.Option("--format", "-f", metavar="FORMAT", help="text, json, markdown or html."),
    ] = BriefFormat.TEXT,
    out: Out = None,
    ask: Ask = None,
    *,
    extracting: Extracting,
) -> None:
    """Write a brief of one article or of a story; each sentence cites its claims."""
    from summarise.story import astory_and_brief

    _check_out(out)
    wanted = extracting.wanted(paths)
    (told, made), code = _made(wanted, partial(astory_and_brief, words=words, ask=ask))
    match output_format:
        case BriefFormat.TEXT:
            _write(_cited(made), out)
        case BriefFormat.JSON:
            _write(made.model_dump_json(indent=2) + "\n", out)
        case _:
            _write(_report(output_format.value, told, made), out)
    raise typer.Exit(code)


def schema(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="extraction, story or brief.")
    ] = None,
) -> None:
    """Print the JSON schema of a result; without a name, all of them."""
    from summarise.schema_files import known_schemas
    from summarise.schema_files import schema as schema_of

    found = schema_of(name) if name else {one: schema_of(one) for one in known_schemas()}
    write_out(json.dumps(found, indent=2, ensure_ascii=False) + "\n")


def add_to(app: typer.Typer) -> None:
    """Give an app these commands."""
    for command in (spread(story), spread(brief), schema):
        app.command()(command)


def _made(wanted: Wanted, make: Callable[..., Awaitable[Made]]) -> tuple[Made, int]:
    """What is made of the articles, and the exit code; ends the program where nothing could be."""
    sink = _Gathered(None, None, len(wanted.paths) > 1, Status(wanted.quiet))
    articles = wanted.articles(sink)
    if not articles:
        raise typer.Exit(FAILED)
    show = sink.status.show
    run = partial(make, articles, on_result=sink.take, on_progress=show, **wanted.settings())
    made = finished(run, sink)
    if made is None:
        raise typer.Exit(FAILED)
    note(closing_lines(sink.done), wanted.quiet)
    return made, sink.exit_code


def _report(kind: str, told: Story, brief: Brief) -> str:
    if kind == "html":
        from summarise.story_page import page

        return page(told, brief)
    from summarise.story_report import markdown

    return markdown(told, brief)


def _cited(brief: Brief) -> str:
    """The brief as plain text, the claims of each sentence in brackets behind it."""
    from summarise.report import clean

    cited = (f"{one.text} [{', '.join(one.claims)}]" for one in brief.sentences)
    return "".join(f"{clean(line)}\n" for line in cited)


def _check_out(out: Path | None) -> None:
    """Before anything is asked: raises InputError where the file cannot be one."""
    if out is None:
        return
    if out.is_dir():
        raise InputError(f"--out {str(out)!r} is a folder: name a file in it")
    above = next((one for one in out.absolute().parents if one.exists()), None)
    if above is not None and not above.is_dir():
        raise InputError(f"--out {str(out)!r}: {above.name!r} is a file and no folder to write in")
    if above is not None and not os.access(above, os.W_OK):
        raise InputError(
            f"--out {str(out)!r}: {str(above)!r} lets nobody write: name another folder"
        )


def _write(text: str, out: Path | None) -> None:
    if out is None:
        write_out(text)
    else:
        write_file(out, text)
