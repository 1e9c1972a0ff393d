"""Extractions as a person reads them: a table for the terminal, Markdown, an HTML page.

Pure functions: records in, text (or something that `rich` can print) out. Whatever comes from an
article is data: control characters never reach a terminal, markup never reaches a page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from summarise.records import MARKUP, Article, Claim, Extraction, Figure, LedgerLine, Period, Run

if TYPE_CHECKING:
    from jinja2 import Environment
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.table import Table
    from rich.text import Text

SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
"""Controls and direction overrides: in a terminal they could rewrite what stands before them."""
MARKDOWN_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|&~$])")
NARROW = 72
"""Below so many columns of the terminal, claims are shown as a list and not as a table."""
VERDICTS = {"supported": ("✓", "green"), "unsupported": ("✗", "bold red"), None: ("–", "dim")}


def clean(text: str) -> str:
    """`text` on one line, without control characters and direction overrides."""
    return UNSAFE.sub(" ", text).strip()


def number(value: float) -> str:
    """A figure as read: 3000 as "3,000", 14000000000 as "14 billion", 0.5 as "0.5"."""
    if abs(value) > 1e300:  # more digits than a float holds: somebody pasted them
        return f"{Decimal(value):.3e}"
    for scale, word in SCALES:
        if abs(value) >= scale and (value * 100) % scale == 0:
            return f"{_plain(value / scale)} {word}"
    return _plain(value)


def _plain(value: float) -> str:
    if value and abs(value) < 0.001:
        return f"{value:.3g}"
    text = f"{value:,.4f}"
    return text.rstrip("0").rstrip(".")


def figure(item: Figure) -> str:
    """Bounds and unit: "≥ 3,000 soldiers", "≈ 200–999 people"; the surface where unbounded."""
    unit = f" {clean(item.unit)}" if item.unit else ""
    about = "≈ " if item.approx else ""
    low, high = item.low, item.high
    if low is None and high is None:
        return f"“{clean(item.surface)}”"
    if high is None or low is None:
        bound = f"≥ {number(low)}" if low is not None else f"≤ {number(high or 0)}"
    else:
        bound = number(low) if low == high else f"{number(low)}–{number(high)}"
    return f"{about}{bound}{unit}"


def period(item: Period | None) -> str:
    """A day, month or year where the bounds are one, else both; the surface where undated."""
    match item:
        case None:
            return ""
        case Period(start=None, end=None):
            return f"“{clean(item.surface)}”"
        case Period(start=date() as start, end=None):
            return f"from {start}"
        case Period(start=None, end=date() as end):
            return f"until {end}"
        case Period(start=date() as start, end=date() as end):
            return _interval(start, end)
        case _:  # pragma: no cover - the cases above are all there are
            raise AssertionError(item)


def _interval(start: date, end: date) -> str:
    if start == end:
        return str(start)
    after = end + timedelta(days=1) if end < date.max else end
    if start.day == 1 and after.day == 1:
        if (start.year, start.month) == (end.year, end.month):
            return f"{start:%Y-%m}"
        if start.month == 1 and end.month == 12:
            return f"{start.year}" if start.year == end.year else f"{start.year} to {end.year}"
    return f"{start} to {end}"


def who(claim: Claim) -> str:
    """The source, then those who passed it on: "Mayor Ada Brook → Harbour Radio"."""
    chain = [clean(name) for name in (claim.source, *claim.via) if name]
    return " → ".join(chain) if claim.source else "".join(f"→ {name} " for name in chain).strip()


def marks(claim: Claim) -> str:
    """What is unusual about the claim, in words: "probable", "negative", or ""."""
    unusual = [claim.certainty] if claim.certainty != "certain" else []
    return ", ".join([*unusual, *(["negative"] if claim.polarity == "negative" else [])])


def heading(article: Article) -> tuple[str, str]:
    """Title and a line of outlet and date: ("Ferry runs again", "Harbour Radio · 2025-03-04")."""
    facts = [article.outlet, str(article.published) if article.published else "undated"]
    return clean(article.title or article.id), " · ".join(clean(fact) for fact in facts if fact)


def verdict_counts(claims: Iterable[Claim]) -> str:
    """How many claims, and how many of each verdict."""
    counts = Counter(claim.verdict or "unchecked" for claim in claims)
    total = counts.total()
    parts = ", ".join(
        f"{counts[name]} {name}"
        for name in ("supported", "unsupported", "unchecked")
        if counts[name]
    )
    return f"{total} {'claim' if total == 1 else 'claims'}" + (f" ({parts})" if parts else "")


def ledger_summary(ledger: Sequence[LedgerLine]) -> list[str]:
    """One line for each kind of entry, most frequent first: "6 × dropped: question"."""
    counts = Counter((clean(line.what), clean(line.why)) for line in ledger)
    return [f"{n} × {what}: {why}" for (what, why), n in counts.most_common()]


def run_summary(runs: Sequence[Run], cost: float | None = None) -> str:
    """What the runs took together: calls, tokens, seconds, and US dollars where known."""
    cached = sum(run.cached_tokens for run in runs)
    calls = sum(run.calls for run in runs)
    parts = [
        f"{calls:,} {'call' if calls == 1 else 'calls'}",
        f"{sum(run.input_tokens for run in runs):,} tokens in"
        + (f" ({cached:,} cached)" if cached else ""),
        f"{sum(run.output_tokens for run in runs):,} out",
        f"{sum(run.seconds for run in runs):.1f} s",
    ]
    if cost is not None:
        parts.append(f"${cost:.4f}")
    if replayed := sum(run.replayed for run in runs):
        some = f"{replayed} of {len(runs)} " if replayed < len(runs) else ""
        parts.append(f"{some}replayed, figures as recorded")
    return " · ".join(parts)


# ---------------------------------------------------------------------------------- terminal


def table(extraction: Extraction) -> RenderableType:
    """The extraction for a terminal: heading, claims, and what the ledger holds."""
    from rich.console import Group
    from rich.text import Text

    lines = ledger_summary(extraction.ledger)
    ledger = ["Without a claim:", *lines] if lines else []
    return Group(
        checked(extraction.claims, extraction.article),
        *(Text(line, style="dim") for line in [*ledger, ""]),
    )


def checked(claims: Sequence[Claim], article: Article) -> RenderableType:
    """Anyone's claims after verification, under the heading of the article."""
    from rich.console import Group
    from rich.text import Text

    title, facts = heading(article)
    return Group(
        Text(title, style="bold"),
        Text(facts, style="dim"),
        ClaimsTable(claims),
        Text(verdict_counts(claims)),
    )


