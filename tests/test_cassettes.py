"""What `check` finds in recordings, and what `record` and `prune` make of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import anyio
import pytest
from openai_stand_in import KEY, Fault, StandIn, openai_server
from recordings_data import ANSWER, FOLDER, MODEL, TOML, edit_manifest, make_project, record_cases
from small_suite import TEXTS

from summarise import client as client_module
from summarise.cassette_checks import SECRETS, Kind, checked, read_taped, secrets
from summarise.cassette_record import Server, outdated, record
from summarise.cassettes import Library, check, prunable, prune
from summarise.errors import InputError, ModelError, RecordError
from summarise.evaluation.suite import Suite, load_suite
from summarise.interactions import bodies, failed_requests, models, read_interactions, usage
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
