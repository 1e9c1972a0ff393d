"""What `check` finds in recordings, and what `record` and `prune` make of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, get_args

import anyio
import pytest
from openai_stand_in import KEY, Fault, StandIn, openai_server
from recordings_data import ANSWER, FOLDER, MODEL, TOML, edit_manifest, make_project, record_cases
from small_suite import TEXTS

from summarise import client as client_module
from summarise.cassette_checks import Kind
from summarise.cassette_record import Server, outdated, record
from summarise.cassettes import Library, check, prunable, prune
from summarise.errors import InputError, ModelError
from summarise.evaluation.run import run
from summarise.evaluation.suite import Suite, load_suite
from summarise.interactions import read_interactions
from summarise.manifest import MANIFEST, digest_of, entries

__all__ = ["openai_server"]

DAM = FOLDER / "dam-1.yaml"
AGAIN = "summarise cassettes record dam-1 --suite evals/weirs"


@pytest.fixture
def server(openai_server: StandIn, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setattr(client_module, "FIRST_PAUSE", 0.001)
    return openai_server


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose three cases are recorded; tests work on a copy."""
    from openai_stand_in import serving

    root = tmp_path_factory.mktemp("good")
    with pytest.MonkeyPatch.context() as patch, serving() as server:
        patch.setenv("OPENAI_API_KEY", KEY)
        patch.chdir(root)
        record_cases(make_project(root), server)
    return root


