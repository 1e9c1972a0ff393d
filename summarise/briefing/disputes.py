"""What is in dispute, as a sentence tells it: each figure with its source, each account."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from summarise.briefing.draft import Draft, once, standing, surface, value
from summarise.briefing.frames import Told, by_whom, clause, closed, is_spoken_of, small, told
from summarise.briefing.material import Held, Material
from summarise.briefing.speakers import Speaker
from summarise.briefing.standing import doer_of
from summarise.briefing.updates import earlier, later
from summarise.language.names import find_names, same_name
from summarise.meaning import stems_of
from summarise.records import Fact, Figure, FigureRow

_VAGUE = re.compile(r"(?:low |high )?(?:tens of )?(?:dozens|scores|hundreds|thousands|millions)")
_MOST_FIGURES, _MOST_SPEAKERS = 4, 2
_FIRST_REPORT, _NEXT_REPORT = "one report", "another report"


def disputes(fact: Fact, material: Material) -> Iterator[Draft]:
    """A sentence for each group of claims in conflict, and for each figure given to two bodies."""
    for names in _components((r.a, r.b) for r in material.related(fact, "conflicts")):
        made = _of_conflict(fact, names, material)
        if made is not None:
            yield made
    told_of: set[tuple[object, ...]] = set()
    rows = {row.claim: value(row.figure) for row in fact.figures}
    for relation in material.related(fact, "attribution-conflict"):
        figure = rows.get(relation.a, (relation.a,))
        made = _of_attributions(fact, (relation.a, relation.b), material)
        if made is not None and figure not in told_of:
            told_of.add(figure)
            yield made


def _components(pairs: Iterable[tuple[str, str]]) -> list[set[str]]:
    """The claims that are linked by pairs, straight or through others."""
    groups: list[set[str]] = []
    for pair in pairs:
        touched = [group for group in groups if group & set(pair)]
        groups = [group for group in groups if group not in touched]
        groups.append(set(pair).union(*touched))
    return groups


def _of_conflict(fact: Fact, names: set[str], material: Material) -> Draft | None:
    """The claim that most articles back, and what the others say against it."""
    backing = _backing(fact)
    claims = [material.held[name] for name in fact.claims if name in names & set(material.held)]
    best = standing(claims, fact, material, lambda held: backing.get(held.name, 0))
    if not best:
        return None
    one = told(best[0], material)
    against = _against(fact, one.held, material)
    rows = {row.claim: row for row in fact.figures}
    if one.held.name not in rows:
        return _of_accounts(fact, one, [held for held in best if held.name in against], material)
    own = rows[one.held.name]
    return _of_figures(fact, one, own, [rows[name] for name in against if name in rows], material)


def _against(fact: Fact, held: Held, material: Material) -> set[str]:
    """The claims of a fact that conflict with one of them."""
    pairs = [{r.a, r.b} for r in material.related(fact, "conflicts")]
    return set().union(*(pair for pair in pairs if held.name in pair)) - {held.name}


def _backing(fact: Fact) -> dict[str, int]:
    """For each claim with a figure, how many articles give that figure."""
    articles: dict[tuple[object, ...], set[str]] = {}
    for row in fact.figures:
        articles.setdefault(value(row.figure), set()).add(row.article)
    return {row.claim: len(articles[value(row.figure)]) for row in fact.figures}


def _of_figures(
    fact: Fact, one: Told, now: FigureRow, rows: Sequence[FigureRow], material: Material
) -> Draft | None:
    """ "Over 40 were killed, according to A, but B put the figure at 12; A later put it at 45"."""
    doer = doer_of(one.body)
    groups = _grouped((row for row in rows if _may_be_set_beside(row, doer, material)), now)
    if not groups:
        return None
    own = _owned(one, _FIRST_REPORT)
    cited = [one.held]
    parts: list[str] = []
    for group in groups:
        cited += [material.held[row.claim] for row in group if row.claim in material.held]
        parts.append(_other_figure(group, one, material, "it" if parts else "the figure"))
    text = f"{clause(own)}, but {_listed(parts)}"
    for when, other in (
        ("had earlier", earlier(fact, one, material)[-1:]),
        ("later", later(fact, one, material)[-1:]),
    ):
        if other and one.speaker is not None:
            gave = _gave(other[0].figure, doubtful=False, what="it")
            text += f"; {one.speaker.phrase} {when} {gave if when == 'later' else _given(gave)}"
            cited.append(material.held[other[0].claim])
    return Draft(closed(text), once(cited), fact, one, disputed=True)


def _given(gave: str) -> str:
    return f"given{gave.removeprefix('gave')}" if gave.startswith("gave") else gave


def _may_be_set_beside(row: FigureRow, doer: str, material: Material) -> bool:
    """Whether a figure is of the same doer: what one unit has sunk is no total of all sunk."""
    other = material.held.get(row.claim)
    if not doer or other is None:
        return not doer
    text = other.claim.text
    return any(same_name(doer, text[start:end]) for start, end in find_names(text))


def _grouped(rows: Iterable[FigureRow], now: FigureRow) -> list[list[FigureRow]]:
    """The rows with another figure than that of a claim, by value, the most given first."""
    groups: dict[tuple[object, ...], list[FigureRow]] = {}
    for row in sorted(rows, key=lambda row: row.claim):
        if value(row.figure) != value(now.figure):
            groups.setdefault(value(row.figure), []).append(row)
    return sorted(groups.values(), key=len, reverse=True)[:_MOST_FIGURES]


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
    return f"{who} {_gave(figure, doubtful=doubtful, what=what)}{_unit(figure, one, material)}"


def _unit(figure: Figure, one: Told, material: Material) -> str:
    """What a figure counts, where the sentence does not say so or has several figures."""
    unit = set(stems_of(figure.unit))
    said = unit <= set(stems_of(one.body)) and len(one.held.bounds) < _SEVERAL
    if not unit or said or unit & set(stems_of(figure.surface)):
        return ""
    small = material.small_words
    shown = [word.lower() if word.lower() in small else word for word in figure.unit.split()]
    return f" {' '.join(shown)}"


_SEVERAL = 2


def _gave(figure: Figure, *, doubtful: bool, what: str) -> str:
    """ "put the figure at 1,100", "estimated it in the hundreds"."""
    shown = surface(figure)
    if _VAGUE.fullmatch(shown):
        return f"{'estimated' if doubtful else 'put'} {what} in the {shown}"
    if shown.startswith("at "):
        said, link = ("estimated", "to be") if doubtful else ("gave", "as")
        return f"{said} {what} {link} {shown}"
    return f"{'estimated' if doubtful else 'put'} {what} at {shown}"


def _outlet(held: Held) -> str:
    return held.article.outlet or _NEXT_REPORT


def _owned(one: Told, unnamed: str) -> Told:
    """A claim that an article makes itself, given to that outlet where it is disputed."""
    if one.speaker is not None or one.frame is not None:
        return one
    outlet = one.held.article.outlet or unnamed
    return replace(one, speaker=Speaker(outlet, outlet))


def _of_accounts(fact: Fact, one: Told, others: Sequence[Held], material: Material) -> Draft | None:
    """Two accounts that cannot both hold, each with its source."""
    held = next((held for held in others if not is_spoken_of(held)), None)
    if held is None:
        return None
    other = _owned(told(held, material), _NEXT_REPORT)
    text = f"{clause(_owned(one, _FIRST_REPORT))}, but {small(clause(other), held)}"
    return Draft(closed(text), (one.held, held), fact, one, disputed=True)


def _of_attributions(fact: Fact, names: tuple[str, str], material: Material) -> Draft | None:
    """ "..., a figure that the Herald attributes to A and the Post to B"."""
    claims = [material.held[name] for name in names if name in material.held]
    best = standing(claims, fact, material, lambda _: 0)
    if len(claims) < len(names) or not best or claims[0].article is claims[1].article:
        return None
    one = told(best[0], material)
    other = told(next(held for held in claims if held is not best[0]), material)
    if not (one.speaker and other.speaker):
        return None
    first, second = _outlets(one.held, other.held)
    body = f"{one.frame[1]} {small(one.body, one.held)}" if one.frame else one.body
    text = (
        f"{body}, a figure that {first} attributes to {one.speaker.phrase} "
        f"and {second} to {other.speaker.phrase}"
    )
    return Draft(closed(text), (one.held, other.held), fact, one, disputed=True)


def _outlets(a: Held, b: Held) -> tuple[str, str]:
    """How two articles are named beside each other."""
    one, other = a.article.outlet, b.article.outlet
    if one and one == other:
        return _FIRST_REPORT, _NEXT_REPORT
    return one or (_NEXT_REPORT if other else _FIRST_REPORT), other or _NEXT_REPORT


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
