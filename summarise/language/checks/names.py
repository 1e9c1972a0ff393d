"""Names of a claim: invented ones, and one put in the place of another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from summarise.language.align import Bond, Exchange, Item, exchanges, items, neighbours
from summarise.language.names import find_names, names_within, same_name
from summarise.language.passages import Passage, Passages, Scope
from summarise.language.places import country_of
from summarise.records import Claim


def name_reasons(claim: Claim, said: Passage, scope: Scope, passages: Passages) -> Iterator[str]:
    """Names that the article lacks, or that replace a name of the evidence."""
    spans = passages.name_spans(said.text)
    mine = [said.text[start:end] for start, end in spans]
    evidence = list(
        chain.from_iterable(passages.names(part) for part in (*scope.quotes, *scope.sentences))
    )
    around = list(
        chain.from_iterable(
            passages.names(part) for part in (*scope.before, *scope.opening, *scope.after)
        )
    )
    for name in mine:
        if _in(name, evidence) or _spelled(name, (*scope.quotes, *scope.sentences)):
            continue
        if not _known(name, passages):
            yield f"name {name!r} is not in the article"
        elif not _in(name, around) and not _echoed(name, (*scope.near, *scope.after)):
            yield f"name {name!r} is not in the evidence nor in what stands around it"
    yield from _swapped(claim, items(said.text, passages.keys, spans), scope, passages)


def _known(name: str, passages: Passages) -> bool:
    country = country_of(name)
    if passages.book.known(name) or (country and country in passages.countries):
        return True
    return _spelled(name, tuple(passages.all))


def _missing(claim: Claim, scope: Scope, mine: list[str]) -> str | None:
    """A name of the evidence that the claim leaves out, speakers aside."""
    speakers = [claim.source or "", *claim.via]
    names = chain.from_iterable(passages.names(part) for part in scope.quotes)
    return next((name for name in names if not _in(name, [*mine, *speakers])), None)


def _in(name: str, others: list[str]) -> bool:
    country = country_of(name)
    return any(
        (country and country == country_of(other)) or same_name(name, other) for other in others
    )


def _spelled(name: str, parts: tuple[Passage, ...]) -> bool:
    """Whether the words of the name stand in a passage, whatever their capitals."""
    wanted = name.casefold()
    return any(wanted in part.text.casefold() for part in parts)


def _echoed(name: str, parts: tuple[Passage, ...]) -> bool:
    """Whether a word of the name is near: "Dahl" of Sven Dahl, "the agency" of a body."""
    long = {word.casefold() for word in re.findall(r"[^\W\d_]{4,}", name)}
    return any(long & set(re.findall(r"[^\W\d_]{4,}", part.text.casefold())) for part in parts)


def _swapped(claim: Claim, said: list[Item], scope: Scope, passages: Passages) -> Iterator[str]:
    used = {item.key for item in said if item.name} | _speaking(claim, scope, passages)
    for quote in scope.quotes:
        there = passages.items(quote)
        held = {item.key for item in there if item.name}
        for exchange in exchanges(said, there):
            pair = _exchanged(exchange, used, held)
            if pair:
                yield f"name {pair[0]!r} stands where the evidence has {pair[1]!r}"
                return
    yield from _in_wrong_company(said, scope, passages)


def _speaking(claim: Claim, scope: Scope, passages: Passages) -> set[str]:
    """Keys of the names that only say who speaks."""
    names = [name for name in (claim.source, *claim.via) if name]
    for part in scope.sentences:
        for speaker in part.speakers:
            if speaker.strong and len(speaker.text.split()) < 12:
                names += names_within(speaker.text)
    return {passages.keys.key(name) for name in names}


def _exchanged(exchange: Exchange, used: set[str], held: set[str]) -> tuple[str, str] | None:
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


def _in_wrong_company(said: list[Item], scope: Scope, passages: Passages) -> Iterator[str]:
    """A name beside a word that the article has beside another name only."""
    near = set().union(*(passages.bonds(part, 1) for part in scope.near))
    own = {
        (name, word)
        for part in (*scope.quotes, *scope.sentences)
        for name, _, word in passages.bonds(part, 2)
    }
    held = {item.key for quote in scope.quotes for item in passages.items(quote) if item.name}
    mine = {item.key for item in said if item.name}
    for place, item in enumerate(said):
        beside = [pair for pair in neighbours(said, place) if pair[1] != item.key]
        if not item.name or any(
            (item.key, *pair) in passages.all_bonds or (item.key, pair[1]) in own for pair in beside
        ):
            continue
        next_to = {word for _, word in beside}
        rivals = [
            {key for key, *pair in near if tuple(pair) == other} - next_to for other in beside
        ]
        # A name that the evidence holds must have a rival on both sides, and so must any name
        # whose rivals the claim has elsewhere.
        fresh = [found - mine - _joined(item.key, near) for found in rivals]
        if item.key in held:
            wrong = len(fresh) == 2 and all(fresh)
        else:
            wrong = any(fresh) or (len(rivals) == 2 and all(rivals))
        if wrong:
            rival = sorted(set().union(*rivals))[0]
            yield f"name {item.text!r} stands where the article has {rival!r}"
            return


def _joined(key: str, near: set[Bond]) -> set[str]:
    """Names that stand right beside a name, as in "Fua and Kefraya": no rivals of it."""
    return {other for name, _, other in near if name == key}
