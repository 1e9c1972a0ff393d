"""Checks a claim against the words that carry it: `verify(claim, article)`.

Deterministic, and made for anyone's claims. Each check is a pure function from a claim and the
scope of its evidence to reasons; a claim with no reason against it is `supported`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from summarise.errors import RecordError
from summarise.language.checks.dates import time_reasons
from summarise.language.checks.figures import figure_reasons
from summarise.language.checks.names import name_reasons
from summarise.language.checks.sources import source_reasons
from summarise.language.checks.statement import certainty_reasons, negation_reasons, overlap_reasons
from summarise.language.passages import Passage, Passages, Scope
from summarise.records import Article, Claim, Figure, Period, Span

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


def load_claims(path: str | Path) -> list[Claim]:
    """Claims from a gold file, an extraction, or a bare list; unknown fields are passed over.

    Raises RecordError, which names the file, the claim and the field, where a claim is malformed.
    """
    where = Path(path)
    try:
        data = json.loads(where.read_text(encoding="utf-8"))
    except OSError as error:
        raise RecordError(f"cannot read {str(where)!r}: {error.strerror or error}") from error
    except ValueError as error:
        raise RecordError(
            f"{str(where)!r} is not JSON ({error}); expected a list of claims, or an object with "
            "a list under 'claims'"
        ) from error
    return [_claim(where, number, item) for number, item in enumerate(_items(where, data), 1)]


def _items(where: Path, data: object) -> list[object]:
    items = data.get("claims") if isinstance(data, dict) else data
    if isinstance(items, list):
        return items
    fields = f"fields {sorted(data)!r}" if isinstance(data, dict) else type(data).__name__
    raise RecordError(
        f"{str(where)!r} holds no list of claims (found {fields}); expected a list, or an object "
        "with a list under 'claims'"
    )


def _claim(where: Path, number: int, item: object) -> Claim:
    if not isinstance(item, dict):
        raise RecordError(
            f"{str(where)!r}, claim number {number}: expected an object, got {item!r:.60}"
        )
    fields = _known(item, Claim.model_fields)
    name = fields.setdefault("id", f"c{number:02d}")
    for field, record in (("evidence", Span), ("quantities", Figure)):
        if isinstance(fields.get(field), list):
            fields[field] = [_known(part, record.model_fields) for part in fields[field]]
    fields["time"] = _known(fields.get("time"), Period.model_fields)
    try:
        return Claim.model_validate(
            {key: value for key, value in fields.items() if value is not None}
        )
    except ValidationError as error:
        fault = error.errors()[0]
        field = ".".join(str(part) for part in fault["loc"]) or "claim"
        raise RecordError(
            f"{str(where)!r}, claim {name!r}, field {field!r}: {fault['msg']} "
            f"(got {fault['input']!r:.80})"
        ) from error


def _known(part: Any, fields: dict[str, Any]) -> Any:
    """A JSON object without the fields that the record does not have; anything else as it is."""
    if not isinstance(part, dict):
        return part
    return {key: value for key, value in part.items() if key in fields}
