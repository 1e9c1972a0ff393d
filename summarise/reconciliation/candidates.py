"""Which claims are worth holding against each other, found without trying all pairs."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from summarise.reconciliation.question import Question

_SEEN = 400
"""Claims that one claim meets at most, by its rarest words first."""
_KEPT = 40
"""Of those, how many with the most in common it is held against."""
_COUNTRY, _NAME = 0.5, 0.8
"""Weight of a name beside that of a word: all claims of a story name the same few."""


def weights_of(asked: Sequence[Question]) -> dict[str, float]:
    """The weight of each sense: the rarer, the more it tells."""
    known = Counter(sense for question in asked for sense in question.senses)
    total = len(asked)
    return {sense: _kind(sense) * math.log(1 + total / n) for sense, n in known.items()}


def _kind(sense: str) -> float:
    return _COUNTRY if sense[0] == "=" else _NAME if sense[0] == "~" else 1.0


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
