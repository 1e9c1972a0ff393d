"""The propositions of a sentence: each clause, conjunct and descriptive phrase that can be
true or false by itself, with its subject, from the dependency parse.

This is where a sentence is split. The rules follow the labelling guide: a figure keeps what it
counts, an event its time and place, "killed or wounded" stays one, "killed 50 and injured 47"
becomes two, and a subordinate clause that adds a checkable fact is a proposition of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from summarise.language.ages import AGE, ages
from summarise.language.asides import adjective_states, apposition_states, level_states
from summarise.language.cues import CUES, OPENERS, PUBLISHING
from summarise.language.introducing import (
    attributes,
    introduces,
    is_free_relative,
    says_a_thing,
)
from summarise.language.lists import members
from summarise.language.partitives import partitives
from summarise.language.phrases import (
    INCLUDING,
    Proposition,
    antecedent,
    holds_figure,
    noun_phrase,
    set_off,
    trimmed,
)
from summarise.language.syntax import chain_head, child, children

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_RELATIVE_TAGS = frozenset(["WDT", "WP"])
_RELATIVES = frozenset(["that", "which", "who", "whom", "where"])
_OPEN_QUESTIONS = frozenset(
    ["if", "whether", "unless", "lest", "when", "once", "until", "till", "whenever", "wherever"]
)
"""An adverbial clause after one of these states no fact of its own."""
_STATING = frozenset(
    ["after", "although", "though", "while", "as", "because", "since", "before", "with", ""]
)
_COMPLETED = frozenset(["after", "before", "with", "despite", "since"])


def propositions(doc: Doc, cues: Iterable[Token] = ()) -> list[Proposition]:
    """The propositions of a parsed sentence, in the order of their heads.

    `cues` are the verbs that only say who claims something ("said", "reported"): they are no
    propositions, and their words are left out of the others.
    """
    cues = {cue for cue in cues if attributes(cue)}
    found = _found(doc, cues)
    empty = {cue for cue in cues if says_a_thing(cue) and not introduces(cue, found)}
    return _found(doc, cues - empty) if empty else found


def _found(doc: Doc, cues: set[Token]) -> list[Proposition]:
    shares = list(partitives(doc))
    aside = {t for share in shares for t in share.tokens}
    aged = list(ages(doc))
    aside |= {t for _, told in aged if len(told) == 1 for t in told}
    heads = [t for t in doc if t not in cues and t not in aside and _states(t, cues)]
    found = [_proposition(head, heads, cues, aside) for head in heads]
    split = [part for whole in found if whole.body for part in members(whole)]
    split += [*shares, *(one for one, _ in aged)]
    return sorted((p for p in split if _says_something(p)), key=lambda p: p.tokens[0].i)


def _states(token: Token, cues: set[Token]) -> bool:
    """Whether the clause or phrase that `token` heads states something by itself."""
    if token.lemma_ in PUBLISHING and any(c in cues for c in token.subtree):
        return False
    if token.lower_ in ("citing", "quoting"):
        return False
    rule = _RULES.get(token.dep_)
    return rule is not None and rule(token, cues)


def _root_states(token: Token, cues: set[Token]) -> bool:
    del cues
    return not token.is_space and not token.is_punct


def _conjunct_states(token: Token, cues: set[Token]) -> bool:
    first = chain_head(token)
    before = token.doc[token.i - 1].lower_ if token.i else ""
    which = first.dep_ == "acl" and first.tag_ == "VBN" and not _participle_states(first, cues)
    if before == "than" or which:
        return False  # "rather than surrendering"; "a letter leaked and dated 8 May" says which
    predicate = _verbal(first) or child(first, "nsubj", "nsubjpass") is not None
    return _verbal(token) and not _joined_by_or(token) and predicate


def _complement_states(token: Token, cues: set[Token]) -> bool:
    return token.head in cues or (token.dep_ == "ccomp" and _runs_on(token))


def _object_states(token: Token, cues: set[Token]) -> bool:
    return token.head in cues and child(token.head, "ccomp") is None


def _relative_states(token: Token, cues: set[Token]) -> bool:
    if _is_about_speaker(token):
        return False
    if _is_misplaced_content(token, cues) or set_off(token):
        return True
    return _relative_is_subject(token) and not _tells_which_kind(token)


def _tells_which_kind(clause: Token) -> bool:
    """ "doctors who break it", "every woman who had to travel": a rule for whoever it fits."""
    noun = clause.head
    determiner = child(noun, "det")
    if determiner is not None:
        return determiner.lower_ in _WHOEVER
    if noun.lower_ in ("those", "anyone", "everyone", "anybody", "everybody", "whoever"):
        return clause.tag_ in ("VBP", "VBZ", "VB")
    bare = noun.tag_ == "NNS" and not any(noun.lefts)
    above = next((t for t in noun.ancestors if _verbal(t)), None)
    told = above is not None and above.tag_ in ("VBD", "VBN", "VBG")
    return bare and clause.tag_ == "VBP" and not told


_WHOEVER = frozenset(["any", "each", "every", "no"])
_ANONYMOUS = frozenset("anonymity anonymously named identified authorised authorized".split())


def _is_about_speaker(clause: Token) -> bool:
    """ "a diplomat, who spoke on condition of anonymity": how it was said, and no news."""
    if any(t.lower_ in _ANONYMOUS for t in clause.subtree) and clause.head.pos_ != "PROPN":
        return clause.lemma_ in ("speak", "ask", "request", "insist", "decline", "authorize", "be")
    return any(t.lower_ == "citing" for t in clause.ancestors)


def _participle_states(token: Token, cues: set[Token]) -> bool:
    if _is_misplaced_content(token, cues):
        return True
    figure = token.tag_ == "VBG" and holds_figure(token)
    if _is_done_by_somebody(token) and token.head.head not in cues:
        return True
    return token.tag_ in ("VBN", "VBG", "VBD") and (set_off(token) or figure)


def _is_done_by_somebody(participle: Token) -> bool:
    """ "the route proposed by the ministry": not the reporter's own dealings, nor a gloss."""
    agent = child(participle, "agent")
    if participle.tag_ != "VBN" or agent is None or participle.lemma_ in _DEALINGS | CUES:
        return False
    noun = participle.head
    if (
        noun.dep_ in ("appos", "ROOT")
        or noun.pos_ not in ("NOUN", "PROPN")
        or agent.i != participle.i + 1
    ):
        return False
    return not any(t.tag_ in ("VBP", "VBZ", "VBD", "VB") for t in participle.subtree)


