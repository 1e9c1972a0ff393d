"""The pytest plugin: tests over the cases of a suite, in every pytest run that has `summarise`.

    fixture       gives
    gold          Gold of the case
    claims        the claims predicted for it
    extraction    the whole Extraction
    case          the Case: gold, text, path
    case_score    its CaseScore
    suite         the Suite
    suite_scores  the Scores of all its cases

A test that asks for one of the first five runs once a case. A fixture of the user's own with one
of these names goes before the plugin's, as always in pytest. Nothing but pytest is imported, and
no file is looked for, until a test asks; `docs/evaluation.md` says how a suite is found.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest

if TYPE_CHECKING:
    from summarise.evaluation.gold import Case, Gold
    from summarise.evaluation.replayed import Replayed
    from summarise.evaluation.results import CaseScore
    from summarise.evaluation.score import Prediction
    from summarise.evaluation.store import Scores
    from summarise.evaluation.suite import Suite
    from summarise.records import Claim, Extraction

BY_CASE = ("gold", "claims", "extraction", "case", "case_score")
FIXTURES = (*BY_CASE, "suite", "suite_scores")
INI = "summarise_suite"
SUITE, TEXTS, PREDICTIONS, LIVE = (
    "--summarise-suite", "--summarise-texts", "--summarise-predictions", "--summarise-live-model",
)  # fmt: skip
"""Long names: a plugin that every run loads must not take `--suite` from a user's conftest."""
_PARAMETER = "_summarise_case"
Value = TypeVar("Value")


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options, in a group of their own."""
    group = parser.getgroup("summarise", "summarise: extractions against labelled gold")
    group.addoption(SUITE, metavar="DIR", help="folder of the suite, before any other setting")
    group.addoption(TEXTS, metavar="DIR", help="texts of a suite that leaves them out")
    group.addoption(
        PREDICTIONS, metavar="DIR", help="score <case>.json there instead of the recordings"
    )
    group.addoption(
        LIVE, action="store_true", help="ask the suite's model instead of playing its recordings"
    )
    parser.addini(INI, "folder of the suite, from the folder of this file")


def pytest_configure(config: pytest.Config) -> None:
    """Refuses options that contradict each other."""
    config.addinivalue_line("markers", "suite(path): the summarise suite, from the test's folder")
    if config.getoption(LIVE) and config.getoption(PREDICTIONS):
        raise pytest.UsageError(f"{LIVE} and {PREDICTIONS} exclude each other: give one")


@pytest.hookimpl(trylast=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test a case; only for tests that come to a fixture of this plugin."""
    if _PARAMETER not in metafunc.fixturenames:
        return
    place = _place(metafunc.definition)
    if place is None:
        return  # `_summarise_case` says so, should it be needed
    ids = _clear(lambda: _load(metafunc.config, place).case_ids(), pytest.Collector.CollectError)
    metafunc.parametrize(_PARAMETER, ids, ids=ids, indirect=True)


# ------------------------------------------------------------------------------------- fixtures


@pytest.fixture
def suite(_summarise_suite: Replayed) -> Suite:
    """The suite that is found for the test."""
    return _summarise_suite.suite


@pytest.fixture
def suite_scores(_summarise_suite: Replayed) -> Scores:
    """The scores of all cases of the suite, whatever tests were chosen."""
    return _clear(_summarise_suite.scores)


@pytest.fixture
def case(_summarise_case: tuple[Replayed, str]) -> Case:
    """A labelled article, with its text where the suite has it."""
    found, name = _summarise_case
    return _clear(lambda: found.case(name))


@pytest.fixture
def gold(_summarise_case: tuple[Replayed, str]) -> Gold:
    """The labels of a case."""
    found, name = _summarise_case
    return _clear(lambda: found.case(name).gold)


@pytest.fixture
def claims(_summarise_case: tuple[Replayed, str]) -> tuple[Claim, ...]:
    """What was predicted for a case; the test fails where there is no extraction."""
    found, name = _summarise_case
    prediction: Prediction = _extracted(name, _clear(lambda: found.prediction(name)))
    return prediction.claims


