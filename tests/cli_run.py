"""The command line run in this process, with a stand-in for the model."""

from __future__ import annotations

import inspect
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from summarise import cli, pipeline
from summarise.errors import ModelError
from summarise.records import Article, Extraction

TEXT = (
    "Ferry runs again\n\n"
    "The ferry to Lorne Island carried 3,000 people on Monday, the harbour office said. "
    "It had been laid up for repairs since October, and the island was short of fuel.\n\n"
    "The office expects a second ferry in April. No date has been set for the third.\n"
)


class Ended(NamedTuple):
    code: object
    out: str
    err: str


Summarise = Callable[..., Ended]


@pytest.fixture
def summarise(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Summarise:
    """Runs the command line in this process."""

    def run(*arguments: str | Path, stdin: bytes = b"") -> Ended:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            cli.main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Ended(ended.value.code, out, err)

    return run


class Pipeline:
    """Stands in for the model: each article gives the same claims, or what `fails` names."""

    def __init__(self, extraction: Extraction) -> None:
        self.extraction = extraction
        self.articles: list[Article] = []
        self.settings: dict[str, Any] = {}
        self.fails: dict[str, BaseException] = {}
        self.gone = ""

    async def aextract_many(self, sources: Sequence[Article], **settings: Any) -> None:
        inspect.signature(REAL).bind(sources, **settings)
        on_result = settings.pop("on_result")
        on_progress = settings.pop("on_progress")
        self.articles, self.settings = list(sources), settings
        for article in sources:
            if article.id == self.gone:
                raise ModelError("the server has gone")
            on_progress(pipeline.Progress(article=article.id, done=1, total=2, claims=3))
            on_result(article, self._result(article))

    def _result(self, article: Article) -> Extraction | ModelError:
        error = self.fails.get(article.id)
        if error is None:
            return self.extraction.model_copy(update={"article": article})
        if isinstance(error, ModelError):
            return error
        raise BaseExceptionGroup("unhandled errors in a TaskGroup", [error])


REAL = pipeline.aextract_many


@pytest.fixture
def model(extraction: Extraction, monkeypatch: pytest.MonkeyPatch) -> Pipeline:
    stand_in = Pipeline(extraction)
    monkeypatch.setattr(pipeline, "aextract_many", stand_in.aextract_many)
    return stand_in


@pytest.fixture
def ferry(tmp_path: Path) -> Path:
    return ferry_file(tmp_path / "ferry.txt")


def ferry_file(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEXT, "utf-8")
    return path
