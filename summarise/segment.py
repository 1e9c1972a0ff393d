"""Cutting the main text into sentences and other units, with exact offsets.

Each block (`units`) is cut on its own, so that headlines, list items and captions stay units.
Within it each full stop, question or exclamation mark is judged by the word before it (title,
initial, month, company form, time of day) and the word after it; nupunkt decides on short words
that none of the tables hold. A mark stuck to the next word ends a sentence, too, unless it is part
of an address or an abbreviation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from summarise.blocks import Stretch, trim, word_set
from summarise.records import MARKUP, Article, Sentence
from summarise.units import STARTERS, blocks_of, shown

if TYPE_CHECKING:
    from nupunkt import PunktSentenceTokenizer


def segment(article: Article) -> tuple[Sentence, ...]:
    """The units of the main text in order.

    `view[start:end]` is the unit without blanks around it; units do not overlap, lie inside
    `main_text` and cover every character of it that is not blank.
    """
    units = [
        (piece, kind, paragraph)
        for paragraph, (block, kind) in enumerate(blocks_of(article))
        for piece in _pieces(article.view, block)
    ]
    return tuple(
        Sentence(
            number=number,
            start=start,
            end=end,
            text=shown(article.view[start:end]),
            kind=kind,
            paragraph=paragraph,
        )
        for number, ((start, end), kind, paragraph) in enumerate(units, 1)
    )


# Sentences of a block


def _pieces(view: str, block: Stretch) -> list[Stretch]:
    """The sentences of a block."""
    text, places = _without_markup(view, block)
    stops = [0, *_boundaries(text), len(text)]
    anew = [place for a, b in pairwise(stops) if (place := _renamed(text, a, b))]
    ends = sorted({*stops[1:], *anew})
    pieces = _worded(text, list(zip([0, *ends], ends, strict=False)))
    return [trim(view, places[a], places[b - 1] + 1) for a, b in pieces]


def _without_markup(view: str, block: Stretch) -> tuple[str, Sequence[int]]:
    """The block without markup fillers, and the offset of each of its characters."""
    start, end = block
    if MARKUP not in view[start:end]:
        return view[start:end], range(start, end)
    places = [n for n in range(start, end) if view[n] != MARKUP]
    return "".join(view[n] for n in places), places


def _worded(text: str, pieces: Sequence[Stretch]) -> list[Stretch]:
    """The pieces, with one that holds no letter or digit joined to its neighbour."""
    out: list[Stretch] = []
    for start, end in pieces:
        lone = not re.search(r"[^\W_]", text[start:end])
        if out and (lone or not re.search(r"[^\W_]", text[slice(*out[-1])])):
            out[-1] = out[-1][0], end
        elif end > start:
            out.append((start, end))
    return [(start, end) for start, end in out if text[start:end].strip()]


_NAME_FIRST = re.compile(r"\s*((?:[A-Z][\w’'.-]*\s+){2,5}[A-Z][\w’'-]+)")
_UNSTOPPED = re.compile(r"[a-z]['’”\"](?=\s+[A-Z])")


def _renamed(text: str, start: int, end: int) -> int | None:
    """Where a sentence ends with a quotation and no stop, as a caption run into the text does.

    Told by the full name that it begins with: no sentence introduces its subject twice.
    """
    name = _NAME_FIRST.match(text, start, end)
    again = text.find(name[1], name.end(), end) if name else -1
    found = _UNSTOPPED.search(text, name.end(), again) if name and again > 0 else None
    return found.end() if found else None


_MARK = re.compile(r"(?:[.!?]+|…|[。！？])['\"”’»)\]]*")
_NEXT = re.compile(r"[\s\"“‘'«(\[—–-]*([^\W_][\w.'’-]*)?")
_CREDIT_ONLY = re.compile(r"\s+\([^()]{2,60}\)\W*$")
_CREDIT_AFTER_BAR = re.compile(r"\s+[/|©]\s*\S.{0,60}$")
_WORD_BEFORE = re.compile(r"[\w&'’.-]*$")


def _boundaries(text: str) -> Iterator[int]:
    """Offsets at which a sentence of `text` ends."""
    last = len(text.rstrip())
    for match in _MARK.finditer(text):
        end = _past_spaced_quote(text, match.end())
        if end >= last:
            return
        if text[end].isspace() or match[0][0] in "。！？":
            ended = _ends_sentence(text, match, end)
        else:
            ended = _stuck_end(text, match)
        if ended:
            yield end


def _past_spaced_quote(text: str, end: int) -> int:
    """Past a closing quote that a blank parts from its sentence, as in tokenised text."""
    if re.match(r'\s"(?:\s|$)', text[end : end + 3]) and text.count('"', 0, end) % 2:
        return end + 2
    return end


def _ends_sentence(text: str, mark: re.Match[str], end: int) -> bool:
    """Whether a mark with a blank after it ends a sentence."""
    if _CREDIT_AFTER_BAR.match(text, end):
        return True
    if _CREDIT_ONLY.match(text, end):
        return False
    following = _NEXT.match(text, end)
    after = (following[1] or "") if following else ""
    if after[:1].islower() and not re.match(r"[a-z]+[A-Z]", after):
        return False
    word = _word_before(text, mark.start())
    rest = text[following.start(1) : following.start(1) + 80] if following and after else ""
    if mark[0][0] in "!?":
        return not _goes_on_after_question(word, mark[0], after, rest)
    if mark[0].startswith(("…", "..")):
        return after[:1].isupper() and (after in STARTERS or _punkt_ends(text, mark))
    if len(mark[0]) > 1:
        return not (word.lower() in _TITLES and mark[0][1:] == ")")
    return _full_stop_ends(text, mark, word, after, rest)


def _word_before(text: str, end: int) -> str:
    found = _WORD_BEFORE.search(text[max(0, end - 40) : end])
    return found[0].lstrip("'’.-") if found else ""


def _goes_on_after_question(word: str, mark: str, after: str, rest: str) -> bool:
    """A brand with an exclamation mark, or a quoted question that a name and "asked" follow."""
    if word in _EXCLAIMED and mark == "!":
        return after not in STARTERS
    return mark[-1] in "\"”’'»" and _SAID_AFTER.match(rest) is not None


def _full_stop_ends(text: str, mark: re.Match[str], word: str, after: str, rest: str) -> bool:
    low = word.lower()
    if low in _NEVER or (low in _TITLES and after[:1].isupper()):
        return low == "st" and after in STARTERS
    if low in _BEFORE_FIGURE and after[:1].isdigit():
        return False
    if low in ("a.m", "p.m", "am", "pm"):
        return _TIME_GOES_ON.match(rest) is None
    if re.fullmatch(r"\d{1,2}", word) and mark.start() <= len(word) + 1:
        return False
    if _is_abbreviation(word):
        return after in STARTERS and not _STARTER_IN_NAME.match(rest)
    if len(word) <= 4 and word[:1].isupper() and after not in STARTERS:
        return _punkt_ends(text, mark)
    return True


def _is_abbreviation(word: str) -> bool:
    """An initial ("J"), a dotted acronym ("U.S"), a company form, a state, a month cut short."""
    return re.fullmatch(r"[A-Z]|(?:[A-Za-z]{1,2}\.)+[A-Za-z]{1,2}", word) is not None or (
        word.lower() in _COMPANY | _PLACES | _CUT_SHORT and word[:1].isupper()
    )


def _stuck_end(text: str, mark: re.Match[str]) -> bool:
    """Whether a mark with no blank after it ends a sentence ("in the region.He said")."""
    before = re.split(r"\s", text[max(0, mark.start() - _TOKEN) : mark.start()])[-1]
    after = text[mark.end() : mark.end() + _TOKEN]
    whole = before + mark[0] + re.split(r"\s", after)[0]
    if mark[0].startswith("..") or re.search(r"[@/\\]|www\.|https?:", whole):
        return False
    if not re.search(r"(?:^|[^\w.])(?:[a-zà-ÿ’'-]{3,}|[A-Z][a-z]{3,}|\d{1,4})$", before):
        return False
    if re.match(r"[\"“‘'(]?(?:[A-Z][a-zà-ÿ’']+|[A-Z]{2,}|[AI])(?=[\s,.’'-]|$)", after):
        return True
    return mark[0] == "." and re.match(r"[a-z]{5,}\s", after) is not None


_TOKEN = 80
"""Characters of a word, such as an address, that are looked at on either side of a mark."""


@cache
def _punkt() -> PunktSentenceTokenizer:
    import nupunkt

    return nupunkt.load("default")


def _punkt_ends(text: str, mark: re.Match[str]) -> bool:
    """What nupunkt says of a mark, shown the forty characters around it."""
    start = text.rfind(" ", 0, max(0, mark.start() - 40)) + 1
    near = text[start : mark.end() + 40]
    ends = (start + stop for _, stop in _punkt().span_tokenize(near))
    return any(mark.end() <= stop <= mark.end() + 2 for stop in ends)


# Tables

_TITLES = word_set(
    """
    mr mrs ms mx dr gen lt col sgt capt maj cpl pvt cmdr adm brig sen rep gov prof rev hon
    pres st ste fr msgr sir amb supt insp det atty supr messrs mmes mt lt.gen
    maj.gen brig.gen vice.adm
    """
)
_NEVER = word_set(
    """
    e.g i.e cf vs viz approx ca ibid eg ie
    """
)
_BEFORE_FIGURE = word_set(
    """
    no nos art sec fig vol ch p pp par para v est jan feb mar apr jun jul aug sept sep oct
    nov dec rs op
    """
)
_COMPANY = word_set(
    """
    inc corp ltd co bros plc llc jr sr cos assn dept univ govt natl intl
    """
)
_CUT_SHORT = word_set(
    """
    jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri ave
    blvd rd
    """
)
_PLACES = word_set(
    """
    ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont
    neb nev okla ore pa tenn tex vt va wash wis wyo ont que alta
    """
)
_EXCLAIMED = frozenset(("Yahoo", "Yum", "Jeopardy", "Hapoalim", "E", "Chips", "Oklahoma", "Mamma"))
_STARTER_IN_NAME = re.compile(r"(?:The Hague|Police Department|A\.|I\.)\b")
_TIME_GOES_ON = re.compile(
    r"(?:E[SD]?T|C[SD]?T|M[SD]T|P[SD]?T|GMT|UTC|BST|CET|CEST|EET|MSK|IST|JST|KST|HKT|AEST|AEDT|"
    r"WIB|Eastern|Central|Mountain|Pacific|Greenwich"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|"
    r"Dec)[a-z]*\.?\s\d|\w+\s(?:local\s)?time)\b"
)
_SAID_AFTER = re.compile(
    r"(?:[A-Z][\w.'’-]*\s+){1,5}(?:said|says|asked|asks|added|told|wrote|shouted|cried|replied|"
    r"yelled|wondered|tweeted|exclaimed|demanded)\b"
)
