"""What goes wrong with the recorder's own files: no good one is lost, nothing in one is run."""

from __future__ import annotations

import base64
import errno
import json
import os
import re
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_server import PlainServer, Reply, completion, plain_server
from vcr.request import Request

from summarise import tape_file
from summarise.errors import InputError, ModelError, RecordError
from summarise.recording import cassette
from summarise.tape_file import Interaction, packed, plain_yaml, read_tape, write_whole

__all__ = ["plain_server"]

AGAIN = "summarise cassettes record mill"
GOOD = """\
interactions:
- request:
    body: '{"seed": 7}'
    headers:
      content-type:
      - application/json
    method: POST
    uri: http://model.invalid/v1/chat
  response:
    body:
      string: '{"choices": []}'
    headers:
      content-type:
      - application/json
    status:
      code: 200
      message: OK
version: 1
"""


def post(url: str, body: object = ("x",)) -> httpx2.Response:
    with httpx2.Client(trust_env=False, timeout=5) as client:
        return client.post(f"{url}/v1/chat", json=body)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    """A good recording, alone in its folder."""
    path = tmp_path / "cassettes" / "mill.yaml"
    path.parent.mkdir()
    path.write_text(GOOD, "utf-8")
    return path


def test_a_good_one_plays(tape: Path) -> None:
    with cassette(tape, mode="none") as recording:
        assert post("http://127.0.0.1:1", {"seed": 7.0}).json() == {"choices": []}
    assert (recording.recorded, recording.unused) == (1, 0)


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
)
BROKEN: list[tuple[str, str, str]] = [
    ("half", GOOD[: len(GOOD) // 2], "broken YAML in line 10: could not find"),
    ("a request without its answer", GOOD[: GOOD.index("  response")], r"0\.response: Field req"),
    ("without its last line", GOOD.removesuffix("version: 1\n"), "version: Field required"),
    ("a later version", GOOD.replace("version: 1", "version: 2"), "version: Input should be 1"),
    ("half a word", GOOD[: GOOD.index("seed") + 2], "broken YAML in line 3"),
    ("a list", "- a\n- b\n", "the whole: Input should be a valid dictionary"),
    ("a word", "interactions\n", "the whole: Input should be a valid dictionary"),
    ("a number", "7", "the whole: Input should be a valid dictionary"),
    ("another file", '{"claims": []}', "interactions: Field required"),
    ("no list", "interactions: {}", "interactions: Input should be a valid list"),
    ("no request", "interactions:\n- response: {}", r"interactions\.0\.request: Field required"),
    (
        "no body",
        GOOD.replace("string:", "text:").replace("body:\n", "bodies:\n"),
        "body: Field req",
    ),
    (
        "no code",
        GOOD.replace("code: 200", "code: fine"),
        r"status\.code: Input should be a valid int",
    ),
    ("odd code", GOOD.replace("code: 200", "code: 7"), r"status\.code: Input should be greater"),
    (
        "odd header",
        GOOD.replace("\n      - application/json", " text", 1),
        r"headers\.content-type",
    ),
    ("a document more", f"{GOOD}---\n{GOOD}", "2 documents where there should be one"),
    ("only a comment", "# nothing\n", "0 documents where there should be one"),
    ("a tab", "interactions:\n\t- request", "broken YAML in line 2"),
    ("a bad byte", "interactions: \x00", "unacceptable character|control characters"),
    ("bad bytes", "a: !!binary '***'", "bytes that are no base64|the whole|interactions"),
    ("a key that is a list", "? [a]\n: b", "is no text"),
    # attacks
    ("apply", "!!python/object/apply:os.system ['touch {ran}']", "could run code"),
    ("new", "a: !!python/object/new:os.system ['touch {ran}']", "could run code"),
    ("name", "a: !!python/name:os.system", "could run code"),
    ("module", "a: !!python/module:antigravity", "could run code"),
    ("iter", "a: !!python/object/apply:builtins.iter {{args: [[1]]}}", "could run code"),
    (
        "in an answer",
        GOOD.replace("'{\"choices\": []}'", "!!python/object/apply:os.system ['touch {ran}']"),
        r"system' in line \d+, which could run code",
    ),
    ("own tag", "a: !evil x", "could run code"),
    ("laughs", LAUGHS, "the alias or anchor 'a' in line 1"),
    ("an alias to itself", "&a [*a]", "the alias or anchor 'a'"),
    ("deep", "[" * 100_000, "more than 12 levels of nesting in line 1"),
    ("deep maps", "{a: " * 5_000, "more than 12 levels of nesting in line 1"),
    (
        "a long number",
        f"interactions: {'9' * 100_000}",
        "interactions: Input should be a valid list",
    ),
]


@pytest.mark.parametrize(
    ("text", "problem"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN]
)
@pytest.mark.parametrize("mode", ["none", "once"])
def test_a_file_that_is_no_recording(tmp_path: Path, text: str, problem: str, mode: Any) -> None:
    path, ran = tmp_path / "mill.yaml", tmp_path / "ran"
    text = text.replace("{ran}", str(ran))
    path.write_text(text, "utf-8")
    began = time.process_time()
    with (
        pytest.raises(RecordError) as told,
        cassette(path, mode=mode, record_again=AGAIN),
    ):
        raise AssertionError("it was opened")
    said = str(told.value)
    assert said.startswith(f"{str(path)!r} is no recording (")
    assert said.endswith(f"Take it back from version control, or record it again: {AGAIN}")
    assert re.search(problem, said), said
    assert len(said) < 1000
    assert not ran.exists()
    assert path.read_text("utf-8") == text
    assert time.process_time() - began < 2


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "mill.yaml"
    path.write_bytes(b"interactions: \xff")
    with pytest.raises(RecordError, match=r"it is not UTF-8: invalid start byte at byte 14"):
        read_tape(path, "record it again")


def test_a_file_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mill.yaml"
    with path.open("wb") as file:
        file.truncate(300 * 2**20)
    with pytest.raises(RecordError, match="it has 314572800 bytes, more than 268435456"):
        read_tape(path, "record it again")


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="cannot be read: Is a directory"):
        read_tape(tmp_path, "record it again")


def test_no_file_and_an_empty_one_hold_nothing(tmp_path: Path) -> None:
    assert read_tape(tmp_path / "none.yaml", "") is None
    (tmp_path / "empty.yaml").write_text("\n", "utf-8")
    assert read_tape(tmp_path / "empty.yaml", "") is None


def test_a_broken_one_is_recorded_again(plain_server: PlainServer, tape: Path) -> None:
    tape.write_text(GOOD[:90], "utf-8")
    with cassette(tape, mode="all") as recording:
        post(plain_server.url)
    assert recording.recorded == 1
    assert len(read_tape(tape, "") or ()) == 1


TEXT = st.text(st.characters(codec="utf-8"), max_size=60)


@settings(max_examples=80)
@given(TEXT, TEXT | st.binary(max_size=20), st.integers(100, 599))
def test_what_is_written_is_what_is_read(asked: str, answered: str | bytes, code: int) -> None:
    request = Request("POST", "http://model.invalid/v1", asked.encode(), {"content-type": "a/b"})
    raw = answered.encode() if isinstance(answered, str) else answered
    response = {
        "status": {"code": code, "message": "OK"},
        "headers": {"content-type": ["a/b; c=d"]},
        "body": {"string": raw},
    }
    text = packed([(request, response)]).decode()
    [one] = map(Interaction.model_validate, plain_yaml(text)["interactions"])
    body, string = one.request.body, one.response.body.string
    assert (body.encode() if isinstance(body, str) else body or b"") == asked.encode()
    assert (string.encode() if isinstance(string, str) else string or b"") == raw
    assert (one.response.status.code, one.request.headers) == (code, {"content-type": ["a/b"]})
    assert plain_yaml(text) == yaml.safe_load(text)


def test_an_error_in_the_block_keeps_the_old_one(plain_server: PlainServer, tape: Path) -> None:
    def fail(error: BaseException) -> None:
        with cassette(tape, mode="all"):
            post(plain_server.url)
            raise error

    for error in (ValueError("x"), KeyboardInterrupt(), SystemExit(1), GeneratorExit()):
        with pytest.raises(type(error)):
            fail(error)
        assert tape.read_text("utf-8") == GOOD
        assert names(tape.parent) == ["mill.yaml"]


def full(descriptor: int, data: memoryview) -> int:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def half_then_full() -> Callable[[int, memoryview], int]:
    write, written = os.write, list[bool]()

    def once(descriptor: int, data: memoryview) -> int:
        if written:
            return full(descriptor, data)
        written.append(True)
        return write(descriptor, data[: len(data) // 2])

    return once


@pytest.mark.parametrize("write", [full, half_then_full()], ids=["at once", "half way"])
def test_a_full_disk_keeps_the_old_one(
    plain_server: PlainServer, tape: Path, monkeypatch: pytest.MonkeyPatch, write: Any
) -> None:
    def record() -> None:
        with cassette(tape, mode="all"):
            post(plain_server.url)
            monkeypatch.setattr(tape_file.os, "write", write)  # type: ignore[attr-defined]

    with pytest.raises(InputError, match=r"'.*mill\.yaml' cannot be written: No space left on"):
        record()
    monkeypatch.undo()
    assert tape.read_text("utf-8") == GOOD
    assert names(tape.parent) == ["mill.yaml"]
    assert post(plain_server.url).status_code == 200, "the patches of vcrpy are gone"


RECORDER = """
    import sys, time
    from pathlib import Path
    from summarise import tape_file
    path, how, data = Path(sys.argv[1]), sys.argv[2], sys.argv[3].encode()
    if how == "hang":
        # It stops half way, and says so.
        def write(descriptor, rest, write=tape_file.os.write):
            write(descriptor, rest[: len(rest) // 2])
            print("half", flush=True)
            time.sleep(60)
        tape_file.os.write = write
    if how == "limit":
        import resource, signal
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    for _ in range(40 if how == "often" else 1):
        tape_file.write_whole(path, data * 2000)
"""


def recorder(path: Path, how: str, data: str) -> subprocess.Popen[str]:
    code = textwrap.dedent(RECORDER)
    command = [sys.executable, "-c", code, str(path), how, data]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True)


def test_killed_half_way_the_old_one_stays_whole_and_the_next_write_cleans_up(tape: Path) -> None:
    with recorder(tape, "hang", "x") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "half\n"
        [left] = [name for name in names(tape.parent) if name != "mill.yaml"]
        write_whole(tape, GOOD.encode())  # another writer leaves a living one's file alone
        assert left in names(tape.parent)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert tape.read_text("utf-8") == GOOD
    assert names(tape.parent) == sorted([left, "mill.yaml"])
    assert left.startswith(".mill.yaml.")
    assert left.endswith(".new")
    assert list(tape.parent.glob("*.yaml")) == [tape]
    with cassette(tape, mode="none") as recording:
        assert recording.recorded == 1
    write_whole(tape, b"new")
    assert names(tape.parent) == ["mill.yaml"]


def test_two_that_record_one_case_at_once_never_mix(tmp_path: Path) -> None:
    path = tmp_path / "mill.yaml"
    processes = [recorder(path, "often", word) for word in ("mill ", "weir ")]
    wholes = {f"{word} " * 2000 for word in ("mill", "weir")}
    seen = set()
    while any(process.poll() is None for process in processes):
        if path.exists():
            seen.add(path.read_text("utf-8"))
    for process in processes:
        assert process.communicate() == ("", "")
    assert seen | {path.read_text("utf-8")} <= wholes
    assert names(tmp_path) == ["mill.yaml"]


def test_a_file_that_may_not_grow_keeps_the_old_one(tape: Path) -> None:
    with recorder(tape, "limit", "x") as process:
        _, said = process.communicate()
    assert "mill.yaml' cannot be written: File too large" in said
    assert tape.read_text("utf-8") == GOOD
    assert names(tape.parent) == ["mill.yaml"]


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("file/mill.yaml", "Not a directory|File exists"),
        (f"{'x' * 300}.yaml", "File name too long"),
    ],
)
def test_a_place_that_cannot_be_written(
    plain_server: PlainServer, tmp_path: Path, place: str, reason: str
) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    with (
        pytest.raises(InputError, match=f"cannot be written: ({reason})"),
        cassette(tmp_path / place, mode="all"),
    ):
        post(plain_server.url)


