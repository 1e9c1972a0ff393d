"""Which predicted claim says what which gold claim says: one to one, optimal, with reasons.

Two claims can be a pair where they stand on shared evidence or share most of their words, are
alike enough, and nothing speaks against it (`vetoes`). Only such candidates are held against each
other, and the best assignment is found for each cluster of them, so that the work grows with the
number of claims and not with its square.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from summarise.evaluation.fields import same_source
from summarise.evaluation.meaning import Meaning, meaning_of
from summarise.evaluation.vetoes import dice, veto
from summarise.records import Claim

MATCHER = "1"
"""Version of the rules: it goes into each result's signature, for scores depend on it."""

ENOUGH = 0.5
"""Least similarity of a pair."""
WORDS_ALONE = 0.6
"""Least share of words in common where the two stand on no shared evidence."""
LEAST_WORDS = 0.25
"""Least share of words in common however much evidence is shared."""
EVIDENCE = 0.4
"""Weight of shared evidence beside the words."""
WINDOW, LONGEST_SPAN = 256, 8192
"""Characters: claims whose evidence meets in a window are held against each other; evidence that
is longer than that points nowhere."""
COMMON = 500
"""Claims that a word may stand in and still lead to candidates."""
TWICE = 0.9
"""Least share of words in common from which on a claim says again what another says."""
HELD = 0.8
"""Least share of a claim's words that another one, or several, must hold to cover it."""


@dataclass(frozen=True)
class MatchedPair:
    """Places of two claims in their lists, how alike they are, and why they are a pair."""

    gold: int
    predicted: int
    similarity: float
    reason: str


@dataclass(frozen=True)
class Unmatched:
    """Place of a claim without a partner, that of the nearest, and why they are no pair.

    `covered`: the other side says it within a fuller claim, or in pieces.
    """

    place: int
    nearest: int | None
    reason: str
    covered: bool = False


@dataclass(frozen=True)
class Matching:
    """The pairs, and what stands alone on either side."""

    pairs: list[MatchedPair] = field(default_factory=list)
    missed: list[Unmatched] = field(default_factory=list)
    extra: list[Unmatched] = field(default_factory=list)


@dataclass(frozen=True)
class _Edge:
    """Two claims held against each other; `against` is why they cannot be a pair.

    `vetoed`: they say different things; without it they only have too little in common.
    """

    gold: int
    predicted: int
    words: float
    evidence: float
    similarity: float
    against: str | None
    vetoed: bool


def match(gold: Sequence[Claim], predicted: Sequence[Claim]) -> Matching:
    """Match two lists of claims of one article; neither list is changed, order plays no part."""
    ours, theirs = [meaning_of(claim) for claim in gold], [meaning_of(c) for c in predicted]
    rarity = _rarity([*ours, *theirs])
    edges = [
        _edge(ours[g], theirs[p], g, p, rarity) for g, p in sorted(_candidates(ours, theirs))
    ]
    good = [edge for edge in edges if edge.against is None]
    chosen = sorted(_assigned(good), key=lambda edge: edge.gold)
    pairs = [MatchedPair(e.gold, e.predicted, round(e.similarity, 3), _why(e)) for e in chosen]
    sides = _Sides(ours, theirs, edges, {e.gold: e.predicted for e in chosen})
    return Matching(pairs, list(sides.missed()), list(sides.extra()))


def duplicates(claims: Sequence[Claim]) -> int:
    """How many claims say again, from the same source, what an earlier one says."""
    said = [meaning_of(claim) for claim in claims]
    near = _candidates(said, said)
    return len(
        {later for first, later in near if first < later and _repeats(said[first], said[later])}
    )


def _repeats(first: Meaning, later: Meaning) -> bool:
    one, other = first.claim, later.claim
    return (
        dice(first.stems, later.stems) >= TWICE
        and first.numbers == later.numbers
        and one.polarity == other.polarity
        and one.certainty == other.certainty
        and same_source(one, other)
        and veto(first, later) is None
    )


def _rarity(claims: Sequence[Meaning]) -> dict[str, float]:
    """The weight of each word: what few claims of the article say tells them apart."""
    known = Counter(stem for claim in claims for stem in claim.stems)
    return {stem: math.log(1 + len(claims) / count) for stem, count in known.items()}


def _alike(one: Counter[str], other: Counter[str], rarity: dict[str, float]) -> float:
    """The words in common, twice, as a share of all words of both, each by its weight."""
    total = sum(rarity[stem] * n for stems in (one, other) for stem, n in stems.items())
    shared = sum(rarity[stem] * n for stem, n in (one & other).items())
    return 2 * shared / total if total else 0.0


def _edge(
    gold: Meaning, predicted: Meaning, g: int, p: int, rarity: dict[str, float]
) -> _Edge:
    alike = _alike(gold.stems, predicted.stems, rarity)
    shared = _shared(gold.spans, predicted.spans)
    placed = bool(gold.spans and predicted.spans)
    similarity = (1 - EVIDENCE) * alike + EVIDENCE * shared if placed else alike
    against = veto(gold, predicted)
    vetoed = against is not None
    if not vetoed and not _enough(alike, shared, similarity):
        against = f"too few words in common: {alike:.2f}, evidence shared: {shared:.2f}"
    return _Edge(g, p, alike, shared, similarity, against, vetoed)


