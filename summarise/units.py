"""The blocks that the main text is made of: headlines, captions, paragraphs, list items.

A block is a line, or a paragraph where lines are folded. What kind it is its markup says, a credit
behind it, or its shape. A headline that runs into the first sentence is a block of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarise.blocks import MARKER, Stretch, fold_width, paragraphs, trim, word_set
from summarise.records import MARKUP, Article, UnitKind


def blocks_of(article: Article) -> Iterator[tuple[Stretch, UnitKind]]:
    """Each block of the main text in order, and its kind."""
    return _with_kinds(article, list(_blocks(article)))


def shown(view: str) -> str:
    """A stretch of a view as a reader sees it, blanks made one."""
    return " ".join(view.replace(MARKUP, "").split())


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
    opens = word in STARTERS or word in _COUNTED
    return opens and after[0].islower() and before[-1].isalnum() and before not in _LEADING


def _stems(words: Sequence[re.Match[str]]) -> set[str]:
    found = (re.sub(r"\W", "", word[0]).lower() for word in words)
    return {word[:_STEM] for word in found if len(word) > 3 or word.isdigit()}


def _with_kinds(article: Article, blocks: Sequence[Stretch]) -> Iterator[tuple[Stretch, UnitKind]]:
    view = article.view
    texts = [shown(view[start:end]) for start, end in blocks]
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


STARTERS = word_set(
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
