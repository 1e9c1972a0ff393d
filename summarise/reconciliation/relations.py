"""How the claims of one fact relate to one another, each relation with its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from summarise.reconciliation.event_relations import Said, likeness, of_events
from summarise.reconciliation.figure_relations import of_figures
from summarise.reconciliation.sides import Fact, Side, Voices, sides_of
from summarise.reconciliation.told import Told
from summarise.records import FactKind, Relation

WHOLE = 40
"""Claims up to which every pair of a fact is looked at; of a larger one, every two positions."""
POSITIONS = 40
"""Positions of a large fact that are held against each other: the most widely told ones."""
LISTED = 12
"""Claims up to which every agreement of figures is listed; beyond, those that span the fact."""
SPANNING = frozenset(("agrees", "refines"))
"""Relations that need only tie the claims of a fact together."""


def relate(
    told: Sequence[Told],
    members: Sequence[int],
    kind: FactKind,
    *,
    voices: Voices | None = None,
) -> list[Relation]:
    """The relations within one fact, whose claims are at the places `members` of `told`.

    All conflicts, attribution conflicts and updates are there; agreements and refinements span
    what they tie together. `voices`: what the whole story tells of its sources, so that it is read
    once for many facts. Of a large fact, claims of one body, figure and day stand for each other.
    """
    if len(members) < 2:
        return []
    fact = sides_of([told[place] for place in members], voices or Voices.of(told))
    if len(members) <= WHOLE:
        return _related(fact, fact.sides, kind)
    heads, copies = _positions(fact, kind)
    return [*_related(fact, heads, kind), *copies]


def _related(fact: Fact, sides: Sequence[Side], kind: FactKind) -> list[Relation]:
    """The relations of every two sides, agreements thinned out to those that span."""
    said = [Said(side.told.claim) for side in sides]
    order = {side.name: place for place, side in enumerate(sides)}
    found: list[Relation] = []
    for a, b in combinations(range(len(sides)), 2):
        one, other = sides[a], sides[b]
        relation = _of_two(one, other, fact, kind, (said[a], said[b]))
        if relation is not None:
            found.append(relation)
    firm = [relation for relation in found if relation.relation not in SPANNING]
    tying = [relation for relation in found if relation.relation in SPANNING]
    if kind != "figure" or len(sides) > LISTED:
        alike = {(r.a, r.b): likeness(said[order[r.a]], said[order[r.b]]) for r in tying}
        tying = _spanning(tying, alike)
    return sorted([*firm, *tying], key=lambda r: sorted((order[r.a], order[r.b])))


def _of_two(
    a: Side, b: Side, fact: Fact, kind: FactKind, said: tuple[Said, Said]
) -> Relation | None:
    if kind == "figure" and a.bounds and b.bounds:
        return of_figures(a, b, fact)
    if kind == "figure" and (a.told.claim.quantities and b.told.claim.quantities):
        return None  # figures of two kinds: a percentage and a count
    return of_events(a, b, fact, said)


def _spanning(relations: Iterable[Relation], alike: dict[tuple[str, str], float]) -> list[Relation]:
    """Those that tie the same claims together with no ring among them, the most alike first."""
    root: dict[str, str] = {}

    def find(name: str) -> str:
        while (above := root.setdefault(name, name)) != name:
            root[name] = name = root[above]
        return name

    kept = []
    for relation in sorted(relations, key=lambda r: -alike[r.a, r.b]):
        one, other = find(relation.a), find(relation.b)
        if one != other:
            root[one] = other
            kept.append(relation)
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
    copies += _others(fact, firsts, [sides[0] for sides in order[POSITIONS:]], kind)
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
        why = f"the same, from {first.who()}"
        yield Relation(a=first.name, b=other.name, relation="agrees", why=why)


def _others(
    fact: Fact, firsts: Sequence[Side], others: Sequence[Side], kind: FactKind
) -> Iterator[Relation]:
    """What each further position is to the first of the fact."""
    for other in others:
        first = firsts[0]
        said = (Said(first.told.claim), Said(other.told.claim))
        relation = _of_two(first, other, fact, kind, said)
        if relation is not None:
            yield relation
