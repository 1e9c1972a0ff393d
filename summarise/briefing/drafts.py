"""Facts as draft sentences: told, told with their dispute, or with what they were before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from summarise.briefing.frames import (
    Told,
    by_whom,
    clause,
    closed,
    is_spoken_of,
    sentence,
    small,
    tidy,
    told,
)
from summarise.briefing.material import Held, Material
from summarise.briefing.speakers import Speaker, cannot_name
from summarise.briefing.standing import why_not
from summarise.language.names import same_name
from summarise.records import Fact, Figure, FigureRow, RelationKind

_VAGUE = re.compile(r"(?:low |high )?(?:tens of )?(?:dozens|scores|hundreds|thousands|millions)")
_DISPUTES: tuple[RelationKind, ...] = ("conflicts", "attribution-conflict")
_SHARED = 0.9
"""Share of the words of a claim that another of its fact must have to be cited with it."""
_MOST_FIGURES, _MOST_SPEAKERS = 4, 2
_FIRST_REPORT, _NEXT_REPORT = "one report", "another report"


@dataclass(frozen=True)
class Draft:
    """A sentence, the claims that it cites (the one that it is made of first), and its fact.

    `led` is the same with the speaker in front, for a change of rhythm; `more` are the drafts that
    are told in it, beside that of its own fact.
    """

    text: str
    cited: tuple[Held, ...]
    fact: Fact
    told: Told
    led: str | None = None
    disputed: bool = False
    more: Sequence[Draft] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of the facts that it tells."""
        return self.fact.id, *(one.fact.id for one in self.more)

    @property
    def stems(self) -> frozenset[str]:
        """The words that carry the meaning of the claim it is made of."""
        return self.told.held.stems


def draft(fact: Fact, material: Material) -> Draft | str:
    """The sentence of a fact, or why none can be made of it."""
    replaced = {relation.b for relation in material.related(fact, "updates")}
    standing, why = _standing(fact, material, replaced)
    if not standing:
        return why
    one = told(standing[0], material)
    if (made := _of_attributions(fact, one, material)) is not None:
        return made
    if fact.state == "disputed" and (made := _of_dispute(fact, one, material, replaced)):
        return made
    if replaced and (made := _of_update(fact, one, material)):
        return made
    return _plain(fact, one, standing[1:], material)


def own_words(made: Draft) -> Draft:
    """The draft as its claim's own text, attributed; nothing else is told or cited."""
    held = made.told.held
    return Draft(sentence(made.told), (held,), made.fact, made.told)


def _standing(fact: Fact, material: Material, replaced: set[str]) -> tuple[list[Held], str]:
    """The claims that can be a sentence, the best first; else why the first cannot."""
    good, whys = [], []
    for held in material.of(fact):
        why = _why_not(held)
        if why is None:
            good.append(held)
        else:
            whys.append(why)
    backing = _backing(fact)
    clashing = {name for r in material.related(fact, *_DISPUTES) for name in (r.a, r.b)}
    refined = {relation.b for relation in material.related(fact, "refines")}

    def order(held: Held) -> tuple[bool, bool, int, bool, int, float]:
        full = min(len(held.stems), _FULL)
        backers = -backing.get(held.name, 0) if clashing else 0
        calm = bool(clashing) and held.name not in clashing
        return held.name in replaced, calm, backers, held.name in refined, -full, held.place

    return sorted(good, key=order), next(iter(whys), "the story does not hold its claims")


def _why_not(held: Held) -> str | None:
    if held.in_headline:
        return "it is a headline"
    if cannot_name(held):
        return "its source is only a pronoun"
    return None if is_spoken_of(held) else why_not(tidy(held.claim.text))


def _backing(fact: Fact) -> dict[str, int]:
    """For each claim with a figure, how many articles give that figure."""
    articles: dict[tuple[object, ...], set[str]] = {}
    for row in fact.figures:
        articles.setdefault(_value(row.figure), set()).add(row.article)
    return {row.claim: len(articles[_value(row.figure)]) for row in fact.figures}


