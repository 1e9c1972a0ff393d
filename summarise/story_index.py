"""A story looked up: names of its articles, numbers of its claims, relations of its facts.

What its reports share, so that the table, the Markdown and the page say the same thing alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from string import ascii_uppercase

from rapidfuzz.process import extractOne

from summarise import report
from summarise.errors import RecordError
from summarise.records import (
    Article,
    Brief,
    Claim,
    Extraction,
    Fact,
    FactState,
    Figure,
    FigureRow,
    Relation,
    RelationKind,
    Story,
)

LABEL = 40
"""Characters of a title that stands for its article where no outlet is known."""


@dataclass(frozen=True)
class Sign:
    """What stands for a state or a relation: a mark, a word, and what it means."""

    symbol: str
    word: str
    meaning: str


STATES: Mapping[FactState, Sign] = {
    "disputed": Sign("≠", "disputed", "claims that cannot both hold, or go to different sources"),
    "updated": Sign("→", "updated", "a source’s later word replaces its earlier one"),
    "agreed": Sign("=", "agreed", "two witnesses or sources tell the same"),
    "single": Sign("·", "told once", "one witness alone"),
}
"""In the order in which they are shown."""
RELATIONS: Mapping[RelationKind, Sign] = {
    "conflicts": Sign("≠", "conflicts with", "both cannot hold"),
    "attribution-conflict": Sign("≠", "names another source than", "the same figure, another body"),
    "updates": Sign("→", "updates", "the later word of the same source"),
    "refines": Sign("⊂", "is more exact than", "inside the other's bounds"),
    "agrees": Sign("=", "agrees with", "the same in other words, or within rounding"),
    "different": Sign("∦", "is not about the same as", "they look alike and are not the same"),
}
"""In the order in which they are shown."""
MOST_APART = 3
"""Pairs told apart that are shown of a fact; the JSON has all."""
CONFLICTS = frozenset({"conflicts", "attribution-conflict"})
_DENIES = re.compile(r" denies .+, which .+ states$")
_SAID = (
    re.compile(r".+ denies .+, which .+ states()"),
    re.compile(r".+ is given to .+ by .+, to .+ by .+()"),
    re.compile(r".+ \(.+\) against .+ \(.+\) (.+: both cannot hold)"),
    re.compile(r".+ \(.+\), (told as a change), takes the place of .+"),
)
"""Reasons that say again what stands on both sides of a relation; what they say beside it."""


@dataclass(frozen=True)
class Told:
    """A claim at its place: `number` counts from 1 over the story, those of the brief first."""

    number: int
    name: str
    claim: Claim
    article: NamedArticle


@dataclass(frozen=True)
class NamedArticle:
    """An article with its `letter` in this story ("A") and a short `label` (its outlet)."""

    place: int
    letter: str
    label: str
    extraction: Extraction

    @property
    def article(self) -> Article:
        """The article itself."""
        return self.extraction.article

    @property
    def short(self) -> str:
        """Letter and label: "A Harbour Radio"."""
        return f"{self.letter} {self.label}"


@dataclass(frozen=True)
class Answer:
    """One figure that a source gives as of a day, with every claim that gives it.

    `via` are those who passed it on, in words; `who` is the outlet where an article names nobody.
    """

    figure: Figure
    who: str
    via: str
    as_of: date | None
    told: tuple[Told, ...]

    denied: bool = False
    """Whether the figure is only given to be denied."""

    @property
    def names(self) -> frozenset[str]:
        """The names of the claims."""
        return frozenset(one.name for one in self.told)


class StoryIndex:
    """The story by its names; raises RecordError where it names a claim that it does not hold."""

    def __init__(self, story: Story, brief: Brief | None = None) -> None:
        self.story = story
        self.brief = brief
        self.articles = tuple(
            NamedArticle(place, letter(place), _label(one.article), one)
            for place, one in enumerate(story.extractions)
        )
        self.told = self._numbered()
        self._of_fact: dict[str, tuple[Relation, ...]] = {}

    def _numbered(self) -> dict[str, Told]:
        places = {
            f"{named.article.id}#{claim.id}": (claim, named)
            for named in self.articles
            for claim in named.extraction.claims
        }
        cited = [
            name for one in (self.brief.sentences if self.brief else ()) for name in one.claims
        ]
        for name in cited:
            _known(name, places, "the brief cites")
        order = dict.fromkeys([*cited, *places])
        return {name: Told(n, name, *places[name]) for n, name in enumerate(order, 1)}

    @cached_property
    def title(self) -> str:
        """The brief's title, else the headline of the last article that has one."""
        days = [one.article.published for one in self.articles]
        order = sorted(
            self.articles, key=lambda one: one.article.published or date.min, reverse=True
        )
        titles = (one.article.title for one in (self.articles if None in days else order))
        told = self.brief.title if self.brief else ""
        return report.clean(told or next(filter(None, titles), "") or "A story without articles")

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Disputed ones first, single ones last; within a state the most widely held first."""
        order = list(STATES)
        return tuple(
            sorted(self.story.facts, key=lambda fact: (order.index(fact.state), -fact.witnesses))
        )

    def claims(self, fact: Fact) -> tuple[Told, ...]:
        """The claims of a fact, in its order."""
        return tuple(self.of(name, f"fact {fact.id!r} names") for name in fact.claims)

    def of(self, name: str, where: str) -> Told:
        """The claim of that name; `where` says who names it, for the error."""
        _known(name, self.told, where)
        return self.told[name]

    @cached_property
    def fact_of(self) -> dict[str, Fact]:
        """For each claim that is in a fact, the fact."""
        return {name: fact for fact in self.facts for name in fact.claims}

    @cached_property
    def _relations(self) -> dict[str, list[Relation]]:
        found: dict[str, list[Relation]] = {}
        order = list(RELATIONS)
        for one in sorted(self.story.relations, key=lambda one: order.index(one.relation)):
            for name in (one.a, one.b):
                self.of(name, "a relation names")
                found.setdefault(name, []).append(one)
        return found

    @cached_property
    def _places(self) -> dict[tuple[str, str, str], int]:
        """Where each relation stands in the story: of pairs told apart, the nearest comes first."""
        return {_key(one): place for place, one in enumerate(self.story.relations)}

    def relations(self, fact: Fact) -> tuple[Relation, ...]:
        """How claims of the fact stand to others, conflicts first; the nearest of those apart."""
        if fact.id not in self._of_fact:
            found = (one for name in fact.claims for one in self._relations.get(name, ()))
            each = sorted({_key(one): one for one in found}.values(), key=self._order)
            apart = [one for one in each if one.relation == "different"]
            hidden = {_key(one) for one in apart[MOST_APART:]}
            self._of_fact[fact.id] = tuple(one for one in each if _key(one) not in hidden)
        return self._of_fact[fact.id]

    def _order(self, one: Relation) -> tuple[int, int]:
        return list(RELATIONS).index(one.relation), self._places[_key(one)]

    def contested(self, fact: Fact) -> frozenset[str]:
        """Names of the fact's claims that conflict with another."""
        found = (one for one in self.relations(fact) if one.relation in CONFLICTS)
        return frozenset(name for one in found for name in (one.a, one.b))

    def answers(self, fact: Fact) -> tuple[Answer, ...]:
        """The figures of a fact in time, undated ones last; what is given alike stands once."""
        grouped: dict[tuple[object, ...], list[tuple[FigureRow, Told]]] = {}
        for row in fact.figures:
            told = self.of(row.claim, f"fact {fact.id!r} names")
            item = row.figure
            words = item.surface if item.low is None and item.high is None else ""
            who = speaker(told).casefold(), row.claim in self.denials
            key = (*who, item.low, item.high, item.approx, row.as_of, words)
            grouped.setdefault(key, []).append((row, told))
        found = (_answer(rows, self.denials) for rows in grouped.values())
        return tuple(sorted(found, key=self._time))

    def _time(self, one: Answer) -> tuple[date, int]:
        """The day of a figure; on one day, after what it updates."""
        updates = sum(
            relation.relation == "updates" and relation.a == name
            for name in one.names
            for relation in self._relations.get(name, ())
        )
        return one.as_of or date.max, updates

    @cached_property
    def denials(self) -> frozenset[str]:
        """Names of the claims that give a figure only to deny it."""
        found = (one for one in self.story.relations if one.relation in CONFLICTS)
        return frozenset(one.a for one in found if _DENIES.search(one.why))

    def reason(self, one: Relation) -> str:
        """Why a relation holds, without the figures and names that stand on both its sides."""
        why = report.clean(one.why)
        first, second = (speaker(self.of(name, "a relation names")) for name in (one.a, one.b))
        for names in (f"{first} and {second}", f"{second} and {first}", f"both {first}"):
            why = why.removesuffix(f"; {names}")
        return next((found[1] for said in _SAID if (found := said.fullmatch(why))), why)

    def figures(self, one: Relation) -> tuple[str, str]:
        """What each side of a relation gives, without units; "" where a conflict is not over it."""
        first, second = (self._given(name) for name in (one.a, one.b))
        return ("", "") if first == second and one.relation == "conflicts" else (first, second)

    def _given(self, name: str) -> str:
        quantities = self.of(name, "a relation names").claim.quantities
        found = " and ".join(bounds(one) for one in quantities)
        return f"denies {found}" if found and name in self.denials else found

    def counts(self) -> Iterator[tuple[FactState, int]]:
        """How many facts are in each state, in the order shown."""
        for state in STATES:
            yield state, sum(fact.state == state for fact in self.facts)

    @cached_property
    def unsupported(self) -> tuple[Told, ...]:
        """The claims that are in no fact, in the order of the articles."""
        alone = (one for one in self.told.values() if one.name not in self.fact_of)
        return tuple(sorted(alone, key=lambda one: one.article.place))

    @cached_property
    def copies(self) -> dict[str, str]:
        """For each article that is a copy, in words: of which others, and how much is shared."""
        by_id = {one.article.id: one for one in self.articles}
        return {
            name: _copied(name, by_id, group.articles, group.share)
            for group in self.story.copies
            for name in group.articles
        }

    @cached_property
    def witnesses(self) -> int:
        """Articles, with copies of one another as one."""
        return len(self.articles) - sum(len(one.articles) - 1 for one in self.story.copies)


