"""What margins cover, computed: of every outcome its chance, added up where the margin holds.

No random numbers: the chance of each count is known. ``docs/fairness.md`` has the figures of
``tests/benchmarks/margins.py``, which asks many more sizes; here the worst ones are held.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from kpi.score.margin import ENDS
from kpi.score.margin_ends import count_at, difference_at, quantile_at, share_at

LEAST = 0.93


@pytest.mark.parametrize("n", [1, 2, 3, 5, 10, 30, 44, 51, 129])
def test_shares_are_covered(n: int) -> None:
    cases = np.arange(n + 1)
    low, high = (np.array([share_at(int(k), n, level) for k in cases]) for level in ENDS)
    # Coverage jumps where an end is passed: just beside the ends it is lowest.
    shares = np.concatenate([low + 1e-9, low - 1e-9, high + 1e-9, high - 1e-9])
    shares = np.concatenate([shares[(shares > 0) & (shares < 1)], np.linspace(0.001, 0.999, 499)])
    chances = stats.binom.pmf(cases[:, None], n, shares)
    inside = (low[:, None] <= shares) & (shares <= high[:, None])
    assert (chances * inside).sum(axis=0).min() >= LEAST


def test_wilson_alone_would_not_be_enough() -> None:
    """Why few cases have exact ends: of 30 with a share of 0.6%, one case gives a lower end of
    0.0059 and is at fault, so that Wilson's covers what no case at all has: 0.994^30 = 83.5%."""
    wilson = [stats.binomtest(k, 30).proportion_ci(method="wilson") for k in range(31)]
    covered = sum(
        stats.binom.pmf(k, 30, 0.0058)
        for k, each in enumerate(wilson)
        if each.low <= 0.0058 <= each.high
    )
    assert covered == pytest.approx(0.8399, abs=5e-5)


def test_counts_are_covered() -> None:
    cases = np.arange(140)
    low, high = (np.array([count_at(int(k), level) for k in cases]) for level in ENDS)
    ends = np.concatenate([low, high])
    rates = np.concatenate([ends + 1e-9, ends - 1e-9, np.linspace(0.01, 80, 2000)])
    rates = rates[(rates > 0) & (rates <= 80)]
    chances = stats.poisson.pmf(cases[:, None], rates)
    inside = (low[:, None] <= rates) & (rates <= high[:, None])
    assert (chances * inside).sum(axis=0).min() >= LEAST


@pytest.mark.parametrize(("n", "q"), [(6, 0.5), (100, 0.5), (100, 0.9), (2000, 0.9)])
def test_quantiles_are_covered(n: int, q: float) -> None:
    """By ranks alone: how many of n lie under the quantile has the binomial distribution, and the
    margin holds where that many lie from the lower rank to under the upper one."""
    ranks = quantile_at(dict.fromkeys(range(1, n + 1), 1), q, ENDS)
    assert ranks is not None
    covered = stats.binom.cdf(ranks[1] - 1, n, q) - stats.binom.cdf(ranks[0] - 1, n, q)
    assert covered >= 0.95


@pytest.mark.parametrize("n", [10, 30, 100])
def test_differences_are_covered(n: int) -> None:
    outcomes = [(more, less) for more in range(n + 1) for less in range(n + 1 - more)]
    more, less = np.array(outcomes).T
    low, high = (np.array([difference_at(a, b, n, level) for a, b in outcomes]) for level in ENDS)
    for above in (0.05, 0.3, 0.5, 0.7, 0.9):
        for below in (0.02, 0.1, 0.3, 0.45):
            rest = 1 - above - below
            if rest > 0.01:
                counts = np.column_stack([more, less, n - more - less])
                chances = stats.multinomial.pmf(counts, n, [above, below, rest])
                inside = (low <= above - below) & (above - below <= high)
                assert (chances * inside).sum() >= LEAST, (above, below)
