"""The score of a story: B-cubed by hand, each relation judged, both end to end."""

from __future__ import annotations

import math

import pytest
from evaluation_data import claim
from hypothesis import given, settings
from hypothesis import strategies as st

from summarise.evaluation.story_gold import GoldFact, GoldStory
from summarise.evaluation.story_relations import KINDS, Following, f1_of, score_relations
from summarise.evaluation.story_score import (
    BCubed,
    Told,
    b_cubed,
    fact_faults,
    pooled,
    score_story,
    through_match,
    told_of,
)
from summarise.records import (
    Article,
    Claim,
    Extraction,
    Fact,
    LedgerLine,
    Relation,
    Run,
    Story,
)

RUN = Run(model="m", prompt="p", prompt_sha256="")


def relation(told: str) -> Relation:
    """`a agrees b` as a relation."""
    a, kind, b = told.split()
    return Relation.model_validate({"a": a, "b": b, "relation": kind, "why": "as told"})


def story(facts: str, *relations: str) -> GoldStory:
    """A gold story of facts like `ab cd`, a letter a claim."""
    made = tuple(
        GoldFact(id=f"f{number}", text="x", kind="event", claims=tuple(letters))
        for number, letters in enumerate(facts.split())
    )
    told = tuple(relation(one) for one in relations)
    return GoldStory(id="osk", articles=("x",), facts=made, relations=told)


def told(facts: str, *relations: str, missed: str = "") -> Told:
    """What a system tells, in the same form."""
    made = tuple(frozenset(letters) for letters in facts.split())
    return Told(made, tuple(relation(one) for one in relations), frozenset(missed))


