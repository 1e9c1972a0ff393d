"""What stands around a claim's evidence: sentences with their names, figures, dates, speakers.

`Passages` reads an article once; each `Passage` works out its parts when first asked for them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from summarise.language.align import Bond, Item, Keys, bonds, items
from summarise.language.date_parts import Part, date_parts, is_clock_time, parts_of
from summarise.language.figures import FoundFigure, find_figures
from summarise.language.names import NameBook, find_names
from summarise.language.periods import FoundPeriod, find_periods
from summarise.language.places import country_of
from summarise.language.speakers import Speaker, speakers
from summarise.language.words import STOP, Word, words
from summarise.records import MARKUP, Article

_END = re.compile(
    rf"[.!?…]+[\"”’')\]{MARKUP}]*(?=\s[\s{MARKUP}]*[“\"‘'(\[]?{MARKUP}*[A-Z\d])|[.!?][”\"]?(?=[A-Z][a-z])|\n\s*\n|\n"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Capt|Sgt|Maj|Sen|Rep|Gov|Prof|Rev|St|Adm|Inc|Corp|Ltd|Co|"
    r"No|vs|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|approx)|\b[A-Z]|\b[ap]\.m)\.\Z"
)
_FIRST_WORD = re.compile(r"[“\"‘']?([^\W\d_][\w-]*)")
_COMMON = frozenset(["The", "A", "An", "In", "On", "At", "For", "Of", "And", "United", "New"])
_OPENING = 4
"""Units that set the scene: headline, lead and the sentences that flesh it out."""
CONTEXT = 3
"""Sentences before the evidence that a pronoun or "the group" may look back to."""


def readable(text: str) -> str:
    """`text` as a person reads it: markup out, white space folded."""
    return re.sub(r"\s+", " ", text.replace(MARKUP, "")).strip()


class Passage:
    """A sentence of the article, or any text to be compared with one."""

    def __init__(self, text: str, published: date | None, start: int = 0, end: int = 0) -> None:
        self.text = text
        self.start = start
        self.end = end
        self._published = published

    @cached_property
    def words(self) -> list[Word]:
        """Words with negation and its reach."""
        return words(self.text)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of the words that carry meaning."""
        return frozenset(word.stem for word in self.words if word.content)

    @cached_property
    def figures(self) -> list[FoundFigure]:
        """The figures, in order."""
        return find_figures(self.text)

    @cached_property
    def periods(self) -> list[FoundPeriod]:
        """The periods, worked out from the publish date."""
        return find_periods(self.text, self._published)

    @cached_property
    def date_parts(self) -> set[Part]:
        """Weekdays, months, days and years, spelled out or worked out."""
        parts = date_parts(self.text)
        for found in self.periods:
            if not is_clock_time(found.period.surface):
                parts |= parts_of(found.period.start, found.period.end)
        return parts

    @cached_property
    def speakers(self) -> list[Speaker]:
        """Who the sentence says something is from."""
        return speakers(self.text)


@dataclass(frozen=True, slots=True)
class Scope:
    """The words that may support a claim."""

    quotes: tuple[Passage, ...]
    """The evidence itself, a passage a span."""
    sentences: tuple[Passage, ...]
    """The whole sentences that the evidence stands in."""
    before: tuple[Passage, ...]
    """What a reader has just read: the sentences before, nearest last."""
    opening: tuple[Passage, ...]
    """Headline and lead, which set the scene for all that follows."""
    after: tuple[Passage, ...]
    """The next sentences, where "a monitor" or "a town" may be given its name."""

    @property
    def near(self) -> tuple[Passage, ...]:
        """Sentences of the evidence and what a reader has in mind there."""
        return (*self.quotes, *self.sentences, *self.before, *self.opening)


