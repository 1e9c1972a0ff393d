"""Checks a claim against the words that carry it: `verify(claim, article)`.

Deterministic, and made for anyone's claims. Each check is a pure function from a claim and the
scope of its evidence to reasons; a claim with no reason against it is `supported`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from summarise.language.checks.dates import time_reasons
from summarise.language.checks.figures import figure_reasons
from summarise.language.checks.names import name_reasons
from summarise.language.checks.sources import source_reasons
from summarise.language.checks.statement import certainty_reasons, negation_reasons, overlap_reasons
from summarise.language.passages import Passage, Passages, Scope
from summarise.records import Article, Claim, Span

Check = Callable[[Claim, Passage, Scope, Passages], Iterator[str]]

_CHECKS: tuple[Check, ...] = (
    figure_reasons,
    time_reasons,
    name_reasons,
    negation_reasons,
    certainty_reasons,
    source_reasons,
    overlap_reasons,
)


def verify(claim: Claim, article: Article) -> Claim:
    """The claim with its verdict, and the reasons where it is `unsupported`."""
    return Verifier(article).check(claim)


class Verifier:
    """Checks many claims against one article, which it reads once."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self._passages = Passages(article)
        self._passages.prepare()

    def check(self, claim: Claim) -> Claim:
        """The claim with its verdict, and the reasons where it is `unsupported`."""
        reasons = list(dict.fromkeys(self._reasons(claim)))
        verdict = "unsupported" if reasons else "supported"
        return claim.model_copy(update={"verdict": verdict, "reasons": tuple(reasons)})

    def _reasons(self, claim: Claim) -> Iterator[str]:
        yield from evidence_reasons(claim, self.article)
        good = tuple(
            (span.start, span.end) for span in claim.evidence if _is_verbatim(span, self.article)
        )
        if not good:
            return
        scope = self._passages.scope(good)
        said = Passage(claim.text, self.article.published)
        for check in _CHECKS:
            yield from check(claim, said, scope, self._passages)


def _is_verbatim(span: Span, article: Article) -> bool:
    return bool(span.quote) and article.raw[span.start : span.end] == span.quote


def evidence_reasons(claim: Claim, article: Article) -> Iterator[str]:
    """Evidence that is missing, misquoted, or no part of the article proper."""
    if not claim.evidence:
        yield "the claim has no evidence"
    for span in claim.evidence:
        if not span.quote.strip():
            yield f"the evidence at {span.start}-{span.end} is empty"
        elif not _is_verbatim(span, article):
            yield _misquoted(span, article)
        elif not any(start <= span.start and span.end <= end for start, end in article.main_text):
            yield f"the evidence {_short(span.quote)} lies outside the main text of the article"


def _misquoted(span: Span, article: Article) -> str:
    there = article.raw[span.start : span.end]
    found = article.raw.find(span.quote)
    if found >= 0:
        where = f"it stands at {found}-{found + len(span.quote)}"
    else:
        where = f"the article has {_short(there)} there, and the quote nowhere"
    return f"the evidence {_short(span.quote)} is not verbatim at {span.start}-{span.end}: {where}"


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:57] + "...")
