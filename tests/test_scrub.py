"""No secret in a recording, a log or an error; not one character of an article changed."""

from __future__ import annotations

import gzip
import json
import logging
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plain_server import PlainServer, Reply, completion, plain_server
from pydantic import BaseModel

from summarise.client import Client
from summarise.errors import ModelError
from summarise.profiles import profile_for
from summarise.recording import cassette
from summarise.scrub import (
    GONE,
    clean_answer,
    clean_error,
    clean_path,
    clean_request,
    cleaned,
    content_with,
    secrets_of,
)

__all__ = ["plain_server"]

KEY = "sk-proj-Canary1234567890abcdefABCDEF"
CONTENT = (
    (
        "“Let's go” – said O'Neil… 40\u00a0workers\u2009left;\tthe mill—closed  \u200b \r\n"
        'org-Chart1234567 and req_1234567890ab, mail@example.org, /home/ada and a \\ " '
        "\ud83d\ude00 "
        "caf\u00e9 cafe\u0301 \u2028 \ufeff trailing blanks   "
    )
    .encode("utf-16", "surrogatepass")
    .decode("utf-16")
)

SAID: list[tuple[str, str]] = [
    ("Incorrect API key provided: sk-abcdef1234567890.", f"Incorrect API key provided: {GONE}."),
    ("in organization org-AbCd1234Ef on tokens", f"in organization {GONE} on tokens"),
    ("project proj_AbCd1234Ef has no access", f"project {GONE} has no access"),
    ("Authorization: Bearer abc.DEF-123_456", f"Authorization: Bearer {GONE}"),
    ("account ada.brook+news@mail.example.org is closed", f"account {GONE} is closed"),
    ("GET https://ada:pass@host.example/v1", f"GET https://{GONE}@host.example/v1"),
    ("https://h.example/v1?api_key=abc123&x=1", f"https://h.example/v1?api_key={GONE}&x=1"),
    ("https://h.example/v1?x=1&key=abc123", f"https://h.example/v1?x=1&key={GONE}"),
    ("request id req_0a1b2c3d4e5f", f"request id {GONE}"),
    ("id 123e4567-e89b-12d3-a456-426614174000!", f"id {GONE}!"),
    ("no model at /home/ada/models/m.gguf", f"no model at /home/{GONE}/models/m.gguf"),
    ("/Users/ada/m.gguf", f"/Users/{GONE}/m.gguf"),
    (r"C:\Users\ada\m.gguf", rf"C:\Users\{GONE}\m.gguf"),
    ("{'set-cookie': 'a=b; path=/'}", f"{{'set-cookie': '{GONE}'}}"),
    ("[(b'Set-Cookie', b'a=b'), (b'via', b'x')]", f"[(b'Set-Cookie', b'{GONE}'), (b'via', b'x')]"),
    ("Headers([('openai-organization', 'acme')])", f"Headers([('openai-organization', '{GONE}')])"),
    ("Cookie: session=abc", f"Cookie: {GONE}"),
    ("token eyJhbGciOiJI.eyJzdWIiOiIx.SflKxwRJ", f"token {GONE}"),
    ("AIzaSyA1234567890abcdefghij", GONE),
    ("user-AbCd12345678 of the team", f"{GONE} of the team"),
    # What only looks like one.
    ("the task-force said so", "the task-force said so"),
    ("user-friendly and team-building", "user-friendly and team-building"),
    ("max_tokens is too large: 9000", "max_tokens is too large: 9000"),
    ("the key of the answer, and its token count", "the key of the answer, and its token count"),
    ("see /usr/home/share", "see /usr/home/share"),
]


@pytest.mark.parametrize(("text", "clean"), SAID)
def test_what_servers_and_libraries_say(text: str, clean: str) -> None:
    assert cleaned(text) == clean
    assert cleaned(clean) == clean


PATHS: list[tuple[str, str]] = [
    ("https://user:pw@h.example/v1/chat/completions?api-key=abc", "/v1/chat/completions"),
    ("http://127.0.0.1:8080/v1/models", "/v1/models"),
    ("https://h.example/v1/projects/news-desk/models", f"/v1/projects/{GONE}/models"),
    ("https://h.example/orgs/acme/chat", f"/orgs/{GONE}/chat"),
]


@pytest.mark.parametrize(("uri", "path"), PATHS)
def test_of_an_address_the_path_stays(uri: str, path: str) -> None:
    assert clean_path(uri) == path


