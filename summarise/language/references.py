"""What "he", "it" and "its" go back to, where that is certain.

A pronoun is resolved in two places only. In reported speech it is the speaker, where nothing else
that it could mean was named since: "Norda said it would close the plant". At the head of a sentence
it is the subject of the sentence before, where number and gender fit and nobody else was named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from summarise.language.attribution import Attribution
from summarise.language.first_names import gender_of
from summarise.language.names import NameBook, is_body, same_name, strip_titles
from summarise.language.phrases import noun_phrase
from summarise.language.quotations import is_quoted
from summarise.language.sentences import owner
from summarise.language.syntax import child
from summarise.language.verb_forms import is_plural

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Sort = Literal["person", "thing", "several"]

_SORTS: dict[str, tuple[Sort, str | None]] = {
    "he": ("person", "m"),
    "she": ("person", "f"),
    "it": ("thing", None),
    "they": ("several", None),
    "his": ("person", "m"),
    "her": ("person", "f"),
    "its": ("thing", None),
    "their": ("several", None),
}
"""Of each pronoun, what it stands for, and whether for a man or a woman."""
_MOST_WORDS = 7
"""A longer phrase is too long to say again."""
_SUBJECTS = ("nsubj", "nsubjpass")
_EMPTY_VERBS = frozenset("seem appear emerge happen turn transpire rain snow".split())


@dataclass(frozen=True)
class _Referent:
    """Something that a pronoun may go back to; `alone`: no other of its sort was named with it."""

    text: str
    sort: Sort
    alone: bool = True

    def fits(self, sort: Sort, gender: str | None) -> bool:
        own = gender_of(self.text) if self.sort == "person" else None
        return self.sort == sort and (own is None or gender is None or own == gender)


def references(
    docs: Sequence[Doc], said: Sequence[Sequence[Attribution]], book: NameBook
) -> list[dict[int, str]]:
    """For each sentence, by token index, the words that a pronoun stands for."""
    reader = _Reader(book, frozenset(e.text for d in docs for e in d.ents if e.label_ == "PERSON"))
    text = "\n".join(doc.text for doc in docs)
    found: list[dict[int, str]] = []
    for doc, attributions in zip(docs, said, strict=True):
        here = dict(reader.resolved(doc, attributions))
        found.append({place: _with_article(words, text) for place, words in here.items()})
        reader.heard(doc, attributions)
    return found


def _with_article(words: str, text: str) -> str:
    """A body's name as the article has it: "the Harbour Board"."""
    alone = words.removesuffix("’s").removesuffix("’")
    with_article = len(
        re.findall(
            rf"\b[Tt]he {re.escape(alone)}\b(?! (?:group|party|team|militia|movement)\\b)", text
        )
    )
    return f"the {words}" if 2 * with_article >= text.count(alone) > 0 else words


