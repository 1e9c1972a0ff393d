"""Results in a terminal, as Markdown and as JSON: complete, and nothing in them acts."""

from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_scores import (
    CHANGES,
    COMPARISON,
    ESTIMATES,
    HOSTILE,
    PASSED,
    SCORES,
    SIGNATURE,
    STATUSES,
    VERDICT,
    difference,
)
from markdown_it import MarkdownIt
from rich.console import Console, RenderableType

from summarise.evaluation import report
from summarise.evaluation.grids import (
    GROUPS,
    Grid,
    Row,
    conclusions,
    listed,
    outcome,
    statuses_line,
)
from summarise.evaluation.metrics import METRICS
from summarise.evaluation.report import ExperimentRow
from summarise.evaluation.results import Estimate
from summarise.report import clean

FIRST = ExperimentRow(label="tiny · extract.v1", signature=SIGNATURE, estimates=ESTIMATES)


def priced(tokens: float, cost: float | None) -> tuple[Estimate, ...]:
    def one(metric: str, value: float | None) -> Estimate:
        return Estimate(
            metric=metric, micro=value, low=None, high=None, macro=value, cases=3, detectable=None
        )

    return one("f1", 0.8), one("output_tokens", tokens), one("cost", cost)


RUNS = (
    ExperimentRow(label="a · v1", signature=SIGNATURE, estimates=priced(100, None)),
    ExperimentRow(
        label="b · v1",
        signature=SIGNATURE,
        estimates=priced(190, 0.002),
        differences=(difference(change=0.1), difference("certainty", 0.01, 0.4)),
    ),
)


def shown(content: RenderableType, width: int = 120) -> str:
    console = Console(file=io.StringIO(), width=width, force_terminal=True, color_system=None)
    with console.capture() as capture:
        console.print(content)
    return capture.get()


def test_every_metric_stands_in_one_group() -> None:
    named = [name for names in GROUPS.values() for name in names]
    assert sorted(named) == sorted(METRICS)


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_scores_name_every_metric_in_any_width(width: int) -> None:
    text = " ".join(shown(report.scores_table(SIGNATURE, ESTIMATES, STATUSES), width).split())
    for metric in METRICS.values():
        assert metric.title.split()[0] in text
    assert text.count("unscored") >= sum(one.micro is None for one in ESTIMATES)
    assert "3 articles: 1 scored, 1 failed, 1 unscored" in text
    assert str(SIGNATURE) in text.replace(" ", "").replace("harbour<suite>", "harbour <suite>")


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    for content in (
        report.scores_table(SIGNATURE, ESTIMATES, STATUSES),
        report.cases_table(SCORES),
        report.comparison_table(COMPARISON),
        report.experiments_table(RUNS),
    ):
        assert max(len(line) for line in shown(content, width).splitlines()) <= width


def test_cases_table() -> None:
    rows = [
        line.split() for line in shown(report.cases_table(SCORES)).splitlines() if "pier" in line
    ]
    assert rows == [
        ["pier-1", "scored", "2", "2", "1", "0.500", "0.500", "0.500"],
        ["pier-2", "failed", "2", "0", "0", "unscored", "0.000", "0.000"],
        ["pier-3", "unscored", "0", "0", "0", "unscored", "unscored", "unscored"],
    ]


@pytest.mark.parametrize(
    ("metric", "change", "p", "word"),
    [
        ("f1", -0.1, 0.01, "worse"),
        ("f1", 0.1, 0.01, "better"),
        ("leaked", 0.1, 0.01, "worse"),
        ("leaked", -0.1, 0.01, "better"),
        ("seconds", -0.1, 0.05, "better"),
        ("f1", -0.1, 0.2, "not shown"),
        ("f1", -0.1, None, "not shown"),
        ("f1", 0.0, 1.0, "the same"),
        ("f1", None, None, "worse"),
    ],
)
def test_outcome(metric: str, change: float | None, p: float | None, word: str) -> None:
    assert outcome(difference(metric, change, p))[0] == word


def test_outcome_of_what_neither_scored() -> None:
    neither = difference(change=None).model_copy(update={"old": None})
    assert outcome(neither)[0] == "unscored"


def test_comparison_tells_what_else_differs() -> None:
    text = shown(report.comparison_table(COMPARISON))
    assert "3 articles in both" in text
    assert "only in the old result: pier-9" in text
    assert "warning: the sampling differs: 'greedy' and '0.7'" in text
    assert "28 × matched before, missed now" in text
    assert re.search(r"claims: F1 +worse +0.800 +0.700 +-0.100 +-0.120 to -0.080", text)


def test_verdict_names_its_findings_articles_and_claims() -> None:
    text = shown(report.verdict_text(VERDICT), 300)
    assert "✗ failed" in text
    assert "✗ regression: f1 went from 0.8 to 0.7" in text
    assert "articles: pier-1, pier-9" in text
    assert "✗ floor: recall is 0.2, under 0.5" in text
    assert f"pier-1 c01 “{HOSTILE[0]}”: matched before, missed now (another figure: 4)" in text
    assert text.count("another figure") == 20
    assert "and 8 more" in text
    assert shown(report.verdict_text(PASSED)).strip() == "✓ passed"


def test_no_control_character_reaches_the_terminal() -> None:
    text = shown(report.verdict_text(VERDICT))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


