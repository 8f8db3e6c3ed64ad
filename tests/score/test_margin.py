"""A KPI's margin within a score, and the score's own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.catalogue import Better
from kpi.months import Month, span
from kpi.role.model import Terms
from kpi.score.attainment import attainment
from kpi.score.facts import Facts
from kpi.score.model import KpiScore, Margin, Score
from kpi.score.score_margin import DRAWS, SEED, attainments
from kpi.score.scoring import score
from tests.score.made import JAN, MAR, facts, version

NO_SHOWS = Terms("no_show_rate", 100, 0.05, 0.20)
YEARS = span(JAN - 24, MAR)


def scored(known: Facts, *terms: Terms, history: tuple[Month, ...] = ()) -> Score:
    return score([version(*terms)], JAN, MAR, known, history=history)


def only(known: Facts, terms: Terms, history: tuple[Month, ...] = ()) -> KpiScore:
    return scored(known, terms, history=history).rows[0]


def margin(known: Facts, terms: Terms, history: tuple[Month, ...] = ()) -> Margin:
    found = only(known, terms, history).margin
    assert found is not None
    return found


def missed(no_shows: float, of: float) -> Facts:
    return facts({"no_shows": [no_shows], "visits": [of - no_shows], "bookings": [of]})


def test_a_share_of_the_period_s_sums() -> None:
    """15 of 148, Newcombe's example: 0.0624 to 0.1605."""
    found = margin(missed(15, 148), NO_SHOWS)
    assert (found.low, found.high) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert (found.kind, found.method) == ("margin", "Wilson")


@pytest.mark.parametrize(
    ("target", "distinguishable"),
    [(0.05, True), (0.07, False), (0.16, False), (0.17, True), ((0.06, 0.17), True),
     ((0.07, 0.17), False), ((0.2, 0.3), True), ((0.1, 0.11), False)],
)  # fmt: skip
def test_whether_the_target_lies_outside(target: object, distinguishable: bool) -> None:
    terms = replace(NO_SHOWS, target=target, floor=None)  # type: ignore[arg-type]
    assert margin(missed(15, 148), terms).distinguishable is distinguishable


def test_one_less_a_share_turns_the_ends() -> None:
    found = margin(
        facts({"misbooked": [15.0], "assessed_bookings": [148.0], "visits_with_length": [148.0],
               "visits": [148.0]}),
        Terms("scheduling_accuracy", 100, 0.95),
    )  # fmt: skip
    assert (found.low, found.high) == pytest.approx((1 - 0.1605, 1 - 0.0624), abs=5e-5)


def test_a_rate_of_events() -> None:
    """4 complaints in 3,300 visits: 1.2709 to 9.6484 of them, per 1,000 visits."""
    known = facts({"complaints": [4.0], "visits": [3300.0]})
    found = margin(known, Terms("complaint_rate", 100, 2.0))
    assert (found.low, found.high) == pytest.approx((0.3851, 2.9238), abs=5e-5)
    assert found.method == "mid-P Poisson"
    assert found.distinguishable is False


def test_a_quantile_by_its_ranks() -> None:
    """100 waits of 1 to 100 minutes: the median lies from the 40th to the 61st of them."""
    known = facts({"visits": [100.0]}, histograms={"waits": [dict.fromkeys(range(1, 101), 1)]})
    found = margin(known, Terms("median_wait_minutes", 100, 20.0, 60.0))
    assert (found.low, found.high, found.method) == (40.0, 61.0, "order statistics")


def test_a_net_promoter_score() -> None:
    known = facts({"promoters": [81.0], "detractors": [23.0], "recommend_answers": [137.0]})
    found = margin(known, Terms("net_promoter_score", 100, 50.0))
    assert (found.low, found.high) == pytest.approx((28.9738, 54.4794), abs=2e-4)


def test_that_nothing_happens_is_a_rule() -> None:
    found = scored(facts({"hipaa_violations": [0.0]}), Terms("hipaa_violations", 100, 0.0))
    row = found.rows[0]
    assert row.margin is not None
    assert row.margin.distinguishable is None
    assert row.margin.high == pytest.approx(3.6889, abs=5e-5)
    assert found.margin is not None
    assert (found.margin.low, found.score, found.margin.high) == (100, 100, 100)


def steady(each: list[float], measure: str = "operating_expenses") -> Facts:
    """A ledger of 27 months whose ratio to 100 of revenue is each of the two in turn."""
    values = [each[at % 2] for at in range(len(YEARS))]
    return facts({measure: values, "revenue": [100.0] * len(YEARS)}, first=YEARS[0])


