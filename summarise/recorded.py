"""Recordings of one's own code: made once, played after, with an entry in the manifest.

with recorded(Path("cassettes/demo/towns.yaml"), owner="demo.py"):
    OpenAI().chat.completions.create(...)
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from summarise.errors import ModelError
from summarise.interactions import bodies, models, read_interactions, usage
from summarise.manifest import (
    Entry,
    digest_of,
    entry_of,
    forget,
    libraries,
    note,
    now,
    schemas_digest,
)
from summarise.profiles import EMBEDDED_MODEL, profile_for
from summarise.recording import Mode, Recording, cassette

PLAYED_URL = "http://model.invalid/v1"
"""Where a request seems to go that a recording answers: the host plays no part in what is asked."""

_FALSE = frozenset({"", "0", "false", "no", "off"})


def usual_mode(environment: Mapping[str, str] = os.environ) -> Mode:
    """`none` where CI is set, so that a build never asks a model; else `once`."""
    return "none" if environment.get("CI", "").lower() not in _FALSE else "once"


@contextmanager
def recorded(
    path: Path, *, mode: Mode | None = None, owner: str = "", record_again: str = ""
) -> Iterator[Recording]:
    """Record each call of openai, httpx or httpx2 in `path` once, and play it after.

    `owner` is the file or the pytest node, from the folder that holds `cassettes/`, whose recording
    it is; `record_again` the command that makes it anew. Raises ModelError for a request that is
    not recorded, for answers that are left unused, and for another owner's recording.
    """
    chosen = mode or usual_mode()
    makes = chosen == "all" or (chosen == "once" and not path.exists())
    if not makes:
        _check_owner(path, owner)
    with cassette(path, mode=chosen, record_again=record_again) as tape:
        yield tape
        if makes and tape.unanswered:  # within: then nothing is written
            raise ModelError(
                f"{tape.unanswered} requests got no answer, so {str(path)!r} could not be played; "
                "nothing was recorded: see that the server runs, and try again"
            )
    if makes:
        _noted(tape, owner)
    elif tape.unused:
        raise ModelError(unused(tape, record_again))


def unused(tape: Recording, record_again: str) -> str:
    """Says that a recording holds answers which nothing asked for."""
    act = f": {record_again}" if record_again else ""
    return (
        f"{str(tape.path)!r} holds {tape.recorded} answers, of which {tape.unused} were not asked "
        f"for; if what asks has changed, record it again{act}"
    )


def played_settings(path: Path, environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """What a client must find in the environment to be opened where a recording answers.

    Nothing that is set is changed. Without a key or a server, `summarise` would start the embedded
    model, and OpenAI's client would not open.
    """
    if environment.get("OPENAI_API_KEY") or environment.get("OPENAI_BASE_URL"):
        return {}
    known = entry_of(path) if path.parent.is_dir() else None
    if known is not None and known.model == EMBEDDED_MODEL and "OPENAI_MODEL" not in environment:
        return {"OPENAI_BASE_URL": PLAYED_URL, "OPENAI_MODEL": EMBEDDED_MODEL}
    return {"OPENAI_API_KEY": "none"}


def _check_owner(path: Path, owner: str) -> None:
    known = entry_of(path) if owner and path.parent.is_dir() else None
    if known is not None and known.owner not in ("", owner):
        raise ModelError(
            f"{str(path)!r} is the recording of {known.owner!r}, and {owner!r} would play it too; "
            "give one of the two another name"
        )


def _noted(tape: Recording, owner: str) -> None:
    """Keep how a recording was made; one that nothing was asked for is no recording."""
    path = tape.path
    if not tape.recorded:
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            forget(path.parent, [path.name])
        return
    note(path, _entry(tape, owner))


def _entry(tape: Recording, owner: str) -> Entry:
    held = read_interactions(tape.path)
    counted, asked = usage(held), models(held)
    costs = profile_for(asked[0]).cost(**counted.model_dump()) if len(asked) == 1 else None
    return Entry(
        schema_sha256=schemas_digest(bodies(held)),
        model=", ".join(asked) or "unknown",
        owner=owner,
        libraries=libraries(),
        recorded_at=now(),
        interactions=len(held),
        **counted.model_dump(),
        cost=costs,
        seconds=tuple(tape.seconds),
        sha256=digest_of(tape.path),
    )
