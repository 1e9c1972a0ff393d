"""Which claims are worth holding against each other, found without trying all pairs."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from summarise.reconciliation.question import Question
from summarise.reconciliation.senses import GENERAL

_SEEN = 400
"""Claims that one claim meets at most, by its rarest words first."""
_KEPT = 40
"""Of those, how many with the most in common it is held against."""
_RARE = 3
"""Claims with a sense from which on its number tells: a word of one claim alone may be chance."""
_LEAST = 0.0
_FLOOR = 0.15
"""What is left of the weight of a sense that all claims of an article hold."""
_COUNTRY, _NAME = 0.5, 0.8
"""Weight of a name beside that of a word: all claims of a story name the same few."""


def weights_of(asked: Sequence[Question]) -> dict[str, float]:
    """The weight of each sense: the rarer, the more it tells."""
    known = Counter(sense for question in asked for sense in question.senses)
    total = len(asked)
    return {
        sense: _kind(sense) * (_LEAST + math.log(total / max(n, _RARE) + 1))
        for sense, n in known.items()
    }


def _kind(sense: str) -> float:
    if sense in GENERAL:
        return _COUNTRY
    return _COUNTRY if sense[0] == "=" else _NAME if sense[0] == "~" else 1.0


def told_again(asked: Sequence[Question], weights: dict[str, float]) -> list[dict[str, float]]:
    """The weight of each sense in each claim: less for what many claims of its article repeat.

    A claim stands alone, so it repeats what its article is about ("the blast on a bus outside the
    town"); what it adds to that is what it says.
    """
    sizes = Counter(question.article for question in asked)
    inside = Counter((question.article, s) for question in asked for s in question.senses)
    return [
        {s: weights[s] * _new(inside[one.article, s], sizes[one.article]) for s in one.senses}
        for one in asked
    ]


def _new(held: int, claims: int) -> float:
    """How much a sense says that `held` of the claims of an article hold: from 1 down."""
    return _FLOOR + (1 - _FLOOR) * (1 - (held - 1) / claims) ** 2


def candidates(asked: Sequence[Question], weights: dict[str, float]) -> Iterator[tuple[int, int]]:
    """Pairs of places, the lower first, each once; their number grows with that of claims."""
    there: dict[str, list[int]] = defaultdict(list)
    for place, question in enumerate(asked):
        met = _met(question, there, weights)
        for other in sorted(met, key=lambda one: (-met[one], one))[:_KEPT]:
            yield other, place
        for sense in question.senses:
            there[sense].append(place)


def _met(
    question: Question, there: dict[str, list[int]], weights: dict[str, float]
) -> dict[int, float]:
    """Earlier claims that share a word, with the weight of what they share."""
    met: dict[int, float] = defaultdict(float)
    left = _SEEN
    for sense in sorted(question.senses, key=lambda one: (-weights[one], one)):
        posted = there.get(sense, ())
        weight = weights[sense]
        for other in posted[-left:]:
            met[other] += weight
        left -= len(posted)
        if left <= 0:
            break
    return met