class _Reader:
    """Reads the sentences of an article in order and keeps what the last one was about."""

    def __init__(self, book: NameBook, people: frozenset[str]) -> None:
        self._book = book
        self._people = people
        self._last: _Referent | None = None
        self._others: tuple[str, ...] = ()

    def resolved(self, doc: Doc, said: Sequence[Attribution]) -> Iterator[tuple[int, str]]:
        """The pronouns of a sentence that are certain, by token index."""
        for token in doc:
            if token.lower_ not in _SORTS or is_quoted(doc.text, token.idx):
                continue
            owning = token.dep_ == "poss" and token.head.dep_ in _SUBJECTS
            if not owning and (token.dep_ not in _SUBJECTS or _is_empty(token)):
                continue
            referent = self._referent_of(token, said)
            if referent is not None:
                yield token.i, owner(referent.text) if owning else referent.text

    def heard(self, doc: Doc, said: Sequence[Attribution]) -> None:
        """Note what a sentence was about."""
        self._last = self._subject_of(doc, said)
        names = {self._full(e.text) for e in doc.ents if e.label_ == "PERSON"}
        self._others = tuple(sorted(names))

    def _referent_of(self, token: Token, said: Sequence[Attribution]) -> _Referent | None:
        wanted = _SORTS[token.lower_]
        for found in (
            self._speaker(token, said),
            self._same_sentence(token, said),
            self._sentence_before(token),
        ):
            if found is not None and found.fits(*wanted):
                return found
        return self._only_one_named(token)

    def _speaker(self, token: Token, said: Sequence[Attribution]) -> _Referent | None:
        """Who is given for the words around a pronoun, where it is the first that they name."""
        around = [a for a in said if token.i in a.scope and a.source and a.cue is not None]
        if not around:
            return None
        given = min(around, key=lambda a: len(a.scope))
        named = [t for t in token.doc[: token.i] if t.i in given.scope and t.pos_ in _NOMINAL]
        if any(t.dep_ in _SUBJECTS or t.ent_type_ in ("PERSON", "ORG") for t in named):
            return None
        return self._voice(token.doc, given)

    def _voice(self, doc: Doc, given: Attribution) -> _Referent | None:
        source = given.source or ""
        subject = child(doc[given.cue or 0], *_SUBJECTS)
        if source[:1].isupper():
            return self._named(source)
        return self._referent(subject) if subject is not None else None

    def _named(self, name: str) -> _Referent | None:
        """A speaker as a referent, where the name tells whether it is a person or a body."""
        if is_body(name) or _PLURAL_BODY.search(name):
            return _Referent(name, "thing") if is_body(name) else None
        if gender_of(name) is not None:
            return _Referent(name, "person")
        if any(same_name(name, person) for person in self._people):
            return _Referent(name, "person")
        return _Referent(name, "thing") if len(name.split()) <= 3 else None

    def _same_sentence(self, token: Token, said: Sequence[Attribution]) -> _Referent | None:
        """The subject of the main clause, for that of a clause joined to it by "and" or "but"."""
        verb = token.head
        if token.dep_ not in _SUBJECTS or verb.dep_ != "conj" or verb.head.dep_ != "ROOT":
            return None
        if any(a.cue == verb.head.i for a in said):
            return None
        subject = child(verb.head, *_SUBJECTS)
        if subject is None:
            return None
        if subject.lower_ in _SORTS:
            return self._sentence_before(subject)
        return self._alone(token.doc[: token.i], self._referent(subject))

    def _sentence_before(self, token: Token) -> _Referent | None:
        """The subject of the sentence before, for a pronoun that no other noun comes before."""
        if self._last is None or not self._last.alone or not _opens(token):
            return None
        return self._last

    def _only_one_named(self, token: Token) -> _Referent | None:
        """The only man or woman that the sentence before named."""
        sort, gender = _SORTS[token.lower_]
        if sort != "person" or not _opens(token) or len(self._others) != 1:
            return None
        [name] = self._others
        return _Referent(name, "person") if gender_of(name) == gender else None

    def _subject_of(self, doc: Doc, said: Sequence[Attribution]) -> _Referent | None:
        """What the next sentence's "he" or "it" may go back to."""
        roots = [t for t in doc if t.dep_ == "ROOT" and t.pos_ in ("VERB", "AUX")]
        subject = child(roots[0], *_SUBJECTS) if len(roots) == 1 else None
        if subject is None:
            return None
        cue = next((a for a in said if a.cue == roots[0].i and a.source), None)
        if cue is not None:
            return self._alone(doc, self._voice(doc, cue))
        if subject.lower_ in _SORTS:
            last = self._last
            return last if last is not None and last.fits(*_SORTS[subject.lower_]) else None
        return self._alone(doc, self._referent(subject))

    def _full(self, name: str) -> str:
        return strip_titles(self._book.canonical(name))

    def _referent(self, subject: Token) -> _Referent | None:
        phrase = noun_phrase(subject)
        if any(t.pos_ == "PRON" or t.tag_ in ("PRP$", "WP$", "EX") for t in phrase):
            return None
        full = self._full("".join(t.text_with_ws for t in phrase if t.pos_ == "PROPN").strip())
        if subject.ent_type_ == "PERSON" or (subject.pos_ == "PROPN" and gender_of(full)):
            named = "".join(t.text_with_ws for t in phrase if t.ent_type_ == "PERSON").strip()
            return _Referent(self._full(named) if named else full, "person")
        return _thing(subject, phrase)

    def _alone(self, words: Iterable[Token], found: _Referent | None) -> _Referent | None:
        """The referent, marked where somebody else of its sort was named beside it."""
        if found is None or found.sort != "person":
            return found
        people = {self._full(t.text) for t in words if t.ent_type_ == "PERSON"}
        rivals = [
            person
            for person in people
            if not same_name(person, found.text) and person not in found.text.split()
            if gender_of(person) in (None, gender_of(found.text))
        ]
        return _Referent(found.text, found.sort, alone=not rivals)


