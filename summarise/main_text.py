"""The article within a page that was saved as plain text.

The page is cut into lines (a page on one line: at runs of blanks). Each line is prose, a list
item, a short line or page furniture (`noise`). What the head of a link list or of a comment box
takes in is left out (`link_lists`). What then remains is grouped into islands; the island with most
prose is the body, and others stay only where they share its words. Above the body the headline is
the short line whose words the body repeats; below it nothing short stays, and within it a short
line stays where prose follows. Furniture inside a kept line (a date stamp, an agency's sign-off) is
cut from its ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date

from summarise import bylines, list_heads, noise, rows
from summarise.appeals import is_player
from summarise.blocks import Stretch, joined
from summarise.dateline import publish_date
from summarise.line_ends import credit_length, without_furniture
from summarise.link_lists import is_teaser, outside_lists
from summarise.page_lines import SENTENCE_END, Line, lines_of, overlap, vocabulary

_BODY_WORDS = 15
"""Words from which on a line of prose is the body's, not a headline with a full stop in it."""
_STANDFIRST_WORDS = 8
"""Least words of a line that belongs to the headline above it whatever it says."""
_HEADLINES = 5
"""Most lines above the body that share its words before they count as a list of stories."""
_LIST = 40
"""List items to either side that are looked at to judge a list."""
_MOST_POINTS, _POINT_WORDS, _OVERLAP_POINTS = 12, 4, 0.1
"""Most points of an article told in short, least words of one, and least share of their content
words that the body must hold."""
_FAR = 3
"""Furniture lines in a row that part two islands of prose."""
_OVERLAP_ISLAND, _OVERLAP_HEADLINE, _OVERLAP_STRAY = 0.1, 0.3, 0.1
"""Share of a stretch's content words that the body must hold for the stretch to belong to it."""


@dataclass(frozen=True, slots=True)
class Found:
    """The article found in a page; no stretches where the page holds no prose."""

    stretches: tuple[Stretch, ...]
    title: str | None
    published: date | None


def find_main_text(page: str) -> Found:
    """The stretches, title and publish date of the article in a page of plain text."""
    lines = lines_of(page)
    keep = _keep(lines)
    stretches = [stretch for number in keep for stretch in _cut(page, lines, number, keep[0])]
    above = [line.text for line in lines[: _body_begin(lines, keep) + 1]]
    below = [line.text for line in lines[keep[-1] + 1 :]] if keep else []
    kept = [lines[number] for number in keep]
    return Found(joined(page, stretches), _title(page, kept, stretches), publish_date(above, below))


def _body_begin(lines: Sequence[Line], keep: Sequence[int]) -> int:
    """The first kept line of prose that is more than a headline; 0 without any."""
    prose = [n for n in keep if lines[n].kind == "prose"]
    longer = (n for n in prose if len(lines[n].text.split()) >= _BODY_WORDS)
    return next(longer, prose[0] if prose else 0)


def _cut(page: str, lines: Sequence[Line], number: int, first: int) -> list[Stretch]:
    line = lines[number]
    before = lines[number - 1] if number else None
    opens = number == first or (before is not None and before.kind == "noise")
    credited = before is not None and "©" in before.text
    return without_furniture(page, (line.start, line.end), opens, credited)


# Which lines are the article


def _keep(lines: Sequence[Line]) -> list[int]:
    """Numbers of the lines that are the article, in order."""
    open_lines = outside_lists(lines)
    body = _body(lines, open_lines)
    if not body:
        return []
    body = _without_biography(lines, _without_strays(lines, body))
    held, is_open = set(body), frozenset(open_lines)
    words = vocabulary(lines[n] for n in body)
    inside = [n for n in open_lines if body[0] <= n <= body[-1] and n not in held]
    keep = held | {n for n in inside if _belongs(lines, n, is_open, words)}
    keep |= set(_trailing_items(lines, body[-1], is_open))
    points = _points(lines, body[-1], words)
    keep |= set(points) | set(_above(lines, body[0], words, points, is_open))
    return sorted(keep)


def _body(lines: Sequence[Line], open_lines: Sequence[int]) -> list[int]:
    """Numbers of the prose lines that are the body."""
    islands = _islands(lines, open_lines)
    if not islands:
        return []
    main = max(islands, key=lambda island: sum(len(lines[n].text) for n in island))
    words = vocabulary(lines[n] for n in main)
    return [
        n for island in islands if island is main or _akin(lines, island, words) for n in island
    ]


