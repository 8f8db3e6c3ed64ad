"""Why a KPI moved, with figures worked by hand."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kpi.catalogue import kpi, measures, parse
from kpi.months import Month
from kpi.score.exchange import exchanged, pooled
from kpi.score.facts import Facts
from kpi.score.movement import GroupMove, Movement, movement, rate_and_mix
from tests.score.made import FEB, JAN, MAR, facts

Sums = Mapping[str, tuple[float, float]]


def parts(found: Movement | None) -> dict[str | None, tuple[float, float | None]]:
    assert found is not None
    return {each.group: (each.own, each.mix) for each in found.groups}


def moved(
    formula: str,
    groups: Mapping[str, Facts],
    before: tuple[Month, ...] = (JAN,),
    after: tuple[Month, ...] = (FEB,),
) -> Movement | None:
    return movement(parse(formula, measures()), before, after, groups)


def test_rate_and_mix_by_midpoint_weights() -> None:
    """A 6 of 60, then 6 of 50; B 8 of 40, then 10 of 50. The whole: 14% to 16%.

    Rates .10 to .12 and .20 to .20; shares .6 to .5 and .4 to .5; the whole's mean .15.
    A: rate .02 × .55 = .011; mix -.1 × (.11 - .15) = .004. B: rate 0; mix .1 × (.20 - .15) = .005.
    To be rejected: the first period's weights for both, which make .012 + .004 + 0 + .006 = .022.
    """
    found = rate_and_mix({"A": (6, 60), "B": (8, 40)}, {"A": (6, 50), "B": (10, 50)})
    assert found["A"] == pytest.approx((0.011, 0.004), abs=1e-12)
    assert found["B"] == pytest.approx((0.0, 0.005), abs=1e-12)
    total = sum(rate + mix for rate, mix in found.values())
    assert total == pytest.approx(0.02, abs=1e-12)
    assert total != pytest.approx(0.022, abs=1e-6)


def test_a_ratio_of_the_catalogue_gives_sides_and_shares() -> None:
    """No-shows of those and visits: A 6 of 60 then 6 of 50, B 8 of 40 then 10 of 50."""
    found = movement(
        kpi("no_show_rate").formula, (JAN,), (FEB,),
        {
            "A": facts({"visits": [54, 44], "no_shows": [6, 6]}),
            "B": facts({"visits": [32, 40], "no_shows": [8, 10]}),
        },
    )  # fmt: skip
    assert found is not None
    assert [each.group for each in found.groups] == ["A", "B"]  # .015 before .005
    assert parts(found)["A"] == pytest.approx((0.011, 0.004), abs=1e-12)
    first: GroupMove = found.groups[0]
    assert (first.before.value, first.after.value) == pytest.approx((0.1, 0.12))
    assert (first.before.top, first.before.bottom, first.before.weight) == (6, 60, 0.6)
    assert (first.after.top, first.after.bottom, first.after.weight) == (6, 50, 0.5)
    assert first.part == pytest.approx(0.015, abs=1e-12)


def test_what_is_left_of_one_moves_the_other_way() -> None:
    """Accuracy is 1 - misbooked / assessed: the parts of the golden case with the other sign."""
    found = movement(
        kpi("scheduling_accuracy").formula, (JAN,), (FEB,),
        {
            "A": facts({"misbooked": [6, 6], "assessed_bookings": [60, 50]}),
            "B": facts({"misbooked": [8, 10], "assessed_bookings": [40, 50]}),
        },
    )  # fmt: skip
    assert parts(found)["A"] == pytest.approx((-0.011, -0.004), abs=1e-12)
    assert parts(found)["B"] == pytest.approx((0.0, -0.005), abs=1e-12)
    assert found is not None
    assert found.groups[0].before.value == pytest.approx(0.9)


def test_a_factor_multiplies_the_parts() -> None:
    """Per 1,000 visits: A 1 of 500 then 2 of 500, B 0 of 500 both. Only A's rate: +1 of +1."""
    found = movement(
        kpi("complaint_rate").formula, (JAN,), (FEB,),
        {
            "A": facts({"complaints": [1, 2], "visits": [500, 500]}),
            "B": facts({"complaints": [0, 0], "visits": [500, 500]}),
        },
    )  # fmt: skip
    assert parts(found)["A"] == pytest.approx((1.0, 0.0), abs=1e-12)
    assert parts(found)["B"] == pytest.approx((0.0, 0.0), abs=1e-12)


