"""Where the names of claims stand, each word of them in one spelling over all claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarise.language.names import strip_titles
from summarise.language.places import country_of
from summarise.language.words import STOP
from summarise.reconciliation.lexicon import DATED, NUMBER_WORDS
from summarise.reconciliation.spellings import (
    PARTICLES,
    Seen,
    acronyms,
    consonants,
    one_spelling,
)

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_]+(?:[’'][^\W\d_]+)*|\d[\w.,]*\w|\d|[,;:()]")
_COMPOUND = re.compile(r"[-‑](?:held|led|backed|controlled|based|born|run|owned|occupied|ruled)\b")
"""What is said of a thing by the way: "the rebel-held town" does not say that rebels hold it."""
_LONGEST_STATE = 3
"""Words of a country's name that are looked up together."""

Token = tuple[str, str]
"""A word as written, and lower case without "'s"."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name's word or a country at `place` of the tokens, up to `end`, under its `key`."""

    place: int
    end: int
    keys: tuple[str, ...]


def tokens_of(text: str) -> list[Token]:
    """The words, numbers and clause marks of a text."""
    return [(token, _low(token)) for token in _TOKEN.findall(_COMPOUND.sub("", text))]


@lru_cache(maxsize=65536)
def _low(token: str) -> str:
    low = token.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    return low.replace(".", "") if "." in low and not low[0].isdigit() else low


@lru_cache(maxsize=65536)
def _country(name: str) -> str | None:
    return country_of(name)


@lru_cache(maxsize=65536)
def _is_title(low: str) -> bool:
    """Whether a word is a title: it is taken off before any name."""
    return strip_titles(f"{low.capitalize()} Xu") == "Xu"


class NameBook:
    """The names of all claims of a story: which words are names, and their spellings."""

    def __init__(self, texts: Sequence[tuple[str, list[Token]]]) -> None:
        """`texts`: the article of each claim, and its tokens."""
        self.known: set[str] = set()
        self.common: set[str] = set()
        for _, tokens in texts:
            self.common.update(token for token, low in tokens if token == low)
            self.known.update(low for token, low in tokens[1:] if token[0].isupper())
        seen, bodies = self._survey(texts)
        self.short = acronyms(bodies)
        self.spelling = one_spelling(seen)

    def _survey(
        self, texts: Sequence[tuple[str, list[Token]]]
    ) -> tuple[dict[str, Seen], set[tuple[str, ...]]]:
        seen: dict[str, Seen] = {}
        bodies: set[tuple[str, ...]] = set()
        for article, tokens in texts:
            for run in self._runs(tokens):
                words = tuple(tokens[at][1] for at in run if tokens[at][1] not in PARTICLES)
                bodies.add(words)
                article_before = len(words) < len(run) or self._after_article(tokens, run[0])
                for word in words:
                    entry = seen.setdefault(word, Seen())
                    entry.articles.add(article)
                    entry.count += 1
                    entry.article |= article_before
                    entry.beside.update(consonants(other) for other in words if other != word)
        return seen, bodies

    @staticmethod
    def _after_article(tokens: list[Token], place: int) -> bool:
        return place > 0 and tokens[place - 1][1] in PARTICLES

    def named(self, tokens: list[Token]) -> Iterator[Named]:
        """The countries and the words of names, in order."""
        place = 0
        while place < len(tokens):
            if not self._may_be_name(tokens, place):
                place += 1
                continue
            country, length = self._state(tokens, place)
            if country:
                yield Named(place, place + length, (f"={country}",))
            elif self._is_name(tokens, place):
                yield Named(place, place + 1, self._keys(tokens[place]))
            place += length

    def _keys(self, token: Token) -> tuple[str, ...]:
        text, low = token
        if text.isupper() and low in self.short:
            return tuple(f"~{self.spelling.get(word, word)}" for word in self.short[low])
        return (f"~{self.spelling.get(low, low)}",) if low not in PARTICLES else ()

    def _runs(self, tokens: list[Token]) -> Iterator[list[int]]:
        """Stretches of words of names that are no countries."""
        run: list[int] = []
        place = 0
        while place < len(tokens):
            length = 1
            is_name = False
            if self._may_be_name(tokens, place):
                country, length = self._state(tokens, place)
                is_name = country is None and self._is_name(tokens, place)
            if is_name:
                run.append(place)
            elif run:
                yield run
                run = []
            place += length
        if run:
            yield run

    @staticmethod
    def _state(tokens: list[Token], place: int) -> tuple[str | None, int]:
        """The country named from here on, and how many words name it (1 for none)."""
        for length in range(min(_LONGEST_STATE, len(tokens) - place), 0, -1):
            words = tokens[place : place + length]
            if all(text[0].isupper() for text, _ in words):
                name = " ".join(low for _, low in words)
                if country := _country(name):
                    return country, length
        return None, 1

    @staticmethod
    def _may_be_name(tokens: list[Token], place: int) -> bool:
        text, low = tokens[place]
        if not text[0].isupper() or low in DATED or low in NUMBER_WORDS or _is_title(low):
            return False
        return low not in STOP or (len(low) > 1 and text.isupper())

    def _is_name(self, tokens: list[Token], place: int) -> bool:
        """Whether a capitalised word is a name: seen so within a sentence, never in small."""
        text, low = tokens[place]
        if text.isupper() and len(low) > 1:
            return True
        if low in self.common:
            return False
        return place > 0 or low in self.known or self._opens_name(tokens)

    def _opens_name(self, tokens: list[Token]) -> bool:
        """Whether a claim opens with a name of two words or more."""
        if len(tokens) < 2 or not self._may_be_name(tokens, 1):
            return False
        return tokens[1][1] not in self.common and self._state(tokens, 1)[0] is None
