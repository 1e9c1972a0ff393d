"""Predictions of anyone: what is read, what is refused, and how they say that they were made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from evaluation_data import GOLD, RUN, as_json, write_json, write_predictions, write_suite

from summarise import __version__
from summarise.errors import InputError, RecordError, SummariseError
from summarise.evaluation.match import MATCHER
from summarise.evaluation.predictions import (
    Predictions,
    sampling,
    save,
    scored,
    signature,
    statuses,
)
from summarise.evaluation.score import Prediction
from summarise.evaluation.suite import load_suite
from summarise.records import LedgerLine

LINE = {"where": [0, 4], "what": "no claim", "why": "a heading"}


def got(where: Path, data: object) -> Prediction | str:
    write_json(where / "one.json", data)
    return Predictions(where).get("one")


# --------------------------------------------------------------------------------------- reading


@pytest.mark.parametrize(
    "data",
    [
        as_json(GOLD),
        {"claims": as_json(GOLD)},
        {"claims": as_json(GOLD), "run": None, "ledger": None, "score": 0.3, "id": 4},
        {"claims": [one | {"logprob": -1.5} for one in as_json(GOLD)]},
    ],
    ids=["a bare list", "an object", "nothing told", "fields of its own"],
)
def test_claims_of_anyone(tmp_path: Path, data: object) -> None:
    assert got(tmp_path, data) == Prediction(GOLD)


def test_claims_with_the_least_that_a_claim_has(tmp_path: Path) -> None:
    found = got(tmp_path, [{"text": "The ferry sank."}, {"text": "The pier closed."}])
    assert isinstance(found, Prediction)
    assert [(one.id, one.source, one.certainty) for one in found.claims] == [
        ("c01", None, "certain"),
        ("c02", None, "certain"),
    ]


def test_run_and_ledger(tmp_path: Path) -> None:
    found = got(tmp_path, {"claims": [], "run": RUN | {"gpu": "none"}, "ledger": [LINE]})
    assert isinstance(found, Prediction)
    assert found.run
    assert (found.run.model, found.run.calls, found.run.replayed) == ("m", 4, False)
    assert found.ledger == (LedgerLine(where=(0, 4), what="no claim", why="a heading"),)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({"error": "out of memory"}, "out of memory"),
        ({"error": None}, "None"),
        ({"error": "x", "claims": []}, Prediction(())),
    ],
)
def test_an_article_that_failed(tmp_path: Path, data: object, found: object) -> None:
    assert got(tmp_path, data) == found


def claim_with(**fields: Any) -> dict[str, Any]:
    return {"claims": [{"id": "c07", "text": "The ferry sank.", **fields}]}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (3, "one.json' holds no list of claims (found int)"),
        ({}, "one.json' holds no list of claims (found fields [])"),
        ({"claim": []}, "found fields ['claim']"),
        ({"claims": {}}, "found fields ['claims']"),
        ({"claims": ["The ferry sank."]}, "claim number 1: expected an object"),
        (claim_with(text=3), "claim 'c07', field 'text': Input should be a valid string"),
        (claim_with(certainty="sure"), "claim 'c07', field 'certainty': Input should be 'certain'"),
        (claim_with(evidence=[{"start": -1, "end": 4, "quote": "x"}]), "field 'evidence.0.start'"),
        (claim_with(evidence="The ferry"), "claim 'c07', field 'evidence'"),
        (claim_with(time={"surface": "then", "start": "May"}), "field 'time.start'"),
        (claim_with(quantities=[{"surface": "4", "low": "four"}]), "field 'quantities.0.low"),
        (claim_with(via="Osk Radio"), "claim 'c07', field 'via'"),
        (claim_with(text="half \ud83d"), "holds half of a character, '\\ud83d'"),
        (claim_with() | {"run": {"model": "m"}}, "field 'run.prompt': Field required"),
        (claim_with() | {"run": RUN | {"calls": "many"}}, "field 'run.calls': Input should be a"),
        (claim_with() | {"run": "m"}, "field 'run': Input should be a valid dictionary"),
        (claim_with() | {"ledger": [{}]}, "field 'ledger.0.where': Field required"),
        (claim_with() | {"ledger": {}}, "field 'ledger': Input should be a valid tuple"),
    ],
)
def test_what_is_no_prediction_is_refused(tmp_path: Path, data: object, message: str) -> None:
    with pytest.raises(RecordError) as raised:
        got(tmp_path, data)
    assert message in str(raised.value)
    assert "one.json'" in str(raised.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is not JSON"),
        (b'{"claims": [', "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b'{"claims": "\xff"}', "is not JSON"),
        (b"\x00\x01", "is not JSON"),
        (b"[1" + b"0" * 5000 + b"]", "is not JSON"),
    ],
    ids=["empty", "cut off", "nested", "not UTF-8", "binary", "a number of 5,000 digits"],
)
def test_what_is_no_json_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "one.json").write_bytes(content)
    with pytest.raises(RecordError, match=message):
        Predictions(tmp_path).get("one")


def test_a_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "one.json").mkdir()
    with pytest.raises(RecordError, match=r"cannot read '.*one\.json': Is a directory"):
        Predictions(tmp_path).get("one")


def test_a_missing_case_names_the_nearest(tmp_path: Path) -> None:
    write_predictions(tmp_path, {"ferry-1": GOLD, "weir-1": GOLD})
    with pytest.raises(InputError) as raised:
        Predictions(tmp_path).get("ferry-2")
    assert "no prediction for case 'ferry-2'" in str(raised.value)
    assert "did you mean 'ferry-1'? (2 files there)" in str(raised.value)
    assert "add 'ferry-2.json'" in str(raised.value)


def test_no_predictions_at_all(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"there are no predictions '.*gone'; expected a folder"):
        Predictions(tmp_path / "gone").get("one")


def test_a_single_file_is_the_prediction_of_a_single_case(tmp_path: Path) -> None:
    suite = load_suite(write_suite(tmp_path / "suite"))
    where = write_json(tmp_path / "any.json", as_json(GOLD))
    (found,) = scored(suite, Predictions(where), only=("two",))
    assert (found.id, len(found.pairs)) == ("two", 2)
    with pytest.raises(InputError, match=r"any\.json' is one file, and 2 cases are asked for"):
        save(suite, Predictions(where), tmp_path / "out", None, None)


# ------------------------------------------------------------------------------------- signature


def test_how_predictions_were_made(tmp_path: Path) -> None:
    suite = load_suite(write_suite(tmp_path / "suite"))
    made = signature(
        suite, Predictions(write_predictions(tmp_path / "p", {"one": GOLD, "two": GOLD}, RUN))
    )
    assert (made.suite, made.cases, made.matcher) == ("suite", 2, MATCHER)
    assert (made.model, made.prompt, made.prompt_sha256) == ("m", "p", "e3")
    assert made.library == __version__
    assert made.gold_sha256 == suite.gold_sha256()
    assert f"|model:m|prompt:p@e3|sampling:{sampling('m')}|" in str(made)


def test_predictions_that_do_not_tell(tmp_path: Path) -> None:
    suite = load_suite(write_suite(tmp_path / "suite"))
    made = signature(
        suite, Predictions(write_predictions(tmp_path / "p", {"one": GOLD, "two": GOLD}))
    )
    assert (made.model, made.prompt, made.sampling) == ("unknown", "unknown", "unknown")


@pytest.mark.parametrize("field", ["model", "prompt", "prompt_sha256"])
def test_predictions_of_two_runs_are_refused(tmp_path: Path, field: str) -> None:
    suite = load_suite(write_suite(tmp_path / "suite"))
    write_predictions(tmp_path / "p", {"one": GOLD}, RUN)
    write_predictions(tmp_path / "p", {"two": GOLD}, RUN | {field: "other"})
    with pytest.raises(RecordError) as raised:
        save(suite, Predictions(tmp_path / "p"), tmp_path / "out", None, None)
    assert "are of 2 different runs: 'one' by 'm' with p@e3, 'two' by" in str(raised.value)
    assert not (tmp_path / "out").exists()
    assert signature(suite, Predictions(tmp_path / "p"), only=("two",)).cases == 1


# ---------------------------------------------------------------------------------------- scoring


def test_scores_of_a_suite(tmp_path: Path) -> None:
    suite = load_suite(write_suite(tmp_path / "suite"))
    write_predictions(tmp_path / "p", {"one": GOLD}, RUN)
    write_json(tmp_path / "p" / "two.json", {"error": "out of memory"})
    scores = save(suite, Predictions(tmp_path / "p"), tmp_path / "out", None, None)
    one, two = scores.cases()
    assert (one.status, two.status, two.why) == ("scored", "failed", "out of memory")
    assert statuses(scores.cases()) == {"scored": 1, "failed": 1, "unscored": 0}
    played = [case.model_copy(update={"counts": {"replayed": 1.0}}) for case in scores.cases()]
    assert statuses(played) == {"scored": 1, "failed": 1, "unscored": 0, "replayed": 2}
    assert scores.signature.model == "m"
    assert [one] == list(scored(suite, Predictions(tmp_path / "p"), only=("one",)))


@pytest.mark.parametrize("fault", ['{"claims": [', '{"claims": 3}', None])
def test_a_fault_in_the_last_case_leaves_the_old_scores(tmp_path: Path, fault: str | None) -> None:
    suite = load_suite(write_suite(tmp_path / "suite"))
    write_predictions(tmp_path / "p", {"one": GOLD, "two": GOLD})
    out = tmp_path / "out"
    before = save(suite, Predictions(tmp_path / "p"), out, None, None).path.read_bytes()
    last = tmp_path / "p" / "two.json"
    last.unlink() if fault is None else last.write_text(fault, "utf-8")
    with pytest.raises(SummariseError):
        save(suite, Predictions(tmp_path / "p"), out, None, None)
    assert [path.name for path in out.iterdir()] == ["scores.jsonl"]
    assert (out / "scores.jsonl").read_bytes() == before


def test_a_text_that_changed_is_no_score(tmp_path: Path) -> None:
    folder = write_suite(tmp_path / "suite")
    label = json.loads((folder / "gold" / "two.json").read_text("utf-8"))
    write_json(folder / "gold" / "two.json", label | {"sha256": "0" * 64})
    write_predictions(tmp_path / "p", {"one": GOLD, "two": GOLD})
    with pytest.raises(InputError, match="is not the one that was labelled"):
        save(load_suite(folder), Predictions(tmp_path / "p"), tmp_path / "out", None, None)
    assert not list((tmp_path / "out").glob("*"))
