"""Small files of our own in the layouts that vendors write."""

from datetime import date, datetime

import pytest

from kpi.datasets.stored import days_of, seconds_of
from kpi.errors import FileRefused
from kpi.ingest.mapping.profile import all_profiles
from kpi.ingest.statements.periods import read_span
from kpi.months import Month
from tests.ingest.opened import LAYOUTS, PROTECT, opened, take, taken


def test_every_profile_is_well_written() -> None:
    assert {each.name for each in all_profiles()} >= {
        "quickbooks_profit_and_loss", "synthea_claims_transactions", "synthea_encounters",
    }  # fmt: skip


def test_synthea_encounters_are_completed_appointments() -> None:
    reading = opened(LAYOUTS / "synthea_encounters.csv")
    assert reading.profile == "synthea_encounters"
    assert "PATIENT" in reading.dropped
    first, second = taken(reading)["appointments"].rows
    assert first["start_at"] == seconds_of(datetime(2025, 5, 31, 22))
    assert second["departed_at"] == seconds_of(datetime(2025, 12, 10, 10, 45))
    assert (first["status"], first["provider"], first["payer"]) == (
        "completed", "doc-0001", "pay-0001",
    )  # fmt: skip
    assert "scheduled_minutes" not in first
    assert not any("pat-" in str(value) for value in [*first.values(), *second.values()])


def test_synthea_transactions_feed_charges_and_payments() -> None:
    found = taken(opened(LAYOUTS / "synthea_claims_transactions.csv"))
    charges, payments = found["charges"], found["payments"]
    assert [(row["line"], row["amount"], row["units"]) for row in charges.rows] == [
        (2, 8555, 10000), (7, 13680, 20000),
    ]  # fmt: skip
    assert [(row["line"], row["amount"], row["source"]) for row in payments.rows] == [
        (3, 5000, "patient"), (6, 3555, "patient"), (8, 13680, "insurance"),
    ]  # fmt: skip
    assert charges.rows[0]["posted_date"] == days_of(date(2025, 5, 31))
    assert (
        charges.rows[0]["claim_id"]
        == payments.rows[0]["claim_id"]
        == PROTECT("claim", ["cl-01"])[0]
    )
    assert charges.left_out == {"another dataset's row": 3, "transfer in": 1, "transfer out": 1}
    assert payments.left_out == {"another dataset's row": 2, "transfer in": 1, "transfer out": 1}
    assert charges.read == payments.read == 7


def test_one_feed_of_a_profile_can_be_asked_for() -> None:
    reading = opened(LAYOUTS / "synthea_claims_transactions.csv", "payments")
    assert [feed.dataset.name for feed in reading.feeds] == ["payments"]
    with pytest.raises(FileRefused, match="feeds charges and payments and not surveys"):
        opened(LAYOUTS / "synthea_claims_transactions.csv", "surveys")


def test_a_row_of_a_kind_that_the_profile_does_not_know_is_quarantined() -> None:
    content = (LAYOUTS / "synthea_claims_transactions.csv").read_text()
    found = taken(opened(content.replace("TRANSFERIN", "REVERSAL")))
    assert found["charges"].refused == [(5, "", "unknown_row_type")]
    assert found["payments"].refused == [(5, "", "unknown_row_type")]


def test_a_profit_and_loss_by_month_feeds_the_ledger() -> None:
    reading = opened(LAYOUTS / "quickbooks_by_month.csv")
    assert reading.profile == "quickbooks_profit_and_loss"
    assert reading.covers == (Month(2025, 1), Month(2025, 2), Month(2025, 3))
    assert reading.dropped == ("Total",)
    assert reading.notes == ["All 40 totals of the file agree with its rows."]
    found = taken(reading)["ledger"]
    january = {
        (row["kind"], row["account"]): row["amount"] for row in found.rows if row["month"] == 202501
    }
    assert january == {
        ("revenue", "Patient Services"): 1_000_000,
        ("revenue", "Refunds Given"): -10_000,
        ("revenue", "Supplies"): 0,
        ("revenue", "Supplies:Vaccines"): 50_000,
        ("expense", "Cost of Goods Sold"): 20_000,
        ("expense", "Cost of Goods Sold:Supplies"): 1_000,
        ("expense", "Payroll"): 400_000,
        ("expense", "Supplies"): 2_500,
        ("expense", "Supplies:Vaccines"): 30_000,
        ("other_expense", "Penalties"): 0,
    }
    refunds = [row["amount"] for row in found.rows if row["account"] == "Refunds Given"]
    assert refunds == [-10_000, 0, -5_000]  # a blank cell is a month without any
    assert {row["basis"] for row in found.rows} == {"accrual"}
    assert found.left_out == {"total row": 30}
    assert found.read == 30 + 30


def test_the_classic_view_is_read_too() -> None:
    reading = opened(LAYOUTS / "quickbooks_classic.csv")
    found = taken(reading)["ledger"]
    assert [(row["account"], row["month"], row["amount"]) for row in found.rows] == [
        ("Patient Services", 202501, 1_000_000), ("Patient Services", 202502, 1_100_000),
        ("Rent", 202501, 150_000), ("Rent", 202502, 150_000),
        ("Utilities:Telephone", 202501, 12_025), ("Utilities:Telephone", 202502, 0),
        ("Total Care Staffing", 202501, 30_000), ("Total Care Staffing", 202502, 30_000),
    ]  # fmt: skip
    assert {row["basis"] for row in found.rows} == {"cash"}
    assert reading.covers == (Month(2025, 1), Month(2025, 2))
    assert reading.notes == ["All 17 totals of the file agree with its rows."]


