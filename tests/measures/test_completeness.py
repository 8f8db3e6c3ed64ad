"""Which months are complete, and the words that say what the others lack.

January 2026 begins on a Thursday: its weekdays are the 1st and 2nd, 5th to 9th, 12th to 16th,
19th to 23rd and 26th to 30th.
"""

from collections.abc import Iterable

import pytest
from sqlalchemy import Engine

from kpi.access.actor import Actor, operator
from kpi.errors import InputError, NotPermitted
from kpi.ingest.countersigning import countersign
from kpi.ingest.declaring import attest, dismiss
from kpi.ingest.undoing import undo
from kpi.months import Month
from kpi.review.oversight.countersigning import waiting
from tests.office import Office

JANUARY = Month(2026, 1)
WEEKDAYS = [1, 2, 5, 6, 7, 8, 9, 12, 13, 14, 15, 16, 19, 20, 21, 22, 23, 26, 27, 28, 29, 30]
MANAGER = Actor("manager", "Dana", manager="dana")
PHYSICIAN = Actor("physician", "Dr. Example")


def charges(days: Iterable[int], location: str = "", mark: str = "") -> str:
    rows = [f"C{mark}{day},2026-01-{day:02d},10,{location}\n" for day in days]
    return "charge_id,posted_date,amount,location\n" + "".join(rows)


def without(first: int, last: int) -> list[int]:
    return [day for day in WEEKDAYS if not first <= day <= last]


@pytest.mark.parametrize(
    ("days", "state", "note"),
    [
        (WEEKDAYS, "complete", ""),
        (without(6, 12), "complete", ""),  # five weekdays and a weekend
        (without(6, 13), "partial", "no record from the 6th to the 13th"),
        (without(1, 7), "complete", ""),
        (without(1, 8), "partial", "starts only on the 9th"),
        (without(26, 30), "complete", ""),
        (without(23, 31), "partial", "ends on the 22nd"),
        ([1, 2], "partial", "ends on the 2nd"),
        ([31], "partial", "starts only on the 31st"),
        # A Saturday's record ends no run of weekdays: what counts are weekdays without one.
        ([*without(5, 12), 10], "partial", "no record from the 5th to the 12th"),
    ],
)
def test_a_daily_month_may_lack_five_weekdays_in_a_row(
    engine: Engine, days: list[int], state: str, note: str
) -> None:
    office = Office(engine)
    office.load(charges(days))
    found = office.state("charges", "2026-01")
    assert (found.state, found.note) == (state, note)
    assert found.rows == len(days)
    assert found.last_day == max(days)


def test_a_month_without_a_file_is_missing(engine: Engine) -> None:
    found = Office(engine).state("charges", "2026-01")
    assert (found.state, found.note, found.rows, found.last_day) == (
        "missing",
        "no file yet",
        0,
        None,
    )


def test_appointments_still_scheduled_are_no_records(engine: Engine) -> None:
    office = Office(engine)
    header = "appointment_id,start_at,status\n"
    office.load(header + "".join(f"A{day},2026-01-{day:02d} 09:00,scheduled\n" for day in WEEKDAYS))
    found = office.state("appointments", "2026-01")
    assert (found.state, found.note) == ("partial", "no day has a record yet")
    assert (found.rows, found.last_day) == (22, None)
    office.load(
        header
        + "".join(f"A{day},2026-01-{day:02d} 09:00,completed\n" for day in WEEKDAYS if day < 20)
    )
    found = office.state("appointments", "2026-01")
    assert (found.state, found.note) == ("partial", "ends on the 19th")


def test_a_covered_month_is_complete_with_one_record(engine: Engine) -> None:
    office = Office(engine)
    upload = office.load(charges([15]), covers="2026-01..2026-02")
    assert office.state("charges", "2026-01").state == "complete"
    assert office.state("charges", "2026-02").state == "missing"
    undo(engine, operator(), office.practice.id, upload)
    office.load(charges([15]))
    assert office.state("charges", "2026-01").state == "partial"


def test_covering_a_month_does_not_make_bookings_to_come_records(engine: Engine) -> None:
    office = Office(engine)
    office.load(
        "appointment_id,start_at,status\n"
        "A1,2026-01-15 09:00,completed\nA2,2026-02-15 09:00,scheduled\n",
        covers="2026-01..2026-02",
    )
    assert office.state("appointments", "2026-01").state == "complete"
    assert office.state("appointments", "2026-02").state == "partial"


def test_a_record_makes_other_months_complete(engine: Engine) -> None:
    office = Office(engine)
    office.load("month,account,kind,amount\n2026-01,Fees,revenue,1\n")
    office.load(
        "as_of,days_0_30,days_31_60,days_61_90,days_91_120,days_over_120\n2026-01-03,1,1,1,1,1\n"
    )
    office.load("response_id,question,sent_on,answered_on\nS1,,2026-01-05,\n", "surveys")
    for dataset in ("ledger", "ar_aging", "surveys"):
        assert office.state(dataset, "2026-01").state == "complete"
        assert office.state(dataset, "2026-02").note == "no file yet"


