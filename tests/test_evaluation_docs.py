"""docs/evaluation.md and docs/github-actions.yml say what is there: metrics, keys, commands."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from summarise.cli import app
from summarise.evaluation import plugin
from summarise.evaluation.metrics import COUNTERS, METRICS
from summarise.evaluation.suite import About, RunSettings, Thresholds, load_suite

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "evaluation.md").read_text("utf-8")
WORKFLOW = (DOCS / "github-actions.yml").read_text("utf-8")


def rows(head: str) -> list[list[str]]:
    """The cells of the table whose first heading is `head`."""
    table = re.search(rf"^\| {head} \|.*\n\|[ -|]*\|\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    assert table is not None
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in table[1].splitlines()]


def quoted(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def commands() -> Iterator[str]:
    """Each command line that a reader could copy."""
    yield from (line.strip() for line in re.findall(r"^summarise .*", PAGE, re.MULTILINE))
    yield from re.findall(r"`(summarise eval \w+ [^`]+)`", PAGE)
    yield from (line.strip() for line in re.findall(r"(?<!')\bsummarise \w.*", steps()))


def steps() -> str:
    job = yaml.safe_load(WORKFLOW)["jobs"]["evaluate"]
    return "\n".join(step["run"] for step in job["steps"] if "run" in step)


def test_the_table_lists_every_metric() -> None:
    shown = [(*quoted(name), better) for name, _, better in rows("metric")]
    assert shown == [(metric.name, metric.better) for metric in METRICS.values()]


def test_the_table_lists_every_counter_once() -> None:
    shown = [name for names, _ in rows("counter") for name in quoted(names)]
    assert sorted(shown) == sorted(COUNTERS)


def test_the_table_lists_every_fixture_and_option_of_the_plugin() -> None:
    assert {name for cell, _ in rows("fixture") for name in quoted(cell)} == set(plugin.FIXTURES)
    shown = " ".join(cell for cell, _ in rows("setting"))
    for name in (plugin.SUITE, plugin.TEXTS, plugin.PREDICTIONS, plugin.LIVE, plugin.INI):
        assert name in shown


def test_the_suite_shown_is_one_and_has_every_key(tmp_path: Path) -> None:
    block = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert block is not None
    (tmp_path / "suite.toml").write_text(block[1], "utf-8")
    (tmp_path / "meta.json").write_text("{}", "utf-8")
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "weir-1.json").write_text("{}", "utf-8")
    suite = load_suite(tmp_path)
    assert suite.gate.metrics == Thresholds().metrics
    assert suite.gate.tolerance == Thresholds().tolerance
    assert suite.gate.alpha == Thresholds().alpha
    for key in (*RunSettings.model_fields, *Thresholds.model_fields):
        assert re.search(rf"^(\[gate\.)?{key}\b", block[1], re.MULTILINE), key
    for key in About.model_fields:
        assert f"`{key}`" in PAGE


@pytest.mark.parametrize("line", sorted(set(commands())))
def test_each_command_line_is_accepted(line: str) -> None:
    told = shlex.split(line.split(" >> ")[0].replace("$SUITE", "evals/suite"))[1:]
    command: Any = typer.main.get_command(app)
    context = command.make_context("summarise", told[:1], resilient_parsing=True)
    while hasattr(command, "commands"):
        _, command, told = command.resolve_command(context, told)
    command.make_context(line, told)  # fails where an option or an argument is wrong


def test_commands_are_found_in_page_and_workflow() -> None:
    found = set(commands())
    shown = {line.split()[2] for line in found if line.startswith("summarise eval ")}
    assert shown == {"check", "run", "score", "compare", "gate"}
    assert {line.split()[2] for line in found if "$SUITE" in line} == {"check", "run", "gate"}


def test_the_workflow_may_only_read_and_keeps_the_results() -> None:
    flow = yaml.safe_load(WORKFLOW)
    assert flow["permissions"] == {"contents": "read"}
    assert {"pull_request", "push"} == set(flow[True])  # YAML 1.1 reads `on` as a truth value
    used = [step["uses"] for step in flow["jobs"]["evaluate"]["steps"] if "uses" in step]
    assert [name.partition("@")[0] for name in used] == [
        "actions/checkout",
        "actions/setup-python",
        "actions/upload-artifact",
    ]
    assert 'eval run "$SUITE" --replay' in steps()
    assert steps().count('>> "$GITHUB_STEP_SUMMARY"') == 2
    assert "summarise[evals,recordings]" in steps()
