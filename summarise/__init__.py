"""Turns news articles into claims that people can check.

    step        takes                       gives
    read        path, URL, HTML, text       Article     the main text found, offsets kept
    segment     Article                     Sentences   text[start:end] of what was read
    extract     Sentences, prompt, model    Claims      evidence by sentence number
    normalise   Claims                      Claims      figures, periods, names comparable
    verify      Claim, Article              Claim       supported, or unsupported with reasons
    reconcile   Extractions                 Story       facts: who agrees, conflicts, updates
    brief       Story, words                Brief       each sentence cites its claims
    report      any of these                table, JSON, Markdown, HTML

`extract` runs the first five, `story` and `brief` all of them. The names below are imported when
first asked for, so that `import summarise` costs nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarise.claim_files import load_claims
    from summarise.errors import (
        InputError,
        ModelError,
        PromptError,
        RecordError,
        SummariseError,
        WeightsError,
    )
    from summarise.pipeline import aextract, aextract_many, extract
    from summarise.read import read
    from summarise.reconcile import reconcile
    from summarise.records import (
        Article,
        Brief,
        BriefSentence,
        Claim,
        Copies,
        Extraction,
        Fact,
        Figure,
        FigureRow,
        LedgerLine,
        Period,
        Relation,
        Run,
        Sentence,
        Span,
        Story,
    )
    from summarise.story import abrief, astory, brief, story
    from summarise.verify import verify

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Brief",
    "BriefSentence",
    "Claim",
    "Copies",
    "Extraction",
    "Fact",
    "Figure",
    "FigureRow",
    "InputError",
    "LedgerLine",
    "ModelError",
    "Period",
    "PromptError",
    "RecordError",
    "Relation",
    "Run",
    "Sentence",
    "Span",
    "Story",
    "SummariseError",
    "WeightsError",
    "__version__",
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
]

_STEPS = {
    "abrief": "story",
    "astory": "story",
    "brief": "story",
    "reconcile": "reconcile",
    "story": "story",
    "aextract": "pipeline",
    "aextract_many": "pipeline",
    "extract": "pipeline",
    "load_claims": "claim_files",
    "read": "read",
    "verify": "verify",
}
_RECORDS = {
    "Story",
    "Relation",
    "FigureRow",
    "Fact",
    "Copies",
    "BriefSentence",
    "Brief",
    "Article",
    "Claim",
    "Extraction",
    "Figure",
    "LedgerLine",
    "Period",
    "Run",
    "Sentence",
    "Span",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'summarise' has no attribute {name!r}")
    module = _STEPS.get(name, "records" if name in _RECORDS else "errors")
    return getattr(import_module(f"summarise.{module}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)


class _Package(ModuleType):
    """Keeps `summarise.read` the function once the module of that name has been imported.

    The import system binds each submodule as an attribute of its package, over whatever has that
    name; `from summarise.read import ...` does not need that binding.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _STEPS and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
