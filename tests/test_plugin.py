"""The pytest plugin, in pytest runs of its own over a small invented suite."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from inner_runs import keep_installed
from small_suite import (
    GIVEN,
    SUITE_TOML,
    TEST,
    TEXTS,
    make_predictions,
    make_suite,
    news,
    ran,
    whole,
    write,
)

from summarise.evaluation.predictions import Predictions, save
from summarise.evaluation.suite import load_suite

pytest_plugins = ["pytester"]
__all__ = ["keep_installed"]


@pytest.fixture
def suite(pytester: pytest.Pytester) -> Path:
    return news(pytester)


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
    ("prediction", "outcome", "told"),
    [
        (
            {"error": "the model did not answer"},
            "errors",
            "there is no extraction of case 'weir-1': the model did not answer",
        ),
        ({"claims": []}, "failed", "assert 0 == 1"),
        (
            {"claims": [{"id": "c01"}]},
            "errors",
            "*weir-1.json', claim 'c01', field 'text': Field required*",
        ),
        (None, "errors", "no prediction for case 'weir-1' in '*'; did you mean 'weir-2'?*"),
    ],
    ids=["failed", "empty", "broken", "missing"],
)
def test_a_case_without_its_claims_fails_and_says_why(
    pytester: pytest.Pytester,
    suite: Path,
    prediction: dict[str, Any] | None,
    outcome: str,
    told: str,
) -> None:
    (suite / "given" / "weir-1.json").unlink()
    if prediction is not None:
        write(suite / "given", "weir-1", **prediction)
    result = ran(pytester, *GIVEN)
    counted = pytest.RunResult.parse_summary_nouns(result.outlines)
    assert counted == {"passed": 2, outcome: 1}
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


def test_the_examples_of_the_docs_run(pytester: pytest.Pytester, suite: Path) -> None:
    page = (Path(__file__).parents[1] / "docs" / "evaluation.md").read_text("utf-8")
    examples = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(examples) == 2
    for name, text in TEXTS.items():
        write(suite / "given", name, **whole(text))
    given = Predictions(suite / "given")
    save(load_suite(suite), given, suite / "before", None, None)
    (suite / "suite.toml").write_text(
        SUITE_TOML + '[gate]\nbaseline = "before/scores.jsonl"\n[gate.floors]\nf1 = 1.0\n', "utf-8"
    )
    (suite / "test_claims.py").write_text("\n".join(examples), "utf-8")
    ran(pytester, *GIVEN).assert_outcomes(passed=7)


# ----------------------------------------------------------------------------- which suite it is


@pytest.mark.parametrize("where", ["option", "marker", "ini", "above"])
def test_where_the_suite_is_named(pytester: pytest.Pytester, where: str) -> None:
    make_suite(pytester.path / ("news" if where == "above" else "elsewhere"))
    make_predictions(pytester.path / "given")
    mark = 'import pytest\npytestmark = pytest.mark.suite("../../elsewhere")\n'
    test = pytester.path / "news" / "deep" / "test_it.py"
    test.parent.mkdir(parents=True)
    test.write_text((mark if where == "marker" else "") + TEST, "utf-8")
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
        "    names = ('evaluation', 'evaluation.plugin', 'pytest_recording')\n"
        "    assert ours == {'summarise', *(f'summarise.{name}' for name in names)}\n"
        "    assert not {'pydantic', 'numpy'} & set(sys.modules)\n",
        "utf-8",
    )
    others = ("anyio", "hypothesispytest", "randomly", "xdist")
    lean = [word for name in others for word in ("-p", f"no:{name}")]
    command = [sys.executable, "-m", "pytest", "-q", *lean, str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
