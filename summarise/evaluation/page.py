"""Results as a web page of its own: each article with gold and predicted evidence side by side.

The page needs no network and no script. What comes from an article or a model is shown as text.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from summarise import report
from summarise.evaluation import numbers
from summarise.evaluation.gold import Case
from summarise.evaluation.grids import (
    KINDS,
    comparison_lines,
    differences_grid,
    regressed,
    score_of,
    scores_grid,
    shown_changes,
    statuses_line,
)
from summarise.evaluation.metrics import METRICS
from summarise.evaluation.passages import Mark, Piece, Text, text_of
from summarise.evaluation.results import (
    Alone,
    CaseScore,
    Estimate,
    FieldMismatch,
    Pair,
    Signature,
    Verdict,
)
from summarise.records import Claim

Fate = Literal["matched", "differs", "missed", "extra"]
Side = Literal["gold", "predicted"]

MOST = 200
"""Articles shown on one page; a browser is slow with more."""
SYMBOLS: Mapping[Fate, tuple[str, str]] = {
    "matched": ("✓", "matched"),
    "differs": ("≠", "matched, but a field differs"),
    "missed": ("✗", "missed"),
    "extra": ("+", "not in gold"),
}
"""What became of a claim, as a mark and in words; the worst stands last."""
HEADLINE = (
    "f1",
    "precision",
    "recall",
    "coverage",
    "source_f1",
    "figures_f1",
    "verbatim",
    "leaked",
)


@dataclass(frozen=True)
class Sheet:
    """One article of the page: its gold and text, what the system gave, and its score."""

    case: Case
    claims: tuple[Claim, ...]
    score: CaseScore


@dataclass(frozen=True)
class ShownClaim:
    """A claim as it stands on the page: `anchor` is its id there, `mark` that of its evidence.

    `away` are the quotes of its evidence that the page shows nowhere else.
    """

    id: str
    text: str
    fate: Fate
    anchor: str
    mark: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    away: tuple[str, ...] = ()
    away_as: str = "evidence"


@dataclass(frozen=True)
class ShownPair:
    """A gold claim, the predicted one that says the same, why, and in what they differ."""

    gold: ShownClaim
    predicted: ShownClaim
    similarity: str
    reason: str
    mismatches: tuple[FieldMismatch, ...]


@dataclass(frozen=True)
class ShownAlone:
    """A claim without a partner, and the nearest of the other side."""

    claim: ShownClaim
    nearest: ShownClaim | None
    covered: bool
    reason: str


class Column:
    """The claims of one side of an article, and what became of each."""

    def __init__(self, sheet: Sheet, side: Side, number: int, text: Text | None) -> None:
        self.side = side
        self._prefix = f"case-{number}-{side}"
        self._text = text
        self._claims = sheet.case.gold.claims if side == "gold" else sheet.claims
        self._fates = _fates(sheet.score, side)

    @cached_property
    def claims(self) -> tuple[ShownClaim, ...]:
        """The claims as shown, in their order."""
        return tuple(self._shown(place, claim) for place, claim in enumerate(self._claims))

    @cached_property
    def _by_id(self) -> dict[str, ShownClaim]:
        named = zip(self._claims, self.claims, strict=True)
        return {claim.id: shown for claim, shown in reversed(tuple(named))}

    def claim(self, name: str, text: str = "") -> ShownClaim:
        """The claim of this id; one of the text alone where the sheet does not hold it."""
        fate: Fate = "missed" if self.side == "gold" else "extra"
        return self._by_id.get(name) or ShownClaim(report.clean(name), report.clean(text), fate, "")

    def _shown(self, place: int, claim: Claim) -> ShownClaim:
        seen = [self._text is not None and self._text.shows(s.start, s.end) for s in claim.evidence]
        away = (span.quote for span, shown in zip(claim.evidence, seen, strict=True) if not shown)
        return ShownClaim(
            id=report.clean(claim.id),
            text=report.clean(claim.text),
            fate=self._fates.get(claim.id, "missed" if self.side == "gold" else "extra"),
            anchor=f"{self._prefix}-{place}",
            mark=f"{self._prefix}-{place}-text" if any(seen) else "",
            facts=tuple(_facts(claim)),
            away=tuple(report.clean(quote) for quote in away if quote),
            away_as="evidence" if self._text is None else "evidence outside the main text",
        )

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """The evidence of all claims."""
        return tuple(
            Mark(span.start, span.end, place)
            for place, claim in enumerate(self._claims)
            for span in claim.evidence
        )

    def worst(self, piece: Piece) -> Fate | None:
        """The worst that became of the claims that a piece is evidence of."""
        fates = {self.claims[place].fate for place in piece.claims}
        return next((fate for fate in reversed(tuple(SYMBOLS)) if fate in fates), None)


class Shown:
    """One article as the template needs it; `number` is its place on the page, from 1."""

    def __init__(self, sheet: Sheet, number: int) -> None:
        self.sheet = sheet
        self.number = number
        self.line = Line.of(sheet.score, number)
        self.text = text_of(sheet.case)
        self.gold = Column(sheet, "gold", number, self.text)
        self.predicted = Column(sheet, "predicted", number, self.text)

    @property
    def columns(self) -> tuple[Column, Column]:
        """Gold, then predicted."""
        return self.gold, self.predicted

    @property
    def facts(self) -> str:
        """Title, outlet, date and genre, as far as gold has them."""
        gold = self.sheet.case.gold
        known = (gold.title, gold.outlet, gold.published, gold.genre, gold.split)
        return " · ".join(report.clean(str(fact)) for fact in known if fact)

    def pairs(self, differing: bool) -> list[ShownPair]:
        """The pairs whose fields differ, or those whose fields are all alike."""
        return [
            self._pair(pair)
            for pair in self.sheet.score.pairs
            if bool(pair.mismatches) == differing
        ]

    def _pair(self, pair: Pair) -> ShownPair:
        return ShownPair(
            gold=self.gold.claim(pair.gold, pair.text),
            predicted=self.predicted.claim(pair.predicted),
            similarity=f"{pair.similarity:.2f}",
            reason=report.clean(pair.reason),
            mismatches=pair.mismatches,
        )

    def alone(self, side: Side) -> list[ShownAlone]:
        """Missed gold claims, or predicted ones that gold does not hold."""
        mine, other = self.columns if side == "gold" else reversed(self.columns)
        found = self.sheet.score.missed if side == "gold" else self.sheet.score.extra
        return [_alone(one, mine, other) for one in found]


def _alone(one: Alone, mine: Column, other: Column) -> ShownAlone:
    return ShownAlone(
        claim=mine.claim(one.id, one.text),
        nearest=None if one.nearest is None else other.claim(one.nearest),
        covered=one.covered,
        reason=report.clean(one.reason),
    )


def _fates(score: CaseScore, side: Side) -> dict[str, Fate]:
    fates: dict[str, Fate] = {}
    for pair in score.pairs:
        name = pair.gold if side == "gold" else pair.predicted
        fates[name] = "differs" if pair.mismatches else "matched"
    return fates


def _facts(claim: Claim) -> Iterator[tuple[str, str]]:
    figures = "; ".join(report.figure(item) for item in claim.quantities)
    for name, told in (
        ("who", report.who(claim)),
        ("when", report.period(claim.time)),
        ("figures", figures),
        ("certainty", report.marks(claim)),
    ):
        if told:
            yield name, told


@dataclass(frozen=True)
class Line:
    """An article in the index; `number` is 0 where the page does not show it."""

    id: str
    status: str
    why: str
    order: tuple[int, float, str]
    cells: tuple[str, ...]
    number: int = 0

    @classmethod
    def of(cls, score: CaseScore, number: int = 0) -> Line:
        """The line of one score."""
        differing = sum(bool(pair.mismatches) for pair in score.pairs)
        gold, predicted, hits = (score.counts.get(n, 0) for n in ("gold", "predicted", "hits"))
        shares = [score_of(score, name) for name in ("f1", "precision", "recall")]
        counted = (gold, predicted, hits, differing, len(score.missed), len(score.extra))
        cells = (*shares, *map(numbers.count, counted))
        return cls(score.id, score.status, score.why, _badness(score), cells, number)


LINE_HEAD = (
    "F1", "precision", "recall", "gold", "predicted", "matched", "a field differs", "missed",
    "not in gold",
)  # fmt: skip


def _badness(score: CaseScore) -> tuple[int, float, str]:
    """The worst first: failed, then by F1; what is unscored stands last."""
    f1 = METRICS["f1"].of(score.counts)
    order = ("failed", "scored", "unscored").index(score.status)
    return order, 0.0 if f1 is None else f1, score.id


def page(
    sheets: Iterable[Sheet],
    signature: Signature,
    estimates: Sequence[Estimate],
    statuses: Mapping[str, int],
    verdict: Verdict | None,
    *,
    most: int = MOST,
) -> str:
    """The page. Articles stand worst first; those beyond `most` are in the index alone.

    Only `most` sheets are held at a time, so a suite may be larger than memory.
    """
    lines: list[Line] = []

    def noted() -> Iterator[Sheet]:
        for sheet in sheets:
            lines.append(Line.of(sheet.score))
            yield sheet

    worst = heapq.nsmallest(most, noted(), key=lambda sheet: _badness(sheet.score))
    shown = [Shown(sheet, number) for number, sheet in enumerate(worst, 1)]
    rest = sorted(lines, key=lambda line: line.order)[len(shown) :]
    index = [*(one.line for one in shown), *rest]
    return (
        report.environment()
        .get_template("evaluation.html")
        .render(
            signature=signature,
            scores=scores_grid(estimates),
            headline=_headline(estimates),
            statuses=statuses_line(statuses),
            verdict=verdict,
            index=index,
            line_head=LINE_HEAD,
            shown=shown,
            numbers={line.id: line.number for line in index},
            symbols=SYMBOLS,
            kinds=KINDS,
            clean=report.clean,
            shown_changes=shown_changes,
            regressed=regressed,
            differences_grid=differences_grid,
            comparison_lines=comparison_lines,
        )
    )


def _headline(estimates: Sequence[Estimate]) -> list[tuple[str, str, str]]:
    """Title, value and interval of what is looked at first."""
    found = {one.metric: one for one in estimates}
    return [_tile(found[name]) for name in HEADLINE if name in found]


def _tile(one: Estimate) -> tuple[str, str, str]:
    metric = METRICS[one.metric]
    spread = "" if one.micro is None else numbers.interval(metric, one.low, one.high)
    return metric.title, numbers.value(metric, one.micro), spread
