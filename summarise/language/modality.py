"""How sure a proposition is, and whether it denies something: from the words of its clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarise.language import cues as words
from summarise.language.syntax import child, children

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Token

    from summarise.records import Certainty, Polarity


def certainty(head: Token, tokens: Iterable[Token], *, hedged_cue: bool = False) -> Certainty:
    """The certainty of the proposition that `head` heads, whose words are `tokens`.

    `hedged_cue`: the cue that introduces it only estimates, expects, suggests.
    """
    near = set(tokens)
    governors = list(_governors(head))
    if any(_is_possible(t, near) for t in (head, *governors)):
        return "possible"
    if hedged_cue or any(_is_hedged(t, near) for t in (head, *governors)):
        return "probable"
    if any(t.lower_ in words.HEDGE_ADJECTIVES and t.dep_ == "amod" for t in near):
        return "probable"
    if any(_hedging_noun(t) for t in (head, *governors)):
        return "probable"
    return "certain"


def _governors(head: Token) -> Iterable[Token]:
    """The verbs above that carry on the same clause: "is expected to rise" governs "rise"."""
    token = head
    while token.dep_ in ("xcomp", "conj", "auxpass") and token.head != token:
        token = token.head
        if token.pos_ in ("VERB", "AUX", "ADJ"):
            yield token


def _is_possible(verb: Token, near: set[Token]) -> bool:
    modal = any(a.lower_ in words.POSSIBLE_MODALS for a in children(verb, "aux"))
    adverb = any(a.lower_ in words.POSSIBLE_WORDS for a in children(verb, "advmod", "acomp"))
    return (modal and not _is_ability_given_as_fact(verb)) or (adverb and verb in near | {verb})


def _is_ability_given_as_fact(verb: Token) -> bool:
    """ "could not be resuscitated" tells what happened; "can be used" tells what a thing does."""
    modal = next((a.lower_ for a in children(verb, "aux") if a.lower_ in words.POSSIBLE_MODALS), "")
    return modal == "can" or (
        modal == "could" and child(verb, "neg") is not None and verb.lemma_ != "confirm"
    )


def _is_hedged(verb: Token, near: set[Token]) -> bool:
    if any(a.lower_ in words.HEDGE_ADVERBS for a in children(verb, "advmod", "acomp")):
        return True
    governed = verb.dep_ == "xcomp" and verb.head.lemma_ in words.HEDGE_VERBS
    itself = verb.lemma_ in words.HEDGE_VERBS and child(verb, "xcomp") is not None
    return governed or itself or (verb.lower_ in words.HEDGE_ADJECTIVES and verb.pos_ == "ADJ")


def _hedging_noun(verb: Token) -> bool:
    """ "indications that P", "reports of P": the noun that a clause hangs on."""
    return (
        verb.dep_ in ("acl", "pcomp", "ccomp", "relcl")
        and any(t.lemma_ in words.HEDGE_NOUNS for t in (verb.head, verb.head.head))
        and verb.dep_ != "relcl"
    )


def polarity(doc: Doc) -> Polarity:
    """Whether a claim, parsed by itself, denies something: the negation sits in its main clause."""
    for root in (t for t in doc if t.dep_ == "ROOT"):
        main = [root, *children(root, "conj", "xcomp", "acomp", "attr", "auxpass")]
        if any(_is_negated(t) for t in main):
            return "negative"
        subject = child(root, "nsubj", "nsubjpass")
        if subject is not None and _negative_phrase(subject):
            return "negative"
    return "positive"


def _is_negated(token: Token) -> bool:
    if token.lower_ in ("unlikely", "none", "no", "nobody", "nothing"):
        return True
    if any(
        n.dep_ == "neg" or n.lower_ in ("never", "hardly", "neither", "nor") for n in token.children
    ):
        return True
    return any(_negative_phrase(o) for o in children(token, "dobj", "attr", "nsubj", "nsubjpass"))


def _negative_phrase(head: Token) -> bool:
    near = [
        head,
        *(c for c in head.children if c.dep_ in ("det", "neg", "preconj", "cc", "amod", "advmod")),
    ]
    return any(t.lower_ in ("no", "neither", "none", "nobody", "nothing", "not") for t in near)
