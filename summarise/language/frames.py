"""Attribution frames in one parsed sentence: the cue, the words it covers, and who speaks.

A frame is syntax only ("he said", "according to the ministry", "X, citing Y, reported"); who
"he" is, and how frames of several sentences go together, is the matter of `attribution`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarise.language import cues as words
from summarise.language.covered import agent_of, content, is_awaited, speaker_of
from summarise.language.holdings import held_to, is_outlook, reckoner
from summarise.language.relays import (
    cited_speaker,
    citing_word,
    quoted_by,
    seen_by,
    told,
)
from summarise.language.syntax import child, children
from summarise.language.tails import Tail, is_hearing, tail

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_RELATIVES = frozenset("who which that".split())
_NEVER_CONTENT = frozenset("call ask urge refuse decline".split())
_UNSAID_MODALS = frozenset("could would should must will may might".split())
_SUBJECTS = ("nsubj", "nsubjpass")


@dataclass(frozen=True)
class Frame:
    """Who says what, as the sentence has it.

    `cue` is the verb (or "according"), `scope` the tokens it covers, `speaker` the head of the
    phrase that names who speaks (None where nobody is named), `phrase` the words of that phrase
    where they are not the subtree of `speaker`, `passed_on` the heads of those who pass it on,
    nearest first. `cited`: the speaker is quoted by another. `kept`: the cue belongs to what is
    claimed ("denied that", "called it a joke"). `hedged`: it is only an estimate.
    """

    cue: Token
    scope: frozenset[Token]
    speaker: Token | None
    passed_on: tuple[Token, ...] = ()
    cited: bool = False
    phrase: tuple[Token, ...] = ()
    kept: bool = False
    hedged: bool = False

    @property
    def words(self) -> frozenset[Token]:
        """The cue and the phrase that names who speaks."""
        named = self.phrase or (self.speaker.subtree if self.speaker is not None else ())
        return frozenset({self.cue, *named}) - self.scope


def frames(doc: Doc) -> list[Frame]:
    """The frames of a sentence, outer ones first."""
    found = [frame for token in doc if (frame := _frame(token)) is not None]
    return sorted(found, key=lambda f: -len(f.scope))


def _frame(token: Token) -> Frame | None:
    if token.lower_ == "according":
        return _according(token)
    if token.lower_ in ("by", "in"):
        return _reckoned(token)
    held = held_to(token)
    if held is not None:
        return Frame(token, *held, tuple(seen_by(held[1])), kept=True, hedged=is_outlook(token))
    says = token.lemma_ in words.CUES | words.FRAMING or is_hearing(token)
    if token.pos_ not in ("VERB", "AUX") or not says:
        return None
    trailing = tail(token)
    if trailing is not None:
        return _trailing(trailing)
    if token.lemma_ in words.FRAMING or _puts_at(token):
        return _framed(token)
    if token.lemma_ in words.DENIALS:
        return _denied(token)
    return _reported(token)


def _trailing(found: Tail) -> Frame | None:
    if found.speaker.lower_ in ("you", "that", "which"):
        return None
    cited = cited_speaker(found.verb)
    passed_on = (*told(found.verb), *_brought_by(found.speaker))
    if cited is not None:
        return Frame(found.verb, found.scope, cited, (*passed_on, found.speaker), cited=True)
    return Frame(found.verb, found.scope, found.speaker, passed_on, phrase=found.phrase)


def _reported(verb: Token) -> Frame | None:
    """ "X said that P", "it is believed that P", "X was quoted as saying P"."""
    if child(verb, "neg") is not None or _is_unsaid(verb) or _is_itself_hearsay(verb):
        return None
    if _is_judged(verb) or _is_order(verb):
        return None
    if is_awaited(verb):
        return Frame(verb, frozenset(), None)
    scope = content(verb)
    if not scope or (verb.tag_ == "VB" and verb.dep_ == "advcl" and child(verb, "ccomp") is None):
        return None
    if verb.lemma_ == "suppose" and child(verb, "ccomp") is None:
        return None
    if _is_impersonal(verb):
        agent = agent_of(verb)
        return Frame(verb, frozenset(scope), agent) if agent or verb.lemma_ in _HEARSAY else None
    speaker = child(verb, *_SUBJECTS) if is_hearing(verb) else speaker_of(verb)
    if speaker is None and verb.dep_ == "acl" and verb.lemma_ in _HEARSAY and child(verb, "xcomp"):
        return Frame(verb, frozenset(scope), None)  # "a gang, believed to be from Lom"
    if speaker is None or speaker.lower_ == "you" or speaker.dep_ == "expl":
        return None
    if citing_word(verb) is None and not _can_speak(speaker, verb):
        return None
    passed_on = (*told(verb), *_brought_by(speaker))
    cited = citing_word(verb) is not None
    return Frame(verb, frozenset(_own(scope, verb)), speaker, passed_on, cited)


def _brought_by(speaker: Token) -> tuple[Token, ...]:
    """ "The official, quoted by X", "a report obtained by X"."""
    document = speaker.lemma_.lower() in words.DOCUMENTS
    return (*quoted_by(speaker), *(seen_by(speaker) if document else ()))


_HEARSAY = frozenset(
    "believe think understand report allege estimate expect say fear suppose rumour claim".split()
)
"""Verbs by which "it is understood that P" hedges P, with nobody named."""


def _is_itself_hearsay(verb: Token) -> bool:
    """ "Has reportedly admitted that P": the saying is what is claimed."""
    return any(a.lower_ in words.HEDGE_ADVERBS for a in children(verb, "advmod"))


def _is_order(verb: Token) -> bool:
    """ "Have been told to stay at home": told to do it, which they may not have done."""
    passive, done = child(verb, "auxpass"), child(verb, "xcomp")
    return verb.lemma_ == "tell" and passive is not None and done is not None


def _is_judged(verb: Token) -> bool:
    """ "It would be wrong to think that P": P is what is judged, and nobody says it."""
    above = verb.head
    clause = above if above.pos_ in ("VERB", "AUX") else above.head
    dummy = child(clause, "nsubj", "expl") or child(above, "nsubj", "expl")
    described = above.pos_ == "ADJ" or child(clause, "acomp") is not None
    governed = verb.tag_ == "VB" and any(t.lower_ == "to" for t in children(verb, "aux"))
    return governed and described and dummy is not None and dummy.lower_ == "it"


def _is_impersonal(verb: Token) -> bool:
    passive = child(verb, "auxpass") is not None
    subject = child(verb, "nsubjpass", "nsubj", "expl")
    return passive and subject is not None and subject.lower_ == "it"


def _can_speak(speaker: Token, verb: Token) -> bool:
    """An act or an event "suggests" and "shows", but does not speak for anybody."""
    if verb.lemma_ == "show":
        return speaker.lemma_.lower() in words.DOCUMENTS
    if verb.lemma_ in ("underscore", "underline", "highlight"):
        return speaker.ent_type_ == "PERSON"
    nobody = {c.lower_ for c in speaker.children if c.dep_ in ("det", "neg")} | {speaker.lower_}
    return not nobody & {"no", "nobody", "none", "neither", "everyone", "anyone", "nothing"}


def _own(scope: Iterable[Token], verb: Token) -> set[Token]:
    """`scope` without what is not the speaker's: acts told after "but did not say whether"."""
    mine = set(scope)
    for token in list(mine):
        joined = token.dep_ == "conj" and child(token, *_SUBJECTS) is None
        if joined and token.lemma_ in words.WITHHOLDING and _is_withheld(token):
            mine -= set(token.subtree)
    return mine - {verb}


