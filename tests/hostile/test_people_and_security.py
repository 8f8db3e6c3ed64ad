"""Hostile inputs 77 to 90: people who must not be named, text that wants to act, and words whose
meaning nobody has said."""

import csv
import io
import socket

import pytest

from kpi.access.actor import operator
from kpi.catalogue import kpi
from kpi.ingest.given_back import GivenBack
from kpi.ingest.mapping.profile import read_profile
from kpi.ingest.own_profiles import save_profile
from kpi.months import Month
from kpi.report.neutral import neutral
from kpi.review.scores.scoring import score_document, score_manager
from kpi.score.model import Status
from kpi.score.result import result
from tests.hostile.handed_in import all_cells, hand_in, read
from tests.ingest.opened import opened, take
from tests.office import Office
from tests.score.made import JAN, facts
from tests.scored import assigned, fill, published

VISITS = "appointment_id,start_at,status,provider\n"


def practice_profile(office: Office, text: str) -> None:
    """Saves a profile of the practice's own."""
    save_profile(office.engine, operator(), office.practice.id, "ours", text)


PLANTED = {
    "Patient Name": "Zebedee Quillfeather",
    "DOB": "1931-02-03",
    "SSN": "219-09-9999",
    "Phone": "(555) 010-7788",
    "Address": "12 Nowhere Crescent",
    "MRN": "MRN-7788123",
    "Email": "zebedee@example.invalid",
    "IP": "203.0.113.77",
}


def test_77_columns_of_people_are_dropped_and_listed(office: Office) -> None:
    profile = (
        "title: visits with people\nheader: [Visit, When, St, "
        + ", ".join(PLANTED)
        + "]\nfeeds:\n  appointments: {appointment_id: Visit, start_at: When, status: St}\n"
    )
    practice_profile(office, profile)
    content = (
        ",".join(["Visit", "When", "St", *PLANTED])
        + "\n"
        + ",".join(["A1", "2026-01-05 09:00", "Seen", *PLANTED.values()])
        + "\n"
        + ",".join(["A2", "soon", "Seen", *PLANTED.values()])
        + "\n"
    )
    receipt = hand_in(office, content)
    assert (receipt.added, receipt.quarantined) == (1, 1)
    assert f"Columns not kept: {', '.join(PLANTED)}." in receipt.notes
    kept = "\n".join([*all_cells(office.engine), *receipt.notes, receipt.message])
    for value in (*PLANTED.values(), "Zebedee", "A1"):
        assert value not in kept


@pytest.mark.parametrize(
    "text", ["219-09-9999", "(555) 010-7788", "555-010-7788", "zebedee@example.invalid",
             "call 555.010.7788 after 5"],
)  # fmt: skip
def test_78_a_number_or_address_of_a_person_in_a_text_column_costs_its_row(
    office: Office, text: str
) -> None:
    receipt = hand_in(
        office, VISITS + f"A1,2026-01-05 09:00,Seen,{text}\nA2,2026-01-05 09:30,Seen,Lee\n"
    )
    assert receipt.reasons == {"looks_like_identifier": 1}
    (row,) = receipt.quarantine
    assert (row.line, row.column, row.found) == (2, "provider", None)
    assert not any(text in cell for cell in all_cells(office.engine))


def test_78_comments_are_not_loaded_at_all() -> None:
    """No dataset has a column for them."""
    header = "response_id,question,score,scale_min,scale_max,answered_on,Comment"
    profile = f"""title: ours
header: [{header.replace(",", ", ")}]
feeds:
  surveys: {{response_id: response_id, question: question, score: score, scale_min: scale_min,
            scale_max: scale_max, answered_on: answered_on}}
"""
    reading = opened(
        f"{header}\nS1,access,4,1,5,2026-01-12,Dr. Lee was late and my SSN is 219-09-9999\n",
        own=[read_profile("ours", profile, own=True)],
    )
    assert reading.dropped == ("Comment",)
    (row,) = read(reading)["surveys"].rows
    assert "late" not in str(row)


def test_79_a_score_over_few_answers_is_too_few() -> None:
    """Comments are not kept, and no page breaks a score down by clinician; a KPI under its least
    number of answers has no attainment."""
    found = result(kpi("satisfaction_score"), [JAN], facts({"answers": [4], "answer_share": [3]}))
    assert found.status is Status.TOO_FEW


