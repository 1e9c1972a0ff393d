"""The parts of an article's sentences that can be claims, with all that their syntax tells.

A part knows its words, where they stand, who is given for it, how sure it is, when, and which
figures it holds. What it may lack is wording that stands alone ("he", "the town", "rising 2%"):
`complete` says whether it needs any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from summarise.language.ages import AGE
from summarise.language.attached import period_of
from summarise.language.attribution import Attribution, Attributor
from summarise.language.clauses import propositions
from summarise.language.figures import FoundFigure, find_figures
from summarise.language.introducing import reports_figure
from summarise.language.labels import label_end, labelled
from summarise.language.measured import figures_of
from summarise.language.modality import certainty
from summarise.language.names import NameBook
from summarise.language.periods import find_periods
from summarise.language.phrases import Proposition, trimmed
from summarise.language.references import references
from summarise.language.sentences import worded
from summarise.language.syntax import Parsed, parse_all
from summarise.records import Certainty, Figure, Period, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True)
class Part:
    """One proposition of a sentence; `start` and `end` are offsets in the sentence's text."""

    sentence: Sentence
    text: str
    start: int
    end: int
    source: str | None
    via: tuple[str, ...]
    certainty: Certainty
    time: Period | None
    quantities: tuple[Figure, ...]
    complete: bool


def parts_of(
    sentences: Sequence[Sentence],
    book: NameBook,
    published: date | None,
    outlet: str | None = None,
) -> list[list[Part]]:
    """The parts of each sentence, in the order of the text.

    `outlet` is who published the article: it passes nothing on to itself.
    """
    headings = {place for place, s in enumerate(sentences) if s.kind != "sentence"}
    parsed = parse_all([s.text for s in sentences], headings)
    said = Attributor(book, outlet).read([p.doc for p in parsed], [s.paragraph for s in sentences])
    meant = references([p.doc for p in parsed], said, book)
    answering = _answering(sentences, book)
    found = []
    for place, sentence in enumerate(sentences):
        context = " ".join(s.text for s in sentences[max(0, place - 3) : place])
        told = [*said[place], *_speech(parsed[place], answering.get(place))]
        found.append(
            list(_parts(sentence, parsed[place], told, published, context, meant[place]))
            if not _asks(sentence)
            else []
        )
    return found


def _answering(sentences: Sequence[Sentence], book: NameBook) -> dict[int, str]:
    """By place, who speaks in the sentences of an interview: a label holds for its paragraph."""
    speakers: dict[int, str] = {}
    for place, sentence in enumerate(sentences):
        named = labelled(sentence.text, book)
        same = place > 0 and sentences[place - 1].paragraph == sentence.paragraph
        before = speakers.get(place - 1) if same and not label_end(sentence.text) else None
        if speaker := named or before:
            speakers[place] = speaker
    return speakers


def _speech(parsed: Parsed, speaker: str | None) -> Sequence[Attribution]:
    if speaker is None:
        return ()
    whole = frozenset(token.i for token in parsed.doc)
    return (Attribution(whole, frozenset(), speaker, (), hedged=False, cue=None),)


def _asks(sentence: Sentence) -> bool:
    return sentence.text.rstrip("”\"' ").endswith("?")


def _parts(
    sentence: Sentence,
    parsed: Parsed,
    said: Sequence[Attribution],
    published: date | None,
    context: str,
    meant: Mapping[int, str],
) -> Iterator[Part]:
    doc = parsed.doc
    cues = [doc[a.cue] for a in said if a.cue is not None]
    figures = find_figures(sentence.text)
    periods = find_periods(sentence.text, published, context=context)
    for one in propositions(doc, cues):
        if sentence.kind == "headline" and not _is_statement(one):
            continue
        if sentence.kind == "caption" and _is_bare_label(one):
            continue
        # how old somebody is stands beside what is said of them
        given = _attribution(one, said) if one.kind != AGE else None
        start, end = _evidence(one, given, parsed)
        one = _without_speaker(one, given)
        named = _unnamed(one, meant)
        time = period_of(one, periods, parsed)
        yield Part(
            sentence=sentence,
            text=worded(one, named, sentence.kind),
            start=start,
            end=end,
            source=given.source if given else None,
            via=given.via if given else (),
            certainty=certainty(one.head, one.tokens, hedged_cue=bool(given and given.hedged)),
            time=time,
            quantities=(
                *figures_of(one, figures, parsed, time),
                *_figures_named(one, named, figures),
            ),
            complete=_is_complete(one, named),
        )


def _figures_named(
    one: Proposition, named: Mapping[int, str], figures: Sequence[FoundFigure]
) -> Iterator[Figure]:
    """ "One in ten said they had left": the figure that "they" brings into the claim."""
    words = " ".join(named[t.i] for t in one.subject if t.i in named)
    for found in figures:
        if words and found.figure.surface in words:
            yield found.figure


