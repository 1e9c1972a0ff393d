"""The text of a claim as a sentence: who says it, how surely, and on which day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from summarise.briefing.material import Held, Material
from summarise.briefing.speakers import Speaker, named_again, speaker_of
from summarise.briefing.standing import is_phrase
from summarise.language.cues import CUES, DENIALS
from summarise.language.date_parts import date_parts
from summarise.language.syntax import parse
from summarise.language.words import ASSESSING, HEDGES, MODALS, stem, word_set, words
from summarise.records import Certainty, Claim

_STOP = re.compile(r"(?<![A-Z]\.[A-Z])(?<!\b[a-z]\.[a-z])\.([”\"’)]*)$")
_SMALL_WORDS = word_set(
    """a an the some any all each every no several many most more less fewer few both only about
    around nearly almost roughly approximately over under up at as in on by for from of with within
    after before during since until when while although though if because despite between among
    one two three four five six seven eight nine ten eleven twelve dozens scores hundreds thousands
    millions tens half there its their his her it they he she another other others this these
    that those not neither none people residents officials"""
)
"""First words that lose their capital inside a sentence."""
_DOUBT_WORDS = HEDGES | MODALS | word_set("can possible possibly unclear unlikely uncertain seems")
_BELIEFS: tuple[tuple[str, str, str], ...] = (
    ("estimat", "estimated that", "It is estimated that"),
    ("believ", "said it is believed that", "It is believed that"),
    ("suspect", "suspected that", "It is suspected that"),
    ("thought", "said it is thought that", "It is thought that"),
    ("think", "thought that", "It is thought that"),
    ("expect", "said it is expected that", "It is expected that"),
    ("suggest", "suggested that", "It is suggested that"),
    ("indicat", "indicated that", "It is indicated that"),
    ("forecast", "said it is forecast that", "It is forecast that"),
    ("alleg", "alleged that", "Allegedly,"),
    ("report", "cited reports that", "Reportedly,"),
    ("appear", "said it appears that", "It appears that"),
    ("seem", "said it seems that", "It seems that"),
)
"""Stem of the evidence's doubt, the frame with a source, the frame without."""
_ESTIMATED = _BELIEFS[0][1:]
_AHEAD = frozenset(["expect", "forecast"])
_LIES_AHEAD = re.compile(r"\b(?:will|would|is|are)\b")
_LIKELY = ("said it is likely that", "It is likely that")
_POSSIBLE = ("said it is possible that", "It is possible that")


@dataclass(frozen=True)
class Told:
    """A claim in the words of a brief: `body` without a stop, and who is to be named for it.

    `frame` is what must open it because its words do not voice the doubt; empty where they do.
    """

    held: Held
    body: str
    speaker: Speaker | None
    frame: tuple[str, str] | None


def told(held: Held, material: Material) -> Told:
    """The claim made ready for a sentence."""
    body = _dated(_trimmed(tidy(held.claim.text)), held, material)
    speaker = speaker_of(held, material)
    if speaker is not None and not speaker.is_person:
        body = _OF_ITSELF.sub(f"{speaker.phrase} ", body)
    doubted = speaker is not None and speaker.is_document and voices_doubt(speaker.name)
    return Told(held, body, speaker, None if doubted else _doubt(held))


_OF_ITSELF = re.compile(
    r"^The (?:company|firm|group|operator|business|bank|airline|retailer|club|agency|maker|"
    r"\w+maker|publisher|broadcaster) (?=(?:also )?(?:said|denied|blamed|called|warned|declined|"
    r"announced|expects|expected|refused|confirmed)\b)"
)
""" "The company denied that", of a source that is the company."""


def is_spoken_of(held: Held) -> bool:
    """Whether a claim is only a phrase, of which a sentence can say that its source spoke of it."""
    return bool(held.claim.source) and is_phrase(held.claim.text)


_GLITCHES = (
    (re.compile(r"\s+(?=[’']s\b)"), ""),
    (re.compile(r"(?<=[a-z])(?<=\b[A-Z]\w{3}a) (?=ns?\b)|(?<=\b[A-Z]\w{4}a) (?=ns?\b)"), ""),
    (re.compile(r"\s+(?=[,.;:!?](?:\s|$))"), ""),
)


def tidy(text: str) -> str:
    """The text without the blanks that markup has left: "Russia ’s", "Korea n"."""
    for pattern, put in _GLITCHES:
        text = pattern.sub(put, text)
    return text


def sentence(one: Told, *, lead: bool = False, again: bool = False) -> str:
    """A sentence of one claim: attributed at its end, or with the speaker in front (`lead`).

    `again` says that the sentence before is from the same speaker.
    """
    return _closed(clause(one, lead=lead, again=again))


