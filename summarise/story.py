"""From articles to a story and a brief: extract, reconcile, ask about what is open, compose."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarise.answers import Usage
from summarise.brief import abrief as brief_of
from summarise.brief import compose
from summarise.client import NOWHERE, Client, connect
from summarise.errors import InputError, SummariseError
from summarise.judge import Judgements, judged
from summarise.manifest import file_name
from summarise.pipeline import OnProgress, OnResult, Source, aextract_many, run_to_end
from summarise.profiles import EMBEDDED_MODEL, profile_for
from summarise.prompt import DEFAULT_PROMPT
from summarise.reconcile import check_unique, open_pairs, reconcile
from summarise.records import Article, Brief, Extraction, LedgerLine, Run, Story

WORDS = 150
"""Length of a brief for which none is asked."""
MOST_OPEN = 200
"""Pairs that a model is asked about, the likeliest first, where the rules leave more open."""

Given = Source | Extraction
OneOrMany = Given | Story | Iterable[Given]


@dataclass(frozen=True)
class Settings:
    """The model and its prompt, and what is played or recorded, as `aextract_many` has them."""

    model: str | None = None
    base_url: str | None = None
    api_key: str | None = None
    prompt: str = DEFAULT_PROMPT
    replay: Path | None = None
    record: Path | None = None


@dataclass(frozen=True)
class Told:
    """Who is told of each article, and of how far it is."""

    result: OnResult | None
    progress: OnProgress | None


_SETTINGS = frozenset(Settings.__dataclass_fields__)


def story(sources: Iterable[Given], *, ask: bool | None = None, **given: Any) -> Story:
    """The story that several articles tell: paths, URLs, Articles, or Extractions already made.

    `ask` says whether a model is asked about the pairs of claims that the rules leave open; left
    out, one that reads whole passages is when it was opened to extract; a small one, whose word is
    little better than chance, is not. `given` are the settings of `extract`: model, base_url,
    api_key, prompt, replay, record, on_progress, and what goes to `read`. Raises what that raises.
    """
    return run_to_end(lambda: astory(sources, ask=ask, **given))


def brief(sources: OneOrMany, words: int = WORDS, **given: Any) -> Brief:
    """A brief of about `words` words of one article or of a story; each sentence cites its claims.

    A sentence that fails its check is put to the model once, unless `ask=False` is given. The rest
    as for `story`. Raises InputError where `words` is not positive.
    """
    return run_to_end(lambda: abrief(sources, words, **given))


async def astory(
    sources: Iterable[Given | Story],
    *,
    ask: bool | None = None,
    on_result: OnResult | None = None,
    on_progress: OnProgress | None = None,
    **given: Any,
) -> Story:
    """As `story`. With `on_result`, a source that fails is told of, and the others go on."""
    settings, options = _parted(given)
    async with AsyncExitStack() as stack:
        session = _Session(settings, stack, ask, Told(on_result, on_progress))
        return await session.story(list(sources), options)


async def abrief(sources: OneOrMany, words: int = WORDS, **given: Any) -> Brief:
    """As `brief`."""
    one = isinstance(sources, str | Path | Article | Extraction | Story)
    listed: Any = [sources] if one else sources
    return (await astory_and_brief(listed, words, **given))[1]


async def astory_and_brief(
    sources: Iterable[Given | Story],
    words: int = WORDS,
    *,
    ask: bool | None = None,
    on_result: OnResult | None = None,
    on_progress: OnProgress | None = None,
    **given: Any,
) -> tuple[Story, Brief]:
    """The story and its brief, with one client for all of it."""
    settings, options = _parted(given)
    async with AsyncExitStack() as stack:
        session = _Session(settings, stack, ask, Told(on_result, on_progress))
        told = await session.story(list(sources), options)
        return told, await session.brief(told, words)


def _parted(given: dict[str, Any]) -> tuple[Settings, dict[str, Any]]:
    """The settings of a run, and the options of `read`."""
    ours = {name: value for name, value in given.items() if name in _SETTINGS}
    return Settings(**ours), {k: v for k, v in given.items() if k not in _SETTINGS}


@dataclass
class _Session:
    """A story in the making; a client is opened when the first call needs one, for all of them."""

    settings: Settings
    stack: AsyncExitStack
    ask: bool | None
    tell: Told
    opened: Client | None = None

    async def client(self) -> Client:
        """The client; while a recording plays, one whose requests lead nowhere."""
        if self.opened is None:
            chosen, model = self.settings, self.settings.model or EMBEDDED_MODEL
            if chosen.replay is None:
                way = connect(chosen.model, chosen.base_url, chosen.api_key)
                self.opened = await self.stack.enter_async_context(way)
            else:
                player = Client(model, NOWHERE, None, profile_for(model))
                self.opened = await self.stack.enter_async_context(player)
        return self.opened

    async def story(self, sources: Sequence[Given | Story], options: dict[str, Any]) -> Story:
        """The story of the sources, or the one that is given."""
        first = sources[0] if len(sources) == 1 else None
        if isinstance(first, Story):
            return first
        return await self._compared(await self._extractions(sources, options))

    async def brief(self, told: Story, words: int) -> Brief:
        """Its brief; a model is asked only where a sentence failed its check."""
        made = compose(told, words)
        if self.ask is False or all(one.how == "composed" for one in made.sentences):
            return made
        with _tape(told.extractions, self.settings, "brief") as plays:
            return await brief_of(told, words, await self.client()) if plays else made

    async def _extractions(
        self, sources: Sequence[Any], options: dict[str, Any]
    ) -> list[Extraction]:
        """The extraction of each source, in order; those already made are taken as they are."""
        known = (one.article if isinstance(one, Extraction) else one for one in sources)
        check_unique([one.id for one in known if isinstance(one, Article)])
        found = [one if isinstance(one, Extraction) else None for one in sources]
        open_places = iter([place for place, one in enumerate(found) if one is None])

        def take(source: Source, result: Extraction | SummariseError) -> None:
            place = next(open_places)
            if self.tell.result is not None:
                self.tell.result(source, result)
            elif isinstance(result, SummariseError):
                raise result
            if isinstance(result, Extraction):
                found[place] = result

        wanted = [one for one in sources if not isinstance(one, Extraction)]
        if wanted:
            await self._extract(wanted, take, options)
        done = [one for one in found if one is not None]
        if not done:
            raise InputError("no article could be extracted: there is nothing to make a story of")
        return done

    async def _extract(
        self, sources: Sequence[Source], take: OnResult, options: dict[str, Any]
    ) -> None:
        await aextract_many(
            sources,
            on_result=take,
            on_progress=self.tell.progress,
            client=await self.client(),
            model=self.settings.model,
            prompt=self.settings.prompt,
            replay=self.settings.replay,
            record=self.settings.record,
            **options,
        )

    async def _compared(self, extractions: Sequence[Extraction]) -> Story:
        """The story, with a model's word on what the rules leave open."""
        pairs = open_pairs(extractions)[:MOST_OPEN] if self.ask is not False else []
        if not pairs or not self._is_asked():
            return reconcile(extractions)
        with _tape(extractions, self.settings, "story") as plays:
            if plays:
                texts = [(pair.a.claim.text, pair.b.claim.text) for pair in pairs]
                found = await judged(texts, await self.client())
            else:
                why = f"{len(pairs)} pairs of claims stay apart: no recording of their comparison"
                found = Judgements(ledger=[LedgerLine(where=None, what="not compared", why=why)])
        names = [(pair.a.name, pair.b.name) for pair in pairs]
        told = reconcile(extractions, decided={names[at]: same for at, same in found.same.items()})
        ledger = (*told.ledger, *found.ledger)
        return told.model_copy(update={"ledger": ledger, "run": _and(told.run, found.usage)})

    def _is_asked(self) -> bool:
        """Whether a model compares claims; unless told so, none is opened for that alone."""
        if self.ask is None:
            return self.opened is not None and self.opened.profile.fields == "full"
        return self.ask


def _and(run: Run, usage: Usage) -> Run:
    """A run with the calls of the comparison added."""
    added = {name: getattr(run, name) + count for name, count in vars(usage).items()}
    return run.model_copy(update=added)


@contextmanager
def _tape(extractions: Sequence[Extraction], settings: Settings, what: str) -> Iterator[bool]:
    """Plays or records the calls about all articles together; False where none was recorded."""
    folder = settings.replay or settings.record
    if folder is None:
        yield True
        return
    digest = hashlib.sha256("\n".join(one.article.id for one in extractions).encode())
    name = file_name(f"{what}-{digest.hexdigest()[:12]}")
    path = (folder if folder.is_dir() else folder.parent) / name
    if settings.replay is not None and not path.exists():
        yield False
        return
    from summarise.recorded import recorded

    with recorded(path, mode="none" if settings.replay else "all"):
        yield True
