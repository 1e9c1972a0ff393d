"""The options that commands share: what is read, which model is asked, what is recorded."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

DEFAULT_PROMPT = "extract.v1"
"""As `summarise.prompt` has it: importing that for `--help` would take a while."""

Paths = Annotated[
    list[str], typer.Argument(metavar="PATH", help="Files or URLs; - is standard input.")
]
Meta = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="JSON of published, outlet and title by file stem."),
]
Published = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Publish date, as 2025-01-31."),
]
Outlet = Annotated[str | None, typer.Option(metavar="NAME", help="Who published it.")]
Title = Annotated[str | None, typer.Option(metavar="TEXT", help="Its headline.")]
Model = Annotated[str | None, typer.Option(metavar="NAME", help="The model to ask.")]
BaseUrl = Annotated[str | None, typer.Option(metavar="URL", help="An OpenAI-compatible server.")]
Prompt = Annotated[str, typer.Option(metavar="ID", help="A prompt, or a .md file.")]
MaxBytes = Annotated[int, typer.Option(metavar="N", min=1, help="Refuse larger inputs.")]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Let URLs lead to private addresses.")
]
Replay = Annotated[
    bool, typer.Option("--replay", help="Play the shipped recording instead of a model.")
]
Record = Annotated[
    Path | None,
    typer.Option(metavar="PATH", help="Record the model's answers: a file, or a folder."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only errors on standard error.")]
