"""Claims that answer the one before them: "The company denied this", and who denies what he is
accused of.

An article tells a charge and then what the charged one says to it. His denial seldom repeats the
charge: that it stands behind it tells what is denied.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from summarise.reconciliation.bodies import people_root
from summarise.reconciliation.denials import withholds
from summarise.reconciliation.lexicon import PROSPECT
from summarise.reconciliation.naming import tokens_of
from summarise.reconciliation.question import Question
from summarise.reconciliation.senses import GENERAL, sense
from summarise.reconciliation.sides import Voices
from summarise.reconciliation.told import Told
from summarise.records import Claim

REACH, BACK = 400, 4
"""Characters and claims before a denial within which the charge stands."""
_DENY = r"(?:den(?:y|ies|ied)|reject(?:s|ed)?|dismiss(?:es|ed)?|disput(?:es?|ed)|refut(?:es?|ed))"
_BARE = re.compile(
    rf"\b{_DENY} (?:all |any |both )?(?:(?:this|that|it|them|these|those)\b(?=[,;.]| and\b|$)"
    r"|(?:wrongdoing|involvement|responsibility)\b"
    r"|(?:the |such |these |those |his |her |its |their |all )?(?:\w+ )?"
    r"(?:charges?|claims?|allegations?|accusations?|reports?|suggestions?|account|story)\b"
    r"(?! (?:that|of|which|by)\b))"
    r"|\b(?:carr(?:y|ied|ying) out|behind|involve(?:d|ment) in|responsib(?:le|ility) for"
    r"|(?:part|role|hand) in) (?:the|this|that|these|any|such) (?:\w+ )?(?:attack|strike|raid"
    r"|shelling|bombing|killing|murder|blast|explosion|incident|accident|disaster|crash)s?\b"
    r"|^there (?:is|was|are|were) no such\b"
    r"|^(?:this|that|it|the (?:claim|report|story|accusation|allegation)s?) (?:is|was|are|were) "
    r"(?:simply |just |completely |entirely )?"
    r"(?:not (?:true|so|correct)|untrue|false|wrong|an? lie)\b",
    re.IGNORECASE,
)
"""A denial that leaves what is denied to what stands before it."""
_PRONOUN = re.compile(rf"\b{_DENY} (?:this|that|it|them|these|those)\b|^there\b", re.IGNORECASE)
"""A denial that takes up what stands just before it, whoever is charged there."""
_NOTHING = frozenset(
    map(sense, "deny reject claim charge say single anything anybody anyone ever nothing".split())
)
_TOLD = re.compile(
    r"\b(?:sa(?:y|ys|id)|accus\w+|alleg\w+|charg(?:e|es|ed)|claim(?:s|ed)?|reportedly|according)\b",
    re.IGNORECASE,
)
"""What tells that a charge is somebody's word."""
SHARED = 0.5
"""Least share of what a denial says that stands in the charge."""


def answers(told: Sequence[Told], asked: Sequence[Question], voices: Voices) -> dict[int, int]:
    """The place of each claim that answers another, with the place of that other.

    Both are of one article; the answer denies what the other states, and is not of its source.
    """
    inside: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, one in enumerate(told):
        if one.claim.evidence:
            inside[one.article].append((one.claim.evidence[0].start, place))
    found = {}
    for places in inside.values():
        order = [place for _, place in sorted(places)]
        for at, place in enumerate(order):
            if _is_denial(told[place].claim):
                before = islice(reversed(order[:at]), BACK)
                charge = next(_charges(place, before, told, asked, voices), None)
                if charge is not None:
                    found[place] = charge
    return found


def _is_denial(claim: Claim) -> bool:
    """Whether a claim denies something on the account of somebody."""
    if claim.source is None or withholds(claim):
        return False
    return claim.polarity == "negative"


def _charges(
    place: int,
    before: Iterator[int],
    told: Sequence[Told],
    asked: Sequence[Question],
    voices: Voices,
) -> Iterator[int]:
    """The claims before a denial that it may answer, the nearest first."""
    denial = told[place]
    bare = _BARE.search(denial.claim.text) is not None
    taken_up = bare and _PRONOUN.search(denial.claim.text) is not None
    for other in before:
        charge = told[other]
        if denial.claim.evidence[0].start - charge.claim.evidence[0].end > REACH:
            return
        if not _is_charge(charge.claim) or voices.same(charge, denial):
            continue
        meant = _may_be_meant(denial, charge) if bare else _repeats(asked[place], asked[other])
        if meant and (taken_up or _is_charged(denial, charge, voices)):
            yield other


def _is_charge(claim: Claim) -> bool:
    """Whether a claim is somebody's word that something is so."""
    told = claim.source is not None or claim.certainty != "certain"
    return claim.polarity == "positive" and (told or _TOLD.search(claim.text) is not None)


def _may_be_meant(denial: Told, charge: Told) -> bool:
    """Whether "no such plan" can be of what is told: of what lies ahead."""
    such = denial.claim.text.lower().startswith("there ")
    return not such or PROSPECT.search(charge.claim.text) is not None


def _is_charged(denial: Told, charge: Told, voices: Voices) -> bool:
    """Whether a claim speaks of the source of a denial, or of whom that speaks for."""
    named = {people_root(low) for text, low in tokens_of(charge.claim.text) if text[0].isupper()}
    return not named.isdisjoint(voices.bodies.names(str(denial.claim.source)))


def _repeats(denial: Question, charge: Question) -> bool:
    """Whether a denial says, beside names and general words, for a good part what a charge does."""
    said = {one for one in denial.senses - GENERAL - _NOTHING if one[0] not in "~="}
    shared = said & charge.senses
    same = denial.traits.prospect == charge.traits.prospect
    return same and bool(shared) and len(shared) >= SHARED * len(said)
