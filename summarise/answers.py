"""The shapes that a model's answers are held to, and what the answers cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from summarise.records import Certainty, Polarity, Run

if TYPE_CHECKING:
    from summarise.client import Answer
    from summarise.prompt import Prompt

KEPT_SCHEMAS = 128
"""Schemas kept of each sort: one takes milliseconds to make, and articles are of like lengths."""

LONGEST_CLAIM, MOST_CLAIMS = 400, 200
"""Characters of one claim, claims of one answer: a small model runs on without a bound."""


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ClaimAnswer(_Closed):
    """One claim as a model gives it, its evidence by sentence number."""

    sentences: list[int]
    text: str
    source: str | None
    via: list[str]
    certainty: Certainty
    polarity: Polarity


class ClaimsAnswer(_Closed):
    """The claims of a passage as a model gives them."""

    claims: list[ClaimAnswer]


@lru_cache(KEPT_SCHEMAS)
def wordings_answer(count: int) -> type[BaseModel]:
    """The schema of `count` wordings, one for each part asked about."""
    text = Annotated[str, Field(max_length=LONGEST_CLAIM)]
    listed = Annotated[list[text], Field(min_length=count, max_length=count)]
    return create_model("Wordings", __base__=_Closed, claims=(listed, ...))


def claims_answer(numbers: Sequence[int]) -> type[BaseModel]:
    """The schema of the claims of the sentences with these numbers, and of no others."""
    return _numbered(tuple(numbers))


@lru_cache(KEPT_SCHEMAS)
def _numbered(numbers: tuple[int, ...]) -> type[BaseModel]:
    number: Any = Literal[numbers]
    named = Annotated[list[number], Field(min_length=1)]
    text = Annotated[str, Field(min_length=1, max_length=LONGEST_CLAIM)]
    claim = create_model(
        "NumberedClaim", __base__=ClaimAnswer, sentences=(named, ...), text=(text, ...)
    )
    listed = Annotated[list[claim], Field(max_length=MOST_CLAIMS)]
    return create_model("Claims", __base__=_Closed, claims=(listed, ...))


@dataclass(frozen=True)
class Usage:
    """Calls and tokens, as the server counted them, every attempt included.

    `retries` are calls that failed and were made again, `invalid` answers that could not be used:
    off the schema, cut off, refused. `unmetered` calls may have cost tokens that the server did not
    tell: no count holds them.
    """

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    retries: int = 0
    invalid: int = 0
    unmetered: int = 0

    @classmethod
    def of(cls, answer: Answer[Any]) -> Usage:
        """The usage of one answer."""
        tokens = (answer.input_tokens, answer.output_tokens, answer.cached_tokens)
        invalid = int(answer.value is None and bool(answer.text or answer.finish_reason))
        return cls(1 + answer.retries, *tokens, answer.retries, invalid, answer.unmetered)

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.calls + other.calls,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.cached_tokens + other.cached_tokens,
            self.retries + other.retries,
            self.invalid + other.invalid,
            self.unmetered + other.unmetered,
        )


def run_of(model: str, prompt: Prompt, usage: Usage, seconds: float) -> Run:
    """How something was made: the model, its prompt, and what all calls together cost."""
    taken = {"prompt": prompt.id, "prompt_sha256": prompt.sha256, "seconds": round(seconds, 3)}
    return Run(model=model, **taken, **vars(usage))
