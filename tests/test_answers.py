"""The shapes of a model's answers: what fits, what does not, and what they cost."""

from __future__ import annotations

from typing import Any

import pytest
from openai_stand_in import strict_faults
from pydantic import ValidationError

from summarise.answer import Answer
from summarise.answers import LONGEST_CLAIM, MOST_CLAIMS, Usage, claims_answer, wordings_answer
from summarise.schemas import plain_schema, strict_schema

CLAIM: dict[str, Any] = {
    "sentences": [3],
    "text": "The bridge at Orsk was closed.",
    "source": None,
    "via": [],
    "certainty": "certain",
    "polarity": "positive",
}


def fits_claims(*claims: dict[str, Any]) -> bool:
    try:
        claims_answer([3, 4]).model_validate({"claims": list(claims)})
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("changed", "fits"),
    [
        ({}, True),
        ({"sentences": [3, 4]}, True),
        ({"source": "Ada Brook", "via": ["Harbour Radio"], "certainty": "possible"}, True),
        ({"polarity": "negative"}, True),
        ({"text": "x" * LONGEST_CLAIM}, True),
        ({"sentences": []}, False),
        ({"sentences": [5]}, False),
        ({"sentences": ["3"]}, False),
        ({"text": ""}, False),
        ({"text": "x" * (LONGEST_CLAIM + 1)}, False),
        ({"certainty": "sure"}, False),
        ({"polarity": None}, False),
        ({"via": None}, False),
        ({"quote": "was closed"}, False),
    ],
)
def test_claim_fits_or_not(changed: dict[str, Any], fits: bool) -> None:
    assert fits_claims({**CLAIM, **changed}) is fits


@pytest.mark.parametrize("left_out", list(CLAIM))
def test_every_field_of_a_claim_is_asked_for(left_out: str) -> None:
    assert not fits_claims({name: value for name, value in CLAIM.items() if name != left_out})


@pytest.mark.parametrize(("count", "fits"), [(0, True), (MOST_CLAIMS, True), (201, False)])
def test_number_of_claims_is_bounded(count: int, fits: bool) -> None:
    assert fits_claims(*[CLAIM] * count) is fits


@pytest.mark.parametrize(
    ("answer", "fits"),
    [
        ({"claims": ["A.", "B."]}, True),
        ({"claims": ["A.", ""]}, True),
        ({"claims": ["A."]}, False),
        ({"claims": ["A.", "B.", "C."]}, False),
        ({"claims": ["A.", "x" * (LONGEST_CLAIM + 1)]}, False),
        ({"claims": ["A.", None]}, False),
        ({"claims": ["A.", "B."], "note": "done"}, False),
        ({}, False),
    ],
)
def test_as_many_wordings_as_parts(answer: dict[str, Any], fits: bool) -> None:
    try:
        wordings_answer(2).model_validate(answer)
    except ValidationError:
        assert not fits
    else:
        assert fits


@pytest.mark.parametrize("numbers", [[1], [3, 4], list(range(1, 81))])
def test_schemas_keep_the_rules_of_strict_mode(numbers: list[int]) -> None:
    assert strict_faults(strict_schema(claims_answer(numbers))) == []
    assert strict_faults(strict_schema(wordings_answer(len(numbers)))) == []


def test_a_plain_schema_bounds_what_a_small_model_writes() -> None:
    listed = plain_schema(wordings_answer(2))["properties"]["claims"]
    assert (listed["minItems"], listed["maxItems"]) == (2, 2)
    assert listed["items"]["maxLength"] == LONGEST_CLAIM


def test_usage_counts_every_try() -> None:
    first = Usage.of(Answer(None, input_tokens=9, error="500", retries=3))
    second = Usage.of(Answer(None, input_tokens=5, output_tokens=2, cached_tokens=4))
    both = Usage(calls=5, input_tokens=14, output_tokens=2, cached_tokens=4, retries=3)
    assert first + second == both
    assert sum([first, second], Usage()) == first + second
