"""Ages told beside a name: "Ada Brook, 49," and "the 62-year-old Orsk dam"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarise.language.phrases import Proposition

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

AGE = "age"
"""The kind of proposition; its body is the number of years alone."""
_YOUNGEST, _OLDEST = 1, 115
"""Years: of a person, a number alone between commas."""


def ages(doc: Doc) -> Iterator[tuple[Proposition, tuple[Token, ...]]]:
    """The ages told of names, and the words that tell each."""
    for token in doc:
        if token.pos_ != "NUM":
            continue
        told = _hyphened(token) or _between_commas(token)
        name = _named(told) if told else ()
        if told and name:
            yield Proposition(token, name, (token,), AGE), told


def _hyphened(number: Token) -> tuple[Token, ...]:
    after = number.doc[number.i : number.i + 5]
    return tuple(after) if [t.lower_ for t in after[1:]] == ["-", "year", "-", "old"] else ()


def _between_commas(number: Token) -> tuple[Token, ...]:
    doc, place = number.doc, number.i
    if not 2 <= place < len(doc) - 1 or doc[place - 1].text != "," or doc[place + 1].text != ",":
        return ()
    is_age = number.text.isdigit() and _YOUNGEST <= int(number.text) <= _OLDEST
    return (number,) if is_age and doc[place - 2].ent_type_ == "PERSON" else ()


def _named(told: tuple[Token, ...]) -> tuple[Token, ...]:
    """The name that an age belongs to, with its article."""
    doc, first, last = told[0].doc, told[0].i, told[-1].i
    if len(told) == 1:
        place = first - 2
        while place >= 0 and doc[place].ent_type_ == "PERSON":
            place -= 1
        return tuple(doc[place + 1 : first - 1])
    end = last + 1
    while end < len(doc) and (doc[end].pos_ == "PROPN" or doc[end].dep_ == "compound"):
        end += 1
    if (
        end < len(doc)
        and end > last + 1
        and doc[end].pos_ == "NOUN"
        and doc[end - 1].head == doc[end]
    ):
        end += 1
    name = tuple(doc[last + 1 : end])
    if not name or name[0].pos_ != "PROPN" or (first and doc[first - 1].lower_ in ("a", "an")):
        return ()  # "a 31-year-old Dornier" is one of a make
    article = doc[first - 1 : first] if first and doc[first - 1].lower_ == "the" else ()
    return (*article, *name)
