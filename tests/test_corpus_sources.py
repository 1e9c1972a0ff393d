"""What inputs name, and what cannot be read."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from summarise.corpus.reading import Bounds, Content, Details, Unread, article_of, content_of
from summarise.corpus.sources import Source, check, sources
from summarise.errors import InputError

FILES = {
    "in/b.txt": "B",
    "in/a.txt": "A",
    "in/.hidden": "no",
    "in/c/d.html": "<p>D",
    "in/c.jsonl": '{"text": "one"}\n\n{"text": "two"}',
    "urls.txt": "# pages\nhttps://one.example/a\n\nhttps://two.example/b\n",
    "not-urls.txt": "https://one.example/a\nsaid the mayor.\n",
}


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)


@pytest.mark.parametrize(
    ("inputs", "labels"),
    [
        (["in"], ["in/a.txt", "in/b.txt", "in/c/d.html", "in/c.jsonl:1", "in/c.jsonl:3"]),
        (["in/b.txt", "in/a.txt"], ["in/b.txt", "in/a.txt"]),
        (["in/*.txt"], ["in/a.txt", "in/b.txt"]),
        (["in/**/*.html"], ["in/c/d.html"]),
        (["urls.txt"], ["https://one.example/a", "https://two.example/b"]),
        (["not-urls.txt"], ["not-urls.txt"]),
        (["https://one.example/a"], ["https://one.example/a"]),
        (["-"], ["stdin:1", "https://x.example/", "in/a.txt"]),
    ],
)
def test_inputs_name_articles_in_order(inputs: list[str], labels: list[str]) -> None:
    stdin = io.BytesIO(b'{"text": "one"}\nhttps://x.example/\n\nin/a.txt\n')
    check(inputs)
    assert [source.label for source in sources(inputs, 1000, stdin)] == labels


def test_pipes_are_left_out_of_folders_and_dead_links_are_missing() -> None:
    Path("odd").mkdir()
    os.mkfifo("odd/pipe")
    Path("odd/link").symlink_to("gone")
    Path("odd/up").symlink_to(Path.cwd())
    assert list(sources(["odd"], 100)) == [Source("odd/link", "file")]


def test_lines_come_one_by_one_and_long_ones_cut_off() -> None:
    stdin = io.BytesIO(b'{"text": "' + b"x" * 200_000 + b'"}\n{"text": "short"}\n')
    first, second = sources(["-"], 100, stdin)
    assert (len(first.line), second.line) == (101, b'{"text": "short"}')
    assert content_of(first, Bounds(100)) == Unread(
        "too big", "'stdin:1' is larger than 100 bytes (--max-bytes)"
    )


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        (["nowhere"], "no file or folder 'nowhere'"),
        (["in/*.pdf"], "no file matches 'in/[*].pdf'"),
        (["-", "-"], "given twice"),
    ],
)
def test_inputs_that_name_nothing(inputs: list[str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        check(inputs)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"%PDF-1.7 \x00", "not text"),
        (b"\x00\x01\x02\x03" * 50, "not text"),
        (b"x" * 2001, "too big"),
    ],
)
def test_files_that_cannot_be_read(data: bytes, kind: str) -> None:
    Path("bad").write_bytes(data)
    found = content_of(Source("bad", "file"), Bounds(2000))
    assert isinstance(found, Unread)
    assert found.kind == kind
    assert "bad" in found.reason


def test_missing_and_unreadable_files() -> None:
    Path("folder").mkdir()
    for label, kind in {"gone": "missing", "folder": "unreadable"}.items():
        found = content_of(Source(label, "file"), Bounds())
        assert isinstance(found, Unread)
        assert found.kind == kind


@pytest.mark.parametrize(
    ("line", "kind", "said"),
    [
        (b"{bad", "bad line", "Expecting property name"),
        (b"[1]", "bad line", "it is list, expected an object"),
        (b'{"text": 3}', "bad line", "'text' is 3, expected a string"),
        (b'{"text": "x", "published": "soon"}', "bad line", "Invalid isoformat"),
        (b'{"title": "no text"}', "empty", "is empty"),
        (b'{"url": "http://127.0.0.1:1/"}', "not fetched", "not a public"),
        (b"[" * 100_000, "bad line", "recursion"),
    ],
)
def test_lines_that_cannot_be_read(line: bytes, kind: str, said: str) -> None:
    found = content_of(Source("x.jsonl:7", "line", line), Bounds())
    assert isinstance(found, Unread)
    assert found.kind == kind
    assert said in found.reason


def test_details_of_a_line_reach_the_article() -> None:
    line = (
        b'{"id": 7, "text": "The ferry stopped on Monday.", "title": "Ferry", "outlet": "Gazette",'
        b' "published": "2025-01-06T10:00:00Z", "url": "https://gazette.example/ferry"}'
    )
    content = content_of(Source("x.jsonl:1", "line", line), Bounds())
    assert isinstance(content, Content)
    article = article_of("x.jsonl:1", content, Bounds())
    assert not isinstance(article, Unread)
    told = (article.id, article.title, article.outlet, str(article.published))
    assert told == ("7", "Ferry", "Gazette", "2025-01-06")


def test_what_is_known_of_an_article_is_part_of_what_is_asked() -> None:
    first = Content("The ferry stopped on Monday.", Details(published="2025-01-06"))
    later = Content(first.text, Details(published="2025-02-06"))
    named = Content(first.text, Details(id="x", published="2025-01-06"))
    assert first.sha256 == named.sha256 != later.sha256
