"""OpenEMR's screens and downloads."""

from datetime import date, datetime

import pytest

from kpi.datasets.stored import days_of, seconds_of
from kpi.errors import FileRefused
from kpi.ingest.questions import FileAsks, Question
from kpi.months import Month
from tests.ingest.opened import LAYOUTS, opened, take, taken

APPOINTMENTS = LAYOUTS / "openemr_appointments.txt"
COLLECTIONS = LAYOUTS / "openemr_collections.csv"
MARCH = (Month(2026, 3),)


def test_the_appointments_screen_gives_every_symbol_a_meaning() -> None:
    reading = opened(APPOINTMENTS)
    assert reading.profile == "openemr_appointments"
    assert {"Patient", "Home", "Cell"} <= set(reading.dropped)
    found = taken(reading)["appointments"]
    assert [(row["line"], row["status"]) for row in found.rows] == [
        (2, "completed"), (3, "no_show"), (5, "cancelled"), (6, "completed"), (7, "cancelled"),
        (8, "completed"), (9, "cancelled"), (10, "rescheduled"), (11, "rescheduled"),
        (12, "scheduled"), (13, "scheduled"), (14, "scheduled"), (15, "completed"),
        (16, "scheduled"), (17, "completed"), (18, "scheduled"),
    ]  # fmt: skip
    assert found.left_out == {"comment": 1, "test patient": 1, "footer": 1}
    assert not found.refused
    # the count in the footer is of the test patient too
    assert "The file's total agrees with its rows." in reading.notes
    assert found.rows[0]["start_at"] == seconds_of(datetime(2026, 3, 2, 9))
    assert {row["line"]: row["provider"] for row in found.rows if row["line"] in (7, 8, 9)} == {
        7: "Alder, Ann", 8: "Brook, Ben", 9: "Brook, Ben",
    }  # fmt: skip
    assert not any("Sample" in str(row) or "knee" in str(row) for row in found.rows)


def test_a_status_may_have_its_words_beside_its_symbol() -> None:
    content = APPOINTMENTS.read_text().replace("\t?\n", "\t? No show\n")
    assert "? No show" in content
    assert take(content.replace("\tx\n", "\tx Canceled\n")).rows[1]["status"] == "no_show"


def test_an_appointments_screen_that_was_cut_off_is_said() -> None:
    lines = APPOINTMENTS.read_text().splitlines(keepends=True)
    reading = opened("".join(lines[:5] + lines[-1:]))
    assert [row["line"] for row in taken(reading)["appointments"].rows] == [2, 3, 5]
    assert any("the file says 17 rows, there are 3" in note for note in reading.notes)


def test_a_status_that_nobody_has_decided_is_quarantined() -> None:
    found = take(APPOINTMENTS.read_text().replace("\tx\n", "\tZ\n"))
    assert found.refused == [(5, "status", "unknown_value")]


def test_the_flow_board_fills_the_same_appointments() -> None:
    reading = opened(LAYOUTS / "openemr_flow_board.html")
    assert reading.profile == "openemr_flow_board"
    assert "Total Time" in reading.dropped
    rows = taken(reading)["appointments"].rows
    assert [row["status"] for row in rows] == ["completed", "completed", "cancelled", "completed"]
    assert rows[0]["arrived_at"] == seconds_of(datetime(2026, 3, 2, 8, 52, 10))
    assert [row["departed_at"] for row in rows] == [
        seconds_of(datetime(2026, 3, 2, 9, 31)),
        None,
        seconds_of(datetime(2026, 3, 2, 11, 20)),
        seconds_of(datetime(2026, 3, 2, 9, 45, 30)),
    ]
    assert not {"roomed_at", "seen_at", "scheduled_minutes"} & set(rows[0])
    booked = {row["line"]: row["key"] for row in take(APPOINTMENTS).rows}
    assert [row["key"] for row in rows] == [booked[2], booked[6], booked[7], booked[8]]


def test_collections_become_aged_receivables() -> None:
    reading = opened(COLLECTIONS, covers=MARCH)
    assert reading.profile == "openemr_collections"
    assert {"Name", "DOB", "Policy", "Phone", "Invoice"} <= set(reading.dropped)
    assert not any("does not hold" in note for note in reading.notes)
    rows = taken(reading)["ar_aging"].rows
    buckets = (
        "days_0_30", "days_31_60", "days_61_90", "days_91_120", "days_over_120", "credits",
    )  # fmt: skip
    assert [sum(row[name] for row in rows) for name in buckets] == [
        13_000, 50_000, 6_000, 8_000, 9_000, -2_500,
    ]  # fmt: skip
    assert {row["as_of"] for row in rows} == {days_of(date(2026, 3, 31))}
    assert [row["payer"] for row in rows] == ["Bluewater Plan"] * 2 + ["Self"] * 2 + [
        "Harbor Health"
    ] * 2
    # 12.1 and 12.10 are two invoices, and so are two rows of one payer
    assert len({row["key"] for row in rows}) == 6


def test_collections_need_the_day_they_are_of() -> None:
    with pytest.raises(FileAsks, match="does not say which day it is of") as refusal:
        opened(COLLECTIONS)
    assert refusal.value.question is Question.COVERS


def test_a_collections_header_that_lacks_a_name_is_never_shifted() -> None:
    content = COLLECTIONS.read_text().replace(',"Aging Days",', ",", 1)
    with pytest.raises(FileRefused, match=r"nearly that of OpenEMR Collections.*lacks Aging Days"):
        opened(content, covers=MARCH)


def test_a_balance_that_its_own_figures_do_not_give_is_said() -> None:
    content = COLLECTIONS.read_text().replace('"130.00"', '"131.00"')
    reading = opened(content, covers=MARCH)
    taken(reading)
    assert any(
        "In 1 row Charge Adjust -Paid = Balance does not hold (first in line 2)" in note
        for note in reading.notes
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("financial_summary", "Financial Summary by Service Code.*columns of charges' template"),
        ("insurance_allocation", "Insurance Allocation.*export Collections"),
        ("sales_by_item", "Sales by Item.*lines have no number"),
        ("patient_list", "Patient List. It lists patients.*no KPI needs that"),
        ("patients_by_referrer", "by Referrer.*Social Security numbers.*Delete the file"),
        ("patient_ledger", "Patient Ledger.*account of one patient"),
        ("flow_board_of_a_status", "one status.*Show the report with all statuses"),
    ],
)
def test_a_report_that_feeds_nothing_is_named_and_refused(name: str, message: str) -> None:
    with pytest.raises(FileRefused, match=message) as refusal:
        opened(LAYOUTS / f"openemr_{name}.csv")
    assert "Sample" not in str(refusal.value)
