"""Propositions and phrases as tokens: what a noun phrase holds, where a clause is set off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_INCLUDING = "including"

_QUOTES = frozenset(['"', "“", "”", "''", "``"])
_EDGES = frozenset([",", ";", ":", "]", "–", "—", "--", ".", "(", "/", "…"])


@dataclass(frozen=True)
class Proposition:
    """One proposition: the tokens of its subject and of the rest, each in the order of the text."""

    head: Token
    subject: tuple[Token, ...]
    body: tuple[Token, ...]
    kind: str

    @property
    def tokens(self) -> tuple[Token, ...]:
        return tuple(sorted({*self.subject, *self.body}, key=lambda t: t.i))

    @property
    def text(self) -> str:
        """The words, subject first: a rough sentence that still wants wording."""
        borrowed = not set(self.subject) <= set(self.head.subtree)
        words = _words((*self.subject, *self.body)) if borrowed else _words(self.tokens)
        return " ".join(words.split()).strip(" ,;:–—-[]")


def _words(tokens: Sequence[Token]) -> str:
    """The tokens as text, with a blank wherever one was left out between two."""
    followed = zip(tokens, (*tokens[1:], None), strict=True)
    return "".join(
        t.text_with_ws if after is not None and after.i == t.i + 1 else f"{t.text} "
        for t, after in followed
    )


def holds_figure(token: Token) -> bool:
    return any(t.pos_ == "NUM" or t.text[0].isdigit() for t in token.subtree)


def set_off(token: Token) -> bool:
    """Whether a comma, dash or bracket comes before the phrase that `token` heads."""
    first = min(t.i for t in token.subtree)
    if first > 1 and token.doc[first - 1].lower_ in ("all", "both", "each"):
        first -= 1  # "- all wearing gloves -"
    return first > 0 and token.doc[first - 1].text in {",", "(", "–", "—", "--", "-"}


def antecedent(relative: Token | None, noun: Token) -> Token:
    """What "which" goes back to: the noun just before it, where the parser went further back."""
    if relative is None or relative.lower_ != "which" or relative.i == 0:
        return noun
    nearest = relative.doc[relative.i - 1]
    return nearest if nearest.pos_ == "NOUN" and nearest in noun.subtree else noun


def noun_phrase(head: Token) -> tuple[Token, ...]:
    """The phrase that `head` heads, without the clauses and asides that hang on it."""
    left_out: set[Token] = set()
    for below in head.subtree:
        if below == head:
            continue
        aside = below.dep_ in ("relcl", "appos", "parataxis") or (
            below.dep_ == "acl" and set_off(below)
        )
        if aside or _is_said_of(below) or names_members(below):
            left_out.update(below.subtree)
    return trimmed(_without_lone_quotes([t for t in head.subtree if t not in left_out]))


def _is_said_of(adjective: Token) -> bool:
    """ "The deal, worth 4bn crowns, would": set off behind its noun, and stated by itself."""
    behind = adjective.dep_ == "amod" and adjective.i > adjective.head.i and set_off(adjective)
    return behind and sum(1 for _ in adjective.subtree) >= 3


def names_members(link: Token) -> bool:
    """Whether a preposition names members of what comes before it: "including", "such as Ada"."""
    if link.dep_ != "prep":
        return False
    if link.lower_ == _INCLUDING:
        return True
    such = link.lower_ == "as" and link.i > 0 and link.nbor(-1).lower_ == "such"
    named = any(t.dep_ == "pobj" and t.pos_ == "PROPN" for t in link.children)
    return such and named and link.head.tag_ == "NNS"


def _without_lone_quotes(tokens: Sequence[Token]) -> Iterator[Token]:
    """Without a quotation mark that was hung on the phrase from elsewhere, far from its words."""
    here = {t.i for t in tokens}
    for token in tokens:
        beside = token.i - 1 in here or token.i + 1 in here
        if beside or token.text not in _QUOTES:
            yield token


def trimmed(tokens: Iterable[Token]) -> tuple[Token, ...]:
    """Tokens without punctuation at the ends."""
    kept = sorted(tokens, key=lambda t: t.i)
    while kept and (kept[-1].text in _EDGES or kept[-1].is_space or kept[-1].dep_ == "cc"):
        kept.pop()
    while kept and (kept[0].text in _EDGES | {")", "]"} or kept[0].is_space):
        kept.pop(0)
    return tuple(kept)
