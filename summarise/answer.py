"""What came back for one call to a model: a value, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import ValidationError

T = TypeVar("T")


@dataclass(frozen=True)
class Answer(Generic[T]):
    """A value, or an error that states why there is none.

    `text` is the raw answer as far as there is one. `finish_reason` is the server's own word, ""
    where it gave none. Tokens are the server's count, `seconds` the wall time with all tries,
    `retries` how many tries failed before. `unmetered` tries may have cost tokens that the server
    did not tell: they count as 0 here. `kind` is the sort of error in a word or two, or a status.
    """

    value: T | None
    text: str = ""
    finish_reason: str = ""
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    seconds: float = 0.0
    error: str | None = None
    retries: int = 0
    kind: str = ""
    unmetered: int = 0

    @property
    def truncated(self) -> bool:
        """Whether the output limit cut the answer off: asking for less can help."""
        return self.finish_reason == "length"


def what_is_wrong(error: ValidationError) -> str:
    """The first fault of an answer, with its place."""
    first = error.errors(include_url=False, include_input=False)[0]
    if first["type"] == "json_invalid":
        return f"the answer is not JSON: {first['msg']}"
    place = ".".join(str(part) for part in first["loc"])
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    return f"the answer does not fit the schema: {place}: {first['msg']}{more}"
