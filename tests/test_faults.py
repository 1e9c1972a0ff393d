"""Faults of gold files: each kind with its own message and mend, and none where there is none."""

from __future__ import annotations

import copy
import importlib.util
import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.errors import InputError
from summarise.evaluation.fault import Fault
from summarise.evaluation.faults import check, faults
from summarise.evaluation.gold import digest
from summarise.evaluation.suite import About

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("SUMMARISE_SHARED", ROOT.parent / "shared"))

TEXT = (
    "MENU Home | Weather\n"
    "Nine barges sink at Osk lock\n\n"
    "At least nine barges sank at Osk lock on Monday, harbour master Ida Renn told Canal Radio. "
    "About 40 sailors were rescued. The lock, built by the <b>Lower Osk</b> Company, may not open "
    "before June, Renn said.\n"
    "The regional government has set aside £1.6 million to raise the barges, and a further three "
    "cranes will be sent from the coast. The mayor of Osk, Petr Vale, visited the lock and thanked "
    "the crews who had worked through the night in heavy rain. He promised help to their families, "
    "a new siren at the gates, and better lights along both banks of the canal below the town.\n"
)  # fmt: skip
FIRST = "At least nine barges sank at Osk lock on Monday, harbour master Ida Renn told Canal Radio"
SECOND = "About 40 sailors were rescued"
THIRD = "may not open before June, Renn said"
START = TEXT.index("Nine barges")


def span(quote: str) -> dict[str, Any]:
    start = TEXT.index(quote)
    return {"start": start, "end": start + len(quote), "quote": quote}


def claim(name: str, text: str, quote: str, **fields: Any) -> dict[str, Any]:
    return {
        "id": name,
        "text": text,
        "evidence": [span(quote)],
        "source": None,
        "via": [],
        "certainty": "certain",
        "polarity": "positive",
        "time": None,
        "quantities": [],
    } | fields


def gold() -> dict[str, Any]:
    return {
        "id": "barges",
        "title": "Nine barges sink at Osk lock",
        "outlet": None,
        "published": "2025-03-04",
        "labeller": "a",
        "file": "barges.txt",
        "main_text": [[START, len(TEXT)]],
        "claims": [
            claim(
                "c01",
                "At least 9 barges sank at Osk lock on Monday, March 3, 2025.",
                FIRST,
                source="Ida Renn",
                via=["Canal Radio"],
                time={"surface": "on Monday", "start": "2025-03-03", "end": "2025-03-03"},
                quantities=[{"surface": "At least nine", "low": 9, "high": None, "unit": "barges"}],
            ),
            claim(
                "c02",
                "About 40 sailors were rescued from the barges at Osk lock.",
                SECOND,
                quantities=[
                    {
                        "surface": "About 40",
                        "low": 40,
                        "high": 40,
                        "unit": "sailors",
                        "approx": True,
                    }
                ],
            ),
            claim(
                "c03",
                "Osk lock may not open before June 2025.",
                THIRD,
                source="Ida Renn",
                certainty="possible",
                polarity="negative",
                time={"surface": "before June", "start": None, "end": "2025-05-31"},
            ),
        ],
    }


def test_good_gold_has_no_fault() -> None:
    assert faults(gold(), TEXT) == []


Change = Callable[[dict[str, Any]], object]


def put(path: str, value: object) -> Change:
    """Sets a field of the gold: "claims.0.source"."""
    *parents, last = path.split(".")

    def change(data: Any) -> None:
        for part in parents:
            data = data[int(part) if part.isdigit() else part]
        data[int(last) if last.isdigit() else last] = value

    return change


def drop(path: str) -> Change:
    *parents, last = path.split(".")

    def change(data: Any) -> None:
        for part in parents:
            data = data[int(part) if part.isdigit() else part]
        del data[last]

    return change


def again(name: str, **fields: Any) -> Change:
    """Adds the second claim once more."""
    return lambda data: data["claims"].append(
        copy.deepcopy(data["claims"][1]) | fields | {"id": name}
    )


