"""`summarise verify` and `summarise models`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_run import TEXT, Summarise, ferry, summarise

__all__ = ["ferry", "summarise"]


@pytest.fixture
def claims(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file of claims, each with the sentence that is to carry it."""

    def write(*texts: tuple[str, str]) -> Path:
        items = [
            {
                "id": f"c{number}",
                "text": text,
                "evidence": [_evidence(quote)],
                "source": "the harbour office",
            }
            for number, (text, quote) in enumerate(texts)
        ]
        path = tmp_path / "claims.json"
        path.write_text(json.dumps({"claims": items}), "utf-8")
        return path

    return write


def _evidence(quote: str) -> dict[str, object]:
    start = TEXT.index(quote)
    return {"start": start, "end": start + len(quote), "quote": quote}


CARRIED = "The ferry to Lorne Island carried 3,000 people on Monday"
TRUE = ("The ferry to Lorne Island carried 3,000 people.", CARRIED)
FALSE = ("The ferry to Lorne Island carried 5,000 people.", CARRIED)


def test_verify_accepts(summarise: Summarise, claims: Callable[..., Path], ferry: Path) -> None:
    ended = summarise("verify", claims(TRUE), ferry)
    assert ended.code == 0
    assert "1 claim (1 supported)" in ended.out


def test_verify_flags_and_says_why(
    summarise: Summarise, claims: Callable[..., Path], ferry: Path
) -> None:
    ended = summarise("verify", claims(TRUE, FALSE), ferry, "--format", "json")
    assert ended.code == 1
    first, second = json.loads(ended.out)
    assert (first["verdict"], first["reasons"]) == ("supported", [])
    assert second["verdict"] == "unsupported"
    assert "5,000" in second["reasons"][0]


@pytest.mark.parametrize(
    ("content", "said"),
    [("{", "is not JSON"), ('{"claims": []}', "holds no claims"), ('[{"id": "c1"}]', "text")],
)
def test_verify_needs_claims(
    content: str, said: str, summarise: Summarise, ferry: Path, tmp_path: Path
) -> None:
    path = tmp_path / "claims.json"
    path.write_text(content)
    ended = summarise("verify", path, ferry)
    assert ended.code == 2
    assert said in ended.err


def test_models_without_weights(
    summarise: Summarise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMARISE_CACHE", str(tmp_path))
    assert summarise("models", "list").out.endswith("(not fetched)\n")
    ended = summarise("models", "path")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "error: the weights are not here: `summarise models pull` fetches them\n"


def test_models_pull_prints_the_file(
    summarise: Summarise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from summarise import embedded

    monkeypatch.setattr(embedded, "pull", lambda on_progress: tmp_path / "weights.gguf")
    assert summarise("models", "pull").out == f"{tmp_path / 'weights.gguf'}\n"
