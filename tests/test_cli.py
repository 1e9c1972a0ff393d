"""Arguments in, exit code out; results on standard output, everything else on standard error."""

from __future__ import annotations

import inspect
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer

from summarise import __version__, cli, files, pipeline, terminal
from summarise.errors import InputError, ModelError
from summarise.inputs import stem_of
from summarise.records import Article, Extraction

TEXT = (
    "Ferry runs again\n\n"
    "The ferry to Lorne Island carried 3,000 people on Monday, the harbour office said. "
    "It had been laid up for repairs since October, and the island was short of fuel.\n\n"
    "The office expects a second ferry in April. No date has been set for the third.\n"
)


class Ended(NamedTuple):
    code: object
    out: str
    err: str


Summarise = Callable[..., Ended]


@pytest.fixture
def summarise(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Summarise:
    """Runs the command line in this process."""

    def run(*arguments: str | Path, stdin: bytes = b"") -> Ended:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            cli.main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Ended(ended.value.code, out, err)

    return run


class Pipeline:
    """Stands in for the model: each article gives the same claims, or what `fails` names."""

    def __init__(self, extraction: Extraction) -> None:
        self.extraction = extraction
        self.articles: list[Article] = []
        self.settings: dict[str, Any] = {}
        self.fails: dict[str, BaseException] = {}
        self.gone = ""

    async def aextract_many(self, sources: Sequence[Article], **settings: Any) -> None:
        inspect.signature(REAL).bind(sources, **settings)
        on_result = settings.pop("on_result")
        on_progress = settings.pop("on_progress")
        self.articles, self.settings = list(sources), settings
        for article in sources:
            if article.id == self.gone:
                raise ModelError("the server has gone")
            on_progress(pipeline.Progress(article=article.id, done=1, total=2, claims=3))
            on_result(article, self._result(article))

    def _result(self, article: Article) -> Extraction | ModelError:
        error = self.fails.get(article.id)
        if error is None:
            return self.extraction.model_copy(update={"article": article})
        if isinstance(error, ModelError):
            return error
        raise BaseExceptionGroup("unhandled errors in a TaskGroup", [error])


REAL = pipeline.aextract_many


@pytest.fixture
def model(extraction: Extraction, monkeypatch: pytest.MonkeyPatch) -> Pipeline:
    stand_in = Pipeline(extraction)
    monkeypatch.setattr(pipeline, "aextract_many", stand_in.aextract_many)
    return stand_in


@pytest.fixture
def ferry(tmp_path: Path) -> Path:
    return _file(tmp_path / "ferry.txt")


def _file(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEXT, "utf-8")
    return path


# ------------------------------------------------------------------------------------ extract


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
    other = _file(tmp_path / "other.txt")
    data = json.loads(summarise("extract", ferry, other, "-f", "json").out)
    assert [item["article"]["id"] for item in data] == ["ferry", "other"]


def test_jsonl_has_a_line_an_article(
    summarise: Summarise, model: Pipeline, ferry: Path, tmp_path: Path
) -> None:
    other = _file(tmp_path / "other.txt")
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
    ended = summarise("extract", ferry, _file(tmp_path / "other.md"), "--out", out)
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
    paths = [_file(tmp_path / name) for name in names]
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


# --------------------------------------------------------------------------------- one of many


def test_one_bad_input_does_not_stop_the_others(
    summarise: Summarise, model: Pipeline, ferry: Path, tmp_path: Path
) -> None:
    ended = summarise("extract", tmp_path / "missing.txt", ferry, "-f", "jsonl")
    assert ended.code == 1
    assert json.loads(ended.out)["article"]["id"] == "ferry"
    assert ended.err.startswith("error: there is no file")


def test_one_failed_extraction_does_not_stop_the_others(
    summarise: Summarise, model: Pipeline, ferry: Path, tmp_path: Path
) -> None:
    model.fails = {"ferry": ModelError("no answer for 'ferry'")}
    other = _file(tmp_path / "other.txt")
    ended = summarise("extract", ferry, other, "--out", tmp_path / "out")
    assert ended.code == 1
    assert "error: no answer for 'ferry'\n" in ended.err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["other.json"]


def test_a_model_that_goes_away_leaves_what_was_done(
    summarise: Summarise, model: Pipeline, ferry: Path, tmp_path: Path
) -> None:
    model.gone = "other"
    others = [_file(tmp_path / "other.txt"), _file(tmp_path / "third.txt")]
    ended = summarise("extract", ferry, *others, "-f", "json")
    assert ended.code == 1
    assert [item["article"]["id"] for item in json.loads(ended.out)] == ["ferry"]
    assert ended.err.startswith("error: the server has gone\n")


def test_nothing_done(summarise: Summarise, model: Pipeline, tmp_path: Path) -> None:
    ended = summarise("extract", tmp_path / "missing.txt", tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.count("error: ") == 2


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (KeyboardInterrupt(), 130, ""),
        (RuntimeError("odd"), 70, "error: RuntimeError: odd\nThis is a bug in summarise."),
        (InputError("bad"), 2, "error: bad\n"),
        (typer.Exit(141), 141, ""),
    ],
)
def test_what_ends_the_run(
    error: BaseException,
    code: int,
    said: str,
    summarise: Summarise,
    model: Pipeline,
    ferry: Path,
) -> None:
    model.fails = {"ferry": error}
    ended = summarise("extract", ferry)
    assert ended.code == code
    assert ended.err.startswith(said)
    assert "Traceback" not in ended.err
    assert bool(ended.err) == bool(said)


