"""ADP's paydata file, in its long and short forms."""

from datetime import date

from kpi.datasets.stored import days_of
from tests.ingest.opened import LAYOUTS, PROTECT, opened, take, taken

LONG = LAYOUTS / "adp_paydata_long.csv"


def test_a_person_may_have_several_records_whose_hours_add_up() -> None:
    reading = opened(LONG)
    assert reading.profile == "adp_paydata"
    assert {"Hours 3 Code", "Hours 3 Amount"} <= set(reading.dropped)
    found = taken(reading)["staff_hours"]
    first, second, third = found.rows
    assert first["employee_id"] == second["employee_id"] == PROTECT("employee", ["001234"])[0]
    assert third["employee_id"] == PROTECT("employee", ["000099"])[0]
    assert [row["regular_hours"] for row in found.rows] == [720_000, 0, 800_000]
    assert [row["overtime_hours"] for row in found.rows] == [25_000, 0, 0]
    assert {(row["period_start"], row["period_end"]) for row in found.rows} == {
        (days_of(date(2026, 1, 4)), days_of(date(2026, 1, 17)))
    }
    assert {row["part"] for row in found.rows} == {"LKS"}
    assert len({row["key"] for row in found.rows}) == 3
    assert found.left_out == {"comment line": 2}
    assert not found.refused


def test_the_period_ends_on_the_day_of_the_batch_where_no_end_is_given() -> None:
    (row,) = take(LAYOUTS / "adp_paydata_lower.csv").rows
    assert row["period_end"] == days_of(date(2026, 1, 31))
    assert (row["regular_hours"], row["overtime_hours"]) == (765_000, 12_500)


def test_a_batch_that_is_no_day_leaves_the_pay_date() -> None:
    reading = opened(LAYOUTS / "adp_paydata_short.csv")
    rows = taken(reading)["staff_hours"].rows
    assert {row["period_end"] for row in rows} == {days_of(date(2026, 1, 23))}
    assert [row["regular_hours"] for row in rows] == [800_000, 400_000]
    assert any("else on Pay Date" in note for note in reading.notes)


def test_a_file_without_any_day_is_not_given_one() -> None:
    content = (LAYOUTS / "adp_paydata_short.csv").read_text()
    found = take(content.replace(",Pay Date", "").replace(",01/23/2026", ""))
    assert found.refused == [
        (2, "period_end", "not_a_date"), (3, "period_end", "not_a_date"),
    ]  # fmt: skip
