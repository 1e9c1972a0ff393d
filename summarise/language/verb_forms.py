"""The forms that verbs take in a sentence made of a part of another: tense, number, helpers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from summarise.language.branches import HARMED
from summarise.language.gaps import GAPPED
from summarise.language.inflection import Tense, be, finite, infinitive
from summarise.language.partitives import PARTITIVE
from summarise.language.phrases import Proposition
from summarise.language.subjects import is_left
from summarise.language.syntax import chain_head, child
from summarise.language.turning import turned_participle

if TYPE_CHECKING:
    from spacy.tokens import Token

    from summarise.records import UnitKind

_MANY = frozenset(
    """all both few many most others several some two three four five six seven eight nine ten
    dozens hundreds thousands millions those these they them we half""".split()
)


def leaving(one: Proposition) -> dict[int, str]:
    """The finite form of a borrowed "leaving": "leaving 14 dead and dozens missing"."""
    verb = chain_head(one.head)
    if not is_left(one.head) or verb.tag_ != "VBG" or verb not in one.body:
        return {}
    return {verb.i: finite(verb.lemma_, tense_above(verb), plural=is_plural(one.subject))}


def agreeing(one: Proposition) -> dict[int, str]:
    """The form of a borrowed "were" or "have" that its own subject takes: "one was killed"."""
    own = child(one.head, "nsubj", "nsubjpass", "expl")
    if one.kind not in (GAPPED, "including") or own in one.subject:
        return {}
    helpers = [t for t in one.head.children if t.dep_ in ("aux", "auxpass")]
    first = min([one.head, *helpers], key=lambda t: t.i)
    if not one.subject or first.lower_ not in _FORMS:
        return {}
    return {first.i: _FORMS[first.lower_][is_plural(one.subject)]}


_FORMS = {
    "was": ("was", "were"),
    "were": ("was", "were"),
    "is": ("is", "are"),
    "are": ("is", "are"),
    "has": ("has", "have"),
    "have": ("has", "have"),
}
"""Helping verbs as one thing and as several take them."""


def passive(one: Proposition) -> str:
    """The passive of a verb whose object became the subject: "was taken"."""
    own: dict[str, Tense] = {"VBD": "past", "VBZ": "present"}
    tense = own.get(one.head.tag_) or tense_above(one.head)
    return f"{be(tense, plural=is_plural(one.subject))} {turned_participle(one.head)}"


def finite_form(one: Proposition) -> str | None:
    """The finite form of a participle that leads its clause: "rising 2%" is "rose 2%"."""
    head = one.head
    kind = head.dep_ if one.kind == "including" else one.kind
    if head.tag_ != "VBG" or kind not in ("acl", "advcl", "pcomp", "conj", "xcomp"):
        return None
    if not one.subject or child(head, "aux", "auxpass", "expl") is not None:
        return None
    if any(t.dep_ in ("aux", "auxpass") or t.tag_ == "MD" for t in one.body if t.i < head.i):
        return None
    tense = tense_above(head)
    if tense == "future" and kind == "acl":
        tense = "present"
    return finite(infinitive(head.lower_, head.lemma_), tense, plural=is_plural(one.subject))


def joined_forms(one: Proposition) -> dict[int, str]:
    """The finite forms of what "or" joins: "either abstaining or voting against it"."""
    plural, tense = is_plural(one.subject), tense_above(one.head)
    return {
        t.i: finite(infinitive(t.lower_, t.lemma_), tense, plural=plural)
        for t in one.body
        if t.dep_ == "conj" and t.head == one.head and t.tag_ == "VBG"
    }


_FORESEEING = frozenset(
    "expect forecast predict project promise pledge vow agree threaten anticipate".split()
)


def infinitives(one: Proposition, kind: UnitKind) -> dict[int, str]:
    """The finite form of an infinitive that lost its verb: "believed to be based" is "is based"."""
    head = one.head
    planned = head.tag_ == "VBN" and one.kind in ("acl", "relcl")
    if not (head.tag_ == "VB" or planned) or not one.subject:
        return {}
    helpers = [t for t in head.children if t.dep_ in ("aux", "auxpass") and t.i < head.i]
    if not helpers or helpers[0].lower_ != "to" or any(t.tag_ == "MD" for t in helpers):
        return {}
    first = helpers[1] if len(helpers) > 1 else head
    if any(t.pos_ in ("AUX", "VERB") and t.i < first.i for t in one.body):
        return {}
    plural = is_plural(one.subject)
    if one.kind == "ROOT" and kind != "sentence":
        return {first.i: f"{be('present', plural=plural)} to {first.lower_}"}
    if one.kind in ("acl", "relcl"):
        return {first.i: f"{be('present', plural=plural)} to {first.lower_}"}
    if one.kind not in ("xcomp", "ccomp"):
        return {}
    tense: Tense = "future" if head.head.lemma_ in _FORESEEING else "present"
    return {first.i: finite(first.lemma_, tense, plural=plural)}


def auxiliaries(one: Proposition, kind: UnitKind) -> dict[int, str]:
    """By token index, the form of "to be" that goes before it."""
    head = one.head
    if one.kind in ("appos", "amod"):
        return _linked(one)
    state = _counted_state(one)
    if state is not None:
        number = child(state, "nummod")
        single = number is not None and number.lower_ in ("one", "1")
        return {state.i: be("past", plural=not single)}
    if one.kind == "advmod":
        return {one.head.i: be("past", plural=is_plural(one.subject))}
    if one.kind == PARTITIVE:
        plural = head.lower_ not in ("one", "none")
        return {one.body[0].i: be(tense_above(head), plural=plural)}
    verb = _bare_participle(one, kind)
    if verb is None:
        return {}
    subject = one.subject or tuple(t for t in one.tokens if t.i < verb.i)
    past = verb.tag_ != "VBG"
    tense: Tense = "past" if past else tense_above(head) if one.kind != "ROOT" else "present"
    being = child(verb, "auxpass")
    place = being.i if being is not None and being.lower_ == "being" else verb.i
    if place != verb.i:
        tense = tense_above(head)
    if any(t.dep_ == "advmod" and t.i == place - 1 for t in verb.children):
        place -= 1
    return {place: be(tense, plural=is_plural(subject))}


def _counted_state(one: Proposition) -> Token | None:
    """The state of "12 dead", "31 wounded", as what somebody reports; else None."""
    if one.subject or one.kind not in ("dobj", "conj"):
        return None
    states = (t for t in one.body if t.lower_ in HARMED and t.pos_ in ("NOUN", "ADJ"))
    return next((t for t in states if child(t, "nummod") is not None), None)


def _bare_participle(one: Proposition, kind: UnitKind) -> Token | None:
    """The participle of a passive that lacks its "was": "built in 1971", "50 others injured"."""
    head = one.head
    first = chain_head(head)
    if head.tag_ == first.tag_ == "VBN" and first.dep_ in ("acl", "advcl", "pcomp"):
        aux = [t for t in one.body if t.dep_ in ("aux", "auxpass") and t.i < head.i]
        if all(t.lower_ == "being" for t in aux) and one.subject:
            return head
    if head.tag_ == "VBN" and one.kind == "conj" and one.subject:
        aux = [t for t in one.body if t.dep_ in ("aux", "auxpass") and t.i < head.i]
        if aux and all(t.lower_ == "being" for t in aux):
            return head
    # A whole sentence has a verb: one led by a noun was misread, and gets none put in.
    misread = one.kind == "ROOT" and kind == "sentence"
    if head.pos_ in ("NOUN", "PROPN", "PRON", "NUM") and not misread:
        verb = next((t for t in head.children if t.dep_ == "acl" and t in one.body), None)
        verb = verb or next((t for t in head.children if t.dep_ == "acl"), None)
        if verb is not None and verb.tag_ == "VBN" and _follows(verb, head):
            ends = max(t.i for t in verb.subtree) >= max(t.i for t in one.tokens)
            return verb if ends else None
    if kind in ("caption", "item", "headline") and one.kind == "ROOT":
        caption = kind == "caption" and head.tag_ == "VBD"
        if (head.tag_ == "VBN" or caption) and child(head, "aux", "auxpass", "dobj") is None:
            return head if one.subject and child(head, "prep") is not None else None
    return None


def _follows(verb: Token, noun: Token) -> bool:
    """Whether a participle comes right after its noun: "ships diverted", not set off by a comma."""
    first = min(t.i for t in verb.subtree)
    between = list(noun.doc[noun.i + 1 : first])
    return all(t.dep_ in ("prep", "pobj", "det", "compound") for t in between)


def _linked(one: Proposition) -> dict[int, str]:
    """An apposition is said of its noun: "Orsk is a town of 9,000 people"."""
    if not one.body:
        return {}
    plural = is_plural(one.subject) if _has_number(one.subject) else _is_many(one.head)
    return {one.body[0].i: be("present", plural=plural)}


def _has_number(subject: Sequence[Token]) -> bool:
    return any(t.pos_ in ("NOUN", "PROPN") and t.head not in subject for t in subject)


def tense_above(head: Token) -> Tense:
    """The tense of the clause that a participle hangs on."""
    above = head.head
    while above.pos_ not in ("VERB", "AUX") and above.head != above:
        above = above.head
    tags = {above.tag_, *(t.tag_ for t in above.children if t.dep_ in ("aux", "auxpass"))}
    modal = _modal(above)
    if modal in ("will", "shall"):
        return "future"
    if modal in ("would", "could", "may", "might"):
        return "conditional"
    passive = child(above, "auxpass")
    if passive is not None and passive.tag_ in ("VBZ", "VBP"):
        return "present"
    if "VBD" in tags or tags <= {"VBN"} or above.tag_ == "VBN":
        return "past"
    return "present" if tags & {"VBZ", "VBP"} else "past"


def _modal(verb: Token) -> str:
    """The modal of a verb, or the one that it shares with the first of its row."""
    shared = verb.dep_ == "conj" and (verb.tag_ == "VB" or verb.lower_ == verb.lemma_)
    for clause in (verb, chain_head(verb)) if shared else (verb,):
        for helper in clause.children:
            if helper.dep_ == "aux" and helper.tag_ == "MD":
                return str(helper.lower_)
    return ""


def is_plural(subject: Sequence[Token]) -> bool:
    """Whether a verb that stands with these words takes the plural."""
    heads = [t for t in subject if t.head not in subject or t.head == t]
    if not heads:
        return False
    head = heads[0]
    joined = any(t.dep_ == "conj" and t.head == head for t in subject)
    of = next(
        (t for t in subject if t.dep_ == "prep" and t.head == head and t.lower_ == "of"), None
    )
    if head.lower_ in _SHARES and of is not None and (part := child(of, "pobj")) is not None:
        return _is_many(part)
    return joined or _is_many(head)


_SHARES = frozenset(["most", "some", "half", "part", "all", "much", "third", "quarter", "percent"])


def _is_many(head: Token) -> bool:
    if head.lower_ in _MANY or head.tag_ in ("NNS", "NNPS"):
        return not (head.tag_ == "NNPS" and head.ent_type_ in ("ORG", "GPE"))
    if head.lower_ == "number" and child(head, "det") is not None:
        return child(head, "det").lower_ == "a"  # type: ignore[union-attr]
    if head.ent_type_ in ("ORG", "DATE", "MONEY"):
        return False
    return head.pos_ == "NUM" and head.lower_ not in ("one", "1")
