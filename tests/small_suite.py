"""A suite of three invented articles with one claim each, and predictions for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from summarise import read

TEXTS = {
    "dam-1": "The dam at Osk leaked 40 litres on Monday, Ada Brook said.",
    "weir-1": "The weir at Tessaly gave way after nine days of rain.",
    "weir-2": "Nobody was hurt at the weir, the river board said.",
}
GIVEN = ("--summarise-predictions", "news/given")
TEST = "def test_it(claims, gold):\n    assert len(claims) == len(gold.claims) == 1\n"
SUITE_TOML = 'name = "weirs"\ntexts = "texts"\n'


def claim(text: str, **fields: Any) -> dict[str, Any]:
    plain = {
        "id": "c01",
        "text": text,
        "evidence": [{"start": 0, "end": len(text), "quote": text}],
        "source": None,
        "via": [],
        "certainty": "certain",
        "polarity": "positive",
        "time": None,
        "quantities": [],
    }
    return plain | fields


def make_suite(folder: Path, toml: str = SUITE_TOML) -> Path:
    """A suite of one claim a case."""
    for part in ("gold", "texts"):
        (folder / part).mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / "texts" / f"{name}.txt").write_text(text, "utf-8")
        write(folder / "gold", name, id=name, main_text=[[0, len(text)]], claims=[claim(text)])
    (folder / "suite.toml").write_text(toml, "utf-8")
    return folder


def write(folder: Path, name: str, **data: Any) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(data), "utf-8")


def make_predictions(folder: Path) -> str:
    """What gold says, for each case."""
    for name, text in TEXTS.items():
        write(folder, name, claims=[claim(text)])
    return str(folder)


def whole(text: str) -> dict[str, Any]:
    """An extraction as `summarise extract --format json` writes it."""
    article = read("weir", text=text)
    run = {"model": "m", "prompt": "p", "prompt_sha256": "0" * 64}
    return {
        "article": article.model_dump(mode="json"),
        "claims": [claim(text)],
        "ledger": [],
        "run": run,
    }


def news(pytester: pytest.Pytester) -> Path:
    """A suite in the folder of the inner run, with a test; predictions of it are in `given`."""
    folder = make_suite(pytester.path / "news")
    make_predictions(folder / "given")
    (folder / "test_claims.py").write_text(TEST, "utf-8")
    return folder


def ran(pytester: pytest.Pytester, *options: str) -> pytest.RunResult:
    """The inner run, in the order of the files."""
    return pytester.runpytest_inprocess("-p", "no:randomly", "-p", "no:cacheprovider", *options)
