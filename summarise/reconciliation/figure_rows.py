"""The figures that answer the question of a fact: which of each claim's, and as of when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from summarise.language.words import stem, word_set
from summarise.reconciliation.bounds import bounds_of
from summarise.reconciliation.days import as_of_days
from summarise.reconciliation.measure import is_start
from summarise.reconciliation.told import Told
from summarise.records import Claim, Figure, FigureRow

INCIDENTAL = 12
"""A plain number up to this that counts nobody harmed only describes: "two besieged towns"."""
HARM = frozenset(
    map(
        stem,
        """killed dead death deaths die fatality fatalities toll casualties casualty injured wounded
        hurt victims victim bodies missing lost losses perished drowned slain lives displaced fled
        homeless evacuated arrested detained captured prisoners hospital hospitalised hospitalized
        infected infections cases ill sick sickened rescued survivors stranded trapped diverted
        cancelled canceled damaged destroyed""".split(),
    )
)
"""Stems of what befalls people; counts of them are totals that grow with the days."""
_PERCENT = re.compile(r"%|\bper ?cent\b|\bpercentage|\bshare of\b|\bproportion\b", re.IGNORECASE)
_MONEY = re.compile(
    r"[$€£¥₹₽]|\b(?:dollars?|euros?|pounds?|pence|yen|yuan|roubles?|rubles?|rupees?|cents?|francs?|"
    r"krone?r?|kronor|zloty|lira|pesos?|rand|riyals?|dinars?|dirhams?|shekels?|hryvnias?)\b",
    re.IGNORECASE,
)
MEASURES = {
    "time": "second minute hour day night week month year decade".split(),
    "length": "kilometre kilometer km metre meter mile foot feet inch yard centimetre".split(),
    "weight": "tonne ton kilogram kilo kg gram pound-weight ounce".split(),
    "area": "hectare acre square".split(),
    "heat": "degree celsius fahrenheit".split(),
    "power": "megawatt gigawatt watt kilowatt".split(),
}
"""What a unit's first words measure, by kind."""
_MEASURE_OF = {stem(word): kind for kind, unit in MEASURES.items() for word in unit}
_IDLE = word_set("number total figur amount share percent")


@lru_cache(maxsize=16384)
def _unit_stems(unit: str) -> tuple[str, ...]:
    return tuple(
        base for word in re.findall(r"[^\W\d_]+", unit) if (base := stem(word)) not in _IDLE
    )


@lru_cache(maxsize=16384)
def dimension(unit: str, surface: str = "") -> str:
    """What kind of thing a unit counts: figures of two kinds are never held against each other."""
    said = f"{surface} {unit}"
    if _PERCENT.search(said):
        return "percent"
    if money := _MONEY.search(said):
        return f"money {stem(money.group())}"
    first = _unit_stems(unit)[:2]
    return next((_MEASURE_OF[base] for base in first if base in _MEASURE_OF), "count")


def dimension_of(figure: Figure) -> str:
    """What kind of thing a figure counts; a part of one ("half of the budget") is a percentage."""
    if is_fraction(figure):
        return "percent"
    return dimension(figure.unit, figure.surface)


def is_fraction(figure: Figure) -> bool:
    """Whether its bounds are parts of one: a third is 0.333."""
    given = [bound for bound in (figure.low, figure.high) if bound is not None]
    return any(0 < bound < 1 for bound in given) and all(0 <= bound <= 1 for bound in given)


def is_total(figure: Figure, text: str = "") -> bool:
    """Whether a figure counts people harmed or moved: it grows as days go by.

    Its unit tells, else the words beside it in the claim's text: "five people had died".
    """
    if dimension_of(figure) != "count":
        return False
    return not HARM.isdisjoint(_unit_stems(figure.unit)) or _counts_harm(figure, text)


_CLAUSE = re.compile(
    r"[,.;:()“”\"]|\b(?:in|on|at|from|by|when|after|as|that|which|while|where|to)\b", re.IGNORECASE
)
"""Where what is said of the counted ends."""
_COUNTED = re.compile(
    r"\b(?:toll|number|total|count|deaths|injuries|cases)\b[^.;]*\b(?:at|by|hit|hits|is|of|past|reached|reaches|stands"
    r"|surpassed|than|to|topped|tops|was|least)\W+(?:\w+ ){0,2}$"
    r"|\b(\w+) (?:of |to |at |least |more |than |up |as |many |some |about |around |over |nearly "
    r"|an |estimated |approximately )*$",
    re.IGNORECASE,
)
"""What leads up to a figure that is asked for: "the toll has risen to", "kills at least"."""


