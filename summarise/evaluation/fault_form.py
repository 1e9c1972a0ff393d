"""Faults in the form of a gold file: fields, types, and values out of a list."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, get_args

from summarise.evaluation.fault import Fault
from summarise.evaluation.gold import CLAIM_FIELDS, Gold, did_you_mean
from summarise.records import Certainty, Polarity

FILE_FIELDS = tuple(name for name in Gold.model_fields if name != "places")
_SETTLED = "settled"
"""What a third labeller decided, and why; kept in gold and read by people only."""

Test = Callable[[Any], bool]
Form = Mapping[str, tuple[Test, str]]
"""By field: whether a value will do, and what to write."""


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _or_null(test: Test) -> Test:
    return lambda value: value is None or test(value)


def _is_whole(value: Any) -> bool:
    return type(value) is int and value >= 0


def _is_number(value: Any) -> bool:
    return type(value) in (int, float) and math.isfinite(value)


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_place(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_whole, value))


def _list_of(test: Test) -> Test:
    return lambda value: isinstance(value, list) and all(map(test, value))


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


_TEXT = (_is_text, "write a text that is not empty")
_TEXT_OR_NULL = (_or_null(_is_text), "write a text, or null")
_DAY_OR_NULL = (_or_null(_is_day), 'write a day as "YYYY-MM-DD", or null')
_OBJECTS = (_list_of(_is_object), "write a list of objects, [] where there is none")
_OFFSET = (_is_whole, "write a character offset: a whole number from 0")
_NUMBER_OR_NULL = (_or_null(_is_number), "write a number without quotes, or null where it is open")
_AT = (_is_place, "write [start, end]")

_FILE: Form = {
    "id": _TEXT,
    "title": _TEXT_OR_NULL,
    "outlet": _TEXT_OR_NULL,
    "published": _DAY_OR_NULL,
    "labeller": _TEXT_OR_NULL,
    "file": _TEXT_OR_NULL,
    "main_text": (_list_of(_is_place), "write a list of [start, end]"),
    "claims": (lambda value: isinstance(value, list), "write a list of claims"),
}
_CLAIM: Form = {
    "id": _TEXT,
    "text": _TEXT,
    "evidence": _OBJECTS,
    "source": (_or_null(_is_text), "write a name, or null for the article's own voice"),
    "via": (_list_of(_is_text), "write a list of names, [] where there is none"),
    "time": (_or_null(_is_object), "write an object with surface, start and end, or null"),
    "quantities": _OBJECTS,
}
_SPAN: Form = {"start": _OFFSET, "end": _OFFSET, "quote": (_is_text, "write the words quoted")}
_TIME: Form = {"surface": _TEXT, "at": _AT, "start": _DAY_OR_NULL, "end": _DAY_OR_NULL}
_QUANTITY: Form = {
    "surface": _TEXT,
    "at": _AT,
    "low": _NUMBER_OR_NULL,
    "high": _NUMBER_OR_NULL,
    "unit": (lambda value: isinstance(value, str), "write what is counted"),
    "approx": (lambda value: isinstance(value, bool), "write true, or leave it out"),
}
_OPTIONAL = frozenset({"title", "outlet", "file", "labeller", "at", "approx"})
_CHOICES = {"certainty": get_args(Certainty), "polarity": get_args(Polarity)}
_MEANT = {
    "sure": "certain",
    "definite": "certain",
    "likely": "probable",
    "expected": "probable",
    "may": "possible",
    "maybe": "possible",
    "uncertain": "possible",
    "true": "positive",
    "affirmative": "positive",
    "false": "negative",
    "denied": "negative",
    "negated": "negative",
}
"""What labellers write for a value of the list."""


def file_faults(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Fields of the file itself."""
    yield from _unknown(data, (*FILE_FIELDS, _SETTLED), None, "")
    yield from _fields(data, _FILE, None, "")


def claim_faults(number: int, item: object, *, withheld: bool) -> Iterator[Fault]:
    """Fields of the `number`th claim; `withheld` gold holds offsets for quotes and surfaces."""
    name = f"number {number}"
    if not isinstance(item, dict):
        message = f"claim {name} is {item!r:.60}"
        yield Fault("type", None, "claims", message, "write an object for each claim")
        return
    name = item["id"] if _is_text(item.get("id")) else name
    yield from _unknown(item, CLAIM_FIELDS, name, "")
    yield from _fields(item, _CLAIM, name, "")
    yield from _choices(item, name)
    optional = frozenset({"quote", "surface"}) if withheld else frozenset()
    for field, form in (("evidence", _SPAN), ("quantities", _QUANTITY), ("time", _TIME)):
        for where, part in _parts(item.get(field), field):
            filled = {k: v for k, v in part.items() if not (k in optional and v in (None, ""))}
            yield from _unknown(part, tuple(form), name, f"{where}.")
            yield from _fields(filled, form, name, f"{where}.", optional)


def _parts(value: object, field: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict) and field == "time":
        yield field, value
    if isinstance(value, list):
        parts = ((f"{field}.{place}", part) for place, part in enumerate(value))
        yield from ((where, part) for where, part in parts if isinstance(part, dict))


def _unknown(
    item: Mapping[str, Any], known: tuple[str, ...], claim: str | None, path: str
) -> Iterator[Fault]:
    for field in item:
        if field in known:
            continue
        message = f"there is no field {field!r}{did_you_mean(field, known)}"
        mend = f"take it out or name it as one of {', '.join(known)}"
        yield Fault("unknown-field", claim, f"{path}{field}", message, mend)


def _fields(
    item: Mapping[str, Any],
    form: Form,
    claim: str | None,
    path: str,
    optional: frozenset[str] = frozenset(),
) -> Iterator[Fault]:
    for field, (test, mend) in form.items():
        if field not in item:
            if field not in _OPTIONAL | optional:
                message = f"{field!r} is missing"
                yield Fault("missing-field", claim, f"{path}{field}", message, mend)
        elif not test(item[field]):
            yield Fault("type", claim, f"{path}{field}", f"got {item[field]!r:.80}", mend)


def _choices(item: Mapping[str, Any], claim: str) -> Iterator[Fault]:
    for field, choices in _CHOICES.items():
        listed = f"write one of {', '.join(choices)}"
        if field not in item:
            yield Fault("missing-field", claim, field, f"{field!r} is missing", listed)
            continue
        value = item[field]
        if value not in choices:
            word = str(value).casefold()
            near = f"; did you mean {_MEANT[word]!r}?" if word in _MEANT else ""
            near = near if _MEANT.get(word) in choices else did_you_mean(word, choices)
            yield Fault(field, claim, field, f"{value!r} is no {field}{near}", listed)