def test_days_of_the_period_are_in_the_parts() -> None:
    """Days in A/R: January 31 × 1,000 / 1,000 = 31, February 28 × 1,000 / 1,000 = 28.

    One group alone has all of the change, -3, though neither of its sums moved.
    """
    found = movement(
        kpi("days_in_ar").formula, (JAN,), (FEB,),
        {"Aster": facts({"ar_balance": [1000, 1000], "gross_charges": [1000, 1000]})},
    )  # fmt: skip
    assert parts(found)["Aster"] == pytest.approx((-3.0, 0.0), abs=1e-9)


def test_growth_is_a_ratio_of_the_period_to_the_year_before() -> None:
    """Revenue of A 110 and 120 against 100 and 100, of B 50 and 50 against 50 and 50.

    Growth 160/150 - 1, then 170/150 - 1: all of the 10/150 is A's own.
    """
    year_ago = JAN - 12
    revenue = {"A": [100, 100, *[0] * 10, 110, 120], "B": [50, 50, *[0] * 10, 50, 50]}
    found = movement(
        kpi("revenue_growth").formula, (JAN,), (FEB,),
        {name: facts({"revenue": each}, first=year_ago) for name, each in revenue.items()},
    )  # fmt: skip
    assert parts(found)["A"] == pytest.approx((10 / 150, 0.0), abs=1e-12)
    assert parts(found)["B"] == pytest.approx((0.0, 0.0), abs=1e-12)
    assert found is not None
    assert found.groups[0].after.value == pytest.approx(0.2)


def test_a_numerator_with_nothing_under_it_is_a_rate_part() -> None:
    """A 2 of 100 then 3 of 100; B nothing, then 1 of nothing: .02 to .04, .01 of it A's and B's."""
    found = rate_and_mix({"A": (2, 100), "B": (0, 0)}, {"A": (3, 100), "B": (1, 0)})
    assert found["A"] == pytest.approx((0.01, 0.0), abs=1e-12)
    assert found["B"] == pytest.approx((0.01, 0.0), abs=1e-12)
    gone = rate_and_mix({"A": (3, 100), "B": (1, 0)}, {"A": (2, 100)})
    assert gone["B"] == pytest.approx((-0.01, 0.0), abs=1e-12)


def test_a_group_in_one_period_only_is_mix() -> None:
    """A 5 of 50 both times; B comes with 10 of 50. 10% to 15%, the whole's mean .125.

    A: share 1 to .5, mix -.5 × (.1 - .125) = .0125. B: share 0 to .5, mix .5 × (.2 - .125) = .0375.
    """
    found = rate_and_mix({"A": (5, 50)}, {"A": (5, 50), "B": (10, 50)})
    assert found["A"] == pytest.approx((0.0, 0.0125), abs=1e-12)
    assert found["B"] == pytest.approx((0.0, 0.0375), abs=1e-12)


def test_a_negative_denominator_is_no_rate_and_the_parts_still_add_up() -> None:
    """A 50 of 100 both times; B 5 of 20, then 5 of -20: 55/120 to 55/80."""
    found = rate_and_mix({"A": (50, 100), "B": (5, 20)}, {"A": (50, 100), "B": (5, -20)})
    assert sum(rate + mix for rate, mix in found.values()) == pytest.approx(
        55 / 80 - 55 / 120, abs=1e-12
    )
    assert found["B"][0] == pytest.approx(5 / 80, abs=1e-12)


def test_a_sum_has_the_groups_differences() -> None:
    found = moved(
        "hipaa_violations + osha_violations",
        {
            "North": facts({"hipaa_violations": [1, 3], "osha_violations": [0, 1]}),
            "South": facts({"hipaa_violations": [2, 0]}),
            "West": facts({"hipaa_violations": [0, 0]}),
        },
    )
    assert found is not None
    assert found.kind == "sum"
    assert parts(found) == {"North": (3, None), "South": (-2, None)}


def test_a_balance_is_taken_apart_as_it_is_read() -> None:
    """The closing balance of March against that of February, not their sums."""
    found = moved(
        "closing(ar_balance)",
        {"Aster": facts({"ar_balance": [10, 20, 50]}), "Birch": facts({"ar_balance": [5, 7, 6]})},
        (JAN, FEB),
        (FEB, MAR),
    )
    assert parts(found) == {"Aster": (30, None), "Birch": (-1, None)}


