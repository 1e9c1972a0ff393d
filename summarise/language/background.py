"""What of the words around a verb of saying is the speaker's own, and what the reporter puts in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from summarise.language.quotations import is_quoted
from summarise.language.syntax import child, children

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from summarise.language.frames import Frame


def own_words(frame: Frame) -> frozenset[Token]:
    """What is the speaker's own: no background that the article puts in ("Velk, which lies …")."""
    background: set[Token] = set()
    for token in frame.scope:
        aside = (token.dep_ == "appos" and not _counts_of(token)) or (
            (token.dep_ == "relcl" and _is_aside(token)) or _places(token)
        )
        if aside and token.head in frame.scope and not is_quoted(token.doc.text, token.idx):
            background.update(token.subtree)
    return frame.scope - background


def _places(participle: Token) -> bool:
    """ "Velk, controlled by the rebels", "the town of Velk held by them": what is known of it."""
    if participle.dep_ != "acl" or participle.tag_ != "VBN" or participle.lemma_ not in _HOLDS:
        return False
    place = participle.head
    named = [place, *(t for of in children(place, "prep") for t in children(of, "pobj"))]
    return child(participle, "agent") is not None and any(t.pos_ == "PROPN" for t in named)


_HOLDS = frozenset(
    "administer besiege control dominate govern hold occupy own populate run".split()
)


def _counts_of(noun: Token) -> bool:
    """ "34 wounded, seven of them children": who counts the whole counts the part."""
    return any(
        t.lower_ == "of" and t.i + 1 < len(t.doc) and t.nbor(1).lower_ in ("them", "whom", "which")
        for t in noun.subtree
    )


def _is_aside(clause: Token) -> bool:
    """Whether a relative clause is set off, or tells more with "which" or "where"; no forecast."""
    if any(t.tag_ == "MD" for t in children(clause, "aux")):
        return False
    first = min(clause.subtree, key=lambda t: t.i)
    if first.lower_ == "when":
        return False
    before = clause.doc[first.i - 1].text if first.i else ""
    return before in {",", "(", "–", "—", "--"} or first.lower_ in ("which", "where")


def rest_of_quotation(doc: Doc, told: Iterable[int]) -> frozenset[int]:
    """The quoted words that no verb of saying covers: "said he left “but they stayed”".

    `told` are the indexes of the tokens that one covers. Single quoted words say nothing.
    """
    rest = {t.i for t in doc if is_quoted(doc.text, t.idx)} - set(told)
    stated = any(doc[i].pos_ in ("VERB", "AUX") for i in rest)
    return frozenset(rest if stated and len(rest) >= _SHORTEST else ())


_SHORTEST = 4
