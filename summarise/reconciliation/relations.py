"""How the claims of one fact relate to one another, each relation with its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from summarise.reconciliation.event_relations import against, compatible, crossed, likeness
from summarise.reconciliation.figure_relations import of_figures
from summarise.reconciliation.said import Said
from summarise.reconciliation.sides import Fact, Side, Voices, sides_of
from summarise.reconciliation.told import Told
from summarise.records import FactKind, Relation

WHOLE = 40
"""Claims up to which every pair of a fact is looked at; of a larger one, every two positions."""
POSITIONS = 30
"""Positions of a large fact that are held against each other: the most widely told ones."""
LISTED = 12
"""Claims up to which every agreement of figures is listed; beyond, those that span the fact."""
SPANNING = frozenset(("agrees", "refines"))
"""Relations that need only tie the claims of a fact together."""


Pair = tuple[int, int]
"""The places of two sides of a fact, the lower first."""
Ties = dict[Pair, Relation | None]
"""Agreements and refinements; None where what it is has not been looked at."""


def relate(
    told: Sequence[Told],
    members: Sequence[int],
    kind: FactKind,
    *,
    voices: Voices | None = None,
    answers: Mapping[int, int] | None = None,
) -> list[Relation]:
    """The relations within one fact, whose claims are at the places `members` of `told`.

    All conflicts, attribution conflicts and updates are there; agreements and refinements span
    what they tie together. `voices`: what the whole story tells of its sources, so that it is read
    once for many facts. Of a large fact, claims of one body, figure and day stand for each other.
    """
    if len(members) < 2:
        return []
    fact = sides_of([told[place] for place in members], voices or Voices.of(told))
    if answers:
        fact.answers = {
            told[place].name: told[answers[place]].name for place in members if place in answers
        }
    if len(members) <= WHOLE:
        return _related(fact, fact.sides, kind)
    heads, copies = _positions(fact, kind)
    return [*_related(fact, heads, kind), *copies]


def _related(fact: Fact, sides: Sequence[Side], kind: FactKind) -> list[Relation]:
    """The relations of every two sides, agreements thinned out to those that span."""
    said = [Said(side.told.claim) for side in sides]
    firm: dict[Pair, Relation] = {}
    ties: Ties = {}
    for a, b in combinations(range(len(sides)), 2):
        one, other = sides[a], sides[b]
        if answer := _answer(one, other, fact):
            firm[a, b] = answer
        elif kind == "figure" and one.bounds and other.bounds:
            relation = of_figures(one, other, fact)
            if relation is not None:
                (ties if relation.relation in SPANNING else firm)[a, b] = relation
        elif kind == "figure" and one.told.claim.quantities and other.told.claim.quantities:
            continue  # figures of two kinds: a percentage and a count
        elif relation := against(one, other, fact, (said[a], said[b])):
            firm[a, b] = relation
        elif said[a].withholds == said[b].withholds and not crossed(said[a], said[b]):
            ties[a, b] = None  # to be told apart once it is known to be needed
    if kind != "figure" or len(sides) > LISTED:
        ties = _spanning(ties, said)
    for (a, b), tie in ties.items():
        firm[a, b] = tie or compatible(sides[a], sides[b], (said[a], said[b]))
    return [firm[pair] for pair in sorted(firm)]


def _answer(a: Side, b: Side, fact: Fact) -> Relation | None:
    """The conflict of a denial with the claim that it answers."""
    if fact.answers.get(b.name) == a.name:
        a, b = b, a
    if fact.answers.get(a.name) != b.name:
        return None
    why = f"{a.who()} denies what {b.who()} states just before"
    return Relation(a=a.name, b=b.name, relation="conflicts", why=why)


def _spanning(ties: Mapping[Pair, Relation | None], said: Sequence[Said]) -> Ties:
    """Those that tie the same claims together with no ring among them, the most alike first."""
    root = list(range(len(said)))

    def find(place: int) -> int:
        while root[place] != place:
            root[place] = place = root[root[place]]
        return place

    kept: Ties = {}
    for a, b in sorted(ties, key=lambda pair: (-likeness(said[pair[0]], said[pair[1]]), pair)):
        one, other = find(a), find(b)
        if one != other:
            root[one] = other
            kept[a, b] = ties[a, b]
    return kept


def _positions(fact: Fact, kind: FactKind) -> tuple[list[Side], list[Relation]]:
    """The first claim of each position in a large fact, and the agreements of the others with it.

    A position is what one body tells of one day: its figure, or its words' sense.
    """
    heads: dict[tuple[object, ...], list[Side]] = defaultdict(list)
    for side in fact.sides:
        heads[_position(side, kind)].append(side)
    # Claims beyond the most widely told positions stand with the first that they are alike to.
    order = sorted(heads.values(), key=len, reverse=True)
    firsts = [sides[0] for sides in order[:POSITIONS]]
    copies = [copy for sides in order for copy in _copies(sides)]
    copies += _others(fact, firsts[0], [sides[0] for sides in order[POSITIONS:]], kind)
    return firsts, copies


def _position(side: Side, kind: FactKind) -> tuple[object, ...]:
    claim = side.told.claim
    who = claim.source.casefold() if claim.source else None
    if kind == "figure" and side.bounds is not None:
        figure = side.bounds
        return (who, figure.low, figure.high, figure.approx, side.as_of, side.old)
    return (who, claim.polarity, claim.certainty == "possible")


def _copies(sides: Sequence[Side]) -> Iterator[Relation]:
    first, *others = sides
    for other in others:
        what = f"both {other.value()}" if other.figure else "the same in other words"
        why = f"{what}; {first.who()} and {other.who()}"
        yield Relation(a=first.name, b=other.name, relation="agrees", why=why)


def _others(fact: Fact, first: Side, others: Sequence[Side], kind: FactKind) -> Iterator[Relation]:
    """What each further position is to the first of the fact."""
    for other in others:
        yield from _related(fact, [first, other], kind)
