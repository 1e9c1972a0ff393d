"""Appositions, ages and participles beside a name or a clause that have lost their commas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarise.language.comma_clues import (
    FINITE,
    NAME_TAGS,
    NOUN_TAGS,
    YEAR,
    closing,
    is_date,
    is_finite,
    main_verb,
    waits,
    word_before,
)
from summarise.language.cues import CUES, SPEECH, TITLES
from summarise.language.places import nation_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECTS = ("nsubj", "nsubjpass", "expl")
_GIVING = frozenset(
    """appoint award buy call consider cost declare deny elect find give grant hand keep leave make
    name offer owe pay promise rename send show teach tell win""".split()
)
"""Verbs with two objects: no comma between them."""
_RATES = frozenset(
    """acre barrel bottle day gallon game head hectare hour kilo kilogram kilometre kilometer litre
    match mile minute month night ounce person piece pound second share time ton tonne unit week
    year""".split()
)
"""What an amount is given by: "40 euros a barrel"."""
_TIMES = frozenset("day decade evening morning month night season time week weekend year".split())
_CONSEQUENCE = frozenset(
    """accusing adding arguing blaming bringing calling causing citing claiming cutting damaging
    describing destroying displacing ending fearing forcing hampering injuring insisting killing
    leaving making noting plunging prompting quoting raising saying sending sparking stressing
    telling triggering urging warning wounding""".split()
)
"""Participles that tell what came of a whole clause, or what its speaker did besides."""
_PLACES = frozenset(
    "area capital city coast country deal district province region state town village".split()
)
"""What does nothing itself: "reached the city carrying food"."""
_OLDEST = 99
_YOUNGEST = 16


def appositions(doc: Doc) -> Iterator[int]:
    """ "Orsk a port on the coast fell": a determiner right after a name or an object."""
    for token in doc[1:]:
        before = word_before(token)
        if not _opens_noun_phrase(token) or _two_objects(before):
            continue
        if _is_name(before) or (before.tag_ in ("NN", "NNS") and _is_rank(token)):
            if _is_rate(token) or _after_saying(before):
                continue
            yield token.i
            if not _leads(doc, token.i):
                yield from closing(doc, token.i, token.i)
                yield from dated(doc, token.i)


def dated(doc: Doc, start: int) -> Iterator[int]:
    """ "hit Orsk, a port in the north, on Monday": the day is that of the verb before."""
    if waits(doc, start):
        return
    for token in doc[start:-1]:
        if token.is_punct or is_finite(token):
            return
        if token.lower_ == "on" and is_date(token.nbor(1)):
            yield token.i


def _is_name(token: Token) -> bool:
    """Whether a word is a name; the tagger takes unknown ones at the start for verbs."""
    opens = token.i == 0 and token.tag_ in ("VB", "VBP", "NN") and token.text[:1].isupper()
    return token.tag_ in NAME_TAGS or opens


def _opens_noun_phrase(token: Token) -> bool:
    """Whether a noun phrase starts with the token: an article, "its", "one of", "head of"."""
    if token.lower_ in ("a", "an", "the") or token.tag_ == "PRP$":
        return True
    if _best_of(token):
        return True
    after = token.nbor(1) if token.i + 1 < len(token.doc) else token
    if token.lower_ in TITLES:
        name = word_before(token)
        return after.lower_ in ("of", "for") and name.i > 0 and name.nbor(-1).tag_ in NAME_TAGS
    return token.lower_ == "one" and after.lower_ == "of"


def _best_of(place: Token) -> bool:
    """ "Velm Sweden's largest port": a name right before a country's best."""
    after = place.doc[place.i + 1 : place.i + 3]
    best = len(after) == 2 and after[0].tag_ == "POS" and after[1].tag_ in ("JJS", "RBS")
    return best and nation_of(place.text) is not None


def _is_rank(token: Token) -> bool:
    """Whether a noun phrase can only be an apposition: "a port", "the largest", "one of them"."""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else token
    ranked = after.tag_ in ("JJS", "RBS") or after.ent_type_ == "ORDINAL"
    if token.lower_ == "the" and after.lemma_ not in _TIMES and not ranked:
        free = main_verb(token.doc, token.i)
        if waits(token.doc, token.i):
            return free is not None and after.tag_ in NAME_TAGS and _one_verb(token.doc, free)
        ranked = free is None
    return token.lower_ in ("a", "an", "one") or ranked


def _one_verb(doc: Doc, verb: int) -> bool:
    """ "A ship the Skarv is there": two noun phrases before the one verb are of one thing."""
    later = main_verb(doc, verb + 1)
    return later is None or doc[verb].lemma_ in SPEECH or doc[later].lemma_ in SPEECH


