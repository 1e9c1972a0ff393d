"""Claims by what they hold, whatever they are called and in whatever order they are listed."""

from __future__ import annotations

from collections.abc import Sequence

from summarise.evaluation.fields import SAME
from summarise.records import Claim


def content(claim: Claim) -> str:
    """What a claim holds but its name and verdict: claims alike in it are the same claim."""
    return repr(claim.model_copy(update={"id": "", "verdict": None, "reasons": ()}))


def in_order(claims: Sequence[Claim]) -> list[int]:
    """The places of the claims by content, so that ties are settled alike in every order."""
    return sorted(range(len(claims)), key=lambda at: (content(claims[at]), claims[at].id, at))


def by_content(claims: Sequence[Claim]) -> dict[str, list[int]]:
    """The places of each content."""
    places: dict[str, list[int]] = {}
    for place, claim in enumerate(claims):
        places.setdefault(content(claim), []).append(place)
    return places


def fields_alike(one: Claim, other: Claim) -> int:
    """In how many of the scored fields two claims agree."""
    return sum(same(one, other) for same in SAME.values())
