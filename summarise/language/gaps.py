"""Clauses in a row that leave their verb out: "six were killed in Orsk, four in Velk"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarise.language.phrases import Proposition, trimmed
from summarise.language.syntax import child, children

if TYPE_CHECKING:
    from spacy.tokens import Token

GAPPED = "gapped"
"""The kind of proposition: its verb is borrowed from the clause before it."""
_SUBJECTS = ("nsubj", "nsubjpass")
_MARKS = frozenset([",", ";", "and"])


def gapped(whole: Proposition) -> list[Proposition]:
    """The propositions of a row of clauses of which only the first has a verb; else none."""
    return _by_place(whole) or _by_amount(whole)


def _by_place(whole: Proposition) -> list[Proposition]:
    """ "Six people were killed in Orsk, four in Velk and one in Mora"."""
    head = whole.head
    counted = child(head, *_SUBJECTS)
    place = next((p for p in children(head, "prep") if p.i > head.i), None)
    if counted is None or place is None or not _number(counted) or child(head, "dobj", "attr"):
        return []
    rows = [
        t
        for t in whole.body
        if t.pos_ == "NUM"
        and t.i > place.i
        and t.doc[t.left_edge.i - 1].text in _MARKS
        and any(p.i == t.i + 1 and p.lower_ == place.lower_ for p in children(t, "prep"))
    ]
    if not rows:
        return []
    gone = {t for row in rows for t in whole.body if t.i >= row.left_edge.i - 1}
    verb = [t for t in whole.body if t.i <= head.i and t.i >= _first_of(head)]
    found = [Proposition(head, whole.subject, _kept(whole, gone), whole.kind)]
    for row in rows:
        end = min((r.left_edge.i for r in rows if r.i > row.i), default=len(head.doc))
        link = row.nbor()
        there = trimmed(t for t in whole.body if link.i <= t.i < end and t.text not in _MARKS)
        own = [t for t in whole.body if row.left_edge.i <= t.i <= row.i]
        named = counted if counted.pos_ == "NOUN" and row.lower_ != "one" else None
        subject = (*own, *(t for t in (named,) if t is not None))
        found.append(Proposition(head, subject, (*verb, *there), GAPPED))
    return found


def _by_amount(whole: Proposition) -> list[Proposition]:
    """ "Exports rose 4 percent and imports 2 percent"."""
    head = whole.head
    first = next((t for t in children(head, "dobj", "npadvmod") if _number(t)), None)
    if first is None or child(head, *_SUBJECTS) is None or first.ent_type_ in ("DATE", "TIME"):
        return []
    for joined in children(head, "conj"):
        parts = _name_and_amount(joined, first)
        if parts is None or not set(joined.subtree) <= set(whole.body):
            continue
        subject, amount = parts
        gone = {t for t in whole.body if t.i >= min(s.i for s in subject) - 1}
        verb = [t for t in whole.body if _first_of(head) <= t.i <= head.i]
        second = Proposition(head, subject, (*verb, *amount), GAPPED)
        return [Proposition(head, whole.subject, _kept(whole, gone), whole.kind), second]
    return []


def _name_and_amount(
    joined: Token, first: Token
) -> tuple[tuple[Token, ...], tuple[Token, ...]] | None:
    """ "Orsk Steel 1.2 percent" as the name and the amount, measured as `first` is."""
    words = sorted(joined.subtree, key=lambda t: t.i)
    amount = next((t for t in words if t.lemma_ == first.lemma_ and _number(t)), None)
    if amount is None or joined.pos_ not in ("NOUN", "PROPN"):
        return None
    number = child(amount, "nummod")
    start = number.left_edge.i if number is not None else amount.left_edge.i
    name = tuple(t for t in words if t.i < start)
    rest = trimmed(t for t in words if t.i >= start)
    if not name or name[-1].pos_ not in ("NOUN", "PROPN"):
        return None
    return name, rest


def _number(noun: Token) -> bool:
    return noun.pos_ == "NUM" or child(noun, "nummod") is not None


def _first_of(head: Token) -> int:
    """Where the verb begins, its auxiliaries included."""
    return min([head.i, *(t.i for t in children(head, "aux", "auxpass", "neg"))])


def _kept(whole: Proposition, gone: set[Token]) -> tuple[Token, ...]:
    return trimmed(t for t in whole.body if t not in gone)