def _two_objects(noun: Token) -> bool:
    """ "gave Orsk a prize", "called Orsk the best"."""
    start = noun.i
    while start > 0 and noun.doc[start - 1].tag_ in (*NOUN_TAGS, "JJ", "DT", "PRP$", "CD", "POS"):
        start -= 1
    return start > 0 and noun.doc[start - 1].lemma_ in _GIVING


def _is_rate(token: Token) -> bool:
    unit = token.nbor(1) if token.i + 1 < len(token.doc) else token
    return token.lower_ in ("a", "an") and (unit.lemma_ in _RATES or unit.lower_ == "few")


def _after_saying(before: Token) -> bool:
    """ "said on Monday the army would": the day belongs to the verb of saying."""
    day = before.ent_type_ in ("DATE", "TIME")
    verb = next((t for t in reversed(before.doc[: before.i]) if is_finite(t)), None)
    if not day or verb is None or verb.lemma_ not in CUES:
        return False
    return any(is_finite(t) for t in before.doc[before.i :])


def _leads(doc: Doc, place: int) -> bool:
    """Whether all before `place` is a phrase of time or place: "In Orsk the army …"."""
    return doc[0].tag_ in ("IN", "RB", "WRB", "VBG", "VBN") and waits(doc, place)


def ages(doc: Doc) -> Iterator[int]:
    """ "Ada Brook 41 said"."""
    for token in doc[1:-1]:
        before, after = word_before(token), doc[token.i + 1]
        if not token.text.isdigit() or not _YOUNGEST <= int(token.text) <= _OLDEST:
            continue
        named = before.tag_ in NAME_TAGS and before.ent_type_ != "DATE" and not before.is_upper
        if named and after.tag_ in FINITE | {"WP", "WP$", "DT", "VBN", "IN", "TO", ","}:
            yield token.i
            yield token.i + 1


def participles(doc: Doc) -> Iterator[int]:
    """ "hit the city killing two", "Orsk backed by the north"."""
    for token in doc[1:]:
        before = word_before(token)
        if not token.text.islower() or token.lower_ == "running":
            continue
        if token.tag_ == "VBG" or _rules_that(token, before):
            aside = _tells_more(token, before)
        else:
            aside = token.tag_ == "VBN" and token.dep_ == "acl" and _not_needed(token, before)
        if aside:
            yield token.i
            yield from closing(doc, token.i, token.i)


def _tells_more(participle: Token, before: Token) -> bool:
    """Whether a participle in "-ing" is of the whole clause, or of a name."""
    named = before.tag_ in NAME_TAGS
    if named and participle.dep_ == "acl":
        return not _governed(before)
    if not any(is_finite(t) for t in participle.doc[: participle.i]):
        return False
    if participle.lemma_ in SPEECH and participle.lower_ in _CONSEQUENCE:
        return before.pos_ not in ("AUX", "ADP", "CCONJ", "PART", "DET")
    if participle.lower_ in _CONSEQUENCE or _rules_that(participle, before):
        return before.lemma_ in SPEECH or before.tag_ in (*NOUN_TAGS, "CD", "JJR", "VB")
    if before.tag_ not in NOUN_TAGS or (named and _governed(before)):
        return False
    if before.ent_type_ in ("DATE", "TIME") or before.lemma_ in _PLACES:
        return True
    return participle.dep_ == "advcl" and participle.head.lemma_ not in ("spend", "waste")


def _rules_that(word: Token, before: Token) -> bool:
    """ "on Tuesday ruling that": what the tagger takes for a noun."""
    after = word.nbor(1) if word.i + 1 < len(word.doc) else word
    return word.lower_.endswith("ing") and is_date(before) and after.lower_ == "that"


def _not_needed(participle: Token, before: Token) -> bool:
    """Whether a name, or a definite subject done to by somebody, is known without it."""
    noun = participle.head
    if before.tag_ in NAME_TAGS:
        return not any(t.lower_ in ("a", "an") for t in noun.children)
    told = participle.lemma_ not in CUES | {"cite", "quote", "see"}
    after = [t.lower_ for t in participle.doc[participle.i + 1 : participle.i + 3]]
    by = "by" in after or participle.lower_ == "aged" or (after[:1] == ["in"] and _in_year(after))
    known = any(t.dep_ == "poss" or t.lower_ in ("the", "its", "their") for t in noun.children)
    return by and told and known and noun.dep_ in _SUBJECTS and noun.i == before.i


def _in_year(words: list[str]) -> bool:
    return bool(YEAR.fullmatch(words[-1]))


def _governed(name: Token) -> bool:
    """ "with Orsk losing", "the risk of Orsk losing": the participle tells what is risked."""
    near = next((t for t in reversed(name.doc[: name.i]) if t.tag_ == "IN"), None)
    absolute = any(t.lower_ == "with" for t in name.doc[max(name.i - 6, 0) : name.i])
    return absolute or (near is not None and near.lower_ in ("of", "about", "for"))
