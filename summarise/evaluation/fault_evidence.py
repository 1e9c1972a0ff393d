"""Faults of place: evidence, main text, and the surfaces of periods and figures."""

from __future__ import annotations

from collections.abc import Iterator

from summarise.evaluation.fault import Fault, Labels, held, plain, tag_in
from summarise.evaluation.gold import Place
from summarise.records import Claim, Span

_UNCLAIMED = 300
"""Characters of main text from which on a stretch without a claim is worth a look."""


def evidence_faults(claim: Claim, labels: Labels) -> Iterator[Fault]:
    """Evidence that is missing, misplaced or badly cut."""
    if not claim.evidence:
        message = "no evidence"
        yield Fault("no-evidence", claim.id, "evidence", message, "add the span that carries it")
    for number, span in enumerate(claim.evidence):
        faults = list(_span_faults(span, labels))
        yield from (_of(claim, f"evidence.{number}", fault) for fault in faults)
        if any(
            span.start < other.end and other.start < span.end for other in claim.evidence[:number]
        ):
            message = f"the span {span.start}-{span.end} overlaps another of this claim"
            mend = "make one span of the two, or take one out"
            yield Fault("evidence-overlap", claim.id, f"evidence.{number}", message, mend)


_Found = tuple[str, str, str]
"""Kind, message, mend."""


def _of(claim: Claim, field: str, found: _Found) -> Fault:
    kind, message, mend = found
    return Fault(kind, claim.id, field, message, mend)


def _span_faults(span: Span, labels: Labels) -> Iterator[_Found]:
    where = f"{span.start}-{span.end}"
    text = labels.text
    if span.start >= span.end:
        state = "is empty" if span.start == span.end else "ends before it starts"
        yield "offsets", f"the span {where} {state}", _place_of(span, text)
    elif text is not None and span.end > len(text):
        message = f"the span {where} ends after the text, which has {len(text):,} characters"
        yield "offsets", message, _place_of(span, text)
    elif text is not None and text[span.start : span.end] != span.quote:
        message = f"the quote {_short(span.quote)} is not the text at {where}"
        yield "misquoted", message, _place_of(span, text)
    elif span.quote:
        yield from _cut_faults(span, labels)
        if not any(start <= span.start and span.end <= end for start, end in labels.main_text):
            message = f"the evidence {_short(span.quote)} at {where} lies outside main_text"
            yield "outside", message, _outside(span, labels.main_text)


def _outside(span: Span, main_text: tuple[Place, ...]) -> str:
    ends = [end for start, end in main_text if start <= span.start < end]
    if ends:
        return f"end it at {ends[0]}, where that stretch of main_text ends, or widen main_text"
    return "quote it from the article proper, or widen main_text if this belongs to it"


def _cut_faults(span: Span, labels: Labels) -> Iterator[_Found]:
    quote, text = span.quote, labels.text
    if quote != quote.strip():
        left = len(quote) - len(quote.lstrip())
        right = len(quote) - len(quote.rstrip())
        message = f"the quote {_short(quote)} starts or ends with blanks"
        yield "blanks", message, f"write {span.start + left}-{span.end - right}"
    if tag := tag_in(quote):
        message = f"the quote {_short(quote)} holds the tag {tag!r:.60}"
        yield "tag", message, "write a span for each side of the tag"
    if text is not None and (whole := _whole_words(span.start, span.end, text)) != (
        span.start,
        span.end,
    ):
        message = f"the quote {_short(quote)} is cut inside a word"
        cut = text[slice(*whole)]
        yield "inside-word", message, f"write {whole[0]}-{whole[1]}, {_short(cut)}"


def _whole_words(start: int, end: int, text: str) -> Place:
    """The stretch widened to the ends of the words that it cuts."""
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def _place_of(span: Span, text: str | None) -> str:
    """What to write for a span that is not where it says."""
    if text is None or not span.quote.strip():
        return "write the offsets of the words in the article's file, end exclusive"
    places = _all(text, span.quote)
    if places:
        start = min(places, key=lambda place: abs(place - span.start))
        return f"it stands at {start}-{start + len(span.quote)}: write those"
    from rapidfuzz.fuzz import partial_ratio_alignment

    near = partial_ratio_alignment(span.quote, text)
    if near is None or near.score < 50:
        return "these words are nowhere in the text: quote the file as it is"
    start, end = _whole_words(near.dest_start, near.dest_end, text)
    return f"the nearest words are {_short(text[start:end])} at {start}-{end}"


def _all(text: str, quote: str) -> list[int]:
    places, at = [], text.find(quote)
    while at >= 0:
        places.append(at)
        at = text.find(quote, at + 1)
    return places


def surface_faults(claim: Claim, labels: Labels) -> Iterator[Fault]:
    """Words of a period or of a figure that do not stand in the claim's evidence."""
    words = held(claim)
    if not words:
        return
    parts = [(f"quantities.{n}.surface", part.surface) for n, part in enumerate(claim.quantities)]
    parts += [("time.surface", claim.time.surface)] if claim.time else []
    for field, surface in parts:
        if not surface or plain(surface) in words:
            continue
        at = -1 if labels.text is None else labels.text.find(surface)
        elsewhere = f" (it stands at {at}-{at + len(surface)})" if at >= 0 else ""
        message = f"{surface!r} is not in the evidence{elsewhere}"
        mend = "add the span that holds it, or write the words of the evidence"
        yield Fault("surface", claim.id, field, message, mend)


def main_text_faults(labels: Labels) -> Iterator[Fault]:
    """Stretches that are reversed, out of the file, unordered, overlapping, or without a claim."""
    last = 0
    for number, (start, end) in enumerate(labels.main_text):
        field, where = f"main_text.{number}", f"{start}-{end}"
        if start >= end:
            message = f"the stretch {where} is empty or ends before it starts"
            yield Fault("main-text", None, field, message, "write [start, end], end exclusive")
        elif labels.text is not None and end > len(labels.text):
            message = f"the stretch {where} ends after the text ({len(labels.text):,} characters)"
            yield Fault("main-text", None, field, message, f"end it at {len(labels.text)}")
        elif start < last:
            message = f"the stretch {where} starts before the one before it ends, at {last}"
            mend = "write the stretches in order, and none over another"
            yield Fault("main-text", None, field, message, mend)
        last = max(last, end)
    yield from _unclaimed(labels)


def _unclaimed(labels: Labels) -> Iterator[Fault]:
    mend = "label its claims, or take it out of main_text if it is page noise"
    if not labels.main_text:
        message = "no main text"
        yield Fault("no-main-text", None, "main_text", message, "write where the article stands")
        return
    spans = [(span.start, span.end) for claim in labels.claims for span in claim.evidence]
    if not spans:
        yield Fault("no-claims", None, "claims", "main text with no claim at all", mend, "warning")
        return
    for number, (start, end) in enumerate(labels.main_text):
        if end - start >= _UNCLAIMED and not any(a < end and start < b for a, b in spans):
            message = f"the stretch {start}-{end} of main_text holds no evidence of any claim"
            yield Fault("no-claims", None, f"main_text.{number}", message, mend, "warning")


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:57] + "...")
