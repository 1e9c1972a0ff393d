"""Invented claims, suites and results that the tests of the harness share."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from summarise.evaluation.gold import Case, Gold
from summarise.evaluation.match import MATCHER
from summarise.evaluation.results import Alone, CaseScore, Pair, Signature
from summarise.evaluation.store import Scores, write_scores
from summarise.records import Claim, Figure, Period, Span


def claim(text: str, *spans: tuple[int, int], name: str = "c01", **fields: Any) -> Claim:
    """A claim with evidence at `spans`."""
    evidence = tuple(Span(start=start, end=end, quote="") for start, end in spans)
    return Claim(id=name, text=text, evidence=evidence, **fields)


def claims(*texts: str) -> list[Claim]:
    """Claims without evidence, numbered."""
    return [claim(text, name=f"c{number:02d}") for number, text in enumerate(texts, 1)]


def figure(surface: str, low: float | None = None, high: float | None = None) -> Figure:
    """A figure; exact where `high` is left out."""
    return Figure(surface=surface, low=low, high=low if high is None else high)


def period(start: str | None, end: str | None = None) -> Period:
    """A period of ISO dates, open where a side is empty."""
    bounds = (date.fromisoformat(day) if day else None for day in (start, end))
    first, last = bounds
    return Period(surface="then", start=first, end=last)


def renamed(given: Iterable[Claim]) -> list[Claim]:
    """The same claims under other ids, their verdicts apart."""
    return [
        one.model_copy(update={"id": f"p{number}", "verdict": "supported"})
        for number, one in enumerate(given)
    ]


# Few words, so that claims are often alike, and every veto has its chance.
_SUBJECTS = ("The ferry", "A ferry", "The Osk council", "Anna Vell", "The union", "Nobody")
_VERBS = (
    "closed", "opened", "did not open", "lost 30 boats", "lost 31 boats", "lost thirty boats",
    "met on Monday", "met on Tuesday", "denied the loss", "rose", "",
)  # fmt: skip
_TAILS = ("in the harbour", "near the old harbour", "at the bridge", "", "…", "🎉", "בנמל")
_DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31))
texts = st.tuples(*map(st.sampled_from, (_SUBJECTS, _VERBS, _TAILS))).map(
    lambda parts: f"{' '.join(part for part in parts if part)}."
)
spans = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 90)).map(
        lambda at: Span(start=40 * at[0], end=40 * at[0] + at[1], quote="")
    ),
    max_size=2,
).map(tuple)
figures = st.lists(
    st.builds(
        Figure,
        surface=st.sampled_from(("30", "31", "thirty")),
        low=st.sampled_from((None, 30, 31, 0.333)),
        high=st.sampled_from((None, 30, 31, 1e300)),
    ),
    max_size=2,
).map(tuple)
some_claims = st.lists(
    st.builds(
        Claim,
        id=st.just("c"),
        text=texts,
        evidence=spans,
        source=st.sampled_from((None, "", "Anna Vell", "the union", "union officials")),
        via=st.lists(st.sampled_from(("Osk Radio", "the union")), max_size=2).map(tuple),
        certainty=st.sampled_from(("certain", "possible")),
        polarity=st.sampled_from(("positive", "negative")),
        time=st.none()
        | st.builds(Period, surface=st.just("then"), start=st.none() | _DAYS, end=_DAYS),
        quantities=figures,
    ),
    max_size=6,
).map(lambda given: [one.model_copy(update={"id": f"c{n}"}) for n, one in enumerate(given)])
"""Up to six claims of one article, often alike."""


# ------------------------------------------------------------------------------------- results

SIGNATURE = Signature(
    suite="osk",
    gold_sha256="a1" * 32,
    cases=1,
    model="m",
    prompt="extract.v1",
    prompt_sha256="b2" * 32,
    sampling="greedy",
    library="1",
    matcher=MATCHER,
)


def case_score(name: str, hits: int = 8, gold: int = 10, **fields: Any) -> CaseScore:
    """A case of which the first `hits` of `gold` claims are matched, and nothing else is found."""
    counts = {"cases": 1.0, "gold": gold, "predicted": gold, "hits": hits, "certainty_right": hits}
    made = [f"c{number:02d}" for number in range(1, gold + 1)]
    pairs = tuple(
        Pair(gold=one, predicted=one, text=f"Text {one}.", similarity=1, reason="words")
        for one in made[:hits]
    )
    missed = tuple(Alone(id=one, text=f"Text {one}.", reason="no words") for one in made[hits:])
    plain = {"status": "scored", "counts": counts, "pairs": pairs, "missed": missed}
    return CaseScore.model_validate({"id": name, "gold_sha256": "g", **plain, **fields})


def stored(path: Path, cases: Sequence[CaseScore], **signature: Any) -> Scores:
    """A file of scores."""
    made = SIGNATURE.model_copy(update={"cases": len(cases), **signature})
    write_scores(path, made, cases)
    return Scores(path)


def suite_of(path: Path, hits: Iterable[int], **signature: Any) -> Scores:
    """A file of scores: a case of ten gold claims for each number of hits."""
    cases = [case_score(f"case-{number:02d}", one) for number, one in enumerate(hits)]
    return stored(path, cases, **signature)


# -------------------------------------------------------------------------------------- suites

FERRY = "The ferry carried 40 people on 4 March.\n\nAda Brook closed the pier.\n\nShare this story"
FIRST, SECOND, NOISE = (0, 39), (41, 67), (69, 85)
MAIN = ((0, 67),)


def quoted(text: str, at: tuple[int, int], name: str, **fields: Any) -> Claim:
    """A claim of `FERRY` with its verbatim evidence."""
    span = Span(start=at[0], end=at[1], quote=FERRY[slice(*at)])
    return Claim(id=name, text=text, evidence=(span,), **fields)


GOLD = (
    quoted(
        "The ferry carried 40 people on 4 March.",
        FIRST,
        "c01",
        source="the harbour office",
        time=Period(surface="on 4 March", start=date(2025, 3, 4), end=date(2025, 3, 4)),
        quantities=(Figure(surface="40", low=40, high=40, unit="people"),),
    ),
    quoted("Ada Brook closed the pier.", SECOND, "c02"),
)


def ferry_case(text: str | None = FERRY, gold: Sequence[Claim] = GOLD, name: str = "ferry") -> Case:
    """The labelled article, with its text or without."""
    return Case(Gold(id=name, main_text=MAIN, claims=tuple(gold)), text)


def as_json(given: Iterable[Claim]) -> list[dict[str, Any]]:
    """Claims as a file has them, without a verdict."""
    return [one.model_dump(mode="json", exclude={"verdict", "reasons"}) for one in given]


def write_json(path: Path, data: object) -> Path:
    """`data` as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data), "utf-8")
    return path


def write_suite(folder: Path, *names: str, toml: str = 'texts = "texts"\n') -> Path:
    """A suite whose cases all have the labelled article."""
    for name in names or ("one", "two"):
        label = {"id": name, "file": f"{name}.txt", "main_text": MAIN, "claims": as_json(GOLD)}
        write_json(folder / "gold" / f"{name}.json", label)
        (folder / "texts").mkdir(exist_ok=True)
        (folder / "texts" / f"{name}.txt").write_text(FERRY, "utf-8")
    (folder / "suite.toml").write_text(toml, "utf-8")
    return folder


RUN = {"model": "m", "prompt": "p", "prompt_sha256": "e3", "calls": 4, "retries": 1, "seconds": 2.0}


def write_predictions(
    folder: Path, given: Mapping[str, Sequence[Claim]], run: Mapping[str, Any] | None = None
) -> Path:
    """A prediction a case."""
    for name, found in given.items():
        told: dict[str, Any] = {"claims": as_json(found)}
        write_json(folder / f"{name}.json", told if run is None else told | {"run": run})
    return folder
