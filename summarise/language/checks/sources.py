"""Who a claim is from: `source` and `via` against what the article says of its speakers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarise.language.cues import COLLECTIVES, WITHHOLDING
from summarise.language.first_names import gender_of
from summarise.language.names import is_body, names_within, same_name, strip_titles
from summarise.language.passages import Passage, Passages, Scope
from summarise.language.places import country_of
from summarise.language.speakers import STRONG, Speaker, is_quoted, reporting_verbs
from summarise.language.words import STOP, stem, word_set, words
from summarise.records import Claim


def source_reasons(claim: Claim, said: Passage, scope: Scope, passages: Passages) -> Iterator[str]:
    """A source that is no speaker near the evidence, or a speaker that is left out."""
    for name in claim.via:
        if not _mentioned(name, passages):
            yield f"via {name!r} is not in the article"
    if claim.source is None:
        speaker = _left_out(said, scope, passages)
        if speaker:
            yield f"source is null, but the evidence attributes this to {speaker!r}"
    elif not _mentioned(claim.source, passages):
        yield f"source {claim.source!r} is not in the article"
    elif not _speaks(claim.source, scope, passages):
        yield f"source {claim.source!r} is not whom the evidence attributes this to{_who(scope)}"


def _mentioned(name: str, passages: Passages) -> bool:
    if passages.knows(name) or name.casefold() in passages.text.casefold():
        return True
    wanted = _heads(name)
    listed = [part for part in _LISTED.split(name) if part]
    if len(listed) > 1 and all(_mentioned(part, passages) for part in listed):
        return True
    return bool(wanted) and wanted <= passages.stems


def _heads(name: str) -> set[str]:
    return {
        stem(word) for word in re.findall(r"[^\W\d_][\w’'-]*", name) if word.lower() not in STOP
    }


def _who(scope: Scope) -> str:
    texts = [_tidy(s.text) for part in scope.sentences for s in part.speakers if s.strong]
    return f" (it has {texts[0]!r})" if texts else ""


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" ,")


_LOOK_BACK = 8
_REPORTS = re.compile(
    r"(?:\b(?:its|their|his|her)|[’']s)\s+(?:\w+\s+)?"
    r"(?:statements?|announcements?|claims?|remarks|comments)\b"
)


def _speaks(source: str, scope: Scope, passages: Passages) -> bool:
    """Whether `source` is a speaker of the evidence, or the one its pronoun goes back to."""
    direct = [
        (speaker, part) for quote, part in _pairs(scope) for speaker in _governing(quote, part)
    ]
    if any(_is(source, speaker.head, passages) for speaker, _ in direct):
        return True
    if _possessor(source, scope, passages):
        return True
    strong = [(speaker, part) for speaker, part in direct if speaker.strong]
    unnamed = [(speaker, part) for speaker, part in strong if speaker.anonymous]
    strong = [pair for pair in strong if pair in unnamed or names_within(pair[0].text)]
    if strong and _described(source, strong, scope):
        return True
    if any(_antecedent(source, speaker, part, scope, passages) for speaker, part in unnamed):
        return True
    if len(unnamed) < len(strong):
        return False
    quoted = any(_opens_quote(part) or passages.in_open_quote(part) for part in scope.sentences)
    return _goes_on(source, scope, passages, quoted=quoted)


def _governing(quote: Passage, part: Passage) -> list[Speaker]:
    """The speakers of the quote itself, or where it has none those of its sentence."""
    found = [speaker for speaker in part.speakers if _governs(speaker, quote, part)]
    at = part.text.find(quote.text)
    inside = [s for s in found if at >= 0 and at <= s.at < at + len(quote.text)]
    return inside if any(s.strong and names_within(s.text) for s in inside) else found


def _governs(speaker: Speaker, quote: Passage, part: Passage) -> bool:
    """Whether the quote can be what is said: "X said that P" says nothing of what stands before."""
    at = part.text.find(quote.text)
    if at < 0 or not speaker.before:
        return True
    between = part.text[at + len(quote.text) : max(0, speaker.at - len(speaker.text))]
    if re.search(r"\b(?:which|who|that|where)\s*$", between):
        return False  # "the attack, which state media said was ..."
    that = re.match(r"\w+ that\b", part.text[speaker.at :])
    return not that or at + len(quote.text) > speaker.at


def _opens_quote(sentence: Passage) -> bool:
    return sentence.text.startswith(("“", '"', "‘", "'"))


def _described(source: str, spoken: list[tuple[Speaker, Passage]], scope: Scope) -> bool:
    """A source that is more than a name ("people familiar with the matter", "Arlt’s office").

    Its common words stand by a reporting word, its names in the sentence or just before it.
    """
    proper = set().union(*(_heads(name) for name in names_within(source)), set())
    common = _heads(source) - proper
    by = set().union(
        *(_heads(part.text[max(0, s.at - 110) : s.at + 110]) for s, part in spoken), set()
    )
    near = set().union(*(_heads(part.text) for part in (*scope.sentences, *scope.before)))
    return bool(common) and len(common & by) >= 0.6 * len(common) and proper <= near


def _possessor(source: str, scope: Scope, passages: Passages) -> bool:
    """ "China is sincere in its statements": named beside a word for what was said."""
    for part in scope.quotes:
        found = _REPORTS.search(part.text)
        if found and _is(source, part.text[max(0, found.start() - 40) : found.start()], passages):
            return True
    return False


def _antecedent(
    source: str, speaker: Speaker, part: Passage, scope: Scope, passages: Passages
) -> bool:
    """Whether a pronoun or "the official" can go back to `source`."""
    if not _agrees(source, speaker, passages):
        return False
    if _heads(source) & {word.stem for word in words(speaker.head) if word.content}.intersection(
        map(stem, speaker.head.split()[-1:])
    ):
        return True  # "the bank" for the Bank of Alderland
    # "The sources" are no one person.
    one = speaker.pronoun or not re.search(r"[^s]s\s*$", speaker.head)
    if one and not country_of(source) and _just_named(source, speaker, part, passages):
        return True
    if _INDEFINITE.search(speaker.head) or part.start <= passages.all[:_LEAD][-1].start:
        told = [s.text for after in scope.after for s in after.speakers if s.strong]
        if any(_is(source, text, passages) for text in told):
            return True
    return _recent(source, part, passages)


_LEAD = 4
"""Units in which a speaker may be described before the text gives the name."""
_INDEFINITE = re.compile(r"\b(?:an?|one|some|another|two|several)\b", re.IGNORECASE)
_PERSONAL = re.compile(r"\b(he|she)\b", re.IGNORECASE)
_IMPERSONAL = re.compile(
    rf"\bit\b|\b(?:the|its|this)\s+(?:{'|'.join(sorted(COLLECTIVES))})\b", re.I
)


def _agrees(source: str, speaker: Speaker, passages: Passages) -> bool:
    """Whether "he", "she", "it" or "the company" can be `source`: a woman, a man, a body."""
    gender = gender_of(passages.book.canonical(source))
    personal = _PERSONAL.search(speaker.head)
    if personal:
        other = "f" if personal.group(1).lower() == "he" else "m"
        return gender != other and not country_of(source) and not is_body(source)
    return not (gender and _IMPERSONAL.search(speaker.head))


def _just_named(source: str, speaker: Speaker, part: Passage, passages: Passages) -> bool:
    """Whether `source` stands before a pronoun, or in the last sentence, or spoke before it."""
    back = speaker.pronoun or re.match(r"(?:the|its|his|her|their)\b", speaker.head, re.IGNORECASE)
    if back and _is_in(source, part.text[: speaker.at], passages):
        return True
    near = passages.earlier(part, 2)
    if near and _is_in(source, near[0].text, passages):
        return True
    if len(near) < 2 or any(_is_named(s) and _is_rival(s, speaker) for s in near[0].speakers):
        return False
    return _is_in(source, near[1].text, passages)


def _is_rival(other: Speaker, speaker: Speaker) -> bool:
    """Whether a pronoun can go back to another speaker: "he" does not go back to a woman."""
    names = names_within(other.text)[-1:]
    personal = _PERSONAL.search(speaker.head)
    if not names or not personal:
        return True
    return gender_of(names[0]) != ("f" if personal.group(1).lower() == "he" else "m")


def _is_in(source: str, text: str, passages: Passages) -> bool:
    """Whether `text` holds the name, or the last word of it."""
    last = strip_titles(source).split()[-1:]
    if last and last[0][:1].isupper():
        found = [hit.start() for hit in re.finditer(rf"\b{re.escape(last[0])}\b", text)]
        if found:
            return not all(_PLACED.search(text[:start]) for start in found)
    return any(_is(source, name, passages) for name in names_within(text))


_PLACED = re.compile(
    r"\b(?:in|at|near|from|outside|inside|to|towards?|into|across|off)\s+(?:the\s+)?(?:[A-Z]\w+\s+)*$"
)
"""What stands behind a preposition of place is nobody who speaks."""


def _recent(source: str, part: Passage, passages: Passages) -> bool:
    """Whether `source` is one of the last two named to speak before `part`."""
    seen = 0
    for back in passages.earlier(part, _LOOK_BACK):
        named = any(map(_is_named, back.speakers))
        if any(s.strong and _is(source, s.text, passages) for s in back.speakers):
            return True
        seen += named
        if seen == 2:
            return False
    return False


def _goes_on(source: str, scope: Scope, passages: Passages, *, quoted: bool) -> bool:
    """Whether the evidence goes on with what `source` was saying in the sentence before."""
    reach = _LOOK_BACK if quoted else 1
    for part in scope.sentences:
        ways = [passages.earlier(part, reach), list(scope.after) if quoted else []]
        for way in ways:
            nearest = next((near for near in way if any(s.strong for s in near.speakers)), None)
            if nearest and _spoke(source, nearest, passages):
                return quoted or bool(_CONTINUES.search(part.text))
    return False


def _is_named(speaker: Speaker) -> bool:
    return speaker.strong and (bool(names_within(speaker.text)) or not speaker.pronoun)


def _spoke(source: str, near: Passage, passages: Passages) -> bool:
    strong = [speaker for speaker in near.speakers if speaker.strong]
    return any(
        _is(source, speaker.text, passages)
        or (
            speaker.anonymous
            and _agrees(source, speaker, passages)
            and _just_named(source, speaker, near, passages)
        )
        for speaker in strong
    )


_CONTINUES = re.compile(r"\b(?:also|he|she|they|it|his|her|their|we|our|further)\b", re.IGNORECASE)


_LISTED = re.compile(r",? and |, ")


def _is(source: str, text: str, passages: Passages) -> bool:
    """Whether `text` names `source`, or one of those that `source` lists."""
    parts = [part for part in _LISTED.split(source) if part]
    return any(_is_one(part, text, passages) for part in (source, *parts))


def _is_one(source: str, text: str, passages: Passages) -> bool:
    """Whether `text` names `source`: its last name, or the words of its head."""
    names = names_within(text)
    for place, name in enumerate(names):
        nation = country_of(name)
        if nation and place + 1 < len(names):
            continue  # "Norwegian President Ada Brook" is not Norway
        if _PLACED.search(text[: text.find(name)]):
            continue
        if same_name(source, name) or same_name(source, passages.book.canonical(name)):
            return True
        if nation and nation == country_of(source):
            return True
    if country_of(source):
        return False
    wanted = _heads(source)
    return bool(wanted) and len(wanted & _heads(text)) >= max(1, 0.6 * len(wanted))


def _left_out(said: Passage, scope: Scope, passages: Passages) -> str | None:
    """The speaker of the evidence, where no full sentence of it is the article's own."""
    if len(scope.sentences) > _WHOLE * len(scope.quotes):
        return None  # evidence that long is not one utterance
    told: list[tuple[int, Speaker]] = []
    plain = 0
    for quote, part in _pairs(scope):
        speaker = _attributed(quote, said) or _attributed_around(quote, part, said, passages)
        shared = len(quote.stems & said.stems)
        if speaker:
            told.append((shared, speaker))
        elif not _is_heading(part, passages) and len(quote.text.split()) > 3:
            plain = max(plain, shared)
    if not told:
        return None
    shared, speaker = max(told, key=lambda pair: pair[0])
    referring = any(_REFERRING.search(quote.text) for quote in scope.quotes)
    return _tidy(speaker.text) if referring or shared > plain * _MOST else None


