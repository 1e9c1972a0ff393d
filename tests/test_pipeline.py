"""The pipeline: one article and many, recorded and played, with a local server for the model."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import anyio
import pytest
import yaml
from openai_stand_in import KEY, Fault, StandIn, openai_server

from summarise import aextract, aextract_many, extract, read
from summarise import client as client_module
from summarise.errors import InputError, ModelError, PromptError, SummariseError
from summarise.pipeline import Progress, Source
from summarise.prompt import load
from summarise.records import Article, Extraction

__all__ = ["openai_server"]

STRONG = "gpt-5.4-mini"
GONE = "http://127.0.0.1:1/v1"

FERRY = """Ferry stopped at Orsk

The ferry to Tessaly was stopped on Monday after a crane fell onto the quay.

Harbour master Ada Brook said 40 passengers were taken to the old pier.
"""
CLAIMS = {
    "claims": [
        {
            "sentences": [2],
            "text": "The ferry to Tessaly was stopped on Monday.",
            "source": None,
            "via": [],
            "certainty": "certain",
            "polarity": "positive",
        }
    ]
}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "FIRST_PAUSE", 0.01)


@pytest.fixture
def ferry(tmp_path: Path) -> Path:
    return article_file(tmp_path, "ferry")


@pytest.fixture
def asked(openai_server: StandIn) -> dict[str, Any]:
    """The settings that lead to the server, which gives the same claim to every question."""
    openai_server.answer(CLAIMS)
    return {"model": STRONG, "base_url": openai_server.base_url, "api_key": KEY}


def article_file(folder: Path, name: str, text: str = FERRY) -> Path:
    path = folder / f"{name}.txt"
    path.write_text(text, "utf-8")
    return path


def many(sources: Sequence[Source], **settings: Any) -> list[tuple[Source, Any]]:
    """What was told of each source, in the order of the telling."""
    told: list[tuple[Source, Any]] = []

    async def run() -> None:
        await aextract_many(sources, on_result=lambda *pair: told.append(pair), **settings)

    anyio.run(run)
    return told


def without_time(done: Extraction) -> dict[str, Any]:
    data = done.model_dump(mode="json")
    del data["run"]["seconds"], data["run"]["replayed"]
    return data


# one


def test_extract_gives_claims_and_how_they_were_made(ferry: Path, asked: dict[str, Any]) -> None:
    done = extract(ferry, **asked)
    assert [(c.id, c.text, c.verdict) for c in done.claims] == [
        ("c01", "The ferry to Tessaly was stopped on Monday.", "supported")
    ]
    run = done.run.model_dump(exclude={"seconds"})
    assert run == {
        "model": STRONG,
        "prompt": "extract.v1",
        "prompt_sha256": load("extract.v1").sha256,
        "calls": 1,
        "retries": 0,
        "invalid": 0,
        "unmetered": 0,
        "input_tokens": 120,
        "output_tokens": 12,
        "cached_tokens": 64,
        "replayed": False,
    }
    assert 0 < done.run.seconds < 60


def test_publish_date_and_other_options_reach_the_reader(
    ferry: Path, asked: dict[str, Any]
) -> None:
    done = extract(ferry, published=date(2025, 3, 5), outlet="Harbour Radio", **asked)
    assert (done.article.published, done.article.outlet) == (date(2025, 3, 5), "Harbour Radio")
    assert done.claims[0].time is not None
    assert done.claims[0].time.start == date(2025, 3, 3)


def test_article_already_read_is_taken_as_it_is(ferry: Path, asked: dict[str, Any]) -> None:
    article = read(ferry, outlet="Harbour Radio")
    assert extract(article, **asked).article is article


def test_extract_works_where_a_loop_runs_already(ferry: Path, asked: dict[str, Any]) -> None:
    async def notebook() -> Extraction:
        return extract(ferry, **asked)

    assert len(anyio.run(notebook).claims) == 1


def test_aextract_gives_the_same(ferry: Path, asked: dict[str, Any]) -> None:
    async def run() -> Extraction:
        return await aextract(ferry, **asked)

    assert without_time(anyio.run(run)) == without_time(extract(ferry, **asked))


def test_progress_runs_from_nothing_to_all(ferry: Path, asked: dict[str, Any]) -> None:
    told: list[Progress] = []
    extract(ferry, on_progress=told.append, **asked)
    assert told == [Progress("ferry", 0, 3, 0), Progress("ferry", 3, 3, 1)]


@pytest.mark.parametrize(
    ("source", "settings", "kind", "message"),
    [
        ("gone.txt", {}, InputError, "there is no file 'gone.txt'"),
        ("ferry.txt", {"prompt": "extract.v2"}, PromptError, "nearest: 'extract.v1'"),
        ("ferry.txt", {"base_url": GONE}, ModelError, "is it running"),
        ("ferry.txt", {"api_key": "other"}, ModelError, "check OPENAI_API_KEY"),
        ("ferry.txt", {"model": "gpt-5.5"}, ModelError, "check that the server has 'gpt-5.5'"),
    ],
)
def test_error_is_raised_as_itself(
    ferry: Path,
    asked: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    source: str,
    settings: dict[str, Any],
    kind: type[SummariseError],
    message: str,
) -> None:
    monkeypatch.chdir(ferry.parent)
    with pytest.raises(kind, match=message):
        extract(source, **{**asked, **settings})


# many


def test_one_that_cannot_be_read_does_not_stop_the_others(
    ferry: Path, tmp_path: Path, asked: dict[str, Any]
) -> None:
    other = article_file(tmp_path, "other")
    empty = article_file(tmp_path, "empty", " ")
    sources: list[Source] = [tmp_path / "gone.txt", ferry, empty, read(other)]
    told = many(sources, **asked)
    assert [source for source, _ in told] == sources
    kinds = [type(result) for _, result in told]
    assert kinds == [InputError, Extraction, InputError, Extraction]
    assert [result.article.id for _, result in told[1::2]] == ["ferry", "other"]


def test_no_model_is_started_where_nothing_can_be_read(tmp_path: Path) -> None:
    [(source, error)] = many([tmp_path / "gone.txt"], base_url="no address")
    assert (source, type(error)) == (tmp_path / "gone.txt", InputError)
    assert many([], base_url="no address") == []


def test_articles_run_side_by_side_and_are_told_of_in_order(
    tmp_path: Path, openai_server: StandIn, asked: dict[str, Any]
) -> None:
    slow = [Fault("slow", seconds=seconds) for seconds in (0.4, 0.3, 0.2, 0.1)]
    openai_server.misbehave(*slow)
    files = [article_file(tmp_path, name) for name in "abcd"]
    told = many(files, **asked)
    assert [result.article.id for _, result in told] == ["a", "b", "c", "d"]
    assert openai_server.most_in_flight > 1


def test_all_progress_of_articles_side_by_side_is_told(
    tmp_path: Path, asked: dict[str, Any]
) -> None:
    shown: list[Progress] = []
    many([article_file(tmp_path, name) for name in "ab"], on_progress=shown.append, **asked)
    for name in "ab":
        assert [p for p in shown if p.article == name] == [
            Progress(name, 0, 3, 0),
            Progress(name, 3, 3, 1),
        ]


def test_what_was_done_before_the_model_was_lost_is_told_of(
    tmp_path: Path, openai_server: StandIn, asked: dict[str, Any]
) -> None:
    openai_server.misbehave(None, Fault("status", status=401))
    told: list[Any] = []
    files = [article_file(tmp_path, name) for name in "abc"]

    async def run() -> None:
        await aextract_many(
            files, on_result=lambda *pair: told.append(pair), record=tmp_path / "tapes", **asked
        )

    with pytest.raises(ModelError, match="check OPENAI_API_KEY"):
        anyio.run(run)
    assert [source for source, _ in told] == files[:1]


# recorded and played


def test_recording_is_played_without_a_model(
    ferry: Path, tmp_path: Path, openai_server: StandIn, asked: dict[str, Any]
) -> None:
    tape = tmp_path / "tapes" / "ferry.yaml"
    recorded = extract(ferry, record=tape, **asked)
    calls = len(openai_server.bodies)
    played = extract(ferry, replay=tape, model=STRONG)
    assert without_time(played) == without_time(recorded)
    assert (recorded.run.replayed, played.run.replayed) == (False, True)
    assert len(openai_server.bodies) == calls
    assert KEY not in tape.read_text("utf-8")


def test_recordings_of_many_are_found_in_their_folder(
    tmp_path: Path, openai_server: StandIn, asked: dict[str, Any]
) -> None:
    names = ["ferry", "what [1] is", "a.b"]
    files = [article_file(tmp_path, name) for name in names]
    recorded = many(files, record=tmp_path / "new" / "tapes", **asked)
    assert sorted(path.name for path in (tmp_path / "new" / "tapes").iterdir()) == [
        "a.b.yaml",
        "ferry.yaml",
        "manifest.json",
        "what-1-is.yaml",
    ]
    assert openai_server.most_in_flight == 1
    played = many(files, replay=tmp_path / "new", model=STRONG)
    assert [without_time(result) for _, result in played] == [
        without_time(result) for _, result in recorded
    ]


@pytest.mark.parametrize("name", ["../../outside", "/outside", "..", "a/b"])
def test_recording_is_never_made_outside_its_folder(
    ferry: Path, tmp_path: Path, asked: dict[str, Any], name: str
) -> None:
    tapes = tmp_path / "one" / "two" / "tapes"
    tapes.mkdir(parents=True)
    article = read(ferry).model_copy(update={"id": name})
    extract(article, record=tapes, **asked)
    assert [path.parent for path in tmp_path.rglob("*.yaml")] == [tapes]
    assert extract(article, replay=tapes, model=STRONG).run.replayed


def test_several_articles_are_not_recorded_into_one_file(
    ferry: Path, tmp_path: Path, asked: dict[str, Any]
) -> None:
    with pytest.raises(InputError, match=r"cannot hold the recordings of 2 articles .*folder"):
        many([ferry, ferry], record=ferry, **asked)
    assert ferry.read_text("utf-8") == FERRY


@pytest.mark.parametrize(
    ("replay", "message"),
    [
        ("gone", r"there is no recording '.*gone'; make it with --record"),
        ("empty", r"no recording of 'ferry' in 'empty' \(recorded are: none\)"),
        ("others", r"no recording of 'ferry' in 'others' \(recorded are: bridge, mill\)"),
        ("twice", r"'twice' holds several recordings of 'ferry': 'a/ferry.yaml', 'b/ferry.yaml'"),
    ],
)
def test_recording_that_is_not_there_is_named(
    ferry: Path, tmp_path: Path, replay: str, message: str
) -> None:
    for name in ("empty/x.txt", "others/mill.yaml", "others/bridge.yaml"):
        tape(tmp_path / name)
    for name in ("twice/a/ferry.yaml", "twice/b/ferry.yaml"):
        tape(tmp_path / name)
    with pytest.raises(InputError, match=message):
        extract(ferry, replay=tmp_path / replay)


def tape(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("interactions: []\nversion: 1\n", "utf-8")
    return path


def test_request_that_is_not_recorded_names_recording_difference_and_command(
    ferry: Path, tmp_path: Path, asked: dict[str, Any]
) -> None:
    tape = tmp_path / "ferry.yaml"
    extract(ferry, record=tape, **asked)
    ferry.write_text(FERRY.replace("40 passengers", "50 passengers"), "utf-8")
    with pytest.raises(ModelError) as raised:
        extract(ferry, replay=tape, model=STRONG)
    said = str(raised.value)
    assert "ferry.yaml' does not hold this request (of 1 recorded)" in said
    assert "-[3] Harbour master Ada Brook said 40 passengers" in said
    assert "+[3] Harbour master Ada Brook said 50 passengers" in said
    assert "summarise extract ferry --record ferry.yaml" in said


def test_one_that_is_not_recorded_does_not_stop_the_others(
    ferry: Path, tmp_path: Path, asked: dict[str, Any]
) -> None:
    tapes = tmp_path / "tapes"
    tapes.mkdir()
    extract(ferry, record=tapes, **asked)
    other = article_file(tmp_path, "other")
    told = many([other, ferry], replay=tapes, model=STRONG)
    assert [type(result) for _, result in told] == [InputError, Extraction]


def test_recording_holds_the_request_and_nothing_of_the_account(
    ferry: Path, tmp_path: Path, asked: dict[str, Any]
) -> None:
    tape = tmp_path / "ferry.yaml"
    extract(ferry, record=tape, **asked)
    [kept] = yaml.safe_load(tape.read_text("utf-8"))["interactions"]
    assert kept["request"]["uri"] == "http://model.invalid/v1/chat/completions"
    assert list(kept["request"]["headers"]) == ["content-type"]
    assert list(kept["response"]["headers"]) == ["content-type"]


def test_articles_are_not_changed_by_a_run(ferry: Path, asked: dict[str, Any]) -> None:
    article = read(ferry)
    before = Article.model_validate({**dict(article)})
    extract(article, **asked)
    assert article == before
