"""What is in dispute, as a sentence tells it: each figure with its source, each account."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from summarise.briefing.draft import Draft, once, standing, surface, value
from summarise.briefing.frames import (
    Told,
    answering,
    by_whom,
    clause,
    closed,
    is_spoken_of,
    small,
    told,
)
from summarise.briefing.material import Held, Material
from summarise.briefing.speakers import Speaker
from summarise.briefing.standing import doer_of
from summarise.briefing.updates import VAGUE, earlier, gave, later, of_earlier
from summarise.language.names import find_names, same_name
from summarise.language.words import word_set
from summarise.meaning import stems_of
from summarise.records import Fact, Figure, FigureRow

_MOST_FIGURES, _MOST_SPEAKERS = 4, 2
_FIRST_REPORT, _NEXT_REPORT = "a report", "another report"


def disputes(fact: Fact, material: Material) -> Iterator[Draft]:
    """A sentence for each group of claims in conflict, and for each figure given to two bodies."""
    pairs = [(one.a, one.b) for one in material.related(fact, "conflicts")]
    replaced = {one.b for one in material.related(fact, "updates")}
    for names in _components(pairs):
        made = _of_conflict(fact, names, material)
        while made is not None:
            yield made
            names -= {held.name for held in made.cited} | replaced
            open_ones = any(names.issuperset(pair) for pair in pairs)
            made = _of_conflict(fact, names, material) if open_ones else None
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
    """The last word, or else the claim that most articles back, and what the others say."""
    updates = list(material.related(fact, "updates"))
    replaced, last = {one.b for one in updates}, {one.a for one in updates}
    said = names | {one.a for one in updates if one.b in names}
    claims = [held for held in material.of(fact) if held.name in said]
    backing = _backing(fact)
    vague = {row.claim for row in fact.figures if VAGUE.fullmatch(surface(row.figure))}

    def weight(held: Held) -> int:
        new = held.name not in replaced, held.name in last
        clear = held.claim.certainty == "certain", not is_spoken_of(held), held.name not in vague
        return backing.get(held.name, 0) + sum(clear) + (len(fact.claims) + 3) * sum(new)

    best = standing(claims, fact, material, weight)
    made = (_against_others(fact, held, best, said, material) for held in best)
    return next((one for one in made if one is not None), None)


def _against_others(
    fact: Fact, held: Held, best: Sequence[Held], said: set[str], material: Material
) -> Draft | None:
    """A claim and what stands against it of what is `said`; None where no sentence holds both."""
    one = told(held, material)
    rows = {row.claim: row for row in fact.figures}
    against = _against(fact, {held.name}, material) & said
    if held.name not in rows:
        return _of_accounts(fact, one, [other for other in best if other.name in against], material)
    before = {row.claim: row for row in earlier(fact, one, material, own=False)}
    had = not against
    if had:  # nobody gainsays the last word yet; what it takes the place of was gainsaid
        given = {value(row.figure) for row in before.values()}
        found = _against(fact, set(before), material) & said - {held.name}
        against = {name for name in found if name in rows and value(rows[name].figure) not in given}
    alike = {other.name for other in best if other.claim.polarity == held.claim.polarity}
    denied = [other for other in best if other.name in against - alike]
    if denied and not against & alike:
        return _of_accounts(fact, one, denied, material)
    affirmed = {
        name
        for name in against - set(before)
        if material.held[name].claim.polarity == held.claim.polarity
    }
    others = [rows[name] for name in sorted(affirmed) if name in rows]
    return _of_figures(_Question(fact, one, rows[held.name], had=had), others, material)


def _against(fact: Fact, names: set[str], material: Material) -> set[str]:
    """The claims of a fact that conflict with some of them."""
    pairs = [{r.a, r.b} for r in material.related(fact, "conflicts")]
    return set().union(*(pair for pair in pairs if pair & names)) - names


def _backing(fact: Fact) -> dict[str, int]:
    """For each claim with a figure, how many articles give that figure."""
    articles: dict[tuple[object, ...], set[str]] = {}
    for row in fact.figures:
        articles.setdefault(value(row.figure), set()).add(row.article)
    return {row.claim: len(articles[value(row.figure)]) for row in fact.figures}


@dataclass(frozen=True)
class _Question:
    """A claim with its figure, which others gainsay, or `had` gainsaid before it was given."""

    fact: Fact
    one: Told
    now: FigureRow
    had: bool = False


def _of_figures(asked: _Question, rows: Sequence[FigureRow], material: Material) -> Draft | None:
    """ "55 were killed, according to A, but B put the figure at 12; A had earlier put it at 40"."""
    fact, one = asked.fact, asked.one
    doer = doer_of(one.body)
    fitting = (row for row in rows if _may_be_set_beside(row, doer, material))
    groups = _grouped(fitting, asked.now)
    if not groups:
        return None
    cited = [one.held]
    parts: list[str] = []
    for group in groups:
        cited += [material.held[row.claim] for row in group if row.claim in material.held]
        what = "it" if parts else "the figure"
        parts.append(_other_figure(group, one, material, what, had=asked.had))
    text = f"{clause(_owned(one, _FIRST_REPORT))}, but {_listed(parts)}"
    if before := of_earlier(fact, one, material):
        text += f"; {before[0]}"
        cited.append(before[1])
    elif one.speaker and (after := later(fact, one, material)[-1:]):
        text += f"; {one.speaker.short} later {gave(after[0].figure, what='it')}"
        cited.append(material.held[after[0].claim])
    return Draft(closed(text), once(cited), fact, one, disputed=True)


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


def _other_figure(
    rows: Sequence[FigureRow], one: Told, material: Material, what: str, *, had: bool
) -> str:
    """ "the ministry put the figure at 40", with its unit where the sentence has several."""
    tellers = [
        told(material.held[row.claim], material) for row in rows if row.claim in material.held
    ]
    names = list(dict.fromkeys(by_whom(other) or _teller(other.held) for other in tellers))
    who = " and ".join(names[:_MOST_SPEAKERS]) or _NEXT_REPORT
    figure = rows[0].figure
    written = any(other.speaker and other.speaker.is_document for other in tellers)
    doubtful = any(other.held.claim.certainty != "certain" for other in tellers) and not written
    said = gave(figure, doubtful=doubtful, what=what, had=had)
    return f"{who} {'had ' if had else ''}{said}{_unit(figure, one, material)}"


def _unit(figure: Figure, one: Told, material: Material) -> str:
    """What a figure counts, in short, where the sentence has several figures to choose from."""
    counted = re.split(r" (?:of|for|from|in|by|who|that|which|lost|cut)\b", figure.unit)[0]
    unit = set(stems_of(counted))
    plain = VAGUE.fullmatch(surface(figure)) or _BEARS_UNIT.search(figure.surface)
    if not unit or plain or len(one.held.bounds) < _SEVERAL or unit & set(stems_of(figure.surface)):
        return ""
    small = material.small_words
    shown = [word.lower() if word.lower() in small else word for word in counted.split()]
    return f" {' '.join(shown)}"


_BEARS_UNIT = re.compile(r"[$€£¥₹%]|\bper ?cent\b")
_SEVERAL = 2


def _teller(held: Held) -> str:
    """Who gives a figure for which no source is named: who does so in the words, or the outlet."""
    doer = doer_of(held.claim.text) if _GIVES.search(held.claim.text) else ""
    return doer or _called(held.article.outlet) or _NEXT_REPORT


_GIVES = re.compile(r"\b(?:puts?|estimate[sd]|gave|gives|sa(?:ys|id)|report(?:s|ed)|counted)\b")


def _called(outlet: str | None) -> str | None:
    """An outlet as a sentence names it: "the Lindau Tribune"."""
    paper = outlet and outlet.split()[-1].lower() in _PAPERS and not outlet.startswith("The ")
    return f"the {outlet}" if paper else outlet


_PAPERS = word_set(
    """chronicle courier echo examiner gazette globe guardian herald independent inquirer journal
    ledger mirror monitor observer post record register standard star sun telegraph times tribune"""
)


def _owned(one: Told, unnamed: str) -> Told:
    """A claim that an article makes itself, given to that outlet where it is disputed."""
    if one.speaker is not None or one.frame is not None:
        return one
    outlet = _called(one.held.article.outlet) or unnamed
    return replace(one, speaker=Speaker(outlet, outlet))


def _of_accounts(fact: Fact, one: Told, others: Sequence[Held], material: Material) -> Draft | None:
    """Two accounts that cannot both hold, each with its source; a denial stands second."""
    held = next((held for held in others if not is_spoken_of(held)), None)
    if held is None:
        return None
    first, second = one, told(held, material)
    if one.held.claim.polarity == "negative" and held.claim.polarity == "positive":
        first, second = second, first
    text = f"{clause(_owned(first, _FIRST_REPORT))}, but {answering(_owned(second, _NEXT_REPORT))}"
    return Draft(closed(text), (first.held, second.held), fact, first, disputed=True)


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
    if is_spoken_of(one.held):
        figure = small(one.body, one.held)
        text = (
            f"{first} attributes the figure of {figure} to {one.speaker.phrase}, "
            f"and {second} to {other.speaker.phrase}"
        )
        return Draft(closed(text), (one.held, other.held), fact, one, disputed=True)
    body = f"{one.frame[1]} {small(one.body, one.held)}" if one.frame else one.body
    text = (
        f"{body}, a figure that {first} attributes to {one.speaker.phrase} "
        f"and {second} to {other.speaker.phrase}"
    )
    return Draft(closed(text), (one.held, other.held), fact, one, disputed=True)


def _outlets(a: Held, b: Held) -> tuple[str, str]:
    """How two articles are named beside each other."""
    one, other = _called(a.article.outlet), _called(b.article.outlet)
    if one and one == other:
        return _FIRST_REPORT, _NEXT_REPORT
    return one or (_NEXT_REPORT if other else _FIRST_REPORT), other or _NEXT_REPORT


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
