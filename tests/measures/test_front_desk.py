"""Measures of claims, calls, availability and audits, from records counted by hand."""

import pytest
from sqlalchemy import Engine

from tests.office import Office


def test_claims_by_the_day_sent_and_the_day_of_the_outcome(engine: Engine) -> None:
    """Sent in January: five, of which four say whether they were clean and two were. Outcomes in
    January: one paid; in February: one denied, one partial. C4 is pending, C5's outcome has no
    day, which is noted in January."""
    office = Office(engine)
    office.load(
        "claim_id,submitted_date,first_pass,outcome,outcome_date\n"
        "C1,2026-01-05,true,paid,2026-01-20\nC2,2026-01-06,false,denied,2026-02-03\n"
        "C3,2026-01-07,true,partial,2026-02-04\nC4,2026-01-08,,pending,\n"
        "C5,2026-01-09,false,denied,\n"
    )
    assert office.of("claims", "2026-01") == {
        "claims_submitted": 5,
        "claims_assessed": 4,
        "claims_clean": 2,
        "claims_adjudicated": 1,
        "claims_half_adjudicated": 1,
    }
    assert office.of("claims", "2026-02") == {"claims_adjudicated": 2, "claims_denied": 1}


def test_a_claim_links_to_its_charge(engine: Engine) -> None:
    """claim_id has one id space, so both tables hold the same hash."""
    from kpi.store.engine import reading
    from kpi.store.tables import records

    office = Office(engine)
    office.load("claim_id,submitted_date,first_pass\nCL-9,2026-01-05,yes\n", dataset="claims")
    office.load("charge_id,posted_date,amount,claim_id\nX,2026-01-05,10.00, cl-9\n")
    with reading(engine) as connection:
        (claim,) = connection.execute(records["claims"].select())
        (charge,) = connection.execute(records["charges"].select())
    assert claim.key == charge.claim_id


def test_calls(engine: Engine) -> None:
    """Three days: 300 offered, 20 abandoned. Only the first two say both how many were answered
    and how long they waited: 90 + 100 calls, 1,800 + 2,500 seconds."""
    office = Office(engine)
    office.load(
        "day,offered,abandoned,answered,wait_seconds\n"
        "2026-01-05,100,10,90,1800\n2026-01-06,105,5,100,2500\n2026-01-07,95,5,90,\n"
    )
    assert office.of("calls", "2026-01") == {
        "calls_offered": 300,
        "calls_abandoned": 20,
        "calls_answered": 190,
        "answer_seconds": 4300,
        "call_days": 3,
        "call_days_timed": 2,
    }


def test_a_day_s_calls_are_replaced_by_a_later_file(engine: Engine) -> None:
    office = Office(engine)
    office.load("day,offered,abandoned\n2026-01-05,100,10\n2026-01-06,50,5\n")
    corrected = office.load("day,offered,abandoned\n2026-01-06,60,6\n")
    assert office.value("2026-01", "calls_offered") == 160
    office.undo(corrected)
    assert office.value("2026-01", "calls_offered") == 150


def test_more_abandoned_than_offered_is_refused(engine: Engine) -> None:
    office = Office(engine)
    receipt = office.offered("day,offered,abandoned\n2026-01-05,10,11\n")
    assert receipt.reasons == {"more_than_offered": 1}


def test_availability(engine: Engine) -> None:
    """Two clinicians' days have both figures: 420 + 420 open, 380 + 441 booked. Three rows, so
    three provider days, one of them at another location; two looked up the third next visit."""
    office = Office(engine)
    office.load(
        "day,provider,minutes_open,minutes_booked,third_next_available_days,location\n"
        "2026-01-05,Dr. A,420,380,3,East\n2026-01-05,Dr. B,7:00,441,,East\n"
        "2026-01-05,Dr. A,60,,5,West\n".replace("7:00", "420")
    )
    assert office.of("availability", "2026-01") == {
        "minutes_open": 840,
        "minutes_booked": 821,
        "third_next_days": 8,
        "third_next_samples": 2,
        "provider_days": 3,
        "provider_days_measured": 2,
    }


