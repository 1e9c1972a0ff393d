"""An invented story of three articles on a ferry, with every kind of relation, and its brief."""

from __future__ import annotations

from datetime import date

from summarise.records import (
    Article,
    Brief,
    BriefSentence,
    Claim,
    Copies,
    Extraction,
    Fact,
    Figure,
    FigureRow,
    LedgerLine,
    Period,
    Relation,
    Run,
    Span,
    Story,
)

HOSTILE = [
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} {% raw %}",
    "<b>bold</b> & \"quoted\" 'words' `ticks`",
    "\u202eright to left\x1b[31m",
    "مرحبا 🚢 שלום",
]
RUN = Run(model="small", prompt="extract.v1", prompt_sha256="0" * 64, calls=2, input_tokens=1200)
NO_MODEL = Run(model="", prompt="", prompt_sha256="")
TEXTS = {
    "radio": "Ferry sinks.\n\nMayor Ada Brook said 40 people drowned. The pier is closed.",
    "post": "Ferry sinks.\n\nMayor Ada Brook said 40 people drowned. The pier is closed. Read on.",
    "dennik": "At least 52 died, the coast guard said. Later it said 55. Divers found a bell.",
}
PUBLISHED = {"radio": date(2025, 3, 4), "post": None, "dennik": date(2025, 3, 6)}


def claim(
    article: str,
    name: str,
    quote: str,
    text: str = "",
    texts: dict[str, str] = TEXTS,
    **more: object,
) -> Claim:
    """A supported claim whose evidence is `quote`, found in its article."""
    start = texts[article].index(quote)
    fields: dict[str, object] = {
        "id": name,
        "text": text or quote,
        "evidence": (Span(start=start, end=start + len(quote), quote=quote),),
        "verdict": "supported",
        **more,
    }
    return Claim.model_validate(fields)


def extraction(article: str, *claims: Claim, text: str | None = None) -> Extraction:
    """The extraction of an article that is main text from end to end."""
    raw = TEXTS[article] if text is None else text
    return Extraction(
        article=Article(
            id=article,
            title=f"The ferry, by {article}",
            outlet=article.title(),
            published=PUBLISHED.get(article),
            sha256="0" * 64,
            main_text=((0, len(raw)),),
            raw=raw,
            view=raw,
        ),
        claims=claims,
        ledger=(LedgerLine(where=(0, 4), what="no claim", why="label"),),
        run=RUN,
    )


def row(name: str, figure: Figure, source: str, as_of: date, *via: str) -> FigureRow:
    """A row of a fact's figures."""
    article = name.split("#")[0]
    return FigureRow(
        claim=name, article=article, figure=figure, source=source, via=via, as_of=as_of
    )


FORTY = Figure(surface="40", low=40, high=40, unit="people drowned")
OVER = Figure(surface="At least 52", low=52, unit="people killed")
LATER = Figure(surface="55", low=55, high=55, unit="people killed")
MARCH_4, MARCH_6 = date(2025, 3, 4), date(2025, 3, 6)

