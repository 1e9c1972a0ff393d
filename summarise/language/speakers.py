"""Who a sentence says its content is from: the speakers of its reporting verbs and phrases."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarise.language.names import names_within

_STRONG = """
said says say told stated states claimed claims alleged alleges alleging claiming announced
reported noted warned warns cautioned cautions confirmed insisted insists argued argues? estimated
estimates? suggested suggests? emphasi[sz]ed stressed disclosed revealed testified testifies tweeted
acknowledged posted vowed pledged promised think expects forecasts? hopes? admitted mentioned
concluded declared explained wrote indicated predicted predicts believes assess(?:ed|es)? described
asserted maintain(?:s|ed) concede[sd] complain(?:s|ed)? disputes doubts? regards? fears? denie[sd]
places puts(?=_the) reports?(?=_that|\\W*$) added(?=_that|[,:]|\\W*$) shows?(?=_that|\\W*$)
points?_out pointed_out points?_to pointed_to warning_of quoted_as_saying
"""
"""Verbs that do little but report."""
_WEAK = """
saying tells states stating added adds adding announces announcing reports reporting notes noting
warning confirms denied believed explains emphasi[sz]es stresses reveals writes acknowledges admits
mentions describes quoted indicates concludes declares accused accuses believe claim report warn
expected thinks thought feared asked asks hope insist agreed agrees understands commented replied
expecting recalled remarked urged asserts found show showed published released shared put blamed
called hoped termed dismissed denounced condemned hailed complained praised criticized criticised
heard saw witnessed regarded spoken_of spoke_of repeated_its stuck_to_its lists
"""
"""Verbs that report in some sentences and do something else in others."""


def _any_of(words: str) -> str:
    return r"\b(?:" + "|".join(words.split()).replace("_", " ").replace("\\\\", "\\") + r")\b"


_VERB = re.compile(f"{_any_of(_STRONG)}|{_any_of(_WEAK)}", re.IGNORECASE)
STRONG = re.compile(_any_of(_STRONG), re.IGNORECASE)
_NOUN_PHRASE = (
    r"((?:[^\s,.;:“”\"]|\.(?=\w)|(?<=[A-Z])\.)+"
    r"(?:\s+(?:[^\s,.;:“”\"]|\.(?=\w)|(?<=[A-Z])\.)+){0,8})"
)
_NAMED = r"(,\s+(?-i:[A-Z])[\w.’'-]*(?:\s+(?-i:[A-Z])[\w.’'-]*){0,3}(?=[,.]|$))?"
"""The name set behind a description: "a rights group, Norwatch,"."""
_WORD_OF = r"(?:report|claim|statement|estimate|forecast|allegation|accusation|assertion|warning)"
_PHRASE = re.compile(
    r"\b(according to|citing|cited by|quoting|attributed to|statement from|reported by|told by|"
    rf"review by|gathered by|{_WORD_OF}s? (?:by|from)|"
    r"by (?:an? |the )?(?:\w+ )?(?:estimate|count|reckoning|calculation)s? (?:of|by)|"
    rf"in the (?:view|opinion|assessment|words) of)\s+{_NOUN_PHRASE}{_NAMED}",
    re.IGNORECASE,
)
_INVERTED = re.compile(
    r"(?<=[,”\"’'?!])\s+(said|says|added|adds|noted|wrote|explained|announced|reported|warned)\s+"
    rf"(?!that\b|in\b|on\b|at\b|to\b|it\b|there\b|he\b|she\b|they\b){_NOUN_PHRASE}",
)
_QUOTED_SAYING = re.compile(r"([^;:“”\"]{3,120}?),? (?:was|were|is|are) quoted as saying")
_HEADLINE = re.compile(r"[:–—-]\s+([A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,4})$")
_LEAD_IN = re.compile(r"^([A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,4}):\s")
_CLAUSE = re.compile(r"[;:“”\"]|\b(?:that|but|although|whereas|because)\b|(?:^|\s)[–—]\s")
_SPEECH_END = re.compile(r"[;:“”\"]|(?:^|\s)[–—]\s")
_RELATIVE = re.compile(r"\b(?:which|who|whom|where)\b")
_POSSESSIVE = re.compile(
    r"((?:[\w.-]{1,30}\s+){0,4}[\w.-]{1,30})[’']s?\s+(?:\w+\s+)?(?:remarks|comments|statements?|response|"
    r"report|estimates?|assessment|intelligence|claims?|announcement|words|testimony|forecast|"
    r"figures?|post|tweet|review|account|speech|study|survey|data)\b"
)
_PRONOUN = re.compile(
    r"^(?:also\s+|then\s+|and\s+|by\b.*?,\s*)?.{0,40}?\b(?:he|she|they|it|we|i)\b", re.I
)
_ROLE = re.compile(r"\b(?:the|a|an|his|her|their|its|this|that|these|those|one|another)\s+", re.I)


_PRONOUN_TAIL = re.compile(r"\b(?:he|she|they|it|we|I|who)\b[^.;:]{0,12}$", re.IGNORECASE)
_AND_ONLY = re.compile(r"\W*(?:and|but|also|then|has|have|had|later|\s)+\W*")
_SHORTEST = 8
_LONGEST = 14
"""Words that a subject may have; what stands before them belongs to something else."""
_CLAUSAL = re.compile(r"\s+(?:that|how|whether)\b|:|,?\s*[“\"]")
_CALLING = re.compile(
    r"(?:call|label|brand|dub|term|describ|dismiss|denounc|condemn|hail)l?e?[ds]\s+"
    r"(?:[^\s.;:“”\"]+\s+){1,6}(?:as\s+)?[“\"]",
    re.IGNORECASE,
)
"""A verb of naming with what it names and the words quoted: 'called the plan "a joke"'."""
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+$")
_ROLE_TAIL = re.compile(
    r"\b(?:he|she|they|it|we|I|who)(?:\s+(?:also|had|has|have|then))?\s*$|"
    r"\b(?:an?|the)\s+(?:[a-z-]+\s+){1,3}$"
)
_STRONG_PHRASES = frozenset(["according to", "citing", "quoting", "gathered by", "review by"])
_NO_SUBJECT = re.compile(
    r"\b(?:is|are|was|were|be|been|being|the|an?|its|their|his|her|of|to|some|widely|with|as|for|"
    r"by|at|not|no|in|[’']s)\s+$|^\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A stretch that says who speaks; `at` is where the reporting word stands in the sentence."""

    text: str
    at: int
    before: bool
    """Whether the speaker stands before the reporting word."""
    strong: bool
    """Whether the reporting word can do nothing but report."""

    @property
    def head(self) -> str:
        """The speaker without what only stands before it: "a monitor" of "... towns a monitor"."""
        tail = _ROLE_TAIL.search(self.text)
        return tail.group() if tail else self.text

    @property
    def pronoun(self) -> bool:
        """Whether it is "he", "she" or the like that speaks."""
        return bool(_PRONOUN_TAIL.search(self.text))

    @property
    def anonymous(self) -> bool:
        """A pronoun or a description, to be filled from what stands before."""
        if _ROLE_TAIL.search(self.text):
            return True
        if names_within(self.text):
            return False
        return bool(_PRONOUN.match(self.text)) or bool(_ROLE.search(self.text))


