"""Which claims are of one fact, which look alike and are not, and what is left open."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarise.reconciliation.groups import Groups, grouped
from summarise.reconciliation.told import Told
from summarise.records import Claim, Figure, Period

SHARED = Path(__file__).parents[1].parent / "shared" / "gold"


def period(day: int) -> Period:
    """A day of March 2024."""
    return Period(surface="", start=date(2024, 3, day), end=date(2024, 3, day))


def count(surface: str, value: float, unit: str) -> Figure:
    """An exact figure."""
    return Figure(surface=surface, low=value, high=value, unit=unit)


def told(
    article: str,
    text: str,
    figure: Figure | None = None,
    time: Period | None = None,
    source: str | None = None,
) -> Told:
    """A claim as an article tells it."""
    quantities = (figure,) if figure else ()
    claim = Claim(id="c01", text=text, quantities=quantities, time=time, source=source)
    return Told(f"{article}#{text[:8]}", article, claim)


NINE = count("Nine", 9, "people killed in the flood")
ELEVEN = count("eleven", 11, "people killed in the flood")
HURT = count("eleven", 11, "people injured in the flood")

BACKGROUND = [
    told("a", "Ana Ferreira opened a school for nurses."),
    told("a", "A ferry of the Behm line ran aground off Lindau."),
    told("b", "The price of copper fell for a fourth week."),
    told("b", "Joan Marsh lost the vote on the budget of Wexcombe."),
    told("c", "Farmers of the valley wait for rain."),
    told("c", "Irena Sabo sold her shares in the dairy."),
]
"""What else the articles tell, so that no word stands in all claims."""


def grouping(*claims: Told) -> tuple[Groups, dict[int, int]]:
    """The groups of the claims and of what else is told, and the fact of each place."""
    groups = grouped([*claims, *BACKGROUND])
    return groups, {place: n for n, fact in enumerate(groups.facts) for place in fact}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            told("a", "Nine people were killed in the flood in Brackwater.", NINE),
            told("b", "The death toll of the flood in Brackwater has risen to eleven.", ELEVEN),
        ),
        (
            told("a", "Nine miners were killed.", count("Nine", 9, "miners")),
            told(
                "b",
                "The number of people killed in the blast at Sutna has risen to 11.",
                count("11", 11, ""),
            ),
        ),
        (
            told("a", "Ana Ferreira stepped down as head of the museum."),
            told("b", "Ana Ferreira resigned from the museum."),
        ),
        (
            told("a", "Drivers of the Behm line walked out over pay."),
            told("b", "Drivers of the Behm line went on strike for higher wages."),
        ),
        (
            told("a", "Rebels besieged the town of al-Asharin."),
            told("b", "The town of Al-Shaarin is under siege by rebels."),
        ),
        (
            told("a", "Oskar Behm denied that the mill was sold."),
            told("b", "Oskar Behm rejected reports that the mill was sold."),
        ),
        (
            told("a", "Loans cover about half of the budget of Tessaly.", count("half", 0.5, "")),
            told(
                "b",
                "Tessaly covers two thirds of its budget by loans.",
                count("two thirds", 0.67, ""),
            ),
        ),
        (
            told("a", "The fire destroyed the old mill in Sutna.", time=period(4)),
            told("b", "The old mill in Sutna was destroyed by a blaze."),
        ),
    ],
)
def test_one_fact_in_other_words(one: Told, other: Told) -> None:
    _, of = grouping(one, other)
    assert of[0] == of[1]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (
            told("a", "Eleven people were killed in the flood in Brackwater.", ELEVEN),
            told("b", "Eleven people were injured in the flood in Brackwater.", HURT),
            "killed against injured",
        ),
        (
            told("a", "Nine people were killed in the flood in Brackwater.", NINE, period(4)),
            told("b", "Nine people were killed in the flood in Brackwater.", NINE, period(9)),
            "another day: 2024-03-04, 2024-03-09",
        ),
        (
            told("a", "Nine people were killed in the flood in Brackwater.", NINE),
            told("b", "Nine people were killed in the flood in Hradno.", NINE),
            "another place: Brackwater, Hradno",
        ),
        (
            told("a", "The mill in Sutna was sold to a bank."),
            told("b", "The mill in Sutna may be sold to a bank."),
            "what may come against what is or was",
        ),
        (
            told(
                "a",
                "The league holds 60 percent of Sutna city.",
                count("60 percent", 60, "percent of Sutna city"),
            ),
            told(
                "b",
                "The league holds 60 percent of Sutna province.",
                count("60 percent", 60, "percent of Sutna province"),
            ),
            "town against area: Sutna",
        ),
        (
            told(
                "a",
                "A third of the troops sent to Velk were killed.",
                count("A third", 0.33, "share of the troops killed"),
            ),
            told("b", "300 troops sent to Velk were killed.", count("300", 300, "troops killed")),
            "a share against a number",
        ),
        (
            told(
                "a",
                "Eight children were killed in the flood.",
                count("Eight", 8, "children killed"),
            ),
            told(
                "b",
                "Eight civilians were killed in the flood.",
                count("Eight", 8, "civilians killed"),
            ),
            "children against civilians",
        ),
        (
            told("a", "The siege cost the army 500 dead.", count("500", 500, "soldiers killed")),
            told(
                "b",
                "The siege cost the army 500 dead in the past three days.",
                count("500", 500, "soldiers killed"),
            ),
            "a stretch of time against all in all",
        ),
        (
            told("a", "Shells hit the market in Velk."),
            told("a", "Shells hit the station in Velk."),
            "one text tells both, as two things",
        ),
        (
            told("a", "Nine people were killed in the flood in Brackwater.", NINE),
            told("b", "Those killed in the flood in Brackwater included a nurse."),
            "how many killed against something else about them",
        ),
    ],
)
def test_what_looks_alike_and_is_another_thing(one: Told, other: Told, why: str) -> None:
    groups, of = grouping(one, other)
    assert of[0] != of[1]
    assert [apart.why for apart in groups.apart if (apart.a, apart.b) == (0, 1)] == [why]


def withheld(text: str) -> Told:
    """A claim of what somebody could not tell, of an article of its own."""
    claim = Claim(id="c01", text=text, polarity="negative")
    return Told(f"w#{text[:8]}", "w", claim)


@pytest.mark.parametrize(
    ("withholding", "telling", "same"),
    [
        (
            "The navy could not confirm losses among the divers off Lindau.",
            "Divers were lost off Lindau.",
            True,
        ),
        (
            "The ministry had not seen Karvelian tanks take part in fighting.",
            "Karvelian tanks are fighting.",
            True,
        ),
        ("The army could not confirm deaths in Wexcombe.", "Soldiers have died in Wexcombe.", True),
        (
            "The ministry had not seen Karvelian tanks take part in fighting.",
            "Karvelian tanks were painted green in a yard at Tessaly in spring.",
            False,
        ),
        (
            "The army could not confirm deaths in Wexcombe.",
            "The report lists deaths in Wexcombe.",
            False,
        ),
        (
            "The ministry had not seen Karvelian tanks take part in fighting.",
            "Karvelian tanks may join the fighting.",
            False,
        ),
    ],
)
def test_what_was_not_confirmed_and_then_told(withholding: str, telling: str, same: bool) -> None:
    _, of = grouping(withheld(withholding), told("b", telling))
    assert (of[0] == of[1]) is same


OFFERED = count("6%", 6, "percent")
BETTERED = count("7.5%", 7.5, "percent")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Pell Mining’s last offer was a rise of 6%.", "The new offer is worth 7.5%.", True),
        ("The bank’s growth forecast is 6%.", "The outlook for growth is now 7.5%.", True),
        ("Pell Mining’s last offer was a rise of 6%.", "Cole Quarries offers 7.5%.", False),
        ("Pell Mining’s last offer was a rise of 6%.", "Rents rose by 7.5%.", False),
    ],
)
def test_an_offer_and_the_one_that_follows(one: str, other: str, same: bool) -> None:
    _, of = grouping(told("a", one, OFFERED), told("b", other, BETTERED))
    assert (of[0] == of[1]) is same


def test_a_difference_without_a_rule_is_told_in_the_words_of_the_claims() -> None:
    groups, _ = grouping(
        told("a", "Divers searched the harbour of Fenmouth for the anchor."),
        told("b", "The harbour of Fenmouth was painted by schoolchildren."),
    )
    [why] = [apart.why for apart in groups.apart if (apart.a, apart.b) == (0, 1)]
    assert why == "another thing is said: “searched”, “schoolchildren”"


def test_a_text_that_tells_how_a_figure_rose_gives_it_twice() -> None:
    _, of = grouping(
        told("a", "The death toll of the flood in Brackwater has risen to eleven.", ELEVEN),
        told("a", "The previous death toll of the flood in Brackwater was nine.", NINE),
        told("b", "Nine people were killed in the flood in Brackwater.", NINE),
    )
    assert of[0] == of[1] == of[2]


def test_a_pair_that_the_rules_are_unsure_of_is_open_until_it_is_decided() -> None:
    claims = [
        told("a", "Rebels hold the bridge near Lindau."),
        told("b", "The bridge near Lindau was mined by rebels."),
        *BACKGROUND,
    ]
    [left] = grouped(claims).open
    assert (left.a, left.b) == (0, 1)
    same = grouped(claims, decided={(1, 0): True})
    assert (0, 1) in same.facts
    assert same.open == []
    other = grouped(claims, decided={(0, 1): False})
    assert (0, 1) not in other.facts
    [apart] = [one for one in other.apart if (one.a, one.b) == (0, 1)]
    assert apart.why == "decided to be different"


def test_a_decision_stands_over_the_rules() -> None:
    claims = [
        told("a", "Nine people were killed in the flood in Brackwater.", NINE),
        told("b", "Nine people were killed in the flood in Hradno.", NINE),
    ]
    assert grouped(claims).facts == [(0,), (1,)]
    assert grouped(claims, decided={(0, 1): True}).facts == [(0, 1)]


WORDS = "Velk Sutna Behm flood fire mill killed sold nine people may not since the of in by".split()
texts = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
claims = st.lists(
    st.tuples(st.sampled_from("abc"), texts, st.sampled_from([None, NINE, HURT])), max_size=14
)


@settings(deadline=None, max_examples=15)
@given(claims)
def test_facts_part_all_claims_and_what_is_apart_is_in_two_of_them(
    given_claims: list[tuple[str, str, Figure | None]],
) -> None:
    listed = [told(article, text, figure) for article, text, figure in given_claims]
    groups = grouped(listed)
    assert Counter(place for fact in groups.facts for place in fact) == Counter(range(len(listed)))
    of = {place: n for n, fact in enumerate(groups.facts) for place in fact}
    for pair in groups.apart:
        assert of[pair.a] != of[pair.b]
        assert pair.why
    assert all(0 <= left.a < left.b for left in groups.open)
    assert grouped(listed) == groups


def test_what_is_told_of_a_claim_is_told_of_those_that_say_the_same() -> None:
    hurt = "Eleven people were injured in the flood in Brackwater."
    groups = grouped(
        [
            told("a", "Nine people were killed in the flood in Brackwater.", NINE),
            told("a", hurt, HURT, source="the mayor"),
            told("b", hurt, HURT),
            *BACKGROUND,
        ]
    )
    assert (1, 2) in groups.facts
    why = {(one.a, one.b): one.why for one in groups.apart}
    assert why[0, 1] == why[0, 2] == "killed against injured"


def test_claims_that_say_the_same_are_parted_where_it_is_decided() -> None:
    same = [told(article, "A fire destroyed the old mill in Sutna.") for article in "abc"]
    assert grouped(same).facts == [(0, 1, 2)]
    facts = grouped(same, decided={(0, 1): False}).facts
    assert not any({0, 1} <= set(fact) for fact in facts)


def test_a_claim_that_thousands_tell_is_one_fact_and_few_pairs() -> None:
    copies = [told(f"a{n}", "A fire destroyed the old mill in Sutna.") for n in range(1000)]
    groups = grouped(copies)
    assert groups.facts == [tuple(range(1000))]
    assert groups.pairs < 100


def test_pairs_grow_with_the_claims_and_not_with_their_square() -> None:
    def pairs(size: int) -> int:
        names = ["".join("bcdfgklmnr"[int(digit)] + "a" for digit in str(n)) for n in range(size)]
        texts = [f"A fire destroyed the mill of {name.title()}." for name in names]
        return grouped([told(f"a{n}", text) for n, text in enumerate(texts)]).pairs

    assert 1000 < pairs(240) <= 2.4 * pairs(120)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "…",
        "\u202e\u05e9\u05dc\u05d5\u05dd \U0001f525",
        "<b>&amp;</b>",
        "A" * 5000,
        "ATTACK IN VELK KILLS 10",
    ],
)
def test_any_text_is_grouped(text: str) -> None:
    claims = [told("a", text, count("10", 10**400, "dead")), told("b", text, NINE), told("b", "")]
    places = [place for fact in grouped(claims).facts for place in fact]
    assert sorted(places) == [0, 1, 2]


def stories() -> Iterator[tuple[list[Told], dict[str, object]]]:
    """The gold claims of each gold story, and its gold."""
    for path in sorted((SHARED / "dev-story").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        claims = []
        for article in gold["articles"]:
            labels = json.loads((SHARED / "dev" / f"{article}.json").read_text("utf-8"))
            for claim in labels["claims"]:
                name = f"{article}#{claim['id']}"
                claims.append(Told(name, article, Claim.model_validate(claim)))
        yield claims, gold


@pytest.mark.skipif(not (SHARED / "dev-story").exists(), reason="gold stories are not here")
def test_gold_stories_are_grouped_as_their_labels_say() -> None:
    for claims, gold in stories():
        place = {one.name: n for n, one in enumerate(claims)}
        wanted = {n: frozenset((n,)) for n in place.values()}
        for fact in gold["facts"]:  # type: ignore[attr-defined]
            members = frozenset(place[name] for name in fact["claims"])
            wanted.update(dict.fromkeys(members, members))
        groups = grouped(claims)
        found = {n: frozenset(fact) for fact in groups.facts for n in fact}
        told_of = [n for n in found if len(found[n]) > 1 or len(wanted[n]) > 1]
        shared = [len(found[n] & wanted[n]) for n in told_of]
        precision = sum(s / len(found[n]) for s, n in zip(shared, told_of, strict=True))
        recall = sum(s / len(wanted[n]) for s, n in zip(shared, told_of, strict=True))
        f1 = 2 * precision * recall / (precision + recall) / len(told_of)
        assert f1 >= 0.8, (gold["id"], f1)
        apart = {frozenset((one.a, one.b)) for one in groups.apart}
        pairs = [r for r in gold["relations"] if r["relation"] == "different"]  # type: ignore[attr-defined]
        hit = sum(frozenset((place[r["a"]], place[r["b"]])) in apart for r in pairs)
        assert hit >= 0.75 * len(pairs), (gold["id"], hit, len(pairs))
