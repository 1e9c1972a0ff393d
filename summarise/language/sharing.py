"""Periods of one clause that date the clauses joined to it as well.

"On Monday, A rose and B fell", "A fell on Monday, losing 3%": told in one breath, of one day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from summarise.language.cues import CUES
from summarise.language.hanging import (
    CLAUSAL,
    SEEING,
    SUBJECTS,
    governor_of,
    opener,
    rank,
)
from summarise.language.periods import FoundPeriod
from summarise.language.phrases import Proposition
from summarise.language.syntax import child, children, clause_head
from summarise.records import Period

if TYPE_CHECKING:
    from spacy.tokens import Token

_CONTRASTING = frozenset("while whereas when as".split())
"""What joins a clause that tells of the same time, where both are of the simple past."""
_REACHED = frozenset("drop fall gain high jump loss low peak record rise".split())
""" "Shut at 412, a two-year low": what a level is called is so when it is reached."""
_SHORT = frozenset("day days time week weekend".split())
_OWN_KNOWLEDGE = frozenset("confirm know observe verify see receive comment aware".split())
"""What somebody says of his own knowledge is true when he says it."""
_CHECKS = frozenset(
    "audit census check count examination inspection poll search survey test".split()
)
_FINDING = frozenset("find show reveal establish record detect".split())


def shared(one: Proposition, placed: Sequence[tuple[FoundPeriod, Token]]) -> Period | None:
    """The period of a clause that the proposition's is joined to."""
    for other, kind in _joined_to(one.head):
        for found, top in placed:
            if rank(top, other) is None or not _reaches(found, top, other, one.head, kind):
                continue
            return found.period
    return None


def _joined_to(head: Token) -> Iterator[tuple[Token, str]]:
    """The clauses whose period may count for `head`, nearest first, and how each is joined."""
    at = head
    while True:
        kind = _joint(at)
        if not kind:
            break
        at = _clause_above(at)
        yield at, kind
    for below in head.subtree:
        start = _chain_start(below) if below.dep_ == "conj" else below
        if start != below and head in (start, start.head if start.dep_ == "xcomp" else start):
            yield below, "later"
        elif _runs_on(below) and below.head == head:
            yield below, "before"


def _joint(head: Token) -> str:
    """How a clause hangs on the one above, where a period above may count for it."""
    if head.dep_ == "conj" and head.head.pos_ in ("VERB", "AUX", "NOUN"):
        return "conjunct"
    if head.dep_ in ("advcl", "acl") and head.tag_ == "VBG" and not opener(head):
        set_off = head.dep_ == "advcl" or _comma_before(head)
        return "participle" if set_off else ""
    if head.dep_ in ("pcomp", "advcl") and _is_absolute(head):
        return "participle"
    if head.dep_ == "ccomp" and head.head.lemma_ in SEEING:
        return "seen"
    if head.dep_ == "ccomp" and head.head.lemma_ in CUES:
        return "said"
    if head.dep_ == "advcl" and (opener(head) in _CONTRASTING or _is_reason_then(head)):
        return "contrasted"
    if head.dep_ == "appos" and head.lemma_ in _REACHED:
        return "reached"
    if _runs_on(head):
        return "conjunct"
    return ""


def _is_reason_then(head: Token) -> bool:
    """ "Was full on Monday because a fair was held": both on that day."""
    return head.tag_ == "VBG" and opener(head) == "because"


def _is_absolute(head: Token) -> bool:
    """ "With the firm paying half": a clause in a phrase that goes along with the main one."""
    if head.dep_ == "pcomp":
        return bool(head.head.lower_ == "with")
    return opener(head) == "with"


def _comma_before(head: Token) -> bool:
    first = min(t.i for t in head.subtree)
    return first > 0 and head.doc[first - 1].text == ","


def _runs_on(head: Token) -> bool:
    """ "A rose 2%, B was up 3%": a clause in a row, which the parser takes for a complement."""
    if head.dep_ != "ccomp" or head.head.lemma_ in CUES or child(head, "mark") is not None:
        return False
    return any(t.text == "," for t in head.head.children) and child(head, *SUBJECTS) is not None


def _clause_above(head: Token) -> Token:
    above = head.head
    return above if above.dep_ in CLAUSAL else clause_head(above)


