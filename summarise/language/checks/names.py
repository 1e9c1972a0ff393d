"""Names of a claim: invented ones, and one put in the place of another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summarise.language.align import Bond, Exchange, Item, exchanges, items, neighbours
from summarise.language.cues import COLLECTIVES
from summarise.language.names import names_within
from summarise.language.passages import Passage, Passages, Scope
from summarise.language.places import country_of, nation_of
from summarise.records import Claim


def name_reasons(claim: Claim, said: Passage, scope: Scope, passages: Passages) -> Iterator[str]:
    """Names that the article lacks, or that replace a name of the evidence."""
    spans = passages.name_spans(said.text)
    for name in dict.fromkeys(said.text[start:end] for start, end in spans):
        if not _known(name, passages):
            yield f"name {name!r} is not in the article"
    yield from _swapped(claim, items(said.text, passages.keys, spans), scope, passages)


def _known(name: str, passages: Passages) -> bool:
    country = country_of(name)
    if passages.knows(name) or (country and country in passages.countries):
        return True
    return _spelled(name, tuple(passages.all))


def _spelled(name: str, parts: tuple[Passage, ...]) -> bool:
    """Whether the words of the name stand in a passage, whatever their capitals."""
    wanted = name.casefold()
    return any(wanted in part.text.casefold() for part in parts)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the check of a name in its place needs of the evidence and the article."""

    scope: Scope
    passages: Passages
    mine: frozenset[str]
    """Keys of the names of the claim."""
    speaking: frozenset[str]
    """Keys of the names that only say who speaks."""

    def keys(self, parts: Iterable[Passage]) -> set[str]:
        """Keys of the names in some passages."""
        return {item.key for part in parts for item in self.passages.items(part) if item.name}

    def bonds(self, parts: Iterable[Passage], reach: int) -> set[Bond]:
        """The company of the names in some passages."""
        return set().union(*(self.passages.bonds(part, reach) for part in parts))


def _swapped(claim: Claim, said: list[Item], scope: Scope, passages: Passages) -> Iterator[str]:
    mine = frozenset(item.key for item in said if item.name)
    setting = _Setting(scope, passages, mine, frozenset(_speaking(claim, scope, passages)))
    for quote in scope.quotes:
        there = passages.items(quote)
        held = {item.key for item in there if item.name}
        for exchange in exchanges(said, there):
            pair = _exchanged(exchange, mine | setting.speaking, held)
            if pair:
                yield f"name {pair[0]!r} stands where the evidence has {pair[1]!r}"
                return
    yield from _in_wrong_company(said, claim.text, setting)
    yield from _in_place_of(said, setting)


def _speaking(claim: Claim, scope: Scope, passages: Passages) -> set[str]:
    names = [name for name in (claim.source, *claim.via) if name]
    for part in scope.sentences:
        for speaker in part.speakers:
            if speaker.strong and len(speaker.text.split()) < 12:
                names += names_within(speaker.text)
    return {passages.keys.key(name) for name in names}


def _exchanged(exchange: Exchange, used: frozenset[str], held: set[str]) -> tuple[str, str] | None:
    there = {item.key for item in exchange.theirs}
    theirs = [item for item in exchange.theirs if item.name and item.key not in used]
    ours = [item for item in exchange.ours if item.name and item.key not in there]
    if not ours or not theirs:
        return None
    # A name that the evidence holds elsewhere may have moved; one for one it has not.
    single = len(exchange.ours) == len(exchange.theirs) == 1 and exchange.anchored
    if ours[0].key in held and not single:
        return None
    return ours[0].text, theirs[0].text


