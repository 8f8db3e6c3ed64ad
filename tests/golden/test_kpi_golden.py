"""Golden values of the catalogue's KPIs: worked by hand, each with a wrong answer to reject.

``G`` and a number is the row of the KPI reference. The others are worked in their docstring.
"""

import pytest

from kpi.catalogue import kpi, kpis, measures, parse
from kpi.catalogue.evaluation import evaluate
from kpi.months import Month, span
from kpi.score.facts import Facts
from kpi.score.model import Status
from kpi.score.result import result
from tests.score.made import JAN, QUARTER, facts

Q1_2025 = span(Month(2025, 1), Month(2025, 3))
TOLERANCE = 5e-7  # the reference gives six decimals


def value(id: str, months: tuple[Month, ...], known: Facts) -> float:
    """The KPI's value, which has to be there."""
    found = result(kpi(id), months, known).value
    assert found is not None
    return found


def agrees(found: float, expected: float, *wrong: float) -> None:
    assert found == pytest.approx(expected, abs=TOLERANCE)
    for each in wrong:
        assert found != pytest.approx(each, abs=TOLERANCE)


def test_g1_days_in_ar() -> None:
    known = facts(
        {"gross_charges": [410000, 372000, 455000], "ar_balance": [505200, 490100, 498300]},
        first=Month(2025, 1),
    )
    agrees(value("days_in_ar", Q1_2025, known), 36.254648, 36.345802, 33.950110)
    found = result(kpi("days_in_ar"), Q1_2025, known)
    assert (found.numerator, found.denominator) == (498300, 1237000 / 90)


def test_days_in_ar_needs_the_closing_balance_only() -> None:
    known = facts(
        {"gross_charges": [410000, 372000, 455000], "ar_balance": [0, 0, 498300]},
        first=Month(2025, 1),
    )
    agrees(value("days_in_ar", Q1_2025, known), 36.254648)


def test_g2_ar_turnover() -> None:
    known = facts(
        {
            "gross_charges": [0, 216400, 198750, 233900],
            "ar_balance": [212000, 205500, 219250, 208400],
        },
        first=Month(2024, 12),
    )
    agrees(value("ar_turnover", Q1_2025, known), 12.458183, 12.287523)
    assert result(kpi("ar_turnover"), Q1_2025, known).denominator == 211287.5


def test_ar_turnover_of_a_leap_year() -> None:
    """366 days where the period holds 29 February: 91000 charged in the 91 days of January to
    March 2024 is 366000 a year, over a balance of 36600 all along: 10. With 365 days, 9.972678.
    """
    months = span(Month(2024, 1), Month(2024, 3))
    known = facts(
        {"gross_charges": [0, 30000, 30000, 31000], "ar_balance": [36600] * 4},
        first=Month(2023, 12),
    )
    agrees(value("ar_turnover", months, known), 10.0, 9.972678)


G3 = {
    "gross_charges": [142000.0, 96500.0],
    "contractual": [58300.0, 41900.0],
    "receipts": [71200.0 + 9800 - 1450, 48100.0 + 6200 - 300],
    "bad_debt": [2100.0, 0.0],
}


def test_g3_net_collection_rate() -> None:
    known = facts(G3)
    agrees(value("net_collection_rate", (JAN,), known), 0.950418)
    agrees(value("net_collection_rate", (JAN + 1,), known), 0.989011)
    agrees(value("net_collection_rate", (JAN, JAN + 1), known), 0.965654, 0.969715)


def test_g4_gross_collection_rate_by_its_formula() -> None:
    formula = parse("receipts / gross_charges", measures())
    agrees(evaluate(formula, (JAN,), facts(G3)) or 0, 0.560211)
    agrees(evaluate(formula, (JAN, JAN + 1), facts(G3)) or 0, 0.559958)


def test_g5_revenue_growth() -> None:
    """391300 a year before and 402500 now, in three months each. The mean of the monthly growth
    rates, (-0.076923 + 0.102884 + 0.060150) / 3 = 0.028704, is wrong."""
    year = [130000, 128300, 133000, *[0] * 9, 120000, 141500, 141000]
    known = facts({"revenue": year}, first=Month(2025, 1))
    agrees(value("revenue_growth", QUARTER, known), 0.028623, 0.028704)
    found = result(kpi("revenue_growth"), QUARTER, known)
    assert (found.numerator, found.denominator, found.n) == (402500, 391300, 3)


