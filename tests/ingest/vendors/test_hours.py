"""Hours of three payroll and time systems, mapped from what is known by hearsay."""

from datetime import date

from tests.ingest.vendors.mapped import FILES, confirmed, plain, proposed, read_by

FIRST, LAST, PAID = date(2026, 1, 4), date(2026, 1, 17), date(2026, 1, 23)


def test_adp_timecard_counts_punches_in_the_pay_period_of_the_title() -> None:
    proposal = proposed("adp_timecard.csv")
    assert proposal.complete
    taken = read_by(proposal, FILES / "adp_timecard.csv")
    rows = plain("staff_hours", taken.rows)
    assert {(row["period_start"], row["period_end"]) for row in rows} == {(FIRST, LAST)}
    assert [(row["regular_hours"], row["overtime_hours"], row["job"]) for row in rows] == [
        (3.97, 0.0, "Front desk"),
        (4.5, 0.0, "Front desk"),
        (0.0, 0.0, "Front desk"),  # the punch that was missed
        (0.0, 1.5, "Front desk"),
        (8.0, 0.0, "Nursing"),
    ]
    assert len({row["employee_id"] for row in taken.rows}) == 2
    assert len({row["key"] for row in taken.rows}) == 5
    assert taken.left_out == {"total row": 3, "no work time: PTO": 1}


def test_a_pay_code_that_nobody_has_seen_yet_refuses_its_row() -> None:
    text = (FILES / "adp_timecard.csv").read_text().replace("PTO", "CALLBACK")
    taken = read_by(proposed("adp_timecard.csv"), text)
    assert [(line, reason) for line, _, reason in taken.refused] == [(10, "unknown_row_type")]


def test_gusto_adds_up_both_kinds_of_overtime() -> None:
    proposal = proposed("gusto_payroll_journal.csv")
    assert proposal.complete
    taken = read_by(proposal, FILES / "gusto_payroll_journal.csv")
    assert plain("staff_hours", taken.rows) == [
        {"period_start": FIRST, "period_end": LAST, "regular_hours": 78.5, "overtime_hours": 2.5,
         "job": "Receptionist"},
        {"period_start": FIRST, "period_end": LAST, "regular_hours": 80.0, "overtime_hours": 0.0,
         "job": "Nurse"},
        {"period_start": FIRST, "period_end": LAST, "regular_hours": 64.25, "overtime_hours": 4.0,
         "job": "Nurse"},
    ]  # fmt: skip
    assert len({row["employee_id"] for row in taken.rows}) == 3
    assert taken.left_out == {"total row": 1}


def test_paychex_asks_about_a_component_and_warns_that_it_has_only_the_day_of_pay() -> None:
    proposal = proposed("paychex_flex.csv")
    assert proposal.unknown == {"regular_hours": ("On Call",)}
    assert "day of pay" in proposal.guesses["period_end"].grounds
    taken = read_by(confirmed("paychex_flex.csv"), FILES / "paychex_flex.csv")
    rows = plain("staff_hours", taken.rows)
    assert [(row["period_end"], row["regular_hours"], row["overtime_hours"]) for row in rows] == [
        (PAID, 78.5, 0.0),
        (PAID, 0.0, 2.5),
        (PAID, 80.0, 0.0),
        (PAID, 64.25, 0.0),
    ]
    assert len({row["employee_id"] for row in taken.rows}) == 3
    assert taken.left_out == {
        "no work time: PTO": 1, "no work time: Bonus": 1, "no work time: On Call": 1,
    }  # fmt: skip
