"""Hostile inputs 54 to 65: days, times, lengths of time, and the months that rows fall in."""

from datetime import date, datetime

import pytest

from kpi.access.actor import operator
from kpi.access.practices import add_practice
from kpi.datasets.stored import date_of, days_of, time_of
from kpi.errors import FileRefused
from kpi.ingest.ingestion import ingest
from kpi.ingest.mapping.profile import read_profile
from kpi.ingest.questions import FileAsks, Question
from tests.hostile.handed_in import hand_in, read
from tests.hostile.workbooks import workbook
from tests.ingest.opened import opened, source, take
from tests.office import Office, months

COMPLAINTS = "complaint_id,received_on\n"
VISITS = "appointment_id,start_at,status\n"


def complaints(*days: str) -> str:
    """A file with a complaint on each day."""
    return COMPLAINTS + "".join(f'K-{n},"{day}"\n' for n, day in enumerate(days, 1))


def days(*texts: str) -> list[date]:
    """What a column of days is read as, all of them readable."""
    found = take(complaints(*texts))
    assert found.refused == []
    return [date_of(row["received_on"]) for row in found.rows]


def visits(*starts: str) -> str:
    """A file with a visit at each time."""
    return VISITS + "".join(f'A{n},"{start}",Seen\n' for n, start in enumerate(starts, 1))


def starts(*texts: str) -> list[datetime]:
    """What a column of times is read as, all of them readable."""
    found = take(visits(*texts))
    assert found.refused == []
    return [time_of(row["start_at"]) for row in found.rows]


def test_54_day_and_month_are_told_apart_by_the_whole_column() -> None:
    assert days("03/04/2026", "01/13/2026") == [date(2026, 3, 4), date(2026, 1, 13)]
    assert days("03/04/2026", "13/01/2026") == [date(2026, 4, 3), date(2026, 1, 13)]
    reading = opened(complaints("03/04/2026", "13/01/2026"))
    read(reading)
    assert "Dates in 'received_on' were read as day/month/year." in reading.notes


def test_54_a_contradiction_costs_its_row() -> None:
    many = [f"{month:02d}/{day}/2026" for month in (1, 2) for day in range(13, 29)]
    found = take(complaints(*many, "25/04/2026"))
    assert found.refused == [(34, "received_on", "not_a_date")]


def test_54_what_nothing_decides_is_asked_about_and_a_profile_answers() -> None:
    content = complaints("03/04/2026", "04/05/2026")
    with pytest.raises(FileAsks, match="nothing tells the day from the month"):
        opened(content)
    profile = """title: ours
header: [complaint_id, received_on]
feeds:
  complaints:
    complaint_id: complaint_id
    received_on: {column: received_on, dates: day first}
"""
    reading = opened(content, own=[read_profile("ours", profile, own=True)])
    assert [row["received_on"] for row in read(reading)["complaints"].rows] == [
        days_of(date(2026, 4, 3)), days_of(date(2026, 5, 4)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1/13/26", date(2026, 1, 13)), ("5-Sep-2025", date(2025, 9, 5)),
        ("5 Sept 2025", date(2025, 9, 5)), ("Sep 5, 2025", date(2025, 9, 5)),
        ("20250503", date(2025, 5, 3)), ("2025-05-03T14:30:00Z", date(2025, 5, 3)),
        ("2025-5-3", date(2025, 5, 3)), ("1/13/2026 12:00 AM", date(2026, 1, 13)),
        ("Jan 25", None), ("Q2", None), ("May 2025", None),
    ],
)  # fmt: skip
def test_55_forms_of_a_day_are_a_list_and_no_guess(text: str, day: date | None) -> None:
    found = take(complaints(text, "1/13/2026"))
    if day is None:
        assert found.refused == [(2, "received_on", "not_a_date")]
    else:
        assert found.rows[0]["received_on"] == days_of(day)


