"""Hostile inputs 39 to 53: amounts, counts, marks for what is not known, ids, yes and no."""

import pytest

from kpi.errors import FileRefused
from kpi.ingest.mapping.profile import read_profile
from kpi.ingest.questions import Question
from tests.hostile.handed_in import hand_in, read
from tests.ingest.opened import Taken, opened, take
from tests.office import Office

HEADER = "charge_id,posted_date,amount,units\n"


def charges(*amounts: str) -> Taken:
    """What is made of a column of amounts."""
    cells = [amount.replace('"', '""') for amount in amounts]
    return take(
        HEADER + "".join(f'C{n},2026-01-12,"{cell}",1\n' for n, cell in enumerate(cells, 1))
    )


def amounts(*texts: str) -> list[int]:
    """The cents of a column of amounts, all of which can be read."""
    found = charges(*texts)
    assert found.refused == []
    return [row["amount"] for row in found.rows]


def test_39_thousands_are_read_as_the_column_writes_them() -> None:
    assert amounts("1,234.56", "12.00") == [123456, 1200]
    assert amounts("1.234,56", "12,00") == [123456, 1200]
    assert amounts("1 234,56", "1\u00a0234,56", "1\u202f234,56") == [123456] * 3
    assert amounts("1'234.50", "1\u2019234.50") == [123450] * 2


def test_39_the_decimal_sign_is_decided_once_and_never_by_the_cell() -> None:
    found = charges("1.234,56", "12,00", "7,50", "1,234.56")
    assert [row["amount"] for row in found.rows] == [123456, 1200, 750]
    assert found.refused == [(5, "amount", "not_a_number")]


def test_39_thousands_that_may_be_decimals_are_asked_about() -> None:
    with pytest.raises(FileRefused, match=r"nothing tells whether 1,234 is 1234 or 1\.234"):
        opened("charge_id;posted_date;amount\nC1;2026-01-12;1,234\nC2;2026-01-12;2,500\n")


def test_40_signs_of_currency_are_cut_off() -> None:
    assert amounts("$1,234.50", "USD 5", "$ -5,453.67", "-$2,916.00", "$(50.00)") == [
        123450, 500, -545367, -291600, -5000,
    ]  # fmt: skip
    assert amounts("€5.00", "7.25 €") == [500, 725]


def test_40_two_currencies_in_a_column_are_refused() -> None:
    with pytest.raises(FileRefused, match=r"column 'amount' holds amounts in \$ and €"):
        charges("$5.00", "€5.00")


def test_41_every_way_of_writing_a_negative_amount() -> None:
    assert amounts("(50.00)", "50.00-", "50.00CR", "\u221250.00", "\u201350.00") == [-5000] * 5


def test_41_a_profile_turns_a_vendors_sign_and_checks_a_rows_figures() -> None:
    profile = """title: ledger of accounts
header: [Line, Posted, Charge, Adjust, Paid, Balance]
checks: [{sum: [Charge, Adjust, -Paid], equals: Balance}]
feeds:
  charges: {charge_id: Line, posted_date: Posted, amount: {column: Charge, negate: true}}
"""
    reading = opened(
        "Line,Posted,Charge,Adjust,Paid,Balance\n1,2026-01-12,-150,-20,0,-170\n"
        "2,2026-01-12,-100,0,10,-90\n",
        own=[read_profile("ours", profile, own=True)],
    )
    assert [row["amount"] for row in read(reading)["charges"].rows] == [15000, 10000]
    assert (
        "In 1 row Charge Adjust -Paid = Balance does not hold (first in line 3)." in reading.notes
    )


