"""Files that come again: the same, saved anew, corrected, late, overlapping, or too old."""

import io

from openpyxl import Workbook
from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.ingest.ingestion import ingest
from kpi.ingest.questions import Question
from kpi.ingest.receipt import Receipt
from tests.office import Office

HEADER = "charge_id,posted_date,amount,location\n"
ROWS = (("C1", "2026-01-05", "100.00", "East"), ("C2", "2026-01-31", "50.00", "West"))


def text_of(*rows: tuple[str, ...]) -> str:
    return HEADER + "".join(",".join(row) + "\n" for row in rows)


def offered(
    office: Office, content: str | bytes, name: str = "charges.csv", **said: bool
) -> Receipt:
    """Loaded as a command does it: nothing is allowed that was not said."""
    data = content.encode() if isinstance(content, str) else content
    (receipt,) = ingest(office.engine, operator(), "lakeside", io.BytesIO(data), name, **said)
    return receipt


def as_workbook(*rows: tuple[str, ...]) -> bytes:
    book = Workbook()
    book.active.append(HEADER.strip().split(","))
    for row in rows:
        book.active.append([*row[:2], float(row[2]), row[3]])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_the_same_content_saved_anew_is_recognised(engine: Engine) -> None:
    """In another order, with other quotes and line ends, in another encoding, as a workbook."""
    office = Office(engine)
    first = offered(office, text_of(*ROWS))
    quoted = '"charge_id","posted_date","amount","location"\r\n' + "".join(
        ",".join(f'"{cell}"' for cell in row) + "\r\n" for row in reversed(ROWS)
    )
    saved = [quoted, text_of(*ROWS).encode("utf-16"), as_workbook(*ROWS), text_of(*ROWS)]
    for content in saved:
        again = offered(office, content, "saved.xlsx" if content[:2] == b"PK" else "saved.csv")
        assert (again.status, again.unchanged) == ("duplicate", 2)
        assert f"was loaded as upload {first.id} on" in again.message
    assert "The same content, saved anew," in offered(office, quoted + "\r\n").message
    assert "The same file was loaded" in again.message
    office.undo(first.id or 0)
    assert office.value("2026-01", "gross_charges") == 150  # the others say it still


def test_the_same_content_by_period(engine: Engine) -> None:
    office = Office(engine)
    header = "month,account,kind,amount,location,part\n"
    rows = [
        "2026-01,Visits,revenue,100,East,insurance\n",
        "2026-01,Visits,revenue,40,East,patient\n",
    ]
    offered(office, header + "".join(rows))
    again = offered(office, header + "".join(reversed(rows)))
    assert (again.status, again.unchanged, again.removed) == ("duplicate", 2, 0)
    other = offered(office, header + rows[0].replace("East", "West"))
    assert (other.status, other.added, other.removed) == ("loaded", 1, 0)
    assert office.value("2026-01", "revenue") == 240
    assert office.value("2026-01", "revenue", "East") == 140


def test_a_file_that_a_later_one_changed_is_no_duplicate(engine: Engine) -> None:
    office = Office(engine)
    offered(office, text_of(*ROWS))
    offered(office, text_of(("C1", "2026-01-05", "90.00", "East")))
    again = offered(office, text_of(*ROWS), allow_old=True)
    assert (again.status, again.changed, again.unchanged) == ("loaded", 1, 1)


def test_rows_that_go_back_ask_first_and_only_those(engine: Engine) -> None:
    """C1 was 100.00 and is 90.00: the old export would bring 100.00 back, a new one with 80.00
    does not; and once the correction is undone, the first export says what stands."""
    office = Office(engine)
    offered(office, text_of(*ROWS))
    corrected = offered(office, text_of(("C1", "2026-01-05", "90.00", "East")))
    refused = offered(office, text_of(*ROWS, ("C3", "2026-02-02", "1.00", "East")))
    assert refused.status == "refused"
    assert "Is this an old export?" in refused.message
    assert refused.question is Question.OLD_EXPORT
    assert office.value("2026-01", "gross_charges") == 140
    assert office.value("2026-02", "gross_charges") == 0  # nothing of it is kept
    newer = offered(office, text_of(("C1", "2026-01-05", "80.00", "East")))
    assert newer.status == "loaded"
    office.undo(newer.id or 0)
    office.undo(corrected.id or 0)
    assert offered(office, text_of(*ROWS)).status == "duplicate"


def test_overlapping_exports_count_what_they_share_once(engine: Engine) -> None:
    """5 to 31 January, then 31 January to 9 February, with the 31st in both; undone one by one."""
    office = Office(engine)
    first = office.load(text_of(*ROWS))
    second = offered(office, text_of(ROWS[1], ("C3", "2026-02-09", "7.00", "West")))
    assert (second.added, second.unchanged) == (1, 1)
    assert office.value("2026-01", "gross_charges") == 150
    office.undo(first)
    assert office.value("2026-01", "gross_charges") == 50
    office.undo(second.id or 0)
    assert office.of("charges", "2026-01") == office.of("charges", "2026-02") == {}


def test_a_posting_that_comes_late_counts_in_its_own_month(engine: Engine) -> None:
    office = Office(engine)
    office.load(text_of(*ROWS))
    late = office.load(
        text_of(("C9", "2026-01-30", "25.00", "East"), ("C4", "2026-02-02", "5.00", "East"))
    )
    assert office.value("2026-01", "gross_charges") == 175
    assert office.value("2026-02", "gross_charges") == 5
    office.undo(late)
    assert office.value("2026-01", "gross_charges") == 150


def test_replacing_takes_away_what_the_covered_months_and_places_lack(engine: Engine) -> None:
    """C1 of East in January goes; West is not in the file, and February is not covered. Undone in
    the middle, it comes back."""
    office = Office(engine)
    office.load(text_of(*ROWS, ("C3", "2026-02-02", "7.00", "East")))
    corrected = office.load(
        text_of(("C5", "2026-01-06", "60.00", "East")), covers="2026-01", replace=True
    )
    assert office.value("2026-01", "gross_charges", "East") == 60
    assert office.value("2026-01", "gross_charges") == 110
    assert office.value("2026-02", "gross_charges") == 7
    office.load(text_of(("C5", "2026-01-06", "61.00", "East")))
    office.undo(corrected)
    assert office.value("2026-01", "gross_charges", "East") == 161


def test_an_undone_upload_in_the_middle_leaves_what_the_others_say(engine: Engine) -> None:
    """Three files fill one record: who is seen when, where, and by whom."""
    office = Office(engine)
    first = "appointment_id,start_at,status\nA1,2026-01-05 09:00,completed\n"
    office.load(first)
    office.load("appointment_id,arrived_at\nA1,2026-01-05 08:50\n", "appointments")
    seen = office.load(
        "appointment_id,seen_at,location\nA1,2026-01-05 09:12,East\n", "appointments"
    )
    moved = office.load("appointment_id,location\nA1,West\n", "appointments")
    assert office.counts("2026-01", "waits", "West") == {12: 1}
    office.undo(seen)
    assert office.counts("2026-01", "waits") == {}
    assert office.value("2026-01", "visits", "West") == 1
    office.undo(moved)
    assert office.value("2026-01", "visits", "West") == 0
    assert office.value("2026-01", "visits") == 1
