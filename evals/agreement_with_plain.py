"""Holds the harness against a plain scorer that knows nothing of it: rank and differences.

    python evals/agreement_with_plain.py PLAIN_SCORER GOLD_DIR PRED_DIR PRED_DIR [...]

PLAIN_SCORER is a Python file with `match(predicted, gold)` and `score_one(predicted, gold)` over
the JSON of claims. Printed are the F1 of both for each run, the rank correlation, and, for what
only one of the two matches, how often each reason of ours says why.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

from summarise.claim_files import load_claims
from summarise.evaluation.match import match


def load(path: Path) -> ModuleType:
    """The plain scorer as a module."""
    spec = importlib.util.spec_from_file_location("plain", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def f1(hits: int, predicted: int, gold: int) -> float:
    """Harmonic mean of precision and recall."""
    return 2 * hits / (predicted + gold) if predicted + gold else 0.0


def compare(plain: Any, gold: Path, folder: Path) -> tuple[float, float, Counter[str]]:
    """F1 of the plain scorer and of ours, and the reasons for which we match fewer or more."""
    sizes: Counter[str] = Counter()
    why: Counter[str] = Counter()
    for path in sorted(folder.glob("*.json")):
        if not (gold / path.name).exists():
            continue
        wanted, given = json.loads((gold / path.name).read_text()), json.loads(path.read_text())
        theirs = {(p, g) for p, g, _ in plain.match(given["claims"], wanted["claims"])}
        found = match(load_claims(gold / path.name), load_claims(path))
        ours = {(pair.predicted, pair.gold) for pair in found.pairs}
        sizes.update(
            gold=len(wanted["claims"]),
            given=len(given["claims"]),
            plain=len(theirs),
            ours=len(ours),
        )
        mine = {g for _, g in ours}
        reasons = {one.place: one.reason for one in found.missed}
        for _, g in theirs:
            if g not in mine:
                why["only plain: " + reasons[g].partition(":")[0].partition(" c")[0]] += 1
        why["only ours"] += len(mine - {g for _, g in theirs})
    return (
        f1(sizes["plain"], sizes["given"], sizes["gold"]),
        f1(sizes["ours"], sizes["given"], sizes["gold"]),
        why,
    )


def main() -> None:
    """Print the table."""
    from scipy.stats import spearmanr

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("runs", type=Path, nargs="+")
    args = parser.parse_args()
    plain = load(args.scorer)
    rows = [(run.name, *compare(plain, args.gold, run)) for run in args.runs]
    for name, theirs, ours, why in rows:
        print(f"{name:24s} plain {theirs:.3f}  ours {ours:.3f}  difference {ours - theirs:+.3f}")
        for reason, count in why.most_common():
            print(f"    {count:4d}  {reason}")
    print(f"rank correlation {spearmanr([r[1] for r in rows], [r[2] for r in rows]).statistic:.3f}")


if __name__ == "__main__":
    main()
