"""When two requests to a model are the same: method, path and JSON body, and nothing else.

The order of a body's keys and the form of its numbers (0, 0.0, 1e0) do not matter; a changed word
does. A body that is no JSON is the same byte for byte. Host, port, query and headers (a library's
version among them) play no part.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple


class Ask(NamedTuple):
    """What counts of a request."""

    method: str
    path: str
    body: bytes

    @property
    def key(self) -> bytes:
        """The same for requests that are the same, another for any other."""
        head = f"{self.method}\n{self.path}\n".encode("utf-8", "surrogateescape")
        return hashlib.sha256(head + canonical(self.body)).digest()

    @property
    def fields(self) -> Mapping[str, Any] | None:
        """The body as a JSON object, None where it is none."""
        try:
            found = parsed(self.body)
        except ValueError:
            return None
        return found if isinstance(found, dict) else None


def canonical(body: bytes) -> bytes:
    """`body` in the one form that all bodies of its meaning have."""
    try:
        value = parsed(body)
    except ValueError:
        return b"bytes " + body
    return b"json " + json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def parsed(body: bytes) -> Any:
    """The JSON value of `body`, whole numbers as int. Raises ValueError where it is none."""
    try:
        return json.loads(body, parse_float=_number)
    except RecursionError as error:
        raise ValueError("JSON that is nested too deeply") from error


def _number(written: str) -> float | int:
    number = float(written)
    return int(number) if number.is_integer() else number