_DEALINGS = frozenset(
    """see reach poll interview quote cite contact obtain review ask survey hear lead head run chair
    own call name know describe publish report compile view""".split()
)
"""What reporters have done, or what only tells which one is meant."""


def _is_misplaced_content(token: Token, cues: set[Token]) -> bool:
    """ "mentioned in a briefing that P": P hangs on the briefing."""
    if token.head.dep_ != "pobj" or token.head.head.head not in cues:
        return False
    own = child(token, *_SUBJECTS)
    return own is not None and own.tag_ not in _RELATIVE_TAGS


def _after_preposition_states(token: Token, cues: set[Token]) -> bool:
    del cues
    return token.head.lower_ in _COMPLETED and _verbal(token) and not _is_measured(token.head)


def _is_measured(opener: Token) -> bool:
    """ "20 minutes after taking off", "shortly before it closed": without the clause no time."""
    if opener.lower_ not in ("after", "before") or opener.i == 0:
        return False
    before = opener.nbor(-1)
    if before.dep_ == "pobj":
        return False  # "trapped for an hour before being freed"
    return before.lemma_ in _TIME_UNITS or before.lower_ in _SOON


_TIME_UNITS = frozenset("second minute hour day week fortnight month year decade moment".split())
_SOON = frozenset("shortly soon immediately just long right".split())


def _runs_on(token: Token) -> bool:
    """ "A rose 2%, B was up 3%": a clause in a row, which the parser takes for a complement."""
    own = child(token, "nsubj", "nsubjpass")
    if own is None or own.tag_ in _RELATIVE_TAGS or child(token, "mark") is not None:
        return False
    if token.head.lemma_ in CUES:
        return False  # "I don't think we will": what is not thought is not stated
    if token.tag_ == "VB" and child(token, "aux") is None:
        return False  # "let its members vote"
    if is_free_relative(token):
        return False
    last = max(t.i for t in token.subtree)
    return set_off(token) or (last + 1 < len(token.doc) and token.doc[last + 1].text in _BREAKS)


_BREAKS = frozenset([",", ";", ":", "–", "—", "--"])


def _aside_states(token: Token, cues: set[Token]) -> bool:
    """ ", with losses of about 2m crowns": what comes along, set off by a comma."""
    if token.head.lower_ in ("of", "about") and token.head.head in cues:
        return child(token.head.head, "ccomp", "dobj") is None  # "complained of delays"
    if token.head.lower_ != "with" or child(token, "acl") is not None:
        return False
    compared = token.head.head
    if compared.lower_ == "compared":
        return set_off(compared) and holds_figure(token)
    return set_off(token.head) and sum(1 for _ in token.subtree) >= 3