def test_the_secrets_of_a_request_are_known_from_its_headers_and_address() -> None:
    headers = {
        "Authorization": "Bearer abcdefgh12345678",
        "api-key": "0123456789abcdef",
        "X-API-Key": "none",  # no secret, and a word of many articles
        "Cookie": "session=abcdef123456",
        "x-request": "plain-but-long-0123456789",
    }
    uri = "https://ada:pass%20word99@h.example/v1?key=zyxwvuts98765432&page=1234567890"
    assert secrets_of(uri, headers) == {
        "abcdefgh12345678",
        "0123456789abcdef",
        "session=abcdef123456",
        "pass word99",
        "zyxwvuts98765432",
    }


REQUESTS: list[tuple[str, str]] = [
    # What is asked and how stays; who asks goes.
    ('{"user": "ada-1", "seed": 7}', '{"user": "\\u2026", "seed": 7}'),
    ('{"metadata": {"desk": "x"}}', '{"metadata": {"desk": "\\u2026"}}'),
    ('{"safety_identifier":"h1","n":1}', '{"safety_identifier":"\\u2026","n":1}'),
    ('{"api_key" : "abc"}', '{"api_key" : "\\u2026"}'),
    ('{"model": "/home/ada/m.gguf"}', '{"model": "/home/\\u2026/m.gguf"}'),
    ('{"messages": [{"user": "ada@x.org"}]}', '{"messages": [{"user": "ada@x.org"}]}'),
    (
        '{"response_format": {"user": "sk-abcdef12345"}}',
        '{"response_format": {"user": "sk-abcdef12345"}}',
    ),
    ('{"messages": [{"content": "{\\"user\\": \\"ada\\"}"}]}',) * 2,
    ('{ "model":"m" ,"top_p":1.0,\n"seed":1e0}',) * 2,
    ("no JSON with sk-abcdef12345",) * 2,
    ('{"truncated": "sk-abcdef12',) * 2,
]


@pytest.mark.parametrize(("body", "clean"), REQUESTS)
def test_a_request_loses_who_asks_and_nothing_else(body: str, clean: str) -> None:
    assert clean_request(body.encode(), []).decode() == clean


def test_an_answer_loses_its_ids_and_keeps_its_content() -> None:
    before = completion(CONTENT, system_fingerprint="fp_1", organization="acme")
    after = clean_answer(before, [KEY])
    assert b"chatcmpl" not in after
    assert b"acme" not in after
    whole = [json.loads(body)["choices"] for body in (before, after)]
    assert whole[0] == whole[1]
    assert before[before.index(b'"choices"') : before.index(b'"system')] in after


def test_each_event_of_a_stream_is_cleaned() -> None:
    events: list[dict[str, Any]] = [
        {"id": "chatcmpl-1234567890", "choices": [{"delta": {"content": "an org-Chart12345 “x”"}}]},
        {"id": "chatcmpl-1234567890", "choices": []},
    ]
    lines = [f"data: {json.dumps(event)}\n\n" for event in events]
    told = clean_answer(("".join(lines) + ": ping\n\ndata: [DONE]\n\n").encode(), []).decode()
    assert "chatcmpl" not in told
    assert told.count('"id": "\\u2026"') == 2
    assert json.dumps(events[0]["choices"]) in told
    assert told.endswith(": ping\n\ndata: [DONE]\n\n")


def test_all_of_an_error_is_cleaned() -> None:
    error = {
        "error": {
            "message": f"Key {KEY} of ada@example.org in org-AbCd1234Ef",
            "code": "insufficient_quota",
            "type": "x",
            "choices": "sk-abcdef12345678",
        },
        "request_id": "abc",
    }
    clean = json.loads(clean_error(json.dumps(error).encode(), []))
    assert clean == {
        "error": {
            "message": f"Key {GONE} of {GONE} in {GONE}",
            "code": "insufficient_quota",
            "type": "x",
            "choices": GONE,
        },
        "request_id": GONE,
    }
    assert clean_error(b"<p>ada@example.org</p>\xff", []).decode() == f"<p>{GONE}</p>\ufffd"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


