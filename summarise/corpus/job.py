"""A run of a corpus from its inputs to the last article, and the same taken up again."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from summarise import __version__
from summarise.client import Limits, connect
from summarise.corpus import work
from summarise.corpus.local import LocalEngine, Watch
from summarise.corpus.lock import held
from summarise.corpus.plan import Planner
from summarise.corpus.reading import Bounds
from summarise.corpus.sources import STDIN, check, sources
from summarise.corpus.status import Status, status_of
from summarise.corpus.store import Setting, Store, check_there
from summarise.errors import InputError, SpendLimitError
from summarise.profiles import DEFAULT_API_MODEL, EMBEDDED_MODEL, Profile, profile_for
from summarise.prompt import DEFAULT_PROMPT, Prompt, load


class Display(Watch, Protocol):
    """Who is shown how a run goes, from the listing of its inputs on."""

    def listed(self, count: int) -> None:
        """So many inputs are listed."""

    def note(self, text: str) -> None:
        """Something that the user should know."""

    def begins(self, status: Status, profile: Profile) -> None:
        """All are listed; the asking begins."""


@dataclass(frozen=True)
class Options:
    """What a run is asked for. `near` has near-duplicates found, not only exact ones.

    `folder` is where relative paths start from. `workers` are the processes of the engine daft, 0
    for this process alone. `batch` asks by OpenAI's Batch API.
    """

    inputs: tuple[str, ...] = ()
    model: str | None = None
    base_url: str | None = None
    prompt: str = DEFAULT_PROMPT
    max_bytes: int = Bounds().max_bytes
    allow_private: bool = False
    near: bool = True
    folder: str = ""
    workers: int = 0
    batch: bool = False

    @property
    def bounds(self) -> Bounds:
        """What may be read."""
        return Bounds(self.max_bytes, self.allow_private)


async def run(
    path: Path, options: Options, display: Display, limits: Limits | None = None
) -> Status:
    """List the inputs in the store at `path`, made where it is missing, and ask for what waits.

    `limits` hold for this run alone: the one on spending ends it with the rest left waiting.
    Raises InputError for inputs that name nothing and for a store that cannot be used or is in
    use, ModelError where the model cannot be had.
    """
    check(options.inputs)
    prompt = load(options.prompt)
    model = await _model(options.model, options.base_url)
    with held(path), Store.open(path, create=True) as store:
        work.release(store)
        setting = store.setting(model, options.prompt, prompt.sha256, __version__)
        _plan(store, setting, options, _noted(store, setting, options), display)
        await _ask(store, options, display, limits)
        return status_of(store)


async def resume(
    path: Path,
    display: Display,
    limits: Limits | None = None,
    *,
    base_url: str | None = None,
    failed: bool = False,
) -> Status:
    """Take up what the runs on a store left: inputs that are not listed, articles that wait.

    `failed` has what failed asked for and read once more. Raises as `run`, and InputError where
    the prompt or the version that a run was begun with is not here any more.
    """
    check_there(path)
    with held(path), Store.open(path) as store:
        work.release(store)
        if failed:
            work.retry(store)
        last = Options()
        for number, setting, last, planned in _runs(store):
            if not planned:
                _plan_again(store, setting, last, number, display)
        await _ask(store, replace(last, base_url=base_url or last.base_url), display, limits)
        return status_of(store)


def _noted(store: Store, setting: Setting, options: Options) -> int:
    """The number of this run, which is not planned yet."""
    told = json.dumps(asdict(replace(options, folder=str(Path.cwd()))))
    with store.transaction():
        number: int = store.value(
            "INSERT INTO runs (setting, options) VALUES (?, ?) "
            "ON CONFLICT DO UPDATE SET planned = 0 RETURNING id",
            (setting.id, told),
        )
    return number


def _runs(store: Store) -> list[tuple[int, Setting, Options, bool]]:
    """The runs on a store, the oldest first."""
    found = list(store.rows("SELECT id, setting, options, planned FROM runs ORDER BY id"))
    return [
        (number, store.setting_of(setting), _options(json.loads(told)), bool(planned))
        for number, setting, told, planned in found
    ]


def _options(told: dict[str, Any]) -> Options:
    return Options(**{**told, "inputs": tuple(told["inputs"])})


def _plan(store: Store, setting: Setting, options: Options, number: int, display: Display) -> None:
    planner = Planner(store, setting, options.bounds, options.near)
    planner.plan(sources(options.inputs, options.max_bytes), display.listed)
    with store.transaction():
        store.run("UPDATE runs SET planned = 1 WHERE id = ?", (number,))


def _plan_again(
    store: Store, setting: Setting, options: Options, number: int, display: Display
) -> None:
    """As `_plan`, of a run that was broken off: what standard input held is past."""
    if options.folder != str(Path.cwd()):
        raise InputError(f"the run was begun in {options.folder!r}: go there to resume it")
    _same(setting)
    named = tuple(one for one in options.inputs if one != STDIN)
    if named != options.inputs:
        display.note(
            "standard input cannot be read again: what was read of it is kept; "
            "for the rest give it to `summarise corpus run - ` once more"
        )
    check(named)
    _plan(store, setting, replace(options, inputs=named), number, display)


async def _ask(store: Store, options: Options, display: Display, limits: Limits | None) -> None:
    """Ask for all that waits, one setting after the other, until the spend limit is reached."""
    waiting = [row[0] for row in store.rows(_WAITING)]
    for setting in map(store.setting_of, waiting):
        prompt = _same(setting)
        profile = profile_for(setting.model)
        display.begins(status_of(store), profile.batched() if options.batch else profile)
        try:
            await _ask_one(store, setting, prompt, options, limits, display)
        except SpendLimitError as error:
            display.note(str(error))
            return
        finally:
            work.release(store)


async def _ask_one(
    store: Store,
    setting: Setting,
    prompt: Prompt,
    options: Options,
    limits: Limits | None,
    display: Display,
) -> None:
    if options.workers:
        from summarise.corpus.daft_engine import DaftEngine

        given, base_url = limits or Limits(), options.base_url
        daft = DaftEngine(
            store, setting, prompt, base_url, given, options.bounds, display, options.workers
        )
        daft.run()
        return
    if options.batch:
        await _ask_by_batches(store, setting, prompt, options, limits, display)
        return
    async with connect(setting.model, options.base_url, limits=limits) as client:
        await LocalEngine(store, setting, prompt, client, options.bounds, display).run()


async def _ask_by_batches(
    store: Store,
    setting: Setting,
    prompt: Prompt,
    options: Options,
    limits: Limits | None,
    display: Display,
) -> None:
    from summarise.batch import BatchClient
    from summarise.corpus.batch_engine import BatchEngine

    base_url = options.base_url or os.environ.get("OPENAI_BASE_URL")
    key, profile = os.environ.get("OPENAI_API_KEY"), profile_for(setting.model)
    folder = store.path.with_name(f"{store.path.name}-batches")
    async with BatchClient(setting.model, base_url, key, profile, folder, limits=limits) as client:
        await BatchEngine(store, setting, prompt, client, options.bounds, display).run()


_WAITING = """
SELECT DISTINCT w.setting FROM work w JOIN articles a
  ON a.ordinal = w.owner AND a.content = w.content AND a.setting = w.setting
WHERE w.state = 'waiting' ORDER BY 1
"""


def _same(setting: Setting) -> Prompt:
    """The prompt of a setting; raises InputError where it or this library is not the same."""
    if setting.version != __version__:
        raise InputError(
            f"a run was begun with version {setting.version}, this is {__version__}: give its "
            "inputs to `summarise corpus run` once more"
        )
    prompt = load(setting.prompt)
    if prompt.sha256 != setting.prompt_sha256:
        raise InputError(
            f"prompt {setting.prompt!r} has changed since the run was begun: give its inputs to "
            "`summarise corpus run` once more, or put the prompt back"
        )
    return prompt


async def _model(model: str | None, base_url: str | None) -> str:
    """The name of the model that `connect` would ask, without starting any."""
    model = model or os.environ.get("OPENAI_MODEL")
    base_url = base_url or os.environ.get("OPENAI_BASE_URL")
    if model is not None:
        return model
    if base_url is None:
        return DEFAULT_API_MODEL if os.environ.get("OPENAI_API_KEY") else EMBEDDED_MODEL
    async with connect(None, base_url) as client:
        return client.model