@pytest.mark.parametrize("text", ["-", "--", "\u2014", "."])
def test_42_a_dash_alone_is_a_blank_in_numbers_and_a_word_in_a_status(text: str) -> None:
    found = take(HEADER + f"C1,2026-01-12,5,{text}\nC2,2026-01-12,{text},1\n")
    assert found.rows[0]["units"] is None
    assert not found.blanked  # a blank, and not a value that could not be read
    assert found.refused == [(3, "amount", "blank")]
    status = """title: screen
header: [Visit, When, St]
feeds:
  appointments:
    appointment_id: Visit
    start_at: When
    status: {column: St, values: {"-": scheduled, "--": scheduled, "\u2014": scheduled,
                                  ".": scheduled, ">": completed}}
"""
    (row,) = read(
        opened(f"Visit,When,St\n1,2026-01-05 09:00,{text}\n",
               own=[read_profile("ours", status, own=True)])
    )["appointments"].rows  # fmt: skip
    assert row["status"] == "scheduled"


SURVEY = "response_id,question,score,scale_min,scale_max,answered_on\n"


def test_43_a_percentage_is_no_count_and_a_mix_of_units_leaves_its_scale() -> None:
    """No dataset takes a rate: rates are computed, so a percentage can only stand in a wrong
    column. A column that mixes 0.85 and 85 falls out of the scale that its rows state."""
    assert charges("85%").refused == [(2, "amount", "not_a_number")]
    found = take(
        SURVEY + "S1,access,85,1,100,2026-01-12\nS2,access,0.85,1,100,2026-01-12\n"
        "S3,access,90,1,100,2026-01-12\n"
    )
    assert found.refused == [(3, "score", "score_outside_scale")]


@pytest.mark.parametrize("text", ["87.5*", "12†", "<5", ">120", "1-4", "*"])
def test_44_what_is_hidden_or_footnoted_is_no_value(text: str) -> None:
    found = take(HEADER + f"C1,2026-01-12,5,{text}\nC2,2026-01-12,{text},1\n")
    assert found.rows[0]["units"] is None
    assert found.blanked == {"units: suppressed": 1}
    assert found.refused == [(3, "amount", "suppressed")]


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?"])
def test_45_excels_errors_cost_a_row_only_where_the_value_is_needed(text: str) -> None:
    found = take(HEADER + f"C1,2026-01-12,5,{text}\nC2,2026-01-12,{text},1\n")
    assert found.blanked == {"units: excel_error": 1}
    assert found.refused == [(3, "amount", "excel_error")]


def test_45_a_column_that_was_too_narrow_is_said(office: Office) -> None:
    receipt = hand_in(office, HEADER + "C1,2026-01-12,#####,1\nC2,2026-01-12,5,1\n")
    assert receipt.reasons == {"column_too_narrow": 1}
    (row,) = receipt.quarantine
    assert (row.line, row.column, row.reason) == (2, "amount", "column_too_narrow")


@pytest.mark.parametrize("text", ["NULL", "N/A", "NA", "None", "nan", "-", "?", "Unknown", "TBD"])
def test_46_words_for_nothing_are_blanks_in_numbers_and_names_in_texts(text: str) -> None:
    found = take(
        f"charge_id,posted_date,amount,units,provider\nC1,2026-01-12,5,{text},{text}\n"
        f"{text},2026-01-12,5,1,Lee\n"
    )
    assert found.rows[0]["units"] is None
    assert found.rows[0]["provider"] == text  # Null and None are surnames too
    assert not found.blanked
    assert len(found.rows) == 2  # and an identifier is what it is


def test_46_no_show_is_not_nothing() -> None:
    found = take("appointment_id,start_at,status\nA1,2026-01-05 09:00,N/S\n")
    assert found.rows[0]["status"] == "no_show"


def test_47_identifiers_that_excel_shortened_are_refused_and_amounts_are_read() -> None:
    found = take("complaint_id,received_on\n2.98725E+13,2026-01-05\nK-2,2026-01-05\n")
    assert found.refused == [(2, "complaint_id", "shortened_by_excel")]
    assert found.quarantined[0].key is None
    assert amounts("1.5E+3", "2E2") == [150000, 20000]


def test_48_leading_zeros_tell_identifiers_apart_and_a_decimal_zero_does_not() -> None:
    found = take("complaint_id,received_on\n000101,2026-01-05\n101,2026-01-05\n")
    assert found.rows[0]["key"] != found.rows[1]["key"]
    reading = opened("complaint_id,received_on\n101.0,2026-01-05\n102.0,2026-01-05\n")
    plain = take("complaint_id,received_on\n101,2026-01-05\n102,2026-01-05\n")
    assert [row["key"] for row in read(reading)["complaints"].rows] == [
        row["key"] for row in plain.rows
    ]
    assert "'.0' was cut off from the numbers in 'complaint_id'." in reading.notes


