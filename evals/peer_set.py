"""`summarise` and its peers, each asked for the claims of one article in its own way.

Each gives claims in the form of gold files. Periods and figures are not asked of the others, for
each further field makes a small model worse at the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel

from summarise.inputs import Details, read_article
from summarise.pipeline import extract

Gold = dict[str, Any]

OUTPUT_LIMIT = 2048
"""Tokens that a peer may write in one call: a small model that repeats itself would go on."""

PROMPT = (
    "Extract every checkable claim of the news article: each event, figure, state, assessment or "
    "prediction, one proposition each. Leave out navigation, advertising, by-lines and lists of "
    "other stories. `text` is the claim as a complete sentence that stands alone, with names for "
    "pronouns and without the words 'said that'. `source` is the person or body that the article "
    "says the claim is from; it is empty where the article says it itself. `certainty` is certain, "
    "probable (believed, likely, expected) or possible (may, might, could). `polarity` is negative "
    "where the claim denies something."
)


class Shown(NamedTuple):
    """A claim of an example: the words that carry it, and its fields."""

    quote: str
    text: str
    source: str = ""
    certainty: str = "certain"
    polarity: str = "positive"


EXAMPLES: tuple[tuple[str, tuple[Shown, ...]], ...] = (
    (
        "Home Weather Sport\nHarbour bridge to close\nThe harbour bridge in Eastport will close on "
        "Monday for at least three weeks, city engineer Ada Brook told Harbour Radio. About 12,000 "
        "cars use it daily. The repairs could cost up to $4 million, she said.\nMost read",
        (
            Shown(
                "The harbour bridge in Eastport will close on Monday for at least three weeks, "
                "city engineer Ada Brook told Harbour Radio",
                "The harbour bridge in Eastport will close on Monday for at least three weeks.",
                "Ada Brook",
            ),
            Shown(
                "About 12,000 cars use it daily",
                "About 12,000 cars use the harbour bridge in Eastport daily.",
            ),
            Shown(
                "The repairs could cost up to $4 million, she said",
                "The repairs to the harbour bridge could cost up to $4 million.",
                "Ada Brook",
                "possible",
            ),
        ),
    ),
    (
        "The fire is believed to have started in a kitchen, the fire service said. Two families "
        "were taken to a school, but no one was hurt.",
        (
            Shown(
                "The fire is believed to have started in a kitchen, the fire service said",
                "The fire started in a kitchen.",
                "fire service",
                "probable",
            ),
            Shown("Two families were taken to a school", "Two families were taken to a school."),
            Shown("no one was hurt", "No one was hurt in the fire.", polarity="negative"),
        ),
    ),
)


class Case(NamedTuple):
    """An article to read, and what its sheet says of it."""

    path: Path
    details: Details

    @property
    def raw(self) -> str:
        """The text with its newlines untouched, for the offsets count them."""
        return self.path.read_bytes().decode("utf-8")


class Server(NamedTuple):
    """Where the peers ask."""

    base_url: str
    api_key: str
    model: str


Peer = Callable[[Case, Server], list[Gold]]


def gold_claim(
    number: int,
    text: str,
    span: tuple[int, int] | None,
    raw: str,
    fields: Mapping[str, object],
) -> Gold:
    """A claim in the form of gold files; without a span it has no evidence."""
    spans = [{"start": span[0], "end": span[1], "quote": raw[slice(*span)]}] if span else []
    source = str(fields.get("source") or "").strip()
    return {
        "id": f"c{number:02d}",
        "text": text,
        "evidence": spans,
        "source": source or None,
        "via": [],
        "certainty": fields.get("certainty") or "certain",
        "polarity": fields.get("polarity") or "positive",
        "time": None,
        "quantities": [],
    }


def found(quote: str, raw: str) -> tuple[int, int] | None:
    """Where a quote stands in the text, however its blanks and letter case run."""
    words = quote.split()
    if not words:
        return None
    place = re.search(r"\s+".join(map(re.escape, words)), raw, re.IGNORECASE)
    return place.span() if place else None


def summarise(case: Case, server: Server) -> list[Gold]:
    article = read_article(str(case.path), case.details)
    extraction = extract(
        article, model=server.model, base_url=server.base_url, api_key=server.api_key
    )
    return [claim.model_dump(mode="json") for claim in extraction.claims]


def langextract(case: Case, server: Server) -> list[Gold]:
    """Its own chunks, schema and alignment; two examples, at most OUTPUT_LIMIT tokens a chunk."""
    library: Any = import_module("langextract")
    raw = case.raw
    config = library.factory.ModelConfig(
        model_id=server.model,
        provider="OpenAILanguageModel",
        provider_kwargs={
            "base_url": server.base_url,
            "api_key": server.api_key,
            "max_output_tokens": OUTPUT_LIMIT,
            "max_workers": 1,
            "seed": 7,
        },
    )
    document = library.extract(
        raw,
        prompt_description=PROMPT,
        examples=[_langextract_example(library, *example) for example in EXAMPLES],
        config=config,
        temperature=0.0,
        show_progress=False,
    )
    return [
        _of_langextract(number, extraction, raw)
        for number, extraction in enumerate(document.extractions or [], 1)
    ]


def _langextract_example(library: Any, text: str, claims: Sequence[Shown]) -> Any:
    extractions = [
        library.data.Extraction(
            extraction_class="claim",
            extraction_text=claim.quote,
            attributes={
                "text": claim.text,
                "source": claim.source,
                "certainty": claim.certainty,
                "polarity": claim.polarity,
            },
        )
        for claim in claims
    ]
    return library.data.ExampleData(text=text, extractions=extractions)


def _of_langextract(number: int, extraction: Any, raw: str) -> Gold:
    """An extraction whose words were not found in the text has no place: no evidence."""
    place = extraction.char_interval
    aligned = place is not None and place.start_pos is not None and place.end_pos is not None
    span = (place.start_pos, place.end_pos) if aligned else None
    fields = extraction.attributes or {}
    text = str(fields.get("text") or extraction.extraction_text)
    return gold_claim(number, text, span, raw, fields)


class Asked(BaseModel):
    """A claim as plain instructor asks for it."""

    text: str
    quote: str
    source: str | None
    certainty: Literal["certain", "probable", "possible"]
    polarity: Literal["positive", "negative"]


class Claims(BaseModel):
    """All claims of an article."""

    claims: list[Asked]


def instructor(case: Case, server: Server) -> list[Gold]:
    """One prompt for the whole article, one pydantic list back, one more try for a bad answer."""
    library: Any = import_module("instructor")
    openai: Any = import_module("openai")
    raw = case.raw
    client = library.from_openai(
        openai.OpenAI(base_url=server.base_url, api_key=server.api_key),
        mode=library.Mode.JSON_SCHEMA,
    )
    prompt = f"{PROMPT} `quote` is the words of the article that carry the claim, copied exactly."
    answer: Claims = client.chat.completions.create(
        model=server.model,
        response_model=Claims,
        messages=[{"role": "system", "content": prompt}, {"role": "user", "content": raw}],
        max_tokens=OUTPUT_LIMIT,
        max_retries=1,
        temperature=0.0,
        seed=7,
    )
    return [
        gold_claim(number, claim.text, found(claim.quote, raw), raw, claim.model_dump())
        for number, claim in enumerate(answer.claims, 1)
    ]


PEERS: Mapping[str, Peer] = {
    "summarise": summarise,
    "langextract": langextract,
    "instructor": instructor,
}
