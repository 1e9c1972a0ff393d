"""The options that commands share: what is read, which model is asked, what is recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Annotated, Any, get_type_hints

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


def spread(command: Callable[..., None]) -> Callable[..., None]:
    """The command with each parameter that is a dataclass given as the options that it holds.

    So that several commands take the same options, declared once: a field is an option, its
    annotation and default say which.
    """
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, Any] = {name: kind for name, kind in hints.items() if is_dataclass(kind)}

    @wraps(command)
    def taken(**given: Any) -> None:
        for name, kind in groups.items():
            own = {field.name: given.pop(field.name) for field in fields(kind)}
            given[name] = kind(**own)
        command(**given)

    own_parameters = signature(command).parameters.values()
    shown = [option for own in own_parameters for option in _options(own, hints[own.name])]
    taken.__signature__ = Signature(shown)  # type: ignore[attr-defined]
    return taken


def _options(own: Parameter, hint: Any) -> Iterator[Parameter]:
    """A parameter as keyword options: its own, or those of the dataclass that it is."""
    if not is_dataclass(hint):
        yield own.replace(annotation=hint, kind=Parameter.KEYWORD_ONLY)
        return
    hints = get_type_hints(hint, include_extras=True)
    for field in fields(hint):
        yield Parameter(
            field.name,
            Parameter.KEYWORD_ONLY,
            default=field.default,
            annotation=hints[field.name],
        )
