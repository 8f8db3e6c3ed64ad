"""Files with a dataset's own columns."""

import hashlib
import hmac
from datetime import date, datetime

import pytest

from kpi.datasets import all_datasets
from kpi.datasets.stored import days_of, seconds_of
from kpi.errors import FileRefused
from kpi.ingest.questions import FileAsks, Question
from tests.ingest.opened import opened, take, taken


def test_a_file_with_the_dataset_s_columns_needs_no_profile() -> None:
    reading = opened(
        "status,APPOINTMENT ID,Start_At,scheduled minutes,new_patient\n"
        "Checked Out,A-1,2026-01-05 09:00,20,yes\n"
    )
    assert reading.profile == "canonical"
    (feed,) = reading.feeds
    assert feed.columns == (
        "appointment_id", "start_at", "status", "scheduled_minutes", "new_patient",
    )  # fmt: skip
    (row,) = taken(reading)["appointments"].rows
    assert row == {
        "key": hmac.digest(
            b"a key that only the tests know",
            b"lakeside\x1fappointment\x1fa-1",
            hashlib.sha256,
        )[:16],
        "line": 2,
        "unreadable": 0,
        "start_at": seconds_of(datetime(2026, 1, 5, 9)),
        "status": "completed",
        "scheduled_minutes": 20,
        "new_patient": 1,
    }


@pytest.mark.parametrize("dataset", all_datasets(), ids=lambda each: each.name)
def test_the_template_s_example_is_read(dataset) -> None:  # type: ignore[no-untyped-def]
    cells = [column.example for column in dataset.columns]
    found = take(f"{','.join(dataset.names)}\n{','.join(cells)}\n")
    if dataset.name == "surveys":
        assert not found.refused
    assert (len(found.rows), found.refused) == (1, [])


def test_money_is_kept_in_cents_and_decimals_in_ten_thousandths() -> None:
    found = take(
        "charge_id,posted_date,amount,units,claim_id\n"
        'C1,2026-01-06,"$1,234.50",1.5,K1\nC2,2026-01-06,(50.00),2,\nC3,2026-01-06,"-$2,916.00",,K1\n'
    )
    assert [row["amount"] for row in found.rows] == [123450, -5000, -291600]
    assert [row["units"] for row in found.rows] == [15000, 20000, None]
    ids = [row["claim_id"] for row in found.rows]
    assert ids[0] == ids[2]
    assert (len(ids[0]), ids[1]) == (16, None)


def test_claims_link_across_datasets() -> None:
    charge = take("charge_id,posted_date,amount,claim_id\n1,2026-01-06,1,K-9\n").rows[0]
    payment = take(
        "payment_id,posted_date,amount,kind,claim_id\n1,2026-01-06,1,payment, k-9 \n"
    ).rows[0]
    assert charge["claim_id"] == payment["claim_id"]
    assert charge["key"] != payment["key"]


def test_dates_are_days_and_slashed_ones_are_told_from_the_column() -> None:
    found = take(
        "complaint_id,received_on,resolved_on\nK1,1/5/2026,1/13/2026\nK2,12/25/2025,2/1/2026\n"
    )
    assert [row["received_on"] for row in found.rows] == [
        days_of(date(2026, 1, 5)), days_of(date(2025, 12, 25)),
    ]  # fmt: skip
    assert found.rows[1]["resolved_on"] == days_of(date(2026, 2, 1))


def test_the_order_of_slashed_dates_is_said_on_the_receipt() -> None:
    reading = opened("complaint_id,received_on\nK1,25/12/2025\nK2,3/4/2026\n")
    rows = taken(reading)["complaints"].rows
    assert rows[1]["received_on"] == days_of(date(2026, 4, 3))
    assert "Dates in 'received_on' were read as day/month/year." in reading.notes


def test_dates_that_nothing_decides_refuse_the_file() -> None:
    with pytest.raises(FileAsks, match=r"'received_on'.*YYYY-MM-DD"):
        opened("complaint_id,received_on\nK1,3/4/2026\nK2,5/6/2026\n")


