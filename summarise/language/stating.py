"""Which clauses and phrases of a sentence state something that can be true or false by itself.

One rule for each way in which a word hangs on its head. A figure keeps what it counts, "killed or
wounded" stays one, and a subordinate clause states where it adds a checkable fact: not where it
only tells which one is meant, asks, or names what has to come first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from summarise.language.anonymity import is_about_saying
from summarise.language.asides import (
    adjective_states,
    apposition_states,
    is_of_clause,
    level_states,
)
from summarise.language.cues import CUES, DOCUMENTS, PUBLISHING
from summarise.language.introducing import is_free_relative
from summarise.language.phrases import holds_figure, set_off
from summarise.language.syntax import (
    RELATIVE_TAGS,
    SUBJECTS,
    chain_head,
    child,
    children,
    is_verbal,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_OPEN_QUESTIONS = frozenset(
    ["if", "whether", "unless", "lest", "when", "once", "until", "till", "whenever", "wherever"]
)
"""An adverbial clause after one of these states no fact of its own."""
_STATING = frozenset(
    ["after", "although", "though", "while", "as", "because", "since", "before", "with", ""]
)
_COMPLETED = frozenset(["after", "before", "with", "despite", "since"])


def states(token: Token, cues: set[Token]) -> bool:
    """Whether the clause or phrase that `token` heads states something by itself."""
    if token.lemma_ in PUBLISHING and any(c in cues for c in token.subtree):
        return False
    if token.lower_ in ("citing", "quoting") or _only_quotes(token, cues) or _is_seen(token):
        return False
    if any(is_about_saying(t) for t in (token, *token.ancestors)):
        return False
    rule = _RULES.get(token.dep_)
    return rule is not None and rule(token, cues)


def _only_quotes(verb: Token, cues: set[Token]) -> bool:
    """ "The agency quoted the governor as saying": no more than who passes it on."""
    if verb.lemma_ not in ("quote", "cite"):
        return False
    if verb.dep_ == "relcl" and any(t.lower_ == "according" for t in verb.ancestors):
        return True
    as_ = (t for t in children(verb, "prep") if t.lower_ == "as")
    return any(t in cues for preposition in as_ for t in children(preposition, "pcomp"))


def _is_seen(verb: Token) -> bool:
    """ "A report obtained by the paper": how it came to be told."""
    seen = verb.dep_ == "acl" and verb.lower_ in ("seen", "obtained", "reviewed", "viewed", "read")
    return seen and child(verb, "agent") is not None and verb.head.lemma_.lower() in DOCUMENTS


def _root_states(token: Token, cues: set[Token]) -> bool:
    del cues
    return not token.is_space and not token.is_punct


def _conjunct_states(token: Token, cues: set[Token]) -> bool:
    first = chain_head(token)
    before = token.doc[token.i - 1].lower_ if token.i else ""
    which = first.dep_ == "acl" and first.tag_ == "VBN" and not _participle_states(first, cues)
    if before == "than" or which:
        return False  # "rather than surrendering"; "a letter leaked and dated 8 May" says which
    if first.dep_ == "pcomp" and not _after_preposition_states(first, cues):
        return False  # "accused him of stealing votes, jailing critics and lying"
    predicate = is_verbal(first) or child(first, "nsubj", "nsubjpass") is not None
    return is_verbal(token) and not _joined_by_or(token) and predicate


def _complement_states(token: Token, cues: set[Token]) -> bool:
    return token.head in cues or (token.dep_ == "ccomp" and _runs_on(token))


def _object_states(token: Token, cues: set[Token]) -> bool:
    return token.head in cues and child(token.head, "ccomp") is None


def _relative_states(token: Token, cues: set[Token]) -> bool:
    if is_of_clause(token.head):
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
    above = next((t for t in noun.ancestors if is_verbal(t)), None)
    told = above is not None and above.tag_ in ("VBD", "VBN", "VBG")
    return bare and clause.tag_ == "VBP" and not told


_WHOEVER = frozenset(["any", "each", "every", "no"])


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
    own = child(token, *SUBJECTS)
    return own is not None and own.tag_ not in RELATIVE_TAGS


def _after_preposition_states(token: Token, cues: set[Token]) -> bool:
    del cues
    return token.head.lower_ in _COMPLETED and is_verbal(token) and not is_measured(token.head)


def is_measured(opener: Token) -> bool:
    """ "20 minutes after taking off", "shortly before it closed": without the clause no time."""
    if opener.lower_ not in ("after", "before") or opener.i == 0:
        return False
    before = opener.nbor(-1)
    if before.dep_ == "pobj":
        return False  # "trapped for an hour before being freed"
    return before.lemma_ in _TIME_UNITS or before.lower_ in _SOON


_TIME_UNITS = frozenset("second minute hour day week fortnight month year decade moment".split())
_SOON = frozenset("shortly soon immediately just long right".split())


def _has_lasted(verb: Token) -> bool:
    return any(t.lower_ in ("has", "have", "had") for t in children(verb, "aux"))


def _runs_on(token: Token) -> bool:
    """ "A rose 2%, B was up 3%": a clause in a row, which the parser takes for a complement."""
    own = child(token, "nsubj", "nsubjpass")
    if own is None or own.tag_ in RELATIVE_TAGS or child(token, "mark") is not None:
        return False
    if token.head.lemma_ in CUES and child(token.head, "oprd") is None:
        return False  # "I don't think we will": what is not thought is not stated
    if token.tag_ == "VB" and child(token, "aux") is None:
        return False  # "let its members vote"
    if token.tag_ == "VB" and all(t.tag_ == "TO" for t in children(token, "aux")):
        return False  # "ordered the minister to resign"
    if is_free_relative(token) or not _is_finite(token):
        return False  # "made the owners liable,"
    last = max(t.i for t in token.subtree)
    return set_off(token) or (last + 1 < len(token.doc) and token.doc[last + 1].text in _BREAKS)


def _is_finite(clause: Token) -> bool:
    return any(t.tag_ in _FINITE for t in (clause, *clause.children)) or is_verbal(clause)


_FINITE = frozenset(["VBD", "VBZ", "VBP", "MD"])
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
    return subject.tag_ in RELATIVE_TAGS or any(t.tag_ == "WP$" for t in subject.lefts)


def _joined_by_or(token: Token) -> bool:
    """Whether a conjunct hangs on the one before it by "or": "killed or wounded" is one."""
    joiner = next((c for c in token.head.children if c.dep_ == "cc" and c.i < token.i), None)
    return joiner is not None and joiner.lower_ in ("or", "nor") and token.i - token.head.i <= 3


def _adverbial_states(token: Token, cues: set[Token]) -> bool:
    del cues
    mark = child(token, "mark", "advmod")
    opener = mark.lower_ if mark is not None and mark.i < token.i else ""
    if opener == "when" and token.i > token.head.i and token.tag_ == "VBD":
        return child(token, *SUBJECTS) is not None
    if opener in _OPEN_QUESTIONS:
        return False
    own = child(token, *SUBJECTS)
    if opener == "before" and any(t.tag_ in ("MD", "VBP", "VBZ") for t in (token, *token.children)):
        return False  # "before she can be released": what is still to come
    personal = own is not None and own.pos_ == "PRON"
    if opener == "since" and personal and token.tag_ == "VBD" and _has_lasted(token.head):
        return False  # "has sold fish since he was a boy": from when on
    if own is not None:
        named = own.pos_ != "PRON" or mark is None or not is_measured(mark)
        return opener in _STATING and named
    if token.tag_ not in ("VBG", "VBN"):
        return False
    return set_off(token) or token.i < token.head.i or holds_figure(token)


_RULES: dict[str, Callable[[Token, set[Token]], bool]] = {
    "ROOT": _root_states,
    "parataxis": lambda token, _: is_verbal(token),
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
