"""Conflicts and updates among reports of one event, on groups with counts by crowd workers.

    python evals/same_event.py GROUPS [--predictions DIR | --out DIR] [--event NAME] [--show]

GROUPS is a file of FA-KES reports in groups, an object a line. `same_event_cleaned.json` has what
was kept of them by reading, whether their counts of the killed differ, and which these are. An
event whose counts differ is `found` where a conflict or an update is reported between two of them.
Every other conflict on the killed is `false`. Claims are those that the program finds without a
model (`--out` keeps them), or with `--predictions` those of `summarise extract --out`, a file each.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
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
    """Reports of one event; `counts` of the killed `differ`, are the `same`, or `open` bounds.

    `killed` are the bounds of the counts themselves where they differ.
    """

    name: str
    counts: str
    reports: tuple[str, ...]
    killed: frozenset[float]


def events_of(path: Path) -> list[Event]:
    """What was kept of the groups."""
    data = json.loads(path.read_text("utf-8"))
    return [
        Event(one["event"], one["counts"], tuple(one["articles"]), frozenset(one.get("killed", ())))
        for one in data["events"]
    ]


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


@dataclass(frozen=True)
class Found:
    """What was reported of an event: its counts against one another, and conflicts that are not."""

    event: Event
    right: tuple[Relation, ...]
    false: tuple[Relation, ...]


def found_in(event: Event, story: Story) -> Found:
    """The conflicts and updates of a story that are on the killed."""
    told = [
        one
        for one in story.relations
        if one.relation in {"conflicts", "updates"}
        and counts_killed(story, one.a)
        and counts_killed(story, one.b)
    ]
    right = [one for one in told if all(is_of(event, story, name) for name in (one.a, one.b))]
    false = [one for one in told if one not in right and one.relation == "conflicts"]
    return Found(event, tuple(right), tuple(false))


def counts_killed(story: Story, name: str) -> bool:
    """Whether the claim has a figure and speaks of the killed."""
    claim = story.claim(name)
    return bool(claim.quantities) and KILLED.search(claim.text) is not None


def is_of(event: Event, story: Story, name: str) -> bool:
    """Whether the claim gives one of the event's counts: a figure with no other bound."""
    bounds = ({figure.low, figure.high} - {None} for figure in story.claim(name).quantities)
    return any(told <= event.killed for told in bounds)


def each_found(
    events: Iterable[Event],
    reports: Mapping[str, dict[str, Any]],
    predictions: Predictions | None,
    out: Path | None,
) -> Iterator[tuple[Story, Found]]:
    """The story of each event and what was found in it; extractions are written below `out`."""
    for event in events:
        extractions = [extracted(article_of(reports[name]), predictions) for name in event.reports]
        for one in extractions if out else ():
            Path(str(out), f"{one.article.id}.json").write_text(one.model_dump_json(), "utf-8")
        story = reconcile(extractions)
        yield story, found_in(event, story)


# -------------------------------------------------------------------------------------- output


def shown(story: Story, what: str, relations: Iterable[Relation]) -> Iterator[str]:
    """Each relation with the words of its claims."""
    for one in relations:
        yield f"    {what} {one.relation}: {one.why}"
        yield from (f"      {name} {story.claim(name).text}" for name in (one.a, one.b))


def summary(every: Sequence[Found]) -> Iterator[str]:
    """The shares."""
    differ = [one for one in every if one.event.counts == "differ"]
    hit = sum(bool(one.right) for one in differ)
    yield f"counts differ: {len(differ)} events, a conflict or an update of them found in {hit}"
    for counts in ("differ", "open", "same"):
        mine = [one for one in every if one.event.counts == counts]
        wrong, all_wrong = sum(bool(o.false) for o in mine), sum(len(o.false) for o in mine)
        yield f"false conflicts, counts {counts}: in {wrong} of {len(mine)} events, {all_wrong}"


def main() -> None:
    """Print a line an event, then the shares."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("groups", type=Path)
    parser.add_argument("--predictions", type=Path)
    parser.add_argument("--out", type=Path, help="keep the claims found without a model there")
    parser.add_argument("--event", action="append", help="only this one; may be given again")
    parser.add_argument("--show", action="store_true", help="print the relations on the killed")
    args = parser.parse_args()
    predictions = Predictions(args.predictions) if args.predictions else None
    events = [one for one in events_of(CLEANED) if not args.event or one.name in args.event]
    every = []
    try:
        if args.out:
            args.out.mkdir(parents=True, exist_ok=True)
        reports = reports_of(args.groups)
        for story, found in each_found(events, reports, predictions, args.out):
            every.append(found)
            event = found.event
            print(
                f"{event.name:4} {event.counts:7} {len(event.reports)} reports: "
                f"{len(found.right)} of its counts, {len(found.false)} false conflicts"
            )
            if args.show:
                told = (*shown(story, "right", found.right), *shown(story, "false", found.false))
                print("".join(f"{line}\n" for line in told), end="")
    except (SummariseError, OSError) as error:
        sys.exit(str(error))
    print("\n".join(summary(every)))


if __name__ == "__main__":
    main()
