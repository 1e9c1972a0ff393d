"""The pytest plugin, in pytest runs of its own over a small invented suite."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy  # noqa: F401 - a run within the run could not import it a second time
import pytest
import scipy.optimize  # noqa: F401
from openai_stand_in import KEY, StandIn, openai_server

from summarise import extract
from summarise.evaluation import run  # noqa: F401 - as above
from summarise.evaluation.replayed import Replayed
from summarise.evaluation.suite import Suite, load_suite

__all__ = ["openai_server"]

pytest_plugins = ["pytester"]

TEXTS = {
    "dam-1": "The dam at Osk leaked 40 litres on Monday, Ada Brook said.",
    "weir-1": "The weir at Tessaly gave way after nine days of rain.",
    "weir-2": "Nobody was hurt at the weir, the river board said.",
}
SUITE_TOML = 'name = "weirs"\ntexts = "texts"\n'
TEST = """
    def test_it(claims, gold):
        assert len(claims) == len(gold.claims) == 1
"""
GIVEN = ("--summarise-predictions", "news/given")
RUN = ("-p", "no:randomly", "-p", "no:cacheprovider")


def claim(text: str, **fields: Any) -> dict[str, Any]:
    plain = {
        "id": "c01",
        "text": text,
        "evidence": [{"start": 0, "end": len(text), "quote": text}],
        "source": None,
        "via": [],
        "certainty": "certain",
        "polarity": "positive",
        "time": None,
        "quantities": [],
    }
    return plain | fields


def make_suite(folder: Path, toml: str = SUITE_TOML) -> Path:
    """A suite of one claim a case."""
    for part in ("gold", "texts"):
        (folder / part).mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / "texts" / f"{name}.txt").write_text(text, "utf-8")
        write(folder / "gold", name, id=name, main_text=[[0, len(text)]], claims=[claim(text)])
    (folder / "suite.toml").write_text(toml, "utf-8")
    return folder


def write(folder: Path, name: str, **data: Any) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(data), "utf-8")


def make_predictions(folder: Path) -> str:
    """What gold says, for each case."""
    for name, text in TEXTS.items():
        write(folder, name, claims=[claim(text)])
    return str(folder)


@pytest.fixture
def suite(pytester: pytest.Pytester) -> Path:
    """A suite in the folder of the inner run, whose predictions are gold's claims."""
    folder = make_suite(pytester.path / "news")
    make_predictions(folder / "given")
    (folder / "test_claims.py").write_text(TEST.replace("\n    ", "\n"), "utf-8")
    return folder


def ran(pytester: pytest.Pytester, *options: str) -> pytest.RunResult:
    return pytester.runpytest_inprocess(*RUN, *options)


def names(result: pytest.RunResult) -> list[str]:
    return [line for line in result.outlines if "::" in line]


# ----------------------------------------------------------------------------------------- cases


def test_a_test_runs_once_a_case(pytester: pytest.Pytester, suite: Path) -> None:
    result = ran(pytester, "-v", *GIVEN)
    result.assert_outcomes(passed=3)
    assert [line.split()[0] for line in names(result)] == [
        f"news/test_claims.py::test_it[{name}]" for name in TEXTS
    ]


def test_one_case_is_chosen_by_its_id(pytester: pytest.Pytester, suite: Path) -> None:
    result = ran(pytester, "-k", "weir-2", *GIVEN)
    result.assert_outcomes(passed=1, deselected=2)


@pytest.mark.parametrize(
    ("prediction", "told"),
    [
        (
            {"error": "the model did not answer"},
            "there is no extraction of case 'weir-1': the model did not answer",
        ),
        ({"claims": []}, "assert 0 == 1"),
        ({"claims": [{"id": "c01"}]}, "*weir-1.json', claim 'c01', field 'text': Field required*"),
        (None, "no prediction for case 'weir-1' in '*'; did you mean 'weir-2'?*"),
    ],
    ids=["failed", "empty", "broken", "missing"],
)
def test_a_case_without_its_claims_fails_and_says_why(
    pytester: pytest.Pytester, suite: Path, prediction: dict[str, Any] | None, told: str
) -> None:
    (suite / "given" / "weir-1.json").unlink()
    if prediction is not None:
        write(suite / "given", "weir-1", **prediction)
    result = ran(pytester, *GIVEN)
    counted = result.parseoutcomes()
    assert counted.pop("passed") == 2
    assert counted in ({"failed": 1}, {"error": 1}, {"errors": 1})
    result.stdout.fnmatch_lines([f"*{told}*"])
    result.stdout.no_fnmatch_line("*replayed.py*")


