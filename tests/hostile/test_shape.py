"""Hostile inputs 18 to 38: separators, headers, footers, and rows of odd widths."""

import pytest

from kpi.errors import FileRefused
from kpi.ingest.files.opening import open_grids
from kpi.ingest.mapping.profile import Profile, read_profile
from kpi.ingest.mapping.proposal import propose
from kpi.ingest.questions import FileAsks, Question
from tests.hostile.handed_in import COMPLAINTS, GOOD, hand_in, read, rows
from tests.ingest.opened import opened, source, take
from tests.office import Office

CHARGES = "charge_id,posted_date,amount,provider\n"


def refusal_of(content: str, dataset: str | None = None) -> str:
    """The sentence with which a file is refused, at the latest when its rows are read."""
    with pytest.raises(FileRefused) as refusal:
        read(opened(content, dataset))
    return str(refusal.value)


def own(text: str) -> list[Profile]:
    """A profile that the practice has saved."""
    return [read_profile("ours", text, own=True)]


@pytest.mark.parametrize(
    ("sign", "said"), [(";", "Semicolon"), ("\t", "Tab"), ("|", "Vertical bar"), (",", "Comma")]
)
def test_18_the_separator_is_found_from_many_lines(sign: str, said: str) -> None:
    lines = [COMPLAINTS.strip().split(","), *(row.split(",") for row in rows(20).splitlines())]
    lines[3][3] = '"waiting; long, too long"'
    reading = opened("\n".join(sign.join(line) for line in lines) + "\n")
    assert reading.dialect.startswith(f"{said}-separated")
    found = read(reading)["complaints"]
    assert len(found.rows) == 20
    assert found.rows[2]["category"] == "waiting; long, too long"


def test_18_a_file_that_two_separators_explain_is_asked_about() -> None:
    said = refusal_of("a,b;c\n1,2;3\n4,5;6\n")
    assert "could be separated by comma or by semicolon" in said
    assert "sep=;" in said


def test_18_a_semicolon_goes_with_the_decimal_comma() -> None:
    found = take(
        "charge_id;posted_date;amount\nC1;2026-01-12;1.234,50\nC2;2026-01-12;7,5\n"
        "C3;2026-01-13;1.000\n"
    )
    assert [row["amount"] for row in found.rows] == [123450, 750, 100000]


PREAMBLE = (
    "Lakeside Example Clinic\nComplaints received\n"
    '"Period: January 1, 2026 - January 31, 2026"\nFilter: all,,\n\n'
)


def test_19_lines_above_the_header_are_passed_over_and_say_the_period() -> None:
    reading = opened(PREAMBLE + COMPLAINTS + rows(3))
    assert "header in line 6" in reading.dialect
    assert [str(month) for month in reading.covers] == ["2026-01"]
    found = read(reading)["complaints"]
    assert [row["line"] for row in found.rows] == [7, 8, 9]
    assert found.read == 3


def test_20_footers_are_no_rows_and_their_totals_are_compared() -> None:
    body = CHARGES + "C1,2026-01-12,100.00,Lee\nC2,2026-01-13,50.50,Lee\n"
    footer = (
        "Grand Total,,{},\nTotal number of charges: 2,,,\n"
        '"Accrual Basis Wednesday, July 09, 2025 04:19 PM GMTZ",,,\nPage 1 of 3,,,\n'
        "Printed 02/03/2026 10:15 AM,,,\n"
    )
    agreeing = opened(body + footer.format("150.50"))
    found = read(agreeing)["charges"]
    assert found.left_out == {"total row": 1, "footer": 4}
    assert (len(found.rows), found.read) == (2, 7)
    assert "All 2 totals of the file agree with its rows." in agreeing.notes
    differing = opened(body + footer.format("151.00"))
    read(differing)
    assert any(
        "Line 4, amount: the file says 151.00, the rows add up to 150.50." in note
        for note in differing.notes
    )


def test_21_subtotals_are_no_rows_and_a_patient_called_total_survives() -> None:
    reading = opened(
        CHARGES + "C1,2026-01-12,100.00,Total\nC2,2026-01-13,50.50,Dr. Totale\n"
        "Totals for Dr Lee,,150.50,\nC3,2026-01-13,9.50,Lee\nLee Total,,9.50,\n"
        "Grand Total,,160.00,\n"
    )
    found = read(reading)["charges"]
    assert [row["provider"] for row in found.rows] == ["Total", "Dr. Totale", "Lee"]
    assert found.left_out == {"total row": 3}
    assert "All 3 totals of the file agree with its rows." in reading.notes


