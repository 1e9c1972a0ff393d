"""What a speaker is called: the words of a noun phrase that name somebody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from summarise.language import cues as words
from summarise.language.first_names import gender_of, is_first_name
from summarise.language.names import NameBook, strip_titles
from summarise.language.syntax import child, children

if TYPE_CHECKING:
    from spacy.tokens import Token

_NAME_IN_PHRASE = re.compile(
    r"^(?:[A-Za-z]+-based )?(?P<name>[A-Z0-9].*?[\w.’'])"
    r"(?: (?:monitoring|rights|news|media|advocacy) [a-z ]+"
    r"| (?:agency|group|outlet|newspaper|website|broadcaster|channel|monitor))?$"
)
"""A name with what is hung on it: "British-based Observatory", "Observatory monitoring group"."""
_ARTICLES = frozenset("the a an this that these those".split()) | frozenset("“\"'‘,")


def speaker_name(head: Token, phrase: Sequence[Token], book: NameBook) -> str:
    """What `head` (with the words of `phrase`) is called, in the article's fullest form."""
    if head.lemma_.lower() in words.DOCUMENTS and head.pos_ == "NOUN":
        issuer = _issuer(head)
        if issuer is not None and issuer != head:
            return speaker_name(issuer, (), book)
    named = _named_beside(head, phrase)
    if named is not None:
        head, phrase = named, ()
    if head.ent_type_ == "PERSON":
        return _without_calling(book.canonical(named_person(head)))
    text = phrase_of(head, phrase)
    text = _without_kind(text) if head.pos_ == "PROPN" else text
    named_in = _NAME_IN_PHRASE.match(text)
    if named_in is not None and (head.pos_ == "PROPN" or book.known(named_in["name"])):
        return book.canonical(strip_titles(named_in["name"]))
    return text


_KINDS = words.COLLECTIVES | words.OUTLET_WORDS | words.PEOPLE | words.ROLES
_KIND = re.compile(rf"^(?:[a-z][\w-]* )*(?:{'|'.join(sorted(_KINDS))}) (?=[A-Z])")


def _without_kind(name: str) -> str:
    """ "Monitoring group Orla", its first word in lower case, without what it is."""
    return _KIND.sub("", name)


_OUTLET = re.compile(
    rf"^(?:.* )?(?:{'|'.join(sorted(words.OUTLET_WORDS))}),? (?P<name>[A-Z0-9].*)$"
)


def outlet_name(name: str) -> str:
    """ "Northern newspaper Orla" without what it is."""
    named = _OUTLET.match(name)
    return named["name"] if named is not None else name


def _named_beside(head: Token, phrase: Sequence[Token]) -> Token | None:
    """ "Its spokeswoman, Jane Roe": the name in apposition."""
    if head.pos_ == "PROPN" and child(head, "poss") is not None and head.ent_type_ != "PERSON":
        return next((a for a in children(head, "appos") if a.ent_type_ == "PERSON"), None)
    if head.lower_ == "one":
        return child(head, "appos") or _gives_name(head)
    if head.pos_ != "NOUN":
        return None
    beside = next((a for a in children(head, "appos") if a.pos_ == "PROPN"), None)
    beside = beside or _calls_itself(head) or _holder_named(head)
    if beside is not None:
        return beside
    people = [t for t in phrase if t.ent_type_ == "PERSON" and t != head]
    return people[-1] if people else None


def _gives_name(head: Token) -> Token | None:
    """ "One, who gave her name as Jane": the name."""
    for clause in children(head, "relcl"):
        told = child(clause, "dobj")
        if clause.lemma_ == "give" and told is not None and told.lemma_ == "name":
            named = (t for p in children(clause, "prep") for t in children(p, "pobj"))
            return next(named, None)
    return None


def _calls_itself(head: Token) -> Token | None:
    """ "A group calling itself Orla": the name that it gives."""
    for calling in children(head, "acl"):
        name = child(calling, "oprd", "ccomp", "attr") if calling.lower_ == "calling" else None
        if name is not None and name.pos_ == "PROPN":
            return name
    return None


