"""A story and its brief as a person reads them: a table for the terminal, and Markdown.

Pure functions: records in, text (or something that `rich` can print) out. Whatever comes from an
article is data: control characters never reach a terminal, markup never reaches a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarise import report
from summarise.marked_text import UNFIT, quoted
from summarise.records import Brief, Fact, FactState, Relation, Run, Story
from summarise.story_index import (
    RELATIONS,
    STATES,
    Answer,
    NamedArticle,
    StoryIndex,
    Told,
    day,
    shortened,
    speaker,
)

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.text import Text

STYLES: dict[FactState, str] = {
    "disputed": "bold red",
    "updated": "yellow",
    "agreed": "green",
    "single": "dim",
}
_LOUD = frozenset(["conflicts", "attribution-conflict", "updates"])
MOST = 8
"""Conflicts and updates of a fact that the table shows."""
QUOTE = 300
"""Characters of a quote in a footnote."""
SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|&~$^])")


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 fact", "3 facts"; `many` where the plural is no "s"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def overview(index: StoryIndex) -> str:
    """Articles, witnesses where copies make them fewer, and facts by their state."""
    parts = [counted(len(index.articles), "article")]
    if index.witnesses != len(index.articles):
        parts.append(counted(index.witnesses, "witness", "witnesses"))
    parts.append(counted(len(index.facts), "fact"))
    parts += [f"{number} {STATES[state].word}" for state, number in index.counts() if number]
    return " · ".join(parts)


def relation_words(relation: Relation, index: StoryIndex) -> str:
    """A relation as a sentence part: "40 (Ada Brook, A) conflicts with 31 (Dennik, B): why"."""
    first, second = (index.of(name, "a relation names") for name in (relation.a, relation.b))
    by = " (the model's word)" if relation.by == "model" else ""
    word = RELATIONS[relation.relation].word
    why = index.reason(relation)
    given_first, given_second = index.figures(relation)
    said = f"{_brief(first, given_first)} {word} {_brief(second, given_second)}"
    return said + (f": {why}" if why else "") + by


def _brief(told: Told, figures: str) -> str:
    """The figures, who gave them, and the article's letter."""
    said = f"{speaker(told)}, {told.article.letter}"
    return f"{figures} ({said})" if figures else said


def given(answer: Answer) -> str:
    """The figure of an answer with its unit; "denies 9 people" where it is only denied."""
    return ("denies " if answer.denied else "") + report.figure(answer.figure)


def said_by(answer: Answer) -> str:
    """Who gives a figure, and through whom: "Ada Brook, via Harbour Radio"."""
    return answer.who + (f", via {answer.via}" if answer.via else "")


def runs(index: StoryIndex) -> list[Run]:
    """Every run behind the story: the extractions, the reconciliation, the brief."""
    own = [index.story.run, *([index.brief.run] if index.brief else [])]
    return [*(one.extraction.run for one in index.articles), *own]


# ---------------------------------------------------------------------------------- terminal


def table(story: Story) -> RenderableType:
    """The story for a terminal: what is disputed with its figures, then every other fact."""
    from rich.console import Group
    from rich.text import Text

    index = StoryIndex(story)
    lines = [
        *(f"{one.short} · {day(one.article.published)}" for one in index.articles),
        *(f"{one.letter}: {index.copies[one.article.id]}" for one in _copied(index)),
    ]
    return Group(
        Text(index.title, style="bold"),
        Text(overview(index), style="dim"),
        *(Text(line, style="dim") for line in lines),
        Text(""),
        FactsTable(index),
        *(Text(line, style="dim") for line in _closing(index)),
    )


def _copied(index: StoryIndex) -> Iterator[NamedArticle]:
    return (one for one in index.articles if one.article.id in index.copies)


def _closing(index: StoryIndex) -> list[str]:
    """What is in no fact, and what the ledger holds."""
    alone = index.unsupported
    lines = [f"In no fact: {counted(len(alone), 'claim')} unsupported by evidence"] if alone else []
    return [*lines, *report.ledger_summary(index.story.ledger)]


@dataclass(frozen=True)
class FactsTable:
    """A row a fact, under its state; figures in a line each; a list where that is too wide."""

    index: StoryIndex

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        from rich.table import Table

        grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
        grid.add_column(width=1)
        grid.add_column(ratio=1, overflow="fold")
        wide = options.max_width >= report.NARROW
        if wide:
            grid.add_column(width=8, overflow="fold", style="cyan")
        state: FactState | None = None
        for fact in self.index.facts:
            if fact.state != state:
                state = fact.state
                grid.add_row()
                grid.add_row("", _styled(STATES[state].word.upper(), STYLES[state]))
            told_in = " ".join(_letters(self.index.claims(fact)))
            row = [_styled(STATES[fact.state].symbol, STYLES[fact.state]), self._cell(fact)]
            grid.add_row(*row, *([_styled(told_in, "cyan")] if wide else []))
        yield grid

    def _cell(self, fact: Fact) -> Text:
        cell = _styled(report.clean(fact.text))
        if fact.state in ("disputed", "updated"):
            for answer in self.index.answers(fact):
                cell.append(f"\n  {_answer(answer)}", style="cyan")
            found = [one for one in self.index.relations(fact) if one.relation in _LOUD]
            for one in found[:MOST]:
                words = relation_words(one, self.index)
                cell.append(f"\n  {RELATIONS[one.relation].symbol} {words}", style="dim")
            if len(found) > MOST:
                cell.append(f"\n  and {len(found) - MOST} more; the JSON has all", style="dim")
        return cell


