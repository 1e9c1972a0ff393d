"""Whose word a claim is: the bodies that sources speak for, so far as the story tells it.

A president speaks for the state and each of its organs, a spokesman for the ministry; two organs
of one state are two bodies. What a person speaks for is read from the words beside the name,
anywhere in the story: "Ukrainian President ...", "... , head of the health board".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from summarise.language.names import is_body, same_name, strip_titles
from summarise.language.places import country_of, nation_of
from summarise.language.words import STOP, stem, word_set
from summarise.reconciliation.told import Told
from summarise.records import Claim


def _stems(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))


METONYMS = {
    "pentagon": ("United States", "defens"),
    "kremlin": ("Russia", ""),
    "white house": ("United States", ""),
    "downing street": ("United Kingdom", ""),
    "whitehall": ("United Kingdom", ""),
    "elysee": ("France", ""),
    "foggy bottom": ("United States", "state"),
    "scotland yard": ("United Kingdom", "metropolitan polic"),
}
"""Buildings for those who sit in them: the state, and the stem of the organ if it is one."""

HEADS = _stems("president premier chancellor king queen emir sultan emperor pm")
"""Who speaks for a whole state, where no other body is named ("the bank's president")."""
ROLES = _stems(
    """president premier prime chancellor king queen emir sultan emperor pm vice deputy acting
    first senior junior chief chair chairman chairwoman chairperson head leader director manager
    secretary undersecretary press spokesman spokeswoman spokesperson spokespeople
    official officer aide adviser advisor envoy ambassador diplomat coordinator commander captain
    colonel lieutenant major brigadier admiral sergeant general representative executive boss
    founder member analyst strategist economist former interim new outgoing veteran top unnamed
    anonymous inspector superintendent commissioner assistant permanent strategic communication
    media public relation mr mrs ms dr prof professor sir lord lady dame"""
)
"""Words for what somebody is within a body."""
FORMS = _stems(
    """ministry minister agency service department office government administration authority
    national state federal republic country nation its ally"""
)
"""Words for the form of a body: "the ministry of defence" is the defence department."""
ORGANS = _stems(
    """intelligence military army navy force guard police security council defense foreign interior
    exterior home health finance treasury justice education energy agriculture transport staff joint
    state parliament senate congress cabinet operation regiment brigade command border customs
    emergency civil spy secret service state-run government ministry embassy western allied"""
)
"""What the organs of every state are called: by such words alone no two of them are one."""
NOBODY = _stems(
    """source official person people witness resident local survivor diplomat observer expert
    analyst reporter medium medic activist critic insider user worker neighbour neighbor report"""
)
"""Who has no name: one outlet's source is not another's."""
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
        self._titles = _titles(people, [*_quoted(told), *texts])
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


def _titles(people: Iterable[str], texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What stands beside each person's name in the texts."""
    by_surname: dict[str, set[str]] = defaultdict(set)
    for name in people:
        *first, last = strip_titles(name).split()
        by_surname[_OWNER.sub("", last)].update(first)
    if not by_surname:
        return {}
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for text in dict.fromkeys(texts):
        for surname in by_surname.keys() & {_OWNER.sub("", word) for word in _WORD.findall(text)}:
            found[surname].update(dict.fromkeys(_beside(text, surname, by_surname[surname])))
    spelled = _spellings(by_surname)
    return {
        name: tuple(title for other in spelled[surname] for title in found.get(other, ()))
        for name in people
        for surname in [_OWNER.sub("", strip_titles(name).split()[-1])]
    }


def _spellings(surnames: Iterable[str]) -> dict[str, list[str]]:
    """The spellings of each surname: "Zelensky", "Zelenskyy"."""
    alike: dict[str, list[str]] = defaultdict(list)
    for name in sorted(surnames):
        alike[name[:3].lower()].append(name)
    return {
        name: [other for other in near if same_name(name, other)]
        for near in alike.values()
        for name in near
    }


_AFTER = re.compile(r"^(?: \([A-Z]+\))?, ((?:an? |the |its )?[^,.;:“”]{4,80})")
_APPOSED = re.compile(
    r"(?:^|[.;:”] |, )(?:\w+ (?:by|to|from) )?((?:an? |the |its |their )?[^,.;:“”]{4,80}),$",
    re.IGNORECASE,
)
"""A title that stands apart before the name: "a spokeswoman for the port, Ana Lund,"."""
_SAYING = re.compile(
    r"(?:said|says|told|tells|added|adds|wrote|warned|announced|according|who|which|where|when)\b"
)
"""What goes on with the sentence, and tells no title."""
_OF = re.compile(r"^ of (?:the )?([A-Z][\w-]+)")
_BESIDE = 120
"""Characters before and after a name within which a title stands."""
_LINKS = word_set("of for the and")


def _beside(text: str, surname: str, first_names: Collection[str]) -> Iterator[str]:
    """The titles before a name, and the apposition behind it."""
    for match in re.finditer(rf"\b{re.escape(surname)}\b", text):
        start, end = match.span()
        line = text[max(0, start - _BESIDE) : start].rsplit("\n\n", 1)[-1]
        words = line.split()
        title = _title_before(words, first_names)
        if not title and (before := _APPOSED.search(_without(words, first_names))):
            title = before[1] if _has_role(before[1].split()) else ""
        rest = text[end : end + _BESIDE]
        if title:
            of = _OF.match(rest)
            yield f"{of[1]}'s {title}" if of else title
        after = _AFTER.match(rest)
        if after and not _SAYING.match(after[1]) and _has_role(after[1].split()[:5]):
            yield after[1].strip()


def _without(words: Sequence[str], first_names: Collection[str]) -> str:
    """A text without the first names at its end."""
    end = len(words)
    while end and words[end - 1] in first_names:
        end -= 1
    return " ".join(words[:end])


def _title_before(words: list[str], first_names: Collection[str]) -> str:
    """The run of names, roles and links that ends a text, without the first names."""
    while words and (words[-1] in first_names or re.fullmatch(r"[A-Z]\.", words[-1])):
        words = words[:-1]
    start = len(words)
    while start and _is_of_title(words[start - 1]):
        start -= 1
    run = words[start:]
    while run and (run[0].lower() in _LINKS or run[0].lower() in STOP):
        run = run[1:]
    return " ".join(run) if _has_role(run) else ""


def _is_of_title(word: str) -> bool:
    if word[-1] in ',.;:!?”"' and not re.fullmatch(r"(?:[A-Z]\.)+|[A-Z][a-z]{1,3}\.", word):
        return False
    low = word.lower()
    return word[0].isupper() or low in _LINKS or stem(low) in ROLES | FORMS | _OFFICES


_OFFICES = _stems(
    "mayor governor police fire health army navy defence defense foreign interior staff"
)
"""Words of titles that tell the body too."""


def _has_role(words: Iterable[str]) -> bool:
    found = {stem(part.lower()) for word in words for part in _WORD.findall(word)}
    return not found.isdisjoint(ROLES | FORMS | _OFFICES)
