"""Hostile inputs 66 to 76: the same file again, a corrected one, a part of one, two at once."""

import threading

import pytest
from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.access.practices import add_practice
from kpi.ingest.receipt import Receipt
from tests.databases import made
from tests.hostile.handed_in import hand_in, stored_rows
from tests.office import Office, months

CHARGES = "charge_id,posted_date,amount\n"
MAY = CHARGES + "".join(f"C{n},2026-05-{n:02d},10.00\n" for n in range(1, 21))


def test_66_the_same_file_twice_is_recognised_and_changes_nothing(office: Office) -> None:
    first = hand_in(office, MAY)
    again = hand_in(office, MAY, "another name.csv")
    assert (first.status, again.status) == ("loaded", "duplicate")
    assert f"The same file was loaded as upload {first.id} on " in again.message
    assert (again.unchanged, again.added) == (20, 0)
    assert office.value("2026-05", "gross_charges") == 200
    assert stored_rows(office.engine) == 20


def test_67_the_same_content_saved_anew_is_recognised(office: Office) -> None:
    hand_in(office, MAY)
    lines = MAY.splitlines()
    other = "\r\n".join(
        ['"charge_id";"posted_date";"amount"']
        + [";".join(f'"{cell}"' for cell in line.split(",")) for line in reversed(lines[1:])]
    )
    again = hand_in(office, other)
    assert again.status == "duplicate"
    assert "The same content, saved anew, was loaded as upload 1" in again.message
    assert again.unchanged == 20


def test_68_a_corrected_export_says_what_it_changes_before_and_can_be_undone(
    office: Office,
) -> None:
    hand_in(office, MAY)
    corrected = MAY.replace("C3,2026-05-03,10.00", "C3,2026-05-03,15.00").replace(
        "C4,2026-05-04,10.00\n", ""
    ) + ("C21,2026-05-21,10.00\n")
    said = {"replace": True, "covers": months("2026-05")}
    tried = hand_in(office, corrected, dry_run=True, **said)
    assert (tried.added, tried.changed, tried.unchanged, tried.removed) == (1, 1, 18, 1)
    assert office.value("2026-05", "gross_charges") == 200  # a trial changes nothing
    loaded = hand_in(office, corrected, **said)
    assert office.value("2026-05", "gross_charges") == 205
    assert loaded.id is not None
    office.undo(loaded.id)
    assert office.value("2026-05", "gross_charges") == 200


def test_69_overlapping_exports_meet_by_key_or_replace_their_period(office: Office) -> None:
    hand_in(office, MAY)
    late = CHARGES + "".join(f"C{n},2026-05-{n:02d},10.00\n" for n in range(15, 26))
    receipt = hand_in(office, late)
    assert (receipt.added, receipt.unchanged) == (5, 6)
    assert office.value("2026-05", "gross_charges") == 250
    calls = "day,offered,abandoned\n2026-05-04,100,5\n2026-05-05,100,5\n"
    hand_in(office, calls)
    hand_in(office, calls.replace("2026-05-05,100", "2026-05-05,110"))
    assert office.value("2026-05", "calls_offered") == 210


def test_70_equal_rows_with_one_key_are_one_and_without_a_key_are_all(office: Office) -> None:
    row = "{},2026-05-04,25.00,payment\n"
    copay = "payment_id,posted_date,amount,kind\n" + row + row
    receipt = hand_in(office, copay.format("P1", "P1"))
    assert (receipt.added, receipt.left_out, receipt.reasons) == (1, 1, {"repeated key": 1})
    receipt = hand_in(office, copay.format("P2", "P3"))
    assert receipt.added == 2
    assert office.value("2026-05", "receipts") == 75
    hours = "employee_id,period_end,regular_hours\nE1,2026-05-16,40\nE1,2026-05-16,40\n"
    assert hand_in(office, hours).added == 2
    assert office.value("2026-05", "staff_hours") == 80


def test_71_of_a_key_with_two_values_the_last_line_counts_and_it_is_said(office: Office) -> None:
    receipt = hand_in(office, CHARGES + "C1,2026-05-04,10.00\nC1,2026-05-04,12.00\n")
    assert (receipt.read, receipt.added, receipt.left_out) == (2, 1, 1)
    assert receipt.reasons == {"repeated key": 1}
    assert office.value("2026-05", "gross_charges") == 12


