"""Matching: one to one, optimal, in every order the same, with a reason for each claim."""

from __future__ import annotations

import random
import time
from itertools import permutations
from typing import Any

import pytest
from evaluation_data import claim, claims, figure, period, renamed, some_claims
from hypothesis import given, settings
from hypothesis import strategies as st

from summarise.evaluation.match import Matching, Unmatched, duplicates, match
from summarise.evaluation.order import content
from summarise.records import Claim

EXAMPLES = settings(max_examples=30, deadline=None)
Pairs = set[tuple[str, str]]


def ids(found: Matching, gold: list[Claim], predicted: list[Claim]) -> Pairs:
    return {(gold[pair.gold].id, predicted[pair.predicted].id) for pair in found.pairs}


def told(alone: list[Unmatched], mine: list[Claim], others: list[Claim]) -> dict[str, object]:
    """What is said of each claim that stands alone, by ids; of its nearest, what that says."""
    return {
        mine[one.place].id: (
            one.covered,
            one.reason,
            None if one.nearest is None else content(others[one.nearest]),
        )
        for one in alone
    }


# ---------------------------------------------------------------------------------- invariants


@EXAMPLES
@given(some_claims, some_claims)
def test_every_claim_is_told_once_with_a_reason(gold: list[Claim], predicted: list[Claim]) -> None:
    found = match(gold, predicted)
    mine = [pair.gold for pair in found.pairs] + [one.place for one in found.missed]
    theirs = [pair.predicted for pair in found.pairs] + [one.place for one in found.extra]
    assert sorted(mine) == list(range(len(gold)))
    assert sorted(theirs) == list(range(len(predicted)))
    assert all(pair.reason for pair in found.pairs)
    assert all(one.reason for one in [*found.missed, *found.extra])
    assert all(0 < pair.similarity <= 1 for pair in found.pairs)


@EXAMPLES
@given(some_claims, some_claims, st.randoms(use_true_random=False))
def test_order_plays_no_part(
    gold: list[Claim], predicted: list[Claim], chance: random.Random
) -> None:
    mixed_gold, mixed = chance.sample(gold, len(gold)), chance.sample(predicted, len(predicted))
    one, other = match(gold, predicted), match(mixed_gold, mixed)
    assert ids(one, gold, predicted) == ids(other, mixed_gold, mixed)
    assert told(one.missed, gold, predicted) == told(other.missed, mixed_gold, mixed)
    assert told(one.extra, predicted, gold) == told(other.extra, mixed, mixed_gold)
    assert duplicates(predicted) == duplicates(mixed)


@EXAMPLES
@given(some_claims, some_claims)
def test_the_sides_may_be_swapped(gold: list[Claim], predicted: list[Claim]) -> None:
    one, other = match(gold, predicted), match(predicted, gold)
    assert sorted(p.similarity for p in one.pairs) == sorted(p.similarity for p in other.pairs)
    assert len(one.missed) == len(other.extra)


@EXAMPLES
@given(some_claims, st.randoms(use_true_random=False))
def test_a_list_matches_itself_whatever_its_ids(gold: list[Claim], chance: random.Random) -> None:
    same = renamed(chance.sample(gold, len(gold)))
    found = match(gold, same)
    assert len(found.pairs) == len(gold)
    assert all(content(gold[p.gold]) == content(same[p.predicted]) for p in found.pairs)


@EXAMPLES
@given(some_claims, some_claims)
def test_neither_list_is_changed(gold: list[Claim], predicted: list[Claim]) -> None:
    before = repr((gold, predicted))
    match(gold, predicted)
    assert repr((gold, predicted)) == before


# ---------------------------------------------------------------------------------- assignment

LEAST = 0.5
"""Least similarity of what is drawn below: what is less is no candidate."""


@settings(max_examples=50, deadline=None)
@given(
    st.integers(1, 4).flatmap(
        lambda rows: st.lists(
            st.lists(st.just(0.0) | st.floats(LEAST, 1), min_size=4, max_size=4),
            min_size=rows,
            max_size=rows,
        )
    )
)
def test_no_other_choice_is_better(similar: list[list[float]]) -> None:
    """Against every way to give each gold claim another partner; cubes are what is summed."""
    from summarise.evaluation import match as module

    edges = [
        module._Edge(g, p, value, value, value, None, False)
        for g, row in enumerate(similar)
        for p, value in enumerate(row)
        if value
    ]
    chosen = list(module._assigned(edges))
    best = max(
        sum(similar[g][p] ** 3 for g, p in enumerate(ways))
        for ways in permutations(range(4), len(similar))
    )
    assert sum(edge.similarity**3 for edge in chosen) == pytest.approx(best, abs=1e-9)
    assert len({edge.gold for edge in chosen}) == len(chosen)
    assert len({edge.predicted for edge in chosen}) == len(chosen)


