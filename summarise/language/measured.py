"""Which figures of a sentence belong to one of its propositions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from summarise.language.cues import FEMALE, MALE, RELATIONS, ROLES, TITLES
from summarise.language.figures import FoundFigure
from summarise.language.hanging import (
    SUBJECTS,
    covered,
    top_of,
)
from summarise.language.phrases import Proposition
from summarise.language.syntax import Parsed, child, children
from summarise.records import Figure, Period

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEVELS = frozenset("high low peak record streak run".split())


def figures_of(
    one: Proposition,
    figures: Sequence[FoundFigure],
    parsed: Parsed,
    time: Period | None = None,
) -> tuple[Figure, ...]:
    """The figures that the words of the proposition measure; those that date it are its `time`."""
    here = [parsed.span(t) for t in one.tokens]
    return tuple(
        f.figure
        for f in figures
        if _within(f.start, f.end, here)
        and not (time is not None and f.figure.surface in time.surface)
        and not _only_identifies(f, one, parsed)
    )


def _within(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether the larger part of `start:end` stands in `spans`."""
    held = sum(max(0, min(end, e) - max(start, s)) for s, e in spans)
    return held > 0 and held * 2 > end - start - 2


def _only_identifies(found: FoundFigure, one: Proposition, parsed: Parsed) -> bool:
    """Whether a figure belongs to a description that is no part of what is stated."""
    words = covered(found.start, found.end, parsed)
    top = top_of(found.start, found.end, parsed)
    if top is None or one.head in words:
        return False
    return (
        _in_clause_of_its_own(top, one.head)
        or _known_length(words, top)
        or _known_pair(words, top)
        or _is_aged(words, top, found)
    )


def _in_clause_of_its_own(top: Token, head: Token) -> bool:
    """Whether a relative clause that is a statement of its own stands between figure and head."""
    at = top
    while at != head and at.head != at:
        if at.dep_ == "relcl" and _has_relative_subject(at):
            return head not in at.subtree
        at = at.head
    return False


def _has_relative_subject(clause: Token) -> bool:
    """ "Who were freed", "when two are due": a clause that states; "that he saw" does not."""
    subject = child(clause, *SUBJECTS)
    when = any(t.lower_ == "when" for t in children(clause, "advmod"))
    return when or (subject is not None and subject.tag_ in ("WDT", "WP"))


def _known_length(words: Sequence[Token], top: Token) -> bool:
    """ "The five-year conflict": how long a known thing has lasted; "a three-year low" measures."""
    noun = top if top.pos_ in ("NOUN", "PROPN") and top not in words else top.head
    hyphened = any(t.text == "-" for t in words) or "-" in words[-1].text
    if not hyphened or noun.pos_ not in ("NOUN", "PROPN") or noun in words:
        return False
    return _is_definite(noun) and noun.lemma_ not in _LEVELS


def _known_pair(words: Sequence[Token], top: Token) -> bool:
    """ "The two nations": a number that only goes back to those named before."""
    noun = top.head
    if len(words) != 1 or top.dep_ != "nummod" or top.lower_ not in ("two", "three", "four"):
        return False
    others = [t for t in noun.children if t.dep_ not in ("det", "nummod", "punct", "predet")]
    return _is_definite(noun) and not others


def _is_definite(noun: Token) -> bool:
    return any(
        (t.dep_ == "det" and t.lower_ in ("the", "this", "that", "these", "those", "both"))
        or t.dep_ == "poss"
        for t in noun.children
    )


def _is_age_of_noun(number: Token) -> bool:
    """ "A woman, 47, was cleared": a number between commas after what somebody is."""
    at, doc = number.i, number.doc
    if number.tag_ != "CD" or not number.text.isdigit() or at < 2 or at + 1 >= len(doc):
        return False
    noun = doc[at - 2]
    people = FEMALE | MALE | ROLES | RELATIONS | TITLES
    return doc[at - 1].text == "," == doc[at + 1].text and noun.lemma_.lower() in people


def _is_aged(words: Sequence[Token], top: Token, found: FoundFigure) -> bool:
    """ "A 25-year-old woman", "John Smith, 49,": an age that is told by the way."""
    if found.figure.unit == "years" and top.dep_ in ("appos", "nummod") and len(words) == 1:
        return bool(top.head.pos_ == "PROPN")
    if len(words) == 1 and _is_age_of_noun(words[0]):
        return True
    if not any(t.lower_ == "old" for t in words) and not words[-1].lower_.endswith("-old"):
        return False
    return top.head.pos_ in ("NOUN", "PROPN") and top.dep_ in ("amod", "nmod", "compound", "nummod")