MOVED = span(FIRST) | {"start": START, "end": START + len(FIRST)}
ABSENT = {"start": START, "end": START + 21, "quote": "About 40 sailor was rescued"}
PLACE = span(SECOND)["start"]
LATER = TEXT.index("The regional")
SINKING = {"surface": "on Monday", "start": "2025-03-03", "end": "2025-03-03"}

ERRORS: list[tuple[str, Change, str, str]] = [
    ("type", put("published", "4 March"), "got '4 March'", 'write a day as "YYYY-MM-DD"'),
    ("type", put("main_text", [[1]]), "got [[1]]", "write a list of [start, end]"),
    ("type", put("claims.0", "c01"), "claim number 1 is 'c01'", "write an object"),
    ("type", put("claims.0.via", "Canal Radio"), "got 'Canal Radio'", "write a list of names"),
    ("type", put("claims.0.evidence.0.start", "5"), "got '5'", "write a character offset"),
    ("type", put("claims.0.evidence.0.end", True), "got True", "write a character offset"),
    ("type", put("claims.1.quantities.0.low", "40"), "got '40'", "without quotes"),
    ("type", put("claims.1.quantities.0.approx", 1), "got 1", "write true"),
    ("type", put("claims.0.time.start", "2025-02-30"), "got '2025-02-30'", "write a day"),
    ("missing-field", drop("main_text"), "'main_text' is missing", "write a list of"),
    ("missing-field", drop("claims.1.via"), "'via' is missing", "[] where there is none"),
    ("missing-field", drop("claims.1.polarity"), "'polarity' is missing", "positive, negative"),
    ("missing-field", drop("claims.0.evidence.0.quote"), "'quote' is missing", "write the words"),
    ("unknown-field", put("titel", "x"), "no field 'titel'; did you mean 'title'?", "take it out"),
    ("unknown-field", put("claims.1.sauce", "x"), "'sauce'; did you mean 'source'?", "take it out"),
    ("unknown-field", put("claims.0.time.form", "x"), "there is no field 'form'", "take it out"),
    ("certainty", put("claims.1.certainty", "likely"), "did you mean 'probable'?", "write one of"),
    ("certainty", put("claims.1.certainty", "Certain"), "did you mean 'certain'?", "write one of"),
    ("polarity", put("claims.1.polarity", "negativ"), "did you mean 'negative'?", "write one of"),
    ("no-evidence", put("claims.1.evidence", []), "no evidence", "add the span"),
    ("misquoted", put("claims.0.evidence.0", MOVED), "is not the text at",
     f"it stands at {span(FIRST)['start']}-{span(FIRST)['end']}: write those"),
    ("misquoted", put("claims.1.evidence.0", ABSENT), "is not the text at",
     "the nearest words are 'About 40 sailors were rescued' at"),
    ("offsets", put("claims.1.evidence.0.end", 9999), "ends after the text, which has",
     f"it stands at {PLACE}-{PLACE + len(SECOND)}"),
    ("offsets", put("claims.1.evidence.0.end", 3), "ends before it starts", "it stands at"),
    ("offsets", put("claims.1.evidence.0.end", PLACE), "is empty", "it stands at"),
    ("outside", put("claims.1.evidence", [span(SECOND), span("Home | Weather")]),
     "'Home | Weather' at 5-19 lies outside main_text", "quote it from the article proper"),
    ("evidence-overlap", put("claims.1.evidence", [span(SECOND), span("40 sailors")]),
     "overlaps another of this claim", "make one span of the two"),
    ("blanks", put("claims.1.evidence", [span(SECOND + ".")  | {}, span(" Renn said.\n")]),
     "starts or ends with blanks", "write "),
    ("inside-word", put("claims.1.evidence", [span("About 40 sailors were rescue")]),
     "'About 40 sailors were rescue' is cut inside a word", "'About 40 sailors were rescued'"),
    ("tag", put("claims.1.evidence", [span(SECOND), span("the <b>Lower Osk</b> Company")]),
     "holds the tag '<b>'", "write a span for each side"),
    ("main-text", put("main_text", [[START, 9999]]), "ends after the text",
     f"end it at {len(TEXT)}"),
    ("main-text", put("main_text", [[START, len(TEXT)], [5, 5]]), "5-5 is empty", "end exclusive"),
    ("main-text", put("main_text", [[START, len(TEXT)], [START, START + 9]]),
     "starts before the one before it ends", "in order, and none over another"),
    ("no-main-text", put("main_text", []), "no main text", "write where the article stands"),
    ("figure", put("claims.1.text", "About 41 sailors were rescued."),
     "the figure '41' is in no evidence", "write the figure of the evidence"),
    ("figure", put("claims.1.text", "About 40 sailors left three barges."),
     "the figure 'three' is in no evidence (it is elsewhere in the article)", "add the span"),
    ("surface", put("claims.1.quantities.0.surface", "About forty"),
     "'About forty' is not in the evidence", "write the words of the evidence"),
    ("surface", put("claims.1.quantities.0.surface", "three"), "(it stands at ", "add the span"),
    ("surface", put("claims.0.time.surface", "Tuesday"), "'Tuesday' is not in the", "add the span"),
    ("low-high", put("claims.1.quantities.0.low", 50), "low 50 above high 40", "write low 40"),
    ("low-high", put("claims.0.quantities.0.low", None), "neither low nor high",
     "what it comes to"),
    ("unit", put("claims.1.quantities.0.unit", ""), "'About 40' has no unit", "what it counts"),
    ("approx", drop("claims.1.quantities.0.approx"), "'About 40' says 'About'", '"approx": true'),
    ("bound", put("claims.0.quantities.0.high", 9), "'At least', but high is 9", "write high null"),
    ("bound", put("claims.0.quantities.0", {"surface": "nine", "low": 9, "high": 9, "unit": "x"}),
     "'At least nine' says 'At least', but high is 9", "write high null"),
    ("value", put("claims.0.quantities.0.low", 19), "'At least nine' does not mean 19",
     "write low 9, high None"),
    ("start-end", put("claims.0.time.end", "2025-03-01"), "starts on 2025-03-03 after its end",
     "write the earlier day as start"),
    ("undated", put("published", None), "'on Monday' is given as 2025-03-03, but the article has",
     "write null for start and end"),
    ("double", again("c04", text="About 40 sailors were rescued from the barges at Osk lock"),
     "it says the same as 'c02', from the same source", "keep one, with the evidence of both"),
    ("double-id", again("c02", text="Some 40 sailors lived."), "the id 'c02' comes twice",
     "c01, c02"),
    ("no-stop", put("claims.1.text", "About 40 sailors were rescued"), "has no final stop",
     "end it"),
    ("pronoun", put("claims.1.text", "They rescued about 40 sailors."), "begins with 'They'",
     "write the name"),
    ("name", put("claims.2.source", "she"), "'she' is a pronoun", "write the fullest name"),
    ("title", put("claims.2.source", "the Mayor"), "'the Mayor' is a title without a name",
     "write the fullest name"),
    ("unnamed", put("claims.2.source", "Otto Quist"), "'Otto Quist' are not in the article",
     "write the name as the article gives it"),
    ("via-source", put("claims.2.via", ["ida renn"]), "via holds the source, 'Ida Renn'",
     "take it"),
    ("via-source", put("claims.2.via", ["Canal Radio"] * 2), "names one twice", "name each once"),
]  # fmt: skip