def _is_withheld(verb: Token) -> bool:
    return child(verb, "neg") is not None or verb.lemma_ in ("decline", "refuse")


def _framed(verb: Token) -> Frame | None:
    """ "Called the decision a joke", "described it as fair": the words are part of the claim."""
    speaker = speaker_of(verb)
    if speaker is None or child(verb, "neg", "auxpass") is not None or speaker.pos_ == "DET":
        return None
    if verb.tag_ == "VBN" and verb.dep_ == "acl" and verb.lemma_ in _NAMING:
        return None  # "dubbed the Gap by the press": a name that it has
    beside = list(children(verb, "prep", "advcl", "mark"))
    within = [t for c in beside if c.dep_ == "advcl" for t in children(c, "advmod", "mark")]
    likened = any(t.lower_ == "as" for t in (*beside, *within))
    named = verb.lemma_ in _NAMING and _has_predicate(verb)
    placed = _puts_at(verb) or (
        verb.lemma_ in ("put", "place")
        and any(o.lemma_ in words.MEASURES for o in children(verb, "dobj"))
    )
    if not (likened and verb.lemma_ not in ("call", "put", "place")) and not named and not placed:
        return None
    gone = set(speaker.subtree) - {verb} if verb not in speaker.subtree else {speaker}
    passed_on = tuple(seen_by(speaker))
    return Frame(verb, frozenset(set(verb.subtree) - gone), speaker, passed_on, kept=True)


def _puts_at(verb: Token) -> bool:
    """ "Estimated the cost at 9m", "put the dead at 31"."""
    if verb.lemma_ not in ("estimate", "put") or child(verb, "dobj") is None:
        return False
    holders = (verb, *children(verb, "dobj"))
    at = (p for holder in holders for p in children(holder, "prep") if p.lower_ == "at")
    return any(t.pos_ == "NUM" for p in at for t in p.subtree)


_NAMING = frozenset("brand call dub label term".split())


