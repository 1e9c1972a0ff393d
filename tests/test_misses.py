"""What counts as the same request, and how each thing that does not is explained."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain_server import serving

from summarise.errors import ModelError
from summarise.matching import Ask, canonical
from summarise.misses import differences, nearest
from summarise.recording import Mode, Recording, cassette
from summarise.word_changes import text_changes

URL = "http://127.0.0.1:1"
PATH = "/v1/chat/completions"
AGAIN = "summarise cassettes record mill"
ARTICLE = (
    "The mill in Tarn closed on Monday.\nIts owner, “Brook & Sons”, let 40 workers go - for now."
)
SCHEMA = {
    "type": "object",
    "properties": {
        "claims": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"text": {"type": "string", "maxLength": 400}, "source": {}},
                "required": ["text", "source"],
            },
        },
        "count": {"type": "integer"},
    },
    "required": ["claims", "count"],
}
BODY: dict[str, Any] = {
    "model": "gpt-5.4-mini",
    "messages": [
        {"role": "system", "content": "You list the claims of an article.\nAdd nothing else."},
        {"role": "user", "content": "Landslide in Orvane kills 14."},
        {"role": "assistant", "content": '{"claims": ["A landslide killed 14."]}'},
        {"role": "user", "content": ARTICLE},
    ],
    "response_format": {
        "type": "json_schema",
        "json_schema": {"name": "Claims", "strict": True, "schema": SCHEMA},
    },
    "max_completion_tokens": 900,
    "temperature": 0,
    "seed": 7,
}

Change = Callable[[dict[str, Any]], object]


def post(body: object, url: str = URL, path: str = PATH, **headers: str) -> dict[str, Any]:
    """One request; a str or bytes is sent as it is."""
    raw = body if isinstance(body, str | bytes) else json.dumps(body)
    with httpx2.Client(trust_env=False) as client:
        answer = client.post(url + path, content=raw, headers=headers)
    found: dict[str, Any] = answer.json()
    return found


@pytest.fixture(scope="module")
def tape(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recording of three requests, the second of which is BODY."""
    path = tmp_path_factory.mktemp("cassettes") / "mill.yaml"
    with serving() as server, cassette(path, mode="once"):
        for question in ("Rain fell in Ostrel.", ARTICLE, "A ferry sank off Lunay in the night."):
            post(with_question(question), server.url)
    return path


def with_question(text: str) -> dict[str, Any]:
    body = copy.deepcopy(BODY)
    body["messages"][-1]["content"] = text
    return body


def changed(change: Change) -> dict[str, Any]:
    body = copy.deepcopy(BODY)
    change(body)
    return body


def say(place: int, old: str, new: str) -> Change:
    def change(body: dict[str, Any]) -> None:
        message = body["messages"][place]
        assert old in message["content"]
        message["content"] = message["content"].replace(old, new, 1)

    return change


def put(way: str, value: object) -> Change:
    """Set what `way` leads to; None takes it away."""

    def change(body: dict[str, Any]) -> None:
        *before, last = way.split("/")
        node: Any = body
        for step in before:
            node = node[int(step)] if isinstance(node, list) else node[step]
        if value is None:
            del node[last]
        else:
            node[last] = value

    return change


ITEM = "response_format/json_schema/schema/properties/claims/items"
SYSTEM = "the system message (message 1 of 4)"
QUESTION = "the article's question (message 4 of 4)"