WARNINGS: list[tuple[str, Change, str, str]] = [
    ("no-claims", put("claims", []), "main text with no claim at all", "label its claims"),
    ("no-claims", put("main_text", [[START, LATER], [LATER, len(TEXT)]]),
     "holds no evidence of any claim", "page noise"),
    ("no-quantity", put("claims.0.quantities", []), "'At least 9' has no quantity", "add it"),
    ("weekday", put("claims.0.time", SINKING | {"start": "2025-03-02", "end": "2025-03-02"}),
     "'on Monday' is given as 2025-03-02, a Sunday", "write the Monday"),
    ("reading", put("claims.2.time.end", "2023-05-31"),
     "counted from 2025-03-04 it comes to open to 2025-05-31", "check the days"),
    ("approx", put("claims.0.quantities.0", {"surface": "Monday", "low": 9, "high": 9, "unit": "x",
                                             "approx": True}),
     "'Monday' is approx, but no word says so", "leave approx out"),
    ("frame", put("claims.1.text", "Ida Renn said that about 40 sailors were rescued."),
     "the frame 'said that'", "who said it as source"),
    ("no-negation", put("claims.1.polarity", "negative"), "the text denies nothing",
     "write positive"),
    ("negation", put("claims.2.polarity", "positive"), "the text says 'not'", "write negative"),
    ("no-doubt", put("claims.0.certainty", "probable"), "voices doubt", "write certain"),
    ("title", put("claims.2.source", "President Ida Renn"), "'President Ida Renn' has a title",
     "write 'Ida Renn'"),
    ("unnamed", put("claims.2.source", "Ida Brenn"), "it has no 'brenn'",
     "as the article gives it"),
    ("double", again("c04", text="Sailors numbering about 40 got away."),
     "it has the evidence and the figures of 'c02'", "if they say one thing"),
    ("id-order", put("claims.1.id", "c09"), "the id 'c03' comes after 'c09'", "as they come"),
]  # fmt: skip


