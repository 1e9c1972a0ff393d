"""Whether a field of two claims says the same: source, via, period, figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from math import isclose
from typing import TypeVar

from summarise.language.names import find_names, same_name, strip_titles
from summarise.language.words import words
from summarise.meaning import as_float
from summarise.records import Claim, Figure

SHARED_SOURCE = 0.5
"""Least share of the shorter name's words that two descriptions of one source have in common."""
CLOSE = 0.01
"""Relative difference up to which two values are one: a third is 0.33 and 0.333."""


def same_source(one: Claim, other: Claim) -> bool:
    """Whether both have the same source, or both none."""
    return same_speaker(one.source, other.source)


def same_speaker(one: str | None, other: str | None) -> bool:
    """Whether two sources are one: by name, or by the words of their descriptions."""
    first, second = named(one), named(other)
    if first is None or second is None:
        return first is second
    return _same_speaker(first, second)


def named(source: str | None) -> str | None:
    """None for the article's own voice, however it is written."""
    if source is None or source.strip().lower() in {"", "article", "the article"}:
        return None
    return source.strip()


@lru_cache(maxsize=8192)
def _same_speaker(one: str, other: str) -> bool:
    if one.casefold() == other.casefold() or same_name(one, other):
        return True
    first, second = _proper(one), _proper(other)
    if first and second:
        # "Norway's health board", "Chile's health board": the names decide.
        if not any(same_name(a, b) for a in first for b in second):
            return False
        if len(first) == len(second) == 1 and _is_whole(one, first) and _is_whole(other, second):
            return True
    mine, theirs = _stems(one), _stems(other)
    shared = len(mine & theirs)
    return bool(shared) and shared / min(len(mine), len(theirs)) >= SHARED_SOURCE


def _proper(source: str) -> list[str]:
    # A name that opens a text could be any capitalised word, so it is read within one.
    lead = "so "
    return [f"{lead}{source}"[start:end] for start, end in find_names(lead + source)]


def _is_whole(source: str, names: Sequence[str]) -> bool:
    return len(strip_titles(source).split()) <= len(names[0].split()) + 1


def _stems(source: str) -> frozenset[str]:
    found = frozenset(word.stem for word in words(strip_titles(source)) if word.content)
    return found or frozenset([source.casefold()])


def same_via(one: Claim, other: Claim) -> bool:
    """Whether both went through the same hands, in whatever order."""
    return len(one.via) == len(other.via) == shared_via(one, other)


def shared_via(one: Claim, other: Claim) -> int:
    """How many of those who passed it on are named by both."""
    return len(other.via) - len(unpaired(one.via, other.via, same_speaker)[1])


def same_period(one: Claim, other: Claim) -> bool:
    """Whether both mean the same days, or both none."""
    if one.time is None or other.time is None:
        return one.time is other.time
    return (one.time.start, one.time.end) == (other.time.start, other.time.end)


def same_figures(one: Claim, other: Claim) -> bool:
    """Whether both hold the same figures, in whatever order."""
    return len(one.quantities) == len(other.quantities) == shared_figures(one, other)


def shared_figures(one: Claim, other: Claim) -> int:
    """How many figures stand in both, each counted once."""
    return len(other.quantities) - len(unlike_figures(one, other)[1])


def unlike_figures(one: Claim, other: Claim) -> tuple[list[Figure], list[Figure]]:
    """The figures of each that the other lacks."""
    return unpaired(one.quantities, other.quantities, same_figure)


def same_figure(one: Figure, other: Figure) -> bool:
    """Whether two figures have the same bounds."""
    return _close(one.low, other.low) and _close(one.high, other.high)


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return isclose(as_float(one), as_float(other), rel_tol=CLOSE)


Value = TypeVar("Value")


def unpaired(
    mine: Iterable[Value], theirs: Iterable[Value], same: Callable[[Value, Value], bool]
) -> tuple[list[Value], list[Value]]:
    """What is left on either side once each value has been paired with the first that is the same.

    Each is used once; order decides where several would do.
    """
    alone, left = [], list(theirs)
    for value in mine:
        twin = next((place for place, other in enumerate(left) if same(value, other)), None)
        if twin is None:
            alone.append(value)
        else:
            del left[twin]
    return alone, left


Same = Callable[[Claim, Claim], bool]

SAME: Mapping[str, Same] = {
    "source": same_source,
    "via": same_via,
    "certainty": lambda one, other: one.certainty == other.certainty,
    "polarity": lambda one, other: one.polarity == other.polarity,
    "period": same_period,
    "figures": same_figures,
}
"""For each field that is scored, whether it is the same in two claims."""
