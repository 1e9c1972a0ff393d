"""Which phrases set beside a noun or a verb state a fact: appositions, adjectives, levels, trends.

Each rule takes the head of the phrase and the verbs that only attribute, as the rules of `stating`
do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarise.language.cues import CLAIM_NOUNS
from summarise.language.phrases import holds_figure, set_off
from summarise.language.syntax import child

if TYPE_CHECKING:
    from spacy.tokens import Token


def adjective_states(token: Token, cues: set[Token]) -> bool:
    """ "The offer, worth 7% this year, was rejected"."""
    del cues
    if token.lower_ in ("other", "such", "more", "less", "most", "same"):
        return False
    if _is_trend(token):
        return True
    behind = token.i > token.head.i and set_off(token)
    return behind and token.head.pos_ in ("NOUN", "PROPN") and len(list(token.subtree)) >= 3


_TRENDS = frozenset(
    """rising falling growing increasing declining shrinking worsening mounting deepening
    weakening soaring slowing waning dwindling""".split()
)
_CAUSES = frozenset(["amid", "amidst", "given", "despite"])


def _is_trend(token: Token) -> bool:
    """ "amid falling confidence in the banks": that confidence falls is stated by the way."""
    noun = token.head
    told = token.lower_ in _TRENDS and noun.pos_ == "NOUN" and noun.dep_ in ("pobj", "dobj")
    return told and noun.head.lower_ in _CAUSES and child(noun, "prep") is not None


def level_states(token: Token, cues: set[Token]) -> bool:
    """ "Density reached 92%, up from 74% in May": the level before is a fact of its own."""
    del cues
    origin = child(token, "prep")
    if token.lower_ not in ("up", "down") or origin is None or origin.lower_ != "from":
        return False
    told = child(token.head, "dobj", "attr")
    return holds_figure(origin) and set_off(token) and (told is None or _is_figure(told))


def _is_figure(token: Token) -> bool:
    return token.pos_ == "NUM" or token.text == "%" or token.lower_ in ("percent", "points")


_HAPPENINGS = frozenset(
    """act blow boost change claim decision demand development event feat gesture milestone move
    practice process setback shift sign something step task thing threat trend turn win""".split()
)


def is_of_clause(noun: Token) -> bool:
    """ "must approve the aid, a process that took a year": said of the approving, not the aid."""
    above = noun.head.lemma_.lower()
    return noun.dep_ == "appos" and noun.lemma_.lower() in _HAPPENINGS and above not in _HAPPENINGS


def _is_pace(noun: Token) -> bool:
    return any(t.tag_ == "JJS" for t in noun.lefts) and noun.lemma_ in _PACES


_PACES = frozenset("pace rate rise fall gain drop increase decline level jump growth".split())


def apposition_states(token: Token, cues: set[Token]) -> bool:
    """Whether it adds a fact: "Orvane, a town on the border", not a title or a name."""
    del cues
    if is_of_clause(token):
        return False
    one = token.left_edge.lower_ in ("a", "an")
    if one and token.lemma_ in CLAIM_NOUNS and token.head.pos_ != "PRON":
        return False  # "said it had won, a claim that …": about the whole clause
    person = token.head.ent_type_ == "PERSON"
    if (person and not one) or token.ent_type_ == "PERSON":
        return False
    if token.head.ent_type_ == "DATE" and token.head.dep_ == "pobj" and _is_pace(token):
        return False  # "rose 2% in May, the fastest pace since 2019"
    if token.pos_ == "NUM" and (of := child(token, "prep")) is not None and of.lower_ == "of":
        return True
    words = list(token.subtree)
    owned = any(t.tag_ in ("JJS", "RBS", "POS", "PRP$") for t in words)
    noun = token.pos_ == "NOUN" or (one and token.pos_ in ("PROPN", "NUM"))
    return noun and len(words) >= (3 if owned or person else 4) and set_off(token)