STORY = Story(
    extractions=(
        extraction(
            "radio",
            claim("radio", "c1", "Mayor Ada Brook said 40 people drowned", "40 people drowned.",
                  source="Ada Brook", quantities=(FORTY,)),
            claim("radio", "c2", "The pier is closed."),
        ),
        extraction(
            "post",
            claim("post", "c1", "Mayor Ada Brook said 40 people drowned", "40 people drowned.",
                  source="Ada Brook", via=("Harbour Radio",), quantities=(FORTY,)),
            claim("post", "c2", "The pier is closed."),
        ),
        extraction(
            "dennik",
            claim("dennik", "c1", "At least 52 died, the coast guard said", "At least 52 died.",
                  source="coast guard", quantities=(OVER,), certainty="probable"),
            claim("dennik", "c2", "Later it said 55", "55 died.", source="coast guard",
                  quantities=(LATER,), time=Period(surface="Later", start=MARCH_6, end=MARCH_6)),
            claim("dennik", "c3", "Divers found a bell", "Divers found 7 bells.",
                  verdict="unsupported", reasons=("the evidence has no figure 7",)),
        ),
    ),
    facts=(
        Fact(id="f1", text="The pier is closed.", kind="event", state="agreed",
             claims=("radio#c2", "post#c2"), witnesses=1),
        Fact(
            id="f2", text="A number of people died on the ferry.", kind="figure", state="disputed",
            claims=("radio#c1", "post#c1", "dennik#c1", "dennik#c2"), witnesses=2,
            figures=(
                row("radio#c1", FORTY, "Ada Brook", MARCH_4),
                row("post#c1", FORTY, "Ada Brook", MARCH_4, "Harbour Radio"),
                row("dennik#c1", OVER, "coast guard", MARCH_4),
                row("dennik#c2", LATER, "coast guard", MARCH_6),
            ),
        ),
    ),
    relations=(
        Relation(a="radio#c1", b="post#c1", relation="agrees", why="the same figure"),
        Relation(a="dennik#c1", b="radio#c1", relation="conflicts", why="52 or more against 40"),
        Relation(a="dennik#c2", b="dennik#c1", relation="updates", why="the coast guard, later"),
        Relation(a="radio#c2", b="dennik#c1", relation="different", why="a pier", by="model"),
    ),
    copies=(Copies(articles=("radio", "post"), share=0.94, why="same words"),),
    ledger=(LedgerLine(where=None, what="unsupported", why="dennik#c3"),),
    run=NO_MODEL,
)  # fmt: skip
BRIEF = Brief(
    title="The ferry",
    words=50,
    sentences=(
        BriefSentence(
            text="Ada Brook said 40 people drowned; the coast guard said at least 52.",
            claims=("dennik#c1", "radio#c1"),
            facts=("f2",),
            disputed=True,
        ),
        BriefSentence(text="The pier is closed.", claims=("post#c2",), facts=("f1",)),
    ),
    ledger=(LedgerLine(where=None, what="left out", why="length"),),
    run=NO_MODEL,
)


def hostile(text: str) -> tuple[Story, Brief]:
    """A story in which whatever comes from an article or a model is `text`."""
    texts = {"a": f"{text} said the mayor."}
    made = claim("a", "c1", text, texts=texts, source=text, via=(text,), quantities=(
        Figure(surface=text, low=1, high=1, unit=text), Figure(surface=text, low=4, unit=text)),
        reasons=(text,))  # fmt: skip
    article = Article(
        id="a", title=text, outlet=text, sha256="0" * 64,
        main_text=((0, len(texts["a"])),), raw=texts["a"], view=texts["a"],
    )  # fmt: skip
    rows = tuple(
        FigureRow(claim="a#c1", article="a", figure=one, source=text) for one in made.quantities
    )
    fact = Fact(id=text, text=text, kind="figure", state="disputed", claims=("a#c1",),
                witnesses=1, figures=rows)  # fmt: skip
    line = LedgerLine(where=None, what=text, why=text)
    run = Run(model=text, prompt=text, prompt_sha256="0" * 64)
    story = Story(
        extractions=(Extraction(article=article, claims=(made,), ledger=(line,), run=run),),
        facts=(fact,),
        relations=(Relation(a="a#c1", b="a#c1", relation="conflicts", why=text),),
        ledger=(line,),
        run=run,
    )
    sentence = BriefSentence(text=text, claims=("a#c1",), reasons=(text,), verdict="unsupported")
    return story, Brief(title=text, words=9, sentences=(sentence,), ledger=(line,), run=run)


def without_texts(story: Story) -> Story:
    """The story as it comes back from its JSON: the articles' texts are not part of it."""
    return Story.model_validate_json(story.model_dump_json())


EMPTY = Story(extractions=(), facts=(), run=NO_MODEL)
