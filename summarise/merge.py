"""Claims that say the same thing made one: a headline, the lead and a later line are one claim.

Two claims are one where their words agree and their figures, negation and names do not differ.
The evidence is joined; the wording kept is the fuller one, the source that of whoever is named.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil

from summarise.language.figures import find_figures
from summarise.language.names import find_names, same_name
from summarise.language.words import words
from summarise.records import Claim, Sentence, Span

ALIKE, HELD = 0.6, 0.88
"""Least shared part of all content words, and of those of the shorter claim."""
ALIKE_WITH_FIGURES, HELD_WITH_FIGURES = 0.45, 0.75
"""The same where both hold the same figures: a headline says it in fewer and other words."""
HELD_IN_FULLER = 0.8
"""Least part of a headline's words in a claim that holds its figures and more."""
_WHY = re.compile(r"\s(?:after|amid|amidst|as|before|despite|following|over|when|while)\s")
"""What opens the circumstances in a headline: what stands before it is the event."""
DATED_BY, DATED_BY_FIGURES, LEADING = 0.5, 0.35, 3
"""Least part of a headline's words in a claim of the first sentences that dates it; less is enough
where both hold one figure."""
SAME_WORD = {
    "troop": "soldier", "wound": "injur", "hurt": "injur", "die": "kill", "dead": "kill",
    "death": "kill", "fatalit": "kill", "raid": "strike", "airstrik": "strike", "job": "post",
}  # fmt: skip
"""Words that headlines put for one another, by how they begin."""
APART = (
    "kill injur miss arrest displac rescu evacuat captur",
    "ris rise climb gain jump surg soar advanc increas rall up"
    "|fall drop los lose slip slid plung sink declin decreas tumbl down",
    "approv accept back support pass|reject refus oppos block veto",
    "win beat|los lose defeat",
    "open start begin launch|clos end finish halt stop suspend",
)
"""What does not happen in one, as stems: the members of a list, or its two sides."""


@dataclass(frozen=True)
class _Said:
    claim: Claim
    folded: str
    stems: frozenset[str]
    figures: frozenset[tuple[object, object]]
    names: tuple[str, ...]


def merged(claims: Iterable[Claim]) -> list[Claim]:
    """The claims in order, each repeated one joined to the first that says the same."""
    all_said = [_said(claim) for claim in claims]
    kept: list[_Said] = []
    near = _Near(all_said)
    for said in all_said:
        place = next((i for i in near.places(said) if _same(kept[i], said)), None)
        if place is None:
            place = len(kept)
            kept.append(said)
        else:
            kept[place] = _said(_joined(kept[place].claim, said.claim))
        near.add(kept[place], place)
    return [one.claim for one in kept]


class _Near:
    """Which of the kept claims one may repeat, found by its rare words: a book has too many pairs.

    Two that are the same share at least HELD_WITH_FIGURES of the words of the shorter one, so
    that they share one of its rarest, as many as may be left out and one more.
    """

    def __init__(self, all_said: Sequence[_Said]) -> None:
        self._counts = Counter(key for said in all_said for key in _keys(said))
        self._by_any: dict[str, set[int]] = defaultdict(set)
        self._by_rare: dict[str, set[int]] = defaultdict(set)

    def places(self, said: _Said) -> list[int]:
        """The places to look at, in order."""
        found: set[int] = set()
        for key in self._rarest(said):
            found |= self._by_any.get(key, set())
        for key in _keys(said):
            found |= self._by_rare.get(key, set())
        return sorted(found)

    def add(self, said: _Said, place: int) -> None:
        """Notes what stands at `place` now; what stood there is looked at in vain at most."""
        for key in _keys(said):
            self._by_any[key].add(place)
        for key in self._rarest(said):
            self._by_rare[key].add(place)

    def _rarest(self, said: _Said) -> list[str]:
        keys = sorted(_keys(said), key=lambda key: (self._counts[key], key))
        return keys[: len(keys) - ceil(HELD_WITH_FIGURES * len(keys)) + 1]


def dated_by_lead(claims: Sequence[Claim], sentences: Sequence[Sentence]) -> list[Claim]:
    """The claims, those of a headline without a date with that of the lead that tells the same.

    The sentence that dates it is one more evidence of the headline's claim.
    """
    body = [sentence for sentence in sentences if sentence.kind != "headline"][:LEADING]
    end = body[-1].end if body else 0
    start = body[0].start if body else 0
    dated = [c for c in claims if _is_told(c) and all(start <= e.start < end for e in c.evidence)]
    leads = [_said_by(c, next(s for s in body if c.evidence[0].start < s.end)) for c in dated]
    heads = [s for s in sentences if s.kind == "headline" and s.end <= start]
    return [_dated(c, leads) if _is_of(c, heads) and not c.time else c for c in claims]


def _is_told(claim: Claim) -> bool:
    """Whether a claim is dated to a week or less: an event, and not a state."""
    time = claim.time
    if time is None or time.start is None or time.end is None:
        return False
    return (time.end - time.start).days < 7


def _said_by(claim: Claim, sentence: Sentence) -> _Said:
    """A claim with the words of all its sentence: a headline may tell more than one part of it."""
    return replace(_said(claim.model_copy(update={"text": sentence.text})), claim=claim)


def _is_of(claim: Claim, sentences: Sequence[Sentence]) -> bool:
    return all(any(s.start <= e.start < s.end for s in sentences) for e in claim.evidence)


