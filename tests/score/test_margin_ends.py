"""The ends of margins: published values, an independent source, and laws (Hypothesis)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kpi.score.margin import ENDS
from kpi.score.margin_ends import (
    ENOUGH_FOR_WILSON,
    MANY_EVENTS,
    count_at,
    difference_at,
    quantile_at,
    share_at,
)

LOW, HIGH = ENDS


def share(count: int, of: int) -> tuple[float, float]:
    return share_at(count, of, LOW), share_at(count, of, HIGH)


def events(count: int) -> tuple[float, float]:
    return count_at(count, LOW), count_at(count, HIGH)


@pytest.mark.parametrize(
    ("count", "of", "ends"),
    [
        (81, 263, (0.2553, 0.3662)),  # Newcombe 1998, table I, method 3 (Wilson)
        (15, 148, (0.0624, 0.1605)),  # the same
        (0, 20, (0.0, 0.1684)),  # the same table, method 5 (Clopper and Pearson)
        (1, 29, (0.0009, 0.1776)),  # the same
    ],
)
def test_shares_that_newcombe_published(count: int, of: int, ends: tuple[float, float]) -> None:
    assert share(count, of) == pytest.approx(ends, abs=5e-5)
    turned = share(of - count, of)
    assert turned == pytest.approx((1 - ends[1], 1 - ends[0]), abs=5e-5)


@pytest.mark.parametrize(
    ("count", "ends"),
    [
        (0, (0.0, 3.6889)),  # Garwood 1936, as in every table of exact Poisson limits
        (1, (0.0253, 5.5716)),  # the same
        (4, (1.2709, 9.6484)),  # OpenEpi's example, 4 where 3.3 are expected: 0.3851 to 2.924
    ],
)
def test_counts_that_are_published(count: int, ends: tuple[float, float]) -> None:
    assert events(count) == pytest.approx(ends, abs=5e-4)


@pytest.mark.parametrize(
    ("n", "ranks"),
    [(6, (1, 6)), (9, (2, 8)), (10, (2, 9)), (15, (4, 12)), (17, (5, 13)), (20, (6, 15))],
)
def test_the_median_s_ranks_of_the_usual_table(n: int, ranks: tuple[int, int]) -> None:
    """The narrowest ranks of at least 95% in tables of the median's confidence interval: 96.9%,
    96.1%, 97.9%, 96.5%, 95.1% and 95.9%."""
    assert quantile_at(dict.fromkeys(range(1, n + 1), 1), 0.5, ENDS) == list(ranks)


def test_five_measured_give_no_margin_of_a_median() -> None:
    """All five lie on one side of it in 6.25% of cases, which is more than 5%."""
    assert quantile_at(dict.fromkeys(range(1, 6), 1), 0.5, ENDS) is None
    assert quantile_at({}, 0.5, ENDS) is None
    assert quantile_at({5: 30}, 0.9, ENDS) is None
    assert quantile_at({5: 100}, 0.9, ENDS) == [5, 5]


def test_a_difference_worked_by_hand() -> None:
    """81 promoters, 23 detractors of 137: 82/139 - 24/139 = 0.417266, its variance (106/139 -
    0.417266²) / 139 = 0.00423366, so 1.959964 standard errors are 0.127528."""
    ends = [difference_at(81, 23, 137, level) for level in ENDS]
    assert ends == pytest.approx([0.289738, 0.544794], abs=2e-6)
    assert difference_at(81, 23, 137, 0.5) == pytest.approx(58 / 137)


@given(st.integers(0, 400), st.integers(1, 400))
def test_shares_against_the_beta_quantiles_of_scipy(count: int, of: int) -> None:
    """Few cases: the exact ends are quantiles of beta distributions, or Wilson's is wider."""
    count = min(count, of)
    low, high = share(count, of)
    exact_low = stats.beta.ppf(LOW, count, of - count + 1) if count else 0.0
    exact_high = stats.beta.ppf(HIGH, count + 1, of - count) if count < of else 1.0
    wilson = stats.binomtest(count, of).proportion_ci(method="wilson")
    if min(count, of - count) < ENOUGH_FOR_WILSON:
        assert low == pytest.approx(min(exact_low, wilson.low), abs=1e-9)
        assert high == pytest.approx(max(exact_high, wilson.high), abs=1e-9)
    else:
        assert (low, high) == pytest.approx((wilson.low, wilson.high), abs=1e-9)


@given(st.integers(2, MANY_EVENTS + 200))
def test_counts_against_the_definition(count: int) -> None:
    """At a mid-P end half the chance of the count, and all that lies beyond, come to 2.5%; the
    closed form for many events comes within 0.0004 of that."""
    low, high = events(count)
    half = stats.poisson.pmf(count, [low, high]) / 2
    near = 1e-9 if count < MANY_EVENTS else 4e-4
    assert stats.poisson.sf(count, low) + half[0] == pytest.approx(LOW, abs=near)
    assert stats.poisson.cdf(count - 1, high) + half[1] == pytest.approx(1 - HIGH, abs=near)


@given(st.integers(0, 300), st.integers(1, 300))
def test_a_share_lies_in_its_margin_and_the_margin_between_0_and_1(count: int, of: int) -> None:
    count = min(count, of)
    low, high = share(count, of)
    assert 0 <= low <= count / of <= high <= 1


@given(st.integers(0, 299), st.integers(1, 300))
def test_one_case_more_raises_both_ends(count: int, of: int) -> None:
    count = min(count, of - 1)
    assert share(count, of) <= share(count + 1, of)
    assert share(count, of)[1] <= share(count + 1, of)[1]


@given(st.integers(0, 60), st.integers(1, 60), st.integers(2, 5))
def test_the_same_share_of_more_has_a_narrower_margin(count: int, of: int, times: int) -> None:
    count = min(count, of)
    low, high = share(count, of)
    narrow_low, narrow_high = share(times * count, times * of)
    assert narrow_high - narrow_low < high - low


@given(st.integers(0, 1000))
def test_one_event_more_raises_both_ends(count: int) -> None:
    (low, high), (next_low, next_high) = events(count), events(count + 1)
    assert low <= count <= high
    assert low < next_low
    assert high < next_high


@given(
    st.dictionaries(st.integers(0, 120), st.integers(1, 40), min_size=1, max_size=30),
    st.sampled_from([0.5, 0.9]),
)
def test_a_quantile_lies_in_its_margin(counts: dict[int, int], q: float) -> None:
    found = quantile_at(counts, q, (LOW, 0.5, HIGH))
    if found is None:
        n = sum(counts.values())
        assert max(q**n, (1 - q) ** n) > 0.025
    else:
        assert found == sorted(found)
        assert set(found) <= set(counts)


@given(st.integers(0, 200), st.integers(0, 200), st.integers(1, 200))
def test_a_difference_lies_in_its_margin(more: int, less: int, of: int) -> None:
    more = min(more, of)
    less = min(less, of - more)
    low, high = (difference_at(more, less, of, level) for level in ENDS)
    assert -1 <= low <= (more - less) / of <= high <= 1
