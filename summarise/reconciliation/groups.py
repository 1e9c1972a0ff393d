"""Claims parted into facts: those that answer one question about one thing, period and place."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from summarise.reconciliation.candidates import candidates, days_of, told_again, weights_of
from summarise.reconciliation.question import Question, questions
from summarise.reconciliation.same import against, likeness
from summarise.reconciliation.told import Told

SAME = 0.5
"""Least mean likeness of the claims of two groups that are joined."""
OPEN = 0.45
"""Likeness from which on a pair without a veto is not told to be different."""
SURE = 0.6
"""Likeness from which on such a pair is no more left open."""
MUTUAL = 0.05
"""What two claims gain that are each the most alike to the other in its article."""
ONE_DAY = 0.3
"""How far a first day that no other claims share lifts the likeness to 1."""
LEAST = 0.3
"""Likeness from which on such two gain it."""

TOLD_OFTEN = 12
"""Claims alike in all that is compared that are held against others each by itself."""

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Apart:
    """Two claims, by their places, that look alike and are not of one fact, and why.

    `looks`: how alike they look (0 to 1, by their words alone), so that the nearest can be told.
    """

    a: int
    b: int
    why: str
    looks: float = 0.0


@dataclass(frozen=True, slots=True)
class Open:
    """Two claims, by their places, of which the rules are unsure, and how alike they are (0 to 1).

    They may have been joined or not; `grouped` takes a decision about them from elsewhere.
    """

    a: int
    b: int
    likeness: float


@dataclass(frozen=True)
class Groups:
    """`facts` parts all places of the claims, in order; `pairs` counts those held together."""

    facts: list[tuple[int, ...]]
    apart: list[Apart] = field(default_factory=list)
    open: list[Open] = field(default_factory=list)
    pairs: int = 0


def grouped(told: Sequence[Told], decided: Mapping[Pair, bool] | None = None) -> Groups:
    """Part the claims into facts.

    `decided` tells of pairs of places, in either order, whether they are of one fact: it stands
    over the rules between the two, and what joins or parts the others is worked out anew.
    """
    asked = questions(told)
    again = _told_again(asked)
    kept = [place for place in range(len(asked)) if place not in again]
    at = {place: number for number, place in enumerate(kept)}
    said = {
        (min(pair), max(pair)): is_one
        for (a, b), is_one in (decided or {}).items()
        if (pair := (at[again.get(a, a)], at[again.get(b, b)]))[0] != pair[1]
    }
    groups = _parted([asked[place] for place in kept], said)
    facts = {fact[0]: [kept[number] for number in fact] for fact in groups.facts}
    of = {kept[number]: fact[0] for fact in groups.facts for number in fact}
    for place, first in again.items():
        facts[of[first]].append(place)
    return Groups(
        sorted(tuple(sorted(fact)) for fact in facts.values()),
        [replace(one, a=kept[one.a], b=kept[one.b]) for one in groups.apart],
        [replace(one, a=kept[one.a], b=kept[one.b]) for one in groups.open],
        groups.pairs,
    )


def _told_again(asked: Sequence[Question]) -> dict[int, int]:
    """Claims that ask and answer just what several before them do, each under the first of them.

    A claim that a thousand copies of an article tell would make a million pairs.
    """
    first: dict[tuple[object, ...], list[int]] = {}
    again: dict[int, int] = {}
    for place, one in enumerate(asked):
        places = first.setdefault((one.senses, one.traits, one.bounds, one.start, one.end), [])
        if len(places) >= TOLD_OFTEN:
            again[place] = places[0]
        else:
            places.append(place)
    return again


def _parted(asked: Sequence[Question], decided: dict[Pair, bool]) -> Groups:
    held = _Held(asked, decided)
    looks = {(a, b): alike for alike, a, b in candidates(asked, held.weights)}
    for pair in (*looks, *held.decided):
        held.read(pair)
    held.favour_mutual()
    facts = _joined(len(asked), held)
    of = {place: number for number, fact in enumerate(facts) for place in fact}
    apart, left = [], []
    for a, b in (*looks, *(held.decided.keys() - looks.keys())):
        score, why = held.known[a, b]
        if of[a] != of[b] and (why or score < OPEN):
            apart.append(Apart(a, b, why or held.difference(a, b), looks.get((a, b), 0.0)))
        elif not why and OPEN <= score < SURE and (a, b) not in held.decided:
            left.append(Open(a, b, score))
    return Groups(facts, sorted(apart, key=_places), sorted(left, key=_places), len(looks))


def _places(one: Apart | Open) -> Pair:
    return one.a, one.b


class _Held:
    """Pairs held against each other, each once: likeness, and what speaks against them."""

    def __init__(self, asked: Sequence[Question], decided: dict[Pair, bool]) -> None:
        self.asked = asked
        self.decided = decided
        self.weights = weights_of(asked)
        self.told = told_again(asked, self.weights)
        self.days = days_of(asked)
        self.totals = [sum(weights.values()) or 1.0 for weights in self.told]
        self.known: dict[Pair, tuple[float, str | None]] = {}

    def of(self, a: int, b: int) -> tuple[float, str | None]:
        """Likeness of two claims and what speaks against them, read once."""
        return self.read((a, b) if a < b else (b, a))

    def read(self, pair: Pair) -> tuple[float, str | None]:
        """The same, of a pair with the lower place first."""
        known = self.known.get(pair)
        if known is None:
            known = self.known[pair] = self._read(pair)
        return known

    def favour_mutual(self) -> None:
        """Raise pairs each of which is the other's best in its article."""
        best: dict[tuple[int, str], tuple[float, int]] = {}
        likely = [
            (a, b, score)
            for (a, b), (score, why) in self.known.items()
            if score >= LEAST and not why
        ]
        for a, b, score in likely:
            for one, other in ((a, b), (b, a)):
                key = (one, self.asked[other].article)
                best[key] = max(best.get(key, (0.0, 0)), (score, -other))
        for a, b, score in likely:
            here, there = self.asked[a].article, self.asked[b].article
            if here != there and best[a, there][1] == -b and best[b, here][1] == -a:
                self.known[a, b] = (score + MUTUAL, None)

    def difference(self, a: int, b: int) -> str:
        """What either claim says most that the other does not, where no rule tells them apart."""
        mine, theirs = self._own(a, b), self._own(b, a)
        if mine and theirs:
            return f"another thing is said: “{mine}”, “{theirs}”"
        return f"only one says “{mine or theirs}”" if mine or theirs else "another thing is said"

    def _own(self, a: int, b: int) -> str | None:
        words, told = self.asked[a].words, self.told[a]
        own = [sense for sense in words if sense in told and sense not in self.asked[b].senses]
        return words[max(own, key=lambda sense: (told[sense], sense))] if own else None

    def _read(self, pair: Pair) -> tuple[float, str | None]:
        if pair in self.decided:
            return (1.0, None) if self.decided[pair] else (0.0, "decided to be different")
        a, b = pair
        one, other, ours, others = self.asked[a], self.asked[b], self.told[a], self.told[b]
        shared = 0.0
        for sense in one.senses & other.senses:
            mine, theirs = ours[sense], others[sense]
            shared += mine if mine < theirs else theirs
        score = likeness(one, other, shared, self.totals[a], self.totals[b])
        if score and one.start is not None and one.start == other.start:
            score += ONE_DAY * self.days[one.start] * (1 - score)
        return score, against(one, other)


