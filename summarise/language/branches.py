"""What hangs on a word of the parser's tree, and how it is hung elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")
"""How a subject hangs on its verb."""
HELPERS = ("aux", "auxpass")
"""How "was" and "had" hang on the verb they help."""
HARMED = frozenset(
    """wounded injured hurt dead killed missing homeless displaced stranded trapped hospitalised
    hospitalized unaccounted sick ill""".split()
)
"""What people are counted as: "14 dead and 31 wounded"."""

ROUND = frozenset("dozens scores hundreds thousands millions billions several many".split())
"""Words that count roughly."""

GIVING = frozenset("give grant award offer pay send show teach tell owe deny hand lend".split())
"""Verbs whose passive keeps an object: "given three years"."""


def is_active(verb: Token) -> bool:
    """Whether a verb is in the active voice."""
    return child(verb, "auxpass") is None and child(verb, "nsubjpass", "agent") is None


def told_as(verb: Token, tag: str) -> None:
    """Make a verb without helpers the past form or the participle that `tag` says it is."""
    if verb.tag_ in ("VBD", "VBN") and child(verb, *HELPERS) is None:
        verb.tag_ = tag


def following_conjuncts(first: Token) -> list[Token]:
    """The conjuncts that hang on one another after `first`."""
    found, last = [], first
    while (following := child(last, "conj")) is not None:
        found.append(following)
        last = following
    return found


def is_counted(noun: Token) -> bool:
    """Whether a noun has a number, or is one."""
    return noun.pos_ == "NUM" or child(noun, "nummod") is not None or noun.lower_ in ROUND


def hang(token: Token, head: Token, dependency: str) -> None:
    """Make `token` depend on `head`, unless that would close a ring."""
    if token != head and not token.is_ancestor(head):
        token.head, token.dep_ = head, dependency


def children(token: Token, *dependencies: str) -> Iterator[Token]:
    """What hangs on a token by one of `dependencies`, in the order of the words."""
    return (below for below in token.children if below.dep_ in dependencies)


def child(token: Token, *dependencies: str) -> Token | None:
    """The first of what hangs on a token by one of `dependencies`, if any."""
    return next(children(token, *dependencies), None)
