"""What a source said before, and what it said later, as a sentence tells it."""

from __future__ import annotations

import re

from summarise.briefing.draft import Draft, once, surface, value
from summarise.briefing.frames import Told, clause, closed, told
from summarise.briefing.material import Held, Material
from summarise.language.names import same_name
from summarise.records import Fact, Figure, FigureRow


def of_update(fact: Fact, one: Told, material: Material) -> Draft | None:
    """ "At least 112 died, according to the Observatory; the figure was first given as 43"."""
    rows = earlier(fact, one, material)
    if not rows:
        before = of_earlier(fact, one, material)
        if before is None:
            return None
        text = f"{clause(one)}; {before[0]}"
        return Draft(closed(text), once([one.held, before[1]]), fact, one)
    given = f"first given as {surface(rows[0].figure)}"
    if value(rows[-1].figure) != value(rows[0].figure):
        given += f" and then as {surface(rows[-1].figure)}"
    cited = [one.held, material.held[rows[0].claim], material.held[rows[-1].claim]]
    text = f"{clause(one)}; the figure was {given}"
    return Draft(closed(text), once(cited), fact, one)


def of_earlier(fact: Fact, one: Told, material: Material) -> tuple[str, Held] | None:
    """ "A had earlier put it at 40": the last figure before, with its claim; its source first."""
    own = earlier(fact, one, material)
    rows = own or earlier(fact, one, material, own=False)
    if not rows:
        return None
    row = rows[-1]
    held = material.held[row.claim]
    who = one.speaker if own else told(held, material).speaker
    if who is None:
        return f"it was earlier given as {surface(row.figure)}", held
    name = who.short if own else who.phrase
    return f"{name} had earlier {gave(row.figure, what='it', had=True)}", held


VAGUE = re.compile(r"(?:low |high )?(?:tens of )?(?:dozens|scores|hundreds|thousands|millions)")


def gave(figure: Figure, *, what: str, doubtful: bool = False, had: bool = False) -> str:
    """ "put the figure at 1,100", "estimated it in the hundreds"; `had` makes it the past of that.

    `what` is "the figure", or "it" where that is clear.
    """
    shown = surface(figure)
    put = "estimated" if doubtful else "put"
    if VAGUE.fullmatch(shown):
        return f"{put} {what} in the {shown}"
    if not shown.startswith("at "):
        return f"{put} {what} at {shown}"
    if doubtful:
        return f"estimated {what} to be {shown}"
    return f"{'given' if had else 'gave'} {what} as {shown}"


def earlier(fact: Fact, one: Told, material: Material, *, own: bool = True) -> list[FigureRow]:
    """Other figures that the source of a claim (`own`) or any gave before, the first first."""
    names = _reached(one.held.name, [(r.a, r.b) for r in material.related(fact, "updates")])
    return _others_of(fact, one, names, own=own)


def later(fact: Fact, one: Told, material: Material) -> list[FigureRow]:
    """Other figures that the source of a claim gave afterwards, the first of them first."""
    names = _reached(one.held.name, [(r.b, r.a) for r in material.related(fact, "updates")])
    return _others_of(fact, one, names, own=True)


def _reached(name: str, pairs: list[tuple[str, str]]) -> set[str]:
    """The claims to which the pairs lead from a claim, straight or through others."""
    found: set[str] = set()
    open_ones = [name]
    while open_ones:
        now = open_ones.pop()
        new = {b for a, b in pairs if a == now} - found - {name}
        found |= new
        open_ones += new
    return found


def _others_of(fact: Fact, one: Told, names: set[str], *, own: bool) -> list[FigureRow]:
    """The rows of those claims with another figure, in time; of a day, those with a source last."""
    now = next((row for row in fact.figures if row.claim == one.held.name), None)
    if now is None:
        return []
    rows = [
        row
        for row in fact.figures
        if row.claim in names
        and value(row.figure) != value(now.figure)
        and (not own or _of_same(row, now))
    ]
    return sorted(rows, key=lambda row: (str(row.as_of or ""), row.source is not None))


def _of_same(row: FigureRow, now: FigureRow) -> bool:
    if row.source is None or now.source is None:
        return row.source == now.source
    return same_name(row.source, now.source)
