"""The README tells the truth: its help is current, its paths exist, its Python runs offline.

`python tests/test_readme.py` writes the current help into it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from summarise.cli import app

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
COMMANDS = [["extract"], ["story"], ["verify"], ["corpus"], ["eval"], ["cassettes"], ["models"]]
HELP = re.compile(r"(?<=<!-- help -->\n).*?(?=<!-- /help -->)", re.DOTALL)
EXAMPLE = re.compile(r"(<!-- needs a model -->\n)?```python\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\(([^):]+)\)")
PATH = re.compile(
    r"(?<![\w./~-])(?:(?:evals|docs|prompts|tests|summarise|cassettes)/[\w./-]+|\.ci/run)"
)


def help_block() -> str:
    """The help of every command, as a terminal of 80 columns shows it."""
    return "".join(
        f"```text\n$ {' '.join(['summarise', *command])} --help\n{_help(command)}```\n"
        for command in COMMANDS
    )


def _help(command: list[str]) -> str:
    result = CliRunner().invoke(
        app, [*command, "--help"], prog_name="summarise", env={"COLUMNS": "80"}
    )
    assert result.exit_code == 0, result.output
    return "".join(f"{line.rstrip()}\n" for line in result.output.splitlines())


def examples(*, offline: bool) -> list[str]:
    found = EXAMPLE.findall(README.read_text("utf-8"))
    return [code for needs_model, code in found if bool(needs_model) != offline]


def test_help_is_current() -> None:
    shown = HELP.search(README.read_text("utf-8"))
    assert shown is not None
    assert shown.group() == help_block(), "run: python tests/test_readme.py"


@pytest.mark.parametrize("code", examples(offline=True))
def test_python_runs_offline(
    code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102
    assert capsys.readouterr().out


@pytest.mark.parametrize("code", examples(offline=False))
def test_python_that_needs_a_model_names_what_exists(code: str) -> None:
    imports = [line for line in code.splitlines() if re.match("from|import", line)]
    assert imports
    exec(compile("\n".join(imports), "README.md", "exec"), {})  # noqa: S102
    compile(code, "README.md", "exec")


@pytest.mark.parametrize(
    "path", sorted({*LINK.findall(README.read_text("utf-8")), *PATH.findall(README.read_text())})
)
def test_path_exists(path: str) -> None:
    assert (ROOT / path).exists()


def test_it_opens_with_a_sentence_and_a_picture() -> None:
    title, sentence, picture = README.read_text("utf-8").split("\n\n")[:3]
    assert title == "# summarise"
    assert re.fullmatch(r"[^.\n]+\.", sentence)
    assert picture.startswith("<!-- output -->\n```text\n$ summarise extract ")


if __name__ == "__main__":
    README.write_text(HELP.sub(lambda _: help_block(), README.read_text("utf-8")), "utf-8")