_I = re.compile(r"\W*(?:I|[Ww]e|you)\b")
"""Whoever thinks or hopes within direct speech is told by the words around it."""


def speakers(sentence: str) -> list[Speaker]:
    """Every stretch of `sentence` that may name the speaker of something in it."""
    inverted = {phrase.start(1) for phrase in _INVERTED.finditer(sentence)}
    found = [
        _subject(sentence, verb)
        for verb in _VERB.finditer(sentence)
        if verb.start() not in inverted and _has_subject(sentence, verb)
    ]
    found += [
        Speaker(
            m.group(2) + (m.group(3) or ""),
            m.start(),
            False,
            m.group(1).lower() in _STRONG_PHRASES,
        )
        for m in _PHRASE.finditer(sentence)
    ]
    found += [Speaker(m.group(2), m.start(1), False, True) for m in _INVERTED.finditer(sentence)]
    found += [
        Speaker(f"{m.group(1)} ", m.end(1), True, True) for m in _QUOTED_SAYING.finditer(sentence)
    ]
    for pattern in (_HEADLINE, _LEAD_IN, _POSSESSIVE):
        found += [Speaker(m.group(1), m.start(), False, False) for m in pattern.finditer(sentence)]
    quoting = any(speaker.strong and not _I.match(speaker.text) for speaker in found)
    return [
        speaker
        for speaker in found
        if speaker.text.strip()
        and (speaker.strong or not sentence.startswith("add", speaker.at))
        and not (quoting and _I.match(speaker.text))
    ]