def _relative_is_subject(verb: Token) -> bool:
    """ "guards who watched the gate" states; "the land they bought" only tells which."""
    subject = child(verb, "nsubj", "nsubjpass")
    if subject is None:
        return False
    return subject.tag_ in _RELATIVE_TAGS or any(t.tag_ == "WP$" for t in subject.lefts)


def _verbal(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX")


def _joined_by_or(token: Token) -> bool:
    """Whether a conjunct hangs on the one before it by "or": "killed or wounded" is one."""
    joiner = next((c for c in token.head.children if c.dep_ == "cc" and c.i < token.i), None)
    return joiner is not None and joiner.lower_ in ("or", "nor") and token.i - token.head.i <= 3


def _adverbial_states(token: Token, cues: set[Token]) -> bool:
    del cues
    mark = child(token, "mark", "advmod")
    opener = mark.lower_ if mark is not None and mark.i < token.i else ""
    if opener == "when" and token.i > token.head.i and token.tag_ == "VBD":
        return child(token, *_SUBJECTS) is not None
    if opener in _OPEN_QUESTIONS:
        return False
    own = child(token, *_SUBJECTS)
    if own is not None:
        named = own.pos_ != "PRON" or mark is None or not _is_measured(mark)
        return opener in _STATING and named
    if token.tag_ not in ("VBG", "VBN"):
        return False
    return set_off(token) or token.i < token.head.i or holds_figure(token)


_RULES: dict[str, Callable[[Token, set[Token]], bool]] = {
    "ROOT": _root_states,
    "parataxis": lambda token, _: _verbal(token),
    "conj": _conjunct_states,
    "ccomp": _complement_states,
    "xcomp": _complement_states,
    "dobj": _object_states,
    "pobj": _aside_states,
    "relcl": _relative_states,
    "acl": _participle_states,
    "advcl": _adverbial_states,
    "pcomp": _after_preposition_states,
    "appos": apposition_states,
    "amod": adjective_states,
    "advmod": level_states,
}
"""By what it hangs on its head, whether a token's phrase states something."""


def _subject(head: Token) -> tuple[Token, ...]:
    """The words of the subject of a predicate, borrowed from the clause above where it has none."""
    own = child(head, *_SUBJECTS)
    relative = own is None or own.tag_ in _RELATIVE_TAGS or own.lower_ in _RELATIVES
    if relative and head.dep_ in ("relcl", "acl", "appos", "amod"):
        return _described(head, own)
    if own is not None and own.tag_ in _RELATIVE_TAGS and head.head.dep_ == "relcl":
        return noun_phrase(head.head.head)
    if head.dep_ == "pobj" or (head.dep_ == "ccomp" and own is None and not _verbal(head)):
        return ()
    if own is not None and not _is_left(head):
        return noun_phrase(own)
    if head.dep_ == "pcomp" and head.head.lower_ == "with":
        return ()
    if head.dep_ == "advcl" and (said_of := _noun_set_off(head)) is not None:
        return noun_phrase(said_of)
    if head.dep_ in ("conj", "advcl", "xcomp", "pcomp", "parataxis", "prep", "ccomp", "advmod"):
        above = head.head
        while not _verbal(above) and above.dep_ not in ("ROOT", "relcl") and above.head != above:
            above = above.head
        return _subject(above) if above != head and _verbal(above) else ()
    return ()


def _described(head: Token, relative: Token | None) -> tuple[Token, ...]:
    """The words of the noun that a relative clause, a participle or an apposition describes."""
    below = set(head.subtree)
    noun = antecedent(relative, head.head)
    if _describes_person(noun):
        noun = noun.head  # "Ada Brook, a nurse who saw it"
    joined = children(noun, "conj", "cc") if head.dep_ in ("amod", "relcl") else iter(())
    below |= {t for c in joined if head.dep_ == "amod" or c.i > head.i for t in c.subtree}
    return trimmed(t for t in noun_phrase(noun) if t not in below)


def _describes_person(noun: Token) -> bool:
    return noun.dep_ == "appos" and noun.pos_ == "NOUN" and noun.head.ent_type_ == "PERSON"


def _noun_set_off(participle: Token) -> Token | None:
    """The noun of "In one of the letters, sent in May, she wrote": it was sent, not she."""
    first = min(t.i for t in participle.subtree)
    if participle.tag_ != "VBN" or first != participle.i or first < 2 or not set_off(participle):
        return None
    noun = participle.doc[first - 2]
    if participle.head.i < participle.i or noun.dep_ != "pobj":
        return None
    above = noun.head.head
    return above if noun.head.lower_ == "of" and above.pos_ in ("NUM", "PRON") else noun


def _proposition(
    head: Token, heads: list[Token], cues: set[Token], aside: set[Token]
) -> Proposition:
    subject = tuple(t for t in _subject(head) if t not in aside)
    gone = _split_off(head, heads, cues) | aside
    left = [t for t in head.subtree if t not in gone and t not in subject]
    body = trimmed([*left, *_shared_verbs(head)])
    if _is_bare(head, body) and not any(c in cues for c in head.subtree):
        # "the move came after the strike": without the clause split off it would say nothing
        openers = set(_openers(head))
        body = trimmed(t for t in head.subtree if t not in openers | aside and t not in subject)
    return Proposition(head, subject, _with_gap(head, body), head.dep_)


def _shared_verbs(head: Token) -> list[Token]:
    """The verbs that a conjunct shares with the first: "will close A and (will) cut B".

    Without them a plan would read as a fact.
    """
    if _is_left(head):
        return [chain_head(head)]
    unmarked = head.lower_ == head.lemma_  # "cut", "put": the parser may take it for a past form
    harmed = head.lemma_ in _DONE_TO_ONE and child(head, "dobj") is None
    if head.dep_ != "conj" or not (unmarked or harmed or head.tag_ in ("VB", "VBN", "VBG")):
        return []
    if any(t.dep_ in ("aux", "auxpass") and t.lower_ != "to" for t in head.children):
        return []
    first = chain_head(head)
    shared = [t for t in first.children if t.dep_ in ("aux", "auxpass", "neg") and t.i < first.i]
    if first.dep_ == "xcomp" and first.head.i < first.i:
        shared += [
            first.head,
            *(t for t in first.head.children if t.dep_ in ("aux", "auxpass", "neg")),
            *(t for c in children(first.head, "dobj") if c.i < first.i for t in c.subtree),
        ]
    return shared


_DONE_TO_ONE = frozenset(
    "arrest damage destroy detain displace evacuate injure kill rescue wound".split()
)
"""Verbs that without an object are passives, which the parser may take for past forms."""


def _is_left(head: Token) -> bool:
    """ "left 20 dead and 50 injured": the second is a state that the same verb brought about."""
    first = chain_head(head)
    own = child(head, "nsubj")
    return head != first and first.lemma_ == "leave" and own is not None and own.pos_ == "NUM"


def _split_off(head: Token, heads: list[Token], cues: set[Token]) -> set[Token]:
    """The words below `head` that belong to other propositions, or only join or attribute."""
    gone: set[Token] = set()
    for other in (*heads, *cues):
        if other != head and other in head.subtree and _leaves(other):
            gone.update(other.subtree)
            gone.update(_joiners(other, head))
    for token in head.subtree:
        if token.dep_ == "prep" and token.lower_ in INCLUDING:
            gone.update(token.subtree)
        if token in cues:
            gone.update(_cue_words(token))
    gone.update(_openers(head))
    return gone - {head}


def _is_bare(head: Token, body: tuple[Token, ...]) -> bool:
    """Whether nothing but the verb is left: "came", "saw", "is difficult"."""
    if head.dep_ not in ("ROOT", "ccomp") or not _verbal(head):
        return False
    if child(head, "nsubjpass") is not None:
        return False  # "nine were killed" says enough
    if any(t.dep_ == "conj" for t in head.children):
        return False
    content = [t for t in body if t.pos_ in _CONTENT and t != head]
    return not content and len(list(head.subtree)) > len(body) + 3


_CONTENT = frozenset(["NOUN", "PROPN", "NUM", "VERB", "ADV", "ADJ", "PRON"])


def _with_gap(head: Token, body: tuple[Token, ...]) -> tuple[Token, ...]:
    """The body with what a relative clause leaves out put where it belongs.

    In "the recordings, which he did not play" that is the object of "play", in "Orsk, where 300
    people work" the place.
    """
    if head.dep_ != "relcl":
        return body
    relative = next((t for t in _own_clause(head) if t.tag_ in ("WDT", "WP", "WP$")), None)
    where = next((t for t in head.children if t.lower_ == "where" and t.tag_ == "WRB"), None)
    own = child(head, "nsubj", "nsubjpass")
    if where is not None and own is not None and where not in body:
        return (*body, *_place(head.head, set(body)))
    if own is None or own == relative or (relative is not None and relative.dep_ != "dobj"):
        return body
    if child(head, "dobj") not in (None, relative):
        return body
    gap = noun_phrase(antecedent(relative, head.head))
    own_words = [i for i, t in enumerate(body) if t == head or (t.head == head and t.dep_ == "prt")]
    place = max(own_words, default=len(body) - 1)
    return (*body[: place + 1], *gap, *body[place + 1 :])


def _own_clause(head: Token) -> Iterator[Token]:
    """The words of a relative clause without the clauses in it."""
    for below in head.children:
        if below.dep_ not in ("relcl", "advcl", "ccomp"):
            yield from (t for t in below.subtree)


def _place(noun: Token, taken: set[Token]) -> tuple[Token, ...]:
    """Where it is that a noun names, with its preposition: "in Orsk"."""
    preposition = noun.head
    if noun.dep_ != "pobj" or preposition.lower_ not in _PLACING:
        return ()
    return (preposition, *(t for t in noun_phrase(noun) if t not in taken))


_PLACING = frozenset(
    ["in", "at", "on", "near", "outside", "inside", "off", "around", "under", "with"]
)


def _leaves(other: Token) -> bool:
    """Whether the part that `other` heads is left out of the proposition above it.

    A restrictive relative clause says which one is meant, so it stays.
    """
    restrictive = other.dep_ == "relcl" or (other.dep_ == "acl" and other.tag_ == "VBN")
    mark = child(other, "mark")
    if other.dep_ == "advcl" and mark is not None and _is_measured(mark):
        return False
    if other.dep_ == "amod" and other.i < other.head.i:
        return False
    if other.dep_ == "relcl" and _describes_person(other.head):
        return True
    return not restrictive or set_off(other)


def _joiners(other: Token, head: Token) -> Iterator[Token]:
    """The "and" and the preposition by which a part that leaves is joined on."""
    if other.dep_ == "conj":
        yield from (c for c in other.head.children if c.dep_ in ("cc", "preconj"))
    if other.dep_ in ("pcomp", "pobj") and other.head != head:
        compared = other.head.head.lower_ == "compared"
        yield from (other.head.head if compared else other.head).subtree
    if other.dep_ == "acl" and other.head.dep_ == "pobj" and other.head.head.lower_ == "with":
        yield from other.head.head.subtree


def _openers(head: Token) -> Iterator[Token]:
    """Words that only join the clause to another: "that", "which", "although"."""
    return (below for below in head.children if _opens(below, head))


def _opens(word: Token, head: Token) -> bool:
    if word.dep_ == "mark" or (word.dep_, word.lower_) == ("aux", "to"):
        return True
    if word.dep_ == "cc":
        return word.i < head.i
    if word.dep_ == "advmod" and (word.lower_ in OPENERS or word.lower_ == "when"):
        return word.lower_ not in _LASTING or word.i < head.left_edge.i + 2
    return word.lower_ in _RELATIVES and word.tag_ in ("WDT", "WP", "WRB")


_LASTING = frozenset(["still", "yet"])
"""Words that tie a sentence to the one before only where they open it."""


def _cue_words(cue: Token) -> Iterator[Token]:
    """The words of a cue that stands inside the clause: "which, he said, was"."""
    if cue.dep_ in ("parataxis", "advcl", "acl", "relcl"):
        yield from cue.subtree


def _says_something(part: Proposition) -> bool:
    if part.kind in (AGE, "amod"):
        return bool(part.subject)
    words = [t for t in part.tokens if t.is_alpha or t.like_num]
    pointing = bool(part.subject) and part.subject[0].pos_ == "PRON"
    if part.kind == "parataxis" and len(words) < 4:
        return False
    empty = bool(part.subject) and part.subject[0].tag_ == "EX"
    if empty and part.head.tag_ in ("VBG", "VBN") and part.kind == "advcl":
        return False
    if part.subject and part.subject[0].lower_ == "you" and not _is_past(part.head):
        return False  # "you can see the tower": anybody can
    if part.body[-1].tag_ == "IN" and part.kind in ("acl", "advcl", "appos", "relcl"):
        return False  # "also known as": the parser lost the rest
    if _says_no_words(part.head):
        return False
    modal = any(t.tag_ == "MD" for t in part.head.children)
    if part.head.tag_ == "VB" and not part.subject and not modal:
        return False  # "Do not go back": an order states nothing
    described = child(part.head, "acomp") is not None
    return len(words) >= (4 if pointing and part.kind == "conj" and not described else 3)


def _says_no_words(verb: Token) -> bool:
    """ "said the strikes on the town": the parser lost what was said of them."""
    said = child(verb, "dobj")
    if verb.lemma_ != "say" or said is None or child(verb, "ccomp") is not None:
        return False
    return said.pos_ == "NOUN" and said.left_edge.lower_ == "the"


def _is_past(verb: Token) -> bool:
    return "VBD" in {verb.tag_, *(t.tag_ for t in children(verb, "aux", "auxpass"))}
