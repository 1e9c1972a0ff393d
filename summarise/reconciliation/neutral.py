"""What a fact is called: its kind, and a text of it that takes no side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain

from summarise.reconciliation.bounds import bounds_of
from summarise.reconciliation.content import content
from summarise.reconciliation.figure_rows import dimension_of, is_total
from summarise.reconciliation.told import Told
from summarise.records import Certainty, FactKind, Figure

_FORECAST = re.compile(
    r"\b(?:will|would|might|may|could|unlikely|likely|intends?|plans? to|prepar(?:es|ing) to|"
    r"poised|gearing up|about to|set to|expect(?:s|ed) to|aims? to|threatens? to)\b"
)
_SURE: dict[Certainty, int] = {"certain": 0, "probable": 1, "possible": 2}
_LEAD = re.compile(
    r"\b(?:(?:an? )?(?:estimated|reported)|some|the|a|an|approximately|around|about|nearly|almost|"
    r"at least|at most|more than|over|up to|as many as|roughly|exactly|only|just|another|"
    r"a total of|a record)\s+$",
    re.IGNORECASE,
)


def kind_of(members: Sequence[Told], figures: Sequence[Figure | None]) -> FactKind:
    """Whether most of the claims answer how many, state or foresee something, or tell an event."""
    if any(figures):
        return "figure"
    ahead = sum(_is_statement(one) for one in members)
    return "statement" if 2 * ahead > len(members) else "event"


def _is_statement(one: Told) -> bool:
    """Whether it assesses, warns or foresees."""
    text = one.claim.text
    ahead = one.claim.certainty == "possible" or _FORECAST.search(text) is not None
    return ahead or not content(text).isdisjoint(_ASSESSED)


_ASSESSED = frozenset("risk threat fear concern hope warn danger threaten deepen heavi".split())


def neutral_text(members: Sequence[Told], figures: Sequence[Figure | None]) -> str:
    """A sentence that names the fact: the clearest claim's, without figures that differ."""
    differ = _differ(figures)
    usual = _usual_words(members)
    texts = [
        _without_figure(one, figure) if differ else one.text
        for one, figure in zip(members, figures, strict=True)
    ]
    best = min(
        range(len(members)),
        key=lambda place: (
            _clumsy(texts[place]),
            members[place].claim.polarity == "negative",
            _SURE[members[place].claim.certainty],
            -_centrality(members[place], usual),
            place,
        ),
    )
    return texts[best] or members[best].text


_CHANGE = re.compile(
    r"\b(?:risen|rose|rises|climbed|jumped|grown|fallen|fell|reached|surpassed|exceeded|previous|"
    r"earlier|updated|revised|other|another|further|more)\b"
)


_SMALL = frozenset(
    """the a an it there some all no most many several few two three one its their his her this
    these those both neither none""".split()
)
"""Words that a sentence may open with and that are no names."""


def disputed_text(text: str) -> str:
    """What an event or statement is called that one claim denies and another states."""
    first, _, rest = text.partition(" ")
    if first.lower() in _SMALL:
        text = f"{first.lower()} {rest}"
    return f"It is disputed whether {text}"


def _clumsy(text: str | None) -> int:
    """How badly a text names a fact whose figures differ: not at all, by a bare "a number"."""
    if text is None:
        return 3
    return 2 * bool(re.search(r"\ba number(?! of)", text)) + bool(_CHANGE.search(text))


def _differ(figures: Sequence[Figure | None]) -> bool:
    given = {(b.low, b.high) for f in figures if f is not None and (b := bounds_of(f))}
    return len(given) > 1


def _usual_words(members: Sequence[Told]) -> Counter[str]:
    return Counter(chain.from_iterable(content(one.claim.text) for one in members))


def _centrality(one: Told, usual: Counter[str]) -> float:
    """How much of what the claims share it says, in how few words."""
    stems = content(one.claim.text)
    shared = sum(usual[base] - 1 for base in stems)
    return shared / (len(stems) + 4) if stems else 0.0


def _without_figure(one: Told, figure: Figure | None) -> str | None:
    """The claim's text with "a number of" where its figure stood; None where that reads badly."""
    text = one.claim.text
    if figure is None or not figure.surface:
        return None
    at = text.casefold().find(figure.surface.casefold())
    if at < 0 or len(text.casefold()) != len(text):
        return None
    before, after = text[:at], text[at + len(figure.surface) :]
    if rise := _RISE.search(before):
        return _closed(before[: rise.start(1)] + after)
    before = _LEAD.sub("", before + " ").rstrip() if _LEAD.search(before) else before.rstrip()
    put = _put(figure, after)
    if put is None:
        return None
    if put == "a number" and is_total(figure, text) and not _STATED.search(before):
        put = "a number of people"  # "the fire killed 31"
    elif _OTHERS.match(after):
        put, after = "a number of people", after[_OTHERS_LENGTH:]
    return _closed(f"{before} {put}{after}")


_RISE = re.compile(
    r"\b(?:risen|rose|rises|climbed|climbs|jumped|grown|grew|increased|fallen|fell|dropped)"
    r"( (?:to|by) (?:at least |about |around |more than |over |nearly |almost )?)$"
)
"""A change that can be told without what it led to: "the toll has risen"."""
_STATED = re.compile(r"\b(?:is|was|are|were|be|been|at|to|by|of)$")
"""What a bare number follows: "the toll is"."""
_OTHERS = re.compile(r" others\b")
_OTHERS_LENGTH = len(" others")


def _closed(text: str) -> str:
    """A sentence of its own: the first letter large."""
    joined = text.strip()
    return joined[:1].upper() + joined[1:]


_PUT = {
    "length": "some distance",
    "time": "some time",
    "weight": "a weight",
    "area": "an area",
    "power": "a capacity",
    "heat": "a temperature",
}
"""What stands for a measure whose unit is part of the figure."""
_NOUN_AFTER = re.compile(
    r"\s+(?!(?:in|on|at|to|by|from|as|and|of|for|with|during|since|after|per|is|are|was|were)\b)\w"
)


def _put(figure: Figure, after: str) -> str | None:
    """What stands for the figure: a number of people, a share; None where nothing fits."""
    kind = dimension_of(figure)
    counted = _NOUN_AFTER.match(after)
    if kind == "percent":
        return "a share" if re.match(r"\s+of\b", after) else None
    if kind.startswith("money"):
        return "an amount" if re.search(r"[^\d.,\s]", figure.surface) else None
    if kind in _PUT and re.search(r"\d\W*[a-z]{1,}", figure.surface):
        return _PUT[kind]
    return "a number of" if counted else "a number"
