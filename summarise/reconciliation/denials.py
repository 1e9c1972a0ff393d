"""Denials that only say that somebody does not know: no word that it is not so."""

from __future__ import annotations

import re
from functools import lru_cache

from summarise.records import Claim

_WITHHELD = re.compile(
    r"\b(?:not|n[’']t|cannot|no|never|nobody|neither|yet to|unable to|without)\b(?:\W+\w+){0,4}?\W+"
    r"(?:confirm\w*|verif\w*|observ\w*|seen?|know\w*|establish\w*|corroborat\w*|determin\w*|clear|"
    r"detect\w*|found|evidence|indications?|signs?|say|said|comment\w*|disclos\w*|announc\w*|"
    r"received|heard|identif\w*)\b",
    re.IGNORECASE,
)
"""A body that has not seen or cannot say: no word that it is not so."""


def withholds(claim: Claim) -> bool:
    """Whether a claim tells only that somebody has not seen it or cannot say."""
    if claim.polarity != "negative":
        return False
    return claim.certainty == "possible" or _WITHHELD.search(claim.text) is not None


def held_back(claim: Claim) -> str:
    """The words for what somebody has not seen or cannot tell; empty where none are withheld."""
    if claim.polarity != "negative":
        return ""
    cue = _WITHHELD.search(claim.text)
    return claim.text[cue.end() :] if cue else ""


_REJECTED = re.compile(
    r"\b(?:is|are|was|were|as|called) (?:\w+ ){0,2}?[“\"‘']?(?:an? )?(?:\w+ )?"
    r"(?:fabricat\w+|false|untrue|wrong|lies?|fake|hoax|invent\w+|fiction|nonsense|baseless)\b",
    re.IGNORECASE,
)
"""What is said of a claim that is turned down."""


def denies_figure(claim: Claim) -> bool:
    """Whether a claim denies its figure, or calls the claim that gives it untrue."""
    return claim.polarity == "negative" or _is_rejection(claim.text)


@lru_cache(maxsize=8192)
def _is_rejection(text: str) -> bool:
    return _REJECTED.search(text) is not None