def test_22_a_header_repeated_on_each_page_is_no_row() -> None:
    found = take(COMPLAINTS + rows(2) + COMPLAINTS + rows(2, 3) + "\f" + COMPLAINTS + rows(1, 5))
    assert found.left_out == {"repeated header": 2}
    assert len(found.rows) == 5


GROUPED = """title: schedule by provider
header: [Provider, Visit, Day, Result]
fill_down: [Provider]
feeds:
  appointments:
    appointment_id: Visit
    start_at: Day
    status: Result
    provider: Provider
"""


def test_23_a_group_named_on_its_first_row_only_is_filled_down() -> None:
    content = (
        "Provider,Visit,Day,Result\nDr. Lee,1,2026-01-05 09:00,Seen\n,2,2026-01-05 10:00,Seen\n"
        "Dr. Wu,3,2026-01-06 09:00,Seen\n,4,2026-01-06 10:00,\n"
    )
    found = read(opened(content, own=own(GROUPED)))["appointments"]
    assert [row["provider"] for row in found.rows] == ["Dr. Lee", "Dr. Lee", "Dr. Wu"]
    # Only what the profile calls a group is filled: a status that is lacking stays so.
    assert found.refused == [(5, "status", "blank")]


def test_23_a_group_on_a_row_of_its_own_heads_those_below() -> None:
    profile = GROUPED.replace("[Provider, Visit, Day, Result]", "[Visit, Day, Result]").replace(
        "fill_down: [Provider]", "group: Provider"
    )
    content = (
        "Visit,Day,Result\nDr. Lee,,\n1,2026-01-05 09:00,Seen\nDr. Wu,,\n2,2026-01-06 09:00,Seen\n"
    )
    found = read(opened(content, own=own(profile)))["appointments"]
    assert [row["provider"] for row in found.rows] == ["Dr. Lee", "Dr. Wu"]
    assert found.left_out == {"group heading": 2}


def test_24_a_header_of_two_rows_is_one_header() -> None:
    profile = """title: hours in two rows
header: [Employee, Ending, Hours]
header_rows: 2
feeds:
  staff_hours:
    employee_id: Employee
    period_end: Ending
    regular_hours: "Hours: Regular"
    overtime_hours: "Hours: Overtime"
"""
    content = (
        "Employee,Ending,Hours,\n,,Regular,Overtime\nE1,2026-01-11,72,1.5\nE2,2026-01-11,80,\n"
    )
    found = read(opened(content, profile="ours", own=own(profile)))["staff_hours"]
    assert [(row["line"], row["regular_hours"]) for row in found.rows] == [(3, 720000), (4, 800000)]


def test_24_a_row_of_questions_and_one_of_import_ids_are_no_rows() -> None:
    profile = """title: answers
header: [ResponseId, RecordedDate, Q1]
melt:
  columns: {Q1: {question: access, scale_min: 1, scale_max: 5}}
  value: score
  blank: no answer
feeds:
  surveys:
    response_id: ResponseId
    answered_on: RecordedDate
    question: question
    score: score
    scale_min: scale_min
    scale_max: scale_max
"""
    content = (
        "ResponseId,RecordedDate,Q1\nResponse ID,Recorded Date,How easy was it?\n"
        '"{""ImportId"":""_recordId""}","{""ImportId"":""recordedDate""}","{""ImportId"":""QID1""}"\n'
        "R_1,2026-01-12,4\nR_2,2026-01-13,5\n"
    )
    found = read(opened(content, own=own(profile)))["surveys"]
    assert [(row["line"], row["score"]) for row in found.rows] == [(4, 40000), (5, 50000)]
    assert found.read == 2


def test_25_two_columns_of_one_name_are_asked_about_where_one_is_needed() -> None:
    said = refusal_of("charge_id,posted_date,amount,Amount\nC1,2026-01-12,5,6\n")
    assert "column 4 ('amount') has the same name as one before it" in said
    assert "Rename or remove one" in said
    assert ".1" not in said
    reading = opened(
        "Visit,Day,Result,Provider,Note,Note\n1,2026-01-05 09:00,Seen,Lee,a,b\n",
        own=own(GROUPED.replace("Day, Result]", "Day, Result, Note]")),
    )
    assert reading.dropped == ("Note", "Note")  # neither is needed, so neither is in the way


def test_26_a_column_without_a_name_is_not_kept_and_said() -> None:
    reading = opened("complaint_id,,received_on,\nK-1,secret,2026-01-12,\n")
    assert reading.dropped == ("column 2 (it has no name)",)
    (row,) = read(reading)["complaints"].rows
    assert "secret" not in row.values()


