"""Clauses that tell how somebody came to be quoted: part of who says it, and no news of their own.

"A diplomat, speaking on condition of anonymity", "who declined to be named because he was not
authorised to brief the press".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarise.language.cues import SPEECH
from summarise.language.syntax import child, children

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_UNNAMED = frozenset("anonymity anonymously named identified quoted".split())
_ASKING = frozenset(
    "ask decline demand grant insist like prefer refuse request speak talk want wish".split()
)
"""What somebody does who is not to be named."""
_PERMITTED = frozenset("authorise authorize permit allow clear empower".split())
_TALKING = frozenset("speak talk brief comment discuss disclose address share release".split())
_HOW = frozenset("acl advcl relcl ROOT conj".split())
_PEOPLE = frozenset("who he she they".split())


def is_about_saying(clause: Token) -> bool:
    """Whether a clause tells on what terms somebody speaks: unnamed, or without leave to."""
    if clause.dep_ not in _HOW or any(_says_more(t) for t in clause.subtree):
        return False
    return _is_unnamed(clause) or _is_without_leave(clause) or _gives_name(clause)


def _says_more(verb: Token) -> bool:
    """Whether what is said stands in the clause too, by its words or by a slip of the parser."""
    return verb.lemma_ in SPEECH and child(verb, "ccomp") is not None


def _gives_name(clause: Token) -> bool:
    """ "A man who gave his name as Karim"."""
    told = child(clause, "dobj")
    return (
        clause.dep_ == "relcl"
        and clause.lemma_ == "give"
        and told is not None
        and (told.lemma_ == "name" and any(p.lower_ in ("as", "only") for p in clause.subtree))
    )


def about_saying(doc: Doc) -> set[Token]:
    """The words of such clauses that describe a speaker of the sentence."""
    told = (t for t in doc if t.dep_ in ("acl", "advcl", "relcl") and is_about_saying(t))
    return {word for clause in told for word in clause.subtree}


def _is_unnamed(clause: Token) -> bool:
    """ "Speaking on condition of anonymity", "who asked not to be named"."""
    if clause.lemma_ not in _ASKING or _is_of_somebody_named(clause):
        return False
    near = (t for t in clause.subtree if t.lower_ in _UNNAMED)
    return any(t.dep_ in ("pobj", "dobj", "advmod") or _is_passive_wish(t) for t in near)


def _is_passive_wish(verb: Token) -> bool:
    return child(verb, "auxpass") is not None and verb.dep_ in ("xcomp", "ccomp", "advcl", "acl")


def _is_of_somebody_named(clause: Token) -> bool:
    """ "Roe, who asked not to be named in court": what a person by name did is news."""
    if clause.dep_ in ("acl", "relcl"):
        return clause.head.ent_type_ == "PERSON"
    subject = child(clause, "nsubj", "nsubjpass")
    return subject is not None and subject.ent_type_ == "PERSON"


def _is_without_leave(clause: Token) -> bool:
    """ "As they were not authorised to speak publicly"."""
    if clause.lemma_ not in _PERMITTED or child(clause, "neg") is None:
        return False
    subject = child(clause, "nsubj", "nsubjpass")
    if subject is not None and subject.lower_ not in _PEOPLE:
        return False
    return any(t.lemma_ in _TALKING for t in children(clause, "xcomp", "ccomp"))