def _in_wrong_company(said: list[Item], said_as: str, setting: _Setting) -> Iterator[str]:
    """A name beside words that the article never has beside it, where another name fits."""
    core = (*setting.scope.quotes, *setting.scope.sentences)
    near = setting.bonds(setting.scope.near, 1)
    own = {(name, word) for name, _, word in setting.bonds(core, 2)}
    held = setting.keys(setting.scope.quotes)
    for place, item in enumerate(said):
        if _doubled(said, place, said_as):
            yield f"name {item.text!r} stands beside itself"
            return
        beside = [pair for pair in neighbours(said, place) if pair[1] != item.key]
        if not item.name or any(
            (item.key, *pair) in setting.passages.all_bonds or (item.key, pair[1]) in own
            for pair in beside
        ):
            continue
        rival = _rival(item.key, beside, near, setting.mine, held=item.key in held)
        if not rival and _is_gloss(said, place, held):
            continue
        again = item.key in {other.key for other in said[:place]}
        if not rival and (item.key not in held or again):
            rival = _intruded_on(item, said_as, held, setting)
        if rival:
            yield f"name {item.text!r} stands where the article has {rival!r}"
            return
        narrows = _narrows(said, place, setting)
        if item.key not in held and not narrows and _out_of_mind(item.key, setting):
            yield f"name {item.text!r} is not in the evidence nor in what stands around it"
            return


def _in_place_of(said: list[Item], setting: _Setting) -> Iterator[str]:
    """A name beside a word that the evidence itself has beside another name, and never beside it.

    "Norlandian troops" for "Ostranian troops", wherever else the article has troops of Norland.
    """
    scope = setting.scope
    if len(scope.sentences) > _LONG * len(scope.quotes):
        return
    close = setting.bonds(scope.quotes, 1)
    own = {(name, word) for name, _, word in setting.bonds((*scope.quotes, *scope.sentences), 3)}
    held = setting.keys(scope.quotes)
    for place, item in enumerate(said):
        for side, word in neighbours(said, place) if item.name else ():
            if (
                (item.key, word) in own
                or word in setting.mine
                or (side, item.key in held) == _MOVED
            ):
                continue
            rivals = {name for name, *pair in close if tuple(pair) == (side, word)} - setting.mine
            for rival in sorted(rivals):
                if rival not in setting.speaking:
                    yield f"name {item.text!r} stands where the evidence has {rival!r}"
                    return


_MOVED = ("left", True)
"""A name of the evidence behind a word: "loans to A and B" may be told of B alone."""


def _doubled(said: list[Item], place: int, said_as: str) -> bool:
    """ "Norland and Norlandian": one name twice in a row, which no writer means."""
    item, following = said[place], said[place + 1 : place + 2]
    if not (item.name and following and following[0].name and following[0].key == item.key):
        return False
    pair = rf"{re.escape(item.text)}(?:[’']s)?,?(?: (?:and|or|of))? {re.escape(following[0].text)}"
    return nation_of(item.text) == nation_of(following[0].text) and bool(re.search(pair, said_as))


def _is_gloss(said: list[Item], place: int, held: set[str]) -> bool:
    """Whether a country is put to a place of the evidence: "Syria’s Deir ez-Zor"."""
    following = said[place + 1 : place + 2]
    return bool(country_of(said[place].text) and following and following[0].key in held)


def _narrows(said: list[Item], place: int, setting: _Setting) -> bool:
    """Whether a name tells which one "the scheme" of the evidence is: "the Gorse Lane scheme"."""
    beside = said[place + 1 : place + 2]
    topic = setting.passages.mentions(said[place].key) >= _SALIENT - 1
    if not topic or not beside or beside[0].name:
        return False
    noun = re.escape(beside[0].text)
    definite = re.compile(rf"\b(?:the|this|that|its|their)\s+(?:\w+\s+)?{noun}\b", re.IGNORECASE)
    return any(definite.search(part.text) for part in setting.scope.sentences)


def _rival(
    key: str, beside: list[tuple[str, str]], near: set[Bond], mine: frozenset[str], *, held: bool
) -> str | None:
    """A name that stands beside the words that the claim has beside the name with `key`.

    A name that the evidence holds must have a rival on both sides, and so must any name whose
    rivals the claim has elsewhere.
    """
    next_to = {word for _, word in beside}
    rivals = [{name for name, *pair in near if tuple(pair) == other} - next_to for other in beside]
    fresh = [found - mine - _joined(key, near) for found in rivals]
    both = len(rivals) == 2
    wrong = (both and all(fresh)) if held else (any(fresh) or (both and all(rivals)))
    return min(set().union(*rivals)) if wrong else None


def _joined(key: str, near: set[Bond]) -> set[str]:
    """Names that stand right beside a name, as in "Orvane and Harwick": no rivals of it."""
    return {other for name, _, other in near if name == key}


