"""Feeds generated inputs to reading, cutting, figures, periods, extraction and checking.

    nice -n 19 python evals/fuzz.py [--count 5000] [--seed 0] [--out FILE]

Each input is made from its own seed: bytes, text, HTML or lines of JSON, built from pieces or
mutated from the dev articles of `evals/suite`. Bad input must be refused by an error of
`summarise`; what is read must keep its offsets. One input in eight is extracted without a model
too. A fault is anything else: a traceback, an offset that does not hold, more than the time budget.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from injection import program_alone

from summarise import read
from summarise.claim_files import claims_in
from summarise.errors import SummariseError
from summarise.language.figures import find_figures
from summarise.language.periods import find_periods
from summarise.prompt import load
from summarise.records import MARKUP, Article, Claim
from summarise.segment import segment
from summarise.verify import Verifier

BUDGET = 10.0
"""Seconds of the processor that one input may take."""
DEEP = 8
"""Every how many inputs one is extracted."""
LONGEST_DEEP = 4000
"""Characters of an input up to which it is extracted."""
SUITE = Path(__file__).parent / "suite"

PIECES = (
    "The ferry |Ada Brook |said |that |was stopped |on Monday|3,000 people |up to 12% |“|”|\"|'|"
    "., \n|\n\n|\r\n|\r|. |, |; |: |? |! |… |who |which |and |not |(|)|[|]|—|–|&|&amp;|&eacute;|"
    "&#0;|"
    "&#x110000;|&notit;|<|>|{{ article }}|{% raw %}|\\|\t|\u00a0|\u2028|\u2029|\x1f|\x0b|\x85|"
    "\ufeff|é|"
    "e\u0301|ﬁ|中文。|😀|👩\u200d🚀|\U000e0041|\u202e|\u200b|\u00ad|İ|ß|ǅ|1. |• |"
    "http://x.example/a?b=1&c|"
    "a@b.example|killed |rose 3% to 412|she |by the mayor |£1.6bn |half |1/2|½|²|٣٤|四|1,2,3,4|"
    "1.2.3|"
    "99999999999999999999999 |1e309|-0|31 February 2025|the 30th of |last |next |29.2.2023|25:61|"
    "two-thirds of |dozens of |a hundred and |minus |Mr. |U.S. |Inc. |No. |p.m. |Read more|Share|"
    "By Ann Roe|© 2025 |Advertisement|- || | |  |   |              |\x00|\ud800|\x07"
).split("|")
TAGS = (
    "<p>|</p>|<div>|</div>|<article>|</article>|<h1>|</h1>|<b>|</b>|<a href='#'>|</a>|<br>|<br/>|"
    "<!-- |-->|<script>|</script>|<style>|</style>|<![CDATA[|]]>|<?xml ?>|<table><tr><td>|"
    "</td></tr>|"
    "<ul><li>|</li></ul>|<figure><figcaption>|</figcaption></figure>|<svg>|<math>|<p|<p title='>'>|"
    '<p title=">|<x:y z>|</|<>|< p>|<a|<li>|<h2>|</h2>|<template>|<textarea>|<iframe>|'
    "<img alt='x'>"
).split("|")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "koi8-r", "latin-1")


@dataclass(frozen=True)
class Case:
    """One input: the seed that it is made from, its kind, its name and what is read."""

    seed: int
    kind: str
    label: str
    data: bytes | str


@dataclass(frozen=True)
class Tried:
    """What came of an input: how far it got, seconds of the processor, the fault if any."""

    case: Case
    end: str
    seconds: float
    fault: str = ""


class BrokenError(AssertionError):
    """An offset or a number that does not hold."""


# Making inputs


@cache
def dev_texts() -> tuple[str, ...]:
    """The texts of the dev articles of the suite."""
    meta = json.loads((SUITE / "meta.json").read_text("utf-8"))
    dev = [name for name, entry in meta.items() if entry["split"] == "dev"]
    paths = sorted(p for p in (SUITE / "texts").iterdir() if p.stem in dev)
    return tuple(path.read_text("utf-8") for path in paths)


def case_of(seed: int) -> Case:
    """The input of a seed."""
    chance = random.Random(seed)  # noqa: S311
    kind, make = list(MAKERS.items())[seed % len(MAKERS)]
    label = chance.choice(["story.txt", "page.html", "-", "../x", "https://x.example/a%00b", "x"])
    return Case(seed, kind, label, make(chance))


def _soup(chance: random.Random, pieces: Sequence[str], most: int = 80) -> str:
    return "".join(chance.choice(pieces) for _ in range(chance.randrange(most)))


def _story(chance: random.Random) -> str:
    """A stretch of a dev article, mutated."""
    text = chance.choice(dev_texts())
    start = chance.randrange(len(text))
    return _mutated(chance, text[start : start + chance.choice((80, 400, 1500, 6000, len(text)))])


def _mutated(chance: random.Random, text: str) -> str:
    for _ in range(chance.randrange(12)):
        if not text:
            break
        a = chance.randrange(len(text))
        b = min(len(text), a + chance.choice((1, 3, 20, 200)))
        piece = chance.choice((*PIECES, *TAGS))
        text = chance.choice(
            (
                text[:a] + text[b:],
                text[:a] + piece + text[a:],
                text[:a] + piece * chance.choice((1, 2, 40)) + text[b:],
                text[:b] + text[a:],
                text[:a] + text[a:b].swapcase() + text[b:],
                text.replace(chance.choice(("\n", " ", ".", ",", '"')), piece, 5),
            )
        )
    return text


def _text(chance: random.Random) -> str:
    if chance.random() < 0.5:
        return _story(chance)
    lead = "The ferry to Tessaly was stopped by the mayor of Orsk on Monday, the police said.\n\n"
    return lead * chance.randrange(3) + _soup(chance, PIECES)


def _page(chance: random.Random) -> str:
    if chance.random() < 0.3:
        return _mutated(chance, chance.choice(dev_texts()))
    paragraphs = [html.escape(line) for line in _story(chance).splitlines() if line.strip()]
    body = "".join(f"<p>{line}</p>{_soup(chance, TAGS, 3)}" for line in paragraphs[:20])
    head = chance.choice(("", "<!DOCTYPE html><html><head><title>x</title></head><body>", "<p>"))
    return head + _soup(chance, TAGS, 5) + body + _soup(chance, (*PIECES, *TAGS), 40)


def _bytes(chance: random.Random) -> bytes:
    way = chance.randrange(4)
    if way == 0:
        return chance.randbytes(chance.randrange(600))
    data = _story(chance).encode(chance.choice(ENCODINGS), "replace")
    if way == 1:
        marks = (b"\xef\xbb\xbf", b"\xff\xfe", b"%PDF", b"\x1f\x8b", b"<?xml encoding='utf-7'?>")
        return chance.choice(marks) + data
    for _ in range(chance.randrange(8) if way == 2 else 0):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.randbytes(chance.randrange(4)) + data[at + chance.randrange(3) :]
    return data[: chance.randrange(len(data) + 1)] if way == 3 else data


def _lines(chance: random.Random) -> str:
    """Lines of JSON, as claims and articles come in them, some of them broken."""
    lines = [json.dumps(_claim(chance)) for _ in range(chance.randrange(1, 6))]
    if chance.random() < 0.3:
        lines.append(json.dumps({"text": _story(chance), "url": _soup(chance, PIECES, 4)}))
    return _mutated(chance, "\n".join(lines)) if chance.random() < 0.4 else "\n".join(lines)


def _claim(chance: random.Random) -> dict[str, Any]:
    odd: list[Any] = [None, -1, 1e400, [], {}, "", "\ud800", True, "x" * 3000, _story(chance)[:200]]
    start = chance.randrange(200)
    claim: dict[str, Any] = {
        "id": "c01",
        "text": _story(chance)[:120],
        "evidence": [{"start": start, "end": start + chance.randrange(90), "quote": "The ferry"}],
        "source": chance.choice(("Ada Brook", None)),
        "certainty": chance.choice(("certain", "possible")),
        "time": {"surface": "on Monday", "start": "2025-01-06", "end": None},
        "quantities": [{"surface": "40", "low": 40, "high": chance.choice((40, None, 1e308))}],
    }
    for _ in range(chance.randrange(3)):
        claim[chance.choice([*claim, "extra"])] = chance.choice(odd)
    return claim


MAKERS: dict[str, Callable[[random.Random], bytes | str]] = {
    "bytes": _bytes,
    "text": _text,
    "HTML": _page,
    "JSON lines": _lines,
}


# Trying them


def tried(case: Case, deep: bool = False) -> Tried:
    """What comes of one input; `deep`: extracted without a model too."""
    began = time.process_time()
    fault = ""
    try:
        end = _through(case, deep)
    except Exception as error:
        at = error.__traceback__
        while at is not None and at.tb_next is not None:
            at = at.tb_next
        place = f"{Path(at.tb_frame.f_code.co_filename).name}:{at.tb_lineno}" if at else "?"
        end, fault = "fault", f"{type(error).__name__} at {place}: {str(error)[:200]!r}"
    seconds = time.process_time() - began
    if seconds > BUDGET and not fault:
        end, fault = "fault", f"took {seconds:.1f} s of the processor, more than {BUDGET} s"
    return Tried(case, end, seconds, fault)


def _through(case: Case, deep: bool) -> str:
    claims = _claims(case.data) if case.kind == "JSON lines" else []
    try:
        article = read(case.label, text=case.data)
    except SummariseError:
        article = None
    if claims:
        _check_claims(Verifier(article) if article and deep else _verifier(), claims)
    if article is None:
        return "claims checked" if claims else "refused"
    check_article(article)
    if deep and len(article.raw) <= LONGEST_DEEP:
        check_extraction(article)
        return "extracted"
    return "read"


@cache
def _verifier() -> Verifier:
    """Of a short article, which is read once for all inputs."""
    text = "The ferry to Tessaly was stopped on Monday, Ada Brook said.\n"
    return Verifier(read("ferry.txt", text=text))


def _claims(data: bytes | str) -> list[Claim]:
    """The claims of those lines that hold one."""
    found: list[Claim] = []
    for line in str(data).splitlines():
        try:
            found += claims_in(Path("claims.jsonl"), [json.loads(line)])
        except (ValueError, RecursionError, SummariseError):
            continue
    return found


def _check_claims(verifier: Verifier, claims: Sequence[Claim]) -> None:
    for claim in claims:
        checked = verifier.check(claim)
        _hold(
            (checked.verdict == "unsupported") == bool(checked.reasons), "a verdict without reasons"
        )


def check_article(article: Article) -> None:
    """Raises BrokenError where an offset of the article, its sentences or their figures is off."""
    _hold(len(article.view) == len(article.raw), "the view is not as long as the page")
    for start, end in article.main_text:
        _hold(0 <= start < end <= len(article.raw), "a stretch of main text lies outside")
    for (_, end), (start, _) in pairwise(article.main_text):
        _hold(end <= start, "stretches of main text overlap")
    covered = 0
    for number, sentence in enumerate(segment(article), 1):
        _hold(sentence.number == number, "sentences are not numbered in order")
        _hold(sentence.start >= covered, "sentences overlap")
        shown = article.view[sentence.start : sentence.end].replace(MARKUP, "")
        _hold(" ".join(shown.split()) == sentence.text, "a sentence is not what its offsets hold")
        covered = sentence.end
        _check_words(sentence.text, article)
    _hold_covered(article)


def _check_words(text: str, article: Article) -> None:
    for figure in find_figures(text):
        _hold(text[figure.start : figure.end] == figure.figure.surface, "a figure is off")
    for period in find_periods(text, article.published):
        _hold(text[period.start : period.end] == period.period.surface, "a period is off")


def _hold_covered(article: Article) -> None:
    """Every character of the main text that is not blank is in a sentence."""
    sentences = iter(segment(article))
    current = next(sentences, None)
    for start, end in article.main_text:
        for place in range(start, end):
            while current is not None and current.end <= place:
                current = next(sentences, None)
            char = article.view[place]
            inside = current is not None and current.start <= place
            _hold(inside or char.isspace() or char == MARKUP, "main text in no sentence")


def check_extraction(article: Article) -> None:
    """Raises BrokenError where evidence is not verbatim or a sentence vanished."""
    done = program_alone(article, load("extract.v1"))
    spans = [span for claim in done.claims for span in claim.evidence]
    for span in spans:
        _hold(article.raw[span.start : span.end] == span.quote, "evidence is not verbatim")
    noted = {line.where for line in done.ledger}
    for sentence in segment(article):
        held = any(s.start < sentence.end and sentence.start < s.end for s in spans)
        _hold(held or (sentence.start, sentence.end) in noted, "a sentence vanished")


def _hold(holds: bool, otherwise: str) -> None:
    if not holds:
        raise BrokenError(otherwise)


# The run


def run(seeds: range, every: int = DEEP) -> Iterator[Tried]:
    """What came of the input of each seed; each `every`th of a kind is extracted."""
    for seed in seeds:
        yield tried(case_of(seed), deep=seed // len(MAKERS) % every == 0)


def main() -> None:
    """Runs all seeds, prints what came of them, exits with 1 if there was a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=0, help="the first one")
    parser.add_argument("--out", type=Path, help="write the record of the run as JSON")
    given = parser.parse_args()
    done: list[Tried] = []
    for one in run(range(given.seed, given.seed + given.count)):
        done.append(one)
        if one.fault:
            print(f"seed {one.case.seed} ({one.case.kind}): {one.fault}", flush=True)
    record = _record(done)
    print(json.dumps(record, indent=1))
    if given.out:
        given.out.write_text(json.dumps(record, indent=1) + "\n", "utf-8")
    sys.exit(1 if record["faults"] else 0)


def _record(done: Sequence[Tried]) -> dict[str, Any]:
    slowest = sorted(done, key=lambda one: -one.seconds)[:5]
    ends = Counter(f"{one.case.kind}: {one.end}" for one in done)
    return {
        "seeds": [done[0].case.seed, done[-1].case.seed] if done else [],
        "inputs": len(done),
        "budget of an input, seconds": BUDGET,
        "seconds of the processor": round(sum(one.seconds for one in done), 1),
        "ends": dict(sorted(ends.items())),
        "slowest": [[one.case.seed, one.case.kind, round(one.seconds, 2)] for one in slowest],
        "faults": [[one.case.seed, one.case.kind, one.fault] for one in done if one.fault],
    }


if __name__ == "__main__":
    main()
