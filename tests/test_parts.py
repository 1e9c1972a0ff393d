"""The parts of sentences: words, place, speaker, certainty, figures, whether they stand alone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarise.language.names import NameBook
from summarise.language.parts import Part, parts_of
from summarise.records import Sentence, UnitKind

PUBLISHED = date(2025, 3, 5)


def parts(*texts: str, kind: UnitKind = "sentence") -> list[list[Part]]:
    """The parts of sentences that each stand in a paragraph of their own."""
    sentences = [
        Sentence(number=n, start=0, end=len(text), text=text, kind=kind, paragraph=n)
        for n, text in enumerate(texts, 1)
    ]
    return parts_of(sentences, NameBook.of("\n".join(texts)), PUBLISHED)


def only(text: str) -> Part:
    [[part]] = parts(text)
    return part


@pytest.mark.parametrize(
    ("text", "worded"),
    [
        ("The ship, built in 1971, sank off the coast.", "The ship was built in 1971."),
        ("The huts, damaged in the storm, were sold.", "The huts were damaged in the storm."),
        (
            "Orsk, a mining town of 9,000 people, was cut off.",
            "Orsk is a mining town of 9,000 people.",
        ),
        (
            "The council closed the bridge and opened a ferry line.",
            "The council opened a ferry line.",
        ),
        ("Ada Brook said that the bridge was closed.", "The bridge was closed."),
        ("“The bridge was closed,” Ada Brook said.", "The bridge was closed."),
    ],
)
def test_part_is_worded_as_a_sentence_as_far_as_rules_can(text: str, worded: str) -> None:
    assert worded in [part.text for part in parts(text)[0]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Ada Brook said that 40 passengers were taken ashore.",
            ["Ada Brook said that 40 passengers were taken ashore"],
        ),
        (
            "The ship, built in 1971, sank.",
            ["The ship, built in 1971", "The ship, built in 1971, sank"],
        ),
        (
            "The road was closed after the roof collapsed.",
            ["The road was closed", "the roof collapsed"],
        ),
        ("The Health Board (NHB) met on Monday.", ["The Health Board (NHB) met on Monday"]),
    ],
)
def test_part_stands_on_its_words_and_those_that_attribute_it(text: str, words: list[str]) -> None:
    found = [text[part.start : part.end] for part in parts(text)[0]]
    assert sorted(found) == sorted(words)


@pytest.mark.parametrize(
    ("texts", "source", "via", "certainty"),
    [
        (["Ada Brook said the bridge was closed."], "Ada Brook", (), "certain"),
        (["The bridge was closed."], None, (), "certain"),
        (
            ["Harbour master Ada Brook spoke.", "She said boats were lost."],
            "Ada Brook",
            (),
            "certain",
        ),
        (["Ada Brook said that the ferry might sail in May."], "Ada Brook", (), "possible"),
        (
            ["“We lost 12 boats,” Ada Brook told Harbour Radio."],
            "Ada Brook",
            ("Harbour Radio",),
            "certain",
        ),
    ],
)
def test_part_knows_who_is_given_for_it_and_how_sure_it_is(
    texts: list[str], source: str | None, via: tuple[str, ...], certainty: str
) -> None:
    part = parts(*texts)[-1][0]
    assert (part.source, part.via, part.certainty) == (source, via, certainty)


def test_each_part_has_the_period_and_figures_of_its_own_clause() -> None:
    [[killed, closed]] = parts("The storm killed 40 people on Monday and closed three roads.")
    assert [figure.low for figure in killed.quantities] == [40]
    assert [figure.low for figure in closed.quantities] == [3]
    assert killed.time is not None
    assert killed.time.start == date(2025, 3, 3)


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("Norda closed a plant in Velm.", True),
        ("40 passengers were taken ashore.", True),
        ("There were no survivors in Orsk.", True),
        ("It was late.", False),
        ("She closed the plant.", False),
        ("Norda closed its plant.", True),
        ("The town was empty.", False),
        ("The two sides met in Velm.", False),
        ("We lost 12 boats.", False),
    ],
)
def test_part_that_points_beyond_itself_does_not_stand_alone(text: str, complete: bool) -> None:
    assert only(text).complete is complete


@pytest.mark.parametrize(
    "text", ["Who will pay?", "Will the bridge open in May?", "“Who will pay for it?”"]
)
def test_question_has_no_parts(text: str) -> None:
    assert parts(text) == [[]]


DOZENS = "Dozens are missing after ferry sinks."
DARK, HURT = "Thousands are without power.", "40 were hurt in crash near Lom."


@pytest.mark.parametrize(
    ("text", "worded"),
    [
        ("Ferry stopped at Orsk", ["Ferry stopped at Orsk."]),
        ("Storm kills three in Velm", ["Storm kills three in Velm."]),
        ("Photos of the day", []),
        ("Background", []),
        ("More on this story", []),
        ("What we know so far", []),
        ("How the old bridge was built", []),
        ("Explained: Why the river turned red", []),
        ("The old bridge explained", []),
        ("Two dead, dozens missing after ferry sinks", ["Two are dead.", DOZENS]),
        ("Thousands without power as lines come down", [DARK, "Lines come down."]),
        ("12 killed and 40 hurt in crash near Lom", ["12 were killed.", HURT]),
        ("Four arrested over museum raid", ["Four were arrested over museum raid."]),
        ("One dead after storm", ["One is dead after storm."]),
    ],
)
def test_heading_has_a_part_only_where_it_says_that_something_happened(
    text: str, worded: list[str]
) -> None:
    assert [part.text for part in parts(text, kind="headline")[0]] == worded


def test_every_sentence_has_its_own_list() -> None:
    found = parts("The bridge was closed.", "Who will pay?", "The road was open.")
    assert [[part.sentence.number for part in own] for own in found] == [[1], [], [3]]


PIECES = (
    "The mayor |Ada Brook |said |closed |was killed |and |or |, |who |which |the bridge |12% |“|”|"
    "to 412 |including |with |after |(NHB) |re-|\\|IS |not |. |by |in May |rising |; |three men "
)
TEXTS = st.one_of(
    st.text(max_size=60), st.lists(st.sampled_from(PIECES.split("|")), max_size=20).map("".join)
)


@given(TEXTS.map(lambda text: " ".join(text.split())))
@settings(max_examples=80)
def test_parts_of_any_text_stand_in_it(text: str) -> None:
    for part in parts(text)[0]:
        assert 0 <= part.start < part.end <= len(text)
        assert text[part.start : part.end].strip()
        assert part.text.endswith((".", "!", "?", "”"))
        assert not part.text[0].islower() or not part.text[0].isalpha()
        assert all(figure.surface in text for figure in part.quantities)


@pytest.mark.parametrize(
    ("text", "worded"),
    [
        ("Ada Brook at the port in May.", []),
        ("A man carries a child in Orsk.", ["A man carries a child in Orsk."]),
        ("Some 400 people at the port in May.", ["Some 400 people at the port in May."]),
    ],
)
def test_caption_that_only_names_what_it_shows_states_nothing(text: str, worded: list[str]) -> None:
    assert [part.text for part in parts(text, kind="caption")[0]] == worded