_LONG = 3
_SALIENT = 4
"""Sentences that name a thing which the whole article is about."""


def _intruded_on(item: Item, said: str, held: set[str], setting: _Setting) -> str | None:
    """A name of the evidence that the claim leaves out and `item` may displace."""
    key = item.key
    if len(setting.scope.sentences) > _LONG * len(setting.scope.quotes):
        return None  # a claim leaves out most names of a long passage
    nation = country_of(key) is None
    alike = [
        name
        for name in held - setting.mine - setting.speaking
        if (country_of(name) is None) == nation
        and (not nation or _in_one_role(item, said, name, setting))
    ]
    headline = key in setting.keys(setting.scope.opening[:2])
    just_read = key in setting.keys((*setting.scope.sentences, *setting.scope.before))
    if headline and not just_read and setting.passages.mentions(key) >= _SALIENT:
        return None
    return min(alike, default=None)


_PLACE = r"in|at|near|from|outside|inside|into|across|off|to|towards?|on"
_ROLE = re.compile(
    rf"(?:\b(?:(?P<place>{_PLACE})|(?P<other>against|by|for|with|of|like|not))\s+(?:the\s+)?|"
    r"(?P<and>(?:,|\band|\bor)\s+))$"
)


def _role(text: str, name: str) -> str:
    """What ties a name to its sentence: a preposition of place, another one, "and", or nothing."""
    at = text.find(name)
    found = _ROLE.search(text[: max(0, at)])
    return (found.lastgroup or "") if found else ""


def _in_one_role(item: Item, said: str, rival: str, setting: _Setting) -> bool:
    """Whether a name stands in the claim as its rival does in the evidence."""
    mine = _role(said, item.text)
    roles = {
        _role(quote.text, other.text)
        for quote in setting.scope.quotes
        for other in setting.passages.items(quote)
        if other.name and other.key == rival
    }
    return mine in roles or mine == "and"


def _out_of_mind(key: str, setting: _Setting) -> bool:
    """Whether nothing near the evidence brings the name to mind: no mention, no lead, no topic."""
    scope, passages = setting.scope, setting.passages
    mentions = passages.mentions(key)
    last = [back for part in scope.sentences for back in passages.earlier(part, 1)]
    if not mentions or key in setting.keys((*scope.sentences, *last)):
        return False
    if _taken_up(key, setting):
        return False
    if key not in setting.keys(scope.opening):
        return mentions < _SALIENT and not _echoed(key, setting)
    if mentions >= _SALIENT - 1 or key in setting.keys(scope.before):
        return False
    return not _linked(key, setting)


_PRONOUN = re.compile(r"\b(?:he|she|it|its|his|her|they|their|them|him)\b", re.IGNORECASE)
_BODY = re.compile(rf"\b(?:the|this)\s+(?:{'|'.join(sorted(COLLECTIVES))})\b", re.IGNORECASE)
_LOOK_BACK = 8
"""Sentences that a body may have been named before."""


def _taken_up(key: str, setting: _Setting) -> bool:
    """Whether "the company" of the evidence may go back to the last such name before it."""
    if not any(_BODY.search(part.text) for part in setting.scope.sentences):
        return False
    first = setting.scope.sentences[0]
    return key in setting.keys(setting.passages.earlier(first, _LOOK_BACK))


def _echoed(key: str, setting: _Setting) -> bool:
    """Whether a common word of the name is near: "the agency" for a body."""
    wanted = {word.lower() for word in re.findall(r"[^\W\d_]{4,}", key)}
    near = (*setting.scope.sentences, *setting.scope.before)
    return any(wanted & set(re.findall(r"[a-z]{4,}", part.text)) for part in near)


def _linked(key: str, setting: _Setting) -> bool:
    """Whether the evidence takes a name up: by a pronoun, or by "the ferry" for the ferry Star."""
    if _echoed(key, setting) or any(_PRONOUN.search(p.text) for p in setting.scope.sentences):
        return True
    company = {word for name, _, word in setting.bonds(setting.scope.opening, 4) if name == key}
    held = set().union(*(part.stems for part in setting.scope.sentences))
    return bool(company & held)
