"""What an extraction knows of its article, and how one passage of it is put to the model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, TypeVar, overload

from summarise.answers import Usage
from summarise.language.names import NameBook
from summarise.language.parts import Part, parts_of
from summarise.prompt import Message, Prompt
from summarise.records import Article, Claim, Sentence
from summarise.verify import Verifier

if TYPE_CHECKING:
    from pydantic import BaseModel

    from summarise.client import Answer, Client


T = TypeVar("T")


class Failure(NamedTuple):
    """What became of a sentence that the model failed, and why it did."""

    what: str
    why: str


@dataclass
class Found:
    """What came of one passage: its claims, the failures by sentence number, the usage."""

    claims: list[Claim] = field(default_factory=list)
    failures: dict[int, Failure] = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)

    def fail(self, what: str, answer: Answer[BaseModel], numbers: Sequence[int]) -> None:
        """Note that an answer, which holds no value, was about the sentences of these numbers."""
        failure = Failure(what, answer.error or "no answer")
        self.failures |= dict.fromkeys(numbers, failure)


class Lazy(Sequence[T]):
    """A sequence that is made when it is first looked at."""

    def __init__(self, make: Callable[[], Sequence[T]]) -> None:
        self._made = cache(make)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        return self._made()[place]

    def __len__(self) -> int:
        return len(self._made())


@dataclass(frozen=True)
class Ground:
    """One article read for its extraction: what is known of it, and whom to ask."""

    article: Article
    sentences: tuple[Sentence, ...]
    client: Client
    prompt: Prompt
    parts: Sequence[list[Part]]
    verifier: Verifier
    book: NameBook

    @classmethod
    def of(
        cls, article: Article, sentences: Sequence[Sentence], client: Client, prompt: Prompt
    ) -> Ground:
        """Reads the article once: its names, what its claims are held against.

        Its parts, which take a parse of each sentence, are read when they are first looked at.
        """
        book = NameBook.of("\n".join(s.text for s in sentences))
        return cls(
            article=article,
            sentences=tuple(sentences),
            client=client,
            prompt=prompt,
            parts=Lazy(partial(parts_of, sentences, book, article.published, article.outlet)),
            verifier=Verifier(article),
            book=book,
        )

    async def ask(
        self, messages: list[Message], schema: type[BaseModel], max_tokens: int, found: Found
    ) -> Answer[BaseModel]:
        """The model's answer, its usage added to that of `found`."""
        answer = await self.client.ask(messages, schema, max_tokens=max_tokens)
        found.usage += Usage.of(answer)
        return answer

    def before(self, end: int) -> str:
        """The article up to the sentence at `end`, its middle left out where it is too long."""
        room, start = self._room(), 0
        while self._over(start, end, room) and start + _STEP < end:
            start += _STEP  # in steps, so that a server's prompt cache holds for many calls
        while self._over(start, end, room) and start + 1 < end:
            start += 1  # a step of very long sentences
        lines = [s.text for s in self.sentences[start:end]]
        opening = [s.text for s in self.sentences[: min(_OPENING, start)]]
        return "\n".join([*opening, "…", *lines] if start else lines)

    def _over(self, start: int, end: int, room: int) -> bool:
        return self._ends[end] - self._ends[start] > room

    @cached_property
    def by_number(self) -> dict[int, Sentence]:
        """The sentences by their numbers."""
        return {sentence.number: sentence for sentence in self.sentences}

    @cached_property
    def _ends(self) -> list[int]:
        """Characters of the article before each sentence, and of all of it."""
        return list(accumulate((len(s.text) + 1 for s in self.sentences), initial=0))

    def _room(self) -> int:
        """Characters of article that fit beside the instructions and the answer, and are of use."""
        profile = self.client.profile
        fits = 3 * (profile.context_tokens - profile.max_output_tokens - 1500)
        return min(max(2000, fits), _MOST_BEFORE)


_STEP, _OPENING = 25, 3
"""Sentences left out at a time, and those of the opening that stay."""

_MOST_BEFORE = 24_000
"""Characters of article put before a passage, some eight pages: what it names by "he" or "the
town" is named there or in the opening, and a book does not cost its length squared."""


def as_sentence(text: str) -> str:
    """Trimmed, capitalised, with a full stop."""
    trimmed = " ".join(text.split())
    end = "" if trimmed.endswith((".", "!", "?", "”", '"')) else "."
    return trimmed[:1].upper() + trimmed[1:] + end


def stands_on(claim: Claim, sentence: Sentence) -> bool:
    """Whether any evidence of the claim lies in the sentence."""
    return any(span.start < sentence.end and sentence.start < span.end for span in claim.evidence)
