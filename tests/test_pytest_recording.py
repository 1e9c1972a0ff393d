"""The pytest plugin of recordings, in pytest runs of its own against a local server."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from inner_runs import keep_installed
from openai_stand_in import KEY, StandIn, openai_server

from summarise.cassette_checks import SECRETS
from summarise.manifest import Entry, entries, note
from summarise.profiles import EMBEDDED_MODEL
from summarise.pytest_recording import _file
from summarise.recorded import played_settings, recorded, usual_mode

pytest_plugins = ["pytester"]
__all__ = ["keep_installed", "openai_server"]

PAGE = (Path(__file__).parents[1] / "docs" / "recordings.md").read_text("utf-8")
TEN_LINES = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)[0]
GONE = "http://127.0.0.1:1/v1"
TWO_QUESTIONS = """
import pytest
from openai import OpenAI

def ask(question):
    asked = [{"role": "user", "content": question}]
    with OpenAI(max_retries=0) as client:
        made = client.chat.completions.create(model="gpt-5.4-mini", messages=asked)
    return made.choices[0].message.content

@pytest.mark.parametrize("town", ["Faro", "São Brás/1", "Lagos"])
def test_towns(summarise_recording, town):
    assert ask(f"Where is {town}?") == "in the south, near Lisbon"
"""
PLAIN = ("-q", "-p", "no:cacheprovider", "-p", "no:hypothesispytest")


class Project:
    """A fresh project, with a server that its tests ask."""

    def __init__(self, pytester: pytest.Pytester, server: StandIn) -> None:
        self.pytester = pytester
        self.folder = pytester.path
        self.server = server

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def run(self, *options: str, how: str = "inprocess", **environment: str) -> tuple[int, str]:
        """Exit code and output of a run whose environment has these settings and no others."""
        run: Callable[..., pytest.RunResult] = getattr(self.pytester, f"runpytest_{how}")
        with pytest.MonkeyPatch.context() as patch:
            for name in ("CI", "OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL"):
                patch.delenv(name, raising=False)
            for name, value in (environment or self.online).items():
                patch.setenv(name, value)
            # pytest-randomly loads spaCy, which a process can do only once.
            done = run(*PLAIN, *(["-p", "no:randomly"] if how == "inprocess" else []), *options)
        return int(done.ret), "\n".join(done.outlines + done.errlines)

    @property
    def online(self) -> dict[str, str]:
        return {"OPENAI_BASE_URL": self.server.base_url, "OPENAI_API_KEY": KEY}

    @property
    def recordings(self) -> list[str]:
        below = self.folder / "cassettes"
        return sorted(path.relative_to(below).as_posix() for path in below.rglob("*.yaml"))

    @property
    def asked(self) -> int:
        return len(self.server.bodies)


@pytest.fixture
def project(pytester: pytest.Pytester, openai_server: StandIn) -> Project:
    openai_server.answer("in the south, near Lisbon")
    pytester.makeini("[pytest]\n")
    return Project(pytester, openai_server)


OFFLINE = {"CI": "true"}


def test_the_ten_lines_of_the_docs_record_once_and_play_without_a_server(project: Project) -> None:
    assert len(TEN_LINES.strip().splitlines()) <= 15
    project.write("test_towns.py", TEN_LINES)
    assert project.run()[0] == 0
    assert (project.asked, project.recordings) == (1, ["test_towns/test_capital.yaml"])
    code, output = project.run("-p", "no:randomly", how="subprocess", **OFFLINE)
    assert code == 0, output
    assert project.asked == 1
    text = (project.folder / "cassettes/test_towns/test_capital.yaml").read_text("utf-8")
    assert KEY not in text
    assert not any(pattern.search(text) for pattern in SECRETS.values())


EXTRACT = """
import summarise

def test_extract(summarise_recording):
    article = "Ada Brook opened the dam at Osk on Monday. She said it had leaked since May."
    done = summarise.extract(summarise.read("osk", text=article))
    assert done.run.calls and done.run.model.startswith("qwen")
