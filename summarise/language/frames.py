"""Attribution frames in one parsed sentence: the cue, the words it covers, and who speaks.

A frame is syntax only ("he said", "according to the ministry", "X, citing Y, reported"); who
"he" is, and how frames of several sentences go together, is the matter of `attribution`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarise.language import cues as words
from summarise.language.syntax import child, children

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_RELATIVES = frozenset("who which that".split())
_NEVER_CONTENT = frozenset("call ask urge refuse decline".split())


@dataclass(frozen=True)
class Frame:
    """Who says what, as the sentence has it.

    `cue` is the verb (or "according"), `scope` the tokens it covers, `speaker` the head of the
    phrase that names who speaks (None where nobody is named), `passed_on` the heads of those who
    pass it on, nearest first, `outer` the frame that this one stands in.
    """

    cue: Token
    scope: frozenset[Token]
    speaker: Token | None
    passed_on: tuple[Token, ...] = ()
    cited: bool = False

    @property
    def words(self) -> frozenset[Token]:
        """The cue and the phrase that names who speaks."""
        named = self.speaker.subtree if self.speaker is not None else ()
        return frozenset({self.cue, *named}) - self.scope


def frames(doc: Doc) -> list[Frame]:
    """The frames of a sentence, outer ones first."""
    found = [frame for token in doc if (frame := _frame(token)) is not None]
    return sorted(found, key=lambda f: -len(f.scope))


def _frame(token: Token) -> Frame | None:
    if token.lower_ == "according":
        return _according(token)
    if token.lemma_ not in words.CUES or token.pos_ not in ("VERB", "AUX"):
        return None
    if child(token, "neg") is not None or _is_unsaid(token):
        return None
    scope = _content(token)
    if not scope:
        return None
    speaker = _speaker(token)
    if speaker is None or speaker.lower_ == "you":
        return None
    return Frame(token, frozenset(scope), speaker, tuple(_told(token)), bool(_citing(token)))


def _is_unsaid(verb: Token) -> bool:
    """Whether the saying is wished for, asked for or denied: "refused to say", "asked to explain"."""
    governed = verb.dep_ == "xcomp" and verb.head.lemma_ in _NEVER_CONTENT
    modal = any(
        c.lower_ in ("could", "would", "should", "must", "will", "may", "might")
        for c in children(verb, "aux")
    )
    return governed or (modal and verb.lemma_ not in ("suggest", "say"))


def _content(verb: Token) -> set[Token]:
    """The tokens that the cue covers: its clause, the clause it follows, or the noun it reports."""
    clauses = list(children(verb, "ccomp"))
    clauses += list(children(verb, "xcomp"))
    clauses += _misplaced(verb)
    if not clauses and verb.dep_ in ("parataxis", "ccomp") and _trails(verb):
        whole = set(verb.head.subtree) - set(verb.subtree)
        return whole
    if clauses:
        return _with_conjuncts(clauses, verb)
    return _noun_content(verb)


def _misplaced(verb: Token) -> list[Token]:
    """Clauses that hang on the place of the saying: "mentioned in a briefing that P"."""
    if child(verb, "ccomp", "dobj") is not None:
        return []
    return [
        clause
        for preposition in children(verb, "prep")
        for place in children(preposition, "pobj")
        for clause in children(place, "relcl", "acl", "ccomp")
        if (own := child(clause, "nsubj", "nsubjpass")) is not None
        and own.tag_ not in ("WDT", "WP")
        and any(t.lower_ == "that" for t in clause.children)
    ]


def _with_conjuncts(clauses: list[Token], verb: Token) -> set[Token]:
    scope = {t for clause in clauses for t in clause.subtree}
    # "said that A, adding that B": B hangs on the cue, and has a frame of its own
    return scope - {verb}


def _trails(verb: Token) -> bool:
    """Whether a short "he said" comes after or inside the clause that it hangs on."""
    return (
        verb.head.pos_ in ("VERB", "AUX")
        and child(verb, "nsubj") is not None
        and len(list(verb.subtree)) < 25
    )


def _noun_content(verb: Token) -> set[Token]:
    if verb.lemma_ in words.NOUN_CONTENT:
        objects = [o for o in children(verb, "dobj") if o.ent_type_ != "PERSON"]
        if objects and _speaker(verb) is not None:
            return {t for o in objects for t in o.subtree}
    if verb.lemma_ in ("warn", "speak", "accuse", "complain", "boast"):
        return {t for p in children(verb, "prep") if p.lower_ in ("of", "about") for t in p.subtree}
    return set()


def _speaker(verb: Token) -> Token | None:
    """The head of the phrase that speaks, looked for up the tree where the verb has no subject."""
    own = child(verb, "nsubj")
    if own is not None:
        if own.lower_ in _RELATIVES and verb.dep_ == "relcl":
            return verb.head
        return _cited(verb) or own
    agent = child(verb, "agent")
    if agent is not None:
        return child(agent, "pobj")
    if verb.dep_ == "acl" and verb.head.lower_ not in (
        "report",
        "video",
        "statement",
        "post",
        "message",
    ):
        return None if verb.tag_ == "VBN" else verb.head
    if verb.dep_ in ("conj", "advcl", "xcomp", "acl"):
        above = verb.head
        while above.pos_ not in ("VERB", "AUX") and above.head is not above:
            above = above.head
        if above is not verb and above.pos_ in ("VERB", "AUX"):
            subject = child(above, "nsubj", "nsubjpass")
            if subject is not None and subject.lower_ in _RELATIVES and above.dep_ == "relcl":
                return above.head
            return subject if subject is not None else _speaker(above)
    passive = child(verb, "nsubjpass")
    return passive if verb.lemma_ in ("quote", "cite") else None


def _citing(verb: Token) -> Token | None:
    """The "citing" that hangs on a cue: "the agency, citing an official, reported"."""
    for below in verb.children:
        if below.lower_ in ("citing", "quoting") and below.dep_ in ("advcl", "acl", "prep"):
            return below
    subject = child(verb, "nsubj")
    for below in subject.children if subject is not None else ():
        if below.lower_ in ("citing", "quoting"):
            return below
    return None


def _cited(verb: Token) -> Token | None:
    citing = _citing(verb)
    return child(citing, "dobj", "pobj") if citing is not None else None


def _told(verb: Token) -> Iterator[Token]:
    """Those who pass it on: an outlet told, a platform posted on, the one who cites."""
    if verb.lemma_ in ("tell", "inform"):
        yield from (t for t in children(verb, "dobj", "dative") if t.pos_ == "PROPN")
    for holder in (verb, *_publishing(verb)):
        for preposition in children(holder, "prep"):
            if preposition.lower_ in ("on", "via", "through"):
                yield from (t for t in children(preposition, "pobj") if t.text in words.PLATFORMS)
    if _citing(verb) is not None:
        subject = child(verb, "nsubj")
        if subject is not None:
            yield subject


def _publishing(verb: Token) -> Iterator[Token]:
    """The verb of publishing that a cue hangs on: "posted on Telegram claiming"."""
    above = verb.head
    while above.pos_ in ("NOUN", "VERB") and above is not verb and above.head is not above:
        if above.pos_ == "VERB":
            break
        above = above.head
    if verb.dep_ in ("acl", "advcl", "xcomp", "conj") and above.pos_ == "VERB":
        yield above


def _according(token: Token) -> Frame | None:
    """ "According to X": all of the clause that the phrase hangs on."""
    to = child(token, "prep", "pcomp")
    named = child(to, "pobj") if to is not None else None
    if named is None:
        return None
    clause = token.head
    while clause.pos_ not in ("VERB", "AUX") and clause.dep_ != "ROOT":
        clause = clause.head
    scope = set(clause.subtree) - set(token.subtree)
    return Frame(token, frozenset(scope), named)
