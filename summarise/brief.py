"""A brief of a story: cited sentences made from its facts, each checked against what it cites.

`compose` needs no model. `abrief` has one rewrite each sentence that fails its check, once; what
still fails is told in its claim's own words, and what fails even so is left out, in the ledger.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from summarise.answers import Usage, run_of
from summarise.briefing.check import Checker
from summarise.briefing.draft import Draft, own_words
from summarise.briefing.drafts import drafts, why_none
from summarise.briefing.frames import closed, sentence, tidy
from summarise.briefing.joining import joined
from summarise.briefing.material import Material
from summarise.briefing.naming import Introduced
from summarise.briefing.select import (
    TOLERANCE,
    enough,
    fitting,
    in_order,
    length,
    makes_idle,
    ranked,
    tells_again,
    with_rhythm,
)
from summarise.errors import InputError
from summarise.meaning import stems_of
from summarise.prompt import load
from summarise.records import Brief, BriefSentence, LedgerLine, Run, Story

if TYPE_CHECKING:
    from summarise.client import Client

PROMPT = "brief.v1"
LONGEST_SENTENCE = 600
"""Characters of a sentence that the model writes."""
_TOKENS = 200
"""Output allowed for one sentence."""
LEFT_OUT, SHORT = "left out", "short of words"
OWN_WORDS, NOT_REWRITTEN = "told in the claim's own words", "not rewritten"
"""What the ledger says of a fact without a sentence, of the whole, of a failed check and call."""

_SHARES = (1.0, 1.06, 1.12)
"""Of the words asked for, what sentences are chosen for: told in turn, they come out shorter."""

How = Literal["composed", "rewritten", "claim"]


class RewrittenAnswer(BaseModel):
    """A sentence as the model words it anew."""

    model_config = ConfigDict(extra="forbid")
    sentence: str = Field(min_length=1, max_length=LONGEST_SENTENCE)


@dataclass(frozen=True)
class _Piece:
    """A draft with what its check found, and how it came about."""

    draft: Draft
    reasons: tuple[str, ...] = ()
    how: How = "composed"


def compose(story: Story, words: int) -> Brief:
    """A brief of about that many words, without a model.

    Raises InputError where `words` is not positive.
    """
    pool = _Pool(story, words)
    return pool.brief(Run(model="none", prompt="none", prompt_sha256=""))


async def abrief(story: Story, words: int, client: Client | None = None) -> Brief:
    """The same, with each sentence that fails its check rewritten once by the client's model.

    Raises InputError where `words` is not positive, ModelError where the model cannot be asked.
    """
    began = time.perf_counter()
    pool = _Pool(story, words)
    if client is None:
        return pool.brief(Run(model="none", prompt="none", prompt_sha256=""))
    usage = Usage()
    for place in pool.failing():
        usage += await _rewrite(pool, place, client)
    prompt = load(PROMPT)
    run = run_of(client.model, prompt, usage, time.perf_counter() - began)
    return pool.brief(run)


async def _rewrite(pool: _Pool, place: int, client: Client) -> Usage:
    """Ask for the sentence at `place` once more; it is put in its place where it holds."""
    piece = pool.pieces[place]
    asked = load(PROMPT).messages(
        "rewrite",
        sentence=piece.draft.text,
        reasons=list(piece.reasons),
        claims=[
            {"text": one.claim.text, "source": one.claim.source, "certainty": one.claim.certainty}
            for one in piece.draft.cited
        ],
    )
    answer = await client.ask(asked, RewrittenAnswer, max_tokens=_TOKENS)
    if answer.value is None:
        why = f"fact {piece.draft.fact.id!r}: {answer.error or 'no answer'}"
        pool.ledger.append(LedgerLine(where=None, what=NOT_REWRITTEN, why=why))
        return Usage.of(answer)
    written = closed(RewrittenAnswer.model_validate(answer.value.model_dump()).sentence)
    if not pool.checker.reasons(written, piece.draft.cited, rewritten=True):
        made = replace(piece.draft, text=written, led=None)
        pool.pieces[place] = _Piece(made, how="rewritten")
    return Usage.of(answer)


class _Pool:
    """The drafts of a brief by rank, to be chosen from, and the ledger of what has none."""

    def __init__(self, story: Story, words: int) -> None:
        if words <= 0:
            raise InputError(f"a brief of {words!r} words cannot be made; ask for 1 or more")
        self.words = words
        self.material = Material(story)
        self.checker = Checker(self.material)
        self.ledger: list[LedgerLine] = []
        self.pieces: list[_Piece] = []
        self._draft()

    def _draft(self) -> None:
        facts = ranked(self.material)
        for place, fact in enumerate(facts):
            if enough([piece.draft for piece in self.pieces], self.words):
                self._leave_out(f"{len(facts) - place} further facts: the words have no room")
                return
            made = drafts(fact, self.material)
            if not made:
                self._leave_out(f"fact {fact.id!r}: {why_none(fact, self.material)}")
            for one in made:
                self._add(one)

    def _add(self, made: Draft) -> None:
        """Take a draft in, unless what is there tells it; what it tells goes."""
        twice = tells_again(made, [piece.draft for piece in self.pieces])
        if twice is not None:
            self._leave_out(f"fact {made.fact.id!r}: told by that of fact {twice.fact.id!r}")
            return
        self._drop_idle(made)
        self.pieces.append(_Piece(made, self.checker.reasons(made.text, made.cited)))

    def _drop_idle(self, made: Draft) -> None:
        idle = {id(one) for one in makes_idle(made, [piece.draft for piece in self.pieces])}
        for piece in self.pieces:
            if id(piece.draft) in idle:
                self._leave_out(
                    f"fact {piece.draft.fact.id!r}: told by that of fact {made.fact.id!r}"
                )
        self.pieces = [piece for piece in self.pieces if id(piece.draft) not in idle]

    def _leave_out(self, why: str) -> None:
        self.ledger.append(LedgerLine(where=None, what=LEFT_OUT, why=why))

    def failing(self) -> list[int]:
        """The places of drafts that fail their check and would be told if they did not."""
        chosen = fitting([piece.draft for piece in self.pieces], self.words)
        return [
            place
            for place, piece in enumerate(self.pieces)
            if piece.reasons and any(one is piece.draft for one in chosen)
        ]

    def brief(self, run: Run) -> Brief:
        """The brief of what holds."""
        holding = [piece for piece in map(self._settled, self.pieces) if piece is not None]
        holding = self._joined(holding)
        kept, sentences = self._fitted(holding)
        for piece in holding:
            if id(piece.draft) not in kept:
                self._leave_out(f"fact {piece.draft.fact.id!r}: the words have no room")
        self._measure(sentences)
        return Brief(
            title=_title(self.material),
            words=self.words,
            sentences=tuple(sentences),
            ledger=tuple(self.ledger),
            run=run,
        )

    def _fitted(self, pieces: Sequence[_Piece]) -> tuple[set[int], list[BriefSentence]]:
        """The ids of the drafts told, and their sentences; shorter ones make room for more."""
        found: list[tuple[set[int], list[BriefSentence]]] = []
        for share in _SHARES:
            chosen = fitting([piece.draft for piece in pieces], round(self.words * share))
            kept = {id(one) for one in chosen}
            if found and kept == found[-1][0]:
                continue
            found.append((kept, self._sentences(chosen, pieces)))
            total = sum(length(one.text) for one in found[-1][1])
            if total > self.words * (1 + TOLERANCE):
                return found[0]
            if total >= self.words * (1 - TOLERANCE):
                return found[-1]
        return found[0]

    def _sentences(self, chosen: Sequence[Draft], pieces: Sequence[_Piece]) -> list[BriefSentence]:
        by_draft = {id(piece.draft): piece for piece in pieces}
        introduced = Introduced(self.material)
        return [
            self._sentence(by_draft[id(one)], introduced, led=led, again=again)
            for one, led, again in with_rhythm(in_order(chosen, self.material))
        ]

    def _joined(self, pieces: list[_Piece]) -> list[_Piece]:
        """The pieces, with those that differ in one phrase told as one where that holds."""
        by_draft = {id(piece.draft): piece for piece in pieces}
        made: list[_Piece] = []
        for one in joined([piece.draft for piece in pieces]):
            if id(one) in by_draft or not self.checker.reasons(one.text, one.cited):
                made.append(by_draft.get(id(one), _Piece(one)))
            else:
                parts = {one.fact.id, *(more.fact.id for more in one.more)}
                made += [piece for piece in pieces if piece.draft.fact.id in parts]
        return made

    def _settled(self, piece: _Piece) -> _Piece | None:
        """A piece that holds: as it is, or in its claim's own words; None where neither does."""
        if not piece.reasons:
            return piece
        plain = own_words(piece.draft)
        reasons = self.checker.reasons(plain.text, plain.cited)
        if not reasons:
            why = f"fact {piece.draft.fact.id!r}: {'; '.join(piece.reasons)}"
            self.ledger.append(LedgerLine(where=None, what=OWN_WORDS, why=why))
            return _Piece(plain, how="claim")
        self._leave_out(f"fact {piece.draft.fact.id!r} failed its check: {'; '.join(reasons)}")
        return None

    def _sentence(
        self, piece: _Piece, introduced: Introduced, *, led: bool, again: bool
    ) -> BriefSentence:
        made = piece.draft
        text = made.text
        if led and piece.how == "composed":
            other = sentence(made.told, lead=True, again=again)
            text = text if self.checker.reasons(other, made.cited) else other
        if piece.how == "composed":
            other = introduced.shortened(text, made)
            unchanged = other == text or self.checker.reasons(other, made.cited)
            text = text if unchanged else other
        return BriefSentence(
            text=text,
            claims=tuple(one.name for one in made.cited),
            facts=made.facts,
            disputed=made.disputed,
            how=piece.how,
        )

    def _measure(self, sentences: Sequence[BriefSentence]) -> None:
        total = sum(length(one.text) for one in sentences)
        if total < self.words * (1 - TOLERANCE):
            why = f"the story gives {total} of the {self.words} words asked for"
            self.ledger.append(LedgerLine(where=None, what=SHORT, why=why))
        elif total > self.words * (1 + TOLERANCE):
            why = f"its shortest sentence has {total} words, of {self.words} asked for"
            self.ledger.append(LedgerLine(where=None, what=LEFT_OUT, why=why))


def _title(material: Material) -> str:
    """The title of the last article; of several, that whose words are the most common."""
    titles = [
        (material.recency(article), material.common(stems_of(name)), name)
        for article in material.articles.values()
        if (name := _headline(article.title or "", material))
    ]
    if titles:
        return max(titles, key=lambda one: one[:2])[2]
    return next(iter(material.articles), "Nothing to tell")


def _headline(title: str, material: Material) -> str:
    """A title without the name of its site; "" where its words are not of the story."""
    parts = [" ".join(tidy(part).split()) for part in _SITE.split(title)]
    best = max(parts, key=lambda part: sum(stem in material.used for stem in stems_of(part)))
    return best if any(stem in material.used for stem in stems_of(best)) else ""


_SITE = re.compile(r"\s+[|»›·•]\s+")
"""What parts a headline from the name of its site or section."""
