"""The lists of links and comment boxes of a flattened page, and where the article goes on.

The head of a list opens a drop zone, which only prose about the same things closes.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence, Set

from summarise import list_heads
from summarise.page_lines import Line, overlap, vocabulary

_OPENING = 25
"""Characters by which a headline is known again where it runs into its own teaser."""
_FULL = 200
"""Characters from which on a paragraph of several sentences is no teaser."""
_RUN, _NEAR = 6, 40
"""Lines of prose that are looked at to judge a run, and lines to either side of a head."""
_INSET_LINES, _TAG_WORDS = 5, 3
"""Most lines of a list that stands in the middle of a body, and words of a tag."""
_ENDS = 3
"""Lines of prose before the head of a comment box that make it the end of an article."""
_OVERLAP_BUTTON, _OVERLAP_RESUME, _OVERLAP_TITLED = 0.1, 0.08, 0.2
"""Share of a run's content words that the prose before it must hold for the article to go on: below
a button, below a list, and between two short lines."""


def outside_lists(lines: Sequence[Line]) -> list[int]:
    """Numbers of the lines that no list of links or comment box takes in."""
    outside: list[int] = []
    seen: set[str] = set()
    number = 0
    while number < len(lines):
        line = lines[number]
        final = list_heads.is_final_head(line.text)
        if final and _ends_page(lines, number):
            break
        if not final and list_heads.is_list_head(line.text) and number + 1 < len(lines):
            number = _resume(lines, number, seen)
            continue
        outside.append(number)
        if line.kind == "prose":
            seen |= line.words
        number += 1
    return outside


def _ends_page(lines: Sequence[Line], number: int) -> bool:
    """Whether what follows the head of a comment box is no article any more.

    A counter of comments stands above the body on some pages, with little prose before it.
    """
    before = sum(1 for line in lines[max(0, number - _NEAR) : number] if line.kind == "prose")
    if _is_button(lines, number):
        return False
    after = range(number + 1, min(len(lines), number + _NEAR))
    return before > 0 and (before >= _ENDS or all(len(_prose_run(lines, n)) < _ENDS for n in after))


def _is_button(lines: Sequence[Line], number: int) -> bool:
    """Whether "0 comments" stands in the middle of an article: prose akin to it follows at once."""
    run = _prose_run(lines, number + 1)
    said = vocabulary(line for line in lines[:number] if line.kind == "prose")
    return (
        re.search(r"\d", lines[number].text) is not None
        and bool(run)
        and overlap(vocabulary(lines[n] for n in run), said) >= _OVERLAP_BUTTON
    )


def _resume(lines: Sequence[Line], head: int, seen: Set[str]) -> int:
    """Where the body goes on after the head of a list; the number past the last line if nowhere."""
    inset = list_heads.is_inset_head(lines[head].text)
    needed = 1 if inset or not seen else 2
    for number in range(head + 1, len(lines)):
        run = _prose_run(lines, number)
        enough = 1 if _is_tag_row(lines[head + 1 : number]) else needed
        if len(run) < enough and not (run and _is_full(lines[number])):
            continue
        if not run or any(is_teaser(lines, n) for n in run[:needed]):
            continue
        if number - head > _INSET_LINES and _is_last(lines, number):
            continue
        words = vocabulary(lines[n] for n in run)
        least = 0.0 if not seen else sys.float_info.min if inset else _OVERLAP_RESUME
        if seen and _is_between_titles(lines, number):
            least = _OVERLAP_TITLED
        if overlap(words, seen) >= least:
            return number - _lead_ins(lines, head, number)
    return len(lines)


def _is_between_titles(lines: Sequence[Line], number: int) -> bool:
    """Whether a line of prose has a short line above and below, as the teasers of a list have."""
    return (
        lines[number - 1].kind == "short"
        and number + 1 < len(lines)
        and lines[number + 1].kind == "short"
    )


def _is_tag_row(between: Sequence[Line]) -> bool:
    """Whether the lines below the head of a list are a few tags and no headlines."""
    few = len(between) <= _INSET_LINES
    return few and all(len(line.text.split()) <= _TAG_WORDS for line in between)


def _is_last(lines: Sequence[Line], number: int) -> bool:
    """Whether a line of prose is the last of the page, and no more than a footer's."""
    after = (line.kind == "prose" for line in lines[number + 1 :])
    return not _is_full(lines[number]) and not any(after)


def _is_full(line: Line) -> bool:
    """Whether one line of prose is more than a teaser: long, and of several sentences."""
    return (
        len(line.text) >= _FULL and re.search(r"[a-z”\"][.!?]['\"”’]*\s+\S", line.text) is not None
    )


def _lead_ins(lines: Sequence[Line], head: int, number: int) -> int:
    """How many lines before resumed prose are its own: a headline, where no prose came before."""
    if any(line.kind == "prose" or list_heads.is_points_head(line.text) for line in lines[:head]):
        return 0
    return sum(1 for line in lines[head + 1 : number] if line.kind == "short")


def _prose_run(lines: Sequence[Line], number: int) -> list[int]:
    """The lines of prose that follow one another from `number` on."""
    run: list[int] = []
    while number < len(lines) and len(run) < _RUN and lines[number].kind == "prose":
        run.append(number)
        number += 1
    return run


_READ_ON = re.compile(
    r"\W*(?:read|see|view|learn|continue)\s+(?:more|full|reading)\b(?:\s+\w+){0,2}\W*", re.I
)


def is_teaser(lines: Sequence[Line], number: int) -> bool:
    """Whether prose is a teaser: "Read more" follows, or it says its headline twice."""
    after = lines[number + 1].text if number + 1 < len(lines) else ""
    if _READ_ON.fullmatch(after):
        return True
    text = lines[number].text
    again = text.find(text[:_OPENING], _OPENING)
    return 0 < again < 160 and not text[again - 1].isspace() and " " in text[:_OPENING]
