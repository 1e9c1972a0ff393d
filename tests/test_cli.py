"""`summarise extract`: what it writes, and where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_run import TEXT, Pipeline, Summarise, ferry, ferry_file, model, summarise

from summarise.inputs import stem_of

__all__ = ["ferry", "model", "summarise"]


def test_table_is_the_default(summarise: Summarise, model: Pipeline, ferry: Path) -> None:
    ended = summarise("extract", ferry)
    assert ended.code == 0
    assert "Ada Brook" in ended.out
    assert ended.err.splitlines() == [
        "2 claims (1 supported, 1 unsupported) · 2 ledger lines",
        "3 calls · 1,234 tokens in (1,000 cached) · 99 out · 1.2 s",
    ]


def test_json_of_one_article_is_an_extraction(
    summarise: Summarise, model: Pipeline, ferry: Path
) -> None:
    data = json.loads(summarise("extract", ferry, "--format", "json").out)
    assert data["article"]["id"] == "ferry"
    assert [claim["verdict"] for claim in data["claims"]] == ["supported", "unsupported"]
    assert list(data) == ["article", "claims", "ledger", "run"]


def test_json_of_several_articles_is_a_list(
    summarise: Summarise, model: Pipeline, ferry: Path, tmp_path: Path
) -> None:
    other = ferry_file(tmp_path / "other.txt")
    data = json.loads(summarise("extract", ferry, other, "-f", "json").out)
    assert [item["article"]["id"] for item in data] == ["ferry", "other"]


def test_jsonl_has_a_line_an_article(
    summarise: Summarise, model: Pipeline, ferry: Path, tmp_path: Path
) -> None:
    other = ferry_file(tmp_path / "other.txt")
    lines = summarise("extract", ferry, other, "-f", "jsonl").out.splitlines()
    assert [json.loads(line)["article"]["id"] for line in lines] == ["ferry", "other"]


@pytest.mark.parametrize(("form", "start"), [("markdown", "## Ferry"), ("html", "<!doctype html>")])
def test_documents(
    form: str, start: str, summarise: Summarise, model: Pipeline, ferry: Path
) -> None:
    assert summarise("extract", ferry, "-f", form).out.startswith(start)


def test_out_writes_a_file_an_input_and_nothing_else(
    summarise: Summarise, model: Pipeline, ferry: Path, tmp_path: Path
) -> None:
    out = tmp_path / "claims" / "today"
    ended = summarise("extract", ferry, ferry_file(tmp_path / "other.md"), "--out", out)
    assert (ended.code, ended.out) == (0, "")
    assert sorted(path.name for path in out.iterdir()) == ["ferry.json", "other.json"]
    assert json.loads((out / "ferry.json").read_text("utf-8"))["article"]["id"] == "ferry"


def test_out_with_a_format_gives_both(
    summarise: Summarise, model: Pipeline, ferry: Path, tmp_path: Path
) -> None:
    ended = summarise("extract", ferry, "--out", tmp_path / "out", "-f", "jsonl")
    assert json.loads(ended.out) == json.loads((tmp_path / "out" / "ferry.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["a/ferry.txt", "b/ferry.html"], "would both be written to"),
        (["a/ferry.txt", "a/ferry.txt"], "would both be written to"),
        (["a/ferry.txt", "b/FERRY.txt"], "would both be written to"),
    ],
)
def test_two_inputs_for_one_file_are_refused_before_any_work(
    names: list[str], said: str, summarise: Summarise, model: Pipeline, tmp_path: Path
) -> None:
    paths = [ferry_file(tmp_path / name) for name in names]
    ended = summarise("extract", *paths, "--out", tmp_path / "out")
    assert ended.code == 2
    assert said in ended.err
    assert not model.articles
    assert not (tmp_path / "out").exists()


def test_out_that_is_a_file_is_refused(summarise: Summarise, model: Pipeline, ferry: Path) -> None:
    ended = summarise("extract", ferry, "--out", ferry)
    assert (ended.code, model.articles) == (2, [])
    assert "is a file: name a folder" in ended.err


def test_out_that_cannot_be_made_is_met_before_any_work(
    summarise: Summarise, model: Pipeline, ferry: Path
) -> None:
    ended = summarise("extract", ferry, "--out", ferry / "out")
    assert (ended.code, model.articles) == (2, [])
    assert "cannot be made: Not a directory" in ended.err


def test_replay_and_record_exclude_each_other(
    summarise: Summarise, model: Pipeline, ferry: Path
) -> None:
    ended = summarise("extract", ferry, "--replay", "--record", ferry.with_suffix(".yaml"))
    assert (ended.code, model.articles) == (2, [])
    assert "give one of the two" in ended.err


def test_settings_reach_the_pipeline(summarise: Summarise, model: Pipeline, ferry: Path) -> None:
    summarise("extract", ferry, "--model", "m", "--base-url", "http://localhost:1/v1", "-q")
    assert model.settings["model"] == "m"
    assert model.settings["base_url"] == "http://localhost:1/v1"
    assert model.settings["prompt"] == "extract.v1"


def test_quiet(summarise: Summarise, model: Pipeline, ferry: Path) -> None:
    assert summarise("extract", ferry, "--quiet").err == ""


def test_standard_input(summarise: Summarise, model: Pipeline, tmp_path: Path) -> None:
    ended = summarise("extract", "-", "--out", tmp_path, stdin=TEXT.encode())
    assert ended.code == 0
    assert (tmp_path / "stdin.json").exists()
    assert model.articles[0].raw == TEXT


def test_standard_input_over_the_limit(summarise: Summarise, model: Pipeline) -> None:
    ended = summarise("extract", "-", "--max-bytes", "20", stdin=TEXT.encode())
    assert (ended.code, model.articles) == (2, [])
    assert "--max-bytes" in ended.err


def test_standard_input_twice(summarise: Summarise, model: Pipeline) -> None:
    ended = summarise("extract", "-", "-", stdin=TEXT.encode())
    assert (ended.code, ended.err) == (
        2,
        "error: standard input (-) was given twice: it can be read once\n",
    )


def test_meta_goes_before_what_is_given_for_all(
    summarise: Summarise, model: Pipeline, ferry: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "meta.json"
    sheet.write_text('{"ferry": {"published": "2025-03-04", "outlet": "Herald", "split": "dev"}}')
    other = ferry_file(tmp_path / "other.txt")
    given = ["--outlet", "Wire", "--published", "2024-01-02", "--title", "News"]
    summarise("extract", ferry, other, "--meta", sheet, *given)
    assert [(a.outlet, str(a.published), a.title) for a in model.articles] == [
        ("Herald", "2025-03-04", "News"),
        ("Wire", "2024-01-02", "News"),
    ]


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{", '{"ferry": 1}', '{"ferry": {"published": "today"}}', '{"a": {"title": 3}}'],
)
def test_meta_that_is_something_else(
    content: str, summarise: Summarise, model: Pipeline, ferry: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "meta.json"
    sheet.write_text(content)
    ended = summarise("extract", ferry, "--meta", sheet)
    assert (ended.code, model.articles) == (2, [])
    assert "is not of the form {stem:" in ended.err


def test_meta_that_is_missing(summarise: Summarise, ferry: Path, tmp_path: Path) -> None:
    ended = summarise("extract", ferry, "--meta", tmp_path / "none.json")
    assert ended.code == 2
    assert "none.json' cannot be read: No such file or directory" in ended.err


@pytest.mark.parametrize(
    ("source", "stem"),
    [
        ("-", "stdin"),
        ("a/ferry.txt", "ferry"),
        ("ferry.v2.html", "ferry.v2"),
        ("Überfahrt 1.txt", "Überfahrt-1"),
        ("../..", "article"),
        ("http://example.org/news/ferry?id=3", "example.org-news-ferry"),
        ("https://example.org", "example.org"),
        ("https://example.org/..%2F..%2Fetc/passwd", "example.org-..-..-etc-passwd"),
        ("a" * 300, "a" * 100),
    ],
)
def test_stem(source: str, stem: str) -> None:
    assert stem_of(source) == stem
