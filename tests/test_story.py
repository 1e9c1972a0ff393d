"""Stories and briefs from articles: in Python and at the command line, with a local server."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openai_stand_in import KEY, StandIn, openai_server

import summarise as package
from summarise import Brief, Extraction, Story, cli
from summarise.brief import compose
from summarise.client import NOWHERE
from summarise.errors import InputError
from summarise.options import DEFAULT_PROMPT as SHOWN_PROMPT
from summarise.prompt import DEFAULT_PROMPT
from summarise.reconcile import OpenPair
from summarise.reconciliation.told import Told
from summarise.story import WORDS
from summarise.story_cli import WORDS as SHOWN_WORDS

__all__ = ["openai_server"]

STRONG = "gpt-5.4-mini"
FIRST = "Dam fails at Osk\n\n19 people were killed when the dam at Osk failed on Monday.\n"
LATER = (
    "Governor blames rain for the flood\n\n19 people were killed when the dam at Osk failed. "
    "It had rained for nine days in the hills above the town.\n"
)
CLAIM = {
    "sentences": [2],
    "text": "19 people were killed when the dam at Osk failed.",
    "source": None,
    "via": [],
    "certainty": "certain",
    "polarity": "positive",
}


@pytest.fixture
def asked(openai_server: StandIn) -> dict[str, Any]:
    """The settings that lead to the server, which gives the same claim of each article."""
    openai_server.answer({"claims": [CLAIM]})
    return {"model": STRONG, "base_url": openai_server.base_url, "api_key": KEY}


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    found = [tmp_path / "osk-1.txt", tmp_path / "osk-2.txt"]
    for path, text in zip(found, (FIRST, LATER), strict=True):
        path.write_text(text, "utf-8")
    return found


@pytest.fixture
def extractions(paths: list[Path], asked: dict[str, Any]) -> list[Extraction]:
    return [package.extract(path, **asked) for path in paths]


def test_a_story_of_files(paths: list[Path], asked: dict[str, Any], openai_server: StandIn) -> None:
    story = package.story(paths, record=paths[0].parent, **asked)
    assert [one.article.id for one in story.extractions] == ["osk-1", "osk-2"]
    assert sorted(name for fact in story.facts for name in fact.claims) == [
        "osk-1#c01",
        "osk-2#c01",
    ]
    assert story.run.calls == len(openai_server.bodies)
    assert Story.model_validate_json(story.model_dump_json()).facts == story.facts
    played = package.story(paths, replay=paths[0].parent, model=STRONG)
    assert played.facts == story.facts
    assert played.relations == story.relations
    assert played.run.replayed


def test_extractions_are_lined_up_without_a_model(extractions: list[Extraction]) -> None:
    story = package.story(extractions, base_url=NOWHERE)
    assert story.facts == package.reconcile(extractions).facts


def test_a_model_that_is_asked_for_is_asked(
    extractions: list[Extraction], openai_server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (Told(f"{e.article.id}#c01", e.article.id, e.claims[0]) for e in extractions)
    pair = OpenPair(one, other, 0.5)
    monkeypatch.setattr(sys.modules["summarise.story"], "open_pairs", lambda _: [pair])
    before = len(openai_server.bodies)
    for same in (True, False):
        openai_server.answer({"same": [same]})
        openai_server._answers.popleft()
        settings = {"model": STRONG, "base_url": openai_server.base_url, "api_key": KEY}
        story = package.story(extractions, ask=True, **settings)
        assert (len(story.facts) == 1) is same
        assert [one.by for one in story.relations] == ["model"] * len(story.relations)
    assert len(openai_server.bodies) == before + 2


def test_a_source_that_fails_is_raised(paths: list[Path], asked: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="there is no file"):
        package.story([*paths, paths[0].with_name("gone.txt")], **asked)


def test_one_article_given_twice_is_named(extractions: list[Extraction]) -> None:
    with pytest.raises(InputError, match="'osk-1' stands more than once"):
        package.story([extractions[0], extractions[0]])


@pytest.mark.parametrize("make", [lambda e: e[0], lambda e: e, lambda e: package.story(e)])
def test_a_brief_cites_claims(
    extractions: list[Extraction], make: Callable[[list[Extraction]], Any]
) -> None:
    brief = package.brief(make(extractions), 30, base_url=NOWHERE)
    assert brief.sentences
    named = {f"{one.article.id}#{claim.id}" for one in extractions for claim in one.claims}
    assert all(set(sentence.claims) <= named for sentence in brief.sentences)


def test_a_brief_of_no_words(extractions: list[Extraction]) -> None:
    with pytest.raises(InputError, match="words"):
        package.brief(extractions, 0)


# ------------------------------------------------------------------------------- command line


class Ended(NamedTuple):
    code: object
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, openai_server: StandIn
) -> Run:
    """Runs a command in this process, against the server."""
    openai_server.answer({"claims": [CLAIM]})
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", openai_server.base_url)
    monkeypatch.setenv("OPENAI_MODEL", STRONG)

    def ran(*arguments: str | Path) -> Ended:
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        with pytest.raises(SystemExit) as ended:
            cli.main([str(argument) for argument in arguments])
        return Ended(ended.value.code, *capsys.readouterr())

    return ran


def test_story_as_a_table(run: Run, paths: list[Path]) -> None:
    ended = run("story", *paths)
    assert ended.code == 0
    assert "2 articles" in ended.out
    assert "2 claims" in ended.err


@pytest.mark.parametrize(
    ("form", "made"), [("table", 0), ("json", 0), ("markdown", 1), ("html", 1)]
)
def test_a_brief_is_made_where_it_is_shown(
    run: Run, paths: list[Path], monkeypatch: pytest.MonkeyPatch, form: str, made: int
) -> None:
    asked: list[int] = []

    def composed(story: Story, words: int) -> Brief:
        asked.append(words)
        return compose(story, words)

    monkeypatch.setattr(sys.modules["summarise.story"], "compose", composed)
    assert run("story", *paths, "--format", form, "--words", "40").code == 0
    assert asked == [40] * made


@pytest.mark.parametrize(
    ("form", "opens"), [("json", "{"), ("markdown", "# "), ("html", "<!doctype html>")]
)
def test_story_in_a_file(run: Run, paths: list[Path], form: str, opens: str) -> None:
    out = paths[0].with_name("story.out")
    ended = run("story", *paths, "--format", form, "--out", out, "--words", "40")
    assert (ended.code, ended.out) == (0, "")
    assert out.read_text("utf-8").lower().startswith(opens)


def test_brief_as_text_and_json(run: Run, paths: list[Path]) -> None:
    text = run("brief", *paths, "--words", "40", "-q")
    assert text.code == 0
    assert all("[osk-" in line for line in text.out.splitlines())
    found = run("brief", *paths, "--words", "40", "--format", "json")
    assert Brief.model_validate_json(found.out).words == 40


def test_one_that_cannot_be_read_does_not_stop_the_others(run: Run, paths: list[Path]) -> None:
    ended = run("story", *paths, paths[0].with_name("gone.txt"), "--format", "json")
    assert ended.code == 1
    assert len(Story.model_validate_json(ended.out).extractions) == 2
    assert "gone.txt" in ended.err


@pytest.mark.parametrize("command", ["story", "brief"])
def test_nothing_that_can_be_read(run: Run, tmp_path: Path, command: str) -> None:
    ended = run(command, tmp_path / "gone.txt")
    assert (ended.code, ended.out) == (2, "")
    assert "there is no file" in ended.err


@pytest.mark.parametrize("command", ["story", "brief"])
def test_out_that_is_a_folder(
    run: Run, paths: list[Path], openai_server: StandIn, command: str
) -> None:
    ended = run(command, *paths, "--format", "json", "--out", paths[0].parent)
    assert ended.code == 2
    assert "is a folder: name a file in it" in ended.err
    assert openai_server.bodies == []


def test_out_that_no_folder_can_hold(run: Run, paths: list[Path], openai_server: StandIn) -> None:
    ended = run("brief", *paths, "--out", paths[0] / "brief.txt")
    assert (ended.code, openai_server.bodies) == (2, [])
    assert "'osk-1.txt' is a file and no folder to write in" in ended.err


def test_one_file_given_twice_is_met_before_any_work(
    run: Run, paths: list[Path], openai_server: StandIn
) -> None:
    ended = run("story", paths[0], paths[0])
    assert (ended.code, openai_server.bodies) == (2, [])
    assert "'osk-1' stands more than once" in ended.err


def test_a_server_that_refuses_the_key(
    run: Run, paths: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "wrong")
    ended = run("story", *paths)
    assert (ended.code, ended.out) == (2, "")
    assert "check OPENAI_API_KEY" in ended.err


def test_schemas(run: Run) -> None:
    assert set(json.loads(run("schema").out)) == {"extraction", "story", "brief"}
    assert json.loads(run("schema", "brief").out)["$id"] == "urn:summarise:brief:1"
    ended = run("schema", "stroy")
    assert ended.code == 2
    assert "expected one of extraction, story, brief" in ended.err


def test_what_the_help_shows_is_the_default() -> None:
    assert SHOWN_WORDS == WORDS
    assert SHOWN_PROMPT == DEFAULT_PROMPT
