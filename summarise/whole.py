"""The task "claims": a strong model finds the claims of a whole passage by itself.

It names its evidence by sentence number; offsets, figures and periods are the program's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from summarise.answers import ClaimAnswer, ClaimsAnswer, claims_answer
from summarise.normalise import normalised
from summarise.passage import Found, Ground, as_sentence, stands_on
from summarise.prompt import Message
from summarise.records import Claim, Sentence
from summarise.shown import spans

if TYPE_CHECKING:
    from pydantic import BaseModel

    from summarise.client import Answer

FAILED, NOT_MENDED = "failed", "not asked again"


async def claims_of_passage(ground: Ground, places: Sequence[int]) -> Found:
    """The claims of the sentences at `places`; where the answer is cut off, of each half."""
    found = Found()
    sentences = [ground.sentences[place] for place in places]
    asked = ground.prompt.messages(
        "claims",
        article=ground.before(places[0]),
        sentences=[{"number": s.number, "text": s.text} for s in sentences],
    )
    answer = await _ask(ground, asked, sentences, found)
    if answer.value is None:
        if answer.truncated and len(places) > 1:
            return await _halved(ground, places, found)
        found.fail(FAILED, answer, [s.number for s in sentences])
        return found
    found.claims = _checked(ground, answer.value)
    refused = [claim for claim in found.claims if claim.verdict == "unsupported"]
    if refused:
        faults = [{"text": c.text, "reason": "; ".join(c.reasons)} for c in refused]
        written = answer.value.model_dump_json()
        again = ground.prompt.again("claims", asked, written, faults=faults)
        await _mend(ground, again, sentences, refused, found)
    return found


async def _halved(ground: Ground, places: Sequence[int], cut_off: Found) -> Found:
    middle = len(places) // 2
    first = await claims_of_passage(ground, places[:middle])
    second = await claims_of_passage(ground, places[middle:])
    return Found(
        claims=first.claims + second.claims,
        failures=first.failures | second.failures,
        usage=cut_off.usage + first.usage + second.usage,
    )


async def _mend(
    ground: Ground,
    again: list[Message],
    sentences: Sequence[Sentence],
    refused: Sequence[Claim],
    found: Found,
) -> None:
    """Refused claims asked for once more; what still does not hold stays, unsupported."""
    answer = await _ask(ground, again, sentences, found)
    if answer.value is None:
        held = [s.number for s in sentences if any(stands_on(c, s) for c in refused)]
        found.fail(NOT_MENDED, answer, held)
        return
    waiting = list(refused)
    for mended in _checked(ground, answer.value):
        if mended.verdict != "supported":
            continue
        stood_for = next((claim for claim in waiting if _shares_evidence(claim, mended)), None)
        if stood_for is None:
            found.claims.append(mended)
        else:
            waiting.remove(stood_for)
            found.claims[found.claims.index(stood_for)] = mended


async def _ask(
    ground: Ground, asked: list[Message], sentences: Sequence[Sentence], found: Found
) -> Answer[BaseModel]:
    schema = claims_answer([s.number for s in sentences])
    return await ground.ask(asked, schema, ground.client.profile.max_output_tokens, found)


def _checked(ground: Ground, answer: BaseModel) -> list[Claim]:
    listed = ClaimsAnswer.model_validate(answer.model_dump()).claims
    return [_claim(ground, one) for one in listed]


def _claim(ground: Ground, one: ClaimAnswer) -> Claim:
    """A claim of the model's with its evidence, figures and period, checked."""
    article = ground.article
    numbers = sorted(set(one.sentences))
    picked = [ground.by_number[number] for number in numbers if number in ground.by_number]
    claim = Claim(
        id="",
        text=as_sentence(one.text),
        evidence=tuple(span for s in picked for span in spans(article, s.start, s.end)),
        source=ground.book.canonical(one.source) if one.source else None,
        via=tuple(one.via),
        certainty=one.certainty,
        polarity=one.polarity,
    )
    return ground.verifier.check(normalised(claim, [s.text for s in picked], article))


def _shares_evidence(one: Claim, other: Claim) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one.evidence for b in other.evidence)
