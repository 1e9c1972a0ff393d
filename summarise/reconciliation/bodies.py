"""Whose word a claim is: the bodies that sources speak for, so far as the story tells it.

A president speaks for the state and each of its organs, a spokesman for the ministry; two organs
of one state are two bodies. What a person speaks for is read from the words beside the name,
anywhere in the story: "Ukrainian President ...", "... , head of the health board".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from summarise.language.names import is_body, same_name, strip_titles
from summarise.language.places import country_of, nation_of
from summarise.language.words import STOP, stem
from summarise.reconciliation.offices import FORMS, HEADS, METONYMS, NOBODY, ORGANS, ROLES
from summarise.reconciliation.titles import titles_beside
from summarise.reconciliation.told import Told
from summarise.records import Claim

_ONE_WORD = {"defenc": "defens", "labour": "labor", "minister": "ministry"}
_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:[’'][^\W_]+)*")
_OWNER = re.compile(r"[’']s?$")
_PEOPLE = re.compile(r"(?:ian|ean|an|ese|ish|i)s?$")


@dataclass(frozen=True)
class Body:
    """A body by its state (or other owner) and the words for its organ; no organ: all of it."""

    owners: frozenset[str]
    organ: frozenset[str]
    full: frozenset[str]

    @property
    def whole(self) -> bool:
        """Whether it is the state itself, or its head."""
        return bool(self.owners) and not self.organ

    def is_one_with(self, other: Body) -> bool:
        """Whether both speak with one voice."""
        if self.owners and other.owners:
            if self.owners != other.owners:
                return False
            if self.whole or other.whole:
                return not (self.organ or other.organ) - ORGANS or self.organ == other.organ
            return self.organ <= other.organ or other.organ <= self.organ
        shared = self.organ & other.organ
        if shared - ORGANS:
            if ("ministry" in self.full) != ("ministry" in other.full):
                return False  # the minister of ports does not speak for a port
            return shared in (self.organ, other.organ)
        # "The intelligence service" of one state may not be that of another.
        return bool(shared) and self.full == other.full


@lru_cache(maxsize=8192)
def body_of(phrase: str) -> Body:
    """The body that a phrase names, the roles within it left out."""
    owners: set[str] = set()
    organ: list[str] = []
    low = phrase.lower().replace("é", "e")
    for metonym, (state, part) in METONYMS.items():
        if re.search(rf"\b{metonym}\b", low):
            owners.add(state)
            organ.extend(part.split())
            low = low.replace(metonym, " " * len(metonym))
    for start, end, state in _states(phrase):
        if low[start:end].strip():
            owners.add(state)
            low = low[:start] + " " * (end - start) + low[end:]
    for match in _WORD.finditer(low):
        written = phrase[match.start() : match.end()]
        if owner := _owner(written):
            owners.add(owner)
        elif match.group() not in STOP:
            base = stem(match.group())
            organ.append(_ONE_WORD.get(base, base))
    named = [word for word in organ if word not in ROLES]
    particular = frozenset(word for word in named if word not in FORMS)
    if not particular and named and not owners:
        particular = frozenset(named)
    return Body(frozenset(owners), particular, frozenset(named))


def _states(phrase: str) -> Iterator[tuple[int, int, str]]:
    """Where a state is named, by its own name, its people or its seat of government."""
    found = list(_WORD.finditer(phrase))
    taken = -1
    for place, word in enumerate(found):
        if word.start() < taken or not word.group()[0].isupper():
            continue
        for last in found[place : place + 3][::-1]:
            name = _OWNER.sub("", phrase[word.start() : last.end()])
            # "The Kyiv Independent" is no organ of the state; "Kyiv" and "Kyiv's army" are.
            alone = name == strip_titles(phrase) or _OWNER.search(last.group())
            if state := country_of(name) if alone else nation_of(name):
                taken = last.end()
                yield word.start(), last.end(), state
                break


def _owner(word: str) -> str | None:
    """A possessor or a people that is no known state: "Ostrania's", "Ostranian"."""
    if not word[0].isupper():
        return None
    if _OWNER.search(word):
        return people_root(_OWNER.sub("", word))
    return people_root(word) if len(word) > 5 and re.search(r"(?:ian|ean|ese)s?$", word) else None


def people_root(name: str) -> str:
    """A name without the endings of a people, as a key: "ostran" for Ostrania and Ostranians."""
    low = name.lower()
    return _PEOPLE.sub("", low).rstrip("aeiouy") if len(low) > 5 else low


class Bodies:
    """What the sources of a story speak for."""

    def __init__(self, told: Sequence[Told] = (), texts: Iterable[str] = ()) -> None:
        sources = sorted({name for one in told for name in _spoken(one.claim)})
        people = [name for name in sources if _is_person(name)]
        self._titles = titles_beside(people, [*_quoted(told), *texts])
        self._owners = _only_owners(
            [
                *map(body_of, sources),
                *(body_of(t) for found in self._titles.values() for t in found),
            ]
        )
        self._known: dict[tuple[str, str], bool] = {}

    def same(self, one: str, other: str) -> bool:
        """Whether both names are one body, or speak for one."""
        key = (one, other) if one <= other else (other, one)
        if key not in self._known:
            self._known[key] = self._compared(*key)
        return self._known[key]

    def sisters(self, one: str, other: str) -> bool:
        """Whether both are, or speak for, bodies of one state or owner."""
        mine = {owner for body in self._speaks(one) for owner in body.owners}
        return any(owner in mine for body in self._speaks(other) for owner in body.owners)

    def names(self, source: str) -> frozenset[str]:
        """The roots of the names that a source bears and of those that it speaks for."""
        return frozenset(
            people_root(_OWNER.sub("", word))
            for phrase in (source, *self._titles.get(source, ()))
            for word in _WORD.findall(phrase)
            if word[0].isupper() and stem(word.lower()) not in ROLES | FORMS
        )

    def _compared(self, one: str, other: str) -> bool:
        if one.casefold() == other.casefold():
            return True
        if is_nobody(one) or is_nobody(other):
            return False
        if same_name(one, other) and _is_state(one) == _is_state(other):
            return True
        return any(
            mine.is_one_with(theirs) for mine in self._speaks(one) for theirs in self._speaks(other)
        )

    def _speaks(self, source: str) -> Iterator[Body]:
        """The bodies that count; an organ whose state goes unsaid is that of the one it can be."""
        for body in self._named(source):
            owner = None if body.owners else self._owners.get(body.organ)
            yield body if owner is None else replace(body, owners=frozenset([owner]))

    def _named(self, source: str) -> Iterator[Body]:
        """The bodies that a source names or that its titles do: a person's own name is none."""
        titles = self._titles.get(source, ())
        if not titles:
            yield _as_state(body_of(source), source)
        for title in titles:
            body = body_of(title)
            if body.organ or (body.owners and speaks_for_state(title)):
                yield body


