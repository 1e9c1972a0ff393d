"""Where a claim puts one name in the place of another: by alignment, and by company.

A passage is taken as `Item`s: words with a meaning, and names whole. A name keeps company with
the items next to it: "dockers" goes with "Eastmere" where the article says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from summarise.language.names import find_names, same_name
from summarise.language.places import country_of
from summarise.language.words import words

_REACH = 2
_BREAK = "|"
_BREAKERS = frozenset(
    """he she they it we i you who which where that when whom whose this these those but because
    while although though , ; : — – ( ) “ ” \" . ! ?""".split()
)


@dataclass(frozen=True, slots=True)
class Item:
    """A word with a meaning, or a whole name, of a passage."""

    key: str
    """What it is compared by: a stem, a country, the first spelling of a name."""
    text: str
    name: bool = False

    @property
    def breaks(self) -> bool:
        """Whether a new clause starts here, over which no word keeps another company."""
        return self.key == _BREAK


class Keys:
    """One key for all spellings of a name."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def key(self, name: str) -> str:
        """The country that `name` stands for, or the first name seen that it can be."""
        if name not in self._known:
            match = (known for known in self._known if same_name(known, name))
            self._known[name] = country_of(name) or self._known.get(next(match, ""), name)
        return self._known[name]


def items(text: str, keys: Keys, names: Iterable[tuple[int, int]] | None = None) -> list[Item]:
    """Words and names of a text in order."""
    out: list[Item] = []
    at = 0
    for start, end in find_names(text) if names is None else names:
        out += _plain(text[at:start])
        out.append(Item(keys.key(text[start:end]), text[start:end], name=True))
        at = end
    return out + _plain(text[at:])


def _plain(text: str) -> list[Item]:
    out: list[Item] = []
    for word in words(text):
        if word.content:
            out.append(Item(word.stem, word.text))
        elif word.text.lower() in _BREAKERS:
            out.append(Item(_BREAK, word.text))
    return out


Bond = tuple[str, str, str]
"""A name's key, the side, and the key of an item on that side of it."""


def bonds(passage: list[Item], reach: int = _REACH) -> set[Bond]:
    """The company of each name of a passage, up to `reach` items away."""
    found: set[Bond] = set()
    for place, item in enumerate(passage):
        if item.name:
            found |= {(item.key, side, key) for side, key in neighbours(passage, place, reach)}
    return found


def neighbours(passage: list[Item], place: int, reach: int = 1) -> list[tuple[str, str]]:
    """The items beside the one at `place`, with their sides, as far as its clause goes."""
    found: list[tuple[str, str]] = []
    for side, step in (("left", -1), ("right", 1)):
        for away in range(1, reach + 1):
            at = place + step * away
            if not 0 <= at < len(passage) or passage[at].breaks:
                break
            found.append((side, passage[at].key))
    return found


@dataclass(frozen=True, slots=True)
class Exchange:
    """A short stretch of the claim that stands where the evidence has another."""

    ours: list[Item]
    theirs: list[Item]
    anchored: bool
    """Whether the words agree on both sides of it."""


def exchanges(claim: list[Item], evidence: list[Item]) -> list[Exchange]:
    """Where claim and evidence differ by a few words between words that agree."""
    claim = [item for item in claim if not item.breaks]
    evidence = [item for item in evidence if not item.breaks]
    matcher = SequenceMatcher(
        None, [item.key for item in claim], [item.key for item in evidence], autojunk=False
    )
    codes = matcher.get_opcodes()
    found = []
    for place, (tag, a, b, c, d) in enumerate(codes):
        if tag == "replace" and b - a <= 3 and d - c <= 3:
            beside = codes[max(0, place - 1) : place] + codes[place + 1 : place + 2]
            anchored = all(code[0] == "equal" for code in beside)
            found.append(Exchange(claim[a:b], evidence[c:d], anchored))
    return found
