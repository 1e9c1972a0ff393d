"""A draft: a sentence of a brief with what it cites, and which claims can be made one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from summarise.briefing.frames import Told, is_spoken_of, sentence, tidy
from summarise.briefing.material import Held, Material
from summarise.briefing.speakers import cannot_name
from summarise.briefing.standing import is_bare, lacks_subject, why_not
from summarise.language.names import find_names
from summarise.meaning import stems_of
from summarise.records import Fact, Figure

_FULL = 12
"""Meaningful words from which on a claim says enough, so that more make it no better."""


@dataclass(frozen=True)
class Draft:
    """A sentence, the claims that it cites (the one that it is made of first), and its fact.

    `led` is the same with the speaker in front, for a change of rhythm; `more` are the drafts that
    are told in it, beside that of its own fact.
    """

    text: str
    cited: tuple[Held, ...]
    fact: Fact
    told: Told
    led: str | None = None
    disputed: bool = False
    more: Sequence[Draft] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of the facts that it tells."""
        return self.fact.id, *(one.fact.id for one in self.more)

    @property
    def stems(self) -> frozenset[str]:
        """The words that carry the meaning of the claim it is made of."""
        return self.told.held.stems

    @cached_property
    def said(self) -> frozenset[str]:
        """The same of all that its sentence says."""
        return frozenset(stems_of(self.text))

    @cached_property
    def names(self) -> frozenset[str]:
        """The words of the names of its sentence, folded."""
        spans = find_names(self.text)
        return frozenset(word for start, end in spans for word in stems_of(self.text[start:end]))


def own_words(made: Draft) -> Draft:
    """The draft as its claim's own text, attributed; nothing else is told or cited."""
    held = made.told.held
    return Draft(sentence(made.told), (held,), made.fact, made.told)


def standing(
    claims: Iterable[Held], fact: Fact, material: Material, weight: Callable[[Held], int]
) -> list[Held]:
    """The claims that can be a sentence: the heaviest first, then the most exact, the fullest."""
    refined = {relation.b for relation in material.related(fact, "refines")}

    def order(held: Held) -> tuple[int, bool, int, float]:
        return (
            -weight(held),
            held.name in refined,
            -min(len(held.stems - {"not"}), _FULL),
            held.place,
        )

    return sorted((held for held in claims if unfit(held) is None), key=order)


def unfit(held: Held) -> str | None:
    """Why a claim cannot be a sentence, None where it can."""
    if held.in_headline or (held.unstopped and is_bare(held.claim.text)):
        return "it is a headline"
    if cannot_name(held):
        return "its source is only a pronoun"
    if lacks_subject(held.claim.text, f"{held.before} {held.evidence}"):
        return "it lacks its subject"
    return None if is_spoken_of(held) else why_not(tidy(held.claim.text))


def value(figure: Figure) -> tuple[object, ...]:
    """What makes two figures the same."""
    return figure.low, figure.high, figure.approx


def surface(figure: Figure) -> str:
    """A figure as it stands inside a sentence."""
    plain = figure.surface.removeprefix("in the ")
    return plain[:1].lower() + plain[1:]


def once(held: Iterable[Held]) -> tuple[Held, ...]:
    """The claims in order, each once."""
    return tuple({one.name: one for one in held}.values())
