"""Measures how scoring grows with the suite: time and memory for 1,000 and 10,000 made-up cases.

    python evals/growth.py [--sizes 1000,10000] [--claims 8]

Each case is a small article of made-up claims, scored by `summarise eval score` in a process of its
own against predictions that lack some claims and change others. The texts are generated, so that
what is measured is the harness and no language.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

PLACES = "Velk Sutna Hradno Eastmere Northgate Tessaly Brackwater Wexcombe Fenmouth Lindau".split()
PEOPLE = ["Ana Ferreira", "Oskar Behm", "Irena Sabo", "Amit Rao", "Petra Lind", "Joan Marsh"]
DEEDS = "closed a bridge,opened a school,lost a vote,bought a ferry,sold a mine,built a dam".split(
    ","
)


def case(number: int, claims: int) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """The text, the gold and the prediction of one case."""
    chance = random.Random(number)  # noqa: S311
    text, gold, given = "", [], []
    for place in range(claims):
        who, where, deed = (chance.choice(names) for names in (PEOPLE, PLACES, DEEDS))
        count = chance.randrange(10, 9000)
        sentence = f"{who} of {where} {deed} with {count} workers."
        claim = {
            "id": f"c{place + 1:02}",
            "text": sentence,
            "evidence": [{"start": len(text), "end": len(text) + len(sentence), "quote": sentence}],
            "source": None,
            "via": [],
            "certainty": "certain",
            "polarity": "positive",
            "time": None,
            "quantities": [{"surface": str(count), "low": count, "high": count, "unit": "workers"}],
        }
        text += sentence + " "
        gold.append(claim)
        if chance.random() < 0.8:
            changed = sentence.replace(str(count), str(count + 1))
            given.append(claim if chance.random() < 0.9 else {**claim, "text": changed})
    name = f"case-{number:06}"
    head = {"id": name, "title": name, "published": None, "labeller": "made up"}
    whole = {**head, "file": f"{name}.txt", "main_text": [[0, len(text)]], "claims": gold}
    return text, whole, {"claims": given}


def write(folder: Path, size: int, claims: int) -> None:
    """A suite of `size` cases with their predictions."""
    for part in ("gold", "texts", "predicted"):
        (folder / part).mkdir()
    (folder / "suite.toml").write_text('name = "growth"\ntexts = "texts"\n', "utf-8")
    for number in range(size):
        text, gold, given = case(number, claims)
        (folder / "texts" / f"{gold['id']}.txt").write_text(text, "utf-8")
        (folder / "gold" / f"{gold['id']}.json").write_text(json.dumps(gold), "utf-8")
        (folder / "predicted" / f"{gold['id']}.json").write_text(json.dumps(given), "utf-8")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--claims", type=int, default=8)
    args = parser.parse_args()
    for size in map(int, args.sizes.split(",")):
        with TemporaryDirectory() as scratch:
            folder = Path(scratch)
            write(folder, size, args.claims)
            began = time.perf_counter()
            seconds, peak = score(folder)
            print(
                f"{size:6d} cases  {time.perf_counter() - began:7.1f} s  CPU {seconds:7.1f} s  "
                f"{1000 * seconds / size:5.2f} ms a case  peak {peak / 1024:6.0f} MB",
                flush=True,
            )


def score(folder: Path) -> tuple[float, int]:
    """CPU seconds and peak memory (KiB) of scoring, with every report written."""
    command = [sys.executable, "-m", "summarise.cli", "eval", "score", str(folder)]
    command += [str(folder / "predicted"), "--out", str(folder / "out"), "--format", "json"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"scoring failed with exit code {process.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss


if __name__ == "__main__":
    main()
