"""How far two labellings of the same articles agree: on the claims, then field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence

from summarise.evaluation.fields import SAME, Same
from summarise.evaluation.match import match
from summarise.records import Claim, Record


class FieldAgreement(Record):
    """A field over the `n` matched pairs: the share that agree, and Krippendorff's alpha.

    `share` is None without pairs. `alpha` is None where it is undefined: without pairs, or where
    the field never varies, so that nobody can tell agreement from habit.
    """

    field: str
    n: int
    share: float | None
    alpha: float | None


class Agreement(Record):
    """Two labellings of the same articles: claims of each, how many match, and the fields."""

    articles: int
    first: int
    second: int
    matched: int
    claim_f1: float | None
    fields: tuple[FieldAgreement, ...]


def alpha(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Krippendorff's alpha of two coders for nominal data; None where undefined.

    1 is perfect agreement, 0 what chance would give, below 0 is worse. None where there is no
    pair, or only one category was ever used: no disagreement could then be expected.
    """
    return alpha_of(pairs)


def alpha_of(units: Sequence[Sequence[Hashable]]) -> float | None:
    """As `alpha`, for any number of coders: the values given to each unit, those missing left out.

    From the coincidences as in Krippendorff (2011), "Computing Krippendorff's
    Alpha-Reliability", section C. A unit with fewer than two values is not compared.
    """
    compared = [Counter(values) for values in units if len(values) > 1]
    total = sum((values for values in compared), Counter[Hashable]())
    n = total.total()
    expected = n * n - _squares(total)
    if not expected:
        return None
    observed = sum(
        (m * m - _squares(values)) / (m - 1) for values in compared for m in [values.total()]
    )
    return 1 - (n - 1) * observed / expected


def _squares(counts: Counter[Hashable]) -> int:
    return sum(count * count for count in counts.values())


def agreement(
    first: Mapping[str, Sequence[Claim]], second: Mapping[str, Sequence[Claim]]
) -> Agreement:
    """How far two labellings agree, each the claims by article id.

    An article that only one of them holds counts as one in which the other found no claim.
    Claims are matched as predictions are matched with gold; the fields are then compared over the
    matched pairs. Values are categories for alpha: two that mean the same (as the score sees it)
    are one.
    """
    pairs: list[tuple[Claim, Claim]] = []
    articles = sorted(first.keys() | second.keys())
    for article in articles:
        pairs += _matched(first.get(article, ()), second.get(article, ()))
    claims = sum(map(len, first.values())), sum(map(len, second.values()))
    return Agreement(
        articles=len(articles),
        first=claims[0],
        second=claims[1],
        matched=len(pairs),
        claim_f1=2 * len(pairs) / sum(claims) if any(claims) else None,
        fields=tuple(_field(name, same, pairs) for name, same in SAME.items()),
    )


def _matched(first: Sequence[Claim], second: Sequence[Claim]) -> Iterable[tuple[Claim, Claim]]:
    return [(first[pair.gold], second[pair.predicted]) for pair in match(first, second).pairs]


def _field(name: str, same: Same, pairs: Sequence[tuple[Claim, Claim]]) -> FieldAgreement:
    agree = [same(one, other) for one, other in pairs]
    return FieldAgreement(
        field=name,
        n=len(pairs),
        share=sum(agree) / len(pairs) if pairs else None,
        alpha=alpha(_coded(same, pairs, agree)),
    )


def _coded(
    same: Same, pairs: Sequence[tuple[Claim, Claim]], agree: Sequence[bool]
) -> list[tuple[int, int]]:
    """The pairs as categories, numbered as met: a pair shares one exactly where it agrees.

    "Means the same" is not transitive, so a category is what its first claim means, and a pair
    that disagrees is kept apart even where a third claim would link the two.
    """
    known: list[Claim] = []

    def category(claim: Claim, other_than: int | None = None) -> int:
        for number, meant in enumerate(known):
            if number != other_than and same(meant, claim):
                return number
        known.append(claim)
        return len(known) - 1

    coded = []
    for (one, other), agreed in zip(pairs, agree, strict=True):
        mine = category(one)
        coded.append((mine, mine if agreed else category(other, other_than=mine)))
    return coded
