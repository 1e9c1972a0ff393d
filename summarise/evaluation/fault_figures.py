"""Faults of figures: in the claim's text, and between a quantity's words and its bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarise.evaluation.fault import Fault, Labels, Level, held, plain
from summarise.language.figures import FoundFigure, find_figures
from summarise.language.number_words import words_to_int
from summarise.language.periods import find_periods
from summarise.records import Claim, Figure

_DIGITS = re.compile(r"\d[\d,.]*\d|\d")
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_TENTHS = re.compile(r"[a-z]+(?:-[a-z]+)?", re.IGNORECASE)

_LOW = re.compile(
    r"\b(?:at least|no fewer than|not less than|minimum of|surpass\w*|exceed\w*)\b", re.IGNORECASE
)
_OVER = re.compile(r"\b(?:more than|over|above|upwards of|in excess of)\b", re.IGNORECASE)
_HIGH = re.compile(
    r"\b(?:up to|as \w+ as|within|maximum of|at most|no more than|fewer than|less than|under|"
    r"below)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:about|some|nearly|almost|around|roughly|approximately|closer? to|just under|just over|"
    r"or so)\b|~",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:at least|no fewer than|more than|up to|at most|no more than|fewer than|less than|"
    r"nearly|almost|roughly|approximately) $",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d:\d\d|\b(?:hours?|minutes?|hrs?|mins?)\b.*\d|\d\s?[hm]\b")
"""A race time, which is given in seconds."""
_VAGUE = re.compile(
    r"\b(?:dozens|scores|hundreds|thousands|millions|billions|decades|several|few|couple|many)\b",
    re.IGNORECASE,
)


def figure_faults(claim: Claim, labels: Labels) -> Iterator[Fault]:
    """Figures of the text without evidence or quantity; quantities that do not add up."""
    yield from _text_figures(claim, labels)
    words = held(claim)
    for number, figure in enumerate(claim.quantities):
        field = f"quantities.{number}"
        yield from _bounds(claim, figure, field)
        if figure.surface:
            yield from _value(claim, figure, field)
            yield from _bound_words(claim, figure, field, words)


def _text_figures(claim: Claim, labels: Labels) -> Iterator[Fault]:
    words = held(claim)
    evidence, dated = _numbers(words), _dated(claim)
    given = {n for figure in claim.quantities for n in _bounds_of(figure)}
    evidence |= {
        n
        for figure in claim.quantities
        if plain(figure.surface) in words
        for n in _bounds_of(figure)
    }
    for surface, values, in_date in _figures_of(claim, labels):
        if not words or values & evidence or values <= dated:
            continue
        elsewhere = values & _numbers(labels.shown)
        place = " (it is elsewhere in the article)" if elsewhere else ""
        level: Level = "warning" if in_date else "error"
        message = f"the figure {surface!r} is in no evidence{place}"
        mend = "write the figure of the evidence, or add the span that holds it"
        yield Fault("figure", claim.id, "text", message, mend, level)
    for found in find_figures(claim.text):
        values = _bounds_of(found.figure)
        if values and not values & given and not values <= dated and not _is_time(claim, found):
            message = f"the figure {found.figure.surface!r} has no quantity"
            mend = "add it to quantities if it counts or measures something"
            yield Fault("no-quantity", claim.id, "quantities", message, mend, "warning")


def _is_time(claim: Claim, found: FoundFigure) -> bool:
    """Whether the figure is a length of time that the claim's period holds."""
    time = claim.time
    return time is not None and found.figure.surface.casefold() in time.surface.casefold()


def _figures_of(claim: Claim, labels: Labels) -> Iterator[tuple[str, set[float], bool]]:
    """Each figure of the claim's text, in digits or words: its values, and whether it dates."""
    text = claim.text
    dates = [(one.start, one.end) for one in find_periods(text, labels.published)]
    for match in _DIGITS.finditer(text):
        in_date = any(start <= match.start() < end for start, end in dates)
        yield match.group(), {_value_of(match.group())}, in_date
    for found in find_figures(text):
        values = _bounds_of(found.figure)
        if values and not _DIGITS.search(found.figure.surface) and not _is_time(claim, found):
            yield found.figure.surface, values, False


def _value_of(digits: str) -> float:
    try:
        return float(digits.replace(",", "").rstrip("."))
    except ValueError:
        # "12.5.2024": compared by its digits alone.
        return float(re.sub(r"\D", "", digits))


def _numbers(text: str) -> set[float]:
    """Every number that a text holds, in digits or words, scaled and not ("1.6bn": 1.6 too)."""
    found = {_value_of(match.group()) for match in _DIGITS.finditer(text)}
    for figure in find_figures(text):
        found |= _bounds_of(figure.figure)
    for word in _TENTHS.findall(text.casefold()):
        if word in _ORDINALS:
            found.add(float(_ORDINALS.index(word) + 1))
        elif value := words_to_int(word):
            found.add(float(value))
    return found


