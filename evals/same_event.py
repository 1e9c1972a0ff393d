"""Conflicts and updates among reports of one event, on groups with counts by crowd workers.

    python evals/same_event.py GROUPS [--predictions DIR] [--event NAME] [--show]

GROUPS is a file of FA-KES reports in groups, an object a line. `same_event_cleaned.json` has what
was kept of them by reading, and whether their counts of the killed differ. Of the events whose
counts differ it is told in how many a conflict or an update on the killed is reported; of those
whose counts are the same, in how many one is reported that cannot be. Claims are those that the
program finds without a model, or with `--predictions` those that `summarise extract --out` wrote,
a file a report.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from summarise.errors import InputError, SummariseError
from summarise.evaluation.predictions import Predictions
from summarise.language.modality import polarity
from summarise.language.names import NameBook
from summarise.language.parts import Part, parts_of
from summarise.language.periods import find_periods
from summarise.language.syntax import parse
from summarise.merge import merged
from summarise.passage import as_sentence
from summarise.read import read
from summarise.reconcile import reconcile
from summarise.records import Article, Claim, Extraction, Relation, Run, Story
from summarise.segment import segment
from summarise.shown import offsets, spans
from summarise.verify import Verifier

CLEANED = Path(__file__).parent / "same_event_cleaned.json"
RUN = Run(model="none", prompt="parts", prompt_sha256="")
OPENING = 250
"""Characters of a report within which it tells its date."""
KILLED = re.compile(r"\b(kill|dead\b|die[sd]?\b|dying|death|toll|bod(y|ies)\b|fatal|martyr)", re.I)


@dataclass(frozen=True)
class Event:
    """Reports of one event; `counts` of the killed `differ`, are the `same`, or `open` bounds."""

    name: str
    counts: str
    reports: tuple[str, ...]


def events_of(path: Path) -> list[Event]:
    """What was kept of the groups."""
    data = json.loads(path.read_text("utf-8"))
    return [Event(one["event"], one["counts"], tuple(one["articles"])) for one in data["events"]]


def reports_of(path: Path) -> dict[str, dict[str, Any]]:
    """Each report of the groups by its id."""
    lines = path.read_text("utf-8").splitlines()
    return {one["id"]: one for line in lines for one in json.loads(line)["articles"]}


def article_of(report: dict[str, Any]) -> Article:
    """A report as an article, published when it says so, else on the day of the event."""
    article = read(report["id"], text=report["text"], outlet=report["outlet"])
    day = article.published or told_date(report["text"][:OPENING])
    day = day or date.fromisoformat(report["gold"]["event_date_norm"])
    return article.model_copy(update={"id": report["id"], "published": day})


def told_date(opening: str) -> date | None:
    """The first whole date that a text names."""
    for found in find_periods(opening, None):
        if found.period.start is not None and found.period.start == found.period.end:
            return found.period.start
    return None


def by_rule(article: Article) -> Extraction:
    """The claims that the program finds in an article without a model to word them."""
    sentences = segment(article)
    book = NameBook.of("\n".join(sentence.text for sentence in sentences))
    found = parts_of(sentences, book, article.published, article.outlet)
    check = Verifier(article).check
    claims = merged(check(claim_of(article, part)) for parts in found for part in parts)
    named = (claim.model_copy(update={"id": f"c{n:02}"}) for n, claim in enumerate(claims, 1))
    return Extraction(article=article, claims=tuple(named), ledger=(), run=RUN)


def claim_of(article: Article, part: Part) -> Claim:
    """A part as a claim in its own words."""
    places = offsets(article, part.sentence)
    return Claim(
        id="",
        text=as_sentence(part.text),
        evidence=spans(article, places[part.start], places[part.end - 1] + 1),
        source=part.source,
        via=part.via,
        certainty=part.certainty,
        polarity=polarity(parse(part.text).doc),
        time=part.time,
        quantities=part.quantities,
    )


def extracted(article: Article, predictions: Predictions | None) -> Extraction:
    """The claims of an article, by rule or as predicted; raises InputError where it failed."""
    if predictions is None:
        return by_rule(article)
    found = predictions.get(article.id)
    if isinstance(found, str):
        raise InputError(f"the extraction of {article.id!r} failed ({found}); extract it again")
    return Extraction(article=article, claims=found.claims, ledger=(), run=found.run or RUN)


def on_killed(story: Story) -> list[Relation]:
    """The conflicts and updates between claims of how many were killed."""
    told = (one for one in story.relations if one.relation in {"conflicts", "updates"})
    return [one for one in told if counts_killed(story, one.a) and counts_killed(story, one.b)]


def counts_killed(story: Story, name: str) -> bool:
    """Whether the claim has a figure and speaks of the killed."""
    claim = story.claim(name)
    return bool(claim.quantities) and KILLED.search(claim.text) is not None


def shown(story: Story, relations: Iterable[Relation]) -> Iterator[str]:
    """Each relation with the words of its claims."""
    for one in relations:
        yield f"    {one.relation}: {one.why}"
        yield from (f"      {name} {story.claim(name).text}" for name in (one.a, one.b))


def main() -> None:
    """Print a line an event, then the shares."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("groups", type=Path)
    parser.add_argument("--predictions", type=Path)
    parser.add_argument("--event", action="append", help="only this one; may be given again")
    parser.add_argument("--show", action="store_true", help="print the relations on the killed")
    args = parser.parse_args()
    predictions = Predictions(args.predictions) if args.predictions else None
    events = [one for one in events_of(CLEANED) if not args.event or one.name in args.event]
    try:
        reports = reports_of(args.groups)
        told = dict(each_told(events, reports, predictions, show=args.show))
    except (SummariseError, OSError) as error:
        sys.exit(str(error))
    for counts in ("differ", "open", "same"):
        mine = [event for event in events if event.counts == counts]
        some = sum(bool(told[event.name]) for event in mine)
        conflicts = sum(sum(one.relation == "conflicts" for one in told[e.name]) for e in mine)
        print(
            f"counts {counts}: {len(mine)} events, in {some} a conflict or an update on the "
            f"killed, {conflicts} conflicts in all"
        )


def each_told(
    events: Sequence[Event],
    reports: Mapping[str, dict[str, Any]],
    predictions: Predictions | None,
    *,
    show: bool,
) -> Iterator[tuple[str, list[Relation]]]:
    """The conflicts and updates on the killed of each event, a line printed for it."""
    for event in events:
        articles = [article_of(reports[name]) for name in event.reports]
        story = reconcile([extracted(article, predictions) for article in articles])
        found = on_killed(story)
        kinds = Counter(one.relation for one in found)
        every = Counter(one.relation for one in story.relations)
        print(
            f"{event.name:4} {event.counts:7} {len(articles)} reports  on the killed: "
            f"{kinds['conflicts']} conflicts, {kinds['updates']} updates; on anything: "
            f"{every['conflicts']}, {every['updates']}"
        )
        if show:
            print("\n".join(shown(story, found)))
        yield event.name, found


if __name__ == "__main__":
    main()