def _has_predicate(verb: Token) -> bool:
    if child(verb, "oprd") is not None:
        return True
    clause = child(verb, "ccomp", "xcomp")
    return clause is not None and (
        child(clause, *_SUBJECTS) is not None and clause.pos_ in ("NOUN", "ADJ")
    )


def _denied(verb: Token) -> Frame | None:
    """ "Denied that P": the words of denial stay, or P would be turned round."""
    speaker = speaker_of(verb)
    denied = child(verb, "dobj", "ccomp", "xcomp")
    if speaker is None or denied is None or child(verb, "neg") is not None or _is_unsaid(verb):
        return None
    if _is_thwarting(verb, denied):
        return None
    gone = set(speaker.subtree) if verb not in speaker.subtree else {speaker}
    for conjunct in children(verb, "conj"):
        gone |= set(conjunct.subtree)
    scope = frozenset({verb, *verb.subtree} - gone)
    return Frame(verb, scope, speaker, tuple(told(verb)), kept=True)


def _is_thwarting(verb: Token, denied: Token) -> bool:
    """ "Denied him a goal", "a save to deny Wolff": an act, no speech."""
    if verb.lemma_ != "deny":
        return False
    someone = denied.ent_type_ == "PERSON" or denied.tag_ == "PRP"
    aim = verb.tag_ == "VB" and verb.dep_ in ("advcl", "acl", "relcl")
    return aim or child(verb, "dative") is not None or (someone and denied.dep_ == "dobj")


def _is_unsaid(verb: Token) -> bool:
    """Whether the saying is wished for, asked for or denied: "refused to say"."""
    governed = verb.dep_ == "xcomp" and verb.head.lemma_ in _NEVER_CONTENT
    modal = any(c.lower_ in _UNSAID_MODALS for c in children(verb, "aux"))
    return governed or (modal and verb.lemma_ not in ("suggest", "say"))


_MEASURES = frozenset(
    """ability age category criterion income kind law location merit need order pattern plan
    position procedure rank rule schedule size taste type weight""".split()
)
"""What things are done according to, and nobody's word: "sorted according to their size"."""


def _according(token: Token) -> Frame | None:
    """ "According to X": all of the clause that the phrase hangs on."""
    to = child(token, "prep", "pcomp")
    named = child(to, "pobj") if to is not None else None
    if named is None or named.lemma_ in _MEASURES:
        return None
    clause = token.head
    while clause.pos_ not in ("VERB", "AUX") and clause.dep_ != "ROOT":
        clause = clause.head
    scope = frozenset(set(clause.subtree) - set(token.subtree) - _after(token, clause))
    citing = next((t for t in named.subtree if _cites(t)), None)
    citing = citing or _citing_next(token, clause)
    cited = child(citing, "dobj", "pobj") if citing is not None else None
    if cited is not None and citing is not None:
        scope -= set(citing.subtree)
        return Frame(token, scope, cited, (named,), cited=True)
    return Frame(token, scope, named, tuple(seen_by(named)))


def _cites(verb: Token) -> bool:
    """ "The Sun, citing an aide", "the Sun, which quoted an aide"."""
    clause = verb.dep_ == "relcl" and verb.lemma_ in ("cite", "quote")
    return verb.lower_ in ("citing", "quoting") or clause


def _citing_next(according: Token, clause: Token) -> Token | None:
    """ "According to X, citing Y": the parser may hang the "citing" on the clause itself."""
    last = max(t.i for t in according.subtree)
    for below in clause.children:
        if below.lower_ in ("citing", "quoting") and below.i > last:
            between = below.doc[last + 1 : below.i]
            return below if all(t.is_punct for t in between) else None
    return None


def _reckoned(token: Token) -> Frame | None:
    """ "By police estimates", "in the view of the regulator": all of the clause around it."""
    noun = child(token, "pobj") if token.dep_ == "prep" else None
    opens = words.RECKONINGS if token.lower_ == "by" else words.VIEWS
    if noun is None or noun.lemma_ not in opens:
        return None
    speaker = reckoner(noun)
    if speaker is None:
        return None
    clause = token.head
    while clause.pos_ not in ("VERB", "AUX") and clause.dep_ != "ROOT":
        clause = clause.head
    scope = frozenset(set(clause.subtree) - set(token.subtree))
    hedged = noun.lemma_ in words.GUESSES
    named = tuple(speaker.subtree) if speaker.dep_ != "compound" else (speaker,)
    return Frame(token, scope, speaker, phrase=named, hedged=hedged)


def _after(according: Token, clause: Token) -> set[Token]:
    """A further clause after the phrase is not covered: "A, according to X, and B expects C"."""
    if according.i < clause.i:
        return set()
    further = [
        c
        for c in children(clause, "conj", "parataxis")
        if c.i > according.i and child(c, *_SUBJECTS) is not None
    ]
    return {t for c in further for t in c.subtree}
