"""Recordings of a model's answers, so that a run can be played again without the model.

A request is found again by its method, its path and its JSON body: messages, schema, model and
sampling. Host, port and key play no part, for those of the embedded server change at every start.
Nothing that names a person or an account is kept: of the headers only the content type.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from summarise.errors import ModelError
from summarise.scrub import cleaned

if TYPE_CHECKING:
    from summarise.tape import Tape

Mode = Literal["none", "once", "all"]
"""`none` plays only, `once` records where there is no file yet, `all` records everything anew."""

_LOGGED_BY = ("vcr", "openai", "instructor", "httpx", "httpx2", "httpcore", "httpcore2")
_LOGGERS = frozenset(
    "vcr.request vcr.cassette vcr.stubs.httpx_stubs openai openai._base_client openai._response"
    " openai._legacy_response httpx httpx2 httpcore.connection httpcore.http11 httpcore.http2"
    " httpcore.proxy httpcore.socks httpcore2.connection httpcore2.http11 httpcore2.http2"
    " httpcore2.proxy httpcore2.socks".split()
)


class Recording:
    """A recording in use: how much of it there is, and how much was played."""

    def __init__(self, path: Path, tape: Tape) -> None:
        self.path = path
        self._tape = tape

    @property
    def seconds(self) -> list[float]:
        """The latency of each answer that was recorded, in their order."""
        return self._tape.seconds

    @property
    def bodies(self) -> Iterator[dict[str, Any]]:
        """The JSON of each recorded request."""
        asked = (ask.fields for ask in self._tape.asks)
        return (dict(fields) for fields in asked if fields is not None)

    @property
    def recorded(self) -> int:
        """Answers in the recording."""
        return len(self._tape)

    @property
    def played(self) -> int:
        """Answers that were played from it."""
        return int(self._tape.play_count)

    @property
    def unused(self) -> int:
        """Answers of the file that no request asked for: it is older than what plays it."""
        return self._tape.loaded - len(self._tape.play_counts)

    @property
    def unanswered(self) -> int:
        """Requests that got no answer at all, however often tried: they cannot be played."""
        return self._tape.unanswered


@contextmanager
def cassette(path: Path, *, mode: Mode, record_again: str = "") -> Iterator[Recording]:
    """Play the model's answers from `path`, or record them there.

    `record_again` is the command that makes the file anew; it is named when a request is missing.
    A request that is not recorded raises ModelError (from within `Client.ask`), as does a key in
    use that stands in an article. A file that is no recording raises RecordError, one that cannot
    be written InputError. The file is written whole, and only if the block ends without an
    exception.
    """
    again = f"record it again: {record_again}" if record_again else "record it again"
    opened = _tape_class().use(path=str(path), record_mode=mode, act=again)
    with opened as tape, _clean_logs(tape.known):
        yield Recording(path, tape)
    if tape.to_write:
        tape.write()


def _tape_class() -> type[Tape]:
    try:
        from summarise.tape import Tape
    except ImportError as error:
        raise ModelError("recordings need vcrpy: pip install 'summarise[recordings]'") from error
    return Tape


@contextmanager
def _clean_logs(known: Collection[str]) -> Iterator[None]:
    """No secret in what the libraries on the way to the model log (at DEBUG: whole headers)."""
    there = (name for name in logging.root.manager.loggerDict if name.split(".")[0] in _LOGGED_BY)
    loggers = [logging.getLogger(name) for name in sorted({*there, *_LOGGERS})]
    cleaner = _Cleaner(known)
    for logger in loggers:
        logger.addFilter(cleaner)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeFilter(cleaner)


class _Cleaner(logging.Filter):
    """Takes secrets out of log records, those in tracebacks too."""

    def __init__(self, known: Collection[str]) -> None:
        super().__init__()
        self._known = known

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = cleaned(record.getMessage(), self._known), ()
        if record.exc_info:
            written = logging.Formatter().formatException(record.exc_info)
            record.exc_text = cleaned(written, self._known)
        return True
