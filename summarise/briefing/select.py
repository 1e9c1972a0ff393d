"""Which facts a brief tells: the most widely held first, none twice, as many as have room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarise.briefing.draft import Draft
from summarise.briefing.material import Bounds, Held, Material
from summarise.records import Fact

TOLERANCE = 0.1
"""How far the length of a brief may lie off, as a share of the words asked for."""
_HELD, _ALIKE = 0.9, 0.75
"""Share of a draft's words in one told sentence, and of the words of both, that tell it again."""
_BACKGROUND = 0.45
"""Place from which on in all its articles a fact is background, however many tell it."""
_CAPTION = 1.5
"""What it takes from a fact that it only stands beneath a picture."""
_POOL = 2.5
"""Times the words asked for that are drafted to choose from."""


def ranked(material: Material) -> list[Fact]:
    """The facts: those of the main event, widely held, in question or new first."""
    return sorted(material.story.facts, key=lambda fact: _rank(fact, material))


def _rank(fact: Fact, material: Material) -> tuple[bool, float]:
    salience = _salience(fact, material)
    if material.single:
        return False, -salience
    in_question = fact.state in ("disputed", "updated")
    held = material.of(fact)
    background = min((one.place for one in held), default=1.0) > _BACKGROUND
    news = max((material.recency(one.article) for one in held), default=0.0)
    news += _LEAD * any(_leads(one, material) for one in held)
    score = fact.witnesses + _IN_QUESTION * in_question + news + salience
    return background and not in_question, -score


_IN_QUESTION, _LEAD = 0.5, 1.5
"""What a dispute or an update counts, and the lead of the last article, beside 1 for a witness and
up to 1 for being new."""
_LEAD_ENDS, _OPENING = 0.1, 0.2
"""Place at which the lead of an article ends, and all that may say its main point."""


def _leads(held: Held, material: Material) -> bool:
    """Whether a claim is the news of the last article of a story that goes on."""
    return material.recency(held.article) == 1 and held.place < _LEAD_ENDS


def _salience(fact: Fact, material: Material) -> float:
    """How much a fact is of the main event: its words, its place, its figures; 0 to about 4."""
    held = material.of(fact)
    if not held:
        return 0.0
    first = min(held, key=lambda one: one.place)
    stems = frozenset().union(*(one.stems for one in held))
    lead = material.leads[first.article.id]
    share = len(stems & lead) / (min(len(stems), len(lead)) or 1)
    figures = any(one.bounds for one in held)
    pictured = all(one.in_caption for one in held)
    weight = material.common(stems) + share + 1.5 * (1 - first.place) + 0.4 * figures
    return weight - _CAPTION * pictured


def enough(drafts: Sequence[Draft], words: int) -> bool:
    """Whether the drafts are more than a brief of that many words can choose from."""
    return sum(length(one.text) for one in drafts) > _POOL * words + 60


def length(text: str) -> int:
    """Words of a text, as white space parts them."""
    return len(text.split())


def tells_again(one: Draft, told: Sequence[Draft]) -> Draft | None:
    """The sentence that already tells a draft, if any does."""
    return next((other for other in told if _is_told_by(one, other)), None)


def _is_told_by(one: Draft, other: Draft) -> bool:
    mine, theirs = one.told.held.claim, other.told.held.claim
    if (mine.polarity, mine.certainty) != (theirs.polarity, theirs.certainty):
        return False
    bounds: frozenset[Bounds] = frozenset().union(*(held.bounds for held in other.cited))
    if not one.told.held.bounds <= bounds:
        return False
    shared = len(one.stems & other.said)
    alike = shared >= _HELD * len(one.stems) or shared >= _ALIKE * len(one.stems | other.stems)
    return alike and one.names <= other.names


def makes_idle(one: Draft, told: Sequence[Draft]) -> list[Draft]:
    """The drafts that a new one tells again, and more, for the same speaker or for nobody's."""
    return [
        other
        for other in told
        if len(other.cited) == 1
        and (other.told.speaker is None or other.told.speaker == one.told.speaker)
        and _is_told_by(other, one)
    ]


def fitting(drafts: Sequence[Draft], words: int) -> list[Draft]:
    """The drafts, given by rank, that make up about that many words; still by rank."""
    most, least = int(words * (1 + TOLERANCE)), words * (1 - TOLERANCE)
    chosen: list[Draft] = []
    for one in drafts:
        total = _total(chosen)
        if total >= words * (1 - TOLERANCE / 2):
            break
        if total + length(one.text) <= most:
            chosen.append(one)
    if not chosen and drafts:
        return [min(drafts, key=lambda one: length(one.text))]
    if _total(chosen) < least:
        chosen = _exchanged(drafts, chosen, least, most)
    return [one for one in drafts if one in chosen]


def _exchanged(
    drafts: Sequence[Draft], chosen: list[Draft], least: float, most: int
) -> list[Draft]:
    """The choice with its last sentence that can be put for a longer one, so that it is full."""
    left = [one for one in drafts if one not in chosen]
    for old in reversed(chosen):
        rest = _total(chosen) - length(old.text)
        new = next((one for one in left if least <= rest + length(one.text) <= most), None)
        if new is not None:
            return [*(one for one in chosen if one is not old), new]
    return chosen


def _total(drafts: Sequence[Draft]) -> int:
    return sum(length(one.text) for one in drafts)


def in_order(drafts: Sequence[Draft], material: Material) -> list[Draft]:
    """As they are read: of one article in its order, but for its main point, which comes first.

    Of a story the lead of its last article, or what ranks first; then what is in question; then the
    rest, the last article first and each in its order.
    """
    if material.single:
        main = [one for one in drafts[:1] if one.told.held.place < _OPENING]
        others = (one for one in drafts if one not in main)
        return [*main, *sorted(others, key=lambda one: one.told.held.place)]
    leads = [one for one in drafts if _leads(one.told.held, material)]
    first = sorted(leads, key=_urgency) or drafts[:1]
    left = [one for one in drafts if one not in first]
    asked = [one for one in left if one.fact.state in ("disputed", "updated")]
    rest = [one for one in left if one not in asked]
    return [*first, *asked, *sorted(rest, key=lambda one: _reading(one, material))]


def _urgency(one: Draft) -> tuple[bool, float]:
    return one.fact.state not in ("disputed", "updated"), one.told.held.place


def _reading(one: Draft, material: Material) -> tuple[float, int, float]:
    article = one.told.held.article
    place = list(material.articles).index(article.id)
    return -material.recency(article), place, one.told.held.place


def with_rhythm(drafts: Sequence[Draft]) -> Iterator[tuple[Draft, bool, bool]]:
    """Each draft, whether its speaker goes in front, and whether the last one spoke before."""
    before: str | None = None
    led = True
    for one in drafts:
        speaker = one.told.speaker
        name = speaker.name if speaker else None
        again = name is not None and name == before
        led = not led and one.led is not None and name is not None
        yield one, led, again
        before = name if one.led is not None else None  # others may speak last in it