def test_histograms_exchanged_over_all_orders() -> None:
    """One wait a group: A 10 to 20, B 12 to 14, C 16 to 18; the median goes from 12 to 18.

    Medians with some exchanged: A 16, B 14, C 12, AB 16, AC 18, BC 14.
    A over the six orders: 4 4 2 4 6 4, mean 4. B: 0 0 2 2 0 2, mean 1. C: 2 2 2 0 0 0, mean 1.
    To be rejected: one order alone, A then B then C, with 4, 0 and 2.
    """
    found = exchanged(
        {"A": ({10: 1}, {20: 1}), "B": ({12: 1}, {14: 1}), "C": ({16: 1}, {18: 1})}, 0.5
    )
    assert found == {"A": 4.0, "B": 1.0, "C": 1.0}


def test_two_groups_that_only_together_move_a_median_share_it() -> None:
    """Two of four waits at 20 leave the lower median at 10; all four make it 20."""
    found = exchanged({"A": ({10: 2}, {20: 2}), "B": ({10: 2}, {20: 2})}, 0.5)
    assert found == {"A": 5.0, "B": 5.0}


def test_an_order_through_no_waits_at_all_is_left_out() -> None:
    """A leaves and B comes. A first would leave nobody waiting, so only B then A counts: with
    both there the lower median is still 10, then 20."""
    assert exchanged({"A": ({10: 2}, {}), "B": ({}, {20: 2})}, 0.5) == {"A": 10.0, "B": 0.0}
    assert exchanged({"A": ({10: 2}, {})}, 0.5) is None


def test_a_quantile_of_the_catalogue() -> None:
    """Ash 12 to 19 with four waits, Birch 15 with three: the median goes from 12 to 19, all Ash's.

    Before: 12 12 12 12 15 15 15, the fourth is 12; after: 15 15 15 19 19 19 19, the fourth is 19.
    """
    found = movement(
        kpi("median_wait_minutes").formula, (JAN,), (FEB,),
        {
            "Ash": facts(histograms={"waits": [{12: 4}, {19: 4}]}),
            "Birch": facts(histograms={"waits": [{15: 3}, {15: 3}]}),
            "Cedar": facts(),
        },
    )  # fmt: skip
    assert found is not None
    assert parts(found) == {"Ash": (7.0, None), "Birch": (0.0, None)}
    first = found.groups[0]
    assert (first.before.value, first.after.value, first.after.bottom) == (12, 19, 4)
    assert first.after.weight == pytest.approx(4 / 7)


def test_at_most_eight_groups_stand_by_themselves() -> None:
    """Eleven groups of 1 to 11 waits: those of 4 to 11 stand, the rest are pooled."""
    groups = {f"Dr. {at}": ({10 + at: at}, {20 + at: at}) for at in range(1, 12)}
    kept, rest = pooled(groups)
    assert rest == 3
    assert set(kept) == {*(f"Dr. {at}" for at in range(4, 12)), None}
    assert kept[None] == ({11: 1, 12: 2, 13: 3}, {21: 1, 22: 2, 23: 3})


def test_within_a_limit_is_a_ratio() -> None:
    """Within 15 minutes: A 1 of 2, then 2 of 2; B 1 of 2 both. 50% to 75%: A's own rate."""
    found = movement(
        kpi("seen_within_15_minutes").formula, (JAN,), (FEB,),
        {
            "A": facts(histograms={"waits": [{10: 1, 16: 1}, {10: 1, 15: 1}]}),
            "B": facts(histograms={"waits": [{5: 1, 40: 1}, {5: 1, 40: 1}]}),
        },
    )  # fmt: skip
    assert parts(found)["A"] == pytest.approx((0.25, 0.0), abs=1e-12)


@pytest.mark.parametrize(
    "formula",
    [
        "reduction(operating_expenses / visits)",  # of two ratios
        "revenue / visits + expenses / visits",
        "visits / (no_shows + 1)",
        "days - lag_days / lag_lines",  # the days are no group's
        "quantile(0.5, waits) * days",
    ],
)
def test_other_formulas_are_not_taken_apart(formula: str) -> None:
    known = facts({"visits": [10, 20], "no_shows": [1, 1], "revenue": [1, 1], "expenses": [1, 1]})
    assert moved(formula, {"A": known}) is None


def test_no_denominator_at_all_is_no_movement() -> None:
    assert moved("no_shows / visits", {"A": facts({"no_shows": [1, 1], "visits": [0, 4]})}) is None