def _chain_start(head: Token) -> Token:
    while head.dep_ == "conj":
        head = head.head
    return head


def _reaches(found: FoundPeriod, top: Token, holder: Token, head: Token, kind: str) -> bool:
    """Whether the period at `top`, of the clause of `holder`, counts for the clause of `head`."""
    leading = _leads(top, holder)
    if kind == "seen":
        return leading or governor_of(top) == holder
    if kind == "reached":
        return found.granularity in _SHORT and governor_of(top) == holder
    if kind == "contrasted":
        if found.granularity in ("open", "unknown"):
            return False
        return is_simple_past(holder) and is_simple_past(head)
    if kind == "said":
        return _own_knowledge(head, holder) or _is_of_check(top, holder)
    if kind == "participle":
        return True
    if kind == "later":
        return not leading and _shares_verb_phrase(_chain_start(holder), holder)
    if any(t.text == ";" for t in holder.doc[min(holder.i, head.i) : max(holder.i, head.i)]):
        return False
    if kind == "before":
        return leading
    before_verb = top.i < holder.i and child(head, *SUBJECTS) is None
    return (
        leading
        or before_verb
        or _shares_verb_phrase(holder, head)
        or _same_day(found, holder, head)
    )


def _same_day(found: FoundPeriod, holder: Token, head: Token) -> bool:
    """ "It struck on Monday and was felt in Bangkok": told in one breath, of one day."""
    if found.granularity not in ("day", "time") or child(head, *SUBJECTS) is not None:
        return False
    joined = head.dep_ == "conj" and holder.dep_ != "relcl"
    return joined and is_simple_past(holder) and is_simple_past(head)


def is_simple_past(verb: Token) -> bool:
    """Whether a clause is told in the simple past: "fell", "was felt", but not "had fallen"."""
    while verb.dep_ == "xcomp":
        verb = verb.head
    if verb.tag_ == "VBN" and child(verb, "aux", "auxpass") is None:
        verb = _chain_start(verb)  # "nine were killed and 30 injured"
    helpers = {t.tag_ for t in children(verb, "aux", "auxpass")} or {verb.tag_}
    return "VBD" in helpers and not _is_past_perfect(verb)


def _leads(top: Token, holder: Token) -> bool:
    """Whether a period stands before the subject of its clause."""
    subject = child(holder, *SUBJECTS)
    return top.i < (subject.left_edge.i if subject is not None else holder.i)


def _shares_verb_phrase(first: Token, second: Token) -> bool:
    """Whether two conjuncts have one subject, or one auxiliary, and the same tense."""
    if _is_past_perfect(first) and _is_past_perfect(second):
        return True
    if second.tag_ == "VBN" and child(second, "aux", "auxpass") is None:
        return True
    if child(second, *SUBJECTS) is not None:
        return False
    if first.tag_ == second.tag_ == "VB" and child(second, "aux", "neg") is None:
        # "Plans to cut 900 jobs and close two plants by 2030".
        return True
    past = {first.tag_, second.tag_} <= {"VBD", "VBN"}
    return past and _counts(first) and _counts(second)


def _is_past_perfect(verb: Token) -> bool:
    return any(t.lower_ == "had" for t in children(verb, "aux"))


def _counts(verb: Token) -> bool:
    """Whether the object of a verb is counted: "killed 40", "wounding dozens"."""
    return any(
        t.pos_ == "NUM" or t.lower_ in ("dozens", "hundreds", "thousands", "scores", "several")
        for objects in children(verb, "dobj")
        for t in objects.subtree
    )


def _own_knowledge(head: Token, saying: Token) -> bool:
    """ "On Monday, she said they could not confirm it": the speaker on what the speaker knows."""
    subject = child(head, "nsubj")
    pronoun = subject is not None and subject.lower_ in ("he", "she", "they", "it", "we", "i")
    return pronoun and head.lemma_ in _OWN_KNOWLEDGE and saying != head


def _is_of_check(top: Token, saying: Token) -> bool:
    """ "A check on 3 May found that P": what it found was so when it was made."""
    check = child(saying, "nsubj")
    if check is None or check.lemma_ not in _CHECKS or saying.lemma_ not in _FINDING:
        return False
    return top in check.subtree
