"""Conjuncts and participles that the parser hung in the wrong place, put right in its tree.

"killed 9 and wounded 30" may be read as nine killed and "wounded" a word for the thirty. Each rule
looks for what the words cannot be (a passive with an object, a number that is wounded without a
"was") and hangs them as one of the clauses or things joined.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from summarise.language.cues import SPEECH

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


def _including_things(link: Token) -> None:
    """ "Doctors treated 40 patients, including 12 children": no child treated them."""
    subject = link.head
    verb = subject.head
    if link.lower_ != "including" or link.dep_ != "prep" or subject.dep_ not in _SUBJECTS:
        return
    things = [t for t in verb.children if t.dep_ in ("dobj", "attr") and verb.i < t.i < link.i]
    if link.i > verb.i and things:
        _hang(link, things[-1], "prep")


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


def _unmarked_conjunct(verb: Token) -> None:
    """ "killed 20 people wounded 90 and": a passive with an object, its comma lost."""
    noun = verb.head
    first = noun.head
    counted = _child(verb, "dobj")
    if verb.dep_ != "acl" or verb.tag_ not in ("VBN", "VBD") or noun.dep_ != "dobj":
        return
    if counted is None or not _is_counted(counted) or verb.lemma_ in _GIVING:
        return
    if first.pos_ != "VERB" or first.tag_ not in ("VBD", "VBN") or not _is_active(first):
        return
    if _child(verb, *_SUBJECTS, *_HELPERS) is None and _is_counted(noun):
        _hang(verb, first, "conj")
        _told_as(verb, first.tag_)


def _lost_object(speaking: Token) -> None:
    """ "killed 27 people on Monday activists said": the people were killed and said nothing."""
    noun, verb = _child(speaking, "nsubj"), _child(speaking, "ccomp")
    if noun is None or verb is None or speaking.lemma_ not in SPEECH or verb.i > noun.i:
        return
    if not _is_counted(noun) or noun.left_edge.i != verb.i + 1 or not _is_active(verb):
        return
    if verb.tag_ not in ("VBD", "VBZ") or _child(verb, "dobj", "attr", "ccomp") is not None:
        return
    speaker = _speaker_behind(noun, speaking)
    if speaker is None:
        return
    _hang(speaker, speaking, "nsubj")
    _hang(noun, verb, "dobj")
    for below in [t for t in noun.children if t.i > noun.i and t.dep_ in ("prep", "npadvmod")]:
        _hang(below, verb, below.dep_)


def _speaker_behind(noun: Token, speaking: Token) -> Token | None:
    """Who speaks, where the parser made `noun` the speaker: set beside it, or after the verb."""
    beside = _child(noun, "appos")
    if beside is not None:
        return beside
    after = _child(speaking, "dobj")
    if after is not None and after.i > speaking.i and noun.i == speaking.i - 1:
        return after
    last = speaking.nbor(-1)
    dated = last.i > noun.i and any(t.ent_type_ == "DATE" for t in last.lefts)
    if dated and last.pos_ in ("NOUN", "PROPN") and last.dep_ == "pobj":
        for day in [t for t in last.lefts if t.ent_type_ == "DATE"]:
            _hang(day, last.head, "pobj")
        return last
    return None


def _counted_like(noun: Token) -> None:
    """ "four deaths from smoke and 55 injuries": counted as the deaths are, and no cause."""
    cause = noun.head
    link = cause.head
    if noun.dep_ != "conj" or not _is_counted(noun) or cause.dep_ != "pobj" or _is_counted(cause):
        return
    if link.dep_ != "prep" or noun.ent_type_ in _TIMES or cause.pos_ == "PROPN":
        return
    first = link.head if link.head.pos_ == "NOUN" else _child(link.head, "dobj")
    if first is None or not _is_counted(first) or not first.i < link.i or first.dep_ != "dobj":
        return
    if first.tag_ != noun.tag_:
        return
    _join(noun, first)
    _hang(link, first, "prep")


_TIMES = ("DATE", "TIME", "MONEY", "PERCENT")


def _series(number: Token) -> None:
    """ "1,200 jobs in Velk, 800 in Orsk and 300 abroad": one list of amounts, each with its place."""
    if not _is_counted(number) or number.dep_ not in ("appos", "npadvmod", "dobj", "conj", "dep"):
        return
    edge = number.left_edge.i
    verb = next((t for t in number.ancestors if t.pos_ == "VERB"), None)
    if verb is None or not edge or number.doc[edge - 1].text not in (",", "and", ";"):
        return
    first = _child(verb, "dobj", "attr")
    if first is None or first == number or first.i > number.i or not _is_counted(first):
        return
    chain = [first, *_chain(first)]
    own = _child(number, "prep")
    if number in chain or own is None or own.i < number.i:
        return
    between = (*first.children, *verb.children)
    link = next((t for t in between if t.dep_ == "prep" and first.i < t.i < edge), None)
    if link is None or link.lower_ != own.lower_ or link.i != first.i + 1:
        return
    if first.ent_type_ in _TIMES[:2] or number.ent_type_ in _TIMES[:2]:
        return
    _join(number, chain[-1])
    _hang(link, first, "prep")


def _join(noun: Token, first: Token) -> None:
    """Make `noun` the next conjunct of `first`, with the marks between them."""
    marks = [t for t in noun.doc[first.i + 1 : noun.left_edge.i] if t.dep_ in ("cc", "punct")]
    _hang(noun, first, "conj")
    for mark in marks[-1:]:
        _hang(mark, first, mark.dep_)


def _is_counted(noun: Token) -> bool:
    return noun.pos_ == "NUM" or _child(noun, "nummod") is not None or noun.lower_ in _ROUND


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
    _lost_object,
    _active_conjunct,
    _unmarked_conjunct,
    _verb_before_count,
    _counted_after,
    _counted_state,
    _including_things,
    _left_so,
    _beside,
    _passive_conjunct,
    _counted_like,
    _series,
)
