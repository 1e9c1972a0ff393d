"""Who a claim is from: `source` and `via` against what the article says of its speakers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarise.language.names import names_within, same_name
from summarise.language.passages import Passage, Passages, Scope
from summarise.language.places import country_of
from summarise.language.speakers import Speaker, is_quoted, reporting_verbs
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
    if passages.book.known(name) or name.casefold() in passages.text.casefold():
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
        (speaker, part)
        for quote, part in _pairs(scope)
        for speaker in part.speakers
        if _governs(speaker, quote, part)
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
    if _heads(source) & {word.stem for word in words(speaker.text) if word.content}:
        return True  # "the bank" for the Bank of Alderland
    named = names_within(part.text[: speaker.at]) if speaker.pronoun else []
    for back in passages.earlier(part, 2):
        spoke = [s.text for s in back.speakers if s.strong and names_within(s.text)]
        named += (
            [name for text in spoke for name in names_within(text)]
            if spoke
            else passages.names(back)
        )
        if spoke:
            named += passages.names(passages.earlier(part, 1)[0])
            break
    named = [name for name in named if not country_of(name)]
    # "The sources" are no one person.
    one = speaker.pronoun or not re.search(r"[^s]s\s*$", speaker.head)
    if one and any(_is(source, name, passages) for name in named):
        return True
    told = [s.text for after in scope.after for s in after.speakers if s.strong]
    if any(_is(source, text, passages) for text in told):
        return True
    return _recent(source, part, passages)


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
            named = (near for near in way if any(map(_is_named, near.speakers)))
            nearest = next(named, None)
            if nearest and _spoke(source, nearest, passages):
                return quoted or bool(_CONTINUES.search(part.text))
    return False


def _is_named(speaker: Speaker) -> bool:
    return speaker.strong and (bool(names_within(speaker.text)) or not speaker.pronoun)


def _spoke(source: str, near: Passage, passages: Passages) -> bool:
    return any(_is_named(s) and _is(source, s.text, passages) for s in near.speakers)


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
            continue  # "Ukrainian President Volodymyr Zelenskyy" is not Ukraine
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
    found: list[Speaker] = []
    if len(scope.sentences) > _WHOLE * len(scope.quotes):
        return None  # evidence that long is not one utterance
    for quote, part in _pairs(scope):
        speaker = _attributed(quote, said) or _attributed_around(quote, part, passages)
        if speaker:
            found.append(speaker)
        elif not _is_heading(part, passages) and len(quote.text.split()) > 3:
            return None
    return _tidy(found[0].text) if found else None


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


def _attributed(quote: Passage, said: Passage) -> Speaker | None:
    """A strong reporting verb inside the quote, where the claim is what was said."""
    if _reporting(said.text) & _reporting(quote.text):
        return None  # the saying itself is the claim
    for speaker in quote.speakers:
        if speaker.strong and not _is_deed(speaker, said):
            return speaker
    return None


def _reporting(text: str) -> set[str]:
    return {stem(verb) for verb in reporting_verbs(text)}


_SPEAKING = word_set("speak address post ask write call reject dispute accus urg answer")


def _is_deed(speaker: Speaker, said: Passage) -> bool:
    """Whether the claim is about what the speaker does, told before the reporting verb."""
    opening = " ".join(said.text.split()[:8])
    first = [name for name in names_within(opening) if not country_of(name)][:1]
    told = speaker.text
    if not names_within(told):
        role = Passage(told, None).stems
        return bool(role) and role <= Passage(opening, None).stems
    for name in names_within(told)[-2:]:
        if any(same_name(name, other) for other in first):
            if _SPEAKING & said.stems:
                return True
            after = told[told.find(name) + len(name) :]
            return bool(Passage(after.lower(), None).stems & said.stems)
    return False


def _attributed_around(quote: Passage, part: Passage, passages: Passages) -> Speaker | None:
    """The speaker of direct speech that the quote stands in."""
    if not (is_quoted(part.text, quote.text) or passages.in_open_quote(part)):
        return None
    strong = [speaker for speaker in part.speakers if speaker.strong]
    return strong[0] if strong else Speaker("the speaker quoted", 0, before=True, strong=True)