def found(kind: str, change: Change) -> list[Fault]:
    data = gold()
    change(data)
    return [fault for fault in faults(data, TEXT) if fault.kind == kind]


@pytest.mark.parametrize(("kind", "change", "message", "mend"), ERRORS)
def test_an_error_has_its_message_and_mend(
    kind: str, change: Change, message: str, mend: str
) -> None:
    (fault, *_) = found(kind, change)
    assert fault.level == "error"
    assert message in fault.message
    assert mend in fault.mend


@pytest.mark.parametrize(("kind", "change", "message", "mend"), WARNINGS)
def test_a_warning_has_its_message_and_mend(
    kind: str, change: Change, message: str, mend: str
) -> None:
    (fault, *_) = found(kind, change)
    assert fault.level == "warning"
    assert message in fault.message
    assert mend in fault.mend


@pytest.mark.parametrize(
    "change",
    [
        put("claims.0.text", "At least nine barges sank at Osk lock on Monday."),
        put("claims.1.text", "It was not clear whether 40 sailors had been rescued."),
        put("claims.2.source", "Renn"),
        put("claims.2.source", "crews"),
        put("claims.0.quantities.0.surface", "nine"),
        put("settled", [{"claim": "c01", "decision": "One claim."}]),
        put("claims.2.time", None),
        put("title", None),
    ],
)  # fmt: skip
def test_what_is_no_error(change: Change) -> None:
    data = gold()
    change(data)
    assert [fault for fault in faults(data, TEXT) if fault.level == "error"] == []


def test_a_fault_in_a_line() -> None:
    (fault,) = found("unit", put("claims.1.quantities.0.unit", " "))
    assert str(fault) == (
        "error: c02, quantities.0.unit: 'About 40' has no unit; write what it counts or measures"
    )


def test_the_date_of_the_meta_data_counts() -> None:
    data = gold() | {"published": None}
    assert faults(data, TEXT, About(published=date(2025, 3, 4))) == []


def test_withheld_gold_is_checked_with_its_text() -> None:
    data = gold() | {"sha256": digest(TEXT.encode())}
    for item in data["claims"]:
        for part in [*item["quantities"], *([item["time"]] if item["time"] else [])]:
            at = TEXT.index(part["surface"], item["evidence"][0]["start"])
            part |= {"surface": None, "at": [at, at + len(part.get("surface") or "")]}
        del item["evidence"][0]["quote"]
    assert [fault for fault in faults(data, TEXT) if fault.kind != "surface"] == []
    data["claims"][1]["text"] = "About 41 sailors were rescued."
    assert "figure" in {fault.kind for fault in faults(data, TEXT)}


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 999) | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*gold(), *gold()["claims"][0], "start"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)


