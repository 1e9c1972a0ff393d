"""Cutting the main text into sentences and other units, with exact offsets.

Each line (or paragraph, where lines are folded) is cut on its own, so that headlines, list items
and captions stay units. Within a line each full stop, question or exclamation mark is judged by
the word before it (title, initial, month, company form, time of day) and the word after it;
nupunkt decides on short words that none of the tables hold. A mark stuck to the next word ends a
sentence, too, unless it is part of an address or an abbreviation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from summarise.blocks import MARKER, Stretch, fold_width, paragraphs, trim, word_set
from summarise.records import MARKUP, Article, Sentence, UnitKind

if TYPE_CHECKING:
    from nupunkt import PunktSentenceTokenizer


def segment(article: Article) -> tuple[Sentence, ...]:
    """The units of the main text in order.

    `view[start:end]` is the unit without blanks around it; units do not overlap, lie inside
    `main_text` and cover every character of it that is not blank.
    """
    blocks = list(_blocks(article))
    units = [
        (piece, kind, paragraph)
        for paragraph, (block, kind) in enumerate(_with_kinds(article, blocks))
        for piece in _pieces(article.view, block)
    ]
    return tuple(
        Sentence(
            number=number,
            start=start,
            end=end,
            text=_shown(article.view[start:end]),
            kind=kind,
            paragraph=paragraph,
        )
        for number, ((start, end), kind, paragraph) in enumerate(units, 1)
    )


def _shown(view: str) -> str:
    return " ".join(view.replace(MARKUP, "").split())


# Blocks and their kinds

_RUN_IN_HEADLINE = re.compile(
    r"[ \t\xa0]{2,}(?=[\"“‘'(]?[^\W_])|"
    r"\s[-–—]{1,2}\s+(?=[\"“‘']?[A-Z\d])"
)
_SENTENCE_CLOSE = re.compile(r"[.!?…。！？]['\"”’»)\]]*$")
_CREDIT = re.compile(
    r"\([^()]*\b(?:photos?|images?|file|courtesy|handout|AP|AFP|Reuters|Getty|EPA|Agenc(?:y|ies)|"
    r"archive)\b[^()]*\)\W*$"
    r"|(?:\s/|\s\||©|\b(?:photo|image|picture|credit)s?\s*(?:by|:|/))\s*[A-Z][\w ./&'’-]{1,40}$",
    re.I,
)
_LABEL = re.compile(r"[A-Z][\w ’'/&-]{0,30}:\s+\S")
_HEADLINE_WORDS, _QUESTION_WORDS, _ITEM_WORDS, _LEAD_IN_WORDS = 25, 20, 12, 10
"""Most words of a headline, of a question that is one, of a labelled item, of a line with a "
"colon."""

_NEAR_START = 400
"""Characters in which a run-in headline ends, or the tags before a block stand."""
_RESTART_WORDS, _STEM = 40, 5
"""Words in which a sentence says its headline again; letters that tell words apart."""
_CREDIT_BEHIND = re.compile(
    r"(?:[ \t\xa0\x1f]*[(\[]|\s{0,4}[(\[]?(?:photo|image|picture|credit)s?\b)"
    r"[^()\[\]\r\n]{2,70}[)\]]?\W*?(?=[\r\n]|$)",
    re.I,
)
_ELEMENT = re.compile(r"<(li|figcaption|h[1-6])\b[^<>]*>(?:\s|<(?!/)[^<>]*>)*$", re.I)
_KIND_OF_ELEMENT: dict[str, UnitKind] = {
    "li": "item",
    "figcaption": "caption",
    **{f"h{level}": "headline" for level in range(1, 7)},
}


def _blocks(article: Article) -> Iterator[Stretch]:
    fold = fold_width(article.view)
    first = True
    for start, end in article.main_text:
        for block in paragraphs(article.view, start, end, fold):
            yield from _without_run_in(article.view, block) if first else (block,)
            first = False


def _without_run_in(view: str, block: Stretch) -> list[Stretch]:
    """The first block, cut where a headline runs in: at wide blanks, a dash, a restart."""
    start, end = block
    match = _RUN_IN_HEADLINE.search(view, start, end)
    if not match or _SENTENCE_CLOSE.search(view[start : match.start()]):
        return _at_restart(view, block)
    words = len(view[start : match.start()].split())
    after = len(view[match.end() : end].split())
    if not 4 <= words <= _HEADLINE_WORDS or after < 6:
        return _at_restart(view, block)
    # The dash stays with the headline, so that no character is left out.
    return [trim(view, start, match.end()), (match.end(), end)]


def _at_restart(view: str, block: Stretch) -> list[Stretch]:
    """The first block, cut where a sentence begins anew without a stop and says the same again."""
    start, end = block
    words = list(re.finditer(r"\S+", view[start : min(end, start + _NEAR_START)]))
    for n in range(4, min(_HEADLINE_WORDS, len(words) - 6)):
        if not _begins_anew(words[n - 1][0], words[n][0], words[n + 1][0]):
            continue
        said, again = _stems(words[:n]), _stems(words[n : n + _RESTART_WORDS])
        if len(said & again) >= 3 and 2 * len(said & again) >= len(said):
            return [(start, start + words[n - 1].end()), (start + words[n].start(), end)]
    return [block]


