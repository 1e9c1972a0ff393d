"""Which claims are worth holding against each other, found without trying all pairs."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from summarise.reconciliation.question import HARM, JOINT, SICK, Question
from summarise.reconciliation.senses import GENERAL

LOOKS = 0.07
"""Least share of weight in common of claims that look alike at all."""
_SEEN, _LEAST_SEEN, _MEETINGS = 256, 64, 500_000
"""Claims that one claim meets at most, by its rarest words first; fewer where there are so many
claims that they would meet more often than that in all."""
_KEPT, _LEAST_KEPT, _PAIRS = 60, 8, 160_000
"""Of those, how many with the most in common it is held against; fewer where there are so many
claims that the pairs would be more than that in all."""
_RARE = 3
"""Claims with a sense from which on its number tells: a word of one claim alone may be chance."""
_FLOOR = 0.15
"""What is left of the weight of a sense that all claims of an article hold."""
_LESSER, _NAME = 0.7, 0.7
"""Weight of a country or a general word, and of a name: all claims of a story name the same."""


def weights_of(asked: Sequence[Question]) -> dict[str, float]:
    """The weight of each sense: the rarer, the more it tells."""
    known = Counter(sense for question in asked for sense in question.senses)
    total = len(asked)
    return {sense: _kind(sense) * math.log(total / max(n, _RARE) + 1) for sense, n in known.items()}


def _kind(sense: str) -> float:
    if sense in GENERAL or sense in (HARM, JOINT, SICK) or sense[0] == "=":
        return _LESSER
    return _NAME if sense[0] == "~" else 1.0


def days_of(asked: Sequence[Question]) -> dict[int, float]:
    """How much it tells that two claims share a first day: from 0, where all do, to 1."""
    known = Counter(question.start for question in asked if question.start is not None)
    most = math.log(len(asked) + 1)
    return {day: math.log((len(asked) + 1) / n) / most for day, n in known.items()}


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


def candidates(
    asked: Sequence[Question], weights: dict[str, float]
) -> Iterator[tuple[float, int, int]]:
    """How alike two claims look (0 to 1) and their places, the lower first, each pair once.

    Their number grows with that of the claims and not with its square.
    """
    there: dict[str, list[int]] = defaultdict(list)
    totals: list[float] = []
    kept = max(_LEAST_KEPT, min(_KEPT, _PAIRS // max(1, len(asked))))
    seen = max(_LEAST_SEEN, min(_SEEN, _MEETINGS // max(1, len(asked))))
    for place, question in enumerate(asked):
        rarest = sorted(question.senses, key=lambda one: (-weights[one], one))
        totals.append(sum(weights[sense] for sense in rarest) or 1.0)
        looks = _looks(_met(rarest, there, weights, seen), totals)
        for alike, other in sorted(looks)[:kept]:
            yield -alike, other, place
        for sense in rarest:
            there[sense].append(place)


def _looks(met: dict[int, float], totals: Sequence[float]) -> list[tuple[float, int]]:
    """How alike the last claim looks to those it met, negative, so that the most alike come first.

    Half of it is the share of both, half the share of the shorter.
    """
    mine = totals[-1]
    looks = []
    for other, shared in met.items():
        theirs = totals[other]
        alike = shared / (mine + theirs) + shared / (2 * (mine if mine < theirs else theirs))
        if alike >= LOOKS:
            looks.append((-alike, other))
    return looks


def _met(
    rarest: Sequence[str], there: dict[str, list[int]], weights: dict[str, float], left: int
) -> dict[int, float]:
    """Earlier claims that share a sense, `left` at most, with the weight of what they share."""
    met: dict[int, float] = defaultdict(float)
    for sense in rarest:
        posted, weight = there.get(sense, []), weights[sense]
        for other in posted[-left:]:
            met[other] += weight
        left -= len(posted)
        if left <= 0:
            break
    return met
