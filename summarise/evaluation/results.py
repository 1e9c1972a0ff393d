"""What the harness finds: scores by case, estimates, comparisons, and the verdict of the gate."""

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
    """A gold claim, with its text, and the predicted claim that says the same, by their ids."""

    gold: str
    predicted: str
    text: str
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
    """The score of one article: what was counted, by name of the counter (see `metrics`).

    `gold_sha256` tells which gold it was held against, so that no two are compared over another.
    """

    id: str
    gold_sha256: str = ""
    status: Status
    why: str = ""
    split: str | None = None
    counts: dict[str, float] = Field(default_factory=dict)
    pairs: tuple[Pair, ...] = ()
    missed: tuple[Alone, ...] = ()
    extra: tuple[Alone, ...] = ()
    ungrounded: tuple[Alone, ...] = ()
    """Predicted claims that do not stand on the article, matched or not."""


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


class Estimate(Record):
    """A metric over a suite: micro value, its 95 % interval, macro value.

    All are None where there is nothing to score, the interval also where fewer than two articles
    count or they show no spread; `cases` is the number of articles that count.
    """

    metric: str
    micro: float | None
    low: float | None
    high: float | None
    macro: float | None
    cases: int
    detectable: float | None
    """The smallest true difference to another run that a paired test would find 4 times of 5."""


class Difference(Record):
    """A metric of two runs over the same articles: `change` is new minus old.

    `p` is that of a two-sided permutation test, `p_holm` corrected for the metrics tested with it.
    """

    metric: str
    old: float | None
    new: float | None
    change: float | None
    low: float | None
    high: float | None
    p: float | None
    p_holm: float | None
    detectable: float | None


Kind = Literal["lost", "found", "extra", "gone", "field", "failed"]
"""`lost`: a gold claim matched before and not now; `found`: the reverse; `extra`: a claim that gold
does not hold and that was not there before; `gone`: the reverse; `field`: a matched claim whose
field was not wrong before and is now; `failed`: an article without an extraction now."""


class Change(Record):
    """One claim that two runs treat differently."""

    case: str
    kind: Kind
    claim: str
    text: str
    reason: str


class Comparison(Record):
    """Two results over the articles that both hold."""

    old: Signature
    new: Signature
    cases: int
    only_old: tuple[str, ...] = ()
    only_new: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    differences: tuple[Difference, ...]
    changes: tuple[Change, ...]


class Finding(Record):
    """One reason for which the gate fails, and the claims that caused it."""

    kind: Literal["regression", "floor", "ceiling", "failed"]
    metric: str
    message: str
    cases: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


class Verdict(Record):
    """What the gate says of a result."""

    passed: bool
    findings: tuple[Finding, ...]
    estimates: tuple[Estimate, ...]
    comparison: Comparison | None = None
