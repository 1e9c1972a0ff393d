"""Slips of the parser in the shapes of news prose, put right in its tree.

Each rule looks for what no English sentence can be ("that" a subject and a conjunction, a passive
with an object) and hangs the clause where it must belong.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from summarise.language import rehang, rehang_asides
from summarise.language.branches import child, children
from summarise.language.cues import CUES, MEDIA, PEOPLE, ROLES, TRIBUNALS
from summarise.language.rejoining import rejoined

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_TOLD = frozenset("advise assure convince inform notify persuade remind tell warn".split())
"""Verbs that take the one who is told, and then what."""
_BACKSHIFTED = frozenset(["would", "will"])
_QUOTES = frozenset(['"', "“", "”", "``", "''"])
_SUBJECTS = ("nsubj", "nsubjpass", "expl")


def reparsed(doc: Doc) -> Doc:
    """The parse with the slips put right; the tokens stay as they are."""
    for rule in (*_RULES, *rehang.RULES, *rehang_asides.RULES):
        for token in doc:
            rule(token)
    return rejoined(doc)


def _relative_that(that: Token) -> None:
    """ "a clause, tabled late, that obliges": read as if "that" were the subject of an adverb."""
    verb = that.head
    if that.lower_ != "that" or that.tag_ != "IN" or that.dep_ not in _SUBJECTS:
        return
    noun = _noun_before(that)
    if verb.dep_ == "advcl" and noun is not None and not verb.is_ancestor(noun):
        verb.dep_, verb.head, that.tag_ = "relcl", noun, "WDT"


def _noun_before(that: Token) -> Token | None:
    """The noun that a relative clause goes back to, before an aside about it or right before."""
    before = that.doc[that.i - 1] if that.i else that
    if before.text == "," and that.i > 1:
        said = (that.doc[that.i - 2], *that.doc[that.i - 2].ancestors)
        aside = next((t for t in said if t.dep_ in ("acl", "advcl") and t.tag_ == "VBN"), None)
        if aside is None or aside.left_edge.i < 2:
            return None
        nearest = that.doc[aside.left_edge.i - 2]
        return aside.head if aside.dep_ == "acl" else nearest
    return before if before.pos_ in ("NOUN", "PROPN") else None


def _told_that(verb: Token) -> None:
    """ "warned the trust that a third of it was old": read as if the clause described the trust."""
    told = verb.head
    marked = any(t.dep_ == "mark" and t.lower_ == "that" for t in verb.children)
    if verb.dep_ not in ("acl", "relcl") or not marked or told.dep_ != "dobj":
        return
    if told.head.lemma_ in _TOLD and child(verb, *_SUBJECTS) is not None:
        verb.dep_, verb.head = "ccomp", told.head


def _told_body_that(verb: Token) -> None:
    """ "told the inquest that Lily had left": read as if the inquest were what she left."""
    told = verb.head
    that = verb.left_edge
    subject = child(verb, *_SUBJECTS)
    if verb.dep_ != "relcl" or told.dep_ != "dobj" or told.head.lemma_ not in _TOLD:
        return
    if that.lower_ != "that" or that.dep_ != "dobj" or subject is None or subject == that:
        return
    if told.ent_type_ in ("ORG", "PERSON") or told.lemma_.lower() in _LISTENERS:
        verb.dep_, verb.head = "ccomp", told.head
        that.dep_, that.tag_ = "mark", "IN"


_LISTENERS = TRIBUNALS | MEDIA | ROLES | PEOPLE | frozenset(["conference"])


def _reported_behind(verb: Token) -> None:
    """ "…, the agency reported on Monday": read as if the agency were what was reported."""
    noun = verb.head
    behind = verb.dep_ == "acl" and verb.tag_ == "VBN" and noun.dep_ in ("appos", "conj")
    if not behind or verb.lemma_ not in CUES or verb.i != noun.i + 1:
        return
    edge = noun.left_edge.i
    root = next((t for t in noun.ancestors if t.dep_ == "ROOT"), None)
    after = verb.doc[verb.i + 1] if verb.i + 1 < len(verb.doc) else None
    ends = after is None or after.is_punct or after.lower_ in ("on", "in", "late", "earlier")
    if root is None or not ends or edge == 0 or verb.doc[edge - 1].text not in (",", "”", '"'):
        return
    if root.pos_ in ("VERB", "AUX") and child(verb, "agent") is None and root.i < edge:
        verb.tag_, verb.dep_, verb.head = "VBD", "parataxis", root
        noun.head, noun.dep_ = verb, "nsubj"


def _relative_object(which: Token) -> None:
    """ "an offer, which it turned down on Monday": not "on which", for "on" has its noun."""
    preposition = which.head
    if which.dep_ != "pobj" or which.tag_ != "WDT" or preposition.i < which.i:
        return
    second = any(t.dep_ == "pobj" and t != which for t in preposition.children)
    if second and preposition.head.pos_ == "VERB":
        which.dep_, which.head = "dobj", preposition.head


def _stray_conjunct(verb: Token) -> None:
    """ "hailed it as historic but voiced concern": read as if it were joined to "historic"."""
    first = verb.head
    if verb.dep_ != "conj" or verb.pos_ != "VERB" or first.pos_ not in ("ADJ", "NOUN", "PROPN"):
        return
    active = verb.tag_ == "VBN" and child(verb, "aux", "auxpass") is None
    if not active or child(verb, "dobj") is None or child(verb, *_SUBJECTS) is not None:
        return
    above = next((t for t in first.ancestors if t.pos_ in ("VERB", "AUX")), None)
    if above is None or above.tag_ not in ("VBD", "VBN") or above.i > first.i:
        return
    for joiner in [t for t in first.children if t.dep_ == "cc" and t.i < verb.i]:
        joiner.head = above
    verb.head, verb.tag_ = above, "VBD"


def _said_it_would(verb: Token) -> None:
    """ "said it was late and would close": what would be is said too."""
    cue = verb.head
    if verb.dep_ != "conj" or cue.lemma_ not in CUES or cue.tag_ != "VBD":
        return
    if child(verb, *_SUBJECTS) is not None:
        return
    said = child(cue, "ccomp")
    modal = child(verb, "aux")
    if said is None or modal is None or modal.lower_ not in _BACKSHIFTED or said.i < cue.i:
        return
    for joiner in [t for t in cue.children if t.dep_ == "cc" and said.i < t.i < verb.i]:
        joiner.head = said
    verb.head = said


def _quoted_word(word: Token) -> None:
    """ "weak demand and "punishing" costs": one quoted word before a noun describes it."""
    doc, noun = word.doc, child(word, "dobj")
    if word.dep_ != "conj" or word.tag_ != "VBG" or noun is None or not 0 < word.i < len(doc) - 1:
        return
    first = word.head
    listed = child(first, "dobj")
    if doc[word.i - 1].text not in _QUOTES or doc[word.i + 1].text not in _QUOTES:
        return
    if listed is None or listed.i > word.i or noun.left_edge.i <= word.i - 1:
        return
    for joiner in [t for t in first.children if t.dep_ == "cc" and listed.i < t.i < word.i]:
        joiner.head = listed
    noun.head, noun.dep_ = listed, "conj"
    for below in list(word.children):
        below.head = noun
    word.head, word.dep_, word.tag_, word.pos_ = noun, "amod", "JJ", "ADJ"


def _clause_after_according(according: Token) -> None:
    """ "According to the Sun, which cited an aide, the envoy left": the envoy's clause is said."""
    if according.lower_ != "according" or according.dep_ != "ROOT":
        return
    for verb in according.doc[according.i + 1 :]:
        subject = child(verb, *_SUBJECTS)
        edge = verb.left_edge.i
        if verb.dep_ not in ("relcl", "acl", "appos", "conj") or subject is None:
            continue
        clause = verb.pos_ in ("VERB", "AUX") and subject.tag_ not in ("WDT", "WP")
        if clause and subject.left_edge.i == edge and verb.doc[edge - 1].text == ",":
            verb.head, verb.dep_ = verb, "ROOT"
            according.head, according.dep_ = verb, "prep"
            return


