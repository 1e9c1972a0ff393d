"""Speakers at the end of a sentence that has lost its commas: "… in Orsk a monitor said"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarise.language.comma_clues import FINITE, NAME_TAGS, NOUN_TAGS, YEAR, is_finite, waits
from summarise.language.cues import DOCUMENTS, PEOPLE, ROLES, SPEECH, TITLES

if TYPE_CHECKING:
    from spacy.tokens import Doc

_OFFICES = frozenset(
    """company court defence defense disaster election emergency fire government health hospital
    industry intelligence law local medical military police rescue school security senior state
    union weather""".split()
)
"""What officials and documents are of."""
_PEOPLE = frozenset("accused dead detained displaced injured missing wounded".split())
"""Participles that stand for people: "some of the wounded"."""


def trailing_speakers(doc: Doc) -> Iterator[int]:
    """ "… in eastern Orsk a monitor said", "… were killed officials said on Monday"."""
    for verb in doc[4:]:
        if verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.lemma_ not in SPEECH:
            continue
        if any(t.tag_ in FINITE for t in doc[verb.i + 1 :]) or not any(
            is_finite(t) for t in doc[: verb.i - 1]
        ):
            continue
        start = _speaker_start(doc, verb.i)
        if start is not None and not waits(doc, start):
            yield start


def _speaker_start(doc: Doc, verb: int) -> int | None:
    """Where the noun phrase of who speaks starts, right before a verb of saying."""
    start = _nouns_start(doc, verb)
    if start in (0, verb):
        return None
    opener = doc[start - 1]
    if opener.tag_ in ("DT", "PRP$"):
        return _determined(doc, start, verb)
    if opener.tag_ == "CC":
        return _roles_before(doc, start - 1) or _shortest(doc, start, verb)
    if opener.lower_ in ("of", "for") and doc[start - 2].tag_ in NOUN_TAGS:
        return _speaker_start(doc, start - 1)
    if doc[start].lower_ == "percent" and verb - start > 1:
        return start + 1
    return _shortest(doc, start, verb) if _wants_noun(doc, start - 1) else start


def _nouns_start(doc: Doc, end: int) -> int:
    while end > 0 and doc[end - 1].tag_ in (*NOUN_TAGS, "JJ", "POS", "HYPH"):
        end -= 1
    return end


def _determined(doc: Doc, start: int, verb: int) -> int | None:
    """The speaker opened by the article or possessive before `start`, or what is within it."""
    above = doc[start - 2] if start > 1 else None
    if above is not None and above.tag_ == "CC":
        return _roles_before(doc, start - 2)
    if above is not None and above.tag_ in ("IN", "RP"):
        return _shortest(doc, start, verb)
    if above is not None and above.text[:1].isupper() and above.tag_ in ("VB", "VBP"):
        return start - 2  # "Save the Children"
    untitled = doc[start - 1].lower_ in ("a", "an") and doc[verb - 1].tag_ in NAME_TAGS
    return (_shortest(doc, start, verb) if untitled else None) or start - 1


def _wants_noun(doc: Doc, place: int) -> bool:
    """Whether the word at `place` leaves its phrase open: a preposition, figure or participle."""
    word, above = doc[place], doc[max(place - 1, 0)]
    if word.lower_ in _PEOPLE and above.tag_ == "CD":
        return False  # "7 missing officials said"
    if word.tag_ == "JJR":
        return above.tag_ not in ("CD", "NNS")  # "killing hundreds more officials said"
    if word.tag_ == "VBN":
        return above.tag_ in ("DT", "IN") and word.lower_ not in _PEOPLE
    return word.tag_ in ("IN", "CD", "VBG", "VBD", "TO", "RBR")


def _roles_before(doc: Doc, joiner: int) -> int | None:
    """The plural role before "and": "residents and a monitor said"."""
    role = doc[joiner - 1] if joiner else None
    if role is None or role.tag_ != "NNS" or role.lemma_ not in ROLES | PEOPLE:
        return None
    return _with_office(doc, joiner - 1)


def _shortest(doc: Doc, start: int, verb: int) -> int | None:
    """The shortest speaker at the end of nouns of which the first belong to what is before."""
    head, place = doc[verb - 1], verb - 1
    named = head.tag_ in NAME_TAGS
    while place > start and doc[place].tag_ in NAME_TAGS and doc[place - 1].tag_ in NAME_TAGS:
        place -= 1
    if named:
        place = _with_title(doc, start, place)
    elif head.lemma_.lower() in ROLES | TITLES | DOCUMENTS:
        place = _with_office(doc, place)
    else:
        return _after_plural(doc, start, verb)
    free = doc[start - 1].tag_ == "CD" and YEAR.fullmatch(doc[start - 1].text)
    return place if place > start or free else None


def _after_plural(doc: Doc, start: int, verb: int) -> int | None:
    """ "nine boys Ostran state radio": a plural before an adjective ends its phrase."""
    places = range(start + 1, verb)
    return next((i for i in places if doc[i - 1].tag_ == "NNS" and doc[i].tag_ == "JJ"), None)


def _with_title(doc: Doc, start: int, name: int) -> int:
    """Where the titles and trades before a name start: "rescue worker Ada Brook"."""
    place = name
    while place > start and doc[place - 1].lemma_.lower() in TITLES | ROLES:
        place -= 1
    after_name = next((i for i in range(name - 1, start, -1) if doc[i - 1].tag_ in NAME_TAGS), None)
    if after_name is not None:
        own = after_name  # "of the wounded Orsk mayor Ada Brook": "wounded" stands for itself
        while own > start and doc[own - 1].tag_ in NAME_TAGS:
            own -= 1
        return own if own > start else after_name
    full = doc[name + 1].tag_ in NAME_TAGS
    if place == name:
        return name - 1 if full and name - 1 > start else place
    return place - (place - start > 1 and doc[place - 1].tag_ == "NN")


def _with_office(doc: Doc, role: int) -> int:
    """Where "health officials" starts."""
    return role - 1 if role and doc[role - 1].lower_ in _OFFICES else role
