"""A claim as one article of a story tells it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from summarise.meaning import Meaning, meaning_of
from summarise.records import Claim, Extraction


@dataclass(frozen=True)
class Told:
    """A claim, the article that tells it, and when that came out.

    `name` is "ARTICLE#cNN". `witness` numbers the article, copies of one text alike. `claim` is
    what is compared; `extracted` is the claim itself where that tells more than its words.
    `headline`: it stands in the title of its article, which the text tells again.
    """

    name: str
    article: str
    claim: Claim
    published: date | None = None
    outlet: str | None = None
    witness: int = 0
    extracted: Claim | None = None
    headline: bool = False

    @property
    def text(self) -> str:
        """The words of the claim itself."""
        return (self.extracted or self.claim).text

    @cached_property
    def meaning(self) -> Meaning:
        """The claim taken apart, once."""
        return meaning_of(self.claim)


def told_by(extractions: Sequence[Extraction], witnesses: Sequence[int]) -> Iterator[Told]:
    """The claims of the extractions that stand on their words, in order."""
    for extraction, witness in zip(extractions, witnesses, strict=True):
        article = extraction.article
        for claim in extraction.claims:
            if claim.verdict != "unsupported":
                name = f"{article.id}#{claim.id}"
                yield Told(
                    name,
                    article.id,
                    claim,
                    article.published,
                    article.outlet,
                    witness,
                    headline=_is_in(claim, article.title),
                )


def _is_in(claim: Claim, title: str | None) -> bool:
    if not title or not claim.evidence:
        return False
    quote = claim.evidence[0].quote.strip()
    return len(quote) <= len(title) and quote in title