def _islands(lines: Sequence[Line], open_lines: Sequence[int]) -> list[list[int]]:
    """Prose lines grouped where fewer than `_FAR` lines of furniture part them."""
    islands: list[list[int]] = []
    furniture = 0.0
    for number in open_lines:
        if lines[number].kind != "prose" or is_teaser(lines, number):
            furniture += _parts(lines[number])
            continue
        if islands and furniture < _FAR:
            islands[-1].append(number)
        else:
            islands.append([number])
        furniture = 0
    return islands


def _parts(line: Line) -> float:
    """What a line counts as furniture between islands: half where it is known for what it is.

    The article's own lists and tables do not, nor does what parts the entries of a live page.
    """
    if noise.is_entry_mark(line.text) or rows.is_table_row(line.text):
        return 0.0
    if line.kind == "item" or line.text.endswith((":", "?")):
        return 0.0
    return 0.5 if line.kind == "noise" else 1.0


def _akin(lines: Sequence[Line], island: Sequence[int], words: frozenset[str]) -> bool:
    return overlap(vocabulary(lines[n] for n in island), words) >= _OVERLAP_ISLAND


def _without_strays(lines: Sequence[Line], body: list[int]) -> list[int]:
    """The body without a last line or two that furniture parts from it, in no word akin to it."""
    while len(body) > _FAR:
        begin = next((n for n in (1, 2) if body[-n] - body[-n - 1] > 1), 0)
        last, rest = body[-begin:], vocabulary(lines[n] for n in body[:-begin])
        if not begin or any(_TELLS.search(lines[n].text) for n in last):
            break
        if overlap(vocabulary(lines[n] for n in last), rest) >= _OVERLAP_STRAY:
            break
        body = body[:-begin]
    return body


_TELLS = re.compile(r"[\d“”\"]|[a-z,]\s+[A-Z]\w|\bsaid\b")
"""A figure, a quotation or a name within a sentence: what news has and a slogan has not."""


def _without_biography(lines: Sequence[Line], body: list[int]) -> list[int]:
    """The body without what introduces its author in its last lines."""
    while len(body) > 1 and bylines.is_biography(lines[body[-1]].text):
        name = " ".join(lines[body[-1]].text.split()[:2])
        if any(name in lines[n].text for n in body[:-1]):
            break
        body = body[:-1]
    return body


def _belongs(lines: Sequence[Line], number: int, is_open: Set[int], words: frozenset[str]) -> bool:
    """Whether a line among the body's prose is a subhead or list item of it."""
    line = lines[number]
    if line.kind in ("noise", "prose"):
        return False
    before = lines[number - 1] if number else None
    after = lines[number + 1] if number + 1 < len(lines) else None
    led = before is not None and before.kind != "noise" and before.text.endswith(":")
    if led or line.text.endswith(":"):
        return True
    if line.kind == "item":
        return _item_belongs(lines, number, is_open, words)
    if before is not None and is_player(before.text):
        return False
    leads = after is not None and after.kind in ("prose", "item") and number + 1 in is_open
    return (leads and len(line.text) > 3) or overlap(line.words, words) >= 0.6


def _item_belongs(
    lines: Sequence[Line], number: int, is_open: Set[int], words: frozenset[str]
) -> bool:
    """A list of the article's own has an intro with a colon, sentences, or the body's words."""
    first = last = number
    while (
        first > number - _LIST
        and first
        and lines[first - 1].kind == "item"
        and first - 1 in is_open
    ):
        first -= 1
    while (
        last + 1 < min(len(lines), number + _LIST)
        and lines[last + 1].kind == "item"
        and last + 1 in is_open
    ):
        last += 1
    items = lines[first : last + 1]
    above = lines[first - 1] if first else None
    if above and above.kind != "noise" and above.text.endswith(":"):
        return True
    if above and above.kind == "short" and first > 1 and lines[first - 2].kind == "prose":
        told = [item for item in items if re.search(r"\d|\b(?:of|to|in|for|by)\b", item.text)]
        return len(told) * 2 >= len(items)
    sentences = sum(1 for item in items if SENTENCE_END.search(item.text))
    return sentences * 2 >= len(items) or overlap(vocabulary(items), words) >= 0.3


