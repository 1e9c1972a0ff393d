"""Measures one long article: time, memory, and whether each of its sentences is accounted for.

    python evals/long_article.py [--pages 20,200] [--model gpt-5.4-mini]

A page is 500 words of made-up news. Each size is extracted in a process of its own, twice: with a
server that answers at once, asked for the claims of whole passages, and by the program alone, which
parses every sentence. `longest` is the longest request, in characters.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from corpus_articles import DEEDS, PEOPLE, PLACES

WORDS_A_PAGE = 500
SHAPES = (
    "{who} of {where} {deed} with {count} workers on {day}.",
    "{who} said {where} had {deed} with {count} workers, adding that it was the last this year.",
    "“We {deed} with {count} workers,” {who} told reporters in {where} on {day}.",
    "The council of {where}, which {who} has led since {year}, {deed} with {count} workers.",
    "According to {who}, {where} {deed} and paid {count} workers, {percent}% more than in {year}.",
)
DAYS = "Monday Tuesday Wednesday Thursday Friday".split()


def article(pages: int) -> str:
    """A text of so many pages, the same each time."""
    chance = random.Random(pages)  # noqa: S311
    said, count = ["The year of the councils"], 0
    while count < pages * WORDS_A_PAGE:
        paragraph = " ".join(_sentence(chance) for _ in range(3))
        count += len(paragraph.split())
        said.append(paragraph)
    return "\n\n".join(said) + "\n"


def _sentence(chance: random.Random) -> str:
    return chance.choice(SHAPES).format(
        who=chance.choice(PEOPLE),
        where=chance.choice(PLACES),
        deed=chance.choice(DEEDS),
        day=chance.choice(DAYS),
        count=f"{chance.randrange(10, 90_000):,}",
        year=chance.randrange(1960, 2020),
        percent=chance.randrange(2, 90),
    )


def extracted(pages: int, model: str | None) -> dict[str, Any]:
    """What came of one article, with `model` on a fast server or by the program alone."""
    import anyio
    from corpus_kill import server
    from injection import Nobody, program_alone

    from summarise.client import Client
    from summarise.pipeline import aextract_many
    from summarise.profiles import profile_for
    from summarise.prompt import DEFAULT_PROMPT, load
    from summarise.read import read
    from summarise.segment import segment

    read_as = read("long.txt", text=article(pages))
    longest, began = 0, time.perf_counter()
    found: list[Any] = []

    class Measured(Client):
        """Notes the longest request."""

        async def ask(self, messages: Any, schema: Any, *, max_tokens: int) -> Any:
            nonlocal longest
            longest = max(longest, sum(len(message["content"]) for message in messages))
            return await super().ask(messages, schema, max_tokens=max_tokens)

    async def asked(model: str, url: str) -> None:
        async with Measured(model, url, None, profile_for(model)) as client:
            await aextract_many(
                [read_as], on_result=lambda _, result: found.append(result), client=client
            )

    if model is None:
        nobody = Nobody()
        found.append(program_alone(read_as, load(DEFAULT_PROMPT), nobody))
        longest = max(sum(len(m["content"]) for m in body["messages"]) for body in nobody.asked)
    else:
        with server(0.0) as url:
            anyio.run(asked, model, url)
    (result,) = found
    taken = {(s.start, s.end) for claim in result.claims for s in claim.evidence}
    lined = {line.where for line in result.ledger}
    missed = sum(
        (s.start, s.end) not in lined and not any(a < s.end and s.start < b for a, b in taken)
        for s in segment(read_as)
    )
    return {
        "seconds": time.perf_counter() - began,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "sentences": len(segment(read_as)),
        "claims": len(result.claims),
        "calls": result.run.calls,
        "longest": longest,
        "missed": missed,
    }


def main() -> None:
    """Print a line a size and way."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pages", default="20,200")
    parser.add_argument("--model", default="gpt-5.4-mini")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        pages, _, model = args.one.partition(":")
        print(json.dumps(extracted(int(pages), model or None)))
        return
    for pages in map(int, args.pages.split(",")):
        for model in (args.model, ""):
            command = [sys.executable, str(Path(__file__)), "--one", f"{pages}:{model}"]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            measured = json.loads(done.stdout.splitlines()[-1])
            told = ", ".join(f"{value:,.0f} {name}" for name, value in measured.items())
            print(f"{pages} pages, {model or 'program alone'}: {told}", flush=True)


if __name__ == "__main__":
    main()
