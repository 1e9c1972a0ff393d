"""Measures how lining up claims grows: time and memory for made-up claims over many stories.

    python evals/reconcile_growth.py [--claims 100000] [--articles 10] [--grouped]

Each story has facts of its own about invented people and places; each of its articles tells some of
them, in its own words and with figures that differ. `reconcile` is measured, facts and relations,
or `grouped` alone; the claims are made before. The memory is the peak of the whole process, the
claims themselves included. Run it once for each size, as the peak of a process only rises.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from summarise.reconcile import reconcile
from summarise.reconciliation.groups import grouped
from summarise.reconciliation.told import Told
from summarise.records import Article, Claim, Extraction, Figure, Period, Run

BEGINNINGS = (
    "Bel Cor Dra Est Fen Gal Hol Ira Kel Lor Mar Nor Oss Pel Rav Sol Tar Urs Vel Wen".split()
)
MIDDLES = "a e i o u an en in or ur al el".split()
ENDINGS = "bury dale ford grad holm mouth ness stad ton ville wick mere".split()
FIGURES = (
    ("{few} {n} {who} were killed in the {deed} in {town}.", "{who} killed"),
    ("The {deed} in {town} left {few} {n} {who} dead.", "{who} killed"),
    ("{few} {n} {who} were injured in the {deed} in {town}.", "{who} injured"),
    ("The {deed} drove {few} {n} {who} from their homes in {town}.", "{who} displaced"),
    ("Repairs after the {deed} in {town} will cost {few} {n} crowns.", "crowns"),
)
EVENTS = (
    "A {deed} struck the town of {town}.",
    "{person} visited {town} after the {deed}.",
    "{person} called for an inquiry into the {deed} in {town}.",
    "Schools in {town} stay closed after the {deed}.",
    "The road from {town} to {other} is blocked.",
    "{person} blamed the council of {town} for the {deed}.",
    "Volunteers from {other} brought food to {town}.",
    "The {deed} in {town} may delay the vote.",
)
DEEDS = "flood,fire,storm,explosion,landslide,collapse,crash,earthquake,leak,blackout".split(",")
WHO = "people,residents,workers,students,children,passengers".split(",")
FEW = ("", "about", "at least", "more than")


def named(chance: random.Random) -> str:
    """A name that nobody bears."""
    middle = "".join(chance.choices(MIDDLES, k=2))
    return chance.choice(BEGINNINGS) + middle + chance.choice(ENDINGS)


def story(number: int, articles: int) -> Iterator[Told]:
    """The claims of a story, its articles one after the other."""
    chance = random.Random(number)  # noqa: S311
    words = {
        "town": named(chance),
        "other": named(chance),
        "person": f"{named(chance)} {named(chance)}",
        "deed": chance.choice(DEEDS),
        "who": chance.choice(WHO),
    }
    counts = [chance.randrange(3, 4000) for _ in FIGURES]
    day = date(2020, 1, 1) + timedelta(days=number % 2000)
    for place in range(articles):
        article = f"s{number}a{place}"
        texts: list[tuple[str, Figure | None]] = [(e.format(**words), None) for e in EVENTS]
        for (form, unit), count in zip(FIGURES, counts, strict=True):
            few, value = chance.choice(FEW), count + chance.choice((0, 0, 7))
            said = " ".join(form.format(**words, few=few, n=value).split())
            low, high = (value, None) if few in FEW[2:] else (value, value)
            of = unit.format(**words)
            texts.append(
                (
                    said[0].upper() + said[1:],
                    Figure(surface=str(value), low=low, high=high, unit=of),
                )
            )
        for at, (text, figure) in enumerate(chance.sample(texts, 10)):
            claim = Claim(
                id=f"c{at:02}",
                text=text,
                source=chance.choice((None, words["person"])),
                time=Period(surface="", start=day, end=day) if chance.random() < 0.4 else None,
                quantities=(figure,) if figure else (),
            )
            yield Told(f"{article}#{claim.id}", article, claim, day, witness=place)


def main() -> None:
    """Print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--articles", type=int, default=10, help="articles of a story")
    parser.add_argument("--grouped", action="store_true", help="parted into facts only")
    args = parser.parse_args()
    told: list[Told] = []
    while len(told) < args.claims:
        told.extend(story(len(told), args.articles))
    del told[args.claims :]
    extractions = [] if args.grouped else list(extractions_of(told))
    made = _peak()
    wall, cpu = time.perf_counter(), time.process_time()
    what = _parted(told) if args.grouped else _reconciled(extractions)
    print(
        f"{len(told):,} claims: {time.process_time() - cpu:.1f} s CPU, "
        f"{time.perf_counter() - wall:.1f} s by the clock, peak {_peak():,.0f} MB "
        f"({made:,.0f} MB before), {what}"
    )


def _parted(told: list[Told]) -> str:
    groups = grouped(told)
    return (
        f"{groups.pairs:,} pairs held together, {len(groups.facts):,} facts, "
        f"{len(groups.apart):,} told apart, {len(groups.open):,} open"
    )


def _reconciled(extractions: list[Extraction]) -> str:
    found = reconcile(extractions)
    return f"{len(found.facts):,} facts, {len(found.relations):,} relations"


def extractions_of(told: list[Told]) -> Iterator[Extraction]:
    """The claims by article, each article without its text."""
    run = Run(model="none", prompt="", prompt_sha256="")
    for name, claims in groupby(told, key=lambda one: one.article):
        listed = list(claims)
        day = listed[0].published
        article = Article(id=name, sha256="", main_text=(), published=day)
        supported = tuple(one.claim.model_copy(update={"verdict": "supported"}) for one in listed)
        yield Extraction(article=article, claims=supported, ledger=(), run=run)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
