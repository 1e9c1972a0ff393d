"""Who says what, over the sentences of an article: frames resolved to names.

Sentence by sentence: "he", "the official" and "the group" go back to somebody named before, a
quotation that runs on keeps its speaker, "A reported that B posted" gives B with A passing it on,
and a headline may end in its speaker ("…: minister"). "A monitor said" in a lead is the body that
the next sentences name. What nobody is given for is the article's own voice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from summarise.language import cues as words
from summarise.language.background import own_words, rest_of_quotation
from summarise.language.frames import Frame, frames
from summarise.language.headlines import headed
from summarise.language.names import NameBook, strip_titles
from summarise.language.quotations import Quoted, is_quoted, quotations
from summarise.language.speaker_names import (
    is_order,
    is_person,
    is_plural,
    named_person,
    outlet_name,
    roles_of,
    speaker_name,
    tells_who,
)
from summarise.language.syntax import child, children
from summarise.language.voices import Voice, Voices

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


_SOON = 2
"""How many sentences after a quotation its speaker may be named."""
_PRONOUNS = frozenset("he she they it".split())
_WHOSE_WORDS = re.compile(
    r"(?:(?:Those|These|That|Such) (?P<verb>are|were|is|was) (?:at least )?the "
    r"(?:words?|verdict|view|message|warning|assessment|conclusion|opinion) (?:of|from) "
    r"|So (?P<said>says|said) )"
)


@dataclass(frozen=True)
class Attribution:
    """Somebody is given for some words of a sentence.

    `scope` are the token indexes of what is said, `words` those that say who says it. `source` is
    None where a claim is only hearsay ("it is believed that"). `cue` is the index of the verb that
    says so, None where that verb belongs to the claim.
    """

    scope: frozenset[int]
    words: frozenset[int]
    source: str | None
    via: tuple[str, ...]
    hedged: bool
    cue: int | None


class Attributor:
    """Reads the sentences of one article in order; see `read`."""

    def __init__(self, book: NameBook, outlet: str | None = None) -> None:
        self._book = book
        self._outlet = outlet
        self._voices = Voices()
        self._waiting: list[int] = []

    def read(self, docs: Sequence[Doc], paragraphs: Sequence[int]) -> list[list[Attribution]]:
        """The attributions of each sentence, outer ones first.

        `docs` are the parsed sentences, `paragraphs` the number of the paragraph of each.
        """
        quoted = quotations([doc.text for doc in docs], paragraphs)
        found: list[list[Attribution]] = []
        pending: list[int] = []
        introduced = False
        for place, doc in enumerate(docs):
            before = self._voices.speaker
            said = self._said(doc, quoted[place])
            if quoted[place].whole and not any(
                a.source is not None and len(a.scope) > len(doc) // 2 for a in said
            ):
                begins = quoted[place].closes_later and not (quoted[place].goes_on and introduced)
                if begins or self._voices.speaker is None:
                    pending.append(place)
                else:
                    said = [_whole(doc, self._voices.speaker), *said]
            found.append(said)
            self._voices.topic = self._topic(doc, said)
            introduced = bool(said) and not (quoted[place].whole and place in pending)
            self._name_waiting(found, place)
            spoke = said or self._voices.speaker is not before
            if spoke and not quoted[place].closes_later and self._voices.speaker is not None:
                for earlier in pending:
                    if place - earlier <= _SOON or quoted[earlier].closes_later:
                        whole = _whole(docs[earlier], self._voices.speaker)
                        found[earlier] = [whole, *found[earlier]]
                pending.clear()
        return self._looked_forward(found)

    def _name_waiting(self, found: list[list[Attribution]], place: int) -> None:
        """ "“It was late,” he said. Peter Lund was speaking in Orsk.": who "he" was."""
        unnamed = [one for one in found[place] if one.source is None and not one.hedged]
        people = [v for v in self._voices.known if v.person]
        if unnamed and not people:
            self._waiting.append(place)
            return
        for earlier in self._waiting if people else ():
            if place - earlier <= _SOON:
                voice = people[0]
                self._voices.heard(voice)
                found[earlier] = [
                    replace(one, source=voice.name)
                    if one.source is None and not one.hedged
                    else one
                    for one in found[earlier]
                ]
        if people:
            self._waiting.clear()

    def _said(self, doc: Doc, quoted: Quoted) -> list[Attribution]:
        heading = self._headline(doc)
        if heading:
            return heading
        running = quoted.whole and not quoted.closes_later
        said = self._sentence(doc, running=running) or self._whose_words(doc)
        self._remember_people(doc)
        return said

    def _whose_words(self, doc: Doc) -> list[Attribution]:
        """ "Those were the words of Jane Roe", "So says Jane Roe": who has just been quoted."""
        opening = _WHOSE_WORDS.match(doc.text)
        who = next((e.root for e in doc.ents if opening and e.start_char >= opening.end()), None)
        if opening is None or who is None or who.ent_type_ not in ("PERSON", "ORG"):
            return []
        name = speaker_name(who, (), self._book)
        self._voices.heard(Voice(name, roles_of(who, ()), (), who.ent_type_ == "PERSON"))
        verb = next(t for t in doc if t.idx + len(t) == opening.end(opening.lastgroup or 0))
        return [Attribution(frozenset(), frozenset(), name, (), False, verb.i)]

    def _sentence(self, doc: Doc, *, running: bool) -> list[Attribution]:
        """The frames of a sentence with their names; `running`: it goes on with a quotation."""
        resolved: list[tuple[Frame, Voice | None]] = []
        for frame in frames(doc):
            if frame.speaker is None:
                resolved.append((frame, None))
            elif frame.speaker.lower_ in ("i", "we"):
                around = [v for outer, v in resolved if frame.cue in outer.scope and v]
                voice = around[-1] if around else self._voices.speaker if running else None
                if voice is not None:
                    resolved.append((frame, voice))
            else:
                voice = self._voice(frame, resolved)
                if voice is not None or frame.speaker.lower_ in _PRONOUNS:
                    resolved.append((frame, voice))
        given = [self._attribution(frame, voice, resolved) for frame, voice in resolved]
        self._remember_speakers(given, resolved)
        return [*given, *_going_on(doc, given)]

    def _remember_speakers(
        self, given: Sequence[Attribution], resolved: Sequence[tuple[Frame, Voice | None]]
    ) -> None:
        """Who spoke, the last one of the sentence last; nobody whom a quotation only mentions."""
        for one, (frame, voice) in zip(given, resolved, strict=True):
            if voice is None:
                continue
            around = [v for o, v in resolved if o is not frame and frame.cue in o.scope and v]
            if not around or not (
                any(v.person for v in around) or is_quoted(frame.cue.doc.text, frame.cue.idx)
            ):
                self._voices.heard(replace(voice, via=one.via))

    def _attribution(
        self, frame: Frame, voice: Voice | None, resolved: Sequence[tuple[Frame, Voice | None]]
    ) -> Attribution:
        around = [(o, v) for o, v in resolved if o is not frame and frame.cue in o.scope and v]
        relays: list[str] = []
        for outer, relay in reversed(around):
            if relay is not None and frame.speaker not in (None, outer.speaker):
                relays += [outlet_name(relay.name), *relay.via]
        source, via = (voice.name, voice.via) if voice is not None else (None, ())
        if voice is None and around and around[-1][1] is not None:
            source, via = around[-1][1].name, around[-1][1].via
        via = tuple(dict.fromkeys(n for n in (*via, *relays) if n != source and not self._own(n)))
        return Attribution(
            scope=frozenset(t.i for t in own_words(frame)),
            words=frozenset(t.i for t in frame.words) if not frame.kept else frozenset(),
            source=source,
            via=via,
            hedged=frame.hedged or frame.cue.lemma_ in words.HEDGED_CUES or frame.speaker is None,
            cue=None if frame.kept else frame.cue.i,
        )

    def _own(self, name: str) -> bool:
        """Whether it is the article's own outlet: "the Ledger" in The Southern Ledger."""
        named = frozenset(name.lower().removeprefix("the ").split())
        return named <= frozenset((self._outlet or "").lower().split())

    def _voice(self, frame: Frame, resolved: Sequence[tuple[Frame, Voice | None]]) -> Voice | None:
        """Who speaks in a frame; None where nobody can be named."""
        if frame.speaker is None:
            return None
        via = tuple(
            name for t in frame.passed_on if self._passes_on(t, frame) and (name := self._passer(t))
        )
        here = next((v for f, v in resolved if f.speaker == frame.speaker and v), None)
        back = here or self._gone_back(frame)
        if back is not None:
            return replace(back, via=via or back.via)
        name = self._owned(frame.speaker, speaker_name(frame.speaker, frame.phrase, self._book))
        if not name or not any(c.isalpha() for c in name):
            return None
        if name.lower() in words.NEVER_SPEAKERS or name.endswith((" whom", " which")):
            return None
        if is_order(frame.speaker, name):
            return None
        person = is_person(frame.speaker)
        issued = frame.speaker.pos_ == "NOUN" and frame.speaker.lemma_ in words.DOCUMENTS
        return Voice(
            name,
            roles_of(frame.speaker, frame.phrase),
            via,
            person,
            named=any(w[:1].isupper() for w in name.split()) and not issued,
            plural=is_plural(frame.speaker),
        )

    def _passer(self, token: Token) -> str:
        platform = token.text.rstrip(".")
        if platform in words.PLATFORMS:
            return platform
        return outlet_name(speaker_name(token, (), self._book))

    def _passes_on(self, token: Token, frame: Frame) -> bool:
        """Whether somebody told or quoted is an outlet or platform, not a listener."""
        if (
            frame.cited
            or token.text.rstrip(".") in words.PLATFORMS
            or token.head.lower_ != frame.cue.lower_
        ):
            return True
        if token.ent_type_ in ("NORP", "LOC") or token.text in words.ASSEMBLIES:
            return False
        if token.ent_type_ in ("PERSON", "GPE"):
            # the tagger takes many outlets for places and people: a single word that the
            # article knows under no longer name is more often an outlet
            alone = child(token, "compound", "amod") is None
            known = self._book.canonical(token.text) != token.text
            return alone and not known and not _is_place(token)
        return True

    def _gone_back(self, frame: Frame) -> Voice | None:
        """The voice that a pronoun or a bare role ("the official") goes back to."""
        token = frame.speaker
        if token is None:
            return None
        lower = token.lower_
        if lower in ("he", "she"):
            self._remember_people(token.doc, before=token.i)
            return self._voices.he_or_she("m" if lower == "he" else "f")
        if lower == "it":
            told = self._voices.topic
            above = self._subject_above(token) or (told if told and not told.plural else None)
            return above or self._voices.body() or self._voices.speaker
        if lower in ("its", "his", "her", "their"):
            return self._owner(token)
        if lower in ("they", "who", "both"):
            told = self._voices.topic
            return told if told is not None and told.plural else self._voices.several()
        return self._gone_back_to(token)

    def _gone_back_to(self, token: Token) -> Voice | None:
        """The voice that a noun phrase ("the official", "the 29-year-old") goes back to."""
        if tells_who(token):
            return self._voices.human()
        if token.lemma_.lower() in words.DOCUMENTS and (owner := child(token, "poss")) is not None:
            return self._owner(owner)
        told_who = any(beside.pos_ == "PROPN" for beside in children(token, "appos"))
        if token.pos_ == "PRON" or told_who or not _is_bare(token):
            return None
        several = is_plural(token)
        found = self._voices.in_role(token.lemma_.lower(), plural=several)
        if found is not None:
            return found
        # "The defence ministry", "the tax officials" are their own, and nobody named before.
        own = any(c.pos_ == "NOUN" for c in children(token, "compound"))
        calling = token.lemma_ in words.ROLES | words.PEOPLE
        if several:
            return self._voices.several(plural=True) if calling and not own else None
        if token.lemma_ in words.COLLECTIVES:
            named = self._named_as(token.lemma_)
            any_ = token.lemma_ in words.ANY_BODY and not own
            return named or (self._voices.body() if any_ else None)
        latest = self._voices.speaker
        return latest if calling and latest is not None and latest.person else None

    def _named_as(self, role: str) -> Voice | None:
        """The one body of the article that has `role` for the last word of its name."""
        ends = (f for f, _ in self._book.forms if f.lower().split()[-1:] == [role] and " " in f)
        names = {self._book.canonical(form) for form in ends}
        return Voice(names.pop(), frozenset({role})) if len(names) == 1 else None

    def _owner(self, pronoun: Token) -> Voice | None:
        """Whose "its report" is."""
        if pronoun.lower_ in ("his", "her"):
            return self._voices.he_or_she("m" if pronoun.lower_ == "his" else "f")
        topic = self._voices.topic
        if pronoun.lower_ == "its":
            return topic if topic and not topic.plural else self._voices.body()
        if pronoun.lower_ == "their":
            return topic if topic and topic.plural else self._voices.several()
        return None

    def _owned(self, speaker: Token, name: str) -> str:
        """ "Her office" under the name of who has it: "Jane Roe's office"."""
        pronoun = child(speaker, "poss")
        if pronoun is None or not name.lower().startswith(f"{pronoun.lower_} "):
            return name
        owner = self._person_above(pronoun) or self._owner(pronoun)
        return f"{owner.name}'s{name[len(pronoun) :]}" if owner is not None else name

    def _person_above(self, pronoun: Token) -> Voice | None:
        """Whoever "her" means in "Jane Roe will resign, her office said": the subject there."""
        if pronoun.lower_ not in ("his", "her"):
            return None
        people = (e.root for e in pronoun.doc.ents if e.label_ == "PERSON" and e.end <= pronoun.i)
        subjects = [p for p in people if p.dep_ in ("nsubj", "nsubjpass")]
        if not subjects:
            self._remember_people(pronoun.doc, before=pronoun.i)
            return None
        return Voice(self._book.canonical(named_person(subjects[-1])), person=True)

    def _subject_above(self, pronoun: Token) -> Voice | None:
        """The body that a clause above has for its subject: "the firm quit, it said"."""
        clause = pronoun.head
        while clause.head != clause:
            clause = clause.head
            subject = child(clause, "nsubj", "nsubjpass")
            if subject is None or subject.i >= pronoun.i or subject.pos_ not in ("NOUN", "PROPN"):
                continue
            body = subject.ent_type_ == "ORG" or subject.lemma_.lower() in words.COLLECTIVES
            if not body or is_plural(subject):
                continue
            back = self._gone_back_to(subject)
            name = speaker_name(subject, (), self._book)
            return back or Voice(name, roles_of(subject, ()), named=name != name.lower())
        return None

    def _topic(self, doc: Doc, said: Sequence[Attribution]) -> Voice | None:
        """What a sentence in the article's own voice is about: "it", "they" go back to it."""
        verb = next((t for t in doc if t.dep_ == "ROOT"), None)
        subject = child(verb, "nsubj", "nsubjpass") if verb is not None else None
        if subject is None or any(one.source is not None for one in said):
            return None
        if subject.lower_ in ("it", "they"):
            return self._voices.topic
        if is_plural(subject):
            return self._topical(subject)
        if subject.pos_ != "PROPN" or subject.ent_type_ in ("PERSON", "GPE", "LOC"):
            return self._gone_back_to(subject) if _is_bare(subject) else None
        name = speaker_name(subject, (), self._book)
        return None if name in self._voices.people else Voice(name, roles_of(subject, ()))

    def _topical(self, subject: Token) -> Voice | None:
        """Several people who can speak: "researchers at the institute"."""
        if subject.lemma_.lower() not in words.ROLES | words.PEOPLE | words.OBSERVERS:
            return None
        if _is_bare(subject):
            return self._gone_back_to(subject)
        name = speaker_name(subject, (), self._book)
        return Voice(name, roles_of(subject, ()), named=False, plural=True)

    def _remember_people(self, doc: Doc, before: int | None = None) -> None:
        """The people and bodies that a sentence (up to a token) makes its subjects."""
        for entity in doc.ents:
            if before is not None and entity.end > before:
                break
            if before is not None and is_quoted(doc.text, entity.start_char):
                continue  # whom a quotation names is not who says it
            root = entity.root
            subject = root.dep_ in ("nsubj", "nsubjpass", "appos", "ROOT")
            if entity.label_ == "PERSON" and subject:
                name = self._book.canonical(named_person(root))
                self._voices.met(Voice(name, roles_of(root, ()), (), person=True))
            elif entity.label_ == "PERSON" and (roles := roles_of(root, ())):
                name = self._book.canonical(named_person(root))
                self._voices.known.insert(0, Voice(name, roles, (), person=True))
            elif entity.label_ == "PERSON":
                name = self._book.canonical(named_person(root))
                self._voices.mentioned.append(Voice(name, frozenset(), (), person=True))
            elif entity.label_ == "ORG" and root.dep_ in ("nsubj", "nsubjpass"):
                name = self._book.canonical(strip_titles(entity.text))
                self._voices.met(Voice(name, roles_of(root, ()), (), person=False))
        self._remember_known(doc, before)

    def _remember_known(self, doc: Doc, before: int | None) -> None:
        """The people known by name whom the tagger missed this time: "Roe had left"."""
        for token in doc[:before]:
            if token.pos_ != "PROPN" or token.dep_ not in ("nsubj", "nsubjpass"):
                continue
            name = self._book.canonical(named_person(token))
            if token.ent_type_ != "PERSON" and name in self._voices.people:
                self._voices.met(Voice(name, roles_of(token, ()), (), person=True))

    def _headline(self, doc: Doc) -> list[Attribution]:
        found = headed(doc.text)
        if found is None:
            return []
        scope = frozenset(t.i for t in doc if found.start <= t.idx < found.end)
        name = self._book.canonical(strip_titles(found.who)) or found.who
        cue = next((t.i for t in doc if t.i not in scope and t.lemma_.lower() in words.CUES), None)
        return [Attribution(scope, frozenset(), name, (), False, cue)]

    def _looked_forward(self, found: list[list[Attribution]]) -> list[list[Attribution]]:
        """ "A monitor said", "…: minister": named by what the article names later."""
        return [[self._named_later(one) for one in sentence] for sentence in found]

    def _named_later(self, one: Attribution) -> Attribution:
        if one.source is None or (one.source != one.source.lower() and " " in one.source):
            return one
        role = one.source.lower().split()[-1] if one.source else ""
        if role not in words.ROLES:
            return one
        named = [
            v
            for v in self._voices.known
            if v.named
            and v.name.lower() != role
            and not v.name.lower().endswith(one.source.lower())
        ]
        described = next((v for v in named if role in v.roles), None)
        if described is None and role in words.FORERUNNERS:
            kin = words.NAMED_AFTER.get(role)
            alike = [v for v in named if kin is None or kin & set(v.name.lower().split())]
            described = _first_body(alike, self._voices.spoke)
        return replace(one, source=described.name) if described is not None else one


