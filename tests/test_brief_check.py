"""Sentences of a brief against the claims that they cite."""

from __future__ import annotations

import pytest
from brief_stories import BOTH, story

from summarise.briefing.check import Checker, swapped_sources
from summarise.briefing.material import Material

MATERIAL = Material(story(*BOTH))
CHECKER = Checker(MATERIAL)
DEAD, FEWER, MORE, HULL = "herald#c01", "herald#c03", "post#c02", "post#c04"


@pytest.mark.parametrize(
    ("text", "cited", "reason"),
    [
        ("At least 40 people drowned off Orsk, according to Ada Brook.", [DEAD], None),
        ("Ada Brook said at least 40 people drowned on Monday.", [DEAD], None),
        ("At least 41 people drowned, Ada Brook said.", [DEAD], "figure 'At least 41' is not"),
        ("40 people drowned, Ada Brook said.", [DEAD], "figure '40' is not in the cited"),
        ("Up to 40 people drowned, Ada Brook said.", [DEAD], "figure 'Up to 40' is not"),
        ("At least 40 people drowned.", [DEAD], "source 'Ada Brook'"),
        ("At least 40 drowned on Tuesday, Ada Brook said.", [DEAD], "weekday 'Tuesday'"),
        ("At least 40 drowned off Velm, Ada Brook said.", [DEAD], "name 'Velm' is not"),
        ("At least 40 people never drowned, Ada Brook said.", [DEAD], "denies what its claims"),
        ("The owner of the ferry Tessaly had checked the hull.", [HULL], "affirms what claim"),
        ("The owner of the ferry Tessaly had not checked the hull.", [HULL], None),
        (
            "At least 40 people drowned, Ada Brook said, but the coast guard said 12.",
            [DEAD, FEWER],
            None,
        ),
        (
            "At least 55 people drowned, according to Ada Brook; the figure was first given as "
            "at least 40.",
            [MORE, DEAD],
            None,
        ),
        (
            "At least 40 people drowned, Ada Brook said, but others said 12.",
            [DEAD, FEWER],
            "source 'coast guard'",
        ),
    ],
)
def test_a_sentence_holds_by_its_claims(text: str, cited: list[str], reason: str | None) -> None:
    reasons = CHECKER.reasons(text, [MATERIAL.held[name] for name in cited])
    if reason is None:
        assert reasons == ()
    else:
        assert any(reason in one for one in reasons), reasons


@pytest.mark.parametrize(
    ("text", "swapped"),
    [
        ("Ada Brook said at least 40 drowned, but the coast guard said 12.", False),
        ("Ada Brook said 12 drowned, but the coast guard said at least 40.", True),
    ],
)
def test_figures_stay_with_who_gave_them(text: str, *, swapped: bool) -> None:
    cited = [MATERIAL.held[DEAD], MATERIAL.held[FEWER]]
    assert bool(list(swapped_sources(text, cited))) is swapped
