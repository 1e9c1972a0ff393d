"""The file of a recording: read without running anything in it, written whole or not at all.

The format is vcrpy's. Of YAML only what vcrpy writes is read: maps, lists, text, whole numbers and
bytes. A tag that names a type, an alias, or a nesting deeper than a recording has is an error.
"""

from __future__ import annotations

import base64
import binascii
import fcntl
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from summarise.errors import InputError, RecordError

Headers = dict[str, list[str]]

_DEEPEST = 12
_BINARY = "tag:yaml.org,2002:binary"
_LARGEST = 256 * 2**20  # bytes


class Asked(BaseModel):
    """A recorded request."""

    method: str
    uri: str
    body: str | bytes | None = None
    headers: Headers = Field(default_factory=dict)


class Status(BaseModel):
    """What an answer's first line said."""

    code: Annotated[int, Field(ge=100, le=599)]
    message: str | None = None


class Body(BaseModel):
    """What an answer said, after decompression."""

    string: str | bytes | None = ""


class Answered(BaseModel):
    """A recorded answer."""

    status: Status
    headers: Headers = Field(default_factory=dict)
    body: Body


class Interaction(BaseModel):
    """One request and what was answered."""

    request: Asked
    response: Answered


class Taped(BaseModel):
    """A whole recording; the version comes last in its file, so one that was cut off lacks it."""

    interactions: list[Interaction]
    version: Literal[1]


def read_tape(path: Path, act: str) -> list[Interaction] | None:
    """The interactions of a recording, None where there is no file or an empty one.

    Raises RecordError, which ends in `act`, where the file holds anything else.
    """
    try:
        size = path.stat().st_size
        text = path.read_bytes().decode("utf-8") if size <= _LARGEST else ""
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RecordError(f"{str(path)!r} cannot be read: {error.strerror}; {act}") from None
    except UnicodeDecodeError as error:
        raise _no_tape(
            path, f"it is not UTF-8: {error.reason} at byte {error.start}", act
        ) from None
    if size > _LARGEST:
        raise _no_tape(path, f"it has {size} bytes, more than {_LARGEST}", act)
    return _interactions(text, path, act) if text.strip() else None


def _interactions(text: str, path: Path, act: str) -> list[Interaction]:
    import yaml

    try:
        return TypeAdapter(Taped).validate_python(plain_yaml(text)).interactions
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "the whole"
        raise _no_tape(path, f"{where}: {first['msg']}", act) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f" in line {mark.line + 1}" if mark else ""
        raise _no_tape(path, f"broken YAML{line}: {error.problem}", act) from None
    except (yaml.YAMLError, ValueError) as error:
        raise _no_tape(path, str(error).splitlines()[0], act) from None


def _no_tape(path: Path, problem: str, act: str) -> RecordError:
    return RecordError(
        f"{str(path)!r} is no recording ({problem}); expected 'interactions', each a 'request' "
        f"and a 'response', and 'version: 1'. Take it back from version control, or {act}"
    )


class _Open(NamedTuple):
    """A map or a list whose end is still to come; `key` holds a map's key until its value."""

    value: dict[Any, Any] | list[Any]
    key: list[Any]

    def add(self, value: Any) -> None:
        if isinstance(self.value, list):
            self.value.append(value)
        elif self.key:
            self.value[self.key.pop()] = value
        elif isinstance(value, str):
            self.key.append(value)
        else:
            raise ValueError(f"the key {str(value)[:40]!r} of a map is no text")


def plain_yaml(text: str) -> Any:
    """The value of YAML that holds only maps, lists, text, whole numbers and bytes.

    It is put together from the parser's events, so that nothing can be made but these. Raises
    ValueError or yaml.YAMLError.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    root = _Open([], [])
    stack = [root]
    for event in yaml.parse(text, Loader=loader):
        _refuse(event, len(stack))
        if isinstance(event, yaml.ScalarEvent):
            stack[-1].add(_scalar(event))
        elif isinstance(event, yaml.CollectionStartEvent):
            stack.append(_Open({} if isinstance(event, yaml.MappingStartEvent) else [], []))
        elif isinstance(event, yaml.CollectionEndEvent):
            done = stack.pop().value
            stack[-1].add(done)
    if len(root.value) != 1:
        raise ValueError(f"{len(root.value)} documents where there should be one")
    return root.value[0]


def _refuse(event: Any, depth: int) -> None:
    """Raises ValueError for what a recording never holds and an attack would."""
    line = f" in line {event.start_mark.line + 1}"
    tag = getattr(event, "tag", None)
    if tag not in (None, "!", _BINARY):
        raise ValueError(f"the tag {tag[:80]!r}{line}, which could run code")
    if getattr(event, "anchor", None) is not None:
        raise ValueError(f"the alias or anchor {event.anchor[:80]!r}{line}")
    if depth > _DEEPEST:
        raise ValueError(f"more than {_DEEPEST} levels of nesting{line}")


def _scalar(event: Any) -> str | int | bytes | None:
    text: str = event.value
    if event.tag == _BINARY:
        try:
            return base64.b64decode(text)
        except binascii.Error as error:
            raise ValueError(f"bytes that are no base64 ({error})") from None
    if not event.implicit[0] or event.tag == "!":  # quoted
        return text
    if text in ("", "~", "null"):
        return None
    return int(text) if re.fullmatch(r"[+-]?\d{1,18}", text) else text


def write_whole(path: Path, data: bytes) -> None:
    """`path` holds `data` or what it held before, however the process or the disk may end.

    Several may write at once: each writes a file of its own, and the last one done stays. What
    writers that were killed have left is removed. Raises InputError where it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove_left_over(path)
        with _own_file(path) as (new, descriptor):
            _write_all(descriptor, data)
            os.fsync(descriptor)
            new.replace(path)
    except OSError as error:
        raise InputError(
            f"the recording {str(path)!r} cannot be written: {error.strerror}; what it held before "
            "is unchanged. Make room or name another folder, then record it again"
        ) from None


@contextmanager
def _own_file(path: Path) -> Iterator[tuple[Path, int]]:
    """A new file beside `path`, locked for as long as its writer lives."""
    while True:
        new = path.with_name(f".{path.name}.{secrets.token_hex(6)}.new")
        descriptor = os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            break
        os.close(descriptor)  # taken for a left-over one before it was locked
    try:
        yield new, descriptor
    finally:
        with suppress(FileNotFoundError):
            new.unlink()
        os.close(descriptor)


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _remove_left_over(path: Path) -> None:
    """Remove new files of `path` that no process holds locked any more."""
    for other in path.parent.iterdir():
        if other.name.startswith(f".{path.name}.") and other.suffix == ".new":
            with suppress(OSError):
                _remove_if_unlocked(other)


def _remove_if_unlocked(new: Path) -> None:
    descriptor = os.open(new, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        new.unlink()
    finally:
        os.close(descriptor)


def packed(interactions: Sequence[tuple[Any, Any]]) -> bytes:
    """The text of a recording's file, for vcrpy's requests and responses."""
    from vcr.serialize import serialize
    from vcr.serializers import yamlserializer

    requests, responses = zip(*interactions, strict=True) if interactions else ((), ())
    held = {"requests": requests, "responses": responses}
    return str(serialize(held, yamlserializer)).encode()
