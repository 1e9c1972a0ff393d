"""What a claim takes from the text around it: whose word it is, and which figure it speaks of.

A claim may hold the verb of saying in its own words ("The coast guard on Monday put the dead at
five"), or call what is counted "the figure". What is compared is the claim with that told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from summarise.language.date_words import WEEKDAYS
from summarise.reconciliation.figure_rows import beside, is_total
from summarise.reconciliation.lexicon import AUXILIARY, HARMED, PROSPECT
from summarise.reconciliation.measure import senses_of, toll_of, unit_of
from summarise.reconciliation.naming import tokens_of
from summarise.reconciliation.senses import sense
from summarise.reconciliation.told import Told
from summarise.records import Claim, Figure

_WHO = r"(?P<who>(?:the |[A-Z])[^,.;:\d“”\"]{1,60}?)"
_MEASURED = (
    r"(?:number|figure|toll|total|count|tally|dead|deaths|killed|casualties|wounded|injured|missing"
    r"|victims|costs?|loss(?:es)?|damages?|bill|turnout|crowd|attendance|size|strength|value|worth"
    r"|price|budget|share|rate|growth|inflation|revenue|profits?|magnitude|chances?|risk)"
)
"""What is put at a figure."""
_PUT = re.compile(
    rf"^{_WHO}(?P<when> (?:late |early )?(?:on )?(?:{'|'.join(WEEKDAYS)}|today|yesterday)"
    r"(?: (?:morning|afternoon|evening|night))?)?(?: (?:has|have|had|later|now|then|also|since))*"
    rf" (?:puts?|plac(?:es|ed?)|estimat(?:es|ed?)) (?P<what>(?:[\w’'-]+ )*?{_MEASURED} "
    r"(?:[\w’'-]+ ){0,8}?)(?P<at>(?:at|as|near|closer to) )?"
    r"(?:(?:about|around|some|nearly|almost|over|least|more|than|up|to|at|just|an?) )*$",
    re.IGNORECASE,
)
"""Who puts what at a figure, up to that figure: "The union puts the number on strike at"."""
_AT = re.compile(r"(?:at|as|near|closer to) ", re.IGNORECASE)
_RECKONED = re.compile(
    rf", {_WHO.replace('[A-Z]', '[A-Za-z]')} (?:estimate[sd]?|reckon(?:s|ed)?|calculate[sd]?"
    r"|sa(?:ys?|id)|believe[sd]?)\.?$"
)
"""Who says so at the end of a claim: "£3m in lost trade, brokers at Arno Pell estimate"."""
_SAYS = re.compile(
    rf"^{_WHO} (?:now |have |has |had )*(?:say|says|said|believe|believes|believed) that "
    r"(?P<what>.+)$"
)
"""Whose word the rest of a claim is, where the claim itself tells: "Prosecutors say that"."""
_PRONOUN = re.compile(r"^(?:it|he|she|they|we|i|this|that|which|who)\b", re.IGNORECASE)
_FIGURE = re.compile(
    r"\b(?:the|that|this|its|their|his|her) (?:figure|number|total|count|tally)s?\b"
    r"(?! (?:of|for|from|in|on|who|that)\b)",
    re.IGNORECASE,
)
"""A word for a figure that leaves untold of what it is."""
_BEFELL = {"casualties": "killed or injured", "victims": "who are victims"}
"""What is said of those counted, where the name of the toll cannot be put behind them."""


def in_context(told: Iterable[Told]) -> Iterator[Told]:
    """The claims, articles after one another, each as it is to be compared."""
    counted: dict[str, str] = {}
    before: dict[str, Claim] = {}
    for one in told:
        claim = _figure_told(_voice_told(one.claim), counted.get(one.article))
        claim = _told_whole(claim, before.get(one.article))
        if claim.quantities:
            before[one.article] = claim
        if (what := _counted(claim)) is not None:
            counted[one.article] = what
        yield one if claim is one.claim else replace(one, claim=claim, extracted=one.claim)


def _voice_told(claim: Claim) -> Claim:
    """The claim without the words that say whose figure it is; the source it has is kept."""
    said = _SAYS.match(claim.text) if claim.source is None else None
    if said and _is_speaker(said["who"]):
        return _by(claim, said["who"], said["what"][:1].upper() + said["what"][1:])
    for figure in claim.quantities[:1]:
        parts = beside(figure, claim.text)
        if parts is None:
            return claim
        before, after = parts
        put = _PUT.search(before)
        if put and (put["at"] or _AT.match(figure.surface)) and _is_speaker(put["who"]):
            text = before[put.start("what") :] + claim.text[len(before) :]
            told = _by(claim, put["who"], text[:1].upper() + text[1:])
            return told.model_copy(update={"time": None}) if _is_of_saying(put, claim) else told
        end = _RECKONED.search(after)
        if end and _is_speaker(end["who"]):
            kept = claim.text[: len(claim.text) - len(after) + end.start()]
            return _by(claim, end["who"], f"{kept}.")
    return claim


def _is_speaker(who: str) -> bool:
    """Whether it names somebody, and no verb is left behind the name: "officials may"."""
    words = who.lower().split()
    return _PRONOUN.match(who) is None and words[-1] not in AUXILIARY | {"to", "not"}


def _by(claim: Claim, who: str, text: str) -> Claim:
    source = claim.source or re.sub(r"^the ", "", who, flags=re.IGNORECASE)
    return claim.model_copy(update={"text": text, "source": source})


def _is_of_saying(put: re.Match[str], claim: Claim) -> bool:
    """Whether the period of the claim is the day on which somebody gave the figure."""
    if claim.time is None or put["when"] is None:
        return False
    return claim.time.surface.split()[-1].lower() in put["when"].lower()


def _told_whole(claim: Claim, before: Claim | None) -> Claim:
    """A claim that gives but a number, with the words of the figure just before: "It is 90"."""
    if before is None or len(claim.quantities) != 1 or claim.polarity != before.polarity:
        return claim
    if claim.source is None or PROSPECT.search(claim.text):
        return claim  # nobody's other word on what was told
    figure, other = claim.quantities[0], before.quantities[0]
    bare = not senses_of(figure.unit) - {""} and unit_of(figure) == "count" == unit_of(other)
    bare = bare and bool(other.unit)
    parts, whole = beside(figure, claim.text), beside(other, before.text)
    if not bare or parts is None or whole is None or not _says_nothing(" ".join(parts)):
        return claim
    text = f"{whole[0]}{figure.surface}{whole[1]}"
    unit = figure.model_copy(update={"unit": other.unit})
    time = claim.time or before.time
    return claim.model_copy(update={"text": text, "quantities": (unit,), "time": time})


def _says_nothing(text: str) -> bool:
    """Whether words beside a figure tell nothing of what it is, who says so left out."""
    rest = _SPEAKS.sub("", text)
    return len(tokens_of(text)) <= _FEW and senses_of(rest) - {""} <= _BARE


_FEW = 8
_SPEAKS = re.compile(
    r"^.{2,40}? (?:put|puts|spoke|speaks|gave|gives|counted|counts)\b", re.IGNORECASE
)
"""Who gives a number: "The union spoke of"."""
_BARE = frozenset(map(sense, "come turn number figure total".split()))


def _figure_told(claim: Claim, counted: str | None) -> Claim:
    """The claim with "the figure" told, where a figure before it is of something."""
    if counted is None or not claim.quantities or _counted(claim) is not None:
        return claim
    figure = claim.quantities[0]
    if unit_of(figure) != "count" or any(senses_of(figure.unit)):
        return claim
    found = _FIGURE.search(claim.text)
    if found is None:
        return claim
    the = "the" if found.start() else "The"
    text = f"{claim.text[: found.start()]}{the} number of {counted}{claim.text[found.end() :]}"
    unit = figure.model_copy(update={"unit": counted})
    return claim.model_copy(update={"text": text, "quantities": (unit, *claim.quantities[1:])})


def _counted(claim: Claim) -> str | None:
    """Of what a claim tells how many; None where its figure is no count of anything harmed."""
    if not claim.quantities or not is_total(claim.quantities[0], claim.text):
        return None
    figure = claim.quantities[0]
    return _named(figure, claim.text)


def _named(figure: Figure, text: str) -> str:
    said = senses_of(text)
    toll = toll_of(figure, said, said, both=HARMED.search(text) is not None)
    unit = figure.unit or "people"
    if toll is None or senses_of(toll) & senses_of(unit):
        return unit
    return f"{unit} {_BEFELL.get(toll, toll)}"
