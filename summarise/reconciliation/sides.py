"""One claim of a fact as a side of its relations: its figure, its day, whose word it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from summarise.reconciliation.bodies import Bodies, is_nobody
from summarise.reconciliation.bounds import (
    Bounds,
    bounds_of,
    differ_by_rounding,
    same_number,
    told_as,
)
from summarise.reconciliation.days import Days, article_days, as_of_days, days_of, gap
from summarise.reconciliation.figure_rows import (
    beside,
    dimension_of,
    figures_of,
    is_fraction,
    is_total,
)
from summarise.reconciliation.told import Told
from summarise.records import Figure

_DAY = timedelta(days=1)
_NEAR = 60
"""Characters before a figure within which a word speaks of it."""
_OLDER = re.compile(
    r"\b(?:previous(?:ly)?|earlier|initial(?:ly)?|at first|preliminary|prior|outdated|up from|"
    r"rose from|risen from|down from)\b",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"[^.;\d]{0,40}?\b(?:(?:up|down|revised|raised|cut|lowered|reduced) from|rather than"
    r"|instead of)\b[^.;]{0,30}\d",
    re.IGNORECASE,
)
_NOW = re.compile(r"(?:\s+[\w’'-]+){0,3}?\s+(?:have|has|are|is) now\b", re.IGNORECASE)
"""What stands behind a figure that others came before: "seven people have now died"."""
_NEWER = re.compile(
    r"\b(?:rose|risen|rises?|rising|climb(?:ed|s)|jump(?:ed|s)|increased|grown|grew|updated|revised|"
    r"raised|lowered|corrected|reached|now stands?|ha(?:s|ve) now|has reached|up)"
    r"\b(?:\W+\w+){0,3}\W+$",
    re.IGNORECASE,
)
_RENEWED = re.compile(
    r"\b(?:new|newest|improved|revised|updated|latest|raised|increased|higher|lower|better|amended|"
    r"sweetened|corrected|reduced)\s+(?:[\w-]+\s+){0,2}?(?:offers?|bids?|proposals?|forecasts?|"
    r"estimates?|projections?|targets?|guidance|outlook|figures?|counts?|tally|toll|totals?|"
    r"prices?|budgets?|deals?|terms|quotes?)\b",
    re.IGNORECASE,
)
"""What takes the place of what was offered, reckoned or counted before."""


@dataclass(frozen=True)
class Voices:
    """Who speaks in a story, and when its articles came out."""

    bodies: Bodies
    days: Mapping[str, Days]

    @classmethod
    def of(cls, told: Sequence[Told], texts: Iterable[str] = ()) -> Voices:
        """What all claims of the story tell of them, and the texts of its articles if given."""
        return cls(Bodies(told, texts), article_days(told))

    def same(self, a: Told, b: Told) -> bool:
        """Whether both claims are the word of one body, or of one outlet on its own account."""
        mine, theirs = a.claim.source, b.claim.source
        if mine is None or theirs is None:
            return mine is theirs and _home(a) == _home(b)
        if is_nobody(mine) or is_nobody(theirs):
            return is_nobody(mine) and is_nobody(theirs) and self._one_source(a, b)
        return self.bodies.same(mine, theirs)

    def _one_source(self, a: Told, b: Told) -> bool:
        """Whether two unnamed sources of one kind are those of one outlet."""
        mine, theirs = (str(one.claim.source).split()[-1].casefold() for one in (a, b))
        shared = any(self.bodies.same(one, other) for one in a.claim.via for other in b.claim.via)
        alike = mine == theirs or str(a.claim.source) in str(b.claim.source) or shared
        return alike and (shared or _home(a) == _home(b))

    def relays(self, a: Told, b: Told) -> bool:
        """Whether one of the two only passes on the word of the other's source."""
        return any(
            self.bodies.same(source, via)
            for source, other in ((a.claim.source, b), (b.claim.source, a))
            if source is not None
            for via in other.claim.via
        )


def _home(one: Told) -> str:
    return (one.outlet or one.article).casefold()


