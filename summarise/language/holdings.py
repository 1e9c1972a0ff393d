"""Who holds a claim that a noun carries: "repeated its claim that", "by police estimates".

These are no verbs of saying; the words stay in the proposition, and only its source is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarise.language import cues as words
from summarise.language.phrases import holds_figure
from summarise.language.syntax import child, children

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass")


def held_to(verb: Token) -> tuple[frozenset[Token], Token] | None:
    """The words of a clause that holds to or rejects a claim, and who does; else None."""
    if verb.pos_ not in ("VERB", "AUX") or child(verb, "auxpass") is not None:
        return None
    subject = _whose(verb)
    if subject is None or subject.tag_ in ("WDT", "WP", "EX"):
        return None
    if child(verb, "neg") is not None:
        return (_clause(verb), subject) if _leaves_open(verb, subject) else None
    told = _holds(verb) or _lists(verb, subject) or _counts(verb) or is_outlook(verb)
    told = told or _explains(verb)
    if not told and not _finds_nothing(verb, subject) and not _tallies(verb, subject):
        return None
    return _clause(verb), subject


def _whose(verb: Token) -> Token | None:
    """Who does it; of "quit, blaming the weather" the subject above."""
    subject = child(verb, "nsubj")
    if subject is not None and subject.lower_ == "who" and verb.dep_ == "relcl":
        return verb.head if verb.lemma_ in words.OUTLOOKS | {"blame", "rule"} else subject
    trailing = verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.lemma_ == "blame"
    return child(verb.head, "nsubj") if subject is None and trailing else subject


def _leaves_open(verb: Token, subject: Token) -> bool:
    """ "The minister did not rule out a ban"."""
    out = any(t.lower_ == "out" for t in children(verb, "prt"))
    return verb.lemma_ == "rule" and out and subject.pos_ != "DET"


def is_outlook(verb: Token) -> bool:
    """ "Analysts had expected 52 cents", "the bank sees growth of 3%"."""
    what = child(verb, "dobj")
    if what is None or child(verb, "ccomp", "xcomp", "agent", "auxpass") is not None:
        return False
    if verb.lemma_ == "see":
        amount = any(t.ent_type_ in ("MONEY", "PERCENT") for t in what.subtree)
        return verb.tag_ in ("VBZ", "VBP") and amount
    return verb.lemma_ in words.OUTLOOKS and holds_figure(what)


def _explains(verb: Token) -> bool:
    """ "Blamed the loss on bad weather": a cause; to blame somebody is an act of its own."""
    if verb.lemma_ != "blame":
        return False
    on = [t for p in children(verb, "prep") if p.lower_ == "on" for t in children(p, "pobj")]
    causes = on or list(children(verb, "dobj"))
    return bool(causes) and not any(_can_act(cause) for cause in causes)


def _can_act(noun: Token) -> bool:
    lemma = noun.lemma_.lower()
    somebody = lemma in words.ROLES | words.PEOPLE | words.COLLECTIVES | words.TITLES
    agents = noun.tag_ == "NNS" and lemma.endswith(_AGENTS) and lemma not in _THINGS
    return noun.pos_ in ("PROPN", "PRON") or somebody or agents


_AGENTS = ("er", "or", "ist", "ant", "ian", "man", "woman", "people")
_THINGS = frozenset("error factor number order tremor disaster computer water plant power".split())
"""Nouns with the ending of those who act."""


def _clause(verb: Token) -> frozenset[Token]:
    """The words of the clause of `verb` without its subject and without clauses joined to it."""
    gone = {t for subject in children(verb, *_SUBJECTS) for t in subject.subtree}
    for joined in children(verb, "conj", "parataxis"):
        gone |= set(joined.subtree)
    return frozenset({verb, *verb.subtree} - gone)


def _holds(verb: Token) -> bool:
    """ "Stuck to its account that P", "rejected the army's claim that P"."""
    if verb.lemma_ not in words.HOLDING | words.REJECTING:
        return False
    for noun in _objects(verb):
        owner = child(noun, "poss")
        stated = child(noun, "acl", "ccomp", "relcl")
        if noun.lemma_ not in words.CLAIM_NOUNS or stated is None:
            continue
        return verb.lemma_ in words.REJECTING or (owner is not None and owner.pos_ == "PRON")
    return False


def _objects(verb: Token) -> list[Token]:
    placed = [t for p in children(verb, "prep") for t in children(p, "pobj")]
    return [*children(verb, "dobj"), *placed]


def _lists(verb: Token, subject: Token) -> bool:
    """ "Its report lists 16 craters"."""
    if subject.lemma_.lower() not in words.DOCUMENTS or subject.pos_ != "NOUN":
        return False
    return verb.lemma_ in words.LISTING and child(verb, "dobj") is not None


def _counts(verb: Token) -> bool:
    """ "The union had spoken of 1,300 strikers"."""
    if verb.lemma_ not in ("speak", "talk"):
        return False
    of = next((p for p in children(verb, "prep") if p.lower_ == "of"), None)
    return of is not None and any(t.pos_ == "NUM" for t in of.subtree)


def _tallies(verb: Token, subject: Token) -> bool:
    """ "The Red Cross counted 14 dead": a figure that an observer has, not one of their own."""
    if verb.lemma_ not in words.TALLYING or not _observes(subject):
        return False
    if subject.pos_ == "PRON" and verb.dep_ == "ccomp":
        return False  # "the mission said it had counted 14": said once
    what = _tallied(verb)
    if what is None or what.ent_type_ in ("MONEY", "PERCENT"):
        return False
    return verb.lemma_ not in words.KEEPING or what.lemma_.lower() in words.TALLIED


def _observes(subject: Token) -> bool:
    """Whether a subject can count what happened to others: no country, company or team."""
    if subject.lower_ == "one":
        return any(_observes(beside) for beside in children(subject, "appos"))
    lemma = subject.lemma_.lower()
    if lemma in ("monitor", "observatory", "watch", "it", "they"):
        return True
    if subject.ent_type_ in ("GPE", "PERSON", "NORP"):
        return False
    body = subject.ent_type_ == "ORG" or subject.pos_ == "PROPN" or lemma in words.COLLECTIVES
    return body or lemma in words.ROLES | words.OBSERVERS


def _tallied(verb: Token) -> Token | None:
    """What is counted, by its head: "14 dead", "212 arrests", "at least 30 of the bodies"."""
    after = (t for t in verb.doc[verb.i + 1 :] if t.pos_ == "NUM")
    figure = next(after, None)
    if figure is None or not verb.is_ancestor(figure) or figure.i > verb.i + _NEAR:
        return None
    between = verb.doc[verb.i + 1 : figure.i]
    if any(t.pos_ in ("VERB", "PUNCT", "NOUN", "PROPN") or t.dep_ == "mark" for t in between):
        return None
    return figure.head if figure.head != verb and figure.head.i > figure.i else figure


_NEAR = 5
"""How many words after its verb a count may stand: "recorded a total of at least 30"."""


def _finds_nothing(verb: Token, subject: Token) -> bool:
    """ "Researchers found no evidence that P": what they say of P, in their words."""
    if verb.lemma_ not in ("find", "see", "uncover", "detect") or subject.pos_ == "PRON":
        return False
    proof = child(verb, "dobj")
    if proof is None or proof.lemma_ not in words.PROOFS:
        return False
    return any(d.lower_ in ("no", "little", "any") for d in children(proof, "det", "amod", "neg"))


def reckoner(noun: Token) -> Token | None:
    """Whose an estimate or a view is: "police estimates", "the view of the bank"."""
    owner = child(noun, "poss")
    if owner is not None:
        return owner
    for link in children(noun, "prep"):
        if link.lower_ in ("of", "by", "from"):
            return child(link, "pobj")
    return next(
        (t for t in children(noun, "compound", "nmod") if t.pos_ in ("NOUN", "PROPN")), None
    )