EXPLAINED: list[tuple[str, Change, str, str]] = [
    ("a word of the prompt", say(0, "list", "count"), SYSTEM, "recorded 'list', asked 'count'"),
    ("a word more", say(0, "nothing else", "nothing at all else"), SYSTEM, "'at all' added"),
    ("a word less", say(0, " else", ""), SYSTEM, "'else' left out"),
    (
        "an example's question",
        say(1, "14", "15"),
        "example 1, its question (message 2 of 4)",
        "one character, recorded '4', asked '5'",
    ),
    (
        "an example's answer",
        say(2, "killed", "buried"),
        "example 1, its answer (message 3 of 4)",
        "recorded 'killed', asked 'buried'",
    ),
    ("a figure of the article", say(3, "40", "55"), QUESTION, "recorded '40', asked '55'"),
    (
        "one letter",
        say(3, "closed", "closes"),
        QUESTION,
        "one character, recorded 'd', asked 's'",
    ),
    (
        "a curly quote made straight",
        say(3, "“", '"'),
        QUESTION,
        "one character, recorded '“' U+201C LEFT DOUBLE QUOTATION MARK, asked '\"' U+0022",
    ),
    (
        "a hyphen made a dash",
        say(3, " - ", " – "),
        QUESTION,
        "one character, recorded '-' U+002D HYPHEN-MINUS, asked '–' U+2013 EN DASH",
    ),
    (
        "a no-break space",
        say(3, "40 workers", "40\u00a0workers"),
        QUESTION,
        "one character, recorded U+0020 SPACE, asked U+00A0 NO-BREAK SPACE",
    ),
    (
        "a zero-width space",
        say(3, "workers", "work\u200bers"),
        QUESTION,
        "one character more, U+200B ZERO WIDTH SPACE",
    ),
    ("a blank at the end", say(3, "now.", "now. "), QUESTION, "one character more, U+0020 SPACE"),
    (
        "two blanks for one",
        say(3, "for now", "for \u2009 now"),
        QUESTION,
        "white space, recorded U+0020, asked U+0020 U+2009 U+0020",
    ),
    (
        "a decomposed letter",
        say(3, "Tarn", "Ta\u0301rn"),
        QUESTION,
        "one character more, U+0301 COMBINING ACUTE ACCENT",
    ),
    (
        "an example left out",
        lambda body: body["messages"].__delitem__(slice(1, 3)),
        "example 1, its question (message 2 of 4)",
        "recorded, left out of what is asked",
    ),
    (
        "an example more",
        lambda body: body["messages"].insert(3, {"role": "assistant", "content": "{}"}),
        "example 1, its answer (message 4 of 5)",
        "asked, not in the recording",
    ),
    ("a role", put("messages/0/role", "developer"), SYSTEM, "its role, recorded 'system', asked"),
    ("the model", put("model", "gpt-5.5"), "the model's name", "recorded 'gpt-5.4-mini', asked"),
    ("the temperature", put("temperature", 0.7), "temperature: recorded 0, asked 0.7", ""),
    ("the seed", put("seed", 8), "seed: recorded 7, asked 8", ""),
    ("no seed", put("seed", None), "seed: recorded 7, asked without it", ""),
    (
        "the limit",
        put("max_completion_tokens", 901),
        "max_completion_tokens: recorded 900, asked 901",
        "",
    ),
    ("a setting more", put("reasoning_effort", "low"), "reasoning_effort: recorded without it", ""),
    (
        "a field added",
        put(f"{ITEM}/properties/via", {"type": "string"}),
        "the schema: field 'claims[].via' added",
        "",
    ),
    (
        "a field removed",
        put(f"{ITEM}/properties/source", None),
        "the schema: field 'claims[].source' removed",
        "",
    ),
    (
        "a field changed",
        put(f"{ITEM}/properties/text/maxLength", 300),
        "the schema: field 'claims[].text', 'maxLength': recorded 400, asked 300",
        "",
    ),
    (
        "a type",
        put("response_format/json_schema/schema/properties/count/type", "number"),
        "the schema: field 'count', 'type': recorded \"integer\", asked \"number\"",
        "",
    ),
    (
        "a rule more",
        put(f"{ITEM}/properties/text/minLength", 1),
        "the schema: field 'claims[].text' now has 'minLength': 1",
        "",
    ),
    (
        "not required",
        put("response_format/json_schema/schema/required", ["claims"]),
        "the schema: the whole no longer requires 'count'",
        "",
    ),
    (
        "the order of fields",
        put("response_format/json_schema/schema/required", ["count", "claims"]),
        "the schema: the whole, the order of 'required'",
        "",
    ),
    (
        "the schema's name",
        put("response_format/json_schema/name", "Facts"),
        'the schema\'s name: recorded "Claims", asked "Facts"',
        "",
    ),
    (
        "not strict",
        put("response_format/json_schema/strict", False),
        "the schema's strict: recorded true, asked false",
        "",
    ),
    ("no schema", put("response_format", None), "response_format: recorded {", "asked without it"),
]


