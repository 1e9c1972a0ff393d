"""The way to a model: one async client for every OpenAI-compatible server.

The only module that imports `openai` and `instructor`, and only when a client is opened: each
takes about a second. The request is put together here and not by `instructor`, whose JSON_SCHEMA
mode sends a schema without `strict` and whose templating would render article text; `instructor`
reads the answer.
"""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from textwrap import shorten
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

import anyio
from pydantic import BaseModel, ValidationError

from summarise import embedded
from summarise.answer import Answer, tokens, what_is_wrong
from summarise.embedded import Progress, plain_progress
from summarise.errors import ModelError, WeightsError
from summarise.profiles import DEFAULT_API_MODEL, EMBEDDED_MODEL, Profile, profile_for
from summarise.redact import redacted
from summarise.schemas import response_format

if TYPE_CHECKING:
    from openai import APIError, AsyncOpenAI
    from openai.types.chat import ChatCompletion

__all__ = ["Answer", "Client", "connect"]

OPENAI_URL = "https://api.openai.com/v1"
NO_KEY = "none"
"""Sent to a server that needs no key: the openai client refuses an empty one."""

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
"""Seconds between tries: doubled from the first on; a server's Retry-After counts up to here."""

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
NOWHERE = "http://127.0.0.1:1/v1"
"""Where a request would go that no recording answers: nothing listens there."""

_RETRIED = frozenset({408, 409, 429, 500, 502, 503, 504, 529})
_LONGEST_MESSAGE = 300  # characters of what a server says about an error; some send whole pages


