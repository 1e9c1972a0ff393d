"""Names in other spellings: "Zelensky" and "Zelenskiy", "al-Asharah" and "Al-Shaara"."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

PARTICLES = frozenset("al el ul as az ash ad an ar at de la von van bin ibn der den di da".split())
_ALIKE, _TRANSLITERATED = 80.0, 60.0
"""Least likeness (percent) of two spellings with the same consonants; the lower one counts for
names that bear a foreign article or stand beside the same name."""
_SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"kh|ck|q|c(?!h)"), "k"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"(?<![sct])h"), ""),
    (re.compile(r"[aeiouywj]"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


@dataclass(slots=True)
class Seen:
    """Where a spelling was seen: in which articles, how often, beside which names (by their
    consonants), and whether behind a word like "al" (`article`)."""

    articles: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)
    article: bool = False
    count: int = 0


def one_spelling(seen: Mapping[str, Seen]) -> dict[str, str]:
    """Each spelling (lower case) under the one that stands for it: the most frequent."""
    buckets: dict[str, list[str]] = defaultdict(list)
    for name in seen:
        buckets[consonants(name)].append(name)
    chosen: dict[str, str] = {}
    for names in buckets.values():
        order = sorted(names, key=lambda name: (-seen[name].count, name))
        _choose(order, seen, chosen)
    return chosen


def _choose(order: Sequence[str], seen: Mapping[str, Seen], chosen: dict[str, str]) -> None:
    heads: list[str] = []
    for name in order:
        head = next((head for head in heads if _is_one(name, head, seen)), None)
        if head is None:
            heads.append(name)
        chosen[name] = head or name


def _is_one(a: str, b: str, seen: Mapping[str, Seen]) -> bool:
    """Whether two spellings are of one name: an article keeps to one, demonyms apart."""
    if _is_demonym(a, b):
        return True
    if seen[a].articles & seen[b].articles:
        return False
    from rapidfuzz.fuzz import ratio

    near = seen[a].article or seen[b].article or bool(seen[a].beside & seen[b].beside)
    return ratio(a, b) >= (_TRANSLITERATED if near else _ALIKE)


def _is_demonym(a: str, b: str) -> bool:
    """ "Ostrania", "Ostranian", "Ostranians": one word with the endings of a people."""
    short, long = sorted((a, b), key=len)
    return len(short) > _SHORT and _PEOPLE.fullmatch(long.removeprefix(short)) is not None


_SHORT = 3
_PEOPLE = re.compile(r"(?:i?ans?|ns?|ese|is?|ish|s)")


@lru_cache(maxsize=65536)
def consonants(name: str) -> str:
    """What is left of a name where vowels, h and doubled letters are taken out."""
    plain = unicodedata.normalize("NFKD", name.lower())
    plain = "".join(char for char in plain if char.isalpha())
    for pattern, sound in _SOUNDS:
        plain = pattern.sub(sound, plain)
    # The endings of a people: "Karvelian", "Karvelians", "Karvelia".
    return plain.removesuffix("s").removesuffix("n") if len(plain) > _SHORT else plain


def acronyms(names: Iterable[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The initials of each name of several words, where they are of one name alone."""
    found: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for words in names:
        if len(words) > 1:
            found["".join(word[0] for word in words)][words] += 1
    return {short: next(iter(long)) for short, long in found.items() if len(long) == 1}