"""


def test_what_the_embedded_model_answered_plays_without_its_weights(project: Project) -> None:
    project.server.models = (EMBEDDED_MODEL,)
    project.server.answer({"claims": ["The dam at Osk had leaked since May."]})
    project.write("test_osk.py", EXTRACT)
    code, output = project.run(OPENAI_MODEL=EMBEDDED_MODEL, **project.online)
    assert code == 0, output
    asked = project.asked
    code, output = project.run(SUMMARISE_CACHE=str(project.folder / "none"), **OFFLINE)
    assert code == 0, output
    assert project.asked == asked > 0


def test_the_manifest_tells_how_it_was_made(project: Project) -> None:
    project.write("tests/unit/test_towns.py", TWO_QUESTIONS)
    assert project.run("-k", "Faro")[0] == 0
    [(name, entry)] = entries(project.folder / "cassettes/unit/test_towns").items()
    assert name == "test_towns-Faro.yaml"
    assert entry.owner == "tests/unit/test_towns.py::test_towns[Faro]"
    assert (entry.model, entry.interactions) == ("gpt-5.4-mini", 1)
    assert (entry.input_tokens, entry.output_tokens, entry.cached_tokens) == (120, 12, 64)
    assert entry.cost is not None
    assert len(entry.seconds) == 1


def test_in_parallel(project: Project) -> None:
    project.write("test_towns.py", TWO_QUESTIONS)
    assert project.run("-n", "2", "-p", "no:randomly", how="subprocess")[0] == 0
    assert len(project.recordings) == len(entries(project.folder / "cassettes/test_towns")) == 3
    code, output = project.run(**OFFLINE)
    assert code == 0, output
    assert project.asked == 3


CHANGED = TWO_QUESTIONS.replace('["Faro", "São Brás/1", "Lagos"]', '["Faro"]')


ASSERTED = 'assert ask(f"Where is {town}?") == "in the south, near Lisbon"'
AGAIN = "pytest 'test_towns.py::test_towns[Faro]' --record-mode=all"


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ('ask(f"Whence is {town}?")', ["Whence", "test_towns-Faro.yaml", AGAIN]),
        (f"{ASSERTED}; ask('And Lagos?')", ["And Lagos?", AGAIN]),
        ("assert town", ["holds 1 answers, of which 1 were not asked for", AGAIN]),
        ('assert ask(f"Where is {town}?") == "north"', ["assert 'in the south, near Lisbon' =="]),
    ],
    ids=["another question", "one more", "one unused", "another answer wanted"],
)
def test_a_test_fails_by_what_does_not_fit(project: Project, now: str, told: list[str]) -> None:
    project.write("test_towns.py", CHANGED)
    assert project.run()[0] == 0
    before = (project.folder / "cassettes/test_towns/test_towns-Faro.yaml").read_bytes()
    project.write("test_towns.py", CHANGED.replace(ASSERTED, now))
    code, output = project.run()
    assert code == 1, output
    assert re.search(r"^1 failed in", output, re.MULTILINE), output
    assert [words for words in told if words not in output] == [], output
    assert "pytest_recording.py" not in output
    assert (project.folder / "cassettes/test_towns/test_towns-Faro.yaml").read_bytes() == before
    assert project.asked == 1


def test_recording_anew(project: Project) -> None:
    project.write("test_towns.py", CHANGED)
    assert project.run()[0] == 0
    project.write("test_towns.py", CHANGED.replace("Where is", "Whence is"))
    assert project.run("--record-mode=all")[0] == 0
    assert project.asked == 2
    assert project.run(**OFFLINE)[0] == 0
    project.write("test_towns.py", CHANGED.replace("ask(f", "str(f").replace("==", "!="))
    assert project.run("--record-mode=all")[0] == 0
    assert project.recordings == []
    assert not (project.folder / "cassettes/test_towns/manifest.json").exists()


def test_in_ci_nothing_is_recorded(project: Project) -> None:
    project.write("test_towns.py", CHANGED)
    code, output = project.run(CI="1", **project.online)
    assert code == 1
    assert "is missing or holds no answers" in output or "there is no recording" in output, output
    assert (project.asked, project.recordings) == (0, [])


@pytest.mark.parametrize(
    ("body", "kept"),
    [("assert answer == 'wrong'", True), ("raise KeyError('x')", False)],
    ids=["an assertion", "an error"],
)
def test_what_a_failed_test_keeps(project: Project, body: str, kept: bool) -> None:
    told = CHANGED.replace(ASSERTED, "answer = ask(town)")
    project.write("test_towns.py", f"{told}    {body}\n")
    assert project.run()[0] == 1
    assert bool(project.recordings) is kept
    before = [(project.folder / "cassettes" / name).read_bytes() for name in project.recordings]
    assert project.run("--record-mode=all")[0] == 1
    after = [(project.folder / "cassettes" / name).read_bytes() for name in project.recordings]
    assert before == after


def test_another_plugin_may_have_the_option(project: Project) -> None:
    project.write("test_towns.py", CHANGED)
    project.write(
        "conftest.py",
        "def pytest_addoption(parser): parser.addoption('--record-mode', default='none')\n",
    )
    assert project.run()[0] == 1
    assert project.run("--record-mode=rewrite")[0] == 0
    code, output = project.run("--record-mode=new_episodes")
    assert code == 1
    assert "summarise records with none, once or all" in output
    assert project.asked == 1


def test_an_unknown_mode_is_refused(project: Project) -> None:
    code, output = project.run("--record-mode=al")
    assert code == pytest.ExitCode.USAGE_ERROR
    assert "--record-mode" in output


def test_a_broken_recording_is_told_of(project: Project) -> None:
    project.write("test_towns.py", CHANGED)
    project.write("cassettes/test_towns/test_towns-Faro.yaml", "interactions: [\n")
    code, output = project.run()
    assert code == 1
    assert "is no recording (broken YAML" in output
    assert "Traceback" not in output


@pytest.mark.parametrize(
    ("node", "file"),
    [
        ("test_a.py::test_it", "test_a/test_it.yaml"),
        ("tests/test_a.py::test_it", "test_a/test_it.yaml"),
        ("tests/deep/test_a.py::TestIt::test_it[x-1]", "deep/test_a/TestIt.test_it-x-1.yaml"),
        ("src/test_a.py::test_it[a/b]", "src/test_a/test_it-a-b-306b0382.yaml"),
        ("../tests/test_a.py::test_it", "test_a/test_it.yaml"),
    ],
)
def test_where_a_recording_lies(tmp_path: Path, node: str, file: str) -> None:
    assert _file(tmp_path, node) == tmp_path / "cassettes" / file


@pytest.mark.parametrize(
    ("ci", "mode"), [("", "once"), ("false", "once"), ("true", "none"), ("1", "none")]
)
def test_the_usual_mode(ci: str, mode: str) -> None:
    assert usual_mode({"CI": ci}) == mode
    assert usual_mode({}) == "once"


@pytest.mark.parametrize(
    ("model", "environment", "settings"),
    [
        ("gpt-5.4-mini", {}, {"OPENAI_API_KEY": "none"}),
        ("gpt-5.4-mini", {"OPENAI_API_KEY": "k"}, {}),
        ("gpt-5.4-mini", {"OPENAI_BASE_URL": "http://localhost/v1"}, {}),
        (
            "qwen2.5-coder-1.5b-instruct-q4_k_m",
            {},
            {
                "OPENAI_BASE_URL": "http://model.invalid/v1",
                "OPENAI_MODEL": "qwen2.5-coder-1.5b-instruct-q4_k_m",
            },
        ),
    ],
)
def test_what_a_client_finds_where_a_recording_answers(
    tmp_path: Path, model: str, environment: dict[str, str], settings: dict[str, str]
) -> None:
    made = {"schema_sha256": "", "model": model, "recorded_at": "2026-03-01T00:00:00Z"}
    path = tmp_path / "towns.yaml"
    note(path, Entry.model_validate({**made, "interactions": 1, "sha256": ""}))
    assert played_settings(path, environment) == settings


def test_a_context_manager_does_the_same(openai_server: StandIn, tmp_path: Path) -> None:
    from openai import OpenAI

    path = tmp_path / "cassettes" / "demo" / "towns.yaml"
    openai_server.answer("in the south, near Lisbon")

    def ask(base_url: str) -> str | None:
        with (
            recorded(path, mode="once", owner="demo.py"),
            OpenAI(base_url=base_url, api_key=KEY, max_retries=0) as client,
        ):
            made = client.chat.completions.create(
                model="gpt-5.4-mini", messages=[{"role": "user", "content": "Where is Faro?"}]
            )
        return made.choices[0].message.content

    assert ask(openai_server.base_url) == ask(GONE) == "in the south, near Lisbon"
    assert entries(path.parent)["towns.yaml"].owner == "demo.py"
