"""What becomes of articles when a share of the calls goes wrong in every way there is.

    python evals/client_faults.py [--articles 500] [--share 0.3] [--seed 7]

A misbehaving server runs in a process of its own. Each article must end in an extraction in which
every sentence has claims or a line in the ledger with its reason, and the tokens that the program
counted must be the server's own, to the token; tries whose tokens the server never told are counted
too, and must be as many.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import anyio

from summarise.client import Client, Limits
from summarise.errors import SummariseError
from summarise.pipeline import Source, aextract_many
from summarise.profiles import DEFAULT_API_MODEL, profile_for
from summarise.records import Article, Extraction
from summarise.segment import segment

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from misbehaving_server import Account, misbehaving

TOWNS = "Braga Faro Lagos Tomar Leiria Viseu Aveiro Sintra Beja Elvas".split()
_TRY, _HANG = 10, 15
"""Seconds that a try may take, and that a hanging server hangs for."""


@dataclass
class Outcome:
    """What came of all articles."""

    results: int = 0
    errors: list[str] = field(default_factory=list)
    claimed: int = 0
    ledger: Counter[str] = field(default_factory=Counter)
    silent: int = 0
    """Sentences with neither claim nor ledger line."""

    def take(self, _: Source, result: Extraction | SummariseError) -> None:
        """One article is done."""
        if isinstance(result, SummariseError):
            self.errors.append(str(result))
            return
        self.results += 1
        lines = {line.where: line for line in result.ledger}
        for sentence in segment(result.article):
            line = lines.get((sentence.start, sentence.end))
            if line is not None and line.why:
                self.ledger[line.why[:60]] += 1
            elif any(
                span.start < sentence.end and sentence.start < span.end
                for claim in result.claims
                for span in claim.evidence
            ):
                self.claimed += 1
            else:
                self.silent += 1


def article(number: int) -> Article:
    """An invented article, of another length each."""
    town = TOWNS[number % len(TOWNS)]
    lines = [f"The council of {town} met on Monday."] + [
        f"Road {number} in {town} carries {17 * place + number} lorries each day."
        for place in range(1 + number % 7)
    ]
    text = "\n".join(lines)
    whole = ((0, len(text)),)
    return Article(id=f"article-{number}", sha256="", main_text=whole, raw=text, view=text)


async def run(url: str, count: int, seed: int) -> tuple[Outcome, Client, float]:
    """All articles through one client."""
    outcome = Outcome()
    limits = Limits(timeout=_TRY, retries=4, call_seconds=120, concurrency=32, seed=seed)
    began = time.perf_counter()
    profile = profile_for(DEFAULT_API_MODEL)
    async with Client(DEFAULT_API_MODEL, url, "none", profile, limits=limits) as client:
        articles = [article(number) for number in range(count)]
        await aextract_many(articles, on_result=outcome.take, client=client)
    return outcome, client, time.perf_counter() - began


def differences(client: Client, account: Account) -> list[str]:
    """Where the two counts differ."""
    spent = client.spent
    pairs = {
        "input tokens": (spent.input_tokens, account.input_tokens),
        "output tokens": (spent.output_tokens, account.output_tokens),
        "cached tokens": (spent.cached_tokens, account.cached_tokens),
        "tries without a count": (spent.unmetered, account.untold),
    }
    return [
        f"{what}: {own} here, {theirs} there"
        for what, (own, theirs) in pairs.items()
        if own != theirs
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--share", type=float, default=0.3)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    options = ("--share", str(given.share), "--seed", str(given.seed), "--hang", str(_HANG))
    with misbehaving(*options) as (url, account):
        outcome, client, seconds = anyio.run(run, url, given.articles, given.seed)
        theirs = account()
    spent = client.spent
    print(f"{outcome.results} of {given.articles} articles have an extraction ({seconds:.0f} s)")
    print(f"sentences: {outcome.claimed} with claims, {sum(outcome.ledger.values())} in the ledger")
    for why, count in outcome.ledger.most_common():
        print(f"  {count:5} {why}")
    print(f"requests: {theirs.requests}, of which went wrong: {sum(theirs.faults.values())}")
    for kind, count in sorted(theirs.faults.items()):
        print(f"  {count:5} {kind}")
    print(
        f"tokens: {spent.input_tokens} in, {spent.output_tokens} out, {spent.cached_tokens} cached"
    )
    print(f"tries whose tokens were never told: {spent.unmetered}")
    wrong = [*outcome.errors, *differences(client, theirs)]
    wrong += [f"{outcome.silent} sentences vanished"] if outcome.silent else []
    print(
        "\n".join(wrong) if wrong else "each sentence accounted for, counts equal to the server's"
    )
    return int(bool(wrong) or outcome.results != given.articles)


if __name__ == "__main__":
    sys.exit(main())
