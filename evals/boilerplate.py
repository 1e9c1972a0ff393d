"""Prints how well the main text is found: character F1 against gold, beside trafilatura alone.

    python evals/boilerplate.py [--shared DIR]

Flattened pages are compared by offsets with the gold `main_text` (blanks left out). Web pages are
compared with the article body set down by hand, as bags of characters in order: the longest common
subsequence of words, each weighed by its length. The gold bodies of the web pages leave headlines
out, so both texts are compared whole and without a headline line.
"""

from __future__ import annotations

import argparse
import difflib
import gzip
import json
import os
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path

from rapidfuzz import fuzz

from summarise.read import read
from summarise.records import MARKUP, Article

Counts = tuple[int, int, int]
"""Characters in both, in ours only, in gold only."""


def f1(counts: Sequence[int]) -> float:
    """Character F1 of (both, ours only, gold only)."""
    both, ours, gold = counts
    return 2 * both / (2 * both + ours + gold) if both else 0.0


def by_offsets(page: str, ours: Sequence[Sequence[int]], gold: Sequence[Sequence[int]]) -> Counts:
    """Counts over the characters of a page that are not blank."""
    mine, theirs = (
        {n for a, b in side for n in range(a, b) if not page[n].isspace()} for side in (ours, gold)
    )
    return len(mine & theirs), len(mine - theirs), len(theirs - mine)


def by_words(ours: str, gold: str) -> Counts:
    """Counts over the words in common order of two texts, each word weighed by its length."""
    mine, theirs = ours.split(), gold.split()
    matcher = difflib.SequenceMatcher(None, mine, theirs, autojunk=False)
    both = sum(
        len(word) for m in matcher.get_matching_blocks() for word in mine[m.a : m.a + m.size]
    )
    return both, sum(map(len, mine)) - both, sum(map(len, theirs)) - both


def flattened(shared: Path) -> Iterator[tuple[str, Counts]]:
    """Name and counts of each flattened page."""
    for path in sorted((shared / "gold/dev").glob("*.json")):
        text = shared / "gold/dev/texts" / f"{path.stem}.txt"
        article = read(text)
        gold = json.loads(path.read_text(encoding="utf-8"))["main_text"]
        yield path.stem, by_offsets(article.raw, article.main_text, gold)


def body(article: Article) -> str:
    """The main text of an article as a reader sees it."""
    return "\n".join(article.view[a:b].replace(MARKUP, "") for a, b in article.main_text)


def without_headline(text: str, title: str | None) -> str:
    """A text without its first line, where that says the title."""
    first, _, rest = text.partition("\n")
    said = fuzz.partial_ratio(first.lower(), (title or "").lower()) >= 80
    return rest if said and len(first) < 200 and not first.endswith(".") else text


def web_pages(shared: Path) -> Iterator[tuple[str, tuple[Counts, Counts, Counts, Counts]]]:
    """Name and counts of each web page: ours and trafilatura's, each whole and headless."""
    import trafilatura

    folder = shared / "corpora/boilerplate"
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        html = gzip.decompress((folder / case["html"]).read_bytes())
        article = read(case["url"], text=html)
        whole = body(article)
        alone = trafilatura.extract(html, url=case["url"]) or ""
        texts = whole, alone, *(without_headline(t, article.title) for t in (whole, alone))
        first, second, third, fourth = (by_words(text, case["articleBody"]) for text in texts)
        yield case["url"], (first, second, third, fourth)


def show(title: str, names: Sequence[str], columns: Sequence[list[Counts]]) -> None:
    """Prints one line a page, then micro F1 and the mean over pages for each column."""
    print(title)
    for number, name in enumerate(names):
        print("  ".join(f"{f1(column[number]):.4f}" for column in columns), name[:90], sep="  ")
    micro = (f1([sum(part) for part in zip(*column, strict=True)]) for column in columns)
    print("  ".join(f"{value:.4f}" for value in micro), " micro")
    means = (statistics.mean(map(f1, column)) for column in columns)
    print("  ".join(f"{value:.4f}" for value in means), " mean\n")


def main() -> None:
    """Measures both sets."""
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("SUMMARISE_SHARED") or Path(__file__).parents[1].parent / "shared"
    parser.add_argument("--shared", type=Path, default=Path(default))
    shared = parser.parse_args().shared
    pages = list(flattened(shared))
    show("flattened pages: ours", [name for name, _ in pages], [[counts for _, counts in pages]])
    web = list(web_pages(shared))
    columns = [[counts[n] for _, counts in web] for n in range(4)]
    title = "web pages: ours, trafilatura; without the headline: ours, trafilatura"
    show(title, [name for name, _ in web], columns)


if __name__ == "__main__":
    main()
