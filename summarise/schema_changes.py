"""What has changed from one JSON Schema of an answer to another, field by field."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

_FOLDERS = ("properties", "$defs", "definitions")
_INNER = ("items", "additionalProperties", "not")
_CHOICES = ("anyOf", "oneOf", "allOf", "prefixItems")

Rules = dict[str, Any]


def schema_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """The differences of two `response_format`s in words; at least one where they differ."""
    before, after = _split(old), _split(new)
    yield from _settings(before[0], after[0])
    fields_before, fields_after = dict(_fields(before[1], "")), dict(_fields(after[1], ""))
    added = [field for field in fields_after if field not in fields_before]
    removed = [field for field in fields_before if field not in fields_after]
    yield from (f"the schema: field {field!r} removed" for field in _outermost(removed))
    yield from (f"the schema: field {field!r} added" for field in _outermost(added))
    for field in fields_before:
        if field in fields_after:
            told = {*added, *removed}
            yield from _rules(field, fields_before[field], fields_after[field], told)


def _split(described: Mapping[str, Any]) -> tuple[Rules, Any]:
    """What is said about a schema, and the schema itself."""
    about = {name: value for name, value in described.items() if name != "json_schema"}
    inner = described.get("json_schema")
    if not isinstance(inner, dict):
        return about, {}
    named = {name: value for name, value in inner.items() if name != "schema"}
    return {**about, **named}, inner.get("schema", {})


def _settings(old: Rules, new: Rules) -> Iterator[str]:
    for name in dict.fromkeys([*old, *new]):
        if _json(old.get(name)) != _json(new.get(name)):
            yield f"the schema's {name}: {_both(old.get(name), new.get(name))}"


def _fields(node: Any, place: str) -> Iterator[tuple[str, Rules]]:
    """The way to each part of a schema, with the rules it sets itself."""
    if not isinstance(node, dict):
        yield place, {"value": node}
        return
    inner: list[tuple[str, Any]] = []
    own: Rules = {}
    for name, value in node.items():
        if name in _FOLDERS and isinstance(value, dict):
            head = "" if name == "properties" else f"{name}."
            inner += [(f"{place}.{head}{key}".lstrip("."), part) for key, part in value.items()]
        elif name in _INNER and isinstance(value, dict):
            inner.append((f"{place}[]" if name == "items" else f"{place}.{name}", value))
        elif name in _CHOICES and isinstance(value, list):
            inner += [(f"{place}.{name}[{number}]", part) for number, part in enumerate(value)]
        else:
            own[name] = value
    yield place, own
    for way, part in inner:
        yield from _fields(part, way)


def _outermost(fields: list[str]) -> list[str]:
    """Without those that lie in another of them."""
    return [
        field
        for field in fields
        if not any(
            field != other and field.startswith((f"{other}.", f"{other}[")) for other in fields
        )
    ]


def _rules(field: str, old: Rules, new: Rules, known: set[str]) -> Iterator[str]:
    """The rules of `field` that differ; `known` are the fields that came or went."""
    told = f"field {field!r}" if field else "the whole"
    for name in dict.fromkeys([*old, *new]):
        if _json(old.get(name)) == _json(new.get(name)):
            continue
        if name == "required":
            required = [
                [
                    inner
                    for inner in rules.get(name) or []
                    if f"{field}.{inner}".lstrip(".") not in known
                ]
                for rules in (old, new)
            ]
            yield from _required(told, *required)
        elif name not in old:
            yield f"the schema: {told} now has {name!r}: {_json(new[name])}"
        elif name not in new:
            yield f"the schema: {told} no longer has {name!r}: {_json(old[name])}"
        else:
            yield f"the schema: {told}, {name!r}: {_both(old[name], new[name])}"


def _required(told: str, old: list[Any], new: list[Any]) -> Iterator[str]:
    gone = [name for name in old if name not in new]
    come = [name for name in new if name not in old]
    if gone:
        yield f"the schema: {told} no longer requires {', '.join(map(repr, gone))}"
    if come:
        yield f"the schema: {told} now requires {', '.join(map(repr, come))}"
    if not gone and not come and old != new:
        yield f"the schema: {told}, the order of 'required': {_both(old, new)}"


def _both(old: Any, new: Any) -> str:
    return f"recorded {_json(old)}, asked {_json(new)}"


def _json(value: Any) -> str:
    written = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return written if len(written) <= 120 else f"{written[:120]} …"
