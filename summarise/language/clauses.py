"""The propositions of a sentence: each clause, conjunct and descriptive phrase that can be
true or false by itself, with its subject, from the dependency parse.

This is where a sentence is split. Which phrases state something is told by `stating`, the words of
each by `subjects` and `bodies`; lists are split further ("killed 50 and injured 47" becomes two),
and what says nothing by itself is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from summarise.language.ages import AGE, ages
from summarise.language.anonymity import about_saying
from summarise.language.bodies import body_of
from summarise.language.cues import CUES
from summarise.language.introducing import attributes, is_empty
from summarise.language.lists import members
from summarise.language.partitives import partitives
from summarise.language.phrases import Proposition
from summarise.language.stating import states
from summarise.language.subjects import subject_of
from summarise.language.syntax import child, children
from summarise.language.turning import turned

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def propositions(doc: Doc, cues: Iterable[Token] = ()) -> list[Proposition]:
    """The propositions of a parsed sentence, in the order of their heads.

    `cues` are the verbs that only say who claims something ("said", "reported"): they are no
    propositions, and their words are left out of the others.
    """
    cues = {cue for cue in cues if attributes(cue)}
    found = _found(doc, cues)
    empty = {cue for cue in cues if is_empty(cue, found)}
    return _found(doc, cues - empty) if empty else found


def _found(doc: Doc, cues: set[Token]) -> list[Proposition]:
    shares = list(partitives(doc))
    aside = {t for share in shares for t in share.tokens}
    aged = list(ages(doc))
    aside |= {t for _, told in aged if len(told) == 1 for t in told}
    aside |= about_saying(doc)
    heads = [t for t in doc if t not in cues and t not in aside and states(t, cues)]
    found = [turned(_proposition(head, heads, cues, aside)) for head in heads]
    split = [part for whole in found if whole.body for part in members(whole)]
    split += [*shares, *(one for one, _ in aged)]
    return sorted((p for p in split if _says_something(p)), key=lambda p: p.tokens[0].i)


def _proposition(
    head: Token, heads: list[Token], cues: set[Token], aside: set[Token]
) -> Proposition:
    subject = tuple(t for t in subject_of(head) if t not in aside)
    return Proposition(head, subject, body_of(head, subject, heads, cues, aside), head.dep_)


def _says_something(part: Proposition) -> bool:
    if part.kind in (AGE, "amod"):
        return bool(part.subject)
    if not any(t.pos_ in _TELLING or t.like_num for t in part.tokens):
        return False  # "Not really.", "Yes, for now."
    words = [t for t in part.tokens if t.is_alpha or t.like_num]
    if part.kind == "parataxis" and len(words) < 4:
        return False
    empty = bool(part.subject) and part.subject[0].tag_ == "EX"
    if empty and part.head.tag_ in ("VBG", "VBN") and part.kind == "advcl":
        return False
    if part.subject and part.subject[0].lower_ == "you" and not _is_past(part.head):
        return False  # "you can see the tower": anybody can
    if part.body[-1].tag_ == "IN" and part.kind in ("acl", "advcl", "appos", "relcl"):
        return False  # "also known as": the parser lost the rest
    if _says_no_words(part.head) or _is_pointer(part) or _is_unknown(part):
        return False
    modal = any(t.tag_ == "MD" for t in part.head.children)
    if part.head.tag_ == "VB" and not part.subject and not modal:
        return False  # "Do not go back": an order states nothing
    return len(words) >= _least_words(part)


def _least_words(part: Proposition) -> int:
    """How many words a proposition of its shape takes to say something."""
    head, subject = part.head, part.subject
    if head.dep_ in ("dobj", "conj") and child(head, "nummod") is not None:
        return 2  # "reported 12 dead"
    if subject and (subject[-1].like_num or _is_short_clause(part)):
        return 2  # "nine died", "sales fell"
    if child(head, "nsubjpass") is not None and any(t.pos_ == "NUM" for t in subject):
        return 2  # "and 200 wounded"
    pointing = bool(subject) and subject[0].pos_ == "PRON"
    counted = any(t.pos_ == "NUM" for t in part.body)  # "they captured seven"
    if not pointing or counted or subject[0].lower_ in _ALL_OR_NONE:
        return 3
    return 4 if part.kind == "conj" and child(head, "acomp") is None else 3


_TELLING = frozenset(["VERB", "AUX", "NOUN", "PROPN", "NUM", "PRON", "ADJ"])


def _is_short_clause(part: Proposition) -> bool:
    finite = part.head.tag_ in ("VBD", "VBZ", "VBP", "VBN") and part.head.pos_ == "VERB"
    named = part.subject[-1].pos_ in ("NOUN", "PROPN")
    return finite and named and part.head.lemma_ not in CUES


_ALL_OR_NONE = frozenset("nobody none everybody everyone".split())


def _says_no_words(verb: Token) -> bool:
    """ "said the strikes on the town": the parser lost what was said of them."""
    said = child(verb, "dobj")
    if verb.lemma_ != "say" or said is None or child(verb, "ccomp") is not None:
        return False
    return said.pos_ == "NOUN" and said.left_edge.lower_ == "the"


def _is_pointer(part: Proposition) -> bool:
    """ "Here is a photo of the bridge", "Below are the results": the page points at itself."""
    first = part.tokens[0]
    return part.head.lemma_ == "be" and first.i == 0 and first.lower_ in ("here", "below", "above")


def _is_unknown(part: Proposition) -> bool:
    """ "It is difficult to say", and no more: not even what is."""
    words = [t.lower_ for t in part.tokens if t.is_alpha]
    if part.head.lemma_ != "be" or not 0 < len(words) <= _SHORT:
        return False
    return words[-1] in ("say", "tell", "know") and words[0] in ("it", "that", "this", "there")


_SHORT = 8


def _is_past(verb: Token) -> bool:
    return "VBD" in {verb.tag_, *(t.tag_ for t in children(verb, "aux", "auxpass"))}
