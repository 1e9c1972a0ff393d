"""Small invented results, some with hostile text, that the tests of the report share."""

from __future__ import annotations

from summarise.evaluation.gold import Case, Gold
from summarise.evaluation.metrics import METRICS, matrix
from summarise.evaluation.results import (
    CaseScore,
    Change,
    Comparison,
    Difference,
    Estimate,
    Finding,
    Signature,
    Verdict,
)
from summarise.evaluation.score import Prediction, failed, score
from summarise.evaluation.statistics import estimates
from summarise.records import Claim, Figure, Span

HOSTILE = (
    "<script>alert(1)</script>",
    "</style><b>bold</b>",
    "{{ 7*7 }} {% raw %}",
    "a | b `code` **bold** [link](http://x.example) @name #12 :tada: $1$",
    "- 1. \u202eesrever\u202c \x1b[31mred\x00\x08",
    "מחיר הדלק עלה ב-12",
    "🎉 <img src=x onerror=alert(2)> \u2028 end",
)
SIGNATURE = Signature(
    suite="harbour <suite>",
    gold_sha256="a1" * 32,
    cases=3,
    model="tiny-model",
    prompt="extract.v1",
    prompt_sha256="b2" * 32,
    sampling="greedy",
    library="1.0.0",
    matcher="1",
)


def claim(name: str, text: str, at: int = 0, **fields: object) -> Claim:
    """A claim whose evidence is its own text, found at `at`."""
    span = Span(start=at, end=at + len(text), quote=text)
    return Claim.model_validate({"id": name, "text": text, "evidence": (span,), **fields})


def case(name: str, text: str | None, *claims: Claim, end: int | None = None) -> Case:
    """A case whose main text is `text` up to `end`."""
    length = len(text or "") if end is None else end
    return Case(Gold(id=name, main_text=((0, length),), claims=claims), text)


FERRY = "The ferry carried 40 people.\n\nThe mayor closed the pier.\n\nShare this story"
GOLD = (
    claim(
        "c01", "The ferry carried 40 people.", quantities=(Figure(surface="40", low=40, high=40),)
    ),
    claim("c02", "The mayor closed the pier.", 30, source="Ada Brook"),
)
PREDICTED = (
    claim("p1", "The mayor closed the pier.", 30),
    claim("p2", "Share this story", 58),
)
FERRY_CASE = case("pier-1", FERRY, *GOLD, end=56)
FERRY_SCORE = score(FERRY_CASE, Prediction(PREDICTED))
FAILED_SCORE = failed(case("pier-2", FERRY, *GOLD), "the model gave no answer: \x00<timeout>")
EMPTY_SCORE = score(case("pier-3", "Nothing."), Prediction(()))
SCORES: tuple[CaseScore, ...] = (FERRY_SCORE, FAILED_SCORE, EMPTY_SCORE)
STATUSES = {"scored": 1, "failed": 1, "unscored": 1}
ESTIMATES: tuple[Estimate, ...] = tuple(
    estimates(matrix(one.counts for one in SCORES), METRICS.values(), resamples=50)
)


def difference(
    metric: str = "f1", change: float | None = -0.1, p: float | None = 0.01
) -> Difference:
    """A difference from 0.8; without a change the new result cannot be scored."""
    return Difference(
        metric=metric,
        old=0.8,
        new=None if change is None else 0.8 + change,
        change=change,
        low=None if change is None else change - 0.02,
        high=None if change is None else change + 0.02,
        p=p,
        p_holm=p,
        detectable=0.05,
    )


CHANGES = tuple(
    Change(case="pier-1", kind="lost", claim=f"c{n:02}", text=text, reason="another figure: 4")
    for n, text in enumerate(HOSTILE * 4, 1)
)
COMPARISON = Comparison(
    old=SIGNATURE,
    new=SIGNATURE,
    cases=3,
    only_old=("pier-9",),
    warnings=("the sampling differs: 'greedy' and '0.7'",),
    differences=(difference(), difference("certainty", 0.0, 1.0), difference("via_f1", None, None)),
    changes=CHANGES,
)
VERDICT = Verdict(
    passed=False,
    findings=(
        Finding(
            kind="regression",
            metric="f1",
            message="f1 went from 0.8 to 0.7",
            cases=("pier-1", "pier-9"),
            changes=CHANGES,
        ),
        Finding(
            kind="floor", metric="recall", message="recall is 0.2, under 0.5", cases=("pier-1",)
        ),
    ),
    estimates=ESTIMATES,
    comparison=COMPARISON,
)
PASSED = Verdict(passed=True, findings=(), estimates=ESTIMATES)
