"""A project with a small suite and its recordings, made against the stand-in server."""

from __future__ import annotations

import json
from pathlib import Path

import anyio
from openai_stand_in import StandIn
from small_suite import TEXTS, make_suite

from summarise.cassette_record import Server, record
from summarise.evaluation.suite import Suite, load_suite

MODEL = "gpt-5.4-mini"
FOLDER = Path("cassettes/weirs")
TOML = f"""
name = "weirs"
texts = "texts"

[run]
model = "{MODEL}"
recordings = "../../cassettes/weirs"
"""
ANSWER = {
    "claims": [
        {
            "sentences": [1],
            "text": "The dam at Osk leaked.",
            "source": None,
            "via": [],
            "certainty": "certain",
            "polarity": "positive",
        }
    ]
}


def make_project(root: Path, toml: str = TOML) -> Suite:
    """A project at `root` whose suite has no recordings yet; the working folder must be `root`."""
    make_suite(root / "evals" / "weirs", toml)
    return load_suite(Path("evals/weirs"))


def record_cases(suite: Suite, server: StandIn, *names: str) -> None:
    """Record these cases, or all of them."""
    server.answer(ANSWER)
    for name in names or TEXTS:
        anyio.run(record, suite, name, Server(base_url=server.base_url))


def edit_manifest(folder: Path, name: str, **changes: object) -> None:
    """Change what the manifest says of one file; None takes its entry away."""
    where = folder / "manifest.json"
    data = json.loads(where.read_text("utf-8"))
    entry = data["recordings"].setdefault(name, dict(next(iter(data["recordings"].values()))))
    entry.update(changes)
    if not changes:
        del data["recordings"][name]
    where.write_text(json.dumps(data), "utf-8")