_MOST = 1.0
"""How much of the claim an attributed piece of evidence holds for each word of a plain one."""
_REFERRING = re.compile(
    r"\b(?:den(?:y|ies|ied)|disputes?d?|rejects?(?:ed)?|confirm(?:s|ed)|puts?|placed|says?|said)\s+"
    r"(?:this|that|it|so|the (?:number|figure|toll|total|cost)\b)",
    re.IGNORECASE,
)
""" "The firm denies this": of what another piece of evidence tells."""
_WHOLE = 3


def _is_heading(part: Passage, passages: Passages) -> bool:
    """A headline or caption, which leaves out who said it."""
    return part.start == passages.all[0].start or not part.text.endswith((".", "!", "?", "”", '"'))


def _pairs(scope: Scope) -> Iterator[tuple[Passage, Passage]]:
    for quote in scope.quotes:
        for part in scope.sentences:
            if part.start < quote.end and quote.start < part.end:
                yield quote, part
                break


_NOT = r"(?:did|do|does|would|could|has|have|had|will)(?: not| never|n[’']t)\s+"
_WITHHELD = re.compile(rf"\b{_NOT}(?:{'|'.join(sorted(WITHHOLDING))})\w*", re.IGNORECASE)
_BUT_NOT = re.compile(rf"\b(?:but|and|or)\s+(?:\w+\s+)?{_NOT}", re.IGNORECASE)


