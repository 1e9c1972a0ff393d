"""Sources listed in the store: what is to be asked, what is a copy, what cannot be read.

The plan of the same inputs is the same however often it was broken off: articles are numbered in
the order in which they are named, and an article is only ever a copy of one before it.
"""

from __future__ import annotations

import json
import zlib
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import islice
from typing import NamedTuple

from summarise.corpus import sketches
from summarise.corpus.reading import Bounds, Content, Unread, article_of, content_of
from summarise.corpus.sources import Source
from summarise.corpus.store import Setting, Store

BATCH = 64
"""Articles listed in one transaction."""
FETCHES = 8
"""Pages fetched at the same time."""
STALE = Unread("stale", "the article that it is a copy of has changed: name it again")

OnListed = Callable[[int], None]
_Found = tuple[Source, Content | Unread | None]


@dataclass(frozen=True)
class Planner:
    """Lists sources under one setting; `near` has near-duplicates found, not only exact ones."""

    store: Store
    setting: Setting
    bounds: Bounds
    near: bool = True

    def plan(self, sources: Iterable[Source], on_listed: OnListed) -> None:
        """List every source; `on_listed` is told how many are. Only a batch is ever held."""
        listed = 0
        with closing(self._read(sources)) as found:
            while batch := list(islice(found, BATCH)):
                with self.store.transaction():
                    for source, content in batch:
                        self._list(source, content)
                listed += len(batch)
                on_listed(listed)

    def _read(self, sources: Iterable[Source]) -> Generator[_Found]:
        """Each source with its content, pages fetched side by side; None for one already had."""
        waiting: deque[tuple[Source, Future[Content | Unread] | None]] = deque()
        with ThreadPoolExecutor(FETCHES) as pool:
            for source in sources:
                if not source.is_page:
                    yield from self._drained(waiting, 0)
                    yield source, content_of(source, self.bounds)
                    continue
                had = source.origin == "url" and self._is_had(source)
                future = None if had else pool.submit(content_of, source, self.bounds)
                waiting.append((source, future))
                yield from self._drained(waiting, 2 * FETCHES)
            yield from self._drained(waiting, 0)

    def _drained(
        self, waiting: deque[tuple[Source, Future[Content | Unread] | None]], most: int
    ) -> Iterator[_Found]:
        while len(waiting) > most:
            source, future = waiting.popleft()
            yield source, None if future is None else future.result()

    def _is_had(self, source: Source) -> bool:
        """Whether a page was fetched before: it is then what it was."""
        found = self._known(source.label)
        return found is not None and found.content is not None and found.setting == self.setting.id

    def _known(self, label: str) -> _Known | None:
        row = self.store.one(
            "SELECT ordinal, content, setting FROM articles WHERE label = ?", (label,)
        )
        return None if row is None else _Known(*row)

    def _list(self, source: Source, content: Content | Unread | None) -> None:
        if content is None:
            return
        known = self._known(source.label)
        if isinstance(content, Unread):
            if known is None or known.content is None or known.setting != self.setting.id:
                self._unread(source, known, content)
            return  # what was had before is still had
        digest = content.sha256
        if known == _Known(known.ordinal if known else 0, digest, self.setting.id):
            return
        ordinal = self._place(source, known, digest)
        if not self._is_exact_copy(ordinal, digest):
            self._new(ordinal, source, content, digest)

    def _unread(self, source: Source, known: _Known | None, why: Unread) -> None:
        ordinal = self._place(source, known, None)
        self.store.run(
            "UPDATE articles SET kind = ?, reason = ? WHERE ordinal = ?",
            (why.kind, why.reason, ordinal),
        )

    def _place(self, source: Source, known: _Known | None, content: str | None) -> int:
        """The row of a source, set to this content, nothing else known of it yet."""
        if known is None:
            cursor = self.store.run(
                "INSERT INTO articles (label, content, setting) VALUES (?, ?, ?)",
                (source.label, content, self.setting.id),
            )
            return int(cursor.lastrowid or 0)
        self.store.run(
            "UPDATE articles SET content = ?, setting = ?, kind = NULL, reason = NULL, "
            "duplicate_of = NULL, similarity = NULL WHERE ordinal = ?",
            (content, self.setting.id, known.ordinal),
        )
        if content != known.content:
            self._changed(known.ordinal)
        return known.ordinal

    def _changed(self, ordinal: int) -> None:
        """What was said of the copies of an article holds no longer."""
        sketches.forget(self.store, ordinal)
        self.store.run(
            "UPDATE articles SET content = NULL, kind = ?, reason = ?, duplicate_of = NULL, "
            "similarity = NULL WHERE duplicate_of = ?",
            (*STALE, ordinal),
        )

    def _is_exact_copy(self, ordinal: int, content: str) -> bool:
        """Whether this content is had or waits already, through this article or another."""
        owner = self.store.value(
            "SELECT owner FROM work WHERE content = ? AND setting = ?", (content, self.setting.id)
        )
        if owner is None:
            return False
        if owner == ordinal:
            return True
        holds = self.store.value(
            "SELECT 1 FROM articles WHERE ordinal = ? AND content = ? AND setting = ?",
            (owner, content, self.setting.id),
        )
        if holds:
            self._copy(ordinal, owner, 1.0)
        else:  # its first owner holds something else by now
            self.store.run(
                "UPDATE work SET owner = ? WHERE content = ? AND setting = ?",
                (ordinal, content, self.setting.id),
            )
        return True

    def _copy(self, ordinal: int, original: int, similarity: float) -> None:
        self.store.run(
            "UPDATE articles SET duplicate_of = ?, similarity = ? WHERE ordinal = ?",
            (original, similarity, ordinal),
        )

    def _new(self, ordinal: int, source: Source, content: Content, digest: str) -> None:
        """A content that is not had: a near copy, no article at all, or something to ask about."""
        article = article_of(source.label, content, self.bounds)
        if isinstance(article, Unread):
            self.store.run(
                "UPDATE articles SET content = NULL, kind = ?, reason = ? WHERE ordinal = ?",
                (*article, ordinal),
            )
            return
        sketch = sketches.sketch_of(article) if self.near else None
        if sketch is not None:
            found = sketches.original_of(self.store, sketch, self.setting.id)
            if found is not None and found[0] != ordinal:
                self._copy(ordinal, *found)
                return
            sketches.keep(self.store, ordinal, sketch)
        self._wait(ordinal, content, digest)

    def _wait(self, ordinal: int, content: Content, digest: str) -> None:
        self.store.run(
            "INSERT INTO work (content, setting, owner) VALUES (?, ?, ?)",
            (digest, self.setting.id, ordinal),
        )
        body = zlib.compress(content.text.encode("utf-8", "surrogatepass"))
        self.store.run(
            "INSERT OR IGNORE INTO texts (content, details, body) VALUES (?, ?, ?)",
            (digest, json.dumps(asdict(content.details)), body),
        )


class _Known(NamedTuple):
    """What the store says of a label."""

    ordinal: int
    content: str | None
    setting: int
