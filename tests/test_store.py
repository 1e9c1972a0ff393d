"""Scores on disk: whole or not at all, and every fault of the file named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from evaluation_data import GOLD, SIGNATURE, case_score, ferry_case, stored

from summarise.errors import InputError, RecordError
from summarise.evaluation.metrics import COUNTERS
from summarise.evaluation.results import CaseScore
from summarise.evaluation.score import Prediction, failed, score
from summarise.evaluation.store import SCORES, Scores, in_both, names_of, write_scores

CASES = [
    failed(ferry_case(name="a"), "line\nbreak \u2028 and \x85 in it"),
    score(ferry_case(name="b"), Prediction(GOLD)),
    score(ferry_case(name="c", gold=()), Prediction(())),
]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    for scores in (stored(tmp_path / "deep" / SCORES, CASES), Scores(tmp_path / "deep")):
        assert list(scores.cases()) == list(scores.cases()) == CASES
        assert scores.signature == SIGNATURE.model_copy(update={"cases": 3})
    assert sorted(path.name for path in (tmp_path / "deep").iterdir()) == [SCORES]


def test_the_table_of_counts(tmp_path: Path) -> None:
    ids, counts = stored(tmp_path / SCORES, CASES).table()
    assert ids == ["a", "b", "c"]
    assert counts.shape == (3, len(COUNTERS))
    assert counts[:, COUNTERS.index("gold")].tolist() == [2, 2, 0]


def test_scores_of_nothing(tmp_path: Path) -> None:
    ids, counts = stored(tmp_path / SCORES, []).table()
    assert (ids, counts.shape) == ([], (0, len(COUNTERS)))


def lines_of(tmp_path: Path) -> list[str]:
    with stored(tmp_path / SCORES, CASES).path.open(encoding="utf-8") as lines:
        return list(lines)


HEAD = "holds no scores; expected a file that `summarise eval score`"


@pytest.mark.parametrize(
    ("first", "message"),
    [
        ("", HEAD),
        ("\n", HEAD),
        ("{", HEAD),
        ("[]", HEAD),
        ("3", HEAD),
        ("null", HEAD),
        ("{}", HEAD),
        ('{"format": "summarise-scores/1"}', HEAD),
        ('{"format": "summarise-scores/1", "signature": {"suite": "x"}}', HEAD),
        ('{"format": "summarise-scores/9"}', "has the format 'summarise-scores/9'; this version"),
    ],
)
def test_a_first_line_that_is_no_signature(tmp_path: Path, first: str, message: str) -> None:
    path = tmp_path / SCORES
    path.write_text(first, "utf-8")
    with pytest.raises(RecordError) as raised:
        Scores(path)
    assert message in str(raised.value)


def test_a_last_line_cut_off(tmp_path: Path) -> None:
    whole = "".join(lines_of(tmp_path))
    (tmp_path / SCORES).write_text(whole[:-40], "utf-8")
    with pytest.raises(RecordError, match=r"scores\.jsonl', line 4, 'line': Invalid JSON"):
        list(Scores(tmp_path).cases())


def test_a_file_cut_off_between_two_lines(tmp_path: Path) -> None:
    (tmp_path / SCORES).write_text("".join(lines_of(tmp_path)[:-1]), "utf-8")
    with pytest.raises(RecordError, match="is cut short: it holds 2 cases of 3"):
        Scores(tmp_path).table()


@pytest.mark.parametrize(
    ("order", "message"),
    [
        ((0, 2, 1, 3), "line 3: case 'a' stands after 'b'; expected each case once"),
        ((0, 1, 1, 2), "line 3: case 'a' stands after 'a'; expected each case once"),
    ],
    ids=["unsorted", "twice"],
)
def test_cases_out_of_order(tmp_path: Path, order: tuple[int, ...], message: str) -> None:
    lines = lines_of(tmp_path)
    (tmp_path / SCORES).write_text("".join(lines[number] for number in order), "utf-8")
    with pytest.raises(RecordError) as raised:
        list(Scores(tmp_path).cases())
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("\n", "line"),
        ("[]", "line"),
        ('{"id": "a"}', "status"),
        ('{"id": "a", "status": "fine"}', "status"),
        ('{"id": "a", "status": "scored", "counts": {"gold": "two"}}', "counts.gold"),
        ('{"id": "a", "status": "scored", "colour": 3}', "colour"),
    ],
)
def test_a_line_that_is_no_case(tmp_path: Path, line: str, place: str) -> None:
    (tmp_path / SCORES).write_text(lines_of(tmp_path)[0] + line + "\n", "utf-8")
    with pytest.raises(RecordError, match=f"line 2, {place!r}: .*expected the score of a case"):
        list(Scores(tmp_path).cases())


@pytest.mark.parametrize("name", ["gone.jsonl", "gone/scores.jsonl"])
def test_no_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="cannot be read: No such file or directory; `summarise"):
        Scores(tmp_path / name)


def test_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / SCORES).write_bytes(b"\xff\xfe{}")
    with pytest.raises(InputError, match="cannot be read: it is not UTF-8"):
        Scores(tmp_path)


# --------------------------------------------------------------------------------------- writing


class HaltError(Exception):
    """Ends a run in the middle."""


def ending_early(error: BaseException) -> Iterator[CaseScore]:
    yield CASES[0]
    raise error


@pytest.mark.parametrize(
    "error", [HaltError(), KeyboardInterrupt(), RecordError("broken"), OSError(28)]
)
@pytest.mark.parametrize("before", [True, False], ids=["scores before", "none before"])
def test_a_run_that_ends_early_leaves_what_was_there(
    tmp_path: Path, error: BaseException, before: bool
) -> None:
    path = tmp_path / SCORES
    old = stored(path, CASES).path.read_bytes() if before else None
    expected = InputError if isinstance(error, OSError) else type(error)
    with pytest.raises(expected):
        write_scores(path, SIGNATURE, ending_early(error))
    assert [one.name for one in tmp_path.iterdir()] == ([SCORES] if before else [])
    assert old is None or path.read_bytes() == old


@pytest.mark.parametrize("place", ["file/scores.jsonl", "folder"])
def test_a_place_that_cannot_be_written(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    (tmp_path / "folder" / "within").mkdir(parents=True)
    with pytest.raises(InputError, match="cannot be written: "):
        write_scores(tmp_path / place, SIGNATURE, CASES)
    assert (tmp_path / "file").read_text("utf-8") == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


def test_scores_may_be_written_over_themselves(tmp_path: Path) -> None:
    """As `gate --accept` does where the result is the baseline."""
    scores = stored(tmp_path / SCORES, CASES)
    write_scores(scores.path, scores.signature, scores.cases())
    assert list(Scores(tmp_path).cases()) == CASES


def test_one_line_a_case(tmp_path: Path) -> None:
    lines = lines_of(tmp_path)
    assert len(lines) == 4
    assert [json.loads(line).get("id") for line in lines] == [None, "a", "b", "c"]


# ------------------------------------------------------------------------------------ side by side


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ("", "", []),
        ("a", "", ["a-"]),
        ("", "a", ["-a"]),
        ("abc", "abc", ["aa", "bb", "cc"]),
        ("acd", "bce", ["a-", "-b", "cc", "d-", "-e"]),
    ],
)
def test_cases_side_by_side(tmp_path: Path, old: str, new: str, pairs: list[str]) -> None:
    one, other = (
        stored(tmp_path / f"{name}.jsonl", [case_score(letter) for letter in letters])
        for name, letters in (("old", old), ("new", new))
    )
    found = [(a.id if a else "-") + (b.id if b else "-") for a, b in in_both(one, other)]
    assert found == pairs


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([], ""),
        (["a"], "'a'"),
        (list("abcde"), "'a', 'b', 'c', 'd', 'e'"),
        (list("abcdefg"), "'a', 'b', 'c', 'd', 'e' and 2 more"),
    ],
)
def test_a_few_names(values: list[str], shown: str) -> None:
    assert names_of(values) == shown