_FULL = 12
"""Meaningful words from which on a claim says enough, so that more make it no better."""


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


def _of_attributions(fact: Fact, one: Told, material: Material) -> Draft | None:
    """ "..., a figure that the Herald attributes to A and the Post to B"."""
    for relation in material.related(fact, "attribution-conflict"):
        names = (relation.a, relation.b)
        if one.held.name not in names or any(name not in material.held for name in names):
            continue
        sides = [told(material.held[name], material) for name in names]
        if sides[1].held is one.held:
            sides.reverse()
        a, b = sides
        if not (a.speaker and b.speaker) or a.held.article is b.held.article:
            return None
        body = f"{one.frame[1]} {small(one.body, one.held)}" if one.frame else one.body
        first, second = _outlets(a.held, b.held)
        text = (
            f"{body}, a figure that {first} attributes to {a.speaker.phrase} "
            f"and {second} to {b.speaker.phrase}"
        )
        return Draft(closed(text), (a.held, b.held), fact, one, disputed=True)
    return None


def _outlets(a: Held, b: Held) -> tuple[str, str]:
    """How two articles are named beside each other."""
    one, other = a.article.outlet, b.article.outlet
    if one and one == other:
        return _FIRST_REPORT, _NEXT_REPORT
    return one or (_NEXT_REPORT if other else _FIRST_REPORT), other or _NEXT_REPORT


def _of_dispute(fact: Fact, one: Told, material: Material, replaced: set[str]) -> Draft | None:
    clashing = _clashing(fact, one.held, material) - replaced
    row = next((row for row in fact.figures if row.claim == one.held.name), None)
    if row is None:
        return _of_accounts(fact, one, clashing, material)
    groups = _grouped(fact.figures, row, clashing)
    if not groups:
        return None
    cited = [one.held]
    parts: list[str] = []
    for rows in groups:
        cited += [material.held[each.claim] for each in rows if each.claim in material.held]
        parts.append(_other_figure(rows, one, material, "it" if parts else "the figure"))
    text = f"{clause(_owned(one))}, but {_listed(parts)}"
    earlier = _earlier(fact, one, material)
    if earlier and one.speaker:
        surface = _surface(earlier[-1].figure)
        text += f"; {one.speaker.phrase} had earlier given {surface}"
        cited.append(material.held[earlier[-1].claim])
    return Draft(closed(text), _once(cited), fact, one, disputed=True)


def _clashing(fact: Fact, held: Held, material: Material) -> set[str]:
    """The claims of the fact that conflict with one."""
    pairs = [(r.a, r.b) for r in material.related(fact, "conflicts")]
    found = {name for pair in pairs for name in pair if held.name in pair}
    return found - {held.name}


def _grouped(
    figures: Iterable[FigureRow], own: FigureRow, clashing: set[str]
) -> list[list[FigureRow]]:
    """The rows that clash with the figure of a claim, by their value, the most given first."""
    groups: dict[tuple[object, ...], list[FigureRow]] = {}
    for row in figures:
        if row.claim in clashing and _value(row.figure) != _value(own.figure):
            groups.setdefault(_value(row.figure), []).append(row)
    return sorted(groups.values(), key=len, reverse=True)[:_MOST_FIGURES]


def _value(figure: Figure) -> tuple[object, ...]:
    return figure.low, figure.high, figure.approx


def _other_figure(rows: Sequence[FigureRow], one: Told, material: Material, what: str) -> str:
    """ "the ministry put the figure at 40", with the unit where the sentence has another."""
    tellers = [
        told(material.held[row.claim], material) for row in rows if row.claim in material.held
    ]
    names = list(dict.fromkeys(by_whom(other) or _outlet(other.held) for other in tellers))
    who = " and ".join(names[:_MOST_SPEAKERS]) or _NEXT_REPORT
    figure = rows[0].figure
    written = any(other.speaker and other.speaker.is_document for other in tellers)
    doubtful = any(other.held.claim.certainty != "certain" for other in tellers) and not written
    return f"{who} {_gave(figure, doubtful=doubtful, what=what)}{_unit(figure, one)}"


