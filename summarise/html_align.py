"""Lines that were extracted from a page found again in its view, as offsets."""

from __future__ import annotations

import re

from summarise.blocks import Stretch

_FUZZY_SCORE = 90.0
"""Least rapidfuzz ratio (0 to 100) at which a line of trafilatura counts as found in the page."""
_FUZZY_WINDOW = 20_000
"""Characters of the page in which a line that is not found verbatim is looked for."""


class Aligner:
    """Finds lines of extracted text again in a view, moving forward."""

    def __init__(self, view: str) -> None:
        """Keeps the view without blanks and markup, and where each of its characters stands."""
        self._places = [n for n, char in enumerate(view) if not char.isspace()]
        self._squeezed = "".join(view[n] for n in self._places)
        self._at = 0

    def find(self, line: str) -> list[Stretch]:
        """The stretches of the view that a line was taken from; none where it is not there."""
        text = re.sub(r"^- ", "", line)
        cells = (
            [cell for cell in text.split("|") if cell.strip("- ")]
            if text.startswith("|")
            else [text]
        )
        return [stretch for cell in cells if (stretch := self._cell(cell))]

    def _cell(self, text: str) -> Stretch | None:
        wanted = "".join(text.split())
        if not wanted:
            return None
        start = self._squeezed.find(wanted, self._at)
        if start < 0:
            start = self._squeezed.find(wanted) if len(wanted) > 30 else -1
        found = (start, start + len(wanted)) if start >= 0 else self._fuzzy(wanted)
        if found is None:
            return None
        self._at = max(self._at, found[1])
        return self._places[found[0]], self._places[found[1] - 1] + 1

    def _fuzzy(self, wanted: str) -> Stretch | None:
        from rapidfuzz.fuzz import partial_ratio_alignment

        window = self._squeezed[self._at : self._at + _FUZZY_WINDOW]
        if len(wanted) < 20 or len(window) < len(wanted):
            return None
        best = partial_ratio_alignment(wanted, window, score_cutoff=_FUZZY_SCORE)
        if best is None or best.dest_end <= best.dest_start:
            return None
        return self._at + best.dest_start, self._at + best.dest_end