_NOMINAL = ("NOUN", "PROPN")
_PLURAL_BODY = re.compile(r"\b(?:[Pp]olice|[Oo]fficials|[a-z]+s)\b")


def _opens(token: Token) -> bool:
    """Whether a pronoun opens its sentence, or comes only after a time or place."""
    clause = token.head if token.dep_ in _SUBJECTS else token.head.head
    before = token.doc[: token.i]
    first = all(t.pos_ not in ("NOUN", "PROPN", "PRON") or t.ent_type_ for t in before)
    return clause.dep_ in ("ROOT", "ccomp") and first and token.i <= 4


def _is_empty(token: Token) -> bool:
    """ "It is clear that", "it rained": an "it" that stands for nothing before it."""
    if token.lower_ != "it":
        return False
    verb = token.head
    if verb.lemma_ == "remain" and child(verb, "xcomp") is not None:
        return True  # "it remains to be seen whether"
    if verb.lemma_ in _EMPTY_VERBS or child(verb, "acomp", "expl", "csubj") is not None:
        return True
    predicate = child(verb, "attr")
    clauses = ("ccomp", "advcl", "xcomp", "relcl")
    if verb.lemma_ == "be":
        if predicate is None or child(verb, *clauses) is not None or _has_clause(predicate):
            return True
        return _is_record(predicate)
    return token.dep_ == "nsubjpass" and child(verb, "ccomp", "xcomp") is not None


def _is_record(noun: Token) -> bool:
    """ "It was the deadliest accident since 2011": what happened, and nothing just named."""
    ranked = any(t.tag_ in ("JJS", "RBS") or t.ent_type_ == "ORDINAL" for t in noun.lefts)
    since = any(t.lower_ in ("since", "for") for t in (*noun.children, *noun.head.children))
    return ranked and since


def _has_clause(noun: Token) -> bool:
    return child(noun, "relcl", "acl") is not None


def _thing(subject: Token, phrase: Sequence[Token]) -> _Referent | None:
    """A thing or several of a sort, by a phrase that names or points to them."""
    if not 0 < len(phrase) <= _MOST_WORDS or subject.pos_ not in ("NOUN", "PROPN"):
        return None
    text = "".join(t.text_with_ws for t in phrase).strip(" ,")
    if phrase[0].pos_ == "DET":
        text = text[:1].lower() + text[1:]
    if phrase[0].lower_ in ("a", "an", "no", "every", "each", "another", "any"):
        return None
    if is_plural(phrase):
        return _Referent(text, "several")
    owned = subject.ent_type_ in ("ORG", "GPE", "NORP", "PRODUCT", "FAC") or phrase[0].lower_ in (
        "the",
        "this",
    )
    human = subject.lower_ in _HUMAN or subject.lower_.endswith(("er", "or", "man", "ist", "woman"))
    return _Referent(text, "thing") if owned and not human else None


_HUMAN = frozenset(
    """president minister secretary chief head official spokesperson captain mayor teenager girl
    boy victim suspect striker coach patient king queen child pilot student general""".split()
)
