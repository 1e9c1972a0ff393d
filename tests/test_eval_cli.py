"""`summarise eval`: exit codes 0, 1 and 2 of each command; whatever it is given, no traceback."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

import pytest
import typer
from evaluation_data import (
    FERRY,
    GOLD,
    RUN,
    as_json,
    write_json,
    write_predictions,
    write_suite,
)

from summarise import cli
from summarise.eval_cli import _folders
from summarise.evaluation.predictions import Predictions, save
from summarise.evaluation.suite import load_suite

ROOT = Path(__file__).parents[1]
TOML = 'texts = "texts"\n[gate]\nmetrics = ["f1"]\nbaseline = "baseline.jsonl"\n'
FULL = {"one": GOLD, "two": GOLD}


class Ended(NamedTuple):
    code: object
    out: str
    err: str


Evaluate = Callable[..., Ended]


@cache
def built() -> object:
    """The commands, built once: that takes longer than most of them run."""
    return typer.main.get_command(cli.app)


@pytest.fixture
def evaluate(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Evaluate:
    """Runs `summarise eval` in this process."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(cli, "app", built())

    def run(*arguments: str | Path) -> Ended:
        with pytest.raises(SystemExit) as ended:
            cli.main(["eval", *map(str, arguments)])
        return Ended(ended.value.code, *capsys.readouterr())

    return run


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a suite, predictions of a good run in `good`, of a worse one in `worse`."""
    write_suite(tmp_path / "suite", toml=TOML)
    write_predictions(tmp_path / "good", FULL, RUN)
    write_predictions(tmp_path / "worse", {"one": GOLD, "two": GOLD[:1]}, RUN)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(ended: Ended, message: str) -> None:
    """It ended with 2, one error on standard error, and nothing on standard output."""
    assert message in ended.err
    assert (ended.code, ended.out) == (2, "")
    assert "Traceback" not in ended.err


# ----------------------------------------------------------------------------------------- score


def test_score_writes_every_report(here: Path, evaluate: Evaluate) -> None:
    ended = evaluate("score", "suite", "worse", "--out", "out")
    assert (ended.code, ended.err) == (0, "")
    assert "claims: recall" in ended.out
    assert {path.name for path in (here / "out").iterdir()} == {
        "scores.jsonl",
        "summary.md",
        "summary.json",
        "junit.xml",
        "report.html",
    }
    told = json.loads((here / "out" / "summary.json").read_text("utf-8"))
    (recall,) = [one for one in told["estimates"] if one["metric"] == "recall"]
    assert (recall["micro"], recall["macro"], recall["cases"]) == (0.75, 0.75, 2)
    assert ET.parse(here / "out" / "junit.xml").getroot().tag == "testsuites"  # noqa: S314
    assert "Ada Brook closed the pier." in (here / "out" / "report.html").read_text("utf-8")


@pytest.mark.parametrize("form", ["json", "markdown", "table"])
def test_forms_of_a_score(here: Path, evaluate: Evaluate, form: str) -> None:
    ended = evaluate("score", "suite", "good", "--format", form)
    assert (ended.code, ended.err) == (0, "")
    if form == "json":
        assert json.loads(ended.out)["signature"]["model"] == "m"
    else:
        assert "claims: F1" in ended.out
    assert not list(here.glob("*.jsonl"))


def test_a_suite_named_by_its_file_or_a_bare_folder_of_gold(here: Path, evaluate: Evaluate) -> None:
    for gold in ("suite/suite.toml", "suite/gold"):
        assert evaluate("score", gold, "good", "-f", "json").code == 0


def test_one_case_of_one_file(here: Path, evaluate: Evaluate) -> None:
    ended = evaluate("score", "suite", "good/one.json", "--case", "one", "-f", "json")
    assert (ended.code, json.loads(ended.out)["signature"]["cases"]) == (0, 1)


def test_a_failed_case_counts(here: Path, evaluate: Evaluate) -> None:
    write_json(here / "good" / "two.json", {"error": "out of memory"})
    ended = evaluate("score", "suite", "good", "--out", "out")
    assert "1 scored, 1 failed, 0 unscored" in ended.out
    ended = evaluate("gate", "out", "--suite", "suite")
    assert ended.code == 1
    assert "two" in ended.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("suit", "good"), "error: there is no suite 'suit'; did you mean 'suite'?"),
        (("good/one.json", "good"), "error: there is no suite 'good/one.json'"),
        (("suite", "bad"), "error: there are no predictions 'bad'"),
        (("suite", "good/one.json"), "'good/one.json' is one file, and 2 cases are asked for"),
        (("suite", "good", "--case", "on"), "has no case 'on'; did you mean 'one'?"),
        (("suite", "good", "--split", "tset"), "has no split 'tset' (it has none)"),
        (("suite", "good", "--texts", "gone"), "there is no folder 'gone' to take texts from"),
        (("suite", "good", "--texts", "good"), "no text for 'one': expected 'one.txt'"),
        (("suite", "good", "--out", "suite/suite.toml"), "cannot be written: "),
        (("suite", "good", "--format", "xml"), "Invalid value for '--format'"),
        (("suite",), "Missing argument 'PRED'"),
        (("suite", "good", "--seed", "x"), "Invalid value for '--seed'"),
    ],
)
def test_score_of_what_is_not_there(
    here: Path, evaluate: Evaluate, arguments: tuple[str, ...], message: str
) -> None:
    refused(evaluate("score", *arguments), message)


def test_a_fault_in_the_middle_leaves_the_old_reports(here: Path, evaluate: Evaluate) -> None:
    evaluate("score", "suite", "good", "--out", "out")
    before = {path: path.read_bytes() for path in (here / "out").iterdir()}
    (here / "good" / "two.json").write_text('{"claims": [{"text"', "utf-8")
    refused(evaluate("score", "suite", "good", "--out", "out"), "two.json' is not JSON")
    assert {path: path.read_bytes() for path in (here / "out").iterdir()} == before


# --------------------------------------------------------------------------------- gate, compare


@pytest.fixture(scope="module")
def scored_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight cases with a good and a worse result."""
    names = [f"ferry-{number}" for number in range(8)]
    folder = tmp_path_factory.mktemp("many")
    suite = load_suite(write_suite(folder / "suite", *names, toml=TOML))
    for name, claims in (("better", GOLD), ("worse", GOLD[:1])):
        given = write_predictions(folder / name, dict.fromkeys(names, claims), RUN)
        save(suite, Predictions(given), folder / f"{name}-out", None, None)
    return folder


