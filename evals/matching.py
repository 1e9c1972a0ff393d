"""Measures the matcher: mutants that it takes for their original, and paraphrases it tells apart.

    python evals/matching.py mutants GOLD_DIR [--split NAME] [--show KIND]
    python evals/matching.py mrpc FILE [--embedding]

`mutants` changes one thing in each labelled claim (as `evals/mutations.py` does) and counts how
many of the changed claims are matched to the claim they were made from. `mrpc` scores pairs of
news sentences, paraphrase or not, and prints the area under the curve beside token F1
and, if asked, an embedding.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from mutations import mutants, read_gold

from summarise.evaluation.match import match
from summarise.evaluation.vetoes import dice, veto
from summarise.meaning import meaning_of
from summarise.records import Claim

Measure = Callable[[str, str], float]


def count_mutants(
    gold: Path, split: str | None
) -> tuple[Counter[str], Counter[str], dict[str, list[tuple[Claim, Claim]]]]:
    """Mutants by kind, those of them matched to their original, and the pairs of these."""
    made: Counter[str] = Counter()
    matched: Counter[str] = Counter()
    taken: dict[str, list[tuple[Claim, Claim]]] = defaultdict(list)
    for article, claims in read_gold(gold, None, split):
        for claim in claims:
            for kind, mutant in mutants(claim, article, claims):
                if kind.startswith("source") and claim.quantities:
                    kind = f"{kind}, of a figure"
                made[kind] += 1
                if match([claim], [mutant]).pairs:
                    matched[kind] += 1
                    taken[kind].append((claim, mutant))
    return made, matched, taken


def area(positives: Sequence[float], negatives: Sequence[float]) -> float:
    """The chance that a positive scores higher than a negative; ties count half."""
    import numpy as np

    high, low = np.array(positives)[:, None], np.array(negatives)[None, :]
    return float(((high > low) + 0.5 * (high == low)).mean())


def similarity(one: str, other: str) -> float:
    """What the matcher makes of two sentences by their words alone, half of it under a veto."""
    first, second = (meaning_of(Claim(id="x", text=text)) for text in (one, other))
    return dice(first.stems, second.stems) * (0.5 if veto(first, second) else 1.0)


def token_f1(one: str, other: str) -> float:
    """The usual measure: lower-cased words, as they are."""
    return dice(Counter(one.lower().split()), Counter(other.lower().split()))


def mrpc(path: Path, measures: dict[str, Measure]) -> dict[str, tuple[float, float]]:
    """The area under the curve by measure: against all negatives, and those with other numbers.

    Positives are the paraphrases without a flag on their numbers: the label tolerates others.
    """
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    flags = ("flag_numbers_conflict", "flag_numbers_subset")
    same = [row for row in rows if row["label"] == 1 and not any(row[flag] for flag in flags)]
    other = [row for row in rows if row["label"] == 0]
    clashing = [row for row in other if row["flag_numbers_conflict"]]
    found = {}
    for name, measure in measures.items():
        high, low, lowest = (
            [measure(row["s1"], row["s2"]) for row in kind] for kind in (same, other, clashing)
        )
        found[name] = area(high, low), area(high, lowest)
    print(f"{len(same)} paraphrases, {len(other)} others, {len(clashing)} of them by their numbers")
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("what", choices=("mutants", "mrpc"))
    parser.add_argument("path", type=Path)
    parser.add_argument("--split")
    parser.add_argument("--show", default="")
    parser.add_argument("--embedding", action="store_true", help="beside MiniLM-L6")
    args = parser.parse_args()
    if args.what == "mrpc":
        measures: dict[str, Measure] = {"matcher": similarity, "token F1": token_f1}
        if args.embedding:
            from embedding import cosine

            measures["MiniLM-L6 cosine"] = cosine
        for name, (every, clashing) in mrpc(args.path, measures).items():
            print(f"{name:18s} AUC {every:.3f}  where numbers clash {clashing:.3f}")
        return
    made, matched, taken = count_mutants(args.path, args.split)
    for kind in sorted(made):
        share = matched[kind] / made[kind]
        print(f"{kind:34s} matched {matched[kind]:4d}/{made[kind]:<5d} {share:.4f}")
    for claim, mutant in taken.get(args.show, ()):
        for one in (claim, mutant):
            print(f"- {one.text} <{one.source}> {one.time}")


if __name__ == "__main__":
    main()
