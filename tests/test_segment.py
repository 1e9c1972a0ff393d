"""Segmenting: where sentences end, what stays a unit, offsets."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.html_view import view_of
from summarise.records import MARKUP, Article
from summarise.segment import segment


def article(view: str, main_text: tuple[tuple[int, int], ...] | None = None) -> Article:
    return Article(
        id="x",
        sha256=hashlib.sha256(view.encode("utf-8", "surrogatepass")).hexdigest(),
        main_text=((0, len(view)),) if main_text is None else main_text,
        raw=view,
        view=view,
    )


def cut(text: str) -> list[str]:
    return [unit.text for unit in segment(article(text))]


@pytest.mark.parametrize(
    "parts",
    [
        ["Lt. Gen. Smith spoke to Dr. J. K. Marsh."],
        ["Doors close at 5 p.m. Monday, he said."],
        ["Police came at 5 p.m. London time."],
        ["The bar shut at 5 p.m.", "Police said so."],
        ["It was 11 a.m. GMT on Monday."],
        ["U.S. officials met in St. Petersburg.", "They left."],
        ["He lives in the U.S.", "He likes it."],
        ["Marsh Inc. said so on Jan. 5.", "It fell."],
        ["She runs Marsh & Co.", "The firm is old."],
        ["It was item No. 10 of the list."],
        ["Is it true?", "No.", "He lied."],
        ["Yahoo! said it would sell."],
        ["Shares of Yahoo! Inc. fell."],
        ["“Who did it?” she asked."],
        ["“Who did it?” Marsh asked on Monday."],
        ["“Go home,” he said.", "“It is late.”"],
        ["“We won.", "We are glad.”", "He left."],
        ["He said: “We won.”", "Then he left."],
        ["It fell, e.g. in May, i.e. late."],
        ["She has a Ph.D. in physics."],
        ["The price rose 3.5 percent.", "It fell later."],
        ["It began in 2024.", "The end is near."],
        ["It happened in the region.", "He said so."],
        ["Shots hit the region .", "It burned."],
        ["We do … we do have them."],
        ["He waited…", "Then he left."],
        ["Visit www.example.org.", "It is free."],
        ["It cost $4.2bn (£3.1bn).", "He paid."],
        ["Read example.com/News.Html for it."],
        ["The iPhone sold well.", "iPads did not."],
        ["He was born in Mobile, Ala. and died there."],
        ["Gov. Ann Roe and Sen. Bo Li met Rep. Cy Wu."],
        ["Troops left.", "(Nobody was hurt.)", "It rained."],
        ["He wrote it (see p. 12).", "It sold."],
        ["1. Check the plug."],
        ["He met Mr. Roe vs. Mrs. Poe."],
        ["“Stop!” he cried.", "Nobody did."],
        ["What a day!", "It rained."],
        ["The deal, worth 5 million, is off.", "“A pity,” said Roe."],
        ['He said " this is over. "', "Some doubt it."],
        ["Roe Jr. spoke.", "Poe Sr. did not."],
        ["They chose plan B.", "The vote was close."],
        ["Police in Washington, D.C. said so."],
        ["It rose 5%.", "“Good,” he said."],
    ],
)
def test_sentences(parts: list[str]) -> None:
    assert cut(" ".join(parts)) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It hit the region.He said so.", ["It hit the region.", "He said so."]),
        ("Nobody came.“We left,” he said.", ["Nobody came.", "“We left,” he said."]),
        ("Ten were killed.sending aid is hard.", ["Ten were killed.", "sending aid is hard."]),
        ("He left on 27.Then it rained.", ["He left on 27.", "Then it rained."]),
        ("Go to rappel.com for it.", ["Go to rappel.com for it."]),
        ("They use Node.js and U.S.made parts.", ["They use Node.js and U.S.made parts."]),
        ("It fell.  Then it rose.", ["It fell.", "Then it rose."]),
        ("It\nfell far. Then\nit rose.", ["It", "fell far.", "Then", "it rose."]),
    ],
)
def test_odd_spacing(text: str, parts: list[str]) -> None:
    assert cut(text) == parts


def kinds(text: str) -> list[tuple[str, str]]:
    return [(unit.kind, unit.text) for unit in segment(article(text))]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        (
            "Ferry sinks off Sandora\nIt sank.",
            [("headline", "Ferry sinks off Sandora"), ("sentence", "It sank.")],
        ),
        (
            "Why did the ferry sink?\nIt was old.",
            [("headline", "Why did the ferry sink?"), ("sentence", "It was old.")],
        ),
        (
            "Who pays? A guide\nWe do.",
            [("headline", "Who pays?"), ("headline", "A guide"), ("sentence", "We do.")],
        ),
        ("What next:\nNothing.", [("headline", "What next:"), ("sentence", "Nothing.")]),
        (
            "• It sank.\n- Nobody died\n3. It was old",
            [("item", "• It sank."), ("item", "- Nobody died"), ("item", "3. It was old")],
        ),
        ("It sank.\nAge: 30 years", [("sentence", "It sank."), ("item", "Age: 30 years")]),
        ("Ferry: Age is no cause", [("headline", "Ferry: Age is no cause")]),
        (
            "The ferry in May. / Echo News\nIt sank.",
            [
                ("caption", "The ferry in May."),
                ("caption", "/ Echo News"),
                ("sentence", "It sank."),
            ],
        ),
        (
            "The ferry in May. (AP Photo/Ann Roe)",
            [("caption", "The ferry in May. (AP Photo/Ann Roe)")],
        ),
        (
            "The ferry in May.\nThe ferry in May.\nIt sank.",
            [
                ("caption", "The ferry in May."),
                ("caption", "The ferry in May."),
                ("sentence", "It sank."),
            ],
        ),
        (
            "Ferry sinks off Sandora coast  A ferry sank off the coast on Thursday.",
            [
                ("headline", "Ferry sinks off Sandora coast"),
                ("sentence", "A ferry sank off the coast on Thursday."),
            ],
        ),
        (
            "Ferry sinks off Sandora coast - A ferry sank off the coast on Thursday.",
            [
                ("headline", "Ferry sinks off Sandora coast -"),
                ("sentence", "A ferry sank off the coast on Thursday."),
            ],
        ),
        (
            "Ferry sinking off Sandora kills nine Officials At least nine people were killed when "
            "a ferry sank off Sandora on Thursday officials said.",
            [
                ("headline", "Ferry sinking off Sandora kills nine Officials"),
                (
                    "sentence",
                    "At least nine people were killed when a ferry sank off Sandora on Thursday "
                    "officials said.",
                ),
            ],
        ),
        (
            "Rescuers search for the ferry in the night The storm had gone but waves were high.",
            [
                (
                    "sentence",
                    "Rescuers search for the ferry in the night The storm had gone but waves "
                    "were high.",
                ),
            ],
        ),
        (
            "It sank.\nCoast Guard Chief Emil Tarro says the ferry 'was old and slow' Three boats "
            "joined the search, Coast Guard Chief Emil Tarro said on Friday.",
            [
                ("sentence", "It sank."),
                ("sentence", "Coast Guard Chief Emil Tarro says the ferry 'was old and slow'"),
                (
                    "sentence",
                    "Three boats joined the search, Coast Guard Chief Emil Tarro said on Friday.",
                ),
            ],
        ),
    ],
)
def test_kinds(text: str, units: list[tuple[str, str]]) -> None:
    assert kinds(text) == units


def test_folded_lines_are_one_paragraph() -> None:
    text = (
        "The ferry sank in the storm off the coast on Thursday and many\n"
        "people were pulled from the water by boats that came from the\n"
        "port of Cala. The search was stopped at night because of the\n"
        "waves, which were four metres high.\n\nIt goes on today."
    )
    units = segment(article(text))
    assert [unit.paragraph for unit in units] == [0, 0, 1]
    assert units[1].text == (
        "The search was stopped at night because of the waves, which were four metres high."
    )


def test_markup_is_read_over() -> None:
    page = "<p>Dr. <b>R</b>oe of R&amp;D left.<a href='x'> He</a> is <i>old</i>.</p>"
    units = segment(article(view_of(page)))
    assert [unit.text for unit in units] == ["Dr. Roe of R&D left.", "He is old."]
    assert page[units[0].start : units[0].end] == "Dr. <b>R</b>oe of R&amp;D left."


def test_elements_say_the_kind() -> None:
    page = "<h2>The ship is old.</h2><ul><li><b>9</b> dead</li></ul><figcaption>It is.</figcaption>"
    raw = article(view_of(page)).model_copy(update={"raw": page})
    assert [unit.kind for unit in segment(raw)] == ["headline", "item", "caption"]


def test_a_credit_left_out_of_the_main_text_tells_a_caption() -> None:
    units = segment(article("The ferry in May. [Echo]\nIt sank.", ((0, 17), (25, 33))))
    assert [(unit.kind, unit.text) for unit in units] == [
        ("caption", "The ferry in May."),
        ("sentence", "It sank."),
    ]


def test_only_the_main_text_is_cut() -> None:
    text = "Menu. One is here. Two is there. Share."
    units = segment(article(text, ((6, 18), (19, 32))))
    assert [(unit.number, unit.text) for unit in units] == [
        (1, "One is here."),
        (2, "Two is there."),
    ]


@given(
    st.one_of(
        st.text(max_size=200),
        st.text(alphabet=st.sampled_from("Aab .!?\"“”'()\n\t5-…/" + MARKUP), max_size=120),
    ),
    st.lists(st.integers(0, 200), max_size=6),
)
def test_units_cover_the_main_text_in_order(text: str, cuts: list[int]) -> None:
    edges = sorted({min(n, len(text)) for n in cuts})
    main_text = tuple(zip(edges[::2], edges[1::2], strict=False))
    units = segment(article(text, main_text))
    inside = {n for a, b in main_text for n in range(a, b)}
    covered: set[int] = set()
    last = 0
    for unit in units:
        assert last <= unit.start < unit.end
        assert set(range(unit.start, unit.end)) <= inside
        assert text[unit.start : unit.end] == text[unit.start : unit.end].strip()
        covered |= set(range(unit.start, unit.end))
        last = unit.end
    assert {n for n in inside if not text[n].isspace()} <= covered
    assert [unit.number for unit in units] == list(range(1, len(units) + 1))