def test_the_better_partner_is_taken_and_the_other_told_so() -> None:
    gold = claims("The council closed the old harbour bridge in Osk.")
    predicted = claims(
        "The council closed the harbour bridge.",
        "The council closed the old harbour bridge in Osk.",
    )
    found = match(gold, predicted)
    assert [(pair.gold, pair.predicted) for pair in found.pairs] == [(0, 1)]
    (extra,) = found.extra
    assert (extra.place, extra.nearest) == (0, 0)
    assert extra.reason == "the nearest is the better partner of c02"


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("source", "Ada Brook", "Orla Dunne"),
        ("source", None, "Orla Dunne"),
        ("certainty", "certain", "possible"),
        ("polarity", "positive", "negative"),
        ("time", period("2024-03-04", "2024-03-04"), None),
        ("quantities", (figure("40", 40),), (figure("at least 40", 40, 90),)),
        ("via", ("Osk Radio",), ()),
    ],
)
def test_between_equals_the_fields_decide(field: str, one: object, other: object) -> None:
    """Two outlets of one statement: each goes to its own, in whatever order they come."""
    text = "The ferry was overloaded."
    gold = [claim(text, name="c1", **{field: one}), claim(text, name="c2", **{field: other})]
    for predicted in (gold, gold[::-1]):
        found = match(gold, predicted)
        assert {(gold[p.gold].id, predicted[p.predicted].id) for p in found.pairs} == {
            ("c1", "c1"),
            ("c2", "c2"),
        }


# ------------------------------------------------------------------------------------ edge cases

STRANGE = {
    "nothing": "",
    "a blank": " \n\t",
    "marks alone": "...!?",
    "small words alone": "It is what it is.",
    "a picture": "🎉👩‍👩‍👧",
    "right to left": "המעבורת נשאה 40 איש",
    "Chinese": "渡轮在港口沉没",
    "control characters": "The ferry\x00 sank\x1f\u202e.",
    "a number beyond all floats": f"The ferry carried {'9' * 400} people.",
    "a sum beyond all floats": f"The ferry cost £{'9' * 400}bn.",
    "denied twice": "Nobody is not on strike, and the union did not deny it.",
    "its own opposite": "Sales rose and fell, then the port opened and closed.",
    "a date twice": "The board met on Monday, 4 May, and on Monday, 4 May.",
    "50,000 characters": "The ferry carried forty people. " * 1600,
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE.keys())
@pytest.mark.parametrize("spans", [(), ((5, 25),)], ids=["no evidence", "evidence"])
def test_strange_texts_match_themselves(text: str, spans: tuple[tuple[int, int], ...]) -> None:
    gold = [claim(text, *spans)]
    assert len(match(gold, renamed(gold)).pairs) == 1
    assert match(gold, claims("Ada Brook won the race.")).pairs == []


@pytest.mark.parametrize(
    "spans",
    [
        ((5, 5),),
        ((50, 70), (5, 15)),
        ((5, 70), (5, 70), (60, 80)),
        ((70, 5),),
        ((0, 10**9),),
        ((10**15, 10**15 + 20),),
        tuple((at, at + 1) for at in range(0, 900, 2)),
    ],
    ids=["no width", "out of order", "over one another", "backwards", "huge", "far out", "many"],
)
def test_strange_spans_match_themselves(spans: tuple[tuple[int, int], ...]) -> None:
    gold = [claim("The ferry sank.", *spans), claim("The pier closed.", *spans)]
    assert {(p.gold, p.predicted) for p in match(gold, renamed(gold)).pairs} == {(0, 0), (1, 1)}


@pytest.mark.parametrize(
    "fields",
    [
        {"time": period("2024-05-09", "2024-05-01")},
        {"time": period(None)},
        {"quantities": (figure("many", float("inf")),)},
        {"quantities": (figure("many", 10**400),)},
        {"quantities": (figure("none", float("nan")),)},
    ],
    ids=["ends before it starts", "open", "infinite", "beyond all floats", "no number"],
)
def test_strange_fields_match_themselves(fields: dict[str, Any]) -> None:
    gold = [claim("The ferry sank.", **fields)]
    assert len(match(gold, renamed(gold)).pairs) == 1


def test_nothing_against_nothing() -> None:
    assert match([], []) == Matching()
    (missed,) = match(claims("The ferry sank."), []).missed
    assert missed == Unmatched(0, None, "nothing stands on the same words or says the same")


def test_one_claim_over_and_over() -> None:
    """A model that runs in circles: more of one claim than a word may stand in."""
    again = claims(*["The ferry sank."] * 520)
    assert len(match(again[:20], again).pairs) == 20
    assert len(match(again, again[:20]).pairs) == 20
    assert duplicates(again) == 519


# ------------------------------------------------------------------- evidence, coverage, repeats


