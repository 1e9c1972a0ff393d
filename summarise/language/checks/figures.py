"""Figures of a claim: in its words and in its `quantities`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarise.language.date_parts import date_parts
from summarise.language.figures import FoundFigure
from summarise.language.passages import Passage, Passages, Scope
from summarise.records import Claim, Figure

_DIGITS = re.compile(r"(?<![\w.,])\d+(?:,\d+)*(?:\.\d+)*(?![\w])")
_ROUNDED = 0.005
"""A fraction may be written 0.33 or 0.333; other figures are compared exactly."""


def figure_reasons(claim: Claim, said: Passage, scope: Scope, passages: Passages) -> Iterator[str]:
    """Figures that the evidence, or what stands around it, does not hold."""
    near = [found.figure for part in scope.sentences for found in part.figures]
    wider = [found.figure for part in (*scope.before, *scope.opening) for found in part.figures]
    used = [found.figure for found in said.figures]
    spare = [figure for figure in near if not any(_agree(figure, other) for other in used)]
    spare = [figure for figure in spare if _quoted(figure, scope)]
    yield from _repeated(used, spare, scope)
    for found in said.figures:
        surface = found.figure.surface
        if _spelled(surface, scope.quotes):
            continue
        inside = [figure for figure in near if _quoted(figure, scope)]
        if spare and not any(_same_numbers(found.figure, figure) for figure in inside):
            yield f"figure {surface!r} is not in the evidence (the evidence has {_list(spare)})"
        elif not _spelled(surface, scope.near):
            yield from _figure(found.figure, near, wider, spare)
    yield from _mixed_up(said, scope)
    yield from _bare_digits(said, scope, passages)
    yield from _in_periods(said, scope)
    yield from _apart(claim.quantities, said)
    for quantity in claim.quantities:
        yield from _quantity(quantity, near, wider, scope)


def _figure(
    figure: Figure, near: list[Figure], wider: list[Figure], spare: list[Figure]
) -> Iterator[str]:
    if any(_agree(figure, other) for other in near):
        return
    turned = [other for other in near if _turned(figure, other)]
    if turned:
        yield f"figure {figure.surface!r} turns the bound of {turned[0].surface!r} round"
    elif spare:
        yield f"figure {figure.surface!r} is not in the evidence (the evidence has {_list(spare)})"
    elif not any(_agree(figure, other) for other in wider):
        yield f"figure {figure.surface!r} is not in the evidence nor in what stands around it"


def _repeated(used: list[Figure], spare: list[Figure], scope: Scope) -> Iterator[str]:
    """ "24 points from 24 games" of evidence that has 24 points and 25 games."""
    for place, figure in enumerate(used):
        again = [other for other in used[:place] if _same_numbers(figure, other)]
        held = [
            found
            for part in scope.sentences
            for found in part.figures
            if _same_numbers(figure, found.figure)
        ]
        if spare and again and _numbers(figure) and len(held) == 1:
            yield f"figure {figure.surface!r} stands once in the evidence, beside {_list(spare)}"
            return


_SMALL = "two three four five six seven eight nine ten eleven twelve".split()
_COUNT = re.compile(rf"\b(?:{'|'.join(_SMALL)}|\d{{1,2}})\b(?=[ -](?:\w+ )?[a-z]+s\b)")


def _in_periods(said: Passage, scope: Scope) -> Iterator[str]:
    """A count within a period ("over the past three days") that the article gives otherwise."""
    if not _COUNT.search(said.text):
        return
    for found in said.periods:
        for count in _COUNT.findall(found.period.surface):
            number = _SMALL.index(count) + 2 if count in _SMALL else int(count)
            forms = {count, str(number), *_SMALL[number - 2 : number - 1]}
            if not any(_spelled(form, scope.near) for form in forms):
                yield f"{count!r} in {found.period.surface!r} is not in the evidence"


def _apart(quantities: tuple[Figure, ...], said: Passage) -> Iterator[str]:
    """A quantity that the words of the claim lack, where they have one that no quantity gives."""
    left = [found.figure for found in said.figures]
    fewer = len(quantities) <= len(left)
    over: list[Figure] = []
    for quantity in quantities:
        fitting = next((figure for figure in left if _same_numbers(quantity, figure)), None)
        if fitting:
            left.remove(fitting)
        elif _numbers(quantity) and not _spelled(quantity.surface, (said,)):
            over.append(quantity)
    if over and left and fewer:
        yield f"quantity {over[0].surface!r} is not in the claim (it has {_list(left)})"


def _spelled(surface: str, parts: tuple[Passage, ...]) -> bool:
    """Whether a figure stands in a passage as it is written, and not within a longer number."""
    whole = re.compile(rf"(?<![\w.,]){re.escape(surface)}(?!\w|[.,]\d)", re.IGNORECASE)
    return any(whole.search(part.text) for part in parts)


def _quoted(figure: Figure, scope: Scope) -> bool:
    """Whether the evidence itself, and not only its sentence, holds the figure."""
    return any(figure.surface in quote.text for quote in scope.quotes)


def _list(figures: list[Figure]) -> str:
    return ", ".join(dict.fromkeys(repr(figure.surface) for figure in figures))


def _numbers(figure: Figure) -> list[float]:
    return [float(value) for value in (figure.low, figure.high) if value is not None]


def _agree(one: Figure, other: Figure) -> bool:
    """Whether two figures give the same value; an open bound may be left out, not turned round."""
    return _same_numbers(one, other) and not _turned(one, other)


def _same_numbers(one: Figure, other: Figure) -> bool:
    mine, theirs = set(_numbers(one)), set(_numbers(other))
    if not mine or not theirs:
        return one.surface.casefold() == other.surface.casefold()
    return len(mine) == len(theirs) and all(
        _close(a, b) for a, b in zip(sorted(mine), sorted(theirs), strict=True)
    )


def _close(a: float, b: float) -> bool:
    slack = _ROUNDED if max(abs(a), abs(b)) < 1 else 1e-9 * max(abs(a), abs(b))
    return abs(a - b) <= slack


def _turned(one: Figure, other: Figure) -> bool:
    """ "over 3,000" against "under 3,000"."""
    if not _same_numbers(one, other):
        return False
    return (one.low is None and other.high is None) or (one.high is None and other.low is None)


def _mixed_up(said: Passage, scope: Scope) -> Iterator[str]:
    """A figure that the evidence has, but for another thing: "50 killed and 47 injured"."""
    theirs = [
        (found, part)
        for part in scope.sentences
        for found in part.figures
        if _quoted(found.figure, scope)
    ]
    for found in said.figures:
        same = [(other, part) for other, part in theirs if _same(found, other)]
        own = [_shared(found, said, other, part) for other, part in same]
        if not own or any(_sides(found, said)[0] & _sides(*pair)[0] for pair in same):
            continue
        for other, part in theirs:
            used = any(_same(other, mine) for mine in said.figures)
            if not used and not max(own) and _shared(found, said, other, part) >= 2:
                yield (
                    f"figure {found.figure.surface!r} stands where the evidence has "
                    f"{other.figure.surface!r}"
                )
                return


def _same(one: FoundFigure, other: FoundFigure) -> bool:
    return _same_numbers(one.figure, other.figure)


def _shared(one: FoundFigure, mine: Passage, other: FoundFigure, theirs: Passage) -> int:
    """How many words next to one figure stand next to the other on the same side."""
    return sum(len(a & b) for a, b in zip(_sides(one, mine), _sides(other, theirs), strict=True))


def _sides(found: FoundFigure, passage: Passage) -> tuple[set[str], set[str]]:
    before = Passage(passage.text[max(0, found.start - 40) : found.start], None)
    after = Passage(passage.text[found.start : found.end + 40], None)
    left = [word.stem for word in before.words if word.content][-2:]
    right = [word.stem for word in after.words if word.content and _labels(word.text)][:3]
    return set(left), set(right)


def _bare_digits(said: Passage, scope: Scope, passages: Passages) -> Iterator[str]:
    """Digits that are no quantity (model numbers, scores) must stand in the article as they are."""
    held = {_plain(match) for part in scope.near for match in _DIGITS.findall(part.text)}
    spans = [(found.start, found.end) for found in said.figures]
    for match in _DIGITS.finditer(said.text):
        if any(start <= match.start() < end for start, end in spans):
            continue
        number = _plain(match.group())
        labelled = re.search(r"[^\W\d_]+\W{1,2}$", said.text[: match.start()])
        label = f"{labelled.group()}{match.group()}" if labelled else match.group()
        if number in held or _is_date(said.text, match) or label in passages.text:
            continue
        yield f"figure {match.group()!r} is not in the evidence nor in what stands around it"


def _labels(word: str) -> bool:
    """Whether a word tells what a figure is of: no figure itself, but perhaps its year."""
    return word.isalpha() or bool(re.fullmatch(r"(?:19|20)\d\d", word))


def _plain(number: str) -> str:
    return number.replace(",", "")


def _is_date(text: str, match: re.Match[str]) -> bool:
    """Years and days are the business of the check of dates."""
    around = text[max(0, match.start() - 12) : match.end() + 12]
    year = re.fullmatch(r"(?:1[5-9]|20)\d\d", match.group())
    return bool(year) or any(kind == "day" for kind, _ in date_parts(around))


def _quantity(
    quantity: Figure, near: list[Figure], wider: list[Figure], scope: Scope
) -> Iterator[str]:
    if not _numbers(quantity):
        return
    surface = quantity.surface.casefold()
    holds = any(surface in part.text.casefold() for part in (*scope.quotes, *scope.sentences))
    known = [*near, *(() if holds else wider)]
    if not holds and not any(_same_numbers(quantity, other) for other in known):
        held = _list(near) or "no figure"
        yield f"quantity {quantity.surface!r} is not in the evidence (it has {held})"
        return
    values = [found.figure for found in Passage(quantity.surface, None).figures]
    if re.fullmatch(r"\w+ quarters", quantity.surface):
        values = []  # of a year, it may be, and not of the whole
    if len(values) == 1 and not any(_within(quantity, other) for other in values):
        yield (
            f"quantity {quantity.surface!r} is given as {_bounds(quantity)}, "
            f"which is not what its words say ({_bounds(values[0])})"
        )


def _within(quantity: Figure, other: Figure) -> bool:
    if _turned(quantity, other):
        return False
    mine, theirs = _numbers(quantity), _numbers(other)
    return all(any(_close(a, b) for b in theirs) for a in mine) or all(
        any(_close(a, b) for a in mine) for b in theirs
    )


def _bounds(figure: Figure) -> str:
    low, high = figure.low, figure.high
    if low == high:
        return f"{low}"
    return f"{'' if low is None else low}..{'' if high is None else high}"
