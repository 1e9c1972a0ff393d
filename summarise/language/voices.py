"""Those whom an article has named, and whom "she", "the group" or "the official" goes back to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from summarise.language import cues as words
from summarise.language.first_names import gender_of

Gender = Literal["f", "m"] | None


@dataclass(frozen=True)
class Voice:
    """Somebody who may be gone back to.

    `roles` are the nouns that described them, lower case; `via` those who passed on what they
    said; `named`: by a name of their own, not only by what they are.
    """

    name: str
    roles: frozenset[str] = frozenset()
    via: tuple[str, ...] = ()
    person: bool = False
    named: bool = True
    plural: bool = False

    @property
    def gender(self) -> Gender:
        """Told from the words that described them, else from the first name; None: unknown."""
        if self.roles & words.FEMALE:
            return "f"
        if self.roles & words.MALE:
            return "m"
        return gender_of(self.name) if self.person else None

    @property
    def like_person(self) -> bool:
        """Whether a name that the tagger took for a body's may be a person's: "Ilse Brandt"."""
        parts = self.name.split()
        shaped = 2 <= len(parts) <= 3 and all(p[:1].isupper() and p[1:].islower() for p in parts)
        return shaped and not self.plural and not {p.lower() for p in parts} & words.COLLECTIVES


@dataclass
class Voices:
    """The voices of an article so far, the latest last."""

    known: list[Voice] = field(default_factory=list)
    speaker: Voice | None = None
    """Who spoke last, for a quotation that goes on."""
    mentioned: list[Voice] = field(default_factory=list)
    """The people of whom nothing is told, the latest last."""
    topic: Voice | None = None
    """The body that the sentence before, in the article's own voice, is about."""
    spoke: set[str] = field(default_factory=set)
    """The names of all who spoke."""

    @property
    def people(self) -> set[str]:
        """The names of the single people known so far."""
        return {v.name for v in self.known if v.person and v.named}

    def heard(self, voice: Voice) -> None:
        """Somebody has spoken."""
        self.speaker = voice
        self.spoke.add(voice.name)
        self.met(voice)

    def met(self, voice: Voice) -> None:
        """Somebody is named; what was said of them before still describes them."""
        before = [v for v in self.known if v.name == voice.name]
        roles = voice.roles.union(*(v.roles for v in before))
        self.known.append(
            Voice(voice.name, roles, voice.via, voice.person, voice.named, voice.plural)
        )

    def he_or_she(self, gender: Gender) -> Voice | None:
        """The last person whose gender does not speak against it, speakers before the others."""
        fitting = [v for v in self.known if v.person and v.gender in (None, gender)]
        fitting = fitting or [v for v in self.known if v.like_person]
        latest = self.speaker
        if latest is not None and latest.gender == gender and latest.name in _names(fitting):
            return latest
        fitting = fitting or [v for v in self.mentioned if v.gender in (None, gender)]
        return fitting[-1] if fitting else None

    def human(self) -> Voice | None:
        """The last person, speakers before the others: "the 29-year-old" goes back to one."""
        people = [v for v in self.known if v.person] or [v for v in self.known if v.like_person]
        latest = self.speaker
        if latest is not None and latest.name in _names(people):
            return latest
        return people[-1] if people else None

    def body(self) -> Voice | None:
        """The last body that spoke or was named."""
        bodies = [v for v in self.known if not v.person and not v.plural and self._is_one(v)]
        spoken = [v for v in bodies if v.name in self.spoke]
        if spoken:
            return spoken[-1]
        return next((v for v in reversed(bodies)), None)

    def _is_one(self, voice: Voice) -> bool:
        """Whether a voice has a name, or has spoken: "the airline"."""
        return voice.named or voice.name in self.spoke

    def several(self, *, plural: bool = False) -> Voice | None:
        """The last who can be "they", one person only where there is nobody else.

        `plural`: only those named by a plural, as "the officials" goes back to "two officials".
        """
        several = [v for v in self.known if v.plural or not (v.person or plural)]
        spoken = [v for v in several if v.name in self.spoke]
        latest = self.speaker
        if plural:
            return spoken[-1] if spoken else None
        if latest is not None and (not latest.person or latest.plural):
            return latest
        return next(reversed(spoken or several), latest)

    def in_role(self, role: str, *, plural: bool = False) -> Voice | None:
        """The last who was described by `role`; `plural`: no one person, as in "the judges"."""
        bodies = plural or role in words.COLLECTIVES
        for voice in reversed(self.known):
            if role in voice.roles and not (bodies and voice.person):
                return voice
        return None


def _names(voices: Iterable[Voice]) -> set[str]:
    return {v.name for v in voices}