@pytest.mark.parametrize("base", [0.0, -391300.0])
def test_g5_no_growth_on_a_base_that_is_not_positive(base: float) -> None:
    known = facts({"revenue": [base, *[0] * 11, 402500]}, first=Month(2025, 1))
    found = result(kpi("revenue_growth"), QUARTER, known)
    assert (found.status, found.value, found.numerator) == (Status.NO_DATA, None, None)


def test_g6_cost_reductions() -> None:
    known = facts(
        {
            "operating_expenses": [1240000, *[0] * 11, 1228500],
            "visits": [9800, *[0] * 11, 10150],
        },
        first=Month(2025, 1),
    )
    agrees(value("cost_per_visit_reduction", QUARTER, known), 0.043437, 0.009274)
    agrees(value("operating_cost_reduction", QUARTER, known), 0.009274, 0.043437)
    per_visit = result(kpi("cost_per_visit_reduction"), QUARTER, known)
    assert per_visit.numerator == pytest.approx(1228500 / 10150)
    assert per_visit.denominator == pytest.approx(1240000 / 9800)
    assert per_visit.n == 9800


def test_overhead_ratio() -> None:
    """Expenses 61200 + 58400 + 66900 = 186500 over revenue 104000 + 98000 + 121000 = 323000 is
    0.577399. The mean of the monthly ratios, (0.588462 + 0.595918 + 0.552893) / 3 = 0.579091, is
    wrong."""
    known = facts({"operating_expenses": [61200, 58400, 66900], "revenue": [104000, 98000, 121000]})
    agrees(value("overhead_ratio", QUARTER, known), 0.577399, 0.579091)


A = {5: 12, 10: 20, 12: 13, 15: 20, 18: 16, 22: 5, 30: 3, 45: 1}
B = {8: 30, 14: 40, 20: 25, 35: 15}


def test_g7_waits() -> None:
    known = facts({"visits": [90, 110]}, histograms={"waits": [A, B]})
    january, both = (JAN,), (JAN, JAN + 1)
    agrees(value("median_wait_minutes", january, known), 12, 13.5)
    agrees(value("p90_wait_minutes", january, known), 18, 18.4)
    agrees(value("seen_within_15_minutes", january, known), 0.722222)
    agrees(value("median_wait_minutes", (JAN + 1,), known), 14)
    agrees(value("p90_wait_minutes", (JAN + 1,), known), 35)
    agrees(value("median_wait_minutes", both, known), 14)
    agrees(value("p90_wait_minutes", both, known), 22, 26.5)
    agrees(value("seen_within_15_minutes", both, known), 0.675)


def test_g7_what_the_waits_are_divided_by() -> None:
    known = facts({"visits": [90, 110]}, histograms={"waits": [A, B]})
    median = result(kpi("median_wait_minutes"), (JAN, JAN + 1), known)
    assert (median.numerator, median.denominator, median.n) == (None, None, 200)
    share = result(kpi("seen_within_15_minutes"), (JAN, JAN + 1), known)
    assert (share.numerator, share.denominator, share.n) == (135, 200, 200)


def test_g8_scheduling_accuracy() -> None:
    known = facts(
        {
            "visits": [500],
            "visits_with_length": [500],
            "reschedules": [14],
            "reschedules_attributed": [14],
            "assessed_bookings": [514],
            "misbooked": [33],
        }
    )
    agrees(value("scheduling_accuracy", QUARTER, known), 0.935798, 0.931907)
    found = result(kpi("scheduling_accuracy"), QUARTER, known)
    assert (found.numerator, found.denominator) == (33, 514)


def test_g10_patients_per_day() -> None:
    known = facts({"visits": [412, 388], "clinic_days": [21, 19]})
    agrees(value("patients_per_day", QUARTER, known), 20.0, 20.020050)


def test_no_show_rate() -> None:
    """61 of 1191 expected patients (1130 came) did not come: 0.051217. Over those who came,
    61/1130 = 0.053982, is wrong."""
    known = facts({"visits": [400, 380, 350], "no_shows": [20, 25, 16], "bookings": [1191, 0, 0]})
    agrees(value("no_show_rate", QUARTER, known), 0.051217, 0.053982)