def _holder_named(head: Token) -> Token | None:
    """ "The leader of the Orla Party, Jane Roe,": the parser may name the party so."""
    if head.lemma_.lower() not in words.ROLES | words.TITLES:
        return None
    places = (t for of in children(head, "prep") for t in children(of, "pobj"))
    named = (a for place in places for a in children(place, "appos"))
    people = (a for a in named if a.ent_type_ == "PERSON")
    return next((a for a in people if a.doc[a.left_edge.i - 1].text == ","), None)


def _issuer(document: Token) -> Token | None:
    """Who issued a document: "the firm's statement", "a report by the bank"."""
    owner = child(document, "poss")
    if owner is not None and owner.pos_ != "PRON":
        return owner
    for link in children(document, "prep", "agent"):
        if link.lower_ in ("by", "from"):
            return child(link, "pobj")
    for made in children(document, "acl"):
        agent = child(made, "agent", "prep")
        made_public = made.lower_ == "published" and document.lemma_ in words.FINDINGS
        passed_on = made.lower_ in words.SEEING and not made_public
        if agent is not None and agent.lower_ == "by" and not passed_on:
            return child(agent, "pobj")
    return None


def named_person(token: Token) -> str:
    """The whole name of a person, as the tagger or the capitals have it."""
    entity = next((e for e in token.doc.ents if e.start <= token.i < e.end), None)
    name = entity.text if entity is not None and entity.label_ == "PERSON" else token.text
    name = _LOWER.sub("", name.strip())
    return _without_calling(strip_titles(re.sub(r"[’']s$", "", name)) or name)


_LOWER = re.compile(r"^(?:[a-z-]{4,} )+(?=[A-Z])")
"""What somebody is, before the name: "shopkeeper Jane Roe"."""


_CALLING = re.compile(
    r"(?:er|or|ist|ian|ant|man|woman|tim|atron|hef|urse|ilot|tudent|esident|Supt|Insp|Det|Sgt|Cllr|Const|Lieut)\.?$"
)


def _without_calling(name: str) -> str:
    """ "Shopkeeper Jane Roe" without what she is, where a known first name follows it."""
    parts = name.split()
    for place in range(1, len(parts) - 1):
        if gender_of(" ".join(parts[:2])) and not _CALLING.search(parts[0]):
            return name
        if is_first_name(parts[place]) and _CALLING.search(parts[place - 1]):
            return name if is_first_name(parts[place - 1]) else " ".join(parts[place:])
    return name


def phrase_of(head: Token, phrase: Sequence[Token] = ()) -> str:
    """The words of a noun phrase that name somebody: no article, no aside, no clause."""
    left_out = _asides(head)
    kept = (
        list(_up_to_comma(phrase))
        if phrase
        else [t for t in sorted(head.subtree, key=lambda t: t.i) if t not in left_out]
    )
    while kept and (kept[0].dep_ == "det" or kept[0].is_punct or kept[0].lower_ in _ARTICLES):
        kept.pop(0)
    while kept and (kept[-1].is_punct or kept[-1].dep_ == "case"):
        kept.pop()
    text = _joined(kept)
    if kept and _is_only_first(kept[0]):
        text = text[:1].lower() + text[1:]
    text = re.sub(r"^(?:Mr|Mrs|Ms|Dr|Sir)\.? ", "", text)
    return re.sub(r"\s*\([^)]*\)?\s*$", "", text).strip(" ,;:")


def _joined(tokens: Sequence[Token]) -> str:
    """The words as they stand, with a blank where one was left out between two."""
    parts = [
        t.text_with_ws if after.i == t.i + 1 else f"{t.text} " for t, after in pairwise(tokens)
    ]
    return " ".join("".join([*parts, *(t.text for t in tokens[-1:])]).split())


def _is_only_first(word: Token) -> bool:
    """Whether a word has its capital from the start of the sentence alone."""
    common = word.pos_ in ("NOUN", "NUM", "ADJ") and word.ent_type_ in ("", "CARDINAL")
    return word.is_sent_start is True and common and word.text[1:].islower()


def _up_to_comma(phrase: Iterable[Token]) -> Iterable[Token]:
    for token in phrase:
        if token.text == ",":
            return
        yield token