@pytest.mark.parametrize(
    ("change", "what", "how"), [row[1:] for row in EXPLAINED], ids=[row[0] for row in EXPLAINED]
)
def test_each_change_is_a_miss_with_an_explanation_of_its_own(
    tape: Path, change: Change, what: str, how: str
) -> None:
    with (
        pytest.raises(ModelError) as caught,
        cassette(tape, mode="none", record_again=AGAIN),
    ):
        post(changed(change))
    first, *said, last = str(caught.value).splitlines()
    assert first.endswith(
        "mill.yaml' does not hold this request (of 3 recorded). The nearest, number 2, differs:"
    )
    assert last == f"If the change is meant, record it again: {AGAIN}"
    assert said[0].startswith(what)
    assert how in said[0]
    others = [line for line in said[1:] if not line.startswith("  ")]
    assert len(others) == (1 if what.startswith("example 1, its question") and "left" in how else 0)


def test_explanations_are_all_different(tape: Path) -> None:
    with cassette(tape, mode="none") as recording:
        [_, held, _] = recording._tape.asks
    told = [tuple(differences(held, ask(changed(row[1])))) for row in EXPLAINED]
    assert len(set(told)) == len(EXPLAINED)


def ask(body: object, path: str = PATH) -> Ask:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Ask("POST", path, raw)


def test_lines_that_changed_are_shown_with_invisible_characters_spelled_out() -> None:
    [told] = differences(ask(BODY), ask(with_question(ARTICLE.replace("40 w", "40\u00a0w"))))
    assert told.splitlines()[1:] == [
        "  -Its owner, “Brook & Sons”, let 40 workers go - for now.",
        "  +Its owner, “Brook & Sons”, let 40<U+00A0>workers go - for now.",
    ]


def test_of_a_long_line_only_what_lies_about_the_change_is_shown() -> None:
    words = " ".join(f"word{number}" for number in range(400))
    told = text_changes(words, words.replace("word200 ", "term200 "))
    assert told.startswith("recorded 'word200', asked 'term200'")
    assert all(len(line) < 200 for line in told.splitlines())
    assert "word199 term200 word201" in told


def test_many_changes_are_counted_not_listed() -> None:
    lines = [f"line {number} ends" for number in range(50)]
    told = text_changes("\n".join(lines), "\n".join(line.upper() for line in lines))
    assert "changes more" in told.splitlines()[0]
    assert told.splitlines()[-1] == "  … and 47 lines more"


