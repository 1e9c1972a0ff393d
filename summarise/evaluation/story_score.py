"""The score of a story against gold by hand: its facts by B-cubed, its relations pair by pair.

B-cubed: a claim's precision is the share of its predicted fact that gold has in one fact with it,
its recall the share of its gold fact that is predicted in one with it; a claim in no fact stands
alone. It is told over all claims, where what stands alone on both sides is right by itself, and
over the `shared` ones, which are in a gold fact or in a predicted fact of two or more articles or
sources. A gold claim that was not extracted has recall 0 and no precision.

How relations are judged is said in `story_relations`. What cannot be scored is None, never 1.0.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from summarise.evaluation.fields import same_speaker
from summarise.evaluation.match import match
from summarise.evaluation.story_gold import GoldStory
from summarise.evaluation.story_relations import KINDS, RelationScore, f1_of, score_relations
from summarise.records import Claim, Relation, RelationKind, Story


@dataclass(frozen=True)
class Told:
    """What a system tells of a story: its facts as sets of claims, and its relations.

    `missed` are gold claims that it does not have, `extra` counts its claims that gold does not.
    """

    facts: tuple[frozenset[str], ...]
    relations: tuple[Relation, ...]
    missed: frozenset[str] = frozenset()
    extra: int = 0


@dataclass(frozen=True)
class BCubed:
    """Sums over claims: `precision` over those that were predicted, `recall` over those of gold."""

    precise: float = 0.0
    predicted: int = 0
    recalled: float = 0.0
    gold: int = 0

    @property
    def precision(self) -> float | None:
        """Mean over the claims predicted; None where there are none."""
        return self.precise / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """Mean over the claims of gold; None where there are none."""
        return self.recalled / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """See `f1_of`."""
        return f1_of(self.precision, self.recall)

    def __add__(self, other: BCubed) -> BCubed:
        return BCubed(
            self.precise + other.precise,
            self.predicted + other.predicted,
            self.recalled + other.recalled,
            self.gold + other.gold,
        )


@dataclass(frozen=True)
class StoryScore:
    """Scores of one story, or of several pooled by claim and by pair.

    `apart` of the `alike` pairs that gold calls different are in no predicted fact together.
    `missed` gold claims were not extracted, `extra` claims are not in gold.
    """

    id: str
    every: BCubed
    shared: BCubed
    relations: Mapping[RelationKind, RelationScore] = field(default_factory=dict)
    apart: int = 0
    alike: int = 0
    missed: int = 0
    extra: int = 0

    @property
    def kept_apart(self) -> float | None:
        """The share of the pairs called different that were not merged; None where none is."""
        return self.apart / self.alike if self.alike else None


def told_of(story: Story) -> Told:
    """What a story tells, its claims named as it names them."""
    return Told(tuple(frozenset(fact.claims) for fact in story.facts), story.relations)


def through_match(story: Story, gold: Mapping[str, Sequence[Claim]]) -> Told:
    """What a story of extracted claims tells of the gold claims of its articles, by article id.

    Claims are matched one to one, article by article; a relation keeps the name of a claim that
    gold does not have, a fact loses it.
    """
    names: dict[str, str] = {}
    stated = {claim for fact in story.facts for claim in fact.claims}
    for extraction in story.extractions:
        article = extraction.article.id
        mine = gold.get(article, ())
        theirs = [claim for claim in extraction.claims if f"{article}#{claim.id}" in stated]
        for pair in match(mine, theirs).pairs:
            predicted = f"{article}#{theirs[pair.predicted].id}"
            names[predicted] = f"{article}#{mine[pair.gold].id}"
    every = {f"{article}#{claim.id}" for article, claims in gold.items() for claim in claims}
    facts = (frozenset(names[c] for c in fact.claims if c in names) for fact in story.facts)
    return Told(
        tuple(fact for fact in facts if fact),
        tuple(_renamed(relation, names) for relation in story.relations),
        frozenset(every - set(names.values())),
        len(stated - names.keys()),
    )


def _renamed(relation: Relation, names: Mapping[str, str]) -> Relation:
    """The relation of the gold claims; a claim without one keeps its name with a mark before it,
    for gold may have another claim of that name."""
    a, b = (names.get(name, f"?{name}") for name in (relation.a, relation.b))
    return relation.model_copy(update={"a": a, "b": b})


def score_story(gold: GoldStory, told: Told, claims: Mapping[str, Claim]) -> StoryScore:
    """Hold what was told against gold; `claims` are all gold claims of the articles by name."""
    shared = set(gold.fact_of).union(
        *(fact & claims.keys() for fact in told.facts if _is_shared(fact & claims.keys(), claims))
    )
    alike = [relation for relation in gold.relations if relation.relation == "different"]
    fact_of = {claim: fact for fact in told.facts for claim in fact}
    merged = sum(relation.b in fact_of.get(relation.a, ()) for relation in alike)
    return StoryScore(
        id=gold.id,
        every=b_cubed(gold, told, claims),
        shared=b_cubed(gold, told, shared),
        relations=score_relations(gold, told.relations, claims.keys()),
        apart=len(alike) - merged,
        alike=len(alike),
        missed=len(told.missed),
        extra=told.extra,
    )


def _is_shared(fact: Collection[str], claims: Mapping[str, Claim]) -> bool:
    """Whether the claims are of two articles, or of two sources."""
    if len({name.rpartition("#")[0] for name in fact}) > 1:
        return True
    sources = [claims[name].source for name in fact]
    return any(not same_speaker(sources[0], other) for other in sources[1:])


def b_cubed(gold: GoldStory, told: Told, over: Collection[str]) -> BCubed:
    """The sums over the claims `over`; facts lose what is not among them."""
    scope = set(over)
    wanted = {claim: set(fact.claims) & scope for fact in gold.facts for claim in fact.claims}
    given = {claim: fact & scope for fact in told.facts for claim in fact}
    total = BCubed()
    for claim in sorted(scope):
        mine = wanted.get(claim, {claim})
        if claim in told.missed:
            total += BCubed(gold=1)
            continue
        theirs = given.get(claim, {claim})
        both = len(mine & theirs)
        total += BCubed(both / len(theirs), 1, both / len(mine), 1)
    return total


def pooled(scores: Iterable[StoryScore], name: str = "all") -> StoryScore:
    """Several stories as one: B-cubed over all their claims, relations over all their pairs."""
    each = list(scores)
    return StoryScore(
        id=name,
        every=sum((one.every for one in each), BCubed()),
        shared=sum((one.shared for one in each), BCubed()),
        relations={
            kind: sum((one.relations[kind] for one in each), RelationScore()) for kind in KINDS
        },
        apart=sum(one.apart for one in each),
        alike=sum(one.alike for one in each),
        missed=sum(one.missed for one in each),
        extra=sum(one.extra for one in each),
    )


# ---------------------------------------------------------------------------------- explanations


class FactFault(NamedTuple):
    """Claims that are `merged` and should not be, or `split` and should not be, by group."""

    what: str
    groups: tuple[tuple[str, ...], ...]


def fact_faults(gold: GoldStory, told: Told) -> Iterator[FactFault]:
    """Each predicted fact that holds several of gold, and each gold fact that came apart."""
    missed = told.missed
    for fact in sorted(told.facts, key=sorted):
        groups = _grouped(sorted(fact), gold.fact_of)
        if len(groups) > 1:
            yield FactFault("merged", groups)
    fact_of = {claim: str(number) for number, fact in enumerate(told.facts) for claim in fact}
    for wanted in gold.facts:
        groups = _grouped([claim for claim in wanted.claims if claim not in missed], fact_of)
        if len(groups) > 1:
            yield FactFault(f"split {wanted.id}", groups)


def _grouped(claims: Iterable[str], fact_of: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """The claims by fact, each that has none by itself."""
    groups: dict[str, list[str]] = {}
    for claim in claims:
        groups.setdefault(fact_of.get(claim, claim), []).append(claim)
    return tuple(tuple(group) for group in groups.values())
