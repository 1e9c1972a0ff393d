"""Suites: what a folder is read as, which cases it has, and what is refused."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from small_suite import claim

from summarise.errors import InputError, RecordError
from summarise.evaluation.suite import load_suite

ROOT = Path(__file__).parents[1]
TEXT = "The weir at Osk gave way."


def label(name: str, **fields: Any) -> dict[str, Any]:
    whole = {
        "id": name,
        "file": f"{name}.txt",
        "main_text": [[0, len(TEXT)]],
        "claims": [claim(TEXT)],
    }
    return whole | fields


def make(folder: Path, *names: str, toml: str = "", meta: object = None) -> Path:
    """A suite with one gold file and one text a name."""
    for part in ("gold", "texts"):
        (folder / part).mkdir(parents=True)
    for name in names:
        (folder / "gold" / f"{name}.json").write_text(json.dumps(label(name)), "utf-8")
        (folder / "texts" / f"{name}.txt").write_text(TEXT, "utf-8")
    if toml:
        (folder / "suite.toml").write_text(toml, "utf-8")
    if meta is not None:
        (folder / "meta.json").write_text(json.dumps(meta), "utf-8")
    return folder


def test_every_setting_is_read_and_every_path_resolved(tmp_path: Path) -> None:
    folder = make(
        tmp_path / "s",
        "weir-1",
        "weir-2",
        "dam-1",
        meta={"weir-1": {"split": "dev", "outlet": "The Osk Post", "published": "2025-03-04"}},
        toml="""
        name = "weirs"
        texts = "texts"
        meta = "meta.json"
        cases = ["weir-*"]
        [run]
        model = "m"
        prompt = "extract.v1"
        recordings = "../tapes"
        [gate]
        alpha = 0.01
        metrics = ["f1"]
        baseline = "baseline.jsonl"
        [gate.floors]
        f1 = 0.8
        [gate.ceilings]
        leaked = 0
        seconds = 90.0
        """,
    )
    suite = load_suite(folder)
    assert (suite.name, suite.gold, suite.texts) == ("weirs", folder / "gold", folder / "texts")
    assert (suite.run.model, suite.run.prompt) == ("m", "extract.v1")
    assert suite.run.recordings == folder / "../tapes"
    assert (suite.gate.alpha, suite.gate.metrics) == (0.01, ("f1",))
    assert suite.gate.baseline == folder / "baseline.jsonl"
    assert suite.gate.floors == {"f1": 0.8}
    assert suite.gate.ceilings == {"leaked": 0.0, "seconds": 90.0}
    assert suite.case_ids() == ["weir-1", "weir-2"]
    assert suite.case_ids("dev") == ["weir-1"]
    assert suite.case_ids(only=("*-2",)) == ["weir-2"]
    first = next(suite.cases())
    assert (first.text, first.gold.outlet, first.gold.split) == (TEXT, "The Osk Post", "dev")
    assert load_suite(folder / "suite.toml") == suite


@pytest.mark.parametrize("gold", ["", "gold"])
def test_a_bare_folder_is_a_suite(tmp_path: Path, gold: str) -> None:
    folder = tmp_path / "bare"
    (folder / gold).mkdir(parents=True)
    (folder / "texts").mkdir()
    (folder / gold / "weir.json").write_text(json.dumps(label("weir")), "utf-8")
    (folder / "texts" / "weir.txt").write_text(TEXT, "utf-8")
    (folder / "texts" / "meta.json").write_text('{"weir": {"split": "dev"}}', "utf-8")
    suite = load_suite(folder)
    assert suite.name == "bare"
    assert [(case.gold.id, case.text) for case in suite.cases("dev")] == [("weir", TEXT)]


def test_gold_that_holds_its_words_needs_no_text(tmp_path: Path) -> None:
    folder = make(tmp_path / "s", "weir", toml='name = "s"')
    (case,) = load_suite(folder).cases()
    assert case.text is None
    (case,) = load_suite(folder, texts=folder / "texts").cases()
    assert case.text == TEXT


def test_newlines_are_untouched(tmp_path: Path) -> None:
    folder = make(tmp_path / "s", "weir")
    (folder / "texts" / "weir.txt").write_bytes(b"One\r\nTwo\rThree\n")
    (case,) = load_suite(folder).cases()
    assert case.text == "One\r\nTwo\rThree\n"


METRIC = 'name = "s"\n[gate]\nmetrics = ["f2"]'


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("name = ", "suite.toml' is not TOML: Invalid value"),
        ("gould = 1", "unknown key 'gould'; did you mean 'gold'?; expected one of name, gold,"),
        ("[gate]\nalhpa = 0.1", "unknown key 'alhpa' in [gate]; did you mean 'alpha'?"),
        ("[run]\nmodle = 'm'", "unknown key 'modle' in [run]; did you mean 'model'?"),
        ("name = 3", "field 'name': Input should be a valid string (got 3)"),
        ("cases = []", "field 'cases': "),
        ("[gate]\nalpha = 5", "field 'gate.alpha': Input should be less than 1 (got 5)"),
        (METRIC, "gate.metrics: there is no metric 'f2'; did you mean 'f1'?; known are precision,"),
        ("[gate.floors]\nrecal = 0.5", "gate.floors: there is no metric 'recal'; did you mean 're"),
        ("[gate.floors]\nf1 = 80", "gate.floors.f1 is 80.0; expected a share from 0 to 1"),
        ("[gate.ceilings]\nseconds = -1", "gate.ceilings.seconds is -1.0; expected 0 or more"),
        ("[gate.floors]\nf1 = true", "field 'gate.floors.f1': Input should be a valid number"),
        ("[gate.floors]\nf1 = nan", "field 'gate.floors.f1': Input should be a finite number"),
        ("meta = 'mata.json'", "cannot read"),
    ],
)
def test_a_broken_suite_file_is_refused(tmp_path: Path, toml: str, message: str) -> None:
    with pytest.raises(RecordError) as raised:
        load_suite(make(tmp_path / "s", "weir", toml=toml))
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("meta", "message"),
    [
        ([], "meta.json' holds a list; expected an object by id"),
        ({"weir": 1}, "meta.json', case 'weir', field 'file'"),
        ({"weir": {"published": "March"}}, "meta.json', case 'weir', field 'published'"),
    ],
)
def test_broken_meta_data_is_refused(tmp_path: Path, meta: object, message: str) -> None:
    with pytest.raises(RecordError) as raised:
        load_suite(make(tmp_path / "s", "weir", meta=meta))
    assert message in str(raised.value)


def test_no_such_suite_names_the_nearest(tmp_path: Path) -> None:
    make(tmp_path / "weirs", "weir")
    with pytest.raises(InputError, match=r"no suite '.*wiers'; did you mean 'weirs'\?"):
        load_suite(tmp_path / "wiers")


def test_a_suite_without_gold(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a suite without gold: '.*gold' holds no \*\.json"):
        load_suite(make(tmp_path / "s"))


def test_no_folder_of_gold(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"there is no folder '.*labels' of gold files"):
        load_suite(make(tmp_path / "s", "weir", toml='gold = "labels"'))


@pytest.mark.parametrize(
    ("split", "only", "message"),
    [
        ("tset", None, "no split 'tset' (it has 'dev', 'test'); did you mean 'test'?"),
        (None, ("wier-1",), "no case 'wier-1'; did you mean 'weir-1'?"),
        (None, ("x*",), "no case 'x*'; its 2 cases are the gold files of"),
    ],
)
def test_unknown_splits_and_cases(
    tmp_path: Path, split: str | None, only: tuple[str, ...] | None, message: str
) -> None:
    meta = {"weir-1": {"split": "dev"}, "weir-2": {"split": "test"}}
    suite = load_suite(make(tmp_path / "s", "weir-1", "weir-2", meta=meta))
    with pytest.raises(InputError) as raised:
        suite.case_ids(split, only)
    assert message in str(raised.value)


def test_no_splits_at_all(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no split 'dev' \(it has none\)"):
        load_suite(make(tmp_path / "s", "weir")).case_ids("dev")


@pytest.mark.parametrize(
    ("name", "found", "message"),
    [
        ("weir-1", "weir-9", "has the id 'weir-9'; expected 'weir-1', its name"),
        (
            "weir-1",
            "weir-2",
            "two gold files have the id 'weir-2': 'weir-2.json' and 'weir-1.json'",
        ),
    ],
)
def test_ids_are_the_names_of_the_files(
    tmp_path: Path, name: str, found: str, message: str
) -> None:
    folder = make(tmp_path / "s", "weir-1", "weir-2")
    (folder / "gold" / f"{name}.json").write_text(json.dumps(label(found)), "utf-8")
    with pytest.raises(RecordError) as raised:
        list(load_suite(folder).cases())
    assert message in str(raised.value)


def test_a_missing_text(tmp_path: Path) -> None:
    folder = make(tmp_path / "s", "weir")
    (folder / "texts" / "weir.txt").rename(folder / "texts" / "wear.txt")
    with pytest.raises(InputError, match=r"no text for 'weir': .* did you mean 'wear\.txt'\?"):
        list(load_suite(folder).cases())


def test_withheld_gold_without_texts(tmp_path: Path) -> None:
    bare = label("weir", sha256="0" * 64)
    del bare["claims"][0]["evidence"][0]["quote"]
    folder = make(tmp_path / "s", "weir", toml='name = "s"')
    (folder / "gold" / "weir.json").write_text(json.dumps(bare), "utf-8")
    with pytest.raises(InputError, match=r"the folder that holds 'weir\.txt' \(SHA-256 0{12}"):
        list(load_suite(folder).cases())


def test_the_hash_is_of_the_labels(tmp_path: Path) -> None:
    folder = make(tmp_path / "s", "weir-1", "weir-2")
    before = load_suite(folder).gold_sha256()
    path = folder / "gold" / "weir-1.json"
    path.write_text(json.dumps(label("weir-1"), indent=4, sort_keys=True), "utf-8")
    assert load_suite(folder).gold_sha256() == before
    assert load_suite(folder).gold_sha256(only=("weir-1",)) != before
    changed = label("weir-1")
    changed["claims"][0]["certainty"] = "possible"
    path.write_text(json.dumps(changed), "utf-8")
    assert load_suite(folder).gold_sha256() != before


def test_cases_are_not_held(tmp_path: Path) -> None:
    """Eight times the cases take the same memory, names apart."""
    peaks = []
    for count in (20, 160):
        folder = make(tmp_path / str(count), *(f"weir-{n:03d}" for n in range(count)))
        for path in (folder / "texts").iterdir():
            path.write_text(TEXT * 800, "utf-8")
        suite = load_suite(folder)
        tracemalloc.start()
        assert sum(1 for _ in suite.cases()) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 160 * 2_000


def test_the_project_s_own_suite() -> None:
    suite = load_suite(ROOT / "evals" / "suite")
    dev, test = suite.case_ids("dev"), suite.case_ids("test")
    assert len(dev) >= 9
    assert sorted(dev + test) == suite.case_ids()
    assert sum(len(case.gold.claims) for case in suite.cases()) >= 692