def _joined(count: int, held: _Held) -> list[tuple[int, ...]]:
    """Groups joined pairwise, the most alike first, while their mean likeness is enough."""
    members: dict[int, tuple[int, ...]] = {place: (place,) for place in range(count)}
    heap = [
        (-score, a, b) for (a, b), (score, why) in held.known.items() if score >= SAME and not why
    ]
    heapq.heapify(heap)
    near: dict[int, set[int]] = {}
    for _, a, b in heap:
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
    fresh = count
    while heap:
        _, a, b = heapq.heappop(heap)
        if a not in members or b not in members:
            continue
        members[fresh] = members.pop(a) + members.pop(b)
        around = (near.pop(a) | near.pop(b)) - {a, b}
        near[fresh] = set()
        for other in around:
            if other in members and (score := _mean(members[fresh], members[other], held)) >= SAME:
                heapq.heappush(heap, (-score, other, fresh))
                near[fresh].add(other)
                near[other].add(fresh)
        fresh += 1
    return sorted(tuple(sorted(group)) for group in members.values())


def _mean(one: Sequence[int], other: Sequence[int], held: _Held) -> float:
    """Mean likeness of the pairs of two groups; 0 where anything speaks against one of them."""
    total = 0.0
    for a in one:
        for b in other:
            score, why = held.of(a, b)
            if why:
                return 0.0
            total += score
    return total / (len(one) * len(other))
