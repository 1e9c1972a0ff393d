"""The comparison with peers: quotes are placed in the raw text, every call is counted."""

from __future__ import annotations

import http.client
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from openai_stand_in import KEY, serving

sys.path.insert(0, str(Path(__file__).parents[1] / "evals"))
import peer_set
import peers
import relay

from summarise.inputs import Details

RAW = "Home | News\r\nThe ferry  carried\r\n3,000 people, Ada Brook said."


@pytest.mark.parametrize(
    ("quote", "place"),
    [
        ("3,000 people", "3,000 people"),
        ("the ferry carried 3,000", "The ferry  carried\r\n3,000"),
        ("The ferry carried 4,000", None),
        ("home | news", "Home | News"),
        (" ", None),
    ],
)
def test_a_quote_is_placed_however_its_blanks_run(quote: str, place: str | None) -> None:
    span = peer_set.found(quote, RAW)
    assert (RAW[slice(*span)] if span else None) == place


@pytest.mark.parametrize("example", peer_set.EXAMPLES)
def test_examples_are_quoted_from_their_text(
    example: tuple[str, tuple[peer_set.Shown, ...]],
) -> None:
    text, claims = example
    for claim in claims:
        assert claim.quote in text
        assert set(claim.source.split()) <= set(text.replace(".", "").split())


@pytest.mark.parametrize(
    ("interval", "evidence"),
    [
        (None, []),
        (SimpleNamespace(start_pos=None, end_pos=None), []),
        (
            SimpleNamespace(start_pos=13, end_pos=22),
            [{"start": 13, "end": 22, "quote": "The ferry"}],
        ),
    ],
)
def test_an_extraction_that_was_not_aligned_has_no_evidence(
    interval: object, evidence: list[object]
) -> None:
    extraction = SimpleNamespace(
        char_interval=interval, extraction_text="the ferry", attributes={"source": " "}
    )
    claim = peer_set._of_langextract(1, extraction, RAW)
    assert (claim["evidence"], claim["text"], claim["source"]) == (evidence, "the ferry", None)


def test_the_relay_counts_calls_and_tokens() -> None:
    with serving() as server, relay.relayed(server.base_url) as between:
        server.answer({"claims": []})
        assert [_post(between.base_url, key) for key in (KEY, "wrong")] == [200, 401]
        counts = between.taken()
        assert between.taken() == {}
    assert counts == {"calls": 2, "refused": 1, "input": 120, "output": 12}


def _post(base_url: str, key: str) -> int:
    url = urlsplit(base_url)
    body = {"model": "gpt-5.4-mini", "messages": [{"role": "user", "content": "Claims?"}]}
    headers = {"authorization": f"Bearer {key}", "content-type": "application/json"}
    connection = http.client.HTTPConnection(str(url.hostname), url.port)
    connection.request("POST", f"{url.path}/chat/completions", json.dumps(body), headers)
    status = connection.getresponse().status
    connection.close()
    return status


def test_a_peer_that_fails_is_a_row_without_scores(tmp_path: Path) -> None:
    def fail(case: peer_set.Case, server: peer_set.Server) -> list[peer_set.Gold]:
        raise RuntimeError("it is down")

    article = tmp_path / "ferry.txt"
    article.write_text(RAW, newline="")
    case = peer_set.Case(article, Details())
    server = peer_set.Server("http://127.0.0.1:1/v1", KEY, "none")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(peers, "PEERS", {"broken": fail})
        row = peers.run_peer(
            "broken", [case], server, relay.Relay(""), tmp_path, lambda case, made: {}
        )
    made = json.loads((tmp_path / "broken" / "ferry.json").read_text())
    assert made == {"id": "ferry", "claims": []}
    shown = peers.table([row.cells(None)]).splitlines()
    assert len({len(line) for line in shown}) == 1
    assert shown[-1].split()[:5] == ["|", "broken", "|", "-", "|"]