def _unnamed(one: Proposition, meant: Mapping[int, str]) -> dict[int, str]:
    """What the pronouns of a proposition stand for, but for what it names itself."""
    own = " ".join(t.text for t in one.tokens)
    named: dict[int, str] = {}
    for token in one.tokens:
        words = meant.get(token.i)
        if (
            words is not None
            and words.removesuffix("’s") not in own
            and words not in named.values()
        ):
            named[token.i] = words
    return named


def _without_speaker(one: Proposition, given: Attribution | None) -> Proposition:
    """The proposition without the speaker that a headline ends or begins with."""
    if given is None or given.cue is not None or given.words:
        return one
    if all(t.i in given.scope for t in one.body):
        return one
    body = trimmed(t for t in one.body if t.i in given.scope)
    return replace(one, body=body) if body else one


def _attribution(one: Proposition, said: Sequence[Attribution]) -> Attribution | None:
    """The innermost attribution whose scope holds the head of the proposition.

    Of "reported 40 cases" the verb itself is the head, and its scope the figure.
    """
    around = [a for a in said if one.head.i in a.scope]
    if reports_figure(one.head):
        around += [a for a in said if a.cue == one.head.i]
    return min(around, key=lambda a: len(a.scope), default=None)


def _evidence(one: Proposition, given: Attribution | None, parsed: Parsed) -> tuple[int, int]:
    """From the first to the last word that carries the claim, attribution included."""
    spans = [parsed.span(t) for t in one.tokens]
    if given is not None and given.words:
        spans += [parsed.span(parsed.doc[i]) for i in given.words]
    return min(s for s, _ in spans), max(e for _, e in spans)


def _is_statement(one: Proposition) -> bool:
    """Whether a headline or subhead says that something happened, and is no mere label."""
    first, last = one.tokens[0], one.tokens[-1]
    opens = first.i <= 1 or first.nbor(-1).text == ":"
    if opens and first.lower_ in _ASKING and first.tag_ in ("WRB", "WP"):
        return False  # "How the bridge was built"
    if last.lower_ in _LABELLING and last.tag_ in ("VBN", "VBD") and not last.nbor(-1).is_punct:
        return False  # "The bridge explained"
    verbal = any(t.pos_ in ("VERB", "AUX") for t in one.tokens)
    told = any(t.dep_ in ("nsubj", "nsubjpass") or t.like_num for t in one.tokens)
    return verbal and told and len(one.tokens) > (2 if _is_clause(one) else 3)


def _is_bare_label(one: Proposition) -> bool:
    """ "Ada Brook at the port in May": a caption that says who it shows, and nothing of them."""
    return not any(t.pos_ in ("VERB", "AUX", "NUM") or t.tag_ == "VBN" for t in one.tokens)


def _is_clause(one: Proposition) -> bool:
    """Whether a few words of a heading are a clause of their own: "lines come down"."""
    verbs = {one.head.tag_, *(t.tag_ for t in one.head.children if t.dep_ in ("aux", "auxpass"))}
    first = min(one.tokens, key=lambda t: t.i)
    opens = first.i == 0 or first.nbor(-1).dep_ in ("mark", "cc") or first.nbor(-1).text in ",;:"
    own = any(t.head == one.head and t.dep_ in ("nsubj", "nsubjpass") for t in one.subject)
    return own and opens and bool(verbs & {"VBZ", "VBP", "VBD"})


_ASKING = frozenset(["how", "why", "what", "where", "when", "who"])
_LABELLING = frozenset(["explained", "revealed", "exposed", "ranked", "compared", "debunked"])


_POINTING = frozenset(
    """he she it they him them hers theirs we us our ours i me my you your this these those that
    here there such""".split()
)
_OWNING = frozenset(["his", "her", "its", "their"])
_UNFINISHED = frozenset(
    ["acl", "appos", "amod", "advmod", "including", "pcomp", "xcomp", "partitive"]
)


def _is_complete(one: Proposition, meant: Mapping[int, str]) -> bool:
    """Whether the words stand alone: own subject, own finite verb, nothing that points."""
    head = one.head
    if one.kind in _UNFINISHED or not one.subject:
        return False
    finite = {head.tag_, *(t.tag_ for t in head.children)} & {"VBD", "VBZ", "VBP", "MD"}
    if not finite or any(_points(t, one) for t in one.tokens if t.i not in meant):
        return False
    return not _is_bare(one.subject)


def _points(word: Token, one: Proposition) -> bool:
    """Whether a word goes back to something that the part does not name itself."""
    if word.lower_ in _OWNING:
        return not any(t.pos_ in ("NOUN", "PROPN") and t.i < word.i for t in one.tokens)
    if word.tag_ == "WP$":
        return True
    pointing = word.lower_ in _POINTING and word.pos_ in ("PRON", "DET", "ADV")
    return pointing and word.dep_ != "expl" and word.tag_ != "WDT"


def _is_bare(subject: Sequence[Token]) -> bool:
    """ "The town", "the two sides": a phrase that only goes back to something."""
    content = [t for t in subject if t.pos_ in ("NOUN", "PROPN", "ADJ", "VERB")]
    definite = subject[0].lower_ in ("the", "both", "some", "most", "many", "all", "others")
    return definite and len(content) <= 1 and not any(t.pos_ == "PROPN" for t in content)