@dataclass(frozen=True)
class ClaimsTable:
    """One row a claim; a column that no claim fills is left out; a list where that is too wide."""

    claims: Sequence[Claim]

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        width = options.max_width
        yield _grid(self.claims, width) if width >= NARROW else _list(self.claims)


def _grid(claims: Sequence[Claim], width: int) -> Table:
    from rich import box
    from rich.table import Table

    columns = [column for column in COLUMNS if any(column.cell(claim) for claim in claims)]
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), leading=1, expand=True)
    grid.add_column("", width=1)
    grid.add_column("claim", ratio=1, overflow="fold")
    for column in columns:
        most = max(column.least, int(width * column.share))
        grid.add_column(column.name, max_width=most, overflow="fold", style=column.style)
    for claim in claims:
        cells = [_text(column.cell(claim)) for column in columns]
        grid.add_row(_symbol(claim), _claim_cell(claim), *cells)
    return grid


def _list(claims: Sequence[Claim]) -> Table:
    from rich.table import Table

    grid = Table.grid(padding=(0, 1, 0, 0))
    for claim in claims:
        cell = _claim_cell(claim)
        fields = [column.cell(claim) for column in COLUMNS]
        if any(fields):
            cell.append("\n" + " · ".join(field for field in fields if field), style="cyan")
        grid.add_row(_symbol(claim), cell)
        grid.add_row()
    return grid


def _when(claim: Claim) -> str:
    return period(claim.time)


