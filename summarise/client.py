"""The way to a model: one async client for every OpenAI-compatible server.

`openai` is imported only when a client is opened: it takes about a second. The request is put
together here, and not by `instructor`, whose JSON_SCHEMA mode sends a schema without `strict` and
whose templating would render article text.
"""

from __future__ import annotations

import os
import threading
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

import anyio
from pydantic import BaseModel

from summarise import embedded, telemetry
from summarise.answer import Answer
from summarise.calls import Call, Calls
from summarise.completions import Completion
from summarise.embedded import Progress, ReadAhead, plain_progress
from summarise.errors import ModelError, WeightsError
from summarise.limits import Limits, Spend, deadline
from summarise.pauses import Pauses, until_refilled
from summarise.profiles import DEFAULT_API_MODEL, EMBEDDED_MODEL, Profile, profile_for
from summarise.retries import Failed, cannot_connect, next_act, said, told_by
from summarise.schemas import response_format

if TYPE_CHECKING:
    from httpx2 import Response
    from openai import APIError, AsyncOpenAI

__all__ = ["Answer", "Client", "Limits", "connect"]

OPENAI_URL = "https://api.openai.com/v1"
NO_KEY = "none"
"""Sent to a server that needs no key: the openai client refuses an empty one."""

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
"""Seconds between tries, at most: doubled from the first on."""

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
NOWHERE = "http://127.0.0.1:1/v1"
"""Where a request would go that no recording answers: nothing listens there."""


