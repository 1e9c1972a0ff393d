"""`summarise cassettes`: what it writes, and its exit codes."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import Any, get_args

import pytest
import typer
from openai_stand_in import KEY, Fault, StandIn, openai_server, serving
from recordings_data import ANSWER, FOLDER, MODEL, edit_manifest, make_project, record_cases
from small_suite import TEXTS

from summarise import client as client_module
from summarise.cassette_checks import Kind
from summarise.cli import app, main
from summarise.manifest import MANIFEST, Entry, entries

__all__ = ["openai_server"]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("good")
    with pytest.MonkeyPatch.context() as patch, serving() as server:
        patch.setenv("OPENAI_API_KEY", KEY)
        patch.chdir(root)
        record_cases(make_project(root), server)
    return root


@pytest.fixture(autouse=True)
def _project(good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test stands in a copy of a project whose recordings are good."""
    shutil.copytree(good, tmp_path / "project")
    monkeypatch.chdir(tmp_path / "project")
    monkeypatch.setattr(client_module, "FIRST_PAUSE", 0.001)


@pytest.fixture
def server(openai_server: StandIn, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", openai_server.base_url)
    openai_server.answer(ANSWER)
    return openai_server


def cassettes(capsys: pytest.CaptureFixture[str], *told: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `summarise cassettes`."""
    with pytest.raises(SystemExit) as ended:
        main(["cassettes", *told])
    written = capsys.readouterr()
    return int(str(ended.value.code)), written.out, written.err


# ---------------------------------------------------------------------------------------- check


def test_check_of_good_recordings(capsys: pytest.CaptureFixture[str]) -> None:
    assert cassettes(capsys, "check") == (0, "3 recordings, 0 faults\n", "")
    assert cassettes(capsys, "check", "cassettes")[:2] == (0, "3 recordings, 0 faults\n")


def test_check_names_file_fault_and_mend(capsys: pytest.CaptureFixture[str]) -> None:
    edit_manifest(FOLDER, "dam-1.yaml")
    told = (
        "cassettes/weirs/dam-1.yaml: unlisted: manifest.json does not know it: nothing tells how "
        "it was made\n    mend: summarise cassettes record dam-1 --suite evals/weirs\n"
        "3 recordings, 1 fault\n"
    )
    assert cassettes(capsys, "check", "--quick", str(FOLDER)) == (1, told, "")


@pytest.mark.parametrize(("quick", "faults"), [((), 1), (("--quick",), 0)])
def test_only_a_replay_finds_an_article_that_changed(
    capsys: pytest.CaptureFixture[str], quick: tuple[str, ...], faults: int
) -> None:
    text = Path("evals/weirs/texts/weir-1.txt")
    text.write_text(text.read_text("utf-8").replace("nine", "eleven"), "utf-8")
    code, out, _ = cassettes(capsys, "check", *quick)
    assert (code, out.count("stale request")) == (faults, faults)


def test_the_limit_of_a_file_is_an_option(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = cassettes(capsys, "check", "--quick", "--max-kib", "1")
    assert (code, out.count("large:")) == (1, 3)


@pytest.mark.parametrize(
    ("told", "message"),
    [
        (["check", "casettes"], "there is no folder 'casettes' of recordings"),
        (["check", "evals"], "'evals' holds no recordings"),
        (["check", "--suite", "evals/wiers"], "did you mean 'weirs'"),
        (["record", "dam-2"], "has no case 'dam-2'; did you mean 'dam-1'"),
        (["stats", "gone"], "there is no folder 'gone'"),
        (["prune", "gone"], "there is no folder 'gone'"),
    ],
)
def test_wrong_use(capsys: pytest.CaptureFixture[str], told: list[str], message: str) -> None:
    code, out, err = cassettes(capsys, *told)
    assert (code, out) == (2, "")
    assert message in err


def test_where_there_is_no_suite_and_no_recording(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cassettes(capsys, "check") == (0, "0 recordings, 0 faults\n", "")
    code, _, err = cassettes(capsys, "record")
    assert code == 2
    assert "found none: name its folder with --suite DIR" in err


# --------------------------------------------------------------------------------------- record


def test_record_does_what_is_needed_and_no_more(
    capsys: pytest.CaptureFixture[str], server: StandIn
) -> None:
    assert cassettes(capsys, "record")[:2] == (
        0, "0 cases recorded · 3 good as they were (--all records them anew)\n",
    )  # fmt: skip
    assert server.bodies == []
    (FOLDER / "dam-1.yaml").unlink()
    edit_manifest(FOLDER, "weir-1.yaml", prompt_sha256="0" * 64)
    code, out, err = cassettes(capsys, "record")
    assert (code, err) == (0, "dam-1: lost\nweir-1: stale prompt\n")
    figures = r"\d calls? · \d+ tokens in · \d+ out · \$0\.\d{4} · \d+\.\d s"
    shown = rf"dam-1: {figures}\nweir-1: {figures}\n2 cases recorded · {figures} · 1 good as .*\n"
    assert re.fullmatch(shown, out)
    assert cassettes(capsys, "check")[0] == 0


@pytest.mark.parametrize(
    ("told", "wanted"),
    [(["--all"], set(TEXTS)), (["--all", "weir-*"], {"weir-1", "weir-2"}), (["dam-1"], set[str]())],
)
def test_which_cases_are_recorded(
    capsys: pytest.CaptureFixture[str], server: StandIn, told: list[str], wanted: set[str]
) -> None:
    code, out, _ = cassettes(capsys, "record", *told, "--suite", "evals/weirs")
    assert code == 0
    assert {line.partition(":")[0] for line in out.splitlines()[:-1]} == wanted


def test_a_case_that_fails_does_not_stop_the_others(
    capsys: pytest.CaptureFixture[str], server: StandIn
) -> None:
    before = (FOLDER / "dam-1.yaml").read_bytes()
    server.misbehave(Fault("status", status=401))
    code, out, err = cassettes(capsys, "record", "--all")
    assert code == 1
    assert "error: dam-1: " in err
    assert "check OPENAI_API_KEY" in err
    assert out.splitlines()[-1].startswith("2 cases recorded · ")
    assert out.splitlines()[-1].endswith(" · 1 failed")
    assert (FOLDER / "dam-1.yaml").read_bytes() == before
    assert cassettes(capsys, "check")[0] == 0


def test_another_model_is_recorded_and_told_of(
    capsys: pytest.CaptureFixture[str], server: StandIn
) -> None:
    server.models = (MODEL, "gpt-5.4-nano")
    told = ("record", "--all", "dam-1", "--model", "gpt-5.4-nano", "--base-url", server.base_url)
    code, _, err = cassettes(capsys, *told)
    assert code == 0
    assert f"the suite 'weirs' replays with {MODEL!r}: set 'model' under [run]" in err
    code, out, _ = cassettes(capsys, "check", "--quick")
    assert "other model: 'gpt-5.4-nano' answered it" in out


# ------------------------------------------------------------------------------- prune and stats


def test_prune_lists_and_deletes_only_when_told(capsys: pytest.CaptureFixture[str]) -> None:
    Path("evals/weirs/gold/dam-1.json").unlink()
    listed = "cassettes/weirs/dam-1.yaml: no case of a suite and no test owns it\n"
    code, out, _ = cassettes(capsys, "prune")
    assert (code, out) == (1, listed + "nothing was deleted; --yes deletes these 1\n")
    assert (FOLDER / "dam-1.yaml").exists()
    assert cassettes(capsys, "prune", "--yes")[:2] == (0, listed + "1 deleted\n")
    assert not (FOLDER / "dam-1.yaml").exists()
    assert sorted(entries(FOLDER)) == ["weir-1.yaml", "weir-2.yaml"]
    assert cassettes(capsys, "prune")[:2] == (0, "nothing to prune\n")


def test_stats_has_a_row_a_recording_and_a_total(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    edit_manifest(FOLDER, "weir-2.yaml")
    code, out, _ = cassettes(capsys, "stats")
    lines = [line.split() for line in out.splitlines() if line.strip()]
    [head, dam, _, bare, total] = lines
    assert code == 0
    assert head[:4] == ["recording", "calls", "in", "out"]
    assert dam[:4] == ["weirs/dam-1", "2", "240", "24"]
    assert dam[-2:][0] == MODEL
    assert dam[-1].startswith("extract.v1@")
    assert bare[:2] == ["weirs/weir-2", "–"]
    assert total[:3] == ["3", "in", "all"]


def test_a_manifest_that_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    (FOLDER / MANIFEST).write_text("{", "utf-8")
    code, out, err = cassettes(capsys, "stats")
    assert (code, out) == (2, "")
    assert "is no manifest of recordings" in err
    assert cassettes(capsys, "check", "--quick")[0] == 1


# ------------------------------------------------------------------------------ docs/recordings.md


PAGE = (Path(__file__).parents[1] / "docs" / "recordings.md").read_text("utf-8")


def rows(head: str) -> list[str]:
    """The names in the first cells of the table whose first heading is `head`."""
    table = re.search(rf"^\| {head} \|.*\n\|[ -|]*\|\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    assert table is not None
    first = [line.split("|")[1] for line in table[1].splitlines()]
    return [name for cell in first for name in re.findall(r"`([^`]+)`", cell)]


def test_the_docs_name_every_fault_and_every_field() -> None:
    assert sorted(rows("fault")) == sorted(get_args(Kind))
    assert sorted(rows("field")) == sorted(Entry.model_fields)


@pytest.mark.parametrize("line", sorted(set(re.findall(r"`(summarise [^`]+)`", PAGE))))
def test_each_command_line_of_the_docs_is_accepted(line: str) -> None:
    command: Any = typer.main.get_command(app)
    told = shlex.split(line)[1:]
    context = command.make_context("summarise", told[:1], resilient_parsing=True)
    while hasattr(command, "commands"):
        _, command, told = command.resolve_command(context, told)
    command.make_context(line, told)  # fails where an option or an argument is wrong


def test_the_docs_show_each_command() -> None:
    shown = set(re.findall(r"`summarise cassettes (\w+)", PAGE))
    assert shown == {"check", "record", "prune", "stats"}
