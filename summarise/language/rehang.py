"""More slips of the parser put right in its tree: scores, relative clauses, joined clauses.

As in `reparse`, each rule takes one token, and moves what no English sentence hangs there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from summarise.language.branches import child, children
from summarise.language.cues import CUES, SPEECH

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass", "expl")
_BACKSHIFTED = frozenset(["would", "will"])
_HEARING = frozenset(["hear", "learn", "find", "discover"])
"""Verbs by which a court or an inquiry takes in what is then told."""


def _score(dash: Token) -> None:
    """ "thrashed Town 4-0": both figures are one."""
    doc = dash.doc
    if dash.text not in ("-", "–") or not 0 < dash.i < len(doc) - 1:
        return
    first, second = doc[dash.i - 1], doc[dash.i + 1]
    glued = not first.whitespace_ and not dash.whitespace_
    if not glued or not (first.text.isdigit() and second.text.isdigit()):
        return
    if second.is_ancestor(first) or any(dash.children):
        return
    dash.head = first
    if not first.is_ancestor(second):
        second.head, second.dep_ = first, "nummod"


def _who_of_people(clause: Token) -> None:
    """ "the signatures of residents who signed": "who" goes back to people, not to a thing."""
    thing = clause.head
    who = next((t for t in clause.subtree if t.tag_ == "WP" and t.lower_ in ("who", "whom")), None)
    if clause.dep_ != "relcl" or who is None or thing.pos_ != "NOUN" or is_human(thing):
        return
    edge = clause.left_edge.i - 1
    while edge > 0 and clause.doc[edge].text == ",":
        edge -= 1
    nearest = clause.doc[edge] if edge >= 0 else thing
    outside = thing.is_ancestor(nearest) and not clause.is_ancestor(nearest)
    if nearest != thing and outside and is_human(nearest):
        clause.head = nearest


def _which_of_a_day(clause: Token) -> None:
    """ "a strike planned for Thursday, which would shut schools": no day shuts schools."""
    day, which = clause.head, child(clause, "nsubj", "nsubjpass")
    if clause.dep_ != "relcl" or day.ent_type_ not in ("DATE", "TIME") or day.dep_ != "pobj":
        return
    if which is None or which.tag_ != "WDT":
        return
    above = next((t for t in day.ancestors if t.pos_ in ("NOUN", "PROPN")), None)
    if above is not None and above.ent_type_ not in ("DATE", "TIME"):
        clause.head = above


def is_human(noun: Token) -> bool:
    """Whether a noun is one of a person or people, as far as its form tells."""
    if noun.pos_ == "PROPN":
        return noun.ent_type_ == "PERSON"
    lemma = noun.lemma_.lower()
    return lemma in _PEOPLE or lemma.endswith(_AGENTS)


_PEOPLE = frozenset(
    """adult aide baby boy child civilian client couple crew detainee doctor driver expert family
    fan father friend girl guard guest husband individual inmate kid man member migrant minister
    mother neighbour neighbor official parent passenger patient pensioner people person player
    police refugee relative resident staff student suspect teenager tourist troop victim
    voter widow wife witness woman worker youngster youth""".split()
)


_AGENTS = ("ist", "ian", "eer", "man", "woman", "ivor", "ator", "itor", "ctor")


def _had_too(verb: Token) -> None:
    """ "heard that she had forged them and had moved money": the court had not."""
    cue = verb.head
    if verb.dep_ != "conj" or verb.tag_ != "VBN" or cue.lemma_ not in CUES | _HEARING:
        return
    said = child(cue, "ccomp")
    if said is None or not cue.i < said.i < verb.i or cue.tag_ != "VBD":
        return
    mine, had = child(verb, "aux"), child(said, "aux")
    both = mine is not None and had is not None and mine.lower_ == had.lower_ == "had"
    if not both or child(verb, *_SUBJECTS) is not None:
        return
    for joiner in [t for t in cue.children if t.dep_ == "cc" and said.i < t.i < verb.i]:
        joiner.head = said
    verb.head = said


def _did_as_well(verb: Token) -> None:
    """ "said it would start late and apologised": what is done is no part of the plan."""
    planned = verb.head
    cue = planned.head
    if verb.dep_ != "conj" or verb.tag_ != "VBD" or planned.dep_ != "ccomp" or planned.tag_ != "VB":
        return
    if cue.tag_ != "VBD" or cue.lemma_ not in CUES or not cue.i < planned.i < verb.i:
        return
    modal = any(t.lower_ in _BACKSHIFTED for t in children(planned, "aux"))
    if modal and verb.lower_ != verb.lemma_ and child(verb, *_SUBJECTS, "aux") is None:
        for joiner in [t for t in planned.children if t.dep_ == "cc" and t.i < verb.i]:
            joiner.head = cue
        verb.head = cue


def _how_it_came(how: Token) -> None:
    """ "heard how driver Ada Brook left": the way she did it, and no part of her name."""
    noun = how.head
    if how.lower_ != "how" or noun.pos_ not in ("NOUN", "PROPN"):
        return
    while noun.dep_ == "compound":
        noun = noun.head
    if noun.dep_ in _SUBJECTS and how.i == noun.left_edge.i:
        how.head, how.dep_ = noun.head, "advmod"


def _row(clause: Token) -> None:
    """ "The captain blamed a fault; nobody was hurt": two clauses, each of its own."""
    last = clause.head
    subject = child(last, *_SUBJECTS)
    if clause.dep_ != "ccomp" or clause.i > last.i or subject is None:
        return
    if last.lemma_ in SPEECH and child(last, "dobj") is None:
        return  # "A fell; B rose, he said"
    between = clause.doc[clause.i : subject.left_edge.i]
    if last.dep_ == "ROOT" and subject.i > clause.i and any(t.text == ";" for t in between):
        clause.dep_, clause.head = "ROOT", clause


def _said_too(verb: Token) -> None:
    """ "heard that it was found, but that nobody was told": heard, both of them."""
    cue = verb.head
    said = child(cue, "ccomp")
    if verb.dep_ != "conj" or cue.lemma_ not in CUES | _HEARING or said is None:
        return
    if cue.i < said.i < verb.i and any(t.lower_ == "that" for t in children(verb, "mark")):
        for joiner in [t for t in cue.children if t.dep_ == "cc" and said.i < t.i < verb.i]:
            joiner.head = said
        verb.head = said


def _aside_on_clause(noun: Token) -> None:
    """ "The mayor said nine died, a figure that is disputed": no mayor is a figure."""
    edge, named = noun.left_edge.i, noun.head
    if noun.dep_ != "appos" or edge < 2 or noun.doc[edge - 1].text != ",":
        return
    verb, before = named.head, noun.doc[edge - 2]
    if named.dep_ not in _SUBJECTS or not named.i < verb.i < edge or named.is_ancestor(before):
        return
    above = (t for t in (before, *before.ancestors) if t.pos_ in ("VERB", "AUX"))
    noun.head, noun.dep_ = next(above, verb), "dep"


def _level_of_what_is_said(level: Token) -> None:
    """ "…, the operator said, up from 85,000": what it said was up, and not the operator."""
    cue = level.head
    said = cue.head if cue.dep_ == "parataxis" else child(cue, "ccomp")
    if level.lower_ not in ("up", "down") or cue.lemma_ not in SPEECH or said is None:
        return
    trailing = said.i < cue.i < level.i and level.nbor(-1).text == ","
    if trailing and not level.is_ancestor(said):
        level.head, level.dep_ = said, "advmod"


def _ordered_to(verb: Token) -> None:
    """ "ordered the minister, a cousin, to resign": what he was ordered, and no clause on him."""
    told = verb.head
    if verb.dep_ not in ("relcl", "acl") or verb.tag_ != "VB" or told.dep_ != "dobj":
        return
    to = any(t.tag_ == "TO" for t in children(verb, "aux"))
    if to and child(verb, *_SUBJECTS, "dobj") is None and told.head.lemma_ in _ORDERING:
        verb.head, verb.dep_ = told.head, "xcomp"


_ORDERING = frozenset(
    "ask beg command compel direct force instruct order persuade press tell urge warn".split()
)


def _interviewed_said(said: Token) -> None:
    """ "Parents interviewed outside the clinic said P": the parents said it."""
    met = said.head
    subject = child(met, "nsubj")
    if said.dep_ not in ("dep", "conj", "ccomp") or said.lemma_ not in CUES or met.dep_ != "ROOT":
        return
    plain = child(met, "dobj", "aux", "auxpass", "cc", "ccomp") in (None, said)
    if met.tag_ not in ("VBD", "VBN") or subject is None or not plain or said.i < met.i:
        return
    adjacent = all(t.text != "," for t in said.doc[subject.i : said.i])
    if met.i != subject.i + 1 or not adjacent or child(said, *_SUBJECTS) is not None:
        return
    said.dep_, said.head = "ROOT", said
    subject.head, met.head, met.dep_, met.tag_ = said, subject, "acl", "VBN"
    for token in [t for t in met.children if t.i > said.i]:
        token.head = said


def _verb_read_as_noun(cue: Token) -> None:
    """ "Two people have died, police confirm": no noun has a subject and what is said."""
    if cue.tag_ != "NN" or cue.dep_ != "ROOT" or cue.lemma_ not in CUES:
        return
    subject, said = child(cue, "nsubj"), child(cue, "ccomp")
    if subject is None or said is None or not subject.i < cue.i:
        return
    if said.i < subject.i or child(said, "mark") is not None:
        cue.tag_, cue.pos_ = "VBP", "VERB"


def _day_of_relative(preposition: Token) -> None:
    """ "a train that derailed on Monday was moved": the day is of the derailing."""
    verb, first = preposition.head, preposition.left_edge.i
    if preposition.dep_ != "prep" or preposition.i > verb.i or verb.pos_ not in ("VERB", "AUX"):
        return
    subject = child(verb, *_SUBJECTS)
    if subject is None or not subject.i < first or verb.doc[first - 1].is_punct:
        return
    before = verb.doc[first - 1]
    clauses = (t for t in (before, *before.ancestors) if t.dep_ == "relcl")
    relative = next(clauses, None)
    if relative is not None and subject.is_ancestor(relative) and relative.i < first:
        preposition.head = relative


def _before_speaker(clause: Token) -> None:
    """ "nine died when a wall fell, the mayor said": they died then; nothing was said then."""
    cue = clause.head
    if clause.dep_ != "advcl" or cue.lemma_ not in SPEECH or clause.i > cue.i:
        return
    subject, said = child(cue, *_SUBJECTS), child(cue, "ccomp")
    if subject is not None and said is not None and said.i < clause.i < subject.left_edge.i:
        clause.head = said


RULES: tuple[Callable[[Token], None], ...] = (
    _score,
    _who_of_people,
    _which_of_a_day,
    _ordered_to,
    _interviewed_said,
    _had_too,
    _row,
    _said_too,
    _aside_on_clause,
    _verb_read_as_noun,
    _did_as_well,
    _how_it_came,
    _level_of_what_is_said,
    _day_of_relative,
    _before_speaker,
)
"""In the order in which they are tried on each token."""
