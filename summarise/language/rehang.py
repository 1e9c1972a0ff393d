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
    day, which = clause.head, _child(clause, "nsubj", "nsubjpass")
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


def _said_too(verb: Token) -> None:
    """ "heard that it was found, but that nobody was told": heard, both of them."""
    cue = verb.head
    said = _child(cue, "ccomp")
    if verb.dep_ != "conj" or cue.lemma_ not in CUES | _HEARING or said is None:
        return
    if cue.i < said.i < verb.i and any(t.lower_ == "that" for t in _children(verb, "mark")):
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
    said = cue.head if cue.dep_ == "parataxis" else _child(cue, "ccomp")
    if level.lower_ not in ("up", "down") or cue.lemma_ not in SPEECH or said is None:
        return
    trailing = said.i < cue.i < level.i and level.nbor(-1).text == ","
    if trailing and not level.is_ancestor(said):
        level.head, level.dep_ = said, "advmod"


def _whose_owner(verb: Token) -> None:
    """ "according to the guard, whose search has been slow": it goes back to the guard."""
    subject = _child(verb, "nsubj", "nsubjpass")
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
    person, owner = sons.head, _child(sons, "poss")
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
    first, before = _child(verb, "dobj"), noun.doc[edge - 2]
    opened = noun.left_edge.lower_ in ("a", "an", "the")
    if first is None or first.i >= edge or not opened or before.pos_ not in ("NOUN", "PROPN"):
        return
    if _child(first, "cc") is None and first.is_ancestor(before):
        noun.dep_, noun.head = "appos", before


def _that_of_name(clause: Token) -> None:
    """ "microbes living off the coast of Orsk that eat oil": no coast of a place eats it."""
    subject, place = _child(clause, "nsubj"), clause.head
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
        planned = any(t.lower_ in _BACKSHIFTED for t in _children(above, "aux"))
        said = above.head
        told = planned and above.dep_ == "ccomp" and said.tag_ == "VBD" and said.lemma_ in CUES
        clause = said.head if told and said.dep_ == "conj" else None
    if clause is not None and clause.i < participle.i and clause.tag_ != "VB":
        participle.dep_, participle.head = "advcl", clause


_BACKSHIFTED = frozenset(["would", "will"])
_RESULTING = frozenset(
    """boost bring cause drive force fuel knock leave lift make prompt push raise send spark trigger
    wipe""".split()
)


def _ordered_to(verb: Token) -> None:
    """ "ordered the minister, a cousin, to resign": what he was ordered, and no clause on him."""
    told = verb.head
    if verb.dep_ not in ("relcl", "acl") or verb.tag_ != "VB" or told.dep_ != "dobj":
        return
    to = any(t.tag_ == "TO" for t in _children(verb, "aux"))
    if to and _child(verb, *_SUBJECTS, "dobj") is None and told.head.lemma_ in _ORDERING:
        verb.head, verb.dep_ = told.head, "xcomp"


_ORDERING = frozenset(
    "ask beg command compel direct force instruct order persuade press tell urge warn".split()
)


def _interviewed_said(said: Token) -> None:
    """ "Parents interviewed outside the clinic said P": the parents said it."""
    met = said.head
    subject = _child(met, "nsubj")
    if said.dep_ not in ("dep", "conj", "ccomp") or said.lemma_ not in CUES or met.dep_ != "ROOT":
        return
    plain = _child(met, "dobj", "aux", "auxpass", "cc", "ccomp") in (None, said)
    if met.tag_ not in ("VBD", "VBN") or subject is None or not plain or said.i < met.i:
        return
    adjacent = all(t.text != "," for t in said.doc[subject.i : said.i])
    if met.i != subject.i + 1 or not adjacent or _child(said, *_SUBJECTS) is not None:
        return
    said.dep_, said.head = "ROOT", said
    subject.head, met.head, met.dep_, met.tag_ = said, subject, "acl", "VBN"
    for token in [t for t in met.children if t.i > said.i]:
        token.head = said


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


def _verb_read_as_noun(cue: Token) -> None:
    """ "Two people have died, police confirm": no noun has a subject and what is said."""
    if cue.tag_ != "NN" or cue.dep_ != "ROOT" or cue.lemma_ not in CUES:
        return
    subject, said = _child(cue, "nsubj"), _child(cue, "ccomp")
    if subject is None or said is None or not subject.i < cue.i:
        return
    if said.i < subject.i or _child(said, "mark") is not None:
        cue.tag_, cue.pos_ = "VBP", "VERB"


def _day_of_relative(preposition: Token) -> None:
    """ "a train that derailed on Monday was moved": the day is of the derailing."""
    verb, first = preposition.head, preposition.left_edge.i
    if preposition.dep_ != "prep" or preposition.i > verb.i or verb.pos_ not in ("VERB", "AUX"):
        return
    subject = _child(verb, *_SUBJECTS)
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
    subject, said = _child(cue, *_SUBJECTS), _child(cue, "ccomp")
    if subject is not None and said is not None and said.i < clause.i < subject.left_edge.i:
        clause.head = said


def _child(token: Token, *dependencies: str) -> Token | None:
    return next(_children(token, *dependencies), None)


def _children(token: Token, *dependencies: str) -> Iterator[Token]:
    return (child for child in token.children if child.dep_ in dependencies)


RULES: tuple[Callable[[Token], None], ...] = (
    _score,
    _who_of_people,
    _which_of_a_day,
    _whose_owner,
    _whose_subject,
    _harm_by_accident,
    _ordered_to,
    _second_object,
    _that_of_name,
    _outcome,
    _interviewed_said,
    _split_after_relative,
    _had_too,
    _said_too,
    _aside_on_clause,
    _participle_before_verb,
    _verb_read_as_noun,
    _level_of_what_is_said,
    _day_of_relative,
    _before_speaker,
)
"""In the order in which they are tried on each token."""
