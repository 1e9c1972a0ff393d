"""A suite in a pytest session: recordings played once, shared by processes."""

from __future__ import annotations

from pathlib import Path

import pytest
from inner_runs import keep_installed
from openai_stand_in import KEY, StandIn, openai_server
from small_suite import GIVEN, SUITE_TOML, TEXTS, claim, make_suite, news, ran, write

from summarise import extract
from summarise.evaluation.predictions import Predictions, save
from summarise.evaluation.replayed import Replayed
from summarise.evaluation.store import Scores
from summarise.evaluation.suite import Suite, load_suite

__all__ = ["keep_installed", "openai_server"]

pytest_plugins = ["pytester"]

MODEL = "gpt-5.4-mini"
RECORDED = f'{SUITE_TOML}[run]\nmodel = "{MODEL}"\nrecordings = "tapes"\n'
COUNTING = """
import summarise.evaluation.run as running
import pytest

COUNT = []

@pytest.fixture(autouse=True, scope="session")
def _count():
    once = running.run
    def run(*given, **settings):
        COUNT.extend(settings["only"])
        return once(*given, **settings)
    running.run = run
    yield
    running.run = once
    assert sorted(COUNT) == sorted(set(COUNT))
    print("extracted", *sorted(COUNT))
"""


@pytest.fixture
def suite(pytester: pytest.Pytester) -> Path:
    return news(pytester)


def record(suite: Path, server: StandIn, *cases: str) -> None:
    said = {"sentences": [1], "source": None, "via": [], "certainty": "certain"}
    for name in cases:
        server.answer({"claims": [{**said, "text": TEXTS[name], "polarity": "positive"}]})
        text, tape = suite / "texts" / f"{name}.txt", suite / "tapes" / f"{name}.yaml"
        extract(text, model=MODEL, base_url=server.base_url, api_key=KEY, record=tape)


def test_recordings_are_played_once_a_session(
    pytester: pytest.Pytester, suite: Path, openai_server: StandIn
) -> None:
    (suite / "suite.toml").write_text(RECORDED, "utf-8")
    record(suite, openai_server, "dam-1", "weir-1")
    asked = len(openai_server.bodies)
    (suite / "conftest.py").write_text(COUNTING, "utf-8")
    (suite / "test_claims.py").write_text(
        "def test_claims(claims, case_score): assert case_score.counts['hits'] == len(claims)\n"
        "def test_whole(extraction, case):\n"
        "    assert extraction.run.replayed\n"
        "    assert extraction.article.raw == extraction.article.view == case.text\n"
        "def test_all(suite_scores):\n"
        "    assert [one.status for one in suite_scores.cases()].count('failed') == 1\n",
        "utf-8",
    )
    result = ran(pytester, "-s")
    result.assert_outcomes(passed=5, errors=2)
    result.stdout.fnmatch_lines(["*extracted dam-1 weir-1 weir-2"])
    result.stdout.fnmatch_lines(["*no extraction of case 'weir-2': no recording of 'weir-2' in *"])
    assert len(openai_server.bodies) == asked


def test_processes_that_share_a_folder_share_the_extractions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    async def extracted(suite: Suite, out: Path, *, only: tuple[str, ...], replay: bool) -> Scores:
        assert replay
        asked.extend(only)
        out.mkdir(exist_ok=True)
        write(out / "predictions", only[0], claims=[claim(TEXTS[only[0]])])
        return save(suite, Predictions(out / "predictions"), out, None, only)

    monkeypatch.setattr("summarise.evaluation.run.run", extracted)
    suite = load_suite(make_suite(tmp_path / "news", RECORDED))
    one, other = Replayed(suite, tmp_path), Replayed(suite, tmp_path)
    assert one.prediction("weir-1") == other.prediction("weir-1")
    assert [case.status for case in other.scores().cases()] == ["scored"] * 3
    assert one.scores().signature == other.scores().signature
    assert sorted(asked) == sorted(TEXTS)


def test_a_worker_of_xdist_uses_the_folder_of_all_workers(
    pytester: pytest.Pytester, suite: Path
) -> None:
    (suite / "conftest.py").write_text("def pytest_configure(config): config.workerinput = {}\n")
    (suite / "test_claims.py").write_text(
        "def test_all(suite_scores, tmp_path_factory):\n"
        "    beside = tmp_path_factory.getbasetemp().parent\n"
        "    assert suite_scores.path.parents[2] == beside\n",
        "utf-8",
    )
    worker = ("-p", "no:xdist", "--basetemp", str(pytester.path / "worker"))
    ran(pytester, *worker, *GIVEN).assert_outcomes(passed=1)
