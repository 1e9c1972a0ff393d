"""The manifest of recordings: what it keeps, that writers do not lose one another's entries."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from summarise.errors import RecordError
from summarise.manifest import MANIFEST, Entry, entries, entry_of, libraries, note, schemas_digest


def entry(**given: object) -> Entry:
    known = {
        "prompt": "extract.v1",
        "prompt_sha256": "a" * 64,
        "schema_sha256": "b" * 64,
        "model": "gpt-5.4-mini",
        "server": "OpenAI",
        "recorded_at": datetime(2026, 3, 1, tzinfo=UTC),
        "interactions": 2,
        "seconds": (0.5, 1.25),
        "sha256": "c" * 64,
    }
    return Entry.model_validate({**known, **given})


def test_an_entry_is_found_again(tmp_path: Path) -> None:
    note(tmp_path / "weir.yaml", entry(cost=0.25))
    note(tmp_path / "dam.yaml", entry())
    assert entry_of(tmp_path / "weir.yaml") == entry(cost=0.25)
    assert entry_of(tmp_path / "lock.yaml") is None
    assert list(entries(tmp_path)) == ["dam.yaml", "weir.yaml"]
    assert [path.name for path in tmp_path.iterdir()] == [MANIFEST]


def test_writers_lose_nothing_of_one_another(tmp_path: Path) -> None:
    names = [f"case-{number}.yaml" for number in range(16)]
    threads = [threading.Thread(target=note, args=(tmp_path / n, entry())) for n in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(entries(tmp_path)) == sorted(names)


@pytest.mark.parametrize(
    "text",
    [
        "no JSON",
        "[]",
        "{}",
        '{"format": "summarise-recordings/1"}',
        '{"format": "summarise-recordings/9", "recordings": {}}',
        '{"format": "summarise-recordings/1", "recordings": {"a.yaml": {"model": 1}}}',
    ],
)
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text, "utf-8")
    with pytest.raises(RecordError, match=r"manifest\.json.*record its cases again"):
        entries(tmp_path)


def test_the_digest_of_schemas_tells_what_was_asked_and_no_more() -> None:
    one = {"response_format": {"a": 1, "b": 2}, "messages": ["x"]}
    same = {"messages": ["y"], "response_format": {"b": 2, "a": 1}}
    other = {"response_format": {"a": 1}}
    assert schemas_digest(iter([one])) == schemas_digest(iter([same, one]))
    assert schemas_digest(iter([one])) != schemas_digest(iter([one, other]))


def test_versions_are_of_what_is_installed() -> None:
    found = libraries()
    assert {"summarise", "openai"} <= found.keys()
    assert json.dumps(found)
