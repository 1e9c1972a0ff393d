"""Lists inside a proposition: one proposition for each member that could be false alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarise.language.gaps import gapped
from summarise.language.phrases import (
    Proposition,
    holds_figure,
    names_members,
    noun_phrase,
    trimmed,
)
from summarise.language.syntax import chain_head, child, children

if TYPE_CHECKING:
    from spacy.tokens import Token

_SYMMETRIC = frozenset(["between", "among", "both", "together"])
_COMPANY = frozenset("travel live come arrive meet talk speak work walk sit".split())
"""Verbs whose "with" names company: "travelling with her mother and three children" is one."""
"""Prepositions whose list is one thing: "talks between A and B"."""

_LIST_PLACES = frozenset(["dobj", "attr", "oprd", "pobj", "acomp"])
_LISTED = frozenset(["NOUN", "PROPN", "NUM", "ADJ"])
_MOVES = frozenset(
    """fall rise drop lose gain climb slump jump decline increase slip surge plunge tumble soar
    advance shed grow shrink dip rally edge slide""".split()
)


def members(whole: Proposition) -> Iterator[Proposition]:
    """One proposition for each member of a list, and for each thing that "including" names."""
    apart = gapped(whole) or _amount_and_level(whole)
    if apart:
        yield from apart
        return
    counted = _counted_subjects(whole)
    if counted:
        yield from counted
        return
    lists = [chain for t in whole.body if (chain := _list_of(t, whole))]
    if not lists:
        yield whole
        yield from _included(whole)
        return
    chain = lists[0]
    for member in chain:
        others = {t for other in chain if other != member for t in _member_words(other, chain)}
        joiners = {
            t
            for m in chain
            for t in m.children
            if t.dep_ in ("cc", "preconj", "punct") and t.i > m.i
        }
        left_out = (others - _shared(chain, member)) | joiners
        body = set(trimmed(t for t in whole.body if t not in left_out))
        ordered = tuple(t for t in whole.body if t in body)  # a rule may have put a place last
        told = _with_counted(ordered, member, chain)
        yield Proposition(whole.head, whole.subject, told, whole.kind)
    yield from _included(whole)


def _with_counted(body: tuple[Token, ...], member: Token, chain: list[Token]) -> tuple[Token, ...]:
    """The body with what a bare number counts: "1,200 jobs in Velk and 800 in Orsk"."""
    noun = chain[0]
    number = child(noun, "nummod")
    if member == noun or member.pos_ != "NUM" or number is None or noun.pos_ != "NOUN":
        return body
    counted = [t for t in noun.lefts if t.dep_ in ("amod", "compound") and t.i > number.i]
    place = body.index(member) + 1 if member in body else len(body)
    if place < len(body) and body[place].lower_ == "more":
        place += 1
    return (*body[:place], *counted, noun, *body[place:])


def _counted_subjects(whole: Proposition) -> list[Proposition]:
    """ "Nine miners and two medics were hurt" is two counts; "A and B met" is one event."""
    first = next((t for t in whole.subject if t.head == whole.head and t.dep_ in _COUNTED), None)
    if first is None:
        return []
    chain, last = [first], first
    while (following := child(last, "conj")) is not None and following in whole.subject:
        chain.append(following)
        last = following
    joined = {c.lower_ for m in chain for c in children(m, "cc")}
    if len(chain) < 2 or joined != {"and"}:
        return []
    if not all(_is_count(m) for m in chain) and not _is_done_to_each(whole.head, chain):
        return []
    found = []
    for member in chain:
        left_out = {t for m in chain for t in m.children if t.dep_ in ("cc", "punct", "preconj")}
        words = trimmed(_member_words(member, chain) - left_out)
        found.append(Proposition(whole.head, words, whole.body, whole.kind))
    return found


def _is_done_to_each(verb: Token, chain: list[Token]) -> bool:
    """ "Cars, tyres and lorries were hit hard": what is done to three or more is done to each."""
    passive = chain[0].dep_ == "nsubjpass" and verb.lemma_ not in _DONE_TO_ALL
    return passive and len(chain) > 2 and all(m.tag_ in ("NNS", "NNPS") for m in chain)


_DONE_TO_ALL = frozenset(
    """combine merge mix join link pit marry divide connect separate unite reunite gather assemble
    compare involve represent split""".split()
)
"""Verbs done to several things together."""
_COUNTED = ("nsubj", "nsubjpass")


def _is_count(noun: Token) -> bool:
    number = child(noun, "nummod")
    return number is not None and number.lower_ not in ("one", "1") and noun.tag_ == "NNS"


def _shared(chain: list[Token], member: Token) -> set[Token]:
    """The words that serve other members too: "many children and women", "men and boys of Orsk"."""
    if member == chain[0]:
        return set()
    after = {t for p in children(chain[0], "prep") if p.i > chain[-1].i for t in p.subtree}
    return after | _shared_before(chain, member)


def _shared_before(chain: list[Token], member: Token) -> set[Token]:
    if any(t.i < member.i for t in member.children):
        return set()
    return {
        t
        for t in chain[0].children
        if t.dep_ == "amod" or (t.dep_ == "det" and t.lower_ not in ("a", "an", "the"))
    }


def _amount_and_level(whole: Proposition) -> list[Proposition]:
    """ "fell 3% to 412" says by how much and to where; "from 2 to 3" is one move."""
    head = whole.head
    if head.lemma_ not in _MOVES:
        return []
    levels = [p for p in children(head, "prep") if p.lower_ == "to" and holds_figure(p)]
    amounts = [a for a in children(head, "dobj", "npadvmod", "advmod", "prep") if _is_amount(a)]
    origin = any(p.lower_ == "from" for p in children(head, "prep"))
    if not levels or not amounts or origin:
        return []
    found = []
    for gone in (levels, amounts):
        left_out = {t for phrase in gone for t in phrase.subtree}
        body = trimmed(t for t in whole.body if t not in left_out)
        found.append(Proposition(head, whole.subject, body, whole.kind))
    return found


def _is_amount(phrase: Token) -> bool:
    if phrase.dep_ == "prep":
        return phrase.lower_ == "by" and holds_figure(phrase)
    ranked = phrase.tag_ == "JJS" or child(phrase, "poss") is not None  # "its highest in years"
    return holds_figure(phrase) and not ranked and phrase.ent_type_ not in ("DATE", "TIME")


def _is_figure(token: Token) -> bool:
    return token.pos_ == "NUM" or token.lower_ in ("percent", "%")


def _member_words(member: Token, chain: list[Token]) -> set[Token]:
    """The words of one member of a list: its phrase without the members that hang on it."""
    later = {
        t for other in chain if other != member and member in other.ancestors for t in other.subtree
    }
    return {t for t in member.subtree if t not in later}


def _list_of(token: Token, whole: Proposition) -> list[Token]:
    """The members of the list that `token` opens, where each could be false alone; else empty."""
    amount = token.dep_ == "npadvmod" and child(token, "nummod") is not None
    if not (token.dep_ in _LIST_PLACES or amount) or token.pos_ not in _LISTED:
        return []
    if amount and token.ent_type_ in ("DATE", "TIME"):
        return []
    if token.dep_ == "oprd" and any(t.tag_ in ("NNS", "CD") for t in whole.subject):
        return []  # "two moons, named Asa and Bel": each has one of the names
    joined = token.head
    if token.dep_ == "pobj":
        named = joined.lower_ in _SYMMETRIC | {"of", "from"} or joined.dep_ == "agent"
        company = joined.lower_ == "with" and joined.head.lemma_ in _COMPANY
        shared = joined.lower_ in _OF_EACH_BY and _is_of_each(joined.head, whole)
        if not shared and (named or company or not _governs(whole, joined)):
            return []
    elif token != whole.head and joined != whole.head and not _governs(whole, token):
        return []
    if any(t.lower_ == "between" for t in token.children):
        return []  # "at between 10 and 12 million" is one figure
    chain, last = [token], token
    while (following := child(last, "conj")) is not None and following in whole.body:
        if following.pos_ not in _LISTED:
            return []
        chain.append(following)
        last = following
    if _is_figure(token) and not all(holds_figure(m) for m in chain):
        return []  # "by 28 percent and costs by a third": the parser joined a thing to an amount
    negated = child(whole.head, "neg") is not None or any(
        t.lower_ == "no" for t in children(token, "det")
    )
    return chain if _is_told_apart(chain, negated=negated) else []


def _is_told_apart(chain: list[Token], *, negated: bool) -> bool:
    """Whether the joined words are members of a list, each of which could be false alone."""
    joiners = {c.lower_ for m in chain for c in children(m, "cc")}
    if len(chain) < 2 or not joiners or joiners & {"but", "plus"}:
        return False
    if all(m.lemma_ in _CLOCK_UNITS for m in chain):
        return False  # "after two hours and 51 minutes"
    return negated or not joiners & {"or", "nor"}


_CLOCK_UNITS = frozenset("second minute hour day week month year".split())
_OF_EACH = frozenset(
    """lack shortage shortfall absence loss control collapse closure destruction demolition seizure
    capture recapture death life killing murder execution arrest detention release rescue evacuation
    deportation resignation appointment disappearance import export sale use supply production
    delivery stake share holding issue problem difficulty concern fear damage ban sanction attack
    assault raid""".split()
)
"""Nouns that hold of each of a list: "a lack of food and fuel", "the arrest of A and B"."""


_OF_EACH_BY = frozenset("of with about over on against to for".split())


def _is_of_each(noun: Token, whole: Proposition) -> bool:
    """Whether what an object of the proposition tells of a list, it tells of each member."""
    if noun.dep_ == "acomp":
        return noun.head == whole.head and noun.pos_ == "ADJ"  # "short of food and fuel"
    if noun.lemma_ not in _OF_EACH:
        return False
    edge = noun.left_edge.i
    if edge and noun.doc[edge - 1].text == ",":
        return False  # "bad roads, a lack of training and fog"
    link = noun.head if noun.dep_ == "pobj" else noun
    return (link.head == whole.head and noun.i > whole.head.i) or noun == whole.head


def _governs(whole: Proposition, joined: Token) -> bool:
    """Whether a preposition hangs on the verb itself, or on the verb that it governs."""
    return joined.head == whole.head or (
        joined.head.dep_ == "xcomp" and joined.head.head == whole.head
    )


def _included(whole: Proposition) -> Iterator[Proposition]:
    """ "17 civilians, including eight children, were killed" also kills eight children."""
    for token in whole.head.subtree:
        if not names_members(token):
            continue
        if any(_is_own_clause(t) for t in _between(token, whole.head)):
            continue
        named = _container(token, whole)
        container = noun_phrase(named) if named != whole.head else ()
        item = child(token, "pobj")
        while item is not None:
            following = child(item, "conj")
            later = set(following.subtree) if following is not None else set()
            words = trimmed(
                t
                for t in item.subtree
                if t not in later and not (t.dep_ == "cc" and t.head == item)
            )
            yield _replaced(whole, container, words)
            item = following


def _is_own_clause(verb: Token) -> bool:
    if verb.pos_ != "VERB":
        return False
    return verb.dep_ == "relcl" or (
        verb.dep_ in ("conj", "advcl", "ccomp", "parataxis") and verb.head.pos_ in ("VERB", "AUX")
    )


def _between(below: Token, head: Token) -> Iterator[Token]:
    """The words from the one that `below` hangs on up to `head`, exclusive."""
    token = below.head
    while token not in (head, token.head):
        yield token
        token = token.head


def _container(including: Token, whole: Proposition) -> Token:
    """What "including" names members of: of a slope there are none, so those found on it."""
    noun = chain_head(including.head)
    if noun == whole.head:
        things = [t for t in children(noun, "dobj", *_COUNTED) if t.i < including.i]
        noun = things[-1] if things else noun
    subject = next((t for t in whole.subject if t.head == whole.head), None)
    single = noun.tag_ in ("NN", "NNP") and noun.pos_ in ("NOUN", "PROPN")
    if single and noun.dep_ == "pobj" and subject is not None and subject.tag_ == "NNS":
        return subject
    return noun


def _replaced(
    whole: Proposition, container: tuple[Token, ...], words: tuple[Token, ...]
) -> Proposition:
    """The proposition with one noun phrase put in place of another."""
    gone = set(container)
    if gone & set(whole.subject):
        return Proposition(whole.head, words, whole.body, "including")
    body = [t for t in whole.body if t not in gone]
    place = next((i for i, t in enumerate(whole.body) if t in gone), len(body))
    left, right = _trimmed_ends(body[:place], body[place:])
    return Proposition(whole.head, whole.subject, (*left, *words, *right), "including")


def _trimmed_ends(left: list[Token], right: list[Token]) -> tuple[list[Token], list[Token]]:
    """Both stretches without the commas that stood around what was taken out between them."""
    while left and left[-1].text == ",":
        left = left[:-1]
    while right and right[0].text == ",":
        right = right[1:]
    return left, right
