"""Claims that say the same become one; those that differ in anything checkable stay apart."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.merge import dated_by_lead, merged
from summarise.records import Claim, Period, Sentence, Span


def claim(text: str, at: int, **fields: object) -> Claim:
    span = Span(start=at, end=at + len(text), quote=text)
    return Claim.model_validate({"id": "", "text": text, "evidence": (span,), **fields})


def count(first: str, second: str) -> int:
    return len(merged([claim(first, 0), claim(second, 1000)]))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Flood kills 14 in Tarvo.", "A flood killed 14 people in the town of Tarvo."),
        (
            "Over 900 Ruvian Troops Wounded or Killed in Tarvo.",
            "Over 900 Ruvian soldiers have been injured or killed in Tarvo.",
        ),
        (
            "Kell tin prices reach 12-year lows.",
            "Kell tin prices dropped to twelve-year lows amid weak demand from carmakers.",
        ),
        (
            "Nearly a third of Ruvian soldiers killed or wounded.",
            "Nearly a third of the 10,000 Ruvian soldiers sent to Kell were killed or wounded.",
        ),
    ],
)
def test_repeated(first: str, second: str) -> None:
    assert count(first, second) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A flood killed 14 people in Tarvo.", "A flood killed 15 people in Tarvo."),
        ("A flood killed 14 people in Tarvo.", "A flood killed 14 people in Sena."),
        ("The army took the town of Tarvo.", "The army did not take the town of Tarvo."),
        ("A flood killed 14 people in Tarvo.", "A flood injured 14 people in Tarvo."),
        ("A flood killed 14 people in Tarvo.", "A flood killed 14 people and injured 9 in Tarvo."),
        (
            "The city council of Tarvo approved 14 new tram stops on the northern line.",
            "The city council of Tarvo rejected 14 new tram stops on the northern line.",
        ),
        ("The Kell index of leading shares rose 3%.", "The Kell index of leading shares fell 3%."),
        ("The council approved the tram line.", "The council opened the tram line."),
    ],
)
def test_different(first: str, second: str) -> None:
    if "not" in second:
        negative = claim(second, 1000, polarity="negative")
        assert len(merged([claim(first, 0), negative])) == 2
    else:
        assert count(first, second) == 2


def test_different_days_and_sources() -> None:
    text = "A shell hit the market in the town of Tarvo"
    days = [Period(surface=d, start=date(2023, 5, n), end=date(2023, 5, n)) for d, n in DAYS]
    dated = [claim(f"{text}{n * '.'}", n * 500, time=day) for n, day in enumerate(days)]
    assert len(merged(dated)) == 2
    said = [claim(text, 0, source="Ana Roe"), claim(f"{text}.", 500, source="Bo Kidd")]
    assert len(merged(said)) == 2


DAYS = [("on Monday", 15), ("on Tuesday", 16)]


def test_parts_of_one_stretch_stay_apart() -> None:
    first = claim("The flood wrecked the mill in Tarvo.", 0)
    second = claim("The flood wrecked the mill and the bridge in Tarvo.", 10)
    assert len(merged([first, second])) == 2


def test_joined_keeps_evidence_and_who_is_named() -> None:
    both = [
        claim("Flood kills 14 in Tarvo.", 0),
        claim("A flood killed 14 people in the town of Tarvo.", 900, source="Ana Roe"),
    ]
    (one,) = merged(both)
    assert one.source == "Ana Roe"
    assert [s.start for s in one.evidence] == [0, 900]
    assert one.text.startswith("A flood")


@given(st.lists(st.text(max_size=40), max_size=6))
def test_no_evidence_is_lost(texts: list[str]) -> None:
    claims = [claim(text, n * 100) for n, text in enumerate(texts)]
    spans = {s for one in merged(claims) for s in one.evidence}
    assert spans == {s for one in claims for s in one.evidence}


@given(
    st.lists(
        st.lists(st.sampled_from("flood mill bridge Tarvo Sena 14 15 killed wrecked the".split())),
        max_size=12,
    )
)
def test_no_repeated_claim_is_overlooked(texts: list[list[str]]) -> None:
    claims = [claim(" ".join(text), n * 100) for n, text in enumerate(texts)]
    alone = [one for one in merged(claims) if len(one.evidence) == 1]
    # Two that nothing was joined to were both looked at as they are.
    for one, other in combinations(alone, 2):
        assert len(merged([one, other])) == 2


LEAD = "At least 14 people were killed on Monday in a landslide near Tarvo."


@pytest.mark.parametrize(
    ("headline", "dated"),
    [
        ("Tarvo landslide death toll hits 14.", True),
        ("Landslide kills people in Tarvo.", True),
        ("Landslide kills dozens in Tarvo.", True),
        ("Landslide kills 15 in Tarvo.", False),
        ("Mayor of Tarvo resigns after people killed in landslide.", False),
    ],
)
def test_lead_dates_the_headline(headline: str, dated: bool) -> None:
    at = len(headline) + 2
    monday = Period(surface="on Monday", start=date(2023, 5, 15), end=date(2023, 5, 15))
    sentences = [
        Sentence(number=1, start=0, end=at - 2, text=headline, kind="headline"),
        Sentence(number=2, start=at, end=at + len(LEAD), text=LEAD),
    ]
    first, lead = dated_by_lead([claim(headline, 0), claim(LEAD, at, time=monday)], sentences)
    assert lead == claim(LEAD, at, time=monday)
    assert first.time == (monday if dated else None)
    assert len(first.evidence) == (2 if dated else 1)
