"""A run that is killed: what was finished stays whole, nothing else is there, no server is left."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import slow_model

from summarise.embedded import models

FIRST = "Harbour Gazette\n\nThe ferry to Eastport carried 3,000 people on Monday.\n"
SECOND = "Harbour Gazette\n\nZembury has a mayor, Ada Brook. She opened its market and left.\n"


@pytest.fixture
def embedded_model(tmp_path: Path) -> dict[str, str]:
    """The environment in which the embedded model is the slow one, its weights taken for whole."""
    cache, fakes = tmp_path / "cache", tmp_path / "fakes"
    cache.mkdir()
    fakes.mkdir()
    (fakes / "xllamacpp.py").write_text("from slow_model import CommonParams, Server\n")
    model = models()[0]
    weights = cache / model.filename
    weights.touch()
    os.truncate(weights, model.size)  # takes no room: it is all holes
    stamp = {
        "sha256": model.sha256,
        "size": model.size,
        "mtime_ns": weights.stat().st_mtime_ns,
    }
    weights.with_name(f"{weights.name}.checked.json").write_text(json.dumps(stamp))
    found = os.pathsep.join([str(fakes), str(Path(__file__).parent)])
    return {**os.environ, "SUMMARISE_CACHE": str(cache), "PYTHONPATH": found}


@pytest.fixture
def base_url(tmp_path: Path) -> Iterator[str]:
    """A server of the user's, the slow one."""
    server = slow_model.start(tmp_path / "reached")
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


def killed(
    tmp_path: Path, end: signal.Signals, reached: Path, environment: dict[str, str], *options: str
) -> tuple[int, str, int]:
    """`extract` of two articles, ended when one is written and the model is at the second.

    Gives the exit code, standard error and the process id of the server.
    """
    for name, text in (("first", FIRST), ("second", SECOND)):
        (tmp_path / f"{name}.txt").write_text(text)
    command = [sys.executable, "-m", "summarise.cli", "extract", "first.txt", "second.txt"]
    with subprocess.Popen(
        [*command, "--out", "out", *options],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        # Articles may be served side by side: the model can be asked of the second before.
        _wait_for([reached, tmp_path / "out" / "first.json"], run)
        run.send_signal(end)
        out, err = run.communicate(timeout=20)
    assert out == ""
    return run.returncode, err, int(reached.read_text())


def _wait_for(files: list[Path], run: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 60
    while missing := [file.name for file in files if not file.exists()]:
        if run.poll() is not None or time.monotonic() > until:
            run.kill()
            pytest.fail(f"{missing} never came: {run.communicate()}")
        time.sleep(0.02)


def gone(pid: int, seconds: float = 5) -> bool:
    until = time.monotonic() + seconds
    while _alive(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return not _alive(pid)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def assert_only_the_first_is_there(out: Path) -> None:
    assert [file.name for file in out.iterdir()] == ["first.json"]
    extraction = json.loads((out / "first.json").read_text("utf-8"))
    assert extraction["article"]["id"] == "first"
    assert set(extraction) == {"article", "claims", "ledger", "run"}


ENDS = [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGTERM, -signal.SIGTERM), (signal.SIGINT, 130)]


@pytest.mark.parametrize(("end", "code"), ENDS, ids=lambda value: str(int(value)))
def test_with_the_embedded_model(
    tmp_path: Path, embedded_model: dict[str, str], end: signal.Signals, code: int
) -> None:
    reached = tmp_path / "cache" / "reached"
    ended, err, server = killed(tmp_path, end, reached, embedded_model)
    assert (ended, err) == (code, "")
    assert server != os.getpid()
    assert gone(server)
    assert_only_the_first_is_there(tmp_path / "out")


@pytest.mark.parametrize(("end", "code"), ENDS[-1:], ids=lambda value: str(int(value)))
def test_with_a_server_of_the_users(
    tmp_path: Path, base_url: str, end: signal.Signals, code: int
) -> None:
    options = ("--base-url", base_url, "--model", "gpt-5.4-mini")
    ended, err, _ = killed(tmp_path, end, tmp_path / "reached", {**os.environ}, *options)
    assert (ended, err) == (code, "")
    assert_only_the_first_is_there(tmp_path / "out")


KILLED_WHILE_WRITING = """
import os, signal, sys
from pathlib import Path
from summarise.files import write_file

class Doomed(type(Path())):
    def replace(self, target):
        os.kill(os.getpid(), signal.SIGKILL)

write_file(Doomed(sys.argv[1]), '{"new": true}')
"""


@pytest.mark.parametrize("before", [None, '{"old": true}'])
def test_killed_between_writing_and_putting_in_place(tmp_path: Path, before: str | None) -> None:
    result = tmp_path / "ferry.json"
    if before is not None:
        result.write_text(before)
    code = [sys.executable, "-c", KILLED_WHILE_WRITING, str(result)]
    assert subprocess.run(code, check=False).returncode == -signal.SIGKILL
    assert (result.read_text() if result.exists() else None) == before
    left = [file.name for file in tmp_path.iterdir() if file != result]
    assert len(left) == 1
    assert left[0].startswith(".")  # `*.json` in a shell or in a glob does not take it up
    assert not left[0].endswith(".json")
