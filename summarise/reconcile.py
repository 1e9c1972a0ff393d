"""The step from the claims of several articles to one story: facts, who holds them, what differs.

It is pure: no model and no file is touched, and the same extractions give the same story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarise.errors import InputError
from summarise.reconciliation.context import in_context
from summarise.reconciliation.copies import copies, main_texts, witnesses
from summarise.reconciliation.figure_rows import figure_rows, figures_of
from summarise.reconciliation.groups import Apart, Groups, grouped
from summarise.reconciliation.nearness import nearness
from summarise.reconciliation.neutral import disputed_text, kind_of, neutral_text
from summarise.reconciliation.relations import relate
from summarise.reconciliation.sides import Voices
from summarise.reconciliation.told import Told, told_by
from summarise.records import (
    Copies,
    Extraction,
    Fact,
    FactState,
    LedgerLine,
    Relation,
    Run,
    Story,
)

Decided = Mapping[tuple[str, str], bool]
"""By the names of two claims, in either order: whether a model found them to be of one fact."""


@dataclass(frozen=True)
class OpenPair:
    """Two claims that the rules leave open; `likeness`, from 0 to 1, says which to ask of first."""

    a: Told
    b: Told
    likeness: float


def reconcile(extractions: Sequence[Extraction], *, decided: Decided | None = None) -> Story:
    """The story that several articles tell.

    `decided` says of pairs of claims, by name, whether they are of one fact: what a model made of
    the `open_pairs`. Raises InputError where two articles bear one id.
    """
    texts = main_texts(extractions)
    groups_of_copies, told = _told(extractions, texts)
    voices = Voices.of(told, texts.values())
    groups = grouped(told, _places(told, decided or {}), voices=voices)
    facts, within = _facts(told, groups, voices)
    apart = (
        Relation(a=told[x.a].name, b=told[x.b].name, relation="different", why=x.why)
        for x in _apart(told, groups)
    )
    return Story(
        extractions=tuple(extractions),
        facts=tuple(facts),
        relations=tuple(_marked([*within, *apart], decided or {})),
        copies=tuple(groups_of_copies),
        ledger=tuple(_ledger(extractions)),
        run=_run(extractions),
    )


def open_pairs(
    extractions: Sequence[Extraction], *, decided: Decided | None = None
) -> list[OpenPair]:
    """The pairs of claims that the rules leave open, the most alike first.

    Raises InputError where two articles bear one id.
    """
    told = _told(extractions, main_texts(extractions))[1]
    left = grouped(told, _places(told, decided or {})).open
    pairs = (OpenPair(told[x.a], told[x.b], x.likeness) for x in left)
    return sorted(pairs, key=lambda pair: (-pair.likeness, pair.a.name, pair.b.name))


def _told(
    extractions: Sequence[Extraction], texts: Mapping[str, str]
) -> tuple[list[Copies], list[Told]]:
    """The copies among the articles, and all claims that stand on their words."""
    ids = [extraction.article.id for extraction in extractions]
    check_unique(ids)
    found = copies(texts)
    return found, list(in_context(told_by(extractions, witnesses(ids, found))))


def check_unique(ids: Sequence[str]) -> None:
    """Raises InputError where two articles of a story bear one id."""
    twice = [name for name, count in Counter(ids).items() if count > 1]
    if twice:
        listed = ", ".join(map(repr, twice[:5])) + (" and others" if len(twice) > 5 else "")
        raise InputError(
            f"the article id {listed} stands more than once among {len(ids)} articles; a story "
            "names each claim by its article, so give each file once, or give each article an id "
            "of its own"
        )


def _places(told: Sequence[Told], decided: Decided) -> dict[tuple[int, int], bool]:
    """What was decided, by the places of the claims; names that no claim bears are passed over."""
    place = {one.name: number for number, one in enumerate(told)} if decided else {}
    found = {}
    for (a, b), same in decided.items():
        if a in place and b in place:
            first, second = sorted((place[a], place[b]))
            found[first, second] = same
    return found


def _marked(relations: Iterable[Relation], decided: Decided) -> Iterator[Relation]:
    """The relations, those of pairs that a model decided marked as its own."""
    asked = {frozenset(pair) for pair in decided}
    for relation in relations:
        by_model = frozenset((relation.a, relation.b)) in asked
        yield relation.model_copy(update={"by": "model"}) if by_model else relation


LISTED = 20_000
"""Pairs told apart up to which a story lists them all; beyond, one for every two facts."""


def _apart(told: Sequence[Told], groups: Groups) -> list[Apart]:
    """The pairs that are not of one fact, those first that are the easiest to take for one."""
    near = nearness(told, groups.facts)
    return sorted(_listed(groups), key=lambda pair: (-near(pair), pair.a, pair.b))


def _listed(groups: Groups) -> list[Apart]:
    if len(groups.apart) <= LISTED:
        return groups.apart
    of = {place: number for number, fact in enumerate(groups.facts) for place in fact}
    first: dict[tuple[int, int], Apart] = {}
    for pair in groups.apart:
        one, other = sorted((of[pair.a], of[pair.b]))
        first.setdefault((one, other), pair)
    return list(first.values())


def _facts(
    told: Sequence[Told], groups: Groups, voices: Voices
) -> tuple[list[Fact], list[Relation]]:
    """The facts, most widely held first, and the relations within them in that order."""
    found = [(members, *_fact(told, members, voices, groups.answers)) for members in groups.facts]
    found.sort(key=lambda one: (-one[1].witnesses, -len(one[0]), one[0][0]))
    width = len(str(len(found)))
    facts = [
        fact.model_copy(update={"id": f"f{number:0{max(2, width)}d}"})
        for number, (_, fact, _) in enumerate(found, 1)
    ]
    return facts, [relation for _, _, relations in found for relation in relations]


def _fact(
    told: Sequence[Told], members: Sequence[int], voices: Voices, answers: Mapping[int, int]
) -> tuple[Fact, list[Relation]]:
    """One fact, not yet numbered, with its relations."""
    claims = [told[place] for place in members]
    figures = figures_of(claims)
    kind = kind_of(claims, figures)
    relations = relate(told, members, kind, voices=voices, answers=answers)
    witnesses = len({one.witness for one in claims})
    state = _state(claims, relations, witnesses)
    text = neutral_text(claims, figures)
    if state == "updated" and kind != "figure":
        text = _latest_text(claims, relations)
    if state == "disputed" and kind != "figure":
        text = disputed_text(text)
    fact = Fact(
        id="f",
        text=text,
        kind=kind,
        state=state,
        claims=tuple(one.name for one in claims),
        witnesses=witnesses,
        figures=tuple(figure_rows(claims, figures)),
    )
    return fact, relations


def _latest_text(claims: Sequence[Told], relations: Sequence[Relation]) -> str:
    """What an event or statement is called that was told otherwise before: by its last word."""
    updates = [relation for relation in relations if relation.relation == "updates"]
    last = {one.a for one in updates} - {one.b for one in updates}
    latest = [one for one in claims if one.name in last] or claims
    return neutral_text(latest, [None] * len(latest))


def _state(claims: Sequence[Told], relations: Sequence[Relation], witnesses: int) -> FactState:
    kinds = {relation.relation for relation in relations}
    if "conflicts" in kinds:
        return "disputed"
    if "updates" in kinds:
        return "updated"
    sources = {one.claim.source.casefold() for one in claims if one.claim.source}
    return "agreed" if witnesses > 1 or len(sources) > 1 else "single"


def _ledger(extractions: Iterable[Extraction]) -> Iterator[LedgerLine]:
    """A line for each claim that is in no fact, since its words do not hold it."""
    for extraction in extractions:
        for claim in extraction.claims:
            if claim.verdict == "unsupported":
                where = (claim.evidence[0].start, claim.evidence[0].end) if claim.evidence else None
                why = "; ".join(claim.reasons) or "its evidence does not hold it"
                what = f"unsupported claim {extraction.article.id}#{claim.id}"
                yield LedgerLine(where=where, what=what, why=why)


_SUMMED = (
    "calls",
    "retries",
    "invalid",
    "input_tokens",
    "output_tokens",
    "cached_tokens",
    "seconds",
)


def _run(extractions: Sequence[Extraction]) -> Run:
    """What the extractions cost together; model and prompt are those of the first."""
    runs = [extraction.run for extraction in extractions]
    if not runs:
        return Run(model="", prompt="", prompt_sha256="")
    sums = {field: sum(getattr(run, field) for run in runs) for field in _SUMMED}
    return runs[0].model_copy(update={**sums, "replayed": all(run.replayed for run in runs)})
