"""Pronouns named where what they go back to is certain, and left alone where it is not."""

from __future__ import annotations

from datetime import date

import pytest

from summarise.language.names import NameBook
from summarise.language.parts import parts_of
from summarise.records import Sentence


def texts_of(*texts: str) -> list[str]:
    sentences = [
        Sentence(number=n, start=0, end=len(text), text=text, kind="sentence", paragraph=n)
        for n, text in enumerate(texts, 1)
    ]
    found = parts_of(sentences, NameBook.of("\n".join(texts)), date(2025, 3, 5))
    return [part.text for part in found[-1]]


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (["Norda Bank said it would close the branch."], "Norda Bank would close the branch."),
        (["Ada Brook said that she would resign."], "Ada Brook would resign."),
        (
            ["The monitoring mission said it had counted nine blasts."],
            "The monitoring mission had counted nine blasts.",
        ),
        (
            ["“We lost,” Peter Hale said.", "He has two years left."],
            "Peter Hale has two years left.",
        ),
        (
            ["The survey covered nine villages.", "It took 11 weeks."],
            "The survey took 11 weeks.",
        ),
        (
            ["The Harbour Board closed two piers.", "Its budget was cut in May."],
            "The Harbour Board’s budget was cut in May.",
        ),
        (
            ["Police arrested Maria Lund on Monday.", "She was released on Tuesday."],
            "Maria Lund was released on Tuesday.",
        ),
        (
            ["Two ships left the port.", "They were bound for Orsk."],
            "Two ships were bound for Orsk.",
        ),
        (
            ["The company closed a plant, but it did not cut jobs."],
            "The company did not cut jobs.",
        ),
        (
            ["Peter Hale resigned on Monday.", "He denied that and he left the council."],
            "Peter Hale left the council.",
        ),
    ],
)
def test_pronoun_is_named(texts: list[str], sentence: str) -> None:
    assert sentence in texts_of(*texts)


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        # Two men, two women, or nobody that fits: no name is certain.
        (["Peter Hale met Paul Ward.", "He left on Monday."], "He left on Monday."),
        (["Anna Lund sued Maria Holm.", "She lost the case."], "She lost the case."),
        (["Peter Hale resigned.", "She took the post."], "She took the post."),
        (["The ship sank.", "They swam to the shore."], "They swam to the shore."),
        # What stands for nothing.
        (["The storm hit Orsk.", "It rained for nine days."], "It rained for nine days."),
        (
            ["The mine was closed.", "It was clear that nobody would return."],
            "It was clear that nobody would return.",
        ),
        # Somebody else's words.
        (["Norda cut jobs.", "“It lost money,” Ada Brook said."], "It lost money."),
    ],
)
def test_pronoun_that_is_not_certain_stays(texts: list[str], sentence: str) -> None:
    assert sentence in texts_of(*texts)