def test_a_clinician_s_day_at_a_place_counts_once(engine: Engine) -> None:
    """A morning and an afternoon in two rows are one day; at two places they are two."""
    office = Office(engine)
    office.load(
        "day,provider,minutes_open,minutes_booked,location\n"
        "2026-01-05,Dr. A,200,180,East\n2026-01-05,Dr. A,220,200,East\n"
        "2026-01-05,Dr. A,60,,West\n2026-01-06,Dr. A,400,400,East\n2026-01-06,Dr. B,400,,East\n"
    )
    found = office.of("availability", "2026-01")
    assert found == {
        "minutes_open": 820,
        "minutes_booked": 780,
        "provider_days": 4,
        "provider_days_measured": 2,
    }
    assert office.value("2026-01", "provider_days", "East") == 3
    assert office.value("2026-01", "provider_days", "East", "West") == 4


@pytest.mark.parametrize(
    ("dataset", "row"),
    [
        ("claims", "claim_id,submitted_date\nC{n},{day}\n"),
        ("calls", "day,offered,abandoned\n{day},9,1\n"),
        ("availability", "day,provider\n{day},Dr. A\n"),
    ],
)
def test_claims_calls_and_schedules_are_daily(engine: Engine, dataset: str, row: str) -> None:
    """January 2026 has 22 weekdays. Without the 12th to the 19th, six of them in a row, a month is
    partial; the 19th makes it complete."""
    weekdays = [day for day in range(1, 31) if day % 7 not in (3, 4)]
    assert len(weekdays) == 22
    header, line = row.splitlines()

    def rows(days: list[int]) -> str:
        lines = [line.format(n=day, day=f"2026-01-{day:02d}") for day in days]
        return "\n".join([header, *lines]) + "\n"

    office = Office(engine)
    office.load(rows([day for day in weekdays if not 12 <= day <= 19]), dataset)
    found = office.state(dataset, "2026-01")
    assert (found.state, found.note) == ("partial", "no record from the 12th to the 19th")
    office.load(rows([19]), dataset)
    assert office.state(dataset, "2026-01").state == "complete"


AUDITS = """\
audit_id,kind,due_on,performed_on,passed,items_reviewed,items_correct,corrective_due_on,corrective_done_on
A1,hipaa,2026-01-31,2026-01-30,true,,,,
A2,coding,2026-01-31,2026-02-02,false,30,27,2026-03-15,2026-03-10
A3,osha,2026-01-15,,,,,,
A4,coding,,2026-01-10,,20,,2026-01-31,
"""


def test_audits_by_three_dates(engine: Engine) -> None:
    """January: A1 and A4 done, A4 with no result and its codes not counted; A1, A2 and A3 due, A1
    on time; A4's corrective action due and not done. February: A2 done, 27 of 30 codes. March: A2's
    corrective action, on time."""
    office = Office(engine)
    office.load(AUDITS)
    assert office.of("audits", "2026-01") == {
        "audits_performed": 2,
        "audits_done": 1,
        "audits_passed": 1,
        "coding_audits": 1,
        "audits_due": 3,
        "audits_on_time": 1,
        "corrective_due": 1,
    }
    assert office.of("audits", "2026-02") == {
        "audits_performed": 1,
        "audits_done": 1,
        "coding_audits": 1,
        "coding_audits_counted": 1,
        "codes_reviewed": 30,
        "codes_correct": 27,
    }
    assert office.of("audits", "2026-03") == {"corrective_due": 1, "corrective_on_time": 1}
    states = [office.state("audits", f"2026-0{month}").state for month in (1, 2, 3, 4)]
    assert states == ["complete", "complete", "complete", "missing"]
