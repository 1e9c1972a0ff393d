"""Parts told of a whole just named: "12 people, most of them tourists", "19 of them in Velk"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarise.language.phrases import Proposition, trimmed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

PARTITIVE = "partitive"
"""The kind of proposition; its subject is "most of them", which the wording resolves."""
_SHARES = frozenset(
    """most some many several few half both all none two-thirds dozens hundreds thousands
    third thirds quarter quarters percent""".split()
)
_MODIFIERS = frozenset(
    "at least about around nearly almost more than over up to only just including a".split()
)
_MARKS = frozenset([",", "(", "–", "—", "--", ";"])
_ENDS = frozenset([",", ")", "–", "—", "--", ";", ".", ":"])
_QUOTES = frozenset(['"', "“", "”"])


def partitives(doc: Doc) -> Iterator[Proposition]:
    """The verbless asides that say something of a part of what stands before them."""
    for them in doc[2:]:
        if them.lower_ != "them" or doc[them.i - 1].lower_ != "of" or them.i + 1 >= len(doc):
            continue
        share = doc[them.i - 2]
        first = _first(share)
        if not _is_share(share) or first == 0 or doc[first - 1].text not in _MARKS:
            continue
        if counted_before(doc[first]) is None:
            continue
        rest = trimmed(t for t in doc[them.i + 1 : _end(them)] if t.text not in _QUOTES)
        if rest and not any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in rest):
            subject = tuple(t for t in doc[first : them.i + 1] if t.text not in _QUOTES)
            yield Proposition(share, subject, rest, PARTITIVE)


def _is_share(token: Token) -> bool:
    return token.pos_ == "NUM" or token.lower_ in _SHARES


def _first(share: Token) -> int:
    """The index of the word that opens the aside: "at least" of "at least two of them"."""
    place = share.i
    if place > 1 and share.nbor(-1).text == "-" and share.nbor(-2).pos_ == "NUM":
        place -= 2  # "three-quarters"
    while place > 0 and (
        share.doc[place - 1].lower_ in _MODIFIERS or share.doc[place - 1].text in _QUOTES
    ):
        place -= 1
    return place


def _end(them: Token) -> int:
    after = list(them.doc[them.i + 1 :])
    mark = next((t.i for t in after if t.text in _ENDS), len(them.doc))
    joiner = next((t for t in after if t.dep_ == "cc" and t.i < mark), None)
    if joiner is None or all(t.pos_ in ("NOUN", "ADJ") for t in them.doc[joiner.i + 1 : mark]):
        return mark  # "most of them women and children"
    return joiner.i


def counted_before(first: Token) -> Token | None:
    """The nearest noun or number before an aside that names several."""
    for token in reversed(first.doc[: first.i]):
        if token.tag_ in ("NNS", "NNPS") and token.ent_type_ not in ("DATE", "TIME", "GPE", "ORG"):
            return token
        counted = token.dep_ in ("dobj", "nsubj", "nsubjpass", "pobj", "attr")
        if token.pos_ == "NUM" and counted and token.ent_type_ != "DATE":
            return token if token.ent_type_ not in ("TIME", "MONEY") else None
        if token.tag_ in ("VBD", "VBZ", "VBP") and token.i < first.i - 8:
            return None
    return None
