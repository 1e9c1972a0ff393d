"""The page of results: whatever an article holds is shown as text, each mark has its claim."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_scores import (
    ESTIMATES,
    FAILED_SCORE,
    FERRY_CASE,
    FERRY_SCORE,
    GOLD,
    HOSTILE,
    PASSED,
    PREDICTED,
    SCORES,
    SIGNATURE,
    STATUSES,
    VERDICT,
    case,
    claim,
)
from lxml import html

from summarise.evaluation.gold import Case, Gold
from summarise.evaluation.page import Sheet, page
from summarise.evaluation.passages import Mark, text_of
from summarise.evaluation.results import Verdict
from summarise.evaluation.score import Prediction, score
from summarise.records import Claim

SHEET = Sheet(FERRY_CASE, PREDICTED, FERRY_SCORE)


def sheet(of: Case, *claims: Claim) -> Sheet:
    return Sheet(of, claims, score(of, Prediction(claims)))


def parsed(*sheets: Sheet, verdict: Verdict | None = None, most: int = 200) -> html.HtmlElement:
    text = page(sheets, SIGNATURE, ESTIMATES, STATUSES, verdict, most=most)
    return html.document_fromstring(text)


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def marks(root: html.HtmlElement, side: str) -> list[tuple[str | None, str]]:
    return [
        (mark.get("class"), mark.text_content())
        for mark in root.xpath(f"//p[@class='{side}']//mark")
    ]


def test_evidence_of_both_sides_is_marked_by_what_became_of_its_claim() -> None:
    root = parsed(SHEET)
    assert marks(root, "gold") == [
        ("missed", "The ferry carried 40 people."),
        ("differs", "The mayor closed the pier."),
    ]
    assert marks(root, "predicted") == [("differs", "The mayor closed the pier.")]


def test_every_link_has_its_target_and_no_id_stands_twice() -> None:
    root = parsed(
        SHEET, sheet(case("other", "A b c d.", claim("x y", "A b c d."))), verdict=VERDICT
    )
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = root.xpath("//a/@href")
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert len(links) > 10


def test_differing_fields_missed_and_extra_claims_are_explained() -> None:
    root = parsed(SHEET)
    (row,) = root.xpath("//tr[@class='miss']")
    assert [words(cell) for cell in row] == ["≠ source", "Ada Brook", "none"]
    missed, extra = root.xpath("//ul[@class='alone']")
    assert "The ferry carried 40 people." in words(missed)
    assert FERRY_SCORE.missed[0].reason in words(missed)
    assert "evidence outside the main text: Share this story" in words(extra)


def test_a_claim_that_the_other_side_covers_is_said_to_be() -> None:
    (one,) = FERRY_SCORE.missed
    covered = one.model_copy(update={"covered": True, "nearest": "p1"})
    root = parsed(
        Sheet(FERRY_CASE, PREDICTED, FERRY_SCORE.model_copy(update={"missed": (covered,)}))
    )
    missed = words(root.xpath("//ul[@class='alone']")[0])
    assert "covered by the other side" in missed
    assert "nearest: ≠ p1 The mayor closed the pier." in missed


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text(text: str) -> None:
    article = f"{text} said the mayor.\n\nThe pier is closed."
    root = parsed(
        sheet(
            case("hostile", article, claim("c1", text, source=text)),
            claim("c1", text, at=len(text) + 20, source=f"not {text}"),
            claim("c2", text),
        )
    )
    assert not root.xpath("//script | //img | //b[text()='bold'] | //*[@onerror]")
    shown = re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", "", text).replace("\u2028", "\n")
    (paragraph, *_) = root.xpath("//p[@class='gold']")
    assert words(paragraph).startswith(" ".join(shown.split()))
    assert "49" not in words(root.xpath("//article")[0])


def test_the_page_is_one_file_without_scripts() -> None:
    text = page([SHEET], SIGNATURE, ESTIMATES, STATUSES, VERDICT)
    root = html.document_fromstring(text)
    assert not root.xpath("//script | //link | //img | //iframe | //@src")
    assert "url(" not in text
    assert "@import" not in text
    policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]


def test_html_is_shown_without_its_tags() -> None:
    raw = (
        '<body><p>The <b>ferry</b> &amp; the <a href="x>y">pier</a> closed.</p>'
        "<p>No boats.</p></body>"
    )
    start, end = raw.index("ferry</b>"), raw.index("pier</a>") + 2
    gold = Gold(
        id="web",
        main_text=((raw.index("The"), raw.index("</p></body>")),),
        claims=(claim("c1", raw[start:end], start),),
    )
    root = parsed(sheet(Case(gold, raw, Path("web.html"))))
    assert [words(p) for p in root.xpath("//p[@class='predicted']")] == [
        "The ferry & the pier closed.",
        "No boats.",
    ]
    assert marks(root, "gold") == [("missed", "ferry & the pi")]


def test_without_a_text_the_claims_stand_alone() -> None:
    root = parsed(sheet(case("absent", None, *GOLD)))
    assert "The suite gives no text of this article." in words(root)
    assert "evidence: The ferry carried 40 people." in words(root)
    assert not root.xpath("//p[@class='gold']")


def test_worst_first_and_the_rest_in_the_index_alone() -> None:
    fine = sheet(case("fine", FERRY_CASE.text, *GOLD), *GOLD)
    failing = Sheet(case("pier-2", FERRY_CASE.text, *GOLD), (), FAILED_SCORE)
    empty = Sheet(case("pier-3", "Nothing."), (), SCORES[2])
    root = parsed(empty, fine, SHEET, failing, most=2)
    index = root.xpath("//h2[@id='index']/following::table[1]/tbody/tr/th")
    assert [words(cell) for cell in index] == ["pier-2", "pier-1", "fine", "pier-3"]
    assert [bool(cell.xpath("a")) for cell in index] == [True, True, False, False]
    assert [words(head) for head in root.xpath("//article/header/h2")] == ["pier-2", "pier-1"]
    assert "Below the 2 worst are shown" in words(root)


def test_the_verdict_stands_on_top() -> None:
    text = words(parsed(SHEET, verdict=VERDICT))
    assert "✗ The gate fails" in text
    assert "regression: f1 went from 0.8 to 0.7" in text
    assert "The claims behind it (28)" in text
    assert "and 8 more" in text
    assert "only in the old result: pier-9" in text
    assert "✓ The gate lets this pass" in words(parsed(SHEET, verdict=PASSED))
    assert "The gate" not in words(parsed(SHEET))


def test_no_articles() -> None:
    assert "The articles, the worst first" in words(parsed())


# ------------------------------------------------------------------------------------ passages


def test_overlapping_evidence_is_cut_at_each_bound() -> None:
    text = text_of(case("a", "abcdefgh"))
    assert text is not None
    pieces = text.pieces((0, 8), [Mark(0, 4, 0), Mark(2, 6, 1), Mark(3, 3, 2)])
    assert [(p.text, p.claims, p.ending) for p in pieces] == [
        ("ab", (0,), ()),
        ("cd", (0, 1), (0,)),
        ("ef", (1,), (1,)),
        ("gh", (), ()),
    ]


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("one\n\ntwo\n \n\nthree", ["one", "two", "three"]),
        ("one\r\n\r\ntwo\rthree", ["one", "two\nthree"]),
        ("one\ntwo", ["one\ntwo"]),
        ("\n\n\x00\n\n", []),
        ("lone \ud800 surrogate", ["lone \ufffd surrogate"]),
        ("<p>one<br>two</p> \n <p>th<b>r</b>ee", ["one", "two", "three"]),
    ],
)
def test_paragraphs(text: str, paragraphs: list[str]) -> None:
    found = text_of(case("a", text))
    assert found is not None
    seen = ["".join(piece.text for piece in found.pieces(place, ())) for place in found.paragraphs]
    assert [" ".join(p.split(" ")).strip() for p in seen] == paragraphs


def test_gold_beyond_the_end_of_its_text_is_cut() -> None:
    found = text_of(case("a", "short", end=500))
    assert found is not None
    assert found.paragraphs == ((0, 5),)


SPANS = st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 5))


@settings(max_examples=50)
@given(st.text(alphabet="ab<>/ p\n&;", max_size=50), st.lists(SPANS, max_size=6))
def test_marks_never_change_the_words(text: str, spans: list[tuple[int, int, int]]) -> None:
    found = text_of(case("a", text))
    assert found is not None
    evidence = [Mark(*span) for span in spans]
    for place in found.paragraphs:
        plain = "".join(piece.text for piece in found.pieces(place, ()))
        assert "".join(piece.text for piece in found.pieces(place, evidence)) == plain
