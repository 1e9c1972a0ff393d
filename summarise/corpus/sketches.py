"""Near-duplicates: an article that says nothing that an earlier one does not is asked for once.

Sketches are rensa's MinHash over shingles of words, kept in the store with the bands by which a
like one is found, so that memory does not grow with the corpus. A copy must also hold no figure
and no negation that its original lacks: the same report with a new toll is an update, no copy.
(`reconciliation.copies` asks another question, who told the same, of a few texts held at once.)
"""

from __future__ import annotations

import json
import re
from array import array
from collections import Counter
from dataclasses import dataclass
from hashlib import blake2b

from summarise.corpus.store import Store
from summarise.language.number_words import SCALES, SMALL
from summarise.records import Article

ALIKE = 0.8
"""Least estimated share of shingles (Jaccard) of two copies."""
SHINGLE = 5
"""Words of one shingle, as for copies within a story."""
FEWEST = 20
"""Shingles below which a text is too short to be told a copy of another."""
BANDS, ROWS = 16, 8
"""A pair of similarity 0.8 shares a band with p = 0.95, of 0.9 with p = 1.00, of 0.4 with 0.01."""
MOST = 32
"""Articles looked at for one band: texts of one form, such as results, share bands by thousands."""
_SEED = 7
_WORD = re.compile(r"[^\W_]+")
_TELLING = {
    *SMALL,
    *SCALES,
    *"no not never nor none neither without nobody nothing cannot t".split(),
}
"""Words that may turn a report into another one; "t" is what is left of "isn't"."""


@dataclass(frozen=True)
class Sketch:
    """What is kept of an article's main text to know its copies."""

    digest: tuple[int, ...]
    telling: Counter[str]
    """How often each figure and each negation stands in the text."""

    def bands(self) -> list[int]:
        """One signed 64-bit number a band, which equal bands share."""
        rows = [self.digest[n : n + ROWS] for n in range(0, BANDS * ROWS, ROWS)]
        return [_number(number, row) for number, row in enumerate(rows)]

    def likeness(self, other: tuple[int, ...]) -> float:
        """The estimated share of shingles that this and the one of another digest hold both."""
        same = sum(a == b for a, b in zip(self.digest, other, strict=True))
        return same / len(self.digest)


def _number(band: int, row: tuple[int, ...]) -> int:
    digest = blake2b(array("I", (band, *row)).tobytes(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def sketch_of(article: Article) -> Sketch | None:
    """The sketch of an article's main text, None where it is too short for one."""
    from rensa import RMinHash

    text = " ".join(article.view[start:end] for start, end in article.main_text)
    said = [word.casefold() for word in _WORD.findall(text)]
    shingles = {" ".join(said[n : n + SHINGLE]) for n in range(len(said) - SHINGLE + 1)}
    if len(shingles) < FEWEST:
        return None
    minhash = RMinHash(num_perm=BANDS * ROWS, seed=_SEED)
    minhash.update(sorted(shingles))
    telling = Counter(w for w in said if w in _TELLING or any(map(str.isdigit, w)))
    return Sketch(tuple(minhash.digest()), telling)


def original_of(store: Store, sketch: Sketch, setting: int) -> tuple[int, float] | None:
    """The first article of this setting that `sketch` is a copy of, and how alike they are."""
    for ordinal in sorted(_candidates(store, sketch)):
        row = store.one(_KNOWN, (ordinal, setting))
        if row is None:
            continue
        likeness = sketch.likeness(_numbers(row["digest"]))
        if likeness >= ALIKE and sketch.telling <= Counter(json.loads(row["telling"])):
            return ordinal, round(likeness, 3)
    return None


_KNOWN = """
SELECT s.digest, s.telling FROM sketches s JOIN articles a USING (ordinal)
JOIN work w ON w.owner = a.ordinal AND w.content = a.content AND w.setting = a.setting
WHERE s.ordinal = ? AND a.setting = ?
"""


def _candidates(store: Store, sketch: Sketch) -> set[int]:
    """The articles that share a band; of one that many share, the first."""
    query = "SELECT ordinal FROM bands WHERE hash = ? ORDER BY ordinal LIMIT ?"
    return {row[0] for band in sketch.bands() for row in store.rows(query, (band, MOST))}


def keep(store: Store, ordinal: int, sketch: Sketch) -> None:
    """Note the sketch of an article, in the place of one that it had before."""
    forget(store, ordinal)
    store.run(
        "INSERT INTO sketches (ordinal, digest, telling) VALUES (?, ?, ?)",
        (ordinal, array("I", sketch.digest).tobytes(), json.dumps(sketch.telling, sort_keys=True)),
    )
    rows = [(band, ordinal) for band in sketch.bands()]
    store.run_many("INSERT OR IGNORE INTO bands (hash, ordinal) VALUES (?, ?)", rows)


def forget(store: Store, ordinal: int) -> None:
    """Take the sketch of an article out, where it has one."""
    digest = store.value("SELECT digest FROM sketches WHERE ordinal = ?", (ordinal,))
    if digest is None:
        return
    old = Sketch(_numbers(digest), Counter())
    gone = [(band, ordinal) for band in old.bands()]
    store.run_many("DELETE FROM bands WHERE hash = ? AND ordinal = ?", gone)
    store.run("DELETE FROM sketches WHERE ordinal = ?", (ordinal,))


def _numbers(digest: bytes) -> tuple[int, ...]:
    return tuple(array("I", digest))
