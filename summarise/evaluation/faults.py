"""Finds the faults that labellers make, each with its mend: `check` a file, a folder, a suite."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from summarise.claim_files import claim_of
from summarise.errors import InputError
from summarise.evaluation.fault import Fault, Labels, Rule
from summarise.evaluation.fault_evidence import evidence_faults, main_text_faults, surface_faults
from summarise.evaluation.fault_figures import figure_faults
from summarise.evaluation.fault_form import claim_faults, file_faults
from summarise.evaluation.fault_periods import period_faults
from summarise.evaluation.fault_words import (
    certainty_faults,
    double_faults,
    source_faults,
    text_faults,
)
from summarise.evaluation.suite import About, Suite, gold_files, load_suite
from summarise.evaluation.texts import TextFolder
from summarise.records import Claim

_RULES: tuple[Rule, ...] = (
    evidence_faults,
    surface_faults,
    figure_faults,
    period_faults,
    text_faults,
    source_faults,
    certainty_faults,
)


def faults(data: object, text: str | None, about: About | None = None) -> list[Fault]:
    """Every fault of a gold file's JSON, against the text of its article where there is one.

    `about` supplies a publish date that the file lacks. What is malformed is not looked into
    further, the rest is.
    """
    if not isinstance(data, dict):
        message = f"the file holds a {type(data).__name__}, not an object"
        return [
            Fault(
                "type",
                None,
                "file",
                message,
                "write {" + '"id": ..., "main_text": ..., "claims": [...]}',
            )
        ]
    found = list(file_faults(data))
    broken = {fault.field for fault in found}
    claims, withheld = [], isinstance(data.get("sha256"), str)
    for number, item in enumerate(_listed(data, "claims", broken), 1):
        wrong = list(claim_faults(number, item, withheld=withheld))
        found += wrong
        if not any(fault.kind != "unknown-field" for fault in wrong):
            claims.append(_claim(number, item, text if withheld else None))
    main_text = tuple((a, b) for a, b in _listed(data, "main_text", broken))
    labels = Labels(tuple(claims), main_text, _published(data, about, broken), text)
    return sorted([*found, *_labelled(labels)], key=lambda fault: fault.level)


def _labelled(labels: Labels) -> Iterator[Fault]:
    yield from main_text_faults(labels)
    for claim in labels.claims:
        for rule in _RULES:
            yield from rule(claim, labels)
    yield from double_faults(labels)


def _listed(data: Mapping[str, Any], field: str, broken: set[str]) -> list[Any]:
    return [] if field in broken else list(data[field])


def _published(data: Mapping[str, Any], about: About | None, broken: set[str]) -> date | None:
    if data.get("published") and "published" not in broken:
        return date.fromisoformat(data["published"])
    return about.published if about else None


def _claim(number: int, item: Mapping[str, Any], text: str | None) -> Claim:
    """A well-formed claim; from `text` come the words that withheld gold leaves out."""
    filled = dict(item)
    filled["evidence"] = [
        {**part, "quote": part.get("quote") or _words(text, [part["start"], part["end"]])}
        for part in item["evidence"]
    ]
    filled["quantities"] = [_surfaced(part, text) for part in item["quantities"]]
    filled["time"] = item["time"] and _surfaced(item["time"], text)
    return claim_of(Path("gold"), number, filled)


def _surfaced(part: Mapping[str, Any], text: str | None) -> dict[str, Any]:
    return {**part, "surface": part.get("surface") or _words(text, part.get("at") or [0, 0])}


def _words(text: str | None, at: list[int]) -> str:
    return (text or "")[slice(*at)]


def check(path: str | Path, texts: str | Path | None = None) -> Iterator[tuple[Path, list[Fault]]]:
    """Each gold file of a suite or folder, or the one at `path`, with its faults.

    Raises InputError and RecordError where there is no such file or folder, or the suite itself
    (`suite.toml`, `meta.json`) is broken.
    """
    where = Path(path)
    if where.suffix == ".json" and not where.is_dir():
        if not where.is_file():
            raise InputError(f"there is no gold file {str(path)!r}; name one, a folder or a suite")
        folder = where.parent.parent if where.parent.name == "gold" else where.parent
        suite, files = load_suite(folder, texts), [where]
    else:
        suite = load_suite(where, texts)
        files = gold_files(suite.gold)
    folder_of_texts = TextFolder(suite.texts) if suite.texts else None
    for file in files:
        yield file, _file_faults(file, suite, folder_of_texts)


def _file_faults(file: Path, suite: Suite, texts: TextFolder | None) -> list[Fault]:
    try:
        data = json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise InputError(f"{str(file)!r} cannot be opened: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        return [Fault("json", None, "file", f"not JSON: {error}", "mend it with an editor")]
    if not isinstance(data, dict):
        return faults(data, None)
    found: list[Fault] = []
    if data.get("id") != file.stem and isinstance(data.get("id"), str):
        message = f"the id {data['id']!r} is not the file's name"
        mend = f"write {file.stem!r}, or rename the file"
        found.append(Fault("file-id", None, "id", message, mend))
    text = None
    try:
        text = _text(data, file.stem, texts)
    except InputError as error:
        found.append(Fault("text", None, "file", str(error), "give the text as it was labelled"))
    return found + faults(data, text, suite.about.get(file.stem))


def _text(data: Mapping[str, Any], name: str, texts: TextFolder | None) -> str | None:
    if texts is None:
        if isinstance(data.get("sha256"), str):
            raise InputError(
                f"no folder to take the text {data.get('file')!r} from: its words cannot be "
                "checked; name one with --texts DIR"
            )
        return None
    named = {key: value for key in ("file", "sha256") if isinstance(value := data.get(key), str)}
    return texts.find(name, **named).text