@pytest.mark.parametrize(
    ("text", "month"),
    [("2026-01", 202601), ("May 2025", 202505), ("5/2025", 202505), ("Sept 2025", 202509),
     ("Jan-25", 202501), ("FY25 P05", None), ("Q2", None), ("2025", None), ("13/2025", None)],
)  # fmt: skip
def test_55_forms_of_a_month(text: str, month: int | None) -> None:
    found = take(f"month,account,kind,amount\n{text},Rent,expense,10\n")
    if month is None:
        assert found.refused == [(2, "month", "not_a_month")]
    else:
        assert found.rows[0]["month"] == month


def test_56_excels_day_numbers_are_read_in_a_column_of_days() -> None:
    reading = opened(complaints("45778", "45779"))
    assert [row["received_on"] for row in read(reading)["complaints"].rows] == [
        days_of(date(2025, 5, 1)), days_of(date(2025, 5, 2)),
    ]  # fmt: skip
    assert "Numbers in 'received_on' were read as Excel's day numbers." in reading.notes
    assert starts("45778.5", "45778.25") == [datetime(2025, 5, 1, 12), datetime(2025, 5, 1, 6)]


def test_56_a_number_among_dates_or_out_of_range_is_no_day() -> None:
    found = take(complaints("45778", *["2026-01-05"] * 9))
    assert found.refused == [(2, "received_on", "not_a_date")]
    assert len(take(complaints("12", "13")).quarantined) == 2


def test_56_a_workbook_that_counts_from_1904() -> None:
    for since_1904 in (False, True):
        book = workbook(
            {"x": [["complaint_id", "received_on"], ["K-1", date(2026, 1, 12)]]},
            since_1904=since_1904,
        )
        (row,) = take(book).rows
        assert row["received_on"] == days_of(date(2026, 1, 12))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("1/13/2026 8:02A", datetime(2026, 1, 13, 8, 2)),
        ("1/13/2026 08:02 AM", datetime(2026, 1, 13, 8, 2)),
        ("1/13/2026 2:15 p.m.", datetime(2026, 1, 13, 14, 15)),
        ("1/13/2026 830", datetime(2026, 1, 13, 8, 30)),
        ("1/13/2026 1430", datetime(2026, 1, 13, 14, 30)),
        ("1/13/2026 24:00", datetime(2026, 1, 14)),
        ("1/13/2026 12:00 AM", datetime(2026, 1, 13)),
        ("1/13/2026 12:15 PM", datetime(2026, 1, 13, 12, 15)),
    ],
)
def test_57_times_of_day(text: str, moment: datetime) -> None:
    assert starts(text) == [moment]


def test_57_afternoons_without_a_mark_are_asked_about() -> None:
    with pytest.raises(FileRefused, match="nothing tells morning from afternoon") as refusal:
        opened(visits("1/13/2026 9:15", "1/13/2026 11:30", "1/13/2026 2:30"))
    assert "with AM and PM, or as 24 hours" in str(refusal.value)
    # Anything after noon that is written as such, or a zero in front, tells.
    assert starts("1/13/2026 9:15", "1/13/2026 14:30")[1] == datetime(2026, 1, 13, 14, 30)
    assert starts("2026-01-13 02:30") == [datetime(2026, 1, 13, 2, 30)]
    assert len(starts("1/13/2026 2:30", "1/13/2026 16:00")) == 2


def minutes(*texts: str) -> list[int]:
    """What a column of lengths is read as."""
    found = take(
        "appointment_id,start_at,status,scheduled_minutes\n"
        + "".join(f"A{n},2026-01-05 09:00,Seen,{text}\n" for n, text in enumerate(texts, 1))
    )
    assert not found.blanked
    return [row["scheduled_minutes"] for row in found.rows]


def test_58_lengths_of_time() -> None:
    assert minutes("75", "1:05:00", "1.25 h", "1 hr 5 min", "900 sec") == [75, 65, 75, 65, 15]
    with pytest.raises(FileAsks, match="nothing tells hours from minutes"):
        minutes("12:30", "0:45")


def test_58_a_profile_says_the_unit() -> None:
    profile = """title: ours
header: [No, Start, St, Duration]
feeds:
  appointments:
    appointment_id: No
    start_at: Start
    status: St
    scheduled_minutes: {column: Duration, unit: seconds}
"""
    content = "No,Start,St,Duration\n1,2026-01-05 09:00,Seen,900\n2,2026-01-05 10:00,Seen,1800\n"
    reading = opened(content, own=[read_profile("ours", profile, own=True)])
    assert [row["scheduled_minutes"] for row in read(reading)["appointments"].rows] == [15, 30]


