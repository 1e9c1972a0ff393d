"""Which period of a sentence belongs to one of its propositions.

A period belongs to the clause it hangs on. It also dates the clauses that are joined to that one
and have none of their own: "On Monday, A rose and B fell", "A fell on Monday, losing 3%". What
only tells which one is meant ("the 1991 agreement", "the convoy hit on Saturday") dates nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from summarise.language.cues import CUES
from summarise.language.hanging import (
    BELOW,
    DENYING,
    SUBJECTS,
    covered,
    governor_of,
    opener,
    rank,
    top_of,
)
from summarise.language.intervals import around, shift
from summarise.language.number_words import read_number
from summarise.language.periods import FoundPeriod
from summarise.language.phrases import Proposition
from summarise.language.sharing import is_simple_past, shared
from summarise.language.syntax import Parsed, child, children, extent
from summarise.records import Period

if TYPE_CHECKING:
    from spacy.tokens import Token


def period_of(one: Proposition, periods: Sequence[FoundPeriod], parsed: Parsed) -> Period | None:
    """When the proposition happens, by the clauses it may take its period from, nearest first."""
    placed = [(p, t) for p in periods if (t := top_of(p.start, p.end, parsed)) is not None]
    here = set(one.tokens)
    placed = [(p, t) for p, t in placed if not _dates_saying(p, t, one.head, parsed)]
    own = [
        (near, found)
        for found, top in placed
        if (near := rank(top, one.head)) is not None and (top in here or near >= BELOW)
    ]
    if own:
        return min(own, key=lambda ranked: ranked[0])[1].period
    return (
        _of_figure_told(one.head, placed)
        or _since(one.head, placed, parsed)
        or _counted_from(one.head, placed, parsed)
        or _when(one.head, placed, parsed)
        or shared(one, placed)
        or _of_subject(one, placed)
        or _of_event(one.head, placed)
        or _lone(one, placed)
        or _since_undated(one.head, parsed)
    )


_HAPPENING = frozenset(
    "begin collapse crash erupt explode happen hit occur sink start strike".split()
)
_UNITS = frozenset("day week month year decade".split())
_LONG = frozenset("month months quarter half year season".split())


def _of_figure_told(head: Token, placed: Sequence[tuple[FoundPeriod, Token]]) -> Period | None:
    """ "Reported revenue of 9bn last year": no saying takes a year, so the figure is the year's."""
    if head.dep_ != "dobj" or head.head.lemma_ not in CUES:
        return None
    for found, top in placed:
        if top.head == head.head and top.i > head.i and found.granularity in _LONG:
            return found.period
    return None


def _since(
    head: Token, placed: Sequence[tuple[FoundPeriod, Token]], parsed: Parsed
) -> Period | None:
    """ "Since fighting broke out in March": open from the period that the clause holds."""
    for clause in _since_clauses(head):
        for found, top in placed:
            if rank(top, clause) is not None and found.period.start is not None:
                surface = _surface(clause, found, parsed)
                return Period(surface=surface, start=found.period.start, end=None)
    return None


def _since_undated(head: Token, parsed: Parsed) -> Period | None:
    """ "Since moving to the coast": open from a day that nobody tells."""
    if not any(t.lemma_ == "have" for t in children(head, "aux")):
        return None  # "since it needs the money": the reason
    for clause in _since_clauses(head):
        opener = _since_word(clause)
        words = [t for t in opener.subtree if t.i >= opener.i] if opener == clause.head else []
        words = words or [t for t in clause.subtree if t.i >= opener.i]
        start, end = extent(words)
        if len(words) == words[-1].i - words[0].i + 1 and clause.tag_ != "VB":
            return Period(surface=parsed.doc.text[start:end], start=None, end=None)
    return None


def _since_clauses(head: Token) -> Iterator[Token]:
    """ "Since he left", "since leaving"."""
    for clause in children(head, "advcl"):
        if opener(clause) == "since":
            yield clause
    for preposition in children(head, "prep"):
        if preposition.lower_ == "since":
            yield from children(preposition, "pcomp")


def _since_word(clause: Token) -> Token:
    if clause.dep_ == "pcomp":
        return clause.head
    return next(t for t in clause.subtree if t.lower_ == "since")


