"""Claims read from JSON files: gold, extractions, bare lists."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from summarise.errors import RecordError
from summarise.records import Claim, Figure, Period, Span


def load_claims(path: str | Path) -> list[Claim]:
    """Claims from a gold file, an extraction, or a bare list; unknown fields are passed over.

    Raises RecordError, which names the file, the claim and the field, where a claim is malformed.
    """
    where = Path(path)
    expected = "a list of claims, or an object with a list under 'claims'"
    return claims_in(where, read_json(where, expected))


def claims_in(where: Path, data: object) -> list[Claim]:
    """The claims of what was read from the file `where`; raises RecordError as `load_claims`."""
    return [claim_of(where, number, item) for number, item in enumerate(_items(where, data), 1)]


def read_json(where: Path, expected: str) -> object:
    """What a JSON file holds. Raises RecordError, which says what was `expected` in it."""
    try:
        data: object = json.loads(where.read_text(encoding="utf-8"))
        json.dumps(data, ensure_ascii=False).encode()
    except OSError as error:
        raise RecordError(f"cannot read {str(where)!r}: {error.strerror or error}") from error
    except UnicodeEncodeError as error:
        raise RecordError(
            f"{str(where)!r} holds half of a character, {error.object[error.start]!a}, which no "
            "text can hold: write the character whole"
        ) from error
    except (ValueError, RecursionError) as error:
        raise RecordError(f"{str(where)!r} is not JSON ({error}); expected {expected}") from error
    return data


def _items(where: Path, data: object) -> list[object]:
    items = data.get("claims") if isinstance(data, dict) else data
    if isinstance(items, list):
        return items
    fields = f"fields {sorted(data)!r}" if isinstance(data, dict) else type(data).__name__
    raise RecordError(
        f"{str(where)!r} holds no list of claims (found {fields}); expected a list, or an object "
        "with a list under 'claims'"
    )


def claim_of(where: Path, number: int, item: object) -> Claim:
    """A claim from its JSON object, the `number`th of the file; unknown fields are passed over.

    Raises RecordError, which names the file, the claim and the field, where it is malformed.
    """
    if not isinstance(item, dict):
        raise RecordError(
            f"{str(where)!r}, claim number {number}: expected an object, got {item!r:.60}"
        )
    fields = _known(item, Claim.model_fields)
    name = fields.setdefault("id", f"c{number:02d}")
    for field, record in (("evidence", Span), ("quantities", Figure)):
        if isinstance(fields.get(field), list):
            fields[field] = [_known(part, record.model_fields) for part in fields[field]]
    fields["time"] = _known(fields.get("time"), Period.model_fields)
    try:
        return Claim.model_validate(
            {key: value for key, value in fields.items() if value is not None}
        )
    except ValidationError as error:
        fault = error.errors()[0]
        field = ".".join(str(part) for part in fault["loc"]) or "claim"
        raise RecordError(
            f"{str(where)!r}, claim {name!r}, field {field!r}: {fault['msg']} "
            f"(got {fault['input']!r:.80})"
        ) from error


def _known(part: Any, fields: dict[str, Any]) -> Any:
    """A JSON object without the fields that the record does not have; anything else as it is."""
    if not isinstance(part, dict):
        return part
    return {key: value for key, value in part.items() if key in fields}
