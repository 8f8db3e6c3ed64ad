"""Measures of appointments, each from a few records written here and counted by hand."""

from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.ingest.undoing import undo
from tests.office import Office

STATUSES = """\
appointment_id,start_at,status,scheduled_minutes,cancelled_at,provider,location,new_patient,changed_by
A1,2026-01-05 09:00,completed,20,,Dr. One,East,true,
A2,2026-01-05 10:00,completed,20,,Dr. One,East,false,
A3,2026-01-06 09:00,completed,,,Dr. One,West,,
A4,2026-01-06 10:00,completed,20,,,West,false,
A5,2026-01-06 11:00,no_show,20,,Dr. One,East,,
A6,2026-01-07 09:00,cancelled,20,2026-01-06 09:00,Dr. One,East,,patient
A7,2026-01-07 09:00,cancelled,20,2026-01-06 09:01,Dr. One,East,,patient
A8,2026-01-07 09:00,rescheduled,20,,Dr. One,East,,patient
A9,2026-01-07 09:00,cancelled,20,2026-01-07 08:00,Dr. One,West,,practice
A10,2026-01-07 09:00,rescheduled,20,2026-01-07 08:00,Dr. One,West,,practice
A11,2026-01-07 09:00,rescheduled,20,,Dr. One,West,,
A12,2026-01-30 09:00,scheduled,20,,Dr. One,East,,
A13,2026-02-02 09:00,completed,20,,Dr. One,East,,
"""


def test_what_became_of_each_booking(engine: Engine) -> None:
    """Cancelled 24 h before the start is not late, 23:59 before is; of three patient
    cancellations one says no time."""
    office = Office(engine)
    office.load(STATUSES)
    assert office.of("appointments", "2026-01") == {
        "bookings": 12,
        "visits": 4,
        "no_shows": 1,
        "cancellations": 6,
        "patient_cancellations": 3,
        "practice_cancellations": 2,
        "unattributed_cancellations": 1,
        "late_cancellations": 1,
        "undated_cancellations": 1,
        "unresolved": 1,
        "visits_with_length": 2,  # A3 lacks its length, A4 its clinician
        "reschedules": 3,
        "reschedules_attributed": 2,
        "assessed_bookings": 3,  # A1, A2 and A10
        "misbooked": 1,  # A10
        "new_patient_visits": 1,
        "visits_typed": 3,
        "clinic_days": 2,
    }
    assert office.of("appointments", "2026-02")["visits"] == 1


def test_by_location_clinic_days_do_not_add_up(engine: Engine) -> None:
    office = Office(engine)
    office.load(
        "appointment_id,start_at,status,location\n"
        "A1,2026-01-05 09:00,completed,East\n"
        "A2,2026-01-05 09:00,completed,West\n"
        "A3,2026-01-05 16:00,completed,West\n"
        "A4,2026-01-06 09:00,completed,West\n"
        "A5,2026-01-07 09:00,no_show,West\n"
        "A6,2026-01-08 23:59,completed,\n"
    )
    assert office.value("2026-01", "visits", "East") == 1
    assert office.value("2026-01", "visits", "West") == 3
    assert office.value("2026-01", "visits") == 5
    assert office.value("2026-01", "clinic_days", "East") == 1
    assert office.value("2026-01", "clinic_days", "West") == 2
    assert office.value("2026-01", "clinic_days", "East", "West") == 2  # never 3
    assert office.value("2026-01", "clinic_days") == 3  # the 5th, 6th and 8th


WAITS = """\
appointment_id,start_at,status,arrived_at,seen_at,departed_at
W1,2026-01-05 09:00,completed,2026-01-05 08:40,2026-01-05 09:07:10,2026-01-05 09:30
W2,2026-01-05 09:00,completed,2026-01-05 09:10,2026-01-05 09:12,2026-01-05 09:40
W3,2026-01-05 09:00,completed,2026-01-05 08:50,2026-01-05 08:55,2026-01-05 09:20
W4,2026-01-05 09:00,completed,2026-01-05 08:40,2026-01-05 17:30,2026-01-05 17:40
W5,2026-01-05 09:00,completed,2026-01-05 08:40,,
W6,2026-01-05 09:00,completed,,2026-01-05 09:10,2026-01-05 09:30
W7,2026-01-05 09:00,completed,2026-01-05 09:20,2026-01-05 09:10,2026-01-05 09:10
W8,2026-01-05 09:00,no_show,2026-01-05 08:40,2026-01-05 09:30,2026-01-05 09:50
W9,2026-01-05 09:00,completed,2026-01-05 09:00,2026-01-05 17:00,2026-01-05 17:00:01
W10,2026-01-06 09:00,completed,2026-01-06 08:52,2026-01-06 09:08,2026-01-06 09:29:01
"""


def test_waits_are_whole_minutes_begun(engine: Engine) -> None:
    """8 (7 min 10 s), 2, 0; W4 lies more than 8 h after arrival; W5 to W7 have no usable times;
    W8 was no visit; W9 lies 8 h after arrival exactly, 480; W10 waits 8 from the booked time."""
    office = Office(engine)
    office.load(WAITS)
    assert office.counts("2026-01", "waits") == {0: 1, 2: 1, 8: 2, 480: 1}


