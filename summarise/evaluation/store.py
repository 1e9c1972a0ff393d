"""Scores on disk: JSON Lines, the signature first, then a case a line, in the order of their ids.

So that a suite may be larger than memory, cases are written as they are scored and read one at a
time; only their counts are held together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from summarise.errors import InputError, RecordError
from summarise.evaluation.metrics import matrix
from summarise.evaluation.results import CaseScore, Signature
from summarise.files import whole_file

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FORMAT = "summarise-scores/1"
SCORES = "scores.jsonl"
"""The name of the file in a folder of results."""


class Scores:
    """A file of scores: the signature is read at once, the cases each time they are asked for."""

    def __init__(self, path: str | Path) -> None:
        """Raises InputError where there is no file, RecordError where it holds no scores."""
        given = Path(path)
        self.path = given / SCORES if given.is_dir() else given
        self.signature = self._signature()

    def cases(self) -> Iterator[CaseScore]:
        """Each case; raises RecordError for a line that is none, naming it."""
        previous, number = "", 1
        for number, line in enumerate(self._lines(), 1):
            if number == 1:
                continue
            case = self._case(number, line)
            if case.id <= previous:
                raise RecordError(
                    f"{str(self.path)!r}, line {number}: case {case.id!r} stands after "
                    f"{previous!r}; expected each case once, in the order of ids: write the "
                    "scores again"
                )
            previous = case.id
            yield case
        if number - 1 != self.signature.cases:
            raise RecordError(
                f"{str(self.path)!r} is cut short: it holds {number - 1} cases of "
                f"{self.signature.cases}: write the scores again"
            )

    def table(self) -> tuple[list[str], NDArray[np.float64]]:
        """The ids, and the counts as an array of shape (cases, counters)."""
        ids: list[str] = []

        def counts() -> Iterator[dict[str, float]]:
            for case in self.cases():
                ids.append(case.id)
                yield case.counts

        return ids, matrix(counts())

    def _case(self, number: int, line: str) -> CaseScore:
        try:
            return CaseScore.model_validate_json(line)
        except ValidationError as error:
            fault = error.errors()[0]
            place = ".".join(str(part) for part in fault["loc"]) or "line"
            raise RecordError(
                f"{str(self.path)!r}, line {number}, {place!r}: {fault['msg']}; expected the score "
                "of a case: write the scores again"
            ) from error

    def _signature(self) -> Signature:
        head = next(self._lines(), "")
        try:
            data = json.loads(head)
            if data["format"] != FORMAT:
                raise RecordError(
                    f"{str(self.path)!r} has the format {data['format']!r}; this version reads "
                    f"{FORMAT!r}: write the scores again"
                )
            return Signature.model_validate(data["signature"])
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise RecordError(
                f"{str(self.path)!r} holds no scores; expected a file that `summarise eval score` "
                f"or `summarise eval run` wrote, whose first line has a {FORMAT!r} signature"
            ) from error

    def _lines(self) -> Iterator[str]:
        try:
            with self.path.open(encoding="utf-8") as lines:
                yield from lines
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            raise InputError(
                f"the scores {str(self.path)!r} cannot be read: {why}; `summarise eval run` or "
                "`summarise eval score` with --out writes them"
            ) from error


def write_scores(path: Path, signature: Signature, cases: Iterable[CaseScore]) -> None:
    """Write the file whole, or leave what was there: nothing is kept of a run that ends early.

    Raises InputError where it cannot be written, and whatever `cases` raises.
    """
    with whole_file(path) as out:
        head = {"format": FORMAT, "signature": signature.model_dump(mode="json")}
        out.write(json.dumps(head, ensure_ascii=False) + "\n")
        for case in cases:
            out.write(case.model_dump_json(exclude_defaults=True) + "\n")


def in_both(old: Scores, new: Scores) -> Iterator[tuple[CaseScore | None, CaseScore | None]]:
    """The cases of two files side by side, by id; None where one lacks it."""
    before, after = old.cases(), new.cases()
    one, other = next(before, None), next(after, None)
    while one or other:
        if other is None or (one is not None and one.id < other.id):
            yield one, None
            one = next(before, None)
        elif one is None or other.id < one.id:
            yield None, other
            other = next(after, None)
        else:
            yield one, other
            one, other = next(before, None), next(after, None)


def names_of(values: Sequence[str], most: int = 5) -> str:
    """A few names, and how many more there are."""
    shown = ", ".join(map(repr, values[:most]))
    return shown + (f" and {len(values) - most} more" if len(values) > most else "")
