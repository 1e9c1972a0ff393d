"""Those who pass on what somebody said: outlets told, platforms posted on, agencies that cite."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarise.language import cues as words
from summarise.language.syntax import child, children

if TYPE_CHECKING:
    from spacy.tokens import Token


def quoting_verb(verb: Token) -> Token | None:
    """The "quoted" above a "saying": "was quoted as saying", "the agency quoted him as saying"."""
    above = verb.head.head if verb.dep_ == "pcomp" and verb.head.lower_ == "as" else None
    return above if above is not None and above.lemma_ in ("quote", "cite") else None


def citing_word(verb: Token) -> Token | None:
    """The "citing" that hangs on a cue: "the agency, citing an official, reported"."""
    for below in verb.children:
        if below.lower_ in ("citing", "quoting") and below.dep_ in ("advcl", "acl", "prep"):
            return below
    subject = child(verb, "nsubj")
    for below in subject.subtree if subject is not None else ():
        if below.lower_ in ("citing", "quoting"):
            return below
    return None


def cited_speaker(verb: Token) -> Token | None:
    citing = citing_word(verb)
    return child(citing, "dobj", "pobj") if citing is not None else None


def told(verb: Token) -> Iterator[Token]:
    """Those who pass it on: an outlet told, a platform posted on, the one who cites."""
    if verb.lemma_ in ("tell", "inform"):
        for listener in children(verb, "dobj", "dative"):
            named = [t for t in (listener, *_called(listener)) if _is_outlet_name(t)]
            yield from named or ([listener] if _is_media(listener) else [])
    for holder in (verb, *_publishing(verb)):
        for token in _setting(holder, verb):
            yield from _channel(token)
    if verb.lemma_ in ("quote", "cite") and child(verb, "nsubjpass") is not None:
        yield from _quoting_body(verb)
    quoting = quoting_verb(verb)
    if quoting is not None:
        yield from children(quoting, "nsubj")
        yield from _quoting_body(quoting)
    if citing_word(verb) is not None:
        subject = child(verb, "nsubj")
        if subject is not None:
            yield subject


def _is_outlet_name(listener: Token) -> bool:
    """ "Told Reuters", and not "told parliament", where it was said and not passed on."""
    return listener.pos_ == "PROPN" and listener.lower_ not in _DELIBERATING | words.TRIBUNALS


_DELIBERATING = frozenset(
    """assembly bundestag cabinet commission committee commons congress council delegates duma house
    knesset lawmakers lords mps parliament senate senators""".split()
)
"""Bodies before which something is said."""


def _called(listener: Token) -> Iterator[Token]:
    """ "The broadcaster NRO": the name of an outlet, beside what it is."""
    if listener.lemma_ in words.OUTLET_WORDS:
        yield from children(listener, "appos")


def _is_media(listener: Token) -> bool:
    """ "Local radio", "state television": an outlet by what it is, told apart from others."""
    told_apart = child(listener, "amod", "compound") is not None
    return listener.lemma_.lower() in words.MEDIA and told_apart


def _setting(holder: Token, cue: Token) -> Iterator[Token]:
    """The words that tell where something was said, not what."""
    for below in children(holder, "prep", "dobj", "agent", "npadvmod"):
        if cue not in below.subtree or cue == holder:
            yield from below.subtree
        else:
            yield from (t for t in below.subtree if t not in set(cue.subtree))


def _quoting_body(verb: Token) -> Iterator[Token]:
    """ "Was quoted as saying by X", "was quoted by X as saying"."""
    for token in verb.subtree:
        if token.i > verb.i and token.lower_ == "by" and token.dep_ in ("agent", "prep"):
            yield from children(token, "pobj")
            return


def quoted_by(speaker: Token) -> Iterator[Token]:
    """ "The official, quoted by X, said"."""
    for verb in children(speaker, "acl"):
        if verb.lower_ in ("quoted", "cited"):
            yield from _quoting_body(verb)


def _channel(token: Token) -> Iterator[Token]:
    """A platform or outlet after a preposition: "on Telegram", "in an interview with Reuters"."""
    place = child(token, "pobj") if token.dep_ in ("prep", "agent") else None
    if place is None:
        return
    if token.lower_ in ("on", "via", "through", "to"):
        named = next(
            (a for a in (place, *children(place, "appos", "compound")) if _is_channel(a)), None
        )
        if named is not None:
            yield named
    if token.lower_ == "by" and token.head.lower_ in words.CARRYING:
        yield place
    spoken = token.lower_ in ("with", "to") and token.head.lower_ in _TALKS
    if spoken and place.pos_ == "PROPN":
        yield place


_TALKS = frozenset("interview comments remarks".split())


def _is_channel(token: Token) -> bool:
    """A platform by its name, or by the word "platform" beside it."""
    if token.text.rstrip(".") in words.PLATFORMS:
        return True
    beside = {token.head.lower_, *(c.lower_ for c in token.children)}
    return token.pos_ == "PROPN" and bool(beside & words.PLATFORM_WORDS)


def _publishing(verb: Token) -> Iterator[Token]:
    """The verb of publishing that a cue hangs on: "posted on Telegram claiming"."""
    above = verb.head
    while above.pos_ in ("NOUN", "VERB") and above != verb and above.head != above:
        if above.pos_ == "VERB":
            break
        above = above.head
    if verb.dep_ in ("acl", "advcl", "xcomp", "conj") and above.pos_ == "VERB":
        yield above


def seen_by(document: Token) -> Iterator[Token]:
    """ "A report seen by X", "an official quoted by X"."""
    for verb in children(document, "acl"):
        made = verb.lower_ == "published" and document.lemma_ in words.FINDINGS
        if verb.lower_ in words.SEEING and not made:
            yield from _quoting_body(verb)
