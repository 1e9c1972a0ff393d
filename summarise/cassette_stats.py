"""What recordings hold and what they cost, as a line and as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from summarise.cassette_checks import files
from summarise.manifest import Entry, entries

if TYPE_CHECKING:
    from rich.table import Table

UNKNOWN = "–"


@dataclass(frozen=True)
class Row:
    """One recording: its file, its size in bytes, and its entry where it has one."""

    file: Path
    size: int
    entry: Entry | None


def rows(folder: Path) -> Iterator[Row]:
    """The recordings of a folder. Raises RecordError where its manifest cannot be read."""
    known = entries(folder)
    for file in files(folder):
        yield Row(file, file.stat().st_size, known.get(file.name))


def figures(made: Sequence[Entry]) -> str:
    """Interactions, tokens, cost and seconds of recordings together, in words."""
    calls = sum(entry.interactions for entry in made)
    parts = [
        f"{calls:,} {'call' if calls == 1 else 'calls'}",
        f"{sum(entry.input_tokens for entry in made):,} tokens in",
        f"{sum(entry.output_tokens for entry in made):,} out",
        *([dollars] if (dollars := cost(made)) != UNKNOWN else []),
        f"{seconds(made):.1f} s",
    ]
    return " · ".join(parts)


def cost(made: Sequence[Entry]) -> str:
    """US dollars, unknown where the price of one is."""
    known = [entry.cost for entry in made if entry.cost is not None]
    return f"${sum(known):.4f}" if known and len(known) == len(made) else UNKNOWN


def seconds(made: Sequence[Entry]) -> float:
    """How long the answers took, one after the other."""
    return sum(sum(entry.seconds) for entry in made)


def table(found: Sequence[Row]) -> Table:
    """A row a recording, and their totals."""
    from rich.table import Table

    shown = Table(box=None, show_footer=True, pad_edge=False)
    known = [row.entry for row in found if row.entry is not None]
    total = [f"{len(found)} in all", *_amounts(known), _kib(sum(row.size for row in found))]
    heads = ["recording", "calls", "in", "out", "cost", "seconds", "KiB", "recorded", "made by"]
    for place, head in enumerate(heads):
        right = "right" if 0 < place < 7 else "left"
        foot = total[place] if place < len(total) else ""
        shown.add_column(head, foot, justify=right, overflow="fold")  # type: ignore[arg-type]
    for row in found:
        name = f"{row.file.parent.name}/{row.file.stem}"
        made = _amounts([row.entry]) if row.entry else [UNKNOWN] * 5
        shown.add_row(name, *made, _kib(row.size), *_made(row.entry))
    return shown


def _amounts(made: Sequence[Entry]) -> list[str]:
    return [
        f"{sum(entry.interactions for entry in made):,}",
        f"{sum(entry.input_tokens for entry in made):,}",
        f"{sum(entry.output_tokens for entry in made):,}",
        cost(made),
        f"{seconds(made):.1f}",
    ]


def _kib(size: int) -> str:
    return f"{size / 1024:,.1f}"


def _made(entry: Entry | None) -> tuple[str, str]:
    """The day, and the model with the prompt that asked it."""
    if entry is None:
        return UNKNOWN, UNKNOWN
    prompt = f" {entry.prompt}@{entry.prompt_sha256[:8]}" if entry.prompt else ""
    return entry.recorded_at.date().isoformat(), f"{entry.model}{prompt}"
