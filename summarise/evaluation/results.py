"""What a scored suite is: counts and explained pairs by case, under a signature."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from summarise.records import Record

Status = Literal["scored", "failed", "unscored"]
"""`failed`: there is no extraction, so each gold claim is missed. `unscored`: nothing to score."""


class FieldMismatch(Record):
    """A field in which two matched claims differ, as each has it."""

    field: str
    gold: str
    predicted: str


class Pair(Record):
    """A gold claim and the predicted claim that says the same, by their ids."""

    gold: str
    predicted: str
    similarity: float
    reason: str
    mismatches: tuple[FieldMismatch, ...] = ()


class Alone(Record):
    """A claim without a partner: the nearest of the other side, and why they are no pair.

    `covered` tells that the other side says it together with something else, or in pieces.
    """

    id: str
    text: str
    nearest: str | None = None
    covered: bool = False
    reason: str


class CaseScore(Record):
    """The score of one article: what was counted, by name of the counter (see `metrics`)."""

    id: str
    status: Status
    why: str = ""
    split: str | None = None
    counts: dict[str, float] = Field(default_factory=dict)
    pairs: tuple[Pair, ...] = ()
    missed: tuple[Alone, ...] = ()
    extra: tuple[Alone, ...] = ()


class Signature(Record):
    """How exactly a result was made: two results with one signature can be set side by side."""

    suite: str
    gold_sha256: str
    cases: int
    model: str
    prompt: str
    prompt_sha256: str
    sampling: str
    library: str
    matcher: str

    def __str__(self) -> str:
        return "|".join(
            (
                f"suite:{self.suite}",
                f"gold:{self.gold_sha256[:12]}",
                f"cases:{self.cases}",
                f"model:{self.model}",
                f"prompt:{self.prompt}@{self.prompt_sha256[:12]}",
                f"sampling:{self.sampling}",
                f"summarise:{self.library}",
                f"matcher:{self.matcher}",
            )
        )


class Result(Record):
    """A scored suite."""

    signature: Signature
    cases: tuple[CaseScore, ...]
