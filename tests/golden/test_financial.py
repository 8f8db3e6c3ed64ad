"""Golden values of the financial KPIs: worked by hand, each with a wrong answer to reject.

``G`` and a number is the row of the KPI reference. The others are worked in their docstring.
"""

from dataclasses import replace

import pytest

from kpi.catalogue import kpi, measures, parse
from kpi.catalogue.evaluation import evaluate
from kpi.months import Month, span
from kpi.score.model import Status
from kpi.score.result import result
from tests.golden.worked import Q1_2025, agrees, divided, value
from tests.score.made import JAN, QUARTER, facts


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


def test_g4_gross_collection_rate() -> None:
    """Both months 133550/238500 = 0.559958. The mean of the two rates, (0.560211 + 0.559585) / 2
    = 0.559898, is wrong."""
    known = facts(G3)
    agrees(value("gross_collection_rate", (JAN,), known), 0.560211)
    agrees(value("gross_collection_rate", (JAN, JAN + 1), known), 0.559958, 0.559898)
    assert divided("gross_collection_rate", (JAN, JAN + 1), known) == (133550, 238500)


REVENUE = [104000.0, 98000.0, 121000.0]


def test_operating_margin() -> None:
    """Revenue 323000 less all expenses 101200 + 96400 + 110900 = 308500 leaves 14500, 0.044892 of
    revenue. Wrong: the mean of the months, (0.026923 + 0.016327 + 0.083471) / 3 = 0.042240; and
    the profit over the expenses, 0.047002."""
    known = facts({"revenue": REVENUE, "expenses": [101200, 96400, 110900]})
    agrees(value("operating_margin", QUARTER, known), 0.044892, 0.042240, 0.047002)
    assert divided("operating_margin", QUARTER, known) == (14500, 323000)


def test_a_loss_is_a_margin_below_zero() -> None:
    """1000 more spent than the 50000 that came in: -0.02. Cut off at 0 would be wrong."""
    known = facts({"revenue": [50000], "expenses": [51000]})
    agrees(value("operating_margin", QUARTER, known), -0.02, 0.0)


def test_g23_budget_variance() -> None:
    """13400 over the budget of 305000: 0.043934. Over what was spent, 13400/318400 = 0.042085, is
    wrong."""
    known = facts(
        {"budget_actual": [104000, 98400, 116000], "budget_amount": [100000, 100000, 105000]}
    )
    agrees(value("budget_variance", QUARTER, known), 0.043934, 0.042085)
    assert divided("budget_variance", QUARTER, known) == (13400, 305000)


def test_ar_over_120_share() -> None:
    """G21: 61400 of 455300 at each month-end: 0.134856. With the credits of 22700 netted out,
    61400/432600 = 0.141933, is wrong."""
    known = facts({"ar_over_120": [61400] * 3, "ar_balance": [455300] * 3})
    agrees(value("ar_over_120_share", QUARTER, known), 0.134856, 0.141933)
    assert divided("ar_over_120_share", QUARTER, known) == (184200, 1365900)


def test_clean_claim_rate() -> None:
    """1140 of 1240, 1000 of 1105 and 1225 of 1310: 3365/3655 = 0.920657. The mean of the three
    rates, 0.919816, is wrong."""
    known = facts(
        {
            "claims_submitted": [1240, 1105, 1310],
            "claims_assessed": [1240, 1105, 1310],
            "claims_clean": [1140, 1000, 1225],
        }
    )
    agrees(value("clean_claim_rate", QUARTER, known), 0.920657, 0.919816)


def test_g22_denial_rate() -> None:
    """61 of 1240, 48 of 1105 and 77 of 1310: 186/3655; the mean of the three rates is wrong."""
    known = facts({"claims_adjudicated": [1240, 1105, 1310], "claims_denied": [61, 48, 77]})
    agrees(value("denial_rate", QUARTER, known), 0.050889, 0.050470)
    assert divided("denial_rate", QUARTER, known) == (186, 3655)


def test_g18_charge_lag() -> None:
    """300 lines of 1 day, 140 of 2, 60 of 5 and 12 of 9, none on the same day: 988 days over 512
    lines. The mean of the five different lags, (0 + 1 + 2 + 5 + 9) / 5 = 3.4, is wrong."""
    known = facts({"charge_lines": [512], "lag_lines": [512], "lag_days": [988]})
    agrees(value("charge_lag_days", QUARTER, known), 1.9296875, 3.4)


def test_visit_collection_share() -> None:
    """8200 + 7400 + 9100 = 24700 at the visit of 20500 + 21800 + 19900 = 62200 that patients paid:
    0.397106. The mean of the three shares, (0.4 + 0.339450 + 0.457286) / 3 = 0.398912, is wrong."""
    known = facts(
        {
            "patient_postings": [300, 310, 290],
            "patient_receipts": [20500, 21800, 19900],
            "visit_receipts": [8200, 7400, 9100],
        }
    )
    agrees(value("visit_collection_share", QUARTER, known), 0.397106, 0.398912)


def test_bad_debt_rate() -> None:
    """2100 + 1850 + 2900 = 6850 of 142000 + 96500 + 131500 = 370000: 0.018514. The mean of the
    three rates, (0.014789 + 0.019171 + 0.022053) / 3 = 0.018671, is wrong."""
    known = facts({"bad_debt": [2100, 1850, 2900], "gross_charges": [142000, 96500, 131500]})
    agrees(value("bad_debt_rate", QUARTER, known), 0.018514, 0.018671)


def test_overtime_share() -> None:
    """61.5 + 48 + 70.5 = 180 of 1733.3 + 1560 + 1706.7 = 5000 hours, overtime among them: 0.036.
    Over the regular hours, 180/4820 = 0.037344, is wrong."""
    known = facts({"overtime_hours": [61.5, 48, 70.5], "staff_hours": [1733.3, 1560, 1706.7]})
    known = replace(known, first_filled={"staff_hours.overtime_hours": JAN})
    agrees(value("overtime_share", QUARTER, known), 0.036, 0.037344)


def test_payroll_ratio() -> None:
    """26400 + 26400 + 39600 (three pay days) = 92400 of 323000: 0.286068. The mean of the three
    ratios, (0.253846 + 0.269388 + 0.327273) / 3 = 0.283502, is wrong."""
    known = facts({"payroll": [26400, 26400, 39600], "revenue": REVENUE})
    agrees(value("payroll_ratio", QUARTER, known), 0.286068, 0.283502)


def test_revenue_per_visit() -> None:
    """323000 over 1210 + 1130 + 1405 = 3745 visits: 86.248331. The mean of the three months,
    (85.950413 + 86.725664 + 86.120996) / 3 = 86.265691, is wrong."""
    known = facts({"revenue": REVENUE, "visits": [1210, 1130, 1405]})
    agrees(value("revenue_per_visit", QUARTER, known), 86.248331, 86.265691)
