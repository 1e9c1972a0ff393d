"""The JSON schemas of what `summarise` writes: an extraction, a story, a brief.

A schema holds for the JSON that is written, so that other programs can check what they read; each
has a title, a version in its `$id`, and a description of every record.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from rapidfuzz.process import extractOne

from summarise.errors import RecordError
from summarise.records import STORY_VERSION, Brief, Extraction, Record, Story

DIALECT = "https://json-schema.org/draft/2020-12/schema"
EXTRACTION_VERSION = 1

_SCHEMAS: dict[str, tuple[type[Record], int, str]] = {
    "extraction": (Extraction, EXTRACTION_VERSION, "The claims of one article"),
    "story": (
        Story,
        STORY_VERSION,
        "Several articles on one story, their claims lined up as facts",
    ),
    "brief": (Brief, STORY_VERSION, "A short text of cited sentences"),
}
"""By name: the record, the version of its form, and what it is."""


def known_schemas() -> tuple[str, ...]:
    """The names that `schema` takes."""
    return tuple(_SCHEMAS)


def schema(name: str) -> dict[str, Any]:
    """The schema of that name, in JSON Schema 2020-12; raises RecordError for an unknown name."""
    if name not in _SCHEMAS:
        raise RecordError(_unknown(name))
    record, version, title = _SCHEMAS[name]
    made = _plain(_written(record))
    parts = {record.__name__: made, **made.get("$defs", {})}
    for of, part in parts.items():
        _describe(part, _words().get(of, {}))
    description = made.pop("description", "")
    return {
        "$schema": DIALECT,
        "$id": f"urn:summarise:{name}:{version}",
        "title": f"{title} (version {version})",
        "description": description,
        **{key: part for key, part in made.items() if key != "title"},
    }


def _written(record: type[Record]) -> dict[str, Any]:
    """The form as written; what a serializer of its own hides is described as it is read."""
    made = record.model_json_schema(mode="serialization")
    read = record.model_json_schema(mode="validation").get("$defs", {})
    for name, part in made.get("$defs", {}).items():
        if "properties" not in part:
            made["$defs"][name] = read[name]
    return made


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    """By record and field, what it holds; under "" the record itself."""
    return tomllib.loads(files("summarise").joinpath("schema_words.toml").read_text("utf-8"))


def _describe(part: dict[str, Any], words: Mapping[str, str]) -> None:
    part["description"] = words.get("", part.get("description", ""))
    for field, described in part.get("properties", {}).items():
        if field in words:
            described["description"] = words[field]


def _unknown(name: str) -> str:
    nearest = extractOne(name, known_schemas(), score_cutoff=60)
    hint = f"; did you mean {nearest[0]!r}?" if nearest else ""
    return f"no schema {name!r}: expected one of {', '.join(known_schemas())}{hint}"


def _plain(part: Any) -> Any:
    """Without the titles that are made up from field names, descriptions on one line each."""
    if isinstance(part, list):
        return [_plain(one) for one in part]
    if not isinstance(part, dict):
        return part
    plain = {key: _plain(one) for key, one in part.items() if not _made_up(key, one)}
    if isinstance(described := plain.get("description"), str):
        plain["description"] = " ".join(described.split())
    return plain


def _made_up(key: str, value: object) -> bool:
    return key == "title" and isinstance(value, str)
