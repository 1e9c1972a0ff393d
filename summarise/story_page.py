"""A story as a web page of its own: the brief, what is disputed, every fact, the articles.

The page needs no network. Its one script only filters and highlights; without it everything is
shown. What comes from an article or a model is text: it is escaped, and never part of a script.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from summarise import report
from summarise.charts import Chart, chart, svg
from summarise.marked_text import UNFIT, located, paragraphs, quoted
from summarise.records import Brief, Claim, Fact, FactState, Relation, Run, Story
from summarise.story_index import (
    CONFLICTS,
    RELATIONS,
    STATES,
    Answer,
    NamedArticle,
    StoryIndex,
    Told,
    bounds,
    day,
    shortened,
    speaker,
)
from summarise.story_report import counted, overview, runs, said_by

if TYPE_CHECKING:
    from markupsafe import Markup

OPEN_STATES: tuple[FactState, ...] = ("disputed", "updated")
"""Facts that stand at length before the table of all facts."""
LOUD = CONFLICTS | {"updates"}
"""Relations that are shown at once; the others are folded."""
MOST = 4
"""Names in the cell of a table; all of them stand with the claims."""
MOST_RELATIONS = 12
"""Conflicts and updates of one fact that are shown at once."""
SPOKEN = 90
"""Characters of a claim in the name of a link."""


@dataclass(frozen=True)
class Choice:
    """An option of a filter: its value on the page, its words, and how many claims have it."""

    value: str
    words: str
    number: int


@dataclass(frozen=True)
class Filter:
    """A list to choose from; `name` is the data attribute of the claims that it looks at."""

    name: str
    label: str
    choices: tuple[Choice, ...]


class Page:
    """A story as the template needs it: places on the page, words, charts, filters."""

    def __init__(self, story: Story, brief: Brief | None) -> None:
        self.index = StoryIndex(story, brief)
        self.texts = {one.place: paragraphs(one.extraction) for one in self.index.articles}
        self._located = {place: located(text) for place, text in self.texts.items()}

    @cached_property
    def groups(self) -> tuple[tuple[FactState, tuple[Fact, ...]], ...]:
        """The facts by state, those of a state that has none left out."""
        facts = self.index.facts
        by_state = ((state, tuple(f for f in facts if f.state == state)) for state in STATES)
        return tuple((state, found) for state, found in by_state if found)

    @cached_property
    def open_facts(self) -> tuple[Fact, ...]:
        """What is disputed or was updated."""
        return tuple(fact for fact in self.index.facts if fact.state in OPEN_STATES)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {fact.id: number for number, fact in enumerate(self.index.facts, 1)}

    def number(self, fact: Fact) -> int:
        """The number of a fact on the page, from 1."""
        return self._numbers[fact.id]

    def chart(self, fact: Fact) -> Chart | None:
        """The chart of a fact's figures, where at least two can be drawn."""
        updates = [
            (one.a, one.b) for one in self.index.relations(fact) if one.relation == "updates"
        ]
        answers = [one for one in self.index.answers(fact) if not one.denied]
        return chart(fact.text, answers, self.index.contested(fact), updates)

    def drawing(self, fact: Fact, made: Chart) -> Markup:
        """The chart as SVG."""
        return svg(made, f"chart-{self.number(fact)}")

    def axis(self, made: Chart) -> str:
        """What the chart counts, its scale, and what it leaves out."""
        parts = [made.unit, "logarithmic scale" if made.scale.log else ""]
        if made.left_out:
            parts.append(f"{counted(made.left_out, 'figure')} of another kind in the table alone")
        return ", ".join(filter(None, parts))

    def contested(self, answer: Answer, fact: Fact) -> bool:
        """Whether a figure conflicts with another."""
        return not answer.names.isdisjoint(self.index.contested(fact))

    def is_open(self, fact: Fact) -> bool:
        """Whether the fact stands at length before the table."""
        return fact.state in OPEN_STATES

    def relations(self, fact: Fact) -> tuple[list[Relation], list[Relation]]:
        """What is shown at once, conflicts and updates, and what is folded: all others."""
        found = self.index.relations(fact)
        loud = [one for one in found if one.relation in LOUD][:MOST_RELATIONS]
        at_once = {id(one) for one in loud}
        return loud, [one for one in found if id(one) not in at_once]

    def shows(self, told: Told) -> bool:
        """Whether the evidence of a claim stands among the articles."""
        return told.claim.id in self._located[told.article.place]

    def at(self, article: NamedArticle, claim_id: str) -> Told:
        """The claim of an article by its own id."""
        return self.index.told[f"{article.article.id}#{claim_id}"]

    def mark(self, article: NamedArticle, claims: Iterable[str]) -> FactState | None:
        """The state by which evidence is marked: the most notable of its claims' facts."""
        facts = self.index.fact_of
        names = (f"{article.article.id}#{claim}" for claim in claims)
        found = {facts[name].state for name in names if name in facts}
        return next((state for state in STATES if state in found), None)

    def notes(self) -> list[Told]:
        """The claims that the brief cites, as they are numbered."""
        cited = {name for one in self._sentences() for name in one[1]}
        return [told for name, told in self.index.told.items() if name in cited]

    def _sentences(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        if self.index.brief:
            for number, one in enumerate(self.index.brief.sentences, 1):
                yield number, one.claims

    @cached_property
    def cited_in(self) -> dict[str, int]:
        """For each claim that the brief cites, the number of the first sentence that does."""
        pairs = [(name, number) for number, names in self._sentences() for name in names]
        return dict(reversed(pairs))

    @cached_property
    def sources(self) -> dict[str, str]:
        """The filter's value of each name, whoever said or passed on most first."""
        named = (name for told in self.index.told.values() for name in _names(told.claim))
        counts = Counter(name.casefold() for name in named)
        return {name: f"s{place}" for place, (name, _) in enumerate(counts.most_common(), 1)}

    def attributes(self, told: Told) -> dict[str, str]:
        """The filters' values of a claim, by filter."""
        names = (self.sources[name.casefold()] for name in _names(told.claim))
        return {
            "source": " ".join(dict.fromkeys(names)) or "none",
            "article": f"a{told.article.place}",
            "certainty": told.claim.certainty,
            "verdict": told.claim.verdict or "unchecked",
        }

    def filters(self) -> Iterator[Filter]:
        """What the claims can be filtered by; a filter with one choice is left out."""
        found = [self.attributes(told) for told in self.index.told.values()]
        for name, label, words in (
            ("source", "Source", self._source_words()),
            ("article", "Article", {f"a{one.place}": one.short for one in self.index.articles}),
            ("certainty", "Certainty", {}),
            ("verdict", "Verdict", {}),
        ):
            counts = Counter(value for one in found for value in one[name].split())
            if len(counts) > 1:
                ordered = [value for value in words if value in counts] or sorted(counts)
                choices = (Choice(v, words.get(v, v), counts[v]) for v in ordered)
                yield Filter(name, label, tuple(choices))

    def _source_words(self) -> dict[str, str]:
        spelled: dict[str, str] = {}
        for told in self.index.told.values():
            for name in _names(told.claim):
                spelled.setdefault(self.sources[name.casefold()], shortened(name, 60))
        values = self.sources.values()
        return {"none": "the article itself", **{value: spelled[value] for value in values}}

    def speakers(self, told: Iterable[Told]) -> tuple[list[str], int]:
        """Who says so, each once, in the order of the claims; and how many more there are."""
        names = list({speaker(one).casefold(): speaker(one) for one in told}.values())
        most = MOST if len(names) > MOST + 1 else len(names)
        return names[:most], len(names) - most

    def given(self, fact: Fact) -> list[str]:
        """The figures that are given for a fact, each once, without their unit."""
        answers = (one for one in self.index.answers(fact) if not one.denied)
        return list(dict.fromkeys(bounds(one.figure) for one in answers))

    def ledgers(self) -> list[tuple[str, list[str]]]:
        """What was left out at each step, by the step, as far as something was."""
        brief = self.index.brief
        found = [
            ("story", self.index.story.ledger),
            ("brief", brief.ledger if brief else ()),
            *((one.short, one.extraction.ledger) for one in self.index.articles),
        ]
        return [(name, report.ledger_summary(ledger)) for name, ledger in found if ledger]

    def runs(self) -> Iterator[tuple[str, Run]]:
        """Each run behind the story, by the step that it was."""
        yield from ((one.short, one.extraction.run) for one in self.index.articles)
        yield "story", self.index.story.run
        if self.index.brief:
            yield "brief", self.index.brief.run

    def spoken(self, told: Told) -> str:
        """A claim as the name of a link: its article and how it begins."""
        return f"{told.article.short}: {shortened(report.clean(told.claim.text), SPOKEN)}"


def _names(claim: Claim) -> list[str]:
    return [name for name in map(report.clean, (claim.source or "", *claim.via)) if name]


def page(story: Story, brief: Brief | None = None) -> str:
    """The page; raises RecordError where story or brief name a claim that the story lacks."""
    shown = Page(story, brief)
    style, script = _file("story.css"), _file("story.js")
    made = (
        report.environment()
        .get_template("story.html")
        .render(
            page=shown,
            index=shown.index,
            states=STATES,
            relations=RELATIONS,
            overview=overview(shown.index),
            run_words=report.run_summary(runs(shown.index)),
            style=style,
            script=script,
            style_hash=_hash(style),
            script_hash=_hash(script),
            clean=report.clean,
            heading=report.heading,
            marks=report.marks,
            period=report.period,
            figure=report.figure,
            who=report.who,
            bounds=bounds,
            counted=counted,
            day=day,
            quoted=quoted,
            said_by=said_by,
            speaker=speaker,
        )
    )
    return UNFIT.sub("\ufffd", made)


def _file(name: str) -> Markup:
    """A file of the templates as it stands: it is part of this package, not of an article."""
    from markupsafe import Markup

    environment = report.environment()
    assert environment.loader is not None  # noqa: S101 - for the type checker
    return Markup(environment.loader.get_source(environment, name)[0])  # noqa: S704


def _hash(text: str) -> str:
    """What a content security policy calls the one script or style that may run."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
