"""Agreement of two labellings: Krippendorff's alpha, and claims field by field."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.evaluation.agreement import FieldAgreement, agreement, alpha, alpha_of
from summarise.records import Claim, Span

# The worked examples of Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability".
MEG_OWEN = ("0100000010", "1110010000")
BEN_GERRY = ("aabbdcccedda", "babbbccceddd")
FOUR_CODERS = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def units(*coders: str) -> list[list[str]]:
    return [[value for value in unit if value != "."] for unit in zip(*coders, strict=True)]


@pytest.mark.parametrize(
    ("coders", "expected"), [(MEG_OWEN, 0.095), (BEN_GERRY, 0.692), (FOUR_CODERS, 0.743)]
)
def test_alpha_of_the_published_examples(coders: Sequence[str], expected: float) -> None:
    assert alpha_of(units(*coders)) == pytest.approx(expected, abs=0.0005)


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], None),
        ([("a", "a")], None),
        ([("a", "a")] * 50, None),
        ([("a", "b")], 0.0),
        ([("a", "b"), ("b", "a")], -0.5),
        ([("a", "a"), ("b", "b")], 1.0),
        ([("a", "a")] * 9 + [("a", "b")], 0.0),
        ([(None, None), (None, None), ("b", "b")], 1.0),
    ],
)
def test_alpha_of_two_coders(pairs: list[tuple[str, str]], expected: float | None) -> None:
    assert alpha(pairs) == (None if expected is None else pytest.approx(expected))


def test_a_unit_with_one_value_is_not_compared() -> None:
    assert alpha_of([["a"], ["b"], ["a", "a"], ["b", "b"], []]) == 1.0
    assert alpha_of([["a"], ["b"], ["a", "a"]]) is None


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd"))))
def test_alpha_does_not_depend_on_order_or_coder_or_names(pairs: list[tuple[str, str]]) -> None:
    value = alpha(pairs)
    turned = alpha([(ord(second), ord(first)) for first, second in reversed(pairs)])
    assert turned == (None if value is None else pytest.approx(value))
    assert value is None or value <= 1
    disagree = any(first != second for first, second in pairs)
    assert value is None or (value < 1) == disagree


def claim(number: int, text: str, **fields: object) -> Claim:
    span = Span(start=100 * number, end=100 * number + len(text), quote=text)
    return Claim.model_validate(
        {"id": f"c{number:02}", "text": text, "evidence": (span,), **fields}
    )


BRIDGE = "The Tarvo bridge closed."
TIN = "Kell tin exports fell."
BAKERS = "The bakers of Ostrel ended their walkout."
GLACIER = "The Hovden glacier lost ice."

FIRST = {
    "a": [
        claim(1, BRIDGE, source="Mayor Ida Brekke", via=("Tarvo Post",)),
        claim(2, TIN, quantities=({"surface": "31", "low": 31, "high": 31},)),
    ],
    "b": [
        claim(3, BAKERS, time={"surface": "on Monday", "start": "2031-05-05", "end": "2031-05-05"}),
        claim(4, GLACIER, source="Kell Survey", certainty="probable"),
    ],
}
SECOND = {
    "a": [
        claim(1, BRIDGE, source="Brekke", via=("the Tarvo Post",)),
        claim(2, TIN, quantities=({"surface": "thirty-one", "low": 31, "high": 31},)),
    ],
    "b": [
        claim(3, BAKERS, time={"surface": "Monday", "start": "2031-05-05", "end": "2031-05-05"}),
        claim(4, GLACIER, source="Oda Lund", certainty="possible"),
        claim(5, "Ostrel has a new library."),
    ],
}


def test_agreement_field_by_field() -> None:
    found = agreement(FIRST, SECOND)
    assert (found.articles, found.first, found.second, found.matched) == (2, 4, 5, 4)
    assert found.claim_f1 == pytest.approx(8 / 9)
    fields = {field.field: field for field in found.fields}
    assert {field.n for field in fields.values()} == {4}
    assert {name: field.share for name, field in fields.items()} == {
        "source": 0.75,
        "via": 1.0,
        "certainty": 0.75,
        "polarity": 1.0,
        "period": 1.0,
        "figures": 1.0,
    }
    assert fields["polarity"].alpha is None
    assert fields["via"].alpha == fields["period"].alpha == fields["figures"].alpha == 1.0
    # Coded mayor-mayor, none-none, none-none, survey-Lund: 1 - 7 * 2 / (64 - 4 - 16 - 1 - 1).
    assert fields["source"].alpha == pytest.approx(1 - 14 / 42)
    # Coded three times certain-certain, then probable-possible: 1 - 7 * 2 / (64 - 36 - 1 - 1).
    assert fields["certainty"].alpha == pytest.approx(1 - 14 / 26)


def test_a_disagreement_stays_one_where_another_claim_would_link_the_two() -> None:
    board, tarvo, kell = "the health board", "Tarvo health board", "Kell health board"
    sources = [(board, tarvo), (tarvo, kell), (None, None)]
    texts = [BRIDGE, TIN, GLACIER]
    first = [claim(n, texts[n], source=pair[0]) for n, pair in enumerate(sources)]
    second = [claim(n, texts[n], source=pair[1]) for n, pair in enumerate(sources)]
    source = agreement({"a": first}, {"a": second}).fields[0]
    assert source.share == pytest.approx(2 / 3)
    # Coded board-board, board-kell, none-none.
    assert source.alpha == pytest.approx(1 - 5 * 2 / (36 - 9 - 1 - 4))


def test_an_article_that_one_labelling_lacks_counts_as_empty() -> None:
    found = agreement(FIRST, {"a": SECOND["a"]})
    assert (found.articles, found.matched) == (2, 2)
    assert found.claim_f1 == pytest.approx(4 / 6)


def test_nothing_to_compare_is_unscored() -> None:
    found = agreement({"a": []}, {})
    assert found.claim_f1 is None
    assert found.fields[0] == FieldAgreement(field="source", n=0, share=None, alpha=None)
