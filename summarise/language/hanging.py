"""How the words of a period hang on the clauses of a sentence: which clause they date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from summarise.language.cues import CUES
from summarise.language.syntax import Parsed, child, children, clause_head

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_EVENT_PREPOSITIONS = frozenset("at during for in on throughout by".split())
"""What "in Thursday's match" is dated by, and "the site of Saturday's blast" is not."""
_COMPLEMENT_PREPOSITIONS = frozenset("from of to into in for about against".split())
"""What a verb takes its object by: "barred him from working until May"."""
_OPENING = frozenset("after before when as while since until because".split())
_WHEN = frozenset("when as while".split())
DENYING = frozenset("deny refute rebut".split())
"""What is dated is what they deny, not the denial."""
_OUTCOMES = frozenset(
    "advance become bring claim close complete earn end finish hit reach secure take win".split()
)
_COMPARING = frozenset("compared than versus vs against".split())
_STATES = frozenset("is are be been has have had".split())
"""What is so of a dated thing is not so on that day alone: "Sunday's blast is the third"."""
SEEING = frozenset("see witness".split())
"""What a time has for its verb: "Saturday saw ten die"."""


def covered(start: int, end: int, parsed: Parsed) -> list[Token]:
    """The tokens that stand in `start:end` of the sentence."""
    return [t for t in parsed.doc if parsed.span(t)[0] < end and start < parsed.span(t)[1]]


def top_of(start: int, end: int, parsed: Parsed) -> Token | None:
    """The token by which the words `start:end` hang on the rest, their preposition included."""
    words = covered(start, end, parsed)
    top = next((t for t in words if t.head not in words or t.head == t), None)
    if top is not None and top.dep_ == "pobj" and top.head.dep_ == "prep":
        return top.head
    return top


BELOW = 4
"""Ranks from here on are of clauses below the proposition's own."""


def rank(top: Token, head: Token) -> int | None:
    """How directly a period dates the clause of `head`: 0 is an adverbial of its verb."""
    if top == head:
        return 0
    if head.pos_ == "NOUN" and head.dep_ == "dobj" and top.head == head:
        return 1
    nouns = list(_nouns_above(top))
    governor = governor_of(top)
    if not _dates(top, nouns) or _is_compared(top, head):
        return None
    if governor == head:
        return min(len(nouns), BELOW - 1)
    below = _carried_up(governor, head)
    return None if not below else BELOW + len(nouns)


def _is_compared(top: Token, head: Token) -> bool:
    """ "64 percent compared with 70 four years ago": the time of what it is held against."""
    above = top
    while above != head and above.head != above:
        if above.lower_ in _COMPARING and above.i > head.i:
            return True
        above = above.head
    return False


def governor_of(top: Token) -> Token:
    """The head of the clause that a period stands in.

    "Were moved overnight after water rose": what stands before "after" belongs to the clause above.
    """
    head = clause_head(top) if top.dep_ != "ROOT" else top
    marks = (t for t in children(head, "mark", "advmod") if t.lower_ in _OPENING)
    after = head.dep_ == "advcl" and any(top.i < mark.i for mark in marks)
    return clause_head(head.head) if after else head


def _nouns_above(top: Token) -> Iterator[Token]:
    """The nouns between a period and the head of its clause."""
    above, governor = top.head, governor_of(top)
    while above != governor and above.head != above:
        if above.pos_ in ("NOUN", "PROPN", "NUM", "PRON"):
            yield above
        above = above.head


def _dates(top: Token, nouns: Sequence[Token]) -> bool:
    """Whether a period inside a noun phrase dates the clause, or only tells which one is meant."""
    if not nouns or top.i > nouns[0].i or (top.lower_ == "far" and top.dep_ == "advmod"):
        return True
    holder = nouns[0]
    if len(nouns) > 1:
        return False
    if holder.dep_ == "pobj":
        return holder.head.lower_ in _EVENT_PREPOSITIONS
    if holder.dep_ == "nsubj" and holder.head.lemma_ in SEEING:
        return True
    owned = child(top, "case") is not None
    return owned and holder.dep_ == "nsubj" and holder.head.lower_ not in _STATES


def _carried_up(governor: Token, head: Token) -> bool:
    """Whether a period of the clause of `governor` also dates the clause above it, of `head`."""
    while governor != head and governor.head != governor:
        if governor.dep_ == "advcl":
            if opener(governor) not in _WHEN and not _is_outcome(governor):
                return False
        elif governor.dep_ == "pcomp":
            if governor.head.lower_ not in _COMPLEMENT_PREPOSITIONS:
                return False
        elif not _complements(governor):
            return False
        governor = governor.head
        while governor.dep_ not in CLAUSAL and governor != head:
            if governor.head == governor:
                break
            governor = governor.head
    return governor == head


def _is_outcome(clause: Token) -> bool:
    """ "Overtook it to become the largest on Sunday": what came of it came on that day."""
    to = any(t.lower_ == "to" and t.dep_ == "aux" for t in children(clause, "aux"))
    past = clause.head.tag_ == "VBD" and clause.head.i < clause.i
    return to and past and clause.lemma_ in _OUTCOMES


def _complements(clause: Token) -> bool:
    """ "Expected to open in May": what its verb is about, and not what somebody says."""
    if clause.dep_ == "acl" and clause.head.dep_ == "ROOT":
        # "Air raids killed 15": the parser may take the verb of a sentence for a participle.
        return clause.head.pos_ in ("NOUN", "PROPN")
    if clause.dep_ == "ccomp" and clause.head.lemma_ in DENYING:
        return True
    return clause.dep_ == "xcomp" or (clause.dep_ == "ccomp" and clause.head.lemma_ not in CUES)


CLAUSAL = frozenset("ROOT ccomp xcomp advcl acl relcl conj csubj parataxis pcomp".split())


def opener(clause: Token) -> str:
    """The word that opens an adverbial clause: "when", "after"; empty where none does."""
    for below in clause.children:
        if below.i < clause.i and (
            below.dep_ == "mark" or (below.dep_ == "advmod" and below.tag_ == "WRB")
        ):
            return str(below.lower_)
    return ""
