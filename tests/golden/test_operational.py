"""Golden values of the operational KPIs: worked by hand, each with a wrong answer to reject.

``G`` and a number is the row of the KPI reference. The others are worked in their docstring.
"""

import pytest

from kpi.catalogue import kpi
from kpi.months import span
from kpi.score.result import result
from tests.golden.worked import TOLERANCE, agrees, divided, value
from tests.score.made import JAN, QUARTER, facts

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


def test_median_cycle_minutes() -> None:
    """Of 150 visits 40 lasted 30 minutes, 35 lasted 42, 50 lasted 55 and 25 lasted 80: the 75th
    lasted 42. Between the 75th and the 76th, 48.5, is wrong; so is the mean of the two months'
    medians, (55 + 42) / 2."""
    known = facts({"visits": [90, 60]}, histograms={"cycles": [{30: 40, 55: 50}, {42: 35, 80: 25}]})
    agrees(value("median_cycle_minutes", (JAN, JAN + 1), known), 42, 48.5)


def test_late_cancellation_rate() -> None:
    """48 of 1130 visits, 61 no-shows and these 48: 48/1239 = 0.038741. Without them in what is
    divided by, 48/1191 = 0.040302, is wrong."""
    known = facts(
        {
            "visits": [1130],
            "no_shows": [61],
            "cancellations": [126],
            "patient_cancellations": [92],
            "late_cancellations": [48],
        }
    )
    agrees(value("late_cancellation_rate", QUARTER, known), 0.038741, 0.040302)


def test_practice_cancellation_rate() -> None:
    """34 of 1130 visits, 61 no-shows, 92 that patients and 34 that the practice cancelled:
    34/1317 = 0.025816. As a part of all cancellations, 34/126 = 0.269841, is wrong."""
    known = facts(
        {
            "visits": [1130],
            "no_shows": [61],
            "cancellations": [126],
            "patient_cancellations": [92],
            "practice_cancellations": [34],
        }
    )
    agrees(value("practice_cancellation_rate", QUARTER, known), 0.025816, 0.269841)


def test_g9_slot_utilization() -> None:
    """8460 of 9120 minutes, over two months 4700 of 5000 and 3760 of 4120; the mean of the two
    shares, (0.94 + 0.912621) / 2 = 0.926311, is wrong."""
    known = facts(
        {
            "minutes_open": [5000, 4120],
            "minutes_booked": [4700, 3760],
            "provider_days": [12, 10],
            "provider_days_measured": [12, 10],
        }
    )
    agrees(value("slot_utilization", QUARTER, known), 0.927632, 0.926311)


def test_overbooked_slots_are_more_than_all_of_them() -> None:
    """5250 booked of 5000 open minutes: 1.05. Cut off at 1 would hide it."""
    known = facts(
        {
            "minutes_open": [5000],
            "minutes_booked": [5250],
            "provider_days": [12],
            "provider_days_measured": [12],
        }
    )
    agrees(value("slot_utilization", QUARTER, known), 1.05, 1.0)


def test_third_next_available_days() -> None:
    """38 days over 12 times and 21 over 14: 59/26 = 2.269231. The mean of the two months,
    (3.166667 + 1.5) / 2 = 2.333333, is wrong."""
    known = facts({"third_next_days": [38, 21], "third_next_samples": [12, 14]})
    agrees(value("third_next_available_days", QUARTER, known), 2.269231, 2.333333)


def test_visits_per_staff_fte() -> None:
    """5000 hours are 28.846154 posts of 2080/12 = 173.333 hours a month; 3745 visits over them are
    129.826667. With 173 hours, 129.577, is wrong."""
    known = facts({"visits": [1210, 1130, 1405], "staff_hours": [1733.3, 1560, 1706.7]})
    agrees(value("visits_per_staff_fte", QUARTER, known), 129.826667, 129.577)
    assert divided("visits_per_staff_fte", QUARTER, known) == (
        3745, pytest.approx(28.846154, abs=TOLERANCE),
    )  # fmt: skip


def test_g12_work_rvus_per_staff_fte() -> None:
    known = facts(
        {
            "work_rvus": [2000.6, 1912],
            "staff_hours": [1733.3, 1560],
            "charge_lines": [9, 9],
            "work_rvu_lines": [8, 8],
        }
    )
    agrees(value("work_rvus_per_staff_fte", (JAN, JAN + 1), known), 205.928400, 205.928360)


def test_call_abandonment_rate() -> None:
    """66 of 1320, 48 of 1210 and 103 of 1470 calls: 217/4000 = 0.05425. Wrong: the mean of the
    three rates, 0.053246; and over the calls answered, 217/3783 = 0.057362."""
    known = facts({"calls_offered": [1320, 1210, 1470], "calls_abandoned": [66, 48, 103]})
    agrees(value("call_abandonment_rate", QUARTER, known), 0.05425, 0.053246, 0.057362)


def test_average_answer_seconds() -> None:
    """25080 seconds over 1254 calls, 20916 over 1162 and 39641 over 1367: 85637/3783 = 22.637325.
    The mean of the three months, 22.332846, is wrong."""
    known = facts(
        {
            "call_days": [21, 19, 22],
            "call_days_timed": [21, 19, 22],
            "calls_answered": [1254, 1162, 1367],
            "answer_seconds": [25080, 20916, 39641],
        }
    )
    agrees(value("average_answer_seconds", QUARTER, known), 22.637325, 22.332846)


def test_g19_staff_turnover() -> None:
    """Six points, the opening one among them: 127/6 on average."""
    known = facts(
        {"leavers": [0, 0, 1, 1, 0, 1], "headcount": [22, 22, 21, 20, 21, 21]}, first=JAN - 1
    )
    months = span(JAN, JAN + 4)
    agrees(value("staff_turnover", months, known), 0.340157, 0.141732)
    assert divided("staff_turnover", months, known) == (3, pytest.approx(127 / 6))


def test_new_patient_share() -> None:
    """300 of the 3500 visits that say it: 0.085714. Over all 3745 visits, 0.080107, is wrong."""
    known = facts(
        {
            "visits": [1210, 1130, 1405],
            "visits_typed": [1150, 1050, 1300],
            "new_patient_visits": [96, 84, 120],
        }
    )
    agrees(value("new_patient_share", QUARTER, known), 0.085714, 0.080107)
