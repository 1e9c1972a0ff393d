"""The claims of several articles as one story: facts, state, witnesses, rows, relations, ledger."""

from __future__ import annotations

from datetime import date

import pytest

from summarise.errors import InputError
from summarise.reconcile import open_pairs, reconcile
from summarise.reconciliation.figure_rows import dimension, figures_of
from summarise.reconciliation.neutral import neutral_text
from summarise.reconciliation.told import Told
from summarise.records import Article, Claim, Extraction, Figure, Period, Run, Span, Story

RUN = Run(model="small", prompt="extract.v1", prompt_sha256="0" * 64)


def figure(surface: str, low: float | None, high: float | None, unit: str) -> Figure:
    return Figure(surface=surface, low=low, high=high, unit=unit)


def claim(number: int, text: str, **fields: object) -> Claim:
    data = {
        "id": f"c{number:02d}",
        "text": text,
        "evidence": (Span(start=0, end=len(text), quote=text),),
        "verdict": "supported",
    }
    return Claim.model_validate(data | fields)


def extraction(
    name: str, *claims: Claim, day: int | None = 3, raw: str = "", **run: object
) -> Extraction:
    return Extraction(
        article=Article(
            id=name,
            outlet=f"The {name.title()}",
            published=None if day is None else date(2025, 3, day),
            sha256="",
            main_text=((0, len(raw)),),
            raw=raw,
            view=raw,
        ),
        claims=claims,
        ledger=(),
        run=RUN.model_copy(update=run),
    )


FIRE = "people killed in the fire at the Halsen mill"
TORCH = Period(surface="on Monday", start=date(2025, 3, 3), end=date(2025, 3, 3))


def killed(
    number: int, surface: str, count: int, source: str | None, *, open_: bool = False
) -> Claim:
    return claim(
        number,
        f"The fire at the Halsen mill on Monday killed {surface} people.",
        source=source,
        time=TORCH,
        quantities=(figure(surface, count, None if open_ else count, FIRE),),
    )


CAUSE = "The fire at the Halsen mill began in a dryer."
STORY = (
    extraction(
        "courier",
        killed(1, "31", 31, "police"),
        claim(2, CAUSE, source="police"),
        claim(
            3,
            "The Halsen mill employs half of the village.",
            verdict="unsupported",
            reasons=("no such figure",),
        ),
        calls=3,
        seconds=1.5,
        replayed=True,
    ),
    extraction(
        "ledger", killed(1, "24", 24, "fire brigade"), claim(2, CAUSE), calls=2, seconds=0.5
    ),
    extraction("echo", killed(1, "at least 30", 30, "police", open_=True), day=5),
)


def fact_of(story: Story, name: str) -> tuple[str, ...]:
    return next(fact.claims for fact in story.facts if name in fact.claims)


def test_a_story() -> None:
    story = reconcile(STORY)
    toll = story.facts[0]
    assert toll.claims == ("courier#c01", "ledger#c01", "echo#c01")
    assert (toll.id, toll.kind, toll.state, toll.witnesses) == ("f01", "figure", "disputed", 3)
    assert toll.text == "The fire at the Halsen mill on Monday killed a number of people."
    assert [(row.claim, row.as_of) for row in toll.figures] == [
        ("ledger#c01", date(2025, 3, 3)),
        ("courier#c01", date(2025, 3, 3)),
        ("echo#c01", date(2025, 3, 5)),
    ]
    assert fact_of(story, "courier#c02") == ("courier#c02", "ledger#c02")
    assert [line.what for line in story.ledger] == ["unsupported claim courier#c03"]
    assert story.ledger[0].why == "no such figure"


def test_its_relations() -> None:
    found = {(r.a, r.relation, r.b) for r in reconcile(STORY).relations}
    assert ("courier#c01", "conflicts", "ledger#c01") in found
    assert ("courier#c02", "agrees", "ledger#c02") in found


def test_every_supported_claim_is_in_one_fact() -> None:
    names = [name for fact in reconcile(STORY).facts for name in fact.claims]
    assert sorted(names) == ["courier#c01", "courier#c02", "echo#c01", "ledger#c01", "ledger#c02"]


def test_the_run_is_summed() -> None:
    run = reconcile(STORY).run
    assert (run.model, run.calls, run.seconds, run.replayed) == ("small", 5, 2.0, False)


def test_the_same_story_again() -> None:
    assert reconcile(STORY).model_dump_json() == reconcile(STORY).model_dump_json()


