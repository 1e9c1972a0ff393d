"""What an extraction knows of its article, and how one passage of it is put to the model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
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
        lines = [s.text for s in self.sentences[:end]]
        room = self._room()
        start = 0
        while sum(len(line) + 1 for line in lines[start:]) > room and start + _STEP < len(lines):
            start += _STEP  # in steps, so that a server's prompt cache holds for many calls
        return "\n".join(lines if start == 0 else [*lines[:_OPENING], "…", *lines[start:]])

    def _room(self) -> int:
        """Characters of article that fit beside the instructions and the answer."""
        profile = self.client.profile
        return max(2000, 3 * (profile.context_tokens - profile.max_output_tokens - 1500))


_STEP, _OPENING = 25, 3
"""Sentences left out at a time, and those of the opening that stay."""


def as_sentence(text: str) -> str:
    """Trimmed, capitalised, with a full stop."""
    trimmed = " ".join(text.split())
    end = "" if trimmed.endswith((".", "!", "?", "”", '"')) else "."
    return trimmed[:1].upper() + trimmed[1:] + end


def stands_on(claim: Claim, sentence: Sentence) -> bool:
    """Whether any evidence of the claim lies in the sentence."""
    return any(span.start < sentence.end and sentence.start < span.end for span in claim.evidence)
