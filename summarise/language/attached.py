"""Which period and which figures of a sentence belong to one of its propositions.

A period belongs to the clause it hangs on. It also dates the clauses that are joined to that one
and have none of their own: "On Monday, A rose and B fell", "A fell on Monday, losing 3%". What
only tells which one is meant ("the 1991 agreement", "the convoy hit on Saturday") dates nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from summarise.language.cues import CUES, FEMALE, MALE, RELATIONS, ROLES, TITLES
from summarise.language.figures import FoundFigure
from summarise.language.periods import FoundPeriod
from summarise.language.phrases import Proposition
from summarise.language.syntax import Parsed, child, children, clause_head, extent
from summarise.records import Figure, Period

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_EVENT_PREPOSITIONS = frozenset("at during for in on throughout by".split())
"""What "in Thursday's match" is dated by, and "the site of Saturday's blast" is not."""
_COMPLEMENT_PREPOSITIONS = frozenset("from of to into in for about against".split())
"""What a verb takes its object by: "barred him from working until May"."""
_WHEN = frozenset("when as while".split())
_OWN_KNOWLEDGE = frozenset("confirm know observe verify see receive comment aware".split())
"""What somebody says of his own knowledge is true when he says it."""
_DENYING = frozenset("deny refute rebut".split())
"""What is dated is what they deny, not the denial."""
_CHECKS = frozenset(
    "audit census check count examination inspection poll search survey test".split()
)
_FINDING = frozenset("find show reveal establish record detect".split())
_LEVELS = frozenset("high low peak record streak run".split())


def period_of(one: Proposition, periods: Sequence[FoundPeriod], parsed: Parsed) -> Period | None:
    """When the proposition happens, by the clauses it may take its period from, nearest first."""
    placed = [(p, t) for p in periods if (t := _top(p.start, p.end, parsed)) is not None]
    here = set(one.tokens)
    placed = [(p, t) for p, t in placed if not _dates_saying(p, t, one.head, parsed)]
    own = [
        (rank, found)
        for found, top in placed
        if (rank := _rank(top, one.head)) is not None and (top in here or rank >= _BELOW)
    ]
    if own:
        return min(own, key=lambda ranked: ranked[0])[1].period
    told = _of_figure_told(one.head, placed)
    if told is not None:
        return told
    since = _since(one.head, placed, parsed) or _when(one.head, placed, parsed)
    return since or _shared(one, placed) or _of_subject(one, placed)


def figures_of(
    one: Proposition,
    figures: Sequence[FoundFigure],
    parsed: Parsed,
    time: Period | None = None,
) -> tuple[Figure, ...]:
    """The figures that the words of the proposition measure; those that date it are its `time`."""
    here = [parsed.span(t) for t in one.tokens]
    return tuple(
        f.figure
        for f in figures
        if _within(f.start, f.end, here)
        and not (time is not None and f.figure.surface in time.surface)
        and not _only_identifies(f, one, parsed)
    )


def _within(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether the larger part of `start:end` stands in `spans`."""
    held = sum(max(0, min(end, e) - max(start, s)) for s, e in spans)
    return held * 2 > end - start - 2


def _covered(start: int, end: int, parsed: Parsed) -> list[Token]:
    return [t for t in parsed.doc if parsed.span(t)[0] < end and start < parsed.span(t)[1]]


def _top(start: int, end: int, parsed: Parsed) -> Token | None:
    """The token by which the words `start:end` hang on the rest, their preposition included."""
    words = _covered(start, end, parsed)
    top = next((t for t in words if t.head not in words or t.head == t), None)
    if top is not None and top.dep_ == "pobj" and top.head.dep_ == "prep":
        return top.head
    return top


# periods

_BELOW = 4
"""Ranks from here on are of clauses below the proposition's own."""


def _rank(top: Token, head: Token) -> int | None:
    """How directly a period dates the clause of `head`: 0 is an adverbial of its verb."""
    if top == head:
        return 0
    if head.pos_ == "NOUN" and head.dep_ == "dobj" and top.head == head:
        return 1
    nouns = list(_nouns_above(top))
    governor = _governor(top)
    if not _dates(top, nouns):
        return None
    if governor == head:
        return min(len(nouns), _BELOW - 1)
    below = _carried_up(governor, head)
    return None if not below else _BELOW + len(nouns)


def _governor(top: Token) -> Token:
    """The head of the clause that a period stands in."""
    return clause_head(top) if top.dep_ != "ROOT" else top


def _nouns_above(top: Token) -> Iterator[Token]:
    """The nouns between a period and the head of its clause."""
    above, governor = top.head, _governor(top)
    while above != governor and above.head != above:
        if above.pos_ in ("NOUN", "PROPN", "NUM", "PRON"):
            yield above
        above = above.head