def clause(one: Told, *, lead: bool = False, again: bool = False) -> str:
    """The same without capital and stop of its own."""
    who = one.speaker
    if who is None:
        return f"{one.frame[1]} {small(one.body, one.held)}" if one.frame else one.body
    if is_spoken_of(one.held):
        return f"{who.phrase} {_reported(one)} {small(one.body, one.held)}"
    if one.frame and who.is_document:
        return _documented(one, who, one.frame)
    if one.frame and not who.leans and _is_about(one.body, who):
        body = _comma(small(one.body, one.held))
        return f"{one.frame[1]} {body} {_self(one, who)} said{_on(who)}"
    if one.frame and not who.leans:
        return f"{who.phrase} {one.frame[0]} {small(one.body, one.held)}"
    if _speaks(one.body, who):
        return one.body
    if _is_about(one.body, who):
        return f"{_comma(one.body)} {_self(one, who)} said{_on(who)}"
    if lead and who.can_lead and (again or not who.passed_on) and _can_follow(one):
        name, also = (who.short, "also ") if again else (who.phrase, "")
        return f"{name} {also}said {small(one.body, one.held)}"
    return f"{_comma(one.body)} according to {who.phrase}{_on(who)}"


def _documented(one: Told, who: Speaker, frame: tuple[str, str]) -> str:
    """ "Leaked e-mails suggest that"; "It is estimated that ..., according to a report"."""
    body = small(one.body, one.held)
    if frame[0] in _SHOWN and not who.passed_on:
        return f"{who.phrase} {frame[0]} {body}"
    return f"{frame[1]} {body}, according to {who.phrase}{_on(who)}"


_SHOWN = frozenset(["suggested that", "indicated that", "estimated that"])
"""What something written can do, too."""


def by_whom(one: Told) -> str:
    """Who a claim is from, to stand as a subject; empty where the article says it itself."""
    return one.speaker.phrase if one.speaker else ""


def answering(one: Told) -> str:
    """The same behind "but": its speaker in front, where that can be."""
    who = one.speaker
    plain = who and not (one.frame or who.passed_on or is_spoken_of(one.held))
    if who and plain and who.can_lead and not _is_about(one.body, who) and _can_follow(one):
        return f"{who.phrase} said {small(one.body, one.held)}"
    return small(clause(one), one.held)


def small(body: str, held: Held) -> str:
    """The body without the capital of its first word, where that is no name."""
    return body[:1].lower() + body[1:] if _can_be_small(body, held) else body


def closed(text: str) -> str:
    """Text as a sentence: with a capital and a stop."""
    return _closed(text)


def voices_doubt(text: str) -> bool:
    """Whether any word of the text voices a doubt."""
    return bool(_SET_TO.search(text)) or any(
        _is_doubt(word.text.lower(), word.stem) for word in words(text)
    )


_SET_TO = re.compile(
    r"\b(?:set|said|poised|bound|feared|rumou?red) to\b|\blooks?(?:ed)? (?:set|like)\b"
)


def _is_doubt(low: str, its_stem: str) -> bool:
    return low in _DOUBT_WORDS | ASSESSING or its_stem in ASSESSING or its_stem in _APPEARING


_APPEARING = frozenset(stem(word) for word in ("appear", "seem", "alleged", "reportedly"))


def least_certain(claims: list[Claim]) -> Certainty:
    """The weakest certainty of some claims."""
    order: tuple[Certainty, ...] = ("possible", "probable", "certain")
    return next(one for one in order if any(c.certainty == one for c in claims))


def _closed(text: str) -> str:
    trimmed = " ".join(text.split())
    end = "" if re.search(r"[.!?][”\"’)]*$", trimmed) else "."
    opens = trimmed if _INNER_CAPITAL.match(trimmed) else trimmed[:1].upper() + trimmed[1:]
    return opens + end


_INNER_CAPITAL = re.compile(r"[a-z][A-Z]|[a-z][\w-]*\.[a-z]{2,}\b")
""" "iPhone" and "example.org" keep their small letter."""


def _trimmed(text: str) -> str:
    return _STOP.sub(r"\1", " ".join(text.split()))


def _comma(body: str) -> str:
    """The body with a comma, inside a closing quotation mark."""
    closing = re.search(r"[”\"]$", body)
    return f"{body[:-1]},{body[-1]}" if closing else f"{body},"


def _on(who: Speaker) -> str:
    if not who.passed_on:
        return ""
    return f" {who.passed_on}" if who.passed_on.startswith("on ") else f", {who.passed_on}"


