"""Facts and relations of stories, held against gold by hand.

    python evals/stories.py STORIES SUITE [--split NAME] [--story NAME] [--texts DIR]
        [--predictions DIR [--fuller]] [--show]

STORIES is a folder of stories (or one file), SUITE the suite of their articles' gold claims. By
default `reconcile` is given the gold claims, so that errors of extraction stay out; with
`--predictions`, what `summarise extract --out` wrote. Extracted claims stand for gold ones one to
one; with `--fuller` a claim also stands for gold claims that it tells beside its own, and for one
that it tells again (two gold claims in one sentence, a headline and its lead). How facts and
relations are scored is said in `summarise.evaluation.story_score` and `story_relations`.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

from summarise.errors import InputError, SummariseError
from summarise.evaluation.gold import Case
from summarise.evaluation.match import match
from summarise.evaluation.predictions import Predictions
from summarise.evaluation.story_gold import GoldStory, claims_by_name, load_story, story_files
from summarise.evaluation.story_relations import KINDS, Key, key_of
from summarise.evaluation.story_score import (
    StoryScore,
    Told,
    fact_faults,
    pooled,
    score_story,
    through_match,
    told_of,
)
from summarise.evaluation.suite import Suite, load_suite
from summarise.read import read
from summarise.reconcile import reconcile
from summarise.records import Article, Claim, Extraction, Relation, Run, Story

GOLD_RUN = Run(model="none", prompt="gold", prompt_sha256="")


def article_of(case: Case) -> Article:
    """The article of a case: its text where the suite has it, what gold tells of it."""
    gold = case.gold
    told = {"outlet": gold.outlet, "published": gold.published, "main_text": gold.main_text}
    if case.path is None:
        return Article(id=gold.id, title=gold.title, sha256="", **told)
    article = read(case.path, published=gold.published)
    return article.model_copy(update={"id": gold.id, "title": gold.title, **told})


def from_gold(case: Case) -> Extraction:
    """The gold claims of an article as an extraction of it."""
    claims = tuple(one.model_copy(update={"verdict": "supported"}) for one in case.gold.claims)
    return Extraction(article=article_of(case), claims=claims, ledger=(), run=GOLD_RUN)


def from_predictions(case: Case, predictions: Predictions) -> Extraction:
    """What was extracted from an article; raises InputError where it failed."""
    found = predictions.get(case.gold.id)
    if isinstance(found, str):
        raise InputError(f"the extraction of {case.gold.id!r} failed ({found}); extract it again")
    return Extraction(
        article=article_of(case),
        claims=found.claims,
        ledger=found.ledger or (),
        run=found.run or GOLD_RUN,
    )


def told_by(
    gold: GoldStory,
    cases: Mapping[str, Case],
    predictions: Predictions | None,
    *,
    fuller: bool = False,
) -> tuple[Told, dict[str, Claim]]:
    """What `reconcile` makes of a story, and the claims that its relations may name."""
    chosen = [cases[article] for article in gold.articles]
    claims = claims_by_name(case.gold for case in chosen)
    if predictions is None:
        return told_of(reconcile([from_gold(case) for case in chosen])), claims
    story = reconcile([from_predictions(case, predictions) for case in chosen])
    theirs = {case.gold.id: case.gold.claims for case in chosen}
    told = through_fuller(story, theirs, gold) if fuller else through_match(story, theirs)
    return told, claims


def through_fuller(story: Story, theirs: Mapping[str, Sequence[Claim]], gold: GoldStory) -> Told:
    """What a story tells of gold claims (by article), where one claim may stand for several.

    A relation is that of the gold claims it stands for that gold lists, else of the first of each.
    """
    stands: dict[str, list[str]] = defaultdict(list)
    first: dict[str, str] = {}
    stated = {claim for fact in story.facts for claim in fact.claims}
    for extraction in story.extractions:
        article = extraction.article.id
        found = [one for one in extraction.claims if f"{article}#{one.id}" in stated]
        for mine, their in stood_for(found, theirs.get(article, ())):
            name, of = f"{article}#{mine.id}", f"{article}#{their.id}"
            stands[name].append(of)
            first.setdefault(of, name)  # it is in the fact of the claim that tells it best
    every = {f"{article}#{one.id}" for article, claims in theirs.items() for one in claims}
    facts = (
        frozenset(of for of, name in first.items() if name in fact.claims) for fact in story.facts
    )
    listed = {key_of(relation) for relation in gold.relations}
    return Told(
        tuple(fact for fact in facts if fact),
        tuple(one for told in story.relations for one in of_gold(told, stands, listed)),
        frozenset(every - first.keys()),
        len(stated - stands.keys()),
    )


def stood_for(found: Sequence[Claim], gold: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Each claim found with the gold claims that it tells; partners first, then what is left."""
    matching = match(gold, found)
    for pair in matching.pairs:
        yield found[pair.predicted], gold[pair.gold]
    for missed in matching.missed:
        for pair in match([gold[missed.place]], found).pairs:
            yield found[pair.predicted], gold[missed.place]
    for extra in matching.extra:
        for pair in match(gold, [found[extra.place]]).pairs:
            yield found[extra.place], gold[pair.gold]


