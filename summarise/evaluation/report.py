"""Results as people read them in a terminal or as Markdown, and as programs read them (JSON).

Whatever comes from an article or a model is data: no control character reaches a terminal, and
nothing acts as markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarise.evaluation.grids import (
    KINDS,
    ExperimentRow,
    Grid,
    cases_grid,
    comparison_lines,
    conclusions,
    differences_grid,
    experiments_grid,
    listed,
    regressed,
    scores_grid,
    shown_changes,
    statuses_line,
)
from summarise.evaluation.results import (
    CaseScore,
    Change,
    Comparison,
    Estimate,
    Finding,
    Signature,
    Verdict,
)
from summarise.report import MARKDOWN_SPECIAL, clean

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.table import Table
    from rich.text import Text

__all__ = [
    "ExperimentRow",
    "as_json",
    "cases_table",
    "comparison_markdown",
    "comparison_table",
    "experiments_table",
    "markdown",
    "scores_table",
    "verdict_text",
]

FORMAT = "summarise-report/1"
LEAST_WORDS = 20
"""Columns of the terminal below which a column of words is not squeezed."""
STYLES = {"": "", "good": "green", "bad": "bold red", "dim": "dim"}
PASSED, FAILED = "✓ passed", "✗ failed"


# ------------------------------------------------------------------------------------ terminal


def scores_table(
    signature: Signature, estimates: Sequence[Estimate], statuses: Mapping[str, int]
) -> RenderableType:
    """Every metric, what became of the articles, and how exactly the result was made."""
    from rich.console import Group

    return Group(
        GridTable(scores_grid(estimates)),
        _text(statuses_line(statuses)),
        _text(str(signature), "dim"),
    )


def cases_table(cases: Iterable[CaseScore]) -> RenderableType:
    """A row an article: claims, matches, precision, recall, F1 and status."""
    return GridTable(cases_grid(cases))


def comparison_table(comparison: Comparison) -> RenderableType:
    """The metrics of two results side by side, and how many claims are treated differently."""
    from rich.console import Group

    return Group(
        _text(f"old {comparison.old}", "dim"),
        _text(f"new {comparison.new}", "dim"),
        GridTable(differences_grid(comparison.differences)),
        *(_text(line) for line in comparison_lines(comparison)),
        *(_text(f"• {line}") for line in _worse(comparison)),
    )


def _worse(comparison: Comparison) -> Iterator[str]:
    """The claims that the new result treats worse: the first of them, and how many more."""
    worse = [change for change in comparison.changes if change.kind not in ("found", "gone")]
    changes, more = shown_changes(worse)
    yield from map(_change_line, changes)
    if more:
        yield more


def experiments_table(rows: Sequence[ExperimentRow]) -> RenderableType:
    """A row a run, and below a sentence a run: which is better, by how much, for how much."""
    from rich.console import Group

    return Group(GridTable(experiments_grid(rows)), *(_text(line) for line in conclusions(rows)))


def verdict_text(verdict: Verdict) -> RenderableType:
    """Whether the gate lets it pass; each finding with the articles and claims that caused it."""
    text = _text(
        PASSED if verdict.passed else FAILED, "bold green" if verdict.passed else STYLES["bad"]
    )
    for finding in verdict.findings:
        text.append(f"\n\n✗ {finding.kind}: {clean(finding.message)}", style="bold")
        if finding.cases:
            text.append(f"\n  articles: {clean(listed(finding.cases))}")
        changes, more = shown_changes(finding.changes)
        for change in changes:
            text.append(f"\n  • {_change_line(change)}")
        text.append(f"\n  {more}" if more else "")
    return text


def _change_line(change: Change) -> str:
    """A claim and what became of it, on one line, without control characters."""
    claim = f" {change.claim} “{change.text}”" if change.claim else ""
    reason = f" ({change.reason})" if change.reason else ""
    return clean(f"{change.case}{claim}: {KINDS[change.kind]}{reason}")


@dataclass(frozen=True)
class GridTable:
    """A grid for a terminal; a list of its rows where the table would be too wide."""

    grid: Grid

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        for grid in (self.grid, self.grid.without_spare()):
            if _least_width(grid) <= options.max_width:
                yield _table(grid)
                return
        yield from _list(self.grid)


def _least_width(grid: Grid) -> int:
    """Columns of the terminal that the grid needs: numbers whole, words folded at a blank."""
    width = 0
    for place, name in enumerate(grid.head):
        cells = [name, *(row.cells[place] for row in grid.rows)]
        whole = max(map(len, cells))
        width += 1 + (min(whole, LEAST_WORDS) if place < grid.words else whole)
    return width


def _table(grid: Grid) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for place, name in enumerate(grid.head):
        if place < grid.words:
            table.add_column(name, overflow="fold", min_width=min(LEAST_WORDS, len(name)))
        else:
            table.add_column(name, justify="right", no_wrap=True)
    for row in grid.rows:
        if row.group:
            table.add_row(_text(row.group, "bold"))
        table.add_row(*(_text(cell, STYLES[row.tone]) for cell in row.cells))
    return table


def _list(grid: Grid) -> Iterator[RenderableType]:
    """Each row as lines: its name, then what its columns hold."""
    for row in grid.rows:
        if row.group:
            yield _text(row.group, "bold")
        yield _text(row.cells[0], STYLES[row.tone])
        named = zip(grid.head[1:], row.cells[1:], strict=True)
        yield _text("  " + " · ".join(f"{name} {cell}" for name, cell in named if cell))


def _text(content: str, style: str = "") -> Text:
    """Never a markup string: "[red]" in a claim is shown as it stands."""
    from rich.text import Text

    return Text(clean(content), style=style, overflow="fold")


# ------------------------------------------------------------------------------------ Markdown


def markdown(
    signature: Signature,
    estimates: Sequence[Estimate],
    statuses: Mapping[str, int],
    verdict: Verdict | None = None,
    rows: Sequence[ExperimentRow] | None = None,
) -> str:
    """The whole result for a page of a CI run (GitHub's GITHUB_STEP_SUMMARY)."""
    parts = [f"## {escaped(signature.suite)}", statuses_line(statuses)]
    if verdict is not None:
        parts += _verdict(verdict)
    if rows:
        parts += ["### Runs", _grid(experiments_grid(rows)), _lines(conclusions(rows))]
    parts += ["### Scores", _grid(scores_grid(estimates)), _code(str(signature))]
    return "\n\n".join(part for part in parts if part) + "\n"


def comparison_markdown(comparison: Comparison) -> str:
    """Two results side by side, as `comparison_table` shows them."""
    parts = ["## Comparison", *_comparison(comparison), _lines(_worse(comparison))]
    return "\n\n".join(part for part in parts if part) + "\n"


def _verdict(verdict: Verdict) -> Iterator[str]:
    yield f"**{PASSED if verdict.passed else FAILED}**"
    for finding in verdict.findings:
        yield from _finding(finding)
    if verdict.comparison is not None:
        yield "### Against the baseline"
        yield from _comparison(verdict.comparison, regressed(verdict))


def _comparison(comparison: Comparison, regressions: Container[str] = ()) -> Iterator[str]:
    yield _grid(differences_grid(comparison.differences, regressions))
    yield _lines(comparison_lines(comparison))


def _finding(finding: Finding) -> Iterator[str]:
    yield f"✗ **{finding.kind}**: {escaped(finding.message)}"
    if finding.cases:
        yield f"Articles: {escaped(listed(finding.cases))}"
    changes, more = shown_changes(finding.changes)
    yield _lines([*map(_change_line, changes), *([more] if more else [])])


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(f"- {escaped(line)}" for line in lines)


def _grid(grid: Grid) -> str:
    marks = [":--" if place < grid.words else "--:" for place in range(len(grid.head))]
    rows = [_row(grid.head), _row(marks)]
    for row in grid.rows:
        if row.group:
            rows.append(_row([f"**{escaped(row.group)}**", *[""] * (len(grid.head) - 1)]))
        rows.append(_row([escaped(cell) for cell in row.cells]))
    return "\n".join(rows)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _code(text: str) -> str:
    """A code span: what it holds is shown as it is, backticks included."""
    inner = clean(text)
    fence = "`" * (max((len(run) for run in re.findall("`+", inner)), default=0) + 1)
    return f"{fence} {inner} {fence}"


_LIVE = re.compile(r"@|#(?=\d)|://|(?i:www)\.|:(?=[\w+\\-]+:)")
"""What GitHub turns into mentions, links and emoji though it stands in plain text."""
_LIST_MARKER = re.compile(r"^(\d*)([-+.)])(?=\s|$)")


def escaped(text: str) -> str:
    """`text` on one line, so that nothing in it acts as Markdown or HTML, on GitHub too."""
    plain = MARKDOWN_SPECIAL.sub(r"\\\1", clean(text)).replace(r"\$", "<span>$</span>")
    plain = _LIST_MARKER.sub(r"\1\\\2", plain)
    return _LIVE.sub(lambda found: found[0][:1] + "<!-- -->" + found[0][1:], plain)


# ---------------------------------------------------------------------------------------- JSON


def as_json(
    signature: Signature,
    estimates: Sequence[Estimate],
    statuses: Mapping[str, int],
    verdict: Verdict | None = None,
    rows: Sequence[ExperimentRow] | None = None,
) -> str:
    """The whole result for programs: the same bytes for the same result."""
    data = {
        "format": FORMAT,
        "signature": signature.model_dump(mode="json"),
        "signature_line": str(signature),
        "statuses": dict(sorted(statuses.items())),
        "estimates": [one.model_dump(mode="json") for one in estimates],
        "verdict": None if verdict is None else verdict.model_dump(mode="json"),
        "experiments": [row.model_dump(mode="json") for row in rows or ()],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