FORMULAS = ["=cmd|' /C calc'!A1", "+1+1", "@SUM(A1)", "-1+1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_80_formulas_are_kept_as_text_and_made_harmless_where_they_leave(
    office: Office, text: str
) -> None:
    engine = office.engine
    receipt = hand_in(office, VISITS + f'A1,2026-01-05 09:00,Seen,"{text}"\n')
    assert receipt.added == 1
    assert text in list(all_cells(engine))
    assert neutral(text) == f"'{text}"
    refused = GivenBack()
    hand_in(office, VISITS + f'A2,soon,Seen,"{text}"\n', given_back=refused)
    (cells,) = csv.DictReader(io.StringIO(refused.as_csv("appointments")))
    assert cells["provider"] == f"'{text}"


@pytest.mark.parametrize("text", [*FORMULAS, "'tis", "'=1", "''", "-", "- Lee", "'-5"])
def test_80_a_cell_that_was_given_back_comes_again_as_it_was(office: Office, text: str) -> None:
    refused = GivenBack()
    hand_in(office, VISITS + f'A2,soon,Seen,"{text}"\nA3,soon,Seen,Lee\n', given_back=refused)
    mended = refused.as_csv("appointments").replace("soon", "2026-01-05 09:00")
    receipt = hand_in(office, mended)
    assert (receipt.added, receipt.quarantined) == (2, 0)
    # A file of the same rows that were never refused changes nothing.
    direct = VISITS + f'A2,2026-01-05 09:00,Seen,"{text}"\nA3,2026-01-05 09:00,Seen,Lee\n'
    assert hand_in(office, direct).unchanged == 2


def test_80_negative_amounts_and_signs_of_status_are_no_formulas(office: Office) -> None:
    found = take("charge_id,posted_date,amount\nC1,2026-01-12,-5.00\n")
    assert found.rows[0]["amount"] == -500
    refused = GivenBack()
    hand_in(office, "charge_id,posted_date,amount,units\nC1,someday,-5.00,-2\n", given_back=refused)
    (cells,) = csv.DictReader(io.StringIO(refused.as_csv("charges")))
    assert (cells["amount"], cells["units"]) == ("-5.00", "-2.0000")


def test_81_markup_and_statements_in_cells_and_headers_stay_texts(office: Office) -> None:
    nasty = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "'); DROP TABLE uploads;--",
    ]
    content = VISITS + "".join(
        f'A{n},2026-01-05 09:00,Seen,"{text}"\n' for n, text in enumerate(nasty)
    )
    assert hand_in(office, content).added == 3
    assert set(nasty) <= set(all_cells(office.engine))
    receipt = hand_in(
        office, 'complaint_id,received_on,"location""); DROP TABLE uploads;--"\nK-1,2026-01-12,x\n'
    )
    assert receipt.status == "refused"
    assert office.value("2026-01", "visits") == 3


