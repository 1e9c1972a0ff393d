"""What a claim asks and answers: which thing, whom it counts, where, when, how surely."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import islice

from summarise.reconciliation.lexicon import (
    AUXILIARY,
    CLASSES,
    DATED,
    EARLIER,
    MONEY,
    NUMBER_WORDS,
    ONSET,
    PART,
    PROSPECT,
    ROLES,
    SHARE,
    SPAN,
    TOLL,
    TOLLS,
    WHILE,
)
from summarise.reconciliation.naming import NameBook, Named, Token, tokens_of
from summarise.reconciliation.senses import GENERAL, sense
from summarise.reconciliation.spellings import PARTICLES
from summarise.reconciliation.told import Told
from summarise.records import Claim, Figure

HARM = "#harm"
"""The sense of all words that count the harmed, in a claim whose figure does."""
_REACH = 6
"""Words between a preposition and the name that it places."""
_RELATIVE = frozenset(("that", "which", "who", "where", "whom", "when"))
_SORTS = frozenset(("town", "area"))
_INCIDENTAL = 12
"""A plain number up to this, of nobody harmed, is no figure in question."""


@dataclass(frozen=True, slots=True)
class Question:
    """A claim taken apart for comparison.

    `senses` are what its words stand for, with names as "~name" and countries as "=Country";
    `said` are those of its predicate; `names` gives each name's role, `doers` those
    behind "by", `sorts` whether it is a town or an area where that is told. `toll` is what befell those it counts or speaks of ("killed"),
    `counted` whom a figure counts, `unit` what kind of figure it is ("count", "share", "money",
    "time"; None where none is in question), `bounds` its least and greatest value. `start` and
    `end` are days (proleptic ordinals), None where open or untold.
    """

    senses: frozenset[str]
    said: frozenset[str]
    names: dict[str, str]
    sorts: frozenset[tuple[str, str]]
    doers: frozenset[str]
    toll: str | None
    counted: str | None
    unit: str | None
    bounds: tuple[float, float] | None
    start: int | None
    end: int | None
    prospect: bool
    part: bool
    limited: bool
    earlier: bool
    onset: bool
    article: str
    source: str | None


def questions(told: Sequence[Told]) -> list[Question]:
    """The question of each claim, names of other spellings made one over all of them."""
    tokens = [tokens_of(one.claim.text) for one in told]
    book = NameBook([(one.article, words) for one, words in zip(told, tokens, strict=True)])
    return [_question(one, words, book) for one, words in zip(told, tokens, strict=True)]


def _question(one: Told, tokens: list[Token], book: NameBook) -> Question:
    claim, text = one.claim, one.claim.text
    names: dict[str, str] = {}
    doers: set[str] = set()
    sorts: set[tuple[str, str]] = set()
    inside: set[int] = set()
    for name in book.named(tokens):
        inside.update(range(name.place, name.end))
        role = _role(tokens, name.place)
        names.update((key, role) for key in name.keys if key not in names)
        if role == "doer":
            doers.update(name.keys)
        if sort := _sort(tokens, name):
            sorts.update((key, sort) for key in name.keys)
    figure = _figure(claim)
    placed = _senses(tokens, inside, claim)
    senses = {found for _, found in placed}
    said = _said(tokens, placed)
    toll = _toll(figure, said, senses)
    if figure is not None and toll in TOLL.values():
        senses = {found for found in senses if found not in TOLL} | {HARM}
    low, high = (claim.time.start, claim.time.end) if claim.time else (None, None)
    return Question(
        senses=frozenset(senses | names.keys()),
        said=said,
        names=names,
        sorts=frozenset(sorts),
        doers=frozenset(doers),
        toll=toll,
        counted=_counted(figure, senses),
        unit=_unit(figure),
        bounds=None if figure is None else _bounds(figure),
        start=low.toordinal() if low else None,
        end=high.toordinal() if high else None,
        prospect=PROSPECT.search(text) is not None,
        part=PART.search(text) is not None,
        limited=WHILE.search(text) is not None,
        onset=ONSET.search(text) is not None,
        earlier=EARLIER.search(text) is not None,
        article=one.article,
        source=claim.source,
    )


def _senses(tokens: list[Token], inside: set[int], claim: Claim) -> list[tuple[int, str]]:
    """The senses of the words beside names, dates and figures, with their places."""
    found = []
    figures = " ".join(figure.surface for figure in claim.quantities)
    for place, (text, low) in enumerate(tokens):
        if place in inside or low in DATED or low in NUMBER_WORDS or low in ROLES:
            continue
        if low in PARTICLES or not low[0].isalnum():
            continue
        if low[0].isdigit() and (low.isdigit() or text in figures or "," in text):
            continue
        if meant := sense(low):
            found.append((place, meant))
    return found


def _said(tokens: list[Token], placed: list[tuple[int, str]]) -> frozenset[str]:
    """The sense that heads the predicate, behind the auxiliary of the main clause if it has one."""
    telling = [(at, found) for at, found in placed if _heads(tokens[at][1], found)]
    for place, (_, low) in enumerate(tokens):
        if place and low in AUXILIARY and tokens[place - 1][1] not in _RELATIVE:
            after = (found for at, found in telling if 0 < at - place <= _REACH)
            return frozenset(islice(after, 1))
    for place, (_, low) in enumerate(tokens[:-1]):
        if place and low.endswith("ed") and tokens[place + 1][1] not in ROLES:
            return frozenset(found for at, found in telling if at == place)
    return frozenset()


def _heads(low: str, found: str) -> bool:
    return not low.endswith("ly") and found not in GENERAL


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
    if (sort := sense(after) if after.isalpha() else "") in _SORTS:
        return sort
    if name.place > 1 and tokens[name.place - 1][1] == "of":
        return sort if (sort := sense(tokens[name.place - 2][1])) in _SORTS else None
    return None


def _figure(claim: Claim) -> Figure | None:
    """The figure in question; a small plain number that only describes is none."""
    for figure in claim.quantities:
        if not _is_incidental(figure):
            return figure
    return None


def _is_incidental(figure: Figure) -> bool:
    low, high = figure.low, figure.high
    if low is None or low != high or low > _INCIDENTAL or figure.approx:
        return False
    if SHARE.search(figure.unit) or MONEY.search(figure.unit):
        return False
    return not any(sense(low) in TOLL for _, low in tokens_of(figure.unit))


def _bounds(figure: Figure) -> tuple[float, float]:
    low = float("-inf") if figure.low is None else float(figure.low)
    high = float("inf") if figure.high is None else float(figure.high)
    return low, high


def _unit(figure: Figure | None) -> str | None:
    if figure is None:
        return None
    named = f"{figure.unit} {figure.surface}"
    for kind, pattern in (("share", SHARE), ("money", MONEY)):
        if pattern.search(named):
            return kind
    return "time" if SPAN.match(figure.unit) else "count"


def _toll(figure: Figure | None, said: frozenset[str], senses: set[str]) -> str | None:
    """What befell those whom the claim counts: told by the figure's unit, else by the claim."""
    unit = {sense(low) for _, low in tokens_of(figure.unit)} if figure else set()
    return _harm(unit, TOLLS) or _harm(said, TOLLS) or _harm(senses, TOLL)


def _harm(senses: Set[str], classes: dict[str, str]) -> str | None:
    if {"kill", "injure"} <= senses:
        return TOLL["casualty"]
    return next((name for word, name in classes.items() if word in senses), None)


def _counted(figure: Figure | None, senses: set[str]) -> str | None:
    """Whom a figure counts; None for people at large and for things."""
    if figure is None:
        return None
    unit = [sense(low) for _, low in tokens_of(figure.unit)]
    return next((CLASSES[word] for word in unit if word in CLASSES), None)
