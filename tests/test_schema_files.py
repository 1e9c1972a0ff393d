"""The published schemas hold for what is written, say what each field is, and hold no more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from invented_story import BRIEF, EMPTY, STORY
from jsonschema import Draft202012Validator

from summarise.errors import RecordError
from summarise.records import Brief, FactKind, FactState, Record, RelationKind, Story
from summarise.schema_files import known_schemas, schema
from summarise.story_page import page

WRITTEN: list[tuple[str, Record]] = [
    ("story", STORY),
    ("story", EMPTY),
    ("brief", BRIEF),
    *(("extraction", one) for one in STORY.extractions),
]


def objects(part: object) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if "properties" in part:
            yield part
        for one in part.values():
            yield from objects(one)


@pytest.mark.parametrize(("name", "record"), WRITTEN)
def test_what_is_written_fits(name: str, record: Record) -> None:
    Draft202012Validator(schema(name)).validate(json.loads(record.model_dump_json()))


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("story", ["facts", 0, "state"], "doubtful"),
        ("story", ["facts", 0, "witnesses"], 0),
        ("story", ["relations", 0, "relation"], "likes"),
        ("story", ["version"], 2),
        ("story", ["extractions", 0, "claims", 0, "quantities", 0, "low"], "forty"),
        ("story", ["extractions", 0, "article", "raw"], "x"),
        ("brief", ["sentences", 0, "claims"], []),
        ("extraction", ["claims", 0, "certainty"], "sure"),
    ],
)
def test_what_is_wrong_does_not_fit(name: str, path: list[str | int], value: object) -> None:
    record = dict(reversed(WRITTEN))[name] if name != "story" else STORY
    data = json.loads(record.model_dump_json())
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    assert not Draft202012Validator(schema(name)).is_valid(data)


@pytest.mark.parametrize("name", known_schemas())
def test_it_is_a_schema_with_a_version_and_a_word_on_every_field(name: str) -> None:
    made = schema(name)
    Draft202012Validator.check_schema(made)
    assert made["$id"].startswith(f"urn:summarise:{name}:")
    assert made["title"]
    for one in objects(made):
        assert one["description"]
        assert one["additionalProperties"] is False
        for field, described in one["properties"].items():
            assert described.get("description"), field


@pytest.mark.parametrize(("name", "near"), [("storey", "'story'"), ("x", "extraction, story")])
def test_an_unknown_name(name: str, near: str) -> None:
    with pytest.raises(RecordError, match=near):
        schema(name)


DOC = Path(__file__).parents[1] / "docs" / "story.md"


def test_the_documented_json_is_a_story_and_its_brief() -> None:
    story_text, brief_text = re.findall(r"```json\n(.*?)```", DOC.read_text("utf-8"), re.DOTALL)
    for name, text in (("story", story_text), ("brief", brief_text)):
        Draft202012Validator(schema(name)).validate(json.loads(text))
    story, brief = Story.model_validate_json(story_text), Brief.model_validate_json(brief_text)
    assert "disputed" in page(story, brief)


@pytest.mark.parametrize("kind", [RelationKind, FactState, FactKind])
def test_every_relation_state_and_kind_is_documented(kind: object) -> None:
    text = DOC.read_text("utf-8")
    assert [one for one in get_args(kind) if f"`{one}`" not in text] == []
