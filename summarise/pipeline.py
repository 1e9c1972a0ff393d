"""The steps in order: read, segment, extract (which words, normalises and verifies)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import anyio

from summarise.answers import run_of
from summarise.client import NOWHERE, Client, connect
from summarise.errors import InputError, SummariseError
from summarise.extract import extracted
from summarise.manifest import (
    Entry,
    digest_of,
    entry_of,
    file_name,
    libraries,
    note,
    now,
    schemas_digest,
)
from summarise.profiles import EMBEDDED_MODEL, profile_for
from summarise.prompt import DEFAULT_PROMPT, Prompt, load
from summarise.read import read
from summarise.records import Article, Extraction, Run
from summarise.segment import segment
from summarise.tasks import in_order

if TYPE_CHECKING:
    from summarise.recording import Recording

Result = TypeVar("Result")
Source = str | Path | Article
OnResult = Callable[[Source, Extraction | SummariseError], None]
Serve = Callable[[Article], Awaitable[Extraction | SummariseError]]


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

    return run_to_end(run)


def run_to_end(call: Callable[[], Awaitable[Result]]) -> Result:
    """What `call` gives, for those who cannot await it."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return anyio.run(call)
    # A notebook runs a loop in this thread already, and a second one needs a thread of its own.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(anyio.run, call).result()


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
    client: Client | None = None,
    replay: Path | None = None,
    record: Path | None = None,
    on_progress: OnProgress | None = None,
    **read_options: Any,
) -> None:
    """Many articles with one client (and one embedded server) for all: an open one, where given.

    As many articles are served at a time as the model's profile has calls in flight; one by one
    where answers are recorded or played. `on_result` is told of each source in the order given:
    its extraction, or the error that it alone met. `record` is a folder where there are several.
    Raises ModelError where no article can be served any more.
    """
    asked, tell = load(prompt), on_progress or _silent
    jobs = _read_each(sources, read_options)
    for source, article in jobs:
        if isinstance(article, Article):
            break
        on_result(source, article)
    else:
        return  # nothing to ask a model about
    async with AsyncExitStack() as stack:
        if replay is not None:
            serve: Serve = partial(_replayed, replay, model, asked, tell)
            at_once = 1
        else:
            if client is None:
                client = await stack.enter_async_context(connect(model, base_url, api_key))
            folder = None if record is None else _folder(record, len(sources))
            serve = partial(_served, client, asked, tell, folder)
            at_once = 1 if record is not None else client.profile.concurrency
        await in_order(chain([(source, article)], jobs), serve, at_once, on_result)


def _read_each(
    sources: Sequence[Source], options: dict[str, Any]
) -> Iterator[tuple[Source, Article | SummariseError]]:
    for source in sources:
        try:
            yield source, source if isinstance(source, Article) else read(source, **options)
        except SummariseError as error:
            yield source, error


def _folder(record: Path, count: int) -> Path:
    """Where recordings go: a folder for several articles, made where it is missing."""
    if count > 1:
        try:
            record.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(
                f"{str(record)!r} cannot hold the recordings of {count} articles "
                f"({error.strerror}); name a folder"
            ) from None
    return record


async def _served(
    client: Client, prompt: Prompt, tell: OnProgress, record: Path | None, article: Article
) -> Extraction:
    if record is None:
        return await _extraction(article, client, prompt, tell)
    from summarise.recording import cassette

    path = record / file_name(article.id) if record.is_dir() else record
    with cassette(path, mode="all") as tape:
        done = await _extraction(article, client, prompt, tell)
    note(path, _entry(tape, client, done.run))
    return done


def _entry(tape: Recording, client: Client, run: Run) -> Entry:
    """What the manifest keeps of a recording that was just made."""
    tokens = (run.input_tokens, run.output_tokens, run.cached_tokens)
    return Entry(
        prompt=run.prompt,
        prompt_sha256=run.prompt_sha256,
        schema_sha256=schemas_digest(tape.bodies),
        model=run.model,
        server=client.server,
        libraries=libraries(),
        recorded_at=now(),
        interactions=tape.recorded,
        input_tokens=run.input_tokens,
        output_tokens=run.output_tokens,
        cached_tokens=run.cached_tokens,
        cost=client.profile.cost(*tokens),
        seconds=tuple(tape.seconds),
        sha256=digest_of(tape.path),
    )


async def _replayed(
    replay: Path, model: str | None, prompt: Prompt, tell: OnProgress, article: Article
) -> Extraction | SummariseError:
    from summarise.recording import cassette

    try:
        path = _recording_of(article, replay)
        again = f"summarise extract {article.id} --record {path.name}"
        async with _player(model or EMBEDDED_MODEL) as client:
            with cassette(path, mode="none", record_again=again):
                done = await _extraction(article, client, prompt, tell)
        known = entry_of(path)
    except SummariseError as error:
        return error
    # How long the recording took to make; how long it takes to play says nothing of the model.
    seconds = round(sum(known.seconds), 3) if known else 0.0
    run = done.run.model_copy(update={"replayed": True, "seconds": seconds})
    return done.model_copy(update={"run": run})


@asynccontextmanager
async def _player(model: str) -> AsyncIterator[Client]:
    """A client whose requests never leave the process: a recording answers them."""
    async with Client(model, NOWHERE, None, profile_for(model)) as client:
        yield client


def _recording_of(article: Article, replay: Path) -> Path:
    """The file `replay` itself, or the one of the article in that folder or a folder of it."""
    if replay.is_file():
        return replay
    if not replay.is_dir():
        raise InputError(f"there is no recording {str(replay)!r}; make it with --record")
    recorded = sorted(replay.rglob("*.yaml"))
    name = file_name(article.id)
    found = [path for path in recorded if path.name == name]
    if len(found) == 1:
        return found[0]
    if found:
        places = ", ".join(repr(str(path.relative_to(replay))) for path in found)
        raise InputError(
            f"{replay.name!r} holds several recordings of {article.id!r}: {places}; "
            "name one of these files"
        )
    names = ", ".join(path.stem for path in recorded) or "none"
    raise InputError(
        f"no recording of {article.id!r} in {replay.name!r} (recorded are: {names}); "
        "run it without --replay, or record it with --record"
    )


async def _extraction(
    article: Article, client: Client, prompt: Prompt, tell: OnProgress
) -> Extraction:
    began = time.perf_counter()
    sentences = segment(article)

    def on_passage(done: int, claims: int) -> None:
        tell(Progress(article.id, done, len(sentences), claims))

    on_passage(0, 0)
    with client.article():
        claims, ledger, usage = await extracted(article, sentences, client, prompt, on_passage)
    run = run_of(client.model, prompt, usage, time.perf_counter() - began)
    return Extraction(article=article, claims=tuple(claims), ledger=tuple(ledger), run=run)


def _silent(progress: Progress) -> None:
    del progress
