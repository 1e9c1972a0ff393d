"""The data that flows through `summarise`: frozen records, each with offsets into the raw input.

Offsets are Python string indexes into the raw input as read (newlines untouched), end exclusive.
What each claim field means is said in `docs/claims.md`.
"""

from __future__ import annotations

from datetime import date
from html import escape
from typing import Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
)

Certainty = Literal["certain", "probable", "possible"]
Polarity = Literal["positive", "negative"]
Verdict = Literal["supported", "unsupported"]
UnitKind = Literal["headline", "sentence", "item", "caption"]
FactKind = Literal["figure", "event", "statement"]
FactState = Literal["agreed", "disputed", "updated", "single"]
RelationKind = Literal[
    "agrees", "refines", "updates", "conflicts", "attribution-conflict", "different"
]


class Record(BaseModel):
    """Base of every record: immutable, and a wrong field name is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Record):
    """A verbatim stretch of the raw input: `raw[start:end] == quote`."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str


class Period(Record):
    """When what is claimed happens: ISO dates, both inclusive; null where that side is open."""

    surface: str
    start: date | None = None
    end: date | None = None


class Figure(Record):
    """A figure as bounds: exact when low == high; "over" has no high, "up to" no low."""

    surface: str
    low: int | float | None = None
    high: int | float | None = None
    unit: str = ""
    approx: bool = False

    @model_serializer(mode="wrap")
    def _leave_out_plain(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """`approx` is written only where it is true, as in gold files."""
        data: dict[str, Any] = handler(self)
        if not self.approx:
            data.pop("approx", None)
        return data


class Claim(Record):
    """One checkable proposition of an article, with the words that carry it."""

    id: str
    text: str
    evidence: tuple[Span, ...] = ()
    source: str | None = None
    via: tuple[str, ...] = ()
    certainty: Certainty = "certain"
    polarity: Polarity = "positive"
    time: Period | None = None
    quantities: tuple[Figure, ...] = ()
    verdict: Verdict | None = None
    reasons: tuple[str, ...] = ()


class Sentence(Record):
    """A unit of the main text: `view[start:end]` of its article, headlines and items included.

    `text` is what the words say (markup and line folds taken out of `view[start:end]`); `number`
    counts from 1 in the order of the article; `paragraph` numbers the block it stands in.
    """

    number: int
    start: int
    end: int
    text: str
    kind: UnitKind = "sentence"
    paragraph: int = 0


class Article(Record):
    """An article as read.

    `raw` is the untouched input. `view` is what a reader sees, of the same length as `raw`, so
    that one offset serves both: for text input it is `raw` itself; for HTML every markup
    character is replaced by a blank or `MARKUP`. `main_text` lists the stretches that are the
    article; the rest is page noise.
    """

    id: str
    title: str | None = None
    outlet: str | None = None
    published: date | None = None
    sha256: str
    main_text: tuple[tuple[int, int], ...]
    raw: str = Field(default="", exclude=True, repr=False)
    view: str = Field(default="", exclude=True, repr=False)


MARKUP = "\x1f"
"""Stands in `Article.view` for a character of inline markup: it is read over, never shown."""


NO_CLAIM = "no claim"
"""What the ledger says of a sentence that holds none; every other line is of a failure."""


class LedgerLine(Record):
    """What became of a stretch that gave no claim: nothing vanishes without a reason."""

    where: tuple[int, int] | None
    what: str
    why: str


class Run(Record):
    """How an extraction was made: model, prompt, and what it cost.

    `calls` counts every attempt; `retries` of them failed and were made again, and `invalid`
    brought an answer that could not be used. `unmetered` calls may have cost tokens that the server
    did not tell: no count holds them. Where it was `replayed` from a recording, tokens and
    `seconds` are those of the recording (0.0 where it does not tell).
    """

    model: str
    prompt: str
    prompt_sha256: str
    calls: int = 0
    retries: int = 0
    invalid: int = 0
    unmetered: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    seconds: float = 0.0
    replayed: bool = False


class Extraction(Record):
    """The claims of one article, the ledger of what gave none, and how the run went."""

    article: Article
    claims: tuple[Claim, ...]
    ledger: tuple[LedgerLine, ...]
    run: Run

    def __repr__(self) -> str:
        """The claims a line each, so that a console shows what was found."""
        unsupported = sum(claim.verdict == "unsupported" for claim in self.claims)
        name = self.article.title or self.article.id
        head = f"<Extraction of {name!r}: {len(self.claims)} claims, {unsupported} unsupported>"
        return "\n".join([head, *(_line(claim) for claim in self.claims)])

    __str__ = __repr__

    def _repr_html_(self) -> str:
        """A table for notebooks; whatever the article holds is escaped."""
        rows = "".join(
            f"<tr><td>{escape(claim.id)}</td><td>{escape(claim.text)}</td>"
            f"<td>{escape(claim.source or '')}</td><td>{escape(claim.verdict or '')}</td></tr>"
            for claim in self.claims
        )
        head = "<tr><th>id</th><th>claim</th><th>source</th><th>verdict</th></tr>"
        title = escape(self.article.title or self.article.id)
        return f"<table><caption>{title}</caption>{head}{rows}</table>"


class FigureRow(Record):
    """One figure that answers the question of a fact: value and bounds, who gives it, as of when.

    `claim` names the claim as "ARTICLE#cNN". `as_of` is the day up to which the figure counts: the
    publish date; but the end of the claim's own period where the periods of the fact end on several
    days, or where that period has no start ("by Friday") or the article no date; null where neither
    is known.
    """

    claim: str
    article: str
    figure: Figure
    source: str | None = None
    via: tuple[str, ...] = ()
    as_of: date | None = None


class Fact(Record):
    """What several claims state about the same thing, period and place; or one claim alone.

    `text` names it neutrally. `claims` are named "ARTICLE#cNN", in the order of the articles.
    `witnesses` counts the articles that tell it, copies of one another as one. `state`: `disputed`
    where two of its claims conflict, else `updated` where one updates another, else `agreed` where
    it has two witnesses or sources, else `single`. `figures` is empty where none is in question.
    """

    id: str
    text: str
    kind: FactKind
    state: FactState
    claims: tuple[str, ...]
    witnesses: int = Field(ge=1)
    figures: tuple[FigureRow, ...] = ()


class Relation(Record):
    """How claim `a` stands to claim `b`, and why.

    `agrees`: the same, in other words or inside rounding. `refines`: `a` lies inside the bounds of
    `b` and is more exact. `updates`: `a` is the later word of the source of `b`. `conflicts`: both
    cannot hold. `attribution-conflict`: the same figure, given to different bodies. `different`:
    they look alike and are not the same thing; all others hold inside one fact. `by` is `model`
    where the rules left the pair open and a model was asked.
    """

    a: str
    b: str
    relation: RelationKind
    why: str
    by: Literal["rules", "model"] = "rules"


class Copies(Record):
    """Articles that are copies of one text: one witness. `share` is how much of it they share."""

    articles: tuple[str, ...]
    share: float = Field(ge=0, le=1)
    why: str


STORY_VERSION: Literal[1] = 1


class Story(Record):
    """Several articles on one story: their claims lined up as facts, with how they relate.

    A claim is named "ARTICLE#cNN" after the id of its article, which is unique within the story.
    Every supported claim is in exactly one fact, an unsupported one in the ledger.
    """

    version: Literal[1] = STORY_VERSION
    extractions: tuple[Extraction, ...]
    facts: tuple[Fact, ...]
    relations: tuple[Relation, ...] = ()
    copies: tuple[Copies, ...] = ()
    ledger: tuple[LedgerLine, ...] = ()
    run: Run

    def claim(self, name: str) -> Claim:
        """The claim of that name ("ARTICLE#cNN"); raises KeyError where there is none."""
        article, _, number = name.rpartition("#")
        for extraction in self.extractions:
            if extraction.article.id == article:
                for claim in extraction.claims:
                    if claim.id == number:
                        return claim
        raise KeyError(name)


class BriefSentence(Record):
    """A sentence of a brief, the claims that it cites, and what `verify` says of it.

    `how` it came about: `composed` by the program from its facts, `rewritten` once by the model, or
    the text of its `claim`, word for word.
    """

    text: str
    claims: tuple[str, ...] = Field(min_length=1)
    facts: tuple[str, ...] = ()
    disputed: bool = False
    how: Literal["composed", "rewritten", "claim"] = "composed"
    verdict: Verdict = "supported"
    reasons: tuple[str, ...] = ()


class Brief(Record):
    """A short text of cited sentences. `words` is the length asked for; the ledger says what was
    left out for its length or failed its check."""

    version: Literal[1] = STORY_VERSION
    title: str
    words: int = Field(gt=0)
    sentences: tuple[BriefSentence, ...]
    ledger: tuple[LedgerLine, ...] = ()
    run: Run

    @property
    def text(self) -> str:
        """The sentences as running text."""
        return " ".join(sentence.text for sentence in self.sentences)


def _line(claim: Claim) -> str:
    source = f" [{claim.source}]" if claim.source else ""
    verdict = f" ({claim.verdict}: {'; '.join(claim.reasons)})" if claim.reasons else ""
    line = f"  {claim.id} {claim.text}{source}{verdict}"
    return "".join(char if char.isprintable() else " " for char in line)