# 1-4: 70 fours, 20 threes, 6 twos, 4 ones; 1-5: 24 fives, 10 fours, 6 twos
SHARES_OF_4 = 70 + 20 * 2 / 3 + 6 / 3
SHARES_OF_5 = 24 + 10 * 3 / 4 + 6 / 4


def test_g14_satisfaction_and_top_box() -> None:
    """Top box of both: 94/140 = 0.671429; the mean of the two shares, 0.65, is wrong."""
    known = facts(
        {
            "answers": [100, 40],
            "answer_share": [SHARES_OF_4, SHARES_OF_5],
            "top_box": [70, 24],
        }
    )
    agrees(value("satisfaction_score", (JAN,), known), 85.333333, 89.0)
    agrees(value("satisfaction_score", (JAN + 1,), known), 82.5)
    agrees(value("satisfaction_score", QUARTER, known), 84.523810)
    agrees(value("top_box_share", QUARTER, known), 94 / 140, 0.65)


def test_g15_net_promoter_score() -> None:
    """Without the 33 in between it would be 58/104, 55.769231, which is wrong."""
    known = facts({"promoters": [81], "detractors": [23], "recommend_answers": [137]})
    agrees(value("net_promoter_score", QUARTER, known), 42.335766, 55.769231)
    found = result(kpi("net_promoter_score"), QUARTER, known)
    assert (found.numerator, found.denominator) == (58, 137)


def test_g17_complaint_rate() -> None:
    known = facts({"complaints": [7], "visits": [2318]})
    agrees(value("complaint_rate", QUARTER, known), 3.019845, 0.003020)
    found = result(kpi("complaint_rate"), QUARTER, known)
    assert (found.numerator, found.denominator) == (7, 2318)


def test_complaints_resolved_in_7_days() -> None:
    """9 of the 11 complaints whose seventh day fell in the quarter: 0.818182. Over the 13 that were
    received in it, 0.692308, is wrong."""
    known = facts(
        {
            "complaints": [5, 4, 4],
            "complaints_due": [5, 4, 2],
            "complaints_resolved_7": [4, 3, 2],
        }
    )
    agrees(value("complaints_resolved_in_7_days", QUARTER, known), 0.818182, 0.692308)


def test_violations() -> None:
    """One privacy and two billing violations confirmed: 3, of which HIPAA 1. Counting the two
    privacy incidents that nobody decided yet, 5 and 3, is wrong."""
    known = facts(
        {
            "hipaa_violations": [1, 0, 0],
            "billing_violations": [0, 0, 2],
            "hipaa_pending": [0, 2, 0],
        }
    )
    assert value("compliance_violations", QUARTER, known) == 3
    assert value("hipaa_violations", QUARTER, known) == 1
    found = result(kpi("hipaa_violations"), QUARTER, known)
    assert (found.numerator, found.denominator, found.n) == (1, None, None)


def test_g21_ar_over_90_share() -> None:
    """Balances 210500/98200/51300/33900/61400: 95300 of 455300; credits of 22700 are in neither."""
    known = facts(
        {"ar_over_90": [95300] * 3, "ar_balance": [455300] * 3, "ar_over_120": [61400] * 3}
    )
    agrees(value("ar_over_90_share", QUARTER, known), 0.209313, 0.220296)
    over_120 = parse("month_ends(ar_over_120) / month_ends(ar_balance)", measures())
    agrees(evaluate(over_120, QUARTER, known) or 0, 0.134856)


def test_ar_over_90_share_is_summed_over_month_ends() -> None:
    """(10 + 30 + 20) / (100 + 200 + 100) = 0.15; the mean of 0.10, 0.15 and 0.20 is the same, so
    other balances: (10 + 60 + 20) / (100 + 300 + 100) = 0.18, not 0.166667; not the last 0.20."""
    known = facts({"ar_over_90": [10, 60, 20], "ar_balance": [100, 300, 100]})
    agrees(value("ar_over_90_share", QUARTER, known), 0.18, 0.166667, 0.20)


def test_every_kpi_of_the_catalogue_has_a_golden_value_here() -> None:
    with open(__file__, encoding="utf-8") as file:
        text = file.read()
    assert [id for id in kpis() if f'"{id}"' not in text] == []