def _trailing_items(lines: Sequence[Line], last: int, is_open: Set[int]) -> Iterable[int]:
    """List items right below the body: those that a colon or a subhead with one leads in."""
    number = last + 1
    led = lines[last].text.endswith(":")
    if number < len(lines) and lines[number].text.endswith(":") and lines[number].kind == "short":
        led, number = True, number + 1
    items = []
    while led and number in is_open and lines[number].kind == "item":
        items.append(number)
        number += 1
    return [*range(last + 1, items[0]), *items] if items else []


def _points(lines: Sequence[Line], last: int, words: frozenset[str]) -> list[int]:
    """Numbers of the lines, up to the end of the body, that "Key points" or the like heads."""
    found: list[int] = []
    for head in range(last):
        if not list_heads.is_points_head(lines[head].text):
            continue
        points = []
        for number in range(head + 1, min(head + 1 + _MOST_POINTS, last + 1)):
            line = lines[number]
            if line.kind not in ("item", "short") or len(line.text.split()) < _POINT_WORDS:
                break
            points.append(number)
        if overlap(vocabulary(lines[n] for n in points), words) >= _OVERLAP_POINTS:
            found += points
    return found


# The headline


def _above(
    lines: Sequence[Line],
    first: int,
    words: frozenset[str],
    points: Sequence[int],
    is_open: Set[int],
) -> Iterable[int]:
    """Numbers of what belongs to the article above its body; its points are no headlines."""
    leading = [n for n in points if n < first]
    if not leading:
        return _headlines(lines, first, words)
    between = (n for n in _headlines(lines, first, words) if n > leading[-1] and n in is_open)
    return [*_headlines(lines, leading[0] - 1, words), *between]


def _headlines(lines: Sequence[Line], first: int, words: frozenset[str]) -> list[int]:
    """Numbers of the headline above the body and of the lines below it that belong to it."""
    above = [n for n in range(first) if lines[n].kind in ("short", "item", "prose")]
    above = [n for n in above if not rows.is_masthead(lines[n].text) or n + 1 >= first]
    ranked = [n for n in above if _headline_rank(lines[n], words) >= _OVERLAP_HEADLINE]
    if not ranked:
        near = [
            n for n in above[-3:] if lines[n].kind == "short" and len(lines[n].text.split()) >= 4
        ]
        return near[:1]
    best = max(ranked, key=lambda n: (len(lines[n].words & words), -n))
    shared = len(lines[best].words & words)
    telling = [n for n in ranked if len(lines[n].words & words) * 3 >= shared]
    headline = telling[0] if len(ranked) <= _HEADLINES else best
    if headline - 1 in above and _leads(lines[headline - 1], words):
        headline -= 1
    standfirst = next((n for n in above if n > headline), headline)
    return [
        n
        for n in above
        if n >= headline
        and (
            _below_headline(lines[n], lines[best], words)
            or (n in (headline, standfirst) and len(lines[n].text.split()) >= _STANDFIRST_WORDS)
        )
    ]


def _headline_rank(line: Line, words: frozenset[str]) -> float:
    tokens = line.text.split()
    if not 3 <= len(tokens) <= 40 or len(line.words) < 2:
        return 0.0
    return overlap(line.words, words)


def _leads(line: Line, words: frozenset[str]) -> bool:
    """Whether a line right above the article's first is its headline, in other words."""
    return line.kind == "short" and len(line.text.split()) >= 4 and bool(line.words & words)


def _same(one: Line, other: Line) -> bool:
    return one.text == other.text or (len(one.words) > 3 and one.words == other.words)


def _below_headline(line: Line, headline: Line, words: frozenset[str]) -> bool:
    """Whether a line between headline and body is a second headline, a standfirst or a caption."""
    if _same(line, headline) or (line.kind == "prose" and credit_length(line.text)):
        return True
    if line.kind == "short" and rows.is_masthead(line.text):
        return False
    if (
        line.kind == "short"
        and re.search(r"\w,\S", line.text)
        and not re.search(r"\w\s[a-z]", line.text)
    ):
        return False
    return len(line.text.split()) >= 4 and overlap(line.words, words) >= _OVERLAP_HEADLINE


# The title


def _title(page: str, kept: Sequence[Line], stretches: Sequence[Stretch]) -> str | None:
    """The article's first line where it is a headline; of one line, what precedes " - "."""
    if not kept:
        return None
    first = page[slice(*stretches[0])]
    if " - " in first[:200] and len(first) > 120:
        first = first.split(" - ")[0]
    elif kept[0].kind != "short":
        return None
    return " ".join(first.split()) if len(first.split()) <= 40 else None
