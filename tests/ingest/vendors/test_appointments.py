"""Appointments of four vendors, mapped from what is known by hearsay, against rows read by eye."""

from datetime import datetime

from tests.ingest.vendors.mapped import FILES, confirmed, plain, proposed, read_by


def test_athenahealth_tells_a_no_show_by_the_reason_of_cancelling() -> None:
    proposal = proposed("athenahealth_appointments.csv")
    assert proposal.complete
    taken = read_by(proposal, FILES / "athenahealth_appointments.csv")
    rows = plain("appointments", taken.rows)
    assert [row["status"] for row in rows] == [
        "completed", "completed", "no_show", "cancelled", "rescheduled", "completed", "scheduled",
    ]  # fmt: skip
    assert rows[0] == {
        "start_at": datetime(2026, 1, 5, 9, 0),
        "status": "completed",
        "arrived_at": datetime(2026, 1, 5, 8, 52),
        "departed_at": datetime(2026, 1, 5, 9, 41),
        "provider": "LEE_A",
        "location": "Main Street",
        "payer": "BLUE EXAMPLE PPO",
        "appointment_type": "OFFICE VISIT",
    }
    # An open slot has no patient, and TESTA is a surname.
    assert taken.left_out == {"no patient": 1, "test patient": 1}
    assert not taken.quarantined


def test_eclinicalworks_asks_only_what_leaving_without_being_seen_counts_as() -> None:
    proposal = proposed("eclinicalworks_appointments.csv")
    assert proposal.unknown == {"status": ("LWBS",)}
    taken = read_by(
        confirmed("eclinicalworks_appointments.csv"), FILES / "eclinicalworks_appointments.csv"
    )
    rows = plain("appointments", taken.rows)
    assert [(row["location"], row["provider"], row["status"]) for row in rows] == [
        ("Main Street", "Lee, Ann", "completed"),
        ("Main Street", "Lee, Ann", "completed"),
        ("Main Street", "Lee, Ann", "no_show"),
        ("Main Street", "Oka, Bo", "cancelled"),
        ("Main Street", "Oka, Bo", "rescheduled"),
        ("Hill Road", "Oka, Bo", "completed"),
        ("Hill Road", "Oka, Bo", "scheduled"),
    ]
    assert rows[1]["start_at"] == datetime(2026, 1, 5, 9, 20)
    assert rows[1]["arrived_at"] == datetime(2026, 1, 5, 9, 18)  # the arrival, not the check-in
    assert rows[1]["departed_at"] == datetime(2026, 1, 5, 10, 2)
    assert "arrived_at" not in rows[2]
    assert taken.left_out == {"total row": 1}
    assert len({row["key"] for row in taken.rows}) == 7


def test_drchrono_asks_what_an_empty_status_means_and_leaves_breaks_out() -> None:
    proposal = proposed("drchrono_appointments.csv")
    assert proposal.unknown == {"status": ("",)}
    taken = read_by(confirmed("drchrono_appointments.csv"), FILES / "drchrono_appointments.csv")
    rows = plain("appointments", taken.rows)
    assert [row["status"] for row in rows] == [
        "completed", "completed", "no_show", "cancelled", "rescheduled", "scheduled", "scheduled",
    ]  # fmt: skip
    assert rows[2] == {
        "start_at": datetime(2026, 1, 6, 10, 0),
        "status": "no_show",
        "scheduled_minutes": 30,
        "booked_at": datetime(2025, 12, 22, 10, 0),
        "provider": "Dr. Ann Lee",
        "location": "Main Street",
        "appointment_type": "New patient",
    }
    assert taken.left_out == {"no patient": 1}
    assert not taken.quarantined


def test_nextgen_reads_flags_in_order_and_asks_what_a_row_without_any_is() -> None:
    proposal = proposed("nextgen_appointments.csv")
    assert proposal.unknown == {"status": ("",)}
    assert "2 of 5 rows say it more than once" in proposal.guesses["status"].grounds
    taken = read_by(confirmed("nextgen_appointments.csv"), FILES / "nextgen_appointments.csv")
    rows = plain("appointments", taken.rows)
    # Kept and moved: the patient came. Cancelled and moved: it was moved.
    assert [(row["start_at"], row["status"], row["scheduled_minutes"]) for row in rows] == [
        (datetime(2026, 1, 5, 8, 30), "completed", 15),
        (datetime(2026, 1, 5, 8, 45), "completed", 15),  # written 845
        (datetime(2026, 1, 5, 13, 0), "cancelled", 30),
        (datetime(2026, 1, 6, 9, 0), "rescheduled", 15),
        (datetime(2026, 1, 7, 14, 30), "no_show", 15),
    ]
    assert taken.left_out == {"deleted": 1, "blocked slot": 1}
    assert len({row["key"] for row in taken.rows}) == 5
