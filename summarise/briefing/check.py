"""Whether a sentence of a brief holds: against the claims that it cites, and against their words.

Against the claims: each figure, date, name, negation, doubt and source of the sentence. Against
the articles: the checks that a claim itself must pass, on the evidence of all claims together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from summarise.briefing.frames import least_certain, voices_doubt
from summarise.briefing.material import Bounds, Held, Material
from summarise.language.checks.figures import figure_reasons
from summarise.language.checks.names import name_reasons
from summarise.language.checks.statement import certainty_reasons, negation_reasons, overlap_reasons
from summarise.language.date_parts import Part, date_parts, parts_of, say
from summarise.language.figures import find_figures
from summarise.language.names import find_names, same_name
from summarise.language.passages import Passage, Passages, Scope
from summarise.language.places import country_of
from summarise.language.words import inserted_negation, removed_negation, stem, words
from summarise.meaning import stems_of
from summarise.records import Article, Claim

Check = Callable[[Claim, Passage, Scope, Passages], Iterator[str]]

_ON_ANY_EVIDENCE: tuple[Check, ...] = (figure_reasons, overlap_reasons)
_AGAINST_EVIDENCE: tuple[Check, ...] = (*_ON_ANY_EVIDENCE, negation_reasons, certainty_reasons)
"""Of several claims, one may deny or doubt what another does not: each is held to the sentence."""
_NAMED = 0.6
"""Share of the words of a source that a sentence must have to name it."""


class Checker:
    """Checks sentences against the claims that they cite; reads each set of articles once."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._joint: dict[tuple[str, ...], tuple[Passages, dict[str, int]]] = {}

    def reasons(
        self, text: str, cited: Sequence[Held], *, rewritten: bool = False
    ) -> tuple[str, ...]:
        """Why the sentence does not hold; empty where it does. A model may swap sources."""
        names = rewritten or len(cited) == 1
        found = [*self._against_claims(text, cited)]
        found += self._against_evidence(text, cited, names=names)
        if rewritten:
            found += swapped_sources(text, cited)
        return tuple(dict.fromkeys(found))

    def _against_claims(self, text: str, cited: Sequence[Held]) -> Iterator[str]:
        yield from stray_figures(text, cited)
        yield from _stray_dates(text, cited)
        yield from self._stray_names(text, cited)
        yield from _turned(text, cited)
        yield from _unvoiced(text, cited)
        yield from _unnamed(text, cited)

    def _stray_names(self, text: str, cited: Sequence[Held]) -> Iterator[str]:
        said = " ".join(_spoken(one) for one in cited)
        known = [said[start:end] for start, end in find_names(said)]
        for start, end in find_names(text):
            name = text[start:end]
            if name.casefold() not in said.casefold() and not _is_known(name, known):
                yield f"name {name!r} is not in the cited claims"

    def _against_evidence(self, text: str, cited: Sequence[Held], *, names: bool) -> Iterator[str]:
        """`names` tells whether a name may stand in another's place: not in words put together
        from several claims by the program, whose sentences are not the articles'.
        """
        passages, shifts = self._read(cited)
        spans = tuple(
            (span.start + shifts[one.article.id], span.end + shifts[one.article.id])
            for one in cited
            for span in one.claim.evidence
            if one.article.id in shifts
        )
        if not spans:
            return
        scope = passages.scope(spans)
        certainty = least_certain([one.claim for one in cited])
        claim = Claim(id="", text=text, certainty=certainty)
        said = Passage(text, passages.article.published)
        checks = _AGAINST_EVIDENCE if len(cited) == 1 else _ON_ANY_EVIDENCE
        for check in checks:
            yield from check(claim, said, scope, passages)
        for reason in name_reasons(claim, said, scope, passages) if names else ():
            if not _is_of_speaker(reason, cited):
                yield reason

    def _read(self, cited: Sequence[Held]) -> tuple[Passages, dict[str, int]]:
        """The articles of some claims as one, and how far its offsets are from theirs."""
        key = tuple(sorted({one.article.id for one in cited if one.article.view}))
        if key not in self._joint:
            self._joint[key] = _joined([self._material.articles[name] for name in key])
        return self._joint[key]


def _is_of_speaker(reason: str, cited: Sequence[Held]) -> bool:
    """Whether a reason is about a name that only says who speaks; it is one of the claims'."""
    quoted = re.findall(r"name '([^']*)'|name \"([^\"]*)\"", reason)
    voices = [v for one in cited for v in (one.claim.source, *one.claim.via, one.article.outlet)]
    return any(same_name(a or b, voice) for a, b in quoted for voice in voices if voice)


def _joined(articles: Sequence[Article]) -> tuple[Passages, dict[str, int]]:
    shifts: dict[str, int] = {}
    stretches: list[tuple[int, int]] = []
    view = ""
    for article in articles:
        shift = shifts[article.id] = len(view)
        stretches += [(start + shift, end + shift) for start, end in article.main_text]
        view += article.view + "\n\n"
    published = {article.published for article in articles}
    day = published.pop() if len(published) == 1 else None
    joint = Article(
        id="", sha256="", main_text=tuple(stretches), raw=view, view=view, published=day
    )
    return Passages(joint), shifts


def _spoken(one: Held) -> str:
    """The words of a claim and of who it is from."""
    claim, article = one.claim, one.article
    return " . ".join([claim.text, claim.source or "", *claim.via, article.outlet or "", ""])


