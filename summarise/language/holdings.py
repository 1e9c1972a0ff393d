"""Who holds a claim that a noun carries: "repeated its claim that", "by police estimates".

These are no verbs of saying; the words stay in the proposition, and only its source is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarise.language import cues as words
from summarise.language.syntax import child, children

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass")


def held_to(verb: Token) -> tuple[frozenset[Token], Token] | None:
    """The words of a clause that holds to or rejects a claim, and who does; else None."""
    if verb.pos_ not in ("VERB", "AUX") or child(verb, "neg", "auxpass") is not None:
        return None
    subject = child(verb, "nsubj")
    if subject is None or subject.tag_ in ("WDT", "WP", "EX"):
        return None
    told = _holds(verb) or _lists(verb, subject) or _counts(verb)
    if not told and not _finds_nothing(verb, subject) and not _tallies(verb, subject):
        return None
    return _clause(verb), subject


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
    what = _tallied(verb)
    if what is None or what.ent_type_ in ("MONEY", "PERCENT"):
        return False
    return verb.lemma_ not in words.KEEPING or what.lemma_.lower() in words.TALLIED


def _observes(subject: Token) -> bool:
    """Whether a subject can count what happened to others: no country, company or team."""
    if subject.lower_ == "one":
        return any(_observes(beside) for beside in children(subject, "appos"))
    lemma = subject.lemma_.lower()
    if lemma in ("monitor", "observatory", "watch"):
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
