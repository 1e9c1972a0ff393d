"""What "he", "it" and "its" go back to, where that is certain.

A pronoun is resolved in two places only. In reported speech it is the speaker, where nothing else
that it could mean was named since: "Norda said it would close the plant". At the head of a sentence
it is the subject of the sentence before, where number and gender fit and nobody else was named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from summarise.language.attribution import Attribution
from summarise.language.first_names import gender_of
from summarise.language.names import NameBook, is_body, same_name, strip_titles
from summarise.language.phrases import noun_phrase
from summarise.language.quotations import is_quoted
from summarise.language.sentences import is_plural, owner
from summarise.language.syntax import child

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
_EMPTY_VERBS = frozenset("seem appear emerge happen turn transpire take rain snow".split())


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
    found: list[dict[int, str]] = []
    last: _Referent | None = None
    for doc, attributions in zip(docs, said, strict=True):
        here = {token.i: word for token, word in _resolved(doc, attributions, last)}
        found.append(here)
        last = _subject_of(doc, attributions, last, book)
    return found


def _resolved(
    doc: Doc, said: Sequence[Attribution], last: _Referent | None
) -> Iterator[tuple[Token, str]]:
    for token in doc:
        if token.lower_ not in _SORTS or is_quoted(doc.text, token.idx):
            continue
        owning = token.dep_ == "poss" and token.head.dep_ in _SUBJECTS
        if not owning and (token.dep_ not in _SUBJECTS or _is_empty(token)):
            continue
        referent = _speaker(token, said) or _before(token, last)
        if referent is not None and referent.fits(*_SORTS[token.lower_]):
            yield token, owner(referent.text) if owning else referent.text


def _speaker(token: Token, said: Sequence[Attribution]) -> _Referent | None:
    """Who is given for the words around a pronoun, where it is the first that they name."""
    around = [a for a in said if token.i in a.scope and a.source and a.cue is not None]
    if not around:
        return None
    given = min(around, key=lambda a: len(a.scope))
    named = [t for t in token.doc[: token.i] if t.i in given.scope and t.pos_ in ("NOUN", "PROPN")]
    if any(t.dep_ in _SUBJECTS or t.ent_type_ in ("PERSON", "ORG") for t in named):
        return None
    return _named(given.source or "")


def _named(name: str) -> _Referent | None:
    """A speaker as a referent, where the name tells whether it is a person or a body."""
    if not name[:1].isupper():
        return None
    if gender_of(name) is not None and not is_body(name):
        return _Referent(name, "person")
    if is_body(name):
        return _Referent(name, "thing")
    return None


def _before(token: Token, last: _Referent | None) -> _Referent | None:
    """The subject of the sentence before, for a pronoun that no other noun comes before."""
    if last is None or not last.alone:
        return None
    clause = token.head if token.dep_ in _SUBJECTS else token.head.head
    opens = all(
        t.pos_ not in ("NOUN", "PROPN", "PRON") or t.ent_type_ for t in token.doc[: token.i]
    )
    return last if clause.dep_ == "ROOT" and opens and token.i <= 4 else None


def _is_empty(token: Token) -> bool:
    """ "It is clear that", "it rained": an "it" that stands for nothing before it."""
    if token.lower_ != "it":
        return False
    verb = token.head
    if verb.lemma_ in _EMPTY_VERBS or child(verb, "acomp", "expl", "csubj") is not None:
        return True
    predicate = child(verb, "attr")
    clauses = ("ccomp", "advcl", "xcomp", "relcl")
    if verb.lemma_ == "be":
        return predicate is None or child(verb, *clauses) is not None or _has_clause(predicate)
    return token.dep_ == "nsubjpass" and child(verb, "ccomp", "xcomp") is not None


def _has_clause(noun: Token) -> bool:
    return child(noun, "relcl", "acl") is not None


def _subject_of(
    doc: Doc, said: Sequence[Attribution], last: _Referent | None, book: NameBook
) -> _Referent | None:
    """What the next sentence's "he" or "it" may go back to."""
    roots = [t for t in doc if t.dep_ == "ROOT" and t.pos_ in ("VERB", "AUX")]
    subject = child(roots[0], *_SUBJECTS) if len(roots) == 1 else None
    if subject is None:
        return None
    cue = next((a for a in said if a.cue == roots[0].i and a.source), None)
    if cue is not None:
        return _only_person(doc, _named(cue.source or ""))
    if subject.lower_ in _SORTS:
        return last if last is not None and last.fits(*_SORTS[subject.lower_]) else None
    return _only_person(doc, _referent(subject, book))


def _referent(subject: Token, book: NameBook) -> _Referent | None:
    phrase = noun_phrase(subject)
    if any(t.pos_ == "PRON" or t.tag_ in ("PRP$", "WP$", "EX") for t in phrase):
        return None
    if subject.ent_type_ == "PERSON":
        name = "".join(t.text_with_ws for t in phrase if t.ent_type_ == "PERSON").strip()
        return _Referent(strip_titles(book.canonical(name)), "person")
    if len(phrase) > _MOST_WORDS or subject.pos_ not in ("NOUN", "PROPN"):
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


def _only_person(doc: Doc, found: _Referent | None) -> _Referent | None:
    """The referent, marked where somebody else of its sort was named beside it."""
    if found is None or found.sort != "person":
        return found
    people = {e.text for e in doc.ents if e.label_ == "PERSON"}
    others = [p for p in people if not same_name(p, found.text)]
    rivals = [p for p in others if gender_of(p) in (None, gender_of(found.text))]
    return _Referent(found.text, found.sort, alone=not rivals)
