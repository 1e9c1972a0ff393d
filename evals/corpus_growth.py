"""Measures how a corpus run grows: time and peak memory for 1,000 and 10,000 articles, and a rerun.

    python evals/corpus_growth.py [--sizes 1000,10000]

Each size is a run of `summarise corpus run` in a process of its own, over a file of lines of JSON
with a server that answers at once, then a second run with nothing left to do. The peak is that of
the process's resident memory.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import corpus_articles
from corpus_kill import MODEL, asked, server


def run(inputs: Path, store: Path, base_url: str, *more: str) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds (of its own processes) and peak MB of one run."""
    command = [sys.executable, "-m", "summarise.cli", "corpus", "run", str(inputs)]
    command += ["--store", str(store), "--model", MODEL, "--base-url", base_url, "--quiet", *more]
    began = time.monotonic()
    with subprocess.Popen(command) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, process.returncode
    # Linux gives ru_maxrss in KiB
    return time.monotonic() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Print a line a size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sizes", default="1000,10000")
    args = parser.parse_args()
    for size in map(int, args.sizes.split(",")):
        with TemporaryDirectory() as name, server(0.0) as base_url:
            inputs, store = Path(name) / "articles.jsonl", Path(name) / "corpus.db"
            with inputs.open("w") as file:
                file.writelines(corpus_articles.lines(size))
            first, cpu, peak = run(inputs, store, base_url)
            calls = sum(asked(base_url).values())
            again, again_cpu, again_peak = run(inputs, store, base_url)
            more = sum(asked(base_url).values()) - calls
            held = store.stat().st_size / 1e6
        print(
            f"{size:,} articles: {first:,.0f} s, {cpu:,.0f} s of CPU, peak {peak:,.0f} MB, "
            f"{calls:,} calls, store {held:,.1f} MB; rerun {again:.1f} s ({again_cpu:.1f} s of "
            f"CPU, peak {again_peak:,.0f} MB), {more} calls",
            flush=True,
        )


if __name__ == "__main__":
    main()
