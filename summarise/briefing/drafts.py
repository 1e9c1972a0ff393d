"""Facts as draft sentences: told, told with their dispute, or with what they were before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from summarise.briefing.disputes import disputes
from summarise.briefing.draft import Draft, standing, unfit
from summarise.briefing.frames import Told, sentence, told
from summarise.briefing.material import Held, Material
from summarise.briefing.speakers import Speaker
from summarise.briefing.updates import of_update
from summarise.language.names import same_name
from summarise.records import Fact

_SHARED = 0.9
"""Share of the words of a claim that another of its fact must have to be cited with it."""
_MOST_SPEAKERS = 2


def drafts(fact: Fact, material: Material) -> list[Draft]:
    """The sentences of a fact: one, or one for each dispute in it; none where no claim will do."""
    if fact.state == "disputed" and (made := list(disputes(fact, material))):
        return made
    replaced = {relation.b for relation in material.related(fact, "updates")}
    best = standing(material.of(fact), fact, material, lambda held: held.name not in replaced)
    if not best:
        return []
    one = told(best[0], material)
    updated = of_update(fact, one, material) if replaced else None
    return [updated or _plain(fact, one, best[1:], material)]


def why_none(fact: Fact, material: Material) -> str:
    """Why no claim of a fact will do for a sentence."""
    whys = (unfit(held) for held in material.of(fact))
    return next((why for why in whys if why), "the story does not hold its claims")


def _plain(fact: Fact, one: Told, others: Sequence[Held], material: Material) -> Draft:
    """A claim with those that say the same; a second speaker is named with the first."""
    cited, speakers = [one.held], [one.speaker]
    for held in others:
        if not _says_the_same(held, one.held):
            continue
        speaker = told(held, material).speaker
        if any(_is_same_speaker(speaker, known) for known in speakers):
            cited.append(held)
        elif None not in (speaker, *speakers) and len(speakers) < _MOST_SPEAKERS:
            cited.append(held)
            speakers.append(speaker)
    named = [speaker for speaker in speakers if speaker is not None]
    if len(named) > 1:
        one = replace(one, speaker=_together(named))
    return Draft(sentence(one), tuple(cited), fact, one, sentence(one, lead=True))


def _says_the_same(other: Held, one: Held) -> bool:
    """Whether another claim alone bears out the sentence made of `one`."""
    if other.claim.polarity != one.claim.polarity or other.claim.certainty != one.claim.certainty:
        return False
    if not one.bounds <= other.bounds:
        return False
    return len(one.stems & other.stems) >= _SHARED * len(one.stems)


def _is_same_speaker(a: Speaker | None, b: Speaker | None) -> bool:
    return a is b if a is None or b is None else same_name(a.name, b.name)


def _together(speakers: Sequence[Speaker]) -> Speaker:
    phrase = " and ".join(speaker.phrase for speaker in speakers)
    return Speaker(phrase, phrase)