def test_72_late_activity_restates_a_month_and_says_so(office: Office) -> None:
    """That a signed-off score is held back from this is tested with reviews."""
    hand_in(office, MAY)
    hand_in(office, CHARGES + "C21,2026-05-25,10.00\n")  # May is complete with it
    receipt = hand_in(office, CHARGES + "L1,2026-05-30,10.00\nL2,2026-06-02,10.00\n")
    assert receipt.months == ("2026-05", "2026-06")
    assert "Changes figures of 2026-05, which was complete." in receipt.notes
    assert office.value("2026-05", "gross_charges") == 220
    again = hand_in(office, CHARGES + "L2,2026-06-02,10.00\n")
    assert not any("Changes figures" in note for note in again.notes)


AGING = "as_of,days_0_30,days_31_60,days_61_90,days_91_120,days_over_120,credits\n"


def test_73_a_second_snapshot_of_a_day_replaces_the_first(office: Office) -> None:
    hand_in(office, AGING + "2026-05-31,100,50,25,10,15,-5\n")
    receipt = hand_in(office, AGING + "2026-05-31,90,50,25,10,15,-5\n")
    assert (receipt.changed, receipt.added) == (1, 0)
    assert office.value("2026-05", "ar_balance") == 190


def test_74_a_file_of_another_practice_is_asked_about(office: Office) -> None:
    add_practice(office.engine, operator(), "hillside", "Hillside Family Medicine")
    content = "Hillside  Family Medicine\nCharges\n\n" + MAY
    receipt = hand_in(office, content)
    assert receipt.status == "refused"
    assert "says that it is of Hillside Family Medicine" in receipt.message
    assert "Take the right file, or the right practice" in receipt.message
    assert stored_rows(office.engine) == 0


def test_74_another_kind_of_report_is_not_taken_for_this_one(office: Office) -> None:
    payable = "Vendor,Current,1 - 30,31 - 60,61 - 90,91 and over,Total\nPaper Co.,10,0,0,0,0,10\n"
    receipt = hand_in(office, payable, dataset="ar_aging")
    assert receipt.status == "refused"
    assert stored_rows(office.engine) == 0


def test_75_two_sources_of_one_figure_are_never_added(office: Office) -> None:
    """The last one counts: by key each row, by period the whole day."""
    hand_in(office, "day,offered,abandoned\n2026-05-04,100,5\n")
    receipt = hand_in(office, "day,offered,abandoned\n2026-05-04,97,4\n")
    assert (receipt.added, receipt.changed) == (0, 1)
    assert office.value("2026-05", "calls_offered") == 97
    hand_in(office, CHARGES + "C1,2026-05-04,10.00\n")
    hand_in(office, CHARGES + "c1,2026-05-04,11.00\n")
    assert office.value("2026-05", "gross_charges") == 11


def test_76_two_uploads_of_a_month_at_once_wait_for_each_other(
    engine: Engine,
) -> None:
    office = Office(engine)
    receipts: list[Receipt] = []

    def load(content: str) -> None:
        receipts.append(hand_in(office, content))

    files = [
        CHARGES + "".join(f"{name}{n},2026-05-{n % 28 + 1:02d},1.00\n" for n in range(300))
        for name in "ABC"
    ]
    threads = [threading.Thread(target=load, args=(content,)) for content in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [receipt.added for receipt in receipts] == [300, 300, 300]
    assert office.value("2026-05", "charge_lines") == 900


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_76_whichever_comes_first_the_last_one_counts(
    tmp_path,
    order: tuple[int, int],  # type: ignore[no-untyped-def]
) -> None:
    office = Office(made(f"sqlite:///{tmp_path / 'order.db'}"))
    amounts = ("10.00", "12.00")
    for which in order:
        hand_in(office, CHARGES + f"C1,2026-05-04,{amounts[which]}\n")
    assert office.value("2026-05", "gross_charges") == float(amounts[order[-1]])
    office.engine.dispose()
