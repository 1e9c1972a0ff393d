"""The task "parts": the program splits each sentence, a small model words what it found.

A wording is kept where it holds against its part and against the article; else the part stands in
its own words, so that no answer of the model can take a claim away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarise.answers import wordings_answer
from summarise.language.modality import polarity
from summarise.language.parts import Part
from summarise.language.syntax import parse
from summarise.passage import Found, Ground, as_sentence
from summarise.prompt import Message
from summarise.records import Claim
from summarise.shown import offsets, spans
from summarise.wording import fault

if TYPE_CHECKING:
    from pydantic import BaseModel

    from summarise.client import Answer

TOKENS_A_WORDING = 70
"""Output allowed for each part that is worded."""

BY_RULE = "worded by rule"


@dataclass(frozen=True)
class _Draft:
    """A part, and the claim that it is in its own words."""

    part: Part
    own: Claim


@dataclass(frozen=True)
class _Judged:
    """A wording as a claim, or the reason why it does not do."""

    claim: Claim | None = None
    reason: str = ""


def grouped(ground: Ground, most: int) -> Iterator[range]:
    """The places of the sentences that one call is about: as many as hold `most` parts to word.

    A sentence is never split, so that one with more has a call of its own.
    """
    start = waiting = 0
    for place, parts in enumerate(ground.parts):
        here = sum(not part.complete for part in parts)
        if waiting and waiting + here > most:
            yield range(start, place)
            start, waiting = place, 0
        waiting += here
    if start < len(ground.parts):
        yield range(start, len(ground.parts))


async def claims_of_parts(ground: Ground, places: Sequence[int]) -> Found:
    """The claims of the sentences at `places`, the parts that do not stand alone worded."""
    parts = [part for place in places for part in ground.parts[place]]
    drafts = [_Draft(part, _claim(ground, part, part.text)) for part in parts]
    found = Found()
    unfinished = [draft for draft in drafts if not draft.part.complete]
    worded = await _worded(ground, places[-1] + 1, unfinished, found) if unfinished else []
    better = iter(worded)
    for draft in drafts:
        claim = None if draft.part.complete else next(better)
        found.claims.append(claim or draft.own)
    return found


async def _worded(
    ground: Ground, end: int, drafts: Sequence[_Draft], found: Found
) -> list[Claim | None]:
    """For each draft the claim in the model's words, None where it stays in its own."""
    before = ground.before(end)
    asked = ground.prompt.messages("parts", article=before, parts=[d.part.text for d in drafts])
    answer = await _ask(ground, asked, len(drafts), found)
    if answer.value is None:
        return await _halved(ground, end, drafts, found, answer)
    judged = _judged(ground, drafts, _wordings(answer), before)
    claims = [one.claim for one in judged]
    wrong = [n for n, draft in enumerate(drafts) if _is_open(draft, judged[n])]
    if not wrong:
        return claims
    faults = [{"number": n + 1, "reason": judged[n].reason} for n in wrong]
    again = ground.prompt.again("parts", asked, answer.value.model_dump_json(), faults=faults)
    answer = await _ask(ground, again, len(wrong), found)
    if answer.value is None:
        found.fail(BY_RULE, answer, [drafts[n].part.sentence.number for n in wrong])
        return claims
    second = _judged(ground, [drafts[n] for n in wrong], _wordings(answer), before)
    for n, mended in zip(wrong, second, strict=True):
        claims[n] = mended.claim
    return claims


async def _halved(
    ground: Ground,
    end: int,
    drafts: Sequence[_Draft],
    found: Found,
    answer: Answer[BaseModel],
) -> list[Claim | None]:
    """After an answer that was cut off, the halves asked by themselves; else no wordings."""
    if not answer.truncated or len(drafts) < 2:
        found.fail(BY_RULE, answer, [draft.part.sentence.number for draft in drafts])
        return [None] * len(drafts)
    middle = len(drafts) // 2
    first = await _worded(ground, end, drafts[:middle], found)
    return first + await _worded(ground, end, drafts[middle:], found)


async def _ask(ground: Ground, asked: list[Message], count: int, found: Found) -> Answer[BaseModel]:
    limit = min(ground.client.profile.max_output_tokens, TOKENS_A_WORDING * count + 20)
    return await ground.ask(asked, wordings_answer(count), limit, found)


def _wordings(answer: Answer[BaseModel]) -> list[str]:
    return list(answer.value.claims)  # type: ignore[union-attr]


def _judged(
    ground: Ground, drafts: Sequence[_Draft], wordings: Sequence[str], before: str
) -> list[_Judged]:
    """Each wording held against its part, then against the article."""
    return [
        _judge(ground, draft.part, wording, before)
        for draft, wording in zip(drafts, wordings, strict=True)
    ]


def _judge(ground: Ground, part: Part, wording: str, before: str) -> _Judged:
    own = part.sentence.text
    read, _, _ = before.partition(own)  # what comes after it may be another's word
    wrong = fault(part.text, wording, read + own, own)
    if wrong is not None:
        return _Judged(reason=wrong)
    claim = _claim(ground, part, wording)
    if claim.verdict == "unsupported":
        return _Judged(reason="; ".join(claim.reasons))
    return _Judged(claim)


def _is_open(draft: _Draft, judged: _Judged) -> bool:
    """Whether neither the model's words nor the part's own hold: worth another question."""
    return judged.claim is None and draft.own.verdict == "unsupported"


def _claim(ground: Ground, part: Part, text: str) -> Claim:
    """A part as a claim, worded as `text`, checked."""
    places = offsets(ground.article, part.sentence)
    claim = Claim(
        id="",
        text=as_sentence(text),
        evidence=spans(ground.article, places[part.start], places[part.end - 1] + 1),
        source=part.source,
        via=part.via,
        certainty=part.certainty,
        polarity=polarity(parse(text).doc),
        time=part.time,
        quantities=part.quantities,
    )
    return ground.verifier.check(claim)