def test_58_visits_of_half_a_day_are_asked_about() -> None:
    with pytest.raises(FileRefused, match="most lengths are over 12 hours") as refusal:
        minutes("900", "1800", "1200")
    assert refusal.value.question is Question.MAPPING
    assert minutes("15", "30", "900") == [15, 30, 900]  # one long one is somebody's mistake


TIMED = "appointment_id,start_at,status,arrived_at,roomed_at,seen_at,departed_at\n"


def test_59_waits_that_run_backwards_are_kept_counted_and_in_no_mean(office: Office) -> None:
    at = "2026-01-05 "
    receipt = hand_in(
        office,
        TIMED
        + f"A1,{at}09:00,Seen,{at}09:00,{at}09:05,{at}09:10,{at}09:30\n"
        + f"A2,{at}09:00,Seen,{at}09:20,{at}09:05,{at}09:10,{at}09:30\n"  # seen before arrival
        + f"A3,{at}09:00,Seen,{at}09:00,{at}09:00,{at}09:00,{at}09:30\n"  # no wait at all
        + f"A4,{at}09:00,Seen,{at}09:00,,{at}18:00,{at}18:10\n",  # nine hours
    )
    assert (receipt.added, receipt.quarantined) == (4, 0)
    assert office.counts("2026-01", "waits") == {10: 1, 0: 1}
    assert "In 1 row roomed_at lies before arrived_at (first in line 3)." in receipt.notes
    assert "In 1 row seen_at lies before arrived_at (first in line 3)." in receipt.notes
    assert office.value("2026-01", "visits") == 4


def test_59_days_are_compared_as_days(office: Office) -> None:
    """A booking made at 14:00 for a slot whose time is midnight is no booking after the visit."""
    found = take("charge_id,posted_date,amount,service_date\nC1,2026-01-12,5,2026-01-12 14:00\n")
    assert found.rows[0]["service_date"] == found.rows[0]["posted_date"]


def test_60_days_that_no_export_can_hold(office: Office) -> None:
    found = take(
        "charge_id,posted_date,amount,service_date\nC1,2205-01-01,5,\nC2,1900-01-01,5,\n"
        "C3,0000-00-00,5,\nC4,2026-01-12,5,0000-00-00\n"
    )
    assert found.refused == [
        (2, "posted_date", "not_a_date"),
        (3, "posted_date", "not_a_date"),
        (4, "posted_date", "blank"),
    ]
    assert found.rows[0]["service_date"] is None
    assert not found.blanked


def test_60_postings_in_the_future_are_said_and_visits_are_not(office: Office) -> None:
    receipt = hand_in(office, "charge_id,posted_date,amount\nC1,2090-01-05,5\nC2,2026-01-05,5\n")
    assert receipt.added == 2
    assert "1 row is dated in the future (posted_date, first in line 2)." in receipt.notes
    receipt = hand_in(office, VISITS + "A1,2090-01-05 09:00,scheduled\n")
    assert not any("future" in note for note in receipt.notes)


@pytest.mark.parametrize("text", ["2026-02-30", "6/31/2026", "00/00/0000", "2/29/2025", "0/5/2026"])
def test_61_no_day_is_rolled_over(text: str) -> None:
    found = take(complaints(text, "1/13/2026"))
    (refused,) = found.quarantined
    assert (refused.line, refused.reason) in {(2, "not_a_date"), (2, "blank")}
    assert refused.month is None


def test_62_stamps_with_a_zone_are_brought_to_the_practices_clock() -> None:
    assert starts("2025-06-01T02:00:00Z") == [datetime(2025, 5, 31, 22)]
    assert starts("2025-06-01T02:00:00-05:00", "2025-06-01 02:00") == [
        datetime(2025, 6, 1, 3), datetime(2025, 6, 1, 2),
    ]  # fmt: skip
    # The hour that daylight saving skips, and the one that it says twice, are kept as written.
    assert starts("2026-03-08 02:30", "2026-11-01 01:30") == [
        datetime(2026, 3, 8, 2, 30), datetime(2026, 11, 1, 1, 30),
    ]  # fmt: skip
    assert starts("2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z") == [
        datetime(2026, 11, 1, 1, 30), datetime(2026, 11, 1, 1, 30),
    ]  # fmt: skip