def _dates(top: Token, nouns: Sequence[Token]) -> bool:
    """Whether a period inside a noun phrase dates the clause, or only tells which one is meant."""
    if not nouns or top.i > nouns[0].i or (top.lower_ == "far" and top.dep_ == "advmod"):
        return True
    holder = nouns[0]
    if len(nouns) > 1:
        return False
    if holder.dep_ == "pobj":
        return holder.head.lower_ in _EVENT_PREPOSITIONS
    owned = child(top, "case") is not None
    return owned and holder.dep_ == "nsubj" and holder.head.lemma_ not in ("be", "have")


def _carried_up(governor: Token, head: Token) -> bool:
    """Whether a period of the clause of `governor` also dates the clause above it, of `head`."""
    while governor != head and governor.head != governor:
        if governor.dep_ == "advcl":
            if _opener(governor) not in _WHEN:
                return False
        elif governor.dep_ == "pcomp":
            if governor.head.lower_ not in _COMPLEMENT_PREPOSITIONS:
                return False
        elif not _complements(governor):
            return False
        governor = governor.head
        while governor.dep_ not in _CLAUSAL and governor != head:
            if governor.head == governor:
                break
            governor = governor.head
    return governor == head


def _complements(clause: Token) -> bool:
    """ "Expected to open in May": what its verb is about, and not what somebody says."""
    if clause.dep_ == "acl" and clause.head.dep_ == "ROOT":
        # "Air raids killed 15": the parser may take the verb of a sentence for a participle.
        return clause.head.pos_ in ("NOUN", "PROPN")
    if clause.dep_ == "ccomp" and clause.head.lemma_ in _DENYING:
        return True
    return clause.dep_ == "xcomp" or (clause.dep_ == "ccomp" and clause.head.lemma_ not in CUES)


_CLAUSAL = frozenset("ROOT ccomp xcomp advcl acl relcl conj csubj parataxis pcomp".split())


def _opener(clause: Token) -> str:
    """The word that opens an adverbial clause: "when", "after"; empty where none does."""
    for below in clause.children:
        if below.i < clause.i and (
            below.dep_ == "mark" or (below.dep_ == "advmod" and below.tag_ == "WRB")
        ):
            return str(below.lower_)
    return ""


_LONG = frozenset("month months quarter half year season".split())


def _of_figure_told(head: Token, placed: Sequence[tuple[FoundPeriod, Token]]) -> Period | None:
    """ "Reported revenue of 9bn last year": no saying takes a year, so the figure is the year's."""
    if head.dep_ != "dobj" or head.head.lemma_ not in CUES:
        return None
    for found, top in placed:
        if top.head == head.head and top.i > head.i and found.granularity in _LONG:
            return found.period
    return None


def _since(
    head: Token, placed: Sequence[tuple[FoundPeriod, Token]], parsed: Parsed
) -> Period | None:
    """ "Since fighting broke out in March": open from the period that the clause holds."""
    for clause in children(head, "advcl"):
        if _opener(clause) != "since":
            continue
        for found, top in placed:
            if _rank(top, clause) is not None and found.period.start is not None:
                surface = _surface(clause, found, parsed)
                return Period(surface=surface, start=found.period.start, end=None)
    return None


def _dates_saying(found: FoundPeriod, top: Token, head: Token, parsed: Parsed) -> bool:
    """Whether a period tells when something was said or denied, and not when it happened."""
    if head.lemma_ in _DENYING and child(head, "dobj", "ccomp") is not None:
        return _governor(top) == head
    words = _covered(found.start, found.end, parsed)
    before = parsed.doc[words[0].i - 1] if words and words[0].i else None
    cue = before is not None and before.lemma_ in CUES and head.head == before
    subject = child(head, *_SUBJECTS)
    return cue and head.dep_ == "ccomp" and subject is not None and top.i < subject.left_edge.i


def _when(
    head: Token, placed: Sequence[tuple[FoundPeriod, Token]], parsed: Parsed
) -> Period | None:
    """ "Until Sunday, when more rain is due": dated by the day before the "when"."""
    when = next((t for t in head.subtree if t.lower_ == "when" and t.i > 1), None)
    if when is None or when.head != head or when.nbor(-1).text != ",":
        return None
    for found, _ in placed:
        words = _covered(found.start, found.end, parsed)
        if words and words[-1].i == when.i - 2:
            return _closed(found.period)
    return None


def _closed(period: Period) -> Period:
    """A period without the word that opens one side of it: "Sunday" of "until Sunday"."""
    if (period.start is None) == (period.end is None):
        return period
    lead, _, named = period.surface.partition(" ")
    day = period.start or period.end
    if day is not None and lead.lower() == "before":
        day += timedelta(days=1)
    return Period(surface=named or lead, start=day, end=day)