def _going_on(doc: Doc, given: Sequence[Attribution]) -> list[Attribution]:
    """What is quoted beside the only one who speaks in a sentence is theirs too."""
    spoken = [one for one in given if one.source is not None]
    if len({one.source for one in spoken}) != 1:
        return []
    said = {i for one in given for i in (*one.scope, *one.words)}
    rest = rest_of_quotation(doc, said | {one.cue for one in spoken if one.cue is not None})
    return [replace(spoken[0], scope=rest)] if rest else []


def _first_body(named: Sequence[Voice], spoke: set[str]) -> Voice | None:
    """The first body that spoke, else the first that is named."""
    bodies = [v for v in named if not v.person]
    return next((v for v in bodies if v.name in spoke), bodies[0] if bodies else None)


def _is_place(token: Token) -> bool:
    return token.ent_type_ == "GPE" and any(t.lower_ in ("in", "near") for t in token.ancestors)


def _is_bare(token: Token) -> bool:
    """Whether a noun phrase says only what somebody is, and points back: "the company"."""
    if token.pos_ != "NOUN" or child(token, "poss", "prep", "acl") is not None:
        return False
    clause = child(token, "relcl")
    if clause is not None and not _is_set_off(clause):
        return False
    if any(t.text[:1].isupper() and "-" not in t.text and t.i for t in _bare_lefts(token)):
        return False
    return any(d.lower_ in ("the", "this", "that", "these", "both") for d in children(token, "det"))


def _is_set_off(clause: Token) -> bool:
    first = clause.left_edge.i
    return first > 0 and clause.doc[first - 1].text in {",", "–", "—", "--", "("}


def _bare_lefts(token: Token) -> list[Token]:
    """What stands before a noun, without what only places it: "the Lisbon-based company"."""
    return [t for t in token.lefts if t.tag_ != "VBN" or "-" not in {c.text for c in t.lefts}]


def _whole(doc: Doc, voice: Voice) -> Attribution:
    everything = frozenset(t.i for t in doc)
    return Attribution(everything, frozenset(), voice.name, voice.via, False, None)
