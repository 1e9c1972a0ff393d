"""Frames: the cue, what it covers and who speaks, in one sentence."""

from __future__ import annotations

import pytest

from summarise.language.frames import frames
from summarise.language.headlines import headed
from summarise.language.quotations import is_quoted, quotations
from summarise.language.syntax import parse


@pytest.mark.parametrize(
    ("text", "cue", "speaker", "covers", "kept"),
    [
        ("The mayor said the road was closed.", "said", "mayor", "closed", False),
        ("The road is closed, the mayor said.", "said", "mayor", "closed", False),
        ("“The road,” the mayor said, “is closed.”", "said", "mayor", "closed", False),
        ("As the mayor said, the road is closed.", "said", "mayor", "closed", False),
        ("The mayor denied that the road was closed.", "denied", "mayor", "denied", True),
        ("The mayor described the road as dangerous.", "described", "mayor", "described", True),
        ("The army reported 1,100 casualties.", "reported", "army", "casualties", False),
    ],
)
def test_frame(text: str, cue: str, speaker: str, covers: str, kept: bool) -> None:
    (found,) = frames(parse(text).doc)
    assert (found.cue.text, found.speaker.text if found.speaker else None) == (cue, speaker)
    assert covers in {t.text for t in found.scope}
    assert found.kept is kept


@pytest.mark.parametrize(
    "text",
    [
        "The mayor opened the road.",
        "The mayor refused to say whether the road was closed.",
        "The mayor did not say that the road was closed.",
        "The union suggests waiting.",
        "The firm has reportedly admitted that the road was closed.",
    ],
)
def test_no_frame(text: str) -> None:
    assert frames(parse(text).doc) == []


@pytest.mark.parametrize(
    ("text", "who", "said"),
    [
        ("Road closes after landslide: minister", "minister", "Road closes after landslide"),
        ("Road to close on Monday, says mayor", "mayor", "Road to close on Monday"),
        ("Mayor: road will close on Monday", "Mayor", "road will close on Monday"),
        ("Wolff Says Road Will Close On Monday", "Wolff", "Road Will Close On Monday"),
        ("Toll in landslide rises to 14 Monitor", "Monitor", "Toll in landslide rises to 14"),
    ],
)  # fmt: skip
def test_headline(text: str, who: str, said: str) -> None:
    found = headed(text)
    assert found is not None
    assert (found.who, text[found.start : found.end]) == (who, said)


@pytest.mark.parametrize("text", ["Road closes after landslide", "The road closed on Monday."])
def test_headline_of_nobody(text: str) -> None:
    assert headed(text) is None


def test_a_quotation_runs_over_sentences() -> None:
    found = quotations(["“It is over now.", "We lost it,” she said.", "All left."], [0] * 3)
    assert [(q.whole, q.closes_later) for q in found] == [
        (True, True),
        (False, False),
        (False, False),
    ]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ('He said "it is over" and left.', "over", True),
        ('He said "it is over" and left.', "left", False),
        ('It is over," he said.', "over", True),
        ("Nothing is quoted.", "quoted", False),
    ],
)
def test_is_quoted(text: str, word: str, expected: bool) -> None:
    assert is_quoted(text, text.index(word)) is expected