def _counted_from(
    head: Token, placed: Sequence[tuple[FoundPeriod, Token]], parsed: Parsed
) -> Period | None:
    """ "In 2014, two years after it fell": told from the period of the clause above."""
    mark, length = child(head, "mark"), child(head, "npadvmod")
    if head.dep_ != "advcl" or mark is None or length is None or length.i != mark.i - 1:
        return None
    unit = length.lemma_.lower()
    if mark.lower_ not in ("after", "before") or unit not in _UNITS:
        return None
    number = read_number(parsed.doc[length.left_edge.i : length.i].text, 0)
    amount = int(number.low) if number is not None else 1
    step = -amount if mark.lower_ == "after" else amount
    for found, top in placed:
        start, end = found.period.start, found.period.end
        if rank(top, head.head) is None or start is None or end is None or top.i > head.i:
            continue
        surface = parsed.doc[length.left_edge.i : mark.i + 1].text
        if found.granularity in ("month", "year") and unit in ("day", "week"):
            return None
        return Period(surface=surface, start=shift(start, step, unit), end=shift(end, step, unit))
    return None


def _dates_saying(found: FoundPeriod, top: Token, head: Token, parsed: Parsed) -> bool:
    """Whether a period tells when something was said or denied, and not when it happened."""
    if head.lemma_ in DENYING and child(head, "dobj", "ccomp") is not None:
        return governor_of(top) == head
    words = covered(found.start, found.end, parsed)
    before = parsed.doc[words[0].i - 1] if words and words[0].i else None
    cue = before is not None and before.lemma_ in CUES and head.head == before
    subject = child(head, *SUBJECTS)
    return cue and head.dep_ == "ccomp" and subject is not None and top.i < subject.left_edge.i


def _when(
    head: Token, placed: Sequence[tuple[FoundPeriod, Token]], parsed: Parsed
) -> Period | None:
    """ "Until Sunday, when more rain is due": dated by the day before the "when"."""
    when = next((t for t in head.subtree if t.lower_ == "when" and t.i > 1), None)
    if when is None or when.head != head or when.nbor(-1).text != ",":
        return None
    for found, _ in placed:
        words = covered(found.start, found.end, parsed)
        if words and words[-1].i == when.i - 2:
            return _closed(found)
    return None


def _closed(found: FoundPeriod) -> Period:
    """A period without the word that opens one side of it: "Sunday" of "until Sunday"."""
    period = found.period
    if (period.start is None) == (period.end is None):
        return period
    lead, _, named = period.surface.partition(" ")
    day = period.start or period.end
    if day is not None and lead.lower() == "before":
        day += timedelta(days=1)
    start, end = around(day, found.granularity) if day is not None else (None, None)
    return Period(surface=named or lead, start=start, end=end)


def _surface(clause: Token, found: FoundPeriod, parsed: Parsed) -> str:
    """From the word that opens a clause to the end of the period in it, as the text has it."""
    mark = _since_word(clause)
    words = covered(parsed.span(mark)[0], found.end, parsed)
    start, end = extent(words)
    stretch = (min(parsed.span(t)[0] for t in words), max(parsed.span(t)[1] for t in words))
    unmended = stretch[1] - stretch[0] == end - start
    return parsed.doc.text[start:end] if unmended else found.period.surface


def _lone(one: Proposition, placed: Sequence[tuple[FoundPeriod, Token]]) -> Period | None:
    """The only period of a sentence, where a slip of the parser parted it from its verb.

    A fragment ("down from 7 percent in June") is dated by what stands in its own words.
    """
    if one.kind in ("advmod", "amod"):
        within = [found.period for found, top in placed if top in one.body]
        return within[0] if len(within) == 1 else None
    if len(placed) == 1 and rank(placed[0][1], one.head) == 0:
        return placed[0][0].period
    return None


def _of_event(head: Token, placed: Sequence[tuple[FoundPeriod, Token]]) -> Period | None:
    """ "The quake, which hit on Monday, killed nine": dated by what its subject is said to be."""
    subject = child(head, "nsubj", "nsubjpass")
    if subject is None or not is_simple_past(head):
        return None
    for clause in children(subject, "relcl"):
        for found, top in placed:
            happened = clause.lemma_ in _HAPPENING and found.granularity in ("day", "time")
            if happened and rank(top, clause) is not None and found.period.start is not None:
                return found.period
    return None


def _of_subject(one: Proposition, placed: Sequence[tuple[FoundPeriod, Token]]) -> Period | None:
    """ "Saturday's blast, which hit a bus": what happened is dated by the name it is given."""
    if one.kind != "relcl":
        return None
    for found, top in placed:
        noun = top.head
        named = noun in one.subject and noun == one.head.head and child(top, "case") is not None
        if named or (top in one.subject and top == one.head.head):
            return found.period
    return None
