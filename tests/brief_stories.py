"""Small invented stories for briefs: articles, the claims in them, facts and relations."""

from __future__ import annotations

from datetime import date
from typing import Any

from summarise.records import (
    Article,
    Claim,
    Extraction,
    Fact,
    FactState,
    Figure,
    FigureRow,
    Relation,
    RelationKind,
    Run,
    Span,
    Story,
)

RUN = Run(model="invented", prompt="none", prompt_sha256="")


def figure(surface: str, low: float | None, high: float | None, unit: str = "") -> Figure:
    """A figure with its bounds."""
    return Figure(surface=surface, low=low, high=high, unit=unit)


def article(name: str, text: str, outlet: str | None = None, day: int = 4) -> Article:
    """An article that is main text from end to end, titled by its first line."""
    return Article(
        id=name,
        title=text.split("\n")[0],
        outlet=outlet,
        published=date(2025, 3, day),
        sha256="0" * 64,
        main_text=((0, len(text)),),
        raw=text,
        view=text,
    )


def claim(told: Article, number: int, text: str, quote: str, **fields: Any) -> Claim:
    """A claim whose evidence is `quote`, found in its article."""
    start = told.raw.index(quote)
    span = Span(start=start, end=start + len(quote), quote=quote)
    return Claim(id=f"c{number:02d}", text=text, evidence=(span,), **fields)


def story(*extractions: tuple[Article, list[Claim]], **parts: Any) -> Story:
    """A story; without `facts` each claim is a fact of its own."""
    made = [
        Extraction(article=one, claims=tuple(claims), ledger=(), run=RUN)
        for one, claims in extractions
    ]
    alone = [fact(name, [name]) for name in names(made)]
    return Story(extractions=tuple(made), run=RUN, **{"facts": tuple(alone), **parts})


def names(extractions: list[Extraction]) -> list[str]:
    """The names of all claims."""
    return [f"{one.article.id}#{claim.id}" for one in extractions for claim in one.claims]


def fact(
    name: str, claims: list[str], state: FactState = "single", rows: Any = (), witnesses: int = 1
) -> Fact:
    """A fact of those claims; `rows` are pairs of a claim's name and its figure with a source."""
    figures = tuple(
        FigureRow(claim=of, article=of.split("#")[0], figure=one, source=source)
        for of, one, source in rows
    )
    return Fact(
        id=name,
        text=name,
        kind="figure" if figures else "event",
        state=state,
        claims=tuple(claims),
        witnesses=witnesses,
        figures=figures,
    )


def relation(a: str, kind: RelationKind, b: str) -> Relation:
    """How one claim stands to another."""
    return Relation(a=a, b=b, relation=kind, why="invented")


HERALD = article(
    "herald",
    "Ferry sinks off Orsk\n\n"
    "At least 40 people drowned when the ferry Tessaly sank off Orsk on Monday, Mayor Ada Brook "
    "said. The harbour was closed. The coast guard said 12 people had drowned.\n",
    outlet="The Herald",
)
POST = article(
    "post",
    "Ferry toll rises\n\n"
    "The ferry Tessaly sank off Orsk. At least 55 people drowned, Mayor Ada Brook said on "
    "Wednesday. The rescue union said 12 had drowned. The owner had not checked the hull.\n",
    outlet="The Post",
    day=6,
)
FORTY, TWELVE = figure("At least 40", 40, None, "people"), figure("12", 12, 12, "people")
LATER = figure("At least 55", 55, None, "people")
DROWNED = claim(
    HERALD, 1, "At least 40 people drowned when the ferry Tessaly sank off Orsk on Monday.",
    "At least 40 people drowned when the ferry Tessaly sank off Orsk on Monday, Mayor Ada Brook "
    "said", source="Ada Brook", quantities=(FORTY,),
)  # fmt: skip
CLOSED = claim(HERALD, 2, "The harbour of Orsk was closed.", "The harbour was closed.")
FEWER = claim(
    HERALD, 3, "12 people had drowned off Orsk.", "The coast guard said 12 people had drowned",
    source="coast guard", quantities=(TWELVE,),
)  # fmt: skip
SANK = claim(POST, 1, "The ferry Tessaly sank off Orsk.", "The ferry Tessaly sank off Orsk.")
MORE = claim(
    POST, 2, "At least 55 people drowned off Orsk.",
    "At least 55 people drowned, Mayor Ada Brook said on Wednesday",
    source="Ada Brook", quantities=(LATER,),
)  # fmt: skip
UNION = claim(
    POST, 3, "12 people had drowned off Orsk.", "The rescue union said 12 had drowned",
    source="rescue union", quantities=(TWELVE,),
)  # fmt: skip
UNCHECKED = claim(
    POST, 4, "The owner of the ferry Tessaly had not checked the hull.",
    "The owner had not checked the hull.", polarity="negative",
)  # fmt: skip
BOTH = ((HERALD, [DROWNED, CLOSED, FEWER]), (POST, [SANK, MORE, UNION, UNCHECKED]))

DISPUTED = story(
    *BOTH,
    facts=(
        fact(
            "dead",
            ["herald#c01", "herald#c03", "post#c02"],
            "disputed",
            [
                ("herald#c01", FORTY, "Ada Brook"),
                ("herald#c03", TWELVE, "coast guard"),
                ("post#c02", LATER, "Ada Brook"),
            ],
            witnesses=2,
        ),
    ),
    relations=(
        relation("herald#c01", "conflicts", "herald#c03"),
        relation("post#c02", "updates", "herald#c01"),
    ),
)
UPDATED = DISPUTED.model_copy(
    update={
        "facts": (
            fact(
                "dead",
                ["herald#c01", "post#c02"],
                "updated",
                [("herald#c01", FORTY, "Ada Brook"), ("post#c02", LATER, "Ada Brook")],
                witnesses=2,
            ),
        ),
    }
)
ATTRIBUTED = story(
    *BOTH,
    facts=(
        fact(
            "dead",
            ["herald#c03", "post#c03"],
            "disputed",
            [("herald#c03", TWELVE, "coast guard"), ("post#c03", TWELVE, "rescue union")],
            witnesses=2,
        ),
    ),
    relations=(relation("herald#c03", "attribution-conflict", "post#c03"),),
)
SAID_OF_IT = article(
    "gazette",
    "Who was to blame\n\nThe hull was sound, the owner said. Ada Brook said it was not.\n",
)
ACCOUNTS = story(
    (
        SAID_OF_IT,
        [
            claim(SAID_OF_IT, 1, "The hull was sound.", "The hull was sound, the owner said",
                  source="owner"),
            claim(SAID_OF_IT, 2, "The hull was not sound.", "Ada Brook said it was not",
                  source="Ada Brook", polarity="negative"),
        ],
    ),
    facts=(fact("hull", ["gazette#c01", "gazette#c02"], "disputed"),),
    relations=(relation("gazette#c01", "conflicts", "gazette#c02"),),
)  # fmt: skip
