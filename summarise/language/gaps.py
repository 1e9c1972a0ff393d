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
    return _by_place(whole) or _by_amount(whole) or _by_level(whole)


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
    """ "Exports rose 4 percent, imports 2 percent and prices 1 percent"."""
    head = whole.head
    first = next((t for t in children(head, "dobj", "npadvmod") if _number(t)), None)
    if first is None or child(head, *_SUBJECTS) is None or first.ent_type_ in ("DATE", "TIME"):
        return []
    later = [t for t in whole.body if t.i > first.i and t.lemma_ == first.lemma_ and _number(t)]
    rows = [(_row_start(t), t) for t in later]
    if first.pos_ == "NUM" or not rows or not all(_is_name(start, t) for start, t in rows):
        return []
    gone = {t for t in whole.body if t.i >= rows[0][0] - 1}
    verb = [t for t in whole.body if _first_of(head) <= t.i <= head.i]
    found = [Proposition(head, whole.subject, _kept(whole, gone), whole.kind)]
    ends = [start for start, _ in rows[1:]] + [len(head.doc)]
    for (start, amount), end in zip(rows, ends, strict=True):
        edge = _amount_edge(amount)
        name = tuple(head.doc[start:edge])
        rest = trimmed(t for t in whole.body if edge <= t.i < end and t.text not in _MARKS)
        found.append(Proposition(head, name, (*verb, *rest), GAPPED))
    return found


def _amount_edge(amount: Token) -> int:
    number = child(amount, "nummod")
    return number.left_edge.i if number is not None else amount.left_edge.i


def _row_start(amount: Token) -> int:
    """Where the clause without a verb that ends in `amount` begins."""
    start = _amount_edge(amount)
    while start > 0 and amount.doc[start - 1].text not in _MARKS:
        start -= 1
    return start


def _is_name(start: int, amount: Token) -> bool:
    """Whether what stands before an amount names something, and has no verb of its own."""
    words = amount.doc[start : _amount_edge(amount)]
    if not words or words[0].tag_ in ("IN", "TO") or words[-1].pos_ not in _NAMING:
        return False
    return not any(t.pos_ in ("VERB", "AUX", "NUM") for t in words)


_NAMING = ("NOUN", "PROPN", "ADJ")


def _by_level(whole: Proposition) -> list[Proposition]:
    """ "Put the dead at 61 and the injured at 212", "cut one rate to 3% and another to 2%"."""
    head = whole.head
    thing = child(head, "dobj")
    if thing is None:
        return []
    links = [*children(head, "prep"), *children(thing, "prep")]
    link = next((p for p in links if p.i > thing.i and _told(p)), None)
    if link is None:
        return []
    for other in whole.body:
        start = other.left_edge.i
        if other.dep_ != "conj" or other.pos_ != "NOUN" or start < link.i:
            continue
        if head.doc[start - 1].lower_ != "and" or other.i <= head.i:
            continue
        second = next((t for t in whole.body if t.i > other.i and t.lower_ == link.lower_), None)
        if second is None or not _told(second):
            continue
        gone = {t for t in whole.body if t.i >= start - 1}
        verb = [t for t in whole.body if t.i <= head.i]
        rest = trimmed(t for t in whole.body if t.i >= start)
        return [
            Proposition(head, whole.subject, _kept(whole, gone), whole.kind),
            Proposition(head, whole.subject, (*verb, *rest), whole.kind),
        ]
    return []


_LEVELS = frozenset("at to by for on".split())


def _told(link: Token) -> bool:
    level = child(link, "pobj")
    return link.lower_ in _LEVELS and level is not None and _number(level)


def _number(noun: Token) -> bool:
    return noun.pos_ == "NUM" or child(noun, "nummod") is not None


def _first_of(head: Token) -> int:
    """Where the verb begins, its auxiliaries included."""
    return min([head.i, *(t.i for t in children(head, "aux", "auxpass", "neg"))])


def _kept(whole: Proposition, gone: set[Token]) -> tuple[Token, ...]:
    return trimmed(t for t in whole.body if t not in gone)
