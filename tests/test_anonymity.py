"""Clauses that only tell on what terms somebody speaks state nothing."""

from __future__ import annotations

import pytest

from summarise.language.clauses import propositions
from summarise.language.syntax import parse


@pytest.mark.parametrize(
    ("sentence", "stated"),
    [
        (
            "A doctor, speaking on condition of anonymity, put the toll at 31.",
            ["A doctor put the toll at 31"],
        ),
        (
            "An aide who asked not to be named, as he was not authorised to speak, left Orsk.",
            ["An aide left Orsk"],
        ),
        ("The officials spoke on condition of anonymity.", []),
        (
            "Dana Wolff, who asked not to be named in court, was fined.",
            ["Dana Wolff asked not to be named in court", "Dana Wolff was fined"],
        ),
        (
            "The port refused to be searched because it was closed.",
            ["The port refused to be searched", "it was closed"],
        ),
        (
            "The ships were not authorised to leave Orsk.",
            ["The ships were not authorised to leave Orsk"],
        ),
    ],
)
def test_terms_of_speaking_are_no_statement(sentence: str, stated: list[str]) -> None:
    assert [one.text for one in propositions(parse(sentence).doc)] == stated


def test_a_warning_of_something_is_the_statement() -> None:
    doc = parse("The memo warned of shortages.").doc
    cues = [t for t in doc if t.text == "warned"]
    assert [one.text for one in propositions(doc, cues)] == ["The memo warned of shortages"]