def _doubt(held: Held) -> tuple[str, str] | None:
    """What voices the doubt of a claim whose own words do not."""
    claim = held.claim
    if claim.certainty == "certain" or voices_doubt(claim.text):
        return None
    if claim.certainty == "possible":
        return _POSSIBLE
    evidence = {word.stem for word in words(held.evidence)} | set(held.evidence.lower().split())
    frames = {
        (with_source, without)
        for root, with_source, without in _BELIEFS
        if any(word.startswith(root) for word in evidence)
        and (root not in _AHEAD or _LIES_AHEAD.search(claim.text))
    }
    if claim.quantities and _ESTIMATED in frames:
        return _ESTIMATED
    return frames.pop() if len(frames) == 1 else _LIKELY  # of two it is not clear which is meant


def _can_be_small(body: str, held: Held) -> bool:
    first = body.split(maxsplit=1)[0].strip("“\"'‘") if body.split() else ""
    if first != body[: len(first)]:
        return False  # a quotation keeps its capital
    low = first.lower()
    return low in _SMALL_WORDS or first == low or low in _small_words_of(held.evidence)


def _can_follow(one: Told) -> bool:
    """Whether a body can stand behind "said": its first word is a name, or loses its capital."""
    return _can_be_small(one.body, one.held) or _opens_with_name(one.body)


@lru_cache(maxsize=4096)
def _opens_with_name(body: str) -> bool:
    return bool(body) and parse(body).doc[0].pos_ == "PROPN"


@lru_cache(maxsize=2048)
def _small_words_of(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\b[a-z]+\b", text))


def _speaks(body: str, who: Speaker) -> bool:
    """ "The firm denied that ...": the body itself tells that its source speaks."""
    if re.search(r"\b(?:according to|said|says|told)\b", body):
        return _names(body, who)
    start = body.lower().find(who.name.lower())
    if start < 0 or len(body[:start].split()) > _TITLE:
        return False
    following = [word.stem for word in words(body[start + len(who.name) :])[:3]]
    return any(stem(cue) in following for cue in _SPEAKING)


_SPEAKING = sorted(
    CUES | DENIALS | {"decline", "refuse", "call", "accuse", "urge", "criticise", "blame"}
)
_TITLE = 4
"""Words before a name that may be its title."""


def _reported(one: Told) -> str:
    """The verb for a phrase: what its source gives, as surely as it does."""
    if one.held.claim.certainty == "certain":
        return "reported"
    return "estimated" if one.frame in (_ESTIMATED, _LIKELY) else "spoke of possibly"


def _self(one: Told, who: Speaker) -> str:
    """How a source is named behind words about itself."""
    opens = re.match(rf"(?:the )?{re.escape(who.name)}\b", one.body, re.IGNORECASE)
    if not opens:
        return who.short
    if who.is_person:
        return named_again(one.held, who)
    if who.name[:1].islower():
        return "they" if who.name.endswith("s") else who.short
    return "it" if who.is_body else named_again(one.held, who)


def _names(body: str, who: Speaker) -> bool:
    return who.name.split()[-1].lower() in body.lower()


def _is_about(body: str, who: Speaker) -> bool:
    """Whether the body names its own source, so that a full attribution would name it twice."""
    return who.name.lower() in body.lower()


_DAY_WORDS = re.compile(
    r"\b(?:(?P<now>today|tonight|yesterday|tomorrow|(?:a|the) day (?:earlier|before)"
    r"|the (?:previous|same|following|next) day)"
    r"|(?:(?P<this>this|last) (?P<part>morning|afternoon|evening|night)))\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"\b(?:(?:last|this|next) )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"(?: (?:morning|afternoon|evening|night))?\b(?! \(|,? \d)"
)


def _dated(body: str, held: Held, material: Material) -> str:
    """The body with its day written out where it is told by the day of the article."""
    time = held.claim.time
    if time is None or time.start is None or time.start != time.end:
        return body
    body = _DAY_WORDS.sub(lambda match: _in_full(match, body, time.start), body, count=1)
    spelled = any(kind == "day" for kind, _ in date_parts(body))
    if material.several_days and not spelled and _WEEKDAY.search(time.surface):
        day = f"{time.start.day} {time.start:%B}"
        body = _WEEKDAY.sub(lambda match: f"{match.group()} ({day})", body, count=1)
    return body


def _in_full(match: re.Match[str], body: str, day: date | None) -> str:
    if day is None or re.search(r"[“\"]", body):
        return match.group()
    part = match["part"] or ("night" if match["now"] == "tonight" else "")
    written = f"{day.day} {day:%B} {day.year}"
    said = f"on the {part} of {written}" if part else f"on {written}"
    return said[:1].upper() + said[1:] if match.start() == 0 else said