def test_27_names_are_compared_without_case_blanks_and_marks() -> None:
    reading = opened(" Complaint ID , RECEIVED\u00a0on*,\ufeffResolved_On\nK-1,2026-01-12,\n")
    assert len(read(reading)["complaints"].rows) == 1


def test_28_renamed_columns_are_asked_about_once_and_remembered() -> None:
    content = "Visit Number,Visit Start,Visit Result\n1,2026-01-05 09:00,Seen\n"
    with pytest.raises(FileAsks) as refusal:
        opened(content)
    assert refusal.value.question is Question.MAPPING
    profile = """title: visits
header: [Visit Number, Visit Start, Visit Result]
feeds:
  appointments: {appointment_id: Visit Number, start_at: Visit Start, status: Visit Result}
"""
    assert len(read(opened(content, own=own(profile)))["appointments"].rows) == 1
    with pytest.raises(FileRefused, match="was mapped as 'ours', but now has Room"):
        opened(content.replace("Result\n", "Result,Room\n").replace("Seen", "Seen,2"),
               own=own(profile))  # fmt: skip


def test_29_columns_in_any_order_and_without_optional_ones() -> None:
    found = take("received_on,complaint_id\n2026-01-12,K-1\n")
    assert len(found.rows) == 1


def test_29_a_required_column_that_is_missing_is_named_with_the_nearest() -> None:
    said = refusal_of("complaint_id,recieved_on,category\nK-1,2026-01-12,waiting\n")
    assert "lacks received_on" in said
    assert "'recieved_on' Did you mean 'received_on'" in said.replace(".", "")
    assert "nearest to complaints" in said


def test_30_rows_of_another_width() -> None:
    found = take(
        COMPLAINTS + "K-1,2026-01-12\nK-2\nK-3,2026-01-12,,a,b\nK-4,2026-01-12,,a,,\n" + rows(9, 5)
    )
    assert found.refused == [(3, "", "too_few_cells"), (4, "", "too_many_cells")]
    assert len(found.rows) == 11
    assert found.quarantined[1].key is None  # which cell is which cannot be told


def test_30_a_header_shorter_than_its_rows_stops_and_never_shifts() -> None:
    said = refusal_of("charge_id,posted_date,amount\n" + "C1,2026-01-12,5,41\n" * 4)
    assert "names 3 columns, but 4 of the first 4 rows have more" in said
    # The trailing comma of some systems is no column.
    assert len(take(COMPLAINTS.replace("\n", ",\n") + rows(5).replace("\n", ",\n")).rows) == 5


def test_31_a_quotation_mark_that_never_closes_costs_its_row_only() -> None:
    content = COMPLAINTS + rows(3) + 'K-9,2026-01-12,,"a\n' + rows(700, 10)
    found = take(content)
    assert found.refused == [(5, "", "unclosed_quote")]
    assert len(found.rows) == 703
    assert found.rows[3]["line"] == 6


def test_32_line_breaks_within_quotes_are_text_and_lines_are_physical() -> None:
    found = take(
        COMPLAINTS + 'K-1,2026-01-12,,"long, ""very"" long\nwait"\nK-2,2026-01-13,,x\n'
        "K-3,someday,,x\n"
    )
    assert found.rows[0]["category"] == 'long, "very" long wait'
    assert [row["line"] for row in found.rows] == [2, 4]
    assert found.refused == [(5, "received_on", "not_a_date")]


def test_33_other_ways_of_quoting_are_tried_and_said() -> None:
    backslash = COMPLAINTS + "".join(
        f'K-{n},2026-01-12,,"waited \\"long\\", he said"\n' for n in range(1, 6)
    )
    reading = opened(backslash)
    assert "with backslashes before quotation marks" in reading.dialect
    assert {row["category"] for row in read(reading)["complaints"].rows} == {
        'waited "long", he said'
    }
    single = COMPLAINTS + "".join(f"'K-{n}','2026-01-12','','waiting, long'\n" for n in range(1, 6))
    reading = opened(single)
    assert "with single quotation marks" in reading.dialect
    assert {row["category"] for row in read(reading)["complaints"].rows} == {"waiting, long"}


def test_33_an_inch_mark_is_a_sign_like_any() -> None:
    found = take(COMPLAINTS + "K-1,2026-01-12,,door 5'10\" too low\n" + rows(2, 2))
    assert found.rows[0]["category"] == "door 5'10\" too low"
    assert len(found.rows) == 3


def test_34_a_file_without_a_header_is_asked_about_and_shows_nobody() -> None:
    said = refusal_of("Example,Jane,1950-01-01\nSample,Joe,1960-02-02\n")
    assert "perhaps the first line is no header" in said
    assert "Jane" not in said
    assert "line 1" in refusal_of(rows(5), "complaints")


