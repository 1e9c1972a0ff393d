"""The JSON Schema that goes with a request: as pydantic gives it, or as OpenAI's strict mode wants.

Strict mode wants every object closed and every property required, takes a subset of the keywords
(https://platform.openai.com/docs/guides/structured-outputs) and refuses a request that holds any
other. What is left out here is still checked after the answer, by the model class itself.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

STRICT_KEYWORDS = frozenset(
    {"$defs", "$ref", "additionalProperties", "anyOf", "const", "description", "enum"}
    | {"exclusiveMaximum", "exclusiveMinimum", "format", "items", "maxItems", "maximum"}
    | {"minItems", "minimum", "multipleOf", "pattern", "properties", "required", "type"}
)
"""Keywords that strict mode takes."""

_NAMED = ("properties", "$defs")  # keywords whose values are schemas by name
_LISTED = ("anyOf", "allOf", "oneOf", "prefixItems")  # ... lists of schemas
_SINGLE = ("items",)  # ... one schema

_NAME_LIMIT = 64


@lru_cache(256)
def response_format(schema: type[BaseModel], *, strict: bool) -> dict[str, Any]:
    """The `response_format` of a chat completion request that asks for one `schema`.

    It is made once for each class and belongs to all who ask: to be read only.
    """
    described: dict[str, Any] = {"name": _name(schema)}
    if strict:
        described |= {"strict": True, "schema": strict_schema(schema)}
    else:
        described["schema"] = plain_schema(schema)
    return {"type": "json_schema", "json_schema": described}


def plain_schema(schema: type[BaseModel]) -> dict[str, Any]:
    """The schema as pydantic writes it, bounds and all, without the titles that it makes up."""
    return _each(schema.model_json_schema(), _untitled)


def strict_schema(schema: type[BaseModel]) -> dict[str, Any]:
    """The schema within the subset that strict mode takes: bounds on strings are left out."""
    whole = schema.model_json_schema()
    return _each(_inlined(whole, whole.get("$defs", {})), _closed)


def _name(schema: type[BaseModel]) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "_", schema.__name__)[:_NAME_LIMIT]


def _each(node: dict[str, Any], change: Any) -> dict[str, Any]:
    """`change` applied to `node` and to every schema inside it; property names are not schemas."""
    inner = dict(node)
    for key in _NAMED:
        if key in inner:
            inner[key] = {name: _each(value, change) for name, value in inner[key].items()}
    for key in _LISTED:
        if key in inner:
            inner[key] = [_each(value, change) for value in inner[key]]
    for key in _SINGLE:
        if isinstance(inner.get(key), dict):
            inner[key] = _each(inner[key], change)
    changed: dict[str, Any] = change(inner)
    return changed


def _untitled(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if key != "title"}


def _closed(node: dict[str, Any]) -> dict[str, Any]:
    alternatives = {"anyOf": node["oneOf"]} if "oneOf" in node else {}
    kept = {key: value for key, value in node.items() if key in STRICT_KEYWORDS} | alternatives
    if kept.get("type") == "object":
        kept["required"] = list(kept.get("properties", {}))
        kept["additionalProperties"] = False
    return kept


def _inlined(node: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """References that carry other keywords replaced by what they name: strict mode refuses both."""

    def resolve(inner: dict[str, Any]) -> dict[str, Any]:
        if "$ref" not in inner or len(inner) == 1:
            return inner
        beside = {key: value for key, value in inner.items() if key != "$ref"}
        return {**definitions[inner["$ref"].rsplit("/", 1)[-1]], **beside}

    return _each(node, resolve)
