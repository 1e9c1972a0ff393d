"""The engines side by side: the same articles run locally and in two worker processes of daft.

    python evals/corpus_speed.py [--articles 1000] [--workers 2] [--latency 0.2]

Both exports must be the same bytes.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

import corpus_articles
from corpus_growth import run
from corpus_kill import asked, exported, server


def main() -> None:
    """Print a line an engine."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--latency", type=float, default=0.2)
    args = parser.parse_args()
    found: dict[str, str] = {}
    with TemporaryDirectory() as name:
        inputs = Path(name) / "articles.jsonl"
        with inputs.open("w") as file:
            file.writelines(corpus_articles.lines(args.articles))
        for engine in ("local", "daft"):
            store = Path(name) / f"{engine}.db"
            more = ("--engine", engine, "--workers", str(args.workers))
            with server(args.latency) as base_url:
                seconds, cpu, peak = run(inputs, store, base_url, *more)
                calls = sum(asked(base_url).values())
            found[engine] = exported(store)
            rate = args.articles / seconds
            print(
                f"{engine}: {args.articles:,} articles in {seconds:,.0f} s ({rate:.1f}/s), "
                f"{cpu:,.0f} s of CPU, peak {peak:,.0f} MB, {calls:,} calls",
                flush=True,
            )
    assert found["local"] == found["daft"]
    print("the exports are the same bytes")


if __name__ == "__main__":
    main()
