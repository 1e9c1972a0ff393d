"""What users can lean on: the names that `import summarise` gives, and no others."""

from __future__ import annotations

import subprocess
import sys

import pytest

import summarise

NAMES = {
    "steps": [
        "abrief",
        "aextract",
        "aextract_many",
        "astory",
        "brief",
        "extract",
        "load_claims",
        "read",
        "reconcile",
        "story",
        "verify",
    ],
    "records": [
        "Article",
        "Brief",
        "BriefSentence",
        "Claim",
        "Copies",
        "Extraction",
        "Fact",
        "Figure",
        "FigureRow",
        "LedgerLine",
        "Period",
        "Relation",
        "Run",
        "Sentence",
        "Span",
        "Story",
    ],
    "errors": [
        "InputError",
        "ModelError",
        "PromptError",
        "RecordError",
        "SummariseError",
        "WeightsError",
    ],
    "other": ["__version__"],
}


def test_names() -> None:
    assert sorted(summarise.__all__) == sorted(name for names in NAMES.values() for name in names)
    assert dir(summarise) == sorted(summarise.__all__)


@pytest.mark.parametrize("name", summarise.__all__)
def test_each_name_is_there(name: str) -> None:
    assert getattr(summarise, name) is not None


@pytest.mark.parametrize("name", NAMES["errors"])
def test_errors_have_one_root(name: str) -> None:
    assert issubclass(getattr(summarise, name), summarise.SummariseError)


def test_a_step_stays_a_function_once_its_module_is_imported() -> None:
    steps = NAMES["steps"]
    code = (
        "import summarise, summarise.read, summarise.verify, summarise.extract, types; "
        f"assert all(isinstance(getattr(summarise, name), types.FunctionType) for name in {steps})"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_unknown_name() -> None:
    with pytest.raises(AttributeError, match="module 'summarise' has no attribute 'sumarise'"):
        _ = summarise.sumarise


def test_importing_costs_nothing() -> None:
    code = "import sys, summarise; assert 'pydantic' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