def stray_figures(text: str, cited: Sequence[Held]) -> Iterator[str]:
    """Figures of a sentence that no cited claim has, in its words or its quantities."""
    held = frozenset().union(*(one.bounds for one in cited), _of_sources(cited))
    written = " ".join([*(one.claim.text for one in cited), *_surfaces(cited)]).casefold()
    for found in find_figures(text):
        figure = found.figure
        bounds = (figure.low, figure.high)
        if bounds in held or bounds == (None, None):
            continue
        if _is_rebounded(bounds, held) or not _is_written(figure.surface, written):
            yield f"figure {figure.surface!r} is not in the cited claims"
    digits = set(re.findall(r"\d[\d,.]*\d|\d", written))
    for run in re.findall(r"\d[\d,.]*\d|\d", text):
        if run not in digits and not _is_of_date(run, text):
            yield f"number {run!r} is not in the cited claims"


def _of_sources(cited: Sequence[Held]) -> Iterator[Bounds]:
    """Figures that only say who speaks: "two officials"."""
    for one in cited:
        for found in find_figures(" ".join([one.claim.source or "", *one.claim.via])):
            yield found.figure.low, found.figure.high


def _surfaces(cited: Sequence[Held]) -> Iterator[str]:
    for one in cited:
        yield from (figure.surface for figure in one.claim.quantities)
        if one.claim.time:
            yield one.claim.time.surface


def _is_written(surface: str, written: str) -> bool:
    return bool(re.search(rf"(?<![\w.,]){re.escape(surface.casefold())}(?!\w|[.,]\d)", written))


def _is_rebounded(bounds: Bounds, held: frozenset[Bounds]) -> bool:
    """Whether a claim has the number with other bounds: "over 3,000" is not "3,000"."""
    return any(set(bounds) - {None} == set(other) - {None} for other in held)


def _is_of_date(run: str, text: str) -> bool:
    """Whether digits belong to a date, which is checked as one."""
    return any(
        str(value) == run or str(value % 100) == run
        for kind, value in date_parts(text)
        if kind in ("day", "year")
    )


def _stray_dates(text: str, cited: Sequence[Held]) -> Iterator[str]:
    held: set[Part] = set()
    for one in cited:
        held |= date_parts(one.claim.text)
        if one.claim.time:
            held |= date_parts(one.claim.time.surface)
            held |= parts_of(one.claim.time.start, one.claim.time.end)
    for part in sorted(date_parts(text) - held):
        yield f"{part[0]} {say(part)!r} is not in the cited claims"


def _is_known(name: str, known: Sequence[str]) -> bool:
    nation = country_of(name)
    return any(
        same_name(name, other) or (nation and nation == country_of(other)) for other in known
    )


def _turned(text: str, cited: Sequence[Held]) -> Iterator[str]:
    """Negations that no cited claim has, and those of a cited claim that are lost."""
    together = words(" ".join(one.claim.text for one in cited))
    if added := inserted_negation(words(text), together):
        yield f"the sentence denies what its claims affirm: {added!r}"
    for one in cited:
        said = words(_nearest(text, one) if len(cited) > 1 else text)
        if dropped := removed_negation(said, words(one.claim.text)):
            yield f"the sentence affirms what claim {one.name!r} denies with {dropped!r}"


def _nearest(text: str, one: Held) -> str:
    """The clause of a sentence that has the most words of a claim."""
    return max(_CLAUSE.split(text), key=lambda part: len(one.stems & set(stems_of(part))))


_CLAUSE = re.compile(r";|,? (?:while|whereas|but)\b|, and (?=[A-Z])")


def _unvoiced(text: str, cited: Sequence[Held]) -> Iterator[str]:
    for one in cited:
        if one.claim.certainty != "certain" and not voices_doubt(text):
            yield f"claim {one.name!r} is only {one.claim.certainty}, which the sentence leaves out"


def _unnamed(text: str, cited: Sequence[Held]) -> Iterator[str]:
    """Sources that the sentence does not name."""
    stems = {word.stem for word in words(text)}
    for one in cited:
        source = one.claim.source
        if not source:
            continue
        wanted = {word.stem for word in words(source) if word.content}
        names = [text[start:end] for start, end in find_names(text)]
        if len(wanted & stems) < _NAMED * len(wanted) and not any(
            same_name(name, source) for name in names
        ):
            yield f"source {source!r} of claim {one.name!r} is not named"


def swapped_sources(text: str, cited: Sequence[Held]) -> Iterator[str]:
    """Clauses in which a figure stands with a source that did not give it."""
    for part in _CLAUSE.split(text):
        stems = {stem(word) for word in re.findall(r"\w+", part)}
        named = [one for one in cited if one.claim.source and _is_named(one.claim.source, stems)]
        if not named:
            continue
        given = frozenset().union(*(one.bounds for one in named))
        for found in find_figures(part):
            bounds = (found.figure.low, found.figure.high)
            if bounds not in given and any(bounds in one.bounds for one in cited):
                yield f"figure {found.figure.surface!r} is not from {named[0].claim.source!r}"


def _is_named(source: str, stems: set[str]) -> bool:
    wanted = {word.stem for word in words(source) if word.content}
    return bool(wanted) and wanted <= stems
