"""What heads the predicate of a claim: the verb by which it says what it does of its subject."""

from __future__ import annotations

from itertools import islice

from summarise.reconciliation.lexicon import AUXILIARY, IRREGULAR, ROLES
from summarise.reconciliation.naming import Token
from summarise.reconciliation.senses import GENERAL, sense, sense_of_two

REACH = 6
"""Words behind an auxiliary within which its verb stands."""
_RELATIVE = frozenset(("that", "which", "who", "where", "whom", "when"))


def said_of(tokens: list[Token], placed: list[tuple[int, str]]) -> frozenset[str]:
    """The sense that heads the predicate, behind the auxiliary of the main clause if it has one."""
    telling = [(at, found) for at, found in placed if _heads(tokens[at][1], found)]
    for place, (_, low) in enumerate(tokens):
        if place and low in AUXILIARY and tokens[place - 1][1] not in _RELATIVE:
            after = (found for at, found in telling if 0 < at - place <= REACH)
            return frozenset(islice(after, 1))
    for place, (_, low) in enumerate(tokens[:-1]):
        if place and _is_past(low, tokens[place + 1][1]):
            return frozenset(found for at, found in telling if at == place)
    pasts = (place for place, (_, low) in enumerate(tokens) if place and low.endswith("ed"))
    first = next(pasts, None)
    return frozenset(found for at, found in telling if at == first)


def _is_past(low: str, behind: str) -> bool:
    """Whether a word is a verb of the past, which may mean another thing with the word behind."""
    if low.endswith("ed"):
        return behind not in ROLES or sense_of_two(low, behind) != sense(low)
    return low in IRREGULAR


def _heads(low: str, found: str) -> bool:
    return not low.endswith("ly") and found not in GENERAL