@given(VALUES)
def test_no_json_breaks_the_check(data: object) -> None:
    assert all(fault.message and fault.mend for fault in faults(data, TEXT))


@given(st.sampled_from(["id", "text", "evidence", "via", "time", "quantities"]), VALUES)
def test_no_field_breaks_the_check(field: str, value: object) -> None:
    data = gold()
    data["claims"][1][field] = value
    assert all(fault.message and fault.mend for fault in faults(data, TEXT))


def make(folder: Path, data: object, text: str = TEXT) -> Path:
    for part in ("gold", "texts"):
        (folder / part).mkdir(parents=True)
    content = data if isinstance(data, str) else json.dumps(data)
    (folder / "gold" / "barges.json").write_text(content, "utf-8")
    (folder / "texts" / "barges.txt").write_text(text, "utf-8")
    return folder


def test_a_suite_a_folder_and_a_file_are_checked(tmp_path: Path) -> None:
    folder = make(tmp_path / "s", gold())
    path = folder / "gold" / "barges.json"
    for where in (folder, path):
        assert list(check(where)) == [(path, [])]
    put("claims.1.quantities.0.unit", "")(data := gold())
    path.write_text(json.dumps(data), "utf-8")
    ((_, [fault]),) = check(folder)
    assert fault.kind == "unit"


@pytest.mark.parametrize(
    ("data", "kind", "message"),
    [
        ('{"id": ', "json", "not JSON: Expecting value"),
        ([], "type", "the file holds a list, not an object"),
        (gold() | {"id": "barge"}, "file-id", "the id 'barge' is not the file's name"),
        (gold() | {"sha256": "0" * 64}, "text", "is not the one that was labelled"),
    ],
)
def test_faults_of_the_file(tmp_path: Path, data: object, kind: str, message: str) -> None:
    ((_, found),) = check(make(tmp_path / "s", data))
    (fault,) = [fault for fault in found if fault.kind == kind]
    assert message in fault.message
    assert (fault.level, fault.claim) == ("error", None)


def test_a_missing_text_is_a_fault(tmp_path: Path) -> None:
    folder = make(tmp_path / "s", gold())
    (folder / "texts" / "barges.txt").unlink()
    ((_, found),) = check(folder)
    assert [fault.kind for fault in found] == ["text"]
    assert "expected 'barges.txt'" in found[0].message


def test_no_such_gold_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"there is no gold file '.*none\.json'"):
        list(check(tmp_path / "none.json"))


DEV = SHARED / "gold" / "dev"
needs_shared = pytest.mark.skipif(not DEV.is_dir(), reason="the labelled gold is not here")


@needs_shared
def test_settled_gold_has_no_error() -> None:
    seeds = check(ROOT / "evals" / "seeds", SHARED / "seeds")
    checked = [*check(DEV), *seeds]
    wrong = [(path.name, str(f)) for path, found in checked for f in found if f.level == "error"]
    assert len(checked) == 21
    assert wrong == []


@needs_shared
@pytest.mark.parametrize("change", [change for _, change, _, _ in ERRORS])
def test_what_the_plain_checker_finds_is_found(change: Change) -> None:
    spec = importlib.util.spec_from_file_location("check_gold", SHARED / "gold" / "check_gold.py")
    assert spec is not None
    assert spec.loader is not None
    plain: ModuleType = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(plain)
    data = gold()
    change(data)
    try:
        theirs = {line.split(":")[0] for line in plain.faults(data, TEXT)}
    except (AttributeError, KeyError, TypeError, ValueError):
        pytest.skip("it breaks off on this one")
    # "9" for "nine" is a fault to it; the guide takes number words for figures.
    theirs -= {line.split(":")[0] for line in plain.faults(gold(), TEXT)}
    assert theirs <= {fault.claim for fault in faults(data, TEXT)}
