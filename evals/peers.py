"""Runs `summarise` and its peers on one embedded server and the same articles, and compares them.

    python evals/peers.py --out FOLDER [--shared DIR] [--only NAME,...] [--peers NAME,...]

The peers are langextract (`pip install langextract`; no dependency of this project) and plain
instructor: one prompt for the whole article. One that is not installed is named and left out. All
are given the raw text, and ask through a relay that counts calls and tokens in the same way for
each. Claims are written to FOLDER/<peer>/<name>.json in the form of gold files and scored by the
scorer of `--scorer`, a file with `score_one` and `table`.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from peer_set import PEERS, Case, Gold, Server
from relay import Relay, relayed

from summarise import embedded
from summarise.inputs import Details, read_sheet
from summarise.profiles import EMBEDDED_MODEL, profile_for


def load_scorer(path: Path) -> ModuleType | None:
    """The scorer's module (`score_one`, `table`); None, with a note, where it cannot be used."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None or not path.is_file():
        note(f"no scorer at {str(path)!r}: costs only (--scorer names one)")
        return None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except ImportError as error:
        note(f"the scorer {str(path)!r} cannot be loaded ({error}): costs only")
        return None
    return module


@dataclass
class Row:
    """What one peer came to, over all articles."""

    peer: str
    seconds: float = 0.0
    costs: Counter[str] = field(default_factory=Counter)
    scores: Counter[str] = field(default_factory=Counter)

    def cells(self, scorer: ModuleType | None) -> list[str]:
        score: Mapping[str, float] = scorer.table(self.scores) if scorer and self.scores else {}
        names = ("precision", "recall", "f1", "source_when_named")
        hits = self.scores["hit"]
        return [
            self.peer,
            *(f"{score[name]:.2f}" if name in score else "-" for name in names),
            f"{self.seconds:.0f}",
            *(f"{self.costs[name]:,}" for name in ("calls", "input", "output")),
            f"{self.costs['output'] / hits:.0f}" if hits else "-",
            *(f"{score[name]}" if name in score else "-" for name in ("leaked", "no_evidence")),
            f"{score['claims']}" if "claims" in score else "-",
        ]


HEAD = (
    "peer",
    "precision",
    "recall",
    "F1",
    "source*",
    "seconds",
    "calls",
    "tokens in",
    "tokens out",
    "out/match",
    "outside",
    "no evidence",
    "claims",
)
LEGEND = (
    "source*: right where one is named. out/match: output tokens per claim that matches gold. "
    "outside: claims from outside the main text. no evidence: claims whose words are not there."
)


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells as Markdown, the columns aligned."""
    grid = [HEAD, *rows]
    widths = [max(len(row[column]) for row in grid) for column in range(len(HEAD))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]

    def line(cells: Sequence[str]) -> str:
        first, *rest = cells
        numbers = [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        return f"| {' | '.join([first.ljust(widths[0]), *numbers])} |"

    return "\n".join([line(HEAD), line(rule), *map(line, rows)])


def run_peer(
    name: str,
    cases: Sequence[Case],
    server: Server,
    relay: Relay,
    out: Path,
    score: Callable[[Case, Gold], Mapping[str, int]],
) -> Row:
    """One peer over all articles; an article that it fails on gives no claims and a note."""
    row = Row(name)
    folder = out / name
    folder.mkdir(parents=True, exist_ok=True)
    for case in cases:
        began = time.perf_counter()
        try:
            claims = PEERS[name](case, server)
        except Exception as error:
            note(f"{name} failed on {case.path.stem}: {type(error).__name__}: {error!s:.200}")
            claims = []
        seconds = time.perf_counter() - began
        row.seconds += seconds
        cost = relay.taken()
        row.costs += cost
        made = {"id": case.path.stem, "claims": claims}
        text = json.dumps(made, ensure_ascii=False, indent=1)
        (folder / f"{case.path.stem}.json").write_text(f"{text}\n", "utf-8")
        row.scores.update(score(case, made))
        note(
            f"{name} {case.path.stem}: {len(claims)} claims, {seconds:.0f} s, "
            f"{cost['calls']} calls, {cost['output']} tokens out"
        )
    return row


def compare(arguments: argparse.Namespace, cases: Sequence[Case]) -> None:
    scorer = load_scorer(arguments.scorer)

    def score(case: Case, made: Gold) -> Mapping[str, int]:
        labelled = arguments.gold / f"{case.path.stem}.json"
        if scorer is None or not labelled.is_file():
            return {}
        gold = json.loads(labelled.read_text("utf-8"))
        scored: Mapping[str, int] = scorer.score_one(made, gold, case.raw)
        return scored

    installed = [name for name in arguments.peers if importlib.util.find_spec(name)]
    for name in set(arguments.peers) - set(installed):
        note(f"{name} is not installed (pip install {name}): left out")
    with served() as server, relayed(server.base_url) as relay:
        through = server._replace(base_url=relay.base_url)
        rows = [run_peer(name, cases, through, relay, arguments.out, score) for name in installed]
    print(table([row.cells(scorer) for row in rows]))
    print(LEGEND)


@contextmanager
def served() -> Iterator[Server]:
    """The embedded server, started once for all peers."""
    from anyio.from_thread import start_blocking_portal

    weights = embedded.pull()
    context = profile_for(EMBEDDED_MODEL).context_tokens
    began = time.perf_counter()
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(
            embedded.served(weights, context_tokens=context)
        ) as endpoint,
    ):
        note(f"the server was up after {time.perf_counter() - began:.1f} s (in no peer's seconds)")
        yield Server(endpoint.base_url, endpoint.api_key, EMBEDDED_MODEL)


def note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def read_arguments() -> argparse.Namespace:
    root = Path(__file__).parents[1]
    shared = Path(os.environ.get("SUMMARISE_SHARED") or root.parent / "shared")
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--out", type=Path, required=True, help="folder for the peers' claims")
    parser.add_argument("--shared", type=Path, default=shared, help="where the defaults lie")
    parser.add_argument("--texts", type=Path, help="folder of <name>.txt and meta.json")
    parser.add_argument("--gold", type=Path, help="folder of <name>.json")
    parser.add_argument("--scorer", type=Path, help="a score.py of the gold's form")
    parser.add_argument("--only", metavar="NAMES", help="articles, by comma; default: the seeds")
    parser.add_argument("--peers", default=",".join(PEERS), help="default: %(default)s")
    given = parser.parse_args()
    given.texts = given.texts or given.shared / "gold" / "dev" / "texts"
    given.gold = given.gold or given.shared / "gold" / "dev"
    given.scorer = given.scorer or given.shared / "gold" / "score.py"
    seeds = sorted(path.stem for path in (given.shared / "seeds").glob("*.txt"))
    given.only = given.only.split(",") if given.only else seeds
    given.peers = given.peers.split(",")
    if unknown := set(given.peers) - set(PEERS):
        parser.error(f"unknown peers {sorted(unknown)}: choose from {', '.join(PEERS)}")
    missing = [name for name in given.only if not (given.texts / f"{name}.txt").is_file()]
    if missing or not given.only:
        parser.error(f"no texts of {missing or 'the seeds'} in {str(given.texts)!r}: --texts")
    return given


def main() -> None:
    arguments = read_arguments()
    sheet = read_sheet(arguments.texts / "meta.json")
    cases = [
        Case(arguments.texts / f"{name}.txt", sheet.get(name, Details())) for name in arguments.only
    ]
    compare(arguments, cases)


if __name__ == "__main__":
    main()
