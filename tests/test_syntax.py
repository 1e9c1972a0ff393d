"""Text made fit for the parser, and the way back: every token leads to its own words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarise.language.mending import mended, starved
from summarise.language.syntax import child, children, clause_head, extent, parse, parse_all

PIECES = (
    "the |Ferry |was |to |IS |WHO |re-|co-|open|elected |(NHS) |[RFA]|\\|, |. |“|”|said |Ada Brook "
    "|the police |which |a town |12% |\u00a0|\u2009|\n|é|😀|-|told Radio |"
).split("|")
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
BLANKS = "\u00a0\u2009\u202f"


@given(TEXTS, st.booleans())
def test_each_character_of_a_mended_text_knows_where_it_stands(text: str, starve: bool) -> None:
    one = mended(text, without_commas=starve)
    back = {
        start + n: char
        for start, word in one.put_back
        for n, char in enumerate(word.replace("-", "", 1))
    }
    assert len(one.text) == len(one.origins)
    assert list(one.origins) == sorted(one.origins)
    for place, (char, origin) in enumerate(zip(one.text, one.origins, strict=True)):
        put_in = place > 0 and one.origins[place - 1] == origin
        own = " " if text[origin] in BLANKS else text[origin]
        own = char if (own, char) == ("-", "–") else own  # a dash typed as a hyphen
        assert back.get(place, char) == ("," if put_in else own)


@given(TEXTS)
@settings(max_examples=60)
def test_each_token_spans_its_words(text: str) -> None:
    parsed = parse(text)
    end = 0
    for token in parsed.doc:
        start, stop = parsed.span(token)
        assert 0 <= start < stop <= len(text)
        assert start >= end - 1  # a comma that was put in shares the character before it
        end = stop


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Health Board (NHB) closed it.", ["The", "Health", "Board", "closed", "it", "."]),
        ("The mayor was re-elected.", ["The", "mayor", "was", "re-elected", "."]),
        ("The WHO warned of IS.", ["The", "WHO", "warned", "of", "IS", "."]),
        ("It has 3\u00a0000 people.", ["It", "has", "3", "000", "people", "."]),
        ("It was lost \\police said.", ["It", "was", "lost", "police", "said", "."]),
    ],
)
def test_words_around_what_was_mended_are_found(text: str, words: list[str]) -> None:
    parsed = parse(text)
    assert [text[slice(*parsed.span(token))] for token in parsed.doc] == words


@pytest.mark.parametrize(
    ("text", "without_commas", "expected"),
    [
        ("The board (NHB) met.", False, "The board met."),
        ("Nothing \\to mend\\.", False, "Nothing to mend."),
        ("The road is closed the police said.", False, "The road is closed, the police said."),
        ("The road is closed, the police said.", False, "The road is closed, the police said."),
        ("The road is closed the police said.", True, None),
        ("It rose, the Centre for Port Health Studies said.", False, None),
        ("(NHB)", False, "(NHB)"),
        ("ORSK, May 3 (Nordan) - A ferry sank.", False, "A ferry sank."),
        ("ORSK, Velmland (NHA) — “We won,” she said.", False, "“We won,” she said."),
        ("New Orsk (Nordan) -- Talks failed.", False, "Talks failed."),
        ("NATO ships left Orsk - at last.", False, "NATO ships left Orsk – at last."),
        ("Thieves took $8m and 2.5m files.", False, "Thieves took $8mn and 2.5mn files."),
        ('"It rose," Defence Minister Ada Brook said.', False, None),
        ("Rain fell, a man briefed on the talks told Ada Brook.", False, None),
        ("", False, ""),
    ],
)
def test_text_is_mended_where_the_parser_would_stumble(
    text: str, without_commas: bool, expected: str | None
) -> None:
    """`expected` is None where the text stays as it is."""
    assert mended(text, without_commas=without_commas).text == (expected or text)


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (["The ferry stopped at the old pier for a week."] * 6, True),
        (["The ferry stopped at the old pier for a week."] * 5, False),
        (["The ferry carried 1,200 people to the old pier."] * 7, True),
        (["The ferry stopped at the old pier for a week."] * 8 + ["Then, it sailed."], False),
        (["The ferry stopped at the old pier for a week."] * 12 + ["Then, it sailed."], True),
        ([], False),
    ],
)
def test_article_without_any_comma_has_lost_them(sentences: list[str], expected: bool) -> None:
    assert starved(sentences) is expected


def test_parses_keep_the_order_of_the_sentences() -> None:
    texts = ["The ferry stopped.", "", "Ada Brook resigned."]
    assert [parsed.doc.text for parsed in parse_all(texts)] == texts


def test_walks_over_a_parse() -> None:
    doc = parse("The mayor said that the old bridge was bought by Orsk.").doc
    words = {token.text: token for token in doc}
    assert [t.text for t in children(words["bridge"], "amod", "det")] == ["the", "old"]
    subject = child(words["said"], "nsubj")
    assert subject is not None
    assert subject.text == "mayor"
    assert child(words["said"], "iobj") is None
    assert clause_head(words["bridge"]).text == "bought"
    assert clause_head(words["mayor"]).text == "said"
    start, end = extent([words["bridge"], words["old"]])
    assert doc.text[start:end] == "old bridge"


def test_a_subject_that_the_parser_lost_is_found() -> None:
    doc = parse(
        "Some 900 people were moved out of the lower valley overnight after water began to spill "
        "over the old Rennick dam, and at least six people, two of them from one farm, were "
        "missing in the village of Lower Tarn, officials said on Friday."
    ).doc
    [missing] = [token for token in doc if token.text == "missing"]
    subject = child(missing, "nsubj")
    assert subject is not None
    assert [token.text for token in subject.lefts] == ["six"]


@pytest.mark.parametrize(
    ("text", "word", "dependency", "head"),
    [
        (
            "Ada Brook criticised a clause, tabled by rivals at the last minute, "
            "that obliges firms to wait six days.",
            "obliges",
            "relcl",
            "clause",
        ),
        (
            "An audit in 2021 warned the board that 38 per cent of its pumps ran on old software.",
            "ran",
            "ccomp",
            "warned",
        ),
        (
            "She said ministers had offered Norda a grant, which it turned down on Monday.",
            "which",
            "dobj",
            "turned",
        ),
        (
            "The firm is to cut 300 jobs, blaming weak demand for ferries and "
            '"punishing" energy costs.',
            "punishing",
            "amod",
            "costs",
        ),
        (
            "Local media reported, citing two nurses, that a girl was trapped for an hour.",
            "trapped",
            "ccomp",
            "reported",
        ),
        ("Police say the driver may have been speeding.", "driver", "nsubj", "speeding"),
        (
            "She said the trial was too short and noted that it took place in May.",
            "noted",
            "conj",
            "said",
        ),
        (
            "She said she was ill and that midfielder Leon Brandt would not be sold.",
            "midfielder",
            "compound",
            "Brandt",
        ),
        (
            "Police identified the dead as a 52-year-old woman who was sitting outside the cafe "
            "and a male passenger in his 70s.",
            "passenger",
            "conj",
            "woman",
        ),
        (
            "The fire forced 900 people, including 40 tourists, from their homes.",
            "from",
            "prep",
            "forced",
        ),
        (
            "Lena Brandt of the Orsk Tropical Institute, who was not involved, left.",
            "involved",
            "relcl",
            "Brandt",
        ),
    ],
)
def test_slip_of_the_parser_is_put_right(text: str, word: str, dependency: str, head: str) -> None:
    [token] = [t for t in parse(text).doc if t.text == word]
    assert (token.dep_, token.head.text) == (dependency, head)
