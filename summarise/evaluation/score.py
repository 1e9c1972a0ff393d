"""The score of one article: its claims held against gold, counted by field, each pair explained."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from summarise.evaluation.fields import (
    SAME,
    named,
    same_period,
    same_source,
    shared_figures,
    shared_via,
    unlike_figures,
)
from summarise.evaluation.gold import Case, canonical, digest
from summarise.evaluation.grounding import grounding, standing, ungrounded
from summarise.evaluation.match import Matching, Unmatched, duplicates, match
from summarise.evaluation.results import Alone, CaseScore, FieldMismatch, Pair
from summarise.profiles import profile_for
from summarise.records import NO_CLAIM, Claim, Figure, LedgerLine, Period, Run


@dataclass(frozen=True)
class Prediction:
    """What a system gave for one article; `run` and `ledger` are None where it tells none."""

    claims: tuple[Claim, ...]
    run: Run | None = None
    ledger: tuple[LedgerLine, ...] | None = None


def score(case: Case, prediction: Prediction) -> CaseScore:
    """Hold an article's claims against its gold."""
    gold, predicted = case.gold.claims, prediction.claims
    matching = match(gold, predicted)
    standings = [standing(claim, case) for claim in predicted]
    counts: dict[str, float] = defaultdict(float)
    for name, count in chain(
        _claims(gold, predicted, matching),
        _fields(gold, predicted, matching),
        grounding(standings),
        _running(prediction, len(matching.pairs)),
    ):
        counts[name] += count
    return CaseScore(
        id=case.gold.id,
        gold_sha256=_fingerprint(case),
        status="scored" if gold or predicted else "unscored",
        why="" if gold or predicted else "neither gold nor the system has a claim",
        split=case.gold.split,
        counts=dict(counts),
        pairs=tuple(_pairs(gold, predicted, matching)),
        missed=tuple(_alone(gold, predicted, matching.missed)),
        extra=tuple(_alone(predicted, gold, matching.extra)),
        ungrounded=tuple(ungrounded(standings)),
    )


def failed(case: Case, why: str) -> CaseScore:
    """An article that gave no extraction: each of its gold claims is missed, and it is counted."""
    missed = tuple(
        Alone(id=claim.id, text=claim.text, reason="the article has no extraction")
        for claim in case.gold.claims
    )
    counts = {"cases": 1.0, "failed": 1.0, "gold": float(len(missed))}
    return CaseScore(
        id=case.gold.id,
        gold_sha256=_fingerprint(case),
        status="failed",
        why=why,
        split=case.gold.split,
        counts=counts,
        missed=missed,
    )


def _fingerprint(case: Case) -> str:
    return digest(canonical(case.gold).encode("utf-8", "surrogatepass"))


def _claims(
    gold: Sequence[Claim], predicted: Sequence[Claim], matching: Matching
) -> Iterator[tuple[str, float]]:
    hits = len(matching.pairs)
    yield "gold", len(gold)
    yield "predicted", len(predicted)
    yield "hits", hits
    yield "covered_gold", hits + sum(one.covered for one in matching.missed)
    yield "covered_predicted", hits + sum(one.covered for one in matching.extra)
    yield "duplicates", duplicates(predicted)


def _fields(
    gold: Sequence[Claim], predicted: Sequence[Claim], matching: Matching
) -> Iterator[tuple[str, float]]:
    """What is right of each field, over the matched claims."""
    for pair in matching.pairs:
        wanted, given = gold[pair.gold], predicted[pair.predicted]
        right, is_named = same_source(wanted, given), named(wanted.source) is not None
        yield "source_right", right
        yield "source_gold", is_named
        yield "source_predicted", named(given.source) is not None
        yield "source_hits", right and is_named
        yield "via_gold", len(wanted.via)
        yield "via_predicted", len(given.via)
        yield "via_hits", shared_via(wanted, given)
        yield "certainty_right", wanted.certainty == given.certainty
        yield "polarity_right", wanted.polarity == given.polarity
        yield "period_gold", wanted.time is not None
        yield "period_predicted", given.time is not None
        yield "period_hits", wanted.time is not None and same_period(wanted, given)
        yield "figures_gold", len(wanted.quantities)
        yield "figures_predicted", len(given.quantities)
        yield "figures_hits", shared_figures(wanted, given)


def _running(prediction: Prediction, hits: int) -> Iterator[tuple[str, float]]:
    """What the run cost, as far as the prediction tells."""
    yield "cases", 1
    yield "ledgers", prediction.ledger is not None
    for line in prediction.ledger or ():
        yield "ledger_lines", 1
        yield "sentences_failed", line.what != NO_CLAIM
    run = prediction.run
    if run is None:
        return
    yield "runs", 1
    yield "run_hits", hits
    yield "calls", run.calls
    yield "retries", run.retries
    yield "answers", run.calls - run.retries
    yield "invalid_answers", run.invalid
    yield "input_tokens", run.input_tokens
    yield "output_tokens", run.output_tokens
    if run.replayed:
        yield "replayed", 1
    if run.seconds or not run.replayed:
        yield "timed", 1
        yield "seconds", run.seconds
    cost = profile_for(run.model).cost(run.input_tokens, run.output_tokens, run.cached_tokens)
    if cost is not None:
        yield "priced", 1
        yield "cost", cost


# ------------------------------------------------------------------------------- explanations


def _pairs(gold: Sequence[Claim], predicted: Sequence[Claim], matching: Matching) -> Iterator[Pair]:
    for pair in matching.pairs:
        wanted, given = gold[pair.gold], predicted[pair.predicted]
        yield Pair(
            gold=wanted.id,
            predicted=given.id,
            text=wanted.text,
            similarity=pair.similarity,
            reason=pair.reason,
            mismatches=tuple(_mismatches(wanted, given)),
        )


def _mismatches(gold: Claim, predicted: Claim) -> Iterator[FieldMismatch]:
    for field, same in SAME.items():
        if not same(gold, predicted):
            one, other = _values(field, gold, predicted)
            yield FieldMismatch(field=field, gold=_shown(one), predicted=_shown(other))


def _values(field: str, gold: Claim, predicted: Claim) -> tuple[object, object]:
    """What each claim has in a field; of the figures only those that the other lacks."""
    if field == "figures":
        lost, odd = unlike_figures(gold, predicted)
        return tuple(lost), tuple(odd)
    name = "time" if field == "period" else field
    return getattr(gold, name), getattr(predicted, name)


def _shown(value: object) -> str:
    """A field's value for people: "none" where there is none."""
    if isinstance(value, tuple):
        return ", ".join(_shown(item) for item in value) or "none"
    if isinstance(value, Figure):
        bounds = " to ".join("…" if b is None else f"{b:,}" for b in (value.low, value.high))
        exact = value.low == value.high and value.low is not None
        return f"{value.surface} ({f'{value.low:,}' if exact else bounds})"
    if isinstance(value, Period):
        return f"{value.surface} ({value.start or '…'} to {value.end or '…'})"
    return "none" if value is None else str(value)


def _alone(
    mine: Sequence[Claim], others: Sequence[Claim], unmatched: Sequence[Unmatched]
) -> Iterator[Alone]:
    for one in unmatched:
        nearest = None if one.nearest is None else others[one.nearest].id
        yield Alone(
            id=mine[one.place].id,
            text=mine[one.place].text,
            nearest=nearest,
            covered=one.covered,
            reason=one.reason,
        )
