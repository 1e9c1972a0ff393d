"""Which claims of two lists are worth holding against each other, found without trying them all."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from summarise.evaluation.vetoes import dice
from summarise.meaning import Meaning

WORDS_ALONE = 0.6
"""Least share of words in common where the two stand on no shared evidence."""
WINDOW, LONGEST_SPAN = 256, 8192
"""Characters: claims whose evidence meets in a window are held against each other; evidence that
is longer than that points nowhere."""
COMMON = 500
"""Claims that a word may stand in and still lead to candidates."""


def candidates(gold: Sequence[Meaning], predicted: Sequence[Meaning]) -> set[tuple[int, int]]:
    """Places of two claims that share evidence, or may share enough words."""
    return set(_by_evidence(gold, predicted)) | set(_by_words(gold, predicted))


def _by_evidence(
    gold: Sequence[Meaning], predicted: Sequence[Meaning]
) -> Iterator[tuple[int, int]]:
    """Claims with evidence in one window of the text."""
    there: dict[int, list[int]] = defaultdict(list)
    for place, meaning in enumerate(gold):
        for window in _windows(meaning):
            there[window].append(place)
    for place, meaning in enumerate(predicted):
        near = {other for window in _windows(meaning) for other in there.get(window, ())}
        for other in near:
            if shared_evidence(gold[other].spans, meaning.spans):
                yield other, place


def _windows(meaning: Meaning) -> set[int]:
    return {
        window
        for start, end in meaning.spans
        if end - start <= LONGEST_SPAN
        for window in range(start // WINDOW, (end - 1) // WINDOW + 1)
    }


def _by_words(gold: Sequence[Meaning], predicted: Sequence[Meaning]) -> Iterator[tuple[int, int]]:
    """Claims that may have enough words in common: they share one of their rarer words.

    Prefix filtering: of n words, two claims with a Dice of t share at least n t / (2 - t), so
    they meet among the n - n t / (2 - t) + 1 rarest.
    """
    known = Counter(stem for meaning in gold for stem in meaning.stems)
    there: dict[str, list[int]] = defaultdict(list)
    for place, meaning in enumerate(gold):
        for stem in meaning.stems:
            if known[stem] <= COMMON:
                there[stem].append(place)
    for place, meaning in enumerate(predicted):
        for stem in _rarest(meaning.stems, known):
            for other in there.get(stem, ()):
                if dice(gold[other].stems, meaning.stems) >= WORDS_ALONE:
                    yield other, place


def _rarest(stems: Counter[str], known: Counter[str]) -> list[str]:
    total = stems.total()
    least = total - math.ceil(total * WORDS_ALONE / (2 - WORDS_ALONE)) + 1
    return sorted(stems, key=lambda stem: (known[stem], stem))[:least]


def shared_evidence(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> float:
    """Share of the shorter side's evidence, in characters, that the other side covers."""
    least = min(_length(one), _length(other))
    if not least:
        return 0.0
    return _overlap(one, other) / least


def _overlap(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> int:
    """Characters that both cover; spans are in order and lie apart."""
    both, first, second = 0, 0, 0
    while first < len(one) and second < len(other):
        (a, b), (c, d) = one[first], other[second]
        both += max(0, min(b, d) - max(a, c))
        if b < d:
            first += 1
        else:
            second += 1
    return both


def _length(spans: Sequence[tuple[int, int]]) -> int:
    return sum(end - start for start, end in spans)
