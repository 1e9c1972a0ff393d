"""Facts as draft sentences: told, told with their dispute, or with what they were before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from summarise.briefing.frames import Told, by_whom, clause, closed, sentence, small, told
from summarise.briefing.material import Held, Material
from summarise.briefing.speakers import Speaker, cannot_name
from summarise.briefing.standing import why_not
from summarise.language.names import same_name
from summarise.records import Fact, Figure, FigureRow

_SHARED = 0.9
"""Share of the words of a claim that another of its fact must have to be cited with it."""
_MOST_FIGURES, _MOST_SPEAKERS = 4, 2
_FIRST_REPORT, _NEXT_REPORT = "one report", "another report"


@dataclass(frozen=True)
class Draft:
    """A sentence, the claims that it cites (the one that it is made of first), and its fact.

    `led` is the same with the speaker in front, for a change of rhythm.
    """

    text: str
    cited: tuple[Held, ...]
    fact: Fact
    told: Told
    led: str | None = None
    disputed: bool = False

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
    refined = {relation.b for relation in material.related(fact, "refines")}

    def order(held: Held) -> tuple[bool, bool, int, float]:
        full = min(len(held.stems), _FULL)
        return held.name in replaced, held.name in refined, -full, held.place

    return sorted(good, key=order), next(iter(whys), "the story does not hold its claims")


def _why_not(held: Held) -> str | None:
    if held.in_headline:
        return "it is a headline"
    return "its source is only a pronoun" if cannot_name(held) else why_not(held.claim.text)


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
    several = len(one.held.bounds) > 1
    cited = [one.held]
    parts: list[str] = []
    for rows in groups:
        cited += [material.held[each.claim] for each in rows if each.claim in material.held]
        parts.append(_other_figure(rows, material, first=not parts, named=several))
    text = f"{clause(_owned(one))}, but {_listed(parts)}"
    return Draft(closed(text), _once(cited), fact, one, disputed=True)


def _clashing(fact: Fact, held: Held, material: Material) -> set[str]:
    """The claims of the fact that conflict with one, or with what agrees with it."""
    pairs = [(r.a, r.b) for r in material.related(fact, "conflicts")]
    found = {name for pair in pairs for name in pair if held.name in pair}
    return (found or {name for pair in pairs for name in pair}) - {held.name}


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


def _other_figure(
    rows: Sequence[FigureRow], material: Material, *, first: bool, named: bool
) -> str:
    """ "the ministry gave a figure of 40", with the verb where it is the first of several."""
    tellers = [
        told(material.held[row.claim], material) for row in rows if row.claim in material.held
    ]
    names = list(dict.fromkeys(by_whom(one) or _outlet(one.held) for one in tellers))
    who = " and ".join(names[:_MOST_SPEAKERS]) or _NEXT_REPORT
    figure = rows[0].figure
    unit = f" for {figure.unit}" if named and figure.unit else ""
    what = f"a figure of {_surface(figure)}{unit}" if first else f"one of {_surface(figure)}{unit}"
    doubtful = any(one.held.claim.certainty != "certain" for one in tellers)
    verb = "estimated" if doubtful else "gave"
    return f"{who} {verb} {what}"


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
    before = _before(fact, one.held.name, material)
    rows = {row.claim: row.figure for row in fact.figures}
    now = rows.get(one.held.name)
    earlier = [n for n in before if n in rows and now and _value(rows[n]) != _value(now)]
    if not earlier:
        return None
    surfaces = list(dict.fromkeys(_surface(rows[name]) for name in earlier))
    given = f"first given as {surfaces[0]}"
    if len(surfaces) > 1:
        given += f" and then as {surfaces[-1]}"
    cited = [earlier[0], earlier[-1]]
    text = f"{clause(one)}; the figure was {given}"
    held = _once([one.held, *(material.held[name] for name in cited)])
    return Draft(closed(text), held, fact, one)


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
