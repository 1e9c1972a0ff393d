"""Recordings of a model's answers, so that a run can be played again without the model.

A request is found again by its method, its path and its JSON body: messages, schema, model and
sampling. Host, port and key play no part, for those of the embedded server change at every start.
Nothing that names a person or an account is kept: of the headers only the content type.
"""

from __future__ import annotations

import difflib
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from summarise.errors import ModelError
from summarise.redact import redacted

Mode = Literal["none", "once", "all"]
"""`none` plays only, `once` records where there is no file yet, `all` records everything anew."""

RECORDED_HOST = "http://model.invalid"
"""Stands in a recording for the server that was asked."""

_MATCHED_ON = ("method", "path", "json_body")
_DIFFERENCE_LINES = 12


class Recording:
    """A recording in use: how much of it there is, and how much was played."""

    def __init__(self, path: Path, cassette: Any) -> None:
        self.path = path
        self._cassette = cassette
        self._began: dict[int, float] = {}
        self.seconds: list[float] = []
        """The latency of each answer that was recorded, in their order."""

    def asked(self, request: Any) -> None:
        """A request goes out to the model."""
        self._began[id(request)] = time.perf_counter()

    def answered(self, request: Any) -> None:
        """Its answer is recorded."""
        began = self._began.pop(id(request), None)
        self.seconds.append(0.0 if began is None else round(time.perf_counter() - began, 3))

    @property
    def bodies(self) -> Iterator[dict[str, Any]]:
        """The JSON of each recorded request."""
        return (json.loads(request.body) for request in self._cassette.requests)

    @property
    def recorded(self) -> int:
        """Answers in the recording."""
        return len(self._cassette)

    @property
    def played(self) -> int:
        """Answers that were played from it."""
        return int(self._cassette.play_count)

    @property
    def unused(self) -> int:
        """Answers that no request asked for: the recording is older than what plays it."""
        return self.recorded - len(self._cassette.play_counts)


@contextmanager
def cassette(path: Path, *, mode: Mode, record_again: str = "") -> Iterator[Recording]:
    """Play the model's answers from `path`, or record them there.

    `record_again` is the command that makes the file anew; it is named when a request is missing.
    A request that is not recorded raises ModelError (from within `Client.ask`). The file is
    written whole, and only if the block ends without an exception.
    """
    recorder = _recorder()
    with recorder.use_cassette(str(path), record_mode=mode) as tape:
        recording = Recording(path, tape)
        tape.can_play_response_for = _explaining(tape, recording, record_again)
        tape.append = _timed(tape, recording)
        yield recording


def _recorder() -> Any:
    try:
        import vcr
    except ImportError as error:
        raise ModelError("recordings need vcrpy: pip install 'summarise[recordings]'") from error
    recorder = vcr.VCR(
        serializer="yaml",
        match_on=_MATCHED_ON,
        decode_compressed_response=True,
        before_record_request=_plain_request,
        before_record_response=_plain_response,
        record_on_exception=False,
        drop_unused_requests=True,
    )
    recorder.register_matcher("json_body", _json_body)
    recorder.register_persister(_WholeFiles)
    return recorder


def _timed(tape: Any, recording: Recording) -> Callable[[Any, Any], None]:
    """vcrpy's own recording of an answer, with its latency."""
    append = tape.append

    def record(request: Any, response: Any) -> None:
        append(request, response)
        recording.answered(request)

    return record


def _explaining(tape: Any, recording: Recording, record_again: str) -> Callable[[Any], bool]:
    """vcrpy's own look-up, with an error that says what to do where nothing may be recorded."""
    can_play = tape.can_play_response_for

    def look_up(request: Any) -> bool:
        if can_play(request):
            return True
        if tape.write_protected:
            raise ModelError(_miss(tape, request, recording.path, record_again))
        recording.asked(request)
        return False

    return look_up


def _miss(tape: Any, request: Any, path: Path, record_again: str) -> str:
    act = f"record it again: {record_again}" if record_again else "record it again"
    if not len(tape):
        return f"{str(path)!r} is missing or holds no answers; {act}"
    body = json.loads(request.body)
    played = [number for number, recorded in enumerate(tape.requests) if _same(recorded, body)]
    if played:
        return f"{str(path)!r} holds this request {len(played)} times, all played; {act}"
    return (
        f"{str(path)!r} does not hold this request (of {len(tape)} recorded). "
        f"The nearest differs:\n{_nearest(tape, body)}\nIf the change is meant, {act}"
    )


def _same(recorded: Any, body: object) -> bool:
    return bool(json.loads(recorded.body) == body)


def _nearest(tape: Any, body: object) -> str:
    """The shortest difference between `body` and what is recorded."""
    asked = _lines(body)
    differences = (
        list(difflib.unified_diff(_lines(json.loads(recorded.body)), asked, n=0))[2:]
        for recorded in tape.requests
    )
    nearest = min(differences, key=len)
    more = len(nearest) - _DIFFERENCE_LINES
    shown = [line[:160].rstrip() for line in nearest[:_DIFFERENCE_LINES]]
    return "\n".join(shown + ([f"… and {more} lines more"] if more > 0 else []))


def _lines(body: object) -> list[str]:
    """The body a line each, those of a message too: an article differs in one of many."""
    written = json.dumps(body, indent=1, sort_keys=True, ensure_ascii=False)
    return written.replace("\\n", "\n").splitlines()


def _json_body(asked: Any, recorded: Any) -> None:
    """vcrpy matcher: equal as JSON, whatever the order of the keys."""
    if json.loads(asked.body or b"null") != json.loads(recorded.body or b"null"):
        raise AssertionError("the JSON bodies differ")


def _plain_request(request: Any) -> Any:
    """The request without its host and its headers."""
    request.uri = RECORDED_HOST + urlsplit(request.uri).path
    request.headers = {"content-type": "application/json"}
    return request


def _plain_response(response: dict[str, Any]) -> dict[str, Any]:
    """The response without its headers; account names are taken out of error messages.

    The body of a good answer is kept as it came: changing a character would move offsets.
    """
    kinds = {name.lower(): value for name, value in response["headers"].items()}
    kept = {"content-type": kinds["content-type"]} if "content-type" in kinds else {}
    body = response["body"]["string"]
    if response["status"]["code"] >= 400:
        body = redacted(body.decode("utf-8", "replace")).encode()
    return {**response, "headers": kept, "body": {"string": body}}


class _WholeFiles:
    """vcrpy persister: a file is there whole or not at all."""

    @staticmethod
    def load_cassette(cassette_path: str, serializer: Any) -> Any:
        from vcr.persisters.filesystem import FilesystemPersister

        return FilesystemPersister.load_cassette(cassette_path, serializer)

    @staticmethod
    def save_cassette(cassette_path: str, cassette_dict: Any, serializer: Any) -> None:
        from vcr.serialize import serialize

        path = Path(cassette_path)
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f"{path.name}.{os.getpid()}.new")
        new.write_text(serialize(cassette_dict, serializer), "utf-8")
        new.replace(path)