def _dated(claim: Claim, leads: Sequence[_Said]) -> Claim:
    event = _WHY.split(claim.text)[0]
    said = _said(claim.model_copy(update={"text": event}))
    if len(said.stems) + len(said.figures) < 2:
        return claim
    own = _said(claim).stems
    told = [lead for lead in leads if _tells(lead, said)]
    if not told:
        return claim
    lead = max(told, key=lambda one: len(_said(one.claim).stems & own)).claim
    return claim.model_copy(
        update={"time": lead.time, "evidence": _ordered((*claim.evidence, *lead.evidence))}
    )


def _tells(lead: _Said, head: _Said) -> bool:
    """Whether a claim of the lead is what a headline tells in other words."""
    shared, (first, second) = len(lead.stems & head.stems), map(_numbers, (lead, head))
    if first and second and not first & second:
        return False
    return shared >= (DATED_BY_FIGURES if first & second else DATED_BY) * len(head.stems)


def _numbers(said: _Said) -> set[object]:
    """The bounds of its figures: "at least 43" is 43 in a headline, "dozens" may be any number."""
    bounds = [{low, high} - {None} for low, high in said.figures]
    return {bound for pair in bounds if len(pair) == 1 for bound in pair}


def _keys(said: _Said) -> frozenset[str]:
    """Its stems; of a claim without content words the text, which alone can make it the same."""
    return said.stems or frozenset((said.folded,))


def _said(claim: Claim) -> _Said:
    found = find_figures(claim.text)
    rest = claim.text
    for figure in found:
        # Figures are compared as figures: "twelve-year" is "12-year".
        rest = rest[: figure.start] + " " * (figure.end - figure.start) + rest[figure.end :]
    stems = frozenset(_shared_stem(w.stem) for w in words(rest) if w.content)
    names = tuple(claim.text[start:end] for start, end in find_names(claim.text))
    figures = frozenset((f.figure.low, f.figure.high) for f in found)
    return _Said(claim, claim.text.casefold(), stems, figures, names)


def _shared_stem(stem: str) -> str:
    return next((same for word, same in SAME_WORD.items() if stem.startswith(word)), stem)


def _same(one: _Said, other: _Said) -> bool:
    """Whether `other` repeats `one`, which stands before it."""
    if one.folded == other.folded:
        return one.claim.source == other.claim.source or _overlap(one.claim, other.claim)
    if not _same_words(one, other):  # nearly all pairs of a long article end here
        return False
    if one.claim.polarity != other.claim.polarity or not _same_days(one.claim, other.claim):
        return False
    if _overlap(one.claim, other.claim) or not _may_share_source(one.claim, other.claim):
        return False
    return _same_names(one, other) and not _told_apart(one.stems, other.stems)


def _told_apart(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether each tells of something that rules out what the other tells: killed, injured."""
    for listed in APART:
        sides = [set(side.split()) for side in listed.split("|")]
        kinds = sides if len(sides) > 1 else [{word} for word in sides[0]]
        first, second = (
            {n for n, kind in enumerate(kinds) if any(s in kind for s in stems)}
            for stems in (one, other)
        )
        if first and second and first != second:
            return True
    return False


def _same_words(one: _Said, other: _Said) -> bool:
    shared = len(one.stems & other.stems)
    held = shared / (min(len(one.stems), len(other.stems)) or 1)
    alike = shared / (len(one.stems | other.stems) or 1)
    if one.figures:
        # A headline comes before a claim that holds all it says, and more.
        shortens = one.figures <= other.figures and len(one.stems) < len(other.stems)
        if shortens and held >= HELD_IN_FULLER:
            return True
    if one.figures != other.figures:
        return False
    if one.figures:
        return held >= HELD_WITH_FIGURES and alike >= ALIKE_WITH_FIGURES
    return held >= HELD and alike >= ALIKE


def _same_days(one: Claim, other: Claim) -> bool:
    """Whether no two dates part the claims: one without a date may repeat one that has it."""
    if one.time is None or other.time is None:
        return True
    first, second = one.time, other.time
    after = first.start and second.end and first.start > second.end
    before = first.end and second.start and first.end < second.start
    return not (after or before)


def _overlap(one: Claim, other: Claim) -> bool:
    """Whether both stand on the same words: then the sentence was split on purpose."""
    return any(a.start < b.end and b.start < a.end for a in one.evidence for b in other.evidence)


def _may_share_source(one: Claim, other: Claim) -> bool:
    return one.source is None or other.source is None or same_name(one.source, other.source)


def _same_names(one: _Said, other: _Said) -> bool:
    if _in_title_case(one.claim.text) or _in_title_case(other.claim.text):
        # Every word has a capital there, so that names run into what is around them.
        return all(_part_held(name, other) for name in one.names) and all(
            _part_held(name, one) for name in other.names[:1]
        )
    fewer, more = sorted((one.names, other.names), key=len)
    return all(any(same_name(name, known) for known in more) for name in fewer)


def _in_title_case(text: str) -> bool:
    long: list[str] = re.findall(r"[^\W\d_]{4,}", text)
    return len(long) > 3 and sum(w[0].isupper() for w in long) >= 0.7 * len(long)


def _part_held(name: str, other: _Said) -> bool:
    return any(_shared_stem(w.stem) in other.stems for w in words(name))


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
