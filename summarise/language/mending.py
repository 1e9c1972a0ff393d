"""Text made fit for the parser, with a way back: what misleads it is taken out or put in.

Some sites lose all commas, glue acronyms to names, or write names that look like other words
("IS", "WHO"). Each mended character knows where it came from; a character put in stands for the
one before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarise.language.labels import label_end

_ACRONYM = re.compile(r"\s?[(\[][A-Z][\w.&-]{1,9}[)\]]")
_SPEAKER = (
    r"(?:(?:the|an?|one) (?:[a-z’'-]+ ){0,3}?)?"
    r"(?:[A-Z][\w’'.-]+ (?:(?:of|for|and) )?){1,6}(?:[a-z-]+ ){0,3}"
    r"|(?:the|an?|one) (?:[a-z-]+ ){1,2}"
)
_UNMARKED_SPEAKER = re.compile(
    rf"(?<=[\w%)])(?= (?:{_SPEAKER})(?:said|says|added|told [A-Z]\w+)"
    r"(?: (?:in|on|to|at) [^,.]{2,40}| \w+)?[.]?$)"
)
_WITHIN_PHRASE = re.compile(
    r"(?:\b(?:about|against|among|and|as|at|but|by|for|from|in|into|of|on|or|over|that|the|to|with)"
    r"|[,;:”’\"]\s?(?:the\s)?(?:[A-Z][\w’'.-]+\s(?:(?:of|for|and)\s)?)*[A-Z][\w’'.-]+)$"
)
"""Words after which no speaker begins: a preposition wants its noun, a name in capitals goes on."""
_AFTER_ROLE = re.compile(
    r"[,;:”’\"]\s?(?!(?:and|but|so|or)\b)(?:[a-z][\w’'-]*\s){0,2}[a-z][\w’'-]*"
    r"(?:\s[A-Z][\w’'.-]+)*$"
)
"""What a speaker is, before the name: "…, finance chief Ada Brook said"."""
_PLACE = r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}"
_CAPITALS = r"(?:[A-Z]{2}[A-Z.’'-]*|[A-Z]\.)(?:[ /][A-Z][A-Z.’'-]*){0,3}"
_AGENCY = r"\((?:[A-Z][\w.&’-]*)(?:[ /][A-Z][\w.&’-]*){0,2}\)"
_DATELINE = re.compile(
    rf"(?:{_CAPITALS}(?:, {_PLACE})?(?:, [A-Z][a-z]{{2,8}}\.? \d{{1,2}})?(?: {_AGENCY})?"
    rf"|{_PLACE}(?:, {_PLACE})?(?:, [A-Z][a-z]{{2,8}}\.? \d{{1,2}})? {_AGENCY})"
    r"\s?(?:--|[-–—])\s(?=[“\"‘'(]?[A-Z\d])"
)
"""Where and when an agency filed its report: "OSLO, May 3 (Reuters) -"."""
_GLUED_MILLIONS = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*m\b")
"""The parser splits "8m", and takes the "m" for a word; it reads "8mn" as one."""
_GLUED_MILLIONS_READ = re.compile(_GLUED_MILLIONS.pattern.replace("m\\b", "mn\\b"))
_PREFIX = re.compile(r"\b(?:[Rr]e|[Cc]o|[Pp]re|[Nn]on|[Aa]nti|[Ee])-(?=[a-z])[a-z]+\b(?!-)")
"""The parser takes "re-open" for three words."""
_LIVE = re.compile(
    r"[^:.]{2,60}\b(?:live(?: (?:updates|blog|news))?|latest|as it happened|updates|LIVE): "
)
"""What a headline says of its page: "Storm Hanna live: …"."""
_SPACED_HYPHEN = re.compile(r"(?<= )-(?= )")
"""A dash typed as a hyphen: the parser sets an aside off by a dash alone."""
_BLANKS = "\u00a0\u2009\u202f"
_LOOKALIKES = {"IS": "UN", "WHO": "NHS", "inquest": "court"}
"""What the parser takes for other words, and words like it that it knows."""
_LOOKALIKE = re.compile(rf"\b(?:{'|'.join(_LOOKALIKES)})\b")
_LASTING_STATES = frozenset("dead feared homeless missing without".split())
_COUNTED_STATE = re.compile(
    r"(?:^|(?<=[,;:] )|(?<=\band ))"
    r"(?:(?:at least|more than|over|nearly|almost|up to|about|around|some) )?"
    r"(?P<count>\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|"
    r"scores|hundreds|thousands)(?: (?!of )[a-z-]+){0,2}? (?P<state>dead|feared|homeless|missing|"
    r"without|arrested|charged|detained|displaced|evacuated|hospitali[sz]ed|hurt|injured|jailed|"
    r"killed|rescued|stranded|trapped|wounded)(?=$|[,;:]| (?:after|amid|and|as|at|by|dead|during|"
    r"following|from|in|near|off|on|outside|over|power|since|when|while|with|without)\b)",
    re.I,
)
"""What a headline says of a number of people without a verb: "Two dead", "dozens missing"."""
_STARVED_WORDS = 60
"""A text of so many words without one comma has lost them."""
_WORDS_A_COMMA = 120
"""With one in so many words, or fewer, too: a caption may have kept its own."""
_COMMA = re.compile(r",(?!\d)")


@dataclass(frozen=True)
class Mended:
    """A text as the parser gets it; `origins[i]` is where its character `i` stands."""

    text: str
    origins: tuple[int, ...]
    put_back: tuple[tuple[int, str], ...]
    """By offset in `text`, the words that others stand for there."""


def starved(texts: Sequence[str]) -> bool:
    """Whether the sentences of an article have lost their commas."""
    words = sum(len(text.split()) for text in texts)
    commas = sum(len(_COMMA.findall(text)) for text in texts)
    return words >= _STARVED_WORDS and commas * _WORDS_A_COMMA <= words


def mended(text: str, *, without_commas: bool = False, heading: bool = False) -> Mended:
    """`text` for the parser.

    `without_commas`: all commas are lost, and put back elsewhere. `heading`: the text is a
    headline, which leaves "are" out.
    """
    dateline = _DATELINE.match(text)
    gone = {i for m in _ACRONYM.finditer(text) for i in range(*m.span())}
    live = _LIVE.match(text) if heading else None
    opening = dateline or live
    gone |= set(range(opening.end() if opening is not None else label_end(text)))
    gone |= {i for i, char in enumerate(text) if char == "\\"}
    prefixed = [m for m in _PREFIX.finditer(text) if m.start() not in gone]
    gone |= {m.start() + m.group().index("-") for m in prefixed}
    kept = [i for i in range(len(text)) if i not in gone] or list(range(len(text)))
    chars = _SPACED_HYPHEN.sub("–", "".join(" " if text[i] in _BLANKS else text[i] for i in kept))
    places = [
        m.start()
        for m in _UNMARKED_SPEAKER.finditer(chars)
        if not without_commas
        and not _WITHIN_PHRASE.search(chars, max(0, m.start() - 80), m.start())
        and not (chars[m.start() + 1].isupper() and _AFTER_ROLE.search(chars[: m.start()]))
    ][:1]
    for place in sorted(set(places), reverse=True):
        chars = f"{chars[:place]},{chars[place:]}"
        kept.insert(place, kept[place - 1])
    if heading:
        for place, verb in reversed(_lost_verbs(chars)):
            chars = f"{chars[:place]}{verb}{chars[place:]}"
            kept[place:place] = [kept[place - 1]] * len(verb)
    for m in reversed(list(_GLUED_MILLIONS.finditer(chars))):
        chars = f"{chars[: m.end()]}n{chars[m.end() :]}"
        kept.insert(m.end(), kept[m.end() - 1])
    back = tuple((m.start(), m.group()) for m in _LOOKALIKE.finditer(chars))
    back += tuple((m.start(), m.group()[:-1]) for m in _GLUED_MILLIONS_READ.finditer(chars))
    back += tuple((kept.index(m.start()), m.group()) for m in prefixed)
    return Mended(_LOOKALIKE.sub(lambda m: _LOOKALIKES[m.group()], chars), tuple(kept), back)


def with_commas(one: Mended, places: Sequence[int]) -> Mended:
    """`one` with a comma after each of `places`, the offsets in its text where words end."""
    text, origins, back = one.text, list(one.origins), one.put_back
    for place in sorted(set(places), reverse=True):
        text = f"{text[:place]},{text[place:]}"
        origins.insert(place, origins[place - 1])
        back = tuple((start + (start >= place), word) for start, word in back)
    return Mended(text, tuple(origins), back)


def _lost_verbs(heading: str) -> list[tuple[int, str]]:
    """Where "are" or "were" belongs in "Nine dead, 40 injured in crash", and which of the two."""
    found = []
    for counted in _COUNTED_STATE.finditer(heading):
        verb = "are" if counted["state"] in _LASTING_STATES else "were"
        if counted["count"].lower() in ("one", "1"):
            verb = {"are": "is", "were": "was"}[verb]
        found.append((counted.start("state") - 1, f" {verb}"))
    return found
