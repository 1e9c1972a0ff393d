"""Claims that say the same thing made one: a headline, the lead and a later line are one claim.

Two claims are one where their words agree and their figures, negation and names do not differ.
The evidence is joined; the wording kept is the fuller one, the source that of whoever is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summarise.language.figures import find_figures
from summarise.language.names import find_names, same_name
from summarise.language.words import words
from summarise.records import Claim, Span

ALIKE, HELD = 0.6, 0.85
"""Least shared part of all content words, and of those of the shorter claim."""


@dataclass(frozen=True)
class _Said:
    claim: Claim
    stems: frozenset[str]
    figures: frozenset[tuple[object, object]]
    names: tuple[str, ...]


def merged(claims: Iterable[Claim]) -> list[Claim]:
    """The claims in order, each repeated one joined to the first that says the same."""
    kept: list[_Said] = []
    for claim in claims:
        said = _said(claim)
        place = next((i for i, other in enumerate(kept) if _same(other, said)), None)
        if place is None:
            kept.append(said)
        else:
            kept[place] = _said(_joined(kept[place].claim, claim))
    return [one.claim for one in kept]


def _said(claim: Claim) -> _Said:
    figures = frozenset((f.figure.low, f.figure.high) for f in find_figures(claim.text))
    stems = frozenset(w.stem for w in words(claim.text) if w.content)
    names = tuple(claim.text[start:end] for start, end in find_names(claim.text))
    return _Said(claim, stems, figures, names)


def _same(one: _Said, other: _Said) -> bool:
    if one.claim.text.casefold() == other.claim.text.casefold():
        return one.claim.source == other.claim.source or _overlap(one.claim, other.claim)
    if one.claim.polarity != other.claim.polarity or one.figures != other.figures:
        return False
    if _overlap(one.claim, other.claim) or not _may_share_source(one.claim, other.claim):
        return False
    shared = len(one.stems & other.stems)
    shorter = min(len(one.stems), len(other.stems)) or 1
    whole = len(one.stems | other.stems) or 1
    return shared / shorter >= HELD and shared / whole >= ALIKE and _same_names(one, other)


def _overlap(one: Claim, other: Claim) -> bool:
    """Whether both stand on the same words: then the sentence was split on purpose."""
    return any(a.start < b.end and b.start < a.end for a in one.evidence for b in other.evidence)


def _may_share_source(one: Claim, other: Claim) -> bool:
    return one.source is None or other.source is None or same_name(one.source, other.source)


def _same_names(one: _Said, other: _Said) -> bool:
    fewer, more = sorted((one.names, other.names), key=len)
    return all(any(same_name(name, known) for known in more) for name in fewer)


def _joined(first: Claim, again: Claim) -> Claim:
    fuller = max((first, again), key=lambda c: (c.verdict == "supported", _fullness(c.text)))
    named = first if first.source is not None else again
    return fuller.model_copy(
        update={
            "id": first.id,
            "evidence": _ordered((*first.evidence, *again.evidence)),
            "source": named.source,
            "via": named.via,
            "certainty": named.certainty,
            "time": first.time or again.time,
        }
    )


def _fullness(text: str) -> int:
    return len(re.findall(r"\w+", text))


def _ordered(spans: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(sorted(spans, key=lambda s: (s.start, s.end))))
