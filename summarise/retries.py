"""What an error of a call means: for this call, for the next try of it, and for all others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING

from summarise.errors import ModelError
from summarise.pauses import asked_to_wait
from summarise.redact import redacted

if TYPE_CHECKING:
    from openai import APIError

_RETRIED = frozenset({408, 409, 429, 500, 502, 503, 504, 529})
_OVERLOADED = frozenset({429, 529})
_LONGEST_MESSAGE = 300  # characters of what a server says about an error; some send whole pages


@dataclass(frozen=True)
class Failed:
    """One try that brought no answer.

    `kind` is a status or a word; `wait` the seconds that the server asks for; `overloaded` whether
    it turned the call away for their number; `reached` whether the server may have worked on it,
    and count tokens for it, all the same.
    """

    kind: str
    why: str
    again: bool = False
    wait: float | None = None
    overloaded: bool = False
    reached: bool = False

    @classmethod
    def of(cls, error: APIError, key: str) -> Failed:
        """How an error of the `openai` client is to be taken."""
        status = status_of(error)
        kind = _kind(error)
        headers = _headers(error)
        wait = asked_to_wait(headers) if status in _RETRIED else None
        again = _worth_another_try(error)
        return cls(
            kind=kind,
            why=said(error, key),
            again=again,
            wait=wait,
            overloaded=again and (status in _OVERLOADED or (status == 503 and wait is not None)),
            reached=status is None and not cannot_connect(error),
        )


def status_of(error: APIError) -> int | None:
    """The status that the server answered with; None where there was no answer."""
    return getattr(error, "status_code", None)


def told_by(error: BaseException | None) -> ModelError | None:
    """The ModelError among the causes of an error: a recording that lacks the request."""
    while error is not None and not isinstance(error, ModelError):
        error = error.__cause__ or error.__context__
    return error


def next_act(error: APIError, model: str) -> str | None:
    """What to do about an error that the next call would meet too; None for any other."""
    match status_of(error):
        case 401 | 403:
            return "check OPENAI_API_KEY and that the key may use this model"
        case 404:
            return (
                f"check that the server has {model!r} and that --base-url ends in its version (/v1)"
            )
        case _:
            return None


def cannot_connect(error: APIError) -> bool:
    """Whether nothing was sent, for there was no server to send it to."""
    import httpx2

    kinds = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.UnsupportedProtocol)
    return isinstance(error.__cause__, kinds)


def said(error: APIError, key: str) -> str:
    """What an error says, its deepest cause included, without keys and organisation ids."""
    cause: BaseException = error
    while cause.__cause__ is not None:
        cause = cause.__cause__
    whole = str(error) if cause is error else f"{error} {type(cause).__name__}: {cause}"
    return shorten(redacted(whole, key), _LONGEST_MESSAGE, placeholder=" …")


def _kind(error: APIError) -> str:
    from openai import APITimeoutError

    status = status_of(error)
    if status is not None:
        return str(status)
    return "timeout" if isinstance(error, APITimeoutError) else "connection"


def _headers(error: APIError) -> Mapping[str, str]:
    response = getattr(error, "response", None)
    return response.headers if response is not None else {}


def _worth_another_try(error: APIError) -> bool:
    from openai import APIConnectionError, APITimeoutError

    if isinstance(error, APITimeoutError):
        return False
    if error.code == "insufficient_quota":
        return False
    return isinstance(error, APIConnectionError) or status_of(error) in _RETRIED
