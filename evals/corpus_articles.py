"""Made-up articles for the measurements of a corpus: some long, some copies, some no text.

write(folder, 300)             folder/a00000.txt ...
lines(10_000)                  very short ones as lines of JSON, one at a time
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

PLACES = "Velk Sutna Hradno Eastmere Northgate Tessaly Brackwater Wexcombe Fenmouth Lindau".split()
PEOPLE = ["Ana Ferreira", "Oskar Behm", "Irena Sabo", "Amit Rao", "Petra Lind", "Joan Marsh"]
DEEDS = "closed a bridge,opened a school,lost a vote,bought a ferry,sold a mine,built a dam".split(
    ","
)
LONG, COPY, BAD = 97, 29, 41
"""Each article of such a number is long, a copy of the one before it, or no text."""


def text_of(number: int, sentences: int = 2) -> str:
    """An article: a headline and so many sentences, none of which another article has."""
    chance = random.Random(number)  # noqa: S311
    said = [f"{chance.choice(PLACES)} council meets for the {number}th time"]
    said += [f"{_event(chance)} in meeting {number}." for _ in range(sentences)]
    return "\n\n".join(said) + "\n"


def _event(chance: random.Random) -> str:
    who, where, deed = (chance.choice(names) for names in (PEOPLE, PLACES, DEEDS))
    return f"{who} of {where} {deed} with {chance.randrange(10, 9000)} workers"


def article_of(number: int) -> bytes:
    """The article of that number as a file holds it."""
    if number % BAD == BAD - 1:
        return b"%PDF-1.7 \x00\x01"
    if number % COPY == COPY - 1:
        return article_of(number - 1)
    return text_of(number, 100 if number % LONG == LONG - 1 else 2).encode()


def write(folder: Path, count: int) -> None:
    """So many articles as files of a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"a{number:05}.txt").write_bytes(article_of(number))


def lines(count: int) -> Iterator[str]:
    """So many articles of one sentence as lines of JSON, none a copy of another."""
    for number in range(count):
        chance = random.Random(number)  # noqa: S311
        text = f"{_event(chance)} and {_event(chance)} in meeting {number} of {number % 977}."
        yield json.dumps({"id": f"a{number:06}", "text": text}) + "\n"