def _two_subjects(cue: Token) -> None:
    """ "Nine men drowned on Monday, the port said": read as nine drowned men who said so."""
    subjects = list(children(cue, "nsubj"))
    if cue.lemma_ not in CUES or len(subjects) != 2 or subjects[1].i > cue.i:
        return
    first, speaker = subjects
    if first.i + 1 == speaker.left_edge.i and speaker.pos_ == "PROPN":
        first.head, first.dep_ = speaker, "compound"  # "state news agency SNA said"
        return
    verb = child(first, "acl")
    if verb is None or verb.tag_ != "VBN" or child(verb, "agent") is not None:
        return
    if verb.doc[speaker.left_edge.i - 1].text == ",":
        verb.head, verb.dep_, verb.tag_ = cue, "ccomp", "VBD"
        first.head = verb


def _said_after_according(noun: Token) -> None:
    """ "According to the Sun, a nurse said P": the nurse says it, and is not what the Sun is."""
    listed = noun.head
    if noun.dep_ != "appos" or listed.dep_ != "pobj" or listed.head.head.lower_ != "according":
        return
    end = noun.right_edge.i + 1
    verb = noun.doc[end] if end < len(noun.doc) else noun
    told = verb.tag_ in ("VBD", "VBZ", "VBP") and verb.lemma_ in CUES
    if told and child(verb, *_SUBJECTS) is None and verb.is_ancestor(noun):
        noun.head, noun.dep_ = verb, "nsubj"


def _cited(verb: Token) -> None:
    """ "reported, citing two nurses, that P": P is what was reported."""
    citing = verb.head
    marked = any(t.dep_ == "mark" and t.lower_ == "that" for t in verb.children)
    if verb.dep_ != "ccomp" or not marked or citing.lower_ not in ("citing", "quoting"):
        return
    if child(citing, "dobj") is not None and citing.head.pos_ == "VERB":
        verb.head = citing.head


