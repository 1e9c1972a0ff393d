"""Which verbs of saying only say who claims something, and which are the statement themselves.

"The mayor said that P" states P alone; "did what they told him to do", "promised an inquiry" and
"ruled out leaving" cannot be stated without the verb.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarise.language.phrases import Proposition, holds_figure
from summarise.language.syntax import SUBJECTS, child, children

if TYPE_CHECKING:
    from spacy.tokens import Token


def attributes(cue: Token) -> bool:
    """Whether what a cue introduces can be stated without it.

    "did what they told him to do", "ruled out leaving", "hope to secure a truce" cannot.
    """
    if cue.dep_ in ("ccomp", "csubj", "pcomp") and cue.head.pos_ in ("VERB", "AUX"):
        free = (t for t in cue.subtree if t.tag_ == "WP" and t.lower_ == "what")
        if any(t.i < cue.i and cue.head.i < t.i for t in free):
            return False
    told = child(cue, "ccomp")
    if told is not None and told.i > cue.i and is_free_relative(told):
        return False  # "posted what it said were 40 files"
    object_ = child(cue, "dobj")
    if cue.lemma_ in _GIVING_WORD and object_ is not None and told is None:
        return holds_figure(object_) or object_.pos_ == "PRON"
    intended = child(cue, "xcomp")
    if intended is None or child(intended, "nsubj", "nsubjpass") is not None:
        return True
    if any(t.lower_ == "out" for t in children(cue, "prt")) and intended.tag_ == "VBG":
        return False
    return not (cue.lemma_ == "hope" and child(cue, "nsubj", "conj") is not None)


_GIVING_WORD = frozenset(["pledge", "promise"])
"""Verbs whose object is no statement: "promised a full inquiry"."""


def is_free_relative(clause: Token) -> bool:
    """ "what he saw", whose "what" no clause below it takes."""
    first = clause.left_edge
    if first.tag_ == "RB" and first.i + 1 < len(first.doc):
        first = first.nbor(1)  # "roughly what a town uses"
    below = child(clause, "csubj", "csubjpass")
    return first.tag_ == "WP" and first.lower_ == "what" and below is None


def says_a_thing(cue: Token) -> bool:
    """Whether a verb has a thing of its own: "were promised a future", "warned of a flood"."""
    if child(cue, "ccomp") is not None or child(cue, *SUBJECTS) is None:
        return False
    said = child(cue, "dobj")
    if said is None:
        return any(p.lower_ in ("of", "about") for p in children(cue, "prep"))
    return said.ent_type_ != "PERSON" and said.pos_ == "NOUN" and cue.lemma_ != "tell"


def reports_figure(verb: Token) -> bool:
    """ "The ministry reported 40 cases": a figure of its own finding, told as its act."""
    found = child(verb, "dobj") if verb.lemma_ in _FIGURE_WORD else None
    return (found is not None and holds_figure(found)) or warns_of(verb)


def warns_of(verb: Token) -> bool:
    """ "The memo warned of shortages": the warning is all that is told."""
    if verb.lemma_ not in ("warn", "complain") or child(verb, "ccomp", "dobj") is not None:
        return False
    return any(p.lower_ in ("of", "about") for p in children(verb, "prep"))


_FIGURE_WORD = frozenset("claim confirm disclose estimate forecast predict project report".split())


def is_empty(cue: Token, found: list[Proposition]) -> bool:
    """Whether nothing is left of what a cue introduces, so that the cue is the statement."""
    if warns_of(cue):
        warned = {t for p in children(cue, "prep") for t in p.subtree}
        return not any(one.head in warned for one in found)
    return says_a_thing(cue) and not introduces(cue, found)


def introduces(cue: Token, found: list[Proposition]) -> bool:
    """Whether anything is stated in the words that a cue introduces."""
    return any(cue in one.head.ancestors or cue.is_ancestor(one.head) for one in found) or any(
        one.head.is_ancestor(cue) and cue.dep_ in ("parataxis", "ccomp") for one in found
    )
