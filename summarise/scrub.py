"""What a recording must not hold: keys, accounts, cookies, request ids, home folders.

Words that a model was sent or that it answered are never changed, for the offsets of evidence
count their characters: a key that stands in them stops the recording instead. All else is cleaned,
and an error's body wherever a secret may stand in it. A changed value becomes `…` in its place;
every other byte of a body stays as it came.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from summarise.redact import redacted

GONE = "…"

_CONTENT = frozenset(
    "messages response_format input instructions prompt tools functions text stop"  # what is asked
    " choices output".split()  # and what is answered
)
"""Top-level fields of a body whose strings are kept character for character."""

_ACCOUNT = re.compile(
    r"(?:request|response|account|user|customer|tenant|client|organi[sz]ation|org|project|team"
    r"|workspace|billing|session|previous_response|trace)_?(?:id|name|email)?"
    r"|email|e-mail|metadata|safety_identifier|prompt_cache_key|.*(?:api_?key|token|secret)"
    r"|password|key|cookie|authorization",
    re.I,
)
"""Names of fields that tell whose account it is, or which request it was."""

_HIDING_HEADER = re.compile(r"authorization|cookie|key|token|secret|signature", re.I)
_HIDDEN_PARAMETER = r"(?:[\w-]*key|[\w-]*token|code|sig|signature|[\w-]*secret|password)"
_HEADERS_TOLD = (
    r"(?:set-)?cookie|(?:proxy-)?authorization|[\w-]*(?:key|token|secret|organi[sz]ation|project"
    r"|request-id|account|user|trace|session)[\w-]*|cf-ray|x-amz[\w-]*"
)

_OWNERS = "organi[sz]ations|orgs|projects|accounts|tenants|subscriptions"

_FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"(?i)\b(Bearer|Basic)\s+[\w.~+/=-]{6,}", rf"\1 {GONE}"),
        (r"(?<=://)[^\s/@\"']+@", f"{GONE}@"),
        (rf"(?i)([?&]{_HIDDEN_PARAMETER}=)[^&\s\"'<>]+", rf"\1{GONE}"),
        # A header as libraries log it: ('set-cookie', 'a=b'), (b'set-cookie', b'a=b'), in a dict.
        (rf"(?i)(['\"](?:{_HEADERS_TOLD})['\"]\s*[:,]\s*b?(['\"])).*?\2", rf"\1{GONE}\2"),
        (r"(?i)\b((?:set-)?cookie\s*[:=]\s*)[^\s\"'\\]+", rf"\1{GONE}"),
        (r"[\w.+-]+@[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)+", GONE),
        (
            r"\b(?:AKIA[A-Z\d]{12,}|AIza[\w-]{20,}|gh[pousr]_\w{20,}|hf_\w{20,}|xox\w-[\w-]{8,})",
            GONE,
        ),
        (r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*", GONE),
        (
            r"\b(?:req|acct|account|user|team|tenant|cus|wsp?|resp|chatcmpl)[-_](?=\w*\d)\w{8,}",
            GONE,
        ),
        (r"\b[\da-fA-F]{8}(?:-[\da-fA-F]{4}){3}-[\da-fA-F]{12}\b", GONE),
        (r"((?<!\w)/(?:home|Users)/|\b[A-Za-z]:[\\/]+Users[\\/]+)[^/\\\s\"':,]+", rf"\1{GONE}"),
        (rf"(/(?:{_OWNERS})/)[^/\s?\"']+", rf"\1{GONE}"),
    )
)

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]', re.DOTALL)


class Place(NamedTuple):
    """A string in JSON text: the way to it, where it stands with its quotes, what it says."""

    way: tuple[str | int, ...]
    start: int
    end: int
    value: str


def cleaned(text: str, known: Iterable[str] = ()) -> str:
    """`text` (a log line, an error, an address) without anything that has the form of a secret."""
    text = redacted(text, *sorted(known, key=len, reverse=True))
    for form, put in _FORMS:
        text = form.sub(put, text)
    return text


def clean_path(uri: str) -> str:
    """The path of an address, without the names of accounts in it; never its query or its user."""
    return cleaned(urlsplit(uri).path)


def clean_request(body: bytes, known: Iterable[str]) -> bytes:
    """The body of a request as it is recorded; what the model is asked stays as it is."""
    return _edited(body, lambda place: _told_of_account(place, known))


def clean_answer(body: bytes, known: Iterable[str]) -> bytes:
    """The body of a good answer as it is recorded, streamed ones event by event."""
    if not body.lstrip().startswith((b"data:", b"event:", b":")):
        return clean_request(body, known)
    return b"".join(_clean_event(line, known) for line in body.splitlines(keepends=True))


def clean_error(body: bytes, known: Iterable[str]) -> bytes:
    """The body of an error as it is recorded: nothing in it is the model's, so all is cleaned."""
    text = body.decode("utf-8", "replace").encode()
    edited = _edited(text, lambda place: _told_of_error(place, known))
    # What is left has the form of a secret only outside of JSON's strings.
    return edited if _is_json(edited) else cleaned(edited.decode(), known).encode()


