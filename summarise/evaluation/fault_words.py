"""Faults of wording: the claim's sentence, who it is from, how sure it is, and doubles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarise.evaluation.fault import Fault, Labels, content_words, held
from summarise.language.names import strip_titles
from summarise.language.words import (
    ASSESSING,
    HEDGES,
    MODALS,
    STOP,
    Word,
    has_negation,
    stem,
    word_set,
    words,
)
from summarise.records import Claim

_STOPS = (".", "!", "?", '."', ".”", ".’", ".'", ".)", "?”", "!”")
_FRAME = re.compile(
    r"\b(?:said|says|told \w+|claimed|claims|reported|reports|added|stated|states) that\b"
    r"|^according to\b|,? according to [^,]+\.$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"^(?:He|She|They|We|I|You|It|His|Her|Their|Our|Its)\b(?![.’'])")
_EXPLETIVE = re.compile(
    r"^It (?:(?:could|may|might|can|will|would|should|has|had)(?: not)? |cannot )?(?:not )?"
    r"(?:is|was|be|been|remains|remained|became|takes|took)\b.*?\b"
    r"(?:that|whether|to|how|who|why|when|what|where|if)\b"
)
_PRONOUNS = word_set("he she they we i you it him her them us")
_NO_DENIAL = word_set("without nor hardly scarcely barely")
"""Negations that seldom deny the claim itself."""
_BARE_TITLES = word_set(
    """president chairman chairwoman chair mayor minister premier governor senator general colonel
    captain major professor doctor judge king queen spokesman spokeswoman spokesperson director
    secretary ambassador commander chancellor mr mrs ms dr"""
)
_DOUBT = re.compile(
    r"\b(?:said to be|set to|too early|hard to say|difficult to say|thinks?|thought|estimates?|"
    r"estimated|seems?|appears?|hopes?|not clear|unclear|questions?|doubts?|about|reportedly|"
    r"alleged\w*|would|should|expects?|expected|potential\w*|can)\b",
    re.IGNORECASE,
)


def text_faults(claim: Claim, _: Labels) -> Iterator[Fault]:
    """A sentence that does not stand alone."""
    text = claim.text
    if not text.rstrip().endswith(_STOPS):
        message = f"the text {_end(text)} has no final stop"
        yield Fault("no-stop", claim.id, "text", message, "end it as a sentence")
    pronoun = _PRONOUN.match(text)
    if pronoun and not _EXPLETIVE.match(text):
        message = f"the text begins with {pronoun.group()!r}, so it does not stand alone"
        yield Fault("pronoun", claim.id, "text", message, "write the name")
    if frame := _FRAME.search(text):
        message = f"the text holds the frame {frame.group().strip(' ,.')!r}"
        mend = (
            "write what was said, and who said it as source; keep it where the saying is the news"
        )
        yield Fault("frame", claim.id, "text", message, mend, "warning")


def source_faults(claim: Claim, labels: Labels) -> Iterator[Fault]:
    """A source that is a title or a pronoun, that the article does not name, or that relays too."""
    if claim.source:
        yield from _name_faults(claim, claim.source, "source", labels)
    for number, name in enumerate(claim.via):
        yield from _name_faults(claim, name, f"via.{number}", labels)
    folded = [name.casefold() for name in claim.via]
    if claim.source and claim.source.casefold() in folded:
        message = f"via holds the source, {claim.source!r}"
        yield Fault("via-source", claim.id, "via", message, "take it out of via")
    if len(set(folded)) < len(folded):
        message = f"via names one twice: {', '.join(claim.via)}"
        yield Fault("via-source", claim.id, "via", message, "name each once")


def _name_faults(claim: Claim, name: str, field: str, labels: Labels) -> Iterator[Fault]:
    bare = strip_titles(name)
    said = set(content_words(bare))
    if said and said <= _PRONOUNS:
        mend = "write the fullest name that the article gives"
        yield Fault("name", claim.id, field, f"{name!r} is a pronoun", mend)
    elif said and said <= _BARE_TITLES:
        message = f"{name!r} is a title without a name"
        mend = "write the fullest name that the article gives"
        yield Fault("title", claim.id, field, message, mend)
    elif "," not in name and len(bare.split()) < len(_without_article(name).split()):
        yield Fault("title", claim.id, field, f"{name!r} has a title", f"write {bare!r}", "warning")
    if labels.text is not None:
        yield from _unnamed(claim, name, field, labels)


def _without_article(name: str) -> str:
    return re.sub(r"^(?:the|an?) ", "", name, flags=re.IGNORECASE)


def _unnamed(claim: Claim, name: str, field: str, labels: Labels) -> Iterator[Fault]:
    wanted = [word for word in content_words(name) if word not in STOP]
    stems = {stem(word) for word in labels.vocabulary}
    missing = [w for w in wanted if w not in labels.vocabulary and stem(w) not in stems]
    if not missing or name.casefold() in labels.shown.casefold():
        return
    gone = len(missing) == len(wanted)
    what = "in the article" if gone else f"all in the article: it has no {missing[0]!r}"
    message = f"the words of {name!r} are not {what}"
    mend = "write the name as the article gives it"
    yield Fault("unnamed", claim.id, field, message, mend, "error" if gone else "warning")


def certainty_faults(claim: Claim, _: Labels) -> Iterator[Fault]:
    """Polarity and certainty that no word of claim or evidence voices."""
    said = words(claim.text)
    if claim.polarity == "negative" and not has_negation(said):
        message = "polarity 'negative', but the text denies nothing"
        mend = "put the negation into the text, or write positive"
        yield Fault("no-negation", claim.id, "polarity", message, mend, "warning")
    cue = next((word.text for word in said if word.cue and word.stem not in _NO_DENIAL), None)
    if claim.polarity == "positive" and cue:
        message = f"polarity 'positive', but the text says {cue!r}"
        mend = "write negative if the claim itself is denied"
        yield Fault("negation", claim.id, "polarity", message, mend, "warning")
    near = f"{claim.text} {held(claim)}"
    if claim.certainty != "certain" and not _voices_doubt(near):
        message = f"certainty {claim.certainty!r}, but no word of the evidence voices doubt"
        mend = "write certain, or add the span that voices it"
        yield Fault("no-doubt", claim.id, "certainty", message, mend, "warning")


def _voices_doubt(text: str) -> bool:
    return bool(_DOUBT.search(text)) or any(map(_is_doubt, words(text)))


def _is_doubt(word: Word) -> bool:
    return word.stem in ASSESSING or word.text.lower() in ASSESSING | HEDGES | MODALS


def double_faults(labels: Labels) -> Iterator[Fault]:
    """Claims that say one thing twice, ids that come twice or out of order."""
    seen: dict[object, str] = {}
    last = ""
    for claim in labels.claims:
        yield from _again(claim, seen)
        if claim.id == last or claim.id in seen.values():
            message = f"the id {claim.id!r} comes twice"
            yield Fault("double-id", claim.id, "id", message, "number the claims c01, c02, ...")
        elif last and _number(claim.id) < _number(last):
            message = f"the id {claim.id!r} comes after {last!r}"
            mend = "number the claims c01, c02, ... as they come"
            yield Fault("id-order", claim.id, "id", message, mend, "warning")
        for key in _keys(claim):
            seen.setdefault(key, claim.id)
        last = claim.id


def _again(claim: Claim, seen: dict[object, str]) -> Iterator[Fault]:
    text, figures = _keys(claim)
    mend = "keep one, with the evidence of both"
    if text in seen:
        message = f"it says the same as {seen[text]!r}, from the same source"
        yield Fault("double", claim.id, "text", message, mend)
    elif figures and figures in seen:
        message = f"it has the evidence and the figures of {seen[figures]!r}"
        yield Fault(
            "double", claim.id, "evidence", message, f"{mend}, if they say one thing", "warning"
        )


def _keys(claim: Claim) -> tuple[object, object]:
    """What two claims that say the same have in common: words and source; evidence and figures."""
    text = (" ".join(content_words(claim.text)), (claim.source or "").casefold())
    spans = tuple(sorted((span.start, span.end) for span in claim.evidence))
    figures = tuple((q.low, q.high, q.unit.casefold()) for q in claim.quantities)
    return text, (spans, figures, claim.source) if spans and figures else None


def _number(name: str) -> tuple[int, str]:
    digits = re.search(r"\d+", name)
    return int(digits.group()) if digits else 0, name


def _end(text: str) -> str:
    return repr(text if len(text) <= 60 else "..." + text[-57:])