def test_82_addresses_in_cells_are_never_fetched(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_network(*_: object, **__: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    for text in ("\\\\evil.example.invalid\\share", "http://evil.example.invalid/x",
                 "file:///etc/passwd"):  # fmt: skip
        receipt = hand_in(office, VISITS + f"{text},2026-01-05 09:00,Seen,{text}\n")
        assert receipt.status == "loaded"
    page = (
        '<html><link href="http://evil.example.invalid/a.css"><table>'
        "<tr><th>complaint_id</th><th>received_on</th></tr>"
        '<tr><td>K-1<img src="http://evil.example.invalid/i.png"></td><td>2026-01-12</td></tr>'
        "</table></html>"
    )
    assert hand_in(office, page).added == 1


SCHEDULE = """title: schedule
header: [Visit, When, St, Patient]
test_patients: Patient
leave_out:
  - {column: Patient, words: [Lunch, Blocked, Vacation, ""], reason: blocked slot}
feeds:
  appointments: {appointment_id: Visit, start_at: When, status: St}
"""


def scheduled(*patients: str) -> str:
    """A visit for each of the names."""
    return "Visit,When,St,Patient\n" + "".join(
        f'V{n},2026-01-05 {n + 7:02d}:00,Seen,"{name}"\n' for n, name in enumerate(patients)
    )


def test_83_test_patients_are_left_out_by_rule_and_counted(office: Office) -> None:
    content = scheduled(
        "TEST, PATIENT", "ZZTEST, Ann", "99999", "Testa, Maria", "Contest, Joe", "Example, Jane"
    )
    practice_profile(office, SCHEDULE)
    receipt = hand_in(office, content)
    assert (receipt.added, receipt.left_out) == (3, 3)
    assert receipt.reasons == {"test patient": 3}
    # Whoever wants them in takes the line out of the profile.
    practice_profile(office, SCHEDULE.replace("test_patients: Patient\n", ""))
    assert hand_in(office, content).added == 3


def test_84_slots_that_are_no_visits_are_left_out_and_counted(office: Office) -> None:
    practice_profile(office, SCHEDULE)
    receipt = hand_in(office, scheduled("Lunch", "BLOCKED", "", "Example, Jane"))
    assert receipt.reasons == {"blocked slot": 3}
    assert office.value("2026-01", "bookings") == 1


LINES = """title: lines with a void flag
header: [Line, Posted, Fee, Active]
leave_out:
  - {column: Active, words: ["0"], reason: voided}
feeds:
  charges: {charge_id: Line, posted_date: Posted, amount: Fee}
"""


def test_85_voided_rows_are_left_out_and_reversals_net(office: Office) -> None:
    practice_profile(office, LINES)
    receipt = hand_in(
        office,
        "Line,Posted,Fee,Active\n1,2026-01-05,100.00,1\n2,2026-01-05,80.00,0\n"
        "3,2026-01-06,50.00,1\n4,2026-01-07,-50.00,1\n",
    )
    assert receipt.reasons == {"voided": 1}
    assert office.value("2026-01", "gross_charges") == 100


def test_86_names_in_two_spellings_are_said_and_never_merged(office: Office) -> None:
    names = [
        "Smith, J MD", "SMITHJ - Smith, John", "Smith, Jane", "Wu", "Lee, Ann", "LEE ANN", "Wu, B",
    ]  # fmt: skip
    content = VISITS + "".join(
        f'A{n},2026-01-05 09:0{n},Seen,"{name}"\n' for n, name in enumerate(names)
    )
    receipt = hand_in(office, content)
    said = [note for note in receipt.notes if "two spellings" in note]
    assert (
        "provider in lines 2 and 3 looks like one name in two spellings; they are kept apart."
        in said
    )
    assert any("lines 6 and 7" in note for note in said)
    assert not any("lines 3 and 4" in note for note in said)  # John and Jane are two
    assert not any(name in note for name in names for note in receipt.notes)
    assert set(names) <= set(all_cells(office.engine))


@pytest.mark.parametrize(
    ("one", "other"), [("Lee, Ann", "L\u0435\u0435, Ann"), ("Munoz", "Mu\u00f1oz")]
)
def test_86_letters_of_another_alphabet_and_accents_are_another_spelling(
    office: Office, one: str, other: str
) -> None:
    content = f'{VISITS}A1,2026-01-05 09:00,Seen,"{one}"\nA2,2026-01-05 09:10,Seen,"{other}"\n'
    assert any(
        "lines 2 and 3 looks like one name" in note for note in hand_in(office, content).notes
    )


def test_86_a_name_is_compared_with_those_of_the_months_before(office: Office) -> None:
    january = "".join(f'A{n},2026-01-05 09:0{n},Seen,"Smith, J MD"\n' for n in range(3))
    hand_in(office, VISITS + january)
    named = 'B1,2026-02-05 09:00,Seen,"Smith, J MD"\nB2,2026-02-05 09:10,Seen,"SMITH, JANE"\n'
    receipt = hand_in(office, f'{VISITS}{named}B3,2026-02-05 09:20,Seen,"Smyth, J"\n')
    said = (
        "provider in line 3 looks like a name of the months before in another spelling; they are "
        "kept apart."
    )
    assert [note for note in receipt.notes if "months before" in note] == [said]
    # The same name again says nothing, and a year later there is nothing to compare it with.
    for month in ("2026-03", "2027-06"):
        later = hand_in(office, f'{VISITS}C{month},{month}-05 09:00,Seen,"Smith, J MD"\n')
        assert not any("months before" in note for note in later.notes)


def test_87_a_status_that_nobody_knows_counts_nowhere(office: Office) -> None:
    many = "".join(f"A{n},2026-01-05 09:00,Seen,Lee\n" for n in range(10))
    receipt = hand_in(office, VISITS + many + "A90,2026-01-05 09:00,Bumped,Lee\n")
    (row,) = receipt.quarantine
    assert (row.line, row.column, row.reason, row.found) == (
        12,
        "status",
        "unknown_value",
        "Bumped",
    )
    assert office.value("2026-01", "bookings") == 10
    receipt = hand_in(office, VISITS + many.replace("Seen", "Bumped"))
    assert receipt.status == "refused"
    assert "known: scheduled, completed, no_show, cancelled, rescheduled" in receipt.message


def test_88_an_empty_status_means_what_a_profile_says(office: Office) -> None:
    content = "Visit,When,St\nV1,2026-01-05 09:00,\nV2,2026-01-05 10:00,Complete\n"
    profile = """title: appointments without a status
header: [Visit, When, St]
feeds:
  appointments:
    appointment_id: Visit
    start_at: When
    status: {column: St, values: {"": scheduled}}
"""
    practice_profile(office, profile)
    receipt = hand_in(office, content)
    assert (receipt.added, receipt.quarantined) == (2, 0)
    assert office.value("2026-01", "unresolved") == 1
    found = take("appointment_id,start_at,status\nV1,2026-01-05 09:00,\n")
    assert found.refused == [(2, "status", "blank")]


def test_89_a_month_without_data_is_no_zero_and_the_others_carry_the_score(
    office: Office,
) -> None:
    """Without March's complaints their weight of 20 drops out: the others' attainments of 75, 50
    and 100 give (40·75 + 30·50 + 10·100) / 80 = 68.75, over four fifths of the weight."""
    loaded = fill(office)
    published(office)
    assigned(office)
    office.undo(loaded[8])
    first, last = Month(2026, 1), Month(2026, 3)
    found = score_document(score_manager(office.engine, operator(), "dana", first, last))
    (lacking,) = [row for row in found["kpis"] if row["id"] == "complaints_resolved_in_7_days"]
    assert (lacking["status"], lacking["value"], lacking["points"]) == ("no_data", None, None)
    assert "complaints for March 2026" in lacking["reason"]
    assert found["score"] == pytest.approx(68.75)
    assert found["coverage"] == pytest.approx(0.8)
    assert found["score_range"][0] < 68.75 < found["score_range"][1]


SURVEYS = "response_id,question,score,scale_min,scale_max,answered_on\n"


def test_90_another_scale_than_before_is_said_and_a_reversed_one_is_turned(
    office: Office,
) -> None:
    hand_in(office, SURVEYS + "S1,access,4,1,5,2026-01-12\nS2,access,5,1,5,2026-01-13\n")
    receipt = hand_in(office, SURVEYS + "S3,access,9,0,10,2026-02-12\n")
    assert (
        "A question is answered on another scale than before (first in line 2): its figures "
        "before and after do not compare." in receipt.notes
    )
    again = hand_in(office, SURVEYS + "S4,access,8,0,10,2026-02-13\n")
    assert any("another scale" in note for note in again.notes)
    assert office.value("2026-02", "answer_share") == pytest.approx(0.9 + 0.8)
    profile = """title: marks
header: [No, Day, Mark, Best is lowest]
feeds:
  surveys:
    response_id: No
    answered_on: Day
    question: {constant: access}
    score: {column: Mark, turned: Best is lowest}
    scale_min: {constant: "1"}
    scale_max: {constant: "6"}
"""
    reading = opened(
        "No,Day,Mark,Best is lowest\n1,2026-01-12,1,true\n2,2026-01-12,2,true\n",
        own=[read_profile("ours", profile, own=True)],
    )
    assert [row["score"] for row in read(reading)["surveys"].rows] == [60000, 50000]


def test_90_answers_outside_of_the_stated_scale_are_refused() -> None:
    found = take(SURVEYS + "S1,access,9,1,5,2026-01-12\nS2,access,4,1,5,2026-01-12\n")
    assert found.refused == [(2, "score", "score_outside_scale")]
