"""Labels of interviews: they are cut from what is said, and tell whose word it is."""

from __future__ import annotations

import pytest

from summarise.language.labels import label_end, labelled
from summarise.language.names import NameBook
from summarise.language.parts import parts_of
from summarise.records import Sentence

BOOK = NameBook.of("Ada Brook leads the port of Orsk. She spoke to Carl Dunn.")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Q: What has changed?", "Q: "),
        ("A. Not much.", "A. "),
        ("AB: We closed two piers.", "AB: "),
        ("Brook: We closed two piers.", "Brook: "),
        ("Ada Brook: We closed two piers.", "Ada Brook: "),
        ("Brook: ferries to be sold", ""),
        ("A ferry sank.", ""),
        ("It was late: We left.", ""),
        ("Photo: Orsk.", ""),
    ],
)
def test_label_ends_before_what_is_said(text: str, label: str) -> None:
    assert text[: label_end(text)] == label


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("AB: We closed two piers.", "Ada Brook"),
        ("Brook: We closed two piers.", "Ada Brook"),
        ("CD: What came next was worse.", "Carl Dunn"),
        ("XY: We closed two piers.", None),
        ("A: We closed two piers.", None),
    ],
)
def test_label_names_somebody_of_the_article(text: str, who: str | None) -> None:
    assert labelled(text, BOOK) == who


def test_a_label_holds_for_its_paragraph() -> None:
    texts = ["AB: We closed two piers.", "The rest is safe.", "The piers were 90 years old."]
    units = [
        Sentence(number=n + 1, start=0, end=len(t), text=t, kind="sentence", paragraph=n // 2)
        for n, t in enumerate(texts)
    ]
    found = [part for parts in parts_of(units, BOOK, None) for part in parts]
    assert [part.source for part in found] == ["Ada Brook", "Ada Brook", None]
    assert found[0].text == "We closed two piers."
