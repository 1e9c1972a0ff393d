"""Sentences in, claims out: one passage a call, every claim checked, every sentence accounted for.

Two tasks, by what the model's profile says it can do, through the same code: "parts" has a small
model word the parts that the program found in each sentence; "claims" has a strong model find the
claims of a whole passage. Evidence is by sentence number or by part, never copied by the model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import anyio

from summarise.answers import ClaimsAnswer, Usage, claims_answer, wordings_answer
from summarise.errors import SummariseError
from summarise.language.modality import polarity
from summarise.language.names import NameBook
from summarise.language.parts import Part, parts_of
from summarise.language.syntax import parse
from summarise.merge import merged
from summarise.normalise import normalised
from summarise.prompt import Message, Prompt
from summarise.records import Article, Claim, LedgerLine, Sentence
from summarise.shown import offsets, spans
from summarise.verify import Verifier
from summarise.wording import fault

if TYPE_CHECKING:
    from summarise.client import Answer, Client

TOKENS_A_WORDING = 70
"""Output allowed for each part that is worded."""


@dataclass
class Found:
    """What came of one passage."""

    claims: list[Claim] = field(default_factory=list)
    faults: dict[int, str] = field(default_factory=dict)
    """Why a sentence, by number, has no answer of the model."""
    usage: Usage = field(default_factory=Usage)


@dataclass(frozen=True)
class Extractor:
    """The extraction of one article: what is known of it, and whom to ask."""

    article: Article
    sentences: tuple[Sentence, ...]
    client: Client
    prompt: Prompt
    parts: list[list[Part]]
    verifier: Verifier
    book: NameBook

    @classmethod
    def of(
        cls, article: Article, sentences: Sequence[Sentence], client: Client, prompt: Prompt
    ) -> Extractor:
        """Reads the article once: its names, its parts, what its claims are held against."""
        book = NameBook.of("\n".join(s.text for s in sentences))
        return cls(
            article=article,
            sentences=tuple(sentences),
            client=client,
            prompt=prompt,
            parts=parts_of(sentences, book, article.published),
            verifier=Verifier(article),
            book=book,
        )

    async def run(
        self, on_passage: Callable[[int, int], None]
    ) -> tuple[list[Claim], list[LedgerLine], Usage]:
        """The claims in the order of the text, the ledger, and what it cost.

        `on_passage` is told how many sentences are done, and how many claims there are.
        """
        passages = self._passages()
        found: list[Found] = [Found() for _ in passages]
        done = 0

        async def one(place: int) -> None:
            nonlocal done
            found[place] = await self._passage(passages[place])
            done += len(passages[place])
            on_passage(done, sum(len(f.claims) for f in found))

        async with anyio.create_task_group() as tasks:
            for place in range(len(passages)):
                tasks.start_soon(one, place)
        claims = merged(claim for one_found in found for claim in one_found.claims)
        claims.sort(
            key=lambda c: (c.evidence[0].start, c.evidence[0].end) if c.evidence else (0, 0)
        )
        numbered = [c.model_copy(update={"id": f"c{n:02}"}) for n, c in enumerate(claims, 1)]
        faults = {number: why for f in found for number, why in f.faults.items()}
        usage = sum((f.usage for f in found), Usage())
        return numbered, list(self._ledger(numbered, faults)), usage

    def _passages(self) -> list[list[int]]:
        """The places of the sentences that one call is about; 0 a call is all of them."""
        size = self.client.profile.passage_sentences or len(self.sentences) or 1
        places = list(range(len(self.sentences)))
        return [places[start : start + size] for start in range(0, len(places), size)]

    async def _passage(self, places: Sequence[int]) -> Found:
        if self.client.profile.fields == "texts":
            return await self._word(places)
        return await self._find(places)

    # parts: the program splits, the model words

    async def _word(self, places: Sequence[int]) -> Found:
        """The claims of a passage whose parts are known, the incomplete ones worded."""
        found = Found()
        parts = [part for place in places for part in self.parts[place]]
        unfinished = [part for part in parts if not part.complete]
        wordings = await self._wordings(places, unfinished, found) if unfinished else {}
        for part in parts:
            found.claims.append(self._best(part, wordings.get(id(part), ())))
        return found

    async def _wordings(
        self, places: Sequence[int], parts: Sequence[Part], found: Found
    ) -> dict[int, list[str]]:
        """By part, the wordings that stand for it, the later answer first."""
        before = self._before(places[-1] + 1)
        asked = self.prompt.messages("parts", article=before, parts=[p.text for p in parts])
        answer = await self._ask_wordings(asked, len(parts), found)
        if answer is None:
            return await self._halves(places, parts, found)
        reasons = [self._reason(p, w, before) for p, w in zip(parts, answer, strict=True)]
        kept = {id(p): [w] for p, w, r in zip(parts, answer, reasons, strict=True) if r is None}
        open_faults = [
            {"number": n, "reason": reason}
            for n, (part, reason) in enumerate(zip(parts, reasons, strict=True), 1)
            if reason is not None and self._claim(part, part.text).verdict == "unsupported"
        ]
        if open_faults:
            again = self.prompt.again("parts", asked, _listed(answer), faults=open_faults)
            second = await self._ask_wordings(again, len(parts), found) or []
            for part, wording in zip(parts, second, strict=False):
                if self._reason(part, wording, before) is None:
                    kept.setdefault(id(part), []).append(wording)
        return kept

    async def _ask_wordings(
        self, asked: list[Message], count: int, found: Found
    ) -> list[str] | None:
        """The wordings in order; None, with the fault noted, where the answer cannot be used."""
        limit = min(self.client.profile.max_output_tokens, TOKENS_A_WORDING * count + 20)
        answer = await self.client.ask(asked, wordings_answer(count), max_tokens=limit)
        found.usage += Usage.of(answer)
        if answer.value is None:
            self._note(found, answer)
            return None
        return list(answer.value.claims)  # type: ignore[attr-defined]

    async def _halves(
        self, places: Sequence[int], parts: Sequence[Part], found: Found
    ) -> dict[int, list[str]]:
        """After an answer that was cut off: the two halves of the parts, asked one by one."""
        if not self._cut_off(found) or len(parts) < 2:
            found.faults |= {p.sentence.number: self._last_fault(found) for p in parts}
            return {}
        middle = len(parts) // 2
        first = await self._wordings(places, parts[:middle], found)
        return first | await self._wordings(places, parts[middle:], found)

    def _reason(self, part: Part, wording: str, before: str) -> str | None:
        """Why a wording does not do: against its part, then against the article."""
        wrong = fault(part.text, wording, before)
        if wrong is not None:
            return wrong
        claim = self._claim(part, wording)
        return "; ".join(claim.reasons) if claim.verdict == "unsupported" else None

    def _best(self, part: Part, wordings: Iterable[str]) -> Claim:
        """The claim in the model's words where they hold, else in the words of the part."""
        for wording in wordings:
            return self._claim(part, wording)
        return self._claim(part, part.text)

    def _claim(self, part: Part, text: str) -> Claim:
        places = offsets(self.article, part.sentence)
        claim = Claim(
            id="",
            text=_sentence(text),
            evidence=spans(self.article, places[part.start], places[part.end - 1] + 1),
            source=part.source,
            via=part.via,
            certainty=part.certainty,
            polarity=polarity(parse(text).doc),
            time=part.time,
            quantities=part.quantities,
        )
        return self.verifier.check(claim)

    # claims: the model splits and words

    async def _find(self, places: Sequence[int]) -> Found:
        """The claims that the model finds in a passage; cut off, the passage is halved."""
        found = Found()
        given = [
            {"number": self.sentences[p].number, "text": self.sentences[p].text} for p in places
        ]
        asked = self.prompt.messages("claims", article=self._before(places[0]), sentences=given)
        answer = await self._ask_claims(asked, [g["number"] for g in given], found)
        if answer is None:
            if self._cut_off(found) and len(places) > 1:
                return await self._split(places, found)
            found.faults |= {self.sentences[p].number: self._last_fault(found) for p in places}
            return found
        found.claims = [self._checked(one) for one in answer.claims]
        refused = [c for c in found.claims if c.verdict == "unsupported"]
        if refused:
            await self._mend(asked, answer, refused, found, places)
        return found

    async def _split(self, places: Sequence[int], found: Found) -> Found:
        middle = len(places) // 2
        halves = [await self._find(places[:middle]), await self._find(places[middle:])]
        return Found(
            claims=[c for half in halves for c in half.claims],
            faults={n: why for half in halves for n, why in half.faults.items()},
            usage=sum((half.usage for half in halves), found.usage),
        )

    async def _ask_claims(
        self, asked: list[Message], numbers: Sequence[Any], found: Found
    ) -> ClaimsAnswer | None:
        limit = self.client.profile.max_output_tokens
        answer = await self.client.ask(asked, claims_answer(numbers), max_tokens=limit)
        found.usage += Usage.of(answer)
        if answer.value is None:
            self._note(found, answer)
            return None
        return ClaimsAnswer.model_validate(answer.value.model_dump())

    async def _mend(
        self,
        asked: list[Message],
        answer: ClaimsAnswer,
        refused: Sequence[Claim],
        found: Found,
        places: Sequence[int],
    ) -> None:
        """Refused claims asked for once more; what still does not hold stays, unsupported."""
        faults = [{"text": c.text, "reason": "; ".join(c.reasons)} for c in refused]
        again = self.prompt.again("claims", asked, answer.model_dump_json(), faults=faults)
        numbers = [self.sentences[p].number for p in places]
        second = await self._ask_claims(again, numbers, found)
        for one in second.claims if second is not None else ():
            mended = self._checked(one)
            if mended.verdict != "supported":
                continue
            found.claims.append(mended)
            place = next(
                (i for i, c in enumerate(found.claims) if c in refused and _on(c, mended)), None
            )
            if place is not None:
                found.claims[place] = found.claims.pop()

    def _checked(self, one: Any) -> Claim:
        """A claim of the model's with its evidence, figures and period, checked."""
        by_number = {
            s.number: (s, parts) for s, parts in zip(self.sentences, self.parts, strict=True)
        }
        picked = [by_number[n] for n in dict.fromkeys(one.sentences) if n in by_number]
        claim = Claim(
            id="",
            text=_sentence(one.text),
            evidence=tuple(span for s, _ in picked for span in spans(self.article, s.start, s.end)),
            source=self.book.canonical(one.source) if one.source else None,
            via=tuple(one.via),
            certainty=one.certainty,
            polarity=one.polarity,
        )
        return self.verifier.check(normalised(claim, [s.text for s, _ in picked], self.article))

    # what both need

    def _before(self, end: int) -> str:
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

    def _note(self, found: Found, answer: Answer[Any]) -> None:
        found.faults[-1] = answer.error or "no answer"
        found.faults[-2] = "length" if answer.truncated else ""

    def _cut_off(self, found: Found) -> bool:
        return found.faults.get(-2) == "length"

    def _last_fault(self, found: Found) -> str:
        return found.faults.get(-1, "no answer")

    def _ledger(self, claims: Sequence[Claim], faults: dict[int, str]) -> Iterable[LedgerLine]:
        """A line for each sentence that no claim stands on, and for each that the model failed."""
        for sentence, parts in zip(self.sentences, self.parts, strict=True):
            held = any(
                span.start < sentence.end and sentence.start < span.end
                for claim in claims
                for span in claim.evidence
            )
            where = (sentence.start, sentence.end)
            why = faults.get(sentence.number)
            if why is not None:
                what = "worded by rule" if held else "failed"
                yield LedgerLine(where=where, what=what, why=why)
            elif not held:
                yield LedgerLine(where=where, what="no claim", why=_why_none(sentence, parts))