def test_a_folder_that_may_not_be_written(tape: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may write anywhere, so the system's refusal is played."""

    def refused(*_: object) -> int:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(tape_file.os, "open", refused)  # type: ignore[attr-defined]
    with pytest.raises(InputError, match=r"cannot be written: Permission denied; what it held"):
        write_whole(tape, b"new")
    assert tape.read_text("utf-8") == GOOD


def test_other_files_are_left_alone(tape: Path) -> None:
    for name in (".mill.yaml.new.txt", "mill.yaml.new", ".weir.yaml.1a.new", ".mill.yaml.1a.new"):
        (tape.parent / name).write_text("x", "utf-8")
    write_whole(tape, b"new")
    assert names(tape.parent) == [
        ".mill.yaml.new.txt",
        ".weir.yaml.1a.new",
        "mill.yaml",
        "mill.yaml.new",
    ]


def test_a_file_has_the_rights_of_any_other(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("x", "utf-8")
    write_whole(tmp_path / "mill.yaml", b"x")
    modes = {path.stat().st_mode for path in tmp_path.iterdir()}
    assert len(modes) == 1


def test_an_answer_that_cannot_be_decompressed_is_not_recorded(
    plain_server: PlainServer, tmp_path: Path
) -> None:
    odd = base64.b64decode("AAAA")
    plain_server.reply(Reply(odd, headers={"content-encoding": "x-odd"}))
    with (
        pytest.raises(ModelError, match=r"compressed as 'x-odd', which cannot be recorded"),
        cassette(tmp_path / "mill.yaml", mode="once"),
    ):
        post(plain_server.url)
    assert names(tmp_path) == []


def test_a_run_that_asks_nothing_leaves_an_empty_recording_only_where_all_is_made_anew(
    tape: Path,
) -> None:
    for mode, held in (("none", 1), ("once", 1), ("all", 0)):
        with cassette(tape, mode=mode):  # type: ignore[arg-type]
            pass
        assert len(read_tape(tape, "") or ()) == held
    with cassette(tape.parent / "new.yaml", mode="once"):
        pass
    assert names(tape.parent) == ["mill.yaml"]


def test_json_of_the_answer_is_what_came(plain_server: PlainServer, tmp_path: Path) -> None:
    sent = completion("“a” \u00a0 b  ")
    plain_server.reply(Reply(sent))
    with cassette(tmp_path / "mill.yaml", mode="once"):
        assert post(plain_server.url).content == sent
    with cassette(tmp_path / "mill.yaml", mode="none"):
        played = post(plain_server.url).json()
    assert played == {**json.loads(sent), "id": "…"}
