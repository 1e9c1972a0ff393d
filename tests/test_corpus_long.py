"""A long article's passages: what is put before each stays within bounds, and says where it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from corpus_data import MODEL, ferry

from summarise.client import NOWHERE, Client
from summarise.passage import Ground
from summarise.profiles import EMBEDDED_MODEL, profile_for
from summarise.prompt import load
from summarise.read import read
from summarise.records import Sentence
from summarise.segment import segment


def ground(count: int, model: str = EMBEDDED_MODEL, length: int = 80) -> Ground:
    """The ground of an article of so many sentences, each of so many characters."""
    article = read("ferry", text=ferry(1))
    client = Client(model, NOWHERE, None, profile_for(model))
    short = Ground.of(article, segment(article), client, load("extract.v1"))
    said = [
        Sentence(number=n, start=0, end=1, text=f"{n} ".ljust(length, "x"))
        for n in range(1, count + 1)
    ]
    return replace(short, sentences=tuple(said))


def by_adding_up(ground: Ground, end: int, room: int) -> str:
    """What comes before, found by trying one step after the other."""
    lines = [s.text for s in ground.sentences[:end]]
    start = 0
    while sum(len(line) + 1 for line in lines[start:]) > room and start + 25 < len(lines):
        start += 25
    return "\n".join(lines if start == 0 else [*lines[:3], "…", *lines[start:]])


@pytest.mark.parametrize("end", [0, 1, 24, 25, 26, 209, 210, 211, 235, 236, 600, 1000])
def test_steps_leave_out_the_middle(end: int) -> None:
    one = ground(1000)
    assert one.before(end) == by_adding_up(one, end, 3 * (8192 - 400 - 1500))


@pytest.mark.parametrize("model", [EMBEDDED_MODEL, MODEL, "gpt-4.1"])
@pytest.mark.parametrize("length", [80, 900, 3000])
def test_what_comes_before_is_bounded(model: str, length: int) -> None:
    one = ground(5000 if length == 80 else 300, model, length)
    for end in (100, 250, len(one.sentences)):
        before = one.before(end)
        assert len(before) <= 24_000 + 4 * length
        assert before.split("\n")[-1].startswith(f"{end} ")
        assert before.startswith("1 x")
