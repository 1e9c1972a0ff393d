"""Which words a verb of saying covers, and who speaks: the two halves of a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarise.language import cues as words
from summarise.language.relays import cited_speaker, quoting_verb
from summarise.language.syntax import child, children
from summarise.language.tails import phrase_before

if TYPE_CHECKING:
    from spacy.tokens import Token

_RELATIVES = frozenset("who which that".split())
_SUBJECTS = ("nsubj", "nsubjpass")


def content(verb: Token) -> set[Token]:
    """The tokens that the cue covers: its clause, the clause it follows, or the noun it reports."""
    clauses = list(children(verb, "ccomp"))
    clauses += [c for c in children(verb, "xcomp") if not _is_advice(verb, c)]
    clauses += _misplaced(verb)
    if not clauses and verb.dep_ == "ccomp" and _is_governed(verb):
        return _noun_content(verb)
    if not clauses and (verb.dep_ in ("parataxis", "ccomp") or _is_as(verb)) and _trails(verb):
        return set(verb.head.subtree) - set(verb.subtree)
    if clauses:
        clauses += _grounds(verb, clauses[0])
        return {t for clause in clauses for t in clause.subtree}
    return _noun_content(verb)


def _grounds(verb: Token, said: Token) -> list[Token]:
    """ "Said that it was Lund who decided, although the firm had been warned": said as well."""
    return [
        clause
        for clause in children(verb, "advcl")
        if clause.i > said.i > verb.i
        and child(clause, *_SUBJECTS) is not None
        and any(m.lower_ in _REASONS for m in children(clause, "mark"))
    ]


_REASONS = frozenset("although because since though whereas".split())


def _is_governed(verb: Token) -> bool:
    """ "It is believed she sold the house": the clause is what is thought, not who thinks it."""
    return verb.head.lemma_ in words.CUES


def _is_advice(verb: Token, clause: Token) -> bool:
    """ "Suggests waiting": advice claims nothing."""
    return verb.lemma_ == "suggest" and clause.tag_ == "VBG"


def _is_as(verb: Token) -> bool:
    """ "As the ministry said", "as reported by the bank"."""
    return verb.dep_ == "advcl" and any(c.lower_ == "as" for c in verb.children)


def is_awaited(verb: Token) -> bool:
    """ "As expected by analysts": what they thought before tells nothing of who says it is so."""
    awaiting = verb.lemma_ in _AWAITING and verb.tag_ in ("VBN", "VBD")
    return awaiting and _is_as(verb) and verb.head.tag_ in ("VBD", "VBN")


_AWAITING = frozenset("expect anticipate predict forecast foresee fear hope promise".split())


def _misplaced(verb: Token) -> list[Token]:
    """Clauses that hang on the place of the saying: "mentioned in a briefing that P"."""
    if child(verb, "ccomp", "dobj") is not None:
        return []
    return [
        clause
        for preposition in children(verb, "prep")
        for place in children(preposition, "pobj")
        for clause in children(place, "relcl", "acl", "ccomp")
        if (own := _last_subject(clause)) is not None
        and own.tag_ not in ("WDT", "WP")
        and any(t.lower_ == "that" for t in clause.children)
    ]


def _last_subject(clause: Token) -> Token | None:
    """The subject nearest the verb: a "that" before it is only the conjunction."""
    own = list(children(clause, *_SUBJECTS))
    return own[-1] if own else None


def _trails(verb: Token) -> bool:
    """Whether a short "he said" comes after or inside the clause that it hangs on."""
    return (
        verb.head.pos_ in ("VERB", "AUX")
        and verb.tag_ != "VB"  # "makes people think"
        and child(verb, "nsubj", "agent") is not None
        and len(list(verb.subtree)) < 25
    )


def _noun_content(verb: Token) -> set[Token]:
    if verb.lemma_ in words.NOUN_CONTENT:
        found = children(verb, "dobj")
        objects = [o for o in found if o.ent_type_ != "PERSON" and o.pos_ != "PRON"]
        if verb.lemma_ == "claim":
            # "claimed asylum", "claimed the title", "claimed 12 lives" are acts
            counted = (o for o in objects if any(t.pos_ == "NUM" for t in o.subtree))
            objects = [o for o in counted if o.lemma_ != "life"]
        if objects and speaker_of(verb) is not None:
            return {t for o in objects for t in o.subtree}
    ailing = verb.lemma_ == "complain" and verb.dep_ == "ccomp"  # "said he complained of pain"
    if verb.lemma_ in ("warn", "speak", "complain", "boast") and not ailing:
        return {t for p in children(verb, "prep") if p.lower_ in ("of", "about") for t in p.subtree}
    return set()


def speaker_of(verb: Token) -> Token | None:
    """The head of the phrase that speaks, looked for up the tree where the verb has no subject."""
    quoting = quoting_verb(verb)
    if quoting is not None:
        return child(quoting, "dobj", "nsubjpass")
    own = child(verb, "nsubj")
    if own is not None:
        if own.lower_ in _RELATIVES and verb.dep_ == "relcl":
            return cited_speaker(verb) or verb.head
        return cited_speaker(verb) or own
    passive = child(verb, "nsubjpass")
    if passive is not None and verb.lemma_ in ("quote", "cite"):
        return passive
    agent = agent_of(verb)
    if agent is not None or passive is not None or child(verb, "auxpass") is not None:
        return agent  # "is expected to rise": by nobody
    if verb.dep_ == "acl" and verb.head.lemma_ not in words.VEHICLES:
        return None if verb.tag_ == "VBN" and verb.head.pos_ != "PROPN" else verb.head
    if verb.dep_ in ("conj", "advcl", "xcomp", "acl", "pcomp", "dep"):
        above = verb.head
        while above.pos_ not in ("VERB", "AUX") and above.head != above:
            above = above.head
        if above != verb and above.pos_ in ("VERB", "AUX"):
            subject = child(above, *_SUBJECTS)
            if subject is not None and subject.lower_ in _RELATIVES and above.dep_ == "relcl":
                return above.head
            return subject if subject is not None else speaker_of(above)
    return _before(verb)


def _before(verb: Token) -> Token | None:
    """A name right before a verb that the parser gave no subject."""
    if verb.dep_ != "ROOT" or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    own = (t for t in verb.lefts if t.pos_ in ("PROPN", "NOUN") and t.dep_ != "npadvmod")
    nearest = next(own, None)
    phrase = phrase_before(verb.doc, verb.i) if nearest is None else []
    return verb.doc[phrase[0].i : phrase[-1].i + 1].root if phrase else nearest


def agent_of(verb: Token) -> Token | None:
    agent = child(verb, "agent")
    return child(agent, "pobj") if agent is not None else None