def test_62_a_month_is_the_one_in_the_practices_clock(office: Office) -> None:
    add_practice(office.engine, operator(), "eastern", "Eastern Clinic", "America/New_York")
    (receipt,) = ingest(
        office.engine, operator(), "eastern", source(VISITS + "A1,2025-06-01T02:00:00Z,Seen\n"),
        "file.csv",
    )  # fmt: skip
    assert receipt.months == ("2025-05",)


def posted(**months_and_rows: int) -> str:
    """Charges, so many in each month: ``m2026_05=412``."""
    lines = [
        f"{name}-{n},{name[1:5]}-{name[6:]}-{n % 28 + 1:02d},5.00\n"
        for name, count in months_and_rows.items()
        for n in range(count)
    ]
    return "charge_id,posted_date,amount\n" + "".join(lines)


def test_63_rows_of_several_months_are_split_and_a_small_tail_is_said(office: Office) -> None:
    receipt = hand_in(office, posted(m2026_05=412, m2026_06=9))
    assert receipt.months == ("2026-05", "2026-06")
    assert (
        "Rows by month: May 2026 412, June 2026 9. Few are of June 2026: is that month whole?"
        in receipt.notes
    )
    assert office.value("2026-05", "charge_lines") == 412
    receipt = hand_in(office, posted(m2026_07=40, m2026_08=38))
    assert "Rows by month: July 2026 40, August 2026 38." in receipt.notes


def test_63_a_month_on_the_form_that_is_not_in_the_rows_is_asked_about(office: Office) -> None:
    receipt = hand_in(office, posted(m2026_05=12), covers=months("2026-04"))
    assert receipt.status == "refused"
    assert "is said to cover 2026-04 to 2026-04, but its rows fall in 2026-05" in receipt.message
    assert (receipt.question, receipt.likely) == (Question.COVERS, "2026-05")


def test_64_a_profile_names_the_day_that_counts(office: Office) -> None:
    """Charges count by the day they were posted. A day of service cannot stand in for it without
    a profile that says so, and a profile of the practice's own is asked about again as soon as its
    columns change, so that the basis never changes unnoticed."""
    content = "Line,DOS,Fee\n1,2026-04-28,100.00\n"
    assert hand_in(office, content).status == "refused"
    both = "charge_id,service_date,posted_date,amount\n1,2026-04-28,2026-05-02,100.00\n"
    assert hand_in(office, both).months == ("2026-05",)


def test_65_a_period_line_that_disagrees_with_the_rows_is_asked_about(office: Office) -> None:
    title = '"Charges posted January 1, 2026 - January 31, 2026"\nPeriod: January 2026\n\n'
    receipt = hand_in(office, title + posted(m2026_01=12, m2026_02=1))
    assert receipt.status == "refused"
    assert "says that it covers 2026-01" in receipt.message
    assert "rows in 2026-02" in receipt.message
    assert (receipt.question, receipt.likely) == (Question.COVERS, "2026-01..2026-02")
    meant = hand_in(
        office, title + posted(m2026_01=12, m2026_02=1), covers=months("2026-01..2026-02")
    )
    assert meant.status == "loaded"


def test_65_a_year_to_date_never_becomes_a_month(office: Office) -> None:
    statement = (
        'Profit and Loss,\nFictional Clinic LLC,\n"January 1-July 9, 2025",\n'
        "Distribution account,Total\nIncome,\nVisits,100.00\nTotal for Income,$100.00\n"
        "Expenses,\nRent,40.00\nTotal for Expenses,$40.00\nNet Income,$60.00\n"
    )
    receipt = hand_in(office, statement)
    assert receipt.status == "refused"
    assert "January 1, 2025 to July 9, 2025" in receipt.message
