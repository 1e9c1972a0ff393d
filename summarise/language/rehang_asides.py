"""Asides and what follows a comma, hung where they belong in the parser's tree.

As in `rehang`, each rule takes one token.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from summarise.language.branches import child, children
from summarise.language.cues import CUES, SPEECH

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass", "expl")
_FINITE = frozenset(["VBD", "VBZ", "VBP"])
_BACKSHIFTED = frozenset(["would", "will"])


def _participle_before_verb(verb: Token) -> None:
    """ "Albion, unbeaten in 11 games, looked tired": the aside is not the clause's verb."""
    edge = verb.left_edge.i
    if verb.dep_ not in ("conj", "dep") or verb.tag_ not in _FINITE or edge == 0:
        return
    if verb.doc[edge - 1].text != "," or child(verb, *_SUBJECTS) is not None:
        return
    above = verb.head
    aside = next(
        (t for t in (child(above, "ccomp"), above) if t is not None and _is_aside(t)), None
    )
    noun = child(aside, "nsubj", "nsubjpass") if aside is not None else None
    if aside is None or noun is None or any(t.dep_ == "cc" and t.i < edge for t in above.children):
        return
    verb.dep_, verb.head = aside.dep_, verb if aside.dep_ == "ROOT" else aside.head
    noun.head, aside.head, aside.dep_, aside.tag_ = verb, noun, "acl", "VBN"
    for token in [t for t in aside.children if t.i >= edge - 1 or t.i < noun.i]:
        token.head = verb


def _is_aside(participle: Token) -> bool:
    """Whether a participle with a comma before it was taken for the verb of its clause."""
    noun = child(participle, "nsubj", "nsubjpass")
    alone = child(participle, "aux", "auxpass", "dobj", "dative") is None
    passive = participle.tag_ == "VBN" or (participle.tag_ == "VBD" and child(participle, "xcomp"))
    comma = participle.i > 0 and participle.nbor(-1).text == ","
    return bool(passive) and alone and comma and noun is not None and noun.i < participle.i


def _whose_owner(verb: Token) -> None:
    """ "according to the guard, whose search has been slow": it goes back to the guard."""
    subject = child(verb, "nsubj", "nsubjpass")
    whose = subject.left_edge if subject is not None else verb
    if verb.dep_ != "conj" or whose.tag_ != "WP$" or whose.i < 2 or whose.nbor(-1).text != ",":
        return
    noun = whose.nbor(-2)
    while noun.dep_ in ("compound", "nummod") and noun.head.i < whose.i:
        noun = noun.head
    if noun.pos_ not in ("NOUN", "PROPN") or (verb.is_ancestor(noun) and noun.i > whose.i):
        return
    for token in [t for t in verb.children if t.i < whose.i]:
        token.head = verb.head  # "according to the guard" speaks for the clause before
    if not verb.is_ancestor(noun):
        verb.head, verb.dep_ = noun, "relcl"


def _whose_subject(sons: Token) -> None:
    """ "Ada Brook, whose two sons had never flown": the sons had not, and not she."""
    person, owner = sons.head, child(sons, "poss")
    verb = person.head
    if sons.dep_ != "appos" or owner is None or owner.tag_ != "WP$":
        return
    if person.dep_ not in _SUBJECTS or verb.i < sons.i or verb.tag_ not in _PREDICATES:
        return
    said = verb.head
    if verb.dep_ != "ccomp" or said.i > person.i or said.lemma_ not in SPEECH:
        return
    sons.dep_, sons.head = person.dep_, verb
    person.dep_, person.head = "nsubj", said
    verb.dep_, verb.head = "relcl", person


_PREDICATES = frozenset(["VBD", "VBN", "VBZ", "VBP"])


def _harm_by_accident(participle: Token) -> None:
    """ "arrested the owner of a ferry that sank, killing 60": the sinking killed them."""
    doc, verb = participle.doc, participle.head
    if participle.dep_ != "advcl" or participle.tag_ != "VBG" or participle.lemma_ not in _HARM:
        return
    if verb.lemma_ in _ACCIDENTS or participle.i == 0 or participle.nbor(-1).text != ",":
        return
    between = doc[verb.i + 1 : participle.i]
    accident = next(
        (t for t in reversed(between) if t.dep_ in ("relcl", "advcl") and t.lemma_ in _ACCIDENTS),
        None,
    )
    if accident is not None and not participle.is_ancestor(accident):
        participle.head = accident