@pytest.fixture
def extraction(_summarise_case: tuple[Replayed, str]) -> Extraction:
    """The extraction of a case, ledger and run included; fails as `claims` does."""
    found, name = _summarise_case
    return _extracted(name, _clear(lambda: found.extraction(name)))


@pytest.fixture
def case_score(_summarise_case: tuple[Replayed, str]) -> CaseScore:
    """The score of a case; that of an article without an extraction has the status "failed"."""
    found, name = _summarise_case
    return _clear(lambda: found.score(name))


@pytest.fixture(scope="session")
def _summarise_session(
    pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Path], Replayed]:
    """Gives what is known of the suite in a folder: read and extracted once a session."""
    base = tmp_path_factory.getbasetemp()
    # The workers of pytest-xdist share what is beside the folders of their own.
    shared = base.parent if hasattr(pytestconfig, "workerinput") else base

    @cache
    def open_suite(place: Path) -> Replayed:
        from summarise.evaluation.replayed import Replayed

        loaded = _clear(lambda: _load(pytestconfig, place))
        predictions = _given(pytestconfig, PREDICTIONS)
        return Replayed(loaded, shared, predictions, live=pytestconfig.getoption(LIVE))

    return open_suite


@pytest.fixture
def _summarise_suite(
    request: pytest.FixtureRequest, _summarise_session: Callable[[Path], Replayed]
) -> Replayed:
    place = _place(request.node)
    if place is None:
        pytest.fail(_nowhere(request), pytrace=False)
    return _summarise_session(place)


@pytest.fixture
def _summarise_case(
    request: pytest.FixtureRequest, _summarise_suite: Replayed
) -> tuple[Replayed, str]:
    return _summarise_suite, request.param


# --------------------------------------------------------------------------------------- helpers


def _clear(
    step: Callable[[], Value], failure: Callable[[str], BaseException] = pytest.fail.Exception
) -> Value:
    """What `step` gives; an error that is raised on purpose is told without a traceback."""
    from summarise.errors import SummariseError

    try:
        return step()
    except SummariseError as error:
        told = failure(str(error))
        if isinstance(told, pytest.fail.Exception):
            told.pytrace = False
        raise told from None


def _extracted(name: str, found: Value | str) -> Value:
    if isinstance(found, str):
        pytest.fail(f"there is no extraction of case {name!r}: {found}", pytrace=False)
    return found


def _load(config: pytest.Config, place: Path) -> Suite:
    from summarise.evaluation.suite import load_suite

    return load_suite(place, _given(config, TEXTS))


def _given(config: pytest.Config, option: str) -> Path | None:
    """The folder that an option names, from where pytest was started."""
    value = config.getoption(option)
    return config.invocation_params.dir / value if value else None


def _place(node: pytest.Item) -> Path | None:
    """The folder of the test's suite: option, marker, ini, or the nearest `suite.toml` above."""
    config = node.config
    given, marker, ini = _given(config, SUITE), node.get_closest_marker("suite"), config.getini(INI)
    if given is not None:
        return given
    if marker is not None and marker.args:
        return node.path.parent / str(marker.args[0])
    if ini:
        return (config.inipath.parent if config.inipath else config.rootpath) / str(ini)
    above = (folder for folder in node.path.parents if folder.is_relative_to(config.rootpath))
    return next((folder for folder in above if (folder / "suite.toml").is_file()), None)


def _nowhere(request: pytest.FixtureRequest) -> str:
    wanted = [name for name in FIXTURES if name in request.fixturenames]
    return (
        f"the fixtures {wanted!r} of summarise need a suite, and there is no 'suite.toml' from "
        f"{str(request.path.parent)!r} up to {str(request.config.rootpath)!r}; name its folder "
        f"with {SUITE} DIR, with {INI} = DIR in pytest's settings or with "
        '@pytest.mark.suite("DIR"). Were they to be fixtures of your own, define them in the '
        "test's file or in a conftest.py"
    )
