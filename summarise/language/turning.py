"""Participles whose subject is not that of the clause they follow, stated of their object.

"Rescuers pulled out two bodies, taking the toll to 12": no rescuer took it there. The object
becomes the subject: "the toll was taken to 12".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarise.language.phrases import Proposition, trimmed
from summarise.language.syntax import child, children

if TYPE_CHECKING:
    from spacy.tokens import Token

TURNED = "turned"
"""The kind of proposition: its subject is the object of its verb."""
_PARTICIPLES = {
    "take": "taken",
    "bring": "brought",
    "raise": "raised",
    "push": "pushed",
    "lift": "lifted",
    "drive": "driven",
    "increase": "increased",
    "swell": "swollen",
    "lower": "lowered",
    "cut": "cut",
    "reduce": "reduced",
    "leave": "left",
    "give": "given",
    "earn": "earned",
    "make": "made",
}
_COUNTS = frozenset(
    "toll total number tally count figure sum share proportion haul deficit lead".split()
)


def turned(one: Proposition) -> Proposition:
    """The proposition, or the one about its object where its subject cannot have done it."""
    head = one.head
    if head.lemma_ not in _PARTICIPLES or not _follows(one):
        return one
    noun = _moved(head) or _left_with(head)
    if noun is not None:
        level = {t for p in _levels(head) for t in p.subtree}
        return _about(one, trimmed((set(noun.subtree) - level) & set(one.body)))
    given = _given(head) or _made(head)
    if given is None or not one.subject:
        return one
    pronoun = given.pos_ == "PRON"
    subject = one.subject if pronoun else trimmed(given.subtree)
    gone = set(given.subtree)
    return Proposition(head, subject, tuple(t for t in one.body if t not in gone), TURNED)


def _about(one: Proposition, subject: tuple[Token, ...]) -> Proposition:
    rest = trimmed(t for t in one.body if t not in subject)
    return Proposition(one.head, subject, rest, TURNED) if subject and rest else one


def _follows(one: Proposition) -> bool:
    """Whether a clause hangs on a whole clause before it: ", taking", ", which takes"."""
    head = one.head
    if child(head, "aux", "auxpass", "neg") is not None:
        return False
    if head.dep_ == "relcl":
        subject = child(head, "nsubj")
        return subject is not None and subject.lower_ == "which" and head.lemma_ != "leave"
    after = head.head.i < head.i and child(head, "mark", "nsubj") is None
    return head.tag_ == "VBG" and head.dep_ in ("advcl", "acl", "conj", "xcomp") and after


def _moved(verb: Token) -> Token | None:
    """The count of "taking the toll to 12", "bringing to seven the number of resignations"."""
    noun = child(verb, "dobj")
    if noun is None or noun.lemma_ not in _COUNTS or verb.lemma_ in _NOT_MOVING:
        return None
    owned = child(noun, "poss")
    if owned is not None and owned.pos_ == "PRON":
        return None
    return noun if any(True for _ in _levels(verb)) else None


def _levels(verb: Token) -> Iterator[Token]:
    """The "to 12" of a clause, which may hang on a word before it."""
    for word in verb.subtree:
        if word.lower_ == "to" and word.dep_ == "prep":
            level = child(word, "pobj")
            if level is not None and any(
                t.pos_ == "NUM" or t.lower_ in _ROUND for t in level.subtree
            ):
                yield word


_ROUND = frozenset(["dozens", "hundreds", "thousands"])
_NOT_MOVING = frozenset(["leave", "give", "earn", "make"])


def _left_with(verb: Token) -> Token | None:
    """ "leaving the council with nine members"."""
    noun = child(verb, "dobj")
    link = next((p for p in children(verb, "prep") if p.lower_ in ("with", "without")), None)
    told = verb.lemma_ == "leave" and noun is not None and link is not None
    return noun if told and noun is not None and noun.pos_ != "PRON" else None


def _given(verb: Token) -> Token | None:
    """Who is given something by what was told: "won 120 seats, giving it a majority"."""
    if verb.lemma_ not in ("give", "earn") or verb.dep_ == "relcl":
        return None
    thing, taker = child(verb, "dobj"), child(verb, "dative")
    return taker if thing is not None and taker is not None and taker.i < thing.i else None


def _made(verb: Token) -> Token | None:
    """The "it" of "bought two rivals, making it the largest brewer"."""
    clause = child(verb, "ccomp")
    taker = child(clause, "nsubj") if clause is not None else child(verb, "dobj")
    told = clause is not None or child(verb, "oprd") is not None
    if verb.lemma_ != "make" or verb.dep_ == "relcl" or taker is None or not told:
        return None
    return taker if taker.pos_ == "PRON" and taker.lower_ in _TAKERS else None


_TAKERS = frozenset(["it", "him", "her", "them"])


def turned_participle(verb: Token) -> str:
    """The past participle of the verb of a turned proposition."""
    return _PARTICIPLES[verb.lemma_]
