"""Conjuncts and participles that the parser hung in the wrong place, put right in its tree.

"killed 9 and wounded 30" may be read as nine killed and "wounded" a word for the thirty. Each rule
looks for what the words cannot be (a passive with an object, a number that is wounded without a
"was") and hangs them as one of the clauses or things joined.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")
_HELPERS = ("aux", "auxpass")
_HARMED = frozenset(
    """wounded injured hurt dead killed missing homeless displaced stranded trapped hospitalised
    hospitalized unaccounted sick ill""".split()
)
"""What people are counted as: "14 dead and 31 wounded"."""
_ROUND = frozenset("dozens scores hundreds thousands millions billions several many".split())
_SEEING = frozenset(
    """see hear watch find catch keep leave have get show send spot notice feel want stop prevent
    like hate start begin continue avoid consider imagine remember set report record film""".split()
)
"""Verbs whose object may be doing something: "saw two men running"."""
_GIVING = frozenset("give grant award offer pay send show teach tell owe deny hand lend".split())
"""Verbs whose passive keeps an object: "given three years"."""


def rejoined(doc: Doc) -> Doc:
    """The parse with its conjuncts and participles where they belong; the tokens stay."""
    for rule in _RULES:
        for token in doc:
            rule(token)
    return doc


def _active_conjunct(verb: Token) -> None:
    """ "had killed 30, wounded 12 and seized a post": no passive has an object."""
    first = verb.head
    if verb.dep_ != "advcl" or verb.tag_ != "VBN" or first.i > verb.i or first.pos_ != "VERB":
        return
    if first.tag_ not in ("VBD", "VBN") or not _is_active(first) or verb.lemma_ in _GIVING:
        return
    if _child(verb, "dobj") is None or _child(verb, *_SUBJECTS, *_HELPERS, "mark") is not None:
        return
    if verb.left_edge != verb or verb.nbor(-1).text not in (",", "and"):
        return
    verb.dep_ = "conj"
    _told_as(verb, first.tag_)
    for joined in _chain(verb):
        _told_as(joined, first.tag_)


def _is_active(verb: Token) -> bool:
    return _child(verb, "auxpass") is None and _child(verb, "nsubjpass", "agent") is None


def _told_as(verb: Token, tag: str) -> None:
    if verb.tag_ in ("VBD", "VBN") and _child(verb, *_HELPERS) is None:
        verb.tag_ = tag


def _chain(first: Token) -> list[Token]:
    """The conjuncts that hang on one another after `first`."""
    found, last = [], first
    while (following := _child(last, "conj")) is not None:
        found.append(following)
        last = following
    return found


def _verb_before_count(word: Token) -> None:
    """ "killed 9 people and wounded dozens": dozens are not called wounded, they were wounded."""
    noun = word.head
    above = noun.head
    if word.dep_ != "amod" or word.tag_ not in ("VBN", "VBD") or noun.dep_ != "conj":
        return
    if noun.left_edge != word or not word.i or word.nbor(-1).dep_ != "cc" or noun.i < word.i:
        return
    verb = above if above.pos_ == "VERB" else above.head
    if verb.pos_ != "VERB" or verb.tag_ not in ("VBD", "VBN") or not _is_active(verb):
        return
    if above != verb and (above.dep_ != "dobj" or noun.lower_ not in _ROUND):
        return
    if above == verb and _child(noun, *_SUBJECTS, *_HELPERS) is not None:
        return
    _hang(word, verb, "conj")
    word.pos_, word.tag_ = "VERB", verb.tag_
    _hang(noun, word, "dobj")
    for joiner in [t for t in above.children if t.dep_ == "cc" and t.i < word.i]:
        joiner.head = verb


def _counted_after(state: Token) -> None:
    """ "counted 14 dead and 31 wounded": a second thing counted, not a clause without its verb."""
    verb = state.head
    number = _child(state, "nsubj")
    if state.dep_ != "conj" or state.lower_ not in _HARMED or number is None:
        return
    if number.pos_ != "NUM" or _child(state, *_HELPERS, "dobj", "agent") is not None:
        return
    first = _child(verb, "dobj")
    if first is None or verb.lemma_ == "leave" or state.left_edge.i < first.i:
        return
    if not (first.lower_ in _HARMED or first.tag_ == "NNS"):
        return
    _as_noun(state)
    number.dep_ = "nummod"
    for joiner in [t for t in verb.children if t.dep_ == "cc" and first.i < t.i < state.i]:
        joiner.head = first
    _hang(state, first, "conj")


def _counted_state(state: Token) -> None:
    """ "treated 40 wounded, including 12 children": the wounded are who was treated."""
    number = state.nbor(-1) if state.i else state
    if state.lower_ not in _HARMED or number.pos_ != "NUM" or number.head != state.head:
        return
    verb = number.head
    if state.dep_ not in ("advcl", "acl") or number.dep_ != "dobj" or verb.lemma_ == "leave":
        return
    if _child(state, "dobj", *_HELPERS) is not None:
        return
    _as_noun(state)
    state.dep_ = "dobj"
    _hang(number, state, "nummod")
    for below in list(verb.children):
        if below.dep_ == "prep" and below.lower_ == "including" and below.i > state.i:
            below.head = state


def _left_so(state: Token) -> None:
    """ "left 21 dead and 300 homeless": both are states that the verb brought about."""
    number = state.head
    verb = number.head
    if state.lower_ not in _HARMED or state.dep_ != "amod" or number.pos_ != "NUM":
        return
    if number.dep_ != "conj" or verb.lemma_ != "leave" or state.i != number.i + 1:
        return
    _hang(state, verb, "conj")
    state.pos_, state.tag_ = "VERB", "VBN"
    _hang(number, state, "nsubj")


def _as_noun(state: Token) -> None:
    state.pos_, state.tag_ = "NOUN", "NNS"


def _beside(participle: Token) -> None:
    """ "controls 60 percent of the city besieging 2,000 people": no percentage besieges."""
    verb = participle.head
    thing = _child(participle, "nsubj")
    if participle.dep_ != "ccomp" or participle.tag_ != "VBG" or thing is None:
        return
    if verb.lemma_ in _SEEING or verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.i > thing.i:
        return
    if thing.tag_ in ("WDT", "WP", "PRP") or _child(verb, "dobj", "nsubjpass") is not None:
        return
    if _child(participle, "mark", *_HELPERS) is not None or _child(verb, "nsubj") is None:
        return
    _hang(thing, verb, "dobj")
    participle.dep_ = "advcl"


def _passive_conjunct(verb: Token) -> None:
    """ "built in 1962 and closed since a fire": two passives, one "was"."""
    first = verb.head
    if verb.dep_ != "conj" or verb.tag_ != "VBD" or first.tag_ != "VBN":
        return
    if first.dep_ not in ("acl", "advcl") or first.lower_ == first.lemma_:
        return
    if _child(verb, "dobj", "ccomp", *_SUBJECTS, *_HELPERS) is None:
        verb.tag_ = "VBN"


def _hang(token: Token, head: Token, dependency: str) -> None:
    """Make `token` depend on `head`, unless that would close a ring."""
    if token != head and not token.is_ancestor(head):
        token.head, token.dep_ = head, dependency


def _child(token: Token, *dependencies: str) -> Token | None:
    return next((t for t in token.children if t.dep_ in dependencies), None)


_RULES: tuple[Callable[[Token], None], ...] = (
    _active_conjunct,
    _verb_before_count,
    _counted_after,
    _counted_state,
    _left_so,
    _beside,
    _passive_conjunct,
)
