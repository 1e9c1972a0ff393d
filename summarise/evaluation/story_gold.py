"""Gold of a story: which claims of several articles state one fact, and how they relate, by hand.

A file names claims "ARTICLE#cNN" after the gold of its articles. What each relation means is said
by `summarise.records.Relation`; all but `different` hold inside one fact. Single claims are left
out, agreements need only span a fact, every conflict and update inside one is listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from pydantic import Field, ValidationError

from summarise.claim_files import read_json
from summarise.errors import InputError, RecordError
from summarise.evaluation.gold import Gold, did_you_mean, first_fault
from summarise.evaluation.suite import gold_files
from summarise.records import Claim, FactKind, Record, Relation

EXPECTED = "a story: an object with 'id', 'articles', 'facts' and 'relations'"


class GoldFact(Record):
    """Claims that answer one question about the same thing, period and place."""

    id: str = Field(min_length=1)
    text: str
    kind: FactKind
    claims: tuple[str, ...]


class GoldStory(Record):
    """The facts and relations of one story, checked; `articles` are the ids of their gold."""

    id: str = Field(min_length=1)
    split: str | None = None
    articles: tuple[str, ...] = Field(min_length=1)
    facts: tuple[GoldFact, ...]
    relations: tuple[Relation, ...]

    @cached_property
    def fact_of(self) -> dict[str, str]:
        """The id of the fact that a claim is in; a claim that stands alone is left out."""
        return {claim: fact.id for fact in self.facts for claim in fact.claims}


def read_story(path: str | Path) -> GoldStory:
    """The story of one file, in itself sound; `checked` holds it against its claims.

    Raises RecordError, which names the file and the field, where it is no story.
    """
    where = Path(path)
    data = read_json(where, EXPECTED)
    if not isinstance(data, dict):
        raise RecordError(f"{str(where)!r} holds a {type(data).__name__}; expected {EXPECTED}")
    try:
        return GoldStory.model_validate(data)
    except ValidationError as error:
        raise RecordError(f"{str(where)!r}, {first_fault(error)}; expected {EXPECTED}") from error


def load_story(path: str | Path, golds: Mapping[str, Gold]) -> GoldStory:
    """The story of one file over the gold of its articles, by id; raises RecordError."""
    return checked(read_story(path), golds, str(path))


def story_files(folder: str | Path) -> list[Path]:
    """The files of a folder of stories, or the one that is named; raises InputError."""
    where = Path(folder)
    found = [where] if where.is_file() else gold_files(where)
    if not found:
        raise InputError(
            f"{str(where)!r} holds no story; expected *.json, each {EXPECTED}: name their folder"
        )
    return found


def claims_by_name(golds: Iterable[Gold]) -> dict[str, Claim]:
    """Every claim of these articles by its name in a story."""
    return {f"{gold.id}#{claim.id}": claim for gold in golds for claim in gold.claims}


def checked(story: GoldStory, golds: Mapping[str, Gold], where: str) -> GoldStory:
    """The story itself; raises RecordError, which names the first thing that is wrong with it."""
    for article in story.articles:
        if article not in golds:
            raise RecordError(
                f"{where!r}, article {article!r} has no gold{did_you_mean(article, golds)}; "
                f"known are {len(golds)} articles: add its gold or take it out of 'articles'"
            )
    known = claims_by_name(golds[article] for article in story.articles)
    for fault in (*_fact_faults(story, known), *_relation_faults(story, known)):
        raise RecordError(f"{where!r}, {fault}")
    return story


def _fact_faults(story: GoldStory, known: Mapping[str, Claim]) -> Iterator[str]:
    facts: set[str] = set()
    stated: dict[str, str] = {}
    for fact in story.facts:
        if fact.id in facts:
            yield f"two facts have the id {fact.id!r}; number them f01, f02, ..."
        facts.add(fact.id)
        if len(fact.claims) < 2:
            yield (
                f"fact {fact.id!r} has {len(fact.claims)} claim; expected two or more: leave a "
                "claim that stands alone out of the facts"
            )
        for claim in fact.claims:
            yield from _unknown(f"fact {fact.id!r}", claim, story, known)
            if claim in stated:
                yield (
                    f"claim {claim!r} is in two facts, {stated[claim]!r} and {fact.id!r}; a claim "
                    "is in one at most: keep it where it answers the question"
                )
            stated[claim] = fact.id


def _relation_faults(story: GoldStory, known: Mapping[str, Claim]) -> Iterator[str]:
    seen: dict[frozenset[str], str] = {}
    for relation in story.relations:
        named = f"relation {relation.relation!r} of {relation.a!r} and {relation.b!r}"
        for claim in (relation.a, relation.b):
            yield from _unknown(named, claim, story, known)
        pair = frozenset((relation.a, relation.b))
        if len(pair) < 2:
            yield f"{named} holds a claim against itself; name two claims"
        if pair in seen:
            yield (
                f"{named} is the second of this pair, after {seen[pair]!r}; a pair has one "
                "relation: keep the one that says most"
            )
        seen[pair] = relation.relation
        yield from _misplaced(named, relation, story.fact_of)


def _misplaced(named: str, relation: Relation, fact_of: Mapping[str, str]) -> Iterator[str]:
    one, other = fact_of.get(relation.a), fact_of.get(relation.b)
    together = one is not None and one == other
    if relation.relation == "different" and together:
        yield (
            f"{named} is inside one fact, {one!r}; what is different is not one fact: take one of "
            "them out of it, or name another relation"
        )
    if relation.relation != "different" and not together:
        yield (
            f"{named} is outside one fact ({relation.a!r} is in {one or 'none'}, {relation.b!r} "
            f"in {other or 'none'}); only 'different' may be: put both into one fact"
        )


def _unknown(named: str, claim: str, story: GoldStory, known: Mapping[str, Claim]) -> Iterator[str]:
    if claim not in known:
        yield (
            f"{named} names the claim {claim!r}, which no article of the story has"
            f"{did_you_mean(claim, known)}; claims are named 'ARTICLE#cNN', articles are "
            f"{', '.join(map(repr, story.articles))}"
        )
