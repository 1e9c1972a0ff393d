"""docs/models.md says what there is."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

from summarise.client import Limits
from summarise.telemetry import CONTENT_SETTINGS

DOCS = (Path(__file__).parents[1] / "docs" / "models.md").read_text("utf-8")
SOURCES = [
    (Path(__file__).parents[1] / "summarise" / f"{name}.py").read_text("utf-8")
    for name in ("batch", "calls", "client", "completions", "retries", "telemetry")
]


def test_each_limit_is_there_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `([a-z_]+)` \| ([^|]+) \|", DOCS, re.MULTILINE))
    assert list(rows) == [field.name for field in fields(Limits)]
    for field in fields(Limits):
        assert field.default is not MISSING
        said = "none" if field.default is None else f"{field.default:g}"
        assert rows[field.name] in (said, "the profile's")


def test_each_kind_of_error_is_there() -> None:
    kinds = {
        kind
        for source in SOURCES
        for kind in re.findall(
            r'(?:kind=|Failed\(|return None, |return |else )"([a-z][A-Za-z ]+)",', source
        )
    }
    assert {"timeout", "deadline", "refusal", "schema", "no choices"} <= kinds
    assert [kind for kind in sorted(kinds) if f"`{kind}`" not in DOCS] == []


@pytest.mark.parametrize("source", SOURCES[-1:])
def test_each_attribute_and_setting_is_there(source: str) -> None:
    told = re.findall(r'"((?:gen_ai|server|error|summarise)\.[a-z_.]+)"', source)
    names = [name for name in told if name != "summarise.client"]
    assert len(names) > 15
    assert [name for name in [*names, *CONTENT_SETTINGS] if f"`{name}" not in DOCS] == []


@pytest.mark.parametrize("example", re.findall(r"```python\n(.*?)```", DOCS, re.DOTALL))
def test_each_example_compiles_and_its_imports_are_there(example: str) -> None:
    compile(example, "docs/models.md", "exec")
    imports = "\n".join(line for line in example.splitlines() if re.match(r"from|import", line))
    exec(imports, {})  # noqa: S102