def content_with(body: bytes, known: Iterable[str]) -> str | None:
    """Where a known secret stands in `body`, in words; None where it does not."""
    secrets = tuple(known)
    if not any(_written(secret) in body or secret.encode() in body for secret in secrets):
        return None
    text = body.decode("utf-8", "replace")
    for place in _strings(text):
        at = [place.value.find(secret) for secret in secrets if secret in place.value]
        if at:
            return f"{_spelled(place.way)}, character {min(at)}"
    return "the body"


def secrets_of(uri: str, headers: Mapping[str, object]) -> set[str]:
    """The secrets that a request carries in its address and its headers."""
    parts = urlsplit(uri)
    found = {unquote(part) for part in (parts.username, parts.password) if part}
    found |= {
        value
        for name, value in parse_qsl(parts.query)
        if re.fullmatch(_HIDDEN_PARAMETER, name, re.I)
    }
    for name, value in headers.items():
        if _HIDING_HEADER.search(name):
            found.add(str(value).split()[-1] if str(value).strip() else "")
    return {secret for secret in found if _tells(secret)}


def configured_secrets() -> set[str]:
    """The keys in the environment."""
    named = (value for name, value in os.environ.items() if name.endswith("_API_KEY"))
    return {value for value in named if _tells(value)}


def _tells(secret: str) -> bool:
    """Whether it can be a secret; placeholders ("none", "lm-studio") may stand in any article."""
    return len(secret) >= 20 or (len(secret) >= 8 and any(map(str.isdigit, secret)))


def _written(secret: str) -> bytes:
    return json.dumps(secret)[1:-1].encode()


def _told_of_account(place: Place, known: Iterable[str]) -> str:
    if place.way and place.way[0] in _CONTENT:
        return place.value
    return _told_of_error(place, known)


def _told_of_error(place: Place, known: Iterable[str]) -> str:
    named = [step for step in place.way if isinstance(step, str)]
    if named == ["id"] or any(_ACCOUNT.fullmatch(step) for step in named):
        return GONE
    return cleaned(place.value, known)


def _clean_event(line: bytes, known: Iterable[str]) -> bytes:
    """A line of a stream; its data is JSON, but for the last one's."""
    head, colon, rest = line.partition(b":")
    return head + colon + clean_request(rest, known) if head == b"data" else line


def _edited(body: bytes, new_value: Callable[[Place], str]) -> bytes:
    """`body` with the strings that get another value put in place; the rest as it was."""
    try:
        value = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        return body
    # Nearly every body is clean, which its parsed form tells soonest.
    if all(new_value(place) == place.value for place in _values(value, ())):
        return body
    text = body.decode("utf-8")
    parts, done = [], 0
    for place in _strings(text):
        new = new_value(place)
        if new != place.value:
            parts += [text[done : place.start], json.dumps(new)]
            done = place.end
    return "".join([*parts, text[done:]]).encode()


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        return False
    return True


def _values(value: object, way: tuple[str | int, ...]) -> Iterator[Place]:
    """Every string of a JSON value, without its place in the text."""
    if isinstance(value, str):
        yield Place(way, 0, 0, value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _values(inner, (*way, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _values(inner, (*way, number))


def _strings(text: str) -> Iterator[Place]:
    """Every string in JSON text that is a value, in order."""
    way: list[str | int] = []
    key: str | None = None
    for token in _TOKEN.finditer(text):
        mark = token.group()
        if mark in "{[":
            way.append("" if mark == "{" else 0)
        elif mark in "}]":
            del way[-1:]
        elif mark == ",":
            if way and isinstance(way[-1], int):
                way[-1] += 1
            key = None
        elif mark == ":":
            if way and key is not None:
                way[-1] = key
        else:
            value = _said(mark)
            after = text[token.end() : token.end() + 64].lstrip()
            if way and isinstance(way[-1], str) and after.startswith(":"):
                key = value
            else:
                yield Place(tuple(way), token.start(), token.end(), value)


def _said(token: str) -> str:
    try:
        return str(json.loads(token, strict=False))
    except ValueError:  # a string in text that is no JSON
        return token[1:-1]


def _spelled(way: tuple[str | int, ...]) -> str:
    """("messages", 1, "content") as messages[1].content."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in way)
    return "".join(steps).lstrip(".") or "the body"
