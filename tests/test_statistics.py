"""Intervals by article and paired tests: against scipy, by hand, and on simulated articles."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from summarise.errors import InputError
from summarise.evaluation.metrics import COUNTERS, METRICS, matrix
from summarise.evaluation.statistics import estimates, holm, paired

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

RECALL = METRICS["recall"]
FEW = [METRICS[name] for name in ("precision", "recall", "f1", "polarity", "calls")]


def recalls(*cases: tuple[int, int]) -> Array:
    """Articles by their matched claims and gold claims."""
    return matrix([{"hits": hits, "gold": gold} for hits, gold in cases])


def simulated(rng: np.random.Generator, cases: int) -> Array:
    """Articles of 10 to 39 gold claims, each of its own difficulty; the true recall is 0.7."""
    gold = rng.integers(10, 40, cases)
    hits = rng.binomial(gold, rng.beta(4.2, 1.8, cases))
    predicted = hits + rng.binomial(gold, 0.2)
    rows = zip(gold.tolist(), hits.tolist(), predicted.tolist(), strict=True)
    return matrix([{"gold": g, "hits": h, "predicted": p, "cases": 1} for g, h, p in rows])


# ------------------------------------------------------------------------------------ estimates


def test_micro_macro_and_the_articles_that_count() -> None:
    (found,) = estimates(recalls((1, 2), (8, 8), (0, 0)), [RECALL])
    assert (found.micro, found.macro, found.cases) == (0.9, 0.75, 2)


@pytest.mark.parametrize(
    ("counts", "micro", "cases"),
    [(recalls(), None, 0), (recalls((0, 0), (0, 0)), None, 0), (recalls((3, 4), (0, 0)), 0.75, 1)],
    ids=["no article", "nothing to score", "one article"],
)
def test_no_interval_from_fewer_than_two_articles(
    counts: Array, micro: float | None, cases: int
) -> None:
    (found,) = estimates(counts, [RECALL])
    assert (found.micro, found.cases) == (micro, cases)
    assert (found.low, found.high, found.detectable) == (None, None, None)


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        # 0.025 ** (1 / 16): the exact bound for no failure in 16 draws.
        (recalls(*[(9, 9)] * 16), 0.7941, 1.0),
        (recalls(*[(0, 9)] * 16), 0.0, 0.2059),
        (recalls((5, 5), (5, 5)), 0.1581, 1.0),
        (recalls((1, 2), (2, 4)), None, None),
    ],
)
def test_articles_all_alike_show_no_spread(
    counts: Array, low: float | None, high: float | None
) -> None:
    (found,) = estimates(counts, [RECALL])
    assert found.detectable is None
    assert found.low == (None if low is None else pytest.approx(low, abs=1e-4))
    assert found.high == (None if high is None else pytest.approx(high, abs=1e-4))


def test_interval_and_error_are_those_of_scipy_widened_for_few_articles() -> None:
    counts = simulated(np.random.default_rng(3), 20)
    gold, hits = counts[:, COUNTERS.index("gold")], counts[:, COUNTERS.index("hits")]
    widen = np.sqrt(20 / 19)
    level = 1 - 2 * stats.norm.cdf(widen * stats.t.ppf(0.025, 19))
    theirs = stats.bootstrap(
        (hits, gold),
        lambda h, g, axis: h.sum(axis=axis) / g.sum(axis=axis),
        paired=True,
        vectorized=True,
        n_resamples=20_000,
        confidence_level=level,
        method="percentile",
        rng=np.random.default_rng(4),
    )
    (ours,) = estimates(counts, [RECALL], resamples=20_000)
    interval = theirs.confidence_interval
    assert (ours.low, ours.high) == pytest.approx((interval.low, interval.high), abs=0.003)
    sigmas = np.sqrt(2) * (stats.t.ppf(0.975, 19) + stats.t.ppf(0.8, 19))
    assert ours.detectable == pytest.approx(sigmas * widen * theirs.standard_error, rel=0.02)


@pytest.mark.parametrize("cases", [8, 16, 40])
def test_nineteen_intervals_of_twenty_hold_the_truth(cases: int) -> None:
    rng = np.random.default_rng(cases)
    held = 0
    for _ in range(400):
        (found,) = estimates(simulated(rng, cases), [RECALL], resamples=400)
        assert found.low is not None
        assert found.high is not None
        held += found.low <= 0.7 <= found.high
    # 3 standard errors of 400 trials about 0.95, and the little by which a bootstrap falls short.
    assert 0.9 <= held / 400 <= 0.98


def test_more_articles_give_narrower_intervals() -> None:
    rng = np.random.default_rng(1)
    widths = []
    for cases in (10, 100, 1000):
        (found,) = estimates(simulated(rng, cases), [RECALL])
        assert found.low is not None
        assert found.high is not None
        widths.append(found.high - found.low)
    assert widths[0] > 2 * widths[1] > 4 * widths[2]


counters = st.fixed_dictionaries(
    {name: st.integers(0, 9) for name in ("gold", "predicted", "hits", "polarity_right", "cases")}
)


@given(st.lists(counters, max_size=6), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_articles_plays_no_part(cases: list[dict[str, float]], dice: object) -> None:
    turned = list(reversed(cases))
    for one, other in zip(
        estimates(matrix(cases), FEW, resamples=20),
        estimates(matrix(turned), FEW, resamples=20),
        strict=True,
    ):
        assert (one.micro, one.cases) == (other.micro, other.cases)
        assert one.macro == (None if other.macro is None else pytest.approx(other.macro))


# --------------------------------------------------------------------------------------- paired


@pytest.mark.parametrize(
    ("old", "new", "p"),
    [
        # Of the 2 ways to swap one article, both differ by 1.
        ([(0, 4)], [(4, 4)], 1.0),
        # Of 4 ways, (++) and (--) reach 2/8; (+-) and (-+) give 0.
        ([(1, 4), (1, 4)], [(2, 4), (2, 4)], 2 / 4),
        # Of 8 ways, all or none swapped.
        ([(1, 4)] * 3, [(2, 4)] * 3, 2 / 8),
        # Gains 3, 1 and -1 add up to 3: so do or more 3+1-1, 3-1+1, 3+1+1, and their negatives.
        ([(0, 4), (1, 4), (2, 4)], [(3, 4), (2, 4), (1, 4)], 6 / 8),
        # Articles that do not differ play no part.
        ([(1, 4)] * 3 + [(2, 2)] * 30, [(2, 4)] * 3 + [(2, 2)] * 30, 2 / 8),
        # Another number of matches over the same recall.
        ([(1, 2), (3, 4)], [(2, 4), (6, 8)], 1.0),
    ],
)
def test_exact_p_by_hand(
    old: Sequence[tuple[int, int]], new: Sequence[tuple[int, int]], p: float
) -> None:
    (found,) = paired(recalls(*old), recalls(*new), [RECALL], resamples=10)
    assert found.p == found.p_holm == pytest.approx(p)


@pytest.mark.parametrize("permutations", [10_000, 2000])
def test_p_is_that_of_scipy(permutations: int) -> None:
    """Exact over 2 ** 12 ways, or 2000 drawn of them."""
    rng = np.random.default_rng(11)
    old, new = simulated(rng, 12), simulated(rng, 12)
    new[:, COUNTERS.index("gold")] = old[:, COUNTERS.index("gold")]
    hits, gold = COUNTERS.index("hits"), COUNTERS.index("gold")

    def change(mine: Array, theirs: Array, axis: int = -1) -> Array:
        total = old[:, gold].sum()
        return np.asarray((mine.sum(axis=axis) - theirs.sum(axis=axis)) / total)

    theirs = stats.permutation_test(
        (new[:, hits], old[:, hits]),
        change,
        permutation_type="samples",
        vectorized=True,
        n_resamples=np.inf,
    )
    (ours,) = paired(old, new, [RECALL], permutations=permutations)
    assert ours.change == pytest.approx(theirs.statistic)
    exact = permutations > 2**12
    assert ours.p == pytest.approx(theirs.pvalue, abs=1e-12 if exact else 0.04)
    assert ours.p is not None
    assert exact or round(ours.p * 2001, 6) == round(ours.p * 2001)


def test_interval_of_the_change_is_that_of_scipy() -> None:
    rng = np.random.default_rng(21)
    old = simulated(rng, 30)
    new = simulated(rng, 30)
    columns = [run[:, COUNTERS.index(name)] for run in (old, new) for name in ("hits", "gold")]
    widen = np.sqrt(30 / 29)
    theirs = stats.bootstrap(
        columns,
        lambda h, g, i, k, axis: (
            i.sum(axis=axis) / k.sum(axis=axis) - h.sum(axis=axis) / g.sum(axis=axis)
        ),
        paired=True,
        vectorized=True,
        n_resamples=20_000,
        confidence_level=1 - 2 * stats.norm.cdf(widen * stats.t.ppf(0.025, 29)),
        method="percentile",
        rng=np.random.default_rng(22),
    )
    (ours,) = paired(old, new, [RECALL], resamples=20_000)
    interval = theirs.confidence_interval
    assert (ours.low, ours.high) == pytest.approx((interval.low, interval.high), abs=0.004)
    sigmas = stats.t.ppf(0.975, 29) + stats.t.ppf(0.8, 29)
    assert ours.detectable == pytest.approx(sigmas * widen * theirs.standard_error, rel=0.02)


@pytest.mark.parametrize("seed", range(50))
def test_identical_runs_raise_no_alarm(seed: int) -> None:
    counts = simulated(np.random.default_rng(seed), 16)
    for found in paired(counts, counts.copy(), FEW, seed=seed, permutations=50, resamples=50):
        if found.old is None:
            continue
        assert (found.change, found.low, found.high) == (0, 0, 0)
        assert (found.p, found.p_holm, found.detectable) == (1, 1, None)


def test_chance_differences_are_found_one_time_in_twenty() -> None:
    rng = np.random.default_rng(8)
    alarms = 0
    for seed in range(400):
        old, new = simulated(rng, 12), simulated(rng, 12)
        (found,) = paired(old, new, [RECALL], seed=seed, permutations=199, resamples=2)
        assert found.p is not None
        alarms += found.p <= 0.05
    # 0.05 and 3 standard errors of 400 trials.
    assert alarms / 400 <= 0.083


def test_a_plain_regression_is_found() -> None:
    rng = np.random.default_rng(2)
    old = simulated(rng, 16)
    new = old.copy()
    new[:, COUNTERS.index("hits")] = np.floor(new[:, COUNTERS.index("hits")] * 0.8)
    (found,) = paired(old, new, [RECALL])
    assert found.change is not None
    assert found.high is not None
    assert found.detectable is not None
    assert found.p is not None
    assert found.high < 0
    assert found.p < 0.001
    assert found.detectable < -found.change


def test_a_metric_unscored_on_a_side_is_not_tested_nor_counted_by_holm() -> None:
    old = matrix([{"hits": 1, "gold": 4, "predicted": 0}] * 3)
    new = matrix([{"hits": 2, "gold": 4, "predicted": 5}] * 3)
    precision, recall = paired(old, new, [METRICS["precision"], RECALL])
    assert precision.new == pytest.approx(0.4)
    assert set(precision.model_dump(exclude={"metric", "new"}).values()) == {None}
    assert recall.p == recall.p_holm == 0.25


def test_a_swap_that_leaves_a_side_without_claims_speaks_for_no_difference() -> None:
    old = matrix([{"hits": 1, "predicted": 4}, {}])
    new = matrix([{}, {"hits": 4, "predicted": 4}])
    (found,) = paired(old, new, [METRICS["precision"]])
    assert found.p == 1.0


case_pairs = st.lists(st.tuples(counters, counters), min_size=1, max_size=7)


@given(case_pairs, st.sampled_from([16, 200]))
@settings(max_examples=60)
def test_swapping_the_runs_turns_the_change_and_keeps_p(
    cases: list[tuple[dict[str, float], dict[str, float]]], permutations: int
) -> None:
    old, new = matrix(one for one, _ in cases), matrix(other for _, other in cases)
    there = paired(old, new, FEW, permutations=permutations, resamples=20)
    back = paired(new, old, FEW, permutations=permutations, resamples=20)
    for one, other in zip(there, back, strict=True):
        assert (one.p, one.p_holm) == (other.p, other.p_holm)
        assert (one.old, one.new) == (other.new, other.old)
        if one.change is not None and one.p is not None and one.p_holm is not None:
            assert other.change == -one.change
            assert 0 < one.p <= one.p_holm <= 1


def test_a_seed_settles_everything_and_metrics_do_not_disturb_each_other() -> None:
    rng = np.random.default_rng(6)
    old, new = simulated(rng, 30), simulated(rng, 30)
    assert estimates(old, FEW, seed=1) == estimates(old, FEW, seed=1)
    assert estimates(old, FEW, seed=1) != estimates(old, FEW, seed=2)
    assert paired(old, new, FEW, seed=1) == paired(old, new, FEW, seed=1)
    alone = paired(old, new, [RECALL], seed=1)[0]
    among = paired(old, new, FEW, seed=1)[1]
    assert alone.model_copy(update={"p_holm": among.p_holm}) == among


def test_runs_over_other_articles_are_refused() -> None:
    with pytest.raises(InputError, match="got 1 rows of the old run and 2 of the new"):
        paired(recalls((1, 2)), recalls((1, 2), (3, 4)), [RECALL])


def test_a_missing_library_is_named_with_the_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy.special", None)
    with pytest.raises(InputError, match=r"pip install 'summarise\[evals\]'"):
        estimates(recalls((1, 2)), [RECALL])


# ----------------------------------------------------------------------------------------- Holm


@pytest.mark.parametrize(
    ("ps", "corrected"),
    [
        ([], []),
        ([0.03], [0.03]),
        # Worked by hand: 4 x 0.005, 3 x 0.01, 2 x 0.03, then 0.04 raised to the one before.
        ([0.01, 0.04, 0.03, 0.005], [0.03, 0.06, 0.06, 0.02]),
        ([0.5, 0.6, 0.7], [1.0, 1.0, 1.0]),
        ([0.02, 0.02], [0.04, 0.04]),
        ([0.02, None, 0.03], [0.04, None, 0.04]),
        ([None, None], [None, None]),
    ],
)
def test_holm(ps: list[float | None], corrected: list[float | None]) -> None:
    assert [p if p is None else round(p, 12) for p in holm(ps)] == corrected