_STEP, _OPENING = 25, 3


def _why_none(sentence: Sentence, parts: Sequence[Part]) -> str:
    if sentence.text.rstrip("”\"' ").endswith("?"):
        return "it asks a question"
    if sentence.kind == "headline":
        return "a heading that states nothing by itself"
    if parts:
        return "the model gave no claim for it"
    return "no statement was found in it"


def _on(one: Claim, other: Claim) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one.evidence for b in other.evidence)


def _sentence(text: str) -> str:
    """Trimmed, capitalised, with a full stop."""
    trimmed = " ".join(text.split())
    end = "" if trimmed.endswith((".", "!", "?", "”", '"')) else "."
    return trimmed[:1].upper() + trimmed[1:] + end


def _listed(wordings: Sequence[str]) -> str:
    return wordings_answer(len(wordings))(claims=list(wordings)).model_dump_json()


async def extracted(
    article: Article,
    sentences: Sequence[Sentence],
    client: Client,
    prompt: Prompt,
    on_passage: Callable[[int, int], None],
) -> tuple[list[Claim], list[LedgerLine], Usage]:
    """The claims of an article, its ledger, and the usage; raises ModelError only where no further
    call can do better."""
    if not sentences:
        return [], [], Usage()
    try:
        return await Extractor.of(article, sentences, client, prompt).run(on_passage)
    except BaseExceptionGroup as group:
        raise _single(group) from None


def _single(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The error that ended a group of calls: one of ours before any other."""
    ours, rest = group.split(SummariseError)
    error: BaseException = ours or rest or group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