@pytest.mark.parametrize(
    ("gold", "given_facts", "missed", "precision", "recall"),
    [
        ("abc de", "abc de", "", 1, 1),
        ("abc de", "a b c d e", "", 1, (3 * 1 / 3 + 2 * 1 / 2) / 5),
        ("abc de", "abcde", "", (3 * 3 / 5 + 2 * 2 / 5) / 5, 1),
        ("abc", "ab cd", "", (1 + 1 + 0.5 + 0.5 + 1) / 5, (2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5),
        ("", "", "", 1, 1),
        ("ab", "a", "b", 1, (0.5 + 0 + 3) / 5),
        ("ab", "", "abcde", None, 0),
    ],
)
def test_facts_by_b_cubed(
    gold: str, given_facts: str, missed: str, precision: float | None, recall: float
) -> None:
    found = b_cubed(story(gold), told(given_facts, missed=missed), "abcde")
    assert found.precision == (None if precision is None else pytest.approx(precision))
    assert found.recall == pytest.approx(recall)


def test_nothing_to_score_is_no_score() -> None:
    found = b_cubed(story("ab"), told("ab"), "")
    assert (found.precision, found.recall, found.f1) == (None, None, None)
    empty = score_relations(story("ab"), (), "ab")["agrees"]
    assert (empty.precision, empty.recall, empty.f1) == (None, None, None)


@pytest.mark.parametrize(
    ("precision", "recall", "f1"),
    [
        (0.5, 1.0, 2 / 3),
        (None, None, None),
        (None, 0.0, 0.0),
        (0.0, None, 0.0),
        (0.0, 0.0, 0.0),
        (1.0, None, None),
    ],
)
def test_f1_of_what_is_there(
    precision: float | None, recall: float | None, f1: float | None
) -> None:
    assert f1_of(precision, recall) == (None if f1 is None else pytest.approx(f1))


GOLD = story(
    "abcdefg hi",
    "a agrees b", "b agrees c", "d refines c", "e refines d", "f conflicts a", "g updates a",
    "h attribution-conflict i", "a different h", "x different b",
)  # fmt: skip


@pytest.mark.parametrize(
    ("predicted", "judgement"),
    [
        ("b agrees a", "right"),
        ("a agrees c", "right"),  # passes on
        ("a agrees f", "wrong"),  # listed as a conflict
        ("a agrees d", "unscored"),  # in one fact, nothing listed
        ("a agrees x", "wrong"),  # x is in no fact
        ("a agrees i", "wrong"),  # two facts
        ("d refines c", "right"),
        ("c refines d", "wrong"),  # the wrong way round
        ("e refines a", "right"),  # e refines d, d refines c, c agrees with a
        ("a refines e", "unscored"),
        ("d agrees c", "wrong"),  # listed as a refinement
        ("a conflicts f", "right"),
        ("b conflicts f", "wrong"),  # all conflicts are listed
        ("g updates a", "right"),
        ("a updates g", "wrong"),
        ("g updates b", "wrong"),
        ("i attribution-conflict h", "right"),
        ("h conflicts i", "wrong"),
        ("h different a", "right"),
        ("a different b", "wrong"),
        ("a different d", "wrong"),  # in one fact
        ("x different h", "unscored"),
        ("a conflicts ?a", "unmatched"),
        ("? different a", "unmatched"),
    ],
)
def test_a_relation_is_judged(predicted: str, judgement: str) -> None:
    one = relation(predicted)
    found = score_relations(GOLD, [one, one], "abcdefghix")[one.relation]
    assert getattr(found, judgement) == (one,)
    assert len(found.right + found.wrong + found.unscored + found.unmatched) == 1


@pytest.mark.parametrize(
    ("predicted", "kind", "found", "listed"),
    [
        (("a agrees c", "c agrees b"), "agrees", 2, 2),  # a and b agree through c
        (("a agrees b",), "agrees", 1, 2),
        (("e refines c", "d refines c"), "refines", 1, 2),
        (("d refines a", "a agrees c"), "refines", 1, 2),
        (("f conflicts a",), "conflicts", 1, 1),
        (("f conflicts b", "a agrees b"), "conflicts", 0, 1),  # a conflict does not pass on
        (("a updates g",), "updates", 0, 1),
        (("h different a", "b different x"), "different", 2, 2),
    ],
)
def test_recall_is_over_what_gold_lists(
    predicted: tuple[str, ...], kind: str, found: int, listed: int
) -> None:
    given_relations = [relation(one) for one in predicted]
    scores = {
        str(key): one for key, one in score_relations(GOLD, given_relations, "abcdefghix").items()
    }
    assert (len(scores[kind].found), scores[kind].listed) == (found, listed)
    assert scores[kind].recall == found / listed


def test_refining_in_a_circle_ends() -> None:
    follows = Following([relation("a refines b"), relation("b refines a")])
    assert relation("a refines b") in follows
    assert relation("a refines c") not in follows


# ------------------------------------------------------------------------------- whole stories

CLAIMS = {
    "x#c01": claim("Four boats were lost at Osk.", (0, 20), name="c01", source="Anna Vell"),
    "x#c02": claim("The pier is shut.", (30, 50), name="c02"),
    "x#c03": claim("The pier was old.", (60, 80), name="c03", source="the union"),
    "x#c04": claim("The mayor wept.", (90, 99), name="c04"),
    "y#c01": claim("Five boats were lost at Osk.", (0, 20), name="c01", source="the union"),
    "y#c02": claim("The pier at Osk is closed.", (30, 50), name="c02"),
}


def osk(facts: list[list[str]], *relations: str) -> GoldStory:
    made = tuple(
        GoldFact(id=f"f{number}", text="x", kind="event", claims=tuple(names))
        for number, names in enumerate(facts)
    )
    given_relations = tuple(relation(one) for one in relations)
    return GoldStory(id="osk", articles=("x", "y"), facts=made, relations=given_relations)


BY_HAND = osk(
    [["x#c01", "y#c01"], ["x#c02", "y#c02"]],
    "x#c01 conflicts y#c01", "x#c02 agrees y#c02", "x#c03 different y#c02",
    "x#c03 different x#c02",
)  # fmt: skip


def test_shared_claims_are_those_of_a_gold_fact_or_of_several_witnesses() -> None:
    def over(*facts: set[str]) -> int:
        made = Told(tuple(frozenset(fact) for fact in facts), ())
        return score_story(BY_HAND, made, CLAIMS).shared.gold

    assert over() == 4
    assert over({"x#c02", "x#c03"}) == 5  # the article's own voice and the union
    assert over({"x#c04", "y#c02"}) == 5  # two articles
    assert over({"x#c04"}, {"x#c02", "x#c04"}) == 4  # one voice of one article


def test_a_story_is_scored_and_pooled() -> None:
    facts = (frozenset({"x#c01", "y#c01"}), frozenset({"x#c02", "x#c03", "y#c02"}))
    made = Told(facts, (relation("y#c01 conflicts x#c01"), relation("x#c03 different y#c02")))
    found = score_story(BY_HAND, made, CLAIMS)
    assert found.shared.precision == pytest.approx((1 + 1 + 2 / 3 + 2 / 3 + 1 / 3) / 5)
    assert found.shared.recall == 1
    assert (found.apart, found.alike, found.kept_apart) == (0, 2, 0.0)
    assert found.relations["conflicts"].f1 == 1
    both = pooled([found, found])
    assert (both.every.gold, both.alike, both.relations["different"].listed) == (12, 4, 4)
    assert both.shared.f1 == found.shared.f1
    assert [(fault.what, fault.groups) for fault in fact_faults(BY_HAND, made)] == [
        ("merged", (("x#c02", "y#c02"), ("x#c03",)))
    ]


def test_a_fact_that_came_apart_is_told() -> None:
    faults = list(fact_faults(BY_HAND, Told((frozenset({"x#c01"}),), ())))
    assert [fault.what for fault in faults] == ["split f0", "split f1"]
    assert faults[0].groups == (("x#c01",), ("y#c01",))


def extraction(name: str, *given_claims: Claim) -> Extraction:
    article = Article(id=name, sha256="", main_text=((0, 99),))
    return Extraction(article=article, claims=given_claims, ledger=(), run=RUN)


def predicted_story() -> Story:
    """As `CLAIMS`, under other ids; one is not found, one is invented, one is unsupported."""
    first = extraction(
        "x",
        claim("The pier is shut.", (30, 50), name="p1"),
        claim("Four boats were lost at Osk.", (0, 20), name="p2", source="Anna Vell"),
        claim("A whale swam by.", (82, 88), name="c03"),
        claim("The mayor wept.", (90, 99), name="p4"),
    )
    second = extraction(
        "y",
        claim("Five boats were lost at Osk.", (0, 20), name="p1", source="the union"),
        claim("The pier at Osk is closed.", (30, 50), name="p2"),
    )
    facts = (("x#p2", "y#p1"), ("x#p1", "y#p2", "x#c03"))
    return Story(
        extractions=(first, second),
        facts=tuple(
            Fact(id=f"f{n}", text="x", kind="event", state="single", claims=names, witnesses=2)
            for n, names in enumerate(facts)
        ),
        relations=(
            relation("x#p2 conflicts y#p1"),
            relation("x#p1 agrees y#p2"),
            relation("x#c03 conflicts y#p2"),
        ),
        ledger=(LedgerLine(where=None, what="unsupported", why="x#p4"),),
        run=RUN,
    )


def test_extracted_claims_are_scored_through_the_gold_claims_they_match() -> None:
    by_article = {
        name: [one for key, one in CLAIMS.items() if key.startswith(name)] for name in "xy"
    }
    made = through_match(predicted_story(), by_article)
    assert set(made.facts) == {frozenset({"x#c01", "y#c01"}), frozenset({"x#c02", "y#c02"})}
    assert (made.missed, made.extra) == (frozenset({"x#c03", "x#c04"}), 1)
    found = score_story(BY_HAND, made, CLAIMS)
    assert found.shared == BCubed(4, 4, 4, 4)
    assert found.every == BCubed(4, 4, 4, 6)
    # The invented claim has the id of a gold claim, and is not taken for it.
    assert [one.a for one in found.relations["conflicts"].unmatched] == ["?x#c03"]
    assert (found.relations["conflicts"].precision, found.relations["conflicts"].recall) == (1, 1)
    assert (found.missed, found.extra) == (2, 1)


NAMES = "abcdefgh"
partitions = st.lists(st.integers(0, 4), min_size=8, max_size=8).map(
    lambda at: tuple(
        frozenset(name for name, place in zip(NAMES, at, strict=True) if place == number)
        for number in set(at)
    )
)
pairs = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(KINDS), st.sampled_from(NAMES)).filter(
        lambda told: told[0] != told[2]
    ),
    max_size=12,
).map(lambda given_pairs: [relation(" ".join(one)) for one in given_pairs])


