"""What a recording tells: tokens, models, failed requests, and secrets that it should not hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from summarise.cassette_checks import SECRETS, checked, read_taped, secrets
from summarise.errors import RecordError
from summarise.interactions import bodies, failed_requests, models, read_interactions, usage

# ----------------------------------------------------------------------------------- secrets


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("sk-proj-Ab12Cd34Ef56Gh78", "an API key"),
        ("sk-abcdefghij0123456789", "an API key"),
        ("hf_AbCdEfGhIjKlMnOpQrStUv", "an API key"),
        ("AKIAABCDEFGHIJKLMNOP", "an API key"),
        ("Bearer 0123456789abcdef", "a bearer token"),
        ("eyJhbGciOiJIUzI1.eyJzdWIiOiIx.abc", "a bearer token"),
        ("org-StandIn0123456789", "an organisation or project id"),
        ("proj_AbCd0123456789", "an organisation or project id"),
        ("__cf_bm=Zk3.x; path=/", "a cookie"),
        ("/home/ada/news/a.txt", "a home folder"),
        ("/Users/ada/a.txt", "a home folder"),
        (r"C:\Users\ada", "a home folder"),
        ("https://model.invalid/v1?api_key=0123abcd", "a key in a URL"),
        ("the org-chart of the sk-learn-project", None),
        ("proj-ect Bearer of good news, the bearer", None),
        ("https://harbour.example/home/ada/news", None),
        ("a cookie with tea at home/ada", None),
    ],
)
def test_secrets(text: str, what: str | None) -> None:
    assert [found for found, _, _ in secrets(f"one\n{text} x")] == ([what] if what else [])
    assert what is None or what in SECRETS
    assert all((line, begins in text) == (2, True) for _, line, begins in secrets(f"\n{text}"))


def test_a_secret_that_yaml_wrote_with_escapes(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(tape(r"\x73k-abcdefghij0123456789"), "utf-8")
    taped, faults = read_taped(path, [], None)
    told = [fault.what for fault in checked(taped) if fault.kind == "secret"]
    assert (faults, told) == ([], ["interaction 1 holds an API key, 'sk-abc…'"])


# ------------------------------------------------------------------------------ interactions


def tape(answer: str, *, body: str = '{\\"model\\": \\"m\\"}', code: int = 200) -> str:
    request = f'{{method: POST, uri: "http://model.invalid/v1", body: "{body}"}}'
    response = f'{{status: {{code: {code}}}, body: {{string: "{answer}"}}}}'
    return f"interactions:\n- request: {request}\n  response: {response}\nversion: 1\n"


CHAT = '{"usage": {"prompt_tokens": 9, "completion_tokens": 2}}'
NEWER = '{"response": {"usage": {"input_tokens": 7, "output_tokens": 1, "input_tokens_details": '
STREAM = f'data: {{"usage": null}}\n\ndata: {CHAT}\n\ndata: [DONE]\n'


@pytest.mark.parametrize(
    ("answer", "counts"),
    [
        (CHAT, (9, 2, 0)),
        (STREAM, (9, 2, 0)),
        (NEWER + '{"cached_tokens": 3}}}}', (7, 1, 3)),
        ('{"usage": {"prompt_tokens": "many"}}', (0, 0, 0)),
        ('{"usage": [1]}', (0, 0, 0)),
        ("[]", (0, 0, 0)),
        ("no JSON", (0, 0, 0)),
    ],
)
def test_usage(tmp_path: Path, answer: str, counts: tuple[int, int, int]) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(tape(answer.replace('"', '\\"').replace("\n", "\\n")), "utf-8")
    held = read_interactions(path)
    assert tuple(usage(held).model_dump().values()) == counts
    assert (models(held), list(bodies(held)), failed_requests(held)) == (["m"], [{"model": "m"}], 0)


@pytest.mark.parametrize("text", ["", "interactions: []\nversion: 1\n"])
def test_a_recording_that_holds_nothing(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(RecordError, match="holds no interactions; record it again"):
        read_interactions(path)


def test_a_request_fails_only_if_each_try_does(tmp_path: Path) -> None:
    def held(*codes: int) -> list[Any]:
        path = tmp_path / "a.yaml"
        items = [tape("x", code=code).partition("\n")[2].rpartition("version")[0] for code in codes]
        path.write_text("interactions:\n" + "".join(items) + "version: 1\n", "utf-8")
        return read_interactions(path)

    assert failed_requests(held(503, 200)) == 0
    assert failed_requests(held(503, 500)) == 1
