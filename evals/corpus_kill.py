"""Kills a corpus run at random moments, takes it up again, and holds the end against a quiet run.

    python evals/corpus_kill.py [--kills 100] [--articles 300] [--latency 0.05] [--seed 1]

Each run is a process of its own, killed with SIGKILL after a random time and begun anew on the same
store until it ends by itself; then a new store is begun, until all kills are spent. For each store
the export must be the bytes of the undisturbed run's, and no question may have been asked again
more often than there were calls in flight at the kills.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import corpus_articles

from summarise.corpus import job
from summarise.corpus.display import Board
from summarise.corpus.export import ExportFormat, pieces
from summarise.corpus.store import Store
from summarise.language.syntax import parse

MODEL = "gpt-5.4-mini"
CONCURRENCY = 8
"""Calls in flight, by the profile of the model."""


@contextmanager
def server(latency: float) -> Iterator[str]:
    """The address of a quick server that counts what it is asked."""
    script = Path(__file__).with_name("fast_server.py")
    command = [sys.executable, str(script), "--latency", str(latency)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            yield running.stdout.readline().strip()
        finally:
            running.kill()


def asked(base_url: str) -> dict[str, int]:
    """How often each question was asked so far."""
    with urllib.request.urlopen(base_url.replace("/v1", "/count")) as answer:  # noqa: S310
        found: dict[str, int] = json.load(answer)["asked"]
    return found


def run(folder: Path, store: Path, base_url: str) -> None:
    """A whole run, in this process."""
    os.environ.pop("OPENAI_API_KEY", None)
    options = job.Options((str(folder),), MODEL, base_url)
    with Board(quiet=True) as board:
        asyncio.run(job.run(store, options, board))


def exported(store: Path) -> str:
    """The store as JSONL."""
    with Store.open(store) as opened:
        return "".join(pieces(opened, ExportFormat.JSONL))


def killed(folder: Path, store: Path, base_url: str, seconds: float) -> bool:
    """Whether a run had to be killed after so many seconds; False where it had ended."""
    process = multiprocessing.get_context("fork").Process(
        target=run, args=(folder, store, base_url)
    )
    process.start()
    process.join(seconds)
    if process.exitcode is None:
        os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL), process.exitcode
    return process.exitcode != 0


def disturbed(
    folder: Path, scratch: Path, kills: int, seconds: float, latency: float, chance: random.Random
) -> dict[str, Any]:
    """One store brought to its end through at most so many kills."""
    store, done = scratch / "killed.db", 0
    with server(latency) as base_url:
        while done < kills and killed(folder, store, base_url, chance.uniform(0, seconds)):
            done += 1
        run(folder, store, base_url)
        counts = asked(base_url)
    text = exported(store)
    for file in scratch.glob("killed.db*"):
        file.unlink()
    again = sum(count - 1 for count in counts.values())
    return {"kills": done, "calls": len(counts), "again": again, "export": text}


def main() -> None:
    """Print a line a store, and fail where one is not as it must be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--latency", type=float, default=0.05)
    parser.add_argument("--seconds", type=float, default=4.0, help="longest time before a kill")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    chance = random.Random(args.seed)  # noqa: S311
    parse("The parser is loaded once, for all processes.")
    left, again, began = args.kills, 0, time.monotonic()
    with TemporaryDirectory() as name:
        scratch = Path(name)
        corpus_articles.write(scratch / "in", args.articles)
        with server(args.latency) as base_url:
            run(scratch / "in", scratch / "quiet.db", base_url)
            quiet = asked(base_url)
        wanted = exported(scratch / "quiet.db")
        print(f"undisturbed: {len(wanted.splitlines())} articles, {sum(quiet.values())} calls")
        while left:
            got = disturbed(scratch / "in", scratch, left, args.seconds, args.latency, chance)
            same = got["export"] == wanted
            left, again = left - got["kills"], again + got["again"]
            print(f"{got['kills']} kills: export {'the same' if same else 'DIFFERS'}, ", end="")
            print(f"{got['calls']} calls, {got['again']} asked again", flush=True)
            assert same
            assert got["calls"] == len(quiet)
            assert got["again"] <= CONCURRENCY * got["kills"]
    seconds = time.monotonic() - began
    print(f"{args.kills} kills, {again} calls asked again, {seconds:.0f} s")


if __name__ == "__main__":
    main()