@pytest.fixture
def project(good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Suite:
    """A copy of the good project, as the working folder."""
    root = tmp_path / "project"
    shutil.copytree(good, root)
    monkeypatch.chdir(root)
    return load_suite(Path("evals/weirs"))


def found(*suites: Suite, quick: bool = False) -> list[tuple[str, str]]:
    """File and kind of each fault."""
    library = Library(suites or (load_suite(Path("evals/weirs")),))
    return [(f.file.as_posix(), f.kind) for f in check(library.folders(), library, quick=quick)]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def accept(name: str, **changes: object) -> None:
    """Let the manifest take a changed file for the one that was recorded."""
    edit_manifest(FOLDER, f"{name}.yaml", sha256=digest_of(FOLDER / f"{name}.yaml"), **changes)


# ---------------------------------------------------------------------------- one of each fault


def unlisted() -> None:
    edit_manifest(FOLDER, "dam-1.yaml")


def missing() -> None:
    unlisted()
    DAM.unlink()


def changed() -> None:
    edit(DAM, "leaked.", "LEAKED.")


def stale_prompt() -> None:
    edit_manifest(FOLDER, "dam-1.yaml", prompt_sha256="0" * 64)


def prompt_gone() -> None:
    edit(Path("evals/weirs/suite.toml"), "[run]", '[run]\nprompt = "extract.v0"')


def stale_schema() -> None:
    edit(DAM, "NumberedClaim", "LetteredClaim")
    accept("dam-1")


def stale_request() -> None:
    edit(Path("evals/weirs/texts/dam-1.txt"), "Monday", "Sunday")


def half_played() -> None:
    again = DAM.read_text("utf-8").partition("- request")[2].partition("version:")[0]
    edit(DAM, "version:", f"- request{again}version:")
    accept("dam-1")


def unplayable() -> None:
    Path("evals/weirs/texts/dam-1.txt").unlink()


def other_model() -> None:
    edit(Path("evals/weirs/suite.toml"), MODEL, "gpt-5.4-nano")


def shared() -> None:
    shutil.copytree("evals/weirs", "evals/others")


def never_played() -> None:
    Path("evals/weirs/gold/dam-1.json").unlink()


def large() -> None:
    edit(DAM, "interactions:", "#" + "x" * 600_000 + "\ninteractions:")
    accept("dam-1")


def secret() -> None:
    edit(DAM, "leaked", "Bearer abcdef0123456789")
    accept("dam-1")


def kept_header() -> None:
    edit(DAM, "content-type:", "openai-organization:\n      - acme\n      content-type:")
    accept("dam-1")


def broken() -> None:
    DAM.write_text("interactions:\n- request: {body: 'half", "utf-8")


def hostile() -> None:
    tag = "!!python/object/apply:os.system ['touch ran']"
    DAM.write_text(f"interactions: {tag}\nversion: 1\n", "utf-8")


def manifest() -> None:
    (FOLDER / MANIFEST).write_text("{", "utf-8")


FAULTS: dict[str, tuple[Callable[[], None], list[tuple[str, str, str]]]] = {
    "unlisted": (unlisted, [("unlisted", "manifest.json does not know it", AGAIN)]),
    "missing": (missing, [("missing", "no recording of case 'dam-1' of 'weirs'", AGAIN)]),
    "lost": (DAM.unlink, [("lost", "there is no such file", AGAIN)]),
    "changed": (changed, [("changed", "after it was recorded on 20", AGAIN)]),
    "stale prompt": (stale_prompt, [("stale prompt", "extract.v1@000000000000 made it", AGAIN)]),
    "stale schema": (stale_schema, [("stale schema", "another schema now", AGAIN)]),
    "stale request": (stale_request, [("stale request", "Sunday", AGAIN)]),
    "half played": (half_played, [("half played", "leaves 2 of its 4 interactions unused", AGAIN)]),
    "unplayable": (unplayable, [("unplayable", "dam-1", "mend the suite")]),
    "large": (large, [("large", "KiB, the limit is 512", "--max-kib")]),
    "secret": (secret, [("secret", "holds a bearer token, 'Bearer…'", AGAIN)]),
    "kept header": (kept_header, [("secret", "the header 'openai-organization'", AGAIN)]),
    "broken": (broken, [("broken", "is no recording (broken YAML", AGAIN)]),
    "hostile": (hostile, [("broken", "which could run code", AGAIN)]),
    "never played": (
        never_played,
        [("never played", "no case of a suite and no test owns it", "summarise cassettes prune")],
    ),
}
ALSO = {"secret": {"stale request", "changed"}, "broken": {"changed"}, "hostile": {"changed"}}
"""Faults that a fault brings with it."""


@pytest.mark.parametrize("name", FAULTS)
def test_a_folder_with_one_fault(project: Suite, name: str) -> None:
    make, wanted = FAULTS[name]
    make()
    library = Library((load_suite(Path("evals/weirs")),))
    faults = list(check(library.folders(), library))
    assert {fault.file.as_posix() for fault in faults} == {DAM.as_posix()}
    for kind, what, mend in wanted:
        [fault] = [fault for fault in faults if fault.kind == kind]
        assert what in fault.what
        assert mend in fault.mend
    others = {fault.kind for fault in faults} - {kind for kind, _, _ in wanted}
    assert others <= ALSO.get(name, set())
    assert not Path("ran").exists()


WHOLE: list[tuple[Callable[[], None], set[tuple[str, str]]]] = [
    (prompt_gone, {(f"{FOLDER}/{name}.yaml", "stale prompt") for name in TEXTS}),
    (other_model, {(f"{FOLDER}/{name}.yaml", "other model") for name in TEXTS}),
    (manifest, {(f"{FOLDER}/{MANIFEST}", "manifest")}),
]


@pytest.mark.parametrize(("make", "wanted"), WHOLE, ids=["prompt gone", "other model", "manifest"])
def test_a_fault_of_a_whole_folder(
    project: Suite, make: Callable[[], None], wanted: set[tuple[str, str]]
) -> None:
    make()
    assert set(found(quick=True)) == wanted


def test_two_cases_that_share_a_file(project: Suite) -> None:
    shared()
    suites = project, load_suite(Path("evals/others"))
    assert set(found(*suites, quick=True)) == {
        (f"{FOLDER}/{name}.yaml", "shared") for name in TEXTS
    }


def test_two_suites_over_the_same_gold_share_rightly(project: Suite) -> None:
    Path("evals/both").mkdir()
    Path("evals/both/suite.toml").write_text(
        TOML.replace('"texts"', '"../weirs/texts"') + "", "utf-8"
    )
    edit(Path("evals/both/suite.toml"), "[run]", "\n[run]")
    edit(Path("evals/both/suite.toml"), 'name = "weirs"', 'name = "both"\ngold = "../weirs/gold"')
    assert found(project, load_suite(Path("evals/both"))) == []


def test_all_faults_at_once_are_each_named(project: Suite) -> None:
    for number, make in enumerate([changed, stale_prompt, never_played]):
        make()
        assert number >= 0
    edit(FOLDER / "weir-1.yaml", "interactions:", "interactions: *nowhere\nx:")
    edit_manifest(FOLDER, "weir-2.yaml")
    edit_manifest(FOLDER, "gone.yaml", prompt="")
    assert sorted(found()) == [
        (f"{FOLDER}/dam-1.yaml", "changed"),
        (f"{FOLDER}/dam-1.yaml", "never played"),
        (f"{FOLDER}/dam-1.yaml", "stale prompt"),
        (f"{FOLDER}/gone.yaml", "lost"),
        (f"{FOLDER}/weir-1.yaml", "broken"),
        (f"{FOLDER}/weir-1.yaml", "changed"),
        (f"{FOLDER}/weir-2.yaml", "unlisted"),
    ]


def test_every_kind_of_fault_has_its_test() -> None:
    tested = {kind for _, wanted in FAULTS.values() for kind, _, _ in wanted}
    tested |= {kind for _, wanted in WHOLE for _, kind in wanted} | {"shared"}
    assert tested == set(get_args(Kind))


def test_a_good_folder_has_no_fault_and_asks_nobody(project: Suite) -> None:
    assert found() == []


# ------------------------------------------------------------------------------- whose it is


TEST_FILE = "class TestIt:\n    def test_a(self): ...\nasync def test_b(): ...\n"


@pytest.mark.parametrize(
    ("owner", "claimed"),
    [
        ("tests/test_x.py::TestIt::test_a", True),
        ("tests/test_x.py::TestIt::test_a[1-2]", True),
        ("tests/test_x.py::test_b", True),
        ("tests/test_x.py", True),
        ("tests/test_x.py::test_a", False),
        ("tests/test_x.py::TestIt::test_c", False),
        ("tests/test_y.py::test_b", False),
        ("", True),
    ],
)
def test_a_test_owns_what_the_manifest_says(project: Suite, owner: str, claimed: bool) -> None:
    folder = Path("cassettes/test_x")
    shutil.copytree(FOLDER, folder)
    Path("tests").mkdir()
    Path("tests/test_x.py").write_text(TEST_FILE, "utf-8")
    for name in TEXTS:
        edit_manifest(folder, f"{name}.yaml", owner=owner)
    wanted = [] if claimed else [(f"{folder}/{name}.yaml", "never played") for name in TEXTS]
    assert found(quick=True) == wanted


def test_prune_takes_what_nothing_owns_and_no_more(project: Suite) -> None:
    never_played()
    (FOLDER / "weir-1.yaml").unlink()
    library = Library((load_suite(Path("evals/weirs")),))
    faults = prunable(library.folders(), library)
    assert {fault.kind for fault in faults} == {"never played", "lost"}
    prune(faults)
    assert sorted(path.name for path in FOLDER.iterdir()) == [MANIFEST, "weir-2.yaml"]
    assert list(entries(FOLDER)) == ["weir-2.yaml"]
    assert Path("evals/weirs/suite.toml").exists()


# ------------------------------------------------------------------------------------ record


def test_what_is_outdated(project: Suite) -> None:
    assert outdated(project, list(TEXTS)) == {}
    stale_prompt()
    edit(Path("evals/weirs/texts/weir-1.txt"), "nine", "eleven")
    found_out = outdated(load_suite(Path("evals/weirs")), list(TEXTS))
    kinds = {name: [fault.kind for fault in faults] for name, faults in found_out.items()}
    assert kinds == {"dam-1": ["stale prompt"], "weir-1": ["stale request"]}
    assert list(outdated(project, ["weir-2"])) == []


def again(suite: Suite, server: StandIn) -> None:
    anyio.run(record, suite, "dam-1", Server(base_url=server.base_url))


def test_recording_mends(project: Suite, server: StandIn) -> None:
    server.answer(ANSWER)
    stale_request()
    again(project, server)
    assert found() == []
    assert entries(FOLDER)["dam-1.yaml"].interactions == len(read_interactions(DAM)) == 2


def test_a_failed_try_is_part_of_the_recording(project: Suite, server: StandIn) -> None:
    server.answer(ANSWER)
    server.misbehave(Fault("status", status=503))
    again(project, server)
    assert [one.response.status.code for one in read_interactions(DAM)] == [503, 200, 200]
    assert found() == []


@pytest.mark.parametrize(
    ("faults", "told"),
    [
        (
            [Fault("status", status=500)] * 4,
            "the server failed 1 of 4 requests each time; see that",
        ),
        ([Fault("status", status=401)], "check OPENAI_API_KEY"),
        ([Fault("reset")] * 4, "no answer came that could be recorded"),
    ],
    ids=["errors", "key", "no answer"],
)
def test_a_case_that_fails_leaves_the_good_recording(
    project: Suite, server: StandIn, faults: list[Fault], told: str
) -> None:
    before = {path.name: path.read_bytes() for path in FOLDER.iterdir()}
    server.misbehave(*faults)
    with pytest.raises(ModelError, match=told):
        again(project, server)
    assert {path.name: path.read_bytes() for path in FOLDER.iterdir()} == before


def test_a_suite_without_a_folder_for_recordings(project: Suite) -> None:
    edit(Path("evals/weirs/suite.toml"), "recordings", "#")
    with pytest.raises(InputError, match="set 'recordings' under"):
        outdated(load_suite(Path("evals/weirs")), list(TEXTS))


def test_a_run_of_a_suite_records_too(project: Suite, server: StandIn, tmp_path: Path) -> None:
    server.answer(ANSWER)
    settings: dict[str, Any] = {
        "record": tmp_path / "new",
        "base_url": server.base_url,
        "only": ("weir-*",),
    }
    anyio.run(partial(run, project, tmp_path / "out", **settings))
    assert sorted(entries(tmp_path / "new")) == ["weir-1.yaml", "weir-2.yaml"]
    for name in entries(tmp_path / "new"):
        assert read_interactions(tmp_path / "new" / name) == read_interactions(FOLDER / name)