def _unit(figure: Figure, one: Told) -> str:
    """What a figure counts, where the sentence does not say so or has several figures."""
    last = figure.unit.split()[-1:]
    said = bool(last) and last[0].lower() in one.body.lower()
    if not last or (said and len(one.held.bounds) < _SEVERAL) or last[0] in figure.surface:
        return ""
    return f" {figure.unit}"


_SEVERAL = 2


def _gave(figure: Figure, *, doubtful: bool, what: str) -> str:
    """ "put the figure at 1,100", "estimated it in the hundreds"."""
    surface = _surface(figure)
    if _VAGUE.fullmatch(surface):
        return f"{'estimated' if doubtful else 'put'} {what} in the {surface}"
    if surface.startswith("at "):
        said, link = ("estimated", "to be") if doubtful else ("gave", "as")
        return f"{said} {what} {link} {surface}"
    return f"{'estimated' if doubtful else 'put'} {what} at {surface}"


def _surface(figure: Figure) -> str:
    plain = figure.surface.removeprefix("in the ")
    return plain[:1].lower() + plain[1:]


def _outlet(held: Held) -> str:
    return held.article.outlet or _NEXT_REPORT


def _owned(one: Told) -> Told:
    """A claim that an article makes itself, given to that outlet where it is disputed."""
    if one.speaker is not None or one.frame is not None:
        return one
    outlet = one.held.article.outlet or _FIRST_REPORT
    return replace(one, speaker=Speaker(outlet, outlet))


def _of_accounts(fact: Fact, one: Told, clashing: set[str], material: Material) -> Draft | None:
    """Two accounts that cannot both hold, each with its source."""
    for name in fact.claims:
        held = material.held.get(name)
        if name not in clashing or held is None or _why_not(held):
            continue
        other = _owned(told(held, material))
        text = f"{clause(_owned(one))}, but {small(clause(other), held)}"
        return Draft(closed(text), (one.held, held), fact, one, disputed=True)
    return None


def _of_update(fact: Fact, one: Told, material: Material) -> Draft | None:
    """The latest word of a source, with the figures that it gave before."""
    earlier = _earlier(fact, one, material)
    if not earlier:
        return None
    surfaces = list(dict.fromkeys(_surface(row.figure) for row in earlier))
    given = f"first given as {surfaces[0]}"
    if len(surfaces) > 1:
        given += f" and then as {surfaces[-1]}"
    cited = [earlier[0].claim, earlier[-1].claim]
    text = f"{clause(one)}; the figure was {given}"
    held = _once([one.held, *(material.held[name] for name in cited)])
    return Draft(closed(text), held, fact, one)


def _earlier(fact: Fact, one: Told, material: Material) -> list[FigureRow]:
    """Other figures that the source of a claim gave before, the first of them first."""
    rows = {row.claim: row for row in fact.figures}
    now = rows.get(one.held.name)
    names = [name for name in _before(fact, one.held.name, material) if name in rows]
    return [
        rows[name]
        for name in names
        if now and _value(rows[name].figure) != _value(now.figure)
        if same_name(rows[name].source or "", now.source or "") or rows[name].source == now.source
    ]


def _before(fact: Fact, name: str, material: Material) -> list[str]:
    """The claims that a claim updates, straight or through others, the earliest first."""
    pairs = [(r.a, r.b) for r in material.related(fact, "updates")]
    found: list[str] = []
    reached = [name]
    while reached:
        now = reached.pop()
        older = [b for a, b in pairs if a == now and b not in found and b in material.held]
        found += older
        reached += older
    rows = {row.claim: row.as_of for row in fact.figures}
    return sorted(found, key=lambda one: (str(rows.get(one) or ""), fact.claims.index(one)))


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _once(held: Iterable[Held]) -> tuple[Held, ...]:
    return tuple({one.name: one for one in held}.values())
