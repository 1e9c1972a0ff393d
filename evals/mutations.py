"""Measures `verify` on mutated claims: how many it flags, and how many true claims it lets pass.

    python evals/mutations.py GOLD_DIR [--split NAME] [--only NAME,...]
        [--misses KIND;...] [--summaries CORPORA_DIR]

GOLD_DIR holds labelled articles (`*.json`, or `gold/*.json`), their texts in `texts/`, and the
publish dates in `meta.json` in either folder. Each claim is changed in
one way at a time: a figure, a date, a negation, a name, a source. The corpora are CLIFF and QAGS
(summary sentences judged by people), for balanced accuracy.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from summarise.claim_files import load_claims
from summarise.language.names import find_names, same_name
from summarise.language.places import country_of
from summarise.read import read
from summarise.records import Article, Claim, Figure, Period, Span
from summarise.verify import Verifier

Mutant = tuple[str, Claim]

MONTHS = [date(2024, month, 1).strftime("%B") for month in range(1, 13)]
DAYS = [date(2024, 1, day).strftime("%A") for day in range(1, 8)]
NUMBER_WORDS = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "fifteen",
    "twenty",
    "thirty",
    "fifty",
]
PAIRS = (
    ("killed", "rescued"),
    ("confirmed", "denied"),
    ("rose", "fell"),
    ("rise", "fall"),
    ("risen", "fallen"),
    ("increased", "decreased"),
    ("increase", "decrease"),
    ("increasing", "decreasing"),
    ("gained", "lost"),
    ("won", "lost"),
    ("accepted", "rejected"),
    ("arrived", "left"),
    ("higher", "lower"),
    ("more than", "less than"),
    ("began", "ended"),
    ("high", "low"),
)
AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|should|does|did|do)\b"
)
NEGATION = re.compile(r"\b(?:not|never) |\bno (?=[a-z])")
FIGURE = re.compile(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w-])")


def read_gold(
    folder: Path, only: set[str] | None = None, split: str | None = None
) -> list[tuple[Article, list[Claim]]]:
    """Articles with their labelled claims; `split` keeps those that `meta.json` puts there."""
    labels = folder / "gold" if (folder / "gold").is_dir() else folder
    texts = folder / "texts"
    beside = texts / "meta.json"
    meta = json.loads((beside if beside.is_file() else folder / "meta.json").read_text("utf-8"))
    pairs = []
    for path in sorted(labels.glob("*.json")):
        about = meta.get(path.stem, {})
        if (only and path.stem not in only) or (split and about.get("split") != split):
            continue
        gold = json.loads(path.read_text("utf-8"))
        (source,) = texts.glob(f"{path.stem}.*")
        main_text = tuple((start, end) for start, end in gold["main_text"])
        when = about.get("published") or gold.get("published")
        pairs.append((_read(source, main_text, when), load_claims(path)))
    return pairs


def _read(source: Path, main_text: tuple[tuple[int, int], ...], published: str | None) -> Article:
    """The article as it is read, with its labelled main text."""
    if source.suffix != ".html":
        raw = source.read_bytes().decode("utf-8")
        return _article(source.stem, raw, main_text, published)
    day = date.fromisoformat(published) if published else None
    return read(source, published=day).model_copy(update={"main_text": main_text})


def _article(
    name: str, raw: str, main_text: tuple[tuple[int, int], ...], published: str | None
) -> Article:
    return Article(
        id=name,
        published=date.fromisoformat(published) if published else None,
        sha256=hashlib.sha256(raw.encode()).hexdigest(),
        main_text=main_text,
        raw=raw,
        view=raw,
    )


def mutants(claim: Claim, article: Article, claims: list[Claim]) -> Iterator[Mutant]:
    """Each false variant of a true claim, under the name of its kind."""
    chance = random.Random(f"{article.id}/{claim.id}")  # noqa: S311
    yield from figure_mutants(claim, chance)
    yield from date_mutants(claim)
    yield from negation_mutants(claim)
    yield from name_mutants(claim, article, chance)
    yield from source_mutants(claim, article, claims, chance)


def figure_mutants(claim: Claim, chance: random.Random) -> Iterator[Mutant]:
    """Another figure in the words and the quantities, or in the words alone."""
    dated = [*re.finditer(rf"\b(?:{'|'.join(MONTHS)})(?: \d+)?(?:, \d+)?", claim.text)]
    for match in FIGURE.finditer(claim.text):
        if any(hit.start() <= match.start() < hit.end() for hit in dated):
            continue
        if re.fullmatch(r"(?:19|20)\d\d", match.group()):
            continue
        yield from _figure_changed(claim, match, _other_number(match.group(), chance))
    for match in re.finditer(rf"\b(?:{'|'.join(NUMBER_WORDS)})\b", claim.text):
        others = [word for word in NUMBER_WORDS if word != match.group()]
        yield from _figure_changed(claim, match, chance.choice(others))


def _other_number(number: str, chance: random.Random) -> str:
    places = [place for place, char in enumerate(number) if char.isdigit() and char != "0"]
    place = chance.choice(places or [0])
    digit = chance.choice([char for char in "123456789" if char != number[place]])
    return number[:place] + digit + number[place + 1 :]


def _figure_changed(claim: Claim, match: re.Match[str], new: str) -> Iterator[Mutant]:
    old = match.group()
    text = claim.text[: match.start()] + new + claim.text[match.end() :]
    alone = claim.model_copy(update={"text": text})
    yield "figure, words only", alone
    if any(old in quantity.surface for quantity in claim.quantities):
        moved = tuple(_quantity(quantity, old, new) for quantity in claim.quantities)
        yield "figure, words and quantities", alone.model_copy(update={"quantities": moved})
        yield "figure, quantities only", claim.model_copy(update={"quantities": moved})


def _quantity(quantity: Figure, old: str, new: str) -> Figure:
    if old not in quantity.surface:
        return quantity
    try:
        factor = float(new.replace(",", "")) / float(old.replace(",", ""))
    except (ValueError, ZeroDivisionError):
        factor = 2
    scaled = {
        key: None if value is None else value * factor
        for key, value in (("low", quantity.low), ("high", quantity.high))
    }
    return quantity.model_copy(update={"surface": quantity.surface.replace(old, new), **scaled})


def date_mutants(claim: Claim) -> Iterator[Mutant]:
    """Another weekday, month, day or year in the words, or a moved `time`."""
    for names in (MONTHS, DAYS):
        for match in re.finditer(rf"\b(?:{'|'.join(names)})\b", claim.text):
            new = names[(names.index(match.group()) + 2) % len(names)]
            if match.group() != "May" or re.match(r" \d", claim.text[match.end() :]):
                yield "date", _worded(claim, match, new)
    for match in re.finditer(r"\b(?:19|20)\d\d\b", claim.text):
        yield "date", _worded(claim, match, str(int(match.group()) - 2))
    for match in re.finditer(rf"(?:{'|'.join(MONTHS)}) (\d{{1,2}})\b", claim.text):
        start, end = match.span(1)
        day = int(match.group(1)) % 28 + 1
        yield (
            "date",
            claim.model_copy(update={"text": f"{claim.text[:start]}{day}{claim.text[end:]}"}),
        )
    if claim.time and (claim.time.start or claim.time.end):
        yield "date", claim.model_copy(update={"time": _moved(claim.time)})


def _worded(claim: Claim, match: re.Match[str], new: str) -> Claim:
    return claim.model_copy(
        update={"text": claim.text[: match.start()] + new + claim.text[match.end() :]}
    )


def _moved(period: Period) -> Period:
    def earlier(day: date | None) -> date | None:
        return day and day.replace(year=day.year - 1, day=min(day.day, 28))

    return period.model_copy(update={"start": earlier(period.start), "end": earlier(period.end)})


def negation_mutants(claim: Claim) -> Iterator[Mutant]:
    """A "not" put in or taken out, or a verb turned into its opposite."""
    flipped = "negative" if claim.polarity == "positive" else "positive"
    removed = NEGATION.search(claim.text)
    auxiliary = AUXILIARY.search(claim.text)
    if removed:
        text = claim.text[: removed.start()] + claim.text[removed.end() :]
        yield "negation", claim.model_copy(update={"text": text})
        yield "negation", claim.model_copy(update={"text": text, "polarity": flipped})
    elif auxiliary:
        text = f"{claim.text[: auxiliary.end()]} not{claim.text[auxiliary.end() :]}"
        yield "negation", claim.model_copy(update={"text": text})
        yield "negation", claim.model_copy(update={"text": text, "polarity": flipped})
    for pair in PAIRS:
        for old, new in (pair, pair[::-1]):
            match = re.search(rf"\b{old}\b", claim.text)
            if match:
                yield "opposite", _worded(claim, match, new)


def name_mutants(claim: Claim, article: Article, chance: random.Random) -> Iterator[Mutant]:
    """A name of the claim swapped for another of the article."""
    others = _names(article)
    for start, end in find_names(claim.text):
        name = claim.text[start:end]
        fitting = [other for other in others if not _one(name, other)]
        fitting = [other for other in fitting if other not in claim.text] or fitting
        fitting = [other for other in fitting if _is_state(other) == _is_state(name)] or fitting
        if fitting:
            text = claim.text[:start] + chance.choice(fitting) + claim.text[end:]
            yield "name swapped", claim.model_copy(update={"text": text})


def _is_state(name: str) -> bool:
    return country_of(name) is not None


def _one(name: str, other: str) -> bool:
    country = country_of(name)
    return same_name(name, other) or bool(country and country == country_of(other))


def _names(article: Article) -> list[str]:
    text = "\n".join(article.raw[start:end] for start, end in article.main_text)
    counts = Counter(text[start:end] for start, end in find_names(text))
    return sorted(counts)


def source_mutants(
    claim: Claim, article: Article, claims: list[Claim], chance: random.Random
) -> Iterator[Mutant]:
    """The source swapped for another, left out, or made up."""
    sources = sorted({other.source for other in claims if other.source})
    named = [*sources, *_names(article)]
    taken = [claim.source, *claim.via] if claim.source else []
    # "Ukrainian" in the place of "Ukraine’s intelligence" would not be false.
    taken += [name[a:b] for name in taken if name for a, b in find_names(f"x {name}"[2:])]
    others = [other for other in named if not any(_one(other, name) for name in taken if name)]
    others = [other for other in others if other.lower() not in (claim.source or "").lower()]
    if claim.source:
        yield "source dropped", claim.model_copy(update={"source": None, "via": ()})
        if others:
            yield "source swapped", claim.model_copy(update={"source": chance.choice(others)})
    elif others:
        yield "source added", claim.model_copy(update={"source": chance.choice(others)})


@dataclass
class Measured:
    """Counts by kind: how many were flagged, of how many; misses kept for reading."""

    flagged: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    misses: dict[str, list[tuple[str, Claim]]] = field(default_factory=lambda: defaultdict(list))
    milliseconds: float = 0.0

    def rate(self, kind: str) -> float | None:
        """Share flagged of the kinds that start with `kind`; None where there is none."""
        kinds = [name for name in self.total if name.startswith(kind)]
        total = sum(self.total[name] for name in kinds)
        return sum(self.flagged[name] for name in kinds) / total if total else None


def measure(pairs: list[tuple[Article, list[Claim]]]) -> Measured:
    """Verify every claim and every mutant; kind `gold` holds the claims as labelled."""
    measured = Measured()
    started, checked = time.perf_counter(), 0
    for article, claims in pairs:
        verifier = Verifier(article)
        for claim in claims:
            for kind, variant in [("gold", claim), *mutants(claim, article, claims)]:
                checked += 1
                verdict = verifier.check(variant)
                flagged = verdict.verdict == "unsupported"
                measured.total[kind] += 1
                measured.flagged[kind] += flagged
                if flagged == (kind == "gold"):
                    measured.misses[kind].append((article.id, verdict))
    measured.milliseconds = 1000 * (time.perf_counter() - started) / max(1, checked)
    return measured


def _whole(name: str, document: str, sentence: str) -> Claim:
    """A summary sentence as a claim whose evidence is the whole document."""
    return Claim(
        id=name, text=sentence, evidence=(Span(start=0, end=len(document), quote=document),)
    )


def summaries(folder: Path) -> Iterator[tuple[str, str, str, bool]]:
    """Judged summary sentences: corpus, document, sentence, whether it is supported."""
    for line in (folder / "cliff.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield "cliff", row["doc"], row["summ"], row["error_type"] == "correct"
    for line in (folder / "qags.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        for judged in row["sentences"]:
            yield "qags", row["article"], judged["sentence"], judged["majority_supported"]


def balanced_accuracy(folder: Path) -> dict[str, tuple[float, float, int]]:
    """For each corpus: share of supported accepted, of unsupported flagged, and their number."""
    right: dict[tuple[str, bool], list[bool]] = defaultdict(list)
    for number, (corpus, document, sentence, supported) in enumerate(summaries(folder)):
        article = _article(f"{corpus}-{number}", document, ((0, len(document)),), None)
        verdict = Verifier(article).check(_whole(str(number), document, sentence)).verdict
        right[corpus, supported].append((verdict == "supported") == supported)
    return {
        corpus: (
            sum(right[corpus, True]) / len(right[corpus, True]),
            sum(right[corpus, False]) / len(right[corpus, False]),
            len(right[corpus, True]) + len(right[corpus, False]),
        )
        for corpus in ("cliff", "qags")
    }


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--split", help="keep the articles of this split")
    parser.add_argument("--misses", default="")
    parser.add_argument("--summaries", type=Path)
    args = parser.parse_args()
    only = set(filter(None, args.only.split(",")))
    measured = measure(read_gold(args.gold, only, args.split))
    for kind in sorted(measured.total):
        share = measured.flagged[kind] / measured.total[kind]
        print(
            f"{kind:32s} flagged {measured.flagged[kind]:4d}/{measured.total[kind]:<4d} {share:.3f}"
        )
    print(f"{measured.milliseconds:.2f} ms a claim")
    for kind in filter(None, args.misses.split(";")):
        for name, claim in measured.misses[kind]:
            print(f"[{kind}] {name} {claim.id} {claim.text} <{claim.source}> {claim.certainty}")
            print("    E:", " | ".join(span.quote for span in claim.evidence)[:300])
            print("    ", *claim.reasons, sep="\n     ")
    if args.summaries:
        for corpus, (kept, caught, count) in balanced_accuracy(args.summaries).items():
            mean = (kept + caught) / 2
            print(f"{corpus}: {mean:.3f} (accepted {kept:.3f}, flagged {caught:.3f}, n {count})")


if __name__ == "__main__":
    main()
