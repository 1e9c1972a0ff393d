"""The words of what a proposition is about, which many a clause borrows.

A conjunct has the subject of the clause that it is joined to, a relative clause or a participle
the noun that it describes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarise.language.branches import HARMED, ROUND
from summarise.language.phrases import antecedent, noun_phrase, set_off, trimmed
from summarise.language.syntax import (
    RELATIVE_TAGS,
    RELATIVES,
    SUBJECTS,
    chain_head,
    child,
    children,
    is_verbal,
)

if TYPE_CHECKING:
    from spacy.tokens import Token


def subject_of(head: Token) -> tuple[Token, ...]:
    """The words of the subject of a predicate, borrowed from the clause above where it has none."""
    own = child(head, *SUBJECTS)
    relative = own is None or own.tag_ in RELATIVE_TAGS or own.lower_ in RELATIVES
    if relative and head.dep_ in ("relcl", "acl", "appos", "amod"):
        return _described(head, own)
    if own is not None and own.tag_ in RELATIVE_TAGS and head.head.dep_ == "relcl":
        return noun_phrase(head.head.head)
    if head.dep_ == "pobj" or (head.dep_ == "ccomp" and own is None and not is_verbal(head)):
        return ()
    if own is not None and not is_left(head):
        return noun_phrase(own)
    if head.dep_ == "pcomp" and head.head.lower_ == "with":
        return ()
    if head.dep_ == "advcl" and (said_of := _noun_set_off(head)) is not None:
        return noun_phrase(said_of)
    if head.dep_ in ("conj", "advcl", "xcomp", "pcomp", "parataxis", "prep", "ccomp", "advmod"):
        above = head.head
        while not is_verbal(above) and above.dep_ not in ("ROOT", "relcl") and above.head != above:
            above = above.head
        return subject_of(above) if above != head and is_verbal(above) else ()
    return ()


def _described(head: Token, relative: Token | None) -> tuple[Token, ...]:
    """The words of the noun that a relative clause, a participle or an apposition describes."""
    below = set(head.subtree)
    noun = antecedent(relative, head.head)
    if describes_person(noun):
        noun = noun.head  # "Ada Brook, a nurse who saw it"
    joined = children(noun, "conj", "cc") if head.dep_ in ("amod", "relcl") else iter(())
    below |= {t for c in joined if head.dep_ == "amod" or c.i > head.i for t in c.subtree}
    return trimmed(t for t in noun_phrase(noun) if t not in below)


def describes_person(noun: Token) -> bool:
    """ "Ada Brook, a nurse": whether a noun is set beside a name to say who that is."""
    return noun.dep_ == "appos" and noun.pos_ == "NOUN" and noun.head.ent_type_ == "PERSON"


def _noun_set_off(participle: Token) -> Token | None:
    """The noun of "In one of the letters, sent in May, she wrote": it was sent, not she."""
    first = min(t.i for t in participle.subtree)
    if participle.tag_ != "VBN" or first != participle.i or first < 2 or not set_off(participle):
        return None
    noun = participle.doc[first - 2]
    if participle.head.i < participle.i or noun.dep_ != "pobj":
        return None
    above = noun.head.head
    return above if noun.head.lower_ == "of" and above.pos_ in ("NUM", "PRON") else noun


def is_left(head: Token) -> bool:
    """ "left 20 dead and 50 injured": the second is a state that the same verb brought about."""
    first = chain_head(head)
    own = child(head, "nsubj")
    if head == first or first.lemma_ != "leave" or own is None:
        return False
    return own.pos_ == "NUM" or (own.lower_ in ROUND and head.lower_ in HARMED)