@dataclass(frozen=True)
class Side:
    """A claim with its figure in question (None where it has none) and when it holds.

    `old`: the article calls its figure a former one. `new`: it says that it has changed to it.
    """

    told: Told
    figure: Figure | None
    bounds: Bounds | None
    as_of: date | None
    days: Days | None
    old: bool = False
    new: bool = False
    total: bool = False

    @cached_property
    def dimension(self) -> str:
        """What kind of thing its figure counts."""
        return dimension_of(self.figure) if self.figure else ""

    @property
    def name(self) -> str:
        """The claim's name."""
        return self.told.name

    def who(self) -> str:
        """Whose word it is, for a reason."""
        claim = self.told.claim
        if claim.source is None:
            return self.told.outlet or f"article {self.told.article!r}"
        return claim.source

    def value(self) -> str:
        """The figure, for a reason."""
        return told_as(self.figure) if self.figure else "no figure"


@dataclass
class Fact:
    """The sides of one fact, and what the story tells of their voices."""

    sides: list[Side]
    voices: Voices
    answers: Mapping[str, str] = field(default_factory=dict)
    """The names of denials, each with that of the claim that it answers."""
    after: set[tuple[str, str]] = field(default_factory=set)
    """Undated articles of which the second gives a later total than the first."""
    _held: dict[str, Days] = field(default_factory=dict)
    _tellers: dict[tuple[float, str | None], frozenset[str]] = field(default_factory=dict)

    @cached_property
    def of_number(self) -> dict[float, list[Side]]:
        """The sides that name each number."""
        found: dict[float, list[Side]] = defaultdict(list)
        for side in self.sides:
            if side.bounds is not None and side.bounds.given is not None:
                found[side.bounds.given].append(side)
        return found

    def held(self, side: Side) -> Days | None:
        """From when to when its body gives this figure: who repeats it has not changed his mind."""
        if side.days is None or side.bounds is None or side.bounds.given is None:
            return side.days
        if side.name not in self._held:
            known = [
                other.days
                for other in self.of_number.get(side.bounds.given, ())[:_COMPARED]
                if other.days is not None and self.voices.same(side.told, other.told)
            ]
            first, last = min(d[0] for d in known), max(d[1] for d in known)
            self._held[side.name] = (min(first, side.days[0]), max(last, side.days[1]))
        return self._held[side.name]

    def tellers(self, side: Side) -> frozenset[str]:
        """The articles that give the number of a side to its source, the first ones looked at."""
        if side.bounds is None or side.bounds.given is None:
            return frozenset()
        key = (side.bounds.given, side.told.claim.source)
        if key not in self._tellers:
            others = self.of_number.get(side.bounds.given, ())[:_COMPARED]
            self._tellers[key] = frozenset(
                other.told.article for other in others if self.voices.same(other.told, side.told)
            )
        return self._tellers[key]

    def last_before(self, side: Side) -> list[Side]:
        """The figures that stood when a side gave its own: the highest toll, else the latest."""
        found = [s for s in self.sides if s.bounds and not s.old and _days_from(s, side, self) > 0]
        own = [s for s in found if self.voices.same(s.told, side.told)]
        found = own or found
        if not found:
            return []
        totals = [s for s in found if s.total]
        if side.total and totals and side.bounds:
            # A toll that has risen has risen from one that was lower.
            lower = [s for s in totals if s.bounds and value(s.bounds) <= value(side.bounds)]
            totals = lower or totals
            top = max(value(s.bounds) for s in totals if s.bounds)
            return [s for s in totals if s.bounds and value(s.bounds) == top]
        last = min(_days_from(s, side, self) for s in found)
        return [s for s in found if _days_from(s, side, self) == last]


def sides_of(members: Sequence[Told], voices: Voices) -> Fact:
    """The sides of a fact; undated articles are placed by what one body tells in them."""
    figures, days = figures_of(members), as_of_days(members)
    sides = [
        _side(one, figure, day, voices.days)
        for one, figure, day in zip(members, figures, days, strict=True)
    ]
    fact = Fact(sides, voices)
    if any(side.days is None for side in sides):
        _place_undated(fact)
    return fact


