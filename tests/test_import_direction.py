"""Imports point one way, as the contracts in pyproject.toml say; nothing is left out of them."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
UNLAYERED = {"summarise.__init__"}
"""What may stand outside the layers: the public names, which are imported when asked for."""


def test_contracts_hold() -> None:
    # In a process of its own: the linter's own logging settings silence every logger there is.
    lint = (
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    )
    run = subprocess.run([sys.executable, "-c", lint], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_module_has_a_layer() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layers = config["tool"]["importlinter"]["contracts"][0]["layers"]
    layered = {name.strip() for layer in layers for name in layer.split("|")}
    modules = {f"summarise.{path.stem}" for path in (ROOT / "summarise").glob("*.py")}
    folders = {f"summarise.{path.parent.name}" for path in ROOT.glob("summarise/*/__init__.py")}
    assert modules - UNLAYERED | folders == layered
