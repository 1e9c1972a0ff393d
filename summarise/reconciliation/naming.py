"""Where the names of claims stand, each word of them in one spelling over all claims."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from summarise.language.names import strip_titles
from summarise.language.places import country_of
from summarise.language.words import STOP
from summarise.reconciliation.lexicon import DATED, NUMBER_WORDS
from summarise.reconciliation.senses import sense
from summarise.reconciliation.spellings import (
    PARTICLES,
    Seen,
    acronyms,
    consonants,
    one_spelling,
)

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|\b[A-Z]{1,3}-?\d{1,3}\b|[^\W\d_]+(?:[’'][^\W\d_]+)*|\d[\w.,]*\w|\d|[,;:()]"
)
_COMPOUND = re.compile(r"[-‑](?:held|led|backed|controlled|based|born|run|owned|occupied|ruled)\b")
"""What is said of a thing by the way: "the rebel-held town" does not say that rebels hold it."""
_LONGEST_STATE = 3
"""Words of a country's name that are looked up together."""

SORTS = frozenset(("town", "area"))
"""Senses of what sort of place a name is of."""

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


_Span = tuple[int, int, str | None]
"""Place and end of a name's word, with the country that it names."""


def _runs(spans: Sequence[_Span]) -> Iterator[list[int]]:
    """Stretches of words of names that are no countries."""
    run: list[int] = []
    for place, _, country in spans:
        if run and (country or place != run[-1] + 1):
            yield run
            run = []
        if not country:
            run.append(place)
    if run:
        yield run


_JOINERS = frozenset(("of", "for", "and", "the", "on"))
_LEAST_INITIALS, _MOST_JOINERS = 3, 2


def _joined(tokens: list[Token], spans: Sequence[_Span]) -> Iterator[list[_Span]]:
    """Names of several words over what joins them: "Ostranian Office for Fair Trade"."""
    names: list[_Span] = []
    for span in spans:
        between = [low for _, low in tokens[names[-1][1] : span[0]]] if names else []
        if len(between) > _MOST_JOINERS or not _JOINERS.issuperset(between):
            yield names
            names = []
        names.append(span)
    yield names


def _state(tokens: list[Token], place: int) -> tuple[str | None, int]:
    """The country named from here on, and how many words name it (1 for none)."""
    length = 1
    longest = min(_LONGEST_STATE, len(tokens) - place)
    while length < longest and tokens[place + length][0][0].isupper():
        length += 1
    while length:
        name = " ".join(low for _, low in tokens[place : place + length])
        if country := _country(name):
            return country, length
        length -= 1
    return None, 1


class NameBook:
    """The names of all claims of a story: which words are names, and their spellings."""

    def __init__(self, texts: Sequence[tuple[Collection[str], list[Token]]]) -> None:
        """`texts`: each text once, with the article of each claim that it is of, and its tokens."""
        self.known: set[str] = set()
        self.common: set[str] = set()
        for _, tokens in texts:
            self.common.update(token for token, low in tokens if token == low)
            self.known.update(low for token, low in tokens[1:] if token[0].isupper())
        self._spans = {id(tokens): list(self._found(tokens)) for _, tokens in texts}
        seen, bodies = self._survey(texts)
        self.short = acronyms(bodies)
        self.spelling = one_spelling(seen)
        self._initials = dict(self._found_initials([tokens for _, tokens in texts]))

    def _survey(
        self, texts: Sequence[tuple[Collection[str], list[Token]]]
    ) -> tuple[dict[str, Seen], set[tuple[str, ...]]]:
        seen: dict[str, Seen] = {}
        bodies: set[tuple[str, ...]] = set()
        for articles, tokens in texts:
            for run in _runs(self._spans[id(tokens)]):
                words = tuple(tokens[at][1] for at in run if tokens[at][1] not in PARTICLES)
                bodies.add(words)
                article_before = len(words) < len(run) or self._after_article(tokens, run[0])
                for word in words:
                    entry = seen.setdefault(word, Seen())
                    entry.articles.update(articles)
                    entry.count += len(articles)
                    entry.article |= article_before
                    entry.beside.update(consonants(other) for other in words if other != word)
        return seen, bodies

    def _found_initials(
        self, texts: Sequence[list[Token]]
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The keys of each name that is joined of several, under its initials; no doubtful ones."""
        found: dict[str, set[tuple[str, ...]]] = {}
        for tokens in texts:
            for names in _joined(tokens, self._spans[id(tokens)]):
                words = [tokens[at][1] for start, end, _ in names for at in range(start, end)]
                if len(words) >= _LEAST_INITIALS:
                    keys = [self._keys_of(tokens, span) for span in names]
                    initials = "".join(word[0] for word in words)
                    found.setdefault(initials, set()).add(tuple(chain.from_iterable(keys)))
        return ((short, keys.pop()) for short, keys in found.items() if len(keys) == 1)

    def _keys_of(self, tokens: list[Token], span: _Span) -> tuple[str, ...]:
        place, _, country = span
        return (f"={country}",) if country else self._keys(tokens[place])

    @staticmethod
    def _after_article(tokens: list[Token], place: int) -> bool:
        return place > 0 and tokens[place - 1][1] in PARTICLES

    def named(self, tokens: list[Token]) -> Iterator[Named]:
        """The countries and the words of names of one of the texts, in order."""
        for place, end, country in self._spans[id(tokens)]:
            text, low = tokens[place]
            keys = self._initials.get(low, ()) if text.isupper() and not country else ()
            yield Named(place, end, keys or self._keys_of(tokens, (place, end, country)))

    def _found(self, tokens: list[Token]) -> Iterator[_Span]:
        """Where countries and words of names stand."""
        place = 0
        while place < len(tokens):
            end = place + 1
            if self._may_be_name(tokens, place):
                country, length = _state(tokens, place)
                end = place + length
                if country or self._is_name(tokens, place):
                    yield place, end, country
            place = end

    def _keys(self, token: Token) -> tuple[str, ...]:
        text, low = token
        if text.isupper() and low in self.short:
            return tuple(f"~{self.spelling.get(word, word)}" for word in self.short[low])
        return (f"~{self.spelling.get(low, low)}",) if low not in PARTICLES else ()

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
        if low in self.common or sense(low) in SORTS:
            return False
        return place > 0 or low in self.known or self._opens_name(tokens)

    def _opens_name(self, tokens: list[Token]) -> bool:
        """Whether a claim opens with a name of two words or more."""
        if len(tokens) < 2 or not self._may_be_name(tokens, 1):
            return False
        return tokens[1][1] not in self.common and _state(tokens, 1)[0] is None
