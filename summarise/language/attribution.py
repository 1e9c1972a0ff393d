"""Who says what, over the sentences of an article: frames resolved to names.

Sentence by sentence: "he", "the official" and "the group" go back to somebody named before, a
quotation that runs on keeps its speaker, "A reported that B posted" gives B with A passing it on,
and a headline may end in its speaker ("…: minister"). What nobody is given for is the article's
own voice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from summarise.language import cues as words
from summarise.language.frames import Frame, frames
from summarise.language.names import NameBook, strip_titles
from summarise.language.syntax import child, children

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True)
class Attribution:
    """Somebody is given for some words of a sentence.

    `scope` are the token indexes of what is said, `words` those that say who says it.
    """

    scope: frozenset[int]
    words: frozenset[int]
    source: str
    via: tuple[str, ...]
    hedged: bool
    cue: int | None


@dataclass(frozen=True)
class _Voice:
    """Somebody who may be gone back to: the name, the words that described them, who passed it on."""

    name: str
    roles: frozenset[str]
    via: tuple[str, ...]
    person: bool


@dataclass
class _Memory:
    voices: list[_Voice] = field(default_factory=list)
    speaker: _Voice | None = None
    """Who spoke last, for a quotation that goes on."""


class Attributor:
    """Reads the sentences of one article in order; see `read`."""

    def __init__(self, book: NameBook) -> None:
        self._book = book
        self._memory = _Memory()

    def read(self, docs: Sequence[Doc], paragraphs: Sequence[int]) -> list[list[Attribution]]:
        """The attributions of each sentence, outer ones first.

        `docs` are the parsed sentences, `paragraphs` the number of the paragraph of each.
        """
        quoted = _quotations([doc.text for doc in docs], paragraphs)
        found: list[list[Attribution]] = []
        pending: list[int] = []
        for place, doc in enumerate(docs):
            self._remember_people(doc)
            own = self._sentence(
                doc, running=quoted[place].whole and not quoted[place].closes_later
            )
            said = own or self._headline(doc)
            if quoted[place].whole and not said:
                if quoted[place].closes_later:
                    pending.append(place)
                elif self._memory.speaker is not None:
                    said = [_whole(doc, self._memory.speaker)]
            found.append(said)
            if said and self._memory.speaker is not None:
                for earlier in pending:
                    found[earlier] = [_whole(docs[earlier], self._memory.speaker)]
                pending.clear()
        return found

    def _sentence(self, doc: Doc, *, running: bool) -> list[Attribution]:
        """The frames of a sentence with their names; `running`: it goes on with a quotation."""
        resolved: list[tuple[Frame, _Voice]] = []
        for frame in frames(doc):
            if frame.speaker is not None and frame.speaker.lower_ in ("i", "we"):
                around = [voice for outer, voice in resolved if frame.cue in outer.scope]
                voice = around[-1] if around else self._memory.speaker if running else None
            else:
                voice = self._voice(frame)
            if voice is not None:
                resolved.append((frame, voice))
        given = []
        for frame, voice in resolved:
            via = voice.via
            for outer, relay in resolved:
                if (
                    outer is not frame
                    and frame.cue in outer.scope
                    and frame.speaker not in (None, outer.speaker)
                ):
                    via = (
                        *via,
                        *(n for n in (relay.name, *relay.via) if n != voice.name and n not in via),
                    )
            hedged = frame.cue.lemma_ in words.HEDGED_CUES
            scope = frozenset(t.i for t in frame.scope)
            words_of = frozenset(t.i for t in frame.words)
            given.append(Attribution(scope, words_of, voice.name, via, hedged, frame.cue.i))
            self._memory.speaker = _Voice(voice.name, voice.roles, via, voice.person)
            self._memory.voices.append(self._memory.speaker)
        return given

    def _voice(self, frame: Frame) -> _Voice | None:
        """Who speaks in a frame; None where nobody can be named."""
        via = tuple(
            name for t in frame.passed_on if (name := self._name(t)) and self._passes_on(t, frame)
        )
        if frame.speaker is None:
            return None
        back = self._gone_back(frame.speaker)
        if back is not None:
            return _Voice(back.name, back.roles, via or back.via, back.person)
        name = self._name(frame.speaker)
        if not name:
            return None
        person = frame.speaker.ent_type_ == "PERSON" or (
            frame.speaker.tag_ == "NN" and frame.speaker.lemma_ not in words.COLLECTIVES
        )
        return _Voice(name, _roles(frame.speaker), via, person)

    def _passes_on(self, token: Token, frame: Frame) -> bool:
        if frame.cited or token.text in words.PLATFORMS:
            return True
        return (
            token.ent_type_ not in ("GPE", "PERSON", "NORP") and token.text not in words.ASSEMBLIES
        )

    def _gone_back(self, token: Token) -> _Voice | None:
        """The voice that a pronoun or a bare role ("the official") goes back to."""
        lower = token.lower_
        known = self._memory.voices
        if lower in ("he", "she"):
            return next((v for v in reversed(known) if v.person), None)
        if lower in ("they", "it", "who", "both"):
            return self._memory.speaker
        if token.pos_ == "PRON":
            return None
        bare = (
            token.pos_ == "NOUN"
            and child(token, "poss", "prep", "relcl", "acl", "compound") is None
        )
        definite = any(
            d.lower_ in ("the", "this", "that", "these", "both") for d in children(token, "det")
        )
        if not (bare and definite and (token.lemma_ in words.ROLES)):
            return None
        for voice in reversed(known):
            if token.lemma_.lower() in voice.roles:
                return voice
        return self._memory.speaker

    def _name(self, token: Token) -> str:
        """The phrase that names a speaker, made the fullest form that the article gives."""
        if token.lemma_.lower() in words.DOCUMENTS and token.pos_ == "NOUN":
            issuer = _issuer(token)
            if issuer is not None and issuer is not token:
                return self._book.canonical(_phrase(issuer))
        named = next((a for a in children(token, "appos") if a.pos_ == "PROPN"), None)
        if token.pos_ == "NOUN" and named is not None:
            token = named
        if token.ent_type_ == "PERSON":
            return self._book.canonical(_person(token))
        phrase = _phrase(token)
        named_in = _NAME_IN_PHRASE.match(phrase)
        if named_in is not None and (token.pos_ == "PROPN" or self._book.known(named_in["name"])):
            return self._book.canonical(strip_titles(named_in["name"]))
        return phrase

    def _remember_people(self, doc: Doc) -> None:
        for entity in doc.ents:
            if entity.label_ == "PERSON" and entity.root.dep_ in (
                "nsubj",
                "nsubjpass",
                "appos",
                "ROOT",
            ):
                name = self._book.canonical(_person(entity.root))
                self._memory.voices.append(_Voice(name, _roles(entity.root), (), True))

    def _headline(self, doc: Doc) -> list[Attribution]:
        """ "Troops pull back: minister" and "Mayor: no more cuts" name who says it at an end."""
        match = _HEADLINE.match(doc.text.strip())
        if match is None:
            return []
        who = match["after"] or match["says"] or match["before"]
        part = match["claim"] or match["claim_says"] or match["claim_before"]
        if not who or not part or len(part.split()) < 3:
            return []
        start = doc.text.find(part)
        scope = frozenset(t.i for t in doc if start <= t.idx < start + len(part))
        name = self._book.canonical(strip_titles(who)) or who
        voice = _Voice(name, frozenset(), (), True)
        return [Attribution(scope, frozenset(), voice.name, (), False, None)]


_WHO = r"(?:(?:[A-Z][\w’'.-]*|of|for|the|and)\s?){1,5}|[a-z]+(?: [a-z]+)?"
_SAYS = r"(?:says?|claims?|warns?|reports?|confirms?|insists?|admits?|estimates?|reveals?)"
_HEADLINE = re.compile(
    rf"^(?:(?P<claim>[^.!?:]{{12,}}): (?P<after>{_WHO})$"
    rf"|(?P<claim_says>[^.!?:]{{12,}}), (?P<says>{_WHO}) (?i:{_SAYS})$"
    rf"|(?P<before>(?:[A-Z][\w’'-]+ ?){{1,3}}): (?P<claim_before>[^.!?:]{{12,}})$)"
)


def _whole(doc: Doc, voice: _Voice) -> Attribution:
    everything = frozenset(t.i for t in doc)
    return Attribution(everything, frozenset(), voice.name, voice.via, False, None)


def _issuer(document: Token) -> Token | None:
    """Who issued a document: "Apple's statement", "a report by the bank", "figures gathered by X"."""
    owner = child(document, "poss")
    if owner is not None:
        return owner
    for link in children(document, "prep", "agent"):
        if link.lower_ in ("by", "from", "of"):
            return child(link, "pobj")
    for made in children(document, "acl"):
        agent = child(made, "agent", "prep")
        if agent is not None and agent.lower_ == "by":
            return child(agent, "pobj")
    return None


def _person(token: Token) -> str:
    """The whole name of a person, as the tagger or the capitals have it."""
    entity = next((e for e in token.doc.ents if e.start <= token.i < e.end), None)
    name = entity.text if entity is not None and entity.label_ == "PERSON" else token.text
    return strip_titles(re.sub(r"[’']s$", "", name.strip())) or name


_NAME_IN_PHRASE = re.compile(
    r"^(?:[A-Za-z]+-based )?(?P<name>[A-Z0-9].*?[\w.’'])(?: (?:monitoring|rights|news|media|advocacy) [a-z ]+"
    r"| (?:agency|group|outlet|newspaper|website|broadcaster|channel|monitor))?$"
)
"""A name with what is hung on it: "British-based Observatory", "Observatory monitoring group"."""


def _phrase(head: Token) -> str:
    """The words of a noun phrase that name somebody: no article, no aside, no clause."""
    left_out: set[Token] = set()
    for below in head.subtree:
        if below is head:
            continue
        if below.dep_ in ("relcl", "appos", "parataxis", "advcl") or below.lower_ in (
            "citing",
            "quoting",
        ):
            left_out.update(below.subtree)
        if below.dep_ == "acl" and below.tag_ != "VBN":
            left_out.update(below.subtree)
    kept = [t for t in sorted(head.subtree, key=lambda t: t.i) if t not in left_out]
    while kept and (kept[0].dep_ == "det" or kept[0].is_punct) and kept[0].lower_ in _ARTICLES:
        kept.pop(0)
    while kept and (kept[-1].is_punct or kept[-1].dep_ == "case"):
        kept.pop()
    phrase = " ".join("".join(t.text_with_ws for t in kept).split())
    return re.sub(r"\s*\([^)]*\)?\s*$", "", phrase).strip(" ,;:")


_ARTICLES = frozenset("the a an this that these those".split()) | frozenset("“\"'‘,")


def _roles(head: Token) -> frozenset[str]:
    """The nouns that describe somebody, by which a text goes back to them."""
    near = {
        t.lemma_.lower()
        for t in head.subtree
        if t.pos_ in ("NOUN", "PROPN") and abs(t.i - head.i) < 12
    }
    return frozenset(near & words.ROLES)


@dataclass(frozen=True)
class _Quoted:
    whole: bool
    closes_later: bool


def _quotations(texts: Sequence[str], paragraphs: Sequence[int]) -> list[_Quoted]:
    """For each sentence: whether all of it is quoted speech, and whether the quotation runs on."""
    found, is_open, before = [], False, None
    for text, paragraph in zip(texts, paragraphs, strict=True):
        if paragraph != before:
            is_open, before = False, paragraph
        opened = is_open
        for mark in _MARKS.finditer(text):
            is_open = {"“": True, "”": False}.get(mark.group(), not is_open)
        starts = opened or text.lstrip()[:1] in {"“", '"'}
        ends = is_open or text.rstrip().rstrip(".,!?")[-1:] in {"”", '"'}
        found.append(_Quoted(starts and ends and len(text.split()) > 2, is_open))
    return found


_MARKS = re.compile(r"[“”\"]")
