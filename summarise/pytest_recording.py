"""The pytest plugin of recordings: a fixture under which each call to a model is recorded once.

    def test_towns(summarise_recording):
        assert "Lisbon" in ask("What is the capital of Portugal?")

The first run records `cassettes/<module>/<test>.yaml`, later runs play it; with CI set, or with
`--record-mode=none`, nothing is recorded. `docs/recordings.md` says more. Nothing but pytest is
imported until a test asks for the fixture.
"""

from __future__ import annotations

import hashlib
import re
import shlex
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from summarise.recording import Mode, Recording

MODE = "--record-mode"
FOLDER = "cassettes"
_LONGEST = 120  # characters of a file's name: some systems take no more than 143


class _Use:
    """The recording that a test has open."""

    def __init__(self, tape: Recording, makes: bool, again: str) -> None:
        self.tape = tape
        self.makes = makes
        self.again = again
        self.failed: BaseException | None = None


_USE = pytest.StashKey[_Use]()


class _Discarded(Exception):  # noqa: N818 - it tells a recorder to write nothing
    pass


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(
    early_config: pytest.Config, parser: pytest.Parser
) -> Generator[None, None, None]:
    """Adds the option after all others: where another plugin or a conftest has it, it is theirs."""
    del early_config
    yield
    group = parser.getgroup("summarise", "summarise: extractions against labelled gold")
    try:
        group.addoption(
            MODE, choices=("none", "once", "all"), help="record calls to a model: none, once, all"
        )
    except ValueError:
        return


@pytest.fixture
def summarise_recording(request: pytest.FixtureRequest) -> Iterator[Recording]:
    """Calls of openai, httpx and httpx2 within the test are recorded once, and played after."""
    from summarise.errors import SummariseError
    from summarise.recorded import played_settings, recorded

    node = request.node
    path = _file(node.config.rootpath, node.nodeid)
    mode = _mode(node.config)
    again = shlex.join(["pytest", node.nodeid, f"{MODE}=all"])
    makes = mode == "all" or (mode == "once" and not path.exists())
    try:
        with ExitStack() as stack:
            patch = stack.enter_context(pytest.MonkeyPatch.context())
            for name, value in ({} if makes else played_settings(path)).items():
                patch.setenv(name, value)
            within = recorded(path, mode=mode, owner=node.nodeid, record_again=again)
            use = _Use(stack.enter_context(within), makes, again)
            node.stash[_USE] = use
            yield use.tape
            _stop_if_failed(use, path.exists())
    except _Discarded:
        return
    except SummariseError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """The test that owns a recording fails by what it misses or leaves in it."""
    try:
        yield
    except BaseException as error:
        use = item.stash.get(_USE, None)
        if use is not None:
            use.failed = error
            _tell_miss(use, error)
        raise
    use = item.stash.get(_USE, None)
    if use is not None and not use.makes and use.tape.unused:
        from summarise.recorded import unused

        use.failed = pytest.fail.Exception(unused(use.tape, use.again), pytrace=False)
        raise use.failed


def _tell_miss(use: _Use, error: BaseException) -> None:
    """Fails with what a recording said about a miss, wherever in the causes of an error it is."""
    from summarise.errors import ModelError

    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ModelError):
        cause = cause.__cause__ or cause.__context__
    if cause is not None and not use.makes:
        raise pytest.fail.Exception(str(cause), pytrace=False) from None


def _stop_if_failed(use: _Use, there: bool) -> None:
    """A test that failed keeps no recording, but one whose answers all came, if it had none.

    Then only what was expected of the answers was wrong, and asking again would be a waste.
    """
    if use.failed is None:
        return
    if use.makes and not there and isinstance(use.failed, AssertionError):
        return
    raise _Discarded


def _mode(config: pytest.Config) -> Mode:
    from summarise.recorded import usual_mode

    known: dict[object, Mode] = {"none": "none", "once": "once", "all": "all"}
    known |= {None: usual_mode(), "rewrite": "all"}  # as pytest-recording says it
    given = config.getoption(MODE, None)
    if given not in known:
        pytest.fail(f"{MODE}={given}: summarise records with none, once or all", pytrace=False)
    return known[given]


def _file(root: Path, node: str) -> Path:
    """`cassettes/<module>/<test>.yaml`; a name that had to be changed carries a hash of itself."""
    module, _, name = node.partition("::")
    within = [part for part in PurePosixPath(module).with_suffix("").parts if part != ".."]
    folder = Path(*(within[1:] if within[0] == "tests" else within))
    plain = name.replace("::", ".").replace("[", "-", 1).removesuffix("]")
    safe = re.sub(r"[^\w.-]+", "-", plain)[:_LONGEST]
    if safe != plain:
        safe += "-" + hashlib.sha256(name.encode()).hexdigest()[:8]
    return root / FOLDER / folder / f"{safe}.yaml"
