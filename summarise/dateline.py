"""The publish date that a page's text states: a stamp, a label, an agency's dateline.

Only what stands where pages put the date counts: a stamp alone on its line or at the very start of
the text, a date after a label ("Published", "Posted on"), the dateline before the first sentence.
A date inside a sentence, a render time, a visitor counter, a copyright year is none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thur?s?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?"
_YEAR = r"(?:19|20)\d\d"
_DATE = (
    rf"{_WEEKDAY}(?:"
    rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m1>{_MONTH}),?\s+(?P<y1>{_YEAR})"
    rf"|(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>{_YEAR})"
    rf"|(?P<y3>{_YEAR})[-/.](?P<m3>\d{{1,2}})[-/.](?P<d3>\d{{1,2}})"
    rf"|(?P<a4>\d{{1,2}})(?P<sep>[-/.])(?P<b4>\d{{1,2}})(?P=sep)(?P<y4>{_YEAR})"
    r")(?!\d)"
)
_CLOCK = (
    r"(?:[\s,|T·•-]*(?:at\s+)?(?:\d{1,2}[:.h]\d\d(?:[:.]\d\d)?|\d{1,2}(?=\s?[ap]\.?m)|\d{4}(?=\b))"
    r"\s*(?:[ap]\.?m\.?)?\s*(?:Z|\(?[A-Z]{2,4}\)?(?:[+-]\d+)?|[+-]\d\d:?\d\d)?(?![\w]))?"
)
_LABEL = (
    r"(?:(?:date\s+of\s+publication|first\s+published|published|posted|publication\s+date|date"
    r"|issued|released|created|pubdate)(?:\s+(?:on|at|date))?\s*[:|-]?\s*)"
)
_UPDATED = r"(?:(?:last\s+)?(?:updated|modified)(?:\s+(?:on|at))?\s*[:|-]?\s*)"
_UPDATE_DATE = _DATE.replace("?P<", "?P<u_").replace("(?P=sep)", "(?P=u_sep)")
_AGO = (
    r"(?:about\s+|over\s+)?(?:an?|\d+)\s*(?:s|m|h|d|secs?|seconds?|mins?|minutes?|hrs?|hours?|"
    r"days?|weeks?)\s+ago"
)
_UPDATE_TAIL = (
    rf"(?:[\s,|·•(-]*(?:{_UPDATED})(?:(?:\d{{3,4}}\s+)?{_UPDATE_DATE}{_CLOCK}|{_AGO}|"
    r"(?:today\s+)?(?:at\s+)?\d{1,2}[:.]\d\d(?:\s*[A-Za-z.]{2,4})?)\)?)?"
)
_LEAD = r"(?:\d{3,4}\s+|\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,4})?,?\s+)?"

STAMP = re.compile(rf"(?P<label>{_LABEL}|{_UPDATED})?{_LEAD}{_DATE}{_CLOCK}{_UPDATE_TAIL}", re.I)
"""A date with its label, its clock time and the time of an update, all optional but the date."""

_LABELLED = re.compile(
    rf"\b(?:{_LABEL})(?:by\s+[^|\d]{{3,40}}[|,\s-]+)?(?:on\s+)?{_LEAD}{_DATE}", re.I
)
_LABELLED_UPDATE = re.compile(rf"\b{_UPDATED}{_LEAD}{_DATE}", re.I)
_DATELINE = re.compile(
    rf"^[A-Z][\w.'’-]*(?:[ ,]+[A-Z][\w.'’-]*){{0,4}}[\s,]*(?:\([^)]{{2,20}}\))?[\s,]*{_DATE}"
    r"\s*(?:\([^)]{2,20}\)|/[^/]{2,20}/)?\s*(?:--?|–|—|:)"
)
_NOT_PUBLISHED = re.compile(
    r"render|©|copyright|all rights|today|visitors?|expires?|deadline|born|event|until", re.I
)
_STAMP_COMPANY, _BYLINE_COMPANY = 3, 8
"""How many words may share a line with a stamp: an agency or section; a by-line with separators."""
_BYLINE = re.compile(r"\bby\s|[|·•]", re.I)
_IN_A_PHRASE = re.compile(r"\b(?:on|of|in|since|from|after|before|until|till|for|to)\s*$", re.I)


def as_date(match: re.Match[str]) -> date | None:
    """The date a pattern of this module found; None where it is impossible or ambiguous."""
    got = match.groupdict()
    if got["y1"] or got["y2"]:
        n = "1" if got["y1"] else "2"
        return _valid(got["y" + n], _MONTHS.index(got["m" + n][:3].lower()) + 1, got["d" + n])
    if got["y3"]:
        return _valid(got["y3"], int(got["m3"]), got["d3"])
    return _day_first(got["a4"], got["b4"], got["y4"], got["sep"])


def _day_first(first: str, second: str, year: str, separator: str) -> date | None:
    """Dotted and dashed dates put the day first; slashed ones are told only by a part over 12."""
    if separator == "/" and int(first) <= 12 and int(second) <= 12 and first != second:
        return None
    if int(second) > 12:
        return _valid(year, int(first), second)
    return _valid(year, int(second), first)


def _valid(year: str, month: int, day: str) -> date | None:
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None


def is_stamp(line: str) -> bool:
    """Whether a line is nothing but a date, with its label and clock."""
    return STAMP.fullmatch(line.strip(" -–—|·•,")) is not None


def is_labelled(line: str) -> bool:
    """Whether a line opens with a date stamp that says what it is: "Published 3 May 2024"."""
    match = STAMP.match(line)
    return match is not None and match["label"] is not None


def stamp_length(line: str) -> int:
    """Characters of the date stamp that a line opens with before its text; 0 where none does.

    A sentence that opens with a date goes on in lower case, so it has no stamp.
    """
    match = STAMP.match(line)
    if not match:
        return 0
    rest = re.match(r"[\s|:·•–—-]*", line[match.end() :])
    end = match.end() + (rest.end() if rest else 0)
    following = line[end : end + 1]
    parted = bool(re.search(r"\s{3,}|[|–—-]", line[match.end() : end]))
    return end if following == "" or parted or not following.islower() else 0


def publish_date(head: Iterable[str], tail: Iterable[str]) -> date | None:
    """The publish date stated in the lines above the body and its first line, or below the body.

    `tail` lines count only with a label. A publication label beats a bare stamp, a bare stamp
    beats an "updated" label.
    """
    head, tail = list(head), list(tail)
    return (
        _first(_LABELLED.search(line) for line in (*head, *tail))
        or _first(_stamped(line) for line in head)
        or _first(_LABELLED_UPDATE.search(line) for line in (*head, *tail))
    )


def _first(matches: Iterable[re.Match[str] | None]) -> date | None:
    return next((found for match in matches if match and (found := as_date(match))), None)


def _stamped(line: str) -> re.Match[str] | None:
    """The date of a line that is a stamp with little beside it, or opens with one."""
    if dateline := _DATELINE.match(line):
        return dateline
    match = STAMP.search(line)
    if not match or _NOT_PUBLISHED.search(line, 0, match.end()):
        return None
    if re.match(_UPDATED, match["label"] or "", re.I):
        return None
    alone = _keeps_company(line[: match.start()], line[match.end() :])
    return match if alone or (match.start() == 0 and stamp_length(line)) else None


def _keeps_company(before: str, after: str) -> bool:
    """Whether what stands beside a stamp is no more than an agency, a section or a by-line."""
    if _IN_A_PHRASE.search(before) or re.search(r"[.!?]\s*$", after):
        return False
    words = len(re.findall(r"\w[\w.'’-]*", before + " " + after))
    return words <= (_BYLINE_COMPANY if _BYLINE.search(before + after) else _STAMP_COMPANY)
