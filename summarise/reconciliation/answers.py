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

from summarise.language.words import STOP
from summarise.reconciliation.bodies import people_root
from summarise.reconciliation.content import denied_part, senses
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
    r"(?! (?:that|of|which|by)\b)|\W*$)"
    r"|\b(?:carr(?:y|ied|ying) out|behind|involve(?:d|ment) in|responsib(?:le|ility) for"
    r"|(?:part|role|hand) in) (?:the|this|that|these|any|such) (?:\w+ )?(?:attack|strike|raid"
    r"|shelling|bombing|killing|murder|blast|explosion|incident|accident|disaster|crash)s?\b"
    r"|^(?:there (?:is|was|are|were) )?no such\b"
    r"|^(?:this|that|it|the (?:claim|report|story|accusation|allegation)s?) (?:is|was|are|were) "
    r"(?:simply |just |completely |entirely )?"
    r"(?:not (?:true|so|correct)|untrue|false|wrong|an? lie)\b",
    re.IGNORECASE,
)
"""A denial that leaves what is denied to what stands before it."""
_DENIER = re.compile(rf"(?P<who>[^,.;:]{{2,60}}?) (?:has |have |had )?{_DENY}\b", re.IGNORECASE)
"""Who denies, where the claim itself tells."""
_SUCH = re.compile(r"\bno such (\w+)", re.IGNORECASE)
_PRONOUN = re.compile(
    rf"\b{_DENY}(?: (?:this|that|it|them|these|those)\b|\W*$)|\bno such\b", re.IGNORECASE
)
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
    if withholds(claim) and _SUCH.search(claim.text) is None:
        return False
    return claim.polarity == "negative" if claim.source else _DENIER.match(claim.text) is not None


def _speaker(claim: Claim) -> str:
    """Who denies: the source, else the subject of the verb."""
    who = _DENIER.match(claim.text)
    return claim.source or (who["who"] if who else "")


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
        if not _is_charge(charge.claim) or _is_own(charge, denial, voices):
            continue
        if bare:
            meant, plain = _may_be_meant(denial, asked[other]), taken_up
        else:
            share = _repeated(denial, asked[place], asked[other])
            meant, plain = share >= SHARED, share == 1
        if meant and (plain or _is_charged(denial, charge, voices)):
            yield other


def _is_own(charge: Told, denial: Told, voices: Voices) -> bool:
    """Whether both are the word of one voice."""
    return denial.claim.source is not None and voices.same(charge, denial)


def _is_charge(claim: Claim) -> bool:
    """Whether a claim is somebody's word that something is so."""
    told = claim.source is not None or claim.certainty != "certain"
    return claim.polarity == "positive" and (told or _TOLD.search(claim.text) is not None)


def _may_be_meant(denial: Told, charge: Question) -> bool:
    """Whether "no such plan" can be of what is told: of what lies ahead."""
    such = _SUCH.search(denial.claim.text)
    if such is None:
        return True
    return charge.traits.prospect if PROSPECT.search(such[1]) else sense(such[1]) in charge.senses


def _is_charged(denial: Told, charge: Told, voices: Voices) -> bool:
    """Whether a claim speaks of the source of a denial, or of whom that speaks for."""
    who, words = _speaker(denial.claim), tokens_of(charge.claim.text)
    named = {people_root(low) for text, low in words if text[0].isupper()}
    common = {low for _, low in tokens_of(who) if low not in STOP and low not in GENERAL}
    meant = not common.isdisjoint(low for _, low in words)
    return meant or not named.isdisjoint(voices.bodies.names(who))


def _repeated(denial: Told, asked: Question, charge: Question) -> float:
    """The share of what a denial denies, beside names and general words, that a charge says."""
    behind = senses(denied_part(denial.claim.text)) & asked.senses - GENERAL - _NOTHING
    said = behind or {one for one in asked.senses - GENERAL - _NOTHING if one[0] not in "~="}
    if not said or asked.traits.prospect != charge.traits.prospect:
        return 0.0
    return len(said & charge.senses) / len(said)