def _surface(clause: Token, found: FoundPeriod, parsed: Parsed) -> str:
    """From the word that opens a clause to the end of the period in it, as the text has it."""
    mark = next(t for t in clause.subtree if t.lower_ == "since")
    words = _covered(parsed.span(mark)[0], found.end, parsed)
    start, end = extent(words)
    stretch = (min(parsed.span(t)[0] for t in words), max(parsed.span(t)[1] for t in words))
    unmended = stretch[1] - stretch[0] == end - start
    return parsed.doc.text[start:end] if unmended else found.period.surface


def _shared(one: Proposition, placed: Sequence[tuple[FoundPeriod, Token]]) -> Period | None:
    """The period of a clause that the proposition's is joined to."""
    for other, kind in _joined_to(one.head):
        for found, top in placed:
            if _rank(top, other) is None or not _reaches(top, other, one.head, kind):
                continue
            return found.period
    return None


def _of_subject(one: Proposition, placed: Sequence[tuple[FoundPeriod, Token]]) -> Period | None:
    """ "Saturday's blast, which hit a bus": what happened is dated by the name it is given."""
    if one.kind != "relcl":
        return None
    for found, top in placed:
        noun = top.head
        named = noun in one.subject and noun == one.head.head and child(top, "case") is not None
        if named or (top in one.subject and top == one.head.head):
            return found.period
    return None


def _joined_to(head: Token) -> Iterator[tuple[Token, str]]:
    """The clauses whose period may count for `head`, nearest first, and how each is joined."""
    at = head
    while True:
        kind = _joint(at)
        if not kind:
            break
        at = _clause_above(at)
        yield at, kind
    for below in head.subtree:
        if below.dep_ == "conj" and below != head and _chain_start(below) == head:
            yield below, "later"
        elif _runs_on(below) and below.head == head:
            yield below, "before"


def _joint(head: Token) -> str:
    """How a clause hangs on the one above, where a period above may count for it."""
    if head.dep_ == "conj" and head.head.pos_ in ("VERB", "AUX", "NOUN"):
        return "conjunct"
    if head.dep_ in ("advcl", "acl") and head.tag_ == "VBG" and not _opener(head):
        set_off = head.dep_ == "advcl" or _comma_before(head)
        return "participle" if set_off else ""
    if head.dep_ in ("pcomp", "advcl") and _is_absolute(head):
        return "participle"
    if head.dep_ == "ccomp" and head.head.lemma_ in CUES:
        return "said"
    if _runs_on(head):
        return "conjunct"
    return ""


def _is_absolute(head: Token) -> bool:
    """ "With the firm paying half": a clause in a phrase that goes along with the main one."""
    if head.dep_ == "pcomp":
        return bool(head.head.lower_ == "with")
    return _opener(head) == "with"


def _comma_before(head: Token) -> bool:
    first = min(t.i for t in head.subtree)
    return first > 0 and head.doc[first - 1].text == ","


def _runs_on(head: Token) -> bool:
    """ "A rose 2%, B was up 3%": a clause in a row, which the parser takes for a complement."""
    if head.dep_ != "ccomp" or head.head.lemma_ in CUES or child(head, "mark") is not None:
        return False
    return any(t.text == "," for t in head.head.children) and child(head, *_SUBJECTS) is not None


def _clause_above(head: Token) -> Token:
    above = head.head
    return above if above.dep_ in _CLAUSAL else clause_head(above)


def _chain_start(head: Token) -> Token:
    while head.dep_ == "conj":
        head = head.head
    return head


def _reaches(top: Token, holder: Token, head: Token, kind: str) -> bool:
    """Whether the period at `top`, of the clause of `holder`, counts for the clause of `head`."""
    leading = _leads(top, holder)
    if kind == "said":
        return _own_knowledge(head, holder) or _is_of_check(top, holder)
    if kind == "participle":
        return True
    if kind == "later":
        return not leading and _shares_verb_phrase(head, holder)
    if any(t.text == ";" for t in holder.doc[min(holder.i, head.i) : max(holder.i, head.i)]):
        return False
    if kind == "before":
        return leading
    return leading or _shares_verb_phrase(holder, head)


def _leads(top: Token, holder: Token) -> bool:
    """Whether a period stands before the subject of its clause."""
    subject = child(holder, *_SUBJECTS)
    return top.i < (subject.left_edge.i if subject is not None else holder.i)


def _shares_verb_phrase(first: Token, second: Token) -> bool:
    """Whether two conjuncts have one subject, or one auxiliary, and the same tense."""
    if _is_past_perfect(first) and _is_past_perfect(second):
        return True
    if second.tag_ == "VBN" and child(second, "aux", "auxpass") is None:
        return True
    if child(second, *_SUBJECTS) is not None:
        return False
    past = {first.tag_, second.tag_} <= {"VBD", "VBN"}
    return past and _counts(first) and _counts(second)