class Client:
    """Asks one model for answers that fit a schema. Use as `async with`.

    `timeout` is in seconds a try; `retries` counts the further tries after a failed one. Calls may
    run at the same time: `profile.concurrency` of them are in flight, the others wait.
    """

    def __init__(
        self,
        model: str,
        base_url: str | None,
        api_key: str | None,
        profile: Profile,
        *,
        timeout: float = 300,
        retries: int = 3,
    ) -> None:
        self.model = model
        self.base_url = (base_url or OPENAI_URL).rstrip("/")
        self.profile = profile
        self.timeout = timeout
        self.retries = retries
        self._api_key = api_key or NO_KEY
        self._openai: AsyncOpenAI | None = None
        self._answered = False

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
        from openai import AsyncOpenAI, DefaultAsyncHttpxClient

        # A proxy of the user's cannot reach this machine's own loopback.
        own = urlsplit(self.base_url).hostname in _LOOPBACK
        self._openai = AsyncOpenAI(
            api_key=self._api_key,
            base_url=self.base_url,
            timeout=self.timeout,
            max_retries=0,
            http_client=DefaultAsyncHttpxClient(trust_env=not own),
        )
        self._limit = anyio.CapacityLimiter(self.profile.concurrency)
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

    async def ask(
        self,
        messages: Sequence[Mapping[str, str]],
        schema: type[BaseModel],
        *,
        max_tokens: int,
    ) -> Answer[BaseModel]:
        """One call: `messages` in, an instance of `schema` or the reason for none out.

        Raises ModelError only where no further call can do better: the server cannot be reached,
        refuses the key, or has no such model.
        """
        self._opened()
        body = self.request(messages, schema, max_tokens=max_tokens)
        async with self._limit:
            began = time.perf_counter()
            completion, retries, error = await self._complete(body)
        seconds = time.perf_counter() - began
        if error is not None:
            return Answer(None, error=error, seconds=seconds, retries=retries)
        return _answer(completion, schema, seconds=seconds, retries=retries)

    def request(
        self,
        messages: Sequence[Mapping[str, str]],
        schema: type[BaseModel],
        *,
        max_tokens: int,
    ) -> dict[str, Any]:
        """The request body: a pure function of its input, so that a recording is found again."""
        profile = self.profile
        sampling = {
            "temperature": profile.temperature,
            "seed": profile.seed,
            "reasoning_effort": profile.reasoning_effort,
        }
        return {
            "model": self.model,
            "messages": [dict(message) for message in messages],
            "response_format": response_format(schema, strict=profile.strict),
            profile.limit_parameter: max_tokens,
            **{name: value for name, value in sampling.items() if value is not None},
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

    async def _complete(self, body: dict[str, Any]) -> tuple[Any, int, str | None]:
        """The completion or the reason for none, and the number of tries that failed before."""
        from openai import APIError

        create = self._opened().chat.completions.create
        for retries in range(self.retries + 1):
            try:
                completion: Any = await create(**body)
            except APIError as error:
                self._raise_if_hopeless(error)
                if retries == self.retries or not _worth_another_try(error):
                    return None, retries, self._reason(error, retries)
                await anyio.sleep(_pause(error, retries))
            except UnicodeEncodeError as error:  # a lone surrogate
                return None, retries, f"the request cannot be written as UTF-8: {error}"
            except ValueError as error:  # announced as JSON, but is none
                return None, retries, f"the server's answer is not JSON: {error}"
            else:
                self._answered = True
                return completion, retries, None
        raise AssertionError("unreachable: the last try returns")

    def _raise_if_hopeless(self, error: APIError) -> None:
        """Raise ModelError where every other call would fail in the same way."""
        told = _told_by(error)
        if told is not None:
            raise told
        act = _next_act(error, self.model)
        if act is None and not self._answered and _cannot_connect(error):
            act = "is it running? Check --base-url, or leave it out for the embedded model"
        if act is not None:
            raise ModelError(f"{self.base_url!r}: {self._said(error)}; {act}") from None

    def _reason(self, error: APIError, retries: int) -> str:
        from openai import APITimeoutError

        if isinstance(error, APITimeoutError):
            return f"no answer within {self.timeout:g} s"
        tries = f" (after {retries + 1} tries)" if retries else ""
        return f"{self._said(error)}{tries}"

    def _said(self, error: APIError) -> str:
        """What the error says, its deepest cause included, without keys and organisation ids."""
        cause: BaseException = error
        while cause.__cause__ is not None:
            cause = cause.__cause__
        said = str(error) if cause is error else f"{error} {type(cause).__name__}: {cause}"
        key = "" if self._api_key == NO_KEY else self._api_key
        return shorten(redacted(said, key), _LONGEST_MESSAGE, placeholder=" …")


@asynccontextmanager
async def connect(
    model: str | None = None,
    base_url: str | None = None,
    api_key: str | None = None,
    *,
    on_progress: Progress | None = None,
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
        opened = _embedded(model or EMBEDDED_MODEL, on_progress or plain_progress())
    else:
        opened = _remote(model, base_url, api_key)
    async with opened as client:
        yield client


@asynccontextmanager
async def _remote(
    model: str | None, base_url: str | None, api_key: str | None
) -> AsyncIterator[Client]:
    if model is None:
        model = DEFAULT_API_MODEL if base_url is None else await _only_model(base_url, api_key)
    async with Client(model, base_url, api_key, profile_for(model)) as client:
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
async def _embedded(model: str, on_progress: Progress) -> AsyncIterator[Client]:
    if model != EMBEDDED_MODEL:
        raise ModelError(
            f"model {model!r} needs a server: set OPENAI_API_KEY, or give --base-url; "
            f"leave the model out for the embedded {EMBEDDED_MODEL!r}"
        )
    profile = profile_for(model)
    weights = await _fetched(on_progress)
    async with (
        embedded.served(weights, context_tokens=profile.context_tokens) as endpoint,
        Client(model, endpoint.base_url, endpoint.api_key, profile) as client,
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


def _status(error: APIError) -> int | None:
    return getattr(error, "status_code", None)


def _told_by(error: BaseException | None) -> ModelError | None:
    """The ModelError among the causes of an error: a recording that lacks the request."""
    while error is not None and not isinstance(error, ModelError):
        error = error.__cause__ or error.__context__
    return error


def _next_act(error: APIError, model: str) -> str | None:
    """What to do about an error that the next call would meet too; None for any other."""
    match _status(error):
        case 401 | 403:
            return "check OPENAI_API_KEY and that the key may use this model"
        case 404:
            return (
                f"check that the server has {model!r} and that --base-url ends in its version (/v1)"
            )
        case _:
            return None


def _cannot_connect(error: APIError) -> bool:
    import httpx2

    kinds = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.UnsupportedProtocol)
    return isinstance(error.__cause__, kinds)


def _worth_another_try(error: APIError) -> bool:
    from openai import APIConnectionError, APITimeoutError

    if isinstance(error, APITimeoutError):
        return False
    if error.code == "insufficient_quota":
        return False
    return isinstance(error, APIConnectionError) or _status(error) in _RETRIED


def _pause(error: APIError, retries: int) -> float:
    """Seconds to wait before the next try: what the server asks for, else doubled each time."""
    response = getattr(error, "response", None)
    asked = response.headers.get("retry-after", "") if response is not None else ""
    if re.fullmatch(r"\d+(\.\d+)?", asked):
        return min(float(asked), LONGEST_PAUSE)
    return float(min(FIRST_PAUSE * 2**retries, LONGEST_PAUSE))


def _answer(
    completion: Any, schema: type[BaseModel], *, seconds: float, retries: int
) -> Answer[BaseModel]:
    """A completion read as `schema`, with the server's token counts."""
    from openai.types.chat import ChatCompletion

    if not isinstance(completion, ChatCompletion) or not isinstance(completion.choices, list):
        error = f"the server did not answer with a chat completion but with {completion!s:.80}"
        return Answer(None, error=error, seconds=seconds, retries=retries)
    text, finish = "", ""
    value: BaseModel | None = None
    problem: str | None = "the server's answer has no choices"
    if completion.choices:
        choice = completion.choices[0]
        text = (choice.message and choice.message.content) or ""
        finish = str(choice.finish_reason or "")
        value, problem = _value(completion, schema)
    return Answer(
        value,
        text,
        finish,
        **tokens(completion.usage),
        seconds=seconds,
        error=problem,
        retries=retries,
    )


def _value(
    completion: ChatCompletion, schema: type[BaseModel]
) -> tuple[BaseModel | None, str | None]:
    """The value that the first choice holds, or the reason why it holds none."""
    choice = completion.choices[0]
    if choice.message is None:
        return None, "the server's answer has no message"
    if choice.message.refusal:
        return None, f"the model refused: {choice.message.refusal}"
    match choice.finish_reason:
        case "length":
            return None, "the answer was cut off at the output limit"
        case "content_filter":
            return None, "the server's content filter stopped the answer"
    return _parsed(completion, choice.message.content or "", schema)


def _parsed(
    completion: ChatCompletion, text: str, schema: type[BaseModel]
) -> tuple[BaseModel | None, str | None]:
    from instructor import Mode
    from instructor.processing import process_response

    if not text.strip():
        return None, "the answer is empty"
    # Some servers wrap the JSON in a code fence or in thoughts. Only then is it looked for: in
    # broken JSON an inner object could be taken for the whole.
    bare = text.lstrip().startswith("{")
    mode = Mode.JSON_SCHEMA if bare else Mode.MD_JSON
    try:
        value = process_response(completion, response_model=schema, stream=False, mode=mode)
    except ValidationError as error:
        return None, what_is_wrong(error)
    except ValueError as error:
        return None, f"the answer is not JSON: {error}"
    return value, None
