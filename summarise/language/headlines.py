"""Headlines that name who says them: "Troops pull back: minister", "Mayor warns of floods"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WHO = r"(?:(?:[A-Z][\w’'.-]*|of|for|the|and)\s?){1,5}|[a-z]+(?: [a-z]+)?"
_SAYS = (
    r"(?:says?|said|claims?|claimed|warns?|reports?|confirms?|insists?|admits?|estimates?|reveals?"
    r"|tells?|argues?|predicts?|believes?|suggests?|finds?|shows?|announces?)"
)
_ROLE_AT_END = (
    r"(?:[a-z]+ )?(?:[Mm]onitor|[Mm]inistry|[Mm]inister|[Pp]olice|[Oo]fficials?|[Ss]ources?"
    r"|[Mm]edia|[Rr]eports?|[Ss]tudy|[Aa]gency|[Ww]atchdog|[Ss]tate TV|[Aa]rmy|[Mm]ilitary)"
)
_HEADLINES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^[“‘\"']?(?P<claim>[^.!?:]{{12,}}?)[”’\"']?(?:: | [–—-] )(?P<who>{_WHO})"
        r"(?: on [^.!?:]+)?$",
        rf"^[“‘\"']?(?P<claim>[^.!?:]{{12,}}?)[”’\"']?, (?P<who>{_WHO}) (?i:{_SAYS})$",
        rf"^[“‘\"']?(?P<claim>[^.!?:]{{12,}}?)[”’\"']?, (?i:{_SAYS}) (?P<who>{_WHO})$",
        r"^(?P<who>(?:[A-Z][\w’'-]+ ?){1,3}): (?P<claim>[^.!?:]{12,})$",
        rf"^(?P<who>(?:[A-Z][\w’'.-]* ){{1,4}})(?i:{_SAYS}) (?:[Tt]hat )?"
        r"(?P<claim>[^.!?:]{12,})$",
        rf"^(?P<claim>[^.!?:]{{20,}}) (?P<who>(?<=[a-z0-9] ){_ROLE_AT_END})$",
    )
)


@dataclass(frozen=True)
class Headed:
    """Who a headline is from; `start` and `end` are the offsets of what is said."""

    who: str
    start: int
    end: int


def headed(text: str) -> Headed | None:
    """The speaker of a headline and what is said; None where it names none."""
    for pattern in _HEADLINES:
        match = pattern.match(text.strip())
        if match is not None and len(match["claim"].split()) >= 3:
            shift = len(text) - len(text.lstrip())
            return Headed(
                match["who"].strip(), match.start("claim") + shift, match.end("claim") + shift
            )
    return None