@pytest.fixture
def many(scored_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the eight cases and their results."""
    shutil.copytree(scored_once, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_gate_fails_on_a_regression_and_names_it(many: Path, evaluate: Evaluate) -> None:
    ended = evaluate("gate", "better-out", "--suite", "suite")
    assert (ended.code, "no baseline: only floors and ceilings" in ended.err) == (0, True)
    ended = evaluate("gate", "better-out", "--suite", "suite", "--accept")
    assert (ended.code, (many / "suite" / "baseline.jsonl").is_file()) == (0, True)
    ended = evaluate("gate", "better-out", "--suite", "suite")
    assert (ended.code, ended.err) == (0, "")
    ended = evaluate("gate", "worse-out", "--suite", "suite", "--out", "gated")
    assert ended.code == 1
    assert "f1 went from 1 to 0.6667" in ended.out
    assert "Ada Brook closed the pier." in ended.out
    assert "ferry-7" in ended.out
    assert {"summary.md", "summary.json", "junit.xml"} <= {
        path.name for path in (many / "gated").iterdir()
    }
    assert "f1 went from 1 to 0.6667" in (many / "gated" / "summary.md").read_text("utf-8")
    ended = evaluate("gate", "better-out", "--suite", "suite", "--baseline", "worse-out")
    assert ended.code == 0


def test_the_gate_fails_on_a_broken_floor(many: Path, evaluate: Evaluate) -> None:
    (many / "suite" / "suite.toml").write_text(TOML + "[gate.floors]\nrecall = 0.9\n", "utf-8")
    ended = evaluate("gate", "worse-out", "--suite", "suite", "--format", "json")
    assert (ended.code, json.loads(ended.out)["verdict"]["passed"]) == (1, False)
    assert evaluate("gate", "better-out", "--suite", "suite").code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("gone", "--suite", "suite"), "the scores 'gone' cannot be read: No such file"),
        (("better", "--suite", "suite"), "the scores 'better/scores.jsonl' cannot be read"),
        (
            ("better/ferry-1.json", "--suite", "suite"),
            "'better/ferry-1.json' holds no scores; expected",
        ),
        (("better-out", "--suite", "gone"), "there is no suite 'gone'"),
        (("better-out", "--suite", "suite", "--baseline", "gone"), "the scores 'gone' cannot be"),
        (("better-out",), "no suite was named, and there is no 'suite.toml' in"),
    ],
)
def test_the_gate_has_errors_of_its_own(
    many: Path, evaluate: Evaluate, arguments: tuple[str, ...], message: str
) -> None:
    refused(evaluate("gate", *arguments), message)


def test_the_gate_refuses_scores_of_another_suite(many: Path, evaluate: Evaluate) -> None:
    (many / "suite" / "suite.toml").write_text('name = "weirs"\n' + TOML, "utf-8")
    ended = evaluate("gate", "better-out", "--suite", "suite")
    refused(ended, "'better-out' holds scores of the suite 'suite', not of 'weirs'")


def test_accepting_needs_a_place(many: Path, evaluate: Evaluate) -> None:
    (many / "suite" / "suite.toml").write_text('texts = "texts"', "utf-8")
    refused(evaluate("gate", "better-out", "--suite", "suite", "--accept"), "name its file with")
    ended = evaluate("gate", "better-out", "--suite", "suite", "--accept", "--baseline", "b.jsonl")
    assert ended.code == 0
    assert ended.out.startswith("b.jsonl is now the baseline: suite:suite|gold:")


def test_a_broken_result_is_no_baseline(many: Path, evaluate: Evaluate) -> None:
    evaluate("gate", "better-out", "--suite", "suite", "--accept")
    baseline = many / "suite" / "baseline.jsonl"
    before = baseline.read_bytes()
    (many / "cut.jsonl").write_bytes(before[:-50])
    refused(evaluate("gate", "cut.jsonl", "--suite", "suite", "--accept"), "line 9")
    assert baseline.read_bytes() == before
    assert [path.name for path in (many / "suite").glob(".*")] == []


@pytest.mark.parametrize("form", ["table", "markdown", "json"])
def test_compare(many: Path, evaluate: Evaluate, form: str) -> None:
    ended = evaluate("compare", "better-out", "worse-out", "--format", form)
    assert (ended.code, ended.err) == (0, "")
    if form == "json":
        told = json.loads(ended.out)
        assert {(one["kind"], one["text"]) for one in told["changes"]} == {
            ("lost", "Ada Brook closed the pier.")
        }
    else:
        assert "8 × matched before, missed now" in ended.out


def test_compare_of_chosen_metrics(many: Path, evaluate: Evaluate) -> None:
    chosen = ("--metric", "recall", "--metric", "coverage", "-f", "json")
    told = json.loads(evaluate("compare", "better-out", "worse-out", *chosen).out)
    assert [one["metric"] for one in told["differences"]] == ["recall", "coverage"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("better-out", "worse-out", "--metric", "recal"), "no metric 'recal'; did you mean 'rec"),
        (("better-out", "worse-out", "--metric", "nonsense"), "there is no metric 'nonsense'"),
        (("better-out", "gone"), "the scores 'gone' cannot be read"),
        (("suite", "better-out"), "the scores 'suite/scores.jsonl' cannot be read"),
        (("better-out",), "Missing argument 'NEW'"),
    ],
)
def test_compare_of_what_is_not_there(
    many: Path, evaluate: Evaluate, arguments: tuple[str, ...], message: str
) -> None:
    refused(evaluate("compare", *arguments), message)


# ------------------------------------------------------------------------------------ check, run


def test_check(here: Path, evaluate: Evaluate) -> None:
    gold = here / "suite" / "gold"
    ended = evaluate("check", "suite")
    assert (ended.code, ended.out.splitlines()[-1][:12]) == (1, "2 gold files")
    assert "one.json: error: published: 'published' is missing" in ended.out
    for path in gold.glob("*.json"):
        label = json.loads(path.read_text("utf-8"))
        label |= {"published": None, "title": None, "outlet": None, "labeller": "AB"}
        label["claims"][0]["source"] = None
        label["claims"][0]["time"]["start"] = label["claims"][0]["time"]["end"] = None
        write_json(path, label)
    ended = evaluate("check", "suite")
    assert (ended.code, ended.err) == (0, "")
    refused(evaluate("check", "gone"), "gone")


def test_replay_without_recordings(here: Path, evaluate: Evaluate) -> None:
    refused(
        evaluate("run", "suite", "--replay", "--out", "out"),
        "the suite 'suite' names no recordings to play: set 'recordings' under [run]",
    )
    assert not (here / "out").exists()


def test_replay_of_a_case_without_its_recording(here: Path, evaluate: Evaluate) -> None:
    """It fails as an article, so that the others are scored; and it is told why."""
    (here / "tapes").mkdir()
    (here / "suite" / "suite.toml").write_text(
        'texts = "texts"\n[run]\nrecordings = "../tapes"\n', "utf-8"
    )
    ended = evaluate("run", "suite", "--replay", "--case", "one", "--out", "out")
    assert ended.code == 1
    assert "error: one: no recording of 'one' in" in ended.err
    assert "0 scored, 1 failed, 0 unscored" in ended.out
    assert json.loads((here / "out" / "predictions" / "one.json").read_text("utf-8"))["error"]


@pytest.mark.parametrize(
    ("toml", "arguments", "message"),
    [
        ("", (), "has no text for case 'one': name the folder of its texts with --texts DIR"),
        (TOML, ("--split", "dev"), "has no split 'dev'"),
        (TOML, ("--case", "tow"), "has no case 'tow'; did you mean 'two'?"),
        (TOML, ("--prompt", "extract.v99", "--model", "m", "--base-url", "http://x"), "extract.v9"),
    ],
)
def test_a_run_that_cannot_start(
    here: Path, evaluate: Evaluate, toml: str, arguments: tuple[str, ...], message: str
) -> None:
    (here / "suite" / "suite.toml").write_text(toml, "utf-8")
    refused(evaluate("run", "suite", "--out", "out", *arguments), message)
    assert not (here / "out" / "scores.jsonl").exists()


def test_no_suite_here(here: Path, evaluate: Evaluate) -> None:
    refused(evaluate("run"), "no suite was named, and there is no 'suite.toml' in 'evals/suite'")


@pytest.mark.parametrize(
    ("variants", "names"),
    [
        ([("m", None)], ["m"]),
        ([(None, None)], ["default"]),
        ([("m", "a"), ("m", "b")], ["m-a", "m-b"]),
        ([("x/m", None), ("y/m", None), ("z/m", None)], ["m", "m-2", "m-3"]),
        ([("..", None), ("a b:c", None)], ["default", "a-b-c"]),
    ],
)
def test_each_variant_has_a_folder_of_its_own(
    variants: list[tuple[str | None, str | None]], names: list[str]
) -> None:
    assert _folders(variants) == names


# ------------------------------------------------------------------------------ broken, everywhere

JUNK: dict[str, bytes | None] = {
    "nothing": b"",
    "not UTF-8": b"\xff\xfe\x00",
    "null": b"null",
    "a list": b"[[]]",
    "a number": b"3",
    "text": b'"x"',
    "cut off": b'{"id": "one", "claims": [{"id":',
    "half a character": b'{"claims": [{"text": "\\ud800"}], "id": "one", "main_text": [[0, 1]]}',
    "deep": b"[" * 50_000,
    "wrong claims": b'{"id": "one", "main_text": [[0, 4]], "claims": [{"id": 3, "text": []}]}',
    "a folder": None,
}


def put(path: Path, content: bytes | None) -> None:
    """The content in the place of whatever is there, a folder for None."""
    if path.is_dir():
        path.rmdir()
    if content is None:
        path.unlink(missing_ok=True)
        path.mkdir()
    else:
        path.write_bytes(content)


@pytest.mark.parametrize(
    "place", ["suite/suite.toml", "suite/gold/one.json", "suite/meta.json", "good/one.json"]
)
def test_broken_files_are_refused(here: Path, evaluate: Evaluate, place: str) -> None:
    """None gives a traceback, a bug's exit code, or half a result."""
    for kind, content in JUNK.items():
        if (kind, place) == ("nothing", "suite/suite.toml"):
            continue  # a suite of all its cases
        put(here / place, content)
        ended = evaluate("score", "suite", "good", "--out", "out")
        refused(ended, "error: ")
        assert Path(place).name in ended.err, kind
        assert not (here / "out" / "scores.jsonl").exists(), kind


def test_broken_scores_are_refused(many: Path, evaluate: Evaluate) -> None:
    commands = cycle(
        (
            ("compare", "bad.jsonl", "better-out"),
            ("gate", "better-out", "--suite", "suite", "--baseline", "bad.jsonl"),
            ("gate", "bad.jsonl", "--suite", "suite", "--accept"),
        )
    )
    for content, arguments in zip(JUNK.values(), commands, strict=False):
        put(many / "bad.jsonl", content)
        refused(evaluate(*arguments), "bad.jsonl")


def test_random_bytes_in_every_file(here: Path, evaluate: Evaluate) -> None:
    """A byte changed anywhere: it is scored, or refused with 2."""
    evaluate("score", "suite", "good", "--out", "out")
    files = [
        here / name
        for name in ("suite/suite.toml", "suite/gold/one.json", "good/one.json", "out/scores.jsonl")
    ]
    chance = random.Random(7)  # noqa: S311
    for path in files:
        whole = path.read_bytes()
        for _ in range(5):
            broken = bytearray(whole)
            for _ in range(chance.randrange(1, 4)):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            path.write_bytes(broken)
            command = (
                ("gate", "out", "--suite", "suite")
                if path.name == "scores.jsonl"
                else ("score", "suite", "good")
            )
            ended = evaluate(*command)
            assert ended.code in ((0, 1, 2) if command[0] == "gate" else (0, 2)), bytes(broken)
            assert (ended.code == 2) == ("error: " in ended.err), bytes(broken)
        path.write_bytes(whole)


def test_hostile_text_is_scored_and_shown(here: Path, evaluate: Evaluate) -> None:
    hostile = "<script>alert(1)</script> \x1b[31m [bold]{{ 7*7 }} | ]]> \u202e & \x00 🎉"
    claims = as_json(GOLD)
    claims[0] |= {"text": hostile, "source": hostile}
    write_json(here / "good" / "one.json", {"claims": claims, "run": RUN})
    for form in ("table", "markdown", "json"):
        ended = evaluate("score", "suite", "good", "--out", "out", "--format", form)
        assert (ended.code, ended.err) == (0, "")
        assert "\x1b" not in ended.out
    assert "<script>alert" not in (here / "out" / "report.html").read_text("utf-8")
    ET.parse(here / "out" / "junit.xml")  # noqa: S314


def test_numbers_beyond_all_measure_are_scored_and_shown(here: Path, evaluate: Evaluate) -> None:
    claims = as_json(GOLD)
    claims[0]["evidence"] = [{"start": 10**12, "end": 10**13, "quote": FERRY}]
    claims[0]["quantities"] = [{"surface": "9" * 400, "low": int("9" * 400), "high": 1}]
    write_json(here / "good" / "one.json", {"claims": claims})
    write_predictions(here / "good", {"two": GOLD})
    ended = evaluate("score", "suite", "good", "--out", "out")
    assert (ended.code, ended.err) == (0, "")


# ------------------------------------------------------------------------------- as a user runs it


def test_the_commands_as_processes(here: Path) -> None:
    def run(*arguments: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "summarise.cli", "eval", *arguments],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    (here / "suite" / "suite.toml").write_text(TOML + "[gate.floors]\nrecall = 0.9\n", "utf-8")
    save(load_suite("suite"), Predictions(Path("worse")), Path("out"), None, None)
    code, out, err = run("gate", "out", "--suite", "suite")
    assert (code, "recall is 0.75, under its floor of 0.9 ('two')" in out) == (1, True)
    code, out, err = run("compare", "out", "gone")
    assert (code, out) == (2, "")
    assert err.startswith("error: the scores 'gone' cannot be read")
