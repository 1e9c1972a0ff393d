"""Sentences that differ in one phrase, told as one: "asked for 300 soldiers and two boats"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarise.briefing.draft import Draft
from summarise.briefing.frames import Told, sentence
from summarise.briefing.standing import why_not
from summarise.language.date_parts import date_parts
from summarise.language.syntax import parse
from summarise.language.words import words

_LEAST_COMMON, _LONGEST, _MOST = 3, 8, 4
"""Words before the phrase that differs, words of that phrase, and phrases told together."""


_VERBS = frozenset(["MD", "VB", "VBD", "VBG", "VBP", "VBZ"])
"""Tags of verbs that open a clause; a participle may stand by a noun."""


@dataclass(frozen=True)
class _Slot:
    """Where two sentences differ: the words before, of each the phrase, the words after."""

    before: tuple[str, ...]
    one: tuple[str, ...]
    other: tuple[str, ...]
    after: tuple[str, ...]


def joined(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, each with those later ones that differ from it in one phrase."""
    left = list(drafts)
    made: list[Draft] = []
    while left:
        first = left.pop(0)
        group = _alike(first, left)
        together = _together([first, *group]) if group else None
        if together is None:
            made.append(first)
        else:
            made.append(together)
            left = [one for one in left if one not in group]
    return made


def _alike(first: Draft, others: Sequence[Draft]) -> list[Draft]:
    """Those that differ from the first in the same place, and only there."""
    found: list[Draft] = []
    slot: _Slot | None = None
    for other in others:
        new = _slot(first, other)
        if new is None or (slot and (new.before, new.after) != (slot.before, slot.after)):
            continue
        slot = slot or new
        found.append(other)
        if len(found) == _MOST - 1:
            break
    return found


def _slot(one: Draft, other: Draft) -> _Slot | None:
    if not _may_join(one, other):
        return None
    a, b = _words(one.told), _words(other.told)
    start = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), 0)
    rest = min(len(a), len(b)) - start
    end = next((n for n in range(rest) if a[-1 - n] != b[-1 - n]), rest)
    slot = _Slot(a[:start], a[start : len(a) - end], b[start : len(b) - end], a[len(a) - end :])
    whole = len(slot.before) >= _LEAST_COMMON and _is_phrase(slot.one) and _is_phrase(slot.other)
    return slot if whole and _has_verb(one.told.body, len(slot.before)) else None


def _may_join(one: Draft, other: Draft) -> bool:
    """Whether both are plain sentences of one article and speaker that affirm as surely."""
    a, b = one.told.held, other.told.held
    plain = all(len(d.cited) == 1 and not d.disputed and d.led is not None for d in (one, other))
    if not plain or a.article is not b.article or one.told.speaker != other.told.speaker:
        return False
    if a.claim.polarity == "negative" or any(word.cue for word in words(a.claim.text)):
        return False
    same = (a.claim.polarity, a.claim.certainty) == (b.claim.polarity, b.claim.certainty)
    return same and one.told.frame == other.told.frame and a.claim.time == b.claim.time


def _words(one: Told) -> tuple[str, ...]:
    return tuple(one.body.replace(",", " ,").split())


def _is_phrase(phrase: Sequence[str]) -> bool:
    """Whether a phrase can be listed: some noun, no verb or clause, no date, no bare number."""
    if not 0 < len(phrase) <= _LONGEST or "," in phrase[:-1] or date_parts(" ".join(phrase)):
        return False
    doc = parse(" ".join(phrase)).doc
    return any(t.pos_ in ("NOUN", "PROPN") for t in doc) and not any(
        t.tag_ in _VERBS or t.pos_ in ("AUX", "SCONJ", "CCONJ") for t in doc
    )


def _has_verb(body: str, before: int) -> bool:
    """Whether the main verb stands among the words before the phrase."""
    doc = parse(body).doc
    root = next((token for token in doc if token.dep_ == "ROOT"), None)
    if root is None or root.pos_ not in ("VERB", "AUX"):
        return False
    return len(body[: root.idx + len(root)].replace(",", " ,").split()) <= before


def _together(drafts: Sequence[Draft]) -> Draft | None:
    first = drafts[0]
    slot = _slot(first, drafts[1])
    if slot is None:
        return None
    phrases = [slot.one, *(other.other for one in drafts[1:] if (other := _slot(first, one)))]
    plain = [" ".join(word for word in phrase if word != ",") for phrase in phrases]
    listed = f"{', '.join(plain[:-1])} and {plain[-1]}"
    after = slot.after[1:] if slot.after[:1] == (",",) else slot.after
    body = " ".join([*slot.before, listed, *after]).replace(" ,", ",")
    if why_not(f"{body}."):
        return None
    one = replace(first.told, body=body)
    cited = tuple(draft.told.held for draft in drafts)
    return replace(
        first,
        text=sentence(one),
        cited=cited,
        told=one,
        led=sentence(one, lead=True),
        more=drafts[1:],
    )
