"""Runs of capitalised words that hold a person and a body: "Jane Roe of Orla University"."""

from __future__ import annotations

import re
from collections.abc import Set

from summarise.language.first_names import is_first_name

_OF = re.compile(r" (?:of|for|at) (?:the )?")
_HEADED = re.compile(
    r"\b(?:head|leader|director|chief|chairman|chairwoman|chair|president|secretary|founder|"
    r"spokesman|spokeswoman|spokesperson|manager|coordinator|editor|boss|owner)"
    r" (?:of|for|at)(?: the)? $",
    re.IGNORECASE,
)
""" "The head of the Orla Monitor Jane Roe said", the commas about the name lost."""


def parted(text: str, start: int, end: int, bodies: Set[str]) -> list[tuple[int, int]]:
    """The names in a run of `text`: the run itself, or the person and the body apart.

    `bodies` are words, in lower case, of which the name of a body has one.
    """
    for link in _OF.finditer(text, start, end):
        if _is_person_of(text[start : link.start()], text[link.end() : end], bodies):
            return [(start, link.start()), (link.end(), end)]
    if _HEADED.search(text[max(0, start - 40) : start]):
        return _headed(text, start, end, bodies)
    return [(start, end)]


def _is_person_of(person: str, body: str, bodies: Set[str]) -> bool:
    words = person.split()
    if len(words) not in (2, 3) or not all(w[:1].isupper() for w in words):
        return False
    if bodies & set(person.lower().split()) or person.isupper():
        return False
    parts = body.lower().split()
    return is_first_name(words[0]) or (len(parts) > 1 and not bodies.isdisjoint(parts))


def _headed(text: str, start: int, end: int, bodies: Set[str]) -> list[tuple[int, int]]:
    words = list(re.finditer(r"\S+", text[start:end]))
    last = max((i for i, w in enumerate(words) if w.group().lower() in bodies), default=-1)
    if last < 0 or len(words) - last - 1 not in (2, 3):
        return [(start, end)]
    if not all(w.group()[:1].isupper() for w in words[last + 1 :]):
        return [(start, end)]
    return [(start, start + words[last].end()), (start + words[last + 1].start(), end)]