def test_a_reader_who_has_gone_ends_the_program_without_a_word() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "summarise.cli", "models", "list"],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


INTERRUPTED = """
import sys
import anyio
import summarise.pipeline
from summarise import cli

async def wait(*sources, **settings):
    print("waiting", flush=True)
    await anyio.sleep(60)

sys.modules["summarise.pipeline"].aextract_many = wait
cli.main(sys.argv[1:])
"""


def test_ctrl_c_ends_the_program_without_a_word(ferry: Path) -> None:
    command = [sys.executable, "-c", INTERRUPTED, "extract", str(ferry)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"waiting\n"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (130, b"", b"")


def test_debug_shows_where_a_bug_is(
    model: Pipeline, ferry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMARISE_DEBUG", "1")
    model.fails = {"ferry": RuntimeError("odd")}
    with pytest.raises(RuntimeError, match="odd"):
        cli.main(["extract", str(ferry)])


# --------------------------------------------------------------------------------------- meta


def test_meta_goes_before_what_is_given_for_all(
    summarise: Summarise, model: Pipeline, ferry: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "meta.json"
    sheet.write_text('{"ferry": {"published": "2025-03-04", "outlet": "Herald", "split": "dev"}}')
    other = _file(tmp_path / "other.txt")
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


# ------------------------------------------------------------------------------------- verify


@pytest.fixture
def claims(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file of claims, each with the sentence that is to carry it."""

    def write(*texts: tuple[str, str]) -> Path:
        items = [
            {
                "id": f"c{number}",
                "text": text,
                "evidence": [_evidence(quote)],
                "source": "the harbour office",
            }
            for number, (text, quote) in enumerate(texts)
        ]
        path = tmp_path / "claims.json"
        path.write_text(json.dumps({"claims": items}), "utf-8")
        return path

    return write


def _evidence(quote: str) -> dict[str, object]:
    start = TEXT.index(quote)
    return {"start": start, "end": start + len(quote), "quote": quote}


CARRIED = "The ferry to Lorne Island carried 3,000 people on Monday"
TRUE = ("The ferry to Lorne Island carried 3,000 people.", CARRIED)
FALSE = ("The ferry to Lorne Island carried 5,000 people.", CARRIED)


def test_verify_accepts(summarise: Summarise, claims: Callable[..., Path], ferry: Path) -> None:
    ended = summarise("verify", claims(TRUE), ferry)
    assert ended.code == 0
    assert "1 claim (1 supported)" in ended.out


def test_verify_flags_and_says_why(
    summarise: Summarise, claims: Callable[..., Path], ferry: Path
) -> None:
    ended = summarise("verify", claims(TRUE, FALSE), ferry, "--format", "json")
    assert ended.code == 1
    first, second = json.loads(ended.out)
    assert (first["verdict"], first["reasons"]) == ("supported", [])
    assert second["verdict"] == "unsupported"
    assert "5,000" in second["reasons"][0]


@pytest.mark.parametrize(
    ("content", "said"),
    [("{", "is not JSON"), ('{"claims": []}', "holds no claims"), ('[{"id": "c1"}]', "text")],
)
def test_verify_needs_claims(
    content: str, said: str, summarise: Summarise, ferry: Path, tmp_path: Path
) -> None:
    path = tmp_path / "claims.json"
    path.write_text(content)
    ended = summarise("verify", path, ferry)
    assert ended.code == 2
    assert said in ended.err


# ------------------------------------------------------------------------------------- models


def test_models_without_weights(
    summarise: Summarise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMARISE_CACHE", str(tmp_path))
    assert summarise("models", "list").out.endswith("(not fetched)\n")
    ended = summarise("models", "path")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "error: the weights are not here: `summarise models pull` fetches them\n"


def test_models_pull_prints_the_file(
    summarise: Summarise, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from summarise import embedded

    monkeypatch.setattr(embedded, "pull", lambda on_progress: tmp_path / "weights.gguf")
    assert summarise("models", "pull").out == f"{tmp_path / 'weights.gguf'}\n"


# ------------------------------------------------------------------------------ the command line


def test_version(summarise: Summarise) -> None:
    assert summarise("--version") == (0, f"summarise {__version__}\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ["bogus"],
        ["extract"],
        ["extract", "a.txt", "--format", "xml"],
        ["extract", "a.txt", "--published", "yesterday"],
        ["extract", "a.txt", "--max-bytes", "0"],
        ["verify", "claims.json"],
        ["models", "bogus"],
    ],
)
def test_wrong_use(arguments: list[str], summarise: Summarise) -> None:
    ended = summarise(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert "Usage: summarise" in ended.err


def test_help_imports_nothing_heavy() -> None:
    heavy = "pydantic rich openai instructor spacy trafilatura dateparser lxml jinja2 anyio"
    code = f"import sys, summarise.cli; print(*set('{heavy}'.split()) & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


def test_an_error_cannot_act_on_the_terminal(summarise: Summarise, model: Pipeline) -> None:
    ended = summarise("extract", "\x1b[2Jno\rfile")
    assert ended.code == 2
    assert "\x1b" not in ended.err
    assert "\r" not in ended.err


# ------------------------------------------------------------------------------------ terminal


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_status_is_drawn_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = {}
    for kind in (Terminal, io.StringIO):
        stream = kind()
        monkeypatch.setattr(sys, "stderr", stream)
        status = terminal.Status(quiet=False)
        status.show(pipeline.Progress(article="ferry", done=1, total=2, claims=3))
        status.clear()
        drawn[kind] = stream.getvalue()
    bar = "━" * 10 + "─" * 10
    line = f"\r\x1b[K{bar} ferry: 1/2 sentences, 3 claims\r\x1b[K"
    assert drawn == {Terminal: line, io.StringIO: ""}


def test_a_failed_write_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ferry.json"
    files.write_file(path, "old")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(InputError, match=r"ferry.json' cannot be written: No space left"):
        files.write_file(path, "new")
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("ferry.json", "old")]


def test_cost_is_shown_where_the_price_is_known(extraction: Extraction) -> None:
    update = {"model": "gpt-5.4-mini", "input_tokens": 1_000_000, "cached_tokens": 0}
    run = extraction.run.model_copy(update={**update, "output_tokens": 100_000})
    priced = extraction.model_copy(update={"run": run})
    assert terminal.closing_lines([priced])[1].endswith(" · $1.2000")
    assert "$" not in terminal.closing_lines([priced, extraction])[1]
    played = priced.model_copy(update={"run": run.model_copy(update={"replayed": True})})
    told = " · $1.2000 · replayed, figures as recorded"
    assert terminal.closing_lines([played])[1].endswith(told)