def test_49_long_numbers_and_decimals_are_identifiers_as_they_stand() -> None:
    found = take(
        "complaint_id,received_on\n9007199254740993,2026-01-05\n9007199254740992,2026-01-05\n"
        "12.10,2026-01-05\n12.1,2026-01-05\n"
    )
    assert len({row["key"] for row in found.rows}) == 4


def test_50_counts_that_cannot_be_are_refused_and_never_clipped() -> None:
    found = take(
        "day,offered,abandoned,answered\n2026-01-05,100,2.5,90\n2026-01-06,-3,0,0\n"
        "2026-01-07,100,105,0\n2026-01-08,100,5,101\n2026-01-09,100,5,95\n"
    )
    assert found.refused == [
        (2, "abandoned", "not_whole"),
        (3, "offered", "negative"),
        (4, "abandoned", "more_than_offered"),
        (5, "answered", "more_than_offered"),
    ]
    assert len(found.rows) == 1


def month_of_charges(month: str, amount: str) -> str:
    """A charge of that amount on each of twenty days."""
    return HEADER + "".join(f"{month}-{day},{month}-{day:02d},{amount},1\n" for day in range(1, 21))


@pytest.mark.parametrize("amount", ["12000", "1199.99", "0.12"])
def test_51_amounts_far_from_all_past_months_are_asked_about(office: Office, amount: str) -> None:
    for month in ("2026-01", "2026-02", "2026-03"):
        office.load(month_of_charges(month, "120.00"))
    receipt = hand_in(office, month_of_charges("2026-04", amount))
    unusual = amount != "1199.99"
    assert receipt.status == ("refused" if unusual else "loaded")
    if unusual:
        assert "The charges of April 2026 are on average" in receipt.message
        assert "were 120.00 in the months before" in receipt.message
        assert receipt.question is Question.UNUSUAL
        assert office.value("2026-04", "gross_charges") == 0
        meant = hand_in(office, month_of_charges("2026-04", amount), allow_unusual=True)
        assert meant.status == "loaded"


def test_51_a_practice_without_a_past_is_asked_nothing(office: Office) -> None:
    office.load(month_of_charges("2026-01", "1.20"))
    office.load(month_of_charges("2026-02", "120.00"))


@pytest.mark.parametrize(
    "text",
    ["inf", "-inf", "1e400", "1_000", "0x1F", "١٢", "１２", "1,23,4", "1.2.3", "(5", "5)", "-(5)",
     "--5", "1.005", "9" * 30, "one", "²", "5 5", "+", "1e5000000"],
)  # fmt: skip
def test_52_no_number_is_taken_by_courtesy(text: str) -> None:
    found = charges(text)
    assert not found.rows
    (refused,) = found.quarantined
    assert refused.column == "amount"
    assert refused.reason != "blank"


@pytest.mark.parametrize(
    ("text", "value"),
    [("Y", 1), ("Yes", 1), ("T", 1), ("1", 1), ("X", 1), ("✓", 1), ("N", 0), ("no", 0), ("F", 0),
     ("0", 0), ("", None)],
)  # fmt: skip
def test_53_yes_and_no_in_all_spellings(text: str, value: int | None) -> None:
    found = take(f"appointment_id,start_at,status,new_patient\nA1,2026-01-05 09:00,Seen,{text}\n")
    assert found.rows[0]["new_patient"] == value


def test_53_another_word_is_neither_and_counted() -> None:
    """Yes-or-no columns are all optional, so the row stays and the value is left blank."""
    found = take("appointment_id,start_at,status,new_patient\nA1,2026-01-05 09:00,Seen,perhaps\n")
    assert found.rows[0]["new_patient"] is None
    assert found.blanked == {"new_patient: not_true_or_false": 1}
