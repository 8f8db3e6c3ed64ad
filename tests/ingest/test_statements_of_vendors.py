"""Profit and loss statements as QuickBooks Desktop, Xero and Wave write them."""

import pytest

from kpi.errors import FileRefused
from kpi.months import Month
from tests.ingest.opened import LAYOUTS, opened, taken

XERO = (LAYOUTS / "xero_by_month.csv").read_text()
WAVE = (LAYOUTS / "wave_one_month.csv").read_text()
DESKTOP = (LAYOUTS / "quickbooks_desktop.csv").read_text()


def test_quickbooks_desktop_spreads_names_over_columns_by_depth() -> None:
    reading = opened(LAYOUTS / "quickbooks_desktop.csv")
    assert reading.profile == "quickbooks_profit_and_loss"
    # four totals and three results, each in three columns
    assert reading.notes == [
        "All 21 totals of the file agree with its rows.",
        "The file does not say whether it is on cash or accrual basis.",
    ]
    rows = taken(reading)["ledger"].rows
    assert [(row["kind"], row["account"], row["amount"]) for row in rows
            if row["month"] == 202501] == [
        ("revenue", "Patient Services", 950_000),
        ("revenue", "Vaccines:Flu", 30_000),
        ("expense", "Cost of Goods Sold:Vaccine Stock", 12_000),
        ("expense", "Rent", 200_000),
    ]  # fmt: skip
    february = [row["amount"] for row in rows if row["month"] == 202502]
    assert february == [870_050, 0, 8_000, 200_000]


def test_a_month_that_ends_in_a_number_is_no_day() -> None:
    found = taken(opened(DESKTOP.replace("Jan 25", "Jan 26").replace("Feb 25", "Feb 26")))
    assert {row["month"] for row in found["ledger"].rows} == {202601, 202602}


def test_xero_has_its_newest_month_first() -> None:
    reading = opened(LAYOUTS / "xero_by_month.csv")
    assert reading.profile == "xero_profit_and_loss"
    assert reading.covers == (Month(2027, 4), Month(2027, 5), Month(2027, 6))
    assert reading.notes[0] == "All 18 totals of the file agree with its rows."
    found = taken(reading)["ledger"]
    assert [(row["kind"], row["account"], row["amount"]) for row in found.rows
            if row["month"] == 202704] == [
        ("revenue", "Consultations", 900_000),
        ("revenue", "Vaccinations", -5_025),
        ("expense", "Cost of Sales:Vaccines", 10_000),
        ("other_income", "Interest", 500),
        ("expense", "Rent", 200_000),
        ("expense", "Wages", 600_000),
    ]  # fmt: skip
    # income less expenses and plus other income, of all months: 32,750.25 - 24,600 + 15
    signs = {"revenue": 1, "other_income": 1, "expense": -1}
    assert sum(signs[row["kind"]] * row["amount"] for row in found.rows) == 816_525
    assert found.left_out == {"total row": 18}


@pytest.mark.parametrize("months", [
    ("Sept 2026", "August 2026", "Jul 2026"),
    ("30 September 2026", "31 August 2026", "31 Jul 2026"),
])  # fmt: skip
def test_xero_heads_its_months_in_several_ways(months: tuple[str, str, str]) -> None:
    content = XERO
    for written, month in zip(("30 Jun 2027", "31 May 2027", "30 Apr 2027"), months, strict=True):
        content = content.replace(written, month)
    content = content.replace("For the month ended 30 June 2027", "For the year ended 30 June 2027")
    rows = taken(opened(content))["ledger"].rows
    assert {row["month"] for row in rows} == {202609, 202608, 202607}
    assert next(row["amount"] for row in rows if row["month"] == 202609) == 1_200_050


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("30 Jun 2027,31 May 2027,30 Apr 2027", "Eastside,North,Unassigned",
         "column 2 is neither a month nor 'Total'.*tracking category.*In Xero open"),
        ("30 Jun 2027,31 May 2027,30 Apr 2027", "2027,2026,2025", "column 2 is neither a month"),
        ("31 May 2027,30 Apr 2027", "30 Jun 2026,30 Jun 2025",
         "column 2 ends on 30 Jun 2027, but nothing says that it is of one month"),
        ("31 May 2027,30 Apr 2027", "31 Mar 2027,31 Dec 2026", "nothing says that it is of one mo"),
    ],
)  # fmt: skip
def test_xero_columns_that_are_no_months_are_refused(old: str, new: str, message: str) -> None:
    assert old in XERO
    with pytest.raises(FileRefused, match=message):
        opened(XERO.replace(old, new))


def test_one_xero_column_is_what_its_title_says() -> None:
    lines = [",".join(line.split(",")[:2]) for line in XERO.splitlines()]
    lines[2] = "For the month ended 30 June 2027,"
    rows = taken(opened("\n".join(lines)))["ledger"].rows
    assert {row["month"] for row in rows} == {202706}
    lines[2] = "For the year ended 30 June 2027,"
    with pytest.raises(
        FileRefused, match=r"covers July 1, 2026 to June 30, 2027.*net profit 4,505"
    ):
        opened("\n".join(lines))


def test_wave_is_read_one_month_at_a_time() -> None:
    reading = opened(LAYOUTS / "wave_one_month.csv")
    assert reading.profile == "wave_profit_and_loss"
    assert reading.covers == (Month(2026, 1),)
    assert reading.notes == ["All 5 totals of the file agree with its rows."]
    found = taken(reading)["ledger"]
    assert [(row["account"], row["kind"], row["amount"]) for row in found.rows] == [
        ("Consultations", "revenue", 700_000),
        ("Vaccinations", "revenue", 25_040),
        ("Cost of Goods Sold:Vaccines", "expense", 9_000),
        ("Rent", "expense", 200_000),
        ("Wages", "expense", 300_000),
    ]
    assert {row["basis"] for row in found.rows} == {"accrual"}
    assert found.left_out == {"total row": 5, "share of a total": 2}


def test_a_longer_wave_report_is_refused_with_what_to_export() -> None:
    content = WAVE.replace("Jan 31, 2026", "Dec 31, 2026").replace("2026-01-31", "2026-12-31")
    with pytest.raises(FileRefused) as refusal:
        opened(content)
    assert "covers January 1, 2026 to December 31, 2026" in str(refusal.value)
    assert "(income 7,250.40, net profit 2,160.40)" in str(refusal.value)
    assert "choose one month as the date range" in str(refusal.value)


def test_a_wave_total_that_differs_is_said() -> None:
    reading = opened(WAVE.replace('Rent,"$2,000.00"', 'Rent,"$2,100.00"'))
    said = "column 'Jan 01, 2026 to Jan 31, 2026': the file says"
    assert reading.notes == [
        f"Line 18, {said} 5,000.00, the rows add up to 5,100.00.",
        f"Line 19, {said} 2,160.40, the rows add up to 2,060.40.",
    ]


def test_a_general_ledger_is_named_and_refused() -> None:
    with pytest.raises(FileRefused, match=r"QuickBooks General Ledger.*Display columns by: Months"):
        opened(LAYOUTS / "quickbooks_general_ledger.csv")
