"""A claim without a figure, taken apart: what it says, of whom, who did it, whether it denies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from summarise.language.names import find_names
from summarise.reconciliation.bodies import body_of
from summarise.reconciliation.content import content, denied_part, senses
from summarise.reconciliation.denials import withholds
from summarise.reconciliation.lexicon import PROSPECT, RESET
from summarise.reconciliation.senses import REVERSING
from summarise.records import Claim

ACCUSING = frozenset("blam blame accus accuse denounc condemn claim alleg allege".split())
"""Who accuses states only that he does."""
_AGENT = re.compile(r"\bby (?:an? |the |some )?(?:either )?", re.IGNORECASE)
_DEED = (
    r"(?:carr(?:y|ied) out|launch(?:ed)?|commit(?:ted)?|caused?|staged?|perpetrated?|"
    r"conduct(?:ed)?|fired?|shell(?:ed)?|bomb(?:ed)?|attack(?:ed)?|str[iu]c?ke?|shot|shoot|plant(?:ed)?|"
    r"trigger(?:ed)?|start(?:ed)?|hack(?:ed)?|leak(?:ed)?|sabotaged?|poison(?:ed)?|set fire)"
)
_DOER = re.compile(rf"\b(?:{_DEED}|was|were)\b")
_ACTIVE = re.compile(
    rf"^(?P<who>[^,.;:]{{2,60}}?)(?: (?:had|has|have|did|not|never|itself)\b)* {_DEED}\b"
)
"""Who is said to have done something: the subject of its verb."""
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be|that|who|which)$")
_ORIGIN = re.compile(r"\b(?:fired|launched|came|coming|sent|shot) from (?:the |an? )?")
"""Where something came from, and so whose it was."""
_UNDONE = re.compile(
    r"\b(?:ha(?:s|ve|d) (?:so far |still )?(?:not|never|refused|declined|failed)|"
    r"ha(?:s|ve|d)n[’']t|not yet|yet to|so far (?:not|refused|declined)|"
    r"still (?:not|no)|undecided|(?:would|will) not|won[’']t|wouldn[’']t|rul(?:es?|ed) out"
    r"|(?:has|have|had) no (?:plans?|intention)|"
    r"(?:is|are|was|were) not (?:going|planning|about|ready|willing) to)\b",
    re.IGNORECASE,
)
"""What had not come about when it was told, and may have since."""
_NO_LONGER = re.compile(r"\b(?:no longer|not any ?more|any longer)\b", re.IGNORECASE)
_OF_ITS_OWN = re.compile(r"\b(?:whether|if|when|that) (?:it|he|she|they|its|his|her|their)\b")
"""Who has not said what he himself will do."""


_RISKS = frozenset("risk threat threaten danger endanger".split())
"""What poses a risk has not come about."""


@dataclass(frozen=True)
class Said:
    """What a claim without a figure says, taken apart for its relations."""

    claim: Claim

    @cached_property
    def stems(self) -> frozenset[str]:
        """Its content words."""
        return content(self.claim.text)

    @cached_property
    def senses(self) -> frozenset[str]:
        """What its words stand for, names left out: these are spelled in many ways."""
        return senses(self.claim.text)

    @cached_property
    def rest(self) -> frozenset[str]:
        """Its content words beside names: what is said of whom, without the whom."""
        return _beside_names(self.claim.text)

    @cached_property
    def denied(self) -> frozenset[str]:
        """The content words behind its first denial, names left out."""
        return _beside_names(denied_part(self.claim.text))

    @cached_property
    def withholds(self) -> bool:
        """Whether it tells only that somebody has not seen it or cannot say."""
        return withholds(self.claim)

    @cached_property
    def possible(self) -> bool:
        """Whether it only may be so."""
        return self.claim.certainty == "possible" or not self.stems.isdisjoint(_RISKS)

    @cached_property
    def culprits(self) -> tuple[str, ...]:
        """The names said to have done it: "by Russian warplanes", "the raid was Russian"."""
        text = self.claim.text
        if not self.stems.isdisjoint(ACCUSING):
            return ()  # who is blamed for it need not have done it
        doer = _DOER.search(text) if " by " in text else None
        agent = _AGENT.search(text, doer.end()) if doer else None
        if agent is not None:
            return tuple(_names(text[agent.end() :][:60]))
        if origin := _ORIGIN.search(text):
            first = tuple(_names(text[origin.end() :][:40]))[:1]
            return first if first and body_of(first[0]).owners else ()  # a village is no culprit
        active = _ACTIVE.search(text)
        if active is None or _PASSIVE.search(active["who"]):
            return ()
        return tuple(name for name in _names(active["who"]) if _is_named(name, active["who"]))

    @cached_property
    def reverses(self) -> frozenset[str]:
        """The senses by which it tells that something was undone."""
        return self.senses & REVERSING

    @cached_property
    def ahead(self) -> bool:
        """Whether it tells of what lies ahead."""
        return PROSPECT.search(self.claim.text) is not None

    @cached_property
    def ended(self) -> bool:
        """Whether it tells that something is so no longer."""
        return _NO_LONGER.search(self.claim.text) is not None

    @cached_property
    def moved(self) -> bool:
        """Whether it tells that a day which was set is another now."""
        return RESET.search(self.claim.text) is not None

    @cached_property
    def undone(self) -> bool:
        """Whether it tells of what had not come about yet."""
        foreign = self.withholds and not _OF_ITS_OWN.search(self.claim.text)
        return not foreign and _UNDONE.search(self.claim.text) is not None


_MANY = re.compile(r"(?:s|men|women|people|children)$")


def _is_named(name: str, subject: str) -> bool:
    """Whether a name at the start of a subject is one: "Karvelia", no "Striking drivers"."""
    if not subject.startswith(name) or " " in name or body_of(name).owners:
        return True
    return name == subject and not _MANY.search(name)


def _beside_names(text: str) -> frozenset[str]:
    text = "so " + text
    for start, end in find_names(text):
        text = text[:start] + " " * (end - start) + text[end:]
    return content(text[3:])


def _names(text: str) -> Iterator[str]:
    clause = re.split(r" (?:on|in|at|near|over|during|against|after|before|from) ", text)[0]
    for start, end in find_names("so " + clause):
        yield ("so " + clause)[start:end]