def test_scores_of_a_case_and_of_the_suite(pytester: pytest.Pytester, suite: Path) -> None:
    write(suite / "given", "weir-2", error="no answer")
    (suite / "test_claims.py").write_text(
        "def test_case(case, case_score):\n"
        "    assert case.text and case_score.id == case.gold.id\n"
        "    assert case_score.status == ('failed' if case.gold.id == 'weir-2' else 'scored')\n"
        "def test_all(suite, suite_scores):\n"
        "    assert suite.name == suite_scores.signature.suite == 'weirs'\n"
        "    found = {one.id: one.counts['gold'] for one in suite_scores.cases()}\n"
        "    assert found == {'dam-1': 1, 'weir-1': 1, 'weir-2': 1}\n",
        "utf-8",
    )
    result = ran(pytester, "-k", "weir or all", *GIVEN)
    result.assert_outcomes(passed=3, deselected=1)


# ----------------------------------------------------------------------------- which suite it is


@pytest.mark.parametrize("where", ["option", "marker", "ini", "above"])
def test_where_the_suite_is_named(pytester: pytest.Pytester, where: str) -> None:
    make_suite(pytester.path / ("news" if where == "above" else "elsewhere"))
    make_predictions(pytester.path / "given")
    mark = 'import pytest\npytestmark = pytest.mark.suite("../../elsewhere")\n'
    test = pytester.path / "news" / "deep" / "test_it.py"
    test.parent.mkdir(parents=True)
    test.write_text((mark if where == "marker" else "") + TEST.replace("\n    ", "\n"), "utf-8")
    pytester.makeini("[pytest]\n" + ("summarise_suite = elsewhere\n" if where == "ini" else ""))
    option = ["--summarise-suite", "elsewhere"] if where == "option" else []
    ran(pytester, *option, "--summarise-predictions", "given").assert_outcomes(passed=3)


def test_no_suite(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TEST)
    result = ran(pytester)
    result.assert_outcomes(errors=1)
    told = "*fixtures ?'gold', 'claims'? of summarise need a suite*--summarise-suite DIR*"
    result.stdout.fnmatch_lines([told])


@pytest.mark.parametrize(
    ("option", "told"),
    [
        (("--summarise-suite", "nws"), "*there is no suite *nws'; did you mean 'news'?*"),
        (("--summarise-suite", "news/texts"), "*a suite without gold: *"),
        (("--summarise-texts", "gone", *GIVEN), "*there is no folder *gone' to take texts from*"),
        ((), "*the suite 'weirs' has neither recordings nor predictions*"),
    ],
)
def test_a_suite_that_cannot_be_used(
    pytester: pytest.Pytester, suite: Path, option: tuple[str, ...], told: str
) -> None:
    result = ran(pytester, *option)
    assert result.ret in (pytest.ExitCode.INTERRUPTED, pytest.ExitCode.TESTS_FAILED)
    result.stdout.fnmatch_lines([told])
    result.stdout.no_fnmatch_line("*plugin.py:*")


def test_a_live_model_and_predictions_exclude_each_other(pytester: pytest.Pytester) -> None:
    result = ran(pytester, "--summarise-live-model", "--summarise-predictions", "given")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*exclude each other*"])


# --------------------------------------------------------------------- what it must not do