def _bounds_of(figure: Figure) -> set[float]:
    return {float(value) for value in (figure.low, figure.high) if value is not None}


def _dated(claim: Claim) -> set[float]:
    """The numbers by which the claim's period can be written out."""
    days = [claim.time.start, claim.time.end] if claim.time else []
    parts = {float(n) for day in days if day for n in (day.year, day.month, day.day)}
    return parts | (_numbers(claim.time.surface) if claim.time else set())


def _bounds(claim: Claim, figure: Figure, field: str) -> Iterator[Fault]:
    low, high = figure.low, figure.high
    if low is not None and high is not None and low > high:
        message = f"{figure.surface!r} has low {low!r} above high {high!r}"
        yield Fault("low-high", claim.id, field, message, f"write low {high!r}, high {low!r}")
    if low is None and high is None:
        message = f"{figure.surface!r} has neither low nor high"
        mend = "write what it comes to, or take it out if it is no figure"
        yield Fault("low-high", claim.id, field, message, mend)
    if not figure.unit.strip():
        message = f"{figure.surface!r} has no unit"
        yield Fault("unit", claim.id, f"{field}.unit", message, "write what it counts or measures")


def _value(claim: Claim, figure: Figure, field: str) -> Iterator[Fault]:
    """Bounds that the words of the surface do not mean."""
    surface, given = plain(figure.surface), _bounds_of(figure)
    found = [other.figure for other in find_figures(surface)]
    meant = {n for other in found for n in _bounds_of(other)}
    if not given or not meant or _CLOCK.search(surface):
        return
    if any(_close(a, b) for a in given for b in meant | _numbers(surface)):
        return
    value = "/".join(f"{n:g}" for n in sorted(given))
    message = f"{figure.surface!r} does not mean {value}"
    yield Fault("value", claim.id, field, message, f"write {_written(found[0])}")


def _written(figure: Figure) -> str:
    approx = ", approx true" if figure.approx else ""
    return f"low {figure.low!r}, high {figure.high!r}{approx}"


def _close(a: float, b: float) -> bool:
    return abs(a - b) <= max(0.005 if max(abs(a), abs(b)) < 1 else 0, 1e-6 * max(abs(a), abs(b)))


def _bound_words(claim: Claim, figure: Figure, field: str, words: str) -> Iterator[Fault]:
    """ "At least", "up to" and "about" against the bounds; and bounds that no word asks for."""
    surface = plain(figure.surface)
    said = _lead(surface, words) + surface
    if claim.polarity == "positive" and not figure.approx:
        yield from _open_sides(claim, figure, field, said)
    about = _ABOUT.search(said)
    if about and figure.low == figure.high and not figure.approx:
        message = f"{said!r} says {about.group()!r}, but it is given as exact"
        yield Fault("approx", claim.id, field, message, 'add "approx": true')
    yield from _unasked(claim, figure, field, words)


def _lead(surface: str, words: str) -> str:
    """A word of bound right before the surface, wherever the evidence has it."""
    leads = [_BEFORE.search(words[: match.start()]) for match in _places(words, surface)]
    found = [match.group() if match else "" for match in leads]
    return found[0] if len(set(found)) == 1 else ""


def _open_sides(claim: Claim, figure: Figure, field: str, said: str) -> Iterator[Fault]:
    """ "More than" has no high, "up to" no low; a denial ("not more than") turns them round."""
    high = _HIGH.search(said)
    low = _LOW.search(said) or (None if high else _OVER.search(said))
    if low and figure.high is not None:
        message = f"{said!r} says {low.group()!r}, but high is {figure.high!r}"
        yield Fault("bound", claim.id, field, message, "write high null")
    elif high and not low and figure.low is not None:
        message = f"{said!r} says {high.group()!r}, but low is {figure.low!r}"
        yield Fault("bound", claim.id, field, message, "write low null")


def _unasked(claim: Claim, figure: Figure, field: str, words: str) -> Iterator[Fault]:
    surface = plain(figure.surface)
    places = [(match.start(), match.end()) for match in _places(words, surface)]
    near = " ".join(words[max(0, start - 40) : end + 20] for start, end in places)
    loose = any(find.search(near) for find in (_ABOUT, _VAGUE, _LOW, _OVER, _HIGH))
    if figure.approx and not loose:
        message = f"{figure.surface!r} is approx, but no word says so"
        yield Fault("approx", claim.id, field, message, "leave approx out", "warning")
    if (figure.low is None) != (figure.high is None) and not loose:
        message = f"{figure.surface!r} is open on one side, but no word says so"
        yield Fault("bound", claim.id, field, message, "write low = high", "warning")


def _places(text: str, part: str) -> Iterator[re.Match[str]]:
    return re.finditer(re.escape(part), text)