def test_totals_that_differ_from_their_rows_are_said() -> None:
    content = (LAYOUTS / "quickbooks_by_month.csv").read_text()
    reading = opened(content.replace('Payroll,"4,000.00"', 'Payroll,"4,000.01"'))
    assert reading.notes == [
        "Line 23, column 'Jan 2025': the file says 4,325.00, the rows add up to 4,325.01.",
        "Line 24, column 'Jan 2025': the file says 5,865.00, the rows add up to 5,864.99.",
        "Line 30, column 'Jan 2025': the file says 5,865.00, the rows add up to 5,864.99.",
        "Line 19, column 'Total': the file says 12,100.00, the rows add up to 12,100.01.",
    ]


SMALL = """Profit and Loss,
Fictional Clinic LLC,
"{period}",
Distribution account,{heading}
Income,
Visits,100.00
Total for Income,$100.00
Expenses,
Rent,40.00
Total for Expenses,$40.00
Net Income,$60.00
"""


@pytest.mark.parametrize(
    "period", ["January 2025", "January 1-31, 2025", "January 1 - January 31, 2025"]
)
def test_one_column_over_exactly_one_month_is_that_month(period: str) -> None:
    found = take(SMALL.format(period=period, heading="Total"))
    assert [(row["month"], row["amount"]) for row in found.rows] == [
        (202501, 10_000),
        (202501, 4_000),
    ]
    assert "basis" not in found.rows[0]


def test_a_column_over_several_months_is_refused_with_its_figures() -> None:
    content = SMALL.format(period="January 1-March 31, 2025", heading="Total")
    with pytest.raises(FileRefused) as refusal:
        opened(content)
    assert "January 1, 2025 to March 31, 2025" in str(refusal.value)
    assert "add up to its own totals (income 100.00, net income 60.00)" in str(refusal.value)
    assert "Display columns by: Months" in str(refusal.value)
    with pytest.raises(FileRefused, match=r"income 100.00, net income 59.00, but not to its own"):
        opened(content.replace("Rent,40.00", "Rent,41.00"))


def test_a_part_of_a_month_is_never_a_month() -> None:
    with pytest.raises(FileRefused, match="July 1, 2025 to July 9, 2025"):
        opened(SMALL.format(period="July 1-9, 2025", heading="Total"))
    content = (LAYOUTS / "quickbooks_by_month.csv").read_text()
    for changed in (
        content.replace("Mar 2025", '"Mar 1 - Mar 9, 2025"'),
        content.replace("January 1-March 31, 2025", "January 1-March 9, 2025"),
    ):
        reading = opened(changed)
        found = taken(reading)["ledger"]
        assert {row["month"] for row in found.rows} == {202501, 202502}
        assert found.left_out == {"total row": 30, "part of a month": 10}
        assert any("left out" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Mar 2025", "North", "column 4 is neither a month nor 'Total'"),
        ("Mar 2025", "Jan 2025", "two columns are of the same time"),
        ("Payroll,", "Payroll,#REF!", "more figures than column headings"),
        ('Payroll,"4,000.00"', "Payroll,#REF!", "line 19, column 2.*Excel error"),
        (
            "Total for Supplies,$325",
            "Total for Rent,$325",
            "a total whose rows are not in the file",
        ),
        ("Income,,,,\nPatient", "Revenue?,,,,\nPatient", "in none of the sections"),
        ("Distribution account,", "What,", "no line of it names months"),
    ],
)
def test_a_statement_that_cannot_be_understood_is_refused(old: str, new: str, message: str) -> None:
    content = (LAYOUTS / "quickbooks_by_month.csv").read_text()
    assert old in content
    with pytest.raises(FileRefused, match=message):
        opened(content.replace(old, new, 1))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Jan 2025", date(2025, 1, 1), date(2025, 1, 31)),
        ("Sept 2025", date(2025, 9, 1), date(2025, 9, 30)),
        ("Feb 12-28, 2025", date(2025, 2, 12), date(2025, 2, 28)),
        ("January 1-July 9, 2025", date(2025, 1, 1), date(2025, 7, 9)),
        ("January 1, 2024 – July 9, 2025", date(2024, 1, 1), date(2025, 7, 9)),
        ("January - March 2024", date(2024, 1, 1), date(2024, 3, 31)),
        ("Jan 01, 2026 to Dec 31, 2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("Jul 1 - Jul 9, 2025", date(2025, 7, 1), date(2025, 7, 9)),
    ],
)
def test_spans(text: str, first: date, last: date) -> None:
    found = read_span(text)
    assert found is not None
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "Jan 25",
        "2025",
        "North",
        "% of Income",
        "Feb 30, 2025",
        "Mar - Jan 2025",
        "",
        "Jan 2025 (PY)",
    ],
)
def test_no_spans(text: str) -> None:
    assert read_span(text) is None


def test_synthea_claims_are_claims_sent_on_the_day_last_billed() -> None:
    reading = opened(LAYOUTS / "synthea_claims.csv")
    assert reading.profile == "synthea_claims"
    assert "PATIENTID" in reading.dropped
    assert any(
        "whether it was clean, paid or denied is not in the file" in n for n in reading.notes
    )
    first, second = taken(reading)["claims"].rows
    # 2:30 in London on June 1 is still May 31 in New York
    assert first["submitted_date"] == days_of(date(2025, 5, 31))
    assert (first["outcome"], second["outcome"]) == (None, "pending")
    assert first["key"] == PROTECT("claim", ["cl-01"])[0]


def test_synthea_payers_are_refused_with_what_to_load_instead() -> None:
    with pytest.raises(FileRefused, match=r"payers.csv.*Load encounters.csv"):
        opened(LAYOUTS / "synthea_payers.csv")
