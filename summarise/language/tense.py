"""Whether a time expression looks back or ahead, by the verbs around it."""

from __future__ import annotations

import re
from typing import Literal

Direction = Literal["past", "future", "none"]

_FUTURE = (
    r"\b(?:(?:will|shall|would|won['’]t|wouldn['’]t)(?:\s\w+ly)?(?:\snot|\snever|\salso)?(?:\sbe|\shave)?\s\w+"
    r"|(?:is|are|was|were|be|being|been)\s(?:now\s|also\s)?(?:set|due|scheduled|slated|expected|planned|likely|about\sto|going\sto)\b"
    r"|(?:set|due|scheduled|slated|expected|planned|planning|plans?|aims?|hopes?|intends?|vow(?:s|ed)|pledge[sd]?|"
    r"promise[sd]|agreed|prepar(?:es|ing|ed)|hoping|forecast|likely|ready)"
    r"\s(?:to|for|in|on)\b(?:\s(?:be|have)\b)?(?:\s(?!(?:the|a|an|on)\b)\w+)?"
    r"|(?:may|might|could|should|can)(?:\s(?:also|not|still|then|soon|only))?(?:\sbe|\shave\sto)?\s\w+"
    r"|(?:un)?likely\sto(?:\sbe)?\s\w+|(?:is|are)\sforecast"
    r"|(?:voted|decided|wants?|wanted|ordered|told|asked|called|urged)\b[^.,;]{0,24}?\sto\s(?!(?:the|an?)\b)(?:be\s)?\w+"
    # The present of a timetable: "the court sits on Monday", "talks resume on Monday".
    r"|(?<!\bto )(?<!\bnot )(?<!n['’]t )(?<!\bdid )(?:begin|resume|reopen|expire|restart)"
    r"|goes\s(?:on|to\sthe\spolls)|kicks\soff|takes\s(?:effect|office)|comes\sinto\s(?:force|effect)"
    r"|returns|begins|starts|opens|reopens|ends|closes|faces|meets|expires|resumes|takes\splace|due"
    r"|(?:is|are)\sto\s(?:be\s)?\w+|\bto\sbe\s\w+(?:ed|en|ld|de)\b|upcoming|ahead\sof|forthcoming|deadline)"
)
_PAST = (
    r"\b(?:said|told|was|were|had|did|began|came|took|went|fell|rose|hit|left|met|won|lost|made|held|saw|gave|"
    r"found|sent|sank|ran|sat|stood|swept|taught|thought|threw|wore|caught|chose|dealt|drove|ate|felt|fought|hid|knew|lay|"
    r"meant|paid|rode|shook|slid|spent|stole|swore|tore|withdrew|overtook|slipped|withheld|lent|bought|went|got|"
    r"shot|struck|broke|became|kept|brought|sold|led|spoke|wrote|fled|grew|drew|flew|"
    r"has\sbeen|have\sbeen|(?!need|speed|feed|seed|hundred|indeed|red|bed|shed|sacred)\w{2,}ed)\b"
)
_CUE = re.compile(rf"(?P<future>{_FUTURE})|(?P<past>{_PAST})", re.IGNORECASE)
# "The row will drag on after the union on Tuesday rejected it": its own verb comes next.
_NEXT_IS_PAST = re.compile(rf"\s{_PAST}", re.IGNORECASE)
# "Was due to land on Tuesday but was held up": the plan is of the past too.
_PLANNED = re.compile(r"(?:was|were)\s.*\b(?:set|due|scheduled|slated|expected|planned)\b", re.I)
_FAILED = re.compile(r"[^.;]{0,40}?,?\sbut\s")
_CLOSING = re.compile(r"(?<=[,.!?])[”\"](?=\s|$)")
_BREAK = re.compile(r"(?<=[.!?])[\"”’]?\s+(?=[A-Z\"“])|\n\s*\n|\n(?=[A-Z\"“])")


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch between the sentence breaks around `text[start:end]`."""
    first, last = 0, len(text)
    for m in _BREAK.finditer(text):
        if m.end() <= start:
            first = m.end()
        elif m.start() >= end:
            last = m.start()
            break
    return first, last


def _within_quotation(text: str, end: int, last: int) -> int:
    """Where a quotation ends that runs to its mark after `end`: what follows it tells nothing."""
    closing = _CLOSING.search(text, end, last)
    return closing.start() if closing else last


def direction(text: str, start: int, end: int) -> Direction:
    """The tense of the last cue before the expression in its sentence, else of the first after."""
    first, last = sentence_around(text, start, end)
    if _NEXT_IS_PAST.match(text, end):
        return "past"
    before = list(_CUE.finditer(text, max(first, text.rfind(";", first, start)), start))
    cue = before[-1] if before else _CUE.search(text, end, _within_quotation(text, end, last))
    if cue is None:
        return "none"
    if cue["future"] and not (_PLANNED.match(cue[0]) and _FAILED.match(text, end, last)):
        return "future"
    return "past"
