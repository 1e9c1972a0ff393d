"""What a claim affirms, denies and how surely, and whether it is about its evidence at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarise.language.passages import Passage, Passages, Scope
from summarise.language.words import (
    ASSESSING,
    HEDGES,
    MODALS,
    Word,
    has_negation,
    inserted_negation,
    opposite,
    removed_negation,
)
from summarise.records import Claim


def negation_reasons(
    claim: Claim, said: Passage, scope: Scope, _passages: Passages
) -> Iterator[str]:
    """A negation put in or left out, and a word turned into its opposite."""
    best = _closest(said, scope)
    added = inserted_negation(said.words, best.words)
    if added and not all(
        inserted_negation(said.words, part.words) for part in (*scope.quotes, best)
    ):
        added = None
    if added:
        yield f"the claim denies what the evidence affirms: {added!r} is not in the evidence"
    dropped = removed_negation(said.words, best.words)
    if dropped and not added:
        yield f"the claim affirms what the evidence denies: the evidence has {dropped!r}"
    turned = opposite(said.words, best.words)
    if turned:
        yield f"the claim says {turned[0]!r} where the evidence says {turned[1]!r}"
    if claim.polarity == "negative" and not has_negation(said.words):
        yield "polarity 'negative' on a claim whose words deny nothing"


def _closest(said: Passage, scope: Scope) -> Passage:
    """The piece of evidence nearest to the claim: a span, or of long evidence a sentence."""
    long = len(scope.sentences) > _LONG * len(scope.quotes)
    parts = scope.sentences if long else scope.quotes
    return max(parts or scope.quotes, key=lambda part: len(part.stems & said.stems))


_LONG = 3
"""Sentences a span from which on evidence is a passage, in which most is about other things."""


def certainty_reasons(
    claim: Claim, said: Passage, scope: Scope, _passages: Passages
) -> Iterator[str]:
    """A hedge of the evidence that the claim lost, or a doubt that nobody voiced."""
    best = _closest(said, scope)
    if claim.certainty == "certain":
        hedge = _lost_hedge(said.words, best.words)
        if hedge:
            yield f"certainty 'certain', but the evidence says {hedge!r}"
        return
    near = (*scope.quotes, *scope.sentences, *scope.before)
    if any(_VAGUE.search(part.text) for part in near):
        return
    if not any(_voices_doubt(word) for part in (said, *near) for word in part.words):
        yield f"certainty {claim.certainty!r}, but the evidence voices no doubt"


_VAGUE = re.compile(r"\b(?:said to be|set to|too early|hard to say|difficult to say)\b")


def _voices_doubt(word: Word) -> bool:
    return word.stem in ASSESSING or word.text.lower() in ASSESSING | HEDGES | MODALS


def _lost_hedge(claim: list[Word], evidence: list[Word]) -> str | None:
    """A hedge right before a word that the claim has without it."""
    mine = {word.stem for word in claim if word.content}
    if any(word.text.lower() in MODALS | HEDGES for word in claim):
        return None
    # "ruled out appointing" asserts no appointing.
    noun_like = {
        word.stem
        for place, word in enumerate(claim)
        if word.text.endswith("ing") and not (place and claim[place - 1].stem == "be")
    }
    hedges = [place for place, word in enumerate(evidence) if _is_hedge(evidence, place)]
    for place in hedges:
        after = [word for word in evidence[place + 1 : place + 6] if word.content][:1]
        if (
            after
            and after[0].stem in mine - noun_like
            and _first_match(mine, evidence) >= place - 6
        ):
            return f"{evidence[place].text} {after[0].text}"
    return None


def _is_hedge(evidence: list[Word], place: int) -> bool:
    """An adverb or a modal; a participle only in the passive ("is believed to")."""
    low = evidence[place].text.lower()
    if low.endswith("ly") and low in HEDGES:
        return True
    if low in {"may", "might"}:
        return evidence[place].text[0].islower()
    return low in HEDGES and place > 0 and evidence[place - 1].stem == "be"


def _first_match(mine: set[str], evidence: list[Word]) -> int:
    return next((place for place, word in enumerate(evidence) if word.stem in mine), 0)


_MINIMUM = 0.25
_MOST_UNKNOWN = 3
"""Most words of a claim, where they are over half of it, that its article has nowhere."""


def overlap_reasons(
    _claim: Claim, said: Passage, scope: Scope, passages: Passages
) -> Iterator[str]:
    """Next to no word in common: the evidence is about something else, or no article is."""
    mine = {stem for stem in said.stems if not re.fullmatch(r"[\d.,]+", stem)}
    if len(mine) < 3:
        return
    near = frozenset().union(*(part.stems for part in scope.near))
    core = frozenset().union(*(part.stems for part in (*scope.quotes, *scope.sentences)))
    shared = len(mine & near) / len(mine)
    if shared < _MINIMUM or (not mine & core and not scope.before):
        yield "the claim has next to no word in common with its evidence"
    unknown = mine - passages.stems
    if len(unknown) > max(_MOST_UNKNOWN, len(mine) / 2):
        yield "most words of the claim are nowhere in the article"