def _subject_of_helper(subject: Token) -> None:
    """ "the driver may have been speeding": the subject of "speeding", not of "been"."""
    helper = subject.head
    if helper.dep_ in ("aux", "auxpass") and subject.dep_ in (*_SUBJECTS, "aux", "neg", "mark"):
        subject.head = helper.head
        if helper.dep_ == "auxpass" and subject.dep_ == "nsubj":
            subject.dep_ = "nsubjpass"


def _noted_too(verb: Token) -> None:
    """ "said the trial was short and noted that P": a trial notes nothing."""
    first = verb.head
    cue = first.head
    if verb.dep_ != "conj" or first.dep_ != "ccomp" or verb.lemma_ not in CUES:
        return
    subject = child(first, *_SUBJECTS)
    if cue.lemma_ not in CUES or cue.tag_ != verb.tag_ or child(verb, "ccomp") is None:
        return
    thing = subject is not None and subject.pos_ == "NOUN" and not _may_speak(subject)
    thing |= verb.lemma_ == "add" or (subject is not None and subject.dep_ == "nsubjpass")
    alone = child(verb, *_SUBJECTS, "aux") is None
    if thing and alone and cue.i < first.i < verb.i:
        for joiner in [t for t in first.children if t.dep_ == "cc" and t.i < verb.i]:
            joiner.head = cue
        verb.head = cue


def _may_speak(noun: Token) -> bool:
    many = noun.tag_ == "NNS" and noun.lemma_.lower() not in _DEALINGS
    return many or rehang.is_human(noun)


_DEALINGS = frozenset("attack charge negotiation plan price result sale share talk test".split())


def _and_that(that: Token) -> None:
    """ "and that manager Ada Brook would stay", "heard that rust was found": no "that rust"."""
    noun = that.head
    if that.dep_ != "det" or that.lower_ != "that" or that.i == 0:
        return
    subject = noun if noun.dep_ in _SUBJECTS else noun.head
    verb, before = subject.head, that.nbor(-1)
    if subject.tag_ == "NN" and rehang.is_human(subject):
        return  # "that man was to blame"
    reported = verb.head.dep_ == "ccomp" and verb.head.head.lemma_ in CUES
    joined = verb.dep_ == "conj" and before.dep_ == "cc" and (reported or subject.tag_ != "NN")
    cue = verb.head
    listener = child(cue, "dobj")
    after = before == cue or (listener is not None and before in listener.subtree)
    said = verb.dep_ == "ccomp" and cue.pos_ == "VERB" and cue.i < that.i and after
    if subject.dep_ in _SUBJECTS and (joined or said):
        that.dep_, that.tag_, that.head = "mark", "IN", verb


def _noun_joined_to_verb(noun: Token) -> None:
    """ "a woman who sat outside and a male passenger": joined to the woman."""
    verb = noun.head
    if noun.dep_ != "conj" or noun.pos_ != "NOUN" or verb.dep_ != "relcl" or verb.pos_ != "VERB":
        return
    if child(noun, "det", "nummod") is None or child(noun, *_SUBJECTS, "aux", "acl") is not None:
        return
    above = verb.head
    for joiner in [t for t in verb.children if t.dep_ == "cc" and t.i < noun.i]:
        joiner.head = above
    noun.head = above


def _after_including(preposition: Token) -> None:
    """ "forced 900 people, including 40 guests, from their homes": all were forced from them."""
    if preposition.dep_ != "prep" or preposition.i == 0 or preposition.nbor(-1).text != ",":
        return
    including = next((t for t in preposition.ancestors if t.lower_ == "including"), None)
    if including is None or including.dep_ != "prep":
        return
    verb = next((t for t in including.ancestors if t.pos_ == "VERB"), None)
    if verb is not None and verb.i < including.i:
        preposition.head = verb


def _who_of_body(clause: Token) -> None:
    """ "Ada Brook of the Orsk Institute, who was not involved": the person was not."""
    body = clause.head
    subject = child(clause, "nsubj", "nsubjpass")
    if clause.dep_ != "relcl" or body.dep_ != "pobj" or body.ent_type_ == "PERSON":
        return
    person = body.head.head
    if subject is not None and subject.lower_ == "who" and person.ent_type_ == "PERSON":
        clause.head = person


_RULES: tuple[Callable[[Token], None], ...] = (
    _relative_that,
    _told_that,
    _told_body_that,
    _reported_behind,
    _relative_object,
    _stray_conjunct,
    _said_it_would,
    _quoted_word,
    _cited,
    _clause_after_according,
    _two_subjects,
    _said_after_according,
    _subject_of_helper,
    _noted_too,
    _and_that,
    _noun_joined_to_verb,
    _after_including,
    _who_of_body,
)