def test_stamps_in_utc_are_brought_to_the_practice_s_clock() -> None:
    found = take(
        "appointment_id,start_at,status\n"
        "1,2025-06-01T02:00:00Z,completed\n2,2025-12-01T02:00:00+01:00,completed\n"
    )
    assert [row["start_at"] for row in found.rows] == [
        seconds_of(datetime(2025, 5, 31, 22)), seconds_of(datetime(2025, 11, 30, 20)),
    ]  # fmt: skip


def test_the_other_forms_of_times() -> None:
    found = take(
        "appointment_id,start_at,status,arrived_at\n"
        "1,2025-06-01 08:00:30,completed,\n2,6/13/2025 1:05 PM,completed,6/13/2025 12:55 pm\n"
        "3,2025-06-01 12:00,completed,2025-06-01\n"
    )
    assert [row["start_at"] for row in found.rows] == [
        seconds_of(datetime(2025, 6, 1, 8, 0, 30)),
        seconds_of(datetime(2025, 6, 13, 13, 5)),
        seconds_of(datetime(2025, 6, 1, 12)),
    ]
    assert found.rows[1]["arrived_at"] == seconds_of(datetime(2025, 6, 13, 12, 55))
    assert found.blanked == {"arrived_at: no_time_of_day": 1}


def test_an_optional_cell_that_cannot_be_read_is_blank_and_marked() -> None:
    found = take(
        "appointment_id,start_at,status,scheduled_minutes,changed_by\n"
        "1,2026-01-05 09:00,completed,soon,nobody\n2,2026-01-05 09:00,completed,-5,\n"
    )
    assert [row["scheduled_minutes"] for row in found.rows] == [None, None]
    # Bit i is the dataset's column i: scheduled_minutes is column 3, changed_by column 15.
    assert [row["unreadable"] for row in found.rows] == [1 << 3 | 1 << 15, 1 << 3]
    assert found.blanked == {
        "scheduled_minutes: not_a_number": 1,
        "scheduled_minutes: negative": 1,
        "changed_by: unknown_value": 1,
    }


def test_a_required_cell_that_is_blank_or_unreadable_quarantines_its_row() -> None:
    found = take(
        "appointment_id,start_at,status\n"
        "1,2026-02-05 09:00,perhaps\n2,,completed\n,2026-02-05 09:00,completed\n"
        "4,2026-02-30 09:00,completed\n5,2026-02-05 09:00,completed\n"
    )
    assert found.refused == [
        (2, "status", "unknown_value"),
        (3, "start_at", "blank"),
        (4, "appointment_id", "blank"),
        (5, "start_at", "not_a_time"),
    ]
    known, undated, nameless, _ = found.quarantined
    assert (known.found, known.month) == ("perhaps", 202602)
    assert (len(known.key or b""), undated.month, nameless.key) == (16, None, None)


def test_a_row_without_any_of_its_dates_is_quarantined() -> None:
    found = take("incident_id,kind,occurred_on,discovered_on\nI1,hipaa,,\nI2,osha,2026-01-02,\n")
    assert found.refused == [(2, "", "no_date")]
    # A file that lacks one of the columns may be filled up by another upload.
    assert not take("incident_id,kind,discovered_on\nI1,hipaa,\n", "incidents").refused


def test_refunds_are_negative() -> None:
    found = take(
        "payment_id,posted_date,amount,kind\n"
        "1,2026-01-05,20,refund\n2,2026-01-05,-20,Refunded\n3,2026-01-05,20,payment\n"
    )
    assert found.refused == [(2, "amount", "positive_refund")]


def test_an_answer_needs_its_question_and_its_scale() -> None:
    found = take(
        "response_id,question,score,scale_min,scale_max,answered_on\n"
        "1,overall,5,1,5,2026-01-05\n2,,5,1,5,2026-01-05\n3,overall,5,1,,2026-01-05\n"
        "4,overall,6,1,5,2026-01-05\n5,,,,,2026-01-05\n"
    )
    assert found.refused == [
        (3, "question", "score_without_question"),
        (4, "scale_min", "score_without_scale"),
        (5, "score", "score_outside_scale"),
    ]
    assert [row["score"] for row in found.rows] == [50000, None]