def _begins_anew(before: str, word: str, after: str) -> bool:
    """Whether a word that begins sentences stands capitalised in the middle of a line."""
    opens = word in _STARTERS or word in _COUNTED
    return opens and after[0].islower() and before[-1].isalnum() and before not in _LEADING


def _stems(words: Sequence[re.Match[str]]) -> set[str]:
    found = (re.sub(r"\W", "", word[0]).lower() for word in words)
    return {word[:_STEM] for word in found if len(word) > 3 or word.isdigit()}


def _with_kinds(article: Article, blocks: Sequence[Stretch]) -> Iterator[tuple[Stretch, UnitKind]]:
    view = article.view
    texts = [_shown(view[start:end]) for start, end in blocks]
    for number, block in enumerate(blocks):
        beside = (*texts[max(number - 1, 0) : number], *texts[number + 1 : number + 2])
        kind = _kind_by_markup(article, block) or _kind(texts[number], beside)
        if number == 0 and kind == "item" and not MARKER.match(texts[0]):
            kind = "headline"
        yield block, kind


def _kind_by_markup(article: Article, block: Stretch) -> UnitKind | None:
    """What the element that a block begins says it is; a caption's credit says so in any text."""
    start, end = block
    if _CREDIT_BEHIND.match(article.view, end):
        return "caption"
    if article.view == article.raw:
        return None
    element = _ELEMENT.search(article.raw[max(0, start - _NEAR_START) : start])
    return _KIND_OF_ELEMENT[element[1].lower()] if element else None


def _kind(text: str, beside: Sequence[str]) -> UnitKind:
    words = len(text.split())
    if MARKER.match(text):
        return "item"
    if _CREDIT.search(text) or (text in beside and _SENTENCE_CLOSE.search(text)):
        return "caption"
    if text.endswith("?") and words <= _QUESTION_WORDS and not re.search(r"[.!?]\s", text):
        return "headline"
    if _SENTENCE_CLOSE.search(text) or text.endswith((";", ",")):
        return "sentence"
    if words <= _ITEM_WORDS and _LABEL.match(text):
        return "item"
    limit = _LEAD_IN_WORDS if text.endswith(":") else _HEADLINE_WORDS
    return "headline" if words <= limit and not re.search(r"[a-z]\.\s+[A-Z]", text) else "sentence"


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
        return after[:1].isupper() and (after in _STARTERS or _punkt_ends(text, mark))
    if len(mark[0]) > 1:
        return not (word.lower() in _TITLES and mark[0][1:] == ")")
    return _full_stop_ends(text, mark, word, after, rest)


def _word_before(text: str, end: int) -> str:
    found = _WORD_BEFORE.search(text[max(0, end - 40) : end])
    return found[0].lstrip("'’.-") if found else ""


def _goes_on_after_question(word: str, mark: str, after: str, rest: str) -> bool:
    """A brand with an exclamation mark, or a quoted question that a name and "asked" follow."""
    if word in _EXCLAIMED and mark == "!":
        return after not in _STARTERS
    return mark[-1] in "\"”’'»" and _SAID_AFTER.match(rest) is not None


def _full_stop_ends(text: str, mark: re.Match[str], word: str, after: str, rest: str) -> bool:
    low = word.lower()
    if low in _NEVER or (low in _TITLES and after[:1].isupper()):
        return low == "st" and after in _STARTERS
    if low in _BEFORE_FIGURE and after[:1].isdigit():
        return False
    if low in ("a.m", "p.m", "am", "pm"):
        return _TIME_GOES_ON.match(rest) is None
    if re.fullmatch(r"\d{1,2}", word) and mark.start() <= len(word) + 1:
        return False
    if _is_abbreviation(word):
        return after in _STARTERS and not _STARTER_IN_NAME.match(rest)
    if len(word) <= 4 and word[:1].isupper() and after not in _STARTERS:
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
_STARTERS = word_set(
    """
    The A An He She It They We I You This That These Those There Here His Her Its Their Our
    My In On At By For From With As After Before When While Where If But And Or So Yet
    Although Though Since Because During Until Under Over About Among However Meanwhile
    Moreover Also Earlier Later Last Now Then According Both Some Many Most Several All Each
    No Not Nor What Who Why How One Two Three Among Despite Instead Once Only Other Others
    Police Officials Authorities
    """
)
_COUNTED = word_set(
    """
    Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Sixteen Seventeen
    Eighteen Nineteen Twenty Thirty Forty Fifty Dozens Scores Hundreds Thousands Nearly Almost
    More Fewer
    """
)
_LEADING = word_set(
    """
    the a an of in on at to for with by from and but that which is are was were be has have
    had as or says said
    """
)
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