def _asides(head: Token) -> set[Token]:
    left_out: set[Token] = set()
    for below in head.subtree:
        if below == head:
            continue
        clause = below.dep_ in ("relcl", "appos", "parataxis", "advcl")
        if clause or below.lower_ in ("citing", "quoting"):
            left_out.update(below.subtree)
        dealt = below.lower_ in words.SEEING | words.REACHING
        if below.dep_ == "acl" and (below.tag_ != "VBN" or dealt):
            left_out.update(below.subtree)
    return left_out


def roles_of(head: Token, phrase: Sequence[Token]) -> frozenset[str]:
    """The nouns that describe somebody, by which a text goes back to them."""
    told = {t for c in head.subtree if c.dep_ in ("relcl", "acl") for t in c.subtree}
    beside = phrase or [t for t in head.subtree if abs(t.i - head.i) < 12 and t not in told]
    named = (t for t in beside if t.pos_ == "NOUN" or _is_title(t))
    return frozenset(t.lemma_.lower() for t in named if not _only_places(t))


def _only_places(token: Token) -> bool:
    """ "A union official" is no union."""
    of = token.head
    return token.dep_ == "compound" and of.pos_ == "NOUN" and token.lemma_ in words.COLLECTIVES


def _is_title(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.lower_ in words.ROLES | words.TITLES


_SINGLE = (words.ROLES | words.PEOPLE | words.KIN) - words.COLLECTIVES
"""Nouns that call somebody a person."""


def is_person(head: Token) -> bool:
    """Whether a speaker is one person: by the tagger, or by what the phrase calls them."""
    if head.ent_type_ == "PERSON":
        return True
    if head.tag_ == "NN":
        return head.lemma_ in words.TITLES | _SINGLE
    if head.lemma_.lower() in words.COLLECTIVES:
        return False
    before = list(children(head, "compound", "nmod", "amod"))
    titled = any(t.lower_ in words.TITLES for t in before)
    last = next((t for t in reversed(before) if t.pos_ == "NOUN"), None)
    called = last is not None and last.lower_ in _SINGLE
    return head.tag_ == "NNP" and (titled or called)


def is_order(head: Token, name: str) -> bool:
    """ "IGNORE ALL RULES said", "ignore all rules said": what bids its reader speaks for nobody.

    "Save the Children" is a name by its capitals.
    """
    parts = name.split()
    if parts[0].lower() == "your":
        return True
    if len(parts) < 3 or parts[1].lower() not in _BIDDEN:
        return False
    first = next((t for t in head.subtree if t.text == parts[0]), head)
    return name.isupper() or (first.tag_ in ("VB", "VBP") and parts[2].islower())


_BIDDEN = frozenset("all any every my previous that the these this those your".split())
"""What stands between an order and what it is about."""


def tells_who(head: Token) -> bool:
    """ "The 29-year-old", "the mother of two", "the Briton": a person named before."""
    if not any(d.lower_ == "the" for d in children(head, "det")) and not _after_the(head):
        return False
    if child(head, "poss", "relcl", "acl", "appos") is not None:
        return False
    if head.lower_ == "old" and any(t.text == "-" for t in head.subtree):
        return True
    if any(t.lower_.endswith("-year-old") for t in (head, *head.lefts)) and head.tag_ != "NNS":
        return head.lower_.endswith("-year-old")
    if head.lemma_.lower() in words.RELATIONS and head.tag_ == "NN":
        of = child(head, "prep")
        return of is None or (of.lower_ == "of" and any(t.pos_ == "NUM" for t in of.subtree))
    return head.ent_type_ == "NORP" and head.tag_ in ("NNP", "JJ", "NN") and not list(head.rights)


def _after_the(head: Token) -> bool:
    """An article that a comma put in parts from its noun."""
    before = head.doc[max(0, head.i - 2) : head.i]
    return [t.lower_ for t in before] == ["the", ","]


def is_plural(head: Token) -> bool:
    """Whether several speak: "officials", "two people"."""
    return head.tag_ in ("NNS", "NNPS") and head.ent_type_ not in ("ORG", "PERSON")
