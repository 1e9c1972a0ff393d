"""Imports point one way, as the contracts in pyproject.toml say; nothing is left out of them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[1]
UNLAYERED = {"summarise.__init__"}
"""What may stand outside the layers: the public names, which are imported when asked for."""


def test_contracts_hold(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert code == 0, capsys.readouterr().out


def test_every_module_has_a_layer() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layers = config["tool"]["importlinter"]["contracts"][0]["layers"]
    layered = {name.strip() for layer in layers for name in layer.split("|")}
    modules = {f"summarise.{path.stem}" for path in (ROOT / "summarise").glob("*.py")}
    folders = {f"summarise.{path.parent.name}" for path in ROOT.glob("summarise/*/__init__.py")}
    assert modules - UNLAYERED | folders == layered
