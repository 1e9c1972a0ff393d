"""Gold of a story: loaded, and held against the gold claims of its articles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from evaluation_data import claims, write_json

from summarise.errors import InputError, RecordError
from summarise.evaluation.gold import Gold
from summarise.evaluation.story_gold import load_story, story_files
from summarise.evaluation.suite import load_suite

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "gold"
GOLDS = {
    name: Gold(id=name, main_text=((0, 9),), claims=tuple(claims(*["The pier is shut."] * 3)))
    for name in ("osk-1", "osk-2")
}


def story(**changed: Any) -> dict[str, Any]:
    """A sound story of two articles, as its file has it, but for what is `changed`."""
    facts = [
        {"id": "f01", "text": "Boats were lost.", "kind": "figure",
         "claims": ["osk-1#c01", "osk-2#c01"]},
        {"id": "f02", "text": "The pier is shut.", "kind": "event",
         "claims": ["osk-1#c02", "osk-2#c02"]},
    ]  # fmt: skip
    relations = [relation("osk-1#c01", "osk-2#c01", "conflicts")]
    plain = {"id": "osk", "articles": list(GOLDS), "facts": facts, "relations": relations}
    return plain | changed


def relation(a: str, b: str, kind: str) -> dict[str, str]:
    return {"a": a, "b": b, "relation": kind, "why": "four against five"}


def with_fact(name: str, *stated: str) -> dict[str, Any]:
    facts = story()["facts"]
    return story(facts=[*facts, {"id": name, "text": "x", "kind": "event", "claims": stated}])


def test_a_sound_story_is_loaded(tmp_path: Path) -> None:
    found = load_story(write_json(tmp_path / "osk.json", story(split="dev")), GOLDS)
    assert found.fact_of == {
        "osk-1#c01": "f01", "osk-2#c01": "f01", "osk-1#c02": "f02", "osk-2#c02": "f02",
    }  # fmt: skip
    assert (found.split, found.relations[0].relation) == ("dev", "conflicts")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (story(articles=["osk-1", "osk-22"]), "article 'osk-22' has no gold; did you mean 'osk-2'"),
        (with_fact("f03", "osk-1#c33", "osk-2#c03"), "'osk-1#c33', which no article"),
        (with_fact("f03", "osk-1#c33", "osk-2#c03"), "did you mean 'osk-1#c03'"),
        (with_fact("f03", "osk-1#c01", "osk-2#c03"), "'osk-1#c01' is in two facts, 'f01' and"),
        (with_fact("f03", "osk-2#c03", "osk-2#c03"), "'osk-2#c03' is in two facts, 'f03' and"),
        (with_fact("f02", "osk-1#c03", "osk-2#c03"), "two facts have the id 'f02'"),
        (with_fact("f03", "osk-1#c03"), "fact 'f03' has 1 claim; expected two or more"),
        (
            story(relations=[relation("osk-1#c01", "osk-1#c02", "agrees")]),
            "'osk-1#c02' is outside one fact ('osk-1#c01' is in f01, 'osk-1#c02' in f02)",
        ),
        (
            story(relations=[relation("osk-1#c03", "osk-2#c03", "updates")]),
            "in none, 'osk-2#c03' in none); only 'different' may be",
        ),
        (
            story(relations=[relation("osk-1#c01", "osk-2#c01", "different")]),
            "'osk-2#c01' is inside one fact, 'f01'; what is different is not one fact",
        ),
        (
            story(relations=[relation("osk-1#c01", "osk-2#c9", "different")]),
            "'different' of 'osk-1#c01' and 'osk-2#c9' names the claim 'osk-2#c9', which no",
        ),
        (
            story(relations=[relation("osk-1#c01", "osk-1#c01", "agrees")]),
            "holds a claim against itself; name two claims",
        ),
        (
            story(
                relations=[
                    relation("osk-1#c01", "osk-2#c01", "agrees"),
                    relation("osk-2#c01", "osk-1#c01", "conflicts"),
                ]
            ),
            "is the second of this pair, after 'agrees'; a pair has one relation",
        ),
        (
            story(relations=[relation("osk-1#c01", "osk-2#c01", "agree")]),
            "field 'relations.0.relation': Input should be 'agrees'",
        ),
        (
            story(facts=[{"id": "f01", "text": "x", "kind": "number", "claims": []}]),
            "field 'facts.0.kind': Input should be 'figure', 'event' or 'statement'",
        ),
        (story(fact=[]), "field 'fact': Extra inputs are not permitted"),
        ({"id": "osk"}, "field 'articles': Field required"),
        ([], "holds a list; expected a story: an object with 'id', 'articles'"),
    ],
)  # fmt: skip
def test_a_broken_story_says_what_is_wrong(tmp_path: Path, data: object, told: str) -> None:
    where = write_json(tmp_path / "osk.json", data)
    with pytest.raises(RecordError) as raised:
        load_story(where, GOLDS)
    assert told in str(raised.value)
    assert repr(str(where)) in str(raised.value)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda folder: folder / "none", "there is no folder"),
        (lambda folder: folder, "holds no story; expected *.json"),
    ],
)
def test_a_folder_without_stories(tmp_path: Path, make: Callable[[Path], Path], told: str) -> None:
    with pytest.raises(InputError, match=told.replace("*", r"\*")):
        story_files(make(tmp_path))


@pytest.mark.parametrize(
    ("stories", "suite"),
    [
        (ROOT / "evals" / "suite" / "stories", ROOT / "evals" / "suite"),
        (SHARED / "dev-story", SHARED / "dev"),
    ],
    ids=["own", "shared"],
)
def test_the_stories_by_hand_are_sound(stories: Path, suite: Path) -> None:
    if not stories.is_dir():
        pytest.skip(f"{stories} is not here")
    golds = {gold.id: gold for gold in load_suite(suite).golds()}
    for path in story_files(stories):
        found = load_story(path, golds)
        assert found.id == path.stem
        assert {golds[article].split for article in found.articles} <= {found.split, None}
        assert all(one.why for one in found.relations)
