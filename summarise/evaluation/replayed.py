"""A suite within one test session: each article is extracted once, when it is first asked for."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from pathlib import Path

from pydantic import ValidationError

from summarise.errors import InputError
from summarise.evaluation.gold import Case
from summarise.evaluation.predictions import PREDICTIONS, Predictions, signature
from summarise.evaluation.results import CaseScore
from summarise.evaluation.score import Prediction, failed, score
from summarise.evaluation.store import SCORES, Scores, write_scores
from summarise.evaluation.suite import Suite
from summarise.records import Extraction


class Replayed:
    """The predictions of a suite: those given, or those of its recordings, or of its model.

    Extractions are files below `shared`, so that processes which share it share them too: each is
    written whole, and what two make at a time is the same.
    """

    def __init__(
        self, suite: Suite, shared: Path, predictions: Path | None = None, *, live: bool = False
    ) -> None:
        self.suite = suite
        self._given = predictions is not None
        self._live = live
        name = hashlib.sha256(str(suite.folder.resolve()).encode()).hexdigest()[:12]
        self._out = shared / f"summarise-{name}"
        self._predictions = Predictions(predictions or self._out / PREDICTIONS)
        self._scored: dict[str, CaseScore] = {}

    def case(self, name: str) -> Case:
        """The labelled article. Raises InputError for its text, RecordError for its gold."""
        return next(self.suite.cases(only=(name,)))

    def prediction(self, name: str) -> Prediction | str:
        """The claims of a case, or why there are none.

        Raises InputError where nothing is given for it, RecordError where it cannot be read.
        """
        self._extract(name)
        return self._predictions.get(name)

    def extraction(self, name: str) -> Extraction | str:
        """As `prediction`; raises InputError where the claims alone are given.

        The article has its text where the suite has it.
        """
        found = self.prediction(name)
        if isinstance(found, str):
            return found
        where = self._predictions.file(name)
        try:
            whole = Extraction.model_validate_json(where.read_bytes())
        except ValidationError as error:
            raise InputError(
                f"{str(where)!r} holds the claims of case {name!r} and no whole extraction; ask "
                "for `claims`, or give what `summarise extract --format json` writes"
            ) from error
        return _with_text(whole, self.case(name).path)

    def score(self, name: str) -> CaseScore:
        """The score of a case, also of one that failed."""
        if name not in self._scored:
            found, case = self.prediction(name), self.case(name)
            self._scored[name] = (
                failed(case, found) if isinstance(found, str) else score(case, found)
            )
        return self._scored[name]

    def scores(self) -> Scores:
        """The scores of all cases."""
        return self._scores

    @cached_property
    def _scores(self) -> Scores:
        scored = [self.score(name) for name in self.suite.case_ids()]
        out = self._out / "all"
        write_scores(out / SCORES, signature(self.suite, self._predictions), scored)
        return Scores(out)

    def _extract(self, name: str) -> None:
        if self._given or (self._predictions.path / f"{name}.json").exists():
            return
        if not self._live and self.suite.run.recordings is None:
            raise InputError(
                f"the suite {self.suite.name!r} has neither recordings nor predictions: set "
                "'recordings' under [run] in its suite.toml, give --summarise-predictions DIR, or "
                "ask its model with --summarise-live-model"
            )
        # Both bring the whole pipeline, which predictions that are given do not need.
        import anyio

        from summarise.evaluation.run import run

        work = partial(run, self.suite, self._out, only=(name,), replay=not self._live)
        # A thread of its own: an asynchronous test has a loop in this one.
        with ThreadPoolExecutor(1) as thread:
            scores = thread.submit(anyio.run, work).result()
        self._scored.update({case.id: case for case in scores.cases()})


def _with_text(found: Extraction, path: Path | None) -> Extraction:
    """The extraction as it was before it was written: files hold no article."""
    if path is None:
        return found
    from summarise.read import read

    again = read(path)
    article = found.article.model_copy(update={"raw": again.raw, "view": again.view})
    return found.model_copy(update={"article": article})