def _only_owners(bodies: Iterable[Body]) -> dict[frozenset[str], str]:
    """The owner of each organ that is named with one and no other: whose general staff it is."""
    found: dict[frozenset[str], set[str]] = defaultdict(set)
    for body in bodies:
        if body.organ and body.organ <= ORGANS:
            found[body.organ] |= body.owners
    return {organ: owners.pop() for organ, owners in found.items() if len(owners) == 1}


def _as_state(body: Body, source: str) -> Body:
    """A lone name of no known state may be one: its people's organs bear it ("Ostranian")."""
    bare = strip_titles(source)
    if body.owners or " " in bare or not bare[:1].isupper():
        return body
    return Body(frozenset([people_root(bare)]), frozenset(), body.full)


def speaks_for_state(title: str) -> bool:
    """Whether a title is that of the head of a state or of its government."""
    words = {stem(word.lower()) for word in _WORD.findall(title)}
    return bool(words & HEADS or {"prime", "minister"} <= words) and not {"vice", "former"} & words


@lru_cache(maxsize=8192)
def is_nobody(source: str) -> bool:
    """Whether a source has no name of its own: "officials", "a source in the city"."""
    head = re.split(r" (?:in|at|of|from|on|with|who|near|close|familiar|briefed) ", source)[0]
    last = _WORD.findall(head)[-1:] or [""]
    return stem(last[0].lower()) in NOBODY


def _is_state(name: str) -> bool:
    return nation_of(strip_titles(name)) is not None


def _spoken(claim: Claim) -> Iterable[str]:
    return ([claim.source] if claim.source else []) + list(claim.via)


def _is_person(source: str) -> bool:
    bare = strip_titles(source)
    words = bare.split()
    return (
        1 < len(words) <= 5
        and words[0][:1].isupper()
        and words[-1][:1].isupper()
        and not is_body(bare)
        and not body_of(bare).owners
    )


def _quoted(told: Iterable[Told]) -> Iterator[str]:
    """The words of the claims and of their evidence."""
    for one in told:
        yield one.claim.text
        for span in one.claim.evidence:
            yield span.quote
