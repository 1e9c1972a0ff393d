"""The page of a story: every link arrives, nothing acts on the reader, all is there unfiltered."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_story import (
    BRIEF,
    EMPTY,
    HOSTILE,
    STORY,
    TEXTS,
    claim,
    extraction,
    hostile,
    without_texts,
)
from lxml import html

from summarise.errors import RecordError
from summarise.marked_text import paragraphs
from summarise.records import Article, Brief, BriefSentence, Extraction, Fact, Span, Story
from summarise.story_page import page

STORIES = [(STORY, BRIEF), (STORY, None), (without_texts(STORY), BRIEF), (EMPTY, None)]


def parsed(story: Story, brief: Brief | None = None) -> html.HtmlElement:
    return html.document_fromstring(page(story, brief))


def found(root: html.HtmlElement, path: str) -> list[Any]:
    result = root.xpath(path)
    assert isinstance(result, list)
    return result


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize(("story", "brief"), STORIES)
def test_every_link_has_its_target_and_no_id_stands_twice(story: Story, brief: Brief) -> None:
    root = parsed(story, brief)
    ids = found(root, "//@id")
    assert len(ids) == len(set(ids))
    targets = {*found(root, "//a/@href"), *found(root, "//*[local-name()='use']/@href")}
    assert {target.removeprefix("#") for target in targets} <= set(ids)
    named = {name for value in found(root, "//@aria-labelledby") for name in value.split()}
    assert named <= set(ids)


@pytest.mark.parametrize(("story", "brief"), STORIES)
def test_one_file_without_requests_and_a_policy_that_forbids_them(
    story: Story, brief: Brief
) -> None:
    text = page(story, brief)
    root = html.document_fromstring(text)
    assert not found(root, "//link | //img | //iframe | //@src | //@style | //@onclick")
    assert not re.findall(r"url\(|@import|https?:", text)
    (policy,) = found(root, "//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")
    for inner in (found(root, "//script")[0].text, found(root, "//style")[0].text):
        assert f"'sha256-{b64encode(sha256(inner.encode()).digest()).decode()}'" in policy


@pytest.mark.parametrize(("story", "brief"), STORIES)
def test_headings_stand_in_order_and_tables_are_labelled(story: Story, brief: Brief) -> None:
    root = parsed(story, brief)
    levels = [int(one.tag[1]) for one in found(root, "//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(found(table, "./caption") for table in found(root, "//table"))
    assert not found(root, "//th[not(@scope)]")


def test_a_citation_leads_to_its_evidence_and_back() -> None:
    root = parsed(STORY, BRIEF)
    first, second, third = found(root, "//p[@class='lead']//a[@class='cite']/@href")
    evidence = {
        link: words(root.get_element_by_id(link[1:]).getparent()) for link in (first, second, third)
    }
    assert list(evidence.values()) == [
        "At least 52 died, the coast guard said",
        "Mayor Ada Brook said 40 people drowned",
        "The pier is closed.",
    ]
    backs = found(root, "//a[@class='back']/@href")
    assert backs == ["#b1", "#b2", "#b1"]
    assert words(root.get_element_by_id("b2")).startswith("The pier is closed.")


def test_a_story_without_texts_shows_the_quotes() -> None:
    root = parsed(without_texts(STORY), BRIEF)
    (target,) = found(root, "//p[@class='lead']//a[@class='cite'][1]/@href")[:1]
    mark = root.get_element_by_id(target[1:]).getparent()
    assert words(mark) == "At least 52 died, the coast guard said"
    assert mark.getparent().tag == "blockquote"


def test_states_are_told_by_word_and_shape() -> None:
    root = parsed(STORY, BRIEF)
    groups = [words(one) for one in found(root, "//tr[@class='group']")]
    assert [one.split()[0] for one in groups] == ["disputed", "agreed", "set"]
    icons = found(root, "//tr[@class='group']//*[local-name()='use']/@href")
    assert icons == ["#icon-disputed", "#icon-agreed", "#icon-unsupported"]


def test_the_figures_of_a_disputed_fact() -> None:
    root = parsed(STORY, BRIEF)
    rows = found(root, "//table[@class='figures']/tbody/tr")
    assert [" | ".join(words(cell) for cell in row) for row in rows] == [
        "4 March 2025 | Ada Brook, via Harbour Radio | in conflict: 40 | people drowned | A2 B5",
        "4 March 2025 | coast guard | in conflict: ≥ 52 | people killed | C1",
        "6 March 2025 | coast guard | 55 | people killed | C6",
    ]


def test_copies_are_named_as_one_witness() -> None:
    root = parsed(STORY)
    assert [words(one) for one in found(root, "//p[@class='copy']")] == [
        "A copy of B Post: 94% shared, one witness.",
        "A copy of A Radio: 94% shared, one witness.",
    ]
    assert "3 articles, 2 witnesses" in words(found(root, "//p[@class='kicker']")[0])


def test_every_claim_can_be_filtered_and_none_is_hidden_at_first() -> None:
    root = parsed(STORY)
    claims = found(root, "//li[@data-claim]")
    assert len(claims) == sum(len(one.claims) for one in STORY.extractions)
    assert not found(root, "//*[@hidden][not(self::form)]")
    for select in found(root, "//form//select"):
        offered = {value for value in found(select, "./option/@value") if value}
        held = {v for one in claims for v in one.get(f"data-{select.get('name')}").split()}
        assert offered == held
    names = found(root, "//form//select/@name")
    assert names == ["source", "article", "certainty", "verdict"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text(text: str) -> None:
    story, brief = hostile(text)
    root = parsed(story, brief)
    assert len(found(root, "//script")) == len(found(root, "//style")) == 1
    assert not found(root, "//img | //b[text()='bold'] | //*[@onerror]")
    shown = " ".join(re.sub("[\x00-\x1f\u202a-\u202e]", " ", text).split())
    assert words(found(root, "//h1")[0]) == shown
    assert "49" not in words(found(root, "//main")[0])
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e]", root.text_content())


@settings(max_examples=10, deadline=None)
@given(text=st.text(st.characters(), min_size=1, max_size=40).filter(str.strip))
def test_any_text_gives_a_page_with_one_script(text: str) -> None:
    story, brief = hostile(text)
    made = page(story, brief)
    assert made.count("<script") == made.count("</script") == 1
    assert not re.search("[\ud800-\udfff]", made)


@settings(max_examples=40, deadline=None)
@given(
    text=st.text(alphabet="ab. \n\r\u2028é", min_size=1, max_size=60),
    places=st.lists(st.tuples(st.integers(0, 59), st.integers(1, 30)), max_size=6),
)
def test_marking_loses_no_word_and_shows_each_claim_once(
    text: str, places: list[tuple[int, int]]
) -> None:
    spans = [
        Span(start=start, end=end, quote=text[start:end])
        for start, length in places
        if start < (end := min(start + length, len(text)))
    ]
    plain = claim("radio", "c", "Ferry", "x")
    made = [plain.model_copy(update={"id": f"c{n}", "evidence": (s,)}) for n, s in enumerate(spans)]
    shown = paragraphs(extraction("radio", *made, text=text))
    main = [one for one in shown if not one.excerpt]
    told = "\n".join("".join(piece.text for piece in one.pieces) for one in main)
    assert told.split() == text.split()
    first = [name for one in shown for piece in one.pieces for name in piece.first]
    assert sorted(first) == sorted(one.id for one in made)


def test_evidence_outside_the_main_text_is_quoted_after_it() -> None:
    made = extraction(
        "radio", claim("radio", "c1", "Ferry sinks."), claim("radio", "c2", "The pier")
    )
    cut = made.model_copy(
        update={"article": made.article.model_copy(update={"main_text": ((14, 60),)})}
    )
    shown = paragraphs(cut)
    assert [one.excerpt for one in shown] == [False, True]
    assert shown[1].pieces[0].text == "Ferry sinks."


def test_markup_is_read_over() -> None:
    raw = "<p>The <b>pier</b> is closed.</p>"
    view = "   The \x1f\x1f\x1fpier\x1f\x1f\x1f\x1f is closed.    "
    span = Span(start=10, end=14, quote="pier")
    made = Extraction(
        article=Article(id="a", sha256="0" * 64, main_text=((0, len(raw)),), raw=raw, view=view),
        claims=(claim("radio", "c1", "Ferry").model_copy(update={"evidence": (span,)}),),
        ledger=(),
        run=STORY.run,
    )
    ((*pieces,),) = (one.pieces for one in paragraphs(made))
    assert [(piece.text.strip(), piece.claims) for piece in pieces] == [
        ("The", ()),
        ("pier", ("c1",)),
        ("is closed.", ()),
    ]


def test_an_empty_story_says_so() -> None:
    root = parsed(EMPTY, Brief(title="", words=5, sentences=(), run=EMPTY.run))
    main = words(found(root, "//main")[0])
    assert "Nothing to tell" in main
    assert "No facts" in main


def test_ledgers_and_runs_are_told_step_by_step() -> None:
    root = parsed(STORY, BRIEF)
    ledgers, runs = found(root, "//footer/details")
    assert [words(one) for one in found(ledgers, ".//h3")] == [
        *("story", "brief"),
        *("A Radio", "B Post", "C Dennik"),
    ]
    assert "1 × left out: length" in words(ledgers)
    rows = [[words(cell) for cell in row] for row in found(runs, ".//tbody/tr")]
    assert rows[0] == ["A Radio", "small", "extract.v1", "2", "1,200", "0", "0.0"]
    assert [row[0] for row in rows[3:]] == ["story", "brief"]


@pytest.mark.parametrize(
    ("story", "brief"),
    [
        (
            STORY.model_copy(
                update={
                    "facts": (
                        Fact(id="f9", text="x", kind="event", state="single",
                             claims=("radio#c7",), witnesses=1),
                    )
                }
            ),
            None,
        ),
        (
            STORY,
            Brief(title="x", words=5, run=EMPTY.run,
                  sentences=(BriefSentence(text="x", claims=("radio#c7",)),)),
        ),
    ],
)  # fmt: skip
def test_a_claim_that_the_story_lacks_is_named(story: Story, brief: Brief | None) -> None:
    with pytest.raises(RecordError, match=r"'radio#c7'.*nearest is 'radio#c"):
        page(story, brief)


def test_the_articles_stand_whole() -> None:
    root = parsed(STORY)
    texts = [words(one) for one in found(root, "//div[@class='text']")]
    for text, raw in zip(texts, TEXTS.values(), strict=True):
        assert re.sub(r"[\d ↩]", "", text) == re.sub(r"[\d\s]", "", raw)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    digits = colour if len(colour) == 7 else "#" + "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_has_contrast_in_both_themes(theme: int) -> None:
    style = found(parsed(EMPTY), "//style")[0].text
    themes = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#\w+)", themes[theme]))
    for text in ("ink", "soft", "link", "disputed", "updated", "agreed", "single"):
        grounds = ["paper", "raised"] if text != "link" else ["paper", "raised", "faint"]
        marked = ["disputed-bg", "updated-bg", "agreed-bg", "single-bg", "here"]
        for ground in [*grounds, *(marked if text == "ink" else [])]:
            light, dark = sorted((luminance(colours[text]), luminance(colours[ground])))[::-1]
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, ground)


@pytest.mark.parametrize("story", [STORY, without_texts(STORY)])
def test_without_the_script_nothing_is_missing(story: Story) -> None:
    root = parsed(story, BRIEF)
    main = words(found(root, "//main")[0])
    for fact in story.facts:
        assert fact.text in main
    for one in story.extractions:
        assert all(claim.text in main for claim in one.claims)
