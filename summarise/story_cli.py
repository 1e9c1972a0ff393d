"""`summarise story`, `brief` and `schema`: several articles lined up, and a cited brief."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
)
from summarise.terminal import FAILED, Sink, Status, closing_lines, write_out, write_rich
from summarise.wanted import Wanted, finished, note

if TYPE_CHECKING:
    from summarise.records import Article, Brief, Extraction, Story

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
    meta: Meta = None,
    model: Model = None,
    base_url: BaseUrl = None,
    prompt: Prompt = DEFAULT_PROMPT,
    max_bytes: MaxBytes = MAX_BYTES,
    allow_private: AllowPrivate = False,
    replay: Replay = False,
    record: Record = None,
    quiet: Quiet = False,
) -> None:
    """Line up the claims of several articles: what agrees, conflicts, was updated.

    Markdown and HTML hold a brief of --words words too.
    """
    limits = {"max_bytes": max_bytes, "allow_private": allow_private}
    wanted = Wanted(paths, Details(), meta, model, base_url, prompt, limits, replay, record, quiet)
    told, brief, code = _made(wanted, words, ask)
    match output_format:
        case StoryFormat.TABLE if out is None:
            from summarise import story_report

            write_rich(story_report.table(told))
        case StoryFormat.JSON | StoryFormat.TABLE:
            _write(told.model_dump_json(indent=2) + "\n", out)
        case _:
            _write(_report(output_format.value, told, brief), out)
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
    meta: Meta = None,
    model: Model = None,
    base_url: BaseUrl = None,
    prompt: Prompt = DEFAULT_PROMPT,
    max_bytes: MaxBytes = MAX_BYTES,
    allow_private: AllowPrivate = False,
    replay: Replay = False,
    record: Record = None,
    quiet: Quiet = False,
) -> None:
    """Write a brief of one article or of a story; each sentence cites its claims."""
    limits = {"max_bytes": max_bytes, "allow_private": allow_private}
    wanted = Wanted(paths, Details(), meta, model, base_url, prompt, limits, replay, record, quiet)
    told, made, code = _made(wanted, words, ask)
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
    for command in (story, brief, schema):
        app.command()(command)


def _made(wanted: Wanted, words: int, ask: bool | None) -> tuple[Story, Brief, int]:
    """The story, the brief and the exit code; ends the program where nothing could be done."""
    sink = _Gathered(None, None, len(wanted.paths) > 1, Status(wanted.quiet))
    made = finished(_run(wanted.articles(sink), sink, wanted, words, ask), sink)
    if made is None:
        raise typer.Exit(FAILED)
    note(closing_lines(sink.done), wanted.quiet)
    return *made, sink.exit_code


def _run(
    articles: Sequence[Article], sink: Sink, wanted: Wanted, words: int, ask: bool | None
) -> Callable[[], Awaitable[tuple[Story, Brief]]]:
    from summarise.story import astory_and_brief

    settings: dict[str, Any] = wanted.settings()

    async def run() -> tuple[Story, Brief]:
        return await astory_and_brief(
            articles,
            words,
            ask=ask,
            on_result=sink.take,
            on_progress=sink.status.show,
            **settings,
        )

    if not articles:
        raise typer.Exit(FAILED)
    return run


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


def _write(text: str, out: Path | None) -> None:
    if out is None:
        write_out(text)
        return
    if out.is_dir():
        raise InputError(f"--out {str(out)!r} is a folder: name a file in it")
    write_file(out, text)