def test_a_story_survives_its_json() -> None:
    story = reconcile(STORY)
    read = Story.model_validate_json(story.model_dump_json())
    assert read.model_dump() == story.model_dump()
    assert read.facts == reconcile(read.extractions).facts


def test_copies_are_one_witness() -> None:
    text = " ".join(f"word{n}" for n in range(80)) + " The mill stands."
    stands = claim(1, "The mill stands.")
    story = reconcile([extraction("one", stands, raw=text), extraction("two", stands, raw=text)])
    assert [copy.articles for copy in story.copies] == [("one", "two")]
    assert [(fact.witnesses, fact.state, len(fact.claims)) for fact in story.facts] == [
        (1, "single", 2)
    ]


def test_one_article() -> None:
    story = reconcile(STORY[:1])
    assert {fact.state for fact in story.facts} == {"single"}
    assert story.copies == ()


def test_no_article() -> None:
    story = reconcile([])
    assert (story.facts, story.relations, story.run.calls) == ((), (), 0)


def test_an_article_without_claims() -> None:
    assert reconcile([extraction("empty")]).facts == ()


def test_articles_of_one_id() -> None:
    with pytest.raises(InputError, match="'courier' stands more than once among 2 articles"):
        reconcile([STORY[0], STORY[0]])


def test_most_widely_held_first() -> None:
    held = [(fact.witnesses, len(fact.claims)) for fact in reconcile(STORY).facts]
    assert held == sorted(held, reverse=True)


def test_what_a_model_decided() -> None:
    pair = ("courier#c02", "ledger#c02")
    parted = reconcile(STORY, decided={pair: False})
    assert fact_of(parted, "courier#c02") == ("courier#c02",)
    joined = reconcile(STORY, decided={pair[::-1]: True, ("gone#c1", "courier#c01"): True})
    assert fact_of(joined, "courier#c02") == pair
    marks = {(r.a, r.b): r.by for r in joined.relations if r.relation == "agrees"}
    assert marks[pair] == "model"


def test_a_disputed_event_is_named_as_such() -> None:
    story = reconcile(
        [
            extraction("courier", claim(1, "The ferry was overloaded.", source="survivors")),
            extraction(
                "ledger",
                claim(1, "The ferry was not overloaded.", source="the line", polarity="negative"),
            ),
        ]
    )
    assert [(fact.state, fact.text) for fact in story.facts] == [
        ("disputed", "It is disputed whether the ferry was overloaded.")
    ]


def test_open_pairs_are_of_two_facts() -> None:
    story = reconcile(STORY)
    for pair in open_pairs(STORY):
        assert pair.b.name not in fact_of(story, pair.a.name)
        assert 0 <= pair.likeness <= 1


@pytest.mark.parametrize(
    ("texts", "neutral"),
    [
        (
            [
                ("At least 31 people were killed.", "At least 31", 31),
                ("24 people were killed.", "24", 24),
            ],
            "A number of people were killed.",
        ),
        (
            [("The death toll has risen to 54.", "54", 54), ("The death toll is 31.", "31", 31)],
            "The death toll has risen.",
        ),
        (
            [
                ("The mill lost £38m in sales.", "£38m", 38_000_000),
                ("The mill lost £52m in sales.", "£52m", 52_000_000),
            ],
            "The mill lost an amount in sales.",
        ),
        (
            [("31 people were killed.", "31", 31), ("31 people died in the fire.", "31", 31)],
            "31 people were killed.",
        ),
    ],
)
def test_a_neutral_text(texts: list[tuple[str, str, int]], neutral: str) -> None:
    claims = [
        Told(
            f"a{n}#c1",
            f"a{n}",
            claim(1, text, quantities=(figure(surface, count, count, "people killed"),)),
        )
        for n, (text, surface, count) in enumerate(texts)
    ]
    assert neutral_text(claims, figures_of(claims)) == neutral


@pytest.mark.parametrize(
    ("unit", "surface", "kind"),
    [
        ("people killed", "31", "count"),
        ("percent of the city", "60 percent", "percent"),
        ("share of the budget", "a third", "percent"),
        ("pounds of revenue", "£38m", "money £"),
        ("kilometres from Velk", "14 km", "length"),
        ("months of fighting", "14 months", "time"),
    ],
)
def test_dimensions(unit: str, surface: str, kind: str) -> None:
    assert dimension(unit, surface) == kind