class Client:
    """Asks one model for answers that fit a schema. Use as `async with`.

    Calls may run at the same time: `profile.concurrency` of them are in flight, fewer while the
    server turns some away, the others wait. A call that is turned away holds up all of them for as
    long as the server says. `limits` are the bounds on time and cost; `timeout` and `retries` stand
    for those of `limits`.
    """

    def __init__(
        self,
        model: str,
        base_url: str | None,
        api_key: str | None,
        profile: Profile,
        *,
        timeout: float | None = None,
        retries: int | None = None,
        limits: Limits | None = None,
        read_ahead: ReadAhead | None = None,
    ) -> None:
        self.model = model
        self.base_url = (base_url or OPENAI_URL).rstrip("/")
        limits = limits or Limits()
        self.limits = limits = replace(
            limits,
            timeout=limits.timeout if timeout is None else timeout,
            retries=limits.retries if retries is None else retries,
        )
        if limits.concurrency is not None:
            profile = profile.model_copy(update={"concurrency": limits.concurrency})
        self.profile = profile
        self.spent = Spend(profile, limits.dollars, limits.tokens)
        self._api_key = api_key or NO_KEY
        self._read_ahead = read_ahead
        self._openai: AsyncOpenAI | None = None
        self._answered = False
        self._asked = telemetry.Asked(model, self.server, self.base_url, self._secret)

    @property
    def server(self) -> str:
        """What kind of server is asked; never its address, which may tell whose it is."""
        if self.base_url == OPENAI_URL:
            return "OpenAI"
        own = urlsplit(self.base_url).hostname in _LOOPBACK
        return "embedded" if own and self.model == EMBEDDED_MODEL else "OpenAI-compatible"

    def __repr__(self) -> str:
        return f"Client(model={self.model!r}, base_url={self.base_url!r})"

    async def __aenter__(self) -> Self:
        import httpx2
        from openai import AsyncOpenAI, DefaultAsyncHttpxClient

        from summarise.posting import Poster
        from summarise.transport import mounts

        host = urlsplit(self.base_url).hostname
        own, flying, whole = host in _LOOPBACK, self.profile.concurrency, self.limits.timeout
        connect = min(0.9 * whole, LONGEST_PAUSE)
        http = DefaultAsyncHttpxClient(
            # A call has a deadline of its own: a timer for each read and write would be one more.
            timeout=httpx2.Timeout(None, connect=connect),
            trust_env=not own,
            limits=httpx2.Limits(max_connections=flying, max_keepalive_connections=flying),
            mounts=mounts(flying, own=own),
        )
        self._openai = AsyncOpenAI(
            api_key=self._api_key,
            base_url=self.base_url,
            timeout=httpx2.Timeout(whole, connect=connect),
            max_retries=0,
            http_client=http,
        )
        self._poster = Poster(self._openai, http)
        played = self.base_url == NOWHERE or str(host).endswith(".invalid")
        pauses = Pauses(FIRST_PAUSE, LONGEST_PAUSE, self.limits.seed, still=played)
        self._calls = Calls(self.limits, flying, pauses, self.spent)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._openai is not None:
            await self._openai.close()
            self._openai = None

    def article(self) -> AbstractContextManager[None]:
        """Within, all calls together have the time that the limits allow an article."""
        return deadline(self.limits.article_seconds)

    async def ask(
        self,
        messages: Sequence[Mapping[str, str]],
        schema: type[BaseModel],
        *,
        max_tokens: int,
    ) -> Answer[BaseModel]:
        """One call: `messages` in, an instance of `schema` or the reason for none out.

        Raises ModelError only where no further call can do better: the server cannot be reached,
        refuses the key, or has no such model; SpendLimitError where the limit leaves no room.
        """
        self._opened()
        body = self.request(messages, schema, max_tokens=max_tokens)
        call = Call(sum(len(message["content"]) for message in messages))
        with telemetry.call(self._asked, body) as tell:
            got = await self._calls.make(call, partial(self._send, body))
            answer = _unanswered(got) if isinstance(got, Failed) else got.read(schema)
            answer = replace(
                answer, seconds=call.seconds, retries=call.retries, unmetered=call.unmetered
            )
            tell(None if isinstance(got, Failed) else got, answer)
        return answer

    def request(
        self,
        messages: Sequence[Mapping[str, str]],
        schema: type[BaseModel],
        *,
        max_tokens: int,
    ) -> dict[str, Any]:
        """The request body: a pure function of its input, so that a recording is found again."""
        profile = self.profile
        settings = {
            profile.limit_parameter: max_tokens,
            "reasoning_effort": profile.reasoning_effort,
            "response_format": response_format(schema, strict=profile.strict),
            "seed": profile.seed,
            "temperature": profile.temperature,
        }
        return {
            "messages": [dict(message) for message in messages],
            "model": self.model,
            **{name: value for name, value in settings.items() if value is not None},
        }

    async def model_names(self) -> list[str]:
        """The models that the server says it has; raises ModelError where it does not say."""
        from openai import APIConnectionError, APIError, AuthenticationError

        try:
            return sorted(model.id for model in (await self._opened().models.list()).data)
        except (APIConnectionError, AuthenticationError) as error:
            self._raise_if_hopeless(error)
            kind = type(error).__name__
        except (APIError, ValueError, TypeError, AttributeError) as error:
            kind = type(error).__name__
        raise ModelError(
            f"no model was named, and {self.base_url!r} does not list its models ({kind}); "
            f"name one with --model or OPENAI_MODEL"
        )

    def _opened(self) -> AsyncOpenAI:
        if self._openai is None:
            raise ModelError(f"{self!r} is not open; use it as `async with Client(...) as client:`")
        return self._openai

    async def _send(self, body: dict[str, Any]) -> Completion | Failed:
        """One try."""
        from openai import APIError

        try:
            await self._opening_read(body["messages"])
            response = await self._poster.post(body)
            self._answered = True
            self._calls.pauses.hold(until_refilled(response.headers) or 0.0)
            return Completion.of(_decoded(response))
        except APIError as error:
            self._raise_if_hopeless(error)
            return Failed.of(error, self._secret)
        except UnicodeEncodeError as error:  # a lone surrogate
            why = f"the request cannot be written as UTF-8: {error}"
            return Failed("unsendable", why)
        except (ValueError, RecursionError) as error:  # announced as JSON, but is none
            return Failed("not JSON", f"the server's answer is not JSON: {error}", reached=True)

    async def _opening_read(self, messages: Sequence[Mapping[str, str]]) -> None:
        """Before the first call, what most others begin with too: instructions and examples."""
        if self._read_ahead is not None and len(messages) > 1:
            read, self._read_ahead = self._read_ahead, None
            await read(messages[:-1])

    def _raise_if_hopeless(self, error: APIError) -> None:
        """Raise ModelError where every other call would fail in the same way."""
        told = told_by(error)
        if told is not None:
            raise told
        act = next_act(error, self.model)
        if act is None and not self._answered and cannot_connect(error):
            act = "is it running? Check --base-url, or leave it out for the embedded model"
        if act is not None:
            why = said(error, self._secret)
            raise ModelError(f"{self.base_url!r}: {why}; {act}") from None

    @property
    def _secret(self) -> str:
        """The key, where there is one that must not be shown."""
        return "" if self._api_key == NO_KEY else self._api_key


