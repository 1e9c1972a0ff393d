"""Which verbs a sentence still waits for: every subject, "who" and "when" calls for one.

A sentence that has lost its commas shows its asides by this count alone: "Orsk a port that was
shelled fell" has one verb more than the aside can use, and that one is the main verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarise.language.cues import CUES, SPEECH

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

NAME_TAGS = frozenset(["NNP", "NNPS"])
NOUN_TAGS = NAME_TAGS | {"NN", "NNS"}
FINITE = frozenset(["MD", "VBD", "VBP", "VBZ"])
WH_TAGS = frozenset(["WDT", "WP", "WP$", "WRB"])
_DAYS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december today yesterday""".split()
)
YEAR = re.compile("(?:19|20)[0-9]{2}")
_OPENERS = frozenset(
    """after although as because before if once since so that though unless until whether
    while""".split()
)
_TIMING = frozenset(["after", "before", "since", "until"])
_CLAUSAL = frozenset("believe insist say think".split())


def is_finite(token: Token) -> bool:
    """Whether a token is the finite verb of a clause of its own, not joined to one before it."""
    if token.tag_ not in FINITE and not _is_past(token):
        return False
    before = [t for t in token.doc[max(token.i - 2, 0) : token.i] if t.tag_ != "RB"]
    return not before or before[-1].tag_ != "CC"


def _is_past(token: Token) -> bool:
    """Whether what is tagged a participle has an object, as only the past tense has."""
    if token.tag_ != "VBN" or token.i == 0 or token.i + 1 >= len(token.doc):
        return False
    nearby = token.doc[max(token.i - 4, 0) : token.i]
    helped = any(t.lemma_ in ("be", "have", "get") for t in nearby)
    return not helped and token.nbor(1).tag_ in ("CD", "DT", "PRP", "PRP$")


def opens_clause(token: Token) -> bool:
    """Whether a word calls for a verb after it: "who", "when", "that", "as" with a clause."""
    if token.tag_ in WH_TAGS:
        return True
    after = token.nbor(1) if token.i + 1 < len(token.doc) else token
    if token.lower_ in _TIMING and _no_subject(after):
        return False
    return token.lower_ in _OPENERS and token.dep_ == "mark"


def _no_subject(token: Token) -> bool:
    """ "since Monday won", "until independence fell": a time, and no clause."""
    bare = token.tag_ == "NN" and token.i + 1 < len(token.doc) and is_finite(token.nbor(1))
    return bare or is_date(token)


def waits(doc: Doc, place: int) -> bool:
    """Whether the clause that stands at `place` (a token's index) has no verb yet."""
    open_clauses = 1
    for token in doc[:place]:
        if opens_clause(token):
            open_clauses += 1
        elif is_finite(token):
            open_clauses = max(0, open_clauses - 1)
            if _says_that(token) and any(is_finite(t) for t in doc[place:]):
                open_clauses += 1
        elif token.tag_ == "CC" and _joins_clause(token):
            open_clauses += 1
    return open_clauses > 0


def _says_that(verb: Token) -> bool:
    """Whether a verb of saying takes a clause: "said the town had fallen", not "charged him"."""
    if verb.lemma_ not in CUES:
        return False
    said = [t for t in verb.children if t.dep_ == "ccomp" and t.i > verb.i]
    if any(opens_clause(mark) for t in said for mark in t.children):
        return False  # "said that" calls for its verb by itself
    return bool(said) or verb.lemma_ in _CLAUSAL


def _joins_clause(joiner: Token) -> bool:
    """Whether "and" joins a clause with a subject of its own."""
    verbs = (t for t in joiner.head.children if t.dep_ == "conj" and t.i > joiner.i)
    verb = next(verbs, None)
    if verb is None or verb.lemma_ in SPEECH:
        return False  # "and 30 injured officials said": the speaker is of no second clause
    if not (is_finite(verb) or any(is_finite(t) for t in verb.children)):
        return False
    return any(
        t.dep_ in ("nsubj", "nsubjpass", "expl") and t.left_edge.i == joiner.i + 1
        for t in verb.children
    )


def main_verb(doc: Doc, place: int) -> int | None:
    """The first verb from `place` that the clauses opened there do not use up; None: no such."""
    needs = 0
    for token in doc[place:]:
        if opens_clause(token):
            needs += 1
        elif is_finite(token):
            if not needs:
                return _with_adverbs(doc, token.i)
            needs -= 1
        elif token.text in (";", ":") or token.is_quote:
            return None
    return None


def _with_adverbs(doc: Doc, verb: int) -> int:
    while verb > 0 and doc[verb - 1].tag_ == "RB":
        verb -= 1
    return verb


def word_before(token: Token) -> Token:
    """The word before a token, past a comma that already stands there."""
    before = token.doc[max(token.i - 1, 0)]
    return before if before.text != "," or before.i == 0 else before.nbor(-1)


def closing(doc: Doc, start: int, inside: int) -> Iterator[int]:
    """After an aside from `start`, if the verb of the clause around it is still to come."""
    verb = main_verb(doc, inside) if waits(doc, start) else None
    if verb is not None and not _ends_saying(doc, verb):
        yield verb


def _ends_saying(doc: Doc, verb: int) -> bool:
    """Whether a verb of saying has nothing said after it: its subject is no aside."""
    said = doc[verb].head if doc[verb].tag_ == "MD" else doc[verb]
    after = doc[min(said.i + 1, len(doc) - 1)]
    quoted = any(t.is_quote for t in doc[:verb])
    ends = after.is_punct or is_date(after) or after.lower_ in ("in", "on", "at")
    return said.lemma_ in SPEECH and ends and not quoted


def is_date(token: Token) -> bool:
    """Whether a word is a weekday, a month or a year."""
    return token.lower_ in _DAYS or bool(YEAR.fullmatch(token.text))