def test_experiments_tell_which_is_better_and_for_how_much() -> None:
    assert list(conclusions(RUNS)) == [
        "b · v1, against a · v1: f1 better by +0.100 (+0.080 to +0.120, p 0.010); for 1.9 times "
        "the output tokens"
    ]
    text = shown(report.experiments_table(RUNS), 140)
    assert re.search(r"a · v1 +the first +0.800 .*100 +unknown +unknown", text)
    assert re.search(r"b · v1 +better +0.800 .*\+0.100 .*190 +unknown +\$0.0020", text)


def test_a_run_without_a_test_is_untested() -> None:
    assert "untested" in shown(report.experiments_table([FIRST, FIRST]), 160)


def test_a_grid_loses_its_spare_columns_alone() -> None:
    grid = Grid(("a", "b", "c", "d"), (Row(("1", "2", "3", "4")),), words=2, spare=(1, 3))
    assert grid.without_spare() == Grid(("a", "c"), (Row(("1", "3")),), words=1)


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ((), ""),
        (("a", "b"), "a, b"),
        (tuple("abcdefghijkl"), "a, b, c, d, e, f, g, h, i, j and 2 more"),
    ],
)
def test_listed(names: tuple[str, ...], text: str) -> None:
    assert listed(names) == text


# ------------------------------------------------------------------------------------ Markdown


class Rendered(HTMLParser):
    """The tags and the text of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def rendered(text: str) -> Rendered:
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return Rendered(reader.render(text))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is(text: str) -> None:
    page = rendered(f"- {report.escaped(text)}\n")
    assert page.text.strip() == clean(text)
    assert set(page.tags) <= {"ul", "li", "span"}


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("@name", "@<!-- -->name"),
        ("http://x.example", "http:<!-- -->//x.example"),
        ("www.x.example", "w<!-- -->ww.x.example"),
        (":tada:", ":<!-- -->tada:"),
        ("at 10:30", "at 10:30"),
        ("see #12", r"see \#<!-- -->12"),
        ("$5", "<span>$</span>5"),
        ("1. first", r"1\. first"),
        ("- dash", r"\- dash"),
        ("-5 degrees", "-5 degrees"),
        ("a\n\n# b", r"a \# b"),
    ],
)
def test_escaped(text: str, source: str) -> None:
    assert report.escaped(text) == source


@given(st.text(alphabet="aZ0 <>&*_`~[]()!#|\\-+=.:@$'\"{}\n\t/w", max_size=40))
def test_no_text_acts_as_markdown(text: str) -> None:
    page = rendered(f"| x |\n| --- |\n| y{report.escaped(text)} |\n")
    assert set(page.tags) <= {"table", "thead", "tbody", "tr", "th", "td", "span"}
    assert page.tags.count("td") == 1
    assert page.text.split() == f"x y{clean(text)}".split()


def test_markdown_holds_all_of_it() -> None:
    text = report.markdown(SIGNATURE, ESTIMATES, STATUSES, VERDICT, RUNS)
    page = rendered(text)
    for expected in (
        "harbour <suite>",
        "3 articles: 1 scored, 1 failed, 1 unscored",
        "✗ failed",
        "f1 went from 0.8 to 0.7",
        "Articles: pier-1, pier-9",
        clean(HOSTILE[0]),
        "and 8 more",
        "Against the baseline",
        "b · v1, against a · v1",
        str(SIGNATURE),
    ):
        assert expected in page.text
    assert page.tags.count("table") == 3
    assert "regression" in text.split("Against the baseline")[1]
    assert not {"script", "img", "b", "a"} & set(page.tags)


def test_markdown_without_a_gate_has_none() -> None:
    text = report.markdown(SIGNATURE, ESTIMATES, STATUSES)
    assert "passed" not in text
    assert "### Runs" not in text
    assert "### Scores" in text


def test_comparison_as_markdown() -> None:
    page = rendered(report.comparison_markdown(COMPARISON))
    assert "only in the old result: pier-9" in page.text


def test_backticks_in_a_signature_stay_in_its_code_span() -> None:
    odd = SIGNATURE.model_copy(update={"model": "a`b``<b>c"})
    page = rendered(report.markdown(odd, ESTIMATES, STATUSES))
    assert "model:a`b``<b>c" in page.text
    assert "b" not in page.tags


# ---------------------------------------------------------------------------------------- JSON


def test_json_holds_all_of_it_and_is_stable() -> None:
    text = report.as_json(SIGNATURE, ESTIMATES, STATUSES, VERDICT, RUNS)
    data = json.loads(text)
    assert data["format"] == "summarise-report/1"
    assert data["signature_line"] == str(SIGNATURE)
    assert data["statuses"] == STATUSES
    assert [one["metric"] for one in data["estimates"]] == list(METRICS)
    assert len(data["verdict"]["findings"][0]["changes"]) == len(CHANGES)
    assert [row["label"] for row in data["experiments"]] == ["a · v1", "b · v1"]
    turned = dict(reversed(STATUSES.items()))
    assert report.as_json(SIGNATURE, ESTIMATES, turned, VERDICT, RUNS) == text


def test_json_without_a_gate() -> None:
    data = json.loads(report.as_json(SIGNATURE, ESTIMATES, STATUSES))
    assert (data["verdict"], data["experiments"]) == (None, [])


def test_what_was_replayed_is_told_as_recorded() -> None:
    line = statuses_line({"scored": 2, "failed": 1, "unscored": 0, "replayed": 2})
    assert line == (
        "3 articles: 2 scored, 1 failed, 0 unscored; "
        "2 replayed: tokens, seconds and cost as recorded"
    )
