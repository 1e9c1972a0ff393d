"""A fault of a gold file, and what the rules that find faults are given."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from summarise.evaluation.gold import Place
from summarise.records import Claim

Level = Literal["error", "warning"]


@dataclass(frozen=True)
class Fault:
    """What is wrong with a gold file, where, and what to write instead.

    An `error` is wrong whatever the article says; a `warning` is worth a second look. `kind` is
    the rule's name, `claim` None where the fault is of the file.
    """

    kind: str
    claim: str | None
    field: str
    message: str
    mend: str
    level: Level = "error"

    def __str__(self) -> str:
        where = f"{self.claim}, {self.field}" if self.claim else self.field
        return f"{self.level}: {where}: {self.message}; {self.mend}"


@dataclass(frozen=True)
class Labels:
    """The well-formed claims of a gold file, with their words; `text` None where there is none."""

    claims: tuple[Claim, ...]
    main_text: tuple[Place, ...]
    published: date | None
    text: str | None

    @cached_property
    def shown(self) -> str:
        """The text as read, for looking words up: no tags, no character references."""
        return plain(self.text or "")

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words of the text, lower case."""
        return frozenset(_WORD.findall(self.shown.casefold()))


Rule = Callable[[Claim, Labels], Iterator[Fault]]
"""Finds the faults of one kind in a claim."""

_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"<[/!]?[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)


def plain(text: str) -> str:
    """The words of a stretch of the file: without tags and references, blanks made single."""
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def held(claim: Claim) -> str:
    """The words of the claim's evidence."""
    return plain(" ".join(span.quote for span in claim.evidence))


def tag_in(text: str) -> str | None:
    """The first HTML tag of a stretch, if there is one."""
    match = _TAG.search(text)
    return match and match.group()


def content_words(text: str) -> list[str]:
    """The words of a name, lower case."""
    return _WORD.findall(text.casefold())
