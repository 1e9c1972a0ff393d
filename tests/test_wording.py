"""A wording stands for its part, or the reason why it does not."""

from __future__ import annotations

import pytest

from summarise.wording import fault

BEFORE = "Governor Ana Roe visited the flooded town of Tarvo. She may resign over the 14 deaths."


@pytest.mark.parametrize(
    ("part", "wording"),
    [
        ("She visited the town.", "Ana Roe visited the flooded town of Tarvo."),
        ("She may resign over the 14 deaths.", "Ana Roe may resign over the 14 deaths."),
    ],
)
def test_stands(part: str, wording: str) -> None:
    assert fault(part, wording, BEFORE) is None


@pytest.mark.parametrize(
    ("part", "wording", "reason"),
    [
        ("She visited the town.", " ", "it is empty"),
        (
            "She may resign over the 14 deaths.",
            "Ana Roe may resign over the 15 deaths.",
            "its figures are not those of the part",
        ),
        ("She visited the town.", "Ana Roe never visited the town.", "it turns a negation"),
        (
            "She may resign over the 14 deaths.",
            "Ana Roe will resign over the 14 deaths.",
            "it changes how sure the part is",
        ),
        ("She visited the town.", "Ana Roe resigned.", "it leaves out words of the part"),
        (
            "She visited the town.",
            "Ana Roe visited the town with eager Belgian divers.",
            "it adds what the part does not say",
        ),
        (
            "She visited the town.",
            "Ana Roe was dismissed and visited the town.",
            "it adds what the part does not say",
        ),
        ("She visited the town.", "Ana Roe said she visited the town.", "it says who says it"),
    ],
)
def test_faults(part: str, wording: str, reason: str) -> None:
    assert fault(part, wording, BEFORE) == reason
