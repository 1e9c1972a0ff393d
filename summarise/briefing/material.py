"""What a brief is made of: the claims of a story by their names, each with its article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from summarise.language.figures import find_figures
from summarise.language.passages import readable
from summarise.meaning import stems_of
from summarise.records import Article, Claim, Fact, Relation, RelationKind, Story, UnitKind
from summarise.units import blocks_of

Bounds = tuple[float | None, float | None]


@dataclass(frozen=True)
class Held:
    """A claim named "ARTICLE#cNN"; `place` is 0 at the start of its article, up to 1."""

    name: str
    claim: Claim
    article: Article
    place: float
    in_headline: bool = False
    unstopped: bool = False
    """Whether it stands only in lines that end without a stop: a subtitle, a bullet, a caption."""
    in_caption: bool = False
    """Whether it stands only beneath a picture."""

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the words that carry its meaning, negations as one."""
        return frozenset(stems_of(self.claim.text))

    @cached_property
    def bounds(self) -> frozenset[Bounds]:
        """Low and high of each figure in its words or among its quantities."""
        found = (found.figure for found in find_figures(self.claim.text))
        return frozenset((one.low, one.high) for one in (*found, *self.claim.quantities))

    @cached_property
    def evidence(self) -> str:
        """The words that carry it, as a person reads them."""
        return readable(" ".join(span.quote for span in self.claim.evidence))

    @property
    def before(self) -> str:
        """The word that stands before its evidence; "" where it opens its article."""
        start = min((span.start for span in self.claim.evidence), default=0)
        found = readable(self.article.view[max(0, start - _REACH) : start]).split()
        return found[-1] if found else ""


_REACH = 30
"""Characters in which a word ends."""


class Material:
    """The claims, relations and articles of a story, looked up by name."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.articles = {one.article.id: one.article for one in story.extractions}
        self._texts: dict[str, str] = {}
        self.held = dict(self._claims())
        self._relations: dict[str, list[Relation]] = {}
        for relation in story.relations:
            self._relations.setdefault(relation.a, []).append(relation)

    @property
    def single(self) -> bool:
        """Whether the story is one article's."""
        return len(self.articles) == 1

    @cached_property
    def several_days(self) -> bool:
        """Whether its articles came out on different days, so that "Tuesday" may be two."""
        return len({article.published for article in self.articles.values()}) > 1

    def of(self, fact: Fact) -> list[Held]:
        """The claims of a fact that the story holds, in order."""
        return [self.held[name] for name in fact.claims if name in self.held]

    def related(self, fact: Fact, *kinds: RelationKind) -> Iterator[Relation]:
        """The relations of these kinds between two claims of the fact."""
        names = set(fact.claims)
        for name in fact.claims:
            for relation in self._relations.get(name, ()):
                if relation.relation in kinds and relation.b in names:
                    yield relation

    def text(self, article: Article) -> str:
        """What a reader sees of an article; of one without its text, the evidence of its claims."""
        if article.id not in self._texts:
            parts = [article.view[start:end] for start, end in article.main_text]
            if not article.view:
                parts = [one.evidence for one in self.held.values() if one.article is article]
            self._texts[article.id] = "\n".join(parts)
        return self._texts[article.id]

    @cached_property
    def small_words(self) -> frozenset[str]:
        """The words that the claims write without a capital, which headlines may give one."""
        texts = (one.claim.text for one in self.held.values())
        return frozenset(word for text in texts for word in re.findall(r"\b[a-z]+\b", text))

    def common(self, words: Iterable[str]) -> float:
        """How widely words are used, as a mean between 0 and 1: the main event's are."""
        shares = [self._uses[word] / self._most for word in set(words)]
        return sum(shares) / len(shares) if shares else 0.0

    @cached_property
    def _uses(self) -> Counter[str]:
        return Counter(stem for one in self.held.values() for stem in one.stems)

    @cached_property
    def used(self) -> frozenset[str]:
        """The stems of the words that its claims use."""
        return frozenset(self._uses)

    @cached_property
    def _most(self) -> int:
        return max(self._uses.values(), default=1)

    def recency(self, article: Article) -> float:
        """How late an article came out among those of the story: 0 the first or undated, 1 last."""
        days = sorted({one.published for one in self.articles.values() if one.published})
        if article.published is None or len(days) < _SEVERAL:
            return 0.0
        return days.index(article.published) / (len(days) - 1)

    @cached_property
    def leads(self) -> dict[str, frozenset[str]]:
        """By article, the stems of its title, or of its first claim where it has none."""
        return {
            article.id: frozenset(stems_of(article.title or self._first(article)))
            for article in self.articles.values()
        }

    def _first(self, article: Article) -> str:
        own = (one for one in self.held.values() if one.article is article)
        first = min(own, key=lambda one: one.place, default=None)
        return first.claim.text if first else ""

    def _claims(self) -> Iterator[tuple[str, Held]]:
        for extraction in self.story.extractions:
            article = extraction.article
            captions = [block for block, kind in _blocks(article) if kind == "caption"]
            for place, claim in zip(_places(extraction.claims), extraction.claims, strict=True):
                name = f"{article.id}#{claim.id}"
                yield (
                    name,
                    Held(
                        name,
                        claim,
                        article,
                        place,
                        in_headline=_in_headline(claim, article),
                        unstopped=_is_unstopped(claim, article),
                        in_caption=_is_within(claim, captions),
                    ),
                )


_SEVERAL = 2


def _blocks(article: Article) -> list[tuple[tuple[int, int], UnitKind]]:
    """The blocks of an article whose text is there."""
    return list(blocks_of(article)) if article.view else []


def _is_within(claim: Claim, blocks: Sequence[tuple[int, int]]) -> bool:
    """Whether all its evidence lies in some of the blocks."""
    return bool(claim.evidence) and all(
        any(start <= span.start and span.end <= end for start, end in blocks)
        for span in claim.evidence
    )


def _places(claims: Sequence[Claim]) -> Iterator[float]:
    """Where each claim first stands, from 0 to 1; those without evidence stand last."""
    starts = [min((s.start for s in one.evidence), default=None) for one in claims]
    known = sorted({start for start in starts if start is not None})
    order = {start: place / max(1, len(known)) for place, start in enumerate(known)}
    yield from (1.0 if start is None else order[start] for start in starts)


_SENTENCE_END = re.compile(r"[.!?…][\"”’)]*$")


def _in_headline(claim: Claim, article: Article) -> bool:
    """Whether all its evidence lies in the first line of an article, which ends without a stop."""
    if not article.view or not article.main_text or not claim.evidence:
        title = " ".join((article.title or "").split())
        return bool(title) and all(span.quote.strip() in title for span in claim.evidence)
    start, end = article.main_text[0]
    line = re.match(r"\s*[^\n]*", article.view[start:end])
    stretch = line.group() if line else ""
    heading = not _SENTENCE_END.search(readable(stretch))
    return heading and all(span.end <= start + len(stretch) for span in claim.evidence)


def _is_unstopped(claim: Claim, article: Article) -> bool:
    """Whether every line that holds its evidence ends without a stop."""
    view = article.view
    ends = [view.find("\n", span.end) for span in claim.evidence]
    lines = [
        view[view.rfind("\n", 0, span.start) + 1 : end if end >= 0 else len(view)]
        for span, end in zip(claim.evidence, ends, strict=True)
    ]
    return bool(view and lines) and not any(_SENTENCE_END.search(readable(one)) for one in lines)
