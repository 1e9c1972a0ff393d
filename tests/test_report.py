"""What a person reads: figures, periods and attributions in words; nothing acts on the reader."""

from __future__ import annotations

import io
import re
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console, RenderableType

from summarise import report
from summarise.records import (
    Article,
    Claim,
    Extraction,
    Figure,
    LedgerLine,
    Period,
    Run,
    Span,
)


def shown(content: RenderableType, width: int = 100, *, terminal: bool = False) -> str:
    console = Console(file=io.StringIO(), width=width, force_terminal=terminal, highlight=False)
    with console.capture() as capture:
        console.print(content)
    return capture.get()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (3, "3"),
        (3000, "3,000"),
        (999_999, "999,999"),
        (1_000_000, "1 million"),
        (1_234_567, "1,234,567"),
        (4_200_000_000, "4.2 billion"),
        (14_000_000_000, "14 billion"),
        (2_350_000_000_000, "2.35 trillion"),
        (-1_500_000, "-1.5 million"),
        (0.5, "0.5"),
        (33.333333, "33.3333"),
        (3.0, "3"),
        (0.00012, "0.00012"),
    ],
)
def test_number(value: float, text: str) -> None:
    assert report.number(value) == text


@pytest.mark.parametrize(
    ("low", "high", "approx", "unit", "text"),
    [
        (3000, 3000, False, "people", "3,000 people"),
        (3000, None, False, "people", "≥ 3,000 people"),
        (None, 12, False, "", "≤ 12"),
        (None, 0, False, "", "≤ 0"),
        (40, 40, True, "km", "≈ 40 km"),
        (10_000, 12_000, False, "seats", "10,000–12,000 seats"),
        (200, 999, True, "letters", "≈ 200–999 letters"),
        (None, None, False, "letters", "“some”"),
    ],
)
def test_figure(low: float | None, high: float | None, approx: bool, unit: str, text: str) -> None:
    item = Figure(surface="some", low=low, high=high, approx=approx, unit=unit)
    assert report.figure(item) == text


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2025-01-06", "2025-01-06", "2025-01-06"),
        ("2025-01-01", "2025-01-31", "2025-01"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2024-02-01", "2024-02-28", "2024-02-01 to 2024-02-28"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2020-01-01", "2022-12-31", "2020 to 2022"),
        ("2024-03-01", "2024-04-30", "2024-03-01 to 2024-04-30"),
        ("2024-11-20", None, "from 2024-11-20"),
        (None, "2024-11-20", "until 2024-11-20"),
        (None, None, "“last week”"),
        ("9999-12-01", "9999-12-31", "9999-12-01 to 9999-12-31"),
    ],
)
def test_period(start: str | None, end: str | None, text: str) -> None:
    first, last = (date.fromisoformat(day) if day else None for day in (start, end))
    assert report.period(Period(surface="last week", start=first, end=last)) == text


def test_no_period() -> None:
    assert report.period(None) == ""


@pytest.mark.parametrize(
    ("source", "via", "text"),
    [
        (None, (), ""),
        ("Ada Brook", (), "Ada Brook"),
        ("the regiment", ("Telegram", "Harbour Radio"), "the regiment → Telegram → Harbour Radio"),
        (None, ("Telegram", "Harbour Radio"), "→ Telegram → Harbour Radio"),
    ],
)
def test_who(source: str | None, via: tuple[str, ...], text: str) -> None:
    assert report.who(Claim(id="c", text="t", source=source, via=via)) == text


@pytest.mark.parametrize(
    ("verdicts", "text"),
    [
        ([], "0 claims"),
        (["supported"], "1 claim (1 supported)"),
        (["supported", "unsupported", "supported"], "3 claims (2 supported, 1 unsupported)"),
        ([None, "unsupported"], "2 claims (1 unsupported, 1 unchecked)"),
    ],
)
def test_verdict_counts(verdicts: list[str | None], text: str) -> None:
    claims = [Claim.model_validate({"id": "c", "text": "t", "verdict": v}) for v in verdicts]
    assert report.verdict_counts(claims) == text


def test_ledger_summary_counts_each_kind() -> None:
    lines = [
        LedgerLine(where=None, what="failed", why="no answer"),
        LedgerLine(where=(0, 3), what="dropped", why="a question"),
        LedgerLine(where=(5, 9), what="dropped", why="a question"),
    ]
    assert report.ledger_summary(lines) == ["2 × dropped: a question", "1 × failed: no answer"]


def test_run_summary(extraction: Extraction) -> None:
    run = extraction.run
    assert report.run_summary([run]) == "3 calls · 1,234 tokens in (1,000 cached) · 99 out · 1.2 s"
    both = report.run_summary([run, run.model_copy(update={"replayed": True})], cost=0.01234)
    assert both == (
        "6 calls · 2,468 tokens in (2,000 cached) · 198 out · 2.5 s · $0.0123"
        " · 1 of 2 replayed, figures as recorded"
    )
    again = run.model_copy(update={"replayed": True})
    assert report.run_summary([again]).endswith("1.2 s · replayed, figures as recorded")