def of_gold(
    told: Relation, stands: Mapping[str, Sequence[str]], listed: Collection[Key]
) -> list[Relation]:
    """A relation as that of gold claims; one without keeps its name with a mark before it."""
    ends = (stands.get(name) or [f"?{name}"] for name in (told.a, told.b))
    pairs = [told.model_copy(update={"a": a, "b": b}) for a, b in product(*ends)]
    return [pair for pair in pairs if key_of(pair) in listed] or pairs[:1]


def picked(
    stories: Path, suite: Suite, split: str | None, only: Sequence[str] | None
) -> Iterator[GoldStory]:
    """The stories of a folder, of one split and of those named."""
    golds = {gold.id: gold for gold in suite.golds()}
    for path in story_files(stories):
        if only and path.stem not in only:
            continue
        story = load_story(path, golds)
        if split in (None, story.split):
            yield story


# -------------------------------------------------------------------------------------- output


def number(value: float | None) -> str:
    """Two places, or a dash where there was nothing to score."""
    return "   –" if value is None else f"{value:.2f}"


def table(score: StoryScore) -> Iterator[str]:
    """The lines of one story."""
    yield f"\n{score.id}"
    for name, facts in (("facts, shared claims", score.shared), ("facts, all claims", score.every)):
        told = " ".join(number(value) for value in (facts.precision, facts.recall, facts.f1))
        yield f"  {name:22} {told}  n {facts.gold}"
    for kind in KINDS:
        found = score.relations[kind]
        told = " ".join(number(value) for value in (found.precision, found.recall, found.f1))
        counts = (
            f"listed {len(found.found)}/{found.listed}, predicted {len(found.right)} right, "
            f"{len(found.wrong)} wrong, {len(found.unscored)} unscored"
        )
        apart = f", {len(found.unmatched)} unmatched" if found.unmatched else ""
        yield f"  {kind:22} {told}  {counts}{apart}"
    yield f"  {'kept apart':22} {number(score.kept_apart)}  {score.apart}/{score.alike}"
    if score.missed or score.extra:
        yield f"  claims: {score.missed} of gold not extracted, {score.extra} that gold lacks"


def faults(
    gold: GoldStory, told: Told, score: StoryScore, claims: Mapping[str, Claim]
) -> Iterator[str]:
    """What is wrong, with the words of the claims."""
    for fault in fact_faults(gold, told):
        yield f"  {fault.what}:"
        for group in fault.groups:
            yield from (
                f"    {'-' if name == group[0] else ' '} {said(name, claims)}" for name in group
            )
    for kind in KINDS:
        found = score.relations[kind]
        yield from shown(f"wrong {kind}", found.wrong, claims)
        yield from shown(f"missed {kind}", found.missed, claims)


def shown(what: str, relations: Iterable[Relation], claims: Mapping[str, Claim]) -> Iterator[str]:
    """Each relation with its two claims and why."""
    for relation in relations:
        yield f"  {what}: {relation.why}"
        yield f"      {said(relation.a, claims)}"
        yield f"      {said(relation.b, claims)}"


def said(name: str, claims: Mapping[str, Claim]) -> str:
    """A claim by its name, its words and its source."""
    claim = claims[name]
    return f"{name} {claim.text}" + (f" [{claim.source}]" if claim.source else "")


def main() -> None:
    """Print a table a story, and one for all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("stories", type=Path)
    parser.add_argument("suite", type=Path)
    parser.add_argument("--split", help="only the stories of this split")
    parser.add_argument("--story", action="append", help="only this one; may be given again")
    parser.add_argument("--texts", type=Path, help="the texts, where the suite has none")
    parser.add_argument("--predictions", type=Path, help="score these extractions end to end")
    parser.add_argument("--fuller", action="store_true", help="a claim may stand for several")
    parser.add_argument("--show", action="store_true", help="print each wrong fact and relation")
    args = parser.parse_args()
    predictions = Predictions(args.predictions) if args.predictions else None
    each = []
    try:
        suite = load_suite(args.suite, args.texts)
        for gold in picked(args.stories, suite, args.split, args.story):
            cases = {case.gold.id: case for case in suite.cases(only=gold.articles)}
            told, claims = told_by(gold, cases, predictions, fuller=args.fuller)
            score = score_story(gold, told, claims)
            each.append(score)
            print("\n".join(table(score)))
            if args.show:
                print("\n".join(faults(gold, told, score, claims)))
    except SummariseError as error:
        sys.exit(str(error))
    if len(each) > 1:
        print("\n".join(table(pooled(each))))


if __name__ == "__main__":
    main()
