"""Why a recording does not hold a request: the nearest one that it holds, and what has changed.

Each kind of change has words of its own: a message (system, example, the article's question) with
the words or the one character that changed, a field of the schema, the model, a setting.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from summarise.matching import Ask, canonical
from summarise.schema_changes import schema_changes
from summarise.word_changes import text_changes

_MOST_CHANGES = 8
_ROUNDING = 1e-4  # rapidfuzz gives 0 for what is as good as its cut-off to six places


def miss(
    path: str, ask: Ask, asks: Sequence[Ask], *, held: int, played: Collection[int], act: str
) -> str:
    """What to say where `asks` (those of a recording) leave none for `ask`.

    `held` counts how often the recording holds `ask` itself, `played` are the places played so far.
    """
    if not asks:
        return f"{path!r} is missing or holds no answers; {act}"
    if held:
        act = act[:1].upper() + act[1:]
        times = "once, and it is played" if held == 1 else f"{held} times, all played"
        return f"{path!r} holds this request {times}; one more is asked for. {act}"
    place = nearest(ask, asks, played)
    changes = list(differences(asks[place], ask))
    more = len(changes) - _MOST_CHANGES
    shown = changes[:_MOST_CHANGES] + ([f"and {more} changes more"] if more > 0 else [])
    return (
        f"{path!r} does not hold this request (of {len(asks)} recorded). The nearest, number "
        f"{place + 1}, differs:\n" + "\n".join(shown) + f"\nIf the change is meant, {act}"
    )


def nearest(ask: Ask, asks: Sequence[Ask], played: Collection[int] = ()) -> int:
    """The place of what differs from `ask` in the fewest parts, and there in the fewest letters."""
    from rapidfuzz.distance import Indel

    wanted = _parts(ask)
    found = [_parts(other) for other in asks]
    counts = [((wanted - parts) + (parts - wanted)).total() for parts in found]
    fewest = min(counts)
    best, most = 0, (0.0, False)
    for place, parts in enumerate(found):
        if counts[place] != fewest:
            continue
        texts = ["\n".join(text for _, text in left) for left in (wanted - parts, parts - wanted)]
        alike = Indel.normalized_similarity(*texts, score_cutoff=max(0.0, most[0] - _ROUNDING))
        if (alike, place not in played) > most:
            best, most = place, (alike, place not in played)
    return best


def _parts(ask: Ask) -> Counter[tuple[str, str]]:
    """What a request is made of: its messages, its schema, each setting."""
    fields = ask.fields
    head = [("method", ask.method), ("path", ask.path)]
    if fields is None:
        return Counter([*head, ("body", ask.body.decode("latin-1"))])
    rest = {name: value for name, value in fields.items() if name != "messages"}
    said = [("message", _message(message)) for message in _messages(fields)]
    return Counter([*head, *said, *((name, _json(value)) for name, value in rest.items())])


def differences(recorded: Ask, asked: Ask) -> Iterator[str]:
    """Each thing that keeps `asked` from being `recorded`, in words; at least one."""
    if recorded.method != asked.method:
        yield f"the method: recorded {recorded.method}, asked {asked.method}"
    if recorded.path != asked.path:
        yield f"the path: recorded {recorded.path!r}, asked {asked.path!r}"
    before, after = recorded.fields, asked.fields
    if before is None or after is None:
        if canonical(recorded.body) != canonical(asked.body):
            yield _bytes_differ(recorded.body, asked.body)
        return
    for name in dict.fromkeys([*before, *after]):
        yield from _field_differs(name, before, after)


def _field_differs(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    old, new = before.get(name), after.get(name)
    if name in before and name in after and _json(old) == _json(new):
        return
    if name == "messages":
        yield from _messages_differ(_messages(before), _messages(after))
    elif name == "response_format" and isinstance(old, dict) and isinstance(new, dict):
        yield from schema_changes(old, new)
    else:
        told = "the model's name" if name == "model" else name
        yield f"{told}: recorded {_value(name, before)}, asked {_value(name, after)}"


def _value(name: str, fields: Mapping[str, Any]) -> str:
    if name not in fields:
        return "without it"
    value = fields[name]
    written = repr(value) if isinstance(value, str) else _json(value)
    return written if len(written) <= 120 else f"{written[:120]} …"


def _bytes_differ(old: bytes, new: bytes) -> str:
    at = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), None)
    at = min(len(old), len(new)) if at is None else at
    return (
        f"the body, which is not JSON: {len(old)} bytes recorded, {len(new)} asked, the first "
        f"difference at byte {at}: recorded {old[at : at + 20]!r}, asked {new[at : at + 20]!r}"
    )


def _messages_differ(old: Sequence[Any], new: Sequence[Any]) -> Iterator[str]:
    """Messages changed, left out, added."""
    written = [_message(message) for message in old], [_message(message) for message in new]
    for kind, a, b, c, d in SequenceMatcher(None, *written, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        both = min(b - a, d - c)
        for place in range(both):
            yield from _message_differs(old[a + place], new, c + place)
        for place in range(a + both, b):
            yield f"{_name(old, place)}: recorded, left out of what is asked"
        for place in range(c + both, d):
            yield f"{_name(new, place)}: asked, not in the recording"


def _message_differs(old: Any, new: Sequence[Any], place: int) -> Iterator[str]:
    name, now = _name(new, place), new[place]
    before, after = _role(old), _role(now)
    if before != after:
        yield f"{name}: its role, recorded {before!r}, asked {after!r}"
    texts = _text(old), _text(now)
    if texts[0] != texts[1]:
        yield f"{name}: {text_changes(*texts)}"
    elif before == after:
        yield f"{name}: recorded {_message(old)[:120]}, asked {_message(now)[:120]}"


def _name(messages: Sequence[Any], place: int) -> str:
    """What a message is for: the last question is about the article, those before are examples."""
    number = f"(message {place + 1} of {len(messages)})"
    roles = [_role(message) for message in messages]
    if roles[place] in ("system", "developer"):
        return f"the system message {number}"
    questions = [n for n, role in enumerate(roles) if role == "user"]
    if questions and place >= questions[-1]:
        return (
            f"the article's question {number}" if place == questions[-1] else f"the last {number}"
        )
    if roles[place] not in ("user", "assistant"):
        return f"the {roles[place]!r} message {number}"
    part = "question" if roles[place] == "user" else "answer"
    example = max(1, sum(n <= place for n in questions))
    return f"example {example}, its {part} {number}"


def _messages(fields: Mapping[str, Any]) -> list[Any]:
    found = fields.get("messages")
    return found if isinstance(found, list) else [] if found is None else [found]


def _role(message: Any) -> str:
    return str(message.get("role")) if isinstance(message, dict) else ""


def _text(message: Any) -> str:
    content = message.get("content") if isinstance(message, dict) else message
    return content if isinstance(content, str) else _json(content)


def _message(message: Any) -> str:
    return _json(message)


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