def _counts_harm(figure: Figure, text: str) -> bool:
    """Whether the words beside a figure tell of harm: "nine people were killed", "kills nine"."""
    parts = beside(figure, text)
    if parts is None:
        return False
    before, after = parts
    behind = _CLAUSE.split(after, maxsplit=1)[0].split()[:_BEHIND]
    ahead = _COUNTED.search(before)
    near = [*behind, *([ahead.group()] if ahead else [])]
    return not HARM.isdisjoint(_unit_stems(" ".join(near)))


def beside(figure: Figure, text: str) -> tuple[str, str] | None:
    """What stands before and behind a figure in a text, in any case of letters; None without it."""
    low, surface = text.lower(), figure.surface.lower()
    at = low.find(surface) if surface and len(low) == len(text) else -1
    while at >= 0:
        end = at + len(surface)
        if not (low[at - 1 : at].isalnum() or low[end : end + 1].isalnum()):
            return text[:at], text[end:]
        at = low.find(surface, end)  # "nine" in "nineteen"
    return None


_BEHIND = 7
"""Words behind a figure that may tell what befell the counted."""


def _in_question(claim: Claim) -> list[Figure]:
    """The figures of a claim that may answer a question, not those that only describe."""
    found = [
        figure
        for figure in claim.quantities
        if bounds_of(figure) is not None and not _is_incidental(figure, claim.text)
    ]
    found = [figure for figure in found if not is_start(figure, claim.text)] or found
    parts = [figure for figure in found if not _is_whole(figure, found, claim.text)]
    return parts or found


_PARTED = re.compile(r"\d\S* (?:out )?of (?:[\w’'-]+ ){0,4}$")


def _is_whole(figure: Figure, others: Sequence[Figure], text: str) -> bool:
    """Whether it only tells of how many another is a part: "1,064 of the plant's 1,420 workers"."""
    parts = beside(figure, text) if len(others) > 1 else None
    return parts is not None and _PARTED.search(parts[0]) is not None


def _is_incidental(figure: Figure, text: str) -> bool:
    plain = figure.low == figure.high and not figure.approx and figure.low is not None
    small = plain and isinstance(figure.low, int) and 0 <= figure.low <= INCIDENTAL
    return small and dimension_of(figure) == "count" and not is_total(figure, text)


def figures_of(members: Sequence[Told]) -> list[Figure | None]:
    """The figure of each claim that answers the question of their fact; None where it has none.

    Of several it is that whose unit is most like those of the other claims; one of another kind
    than most (a percentage among counts) answers another question.
    """
    listed = [_in_question(one.claim) for one in members]
    given = sum(map(bool, listed))
    silent = [one for one, found in zip(members, listed, strict=True) if not found]
    if given > 1:  # who denies it need not say how many
        silent = [one for one in silent if one.claim.polarity == "positive"]
    if not given or (given <= len(silent) and len(members) > 1):
        return [None] * len(members)  # most of them do not say how many
    units = Counter(
        base for found in listed for base in {s for f in found for s in _unit_stems(f.unit)}
    )
    chosen = [max(found, key=lambda f: _usual(f, units)) if found else None for found in listed]
    kinds = Counter(dimension_of(f) for f in chosen if f is not None)
    usual = max(kinds, key=lambda kind: (kinds[kind], kind))
    return [f if f is not None and dimension_of(f) == usual else None for f in chosen]


def _usual(figure: Figure, units: Counter[str]) -> float:
    found = set(_unit_stems(figure.unit))
    return sum(units[base] for base in found) / (len(found) or 1)


def figure_rows(members: Sequence[Told], figures: Sequence[Figure | None]) -> list[FigureRow]:
    """A row for each claim with a figure in question, by day (unknown ones last) and by value."""
    days = as_of_days(members)
    rows = [
        FigureRow(
            claim=one.name,
            article=one.article,
            figure=figure,
            source=one.claim.source,
            via=one.claim.via,
            as_of=day,
        )
        for one, figure, day in zip(members, figures, days, strict=True)
        if figure is not None
    ]
    return sorted(rows, key=_order)


def _order(row: FigureRow) -> tuple[date, float, float, str]:
    bounds = bounds_of(row.figure)
    low, high = (bounds.low, bounds.high) if bounds else (0.0, 0.0)
    value = low if low != float("-inf") else high
    return (row.as_of or date.max, value, high, row.claim)
