"""How sure a score is: intervals, paired tests of two runs, and what a suite could detect.

The unit of chance is the article: the claims of one article are right or wrong together, so
whole articles are resampled and swapped, never single claims. Counters add up, so the resampled
totals are computed once and serve every metric.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from summarise.errors import InputError
from summarise.evaluation.metrics import COUNTERS, Metric, macro, micro
from summarise.evaluation.results import Difference, Estimate

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

ALPHA = 0.05
"""Level of the tests; the intervals hold 1 - ALPHA."""

POWER = 0.8
"""Share of runs in which a difference of the detectable size would be found."""

_CELLS = 2_000_000
"""Size of a block of the resampling: draws (16 MB) held at one time."""


class _Spread(NamedTuple):
    """Ends of an interval and the standard error, None where they are not known."""

    low: float | None = None
    high: float | None = None
    error: float | None = None


def estimates(
    counts: Array, metrics: Iterable[Metric], *, seed: int = 0, resamples: int = 2000
) -> list[Estimate]:
    """Each metric over the articles of `counts`, of shape (cases, len(COUNTERS)).

    The interval is the expanded percentile bootstrap over articles (Hesterberg 2015,
    doi:10.1080/00031305.2015.1089789): the plain one is too narrow for a suite of few articles.
    It is None for fewer than 2 scored articles. Where every article has the share 0, or 1,
    resampling shows no spread: the bound is then the exact binomial one, an article being one
    draw. Where they are all alike at another value, there is no interval.

    `detectable` takes the standard error of a difference to be sqrt(2) times that of this run, as
    if the other run were independent. One run does not tell how closely another follows it over
    the same articles, but articles hard for one are mostly hard for both: a paired test of two
    real runs finds smaller differences than this, which is the careful figure.
    """
    _need_libraries()
    totals = _resampled(counts, resamples, seed)
    return [_estimate(metric, counts, totals) for metric in metrics]


def paired(
    old: Array,
    new: Array,
    metrics: Iterable[Metric],
    *,
    seed: int = 0,
    permutations: int = 10_000,
    resamples: int = 2000,
) -> list[Difference]:
    """Each metric of two runs, whose rows are the same articles in the same order.

    `p` swaps old and new of whole articles: all the ways to do so where they are no more than
    `permutations` (counting only the articles in which the metric's counters differ), else as many
    drawn at random. It is corrected by Holm over the metrics that have one. The interval of the
    change is that of `estimates`; of no width where the runs do not differ. `detectable`
    is counted from the standard error of the change; None where it shows no spread.

    Raises InputError where the two have not the same shape.
    """
    _need_libraries()
    _check_same_cases(old, new)
    totals = _resampled(_side_by_side(old, new), resamples, seed)
    moved = _moved_at_random(new - old, permutations, seed)
    found = [_difference(metric, old, new, totals, moved) for metric in metrics]
    corrected = holm([difference.p for difference in found])
    return [
        difference.model_copy(update={"p_holm": p})
        for difference, p in zip(found, corrected, strict=True)
    ]


def holm(ps: Sequence[float | None]) -> list[float | None]:
    """The p values corrected by Holm (1979): step-down, at most 1. None stays out of the family."""
    family = sorted((p, place) for place, p in enumerate(ps) if p is not None)
    corrected: list[float | None] = [None] * len(ps)
    least = 0.0
    for rank, (p, place) in enumerate(family):
        least = max(least, min(1.0, p * (len(family) - rank)))
        corrected[place] = least
    return corrected


def _need_libraries() -> None:
    try:
        import numpy  # noqa: F401
        import scipy.special  # noqa: F401
    except ImportError as error:
        raise InputError(
            f"intervals and tests need numpy and scipy, and {error.name!r} is not installed; "
            "run: pip install 'summarise[evals]'"
        ) from error


def _check_same_cases(old: Array, new: Array) -> None:
    if old.shape != new.shape:
        raise InputError(
            f"two runs are compared over the same articles, a row each: got {len(old)!r} rows of "
            f"the old run and {len(new)!r} of the new; keep the articles that both hold"
        )


def _side_by_side(old: Array, new: Array) -> Array:
    import numpy as np

    return np.concatenate([old, new], axis=-1)


def _resampled(rows: Array, resamples: int, seed: int) -> Array:
    """Column sums of `resamples` samples of the rows, drawn with replacement."""
    import numpy as np

    totals = np.zeros((resamples, rows.shape[1]))
    if not len(rows):
        return totals
    rng = np.random.default_rng(seed)
    for block in _blocks(resamples, len(rows)):
        size = block.stop - block.start
        drawn = rng.integers(0, len(rows), (size, len(rows)))
        drawn += len(rows) * np.arange(size)[:, np.newaxis]
        times = np.bincount(drawn.ravel(), minlength=size * len(rows))
        totals[block] = times.reshape(size, len(rows)).astype(np.float64) @ rows
    return totals


def _blocks(count: int, width: int) -> Iterable[slice]:
    step = max(1, _CELLS // width)
    return (slice(first, min(first + step, count)) for first in range(0, count, step))


def _estimate(metric: Metric, counts: Array, totals: Array) -> Estimate:
    import numpy as np

    scored = int(np.count_nonzero(~np.isnan(metric.of_many(counts))))
    value = micro(metric, counts)
    spread = _spread(metric.of_many(totals), scored)
    if spread.error is None and metric.kind == "share" and scored > 1:
        spread = _boundary(value, scored)
    return Estimate(
        metric=metric.name,
        micro=value,
        low=spread.low,
        high=spread.high,
        macro=macro(metric, counts),
        cases=scored,
        detectable=None if spread.error is None else _detectable(2**0.5 * spread.error, scored),
    )


def _spread(values: Array, scored: int) -> _Spread:
    """The spread of resampled values, for a suite in which so many articles are `scored`.

    All None where the values are alike (up to rounding), or fewer than 2 articles are `scored`.
    """
    import numpy as np
    from scipy.special import ndtr, stdtrit

    values = values[~np.isnan(values)]
    if scored < 2 or not len(values) or np.ptp(values) <= 1e-12 * np.abs(values).max():
        return _Spread()
    # Resampled means of n rows vary by (n - 1) / n too little, and the normal is no Student's t.
    widen = np.sqrt(scored / (scored - 1))
    tail = ndtr(widen * stdtrit(scored - 1, ALPHA / 2))
    low, high = np.quantile(values, [tail, 1 - tail])
    return _Spread(float(low), float(high), float(widen * values.std()))


def _detectable(error: float, scored: int) -> float:
    """The true difference found with probability POWER by a two-sided test at ALPHA.

    `error` is the standard error of the difference over `scored` articles. Student's t stands for
    the normal's 1.96 + 0.84: few articles need a larger difference.
    """
    from scipy.special import stdtrit

    return float(error * (stdtrit(scored - 1, 1 - ALPHA / 2) + stdtrit(scored - 1, POWER)))


def _boundary(value: float | None, scored: int) -> _Spread:
    """Clopper-Pearson interval where all of `scored` articles have the share 0, or 1."""
    reach: float = (ALPHA / 2) ** (1 / scored)
    if value == 0:
        return _Spread(0.0, 1 - reach)
    return _Spread(reach, 1.0) if value == 1 else _Spread()


def _difference(metric: Metric, old: Array, new: Array, totals: Array, moved: Array) -> Difference:
    import numpy as np

    before, after = micro(metric, old), micro(metric, new)
    if before is None or after is None:
        return _untested(metric, before, after)
    scored = _scored_by_either(metric, old, new)
    unlike = _unlike(metric, old, new)
    spread = _spread(_changes(metric, totals), scored) if unlike.any() else _Spread(0.0, 0.0)
    exact = 2 ** int(np.count_nonzero(unlike)) <= len(moved)
    if exact:
        moved = _moved_in_all_ways((new - old)[unlike])
    extreme = _extreme(metric, old.sum(axis=0), new.sum(axis=0), moved)
    return Difference(
        metric=metric.name,
        old=before,
        new=after,
        change=after - before,
        low=spread.low,
        high=spread.high,
        p=extreme / len(moved) if exact else (extreme + 1) / (len(moved) + 1),
        p_holm=None,
        detectable=None if spread.error is None else _detectable(spread.error, scored),
    )


def _untested(metric: Metric, old: float | None, new: float | None) -> Difference:
    return Difference(
        metric=metric.name,
        old=old,
        new=new,
        change=None,
        low=None,
        high=None,
        p=None,
        p_holm=None,
        detectable=None,
    )


def _changes(metric: Metric, totals: Array) -> Array:
    """New minus old, of totals that hold the two runs side by side."""
    width = len(COUNTERS)
    return metric.of_many(totals[:, width:]) - metric.of_many(totals[:, :width])


def _scored_by_either(metric: Metric, old: Array, new: Array) -> int:
    import numpy as np

    neither = np.isnan(metric.of_many(old)) & np.isnan(metric.of_many(new))
    return int(np.count_nonzero(~neither))


def _unlike(metric: Metric, old: Array, new: Array) -> NDArray[np.bool_]:
    """Which articles differ in a counter that the metric looks at; the others move nothing."""
    import numpy as np

    used = [name in metric.top or name in metric.bottom for name in COUNTERS]
    unlike: NDArray[np.bool_] = (old != new)[:, np.array(used)].any(axis=1)
    return unlike


def _moved_at_random(gains: Array, permutations: int, seed: int) -> Array:
    """What changes sides when each row is swapped or not by a coin: sums of the swapped rows."""
    import numpy as np

    moved = np.zeros((permutations, gains.shape[1]))
    if not len(gains):
        return moved
    rng = np.random.default_rng([seed, 1])
    for block in _blocks(permutations, len(gains)):
        swapped = rng.integers(0, 2, (block.stop - block.start, len(gains)), dtype=np.uint8)
        moved[block] = swapped.astype(np.float64) @ gains
    return moved


def _moved_in_all_ways(gains: Array) -> Array:
    """As `_moved_at_random`, for each of the 2 ** rows ways to swap; the first swaps none."""
    import numpy as np

    ways = np.arange(2 ** len(gains))[:, np.newaxis]
    swapped = (ways >> np.arange(len(gains))) & 1
    return swapped.astype(np.float64) @ gains


def _extreme(metric: Metric, old: Array, new: Array, moved: Array) -> int:
    """How many swaps leave a difference at least as large as that of the totals `old` and `new`.

    A swap that leaves a side with nothing to score counts too: it speaks for no difference.
    """
    import numpy as np

    before, after = float(metric.of_many(old)), float(metric.of_many(new))
    swapped = np.abs(metric.of_many(new - moved) - metric.of_many(old + moved))
    rounding = 1e-10 * (abs(before) + abs(after))
    return int(np.count_nonzero(~(swapped < abs(after - before) - rounding)))