def test_other_words_on_the_same_evidence() -> None:
    gold = [claim("Fire crews reached the burning warehouse within minutes.", (0, 60))]
    near = claim("Crews were at the warehouse in minutes.", (0, 55))
    found = match(gold, [near])
    assert [pair.predicted for pair in found.pairs] == [0]
    assert found.pairs[0].reason.startswith("words in common 0.")
    assert "evidence shared 1.00" in found.pairs[0].reason
    (far,) = match(gold, [near.model_copy(update={"evidence": ()})]).missed
    assert not far.covered


def test_the_same_words_far_apart_in_the_text() -> None:
    gold = [claim("The ferry sank off Lorn.", (0, 24))]
    assert len(match(gold, [claim("The ferry sank off Lorn.", (900, 924))]).pairs) == 1


def test_little_in_common_on_the_same_evidence() -> None:
    found = match(
        [claim("The pier closed for repairs.", (0, 60))], [claim("Ada Brook won a race.", (0, 60))]
    )
    assert found.pairs == []
    assert found.missed[0].reason == "too few words in common: 0.00, evidence shared: 1.00"
    assert found.missed[0].nearest == 0


def test_a_veto_is_the_reason() -> None:
    found = match(claims("The ferry carried 40 people."), claims("The ferry carried 41 people."))
    assert found.missed == [Unmatched(0, 0, "another figure: 41, where gold has 40")]
    assert found.extra == [Unmatched(0, 0, "another figure: 41, where gold has 40")]


WHOLE = "Tractors and fuel will be paid for by the harbour fund."
PIECES = (
    "Tractors will be paid for by the harbour fund.",
    "Fuel will be paid for by the harbour fund.",
)


def test_a_claim_split_in_two_is_covered() -> None:
    gold = [claim(WHOLE, (0, 55)), claim("The pier closed.", (60, 76))]
    found = match(gold, [claim(text, (0, 55)) for text in PIECES])
    assert len(found.pairs) == 1
    assert [(one.place, one.covered) for one in found.missed] == [(1, False)]
    assert [one.covered for one in found.extra] == [True]


def test_claims_told_in_one_are_covered() -> None:
    gold = [claim(text, (0, 55)) for text in PIECES]
    found = match(gold, [claim(WHOLE, (0, 55))])
    assert len(found.pairs) == 1
    assert [one.covered for one in found.missed] == [True]


def test_another_figure_covers_nothing() -> None:
    gold = [claim("The fund will pay for 40 tractors and for fuel.", (0, 55))]
    found = match(gold, [claim("The fund will pay for 50 tractors and for fuel.", (0, 55))])
    assert [one.covered for one in [*found.missed, *found.extra]] == [False, False]


@pytest.mark.parametrize(
    ("given", "count"),
    [
        ([], 0),
        (["The ferry sank.", "The pier closed."], 0),
        (["The ferry sank.", "The ferry sank."], 1),
        (["The ferry sank."] * 4, 3),
        (["The ferry carried 40 people.", "The ferry carried 41 people."], 0),
        (["The ferry sank.", "The ferry did not sank."], 0),
        (["The harbour ferry sank off Lorn.", "The ferry of the harbour sank off Lorn."], 1),
        (["", ""], 1),
    ],
)
def test_duplicates(given: list[str], count: int) -> None:
    assert duplicates(claims(*given)) == count


@pytest.mark.parametrize(
    ("field", "value", "count"),
    [("source", "Ada Brook", 0), ("certainty", "possible", 0), ("polarity", "negative", 0)],
)
def test_what_differs_in_a_field_is_no_duplicate(field: str, value: str, count: int) -> None:
    text = "The ferry was overloaded."
    assert duplicates([claim(text), claim(text, **{field: value})]) == count
    assert duplicates([claim(text, (0, 25)), claim(text, (90, 115))]) == 1


# -------------------------------------------------------------------------------------- growth


def long_article(length: int, chance: random.Random) -> list[Claim]:
    """Claims as a long text has them: a few words in most, a few that are rare."""
    common = "ferry harbour strike council bridge storm goal price union school".split()
    return [
        claim(
            f"The {chance.choice(common)} {_word(chance, 600)} the {_word(chance, 900)} "
            f"{_word(chance, 2000)} near {_word(chance, 4000)}.",
            (at * 90, at * 90 + 80),
            name=f"c{at}",
        )
        for at in range(length)
    ]


def _word(chance: random.Random, of: int) -> str:
    number = chance.randrange(of)
    return "".join(chr(ord("a") + number // 26**place % 26) for place in range(4))


def test_the_work_grows_with_the_number_of_claims() -> None:
    """Four times the claims take at most nine times as long; with every pair tried, sixteen."""

    def seconds(length: int) -> float:
        chance = random.Random(3)  # noqa: S311
        gold = long_article(length, chance)
        predicted = chance.sample(gold, length)
        before = time.process_time()
        assert len(match(gold, predicted).pairs) == length
        return time.process_time() - before

    seconds(50)
    few, many = seconds(300), seconds(1200)
    assert many < 9 * few