_ISSUED = re.compile(
    r"\b(?:videos?|statements?|letters?|messages?|photos?|pictures?|photographs|reports?|"
    r"interviews?|stud(?:y|ies)|figures|data|footage)\s+$",
    re.IGNORECASE,
)
_ISSUING = frozenset("posted published released quoted heard saw".split())
""" "In a video posted on Telegram": nobody is said to post it."""


def _has_subject(sentence: str, verb: re.Match[str]) -> bool:
    """Whether somebody does the reporting: "were expecting", but not "was expected"."""
    before = sentence[: verb.start()]
    if _ISSUED.search(before) and verb.group().lower() in _ISSUING:
        return False
    progressive = verb.group().endswith("ing") and bool(_PASSIVE.search(before))
    return progressive or not _NO_SUBJECT.search(before)


def reporting_verbs(text: str) -> list[str]:
    """The reporting verbs of a text, as they stand."""
    return [
        verb.group() for verb in _VERB.finditer(text) if not _PASSIVE.search(text[: verb.start()])
    ]


def _subject(sentence: str, verb: re.Match[str]) -> Speaker:
    """What stands before a reporting verb, back to the start of its clause."""
    before = sentence[: verb.start()]
    ends = _SPEECH_END if before.rstrip().endswith(",") else _CLAUSE
    start = max((cut.end() for cut in ends.finditer(before)), default=0)
    before = before[start:]
    if before.rstrip().endswith(","):
        before = _set_off(before)
    else:
        relative = list(_RELATIVE.finditer(before))
        # "the attack which the media said was ...": the speaker comes after the relative word.
        if relative and before[relative[-1].end() :].strip():
            before = before[relative[-1].end() :]
        pieces = before.rsplit(",", 1)
        before = pieces[1] if len(pieces) > 1 and pieces[1].strip() else before
        before = " ".join(before.split()[-_LONGEST:]) + " "
    if not before.strip(" ,") or _AND_ONLY.fullmatch(before):
        before = " ".join(sentence.split()[:_SHORTEST]) + " "  # "X resigned, and said ..."
    strong = any(
        (
            STRONG.match(sentence, verb.start()),
            _CLAUSAL.match(sentence, verb.end()),
            _CALLING.match(sentence, verb.start()),
        )
    )
    return Speaker(before, verb.start(), True, strong)


_ASIDE = re.compile(r"\s*(?:who|which|whose|where|whom|aged|\d+)\b")


def _set_off(before: str) -> str:
    """The last subject before ", said": a name with its apposition and relative clauses."""
    pieces = before.rstrip(" ,").split(",")
    kept = min(2, len(pieces))
    while kept < len(pieces) and _ASIDE.match(pieces[1 - kept]):
        kept += 1
    return ",".join(pieces[-kept:]) + ", "


def is_quoted(sentence: str, stretch: str) -> bool:
    """Whether most of `stretch` stands between quotation marks in `sentence`."""
    curly = re.findall(r"[“«]([^”»]*)", sentence)
    inside = " ".join([*curly, *sentence.split('"')[1::2]])
    words = stretch.strip(' “”"').split()
    held = set(inside.split())
    return len(words) > 3 and sum(word in held for word in words) > 0.7 * len(words)