class Passages:
    """The main text of an article in sentences, with the names of all of it."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.all = [
            Passage(readable(article.view[start:end]), article.published, start, end)
            for start, end in _cut(article)
        ]
        self.all = [passage for passage in self.all if passage.text]
        self.keys = Keys()
        self._items: dict[tuple[int, int], list[Item]] = {}
        self._bonds: dict[tuple[int, int, int], set[Bond]] = {}
        self._known: dict[str, bool] = {}
        self._scopes: dict[tuple[tuple[int, int], ...], Scope] = {}
        self._starts = [passage.start for passage in self.all]

    def prepare(self) -> None:
        """Work out what every claim needs, so that each claim after it is quick."""
        for passage in self.all:
            _ = passage.figures, passage.date_parts, passage.speakers, passage.stems
            self.bonds(passage, 1)
        _ = self.book, self.all_bonds, self.date_parts, self.countries

    @cached_property
    def book(self) -> NameBook:
        """The names of the article."""
        return NameBook.of(self.text)

    @cached_property
    def text(self) -> str:
        """The main text as a person reads it, a sentence a line."""
        return "\n".join(passage.text for passage in self.all)

    @cached_property
    def date_parts(self) -> set[Part]:
        """Every date part of the article, and those of its publish date."""
        parts = set().union(*(passage.date_parts for passage in self.all))
        published = self.article.published
        return parts | (parts_of(published, published) if published else set())

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of every meaningful word of the article."""
        return frozenset().union(*(passage.stems for passage in self.all))

    @cached_property
    def digits(self) -> frozenset[str]:
        """Every run of digits of the article, without its commas."""
        return frozenset(run.replace(",", "") for run in re.findall(r"\d[\d.,]*\b", self.text))

    @cached_property
    def name_words(self) -> frozenset[str]:
        """Every capitalised word of a name, and what opens sentences but is never written small."""
        named = (
            word
            for start, end in find_names(self.text)
            for word in self.text[start:end].split()
            if word[0].isupper()
        )
        opening = Counter(
            first.group(1) for part in self.all if (first := _FIRST_WORD.match(part.text))
        )
        small = set(re.findall(r"\b[a-z]+\b", self.text))
        often = (
            word
            for word, count in opening.items()
            if count > 1 and word.istitle() and word.lower() not in small | STOP
        )
        return frozenset([*named, *often])

    def name_spans(self, text: str) -> list[tuple[int, int]]:
        """Names of a sentence; its first word too, where the article has it as a name."""
        spans = find_names(text)
        first = _FIRST_WORD.match(text)
        if not first or first.group(1) not in self.name_words or first.group(1) in _COMMON:
            return spans
        following = text[first.end(1) : first.end(1) + 2]
        if following[:1] == " " and following[1:].isupper():
            return spans
        if any(start <= first.start(1) < end for start, end in spans):
            return spans
        return [first.span(1), *spans]

    def knows(self, name: str) -> bool:
        """Whether the article has the name, in any spelling."""
        if name not in self._known:
            self._known[name] = self.book.known(name)
        return self._known[name]

    def mentions(self, key: str) -> int:
        """How many sentences name what has this key."""
        return self._mentions[key]

    @cached_property
    def _mentions(self) -> Counter[str]:
        return Counter(
            key
            for passage in self.all
            for key in {item.key for item in self.items(passage) if item.name}
        )

    def names(self, passage: Passage) -> list[str]:
        """The names of a passage, in order."""
        return [item.text for item in self.items(passage) if item.name]

    @cached_property
    def countries(self) -> frozenset[str]:
        """Every country that the article names, by any of its words."""
        names = (name for passage in self.all for name in self.names(passage))
        return frozenset(filter(None, map(country_of, names)))

    @cached_property
    def all_bonds(self) -> set[Bond]:
        """Which name stands beside which word, anywhere in the article."""
        return set().union(*(self.bonds(passage, 1) for passage in self.all))

    def bonds(self, passage: Passage, reach: int) -> set[Bond]:
        """Which name stands beside which word in one passage, up to `reach` words away."""
        key = (passage.start, passage.end, reach)
        if key not in self._bonds:
            self._bonds[key] = bonds(self.items(passage), reach)
        return self._bonds[key]

    def items(self, passage: Passage) -> list[Item]:
        """Words and names of a passage of the article."""
        key = (passage.start, passage.end)
        if key not in self._items:
            self._items[key] = items(passage.text, self.keys, self.name_spans(passage.text))
        return self._items[key]

    def earlier(self, passage: Passage, count: int) -> list[Passage]:
        """Up to `count` sentences before `passage`, nearest first."""
        place = bisect_right(self._starts, passage.start) - 1
        return self.all[max(0, place - count) : place][::-1]

    def scope(self, spans: tuple[tuple[int, int], ...]) -> Scope:
        """The evidence at `spans` with what stands around it."""
        if spans not in self._scopes:
            self._scopes[spans] = self._scope(spans)
        return self._scopes[spans]

    def _scope(self, spans: tuple[tuple[int, int], ...]) -> Scope:
        quotes = tuple(self._quote(start, end) for start, end in self._joined(spans))
        hit = sorted({place for start, end in spans for place in self._places(start, end)})
        around = {place - back for place in hit for back in range(1, CONTEXT + 1)} - set(hit)
        return Scope(
            quotes,
            tuple(self.all[place] for place in hit),
            tuple(self.all[place] for place in sorted(around) if place >= 0),
            tuple(self.all[:_OPENING]),
            tuple(self.all[hit[-1] + 1 : hit[-1] + 1 + CONTEXT]) if hit else (),
        )

    def _joined(self, spans: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
        """Spans that only markup parts, as evidence from a page is cut at its tags, as one."""
        joined: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            gap = self.article.view[joined[-1][1] : start] if joined else ""
            if joined and MARKUP in gap and not gap.strip(f"{MARKUP} ,–—-"):
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        return joined

    def in_open_quote(self, passage: Passage) -> bool:
        """Whether direct speech that began before `passage` still goes on at its start."""
        view = self.article.view
        block = max(view.rfind("\n\n", 0, passage.start), 0)
        before = view[block : passage.start]
        return before.count("“") > before.count("”") or before.count('"') % 2 == 1

    def _quote(self, start: int, end: int) -> Passage:
        place = bisect_right(self._starts, start) - 1
        if place >= 0 and (self.all[place].start, self.all[place].end) == (start, end):
            return self.all[place]
        text = readable(self.article.view[start:end])
        return Passage(text, self.article.published, start, end)

    def _places(self, start: int, end: int) -> list[int]:
        first = max(0, bisect_right(self._starts, start) - 1)
        places = []
        for place in range(first, len(self.all)):
            if self.all[place].start >= end:
                break
            if self.all[place].end > start:
                places.append(place)
        return places


def _cut(article: Article) -> list[tuple[int, int]]:
    """Sentences of the main text as offsets; a line ends one only where it is short."""
    cuts: list[tuple[int, int]] = []
    for start, end in article.main_text:
        begin = start
        for match in _END.finditer(article.view, start, end):
            if _is_end(article.view, begin, match):
                cuts.append((begin, match.end()))
                begin = match.end()
        cuts.append((begin, end))
    return cuts


def _is_end(view: str, begin: int, match: re.Match[str]) -> bool:
    if match.group() == "\n":
        # A line of a hard-wrapped paragraph goes on in the next one.
        following = view[match.end() : match.end() + 1]
        return not (following.islower() and match.start() - begin > 40)
    return not _ABBREVIATION.search(view, max(0, match.start() - 8), match.start() + 1)
