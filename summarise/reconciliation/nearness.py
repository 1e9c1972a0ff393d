"""How easily two claims of two facts are taken for one: a reader is shown the nearest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from summarise.reconciliation.content import content, dice, senses
from summarise.reconciliation.figure_rows import dimension_of, figures_of, is_total
from summarise.reconciliation.groups import Apart
from summarise.reconciliation.told import Told

SENSES, KIND, TOLL, ACROSS = 0.5, 0.4, 0.3, 0.1
"""What is added to the words shared: shared senses, figures of one kind, two tolls, two articles.

Set on stories in which pairs that look alike were listed by hand.
"""


def nearness(told: Sequence[Told], facts: Sequence[Sequence[int]]) -> Callable[[Apart], float]:
    """A function that says how near two claims of two facts are: 0 where nothing is shared."""
    kinds: dict[int, str] = {}
    for fact in facts:
        members = [told[place] for place in fact]
        for place, one, figure in zip(fact, members, figures_of(members), strict=True):
            if figure is not None:
                kind = dimension_of(figure)
                kinds[place] = "toll" if is_total(figure, one.claim.text) else kind

    def near(pair: Apart) -> float:
        one, other = told[pair.a], told[pair.b]
        mine, theirs = one.claim.text, other.claim.text
        shared = dice(content(mine), content(theirs))
        shared += SENSES * dice(senses(mine), senses(theirs))
        kind, same = kinds.get(pair.a), kinds.get(pair.a) == kinds.get(pair.b)
        shared += KIND * (same and kind is not None) + TOLL * (same and kind == "toll")
        return shared + ACROSS * (one.article != other.article)

    return near
