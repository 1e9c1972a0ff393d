"""Where a sentence has lost its commas: scraped wire stories often come without any.

Each rule looks for a boundary that only a comma marks: a determiner right after a name, a second
finite verb with no subject of its own, a speaker with a verb of saying at the end, a participle
that hangs on the whole clause. The parse is of the text without commas, so the rules trust tags
and the order of words more than the tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from summarise.language.comma_asides import ages, appositions, dated, participles
from summarise.language.comma_clues import (
    FINITE,
    NAME_TAGS,
    NOUN_TAGS,
    closing,
    is_date,
    is_finite,
    word_before,
)
from summarise.language.comma_speakers import trailing_speakers
from summarise.language.cues import CUES, SPEECH

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECTS = ("nsubj", "nsubjpass", "expl")
_NO_COMMA_AFTER = frozenset(["IN", "DT", "CC", "TO", "PRP$", "POS", "WDT", "WP", "MD", "HYPH"])
_SHARES = frozenset(
    """all both dozens each four five half hundreds many most much none one several six some ten
    three thousands two""".split()
)
_RELATIVES = frozenset("which who whose where whom".split())
_THEM = frozenset(["them", "whom", "which"])
_AS_FIRST_PART = frozenset("arm sale sport customs news saving security".split())
_OPENS_SPEAKER = frozenset(["DT", "NN", "NNP", "NNS", "PRP", "PRP$", "VBD", "VBZ"])
_BESIDE = {"compared": ("with", "to"), "up": ("from",), "down": ("from",)}
_CONTRASTS = frozenset("although but though whereas while".split())
_AFTER_DATE = frozenset(["CC", "IN", "CD", "POS", "NNP", "TO", "VBD", "VBZ", "RB"])


def lost_commas(doc: Doc) -> list[int]:
    """The indexes of the tokens that a comma belongs before, in order."""
    if not any(t.tag_ in FINITE or t.tag_ == "VBN" for t in doc):
        return []
    found = {place for rule in _RULES for place in rule(doc)}
    return sorted(place for place in found if _may_stand(doc, place))


def _may_stand(doc: Doc, place: int) -> bool:
    if not 0 < place < len(doc) - 1:
        return False
    before, after = doc[place - 1], doc[place]
    if after.is_punct and not after.is_quote:
        return False
    return not before.is_punct and before.tag_ not in _NO_COMMA_AFTER


def _relatives(doc: Doc) -> Iterator[int]:
    """ "which", and "who" or "where" after a name; after the clause if the main verb follows."""
    for token in doc[1:]:
        start = token.i
        if token.lower_ == "when" and is_date(word_before(token)):
            yield start
        if token.lower_ not in _RELATIVES:
            continue
        if doc[start - 1].lower_ == "of" and doc[start - 2].lower_ in _SHARES:
            start -= 2
        elif doc[start - 1].tag_ == "IN" and doc[start - 2].tag_ in NAME_TAGS:
            start -= 1
        before = word_before(doc[start])
        named = before.tag_ in NAME_TAGS or doc[start - 1].text == ","
        share = start < token.i
        if not (named or share or (token.lower_ == "which" and before.tag_ in (*NOUN_TAGS, "CD"))):
            continue
        yield start
        yield from closing(doc, start, token.i)


def _shares(doc: Doc) -> Iterator[int]:
    """ "31 miners most of them Poles"."""
    for token in doc[1:-2]:
        before = word_before(token)
        share = token.lower_ in _SHARES or token.tag_ == "CD"
        of_them = doc[token.i + 1].lower_ == "of" and doc[token.i + 2].lower_ in _THEM
        among = token.lower_ == "among" and doc[token.i + 1].lower_ in _THEM
        if ((share and of_them) or among) and before.pos_ not in ("VERB", "AUX"):
            yield token.i
            yield from closing(doc, token.i, token.i + 3)
            yield from _after_share(doc, token.i + (3 if of_them else 2))


def _after_share(doc: Doc, place: int) -> Iterator[int]:
    """ "most of them women and children in Orsk": the place is that of the clause around it."""
    start = place
    while place < len(doc) and doc[place].tag_ in ("NN", "NNS", "JJ", "CC", "CD"):
        if doc[place].tag_ == "CC" and _joins_verb(doc, place):
            break
        place += 1
    goes_on = start < place < len(doc) and doc[place].tag_ in ("IN", "CC", "VBD")
    if goes_on and doc[place].lower_ not in ("of", "from") and doc[place].lemma_ not in SPEECH:
        yield place


def _joins_verb(doc: Doc, joiner: int) -> bool:
    """ "and injured 50": what the tagger takes for an adjective has an object."""
    after = doc[joiner + 1 : joiner + 3]
    return len(after) == 2 and after[1].tag_ in ("CD", "DT", "JJR", "PRP$")


def _including(doc: Doc) -> Iterator[int]:
    """ "17 people including two children were"."""
    for token in doc[1:-1]:
        before = word_before(token)
        if token.lower_ == "including" and before.tag_ not in ("IN", "DT", "VB", "VBD", "VBZ"):
            yield token.i
            yield from dated(doc, token.i)
            yield from closing(doc, token.i, token.i)


def _besides(doc: Doc) -> Iterator[int]:
    """ "fell to 20 euros down 3 percent", "… according to the police"."""
    for token in doc[1:-2]:
        after = doc[token.i + 1]
        compares = token.lower_ in _BESIDE and word_before(token).pos_ not in ("VERB", "AUX")
        if compares and (after.lower_ in _BESIDE[token.lower_] or after.tag_ == "CD"):
            yield token.i
        elif token.lower_ == "according" and after.nbor(1).tag_ != "PRP$":
            yield token.i  # but not in "according to their kind"


def _leading(doc: Doc) -> Iterator[int]:
    """ "On Friday a convoy arrived": before the subject of the main verb."""
    if doc[0].tag_ == "IN" and len(doc) > 3 and is_date(doc[1]) and doc[2].tag_ not in _AFTER_DATE:
        yield 2
    root = next((t for t in doc if t.dep_ == "ROOT"), None)
    subject = next((t for t in root.children if t.dep_ in _SUBJECTS), None) if root else None
    if root is None or subject is None or root.i < subject.i:
        return
    start = subject.left_edge.i
    leads = [t for t in root.children if t.left_edge.i < start]
    if leads and all(t.dep_ in ("prep", "advmod", "npadvmod", "advcl") for t in leads):
        yield start


def _clauses(doc: Doc) -> Iterator[int]:
    """Before "but", "while", and before "and" with a clause that has a subject of its own."""
    for token in doc[2:-1]:
        before = doc[token.i - 1]
        if token.lower_ in _CONTRASTS and token.dep_ == "mark" and is_subject_next(token):
            yield token.i - (before.lower_ == "even")
        elif token.lower_ in ("and", "but") and is_subject_next(token) and not _said(doc, token.i):
            yield token.i


def _has_verb(clause: Token) -> bool:
    """Whether a clause is whole: "and 30 wounded" leaves its verb out, "said" may be for all."""
    if clause.lemma_ in SPEECH:
        return False
    return clause.tag_ in FINITE or any(t.tag_ in FINITE for t in clause.children)


def _said(doc: Doc, place: int) -> bool:
    """Whether a verb of saying stands before `place`: what comes after may be said too."""
    return any(t.lemma_ in CUES and is_finite(t) for t in doc[:place])


def is_subject_next(joiner: Token) -> bool:
    """Whether a conjunction is followed by a clause with its subject."""
    return any(
        t.dep_ in _SUBJECTS and t.left_edge.i == joiner.i + 1 and _has_verb(t.head)
        for t in joiner.doc[joiner.i + 1 : joiner.i + 8]
    )


def _lists(doc: Doc) -> Iterator[int]:
    """ "tents blankets and water": a plural is no part of the noun after it."""
    for token in doc[1:-2]:
        before, after = doc[token.i - 1], doc[token.i + 1]
        if (
            before.tag_ != "NNS"
            or word_before(before).tag_ == "CD"
            or before.lemma_ in _AS_FIRST_PART
            or (before.i and before.text[:1].isupper())
        ):
            continue
        if token.tag_ not in ("NN", "NNS", "JJ", "JJR"):
            continue
        end = token.i if token.tag_ in ("NN", "NNS") else token.i + 1
        while end + 1 < len(doc) and doc[end + 1].tag_ in ("NN", "NNS"):
            end += 1
        joined = end + 1 < len(doc) and doc[end + 1].lower_ in ("and", "or")
        if joined and after.i < len(doc):
            yield token.i


def _closing_quotes(doc: Doc) -> Iterator[int]:
    """ "“It fell” she said": before the mark that ends a quotation whose speaker follows."""
    opened = False
    for token in doc[:-2]:
        if token.text not in ('"', "“", "”"):
            continue
        opened = token.text == "“" or (token.text == '"' and not opened)
        follows = any(t.lemma_ in SPEECH for t in doc[token.i + 1 : token.i + 14])
        if not opened and follows and doc[token.i + 1].tag_ in _OPENS_SPEAKER:
            yield token.i


_RULES: tuple[Callable[[Doc], Iterator[int]], ...] = (
    _relatives,
    appositions,
    ages,
    participles,
    _shares,
    _including,
    _besides,
    _leading,
    _clauses,
    trailing_speakers,
    _lists,
    _closing_quotes,
)
