"""The content words of a claim, read once and fast: a story has up to a hundred thousand claims."""

from __future__ import annotations

import re
from functools import lru_cache

from summarise.language.words import STOP, Word, opposite, stem, words
from summarise.reconciliation.senses import sense

_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:[’'][^\W\d_]+)*")
DENYING = r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|refut(?:es?|ed|ing))\b"
"""Verbs for saying that something is not so."""
_DENIAL = re.compile(
    r"\b(?:not|no|never|nobody|none|neither|nor|nothing|nowhere|cannot|without)\b|n[’']t\b"
    rf"|{DENYING}",
    re.IGNORECASE,
)
_EMPTY = STOP | {"not", "no", "never", "any", "even", "ever", "yet", "having", "cannot"}
_EQUAL = {"troop": "soldier", "wound": "injur", "hurt": "injur", "dead": "kill", "die": "kill"}
"""Stems that news puts for one another."""


@lru_cache(maxsize=8192)
def tokens(text: str) -> tuple[str, ...]:
    """All words of a text, lower case."""
    return tuple(_WORD.findall(text.lower()))


@lru_cache(maxsize=8192)
def content(text: str) -> frozenset[str]:
    """The stems of a text's content words; denials and empty words left out."""
    stems = (stem(word) for word in tokens(text) if word not in _EMPTY)
    return frozenset(_EQUAL.get(base, base) for base in stems)


@lru_cache(maxsize=8192)
def denies(text: str) -> bool:
    """Whether any word of a text denies, be it in a clause within it."""
    return _DENIAL.search(text) is not None


@lru_cache(maxsize=8192)
def senses(text: str) -> frozenset[str]:
    """What the words of a text stand for, synonyms as one; no capitalised words, no figures."""
    found = (sense(word) for word in _WORD.findall(text) if word[0].islower())
    return frozenset(meant for meant in found if meant)


@lru_cache(maxsize=8192)
def denied_sense(text: str) -> str:
    """What a text denies: the sense of the first word behind its first denial; empty for none."""
    after = (word for word in _WORD.findall(denied_part(text)) if word[0].islower())
    return next((meant for word in after if (meant := sense(word))), "")


@lru_cache(maxsize=8192)
def denied_part(text: str) -> str:
    """What stands behind the first denial of a text; empty where it denies nothing."""
    cue = _DENIAL.search(text)
    return text[cue.end() :] if cue else ""


_CONTRAST = re.compile(
    r"(?:,| and| but) not (?:(?:in|at|by|from|on|with|to|because of|due to) )?"
    r"(?P<what>[^,.;]{3,60})\.?$"
)
"""What a claim says it was not, beside what it was: "in a tank and not in a pump"."""


@lru_cache(maxsize=8192)
def contrasted(text: str) -> frozenset[str]:
    """The senses of what a claim says something was not, beside what it was; none without."""
    found = _CONTRAST.search(text)
    return senses(found["what"]) if found else frozenset()


def told_by_senses(text: str, wanted: frozenset[str]) -> str:
    """The words of a text that stand for these, as they are written, the first six."""
    found = [word for word in _WORD.findall(text) if word[0].islower() and sense(word) in wanted]
    return " ".join(found[:6])


def turned(one: str, other: str) -> tuple[str, str] | None:
    """A word of one text whose opposite stands in the other; None where there is none."""
    mine, theirs = content(one), content(other)
    # Only words that one of the two lacks can be opposites: most pairs have none.
    first, second = (
        [Word(base, base) for base in sorted(some)] for some in (mine - theirs, theirs - mine)
    )
    if not (first and second) or opposite(first, second) is None:
        return None
    return opposite(words(one), words(other))


def dice(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """Shared stems, twice, as a share of all of both; 0 where there are none."""
    total = len(mine) + len(theirs)
    return 2 * len(mine & theirs) / total if total else 0.0
