"""What came back for one call to a model: a value, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

T = TypeVar("T")


@dataclass(frozen=True)
class Answer(Generic[T]):
    """A value, or an error that states why there is none.

    `text` is the raw answer as far as there is one. `finish_reason` is the server's own word, ""
    where it gave none. Tokens are the server's count (0 where it gave none), `seconds` the wall
    time with all tries, `retries` how many tries failed before.
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

    @property
    def truncated(self) -> bool:
        """Whether the output limit cut the answer off: asking for less can help."""
        return self.finish_reason == "length"


def tokens(usage: Any) -> dict[str, int]:
    """A completion's usage as the token counts of an Answer; anything missing is 0."""
    details = usage and usage.prompt_tokens_details
    return {
        "input_tokens": (usage and usage.prompt_tokens) or 0,
        "output_tokens": (usage and usage.completion_tokens) or 0,
        "cached_tokens": (details and details.cached_tokens) or 0,
    }


def what_is_wrong(error: ValidationError) -> str:
    """The first fault of an answer, with its place."""
    first = error.errors(include_url=False, include_input=False)[0]
    if first["type"] == "json_invalid":
        return f"the answer is not JSON: {first['msg']}"
    place = ".".join(str(part) for part in first["loc"])
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    return f"the answer does not fit the schema: {place}: {first['msg']}{more}"
