"""Articles that are copies of one text: syndicated stories under another headline or by-line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from summarise.records import Copies, Extraction

SHINGLE = 5
"""Words in a row that two texts share or do not."""
SHARED = 0.7
"""Least share of the shorter text's shingles that the longer one must hold."""
ALIKE = 0.25
"""Least share of all shingles of both: a short note within a long report is no copy of it."""
SKETCHED = 0.1
"""Least likeness of two sketches for their texts to be held against each other word for word."""
SHORTEST = 40
"""Words under which only the same text is a copy: a few formulas fill a note."""
PERMUTATIONS, BANDS, SEED = 128, 64, 20_250_106
"""The sketch of a text: with two rows a band, texts alike by `ALIKE` meet nearly always."""

_WORD = re.compile(r"[^\W_]+")


def copies(texts: Mapping[str, str]) -> list[Copies]:
    """The groups of copies among texts by article id, in the order of the ids given.

    The same groups come out in whatever order the texts come in. An empty text is no copy.
    """
    kept = {name: words for name, text in texts.items() if (words := _words(text))}
    groups = _grouped(kept)
    place = {name: number for number, name in enumerate(texts)}
    found = [_copies(group, kept, place) for group in groups if len(group) > 1]
    return sorted(found, key=lambda copy: place[copy.articles[0]])


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _grouped(texts: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Each text with the longest that it copies: only those are looked up, so copies stay cheap."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=ALIKE, num_perm=PERMUTATIONS, num_bands=BANDS)
    groups: list[list[str]] = []
    sketches: list[RMinHash] = []
    for name in sorted(texts, key=lambda name: (-len(texts[name]), name)):
        mine = shingles(texts[name])
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        sketch.update(list(mine))
        met = [n for n in sorted(index.query(sketch)) if sketch.jaccard(sketches[n]) >= SKETCHED]
        near = ((_shared(mine, shingles(texts[groups[n][0]])), -n) for n in met)
        share, nearest = max(near, default=(0.0, 0))
        if share:
            groups[-nearest].append(name)
        else:
            index.insert(len(groups), sketch)
            groups.append([name])
            sketches.append(sketch)
    return groups


def shingles(words: Sequence[str]) -> set[str]:
    """All runs of `SHINGLE` words; a shorter text is one run."""
    if len(words) < SHINGLE:
        return {" ".join(words)}
    return {" ".join(run) for run in zip(*(words[at:] for at in range(SHINGLE)), strict=False)}


def _shared(mine: set[str], theirs: set[str]) -> float:
    """The share of a text that a longer one holds; 0 where the two are no copies."""
    both = len(mine & theirs)
    if len(mine) < SHORTEST:
        return float(mine == theirs)
    share = both / len(mine)
    alike = both / (len(mine) + len(theirs) - both)
    return share if share >= SHARED and alike >= ALIKE else 0.0


def _copies(
    group: Sequence[str], texts: Mapping[str, Sequence[str]], place: Mapping[str, int]
) -> Copies:
    longest, *others = group
    whole = shingles(texts[longest])
    share = min(_shared(shingles(texts[name]), whole) for name in others)
    told = "the same text" if share == 1 else f"{share:.0%} of the text is the same"
    articles = tuple(sorted(group, key=place.__getitem__))
    return Copies(articles=articles, share=round(share, 4), why=f"{told}, word for word")


def main_texts(extractions: Sequence[Extraction]) -> dict[str, str]:
    """The main text by article id; where an extraction came without it, what its claims quote."""
    return {e.article.id: " ".join(s.strip() for s in _stretches(e)) for e in extractions}


def _stretches(extraction: Extraction) -> Iterator[str]:
    article = extraction.article
    view = article.view or article.raw
    if view:
        for start, end in article.main_text:
            yield view[start:end].replace("\x1f", "")
        return
    spans = {(span.start, span.end): span.quote for c in extraction.claims for span in c.evidence}
    read = 0
    for (start, end), quote in sorted(spans.items()):
        if end > read:
            yield quote[max(0, read - start) :]
            read = end


def witnesses(articles: Sequence[str], groups: Sequence[Copies]) -> list[int]:
    """A number for each article, copies of one text alike."""
    first = {name: group.articles[0] for group in groups for name in group.articles}
    place = {name: number for number, name in enumerate(articles)}
    return [place[first.get(name, name)] for name in articles]
