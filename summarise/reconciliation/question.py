"""What a claim asks and answers: which thing, whom it counts, where, when, how surely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from summarise.language.date_words import WEEKDAYS
from summarise.reconciliation.content import contrasted
from summarise.reconciliation.denials import held_back
from summarise.reconciliation.lexicon import (
    AUXILIARY,
    DATED,
    EARLIER,
    HARMED,
    ILL,
    MOST,
    NUMBER_WORDS,
    ON_STRIKE,
    ONSET,
    PART,
    PROSPECT,
    PUT_OFF,
    RESET,
    ROLES,
    SURE,
    TAKING_PART,
    TOLL,
    WHILE,
)
from summarise.reconciliation.measure import (
    Bounds,
    bounds_of,
    counted_by,
    figure_of,
    former_of,
    is_rate,
    thing_of,
    toll_of,
    unit_of,
    whom,
)
from summarise.reconciliation.naming import SORTS, NameBook, Named, Token, tokens_of
from summarise.reconciliation.predicate import said_of
from summarise.reconciliation.senses import GENERAL, sense, sense_of_two
from summarise.reconciliation.spellings import PARTICLES
from summarise.reconciliation.told import Told
from summarise.records import Claim, Figure

HARM = "#harm"
"""The sense of all words that count the harmed, in a claim whose figure does."""
JOINT = "#joint"
"""The same of the words for taking part in a strike or a march, where the figure is of those."""
_JOINING = frozenset(
    map(
        sense,
        """strike walkout tools down attend part join absent turnout march protest rally crowd fail
        report work""".split(),
    )
)
SICK = "#sick"
"""The same of the words for falling ill."""
_SICKENED = frozenset(
    map(sense, "case cases confirmed suspected ill illness sick sickened infected fallen".split())
)
_CHANGED = frozenset(map(sense, "rise fall reach stand confirm hit top pass total toll".split()))
"""Senses that tell how a figure came to be, not what it is of."""
_REACH = 6
"""Words between a preposition and the name that it places."""


class Traits(NamedTuple):
    """What few values tell of a claim.

    `toll`: what befell those it counts or speaks of ("killed"). `counted`: whom its figure counts.
    `unit`: what kind of figure is in question ("count", "share", "money", "time"), None for none.
    `prospect`: it may come. `part`: of a whole. `limited`: to a stretch of time. `earlier`: it
    tells how a figure changed. `onset`: it tells when a thing began. `rate`: its figure is so much
    a day, or each. `thing`: what its figure counts, if not people. `moved`: it tells that a day
    which was set is another now.
    """

    toll: str | None = None
    counted: str | None = None
    unit: str | None = None
    prospect: bool = False
    part: bool = False
    limited: bool = False
    earlier: bool = False
    onset: bool = False
    rate: bool = False
    thing: str = ""
    moved: bool = False


Voice = tuple[str, str | None]
"""An article, and the source whom it has tell something."""

_UNTELLING = GENERAL | {HARM, JOINT, SICK}
"""Senses that many claims share which are of other things."""


@dataclass(slots=True)
class _Names:
    """The names of a claim: the role of each, those behind "by", and what sort of place it is."""

    roles: dict[str, str] = field(default_factory=dict)
    doers: set[str] = field(default_factory=set)
    sorts: set[tuple[str, str]] = field(default_factory=set)
    places: set[int] = field(default_factory=set)
    keyed: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Question:
    """A claim taken apart for comparison.

    `senses` are what its words stand for, with names as "~name" and countries as "=Country",
    `more` are those beside general words, `most` those that are no countries either; `words` has
    the first word for each but the names. `said` is that of its predicate, `subject` the
    names before it. `names` gives each name's role, `doers` those behind "by", `sorts` whether a
    name is a town's or an area's. `bounds` are those of the figure in question. `start` and `end`
    are days (proleptic ordinals), None where open or untold; `weekday` is that of the period.
    `withheld` is what it says that somebody has not seen or cannot confirm.
    `told` is the day on which its article came out, an ordinal too. `former` are the bounds of the
    figure whose place that in question has taken. `headline`: it stands in a title.
    `denied` are the senses of what it says something was not, beside what it was.
    `voices` are the articles and sources that tell just this, `article` is the first of them.
    """

    senses: frozenset[str]
    more: frozenset[str]
    most: frozenset[str]
    words: dict[str, str]
    said: frozenset[str]
    traits: Traits
    names: dict[str, str]
    doers: frozenset[str]
    sorts: frozenset[tuple[str, str]]
    bounds: Bounds | None
    start: int | None
    end: int | None
    weekday: str | None
    subject: frozenset[str]
    article: str
    voices: frozenset[Voice]
    withheld: frozenset[str] = frozenset()
    told: int | None = None
    former: Bounds | None = None
    headline: bool = False
    denied: frozenset[str] = frozenset()

    def told_in(self, one: Told) -> Question:
        """The same of a claim with the same words and figures."""
        # The constructor itself: `dataclasses.replace` takes three times as long.
        return Question(
            self.senses,
            self.more,
            self.most,
            self.words,
            self.said,
            self.traits,
            self.names,
            self.doers,
            self.sorts,
            self.bounds,
            self.start,
            self.end,
            self.weekday,
            self.subject,
            one.article,
            frozenset(((one.article, one.claim.source),)),
            self.withheld,
            one.published.toordinal() if one.published else None,
            self.former,
            one.headline,
            self.denied,
        )

    def what(self) -> tuple[object, ...]:
        """All that it asks and answers, whoever tells it."""
        names = frozenset(self.names.items())
        times = (self.start, self.end, self.weekday)
        return (self.senses, self.said, self.traits, names, self.sorts, self.bounds, *times)


def questions(told: Sequence[Told]) -> list[Question]:
    """The question of each claim, names of other spellings made one over all of them."""
    articles: dict[str, list[str]] = {}
    for one in told:
        articles.setdefault(one.claim.text, []).append(one.article)
    tokens = {text: tokens_of(text) for text in articles}
    book = NameBook([(within, tokens[text]) for text, within in articles.items()])
    known: dict[tuple[object, ...], Question] = {}
    found = []
    for one in told:
        claim = one.claim
        key = (claim.text, claim.quantities, claim.time)
        question = known.get(key)
        if question is None:
            question = known[key] = _question(one, tokens[claim.text], book)
            found.append(question)
        else:
            found.append(question.told_in(one))
    return found


def _question(one: Told, tokens: list[Token], book: NameBook) -> Question:
    claim = one.claim
    names = _names(tokens, book)
    figure = figure_of(claim)
    placed = _senses(tokens, names.places, claim)
    senses, said = {found for _, found in placed}, said_of(tokens, placed)
    both = HARMED.search(claim.text) is not None
    toll = toll_of(figure, said, senses, text=claim.text, both=both)
    if figure is not None and toll in TOLL.values():
        senses = {found for found in senses if found not in TOLL} | {HARM}
        said = frozenset((HARM,))
    elif toll in (ON_STRIKE, TAKING_PART):
        senses = senses - _JOINING | {JOINT}
        said = frozenset((JOINT,))
    elif toll == ILL:
        senses = senses - _SICKENED | {SICK}
        said = frozenset((SICK,))
    every = frozenset(senses | names.roles.keys())
    more = every - _UNTELLING - (_CHANGED | whom(figure) if figure else frozenset())
    start, end = (claim.time.start, claim.time.end) if claim.time else (None, None)
    return Question(
        senses=every,
        more=more,
        most=frozenset(found for found in more if found[0] != "="),
        words={found: tokens[place][0] for place, found in reversed(placed)},
        said=said,
        traits=_traits(claim.text, figure, toll),
        names=names.roles,
        doers=frozenset(names.doers),
        sorts=frozenset(names.sorts),
        bounds=None if figure is None else bounds_of(figure),
        start=start.toordinal() if start else None,
        end=end.toordinal() if end else None,
        weekday=_weekday(claim),
        subject=frozenset(name for name, role in names.roles.items() if role == "subject"),
        article=one.article,
        voices=frozenset(((one.article, claim.source),)),
        withheld=_withheld(claim, tokens, [*placed, *names.keyed]),
        told=one.published.toordinal() if one.published else None,
        former=former_of(claim, figure),
        headline=one.headline,
        denied=contrasted(claim.text),
    )


def _withheld(claim: Claim, tokens: list[Token], placed: list[tuple[int, str]]) -> frozenset[str]:
    """The senses of what somebody has not seen or cannot tell, harm as one; none without."""
    untold = held_back(claim)
    first = len(tokens) - len(tokens_of(untold)) if untold else len(tokens)
    return frozenset(HARM if found in TOLL else found for at, found in placed if at >= first)


def _weekday(claim: Claim) -> str | None:
    """The only day of the week that the period names."""
    if claim.time is None:
        return None
    days = {low for _, low in tokens_of(claim.time.surface) if low in WEEKDAYS}
    return days.pop() if len(days) == 1 else None


def _traits(text: str, figure: Figure | None, toll: str | None) -> Traits:
    return Traits(
        toll=toll,
        counted=_counted(text, figure, toll) if figure else None,
        unit=unit_of(figure) if figure else "share" if MOST.search(text) else None,
        prospect=(PROSPECT.search(text) or PUT_OFF.search(text)) is not None,
        part=PART.search(text) is not None,
        limited=WHILE.search(text) is not None,
        earlier=EARLIER.search(text) is not None,
        onset=ONSET.search(text) is not None,
        thing=thing_of(figure) if figure and toll is None else "",
        moved=RESET.search(text) is not None,
        rate=figure is not None and is_rate(figure, text),
    )


def _counted(text: str, figure: Figure, toll: str | None) -> str | None:
    """Whom a figure counts; of the ill, whether they are confirmed or only suspected to be."""
    if toll == ILL and (sure := SURE.search(text)):
        return "confirmed cases" if sure.lastgroup == "sure" else "suspected cases"
    return counted_by(figure)


def _names(tokens: list[Token], book: NameBook) -> _Names:
    names = _Names()
    for name in book.named(tokens):
        names.places.update(range(name.place, name.end))
        role = _role(tokens, name.place)
        sort = _sort(tokens, name)
        for key in name.keys:
            names.roles.setdefault(key, role)
            names.keyed.append((name.place, key))
            if role == "doer":
                names.doers.add(key)
            if sort:
                names.sorts.add((key, sort))
    return names


def _senses(tokens: list[Token], names: set[int], claim: Claim) -> list[tuple[int, str]]:
    """The senses of the words beside names, dates and figures, with their places."""
    found = []
    figures = " ".join(figure.surface for figure in claim.quantities)
    for place, (text, low) in enumerate(tokens):
        if place in names or low in _UNSAID or not low[0].isalnum():
            continue
        if low[0].isdigit() and (low.isdigit() or "," in text or text in figures):
            continue
        behind = tokens[place + 1][1] if place + 1 < len(tokens) else ""
        if meant := sense_of_two(low, behind):
            found.append((place, meant))
    return found


_UNSAID = DATED | NUMBER_WORDS | ROLES.keys() | PARTICLES


def _role(tokens: list[Token], place: int) -> str:
    """What part a name plays: that of the nearest preposition before it, else subject or object."""
    for back in range(place - 1, max(-1, place - 1 - _REACH), -1):
        low = tokens[back][1]
        if role := ROLES.get(low):
            return role
        if low in AUXILIARY or low == ",":
            break
    before = (low for _, low in tokens[:place])
    return "object" if any(low in AUXILIARY or low.endswith("ed") for low in before) else "subject"


def _sort(tokens: list[Token], name: Named) -> str | None:
    """Whether a name is called a town or an area: "Kursk region", "the city of Kursk"."""
    after = tokens[name.end][1] if name.end < len(tokens) else ""
    if (sort := sense(after) if after.isalpha() else "") in SORTS:
        return sort
    if name.place > 1 and tokens[name.place - 1][1] == "of":
        return sort if (sort := sense(tokens[name.place - 2][1])) in SORTS else None
    return None