def test_what_looks_like_a_patient_s_identifier_is_never_kept_or_shown() -> None:
    found = take(
        "complaint_id,received_on,category\n"
        "1,2026-01-05,call 555-123-4567\n2,2026-01-05,jo@example.org\n3,2026-01-05,078-05-1120\n"
        "4,2026-01-05,waiting time\n"
    )
    assert {each.reason for each in found.quarantined} == {"looks_like_identifier"}
    assert [each.found for each in found.quarantined] == [None, None, None]
    assert [row["category"] for row in found.rows] == ["waiting time"]


def test_a_name_that_slipped_into_a_choice_is_not_shown() -> None:
    found = take(
        "appointment_id,start_at,status\n1,2026-01-05 09:00,Jane Example\n"
        '2,2026-01-05 09:00,"Example, Jane"\n3,2026-01-05 09:00,N/X\n'
    )
    assert [each.found for each in found.quarantined] == [None, None, "N/X"]


def test_texts_are_kept_whole_or_not_at_all() -> None:
    found = take(
        f"complaint_id,received_on,category\n1,2026-01-05,{'a' * 300}\n2,2026-01-05,{'a' * 301}\n"
    )
    assert [row["category"] for row in found.rows] == ["a" * 300, None]
    assert found.blanked == {"category: too_long": 1}


def test_equal_rows_of_a_period_are_both_kept() -> None:
    content = "month,account,kind,amount\n2026-01,Rent,expense,5\n2026-01,RENT,expense,5\n"
    first, second = take(content).rows
    assert first["key"] != second["key"]
    again = take(content).rows
    assert [row["key"] for row in again] == [first["key"], second["key"]]


def test_a_survey_is_known_by_response_and_question() -> None:
    keys = [
        row["key"]
        for row in take(
            "response_id,question,answered_on\n1,a,2026-01-05\n1,b,2026-01-05\n1,A ,2026-01-06\n"
        ).rows
    ]
    assert keys[0] == keys[2] != keys[1]


def test_columns_may_be_absent_where_the_dataset_is_named() -> None:
    content = "appointment_id,arrived_at\n1,2026-01-05 08:52\n"
    with pytest.raises(FileAsks, match="lacks start_at, status") as refusal:
        opened(content)
    assert (refusal.value.question, refusal.value.likely) == (Question.DATASET, "appointments")
    (row,) = take(content, "appointments").rows
    assert row["arrived_at"] == seconds_of(datetime(2026, 1, 5, 8, 52))
    with pytest.raises(FileRefused, match="lacks appointment_id"):
        opened("start_at,arrived_at\n2026-01-05 08:00,\n", "appointments")


def test_blank_rows_and_repeated_headers_are_left_out() -> None:
    found = take(
        "complaint_id,received_on\n1,2026-01-05\n\n,\ncomplaint_id,received_on\n2,2026-01-06\n"
    )
    assert [row["line"] for row in found.rows] == [2, 6]
    assert found.left_out == {"blank row": 1, "repeated header": 1}
    assert found.read == 4


def test_lines_are_physical_ones() -> None:
    found = take(
        'complaint_id,received_on,category\n1,2026-01-05,"long\nwait"\n2,2026-01-06,"a\r\nb\nc"\n'
        "\n3,bad,x\n"
    )
    assert [row["line"] for row in found.rows] == [2, 4]
    assert [row["category"] for row in found.rows] == ["long wait", "a b c"]
    assert found.refused == [(8, "received_on", "not_a_date")]


def test_a_large_file_comes_in_several_blocks() -> None:
    rows = "".join(f"K{number},2026-01-05\n" for number in range(60_000))
    reading = opened(f"complaint_id,received_on\n{rows}")
    chunks = list(reading.chunks)
    assert [len(chunk.frame) for chunk in chunks] == [10_000] * 6
    assert chunks[-1].frame["line"].iloc[-1] == 60_001