def _side(one: Told, figure: Figure | None, day: date | None, days: Mapping[str, Days]) -> Side:
    held = days_of(one, day, days)
    if figure is None:
        return Side(one, None, None, day, held)
    old, new = _changed(one, figure)
    return Side(one, figure, _bounds(figure), day, held, old, new, is_total(figure, one.claim.text))


def _bounds(figure: Figure) -> Bounds | None:
    """The bounds of a figure, a part of one as a percentage: "a third" beside "30%"."""
    if is_fraction(figure) and "%" not in figure.surface and "percent" not in figure.unit:
        low, high = (None if v is None else 100 * v for v in (figure.low, figure.high))
        figure = figure.model_copy(update={"low": low, "high": high})
    return bounds_of(figure)


def _changed(one: Told, figure: Figure) -> tuple[bool, bool]:
    """Whether the words before the figure call it a former one, or one that was just reached."""
    text = one.claim.text
    found = beside(figure, text)
    # "800, down from 1,200": what stands before the words for the former figure is the new one.
    new = found is not None and (_FROM.match(found[1]) or _NOW.match(found[1])) is not None
    old = not new and bool(_OLDER.search(text))
    for text in (one.claim.text, *(span.quote for span in one.claim.evidence)):
        parts = beside(figure, text)
        if parts is None:
            continue
        before = re.split(r"[.;:]\s|\d", parts[0][-_NEAR:])[-1]
        old = old or (not new and bool(_OLDER.search(before)))
        new = new or bool(_NEWER.search(before) or _RENEWED.search(text))
    return old, new and not old


_COMPARED = 64
"""Sides of a fact that are held against each other to place undated articles in time."""


def _place_undated(fact: Fact) -> None:
    """One figure of one body is of about one time; a higher total of it is its later word."""
    known = {side.told.article: side.days for side in fact.sides if side.days is not None}
    pairs = [
        (a, b)
        for a in fact.sides[:_COMPARED]
        for b in fact.sides[:_COMPARED]
        if a.told.article != b.told.article and a.bounds and b.bounds and b.days is None
        if fact.voices.same(a.told, b.told)
    ]
    for later in (False, True):
        for a, b in pairs:
            if a.bounds is None or b.bounds is None:
                continue
            if not later and _onevalue(a.bounds, b.bounds) and a.told.article in known:
                known.setdefault(b.told.article, known[a.told.article])
            elif later and a.total and b.total and exceeds(b.bounds, a.bounds):
                fact.after.add((a.told.article, b.told.article))
                if (days := known.get(a.told.article)) is not None:
                    known.setdefault(b.told.article, (days[1] + _DAY, date.max))
    fact.sides = [
        side if side.days is not None else replace(side, days=known.get(side.told.article))
        for side in fact.sides
    ]


def _days_from(a: Side, b: Side, fact: Fact) -> int:
    return apart_in_time(a, b, fact) or 0


def _onevalue(one: Bounds, other: Bounds) -> bool:
    return same_number(one, other) or differ_by_rounding(one, other)


def exceeds(one: Bounds, other: Bounds) -> bool:
    """Whether the first number is the higher, beyond rounding."""
    mine, theirs = value(one), value(other)
    return mine > theirs and not _onevalue(one, other)


def value(bounds: Bounds) -> float:
    """The number that bounds name, else their lowest."""
    if bounds.given is not None:
        return bounds.given
    return bounds.low if bounds.low != float("-inf") else bounds.high


def apart_in_time(a: Side, b: Side, fact: Fact) -> int | None:
    """Days from a to b; 0 where they may be of one day, None where nothing tells."""
    articles = (a.told.article, b.told.article)
    if articles in fact.after:
        return 1
    if articles[::-1] in fact.after:
        return -1
    if a.days is None or b.days is None:
        return 0 if articles[0] == articles[1] else None
    return gap(a.days, b.days)