_HARM = frozenset("kill injure wound drown destroy damage trap bury burn crush displace".split())


_ACCIDENTS = frozenset(
    """blow burst capsize collapse collide crash derail erupt explode fall flood hit overturn plunge
    ram rip roll sink slam slide smash strike sweep tear veer""".split()
)


def _second_object(noun: Token) -> None:
    """ "make polyester, the plastic of bottles": said of the first, and not made too."""
    verb, edge = noun.head, noun.left_edge.i
    if noun.dep_ != "dobj" or noun.pos_ != "NOUN" or edge < 2 or noun.doc[edge - 1].text != ",":
        return
    first, before = child(verb, "dobj"), noun.doc[edge - 2]
    opened = noun.left_edge.lower_ in ("a", "an", "the")
    if first is None or first.i >= edge or not opened or before.pos_ not in ("NOUN", "PROPN"):
        return
    if child(first, "cc") is None and first.is_ancestor(before):
        noun.dep_, noun.head = "appos", before


def _that_of_name(clause: Token) -> None:
    """ "microbes living off the coast of Orsk that eat oil": no coast of a place eats it."""
    subject, place = child(clause, "nsubj"), clause.head
    if clause.dep_ != "relcl" or subject is None or subject.lower_ != "that" or subject.i == 0:
        return
    if subject.nbor(-1).pos_ != "PROPN" or place.left_edge.lower_ != "the":
        return
    nouns = (t for t in place.ancestors if t.pos_ == "NOUN")
    many = next((t for t in nouns if t.left_edge.lower_ != "the"), None)
    verbs = {t.pos_ for t in place.ancestors if many is not None and many.is_ancestor(t)}
    if many is not None and "VERB" in verbs:
        clause.head = many


def _outcome(participle: Token) -> None:
    """ "said she would go, sending its shares down": they fell, so it is no part of the plan."""
    if participle.tag_ != "VBG" or participle.lemma_ not in _RESULTING or participle.i == 0:
        return
    if participle.nbor(-1).text != "," or participle.dep_ not in ("acl", "advcl"):
        return
    above = participle.head
    if participle.dep_ == "acl":
        if above.dep_ != "appos":
            return
        main = (t for t in above.ancestors if t.dep_ in ("ROOT", "ccomp", "conj"))
        clause = next((t for t in main if t.pos_ == "VERB"), None)
    else:
        planned = any(t.lower_ in _BACKSHIFTED for t in children(above, "aux"))
        said = above.head
        told = planned and above.dep_ == "ccomp" and said.tag_ == "VBD" and said.lemma_ in CUES
        clause = said.head if told and said.dep_ == "conj" else None
    if clause is not None and clause.i < participle.i and clause.tag_ != "VB":
        participle.dep_, participle.head = "advcl", clause


_RESULTING = frozenset(
    """boost bring cause drive force fuel knock leave lift make prompt push raise send spark trigger
    wipe""".split()
)


def _split_after_relative(verb: Token) -> None:
    """ "The couple, who have a daughter, split": it is the couple that did."""
    noun = verb.head
    if verb.dep_ not in ("acl", "appos") or verb.tag_ not in ("VBD", "VBZ") or noun.dep_ != "dobj":
        return
    clause = noun.head
    couple = clause.head
    comma = verb.i > 0 and verb.nbor(-1).text == ","
    if clause.dep_ != "relcl" or couple.dep_ != "ROOT" or couple.pos_ == "VERB" or not comma:
        return
    verb.dep_, verb.head = "ROOT", verb
    couple.dep_, couple.head = "nsubj", verb


RULES: tuple[Callable[[Token], None], ...] = (
    _whose_owner,
    _whose_subject,
    _harm_by_accident,
    _second_object,
    _that_of_name,
    _outcome,
    _split_after_relative,
    _participle_before_verb,
)
"""In the order in which they are tried on each token."""