# -- nothing to report --------------------------------------------------------------------------


def test_a_month_declared_empty_is_complete_until_it_is_undone(engine: Engine) -> None:
    office = Office(engine)
    found = office.state("incidents", "2026-01")
    assert (found.state, found.note) == ("missing", "neither reported nor declared empty")
    entry = attest(engine, operator(), office.practice.id, "incidents", JANUARY)
    found = office.state("incidents", "2026-01")
    assert (found.state, found.note) == ("complete", "nothing to report")
    assert found.attested
    assert not found.pending
    undo(engine, operator(), office.practice.id, entry)
    assert office.state("incidents", "2026-01").state == "missing"


def test_a_managers_declaration_waits_for_a_second_signature(engine: Engine) -> None:
    office = Office(engine)
    entry = attest(engine, MANAGER, office.practice.id, "complaints", JANUARY)
    assert office.state("complaints", "2026-01").pending
    with pytest.raises(NotPermitted):
        countersign(engine, MANAGER, office.practice.id, entry)
    assert countersign(engine, PHYSICIAN, office.practice.id, entry) == 1
    assert not office.state("complaints", "2026-01").pending
    with pytest.raises(InputError, match="Nothing in upload"):
        countersign(engine, PHYSICIAN, office.practice.id, entry)


def test_what_covered_months_lack_is_declared_with_the_file(engine: Engine) -> None:
    office = Office(engine)
    text = "complaint_id,received_on\nK1,2026-02-03\n"
    upload = office.load(text, covers="2026-01..2026-03")
    for month, attested in (("2026-01", True), ("2026-02", False), ("2026-03", True)):
        found = office.state("complaints", month)
        assert (found.state, found.attested) == ("complete", attested)
    undo(engine, operator(), office.practice.id, upload)
    assert office.state("complaints", "2026-01").state == "missing"


def test_covering_a_month_says_the_same_whatever_the_log_held_then(engine: Engine) -> None:
    """The month has a record when the covering file comes; undone, the file's word is left."""
    office = Office(engine)
    dated = office.load("complaint_id,received_on\nK1,2026-01-03\n")
    text = "complaint_id,category\nK1,waiting\n"
    office.load(text, "complaints", covers="2026-01", actor=MANAGER)
    assert not office.state("complaints", "2026-01").attested
    assert waiting(engine, operator(), office.practice.id) == []
    undo(engine, operator(), office.practice.id, dated)
    found = office.state("complaints", "2026-01")
    assert (found.note, found.attested, found.pending) == ("nothing to report", True, True)
    assert [each.upload for each in waiting(engine, operator(), office.practice.id)] == [2]


def test_a_declaration_gives_way_to_a_record(engine: Engine) -> None:
    office = Office(engine)
    attest(engine, operator(), office.practice.id, "complaints", JANUARY)
    upload = office.load("complaint_id,received_on\nK1,2026-01-03\n")
    found = office.state("complaints", "2026-01")
    assert (found.state, found.attested, found.rows) == ("complete", False, 1)
    undo(engine, operator(), office.practice.id, upload)
    assert office.state("complaints", "2026-01").attested


def test_only_what_can_be_empty_is_declared_and_once(engine: Engine) -> None:
    office = Office(engine)
    id = office.practice.id
    with pytest.raises(
        InputError, match=r"Only audits, complaints, incidents, training can have nothing to report"
    ):
        attest(engine, operator(), id, "charges", JANUARY)
    attest(engine, operator(), id, "complaints", JANUARY)
    with pytest.raises(InputError, match="declared empty already"):
        attest(engine, operator(), id, "complaints", JANUARY)
    office.load("incident_id,kind,occurred_on\nI1,hipaa,2026-01-03\n")
    with pytest.raises(InputError, match="has 1 record"):
        attest(engine, operator(), id, "incidents", JANUARY)


# -- quarantine ---------------------------------------------------------------------------------


def many(good: int, bad: int) -> str:
    """Charges of January, a fifth of them a weekday each; the bad ones have no amount."""
    days = [WEEKDAYS[at % len(WEEKDAYS)] for at in range(good + bad)]
    rows = [f"C{at},2026-01-{day:02d},{10 if at < good else ''}\n" for at, day in enumerate(days)]
    return "charge_id,posted_date,amount\n" + "".join(rows)


def test_two_percent_in_quarantine_are_borne(engine: Engine) -> None:
    office = Office(engine)
    office.load(many(98, 2))
    found = office.state("charges", "2026-01")
    assert (found.state, found.rows, found.quarantined) == ("complete", 98, 2)


def test_more_than_two_percent_are_not(engine: Engine) -> None:
    office = Office(engine)
    office.load(many(97, 3))
    found = office.state("charges", "2026-01")
    assert (found.state, found.note) == ("partial", "3 rows are in quarantine")


def test_one_complaint_in_quarantine_is_too_many(engine: Engine) -> None:
    office = Office(engine)
    rows = "".join(f"I{at},hipaa,2026-01-05\n" for at in range(200))
    office.load("incident_id,kind,occurred_on\n" + rows + "I201,weather,2026-01-06\n")
    found = office.state("incidents", "2026-01")
    assert (found.state, found.note) == ("partial", "1 row is in quarantine")