def _attributed(quote: Passage, said: Passage) -> Speaker | None:
    """A strong reporting verb inside the quote, where the claim is what was said."""
    if _WITHHELD.search(said.text) and _BUT_NOT.search(quote.text):
        return None  # what a speaker does not say is the article's own observation
    told = {stem(verb) for verb in reporting_verbs(said.text)}
    for speaker in quote.speakers:
        # Where the claim has the reporting verb itself, the saying is what is claimed.
        verb = next(iter(reporting_verbs(quote.text[speaker.at :])), "")
        if speaker.strong and stem(verb) not in told and not _is_deed(speaker, quote, said):
            return speaker
    return None


_JOINED = re.compile(
    r"(?:,|\b(?:and|but|then|also))\s*$|^\W*(?:the|a|an|its|his|her|their)\s+\S+\s*$", re.I
)
"""A subject with a deed of its own ("X resigned and said"), or one that is only a role."""
_SPEAKING = word_set("speak address post ask write call reject dispute accus urg")


def _is_deed(speaker: Speaker, quote: Passage, said: Passage) -> bool:
    """Whether the claim is about what the speaker does, told before the reporting verb."""
    names = names_within(speaker.text)[-2:]
    opening = " ".join(said.text.split()[:8])
    first = [name for name in names_within(opening) if not country_of(name)][:1]
    if any(same_name(name, other) for name in names for other in first) and _SPEAKING & said.stems:
        return True
    if not speaker.before or not _JOINED.search(speaker.text):
        return False
    mine = said.stems - set().union(*map(_heads, names_within(said.text)), set())
    told = Passage(speaker.text, None).stems
    rest = Passage(quote.text.replace(speaker.text.strip(), " ", 1), None).stems - told
    return len(mine & told) > len(mine & rest)


