"""The steps in order: read, segment, extract (which words, normalises and verifies)."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import anyio

from summarise.client import Client, connect
from summarise.errors import InputError, SummariseError
from summarise.extract import extracted
from summarise.profiles import EMBEDDED_MODEL, profile_for
from summarise.prompt import Prompt, load
from summarise.read import read
from summarise.records import Article, Extraction, Run
from summarise.segment import segment

DEFAULT_PROMPT = "extract.v1"

Source = str | Path | Article
OnResult = Callable[[Source, Extraction | SummariseError], None]


@dataclass(frozen=True)
class Progress:
    """How far one article is: sentences done of all, claims found so far."""

    article: str
    done: int
    total: int
    claims: int


OnProgress = Callable[[Progress], None]


def extract(
    source: Source,
    *,
    model: str | None = None,
    base_url: str | None = None,
    api_key: str | None = None,
    prompt: str = DEFAULT_PROMPT,
    published: date | None = None,
    replay: Path | None = None,
    record: Path | None = None,
    on_progress: OnProgress | None = None,
    **read_options: Any,
) -> Extraction:
    """The claims of one article: a path, a URL or an Article; see `aextract` for the rest."""

    async def run() -> Extraction:
        return await aextract(
            source,
            model=model,
            base_url=base_url,
            api_key=api_key,
            prompt=prompt,
            published=published,
            replay=replay,
            record=record,
            on_progress=on_progress,
            **read_options,
        )

    return anyio.run(run)


async def aextract(
    source: Source,
    *,
    model: str | None = None,
    base_url: str | None = None,
    api_key: str | None = None,
    prompt: str = DEFAULT_PROMPT,
    published: date | None = None,
    replay: Path | None = None,
    record: Path | None = None,
    on_progress: OnProgress | None = None,
    **read_options: Any,
) -> Extraction:
    """The claims of one article, each checked against its words.

    Without `model`, `base_url` and `api_key`, and with neither OPENAI_API_KEY nor
    OPENAI_BASE_URL set, the embedded model is started for this call. `replay` plays a recording
    (a file, or a folder with one for the article) instead of asking a model, `record` makes one.
    `read_options` go to `read`. Raises InputError for what cannot be read, ModelError where the
    model cannot be reached, PromptError for a prompt that cannot be used.
    """
    if isinstance(source, Article):
        article = source
    else:
        article = read(source, published=published, **read_options)
    results: list[Extraction | SummariseError] = []
    await aextract_many(
        [article],
        on_result=lambda _, result: results.append(result),
        model=model,
        base_url=base_url,
        api_key=api_key,
        prompt=prompt,
        replay=replay,
        record=record,
        on_progress=on_progress,
    )
    [result] = results
    if isinstance(result, SummariseError):
        raise result
    return result


async def aextract_many(
    sources: Sequence[Source],
    *,
    on_result: OnResult,
    model: str | None = None,
    base_url: str | None = None,
    api_key: str | None = None,
    prompt: str = DEFAULT_PROMPT,
    replay: Path | None = None,
    record: Path | None = None,
    on_progress: OnProgress | None = None,
    **read_options: Any,
) -> None:
    """Many articles with one client (and one embedded server) for all.

    `on_result` is told of each source in the order given: its extraction, or the error that it
    alone met. Raises ModelError where no article can be served.
    """
    asked = load(prompt)
    tell = on_progress or _silent
    async with AsyncExitStack() as stack:
        client: Client | None = None
        for source in sources:
            try:
                article = source if isinstance(source, Article) else read(source, **read_options)
            except SummariseError as error:
                on_result(source, error)
                continue
            if replay is not None:
                on_result(source, await _replayed(article, replay, model, asked, tell))
                continue
            if client is None:
                client = await stack.enter_async_context(connect(model, base_url, api_key))
            on_result(source, await _recorded(article, client, record, asked, tell))


async def _recorded(
    article: Article, client: Client, record: Path | None, prompt: Prompt, tell: OnProgress
) -> Extraction:
    if record is None:
        return await _extraction(article, client, prompt, tell)
    from summarise.recording import cassette

    path = record / f"{article.id}.yaml" if record.is_dir() else record
    with cassette(path, mode="all"):
        return await _extraction(article, client, prompt, tell)


async def _replayed(
    article: Article, replay: Path, model: str | None, prompt: Prompt, tell: OnProgress
) -> Extraction | SummariseError:
    from summarise.recording import cassette

    try:
        path = _recording_of(article, replay)
        again = f"summarise extract {article.id} --record {path.name}"
        async with _player(model or EMBEDDED_MODEL) as client:
            with cassette(path, mode="none", record_again=again):
                done = await _extraction(article, client, prompt, tell)
    except SummariseError as error:
        return error
    return done.model_copy(update={"run": done.run.model_copy(update={"replayed": True})})


@asynccontextmanager
async def _player(model: str) -> AsyncIterator[Client]:
    """A client whose requests never leave the process: a recording answers them."""
    async with Client(model, "http://127.0.0.1:1/v1", None, profile_for(model)) as client:
        yield client


def _recording_of(article: Article, replay: Path) -> Path:
    if replay.is_file():
        return replay
    found = sorted(replay.rglob(f"{article.id}.yaml"))
    if not found:
        names = ", ".join(sorted(path.stem for path in replay.rglob("*.yaml"))) or "none"
        raise InputError(
            f"no recording of {article.id!r} in {replay.name!r} (recorded are: {names}); "
            "run it without --replay, or record it with --record"
        )
    return found[0]


async def _extraction(
    article: Article, client: Client, prompt: Prompt, tell: OnProgress
) -> Extraction:
    began = time.perf_counter()
    sentences = segment(article)

    def on_passage(done: int, claims: int) -> None:
        tell(Progress(article.id, done, len(sentences), claims))

    on_passage(0, 0)
    claims, ledger, usage = await extracted(article, sentences, client, prompt, on_passage)
    run = Run(
        model=client.model,
        prompt=prompt.id,
        prompt_sha256=prompt.sha256,
        calls=usage.calls,
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cached_tokens=usage.cached_tokens,
        seconds=round(time.perf_counter() - began, 3),
    )
    return Extraction(article=article, claims=tuple(claims), ledger=tuple(ledger), run=run)


def _silent(progress: Progress) -> None:
    del progress
