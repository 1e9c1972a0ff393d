"""Lines told by their shape, whatever they say: rows of cells, mastheads, tables, line-ups.

A row is what navigation bars, breadcrumbs, tickers and tables become when a page is flattened:
short cells that wide blanks, bars, dots or arrows part, and no sentence among them.
"""

from __future__ import annotations

import re

from summarise.blocks import CLOSED
from summarise.dateline import STAMP

_CELL_GAP = re.compile(r"\s{2,}|\t|\s*[|·•›»]\s*|\s+[>/]\s+")
_CELLS, _CELL_WORDS, _BESIDE_DATE = 3, 4, 6
"""Least cells of a row, most words of one of them, and of one beside a date."""
_FIGURE = re.compile(r"[+−–-]?[\d.,:%/–-]*\d[\d.,:%/–-]*")
_TABLE_FIGURES = 4
"""Least figures in a row at the end of a line of a table."""
_HEAD_LETTERS = 3
"""Most letters of a word in the head of a table."""
_FORMATION = re.compile(r"[A-Z][^:]{0,40}\(\d(?:-\d){2,4}\)\s*:")
_MATCH_LABEL = re.compile(
    r"(?:(?:unused\s+)?subs?(?:titutes)?(?:\s+not\s+used)?|referee|attendance|att|bookings?|"
    r"booked|scorers?|man\s+of\s+the\s+match|line-?ups?|venue)\s*:",
    re.I,
)
_OUTLET = re.compile(
    r"\W*(?:[A-Z0-9][\w.&'’-]*|the|of|and|&)(?:\s+(?:[A-Z0-9][\w.&'’-]*|of|and|the|&))*",
)
_OUTLET_NOUN = re.compile(
    r"\b(?:news|daily|times|herald|post|tribune|courier|observer|agency|press|gazette|journal|"
    r"chronicle|telegraph|echo|register|review|standard|guardian|globe|mirror|express|"
    r"independent|bulletin|argus|examiner|inquirer|dispatch|sentinel|weekly|monthly|reporter|"
    r"advertiser|messenger|mercury|ledger|beacon|record|sun|star|newswire|network|television|tv|radio|fm|online|magazine|"
    r"report|wire|insider|today|\w+\.(?:com|org|net|news))\W*(?:\s*[-–—|:]\s.*)?$",
    re.I,
)
_OUTLET_WORDS = 6


def is_row(line: str) -> bool:
    """Whether a line is cells side by side: a navigation bar, a table's row, a dated label."""
    return _is_bar(line) or _is_dated(line) or is_table_row(line) or _is_line_up(line)


def _cells(line: str) -> list[str]:
    return [cell for cell in _CELL_GAP.split(line.strip()) if cell]


def _is_bar(line: str) -> bool:
    cells = _cells(line)
    return len(cells) >= _CELLS and not any(
        len(cell.split()) > _CELL_WORDS or CLOSED.search(cell) for cell in cells
    )


def _is_dated(line: str) -> bool:
    """Whether cells stand beside a date ("City Hall, 3 May 2024 | Att: 900")."""
    cells = re.split(r"\s+[|·•/]\s+", line)
    if len(cells) < 2 or CLOSED.search(line) or not STAMP.search(line):
        return False
    return all(len(cell.split()) <= _BESIDE_DATE for cell in cells)


def is_table_row(line: str) -> bool:
    """Whether a line is a name and figures ("4 Hillsea 28 14 6 8 48"), or a table's head."""
    words = line.split()
    if len(words) <= _TABLE_FIGURES:
        return False
    figures = [word for word in words if _FIGURE.fullmatch(word)]
    tail = words[-_TABLE_FIGURES:]
    if all(_FIGURE.fullmatch(word) for word in tail):
        return len(words) - len(figures) <= _CELL_WORDS
    # The head of a table: "W L PCT GB L10".
    short = all(len(word) <= _HEAD_LETTERS and word[0].isupper() for word in words[-5:])
    return short and sum(1 for word in words if len(word) == 1) >= 2


def _is_line_up(line: str) -> bool:
    """Whether a line lists the players of a side, or the officials of a match."""
    return any(pattern.match(line) for pattern in (_FORMATION, _MATCH_LABEL))


def is_masthead(line: str) -> bool:
    """Whether a line above a headline is the name of an outlet, perhaps with its edition."""
    name = re.split(r"\s[-–—|:]\s", line.strip())[0].strip(" ≡☰\t")
    if len(name.split()) > _OUTLET_WORDS or not _OUTLET.fullmatch(name):
        return False
    return len(name.split()) <= 3 or _OUTLET_NOUN.search(name) is not None