@given(JSON, st.booleans(), st.sampled_from([None, 2]))
def test_what_a_model_is_asked_and_answers_is_never_changed(
    value: object, ascii_only: bool, indent: int | None
) -> None:
    body = {"user": "ada", "messages": value, "choices": value, "id": "x", "tools": value}
    try:
        raw = json.dumps(body, ensure_ascii=ascii_only, indent=indent).encode()
    except UnicodeEncodeError:
        return
    kept = {"messages": value, "choices": value, "tools": value}
    for clean in (clean_request(raw, [KEY]), clean_answer(raw, [KEY])):
        assert json.loads(clean) == {**kept, "user": GONE, "id": GONE}
        assert clean.count(b"\\u2026") >= 2


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"messages": [{}, {"content": f"My key: {KEY}."}]}, "messages[1].content, character 8"),
        ({"messages": [{"content": [{"text": KEY}]}]}, "messages[0].content[0].text, character 0"),
        ({"input": f"{KEY}"}, "input, character 0"),
        ({"messages": [{"content": "no key"}]}, None),
        ({KEY: 1}, "the body"),
    ],
)
def test_where_a_key_stands(body: dict[str, Any], where: str | None) -> None:
    assert content_with(json.dumps(body).encode(), [KEY]) == where


def post(url: str, body: object, **headers: str) -> httpx2.Response:
    with httpx2.Client(trust_env=False) as client:
        return client.post(url, json=body, headers=headers)


def test_the_answer_that_is_played_is_the_answer_that_came(
    plain_server: PlainServer, tmp_path: Path
) -> None:
    path, body = tmp_path / "mill.yaml", {"messages": [{"role": "user", "content": CONTENT}]}
    sent = json.dumps({"choices": [{"message": {"content": CONTENT}}]}, ensure_ascii=False).encode()
    plain_server.reply(
        Reply(sent), Reply(gzip.compress(sent), headers={"content-encoding": "gzip"})
    )
    with cassette(path, mode="once"):
        recorded = [post(plain_server.url, body).content for _ in "12"]
    with cassette(path, mode="none") as tape:
        played = [post("http://127.0.0.1:1", body).content for _ in "12"]
        [asked, _] = tape.bodies
    assert recorded == played == [sent, sent]
    assert asked == body


SECRETS = {
    "the key": KEY,
    "another header": "azure-key-0123456789abcdef",
    "cookie": "session-canary-998877",
    "query": "query-canary-0123456789",
    "user of the address": "canaryuser123",
    "password of the address": "canary-pass-4567",
    "user": "canary-customer-42",
    "metadata": "canary-desk-77",
    "organisation": "org-CanaryAbCd1234",
    "project": "proj_CanaryAbCd1234",
    "request id": "req_canary0123456789",
    "answer's cookie": "__cf_canary=abc123456",
    "answer's id": "chatcmpl-canary0123456",
    "mail": "canary.ada@example.org",
    "home": "/home/canaryhome/models",
    "key in an error": "sk-canary-in-error-0123456789",
    "account": "acct_canary0123456",
}


