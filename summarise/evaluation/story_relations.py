"""The relations of a story against gold by hand, pair by pair.

A predicted pair is right where gold lists it with the same relation, the direction told for
`refines` and `updates`, and wrong where gold lists it with another. Where gold does not list it:

- `conflicts`, `updates`, `attribution-conflict`: wrong, for gold lists all of them.
- `agrees`, `refines`, of which gold lists only as many as span a fact: right where it follows from
  the listed ones (agreement passes on; what refines a claim refines what that claim agrees with or
  refines), else unscored inside one gold fact, else wrong.
- `different`, of which gold lists only what looks alike: wrong inside one gold fact, else unscored.

Recall is over the listed pairs; a listed `agrees` or `refines` counts as found where it follows
from the predicted ones. A predicted pair with an end that is no gold claim is `unmatched`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from summarise.evaluation.story_gold import GoldStory
from summarise.records import Relation, RelationKind

KINDS: tuple[RelationKind, ...] = get_args(RelationKind)
DIRECTED = frozenset({"refines", "updates"})
SPANNED = frozenset({"agrees", "refines"})
"""Of these gold lists only as many as it takes to span a fact."""

Judgement = Literal["right", "wrong", "unscored", "unmatched"]
Key = tuple[str, frozenset[str], str | None]


@dataclass(frozen=True)
class RelationScore:
    """Predicted pairs of one relation by judgement, and the listed ones found and missed."""

    right: tuple[Relation, ...] = ()
    wrong: tuple[Relation, ...] = ()
    unscored: tuple[Relation, ...] = ()
    unmatched: tuple[Relation, ...] = ()
    found: tuple[Relation, ...] = ()
    missed: tuple[Relation, ...] = ()

    @property
    def listed(self) -> int:
        """How many pairs gold lists."""
        return len(self.found) + len(self.missed)

    @property
    def precision(self) -> float | None:
        """Right of those right or wrong; None where there are none."""
        judged = len(self.right) + len(self.wrong)
        return len(self.right) / judged if judged else None

    @property
    def recall(self) -> float | None:
        """Found of those listed; None where none is."""
        return len(self.found) / self.listed if self.listed else None

    @property
    def f1(self) -> float | None:
        """See `f1_of`."""
        return f1_of(self.precision, self.recall)

    def __add__(self, other: RelationScore) -> RelationScore:
        return RelationScore(
            self.right + other.right,
            self.wrong + other.wrong,
            self.unscored + other.unscored,
            self.unmatched + other.unmatched,
            self.found + other.found,
            self.missed + other.missed,
        )


def f1_of(precision: float | None, recall: float | None) -> float | None:
    """The harmonic mean; 0 where one side is 0 and the other has nothing; None without either."""
    if precision is None or recall is None:
        return 0.0 if 0.0 in (precision, recall) else None
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def score_relations(
    gold: GoldStory, predicted: Iterable[Relation], known: Collection[str]
) -> dict[RelationKind, RelationScore]:
    """The score of each relation; `known` are the names of the gold claims.

    What is predicted twice counts once.
    """
    told = list({key_of(relation): relation for relation in predicted}.values())
    judged: dict[tuple[RelationKind, Judgement], list[Relation]] = defaultdict(list)
    judge = _Judge(gold, known)
    for relation in told:
        judged[relation.relation, judge(relation)].append(relation)
    follows = Following(told)
    return {
        kind: RelationScore(
            right=tuple(judged[kind, "right"]),
            wrong=tuple(judged[kind, "wrong"]),
            unscored=tuple(judged[kind, "unscored"]),
            unmatched=tuple(judged[kind, "unmatched"]),
            found=tuple(one for one in _listed(gold, kind) if one in follows),
            missed=tuple(one for one in _listed(gold, kind) if one not in follows),
        )
        for kind in KINDS
    }


def _listed(gold: GoldStory, kind: RelationKind) -> Iterable[Relation]:
    return (relation for relation in gold.relations if relation.relation == kind)


def key_of(relation: Relation) -> Key:
    """The same for two relations that say the same; direction counts where it means something."""
    first = relation.a if relation.relation in DIRECTED else None
    return relation.relation, frozenset((relation.a, relation.b)), first


class _Judge:
    """Whether a predicted relation is right by gold."""

    def __init__(self, gold: GoldStory, known: Collection[str]) -> None:
        self._fact_of: Mapping[str, str] = gold.fact_of
        self._known = known
        self._listed = {frozenset((one.a, one.b)): one for one in gold.relations}
        self._follows = Following(gold.relations)

    def __call__(self, relation: Relation) -> Judgement:
        if relation.a not in self._known or relation.b not in self._known:
            return "unmatched"
        listed = self._listed.get(frozenset((relation.a, relation.b)))
        if listed is not None:
            return "right" if key_of(listed) == key_of(relation) else "wrong"
        return self._unlisted(relation)

    def _unlisted(self, relation: Relation) -> Judgement:
        fact = self._fact_of.get(relation.a)
        together = fact is not None and fact == self._fact_of.get(relation.b)
        if relation.relation == "different":
            return "wrong" if together else "unscored"
        if relation.relation not in SPANNED or not together:
            return "wrong"
        return "right" if relation in self._follows else "unscored"


class Following:
    """What follows from some relations: themselves, and of `agrees` and `refines` what passes on.

    Claims that agree, directly or through others, are one group; a group refines what one of its
    claims refines, and what that refines.
    """

    def __init__(self, relations: Iterable[Relation]) -> None:
        told = list(relations)
        self._keys = {key_of(relation) for relation in told}
        self._leader: dict[str, str] = {}
        self._coarser: dict[str, set[str]] = defaultdict(set)
        for relation in told:
            if relation.relation == "agrees":
                self._leader[self._group(relation.a)] = self._group(relation.b)
        for relation in told:
            if relation.relation == "refines":
                self._coarser[self._group(relation.a)].add(self._group(relation.b))

    def __contains__(self, relation: Relation) -> bool:
        if key_of(relation) in self._keys:
            return True
        finer, coarser = self._group(relation.a), self._group(relation.b)
        if relation.relation == "agrees":
            return finer == coarser
        return relation.relation == "refines" and coarser in self._reached(finer)

    def _group(self, claim: str) -> str:
        while (leader := self._leader.get(claim, claim)) != claim:
            claim = leader
        return claim

    def _reached(self, group: str) -> set[str]:
        """The groups that `group` refines, itself left out."""
        reached: set[str] = set()
        left = [group]
        while left:
            new = self._coarser.get(left.pop(), set()) - reached
            reached |= new
            left.extend(new)
        return reached - {group}
