"""What waits, what is a copy, and that a plan that was broken off comes out the same."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from summarise.corpus import plan as plan_module
from summarise.corpus.plan import Planner
from summarise.corpus.reading import Bounds
from summarise.corpus.sources import Source
from summarise.corpus.status import ARTICLES
from summarise.corpus.store import Store

WORDS = "quay mast rope crew tide pilot harbour cargo crane fog lamp sail hull deck buoy".split()


def story(seed: int, sentences: int = 12) -> str:
    """A text long enough to be known again."""
    chance = random.Random(seed)  # noqa: S311
    return " ".join(
        f"The {' '.join(chance.choices(WORDS, k=7))} stopped on day {chance.randrange(10, 99)}."
        for _ in range(sentences)
    )


def listed(store: Store, texts: Sequence[str], prompt: str = "p", near: bool = True) -> list[str]:
    """The state of each article after these lines were planned, a copy as "=number"."""
    setting = store.setting("m", prompt, prompt, "0")
    named = [
        Source(f"n{number}", "line", f'{{"text": "{text}"}}'.encode())
        for number, text in enumerate(texts, 1)
    ]
    Planner(store, setting, Bounds(), near).plan(named, lambda _: None)
    return states(store)


def states(store: Store) -> list[str]:
    """As `listed`, of what the store holds."""
    query = f"SELECT a.duplicate_of AS of, x.* FROM ({ARTICLES}) x JOIN articles a USING (ordinal)"  # noqa: S608
    return [
        f"={row['of']}" if row["of"] else str(row["kind"] or row["state"])
        for row in store.rows(f"{query} ORDER BY x.ordinal")
    ]


def test_copies_wait_once(tmp_path: Path) -> None:
    one, other = story(1), story(2)
    edited = one.replace("The", "A", 1)
    update = one + " It had 500 passengers."
    denial = one + " It did not sink."
    with Store.open(tmp_path / "s.db", create=True) as store:
        found = listed(
            store, [one, other, one, edited, update, denial, one[: len(one) * 95 // 100]]
        )
    assert found == ["waiting", "waiting", "=1", "=1", "waiting", "waiting", "=1"]


def test_only_exact_copies_where_asked(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.db", create=True) as store:
        edited = story(1).replace("The", "A", 1)
        assert listed(store, [story(1), story(1), edited], near=False) == [
            "waiting",
            "=1",
            "waiting",
        ]


def test_short_texts_are_copies_only_where_they_are_the_same(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.db", create=True) as store:
        assert listed(store, ["The ferry sank.", "The ferry sank.", "The ferry  sank."]) == [
            "waiting",
            "=1",
            "waiting",
        ]


def test_texts_of_one_form_stay_quick(tmp_path: Path) -> None:
    results = [f"{story(1)} In game {number} they won." for number in range(1000, 1060)]
    with Store.open(tmp_path / "s.db", create=True) as store:
        assert listed(store, results) == ["waiting"] * 60


def test_listed_again_it_is_the_same(tmp_path: Path) -> None:
    texts = [story(1), story(1), "", story(2)]
    with Store.open(tmp_path / "s.db", create=True) as store:
        first = listed(store, texts)
        assert first == ["waiting", "=1", "empty", "waiting"]
        assert listed(store, texts) == first


def test_changed_prompt_waits_again(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.db", create=True) as store:
        listed(store, [story(1), story(1)])
        store.run("UPDATE work SET state = 'done'")
        assert listed(store, [story(1), story(1)]) == ["done", "=1"]
        assert listed(store, [story(1), story(1)], prompt="q") == ["waiting", "=1"]
        assert listed(store, [story(1), story(1)]) == ["done", "=1"]


def test_changed_text_waits_again_and_its_copies_are_told(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.db", create=True) as store:
        listed(store, [story(1), story(1)])
        store.run("UPDATE work SET state = 'done'")
        assert listed(store, [story(2)]) == ["waiting", "stale"]
        assert listed(store, [story(2), story(1)]) == ["waiting", "done"]
        assert listed(store, [story(1), story(1)]) == ["=2", "done"]


def test_what_can_no_longer_be_read_is_still_had(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.db", create=True) as store:
        listed(store, [story(1)])
        assert listed(store, [""]) == ["waiting"]
        assert listed(store, [""], prompt="q") == ["empty"]


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.integers(0, 5), min_size=1, max_size=12),
    st.lists(st.integers(0, 12), max_size=3),
    st.integers(1, 4),
)
def test_a_plan_broken_off_comes_out_the_same(
    seeds: list[int], breaks: list[int], batch: int
) -> None:
    texts = [story(seed, 4) if seed else "" for seed in seeds]
    usual = plan_module.BATCH
    with TemporaryDirectory() as name:
        with Store.open(Path(name, "whole.db"), create=True) as store:
            whole = listed(store, texts)
        plan_module.BATCH = batch
        try:
            with Store.open(Path(name, "broken.db"), create=True) as store:
                for end in breaks:
                    listed(store, texts[:end])
                assert listed(store, texts) == whole
        finally:
            plan_module.BATCH = usual
