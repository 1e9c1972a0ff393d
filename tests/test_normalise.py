"""Figures and period of a claim, as the sentences of its evidence have them."""

from __future__ import annotations

from datetime import date

import pytest

from summarise.normalise import normalised
from summarise.records import Article, Claim

ARTICLE = Article(
    id="a",
    published=date(2023, 5, 17),
    sha256="0" * 64,
    main_text=((0, 0),),
    raw="",
    view="",
)


@pytest.mark.parametrize(
    ("text", "evidence", "surfaces", "start"),
    [
        ("14 people died.", "Fourteen people died on Monday.", ["Fourteen"], None),
        ("14 people died on May 15, 2023.", "Fourteen died on Monday.", ["Fourteen"], "2023-05-15"),
        ("Kell burned on Monday.", "Kell burned on Monday.", [], "2023-05-15"),
        ("Some 90 barns burned.", "Barns burned.", [], None),
    ],
)
def test_normalised(text: str, evidence: str, surfaces: list[str], start: str | None) -> None:
    claim = normalised(Claim(id="", text=text), [evidence], ARTICLE)
    assert [q.surface for q in claim.quantities] == surfaces
    assert (claim.time.start.isoformat() if claim.time and claim.time.start else None) == start