def _attributed_around(
    quote: Passage, part: Passage, said: Passage, passages: Passages
) -> Speaker | None:
    """The speaker of the words around: of direct speech, or at the end of the sentence."""
    strong = [speaker for speaker in part.speakers if speaker.strong]
    if STRONG.match(quote.text) and _THAT.match(quote.text):
        return next(iter(strong), None)
    if is_quoted(part.text, quote.text) or passages.in_open_quote(part):
        return strong[0] if strong else Speaker("the speaker quoted", 0, before=True, strong=True)
    at = part.text.find(quote.text)
    for speaker in strong:
        start = speaker.at - len(speaker.text) if speaker.before else speaker.at
        end = at + len(quote.text)
        closing = at >= 0 and end <= start and _closes(part.text[end:start], speaker, part)
        if closing and not _is_deed(speaker, part, said):
            return speaker
    return None


_THAT = re.compile(r"\w+ that\b")
_LAST_WORDS = 6


def _closes(between: str, speaker: Speaker, part: Passage) -> bool:
    """Whether ", she said on Friday." ends the sentence and so speaks for all of it."""
    return (
        between.count(",") <= 1
        and ";" not in between
        and part.text.endswith(".")
        and len(part.text[speaker.at :].split()) < _LAST_WORDS
        and not re.match(r"\W*\w+ing\b", speaker.text)
    )
