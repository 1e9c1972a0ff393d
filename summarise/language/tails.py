"""Speakers that trail or interrupt what they say: "…, the ministry said on Sunday."

The parser often takes such a speaker for a part of the clause before it, so these are read from
the order of the words: a comma, dash or closing quote, a noun phrase, a verb of saying, and no
clause after it. The noun phrase may also follow the verb ("…," said the rector).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarise.language.cues import BELIEF, SPEECH, TRIBUNALS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_EDGES = frozenset({",", "”", '"', "–", "—", "--", ";", "’", "''", "…"})
_QUOTES = frozenset({"”", '"', "“", "''", "``"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOT_IN_SPEAKER = _FINITE | {"WP", "WDT", "WRB", "TO", "EX", ":"}
_CARRYING_ON = frozenset(
    """adding citing quoting referring calling describing noting warning without while in on at to
    after during as who which and but when speaking according yesterday where whose before by from
    for""".split()
)
"""What may follow a comma after the verb without being what is said."""
_CONTENT_OPENERS = frozenset("that if whether how why what there".split())
_LONGEST_SPEAKER = 16
_CLOSING = frozenset({"”", '"', "’", "''", "'"})
_INVERTED = frozenset("add argue explain note report say warn write".split())
"""Verbs that stand before their speaker even where no quotation ends: "…, says the rector"."""
_COUNTING = frozenset("add post record report show".split())
"""Verbs that with a figure right after them are no speech: "Wolff added 13"."""


@dataclass(frozen=True)
class Tail:
    """A speaker phrase beside a verb of saying, and the words of what is said around it."""

    verb: Token
    speaker: Token
    phrase: tuple[Token, ...]
    scope: frozenset[Token]


def tail(verb: Token) -> Tail | None:
    """The speaker that stands right before or after `verb`, with the content before them."""
    if verb.lemma_ in BELIEF - SPEECH and not _ends(verb):
        return None
    if verb.tag_ not in ("VBD", "VBZ", "VBP") and not (_has_have(verb) and _ends(verb)):
        return None
    if verb.lemma_ not in SPEECH | BELIEF and not is_hearing(verb):
        return None
    return _speaker_first(verb) or _verb_first(verb)


def is_hearing(verb: Token) -> bool:
    """ "…, the inquest heard", "the court was told that P": what was said before a court."""
    if verb.lemma_ not in ("hear", "tell"):
        return False
    who = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < verb.i]
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    court = any(c.lemma_.lower() in TRIBUNALS for c in who)
    return court and passive == (verb.lemma_ == "tell")


def _has_have(verb: Token) -> bool:
    """ "…, a study has found"."""
    return verb.tag_ == "VBN" and verb.i > 0 and verb.nbor(-1).lemma_ == "have"


def _ends(verb: Token) -> bool:
    """Whether nothing but a mark follows: "…, analysts believe."."""
    return verb.i + 1 >= len(verb.doc) or verb.nbor(1).is_punct


def _speaker_first(verb: Token) -> Tail | None:
    doc = verb.doc
    phrase = phrase_before(doc, verb.i - 1 if _has_have(verb) else verb.i)
    if not phrase or _counts(verb):
        return None
    if any(t.lower_ in ("that", "which") for t in phrase):
        return None  # "nine died, a claim that the rebels denied"
    edge = phrase[0].i - 1
    end = _end_of_verb_phrase(verb)
    if end is None or edge < 2:
        return None
    if not (_has_verb(doc[:edge]) or _holds_figure(doc[:edge]) or _goes_on(doc, end)):
        return None
    return _made(verb, phrase, doc, edge, end)


def _counts(verb: Token) -> bool:
    after = verb.nbor(1) if verb.i + 1 < len(verb.doc) else None
    return verb.lemma_ in _COUNTING and after is not None and after.pos_ in ("NUM", "DET", "PRON")


def _verb_first(verb: Token) -> Tail | None:
    doc = verb.doc
    if verb.i < 3 or doc[verb.i - 1].text not in _EDGES or _has_both(verb):
        return None
    phrase = _phrase_after(doc, verb.i)
    if not phrase or not _is_speaker(phrase):
        return None
    end = _after_aside(doc, phrase[-1].i + 1)
    if not (_has_verb(doc[: verb.i - 1]) or _goes_on(doc, end)):
        return None
    if doc[verb.i - 1].text not in _CLOSING and verb.lemma_ not in _INVERTED:
        return None
    if phrase[-1].i + 1 < len(doc) and doc[phrase[-1].i + 1].tag_ in _FINITE:
        return None
    return _made(verb, phrase, doc, verb.i - 1, end)


def _has_both(verb: Token) -> bool:
    """ "The firm, which makes tea, said trading was slow": who says it, and then what."""
    who = any(c.dep_ in ("nsubj", "nsubjpass") and c.i < verb.i for c in verb.children)
    return who and any(c.dep_ == "ccomp" and c.i > verb.i for c in verb.children)


def _made(verb: Token, phrase: Sequence[Token], doc: Doc, edge: int, end: int) -> Tail:
    span = doc[phrase[0].i : phrase[-1].i + 1]
    within = _named_part(phrase)
    head = doc[within[0].i : within[-1].i + 1].root if within else span.root
    goes_on = _goes_on(doc, end)
    before = set() if goes_on and _only_after(doc, edge) else set(doc[: edge + 1])
    after = set(doc[end:]) if goes_on else set()
    have = {verb.nbor(-1)} if _has_have(verb) else set()
    return Tail(
        verb, head, tuple(phrase), frozenset((before | after) - set(phrase) - {verb} - have)
    )


def _only_after(doc: Doc, edge: int) -> bool:
    """ "The plan won praise, but, they point out, it is costly": the praise is not theirs."""
    joined = edge > 1 and doc[edge].text == "," and doc[edge - 1].dep_ == "cc"
    return joined and doc[edge - 2].text in {",", ";"}


def _named_part(phrase: Sequence[Token]) -> list[Token]:
    """The words up to the first comma: what comes after describes them."""
    part: list[Token] = []
    for token in phrase:
        if token.text == ",":
            break
        part.append(token)
    return part


def phrase_before(doc: Doc, verb: int) -> list[Token]:
    """The noun phrase from a comma or quote up to the verb, its own aside included."""
    start = verb
    commas = 0
    if doc[verb - 1].tag_ == "RB" and verb > 1:
        start -= 1
    stop = start
    while start > 0 and stop - start <= _LONGEST_SPEAKER:
        before = doc[start - 1]
        if _is_within(before):
            pass
        elif before.text in _EDGES:
            inner = before.text == "," and start == stop
            opens = before.text == "," and commas == 1
            if inner and commas == 0:
                commas = 1
            elif opens:
                commas = 2
            else:
                break
        elif before.tag_ in _NOT_IN_SPEAKER or before.text in _QUOTES:
            return []
        start -= 1
        if commas == 0 and _opens_unmarked(before):
            return [t for t in doc[start:stop] if not _is_within(t)]
    if start == 0 or doc[start - 1].text not in _EDGES:
        return []
    phrase = [t for t in doc[start:stop] if not _is_within(t)]
    while phrase and phrase[-1].text == ",":
        phrase.pop()
    return phrase if _is_speaker(phrase) else []


def _is_within(comma: Token) -> bool:
    """A comma after a preposition or article parts nothing: "the head of, the port said"."""
    return comma.text == "," and comma.i > 0 and comma.nbor(-1).tag_ in ("IN", "DT")


def _opens_unmarked(token: Token) -> bool:
    """Whether a speaker starts with no comma before it: "… in eastern Syria a monitor"."""
    if token.lower_ not in ("a", "an", "the") or token.i < 4:
        return False
    before = token.nbor(-1)
    return before.pos_ in ("NOUN", "PROPN", "NUM") and before.text not in _EDGES


def _phrase_after(doc: Doc, verb: int) -> list[Token]:
    phrase: list[Token] = []
    for token in doc[verb + 1 : verb + 1 + _LONGEST_SPEAKER]:
        stops = (token.is_punct and token.text not in ("-", ".", "'", "’")) or token.text in _QUOTES
        if stops or token.tag_ in _NOT_IN_SPEAKER | {"VBG", "VB"}:
            break
        if token.tag_ == "IN" and token.lower_ not in ("of", "for"):
            break
        phrase.append(token)
    while phrase and phrase[-1].is_punct:
        phrase.pop()
    return phrase


def _is_speaker(phrase: Sequence[Token]) -> bool:
    """Whether words can name who speaks: a noun or "he", opened as a noun phrase is."""
    if phrase and phrase[0].lower_ in ("something", "anything", "nothing", "everything"):
        return False  # "…, something ministers have said they will consider"
    if not phrase or phrase[0].tag_ in ("IN", "CC", "RB", "VBG", "VBN", "TO", "WDT"):
        return False
    if len(phrase) == 1:
        return phrase[0].pos_ in ("PROPN", "NOUN", "PRON", "NUM") and phrase[0].lower_ not in (
            "which",
            "that",
            "who",
            "it’s",
        )
    return any(t.pos_ in ("PROPN", "NOUN") for t in phrase)


def _has_verb(tokens: Iterable[Token]) -> bool:
    return any(t.tag_ in _FINITE or t.pos_ in ("VERB", "AUX") for t in tokens)


def _holds_figure(tokens: Iterable[Token]) -> bool:
    """ "Damage of $38m, brokers estimate": a figure needs no verb to state something."""
    return any(t.pos_ == "NUM" for t in tokens)


def _end_of_verb_phrase(verb: Token) -> int | None:
    """Where what belongs to the verb ends; None where what is said follows it."""
    doc = verb.doc
    place = verb.i + 1
    while place < len(doc):
        token = doc[place]
        if token.text in _QUOTES | {",", ";", ":", "–", "—", "--"} or (
            token.is_punct and token.text in ".!?"
        ):
            break
        if token.lower_ in _CONTENT_OPENERS or token.tag_ in ("VBD", "VBZ", "VBP", "MD", "TO"):
            return None
        place += 1
    if place < len(doc) and doc[place].text == ":":
        return None
    if place < len(doc) and doc[place].text in _QUOTES and doc[place - 1].text != ",":
        return None
    following = doc[place + 1] if place + 1 < len(doc) else None
    if following is not None and following.lower_ in _CONTENT_OPENERS:
        return None
    return place


def _goes_on(doc: Doc, place: int) -> bool:
    """Whether what is said goes on after the speaker: "…," he said, "and …"."""
    rest = doc[place:]
    if place >= len(doc) or doc[place].text not in (",", "–", "—", "--", ";"):
        return False
    following = doc[place + 1] if place + 1 < len(doc) else None
    if following is None or (following.lower_ in _CARRYING_ON and not _opens_ground(following)):
        return False
    quoted = following.text in _QUOTES
    if doc[place].text == ";" and not quoted:
        return False  # "…, his office said; the army has sent half": the reporter's own
    return quoted or (following.tag_ not in ("VBG", "WP", "WDT") and _has_verb(rest))


def _opens_ground(word: Token) -> bool:
    """ "…, the governor said, after two more were found": what the speaker rests it on."""
    if word.lower_ != "after" or word.dep_ != "mark":
        return False
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in word.head.children)


def _after_aside(doc: Doc, place: int) -> int:
    """Past ", 41, a neighbour," to the quotation that may go on."""
    for later in range(place, len(doc) - 1):
        if doc[later].text == "," and doc[later + 1].text in _QUOTES:
            return later
    return len(doc)