def _key(one: Relation) -> tuple[str, str, str]:
    return one.relation, one.a, one.b


def _known(name: str, names: Iterable[str], where: str) -> None:
    held = names if isinstance(names, Mapping) else set(names)
    if name in held:
        return
    nearest = extractOne(name, list(held))
    raise RecordError(
        f"{where} the claim {name!r}, which no article of the story has"
        + (f"; the nearest is {nearest[0]!r}" if nearest else "")
        + ". Make the story again from its extractions."
    )


def _copied(
    name: str, by_id: Mapping[str, NamedArticle], group: tuple[str, ...], share: float
) -> str:
    others = [by_id[one].short if one in by_id else one for one in group if one != name]
    return f"A copy of {', '.join(map(report.clean, others))}: {share:.0%} shared, one witness"


def letter(place: int) -> str:
    """0 as "A", 25 as "Z", 26 as "AA"."""
    rest, digit = divmod(place, len(ascii_uppercase))
    return (letter(rest - 1) if rest else "") + ascii_uppercase[digit]


def _label(article: Article) -> str:
    return shortened(report.clean(article.outlet or article.title or article.id), LABEL)


def shortened(text: str, most: int) -> str:
    """At most so many characters, cut at a word where one ends near, with an ellipsis."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    word = cut.rfind(" ") if text[most - 1] != " " else most
    return (cut[:word] if word > most // 2 else cut).rstrip(" ,;:") + "…"


def _answer(rows: Sequence[tuple[FigureRow, Told]], denials: frozenset[str]) -> Answer:
    row, first = rows[0]
    chains = (" → ".join(map(report.clean, one.via)) for one, _ in rows)
    return Answer(
        figure=row.figure,
        who=speaker(first),
        via="; ".join(dict.fromkeys(filter(None, chains))),
        as_of=row.as_of,
        told=tuple({told.name: told for _, told in rows}.values()),
        denied=row.claim in denials,
    )


def bounds(item: Figure) -> str:
    """A figure without its unit: "≥ 3,000"."""
    return report.figure(item.model_copy(update={"unit": ""}))


def speaker(told: Told) -> str:
    """Who said it first; the article where it names nobody."""
    return report.clean(told.claim.source or "") or told.article.label


def day(value: date | None) -> str:
    """A day in words: "8 January 2025"; "undated" where there is none."""
    return f"{value.day} {value:%B} {value.year}" if value else "undated"
