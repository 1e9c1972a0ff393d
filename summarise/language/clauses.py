"""The propositions of a sentence: each clause, conjunct and descriptive phrase that can be
true or false by itself, with its subject, from the dependency parse.

This is where a sentence is split. The rules follow the labelling guide: a figure keeps what it
counts, an event its time and place, "killed or wounded" stays one, "killed 50 and injured 47"
becomes two, and a subordinate clause that adds a checkable fact is a proposition of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarise.language.cues import OPENERS, PUBLISHING
from summarise.language.syntax import child, children

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_DROPPED_MARKS = frozenset("that which who whom where".split())
_OPEN_QUESTIONS = frozenset("if whether unless lest when once until till whenever wherever".split())
"""An adverbial clause after one of these states no fact of its own."""
_STATING = frozenset(
    ["after", "although", "though", "while", "as", "because", "since", "before", ""]
)
_SYMMETRIC = frozenset("between among both together".split())
_LIST_PREPOSITIONS = frozenset("including".split())


@dataclass(frozen=True)
class Proposition:
    """One proposition: the tokens of its subject and of the rest, each in the order of the text."""

    head: Token
    subject: tuple[Token, ...]
    body: tuple[Token, ...]
    kind: str

    @property
    def tokens(self) -> tuple[Token, ...]:
        return tuple(sorted({*self.subject, *self.body}, key=lambda t: t.i))

    @property
    def text(self) -> str:
        """The words, subject first: a rough sentence that still wants wording."""
        borrowed = not set(self.subject) <= set(self.head.subtree)
        words = _words((*self.subject, *self.body)) if borrowed else _words(self.tokens)
        return " ".join(words.split()).strip(" ,;:–—-")


def _words(tokens: Sequence[Token]) -> str:
    """The tokens as text, with a blank wherever one was left out between two."""
    followed = zip(tokens, (*tokens[1:], None), strict=True)
    return "".join(
        t.text_with_ws if after is not None and after.i == t.i + 1 else f"{t.text} "
        for t, after in followed
    )


def propositions(doc: Doc, cues: Iterable[Token] = ()) -> list[Proposition]:
    """The propositions of a parsed sentence, in the order of their heads.

    `cues` are the verbs that only say who claims something ("said", "reported"): they are no
    propositions, and their words are left out of the others.
    """
    cues = set(cues)
    heads = [t for t in doc if t not in cues and _states(t, cues)]
    found = [_proposition(head, heads, cues) for head in heads]
    split = [part for whole in found if whole.body for part in _conjuncts(whole)]
    return sorted((p for p in split if _says_something(p)), key=lambda p: p.tokens[0].i)


def _states(token: Token, cues: set[Token]) -> bool:
    """Whether the clause or phrase that `token` heads states something by itself."""
    kind, head = token.dep_, token.head
    if token.lemma_ in PUBLISHING and any(c in cues for c in token.subtree):
        return False
    if kind == "ROOT":
        return not token.is_space and not token.is_punct
    if kind == "conj":
        return (
            token.pos_ in ("VERB", "AUX")
            and not _joined_by_or(token)
            and _verbal(_chain_head(token))
        )
    if kind in ("ccomp", "xcomp"):
        return head in cues or (kind == "ccomp" and _runs_on(token))
    if kind == "dobj":
        return head in cues and child(head, "ccomp") is None
    if kind == "pobj":
        return _aside_with(token)
    if kind == "parataxis":
        return _verbal(token)
    if kind in ("relcl", "acl") and token.head.dep_ == "pobj" and token.head.head.head in cues:
        own = child(token, *_SUBJECTS)
        if own is not None and own.tag_ not in ("WDT", "WP"):
            return True
    if kind == "relcl":
        return _set_off(token) or _relative_is_subject(token)
    if kind == "acl":
        return token.tag_ in ("VBN", "VBG", "VBD") and (
            _set_off(token) or (token.tag_ == "VBG" and _holds_figure(token))
        )
    if kind == "advcl":
        return _adverbial_states(token)
    if kind == "pcomp":
        return head.lower_ in ("after", "before", "with", "despite", "since") and _verbal(token)
    if kind == "appos":
        return _describes(token)
    return False


def _runs_on(token: Token) -> bool:
    """ "A rose 2%, B was up 3%": a clause in a row, which the parser takes for a complement."""
    own = child(token, "nsubj", "nsubjpass")
    if own is None or own.tag_ in ("WDT", "WP") or child(token, "mark") is not None:
        return False
    last = max(t.i for t in token.subtree)
    return _set_off(token) or (last + 1 < len(token.doc) and token.doc[last + 1].text in ",;")


def _holds_figure(token: Token) -> bool:
    return any(t.like_num and t.pos_ == "NUM" for t in token.subtree)


def _aside_with(token: Token) -> bool:
    """ ", with estimated casualties in the dozens": a thing that comes along, set off by a comma."""
    if token.head.lower_ != "with" or child(token, "acl") is not None:
        return False
    return _set_off(token.head) and sum(1 for _ in token.subtree) >= 3


def _relative_is_subject(verb: Token) -> bool:
    """ "rebels who guarded the buses" states; "the territory they captured" only tells which."""
    subject = child(verb, "nsubj", "nsubjpass")
    return subject is not None and subject.tag_ in ("WDT", "WP")


def _verbal(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX")


def _chain_head(token: Token) -> Token:
    while token.dep_ == "conj":
        token = token.head
    return token


def _joined_by_or(token: Token) -> bool:
    """Whether a conjunct hangs on the one before it by "or": "killed or wounded" is one."""
    joiner = next((c for c in token.head.children if c.dep_ == "cc" and c.i < token.i), None)
    return joiner is not None and joiner.lower_ in ("or", "nor") and token.i - token.head.i <= 3


def _set_off(token: Token) -> bool:
    """Whether a comma, dash or bracket comes before the phrase that `token` heads."""
    first = min(t.i for t in token.subtree)
    return first > 0 and token.doc[first - 1].text in {",", "(", "–", "—", "--", "-"}


def _adverbial_states(token: Token) -> bool:
    mark = child(token, "mark", "advmod")
    opener = mark.lower_ if mark is not None and mark.i < token.i else ""
    if opener == "when" and token.i > token.head.i and token.tag_ == "VBD":
        return child(token, *_SUBJECTS) is not None
    if opener in _OPEN_QUESTIONS:
        return False
    if child(token, *_SUBJECTS) is not None:
        return opener in _STATING
    if token.tag_ not in ("VBG", "VBN"):
        return False
    return _set_off(token) or token.i < token.head.i or _holds_figure(token)


def _describes(token: Token) -> bool:
    """Whether an apposition adds a fact: "Kursk, a region on the border", not a title or a name."""
    if token.head.ent_type_ == "PERSON" or token.ent_type_ == "PERSON":
        return False
    if token.pos_ == "NUM" and (of := child(token, "prep")) is not None and of.lower_ == "of":
        return True
    words = list(token.subtree)
    owned = any(t.tag_ in ("JJS", "RBS", "POS", "PRP$") for t in words)
    return token.pos_ == "NOUN" and len(words) >= (3 if owned else 4) and _set_off(token)


def _subject(head: Token) -> tuple[Token, ...]:
    """The words of the subject of a predicate, borrowed from the clause above where it has none."""
    own = child(head, *_SUBJECTS)
    if head.dep_ in ("relcl", "acl", "appos"):
        relative = own is None or own.tag_ in ("WDT", "WP") or own.lower_ in _DROPPED_MARKS
        if relative:
            return _noun_phrase(_antecedent(own, head.head))
    if own is not None and own.tag_ in ("WDT", "WP") and head.head.dep_ == "relcl":
        return _noun_phrase(head.head.head)
    if head.dep_ == "pobj":
        return ()
    if own is not None:
        return _noun_phrase(own)
    if head.dep_ == "pcomp" and head.head.lower_ == "with":
        return ()
    if head.dep_ in ("conj", "advcl", "xcomp", "pcomp", "parataxis", "prep", "ccomp"):
        above = head.head
        while (
            not _verbal(above) and above.dep_ not in ("ROOT", "relcl") and above.head is not above
        ):
            above = above.head
        return _subject(above) if above is not head and _verbal(above) else ()
    return ()


def _antecedent(relative: Token | None, noun: Token) -> Token:
    """What "which" goes back to: the noun just before it, where the parser went further back."""
    if relative is None or relative.lower_ != "which" or relative.i == 0:
        return noun
    nearest = relative.doc[relative.i - 1]
    return nearest if nearest.pos_ == "NOUN" and nearest in noun.subtree else noun


def _noun_phrase(head: Token) -> tuple[Token, ...]:
    """The phrase that `head` heads, without the clauses and asides that hang on it."""
    left_out: set[Token] = set()
    for below in head.subtree:
        if below is head:
            continue
        aside = below.dep_ in ("relcl", "appos", "parataxis") or (
            below.dep_ == "acl" and _set_off(below)
        )
        if aside or (below.dep_ == "prep" and below.lower_ in _LIST_PREPOSITIONS):
            left_out.update(below.subtree)
    return _trimmed(t for t in head.subtree if t not in left_out)


def _trimmed(tokens: Iterable[Token]) -> tuple[Token, ...]:
    """Tokens without punctuation at the ends."""
    kept = sorted(tokens, key=lambda t: t.i)
    edge = {",", ";", ":", "–", "—", "--", ".", "(", "/", "…"}
    while kept and (kept[-1].text in edge or kept[-1].is_space or kept[-1].dep_ == "cc"):
        kept.pop()
    while kept and (kept[0].text in edge | {")"} or kept[0].is_space):
        kept.pop(0)
    return tuple(kept)


def _proposition(head: Token, heads: list[Token], cues: set[Token]) -> Proposition:
    subject = _subject(head)
    gone: set[Token] = set()
    for other in (*heads, *cues):
        if other is not head and other in head.subtree and _leaves(other):
            gone.update(other.subtree)
            gone.update(_joiners(other, head))
    for token in head.subtree:
        if token.dep_ == "prep" and token.lower_ in _LIST_PREPOSITIONS:
            gone.update(token.subtree)
        if token in cues:
            gone.update(_cue_words(token, head))
    gone.update(_openers(head))
    gone.difference_update({head})
    body = _trimmed(t for t in head.subtree if t not in gone and t not in subject)
    return Proposition(head, subject, (*body, *_gap(head)), head.dep_)


def _gap(head: Token) -> tuple[Token, ...]:
    """What a relative clause leaves out: in "the recordings, which he did not play", the object."""
    if head.dep_ != "relcl":
        return ()
    relative = next((t for t in head.children if t.tag_ in ("WDT", "WP")), None)
    own = child(head, "nsubj", "nsubjpass")
    if own is None or own is relative or (relative is not None and relative.dep_ != "dobj"):
        return ()
    return (
        _noun_phrase(_antecedent(relative, head.head))
        if child(head, "dobj") in (None, relative)
        else ()
    )


def _leaves(other: Token) -> bool:
    """Whether the part that `other` heads is left out of the proposition above it.

    A restrictive relative clause says which one is meant, so it stays.
    """
    return other.dep_ != "relcl" or _set_off(other)


def _joiners(other: Token, head: Token) -> Iterator[Token]:
    """The "and" and the preposition by which a part that leaves is joined on."""
    if other.dep_ == "conj":
        yield from (c for c in other.head.children if c.dep_ in ("cc", "preconj"))
    if other.dep_ == "pcomp" and other.head is not head:
        yield from other.head.subtree


def _openers(head: Token) -> Iterator[Token]:
    """Words that only join the clause to another: "that", "which", "although"."""
    for below in head.children:
        if below.dep_ == "mark" or (below.dep_ == "cc" and below.i < head.i):
            yield below
        elif below.dep_ == "advmod" and below.lower_ in OPENERS:
            yield below
        elif below.dep_ == "aux" and below.lower_ == "to":
            yield below
        elif below.lower_ in _DROPPED_MARKS and below.tag_ in ("WDT", "WP", "WRB"):
            yield below


def _cue_words(cue: Token, head: Token) -> Iterator[Token]:
    """The words of a cue that stands inside the clause: "which, he said, was"."""
    if cue.dep_ in ("parataxis", "advcl", "acl", "relcl"):
        yield from cue.subtree


def _conjuncts(whole: Proposition) -> Iterator[Proposition]:
    """One proposition for each member of a list, and for each thing that "including" names."""
    moved = _amount_and_level(whole)
    if moved:
        yield from moved
        return
    lists = [chain for t in whole.body if (chain := _list_of(t, whole))]
    if not lists:
        yield from _with_included(whole, whole)
        return
    chain = lists[0]
    for member in chain:
        others = {t for other in chain if other is not member for t in _member_words(other, chain)}
        joiners = {
            t
            for m in chain
            for t in m.children
            if t.dep_ in ("cc", "preconj", "punct") and t.i > m.i
        }
        left_out = (others - _shared(chain, member)) | joiners
        body = _trimmed(t for t in whole.body if t not in left_out)
        yield Proposition(whole.head, whole.subject, body, whole.kind)
    yield from _included(whole)


def _shared(chain: list[Token], member: Token) -> set[Token]:
    """The words before the first member that serve a bare later one: "many children and women"."""
    if member is chain[0] or any(t.i < member.i for t in member.children):
        return set()
    return {
        t
        for t in chain[0].children
        if t.dep_ == "amod" or (t.dep_ == "det" and t.lower_ not in ("a", "an", "the"))
    }


def _amount_and_level(whole: Proposition) -> list[Proposition]:
    """ "fell 3% to 412" says by how much and to where; "from 2 to 3" is one move."""
    head = whole.head
    if head.lemma_ not in _MOVES:
        return []
    levels = [p for p in children(head, "prep") if p.lower_ == "to" and _holds_figure(p)]
    amounts = [a for a in children(head, "dobj", "npadvmod", "advmod", "prep") if _is_amount(a)]
    origin = any(p.lower_ == "from" for p in children(head, "prep"))
    if not levels or not amounts or origin:
        return []
    found = []
    for gone in (levels, amounts):
        left_out = {t for phrase in gone for t in phrase.subtree}
        body = _trimmed(t for t in whole.body if t not in left_out)
        found.append(Proposition(head, whole.subject, body, whole.kind))
    return found


def _is_amount(phrase: Token) -> bool:
    if phrase.dep_ == "prep":
        return phrase.lower_ == "by" and _holds_figure(phrase)
    return _holds_figure(phrase) and phrase.ent_type_ not in ("DATE", "TIME")


def _member_words(member: Token, chain: list[Token]) -> set[Token]:
    """The words of one member of a list: its phrase without the members that hang on it."""
    later = {
        t
        for other in chain
        if other is not member and member in other.ancestors
        for t in other.subtree
    }
    return {t for t in member.subtree if t not in later}


def _list_of(token: Token, whole: Proposition) -> list[Token]:
    """The members of the list that `token` opens, where each could be false alone; else empty."""
    if token.dep_ not in _LIST_PLACES or token.pos_ not in _LISTED:
        return []
    if token.dep_ == "pobj":
        joined = token.head
        if joined.lower_ in _SYMMETRIC | {"of", "from"} or not _governs(whole, joined):
            return []
    chain, last = [token], token
    while (following := child(last, "conj")) is not None and following in whole.body:
        if following.pos_ not in _LISTED:
            return []
        chain.append(following)
        last = following
    joiners = {c.lower_ for m in chain for c in children(m, "cc")}
    negated = child(whole.head, "neg") is not None
    if len(chain) < 2 or not joiners or joiners & {"but"}:
        return []
    return chain if negated or not joiners & {"or", "nor"} else []


def _governs(whole: Proposition, joined: Token) -> bool:
    """Whether a preposition hangs on the verb itself, or on the verb that it governs."""
    return joined.head is whole.head or (
        joined.head.dep_ == "xcomp" and joined.head.head is whole.head
    )


_LIST_PLACES = frozenset(["dobj", "attr", "oprd", "pobj", "acomp"])
_LISTED = frozenset(["NOUN", "PROPN", "NUM", "ADJ"])
_MOVES = frozenset(
    """fall rise drop lose gain climb slump jump decline increase slip surge plunge tumble soar
    advance shed grow shrink dip rally edge slide""".split()
)


def _with_included(part: Proposition, whole: Proposition) -> Iterator[Proposition]:
    yield part
    yield from _included(whole)


def _included(whole: Proposition) -> Iterator[Proposition]:
    """ "17 civilians, including eight children, were killed" also kills eight children."""
    for token in whole.head.subtree:
        if token.dep_ != "prep" or token.lower_ not in _LIST_PREPOSITIONS:
            continue
        container = _noun_phrase(token.head) if token.head is not whole.head else ()
        item = child(token, "pobj")
        while item is not None:
            following = child(item, "conj")
            later = set(following.subtree) if following is not None else set()
            words = _trimmed(
                t
                for t in item.subtree
                if t not in later and not (t.dep_ == "cc" and t.head is item)
            )
            yield _replaced(whole, container, words)
            item = following


def _replaced(
    whole: Proposition, container: tuple[Token, ...], words: tuple[Token, ...]
) -> Proposition:
    """The proposition with one noun phrase put in place of another."""
    gone = set(container)
    if gone & set(whole.subject):
        return Proposition(whole.head, words, whole.body, "including")
    body = [t for t in whole.body if t not in gone]
    place = next((i for i, t in enumerate(whole.body) if t in gone), len(body))
    body[place:place] = words
    return Proposition(whole.head, whole.subject, tuple(body), "including")


def _says_something(part: Proposition) -> bool:
    words = [t for t in part.tokens if t.is_alpha or t.like_num]
    pointing = bool(part.subject) and part.subject[0].pos_ == "PRON"
    if part.kind == "parataxis" and len(words) < 4:
        return False
    if part.subject and part.subject[0].lower_ == "you":
        return False
    if part.head.tag_ == "VB" and not part.subject:
        return False  # "Do not go back": an order states nothing
    return len(words) >= (4 if pointing and part.kind == "conj" else 3)
