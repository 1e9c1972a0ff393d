"""The measures of stories: what counts as found among reports of one event, and what is held."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from evaluation_data import claim, figure

sys.path.insert(0, str(Path(__file__).parents[1] / "evals"))
import same_event
import stories

from summarise.evaluation.story_gold import GoldStory
from summarise.evaluation.story_score import pooled, score_story, through_match
from summarise.evaluation.suite import load_suite
from summarise.records import (
    Article,
    Claim,
    Extraction,
    Fact,
    Figure,
    Relation,
    Run,
    Span,
    Story,
)

ROOT = Path(__file__).parents[1]
RUN = Run(model="m", prompt="p", prompt_sha256="")
EVENT = same_event.Event("1", "differ", ("a", "b"), frozenset({24, 30, 31, 99}))
CLAIMS = (
    ("c01", "30 people were killed in Osk.", figure("30", 30)),
    ("c02", "The death toll in Osk rose to at least 31.", Figure(surface="at least 31", low=31)),
    ("c03", "The war has killed 9,000 people.", figure("9,000", 9000)),
    ("c04", "31 people were hurt in Osk.", figure("31", 31)),
    ("c05", "Hundreds of people died.", Figure(surface="Hundreds", low=200, high=999, approx=True)),
    ("c06", "Dozens of people died.", Figure(surface="Dozens", low=24, high=99, approx=True)),
    ("c07", "Nobody knows how many died.", None),
)


def osk(*relations: str) -> Story:
    """A story of one article with `CLAIMS`, and relations like `c01 conflicts c02`."""
    made = tuple(
        claim(text, name=name, quantities=(given,) if given else ()) for name, text, given in CLAIMS
    )
    article = Article(id="x", sha256="", main_text=())
    told = []
    for one in relations:
        a, kind, b = one.split()
        names = {"a": f"x#{a}", "b": f"x#{b}", "relation": kind, "why": "as told"}
        told.append(Relation.model_validate(names))
    extraction = Extraction(article=article, claims=made, ledger=(), run=RUN)
    return Story(extractions=(extraction,), facts=(), relations=tuple(told), run=RUN)


@pytest.mark.parametrize(
    ("relation", "right", "false"),
    [
        ("c01 conflicts c02", 1, 0),
        ("c02 updates c01", 1, 0),
        ("c01 conflicts c06", 1, 0),
        ("c01 conflicts c03", 0, 1),  # a war's toll is none of the event's counts
        ("c01 updates c03", 0, 0),
        ("c01 conflicts c05", 0, 1),
        ("c01 conflicts c04", 0, 0),  # the hurt are not the killed
        ("c01 conflicts c07", 0, 0),
        ("c01 agrees c02", 0, 0),
    ],
)
def test_a_conflict_is_right_between_counts_of_the_event(
    relation: str, right: int, false: int
) -> None:
    found = same_event.found_in(EVENT, osk(relation))
    assert (len(found.right), len(found.false)) == (right, false)


def test_the_shares_are_told() -> None:
    same = same_event.Event("2", "same", ("c",), frozenset())
    every = [
        same_event.found_in(EVENT, osk("c01 conflicts c02", "c01 conflicts c03")),
        same_event.found_in(EVENT, osk()),
        same_event.found_in(same, osk("c01 conflicts c02")),
    ]
    assert list(same_event.summary(every)) == [
        "counts differ: 2 events, a conflict or an update of them found in 1",
        "false conflicts, counts differ: in 1 of 2 events, 1",
        "false conflicts, counts open: in 0 of 0 events, 0",
        "false conflicts, counts same: in 1 of 1 events, 1",
    ]


def test_what_was_kept_of_the_groups_is_sound() -> None:
    events = same_event.events_of(same_event.CLEANED)
    reports = [name for event in events for name in event.reports]
    assert len(set(reports)) == len(reports)
    for event in events:
        assert len(event.reports) > 1
        assert bool(event.killed) == (event.counts in {"differ", "open"})


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("4 March 2021 - Ferry sinks off Osk. Eleven people were killed.", date(2021, 3, 4)),
        ("04.03.2021Get short URL A ferry sank off Osk.", date(2021, 3, 4)),
        ("Ferry sinks off Osk. Eleven people were killed in March.", date(2021, 3, 3)),
    ],
)
def test_a_report_is_dated_by_its_opening_or_its_event(text: str, day: date) -> None:
    gold = {"event_date_norm": "2021-03-03"}
    report = {"id": "r1", "outlet": "Osk Radio", "text": text, "gold": gold}
    assert same_event.article_of(report).published == day


def test_a_story_is_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    suite = str(ROOT / "evals" / "suite")
    asked = ["stories.py", f"{suite}/stories", suite, "--story", "border", "--show"]
    monkeypatch.setattr(sys, "argv", asked)
    stories.main()
    shown = capsys.readouterr().out
    assert shown.startswith("\nborder\n  facts, shared claims ")
    assert "kept apart" in shown


def article(name: str, *claims: Claim) -> Extraction:
    """An article with these claims, numbered from 1."""
    named = tuple(one.model_copy(update={"id": f"c{n}"}) for n, one in enumerate(claims, 1))
    told = Article(id=name, sha256="", main_text=())
    return Extraction(article=told, claims=named, ledger=(), run=RUN)


def at(text: str, start: int, end: int, *figures: Figure) -> Claim:
    """A claim on a stretch of its article."""
    span = Span(start=start, end=end, quote=text)
    return Claim(id="c", text=text, evidence=(span,), quantities=figures, verdict="supported")


KILLED = at("A fire killed 9 people in Osk.", 0, 29, figure("9", 9))
SHUT = at("A fire in Osk shut the port.", 0, 48)
BOTH = at("A fire killed 9 people in Osk and shut the port.", 0, 48, figure("9", 9))
HEAD = at("Fire in Osk killed 9 people.", 50, 80, figure("9", 9))
OTHER = at("The fire in Osk killed 4 people.", 0, 32, figure("4", 4))


@pytest.mark.parametrize(
    ("found", "gold", "missed"),
    [([BOTH], [KILLED, SHUT], 1), ([KILLED, HEAD], [KILLED], 0), ([HEAD], [SHUT], 1)],
    ids=["two in one", "one told twice", "another"],
)
def test_a_claim_may_stand_for_several_of_gold(
    found: list[Claim], gold: list[Claim], missed: int
) -> None:
    names = [f"a#c{number}" for number in range(1, len(found) + 1)]
    told = Story(
        extractions=(article("a", *found), article("b", OTHER)),
        facts=(fact("f1", names[0], "b#c1"), *(fact("f2", name) for name in names[1:])),
        relations=tuple(Relation(a=n, b="b#c1", relation="conflicts", why="9, 4") for n in names),
        run=RUN,
    )
    theirs = {"a": article("a", *gold).claims, "b": article("b", OTHER).claims}
    wanted = Relation(a="a#c1", b="b#c1", relation="conflicts", why="9, 4")
    by_hand = GoldStory(id="osk", articles=("a", "b"), facts=(), relations=(wanted,))
    assert len(through_match(told, theirs).missed) == missed
    fuller = stories.through_fuller(told, theirs, by_hand)
    same = gold != [SHUT]
    assert fuller.missed == (frozenset() if same else {"a#c1"})
    assert {one.a for one in fuller.relations} == ({"a#c1"} if same else {"?a#c1"})
    assert sum("a#c1" in group for group in fuller.facts) == same


def fact(name: str, *claims: str) -> Fact:
    """A fact of these claims."""
    return Fact(id=name, text="x", kind="figure", state="disputed", claims=claims, witnesses=1)


@pytest.mark.parametrize(
    ("by_hand", "suite", "floors"),
    [
        (
            ROOT.parent / "shared" / "gold" / "dev-story",
            ROOT.parent / "shared" / "gold" / "dev",
            {"facts": 0.85, "conflicts": 0.8, "updates": 0.8, "different": 0.8},
        ),
        (
            ROOT / "evals" / "suite" / "stories",
            ROOT / "evals" / "suite",
            {"facts": 0.7, "conflicts": 0.35, "different": 0.5},
        ),
    ],
    ids=["shared", "own"],
)
def test_facts_and_relations_of_gold_claims_hold_their_floors(
    by_hand: Path, suite: Path, floors: dict[str, float]
) -> None:
    if not by_hand.is_dir():
        pytest.skip(f"{by_hand} is not here")
    cases = {case.gold.id: case for case in load_suite(suite).cases()}
    scores = []
    for gold in stories.picked(by_hand, load_suite(suite), None, None):
        if gold.split != "test":
            told, claims = stories.told_by(gold, cases, None)
            scores.append(score_story(gold, told, claims))
    every = pooled(scores)
    found = {"facts": every.shared.f1} | {
        str(kind): one.f1 for kind, one in every.relations.items()
    }
    low = {name: found[name] for name, floor in floors.items() if (found[name] or 0) < floor}
    assert low == {}
