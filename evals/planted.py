"""Plants regressions into a run and counts how often the gate catches them, and false alarms.

    python evals/planted.py SUITE PRED_DIR [--split NAME] [--trials N] [--other PRED_DIR]

PRED_DIR holds the extractions of a run, which is the baseline. Planted are: a fifth of the claims
dropped, a twentieth of the figures changed, sources swapped, certainty lost, page noise let in.
Alarms on the same outputs under other seeds are counted, and, with `--other`, those between runs
mixed article by article from two runs at random, so that neither is better than the other.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from summarise.evaluation.gate import gate
from summarise.evaluation.predictions import Predictions, save
from summarise.evaluation.store import Scores
from summarise.evaluation.suite import Suite, load_suite

Claims = list[dict[str, Any]]
Fault = Callable[[Claims, random.Random], Claims]


def dropped(claims: Claims, chance: random.Random) -> Claims:
    """A fifth of the claims is gone."""
    return [claim for claim in claims if chance.random() >= 0.2]


def changed(claims: Claims, chance: random.Random) -> Claims:
    """A digit of a twentieth of the figures is another, in the words and the quantities."""
    return [_changed(claim, chance) for claim in claims]


def _changed(claim: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    for figure in claim["quantities"]:
        digits = re.search(r"\d[\d,.]*\d|\d", figure["surface"])
        if digits is None or chance.random() >= 0.05:
            continue
        old = digits.group()
        place = chance.choice([i for i, char in enumerate(old) if char.isdigit()])
        digit = chance.choice([char for char in "123456789" if char != old[place]])
        new = old[:place] + digit + old[place + 1 :]
        factor = float(new.replace(",", "")) / (float(old.replace(",", "")) or 1)
        bounds = {key: figure[key] and figure[key] * factor for key in ("low", "high")}
        moved = {**figure, **bounds, "surface": figure["surface"].replace(old, new)}
        others = [moved if one is figure else one for one in claim["quantities"]]
        claim = {**claim, "text": claim["text"].replace(old, new, 1), "quantities": others}
    return claim


def swapped(claims: Claims, chance: random.Random) -> Claims:
    """Every third source is another of the article's."""
    sources = sorted({claim["source"] for claim in claims if claim["source"]})
    return [
        {**claim, "source": chance.choice(sources)}
        if claim["source"] and chance.random() < 1 / 3
        else claim
        for claim in claims
    ]


def made_certain(claims: Claims, _chance: random.Random) -> Claims:
    """Every claim is certain."""
    return [{**claim, "certainty": "certain"} for claim in claims]


FAULTS: dict[str, Fault] = {
    "a fifth of the claims dropped": dropped,
    "a twentieth of the figures changed": changed,
    "a third of the sources swapped": swapped,
    "certainty lost": made_certain,
}


def write(
    suite: Suite, source: Path, out: Path, split: str | None, fault: Fault | None, seed: int
) -> Scores:
    """Score a copy of the run in which the fault is planted."""
    folder = out / "predictions"
    folder.mkdir(parents=True, exist_ok=True)
    for name in suite.case_ids(split):
        data = json.loads((source / f"{name}.json").read_text("utf-8"))
        if fault is not None:
            chance = random.Random(f"{seed}/{name}")  # noqa: S311
            data["claims"] = fault(data["claims"], chance)
        (folder / f"{name}.json").write_text(json.dumps(data), "utf-8")
    return save(suite, Predictions(folder), out, split, None)


def mixed(
    suite: Suite, one: Path, other: Path, out: Path, split: str | None, seed: int
) -> list[Scores]:
    """Two runs that share out the articles of two others between them."""
    chance = random.Random(seed)  # noqa: S311
    sides = [out / "a", out / "b"]
    for side in sides:
        shutil.rmtree(side, ignore_errors=True)
        (side / "predictions").mkdir(parents=True)
    for name in suite.case_ids(split):
        pair = [one, other]
        chance.shuffle(pair)
        for side, source in zip(sides, pair, strict=True):
            shutil.copy(source / f"{name}.json", side / "predictions")
    return [save(suite, Predictions(side / "predictions"), side, split, None) for side in sides]


def main() -> None:
    """Print the rates."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("suite", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--split")
    parser.add_argument("--trials", type=int, default=20)
    parser.add_argument("--other", type=Path)
    args = parser.parse_args()
    suite = load_suite(args.suite)
    # Only what a comparison finds is counted: floors and ceilings are of the suite.
    thresholds = suite.gate.model_copy(update={"floors": {}, "ceilings": {"failed": 1}})
    with TemporaryDirectory() as scratch:
        out = Path(scratch)
        baseline = write(suite, args.run, out / "baseline", args.split, None, 0)
        same = sum(not gate(baseline, thresholds, baseline, seed=seed).passed for seed in range(50))
        print(f"{'the same outputs, 50 seeds':38s} alarms {same}/50")
        for name, fault in FAULTS.items():
            caught, metrics = 0, set[str]()
            for seed in range(args.trials):
                new = write(suite, args.run, out / "new", args.split, fault, seed)
                verdict = gate(new, thresholds, baseline, seed=seed)
                caught += not verdict.passed
                metrics |= {finding.metric for finding in verdict.findings}
            print(f"{name:38s} caught {caught}/{args.trials}  by {', '.join(sorted(metrics))}")
        if args.other:
            alarms = 0
            for seed in range(args.trials):
                one, two = mixed(suite, args.run, args.other, out / "mixed", args.split, seed)
                alarms += not gate(two, thresholds, one, seed=seed).passed
            print(f"{'two runs mixed by article':38s} alarms {alarms}/{args.trials}")


if __name__ == "__main__":
    main()
