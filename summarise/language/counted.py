"""Amounts, and states in which people are counted, that the parser hung in the wrong place.

"counted 14 dead and 31 wounded" may be read as a clause without its "were"; "1,200 jobs in Velk,
800 in Orsk" as if Velk were the 800. Each rule hangs them as one list of what is counted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from summarise.language.branches import (
    HARMED,
    HELPERS,
    ROUND,
    SUBJECTS,
    child,
    following_conjuncts,
    hang,
    is_counted,
)
from summarise.language.cues import CUES

if TYPE_CHECKING:
    from spacy.tokens import Token


def _counted_after(state: Token) -> None:
    """ "counted 14 dead and 31 wounded": a second thing counted, not a clause without its verb."""
    verb = state.head
    number = child(state, "nsubj")
    if state.dep_ != "conj" or state.lower_ not in HARMED or number is None:
        return
    if not _is_number(number) or child(state, *HELPERS, "dobj", "agent") is not None:
        return
    first = child(verb, "dobj")
    if first is None or verb.lemma_ == "leave" or state.left_edge.i < first.i:
        return
    if not (first.lower_ in HARMED or first.tag_ == "NNS"):
        return
    _as_noun(state)
    number.dep_ = "nummod"
    for joiner in [t for t in verb.children if t.dep_ == "cc" and first.i < t.i < state.i]:
        joiner.head = first
    hang(state, first, "conj")


def _counted_state(state: Token) -> None:
    """ "treated 40 wounded, including 12 children": the wounded are who was treated."""
    number = state.nbor(-1) if state.i else state
    if state.lower_ not in HARMED or number.pos_ != "NUM":
        return
    if state.dep_ not in ("advcl", "acl") and not (state.dep_ == "amod" and state.head == number):
        return
    thing = number.dep_ == "dobj" and state.head in (number, number.head)
    listed = number.dep_ == "conj" and number.head.dep_ == "dobj" and is_counted(number.head)
    if not (thing or listed) or child(state, "dobj", *HELPERS) is not None:
        return
    verb = number.head if thing else number.head.head
    if verb.lemma_ == "leave":
        return
    _as_noun(state)
    hang(state, number.head, number.dep_)
    hang(number, state, "nummod")
    for joined in [t for t in number.children if t.dep_ in ("conj", "cc") and t.i > state.i]:
        hang(joined, state, joined.dep_)
    for below in [t for t in state.children if t.dep_ == "prep" and t.lower_ != "including"]:
        if verb.lemma_ not in CUES:
            hang(below, verb, "prep")
    for below in list(verb.children):
        if below.dep_ == "prep" and below.lower_ == "including" and below.i > state.i:
            below.head = state


def _including_things(link: Token) -> None:
    """ "Doctors treated 40 patients, including 12 children": no child treated them."""
    subject = link.head
    verb = subject.head
    if link.lower_ != "including" or link.dep_ != "prep" or subject.dep_ not in SUBJECTS:
        return
    things = [t for t in verb.children if t.dep_ in ("dobj", "attr") and verb.i < t.i < link.i]
    if link.i > verb.i and things:
        hang(link, things[-1], "prep")


def _left_so(state: Token) -> None:
    """ "left 21 dead, 40 missing and 300 homeless": states that one verb brought about."""
    number = _number_before(state)
    if state.lower_ not in HARMED or number is None or state.dep_ == "oprd":
        return
    verb = next((t for t in state.ancestors if t.lemma_ == "leave"), None)
    first = child(verb, "dobj", "ccomp") if verb is not None else None
    if verb is None or first is None or first.i >= number.i or not _reaches(verb, state):
        return
    joiners = [t for t in state.doc[first.i : number.left_edge.i] if t.dep_ == "cc"]
    hang(number, verb, "conj")
    hang(state, verb, "conj")
    state.pos_, state.tag_ = "VERB", "VBN"
    hang(number, state, "nsubj")
    for joiner in joiners[-1:]:
        hang(joiner, verb, "cc")


def _dead_and_wounded(state: Token) -> None:
    """ "several dozen dead and wounded": two states of the same people."""
    if state.dep_ != "conj" or state.lower_ not in HARMED or state.i < 2:
        return
    first = state.nbor(-2)
    joined = state.nbor(-1).dep_ == "cc" and first.lower_ in HARMED
    if joined and state.head != first and child(state, "dobj", *SUBJECTS, *HELPERS) is None:
        state.pos_, state.tag_ = "ADJ", "JJ"
        hang(state, first, "conj")


def _listed_beside(noun: Token) -> None:
    """ "A nurse, a clerk and two soldiers were killed": no nurse is a clerk and two soldiers."""
    first = noun.head
    verb = first.head
    if noun.dep_ != "appos" or child(noun, "conj") is None or first.dep_ not in SUBJECTS:
        return
    plural = any(t.lower_ in ("are", "were", "have") for t in (verb, *verb.children))
    if first.tag_ == "NN" and noun.i > first.i and plural:
        noun.dep_ = "conj"


def _missing(state: Token) -> None:
    """ "three dead and several others missing": who is missing, and nobody misses anything."""
    others = state.nbor(-1) if state.i else state
    listed = others.dep_ == "conj" and others.pos_ == "NOUN"
    if state.lower_ == "missing" and state.dep_ == "advcl" and listed:
        hang(state, others, "acl")


def _number_before(state: Token) -> Token | None:
    """The "31" of "31 wounded", the "dozens" of "dozens more wounded"."""
    place = state.i - 1
    if place > 0 and state.doc[place].lower_ == "more":
        place -= 1
    number = state.doc[max(place, 0)]
    return number if place >= 0 and _is_number(number) else None


def _is_number(word: Token) -> bool:
    return word.pos_ == "NUM" or word.lower_ in ROUND


def _reaches(verb: Token, state: Token) -> bool:
    """Whether only things and states stand between a verb and a state, no other verb."""
    between = state.doc[verb.i + 1 : state.i]
    return not any(t.pos_ == "VERB" and t.lower_ not in HARMED for t in between)


def _with_harmed(state: Token) -> None:
    """ ", with 30 people killed and 200 wounded": who was harmed by what is told."""
    noun = state.head
    link = noun.head
    if state.dep_ != "acl" or state.tag_ != "VBN" or noun.dep_ != "pobj" or not is_counted(noun):
        return
    if link.lower_ != "with" or not link.i or link.nbor(-1).text != "," or state.i != noun.i + 1:
        return
    hang(state, link, "pcomp")
    hang(noun, state, "nsubjpass")
    second = next((t for t in state.doc[state.i + 1 :] if t.lower_ in HARMED), None)
    number = child(second, "nsubj") if second is not None else None
    if second is None or number is None or second.i > state.i + 5 or number.pos_ != "NUM":
        return
    if second.dep_ == "conj" and child(second, *HELPERS) is None:
        hang(second, state, "conj")
        number.dep_ = "nsubjpass"


def _harmed_too(state: Token) -> None:
    """ "40 homes were destroyed and at least 300 damaged": the same was done to the second."""
    number = state.head
    verb = number.head
    if state.dep_ != "acl" or state.tag_ != "VBN" or number.pos_ != "NUM":
        return
    if number.dep_ != "conj" or child(verb, "auxpass") is None or state.i != number.i + 1:
        return
    hang(state, verb, "conj")
    state.pos_ = "VERB"
    hang(number, state, "nsubjpass")


def _parallel_of(noun: Token) -> None:
    """ "a loss of 30m crowns and sales of 410m": joined to the loss, and not lost."""
    amount = noun.head
    link = amount.head
    first = link.head
    own = child(noun, "prep")
    if noun.dep_ != "conj" or amount.dep_ != "pobj" or link.lower_ != "of" or own is None:
        return
    counted = child(own, "pobj")
    if own.lower_ != "of" or counted is None or not is_counted(counted) or not is_counted(amount):
        return
    if first.pos_ == "NOUN" and first.dep_ in ("dobj", "attr"):
        _join(noun, first)


def _as_noun(state: Token) -> None:
    state.pos_, state.tag_ = "NOUN", "NNS"


def _of_last(link: Token) -> None:
    """ "a drone and maps of a power station": the "of" belongs to the noun before it."""
    noun = link.nbor(-1) if link.i else link
    if link.lower_ != "of" or link.dep_ != "prep" or noun.pos_ != "NOUN" or link.head == noun:
        return
    first = link.head
    apart = any(t.lower_ in ("a", "an") for t in first.lefts) or is_counted(first)
    if noun.dep_ == "conj" and noun.head == first and apart:
        link.head = noun  # "the cold and depth of the lake" shares it


def _counted_like(noun: Token) -> None:
    """ "four deaths from smoke and 55 injuries": counted as the deaths are, and no cause."""
    cause = noun.head
    link = cause.head
    if noun.dep_ != "conj" or not is_counted(noun) or cause.dep_ != "pobj" or is_counted(cause):
        return
    if link.lower_ not in _PLACING or noun.ent_type_ in _TIMES or cause.pos_ == "PROPN":
        return
    first = link.head if link.head.pos_ == "NOUN" else child(link.head, "dobj")
    if first is None or not is_counted(first) or not first.i < link.i or first.dep_ != "dobj":
        return
    if first.tag_ != noun.tag_:
        return
    _join(noun, first)
    hang(link, first, "prep")


_PLACING = frozenset("from in at near after during".split())

_TIMES = ("DATE", "TIME", "MONEY", "PERCENT")


def _series(number: Token) -> None:
    """ "1,200 jobs in Velk, 800 in Orsk and 300 abroad": amounts in a list, each with its place."""
    if not is_counted(number) or number.dep_ not in ("appos", "npadvmod", "dobj", "conj", "dep"):
        return
    edge = number.left_edge.i
    if not edge or number.i + 1 >= len(number.doc) or number.ent_type_ in _TIMES[:2]:
        return
    own = number.nbor()
    if number.doc[edge - 1].text not in (",", "and", ";"):
        return
    first = _amount_before(number, edge)
    if first is None or number in (first, *following_conjuncts(first)):
        return
    link = first.nbor()
    if not link.dep_ == own.dep_ == "prep" or link.lower_ != own.lower_:
        return
    hang(own, number, "prep")
    _join(number, [first, *following_conjuncts(first)][-1])
    hang(link, first, "prep")


def _amount_before(number: Token, edge: int) -> Token | None:
    """The first of the amounts that the verb before `number` has, where it has any."""
    verb = next((t for t in number.ancestors if t.pos_ == "VERB"), None)
    if verb is None or verb.i > edge:
        return None
    for token in number.doc[verb.i + 1 : edge]:
        if token.dep_ in _AMOUNTS and is_counted(token) and token.ent_type_ not in _TIMES[:2]:
            return token
    return None


_AMOUNTS = ("dobj", "attr", "npadvmod", "pobj")


def _join(noun: Token, first: Token) -> None:
    """Make `noun` the next conjunct of `first`, with the marks between them."""
    marks = [t for t in noun.doc[first.i + 1 : noun.left_edge.i] if t.dep_ in ("cc", "punct")]
    hang(noun, first, "conj")
    for mark in marks[-1:]:
        hang(mark, first, mark.dep_)


COUNTING: tuple[Callable[[Token], None], ...] = (
    _of_last,
    _dead_and_wounded,
    _listed_beside,
    _missing,
    _counted_after,
    _counted_state,
    _including_things,
    _left_so,
    _with_harmed,
    _harmed_too,
    _parallel_of,
    _counted_like,
    _series,
)
"""The rules, in their order; each takes a token and hangs it, or what is below it, anew."""