@pytest.fixture
def all_logs(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every logger speaks, whatever other tests have set (import-linter's silences all)."""
    caplog.set_level(logging.DEBUG)
    for logger in logging.root.manager.loggerDict.values():
        if isinstance(logger, logging.Logger):
            monkeypatch.setattr(logger, "disabled", False)


def quiet_about_secrets(text: str) -> list[str]:
    return [
        name
        for name, secret in SECRETS.items()
        if secret in text or secret.split("/")[-2:][0] in text
    ]


@pytest.mark.usefixtures("all_logs")
def test_canaries_are_nowhere_on_disk_in_logs_or_in_errors(
    plain_server: PlainServer,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    told = {
        "openai-organization": SECRETS["organisation"],
        "openai-project": SECRETS["project"],
        "x-request-id": SECRETS["request id"],
        "set-cookie": SECRETS["answer's cookie"],
    }
    said = (
        f"Key {SECRETS['key in an error']} of {SECRETS['mail']} ({SECRETS['account']}) in "
        f"{SECRETS['organisation']}: cannot load {SECRETS['home']}/m.gguf; {SECRETS['request id']}"
    )
    error = json.dumps({"error": {"message": said, "code": None}, "user": SECRETS["user"]}).encode()
    good = completion("Fine.", id=SECRETS["answer's id"], organization=SECRETS["organisation"])
    plain_server.reply(Reply(good, headers=told), Reply(error, 400, told), Reply(error, 500, told))
    place = plain_server.url.removeprefix("http://")
    user = f"{SECRETS['user of the address']}:{SECRETS['password of the address']}"
    url = f"http://{user}@{place}/v1/chat?api_key={SECRETS['query']}"
    body = {
        "messages": [{"role": "user", "content": "Which mill?"}],
        "user": SECRETS["user"],
        "metadata": {"desk": SECRETS["metadata"], "at": f"{SECRETS['home']}/x"},
    }
    headers = {
        "authorization": f"Bearer {KEY}",
        "api-key": SECRETS["another header"],
        "cookie": SECRETS["cookie"],
        "openai-organization": SECRETS["organisation"],
    }
    path = tmp_path / "mill.yaml"
    with cassette(path, mode="once"):
        for _ in range(3):
            post(url, body, **headers)
    with pytest.raises(ModelError) as miss, cassette(path, mode="none"):
        post(url, {**body, "messages": [{"role": "user", "content": f"Why {KEY}?"}]}, **headers)

    assert len(caplog.records) > 10
    written = {file.name: file.read_text("utf-8") for file in tmp_path.iterdir()}
    assert list(written) == ["mill.yaml"]
    assert "Which mill?" in written["mill.yaml"]
    assert quiet_about_secrets(written["mill.yaml"]) == []
    assert quiet_about_secrets(caplog.text) == []
    assert quiet_about_secrets(str(miss.value) + repr(miss.value.__cause__)) == []


class Town(BaseModel):
    name: str


@pytest.mark.usefixtures("all_logs")
def test_canaries_are_not_in_what_a_client_logs(
    plain_server: PlainServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told = {
        "openai-organization": SECRETS["organisation"],
        "set-cookie": SECRETS["answer's cookie"],
    }
    said = {"error": {"message": f"{SECRETS['mail']} may not use {KEY}", "code": None}}
    plain_server.reply(
        Reply(completion('{"name": "Tarn"}'), headers=told),
        Reply(json.dumps(said).encode(), 400, told),
    )

    async def ask() -> None:
        async with Client("gpt-5.4-mini", plain_server.url, KEY, profile_for("gpt-5.4-mini")) as to:
            for _ in range(2):
                await to.ask([{"role": "user", "content": "Which?"}], Town, max_tokens=9)

    with cassette(tmp_path / "mill.yaml", mode="once"):
        anyio.run(ask)
    assert any(record.name.startswith("httpx2") for record in caplog.records)
    assert quiet_about_secrets(caplog.text) == []
    assert quiet_about_secrets((tmp_path / "mill.yaml").read_text("utf-8")) == []


@pytest.mark.parametrize("mode", ["once", "all"])
def test_a_key_in_an_article_stops_the_recording_before_it_is_sent(
    plain_server: PlainServer, tmp_path: Path, mode: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    path = tmp_path / "mill.yaml"
    body = {"messages": [{"role": "user", "content": f"The mill.\nPassword {KEY} leaked."}]}
    with pytest.raises(ModelError) as told, cassette(path, mode=mode):
        post(plain_server.url, body)
    assert "a key that is in use stands in messages[0].content, character 19 of the request" in str(
        told.value
    )
    assert KEY not in str(told.value)
    assert plain_server.asked == 0
    assert list(tmp_path.iterdir()) == []


def test_a_key_in_an_answer_stops_the_recording(plain_server: PlainServer, tmp_path: Path) -> None:
    plain_server.reply(Reply(completion(f"Your key is {KEY}")))
    with (
        pytest.raises(ModelError, match=r"stands in choices\[0\].message.content, character 12 of"),
        cassette(tmp_path / "mill.yaml", mode="once"),
    ):
        post(plain_server.url, {"messages": []}, authorization=f"Bearer {KEY}")
    assert list(tmp_path.iterdir()) == []


def test_a_key_that_is_known_only_later_is_not_written(
    plain_server: PlainServer, tmp_path: Path
) -> None:
    article = {"messages": [{"role": "user", "content": f"It said {KEY}."}]}

    def ask() -> None:
        with cassette(tmp_path / "mill.yaml", mode="once"):
            post(plain_server.url, article)
            post(plain_server.url, {"messages": []}, authorization=f"Bearer {KEY}")

    with pytest.raises(ModelError, match=r"\[0\]\.content, character 8 of a request\. Nothing was"):
        ask()
    assert list(tmp_path.iterdir()) == []


def test_a_placeholder_key_may_stand_in_an_article(
    plain_server: PlainServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "lm-studio")
    body = {"messages": [{"role": "user", "content": "The lm-studio program has none."}]}
    with cassette(tmp_path / "mill.yaml", mode="once") as tape:
        post(plain_server.url, body, authorization="Bearer none")
    assert list(tape.bodies) == [body]
