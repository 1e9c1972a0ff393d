"""Modality: how sure a clause is, and whether a claim denies something."""

from __future__ import annotations

import pytest

from summarise.language.modality import certainty, polarity
from summarise.language.syntax import parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge reopened on Monday.", "certain"),
        ("The bridge may reopen on Monday.", "possible"),
        ("The attack might derail the talks.", "possible"),
        ("It is unclear whether the pilot survived.", "possible"),
        ("It was not clear whether the pilot survived.", "possible"),
        ("The minister could not confirm the deaths.", "possible"),
        ("The patient could not be revived.", "certain"),
        ("The device can be used under water.", "certain"),
        ("The bridge is expected to reopen on Monday.", "probable"),
        ("The crew appears to have left.", "probable"),
        ("The firm allegedly paid the judge.", "probable"),
        ("The firm is unlikely to recover.", "probable"),
        ("The minister did not rule out a ban.", "possible"),
        ("The report commissioned in May makes 58 points.", "certain"),
        ("Reports that the king had died were false.", "certain"),
        ("Smokers were twice as likely to fall ill.", "certain"),
        ("The pilot had reported smoke.", "certain"),
        ("The firm is said to have paid the judge.", "probable"),
        ("I think the bridge is safe.", "probable"),
        ("Divers found signs that the bridge was mined.", "probable"),
        ("Divers found no sign that the bridge was mined.", "certain"),
        ("The strike looks set to drag on.", "probable"),
        ("Police reported that the road was closed.", "certain"),
    ],
)
def test_certainty(text: str, expected: str) -> None:
    doc = parse(text).doc
    root = next(t for t in doc if t.dep_ == "ROOT")
    assert certainty(root, doc) == expected


def test_a_cue_that_only_estimates_makes_probable() -> None:
    doc = parse("The bridge reopened.").doc
    root = next(t for t in doc if t.dep_ == "ROOT")
    assert certainty(root, doc, hedged_cue=True) == "probable"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge reopened.", "positive"),
        ("The bridge did not reopen.", "negative"),
        ("The bridge has never reopened.", "negative"),
        ("No ships were damaged.", "negative"),
        ("Neither side won.", "negative"),
        ("Nobody was hurt.", "negative"),
        ("The firm is unlikely to recover.", "negative"),
        ("The firm no longer makes lamps.", "negative"),
        ("The mayor denied that the bridge was unsafe.", "negative"),
        ("The mayor refused to resign.", "positive"),
        ("The mayor rejected the offer.", "positive"),
        ("The mayor rejected the claim that the bridge was unsafe.", "negative"),
        ("The mayor did not reject the offer.", "negative"),
        ("The town lacks a doctor.", "positive"),
        ("It was Lund, not Wolff, who signed.", "positive"),
        ("The bridge, which never paid for itself, reopened.", "positive"),
        ("I don't think the bridge is safe.", "negative"),
        ("The firm hired not only engineers but also cooks.", "positive"),
    ],
)
def test_polarity(text: str, expected: str) -> None:
    assert polarity(parse(text).doc) == expected
