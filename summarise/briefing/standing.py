"""Whether a claim's text can be a sentence of a brief: whole, and clear without its neighbours."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from summarise.language.figures import find_figures
from summarise.language.syntax import child, children, parse
from summarise.language.words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Token

_FINITE = frozenset(["MD", "VBD", "VBP", "VBZ"])
_FIRST_PERSON = word_set("i we me us my our mine ours myself ourselves i'm we're i've we've")
_SECOND_PERSON = word_set("you your yours")
_PERSONAL = word_set("he she it they him her them his its their hers theirs himself herself itself")
_OF_ONE = word_set("he she it him her his its himself herself itself")
_NEAR = word_set("this these")
_POINTING = word_set("this that these those such")
_LOOKING_BACK = re.compile(
    r"^(?:the (?:two|three|four|five|other|others|latter|former|same|move|group|latest|figures?)"
    r"|both|others|another|neither|either|one of them|some of them|there|here|so|as such|then"
    r"|also|but|and|however|instead|meanwhile|moreover)\b(?! (?:is|are|was|were|has|have|had|will"
    r"|may|might|could) (?!been))",
    re.IGNORECASE,
)
_OPENS, _CLOSES = re.compile(r"(?<!\w)['‘](?=\w)"), re.compile(r"(?<=[\w.,])['’](?!\w)")
"""Single quotation marks."""
_BROKEN_OFF = re.compile(
    r"\b(?:whose|and|or|but|a|an|the|than|if|because|although"
    r"|(?:which|who)(?: (?:was|is|were|are))?)\.?$",
    re.IGNORECASE,
)
_THE_FIGURE = re.compile(
    r"\b(?:the|that) (?:figures?|number|toll|total)\b"
    r"(?! (?:of|for|cited|given|from|in|that|who)\b)",
    re.IGNORECASE,
)
""" "The figure" without what it counts; "the death toll from the blast" says it."""
_THERE_IS = re.compile(r"^there (?:is|are|was|were|has|have|had|will|may|might|could)\b", re.I)
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
_FEWEST, _MOST = 3, 60
"""Words of a sentence: less says nothing, more is no sentence of a brief."""


@lru_cache(maxsize=4096)
def why_not(text: str) -> str | None:
    """Why `text` does not stand alone as a sentence, None where it does."""
    plain = _QUOTED.sub("“…”", text)
    words = [word.strip(".,;:“”\"'‘’()").lower() for word in plain.split()]
    if not _FEWEST <= len(words) <= _MOST:
        return "it is too short or too long for a sentence"
    if text.endswith("?") or text.count("“") != text.count("”") or text.count('"') % 2:
        return "it is a question or an open quotation"
    if len(re.findall(r"(?<!\w)['‘](?=\w)", plain)) > len(
        re.findall(r"(?<=[\w.,])['’](?!\w)", plain)
    ):
        return "it is an open quotation"
    if _BROKEN_OFF.search(plain):
        return "it breaks off"
    if _THE_FIGURE.search(plain):
        return "it speaks of a figure given before"
    if re.search(r": |;|!|\.\.\.|…\s", plain):
        return "it is more than one sentence"
    if _FIRST_PERSON.intersection(words) or _SECOND_PERSON.intersection(words):
        return "it speaks in the first or second person"
    if _is_headline(plain):
        return "it is worded as a headline"
    if text.startswith("Others ") or (_LOOKING_BACK.match(text) and not _THERE_IS.match(text)):
        return "it looks back to what was said before"
    doc = parse(plain).doc
    return _fragment(doc) or _dangling(doc)


def _is_headline(text: str) -> bool:
    """Whether every longer word has a capital, as in titles."""
    long = [word for word in re.findall(r"[^\W\d_][\w’'-]*", text) if len(word) >= _LONG_WORD]
    return len(long) > _FEWEST and all(word[0].isupper() for word in long)


_LONG_WORD = 5


@lru_cache(maxsize=4096)
def is_phrase(text: str) -> bool:
    """Whether a text is a noun phrase with a number, clear by itself: "1,100 casualties"."""
    if len(text.split()) > _LONGEST_PHRASE or not find_figures(text):
        return False
    doc = parse(text).doc
    root = next((token for token in doc if token.dep_ == "ROOT"), None)
    whole = root is not None and root.pos_ in _HEADS and not any(t.tag_ in _FINITE for t in doc)
    return whole and _dangling(doc) is None and not _LOOKING_BACK.match(text)


_LONGEST_PHRASE = 20
_HEADS = frozenset(["NOUN", "NUM", "ADJ"])


def _fragment(doc: Doc) -> str | None:
    """No finite verb with a subject, or a stray phrase before the subject."""
    root = next((token for token in doc if token.dep_ == "ROOT"), None)
    if root is None:
        return "it has no verb"
    while root.dep_ == "ROOT" and (inner := child(root, "ccomp")) and not _has_subject(root):
        root = inner  # "Reportedly, ..." and quotations are read as what is said
        break
    if doc[0].dep_ == "mark" and doc[0].lower_ == "that":
        return "it is no full sentence"
    if doc[0].tag_ in _ASKING and doc[0].head == root:
        return "it is no full sentence"
    if _counts_what_was_named(root):
        return "it counts what was named before"
    finite = any(t.tag_ in _FINITE for t in (root, *children(root, "aux", "auxpass")))
    if not finite or not _has_subject(root):
        return "it is no full sentence"
    for token in doc[: _subject_start(root)]:
        loose = token.dep_ in ("dep", "npadvmod", "ROOT") and token.pos_ in ("NOUN", "PROPN")
        if loose and token.ent_type_ not in ("DATE", "TIME") and token.lower_ not in _TIMES:
            return "a loose phrase opens it"
    return None


_ASKING = frozenset(["WDT", "WP", "WP$", "WRB"])
""" "How the firm did", "What the mayor knew": a question put as a part of a sentence."""
_BEFALLS = word_set(
    """kill die drown injure wound hurt arrest detain rescue evacuate displace survive perish miss
    dead missing sick ill homeless trapped"""
)
""" "40 died": what is counted is people."""


def _counts_what_was_named(root: Token) -> bool:
    """ "Four are on ventilators": a bare number whose noun stands in another sentence."""
    subject = child(root, "nsubj", "nsubjpass")
    if subject is None or subject.pos_ != "NUM" or child(subject, "prep", "relcl", "acl"):
        return False
    said = {root.lemma_.lower(), *(t.lower_ for t in children(root, "acomp", "attr", "oprd"))}
    return not _BEFALLS & said and list(subject.subtree) == [subject]


_TIMES = word_set(
    """today yesterday tomorrow tonight morning afternoon evening night week month year day hour
    monday tuesday wednesday thursday friday saturday sunday autumn spring summer winter time"""
)


def _has_subject(verb: Token) -> bool:
    return child(verb, "nsubj", "nsubjpass", "expl", "csubj", "csubjpass") is not None


def _subject_start(verb: Token) -> int:
    subject = child(verb, "nsubj", "nsubjpass", "expl", "csubj", "csubjpass")
    return subject.left_edge.i if subject is not None else 0


def _dangling(doc: Doc) -> str | None:
    """A pronoun or "these troops" with nothing before it that it could stand for."""
    for token in doc:
        low = token.lower_
        named = any(_can_be(low, t) for t in doc[: token.i])
        if low in _PERSONAL and not named and not _is_empty(token):
            return f"{token.text!r} stands for what was said before"
        if low in ("there", "here") and token.dep_ == "advmod" and not _has_name(doc[: token.i]):
            return f"{token.text!r} is a place given before"
        if low in _POINTING and _points_back(token, named=named):
            return f"{token.text!r} points to what was said before"
    return None


def _can_be(pronoun: str, noun: Token) -> bool:
    """Whether a pronoun can stand for a noun before it: "it" not for several."""
    if noun.dep_ == "compound":
        return False
    if pronoun in _OF_ONE:
        return noun.tag_ in ("NN", "NNP") or (noun.tag_ == "NNPS" and noun.ent_type_ == "ORG")
    return noun.pos_ in ("NOUN", "PROPN")


def _has_name(tokens: Iterable[Token]) -> bool:
    return any(t.pos_ == "PROPN" for t in tokens)


def is_bare(text: str) -> bool:
    """Whether the subject is a single thing without an article, as headlines have it."""
    doc = parse(text).doc
    root = next((token for token in doc if token.dep_ == "ROOT"), None)
    subject = child(root, "nsubj", "nsubjpass") if root is not None else None
    if subject is None or subject.i > _FIRST_WORDS or not _is_single_thing(subject):
        return False
    return not any(
        t.dep_ in ("det", "poss", "nummod", "predet") or t.pos_ in ("PROPN", "PRON")
        for t in subject.lefts
    )


_FIRST_WORDS = 3


def _is_single_thing(noun: Token) -> bool:
    """A common noun; at the start one that its capital makes a name, with no name after "of"."""
    if noun.pos_ not in ("NOUN", "PROPN", "VERB"):
        return False
    if noun.tag_ == "NN":
        return True
    of = child(noun, "prep")
    return noun.i == 0 and of is not None and not any(t.pos_ == "PROPN" for t in of.subtree)


def doer_of(text: str) -> str:
    """The name of who does what a figure in the text counts; "" where the figure is the subject."""
    doc = parse(text).doc
    root = next((token for token in doc if token.dep_ == "ROOT"), None)
    subject = child(root, "nsubj") if root is not None else None
    if root is None or subject is None or root.pos_ != "VERB" or subject.pos_ != "PROPN":
        return ""
    words = list(subject.subtree)
    return "" if any(t.pos_ == "NUM" for t in words) else " ".join(t.text for t in words)


_AUXILIARY = re.compile(
    r" (?:is|are|was|were|be|has|have|had|will|would|can|could|may|might|must|should|do|does|did)\b"
)


def lacks_subject(text: str, evidence: str) -> bool:
    """Whether a text opens with what its evidence has as a verb: "Leaves the roster as it is"."""
    first = re.match(r"[A-Z][a-z]+(?:s|ed)\b", text)
    if first is None or _AUXILIARY.match(text, first.end()):
        return False
    verb = first.group().lower()
    if re.search(rf"\b(?:and|but|or|which|that|who|it|says|said),? {verb}\b", evidence):
        return True
    return f" {verb} " in evidence and _is_verb(verb, evidence)


def _is_verb(word: str, text: str) -> bool:
    return any(token.text == word and token.tag_ in ("VBZ", "VBD") for token in parse(text).doc)


def _is_empty(token: Token) -> bool:
    """ "It is likely that", "it rained"."""
    if token.dep_ == "expl":
        return True
    verb = token.head
    said = [verb, *children(verb, "acomp", "attr", "oprd")]
    clause = any(child(t, "ccomp", "xcomp", "advcl", "csubj", "acl") is not None for t in said)
    return token.lower_ == "it" and (clause or verb.lemma_ in ("rain", "snow"))


def _points_back(token: Token, *, named: bool) -> bool:
    if token.dep_ == "mark" or token.tag_ == "IN":
        return False
    if named and token.lower_ not in _NEAR and token.dep_ in ("nsubj", "dobj"):
        return False
    if token.head.lower_ in _TIMES:
        return False
    if child(token, "relcl", "acl", "prep") is not None:
        return False  # "those who stayed"
    return not (
        token.lower_ == "such" and token.i + 1 < len(token.doc) and token.nbor().text == "as"
    )
