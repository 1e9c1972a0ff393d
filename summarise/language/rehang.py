"""More slips of the parser put right in its tree: scores, relative clauses, joined clauses.

As in `reparse`, each rule takes one token, and moves what no English sentence hangs there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from summarise.language.cues import CUES, SPEECH

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass", "expl")
_FINITE = frozenset(["VBD", "VBZ", "VBP"])
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
    if second.is_ancestor(first):
        dash.head = second
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
    if nearest != thing and thing.is_ancestor(nearest) and is_human(nearest):
        clause.head = nearest


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
    said = _child(cue, "ccomp")
    if said is None or not cue.i < said.i < verb.i or cue.tag_ != "VBD":
        return
    mine, had = _child(verb, "aux"), _child(said, "aux")
    both = mine is not None and had is not None and mine.lower_ == had.lower_ == "had"
    if not both or _child(verb, *_SUBJECTS) is not None:
        return
    for joiner in [t for t in cue.children if t.dep_ == "cc" and said.i < t.i < verb.i]:
        joiner.head = said
    verb.head = said


def _participle_before_verb(verb: Token) -> None:
    """ "Albion, unbeaten in 11 games, looked tired": the aside is not the clause's verb."""
    edge = verb.left_edge.i
    if verb.dep_ not in ("conj", "dep") or verb.tag_ not in _FINITE or edge == 0:
        return
    if verb.doc[edge - 1].text != "," or _child(verb, *_SUBJECTS) is not None:
        return
    above = verb.head
    aside = next(
        (t for t in (_child(above, "ccomp"), above) if t is not None and _is_aside(t)), None
    )
    noun = _child(aside, "nsubj", "nsubjpass") if aside is not None else None
    if aside is None or noun is None or any(t.dep_ == "cc" and t.i < edge for t in above.children):
        return
    verb.dep_, verb.head = aside.dep_, verb if aside.dep_ == "ROOT" else aside.head
    noun.head, aside.head, aside.dep_, aside.tag_ = verb, noun, "acl", "VBN"
    for token in [t for t in aside.children if t.i >= edge - 1 or t.i < noun.i]:
        token.head = verb


def _is_aside(participle: Token) -> bool:
    """Whether a participle with a comma before it was taken for the verb of its clause."""
    noun = _child(participle, "nsubj", "nsubjpass")
    alone = _child(participle, "aux", "auxpass", "dobj", "dative") is None
    passive = participle.tag_ == "VBN" or (participle.tag_ == "VBD" and _child(participle, "xcomp"))
    comma = participle.i > 0 and participle.nbor(-1).text == ","
    return bool(passive) and alone and comma and noun is not None and noun.i < participle.i


def _level_of_what_is_said(level: Token) -> None:
    """ "…, the operator said, up from 85,000": what it said was up, and not the operator."""
    cue = level.head
    said = cue.head if cue.dep_ == "parataxis" else _child(cue, "ccomp")
    trailing = cue.lemma_ in SPEECH and said is not None and said.i < cue.i < level.i
    if level.lower_ in ("up", "down") and trailing and level.nbor(-1).text == ",":
        level.head, level.dep_ = said, "advmod"  # type: ignore[assignment]


def _verb_read_as_noun(cue: Token) -> None:
    """ "Two people have died, police confirm.": no noun has a subject and what is said."""
    if cue.tag_ != "NN" or cue.dep_ != "ROOT" or cue.lemma_ not in CUES:
        return
    subject, said = _child(cue, "nsubj"), _child(cue, "ccomp")
    if subject is not None and said is not None and said.i < subject.i < cue.i:
        cue.tag_, cue.pos_ = "VBP", "VERB"


def _child(token: Token, *dependencies: str) -> Token | None:
    return next(_children(token, *dependencies), None)


def _children(token: Token, *dependencies: str) -> Iterator[Token]:
    return (child for child in token.children if child.dep_ in dependencies)


RULES: tuple[Callable[[Token], None], ...] = (
    _score,
    _who_of_people,
    _had_too,
    _participle_before_verb,
    _verb_read_as_noun,
    _level_of_what_is_said,
)
"""In the order in which they are tried on each token."""