def _enough(alike: float, shared: float, similarity: float) -> bool:
    if shared:
        return alike >= LEAST_WORDS and similarity >= ENOUGH
    return alike >= WORDS_ALONE


def _shared(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> float:
    """Share of the shorter side's evidence, in characters, that the other side covers."""
    least = min(_length(one), _length(other))
    if not least:
        return 0.0
    both = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    return min(1.0, both / least)


def _length(spans: Sequence[tuple[int, int]]) -> int:
    return sum(end - start for start, end in spans)


def _why(edge: _Edge) -> str:
    told = f"words in common {edge.words:.2f}"
    return f"{told}, evidence shared {edge.evidence:.2f}" if edge.evidence else told


# --------------------------------------------------------------------------------- candidates


def _candidates(gold: Sequence[Meaning], predicted: Sequence[Meaning]) -> set[tuple[int, int]]:
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
        for window in _windows(meaning):
            for other in there.get(window, ()):
                if _shared(gold[other].spans, meaning.spans):
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


# --------------------------------------------------------------------------------- assignment


def _assigned(edges: Sequence[_Edge]) -> Iterator[_Edge]:
    """The one-to-one choice with the greatest sum of cubed similarities, cluster by cluster."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    for cluster in _clusters(edges):
        if len(cluster) == 1:
            yield cluster[0]
            continue
        rows = {place: row for row, place in enumerate(sorted({e.gold for e in cluster}))}
        columns = {place: col for col, place in enumerate(sorted({e.predicted for e in cluster}))}
        weights = np.zeros((len(rows), len(columns)))
        at = {(rows[e.gold], columns[e.predicted]): e for e in cluster}
        for place, edge in at.items():
            # Cubed: one sure pair is worth more than two that cross it.
            weights[place] = edge.similarity**3
        chosen = zip(*linear_sum_assignment(weights, maximize=True), strict=True)
        yield from (at[place] for place in map(tuple, chosen) if place in at)


def _clusters(edges: Sequence[_Edge]) -> Iterable[list[_Edge]]:
    """The edges by connected component of the graph of claims."""
    top: dict[tuple[str, int], tuple[str, int]] = {}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        while (above := top.setdefault(node, node)) != node:
            top[node] = top[above]
            node = above
        return node

    for edge in edges:
        top[root(("predicted", edge.predicted))] = root(("gold", edge.gold))
    clusters: dict[tuple[str, int], list[_Edge]] = defaultdict(list)
    for edge in edges:
        clusters[root(("gold", edge.gold))].append(edge)
    return clusters.values()


# ---------------------------------------------------------------------------------- unmatched


@dataclass(frozen=True)
class _Sides:
    """What is said of the claims that no pair took up."""

    gold: Sequence[Meaning]
    predicted: Sequence[Meaning]
    edges: Sequence[_Edge]
    taken: dict[int, int]

    def missed(self) -> Iterator[Unmatched]:
        """The gold claims that stand alone."""
        near: dict[int, list[tuple[int, _Edge]]] = defaultdict(list)
        for edge in self.edges:
            near[edge.gold].append((edge.predicted, edge))
        taken = {predicted: gold for gold, predicted in self.taken.items()}
        yield from _alone(self.gold, self.predicted, near, set(self.taken), taken)

    def extra(self) -> Iterator[Unmatched]:
        """The predicted claims that stand alone."""
        near: dict[int, list[tuple[int, _Edge]]] = defaultdict(list)
        for edge in self.edges:
            near[edge.predicted].append((edge.gold, edge))
        matched = set(self.taken.values())
        yield from _alone(self.predicted, self.gold, near, matched, self.taken)


def _alone(
    mine: Sequence[Meaning],
    others: Sequence[Meaning],
    near: dict[int, list[tuple[int, _Edge]]],
    matched: set[int],
    taken: dict[int, int],
) -> Iterator[Unmatched]:
    """Each of `mine` that is not matched; `taken` says whose partner each of `others` is."""
    for place, meaning in enumerate(mine):
        if place in matched:
            continue
        if not near[place]:
            yield Unmatched(place, None, "nothing stands on the same words or says the same")
            continue
        other, edge = max(near[place], key=lambda pair: (pair[1].similarity, -pair[0]))
        reason = edge.against
        if reason is None:
            reason = f"the nearest is the better partner of {mine[taken[other]].claim.id}"
        open_to = [others[o] for o, e in near[place] if not e.vetoed]
        yield Unmatched(place, other, reason, _covers(meaning, open_to))


def _covers(meaning: Meaning, others: Sequence[Meaning]) -> bool:
    """Whether one other claim holds nearly all that it says, or several pieces of it do."""
    if any(_holds(meaning, other.stems, other.numbers) for other in others):
        return True
    pieces = [other for other in others if _held(other.stems, meaning.stems) >= HELD]
    stems: Counter[str] = Counter()
    numbers: Counter[float] = Counter()
    for piece in pieces:
        stems |= piece.stems
        numbers |= piece.numbers
    return len(pieces) > 1 and _holds(meaning, stems, numbers)


def _holds(meaning: Meaning, stems: Counter[str], numbers: Counter[float]) -> bool:
    return meaning.numbers <= numbers and _held(meaning.stems, stems) >= HELD


def _held(stems: Counter[str], within: Counter[str]) -> float:
    total = stems.total()
    return (stems & within).total() / total if total else 0.0