def _figures(claim: Claim) -> str:
    return "; ".join(figure(item) for item in claim.quantities)


@dataclass(frozen=True)
class Column:
    """A column of the table: how to fill it, and the most of the width that it may take."""

    name: str
    cell: Callable[[Claim], str]
    least: int
    share: float
    style: str = ""


COLUMNS = (
    Column("who", who, 12, 0.16, "cyan"),
    Column("when", _when, 10, 0.1),
    Column("figures", _figures, 12, 0.18),
    Column("certainty", marks, 9, 0.09),
)


def _text(content: str, style: str = "") -> Text:
    """Never a markup string: "[red]" in an article is shown as it stands."""
    from rich.text import Text

    return Text(content, style=style)


def _symbol(claim: Claim) -> Text:
    return _text(*VERDICTS[claim.verdict])


def _claim_cell(claim: Claim) -> Text:
    cell = _text(clean(claim.text))
    for reason in claim.reasons:
        cell.append(f"\n{clean(reason)}", style="red" if claim.verdict == "unsupported" else "dim")
    return cell


# ---------------------------------------------------------------------------------- documents


def markdown(extraction: Extraction) -> str:
    """The extraction as Markdown: a heading, a table of claims, and what the ledger holds."""
    title, facts = (_escaped(part) for part in heading(extraction.article))
    rows = [
        "| | claim | who | when | figures | certainty |",
        "| --- | --- | --- | --- | --- | --- |",
        *(_markdown_row(claim) for claim in extraction.claims),
    ]
    ledger = [f"- {_escaped(line)}" for line in ledger_summary(extraction.ledger)]
    parts = [f"## {title}", facts, "\n".join(rows), verdict_counts(extraction.claims) + "."]
    if ledger:
        parts += ["Without a claim:", "\n".join(ledger)]
    return "\n\n".join([*parts, f"{run_summary([extraction.run])}"]) + "\n"


def _markdown_row(claim: Claim) -> str:
    reasons = "".join(f"<br>{_escaped(clean(reason))}" for reason in claim.reasons)
    symbol, _ = VERDICTS[claim.verdict]
    cells = [who(claim), _when(claim), _figures(claim), marks(claim)]
    text = _escaped(clean(claim.text)) + reasons
    return "| " + " | ".join([symbol, text, *(_escaped(cell) for cell in cells)]) + " |"


def _escaped(text: str) -> str:
    return MARKDOWN_SPECIAL.sub(r"\\\1", text)


@cache
def environment() -> Environment:
    """The templates of this package; whatever is put into one is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("summarise"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def html(extractions: Sequence[Extraction]) -> str:
    """A page of its own: claims, each linked to its evidence in the article's main text."""
    helpers = {
        function.__name__: function
        for function in (who, marks, period, figure, heading, passages, verdict_counts)
    }
    template = environment().get_template("report.html")
    return template.render(
        extractions=extractions,
        ledger_summary=ledger_summary,
        run_summary=run_summary,
        symbols={name: symbol for name, (symbol, _) in VERDICTS.items()},
        **helpers,
    )


def passages(extraction: Extraction) -> list[list[tuple[str, tuple[str, ...]]]]:
    """The main text cut at the bounds of evidence: for each stretch, (text, claim ids) pieces."""
    spans = [
        (span.start, span.end, claim.id) for claim in extraction.claims for span in claim.evidence
    ]
    view = extraction.article.view
    return [_pieces(view, stretch, spans) for stretch in extraction.article.main_text]


def _pieces(
    view: str, stretch: tuple[int, int], spans: Sequence[tuple[int, int, str]]
) -> list[tuple[str, tuple[str, ...]]]:
    start, end = stretch
    bounds = {bound for low, high, _ in spans for bound in (low, high) if start < bound < end}
    cuts = sorted({start, end, *bounds})
    return [
        (
            view[low:high].replace(MARKUP, ""),
            tuple(name for first, last, name in spans if first <= low and high <= last),
        )
        for low, high in pairwise(cuts)
    ]