def test_a_row_is_settled_when_its_key_comes_again(engine: Engine) -> None:
    office = Office(engine)
    office.load(many(22, 1))
    assert office.state("charges", "2026-01").state == "partial"
    mended = office.load("charge_id,posted_date,amount\nC22,2026-01-05,10\n")
    found = office.state("charges", "2026-01")
    assert (found.state, found.quarantined) == ("complete", 0)
    undo(engine, operator(), office.practice.id, mended)
    assert office.state("charges", "2026-01").state == "partial"


def test_a_row_brought_bad_again_still_stands(engine: Engine) -> None:
    office = Office(engine)
    office.load(many(22, 1))
    office.load("charge_id,posted_date,amount\nC22,2026-01-05,soon\n", allow_bad=True)
    found = office.state("charges", "2026-01")
    assert (found.state, found.quarantined) == ("partial", 1)


def test_a_row_without_a_key_is_settled_when_its_months_come_again(engine: Engine) -> None:
    office = Office(engine)
    office.load(charges(WEEKDAYS) + ",2026-01-05,10,\n")
    assert office.state("charges", "2026-01").note == "1 row is in quarantine"
    office.load("charge_id,posted_date,amount\nC200,2026-02-05,10\n")
    assert office.state("charges", "2026-01").note == "1 row is in quarantine"
    office.load(charges([5], mark="x"))
    assert office.state("charges", "2026-01").state == "complete"


def test_a_row_whose_month_cannot_be_read_counts_in_all_months_of_its_file(engine: Engine) -> None:
    office = Office(engine)
    office.load(
        "complaint_id,received_on\nK1,2026-01-05\nK2,2026-03-05\nK3,soon\n",
    )
    for month, state in (("2026-01", "partial"), ("2026-02", "missing"), ("2026-03", "partial")):
        assert office.state("complaints", month).state == state


def test_a_row_is_settled_when_somebody_dismisses_it(engine: Engine) -> None:
    office = Office(engine)
    upload = office.load("complaint_id,received_on\nK1,2026-01-05\n,2026-01-06\n")
    id = office.practice.id
    with pytest.raises(InputError, match="Say why"):
        dismiss(engine, operator(), id, upload, 3, " ")
    with pytest.raises(InputError, match="no row in quarantine from line 2"):
        dismiss(engine, operator(), id, upload, 2, "a test entry")
    entry = dismiss(engine, operator(), id, upload, 3, "a test entry")
    assert office.state("complaints", "2026-01").state == "complete"
    undo(engine, operator(), id, entry)
    assert office.state("complaints", "2026-01").note == "1 row is in quarantine"


def test_undoing_an_upload_takes_its_quarantine_along(engine: Engine) -> None:
    office = Office(engine)
    office.load(charges(WEEKDAYS))
    bad = office.load("charge_id,posted_date,amount\nC300,2026-01-05,\n")
    assert office.state("charges", "2026-01").state == "partial"
    undo(engine, operator(), office.practice.id, bad)
    assert office.state("charges", "2026-01").state == "complete"


# -- locations ----------------------------------------------------------------------------------


def test_locations_are_judged_one_by_one(engine: Engine) -> None:
    office = Office(engine)
    office.load(charges(WEEKDAYS, "East", "e"))
    assert office.state("charges", "2026-01").state == "complete"
    assert office.state("charges", "2026-01", "East").state == "complete"
    found = office.state("charges", "2026-01", "East", "West")
    assert (found.state, found.note) == ("missing", "nothing from West")
    office.load(charges(without(6, 13), "West", "w"))
    found = office.state("charges", "2026-01", "East", "West")
    assert (found.state, found.note) == ("partial", "West: no record from the 6th to the 13th")
    assert office.state("charges", "2026-01", "East").state == "complete"


def test_more_than_a_fifth_without_a_location_is_partial(engine: Engine) -> None:
    office = Office(engine)
    office.load(charges(WEEKDAYS, "East", "e") + "".join(
        f"n{at},2026-01-05,10,\n" for at in range(5)))  # fmt: skip
    assert office.state("charges", "2026-01", "East").state == "complete"  # 5 of 27
    office.load("charge_id,posted_date,amount\nn6,2026-01-05,10\n")
    found = office.state("charges", "2026-01", "East")
    assert (found.state, found.note) == ("partial", "6 of 28 rows name no location")


def test_a_file_that_names_no_locations_says_nothing_of_them(engine: Engine) -> None:
    office = Office(engine)
    office.load(charges(WEEKDAYS))
    found = office.state("charges", "2026-01", "East")
    assert (found.state, found.note) == ("missing", "the file names no locations")


def test_a_location_without_a_complaint_is_complete(engine: Engine) -> None:
    office = Office(engine)
    office.load("complaint_id,received_on,location\nK1,2026-01-05,East\n")
    assert office.state("complaints", "2026-01", "West").state == "complete"