@asynccontextmanager
async def connect(
    model: str | None = None,
    base_url: str | None = None,
    api_key: str | None = None,
    *,
    on_progress: Progress | None = None,
    limits: Limits | None = None,
) -> AsyncIterator[Client]:
    """A client for the model that the arguments, else the environment, name.

    Read where an argument is missing: OPENAI_MODEL, OPENAI_BASE_URL, OPENAI_API_KEY. With neither
    key nor base URL, or when the embedded model is named, the embedded model is started for as
    long as the context lasts, its weights fetched first (`on_progress` is told how far; plain lines
    on standard error by default).
    """
    model = model or os.environ.get("OPENAI_MODEL")
    base_url = base_url or os.environ.get("OPENAI_BASE_URL")
    api_key = api_key or os.environ.get("OPENAI_API_KEY")
    if base_url is None and (api_key is None or model == EMBEDDED_MODEL):
        opened = _embedded(model or EMBEDDED_MODEL, on_progress or plain_progress(), limits)
    else:
        opened = _remote(model, base_url, api_key, limits)
    async with opened as client:
        yield client


@asynccontextmanager
async def _remote(
    model: str | None, base_url: str | None, api_key: str | None, limits: Limits | None
) -> AsyncIterator[Client]:
    if model is None:
        model = DEFAULT_API_MODEL if base_url is None else await _only_model(base_url, api_key)
    async with Client(model, base_url, api_key, profile_for(model), limits=limits) as client:
        yield client


async def _only_model(base_url: str, api_key: str | None) -> str:
    """The model of a server that has just one; raises ModelError with the choice otherwise."""
    async with Client("unnamed", base_url, api_key, profile_for("unnamed")) as client:
        names = await client.model_names()
    if len(names) != 1:
        offered = ", ".join(map(repr, names[:8])) or "none"
        raise ModelError(
            f"{base_url!r} serves {len(names)} models ({offered}); name one with --model"
        )
    return names[0]


@asynccontextmanager
async def _embedded(
    model: str, on_progress: Progress, limits: Limits | None
) -> AsyncIterator[Client]:
    if model != EMBEDDED_MODEL:
        raise ModelError(
            f"model {model!r} needs a server: set OPENAI_API_KEY, or give --base-url; "
            f"leave the model out for the embedded {EMBEDDED_MODEL!r}"
        )
    profile = profile_for(model)
    weights = await _fetched(on_progress)
    async with (
        embedded.served(weights, context_tokens=profile.context_tokens) as endpoint,
        Client(
            model,
            endpoint.base_url,
            endpoint.api_key,
            profile,
            limits=limits,
            read_ahead=endpoint.read_ahead,
        ) as client,
    ):
        yield client


async def _fetched(on_progress: Progress) -> Path:
    """The weights, fetched in a thread that ends at its next step once this task is cancelled."""
    cancelled = threading.Event()

    def report(what: str, done: int, total: int) -> None:
        if cancelled.is_set():
            raise WeightsError(f"stopped while {what}; it is taken up again at the next start")
        on_progress(what, done, total)

    try:
        return await anyio.to_thread.run_sync(
            partial(embedded.pull, on_progress=report), abandon_on_cancel=True
        )
    finally:
        cancelled.set()


def _unanswered(failed: Failed) -> Answer[BaseModel]:
    return Answer(None, error=failed.why, kind=failed.kind)


def _decoded(response: Response) -> Any:
    """The JSON of a response; its text where it is announced as something else."""
    if "json" in response.headers.get("content-type", "json"):
        return response.json()
    return response.text
