"""What a recording tells: who was asked, for what schemas, and what the answers cost."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from summarise.errors import RecordError
from summarise.records import Record
from summarise.tape_file import Interaction, read_tape

_COUNTS = {
    "input_tokens": ("prompt_tokens", "input_tokens"),
    "output_tokens": ("completion_tokens", "output_tokens"),
}
_CACHED = ("prompt_tokens_details", "input_tokens_details")
_EVENT = re.compile(r"^data:[ ]?(\{.*\})[ ]*$", re.MULTILINE)


class Usage(Record):
    """The server's own count; `cached_tokens` are part of `input_tokens`."""

    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0


def read_interactions(path: Path, act: str = "record it again") -> list[Interaction]:
    """What a recording's file holds, in its order; nothing in it is ever run.

    Raises RecordError, which ends in `act`, for a file that holds none.
    """
    held = read_tape(path, act)
    if not held:
        raise RecordError(f"{str(path)!r} holds no interactions; {act}")
    return held


def request_text(one: Interaction) -> str:
    """What was asked, as text."""
    return _text(one.request.body)


def answer_text(one: Interaction) -> str:
    """What was answered, as text."""
    return _text(one.response.body.string)


def header_names(one: Interaction) -> set[str]:
    """The headers kept of both, in small letters."""
    return {name.lower() for name in (*one.request.headers, *one.response.headers)}


def bodies(held: Iterable[Interaction]) -> Iterator[dict[str, Any]]:
    """The JSON objects asked."""
    asked = (_json(request_text(one)) for one in held)
    return (body for body in asked if isinstance(body, dict))


def models(held: Iterable[Interaction]) -> list[str]:
    """The models asked, each once."""
    named = (body.get("model") for body in bodies(held))
    return sorted({name for name in named if isinstance(name, str)})


def usage(held: Iterable[Interaction]) -> Usage:
    """The tokens of all answers that tell them, streamed ones included."""
    counted = [_counted(answer_text(one)) for one in held]
    return Usage(**{name: sum(each[name] for each in counted) for name in Usage.model_fields})


def failed_requests(held: Iterable[Interaction]) -> int:
    """Requests that met an error each time they were made."""
    best: dict[tuple[str, str], int] = {}
    for one in held:
        key, code = (one.request.uri, request_text(one)), one.response.status.code
        best[key] = min(best.get(key, code), code)
    return sum(status >= 400 for status in best.values())


def _text(body: str | bytes | None) -> str:
    return body.decode("utf-8", "replace") if isinstance(body, bytes) else body or ""


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _counted(answer: str) -> dict[str, int]:
    """The counts of one answer; those of a stream stand in its last event that has any."""
    told: dict[str, Any] = {}
    for text in [answer] if answer.lstrip().startswith("{") else _EVENT.findall(answer):
        told = _told(_json(text)) or told
    details = _first(told, _CACHED, dict) or {}
    counts = {name: _first(told, keys, int) or 0 for name, keys in _COUNTS.items()}
    return {**counts, "cached_tokens": _first(details, ("cached_tokens",), int) or 0}


def _told(data: Any) -> dict[str, Any]:
    """The usage of a chat completion, or of a response of the newer interface."""
    if not isinstance(data, dict):
        return {}
    response = data.get("response")
    found = data.get("usage") or (response.get("usage") if isinstance(response, dict) else None)
    return found if isinstance(found, dict) else {}


def _first(told: dict[str, Any], names: Iterable[str], kind: type) -> Any:
    return next((told[name] for name in names if isinstance(told.get(name), kind)), None)