def _styled(content: str, style: str = "") -> Text:
    """Never a markup string: "[red]" in an article is shown as it stands."""
    from rich.text import Text

    return Text(content, style=style)


def _letters(told: Iterable[Told]) -> list[str]:
    places = {one.article.place: one.article.letter for one in told}
    return [places[place] for place in sorted(places)]


def _answer(answer: Answer) -> str:
    letters = ", ".join(_letters(answer.told))
    return f"{given(answer)} · {said_by(answer)} · {day(answer.as_of)} · {letters}"


# ---------------------------------------------------------------------------------- Markdown


def markdown(story: Story, brief: Brief | None = None) -> str:
    """The story as Markdown: the brief with footnotes, what is open, all facts, the articles."""
    index = StoryIndex(story, brief)
    notes = _Notes(index)
    parts = [
        f"# {_escaped(index.title)}",
        _escaped(overview(index)),
        *_brief_part(index, notes),
        *_open_part(index, notes),
        *_facts_part(index, notes),
        *_articles_part(index),
        *_ledger_part(index),
        report.run_summary(runs(index)),
        *notes.text(),
    ]
    return UNFIT.sub("\ufffd", "\n\n".join(parts)) + "\n"


class _Notes:
    """Footnotes: a claim has one, made where it is first pointed at."""

    def __init__(self, index: StoryIndex) -> None:
        self._index = index
        self._made: dict[str, Told] = {}

    def to(self, told: Iterable[Told]) -> str:
        found = list(told)
        self._made.update((one.name, one) for one in found)
        return "".join(f"[^{one.number}]" for one in found)

    def text(self) -> Iterator[str]:
        """The footnotes: article, who said it, the words of the evidence."""
        made = sorted(self._made.values(), key=lambda one: one.number)
        if made:
            yield "\n".join(f"[^{one.number}]: {_note(one)}" for one in made)


def _note(told: Told) -> str:
    who = report.who(told.claim)
    quote = shortened(report.clean(quoted(told.claim.evidence)), QUOTE)
    said = [_escaped(told.article.short), *([_escaped(who)] if who else [])]
    return ", ".join(said) + ": " + (f"“{_escaped(quote)}”" if quote else "no evidence")


def _brief_part(index: StoryIndex, notes: _Notes) -> Iterator[str]:
    if index.brief is None:
        return
    yield "## In brief"
    sentences = []
    for one in index.brief.sentences:
        cited = notes.to(index.of(name, "the brief cites") for name in one.claims)
        sentences.append(_escaped(report.clean(one.text)) + cited)
    yield " ".join(sentences) or "Nothing to tell."


def _open_part(index: StoryIndex, notes: _Notes) -> Iterator[str]:
    for state in ("disputed", "updated"):
        found = [fact for fact in index.facts if fact.state == state]
        if found:
            yield f"## {STATES[state].word.capitalize()}"
        for fact in found:
            yield f"### {STATES[state].symbol} {_escaped(report.clean(fact.text))}"
            yield from _figures(index.answers(fact), index.contested(fact), notes)
            yield from _relations(fact, index)


def _figures(answers: Sequence[Answer], contested: frozenset[str], notes: _Notes) -> Iterator[str]:
    if not answers:
        return
    rows = ["| as of | who | figure | in | |", "| --- | --- | --- | --- | --- |"]
    for one in answers:
        cells = [
            day(one.as_of),
            said_by(one),
            given(one),
            ", ".join(_letters(one.told)),
        ]
        conflict = "≠ in conflict" if not one.names.isdisjoint(contested) else ""
        line = [*map(_escaped, cells[:3]), _escaped(cells[3]) + notes.to(one.told), conflict]
        rows.append("| " + " | ".join(line) + " |")
    yield "\n".join(rows)


def _relations(fact: Fact, index: StoryIndex) -> Iterator[str]:
    lines = [
        f"- {RELATIONS[one.relation].symbol} {_escaped(relation_words(one, index))}"
        for one in index.relations(fact)
    ]
    if lines:
        yield "\n".join(lines)


def _facts_part(index: StoryIndex, notes: _Notes) -> Iterator[str]:
    if not index.facts:
        return
    yield "## Facts"
    rows = ["| | fact | who | witnesses |", "| --- | --- | --- | --- |"]
    for fact in index.facts:
        told = index.claims(fact)
        sign = STATES[fact.state]
        who = "; ".join(dict.fromkeys(speaker(one) for one in told))
        text = _escaped(report.clean(fact.text)) + notes.to(told)
        cells = [f"{sign.symbol} {sign.word}", text, _escaped(who), str(fact.witnesses)]
        rows.append("| " + " | ".join(cells) + " |")
    yield "\n".join(rows)


def _articles_part(index: StoryIndex) -> Iterator[str]:
    lines = []
    for one in index.articles:
        title, facts = report.heading(one.article)
        copied = index.copies.get(one.article.id)
        parts = [f"**{one.letter}**", _escaped(title), _escaped(facts)]
        lines.append("- " + " · ".join([*parts, *([_escaped(copied)] if copied else [])]))
    if lines:
        yield "## Articles"
        yield "\n".join(lines)


def _ledger_part(index: StoryIndex) -> Iterator[str]:
    own = [*index.story.ledger, *(index.brief.ledger if index.brief else ())]
    lines = [f"- {_escaped(line)}" for line in report.ledger_summary(own)]
    for one in index.unsupported:
        why = "; ".join(map(report.clean, one.claim.reasons)) or "not verified"
        text = f"{one.article.letter}: {report.clean(one.claim.text)} ({why})"
        lines.append(f"- {_escaped(text)}")
    if lines:
        yield "## Left out"
        yield "\n".join(lines)


def _escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text)
