"""Numbers that are no figures: dates, times, names, versions, addresses, list numbers.

`mask` blanks them out, so that the figure grammar never sees them; offsets stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarise.language.date_words import ABSOLUTE_DATE, YEAR, times_of_day
from summarise.language.figure_units import (
    CURRENCY_CODES,
    LETTER_SCALES,
    MONEY_SCALES,
    PERSON,
    SHORT_UNIT,
    TIME_UNITS,
    UNIT,
)
from summarise.language.word_lists import words

BLANK = "\x00"

_N = (
    r"(?:\d+(?:\.\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"fifteen|twenty|thirty|forty|fifty|several|few|a\sfew|couple\sof|a\scouple\sof|"
    r"many|decades|hundreds\sof|thousands\sof)"
)
_LABEL = (
    r"(?:No|Nos|Number|Article|Section|Chapter|Paragraph|Page|pp?|Room|Gate|Flight|Route|Highway|"
    r"Interstate|Unit|Phase|Part|Level|Grade|Category|Type|Class|Tier|Stage|Version|Channel|Item|"
    r"Episode|Season|Volume|Issue|Round|Lot|Figure|Table|Step|Rule|Title|Schedule|Annex|Resolution|"
    r"Game|Week|Day|Platform|Terminal|Pier|Bus|Line|District|Ward|Block|Building|Apartment|Apt|"
    r"Suite|Floor|Model|Formula|Division|League|Group|Area|Zone|Sector|Camp|Lane|Car|Bay|Test|"
    r"Proposition|Amendment|Act|Bill|Psalm|Verse)"
)
_LABEL_WORDS = "|".join(f"{w}|{w.lower()}" for w in _LABEL[3:-1].split("|"))
_STREET = (
    r"(?:Road|Rd|Street|St|Avenue|Ave|Lane|Drive|Dr|Way|Square|Place|Boulevard|Blvd|"
    r"Court|Terrace|Highway)"
)
_WEAPON = (
    r"(?:rockets?|howitzers?|guns?|artillery|mortars?|shells?|cannons?|rounds?|launchers?|"
    r"ammunition|pistols?|rifles?|bullets?|autocannons?|machine[\s-]guns?|calib(?:er|re)|handguns?)"
)
_ZERO_WIDTH_WORDS = r"(?<![\w$€£.,])"

# What stands in the text is never a figure, whatever is around it.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("address on the web", re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|[@#]\w+")),
    ("version", re.compile(r"\b\d+\.\d+(?:\.\d+)+\b")),
    (
        "telephone",
        re.compile(
            r"\+\d[\d\s()-]{7,}\d|\(\d{3}\)\s?\d{3}-\d{4}|\b\d{3}-\d{3,4}-\d{4}\b"
        ),
    ),
    ("years", re.compile(rf"{_ZERO_WIDTH_WORDS}{YEAR}\s?[-–/]\s?(?:{YEAR}|\d\d)(?![\d\w])")),
    ("short year", re.compile(r"(?<!\w)['’‘]\d\d\b")),
    ("ordinal", re.compile(r"\b\d[\d,]*(?:st|nd|rd|th)\b(?!\s+of\s+an?\b)")),
    ("event date", re.compile(r"\b9/11\b|\b24/7\b|\b7/7\b")),
    (
        "label",
        re.compile(
            rf"\b(?:{_LABEL_WORDS})(?:\.|\s#)?\s(?:\d{{1,4}}(?:\.\d+)*[A-Za-z]?"
            r"|(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|one|two|three|four|five))\b"
            r"(?![,.]\d|\s?%|\s(?:percent|per\scent|million|billion|thousand|hundred))"
        ),
    ),
    ("address", re.compile(rf"\b\d+(?:[-–]\d+)?[A-Za-z]?\s(?:[A-Z]\w+\s){{1,3}}{_STREET}\b")),
    (
        "calibre",
        re.compile(
            rf"(?:\.|\b)\d+(?:\.\d+)?(?:\s|-)?(?:mm|millimet(?:re|er)|calib(?:re|er))\b"
            rf"(?=(?:[\s-]+[\w-]+){{0,3}}?[\s-]+{_WEAPON}\b|-?calib)"
            r"|\.\d\d\b(?=[\s-]calib)|\b\d+(?:\.\d+)?(?:mm|x\d+mm)\b(?=\s[a-z])",
        ),
    ),
    ("list number", re.compile(r"(?m)^[ \t]*(?:\(?\d{1,2}[.)]|#\d+)(?=[ \t]+[A-Z\"“])")),
    ("clock left", re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\b")),
    (
        "dated by a length of time",
        re.compile(
            rf"\b(?P<dated>(?:last|past|next|coming|previous|preceding|first|final|opening|closing|"
            rf"following)\s(?:about\s|nearly\s|approximately\s)?{_N}"
            rf"(?:\s(?:to|or|and)\s{_N})?\s(?:\w+\s)?{TIME_UNITS})\b",
            re.IGNORECASE,
        ),
    ),
    (
        "dated by a distance in time",
        re.compile(
            rf"\b(?:(?:more\sthan|over|about|around|nearly|almost|some|roughly|just|at\sleast|"
            rf"less\sthan)\s)?(?:{_N}(?:\sand\sa\shalf)?|\w+teen|half\san?)(?:\s(?:to|or)\s{_N})?(?:\s{TIME_UNITS})?"
            rf"\s(?:ago|earlier\b(?!\sthan)|later|from\snow|hence|now)\b"
            rf"|(?<!\bfor\s)\b{_N}\s(?:days?|nights?|weeks?|months?|years?|decades?)\s(?:before|after|prior\sto|since|into)\b",
            re.IGNORECASE,
        ),
    ),
    ("turn of phrase", re.compile(
        r"\b(?:first|second|other|latter|former|top|bottom|better)[\s-]half\b|\bhalf[\s-]?"
        r"(?:time|hour(?!s)|way|brother|sister|past|century|marathon)\w*|\bin\shalf\b(?=\sof\sthe\sseason)|"
        r"\b(?:first|second|third|fourth|last|next|this|that|previous|fiscal|final|opening|each|per)\squarter\b|"
        r"\b(?:one|two|three|four)-(?:factor|step|way|tier|state|party|faced|track|pronged|thirds?-majority)\b|"
        r"\b(?:one|two|three)[\s-]on[\s-](?:one|two|three)\b|\bone[\s-](?:time|way|off|sided|stop|day)\b|\b(?:two|three|four)\squarters\s(?:running|in\sa\srow)\b|"
        r"(?<=\bbetween\sthe\s)two\b|(?<=\bof\sthe\s)(?<!out\sof\sthe\s)two\b|\bthe\stwo\b(?=\s(?:also|have|had|has|were|are|met|will|would|agreed|sides\b))|"
        r"\b(?:these|those|its|their|our|his|her)\stwo\b(?=\s(?:sides|companies|countries|men|leaders)\b)|"
        r"\b(?:single|double|triple)[\s-]digits?\b|\bdouble[\s-](?:blind|header|decker|edged|down)\w*|"
        r"\bfor\sone\b(?=[,.])|\bfifty[\s-]fifty\b|\bhundred\spercent\b(?=\ssure)|\bsecond[\s-]hand\b",
        re.IGNORECASE,
    )),
    ("third in a row", re.compile(
        r"(?<!\bby\s)(?<!\bthan\s)(?<!\bnearly\s)(?<!\balmost\s)(?<!\babout\s)(?<!\bonly\s)"
        r"\b(?:an?|the)\s(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|quarter)\b"
        r"(?!\s(?:of|the|its|their|his|her|less|more|fewer|higher|lower|who|since|from|by|to|over)\b|[,.;:)]|\s*$)",
        re.IGNORECASE,
    )),
)  # fmt: skip

_SUFFIXES = "|".join(
    sorted(
        {*LETTER_SCALES, *MONEY_SCALES, *(s.upper() for s in MONEY_SCALES)}, key=len, reverse=True
    )
)
_GLUED = re.compile(
    rf"(?<![\w$€£¥])(?!(?:{'|'.join(CURRENCY_CODES)}|RM|Rs|PS)\d)"
    rf"(?:[A-Za-z]{{2,}}\d|[A-Za-z][-–]?\d|(?!(?:minus|sub|plus|under|over|now|to|and)\b)[A-Za-z]{{2,}}[-–]\d)"
    rf"[\w.-]*\w?"
    rf"|(?<![\w.,$€£¥])\d[\d,.]*(?!(?:{SHORT_UNIT}|(?:{_SUFFIXES})\b|x\b|pc\b|pct\b|(?:st|nd|rd|th)\b))[A-Za-z]\w*"
)
_SUPERLATIVE = re.compile(
    r"\b(?:worst|best|most|least|first|only|\w{2,}est)\b[^.;]{0,80}$", re.IGNORECASE
)
_YEAR = re.compile(rf"(?<![\w$€£¥.,-]){YEAR}(?![\w%]|[,.]\d|-\w)")
_BOUND_BEFORE = re.compile(
    r"(?:more|fewer|less|greater)\sthan\s$|at\s(?:least|most)\s$|up\sto\s$|\bas\smany\sas\s$|"
    r"\bsome\s$|\b(?:surpass|exceed)\w*\s$|[~<>≈]\s?$|\btotal\sof\s$|\banother\s$|\bno\sfewer\sthan\s$",
    re.IGNORECASE,
)
_ABOUT_BEFORE = re.compile(
    r"\b(?:about|around|nearly|almost|roughly|approximately|over|under|estimated|killed|killing|"
    r"wounded|injured|displaced|arrested)\s$",
    re.IGNORECASE,
)
_LOWER_NOUN = re.compile(
    r"\s(?!(?:and|or|to|when|as|but|with|in|the|a|at|for|by|on|of|that|which|while)\b)[a-z][\w-]+"
)
_CAPITAL_BEFORE = re.compile(
    r"(?<![\w.])(?P<name>[A-Z][\w&’'’]*(?:-[A-Z]\w+)?|(?:[a-z][A-Z]\w+))[’']?\s"
    r"(?P<number>\d{1,4}(?:\.\d{1,2})?[A-Za-z]?s?|(?:Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Twelve))\b"
    r"(?![,:]\d|\s?[-–]\s?\d|[½¼¾]|\s(?:hundred|thousand|million|billion|trillion|dozen)\b)"
)
_WORD = re.compile(r"[A-Za-z][\w’'-]*")
_NOT_A_NAME = frozenset(
    words(
        """at about around some over nearly almost another the these those all only just of in on by
    and but for from with to than least up under roughly approximately between after before since
    until their his her its our any every more most other as or if when where that which first
    last next past top total not exactly both an a us no were was is are has have had than within
    out see saw least plus minus below above additional including estimated during however
    meanwhile also now then there they we he she it you i who monday tuesday wednesday thursday
    friday saturday sunday police officials authorities today yesterday"""
    )
) | {code.lower() for code in (*CURRENCY_CODES, "Rs", "RM")}
_HEADLINE_VERB = re.compile(
    r"(?:\w+s|\w+ed|\w+ing|kill|hit|dead|top|cut|leave|lose|won|shot|hurt|sell|buy|to|wins|find|held|"
    r"hold|face|rise|fall|fell|rose|up|down|reach|add|pay|raise|seek|sent|send|save|toll|at)",
    re.IGNORECASE,
)
_WORD_NUMBERS = re.compile(
    r"(?<=[a-z,;’'\w]\s)(?:Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|Million|Hundred|Half|Quarter|Third|Dozen|Thousand)s?\b"
)
_SENTENCE_END = re.compile(r"[.!?:;\"“”\n\r(–—-]\s*$|^\s*$")


def mask(text: str) -> str:
    """`text` with every number that is no figure replaced by `BLANK`, the same length."""
    for find in (_dates, _fixed, _glued, _years, _names, _capital_words):
        text = _blanked(text, find(text))
    return text


def _blanked(text: str, spans: Iterator[tuple[int, int]]) -> str:
    chars = list(text)
    for start, end in list(spans):
        chars[start:end] = BLANK * (end - start)
    return "".join(chars)


def _dates(text: str) -> Iterator[tuple[int, int]]:
    if not any(map(str.isdigit, text)) and "clock" not in text:
        return
    yield from (m.span() for m in ABSOLUTE_DATE.finditer(text))
    yield from times_of_day(text)


def _fixed(text: str) -> Iterator[tuple[int, int]]:
    for _, pattern in _PATTERNS:
        for m in pattern.finditer(text):
            # "the worst in the last 100 years" measures; "in the last three days" dates.
            dated = m.groupdict().get("dated")
            if not dated or not _SUPERLATIVE.search(text, max(0, m.start() - 100), m.start()):
                yield m.span()


def _glued(text: str) -> Iterator[tuple[int, int]]:
    """Letters and digits in one word: "MH370", "F-16", "5G", "COVID-19"."""
    yield from (m.span() for m in _GLUED.finditer(text))


def _years(text: str) -> Iterator[tuple[int, int]]:
    for m in _YEAR.finditer(text):
        if not is_count(text, m.start(), m.end()):
            yield m.span()


def is_count(text: str, start: int, end: int) -> bool:
    """Whether a number that looks like a year counts something: "more than 2000 people"."""
    before = text[max(0, start - 24) : start]
    measured = UNIT.match(text, end) or re.match(r"\s(?:million|billion|thousand)\b", text[end:])
    if measured or PERSON.match(text, end + 1):
        return True
    noun = _LOWER_NOUN.match(text, end) is not None
    return bool(_BOUND_BEFORE.search(before) or (noun and _ABOUT_BEFORE.search(before)))


def _names(text: str) -> Iterator[tuple[int, int]]:
    """A bare number behind a capitalised word is part of its name: "Boeing 737", "iPhone 4"."""
    for m in _CAPITAL_BEFORE.finditer(text):
        if m["name"].lower().rstrip("’'") in _NOT_A_NAME or _counts(text, m):
            continue
        yield m.span("number")


def _counts(text: str, m: re.Match[str]) -> bool:
    if UNIT.match(text, m.end()) and not m["number"].endswith("s"):
        return True
    if m["number"].isdigit() and PERSON.match(text, m.end() + 1):
        return True
    return _is_title_case(_line(text, m.start())) and bool(_HEADLINE_VERB.fullmatch(m["name"]))


def _capital_words(text: str) -> Iterator[tuple[int, int]]:
    """A number word with a capital inside a sentence is part of a name: "the Five Eyes"."""
    for m in _WORD_NUMBERS.finditer(text):
        opens = _SENTENCE_END.search(text[max(0, m.start() - 3) : m.start()])
        if not opens and not _is_title_case(_line(text, m.start())):
            yield m.span()


def _line(text: str, at: int) -> str:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[start : end if end >= 0 else len(text)]


def _is_title_case(line: str) -> bool:
    long = [w for w in _WORD.findall(line) if len(w) > 3]
    return len(long) >= 3 and sum(w[0].isupper() for w in long) >= 0.7 * len(long)