def _is_past_perfect(verb: Token) -> bool:
    return any(t.lower_ == "had" for t in children(verb, "aux"))


def _counts(verb: Token) -> bool:
    """Whether the object of a verb is counted: "killed 40", "wounding dozens"."""
    return any(
        t.pos_ == "NUM" or t.lower_ in ("dozens", "hundreds", "thousands", "scores", "several")
        for objects in children(verb, "dobj")
        for t in objects.subtree
    )


def _own_knowledge(head: Token, saying: Token) -> bool:
    """ "On Monday, she said they could not confirm it": the speaker on what the speaker knows."""
    subject = child(head, "nsubj")
    pronoun = subject is not None and subject.lower_ in ("he", "she", "they", "it", "we", "i")
    return pronoun and head.lemma_ in _OWN_KNOWLEDGE and saying != head


def _is_of_check(top: Token, saying: Token) -> bool:
    """ "A check on 3 May found that P": what it found was so when it was made."""
    check = child(saying, "nsubj")
    if check is None or check.lemma_ not in _CHECKS or saying.lemma_ not in _FINDING:
        return False
    return top in check.subtree


# figures


def _only_identifies(found: FoundFigure, one: Proposition, parsed: Parsed) -> bool:
    """Whether a figure belongs to a description that is no part of what is stated."""
    words = _covered(found.start, found.end, parsed)
    top = _top(found.start, found.end, parsed)
    if top is None or one.head in words:
        return False
    return (
        _in_clause_of_its_own(top, one.head)
        or _known_length(words, top)
        or _known_pair(words, top)
        or _is_aged(words, top, found)
    )


def _in_clause_of_its_own(top: Token, head: Token) -> bool:
    """Whether a relative clause that is a statement of its own stands between figure and head."""
    at = top
    while at != head and at.head != at:
        if at.dep_ == "relcl" and _has_relative_subject(at):
            return head not in at.subtree
        at = at.head
    return False


def _has_relative_subject(clause: Token) -> bool:
    """ "Who were freed", "when two are due": a clause that states; "that he saw" does not."""
    subject = child(clause, *_SUBJECTS)
    when = any(t.lower_ == "when" for t in children(clause, "advmod"))
    return when or (subject is not None and subject.tag_ in ("WDT", "WP"))


def _known_length(words: Sequence[Token], top: Token) -> bool:
    """ "The five-year conflict": how long a known thing has lasted; "a three-year low" measures."""
    noun = top if top.pos_ in ("NOUN", "PROPN") and top not in words else top.head
    hyphened = any(t.text == "-" for t in words) or "-" in words[-1].text
    if not hyphened or noun.pos_ not in ("NOUN", "PROPN") or noun in words:
        return False
    return _is_definite(noun) and noun.lemma_ not in _LEVELS


def _known_pair(words: Sequence[Token], top: Token) -> bool:
    """ "The two nations": a number that only goes back to those named before."""
    noun = top.head
    if len(words) != 1 or top.dep_ != "nummod" or top.lower_ not in ("two", "three", "four"):
        return False
    others = [t for t in noun.children if t.dep_ not in ("det", "nummod", "punct", "predet")]
    return _is_definite(noun) and not others


def _is_definite(noun: Token) -> bool:
    return any(
        (t.dep_ == "det" and t.lower_ in ("the", "this", "that", "these", "those", "both"))
        or t.dep_ == "poss"
        for t in noun.children
    )


def _is_age_of_noun(number: Token) -> bool:
    """ "A woman, 47, was cleared": a number between commas after what somebody is."""
    at, doc = number.i, number.doc
    if number.tag_ != "CD" or not number.text.isdigit() or at < 2 or at + 1 >= len(doc):
        return False
    noun = doc[at - 2]
    people = FEMALE | MALE | ROLES | RELATIONS | TITLES
    return doc[at - 1].text == "," == doc[at + 1].text and noun.lemma_.lower() in people


def _is_aged(words: Sequence[Token], top: Token, found: FoundFigure) -> bool:
    """ "A 25-year-old woman", "John Smith, 49,": an age that is told by the way."""
    if found.figure.unit == "years" and top.dep_ in ("appos", "nummod") and len(words) == 1:
        return bool(top.head.pos_ == "PROPN")
    if len(words) == 1 and _is_age_of_noun(words[0]):
        return True
    if not any(t.lower_ == "old" for t in words) and not words[-1].lower_.endswith("-old"):
        return False
    return top.head.pos_ in ("NOUN", "PROPN") and top.dep_ in ("amod", "nmod", "compound", "nummod")