def test_usual_variation_from_the_moving_range() -> None:
    """Months of 60% and 62% in turn: the mean moving range is 2 points, a month's standard
    deviation 2/1.128 = 1.773, of a mean of three months 1.0237, and 1.96 of those are 2.0063."""
    known = steady([60.0, 62.0])
    found = margin(known, Terms("overhead_ratio", 100, 0.55, 0.80), YEARS)
    value = (60 + 62 + 60) / 300
    assert found.kind == "usual_variation"
    assert (found.low, found.high) == pytest.approx((value - 0.020063, value + 0.020063), abs=2e-6)
    assert found.distinguishable is True


def test_a_balance_is_no_steadier_over_three_months() -> None:
    """Over 120 days 10 and 12 of 100 in turn: 1.96 · 2/1.128 = 3.4752 points, whatever the
    period's length."""
    values = [[10.0, 12.0][at % 2] for at in range(len(YEARS))]
    known = facts({"ar_over_120": values, "ar_balance": [100.0] * len(YEARS)}, first=YEARS[0])
    found = margin(known, Terms("ar_over_120_share", 100, 0.08, 0.3), YEARS)
    assert found.high - found.low == pytest.approx(2 * 0.034752, abs=2e-6)


def test_no_usual_variation_before_there_are_limits() -> None:
    known = steady([60.0, 62.0])
    terms = Terms("overhead_ratio", 100, 0.55, 0.80)
    assert only(known, terms, YEARS[-11:]).margin is None
    assert scored(known, terms, history=YEARS[-11:]).margin is None


def test_a_share_of_more_than_all_has_no_margin() -> None:
    known = facts({"new_patient_visits": [150.0], "visits_typed": [120.0], "visits": [150.0]})
    assert only(known, Terms("new_patient_share", 100, 0.3)).margin is None


def test_a_score_of_one_share_moves_as_far_as_the_share() -> None:
    """From 20% at 0 to 5% at 100 every point of no-shows is 6.667 points: 15 of 148 is 65.766,
    and its margin 26.34 to 91.74."""
    found = scored(missed(15, 148), NO_SHOWS)
    assert found.score == pytest.approx(65.766, abs=5e-4)
    assert found.margin is not None
    assert found.margin.low == pytest.approx(26.34, abs=0.5)
    assert found.margin.high == pytest.approx(91.74, abs=0.5)
    assert (found.margin.weight_share, found.margin.draws, found.margin.seed) == (1, DRAWS, SEED)


def test_the_same_figures_give_the_same_margin() -> None:
    """No-shows stay under 5% whatever happens: 60 of 60. At most 9.6484 complaints in 3,300 visits
    are 2.9238 a thousand, 69.21 of 100 points, so 87.68 in all; the draws come to 87.53."""
    terms = [replace(NO_SHOWS, weight=60), Terms("complaint_rate", 40, 2.0, 5.0)]
    known = facts(
        {"no_shows": [15.0], "visits": [3300.0], "bookings": [3315.0], "complaints": [4.0]}
    )
    found = scored(known, *terms).margin
    assert found is not None
    assert found == scored(known, *terms).margin
    assert (found.low, found.high) == pytest.approx((87.526592, 100.0), abs=2e-6)


def test_a_breached_gate_caps_every_draw() -> None:
    terms = [replace(NO_SHOWS, weight=90), Terms("hipaa_violations", 10, 0.0, gate=40)]
    known = replace(
        missed(15, 148), values={**missed(15, 148).values, "hipaa_violations": {JAN: 1}}
    )
    found = scored(known, *terms)
    assert found.score == 40
    assert found.margin is not None
    assert found.margin.high == 40
    assert found.margin.low == pytest.approx(23.7, abs=0.5)


def test_under_seventy_percent_of_the_weight_there_is_none() -> None:
    """Without history the overhead ratio has nothing: 30 of 100 leave 70, 31 leave 69."""
    known = replace(
        missed(15, 148),
        values={**missed(15, 148).values, "operating_expenses": {JAN: 60.0}, "revenue": {JAN: 100}},
    )
    for other, there in ((30, True), (31, False)):
        terms = [
            replace(NO_SHOWS, weight=100 - other),
            Terms("overhead_ratio", other, 0.55, 0.80),
        ]
        assert (scored(known, *terms).margin is not None) is there


@given(
    st.lists(st.floats(-2, 2), min_size=1, max_size=5),
    st.sampled_from([*Better]),
    st.tuples(*[st.floats(-1, 1)] * 4).map(sorted),
    st.booleans(),
    st.booleans(),
)
def test_many_attainments_are_each_one_s(
    values: list[float], better: Better, at: list[float], floor: bool, stretch: bool
) -> None:
    if better is Better.BAND:
        terms = Terms("x", 1, (at[1], at[2]), (at[0], at[3]) if floor else None)
    else:
        low, target, high = at[:3] if better is Better.HIGHER else at[2::-1]
        terms = Terms("x", 1, target, low if floor else None, high if stretch else None)
    values = [*values, *at]
    found = attainments(np.array(values), terms, better)
    assert found.tolist() == pytest.approx([attainment(each, terms, better) for each in values])
