"""The commas and quotation marks of a sentence made of a part of another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from summarise.language.phrases import Proposition

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

QUOTES = frozenset(['"', "“", "”", "''", "``"])
_CLOSING = {'"': '"', "“": "”", "``": "''", "''": "''"}


def without_loose_commas(one: Proposition, tokens: Sequence[Token]) -> list[Token]:
    """Without the commas around what was taken out; one taken out by itself is put back."""
    kept: list[Token] = []
    for token in tokens:
        between = _between(kept[-1], token) if kept else []
        if between and all(_is_aside_mark(t) for t in between):
            kept += between if _are_one_clause(one, kept[-1], token) else []
        elif between and (_closes_apposition(kept, between) or _resumes(one, between, token)):
            kept += between[-1:] if kept[-1].text != "," else []
        elif between and token.text == "," and not _opens_subject(one, kept, token):
            continue
        elif between or (kept and token.i < kept[-1].i):
            while kept and kept[-1].text in (",", "–", "—") and kept[-1].i + 1 != token.i:
                kept.pop()
        kept.append(token)
    return _single_marks(kept)


def _closes_apposition(kept: Sequence[Token], between: Sequence[Token]) -> bool:
    """Whether a comma goes with an age left out: "Her husband, Alan Pine[, 61], was cleared"."""
    last = next((t for t in reversed(kept) if t.text != ","), kept[-1])
    named = next((t for t in (last, *last.ancestors) if t.dep_ == "appos"), None)
    if named is None or between[-1].text != "," or named.left_edge.i == 0:
        return False
    opening = named.doc[named.left_edge.i - 1]
    return opening.text == "," and opening in kept and named.left_edge in kept


def _resumes(one: Proposition, between: Sequence[Token], token: Token) -> bool:
    """Whether a comma goes with a speaker: "fell to 2%[, the bank said], the lowest since May"."""
    said = any(t.dep_ == "parataxis" for t in between)
    asides = between[0].text == between[-1].text == ","
    return said and asides and one.head.i < between[0].i and token.dep_ != "prep"


def _are_one_clause(one: Proposition, left: Token, right: Token) -> bool:
    """Whether two words were together in the sentence, and not brought together by a rule."""
    if left not in one.subject or right in one.subject:
        return True
    own = set(one.subject) <= set(one.head.subtree)
    return own and one.kind not in ("relcl", "acl", "appos", "amod", "including")


def _between(left: Token, right: Token) -> list[Token]:
    return list(left.doc[left.i + 1 : right.i]) if right.i > left.i + 1 else []


def _is_aside_mark(token: Token) -> bool:
    return token.text in {",", "–", "—", "--"} or token.text in QUOTES


def _opens_subject(one: Proposition, kept: Sequence[Token], comma: Token) -> bool:
    """Whether a comma parts a fronted phrase from its subject: "In May, the mayor"."""
    fronted = bool(one.subject) and kept[-1].i < one.subject[0].i
    return fronted and comma.i + 1 == one.subject[0].i


def _single_marks(tokens: Iterable[Token]) -> list[Token]:
    kept: list[Token] = []
    for token in tokens:
        if kept and token.text == "," and kept[-1].text == ",":
            continue
        kept.append(token)
    return kept


def with_whole_quotes(tokens: Sequence[Token]) -> list[Token]:
    """Without quotation marks that lost their partner, unless its words are all there."""
    if not tokens:
        return []
    here = {t.i for t in tokens}
    partners = quote_partners(tokens[0].doc)
    gone, close = set(), None
    for token in tokens:
        if token.text not in QUOTES or partners.get(token.i) in here:
            continue
        partner = partners.get(token.i)
        gone.add(token.i)
        if partner is not None and partner > token.i and token != tokens[0]:
            inside = tokens[0].doc[token.i : partner]
            if all(t.i in here or t.is_punct for t in inside) and partner - tokens[-1].i <= 2:
                gone.discard(token.i)
                close = tokens[0].doc[partner]
    kept = [t for t in tokens if t.i not in gone]
    empty = {n for a, b in pairwise(kept) if partners.get(a.i) == b.i for n in (a.i, b.i)}
    kept = [t for t in kept if t.i not in empty]
    if close is not None:
        return [*kept, close]
    enclosed = len(kept) > 2 and partners.get(kept[0].i) == kept[-1].i
    return kept[1:-1] if enclosed else kept


def quote_partners(doc: Doc) -> dict[int, int]:
    """Of each quotation mark, the index of the one that closes or opens it."""
    found: dict[int, int] = {}
    opened: int | None = None
    for token in doc:
        if token.text not in QUOTES:
            continue
        if opened is None and token.text != "”":
            opened = token.i
        elif opened is not None and _CLOSING.get(doc[opened].text) == token.text:
            found[opened], found[token.i] = token.i, opened
            opened = None
        else:
            opened = token.i if token.text != "”" else None
    return found
