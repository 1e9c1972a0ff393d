"""One article asked about: an outcome, whatever happens to it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from summarise.answers import run_of
from summarise.client import Client
from summarise.corpus.reading import Bounds, Unread, article_of
from summarise.corpus.work import Outcome, Task, outcome_of
from summarise.extract import extracted
from summarise.prompt import Prompt
from summarise.records import Article, Extraction
from summarise.segment import segment

if TYPE_CHECKING:
    from pydantic import BaseModel

    from summarise.client import Answer


async def attempt(
    task: Task,
    client: Client,
    prompt: Prompt,
    bounds: Bounds,
    failures: Sequence[Answer[BaseModel]],
) -> Outcome:
    """What comes of a task; `failures` are the answers of no use that `client` has got by its end.

    Raises ModelError where no call can do better.
    """
    article = article_of(task.label, task.content, bounds)
    if isinstance(article, Unread):
        return Outcome(None, *article)
    try:
        with client.article():
            extraction = await _extraction(article, client, prompt)
    except (ArithmeticError, LookupError, TypeError, ValueError, RecursionError) as error:
        # A fault of this library in one article does not take the others down.
        return Outcome(None, "bug", f"{type(error).__name__}: {error}")
    return outcome_of(extraction, failures)


async def _extraction(article: Article, client: Client, prompt: Prompt) -> Extraction:
    """The claims of one article, and what they cost."""
    began = time.perf_counter()
    claims, ledger, usage = await extracted(article, segment(article), client, prompt, _silent)
    run = run_of(client.model, prompt, usage, time.perf_counter() - began)
    return Extraction(article=article, claims=tuple(claims), ledger=tuple(ledger), run=run)


def _silent(done: int, claims: int) -> None:
    del done, claims