@settings(max_examples=50)
@given(partitions, partitions)
def test_b_cubed_turns_precision_and_recall_around(
    one: tuple[frozenset[str], ...], other: tuple[frozenset[str], ...]
) -> None:
    def of(facts: tuple[frozenset[str], ...]) -> GoldStory:
        return story(" ".join("".join(sorted(fact)) for fact in facts))

    there = b_cubed(of(one), Told(other, ()), NAMES)
    back = b_cubed(of(other), Told(one, ()), NAMES)
    assert there.precision is not None
    assert back.recall is not None
    assert math.isclose(there.precision, back.recall)
    assert 0 < there.precision <= 1 + 1e-9
    same = b_cubed(of(one), Told(one, ()), NAMES)
    assert same.f1 == pytest.approx(1)


@settings(max_examples=50)
@given(pairs, pairs)
def test_every_predicted_pair_is_judged_once(listed: list[Relation], made: list[Relation]) -> None:
    gold = story("abcdefgh").model_copy(update={"relations": tuple(listed)})
    scores = score_relations(gold, made, NAMES)
    judged = sum(len(one.right) + len(one.wrong) + len(one.unscored) for one in scores.values())
    assert judged <= len(made)
    assert sum(one.listed for one in scores.values()) == len(listed)
    for one in score_relations(gold, listed, NAMES).values():
        assert one.recall in (None, 1)


def test_a_story_tells_facts_and_relations_by_its_own_names() -> None:
    found = told_of(predicted_story())
    assert found.facts[0] == frozenset({"x#p2", "y#p1"})
    assert len(found.relations) == 3
