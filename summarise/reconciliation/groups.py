"""Claims parted into facts: those that answer one question about one thing, period and place."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import product

from summarise.reconciliation.answers import answers
from summarise.reconciliation.candidates import candidates, days_of, told_again, weights_of
from summarise.reconciliation.question import Question, Voice, questions
from summarise.reconciliation.same import likeness
from summarise.reconciliation.sides import Voices
from summarise.reconciliation.told import Told
from summarise.reconciliation.vetoes import against

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

NEAR, LEAST_NEAR, MANY = 8, 1, 8_000
"""Pairs told apart for each claim; fewer where that would be more than `MANY` in all."""
TWO_FIGURES, ONE_TEXT = 0.2, 0.2
"""What tells more of a pair told apart: two figures; and less: that one article tells both."""

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
    answers: Mapping[int, int] = field(default_factory=dict)


def grouped(
    told: Sequence[Told],
    decided: Mapping[Pair, bool] | None = None,
    *,
    voices: Voices | None = None,
) -> Groups:
    """Part the claims into facts.

    `decided` tells of pairs of places, in either order, whether they are of one fact: it stands
    over the rules between the two, and what joins or parts the others is worked out anew.
    `voices`: what the whole story tells of its sources, so that it is read once.
    """
    apart = {place for pair in decided or () for place in pair}
    every = questions(told)
    answered = answers(told, every, voices or Voices.of(told))
    asked, again = _told_again(every, apart | set(answered))
    kept = [place for place in range(len(asked)) if place not in again]
    at = {place: number for number, place in enumerate(kept)}
    said = {
        (min(at[a], at[b]), max(at[a], at[b])): is_one
        for (a, b), is_one in (decided or {}).items()
        if a != b
    }
    groups = _parted([asked[place] for place in kept], said)
    each: list[list[int]] = [[place] for place in kept]
    for place, first in again.items():
        each[at[first]].append(place)
    facts = (tuple(sorted(p for number in fact for p in each[number])) for fact in groups.facts)
    return _with_answers(
        Groups(
            sorted(facts),
            sorted(_told_of_each(groups.apart, each), key=_places),
            sorted(
                (replace(one, a=kept[one.a], b=kept[one.b]) for one in groups.open), key=_places
            ),
            groups.pairs,
            answered,
        ),
        told,
    )


def _with_answers(groups: Groups, told: Sequence[Told]) -> Groups:
    """The groups with each denial that answers a claim in the fact of that claim.

    It comes with what stands in its own fact, where that is all denials; else by itself.
    """
    fact_of = {place: fact for fact in groups.facts for place in fact}
    for denial, charge in groups.answers.items():
        mine, theirs = fact_of[denial], fact_of[charge]
        if mine == theirs:
            continue
        if any(told[place].claim.polarity == "positive" for place in mine):
            left = tuple(place for place in mine if place != denial)
            fact_of.update(dict.fromkeys(left, left))
            mine = (denial,)
        joined = tuple(sorted(mine + theirs))
        fact_of.update(dict.fromkeys(joined, joined))
    facts = sorted(set(fact_of.values()))
    apart = [pair for pair in groups.apart if fact_of[pair.a] != fact_of[pair.b]]
    return replace(groups, facts=facts, apart=apart)


def _told_of_each(apart: Sequence[Apart], each: Sequence[Sequence[int]]) -> list[Apart]:
    """What is told of two claims, told of all that ask just what they do, the nearest first."""
    told: list[Apart] = []
    listed = _listed(sum(map(len, each)))
    for one in apart:
        pairs = product(each[one.a], each[one.b])
        told.extend(Apart(min(pair), max(pair), one.why, one.looks) for pair in pairs)
        if len(told) >= listed:
            break
    return told[:listed]


def _listed(claims: int) -> int:
    return max(LEAST_NEAR * claims, min(NEAR * claims, MANY))


def _told_again(
    asked: Sequence[Question], apart: Set[int]
) -> tuple[list[Question], dict[int, int]]:
    """The questions with the voices of all that ask just the same, and each of those under the
    first of them; those of `apart` stand for themselves.

    A claim that a thousand copies of an article tell would make a million pairs.
    """
    first: dict[tuple[object, ...], int] = {}
    again: dict[int, int] = {}
    voices: dict[int, set[Voice]] = {}
    for place, one in enumerate(asked):
        before = place if place in apart else first.setdefault(one.what(), place)
        if before != place:
            again[place] = before
            voices.setdefault(before, set(asked[before].voices)).update(one.voices)
    merged = [
        replace(one, voices=frozenset(voices[place])) if place in voices else one
        for place, one in enumerate(asked)
    ]
    return merged, again


def _parted(asked: Sequence[Question], decided: dict[Pair, bool]) -> Groups:
    held = _Held(asked, decided)
    looks = {(a, b): alike for alike, a, b in candidates(asked, held.weights)}
    likely = [pair for pair in looks if held.likeness(pair) >= LEAST and not held.against(pair)]
    likely.extend(pair for pair in held.decided if pair not in looks)
    held.favour_mutual(likely)
    facts = _joined(len(asked), held, likely)
    of = {place: number for number, fact in enumerate(facts) for place in fact}
    apart, left = [], []
    for pair in _to_tell(looks, of, held):
        a, b = pair
        why = held.against(pair)
        apart.append(Apart(a, b, why or held.difference(a, b), looks.get(pair, 0.0)))
    for pair in likely:
        score = held.likeness(pair)
        if OPEN <= score < SURE and pair not in held.decided:
            left.append(Open(*pair, score))
    return Groups(facts, apart, left, len(looks))


def _to_tell(looks: Mapping[Pair, float], of: Mapping[int, int], held: _Held) -> list[Pair]:
    """The pairs of two facts that are told to be different: those that are nearest to one."""
    near = [
        pair
        for pair in looks
        if of[pair[0]] != of[pair[1]]
        and pair not in held.decided
        and (held.likeness(pair) < OPEN or held.against(pair))
    ]
    near.sort(key=lambda pair: (-held.nearness(pair, looks[pair]), pair))
    told = [pair for pair in held.decided if of[pair[0]] != of[pair[1]]]
    return told + near[: _listed(len(held.asked))]


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
        self._alike: dict[Pair, float] = {pair: float(one) for pair, one in decided.items()}
        self._why: dict[Pair, str | None] = {
            pair: None if one else "decided to be different" for pair, one in decided.items()
        }

    def likeness(self, pair: Pair) -> float:
        """Likeness of two claims, the lower place first, read once; vetoes apart."""
        known = self._alike.get(pair)
        if known is None:
            known = self._alike[pair] = self._read(*pair)
        return known

    def against(self, pair: Pair) -> str | None:
        """What speaks against two claims, the lower place first, read once."""
        if pair not in self._why:
            self._why[pair] = against(self.asked[pair[0]], self.asked[pair[1]])
        return self._why[pair]

    def nearness(self, pair: Pair, looks: float) -> float:
        """How easily two claims of two facts are taken for one: the more, the worse to miss."""
        a, b = self.asked[pair[0]], self.asked[pair[1]]
        near = looks + self.likeness(pair)
        if a.bounds and b.bounds:
            near += TWO_FIGURES
        return near - ONE_TEXT if a.article == b.article else near

    def favour_mutual(self, likely: Sequence[Pair]) -> None:
        """Raise pairs each of which is the other's best in its article."""
        best: dict[tuple[int, str], tuple[float, int]] = {}
        for a, b in likely:
            score = self._alike[a, b]
            for one, other in ((a, b), (b, a)):
                key = (one, self.asked[other].article)
                best[key] = max(best.get(key, (0.0, 0)), (score, -other))
        for a, b in likely:
            here, there = self.asked[a].article, self.asked[b].article
            if here != there and best[a, there][1] == -b and best[b, here][1] == -a:
                self._alike[a, b] += MUTUAL

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

    def _read(self, a: int, b: int) -> float:
        one, other, ours, others = self.asked[a], self.asked[b], self.told[a], self.told[b]
        shared = 0.0
        for sense in one.senses & other.senses:
            mine, theirs = ours[sense], others[sense]
            shared += mine if mine < theirs else theirs
        score = likeness(one, other, shared, self.totals[a], self.totals[b])
        if score and one.start is not None and one.start == other.start:
            score += ONE_DAY * self.days[one.start] * (1 - score)
        return score


def _joined(count: int, held: _Held, likely: Sequence[Pair]) -> list[tuple[int, ...]]:
    """Groups joined pairwise, the most alike first, while their mean likeness is enough."""
    members: dict[int, tuple[int, ...]] = {place: (place,) for place in range(count)}
    heap = [
        (-score, *pair)
        for pair in likely
        if (score := held.likeness(pair)) >= SAME and not held.against(pair)
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
            pair = (a, b) if a < b else (b, a)
            if held.against(pair):
                return 0.0
            total += held.likeness(pair)
    return total / (len(one) * len(other))
