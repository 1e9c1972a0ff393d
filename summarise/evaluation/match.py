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
from dataclasses import dataclass, field, replace

from summarise.evaluation.candidates import WORDS_ALONE, candidates, shared_evidence
from summarise.evaluation.fields import same_source
from summarise.evaluation.order import by_content, fields_alike, in_order
from summarise.evaluation.vetoes import dice, veto
from summarise.meaning import Meaning, meaning_of
from summarise.records import Claim

MATCHER = "1"
"""Version of the rules: it goes into each result's signature, for scores depend on it."""

ENOUGH = 0.5
"""Least similarity of a pair."""
LEAST_WORDS = 0.25
"""Least share of words in common however much evidence is shared."""
EVIDENCE = 0.4
"""Weight of shared evidence beside the words."""
TWICE = 0.9
"""Least share of words in common from which on a claim says again what another says."""
TIE = 1e-6
"""What a field that agrees adds to a pair's weight: it settles ties, and nothing else."""
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


@dataclass(frozen=True, slots=True)
class _Edge:
    """Two claims held against each other; `against` is why they cannot be a pair.

    `vetoed`: they say different things; without it they only have too little in common. `fields`
    counts those in which they agree.
    """

    gold: int
    predicted: int
    words: float
    evidence: float
    similarity: float
    against: str | None
    vetoed: bool
    fields: int = 0


def match(gold: Sequence[Claim], predicted: Sequence[Claim]) -> Matching:
    """Match two lists of claims of one article; neither list is changed, order plays no part."""
    mine, theirs = in_order(gold), in_order(predicted)
    found = _matched([gold[place] for place in mine], [predicted[place] for place in theirs])
    pairs = [replace(p, gold=mine[p.gold], predicted=theirs[p.predicted]) for p in found.pairs]
    return Matching(
        sorted(pairs, key=lambda pair: pair.gold),
        sorted(_moved(found.missed, mine, theirs), key=lambda one: one.place),
        sorted(_moved(found.extra, theirs, mine), key=lambda one: one.place),
    )


def _moved(found: list[Unmatched], mine: list[int], theirs: list[int]) -> Iterator[Unmatched]:
    """What was found of claims in order, told by their places in the lists as given."""
    for one in found:
        nearest = None if one.nearest is None else theirs[one.nearest]
        yield replace(one, place=mine[one.place], nearest=nearest)


def _matched(gold: Sequence[Claim], predicted: Sequence[Claim]) -> Matching:
    ours, theirs = [meaning_of(claim) for claim in gold], [meaning_of(c) for c in predicted]
    edges = list(_edges(ours, theirs))
    good = [edge for edge in edges if edge.against is None]
    chosen = sorted(_assigned(good), key=lambda edge: edge.gold)
    pairs = [MatchedPair(e.gold, e.predicted, round(e.similarity, 3), _why(e)) for e in chosen]
    sides = _Sides(ours, theirs, edges, {e.gold: e.predicted for e in chosen})
    return Matching(pairs, list(sides.missed()), list(sides.extra()))


def _edges(gold: Sequence[Meaning], predicted: Sequence[Meaning]) -> Iterator[_Edge]:
    """The claims held against each other; what a list says over and over, only once."""
    rarity = _rarity([*gold, *predicted])
    mine, theirs = (by_content([m.claim for m in side]) for side in (gold, predicted))
    ours, others = list(mine.values()), list(theirs.values())
    numbered = {said: number for number, said in enumerate(theirs)}
    same = {(g, numbered[said]) for g, said in enumerate(mine) if said in numbered}
    near = candidates([gold[at[0]] for at in ours], [predicted[at[0]] for at in others])
    for g, p in sorted(near | same):
        edge = _edge(gold[ours[g][0]], predicted[others[p][0]], rarity, (g, p) in same)
        yield from (replace(edge, gold=x, predicted=y) for x in ours[g] for y in others[p])


def duplicates(claims: Sequence[Claim]) -> int:
    """How many claims say again, from the same source, what another one says."""
    bare = [claim.model_copy(update={"evidence": ()}) for claim in claims]
    said = [meaning_of(bare[at[0]]) for _, at in sorted(by_content(bare).items())]
    near = candidates(said, said)
    again = {later for first, later in near if first < later and _repeats(said[first], said[later])}
    return len(claims) - len(said) + len(again)


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


def _edge(gold: Meaning, predicted: Meaning, rarity: dict[str, float], same: bool) -> _Edge:
    alike = 1.0 if same else _alike(gold.stems, predicted.stems, rarity)
    shared = shared_evidence(gold.spans, predicted.spans)
    placed = bool(gold.spans and predicted.spans)
    similarity = (1 - EVIDENCE) * alike + EVIDENCE * shared if placed else alike
    against = None if same else veto(gold, predicted)
    vetoed = against is not None
    if not vetoed and not _enough(alike, shared, similarity):
        against = f"too few words in common: {alike:.2f}, evidence shared: {shared:.2f}"
    fields = 0 if against else fields_alike(gold.claim, predicted.claim)
    return _Edge(0, 0, alike, shared, similarity, against, vetoed, fields)


def _enough(alike: float, shared: float, similarity: float) -> bool:
    if shared:
        return alike >= LEAST_WORDS and similarity >= ENOUGH
    return alike >= WORDS_ALONE


def _why(edge: _Edge) -> str:
    told = f"words in common {edge.words:.2f}"
    return f"{told}, evidence shared {edge.evidence:.2f}" if edge.evidence else told


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
            weights[place] = edge.similarity**3 + TIE * edge.fields
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
