"""What a source said before, and what it said later, as a sentence tells it."""

from __future__ import annotations

from summarise.briefing.draft import Draft, once, surface, value
from summarise.briefing.frames import Told, clause, closed
from summarise.briefing.material import Material
from summarise.language.names import same_name
from summarise.records import Fact, FigureRow


def of_update(fact: Fact, one: Told, material: Material) -> Draft | None:
    """ "At least 112 died, according to the Observatory; the figure was first given as 43"."""
    rows = earlier(fact, one, material)
    if not rows:
        return None
    given = f"first given as {surface(rows[0].figure)}"
    if value(rows[-1].figure) != value(rows[0].figure):
        given += f" and then as {surface(rows[-1].figure)}"
    cited = [one.held, material.held[rows[0].claim], material.held[rows[-1].claim]]
    text = f"{clause(one)}; the figure was {given}"
    return Draft(closed(text), once(cited), fact, one)


def earlier(fact: Fact, one: Told, material: Material) -> list[FigureRow]:
    """Other figures that the source of a claim gave before, the first of them first."""
    names = _reached(one.held.name, [(r.a, r.b) for r in material.related(fact, "updates")])
    return _others_of(fact, one, names)


def later(fact: Fact, one: Told, material: Material) -> list[FigureRow]:
    """Other figures that the source of a claim gave afterwards, the first of them first."""
    names = _reached(one.held.name, [(r.b, r.a) for r in material.related(fact, "updates")])
    return _others_of(fact, one, names)


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


def _others_of(fact: Fact, one: Told, names: set[str]) -> list[FigureRow]:
    now = next((row for row in fact.figures if row.claim == one.held.name), None)
    if now is None:
        return []
    rows = [
        row
        for row in fact.figures
        if row.claim in names and value(row.figure) != value(now.figure) and _of_same(row, now)
    ]
    return sorted(rows, key=lambda row: str(row.as_of or ""))


def _of_same(row: FigureRow, now: FigureRow) -> bool:
    if row.source is None or now.source is None:
        return row.source == now.source
    return same_name(row.source, now.source)
