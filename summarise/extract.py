"""Sentences in, claims out: one passage a call, every claim checked, every sentence accounted for.

Which task a model is given is said by its profile: `guided` has a small one word the parts that
the program found in each sentence, `whole` has a strong one find the claims of a whole passage.
Evidence is by sentence number or by part, never copied by the model.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

import anyio

from summarise.answers import Usage
from summarise.guided import claims_of_parts, grouped
from summarise.merge import dated_by_lead, merged
from summarise.passage import Failure, Found, Ground
from summarise.prompt import Prompt
from summarise.records import NO_CLAIM, Article, Claim, LedgerLine, Sentence
from summarise.tasks import single
from summarise.whole import claims_of_passage

if TYPE_CHECKING:
    from summarise.client import Client

MOST_SENTENCES = 80
"""Sentences of one call where the profile sets no limit: what one answer has room for."""

OnPassage = Callable[[int, int], None]


@dataclass(frozen=True)
class Extractor:
    """The extraction of one article."""

    ground: Ground

    @classmethod
    def of(
        cls, article: Article, sentences: Sequence[Sentence], client: Client, prompt: Prompt
    ) -> Extractor:
        """Reads the article once."""
        return cls(Ground.of(article, sentences, client, prompt))

    async def run(self, on_passage: OnPassage) -> tuple[list[Claim], list[LedgerLine], Usage]:
        """The claims in the order of the text, the ledger, and what it cost.

        `on_passage` is told how many sentences are done, and how many claims there are.
        """
        found = await self._passages(on_passage)
        claims = merged(claim for one in found for claim in one.claims)
        claims = sorted(dated_by_lead(claims, self.ground.sentences), key=_place)
        numbered = [c.model_copy(update={"id": f"c{n:02}"}) for n, c in enumerate(claims, 1)]
        failures = {number: why for one in found for number, why in one.failures.items()}
        usage = sum((one.usage for one in found), Usage())
        return numbered, list(self._ledger(numbered, failures)), usage

    async def _passages(self, on_passage: OnPassage) -> list[Found]:
        """What came of each passage, all asked at once: the client bounds the calls in flight."""
        profile = self.ground.client.profile
        if profile.fields == "texts":
            claims_of = claims_of_parts
            passages = list(grouped(self.ground, profile.passage_parts))
        else:
            claims_of = claims_of_passage
            passages = list(self._places(profile.passage_sentences or MOST_SENTENCES))
        found = [Found() for _ in passages]
        done = 0

        async def one(number: int) -> None:
            nonlocal done
            found[number] = await claims_of(self.ground, passages[number])
            done += len(passages[number])
            on_passage(done, sum(len(one_found.claims) for one_found in found))

        async with anyio.create_task_group() as tasks:
            for number in range(len(passages)):
                tasks.start_soon(one, number)
        return found

    def _places(self, size: int) -> Iterable[range]:
        """The places of the sentences that one call is about, `size` at most."""
        end = len(self.ground.sentences)
        return (range(start, min(start + size, end)) for start in range(0, end, size))

    def _ledger(
        self, claims: Sequence[Claim], failures: dict[int, Failure]
    ) -> Iterable[LedgerLine]:
        """A line for each sentence that no claim stands on, and for each that the model failed."""
        carries = _carriers(claims)
        for place, sentence in enumerate(self.ground.sentences):
            where = (sentence.start, sentence.end)
            failure = failures.get(sentence.number)
            if failure is not None:
                yield LedgerLine(where=where, what=failure.what, why=failure.why)
            elif not carries(sentence):
                yield LedgerLine(where=where, what=NO_CLAIM, why=self._why_none(place))

    def _why_none(self, place: int) -> str:
        sentence = self.ground.sentences[place]
        if sentence.text.rstrip("”\"' ").endswith("?"):
            return "it asks a question"
        if sentence.kind == "headline":
            return "a heading that states nothing by itself"
        if self.ground.parts[place]:
            return "the model gave no claim for it"
        return "no statement was found in it"


def _carriers(claims: Sequence[Claim]) -> Callable[[Sentence], bool]:
    """Tells whether any evidence lies in a sentence, quickly: a book has too many pairs."""
    spans = sorted((span.start, span.end) for claim in claims for span in claim.evidence)
    starts = [start for start, _ in spans]
    furthest = list(accumulate((end for _, end in spans), max))

    def carries(sentence: Sentence) -> bool:
        before = bisect_left(starts, sentence.end)
        return before > 0 and furthest[before - 1] > sentence.start

    return carries


def _place(claim: Claim) -> tuple[int, int]:
    return (claim.evidence[0].start, claim.evidence[0].end) if claim.evidence else (0, 0)


async def extracted(
    article: Article,
    sentences: Sequence[Sentence],
    client: Client,
    prompt: Prompt,
    on_passage: OnPassage,
) -> tuple[list[Claim], list[LedgerLine], Usage]:
    """The claims of an article, its ledger, and the usage; raises ModelError only where no further
    call can do better."""
    if not sentences:
        return [], [], Usage()
    try:
        return await Extractor.of(article, sentences, client, prompt).run(on_passage)
    except BaseExceptionGroup as group:
        raise single(group) from None
