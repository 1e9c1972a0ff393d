"""The words that a proposition says of its subject.

They are those below its head without what other propositions state, what only joins the clause to
another and who claims it; with the verbs that it shares with another, and with what a relative
clause leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarise.language.cues import OPENERS
from summarise.language.phrases import antecedent, names_members, noun_phrase, set_off, trimmed
from summarise.language.stating import is_measured
from summarise.language.subjects import describes_person, is_left
from summarise.language.syntax import RELATIVES, SUBJECTS, chain_head, child, children, is_verbal

if TYPE_CHECKING:
    from spacy.tokens import Token


def body_of(
    head: Token,
    subject: tuple[Token, ...],
    heads: list[Token],
    cues: set[Token],
    aside: set[Token],
) -> tuple[Token, ...]:
    """The words of the proposition of `head` but for those of its subject.

    `heads` are those of all propositions of the sentence, `aside` words that are stated apart.
    """
    gone = _split_off(head, heads, cues) | aside
    left = [t for t in head.subtree if t not in gone and t not in subject]
    body = trimmed([*left, *_shared_verbs(head)])
    if _is_bare(head, body) and not any(c in cues for c in head.subtree):
        # "the move came after the strike": without the clause split off it would say nothing
        openers = set(_openers(head))
        body = trimmed(t for t in head.subtree if t not in openers | aside and t not in subject)
    return _with_gap(head, _without_loose_end(body))


def _without_loose_end(body: tuple[Token, ...]) -> tuple[Token, ...]:
    """Without a last "as" or "of" whose own words are stated apart."""
    kept = list(body)
    while len(kept) > 1 and kept[-1].dep_ in ("prep", "mark", "agent"):
        stranded = kept[-1].dep_ != "mark" and kept[-1].lower_ != "as"
        if stranded and all(t in body for t in kept[-1].children):
            break  # "the town they came from"
        kept.pop()
    return tuple(kept)


def _shared_verbs(head: Token) -> list[Token]:
    """The verbs that a conjunct shares with the first: "will close A and (will) cut B".

    Without them a plan would read as a fact.
    """
    if is_left(head):
        return [chain_head(head)]
    # "cut", "put": the parser may take it for a past form
    own = head.tag_ == "VBP" and child(head, *SUBJECTS) is not None
    unmarked = head.lower_ == head.lemma_ and not own
    harmed = head.lemma_ in _DONE_TO_ONE and child(head, "dobj") is None
    planned = _would_have(head)
    misread = unmarked or harmed or planned
    if head.dep_ != "conj" or not (misread or head.tag_ in ("VB", "VBN", "VBG")):
        return []
    if any(t.dep_ in ("aux", "auxpass") and t.lower_ != "to" for t in head.children):
        return []
    first = chain_head(head)
    shared = [t for t in first.children if t.dep_ in ("aux", "auxpass", "neg") and t.i < first.i]
    if first.dep_ == "xcomp" and first.head.i < first.i:
        shared += [
            first.head,
            *(t for t in first.head.children if t.dep_ in ("aux", "auxpass", "neg")),
            *(t for c in children(first.head, *_BEFORE_AIM) if c.i < first.i for t in c.subtree),
        ]
    return shared


def _would_have(head: Token) -> bool:
    """ "would have shut schools and halted trains": the second would have, too."""
    helpers = {t.lower_ for t in chain_head(head).children if t.dep_ == "aux"}
    modal = bool(helpers & {"would", "could", "might", "may", "must", "should"})
    return modal and "have" in helpers and head.tag_ == "VBD" and child(head, *SUBJECTS) is None


_BEFORE_AIM = ("dobj", "dative", "prep")
"""Who is to do it: "asked them to stay", "called on both sides to hold back"."""
_DONE_TO_ONE = frozenset(
    "arrest damage destroy detain displace evacuate injure kill rescue wound".split()
)
"""Verbs that without an object are passives, which the parser may take for past forms."""


def _split_off(head: Token, heads: list[Token], cues: set[Token]) -> set[Token]:
    """The words below `head` that belong to other propositions, or only join or attribute."""
    gone: set[Token] = set()
    for other in (*heads, *cues):
        if other != head and other in head.subtree and _leaves(other):
            gone.update(other.subtree)
            gone.update(_joiners(other, head))
    for token in head.subtree:
        if names_members(token):
            gone.update(token.subtree)
        if token in cues:
            gone.update(_cue_words(token))
        if token.head == head and _measures_opener(token):
            gone.update(token.subtree)
    gone.update(_openers(head))
    for mark in children(head, "mark"):
        length = child(head, "npadvmod")
        if mark.lower_ in ("after", "before") and length is not None and length.i == mark.i - 1:
            gone.update(length.subtree)  # "two years after it fell": it fell
    return gone - {head}


def _is_bare(head: Token, body: tuple[Token, ...]) -> bool:
    """Whether nothing but the verb is left: "came", "saw", "is difficult"."""
    if head.dep_ not in ("ROOT", "ccomp") or not is_verbal(head):
        return False
    if child(head, "nsubjpass") is not None:
        return False  # "nine were killed" says enough
    own = child(head, "nsubj")
    if own is not None and child(own, "nummod") is not None:
        return False  # "three members resigned"
    if any(t.dep_ == "conj" for t in head.children):
        return False
    if own is not None and any(c.i < own.i for c in children(head, "ccomp")):
        return False  # "Two were found; the others are missing"
    content = [t for t in body if t.pos_ in _CONTENT and t != head]
    return not content and len(list(head.subtree)) > len(body) + 3


_CONTENT = frozenset(["NOUN", "PROPN", "NUM", "VERB", "ADV", "ADJ", "PRON"])


def _with_gap(head: Token, body: tuple[Token, ...]) -> tuple[Token, ...]:
    """The body with what a relative clause leaves out put where it belongs.

    In "the recordings, which he did not play" that is the object of "play", in "Orsk, where 300
    people work" the place.
    """
    if head.dep_ != "relcl":
        return body
    relative = next((t for t in _own_clause(head) if t.tag_ in ("WDT", "WP", "WP$")), None)
    where = next((t for t in head.children if t.lower_ == "where" and t.tag_ == "WRB"), None)
    own = child(head, "nsubj", "nsubjpass")
    if where is not None and own is not None and where not in body:
        return (*body, *_place(head.head, set(body)))
    timed = any(t.tag_ == "WRB" and t.lower_ in ("when", "why", "how") for t in head.children)
    if timed and not head.head.lower_.endswith("day"):
        return body  # "capsized 2011" is no English, "is forecast Sunday" is
    if own is None or own == relative or (relative is not None and relative.dep_ != "dobj"):
        return body
    if child(head, "dobj") not in (None, relative):
        return body
    gap = noun_phrase(antecedent(relative, head.head))
    own_words = [i for i, t in enumerate(body) if t == head or (t.head == head and t.dep_ == "prt")]
    place = max(own_words, default=len(body) - 1)
    return (*body[: place + 1], *gap, *body[place + 1 :])


def _own_clause(head: Token) -> Iterator[Token]:
    """The words of a relative clause without the clauses in it."""
    for below in head.children:
        if below.dep_ not in ("relcl", "advcl", "ccomp"):
            yield from (t for t in below.subtree)


def _place(noun: Token, taken: set[Token]) -> tuple[Token, ...]:
    """Where it is that a noun names, with its preposition: "in Orsk"."""
    preposition = noun.head
    if noun.dep_ != "pobj" or preposition.lower_ not in _PLACING:
        return ()
    return (preposition, *(t for t in noun_phrase(noun) if t not in taken))


_PLACING = frozenset(
    ["in", "at", "on", "near", "outside", "inside", "off", "around", "under", "with"]
)


def _leaves(other: Token) -> bool:
    """Whether the part that `other` heads is left out of the proposition above it.

    A restrictive relative clause says which one is meant, so it stays.
    """
    restrictive = other.dep_ == "relcl" or (other.dep_ == "acl" and other.tag_ in ("VBN", "VBG"))
    mark = child(other, "mark")
    if other.dep_ == "advcl" and mark is not None and is_measured(mark):
        return False
    if other.dep_ == "amod" and other.i < other.head.i:
        return False
    if other.dep_ == "relcl" and describes_person(other.head):
        return True
    return not restrictive or set_off(other)


def _joiners(other: Token, head: Token) -> Iterator[Token]:
    """The "and" and the preposition by which a part that leaves is joined on."""
    if other.dep_ == "conj":
        yield from (c for c in other.head.children if c.dep_ in ("cc", "preconj"))
    if other.dep_ in ("pcomp", "pobj") and other.head != head:
        compared = other.head.head.lower_ == "compared"
        yield from (other.head.head if compared else other.head).subtree
    if other.dep_ == "acl" and other.head.dep_ == "pobj" and other.head.head.lower_ == "with":
        yield from other.head.head.subtree


def _openers(head: Token) -> Iterator[Token]:
    """Words that only join the clause to another: "that", "which", "although"."""
    return (below for below in head.children if _opens(below, head))


def _opens(word: Token, head: Token) -> bool:
    if word.dep_ == "mark" or (word.dep_, word.lower_) == ("aux", "to"):
        return True
    if word.dep_ == "cc":
        return word.i < head.i
    if word.dep_ == "advmod" and word.lower_ == "how":
        return _is_telling(head)
    if word.dep_ == "advmod" and (word.lower_ in OPENERS or word.lower_ == "when"):
        return word.lower_ not in _LASTING or word.i < head.left_edge.i + 2
    return word.lower_ in RELATIVES and word.tag_ in ("WDT", "WP", "WRB")


def _is_telling(clause: Token) -> bool:
    """ "has told how she hid": that she hid is what is told; "asked how" asks."""
    return clause.dep_ == "ccomp" and clause.head.lemma_ in _TELLING


_TELLING = frozenset("hear tell describe recall recount relate reveal testify".split())


def _measures_opener(word: Token) -> bool:
    """ "a day after two bombs went off": how long after is no part of what went off."""
    if word.dep_ not in ("npadvmod", "advmod") or word.i + 1 >= len(word.doc):
        return False
    following = word.nbor()
    return following.dep_ == "mark" and following.head == word.head and is_measured(following)


_LASTING = frozenset(["still", "yet"])
"""Words that tie a sentence to the one before only where they open it."""


def _cue_words(cue: Token) -> Iterator[Token]:
    """The words of a cue that stands inside the clause: "which, he said, was"."""
    if cue.dep_ in ("parataxis", "advcl", "acl", "relcl"):
        yield from cue.subtree