SAME: list[tuple[str, str]] = [
    ('{"a": 1, "b": [1, 2]}', '{ "b":[1,2],"a":1}'),
    ('{"temperature": 0}', '{"temperature": 0.0}'),
    ('{"temperature": 0}', '{"temperature": 0e0}'),
    ('{"temperature": 1e0}', '{"temperature": 1}'),
    ('{"temperature": 0.70}', '{"temperature": 7e-1}'),
    ('{"text": "caf\\u00e9 \\u201cx\\u201d"}', '{"text": "café “x”"}'),
    ('{"text": "a\\/b"}', '{"text": "a/b"}'),
]
OTHER: list[tuple[str, str]] = [
    ('{"a": [1, 2]}', '{"a": [2, 1]}'),
    ('{"strict": true}', '{"strict": 1}'),
    ('{"seed": null}', "{}"),
    ('{"seed": "0"}', '{"seed": 0}'),
    ('{"text": "a b"}', '{"text": "a\\u00a0b"}'),
    ('{"text": "café"}', '{"text": "cafe\\u0301"}'),
    ('{"text": "a"}', '{"text": "a "}'),
    ("plain words", "plain  words"),
    ("null", ""),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_in_another_form(one: str, other: str) -> None:
    assert canonical(one.encode()) == canonical(other.encode())


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_not_the_same(one: str, other: str) -> None:
    assert canonical(one.encode()) != canonical(other.encode())


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(max_size=5)
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(JSON, st.booleans(), st.sampled_from([None, 1, 3]))
def test_how_json_is_written_does_not_matter(value: object, ascii_only: bool, indent: int) -> None:
    def turned(node: object) -> object:
        if isinstance(node, dict):
            return {key: turned(inner) for key, inner in reversed(node.items())}
        if isinstance(node, list):
            return [turned(inner) for inner in node]
        if isinstance(node, int) and not isinstance(node, bool):
            return float(node)
        return node

    one = json.dumps(value).encode()
    other = json.dumps(turned(value), ensure_ascii=ascii_only, indent=indent)
    assert canonical(one) == canonical(other.encode("utf-8"))


@given(JSON, JSON)
def test_what_differs_is_always_explained(one: object, other: object) -> None:
    recorded, asked = ask({"model": one}), ask({"model": other})
    assert bool(list(differences(recorded, asked))) == (recorded.key != asked.key)


def test_key_order_float_form_host_key_and_versions_play_no_part(tape: Path) -> None:
    turned = json.dumps(dict(reversed(BODY.items()))).replace(
        '"temperature": 0', '"temperature": 0.0'
    )
    told = {
        "authorization": "Bearer other",
        "x-stainless-package-version": "99.1",
        "user-agent": "x",
    }
    with cassette(tape, mode="none") as recording:
        assert post(turned, "https://elsewhere.example", **told)["choices"]
    assert (recording.recorded, recording.played, recording.unused) == (3, 1, 2)


def record(path: Path, *bodies: object, mode: Mode = "once") -> Recording:
    with serving() as server, cassette(path, mode=mode) as recording:
        for body in bodies:
            post(body, server.url)
    return recording


def missed(tape: Path, body: object, **where: str) -> str:
    with pytest.raises(ModelError) as caught, cassette(tape, mode="none", record_again=AGAIN):
        post(body, **where)
    return str(caught.value)


def test_bodies_that_are_no_json_count_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "plain.yaml"
    record(path, b"a mill \xff in Tarn")
    with cassette(path, mode="none") as recording:
        post(b"a mill \xff in Tarn")
    assert recording.played == 1
    told = missed(path, b"a mill \xfe in Tarn")
    assert "the body, which is not JSON: 16 bytes recorded, 16 asked, the first difference" in told
    assert r"at byte 7: recorded b'\xff in Tarn', asked b'\xfe in Tarn'" in told


def test_another_path_is_a_miss(tape: Path) -> None:
    told = missed(tape, BODY, path="/v1/responses")
    assert "\nthe path: recorded '/v1/chat/completions', asked '/v1/responses'\n" in told


@pytest.mark.parametrize(("times", "said"), [(1, "once, and it is played"), (3, "3 times, all")])
def test_too_many_of_one_request_is_a_miss_of_its_own(
    tmp_path: Path, times: int, said: str
) -> None:
    path = tmp_path / "often.yaml"
    record(path, *[BODY] * times)
    with cassette(path, mode="none", record_again=AGAIN) as recording:
        for _ in range(times):
            post(BODY)
        with pytest.raises(
            ModelError, match=f"holds this request {said}.*Record it again: {AGAIN}$"
        ):
            post(BODY)
    assert (recording.played, recording.unused) == (times, 0)


def test_the_nearest_is_found_among_many() -> None:
    asks = [ask(with_question(f"Mill number {number} in Tarn closed.")) for number in range(300)]
    wanted = ask(with_question("Mill number 217 in Tarn was closed."))
    assert nearest(wanted, asks) == 217
    assert nearest(asks[5], [asks[3], asks[3]], played={0}) == 1