OWN = {
    "a fixture of the same name": """
        import pytest
        @pytest.fixture
        def claims(): return "mine"
        @pytest.fixture
        def gold(): return "mine"
        def test_it(claims, gold): assert (claims, gold) == ("mine", "mine")
    """,
    "a parameter of the same name": """
        import pytest
        @pytest.mark.parametrize("gold", ["mine"])
        def test_it(gold): assert gold == "mine"
    """,
    "a parameter of a hook": """
        def pytest_generate_tests(metafunc): metafunc.parametrize("case", ["mine"])
        def test_it(case): assert case == "mine"
    """,
    "a fixture named suite, beside gold": """
        import pytest
        @pytest.fixture
        def suite(): return "mine"
        @pytest.fixture
        def gold(): return "mine"
        def test_it(suite, gold): assert suite == gold
    """,
}


@pytest.mark.parametrize("code", OWN.values(), ids=OWN)
def test_fixtures_of_the_user_are_left_alone(pytester: pytest.Pytester, code: str) -> None:
    pytester.makepyfile(code)
    ran(pytester).assert_outcomes(passed=1)


def test_a_fixture_named_suite_does_not_change_the_others(
    pytester: pytest.Pytester, suite: Path
) -> None:
    (suite / "conftest.py").write_text(
        "import pytest\n@pytest.fixture\ndef suite(): return 'mine'\n", "utf-8"
    )
    result = ran(pytester, *GIVEN)
    result.assert_outcomes(passed=3)


def test_short_options_are_left_to_the_user(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(
        "def pytest_addoption(parser):\n"
        "    for name in ('--suite', '--predictions', '--live-model', '--texts'):\n"
        "        parser.addoption(name)\n"
    )
    pytester.makepyfile("def test_it(pytestconfig): assert pytestconfig.getoption('suite') == 'x'")
    ran(pytester, "--suite", "x").assert_outcomes(passed=1)


def test_a_run_that_does_not_use_it_imports_nothing_more(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "import sys\n"
        "def test_it():\n"
        "    ours = {name for name in sys.modules if name.split('.')[0] == 'summarise'}\n"
        "    assert ours == {f'summarise{n}' for n in ('', '.evaluation', '.evaluation.plugin')}\n"
        "    assert not {'pydantic', 'numpy'} & set(sys.modules)\n",
        "utf-8",
    )
    command = [sys.executable, "-m", "pytest", "-q", *RUN, str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


# ----------------------------------------------------------------------------------- recordings


def record(suite: Path, server: StandIn, *cases: str) -> None:
    said = {"sentences": [1], "source": None, "via": [], "certainty": "certain"}
    for name in cases:
        server.answer({"claims": [{**said, "text": TEXTS[name], "polarity": "positive"}]})
        text, tape = suite / "texts" / f"{name}.txt", suite / "tapes" / f"{name}.yaml"
        extract(text, model=MODEL, base_url=server.base_url, api_key=KEY, record=tape)


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
    assert result.parseoutcomes() == {"passed": 5, "failed": 1, "errors": 1} or (
        result.parseoutcomes() == {"passed": 5, "errors": 2}
    )
    result.stdout.fnmatch_lines(["*extracted dam-1 weir-1 weir-2"])
    result.stdout.fnmatch_lines(["*no extraction of case 'weir-2': no recording of 'weir-2' in *"])
    assert len(openai_server.bodies) == asked


def test_processes_that_share_a_folder_share_the_extractions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    async def extracted(suite: Suite, out: Path, *, only: tuple[str, ...], replay: bool) -> None:
        assert replay
        asked.extend(only)
        out.mkdir(exist_ok=True)
        write(out / "predictions", only[0], claims=[claim(TEXTS[only[0]])])

    monkeypatch.setattr("summarise.evaluation.run.run", extracted)
    suite = load_suite(make_suite(tmp_path / "news", RECORDED))
    one, other = Replayed(suite, tmp_path), Replayed(suite, tmp_path)
    assert one.prediction("weir-1") == other.prediction("weir-1")
    assert [case.status for case in other.scores().cases()] == ["scored"] * 3
    assert one.scores().signature == other.scores().signature
    assert sorted(asked) == sorted(TEXTS)


def test_workers_of_xdist_and_an_order_at_random(pytester: pytest.Pytester, suite: Path) -> None:
    options = ("-n", "2", "-p", "randomly", "-p", "no:cacheprovider", *GIVEN)
    done = pytester.runpytest_subprocess(*options)
    done.assert_outcomes(passed=3)