def test_cycles_run_from_arrival_to_departure(engine: Engine) -> None:
    """W1 50, W2 30, W3 30, W10 37:01 so 38; W4 9 h and W9 8 h 1 s are too long, W7 left before
    it came."""
    office = Office(engine)
    office.load(WAITS)
    assert office.counts("2026-01", "cycles") == {50: 1, 30: 2, 38: 1}


MISBOOKED = """\
appointment_id,start_at,status,scheduled_minutes,provider,location,changed_by,booking_error
B1,2026-01-05 09:00,completed,20,Dr. One,East,,
B2,2026-01-05 09:15,completed,20,Dr. One,East,,
B3,2026-01-05 09:29,completed,20,Dr. One,East,,true
B4,2026-01-05 10:00,completed,30,Dr. Two,East,,
B5,2026-01-05 10:10,completed,5,Dr. Two,East,,
B6,2026-01-05 11:00,completed,30,Dr. Two,East,,
B7,2026-01-05 11:10,cancelled,30,Dr. Two,East,patient,
B8,2026-01-05 13:00,rescheduled,30,Dr. Two,East,practice,true
B9,2026-01-05 13:00,completed,30,Dr. Two,East,,true
B10,2026-01-05 14:00,completed,30,Dr. Two,,,
B11,2026-01-05 14:00,completed,30,Dr. Two,West,,
B12,2026-01-05 15:00,completed,90,Dr. Two,East,,
B13,2026-01-05 15:10,completed,6,Dr. Two,East,,
B14,2026-01-05 16:00,completed,20,Dr. Two,East,,
"""


def test_each_bad_booking_counts_once(engine: Engine) -> None:
    """B1 and B2 share exactly 5 minutes, B2 and B3 share 6, B3 is an error as well: B2, B3.
    B5 is too short to overlap by more than 5. B7 was cancelled. B8 was moved by the practice.
    B9 is an error. B10 and B11 start at once, at two places. B12 holds B13 and runs 20 minutes
    into B14: all three. So B2, B3, B8, B9, B10, B11, B12, B13, B14."""
    office = Office(engine)
    office.load(MISBOOKED)
    assert office.value("2026-01", "assessed_bookings") == 13  # all but B7
    assert office.value("2026-01", "misbooked") == 9
    assert office.value("2026-01", "misbooked", "West") == 1
    assert office.value("2026-01", "misbooked", "East") == 7


def test_a_clinician_is_not_in_the_way_of_another(engine: Engine) -> None:
    office = Office(engine)
    office.load(
        "appointment_id,start_at,status,scheduled_minutes,provider\n"
        "A1,2026-01-05 09:00,completed,60,Dr. One\n"
        "A2,2026-01-05 09:00,completed,60,Dr. Two\n"
        "A3,2026-01-05 09:30,completed,60,\n"
        "A4,2026-01-05 09:30,completed,,Dr. One\n"
        "A5,2026-01-05 10:00,completed,60,Dr. One\n"
    )
    assert office.value("2026-01", "assessed_bookings") == 3
    assert office.value("2026-01", "misbooked") == 0


def test_an_overlap_across_the_end_of_a_month_counts_in_both(engine: Engine) -> None:
    office = Office(engine)
    office.load(
        "appointment_id,start_at,status,scheduled_minutes,provider\n"
        "A1,2026-01-31 23:30,completed,60,Dr. One\n"
        "A2,2026-02-10 09:00,completed,60,Dr. One\n"
    )
    assert office.value("2026-01", "misbooked") == 0
    late = office.load(
        "appointment_id,start_at,status,scheduled_minutes,provider\n"
        "A3,2026-02-01 00:10,completed,30,Dr. One\n"
    )
    assert office.value("2026-01", "misbooked") == 1
    assert office.value("2026-02", "misbooked") == 1
    undo(engine, operator(), office.practice.id, late)
    assert office.value("2026-01", "misbooked") == 0
    assert office.value("2026-02", "misbooked") == 0


def test_a_visit_moved_to_another_month_counts_only_there(engine: Engine) -> None:
    office = Office(engine)
    office.load("appointment_id,start_at,status\nA1,2026-01-31 09:00,completed\n")
    office.load("appointment_id,start_at,status\nA1,2026-02-02 09:00,completed\n")
    assert office.of("appointments", "2026-01") == {}
    assert office.of("appointments", "2026-02") == {"bookings": 1, "visits": 1, "clinic_days": 1}


def test_two_files_fill_one_booking(engine: Engine) -> None:
    """A schedule and a flow board; a record that still lacks a required column counts nowhere."""
    office = Office(engine)
    office.load(
        "appointment_id,arrived_at,seen_at\nA1,2026-01-05 09:00,2026-01-05 09:12\n"
        "A2,2026-01-05 10:00,2026-01-05 10:05\n",
        "appointments",
    )
    assert office.of("appointments", "2026-01") == {}
    assert office.counts("2026-01", "waits") == {}
    office.load("appointment_id,start_at,status\nA1,2026-01-05 09:00,completed\n")
    assert office.counts("2026-01", "waits") == {12: 1}
    assert office.value("2026-01", "visits") == 1
