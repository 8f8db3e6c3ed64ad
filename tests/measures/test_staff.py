"""Measures of staff hours, staff and training, from records counted by hand."""

import pytest
from sqlalchemy import Engine

from tests.office import Office

HOURS = """\
employee_id,period_start,period_end,regular_hours,overtime_hours,is_provider,location
E1,2026-01-01,2026-01-14,80,4,,East
E1,2026-01-15,2026-01-28,70,,,East
E1,2026-01-29,2026-02-11,77,7,,East
E2,,2026-01-28,28,,false,East
E3,2026-01-01,2026-01-31,160,20,true,East
"""


def test_hours_are_spread_over_the_days_of_their_pay_period(engine: Engine) -> None:
    """January: E1 84 + 70 + 3 of 14 days of 84, that is 18; E2's blank start is January 15, so 28.
    Overtime 4 + 3/14 of 7 = 5.5. E3 is a provider. February: 11 of 14 days of 84 = 66, 5.5."""
    office = Office(engine)
    upload = office.load(HOURS)
    january = office.of("staff_hours", "2026-01")
    assert january == {
        "staff_hours": pytest.approx(84 + 70 + 18 + 28),
        "overtime_hours": pytest.approx(5.5),
    }
    assert office.value("2026-02", "staff_hours") == pytest.approx(66)
    assert office.value("2026-02", "overtime_hours") == pytest.approx(5.5)
    office.undo(upload)
    assert office.of("staff_hours", "2026-01") == {}
    assert office.of("staff_hours", "2026-02") == {}


def test_a_pay_period_over_the_end_of_a_month(engine: Engine) -> None:
    """24 January to 6 February: eight of its 14 days lie in January, so 40 of its 70 hours do."""
    office = Office(engine)
    office.load("employee_id,period_start,period_end,regular_hours\nE1,2026-01-24,2026-02-06,70\n")
    assert office.value("2026-01", "staff_hours") == pytest.approx(40)
    assert office.value("2026-02", "staff_hours") == pytest.approx(30)
    corrected = office.load(
        "employee_id,period_start,period_end,regular_hours,overtime_hours\n"
        "E1,2026-01-24,2026-02-06,63,14\n"
    )
    assert office.of("staff_hours", "2026-02") == {
        "staff_hours": pytest.approx(33),
        "overtime_hours": pytest.approx(6),
    }
    office.undo(corrected)
    assert office.of("staff_hours", "2026-02") == {"staff_hours": pytest.approx(30)}


def test_a_period_of_three_months_end_to_end(engine: Engine) -> None:
    """45 days, 20 January to 5 March: 12, 28 and 5 of them, two hours a day."""
    office = Office(engine)
    upload = office.load(
        "employee_id,period_start,period_end,regular_hours\nE1,2026-01-20,2026-03-05,90\n"
    )
    found = [office.value(f"2026-0{month}", "staff_hours") for month in (1, 2, 3)]
    assert found == pytest.approx([24, 56, 10])
    assert office.state("staff_hours", "2026-02").state == "complete"
    assert office.state("staff_hours", "2026-03").state == "partial"
    office.undo(upload)
    assert office.of("staff_hours", "2026-01") == {}


def test_hours_are_complete_when_every_day_lies_in_a_pay_period(engine: Engine) -> None:
    """E3's own span covers all of January; of February only the days to the 11th are."""
    office = Office(engine)
    office.load(HOURS)
    assert office.state("staff_hours", "2026-01").state == "complete"
    february = office.state("staff_hours", "2026-02")
    assert (february.state, february.note) == ("partial", "17 days lie in no pay period")
    assert office.state("staff_hours", "2026-03").state == "missing"


def test_a_pay_period_of_a_quarter_is_refused(engine: Engine) -> None:
    office = Office(engine)
    receipt = office.offered(
        "employee_id,period_start,period_end,regular_hours\nE1,2026-01-01,2026-03-31,480\n"
    )
    assert receipt.reasons == {"no_pay_period": 1}


STAFF = """\
as_of,employee_id,job,hired_on,left_on,is_provider
2026-01-15,E1,Clerk,2020-01-01,,
2026-01-31,E1,Clerk,2020-01-01,,
2026-01-31,E2,Nurse,2021-05-01,2026-01-20,
2026-01-31,E3,Clerk,2022-05-01,2025-12-31,
2026-01-31,E4,Clerk,2026-02-02,,
2026-01-31,E5,Physician,2015-02-02,,true
2026-01-31,E6,Biller,2026-01-05,2026-02-28,no
"""


def test_the_last_list_of_the_month_counts(engine: Engine) -> None:
    """On January 31: E1 and E6 are employed; E2 left in January, E3 before it; E4 has not begun;
    E5 is a provider. The list of the 15th counts no more."""
    office = Office(engine)
    office.load(STAFF)
    assert office.of("staff", "2026-01") == {"headcount": 2, "leavers": 1}
    with_id = office.load(
        "as_of,employee_id,job,hired_on\n2026-02-28,E1,Clerk,2020-01-01\n", dataset="staff"
    )
    assert office.of("staff", "2026-02") == {"headcount": 1}
    office.undo(with_id)
    assert office.of("staff", "2026-02") == {}


def test_who_leaves_after_the_list_has_left_in_its_month(engine: Engine) -> None:
    """The list of the 28th counts who is employed then; both leave in January, one of them after
    it. February's list lacks them."""
    office = Office(engine)
    office.load(
        "as_of,employee_id,job,hired_on,left_on\n2026-01-28,E1,Clerk,2020-01-01,2026-01-30\n"
        "2026-01-28,E2,Clerk,2020-01-01,2026-01-10\n2026-01-28,E3,Clerk,2020-01-01,\n"
        "2026-02-28,E3,Clerk,2020-01-01,\n"
    )
    assert office.of("staff", "2026-01") == {"headcount": 2, "leavers": 2}
    assert office.of("staff", "2026-02") == {"headcount": 1}


def test_a_list_of_the_month_completes_staff_and_a_course_training(engine: Engine) -> None:
    """Training may have none due, and then says so; a list of staff cannot be empty."""
    office = Office(engine)
    office.load(STAFF)
    office.load("employee_id,course,due_on\nE1,HIPAA,2026-01-31\n", covers="2026-01..2026-02")
    assert office.state("staff", "2026-01").state == "complete"
    assert office.state("staff", "2026-02").note == "no file yet"
    assert office.state("training", "2026-01").state == "complete"
    february = office.state("training", "2026-02")
    assert (february.state, february.attested) == ("complete", True)
    assert office.state("training", "2026-03").note == "neither reported nor declared empty"


def test_training_counts_by_the_day_it_is_due(engine: Engine) -> None:
    """Of four courses due in January, E1's first and E3's are on time; E2's came a day late and
    E1's second not at all."""
    office = Office(engine)
    office.load(
        "employee_id,course,due_on,completed_on\n"
        "E1,HIPAA,2026-01-31,2026-01-31\nE1,OSHA,2026-01-31,\n"
        "E2,HIPAA,2026-01-31,2026-02-01\nE3,HIPAA,2026-01-15,2025-12-20\n"
        "E4,HIPAA,2026-02-15,2026-01-20\n"
    )
    assert office.of("training", "2026-01") == {"courses_due": 4, "courses_on_time": 2}
    assert office.of("training", "2026-02") == {"courses_due": 1, "courses_on_time": 1}
