"""What the command line writes, and where: results, files of a folder, progress, errors."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from summarise.errors import InputError, SummariseError
from summarise.files import write_file

if TYPE_CHECKING:
    from rich.console import RenderableType

    from summarise.pipeline import Progress
    from summarise.records import Extraction

SOME_FAILED, FAILED, PIPE_CLOSED = 1, 2, 141
BAR = 20


class Format(StrEnum):
    """How an extraction is written to standard output."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    MARKDOWN = "markdown"
    HTML = "html"


def write_out(text: str) -> None:
    """`text` to standard output at once; a reader who has gone ends the program without a word."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered would fail again when the interpreter closes the stream.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
        raise typer.Exit(PIPE_CLOSED) from None


def write_rich(content: RenderableType) -> None:
    """Something of `rich` to standard output; colour and width as the stream allows."""
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=False)
    with console.capture() as capture:
        console.print(content)
    write_out("\n".join(line.rstrip(" ") for line in capture.get().split("\n")))


def write_error(message: str) -> None:
    """`message` to standard error, without control characters that could act on the terminal."""
    from summarise.report import clean

    lines = [clean(line) for line in f"error: {message}".splitlines()]
    sys.stderr.write("\n".join(lines) + "\n")


class Status:
    """One line on standard error that shows how far the work is; nothing where no one looks."""

    def __init__(self, quiet: bool) -> None:
        self._shown = not quiet and sys.stderr.isatty()

    def show(self, progress: Progress) -> None:
        """How many sentences of an article are done."""
        counts = f"{progress.done}/{progress.total} sentences, {progress.claims} claims"
        self._draw(progress.done, progress.total, f"{progress.article}: {counts}")

    def show_bytes(self, what: str, done: int, total: int) -> None:
        """How much of a file is here."""
        self._draw(done, total, f"{what}: {done / 1e6:,.0f} of {total / 1e6:,.0f} MB")

    def _draw(self, done: int, total: int, text: str) -> None:
        if self._shown:
            full = BAR * done // max(total, 1)
            width = shutil.get_terminal_size().columns - 1
            line = f"{'━' * full}{'─' * (BAR - full)} {text}"
            self._write(f"\r\x1b[K{line[:width]}")

    def clear(self) -> None:
        """Take the line away, so that something else can be written."""
        if self._shown:
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()


@dataclass
class Sink:
    """Takes each result in turn: writes it, and keeps what the end of the run needs.

    With `out`, each is written to a file of that folder, and standard output gets only what
    `output_format` asks for.
    """

    output_format: Format | None
    out: Path | None
    many: bool
    status: Status
    stems: list[str] = field(default_factory=list)
    done: list[Extraction] = field(default_factory=list)
    failures: int = 0

    @property
    def shown(self) -> Format | None:
        """The format of standard output, None for nothing."""
        return self.output_format or (None if self.out else Format.TABLE)

    @property
    def exit_code(self) -> int:
        """0 all done, 1 some, 2 none."""
        if not self.failures:
            return 0
        return SOME_FAILED if self.done else FAILED

    def expect(self, stem: str) -> None:
        """Another result will come, after those already expected."""
        self.stems.append(stem)

    def fail(self, error: SummariseError) -> None:
        """An input that gave nothing: say so and go on."""
        self.failures += 1
        self.status.clear()
        write_error(str(error))

    def fail_rest(self, error: SummariseError) -> None:
        """No further result will come: what was done is kept."""
        self.failures += len(self.stems) - 1
        self.stems.clear()
        self.fail(error)

    def take(self, _source: object, result: Extraction | SummariseError) -> None:
        """The next result, in the order in which they are expected."""
        stem = self.stems.pop(0)
        if isinstance(result, SummariseError):
            self.fail(result)
            return
        if self.out is not None:
            try:
                write_file(self.out / f"{stem}.json", result.model_dump_json(indent=2) + "\n")
            except InputError as error:
                self.fail(error)
                return
        self.done.append(result)
        self.status.clear()
        self._write_one(result)

    def _write_one(self, result: Extraction) -> None:
        from summarise import report

        match self.shown:
            case Format.TABLE:
                write_rich(report.table(result))
            case Format.JSONL:
                write_out(result.model_dump_json() + "\n")
            case Format.MARKDOWN:
                write_out(("\n" if len(self.done) > 1 else "") + report.markdown(result))

    def close(self) -> None:
        """Write what only the whole set of results gives."""
        from summarise import report

        match self.shown:
            case Format.JSON if self.many:
                items = ",\n".join(item.model_dump_json(indent=2) for item in self.done)
                write_out(f"[{items}]\n")
            case Format.JSON if self.done:
                write_out(self.done[0].model_dump_json(indent=2) + "\n")
            case Format.HTML if self.done:
                write_out(report.html(self.done))


def closing_lines(done: Sequence[Extraction]) -> list[str]:
    """What all of it came to: claims and verdicts, the ledger, calls, tokens, time, cost."""
    from summarise import report

    claims = report.verdict_counts(claim for item in done for claim in item.claims)
    silent = sum(len(item.ledger) for item in done)
    ledger = f"{silent} ledger {'line' if silent == 1 else 'lines'}"
    return [f"{claims} · {ledger}", report.run_summary([item.run for item in done], _cost(done))]


def _cost(done: Sequence[Extraction]) -> float | None:
    """US dollars, None where a price is unknown or nothing is charged."""
    from summarise.profiles import profile_for

    costs = [
        profile_for(run.model).cost(run.input_tokens, run.output_tokens, run.cached_tokens)
        for run in (item.run for item in done)
    ]
    known = [cost for cost in costs if cost is not None]
    return (sum(known) or None) if len(known) == len(costs) else None