def test_table(extraction: Extraction) -> None:
    lines = [line.rstrip() for line in shown(report.table(extraction)).splitlines()]
    assert lines == [
        "Ferry runs [red]again",
        "Harbour Radio · 2025-03-04",
        "",
        "    claim                                   who               when        figures         "
        "certainty",
        " " + "─" * 98,
        " ✓  The ferry carried more than 3,000       Ada Brook →       2025-03-03  ≥ 3,000 people  "
        "probable,",
        "    people [31m on <b>Monday</b>.           Harbour Radio                                 "
        "negative",
        "",
        " ✗  The ferry runs 90 percent of the time.",
        "    figure '90 percent' is not in the",
        "    evidence",
        "",
        "2 claims (1 supported, 1 unsupported)",
        "Without a claim:",
        "2 × dropped: a question",
        "",
    ]


def test_narrow_terminal_gets_a_list(extraction: Extraction) -> None:
    text = shown(report.table(extraction), width=50)
    assert "certainty" not in text
    assert "2025-03-03 · ≥ 3,000" in text


@pytest.mark.parametrize("width", [12, 30, 50, 72, 80, 100, 200])
def test_table_stays_within_the_width(extraction: Extraction, width: int) -> None:
    assert max(map(len, shown(report.table(extraction), width).splitlines())) <= width


def test_an_empty_column_is_left_out(extraction: Extraction) -> None:
    plain = extraction.model_copy(update={"claims": extraction.claims[1:]})
    text = shown(report.table(plain))
    assert "claim" in text
    assert not re.search("who|when|figures", text)


def test_colour_only_on_a_terminal(extraction: Extraction, monkeypatch: pytest.MonkeyPatch) -> None:
    table = report.table(extraction)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[36m" in shown(table, terminal=True)
    assert "\x1b" not in shown(table)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[36m" not in shown(table, terminal=True)


def test_markdown(extraction: Extraction) -> None:
    assert report.markdown(extraction) == (
        "## Ferry runs \\[red\\]again\n\n"
        "Harbour Radio · 2025-03-04\n\n"
        "| | claim | who | when | figures | certainty |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| ✓ | The ferry carried more than 3,000 people \\[31m on \\<b\\>Monday\\</b\\>. "
        "| Ada Brook → Harbour Radio | 2025-03-03 | ≥ 3,000 people | probable, negative |\n"
        "| ✗ | The ferry runs 90 percent of the time."
        "<br>figure '90 percent' is not in the evidence |  |  |  |  |\n\n"
        "2 claims (1 supported, 1 unsupported).\n\n"
        "Without a claim:\n\n"
        "- 2 × dropped: a question\n\n"
        "3 calls · 1,234 tokens in (1,000 cached) · 99 out · 1.2 s\n"
    )


class Page(HTMLParser):
    """Collects the tags of a page and the text between them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.mark.parametrize("form", [lambda item: report.html([item]), Extraction._repr_html_])
def test_html_shows_markup_of_an_article_as_text(form: object, extraction: Extraction) -> None:
    assert callable(form)
    page = Page(form(extraction))
    assert not page.tags & {"script", "b", "img", "red"}
    assert any("<b>Monday</b>" in words for words in page.words)


def test_html_links_claims_to_their_evidence(extraction: Extraction) -> None:
    text = report.html([extraction])
    assert "<mark>carried more than 3,000 people on Monday</mark>" in text
    assert 'href="#a1-c01"' in text
    assert 'id="a1-c01"' in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_passages_join_to_the_main_text(extraction: Extraction) -> None:
    joined = "".join(text for part in report.passages(extraction) for text, _ in part)
    assert joined == extraction.article.view


def test_repr(extraction: Extraction) -> None:
    assert repr(extraction) == str(extraction)
    assert repr(extraction).splitlines() == [
        "<Extraction of 'Ferry runs [red]again': 2 claims, 1 unsupported>",
        "  c01 The ferry carried more than 3,000 people [31m on <b>Monday</b>. [Ada Brook]",
        "  c02 The ferry runs 90 percent of the time. "
        "(unsupported: figure '90 percent' is not in the evidence)",
    ]


@given(text=st.text(min_size=1), source=st.text(), start=st.integers(0, 20))
def test_nothing_from_an_article_acts_on_the_reader(text: str, source: str, start: int) -> None:
    quote = text[start:]
    claim = Claim(
        id="c01",
        text=text,
        source=source,
        evidence=(Span(start=start, end=start + len(quote), quote=quote),),
        verdict="unsupported",
        reasons=(source,),
    )
    article = Article(
        id="a", title=text, sha256="", main_text=((0, len(text)),), raw=text, view=text
    )
    item = Extraction(
        article=article,
        claims=(claim,),
        ledger=(LedgerLine(where=None, what=text, why=source),),
        run=Run(model="m", prompt="p", prompt_sha256=""),
    )
    table = shown(report.table(item))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", table)
    plain = item.model_copy(update={"claims": (), "ledger": ()})
    markup = {"html", "head", "meta", "title", "style", "body", "article", "h1", "p", "table"}
    markup |= {"thead", "tbody", "tr", "th", "td", "div", "details", "summary", "blockquote"}
    markup |= {"ul", "li", "mark", "sup", "a"}
    assert Page(report.html([item])).tags <= markup
    assert report.markdown(plain).count("\n| ") == 2
