"""From the text of a sentence back to the raw input: offsets, and evidence as verbatim spans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.errors import InputError
from summarise.read import read
from summarise.records import Article, Sentence
from summarise.segment import segment
from summarise.shown import offsets, spans

FOLDED = (
    "Harbour of Orsk closed for repairs\n\n"
    "The harbour of Orsk was closed on Monday after a crane fell onto the quay,\n"
    "the port authority said, and the ferries to the islands were sent to the\n"
    "old pier for the rest of the week.\n\n"
    "Nobody was hurt. The crane was built in   1962 and had last been inspected in\n"
    "the spring, according to the owner of the yard.\n"
)
PAGE = (
    "<html><body><article><h1>Ferry &amp; bridge closed</h1>\n"
    "<p>&ldquo;The ferry to Caf&eacute; Roja is <b>closed</b>,&rdquo; the mayor of "
    'AT&amp;<i>T</i> Town said on <a href="/x?a=1&amp;b=2">Monday</a>.</p>\n'
    "<p>The bridge at Orsk was shut for a week, and the council met that evening in the "
    "caf&eacute;. The council said &ldquo;it will open the bridge again in the spring.&rdquo;</p>\n"
    "<p>The town of Orsk has 3&nbsp;000 people &mdash; most of them cross the bridge each day "
    "on the way to the mill</p>\n<p>A ferry was promised for the summer.</p>"
    "</article></body></html>"
)


def units(name: str, text: str) -> tuple[Article, tuple[Sentence, ...]]:
    article = read(name, text=text)
    return article, segment(article)


def quotes(article: Article, sentence: Sentence) -> list[str]:
    return [span.quote for span in spans(article, sentence.start, sentence.end)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("folded.txt", FOLDED),
        ("dos.txt", FOLDED.replace("\n", "\r\n")),
        ("page.html", PAGE),
        ("dos.html", PAGE.replace("\n", "\r\n")),
    ],
)
def test_each_character_of_a_text_has_its_offset(name: str, text: str) -> None:
    article, sentences = units(name, text)
    assert len(sentences) >= 4
    for sentence in sentences:
        places = offsets(article, sentence)[: len(sentence.text)]
        assert len(places) == len(sentence.text)
        assert places == sorted(set(places))
        for place, char in zip(places, sentence.text, strict=True):
            seen = article.view[place]
            assert seen == char or (seen.isspace() and char == " ")


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_evidence_over_folded_lines_is_one_span_with_the_fold_in_it(ends: str) -> None:
    article, sentences = units("folded.txt", FOLDED.replace("\n", ends))
    crane = next(s for s in sentences if "built in 1962" in s.text)
    assert quotes(article, crane) == [
        f"The crane was built in   1962 and had last been inspected in{ends}the spring, "
        "according to the owner of the yard."
    ]


def test_evidence_of_a_page_is_cut_at_its_tags_and_keeps_references_whole() -> None:
    article, sentences = units("page.html", PAGE)
    assert [quotes(article, sentence) for sentence in sentences] == [
        ["Ferry &amp; bridge closed"],
        [
            "&ldquo;The ferry to Caf&eacute; Roja is",
            "closed",
            ",&rdquo; the mayor of AT&amp;",
            "T",
            "Town said on",
            "Monday",
            ".",
        ],
        [
            "The bridge at Orsk was shut for a week, and the council met that evening in the "
            "caf&eacute;."
        ],
        ["The council said &ldquo;it will open the bridge again in the spring.&rdquo;"],
        [
            "The town of Orsk has 3&nbsp;000 people &mdash; most of them cross the bridge each day "
            "on the way to the mill"
        ],
        ["A ferry was promised for the summer."],
    ]


@pytest.mark.parametrize(
    ("shown", "quote"),
    [
        ("Café", "Caf&eacute;"),
        ("Caf", "Caf"),
        ("AT&", "AT&amp;"),
        ("spring.”", "spring.&rdquo;"),
        ("3\xa0000 people", "3&nbsp;000 people"),
    ],
)
def test_part_of_a_sentence_ends_behind_its_last_reference(shown: str, quote: str) -> None:
    article, sentences = units("page.html", PAGE)
    shown = " ".join(shown.split())
    sentence = next(s for s in sentences if shown in s.text)
    start = sentence.text.index(shown)
    places = offsets(article, sentence)
    found = spans(article, places[start], places[start + len(shown) - 1] + 1)
    assert [span.quote for span in found] == [quote]


def test_bare_ampersand_before_a_tag_is_no_reference() -> None:
    page = PAGE.replace("AT&amp;<i>T</i>", "AT&<i>T</i>")
    article, sentences = units("page.html", page)
    assert quotes(article, sentences[1])[2:4] == [",&rdquo; the mayor of AT&", "T"]


def test_reference_cut_by_the_end_of_the_main_text_is_not_followed_out_of_it() -> None:
    raw, view = "<p>Caf&eacute;</p>", "   Caf\xe9" + "\x1f" * 7 + "    "
    article = Article(id="x", sha256="", main_text=((3, 7),), raw=raw, view=view)
    assert [span.quote for span in spans(article, 3, 7)] == ["Caf&"]


PIECES = st.lists(
    st.sampled_from(
        "The mayor of Orsk |closed the bridge|. |</p>\n<p>|<b>|</b>|<br>|&amp;|&eacute;|&nbsp;|&|"
        "&#8217;s |\r\n|  |<!-- & -->|&rdquo;".split("|")
    ),
    min_size=5,
    max_size=60,
)


@given(PIECES)
def test_spans_are_verbatim_in_order_and_without_whole_tags(pieces: list[str]) -> None:
    page = "<html><body><p>The bridge at Orsk was shut by the council for a week on Monday. "
    try:
        article, sentences = units("page.html", page + "".join(pieces) + "</p></body></html>")
    except InputError:
        return  # what is not taken for an article has no sentences
    for sentence in sentences:
        end = sentence.start
        for span in spans(article, sentence.start, sentence.end):
            assert article.raw[span.start : span.end] == span.quote
            assert end <= span.start < span.end
            assert "<" not in span.quote
            end = span.end
