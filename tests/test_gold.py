"""Gold: what is read, what is refused, and words put back from offsets."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.errors import InputError, RecordError
from summarise.evaluation.gold import Gold, canonical, digest, load_gold, restored
from summarise.evaluation.suite import load_suite
from summarise.evaluation.texts import TextFolder

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("SUMMARISE_SHARED", ROOT.parent / "shared"))
SEEDS = SHARED / "seeds"

TEXT = "Kiln fire\r\n\r\nAbout 40 potters fled on Monday, the guild’s Una Brandt said.\r\n"
QUOTE = "About 40 potters fled on Monday"


def offsets(part: str, text: str = TEXT) -> list[int]:
    start = text.index(part)
    return [start, start + len(part)]


def claim(**fields: Any) -> dict[str, Any]:
    start, end = offsets(QUOTE)
    return {
        "id": "c01",
        "text": "About 40 potters fled on Monday.",
        "evidence": [{"start": start, "end": end, "quote": QUOTE}],
        "source": "Una Brandt",
        "via": [],
        "certainty": "certain",
        "polarity": "positive",
        "time": {"surface": "on Monday", "start": "2025-03-03", "end": "2025-03-03"},
        "quantities": [
            {"surface": "About 40", "low": 40, "high": 40, "unit": "potters", "approx": True}
        ],
    } | fields


def gold(**fields: Any) -> dict[str, Any]:
    return {
        "id": "kiln",
        "title": "Kiln fire",
        "outlet": None,
        "published": "2025-03-04",
        "labeller": "a",
        "file": "kiln.txt",
        "main_text": [[0, len(TEXT)]],
        "claims": [claim()],
    } | fields


def withheld(**fields: Any) -> dict[str, Any]:
    """The same gold without a word of its text."""
    start, end = offsets(QUOTE)
    bare = claim(
        evidence=[{"start": start, "end": end}],
        time=claim()["time"] | {"surface": None, "at": offsets("on Monday")},
        quantities=[claim()["quantities"][0] | {"surface": None, "at": offsets("About 40")}],
    )
    given = gold(claims=[bare], sha256=digest(TEXT.encode()), title=None)
    return given | fields


def written(folder: Path, data: object, name: str = "kiln.json") -> Path:
    path = folder / name
    path.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
    return path


def test_gold_is_read_and_what_it_does_not_know_is_passed_over(tmp_path: Path) -> None:
    read = load_gold(written(tmp_path, gold(settled=[], claims=[claim(note="seen twice")])))
    assert (read.id, read.published, read.main_text) == (
        "kiln",
        date(2025, 3, 4),
        ((0, len(TEXT)),),
    )
    assert read.claims[0].quantities[0].approx
    assert not read.withheld


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("{", "kiln.json' is not JSON"),
        ("[" * 100_000, "kiln.json' is not JSON"),
        ([], "is no gold file (found list); expected an object with 'id'"),
        ({"articles": []}, "is no gold file (found fields ['articles'])"),
        (gold(id=None), "field 'id': Input should be a valid string (got None)"),
        (gold(published="March"), "field 'published': Input should be a valid date"),
        (gold(main_text=[[1]]), "field 'main_text.0.1': Field required"),
        (gold(claims=["c01"]), "claim number 1: expected an object, got 'c01'"),
        (gold(claims=[claim(certainty="sure")]), "claim 'c01', field 'certainty'"),
        (gold(claims=[claim(quantities=None, time=[1])]), "claim 'c01', field 'time'"),
        (gold(claims=[{"id": "c07", "text": "It is so."}]), "claim 'c07' has no 'evidence'"),
        (gold(sha256="12"), "field 'sha256'"),
        (withheld(file=None), "names its text by 'file' and 'sha256'"),
        (
            withheld(claims=[claim(time={"surface": None, "at": 3})]),
            "claim 'c01', field 'time': expected 'at' to be [start, end], got 3",
        ),
    ],
)
def test_what_is_no_gold_is_refused_by_name(tmp_path: Path, data: object, message: str) -> None:
    with pytest.raises(RecordError) as raised:
        load_gold(written(tmp_path, data))
    assert message in str(raised.value)
    assert "kiln.json" in str(raised.value)


def test_words_are_put_back(tmp_path: Path) -> None:
    whole = load_gold(written(tmp_path, gold()))
    bare = load_gold(written(tmp_path, withheld()))
    assert bare.withheld
    assert restored(bare, TEXT).claims == whole.claims


def test_a_surface_that_stands_nowhere_stays_empty(tmp_path: Path) -> None:
    bare = withheld()
    bare["claims"][0]["time"] = {"surface": "", "start": None, "end": None}
    time = restored(load_gold(written(tmp_path, bare)), TEXT).claims[0].time
    assert time is not None
    assert time.surface == ""


def test_a_changed_text_is_refused(tmp_path: Path) -> None:
    bare = load_gold(written(tmp_path, withheld()))
    with pytest.raises(InputError, match=r"the text of 'kiln' has SHA-256 \w{12}\.\.\., the one"):
        restored(bare, TEXT.replace("\r\n", "\n"))


@pytest.mark.parametrize("name", ["kiln.txt", "kiln.html", "renamed-by-somebody.txt"])
def test_a_text_is_found_by_name_id_or_hash(tmp_path: Path, name: str) -> None:
    bare = load_gold(written(tmp_path, withheld()))
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "other.txt").write_bytes(b"Another text.")
    (folder / name).write_bytes(TEXT.encode())
    case = TextFolder(folder).case(bare)
    assert (case.text, case.path) == (TEXT, folder / name)
    assert not case.gold.withheld


@pytest.mark.parametrize(
    ("name", "content", "messages"),
    [
        ("kilm.txt", b"Other.", ["no text for 'kiln'", "expected 'kiln.txt' (SHA-256 ",
                                 "did you mean 'kilm.txt'?", "--texts DIR"]),
        ("kiln.txt", b"Other.", ["is not the one that was labelled", "expected ", "--texts DIR"]),
    ],
)  # fmt: skip
def test_a_text_that_is_missing_or_changed(
    tmp_path: Path, name: str, content: bytes, messages: list[str]
) -> None:
    bare = load_gold(written(tmp_path, withheld()))
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / name).write_bytes(content)
    with pytest.raises(InputError) as raised:
        TextFolder(folder).case(bare)
    assert [part for part in messages if part not in str(raised.value)] == []
    assert repr(str(folder)) in str(raised.value)


def test_no_folder_of_texts(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"there is no folder '.*none'.*--texts DIR"):
        TextFolder(tmp_path / "none")


@given(st.permutations(list(gold())), st.permutations(list(claim())))
def test_layout_does_not_change_the_canonical_form(keys: list[str], fields: list[str]) -> None:
    whole, one = gold(), claim()
    turned = {key: whole[key] for key in keys}
    turned["claims"] = [{field: one[field] for field in fields}]
    assert canonical(Gold.model_validate(turned)) == canonical(Gold.model_validate(whole))


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("offsets", ROOT / "evals" / "offsets.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_script_leaves_out_every_word(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "kiln.txt").write_bytes(TEXT.encode())
    written(tmp_path, gold())
    out = tmp_path / "out"
    call = ["offsets.py", str(tmp_path), str(out), "--texts", str(texts)]
    monkeypatch.setattr(sys, "argv", call)
    script.main()
    made = json.loads((out / "kiln.json").read_text("utf-8"))
    expected = withheld()
    del expected["title"]
    assert made == expected


def _words_of_others(path: Path) -> str:
    """A file of the shipped seeds without what its labellers wrote in words of their own."""
    if path.suffix != ".json":
        return path.read_text("utf-8")
    data = json.loads(path.read_text("utf-8"))
    for item in data["claims"]:
        for field in ("text", "source", "via"):
            del item[field]
        for quantity in item["quantities"]:
            del quantity["unit"]
    return json.dumps(data, ensure_ascii=False)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the texts of the seeds are not here")
def test_the_seeds_hold_no_stretch_of_their_texts() -> None:
    texts = [path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    stretches = {text[at : at + 25] for text in texts for at in range(len(text) - 24)}
    shipped = [path for path in (ROOT / "evals" / "seeds").rglob("*") if path.is_file()]
    assert len(shipped) == 7
    for path in shipped:
        words = _words_of_others(path)
        copied = {words[at : at + 25] for at in range(len(words) - 24)} & stretches
        assert copied == set(), path.name


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the texts of the seeds are not here")
def test_the_seeds_get_their_words_back() -> None:
    cases = list(load_suite(ROOT / "evals" / "seeds", SEEDS).cases())
    assert len(cases) == 5
    for case in cases:
        labelled = load_gold(SHARED / "gold" / "dev" / f"{case.gold.id}.json")
        assert case.gold.claims == labelled.claims
        assert case.gold.main_text == labelled.main_text