def test_35_several_tables_in_one_file_are_asked_about() -> None:
    said = refusal_of(
        COMPLAINTS + rows(2) + "\nCharges\ncharge_id,posted_date,amount\nC1,2026-01-12,5\n"
    )
    assert "holds more than one table: another header stands in line 6" in said


WIDE = """title: budget by month
header: [Account]
melt: {columns: months, value: amount}
feeds:
  ledger: {month: month, account: Account, kind: {constant: expense}, amount: amount}
"""


def test_36_a_column_a_month_becomes_a_row_a_month_and_a_total_is_no_month() -> None:
    content = (
        'Account,Jan 2026,Feb 2026,"Mar 1 - 9, 2026",Total\nRent,10,10,3,23\nSupplies,5,,1,6\n'
    )
    reading = opened(content, profile="ours", own=own(WIDE))
    found = read(reading)["ledger"]
    assert [(row["account"], row["month"], row["amount"]) for row in found.rows] == [
        ("Rent", 202601, 1000), ("Rent", 202602, 1000), ("Supplies", 202601, 500),
    ]  # fmt: skip
    assert found.left_out == {"no value": 1}
    assert "Total" in reading.dropped
    assert any("'Mar 1 - 9, 2026' is left out: it is no whole month" in n for n in reading.notes)


def test_37_a_file_that_lies_on_its_side_is_asked_about() -> None:
    said = refusal_of(
        "complaint_id,K-1,K-2\nreceived_on,2026-01-12,2026-01-13\ncategory,waiting,billing\n"
    )
    assert "lies on its side" in said
    assert "Transpose" in said
    assert "K-1" not in said


def test_38_marked_lines_before_and_after_are_no_rows() -> None:
    content = (
        "!PAYDATA v2\n# exported by nobody\n" + COMPLAINTS + rows(2) + "!\n!END,,,\n# 2 rows,,,\n"
    )
    found = take(content)
    assert len(found.rows) == 2
    assert found.left_out == {"comment line": 3}


def test_28_what_is_asked_is_answered_from_a_proposal() -> None:
    content = "Appointment ID,Scheduled Time,Status,Doctor\n" + "".join(
        f"A{n},2026-01-05 {n + 8:02d}:00,Seen,Dr. Lee\n" for n in range(1, 6)
    )
    (grid,) = open_grids(source(content), "file.csv")
    proposal = propose(grid)
    assert proposal.dataset.name == "appointments"
    profile = proposal.profile("ours")
    assert len(read(opened(content, own=[profile]))["appointments"].rows) == 5


def test_the_books_balance_in_the_receipt(office: Office) -> None:
    receipt = hand_in(office, PREAMBLE + COMPLAINTS + rows(30) + "K-99,soon,,x\nTotal,,,\n")
    assert (receipt.read, receipt.added, receipt.left_out, receipt.quarantined) == (32, 30, 1, 1)


def test_what_is_asked_for_by_name_is_there_or_the_nearest_is_named() -> None:
    with pytest.raises(FileRefused, match=r"no dataset 'complaint'\. Did you mean 'complaints'"):
        opened(GOOD, "complaint")
    with pytest.raises(FileRefused, match=r"no profile 'sinthea_encounters'\. Did you mean"):
        opened(GOOD, None, "sinthea_encounters")
    with pytest.raises(FileRefused, match=r"is not Synthea encounters\.csv: its header lacks Id"):
        opened(GOOD, None, "synthea_encounters")


def test_a_first_line_of_signs_names_no_columns() -> None:
    assert "names no columns" in refusal_of("--\nK-1\n")


def test_a_heading_that_is_somebodys_number_is_not_shown() -> None:
    said = refusal_of(
        "complaint_id,received_on,219-09-9999,zebedee@example.invalid\nK-1,2026-01-12,,\n"
    )
    assert "219" not in said
    assert "zebedee" not in said


def test_a_row_whose_place_in_its_period_cannot_be_read_is_refused() -> None:
    """Found by the soak: such a row had no key, and none may be stored without."""
    found = take("month,account,kind,amount,location\n2026-01,Rent,expense,10,*\n")
    assert found.refused == [(2, "location", "reserved")]


def test_a_digit_that_is_no_digit_is_no_number() -> None:
    """Found by the soak: Python calls a superscript a digit and then does not read it."""
    found = take("appointment_id,start_at,status,scheduled_minutes\nA1,2026-01-05 09:00,Seen,4²0\n")
    assert found.blanked == {"scheduled_minutes: not_a_number": 1}
