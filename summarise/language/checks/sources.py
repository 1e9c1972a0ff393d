"""Who a claim is from: `source` and `via` against what the article says of its speakers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarise.language.names import names_within, same_name
from summarise.language.passages import Passage, Passages, Scope
from summarise.language.places import country_of
from summarise.language.speakers import Speaker, is_quoted
from summarise.language.words import STOP, stem
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
_REPORTS = re.compile(r"\b(?:statements?|announcements?|claims?|remarks|comments|letter|post)\b")


def _speaks(source: str, scope: Scope, passages: Passages) -> bool:
    """Whether `source` is a speaker of the evidence, or the one its pronoun goes back to."""
    direct = [speaker for part in scope.sentences for speaker in part.speakers]
    strong = [speaker for speaker in direct if speaker.strong]
    if any(_is(source, speaker.text, passages) for speaker in direct):
        return True
    if _described(source, scope) or _possessor(source, scope, passages):
        return True
    if any(speaker.anonymous for speaker in strong) and _antecedent(source, scope, passages):
        return True
    quoted = any(_has_quote(part) or passages.in_open_quote(part) for part in scope.sentences)
    return (quoted or not strong) and _goes_on(source, scope, passages, quoted=quoted)


def _has_quote(sentence: Passage) -> bool:
    return bool(re.search(r"[“”\"]|(?:^|\s)['‘]", sentence.text))


def _described(source: str, scope: Scope) -> bool:
    """A source without a name ("people familiar with the matter"), in its own words."""
    if names_within(source):
        return False
    wanted = _heads(source)
    held = set().union(*(_heads(part.text) for part in (*scope.sentences, *scope.before)))
    return bool(wanted) and len(wanted & held) >= 0.6 * len(wanted)


def _possessor(source: str, scope: Scope, passages: Passages) -> bool:
    """ "China is sincere in its statements": named beside a word for what was said."""
    return any(
        _REPORTS.search(part.text) and _is(source, part.text, passages) for part in scope.quotes
    )


def _antecedent(source: str, scope: Scope, passages: Passages) -> bool:
    """Whether a pronoun or "the official" can go back to `source`."""
    named = [text for part in (*scope.sentences, *scope.after) for text in part.names]
    for part in scope.sentences:
        for back in passages.earlier(part, 2):
            named += back.names
    if any(same_name(source, name) or _is(source, name, passages) for name in named):
        return True
    return any(_recent(source, part, passages) for part in scope.sentences)


def _recent(source: str, part: Passage, passages: Passages) -> bool:
    """Whether `source` is one of the last two named to speak before `part`."""
    seen = 0
    for back in passages.earlier(part, _LOOK_BACK):
        named = [s for s in back.speakers if names_within(s.text)]
        if any(_is(source, speaker.text, passages) for speaker in back.speakers):
            return True
        seen += bool(named)
        if seen == 2:
            return False
    return False


def _goes_on(source: str, scope: Scope, passages: Passages, *, quoted: bool) -> bool:
    """Whether the evidence goes on with what `source` was saying in the sentence before."""
    reach = _LOOK_BACK if quoted else 1
    for part in scope.sentences:
        for near in (*passages.earlier(part, reach), *(scope.after if quoted else ())):
            if any(s.strong and _is(source, s.text, passages) for s in near.speakers):
                return quoted or bool(_CONTINUES.search(part.text))
    return False


_CONTINUES = re.compile(r"\b(?:also|he|she|they|it|his|her|their|we|our|further)\b", re.IGNORECASE)


def _is(source: str, text: str, passages: Passages) -> bool:
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
    for quote, part in _pairs(scope):
        speaker = _attributed(quote, said) or _attributed_around(quote, part, passages)
        if speaker:
            found.append(speaker)
        elif part.text.endswith((".", "!", "?")) and len(quote.text.split()) > 3:
            return None
    return _tidy(found[0].text) if found else None


def _pairs(scope: Scope) -> Iterator[tuple[Passage, Passage]]:
    for quote in scope.quotes:
        for part in scope.sentences:
            if part.start < quote.end and quote.start < part.end:
                yield quote, part
                break


def _attributed(quote: Passage, said: Passage) -> Speaker | None:
    """A strong reporting verb inside the quote, with a speaker that the claim is not about."""
    spoken = {word.stem for word in said.words}
    for speaker in quote.speakers:
        verb = quote.text[speaker.at :].split()[0].lower()
        if speaker.strong and stem(verb.strip(",")) not in spoken and not _subject(speaker, said):
            return speaker
    return None


def _subject(speaker: Speaker, said: Passage) -> bool:
    """Whether the claim is itself about what the speaker does."""
    opening = names_within(" ".join(said.text.split()[:8]))[:2]
    return any(
        same_name(spoken, name) and not country_of(name)
        for spoken in names_within(speaker.text)
        for name in opening
    )


def _attributed_around(quote: Passage, part: Passage, passages: Passages) -> Speaker | None:
    """The speaker of direct speech that the quote stands in."""
    if not (is_quoted(part.text, quote.text) or passages.in_open_quote(part)):
        return None
    strong = [speaker for speaker in part.speakers if speaker.strong]
    return strong[0] if strong else Speaker("the speaker quoted", 0, before=True, strong=True)
