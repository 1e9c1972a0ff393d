"""Makes briefs of articles and stories, and checks their sentences against what they cite.

    python evals/citations.py PRED_DIR TEXTS_DIR [--case NAME] [--story] [--words N] [--read]

PRED_DIR holds extractions as `summarise extract --out` writes them, TEXTS_DIR the articles under
the same names. Printed for each brief: sentences, those that hold, figures that no cited claim
has, and the length against the length asked for; with `--read` also each sentence with its claims.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from summarise import read
from summarise.brief import compose
from summarise.briefing.check import Checker, stray_figures
from summarise.briefing.material import Material
from summarise.evaluation.predictions import Predictions
from summarise.records import Article, Brief, Extraction, Fact, FigureRow, Run, Story


@dataclass
class Tally:
    """Sums over briefs."""

    briefs: int = 0
    sentences: int = 0
    holding: int = 0
    stray: int = 0
    within: int = 0
    short: int = 0


def extraction(predictions: Path, texts: Path, name: str) -> Extraction:
    """The claims of a file with the article that they were read from."""
    import json

    file = next(path for path in sorted(texts.glob(f"{name}.*")) if path.suffix != ".json")
    article = read(file)
    data = json.loads((predictions / f"{name}.json").read_text("utf-8"))
    told = Article.model_validate(data["article"])
    article = article.model_copy(
        update={"published": told.published, "outlet": told.outlet, "title": told.title}
    )
    found = Predictions(predictions).get(name)
    if isinstance(found, str):
        raise SystemExit(f"{name}: {found}")
    run = found.run or Run(model="unknown", prompt="unknown", prompt_sha256="")
    return Extraction(article=article, claims=found.claims, ledger=(), run=run)


def alone(one: Extraction) -> Story:
    """A story of one article, each claim a fact of its own."""
    facts = []
    for number, claim in enumerate(one.claims, 1):
        if claim.verdict == "unsupported":
            continue
        name = f"{one.article.id}#{claim.id}"
        rows = [
            FigureRow(claim=name, article=one.article.id, figure=figure, source=claim.source)
            for figure in claim.quantities
        ]
        facts.append(
            Fact(
                id=f"f{number:02d}",
                text=claim.text,
                kind="figure" if rows else "statement",
                state="single",
                claims=(name,),
                witnesses=1,
                figures=tuple(rows),
            )
        )
    return Story(extractions=(one,), facts=tuple(facts), run=one.run)


def judged(story: Story, brief: Brief, tally: Tally, *, read_out: bool) -> None:
    """Add a brief to the sums, and print it."""
    material = Material(story)
    checker = Checker(material)
    length = len(brief.text.split())
    tally.briefs += 1
    within = abs(length - brief.words) <= 0.1 * brief.words
    tally.within += within
    tally.short += any(line.what == "short of words" for line in brief.ledger)
    print(f"## {brief.title}\n{len(brief.sentences)} sentences, {length} of {brief.words} words")
    for number, sentence in enumerate(brief.sentences, 1):
        cited = [material.held[name] for name in sentence.claims]
        reasons = checker.reasons(sentence.text, cited)
        stray = list(stray_figures(sentence.text, cited))
        tally.sentences += 1
        tally.holding += not reasons
        tally.stray += len(stray)
        if read_out or reasons:
            mark = "disputed, " if sentence.disputed else ""
            print(f"{number}. {sentence.text} ({mark}{sentence.how})")
            for one in cited:
                who = f" [{one.claim.source}; {one.claim.certainty}]"
                print(f"     {one.name}: {one.claim.text}{who}")
            for reason in reasons:
                print(f"     ! {reason}")
    if read_out:
        for line in brief.ledger:
            print(f"   - {line.what}: {line.why}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the briefs and the sums."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("predictions", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--case", action="append", help="an article; all where none is named")
    parser.add_argument("--story", action="store_true", help="one story of all, not one of each")
    parser.add_argument("--words", type=int, default=150)
    parser.add_argument("--read", action="store_true", help="print each sentence with its claims")
    given = parser.parse_args(arguments)
    names = given.case or sorted(path.stem for path in given.predictions.glob("*.json"))
    found = [extraction(given.predictions, given.texts, name) for name in names]
    tally = Tally()
    began = time.perf_counter()
    for story in _stories(found, together=given.story):
        judged(story, compose(story, given.words), tally, read_out=given.read)
    print(
        f"\n{tally.briefs} briefs, {tally.sentences} sentences: {tally.holding} hold, "
        f"{tally.stray} figures not in cited claims; {tally.within} within 10 % of the length, "
        f"{tally.short} of stories with too little; {time.perf_counter() - began:.1f} s"
    )


def _stories(found: list[Extraction], *, together: bool) -> list[Story]:
    if not together:
        return [alone(one) for one in found]
    from summarise.reconcile import reconcile

    return [reconcile(found)]


if __name__ == "__main__":
    main()
