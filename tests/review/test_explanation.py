"""From a figure to its months, its measures, its records and the uploads that gave them."""

import pytest
from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.errors import NotFound
from kpi.ingest.declaring import attest
from kpi.ingest.undoing import undo
from kpi.months import Month
from kpi.review.explained.explanation import explain, explain_rows
from tests.office import Office, months
from tests.scored import assigned, fill, ledger, published, scored_office

FIELDS = [
    "kpi", "manager", "practice", "from", "to", "status", "reason", "value", "unit", "numerator",
    "denominator", "n", "formula", "months", "records", "uploads",
    "records_not_kept",
]  # fmt: skip


def explained(office: Office, kpi: str, period: str = "2026-01..2026-03") -> dict[str, object]:
    whole = months(period)
    return explain(office.engine, operator(), kpi, "dana", whole[0], whole[-1])


def rows_of(
    office: Office, kpi: str, period: str, limit: int | None = None
) -> list[dict[str, object]]:
    whole = months(period)
    found = explain_rows(
        office.engine, operator(), kpi, "dana", whole[0], whole[-1], limit=limit
    )  # fmt: skip
    return list(found)


def test_the_fields_of_the_contract(engine: Engine) -> None:
    office = scored_office(engine)
    found = explained(office, "overhead_ratio")
    assert list(found) == FIELDS
    assert (found["kpi"], found["manager"], found["practice"]) == (
        "overhead_ratio",
        "dana",
        "lakeside",
    )
    assert (found["from"], found["to"]) == ("2026-01", "2026-03")
    assert (found["status"], found["reason"], found["unit"]) == ("scored", None, "percent")
    assert found["value"] == pytest.approx(0.65, rel=1e-12)
    assert (found["numerator"], found["denominator"], found["n"]) == (1950, 3000, 3)
    assert found["formula"] == "operating_expenses / revenue"
    assert found["months"] == [
        {
            "month": month,
            "role": "period",
            "value": pytest.approx(0.65, rel=1e-12),
            "measures": {"operating_expenses": 650, "revenue": 1000},
        }
        for month in ("2026-01", "2026-02", "2026-03")
    ]
    assert found["records"] == 6
    assert found["uploads"] == [1, 4, 7]


def test_a_comparison_shows_the_months_before(engine: Engine) -> None:
    """1,000 a month against 500 a month a year before: twice as much."""
    office = scored_office(engine)
    for month in ("2025-01", "2025-02", "2025-03"):
        office.load(f"month,account,kind,amount\n{month},Fees,revenue,500\n")
    found = explained(office, "revenue_growth")
    assert found["value"] == pytest.approx(1, rel=1e-12)
    shown = found["months"]
    assert isinstance(shown, list)
    assert [(each["month"], each["role"]) for each in shown] == [
        ("2025-01", "comparison"), ("2025-02", "comparison"), ("2025-03", "comparison"),
        ("2026-01", "period"), ("2026-02", "period"), ("2026-03", "period"),
    ]  # fmt: skip
    assert [each["measures"]["revenue"] for each in shown] == [500, 500, 500, 1000, 1000, 1000]
    assert found["records"] == 6
    assert found["uploads"] == [1, 4, 7, 13, 14, 15]


def test_an_opening_balance_is_shown_as_such(engine: Engine) -> None:
    office = scored_office(engine)
    for day in ("2025-12-31", "2026-01-31", "2026-02-28", "2026-03-31"):
        office.load(
            f"as_of,days_0_30,days_31_60,days_61_90,days_91_120,days_over_120\n{day},3000,0,0,0,0\n"
        )
    for month in ("2026-01", "2026-02", "2026-03"):
        office.load(f"charge_id,posted_date,amount\nC{month},{month}-05,1000\n", covers=month)
    found = explained(office, "ar_turnover")
    assert found["value"] == pytest.approx(3000 * 365 / 90 / 3000, rel=1e-12)
    assert (found["numerator"], found["denominator"]) == (
        pytest.approx(3000 * 365 / 90, rel=1e-12),
        3000,
    )
    shown = found["months"]
    assert isinstance(shown, list)
    assert [(each["month"], each["role"]) for each in shown] == [
        ("2025-12", "opening"), ("2026-01", "period"), ("2026-02", "period"), ("2026-03", "period"),
    ]  # fmt: skip
    assert found["records"] == 7
    assert found["uploads"] == list(range(13, 20))


def test_waits_are_shown_as_counts_of_minutes(engine: Engine) -> None:
    office = scored_office(engine)
    office.load(
        "appointment_id,start_at,status,arrived_at,seen_at\n"
        "A1,2026-01-05 09:00,completed,2026-01-05 08:50,2026-01-05 09:08\n"
        "A2,2026-01-05 10:00,completed,2026-01-05 09:50,2026-01-05 10:08\n"
        "A3,2026-01-05 11:00,completed,2026-01-05 10:50,2026-01-05 11:12\n"
        "A4,2026-01-05 12:00,no_show,,\n",
        covers="2026-01",
    )
    found = explained(office, "median_wait_minutes", "2026-01")
    assert (found["status"], found["value"], found["n"]) == ("too_few", 8, 3)
    assert (found["numerator"], found["denominator"]) == (None, None)
    shown = found["months"]
    assert isinstance(shown, list)
    assert shown[0]["measures"] == {"waits": {"8": 2, "12": 1}}
    assert found["records"] == 3


def test_any_kpi_of_the_catalogue_and_the_nearest_name(engine: Engine) -> None:
    office = Office(engine)
    assigned(office)  # no role is published
    found = explained(office, "no_show_rate")
    assert (found["status"], found["value"], found["records"]) == ("no_data", None, 0)
    assert "appointments for January 2026 (no file yet)" in str(found["reason"])
    with pytest.raises(NotFound, match="no_show_rate"):
        explained(office, "noshow_rate")


def test_uploads_are_those_that_gave_a_value(engine: Engine) -> None:
    """One file brings the complaint, another how it ended, a third restates it; a file of other
    months gives nothing."""
    office = Office(engine)
    assigned(office)
    brought = office.load("complaint_id,received_on\nK1,2026-01-05\n")
    ended = office.load("complaint_id,resolved_on\nK1,2026-01-06\n", "complaints")
    office.load("complaint_id,received_on,resolved_on\nK1,2026-01-05,2026-01-06\n")
    office.load("complaint_id,received_on\nK2,2026-05-05\n")
    found = explained(office, "complaints_resolved_in_7_days", "2026-01")
    assert found["uploads"] == [brought, ended]
    corrected = office.load("complaint_id,received_on,resolved_on\nK1,2026-01-05,2026-01-07\n")
    found = explained(office, "complaints_resolved_in_7_days", "2026-01")
    assert found["uploads"] == [corrected]
    assert found["records"] == 1


def test_declarations_that_months_rest_on_are_among_the_uploads(engine: Engine) -> None:
    office = Office(engine)
    assigned(office)
    january = attest(engine, operator(), "lakeside", "incidents", Month(2026, 1))
    february = attest(engine, operator(), "lakeside", "incidents", Month(2026, 2))
    found = explained(office, "hipaa_violations", "2026-01..2026-02")
    assert (found["value"], found["records"], found["uploads"]) == (0, 0, [january, february])
    # A month that has a record rests on it, no longer on the declaration.
    upload = office.load("incident_id,kind,occurred_on,confirmed\nI1,hipaa,2026-02-05,true\n")
    found = explained(office, "hipaa_violations", "2026-01..2026-02")
    assert (found["value"], found["records"], found["uploads"]) == (1, 1, [january, upload])
    undo(engine, operator(), "lakeside", january)
    found = explained(office, "hipaa_violations", "2026-01..2026-02")
    assert (found["status"], found["uploads"]) == ("no_data", [upload])


def test_rows_say_where_they_stand_and_no_ids(engine: Engine) -> None:
    office = Office(engine)
    assigned(office)
    upload = office.load(
        "payment_id,posted_date,amount,kind,source,claim_id,at_visit\n"
        "P1,2026-01-05,95.05,payment,patient,L1,true\n"
        "P2,2026-01-06,-5,refund,insurance,L2,\n"
        "P3,2026-01-07,7,contractual,insurance,L3,\n"
        "P4,2026-01-08,7,bad_debt,insurance,L3,\n",
        covers="2026-01",
    )
    found = rows_of(office, "net_collection_rate", "2026-01")
    where = [
        (row["measure"], row["month"], row["file"], row["upload"], row["line"]) for row in found
    ]
    assert where == [
        ("receipts", "2026-01", "file.csv", upload, 2),
        ("receipts", "2026-01", "file.csv", upload, 3),
        ("contractual", "2026-01", "file.csv", upload, 4),
    ]
    first = found[0]
    assert (first["posted_date"], first["amount"], first["kind"]) == (
        "2026-01-05",
        "95.05",
        "payment",
    )
    assert (first["at_visit"], found[1]["at_visit"], found[1]["amount"]) == ("true", "", "-5.00")
    assert not {"payment_id", "claim_id", "key"} & set(first)
    assert rows_of(office, "net_collection_rate", "2026-01", 1) == found[:1]
    assert rows_of(office, "net_collection_rate", "2026-01", 3) == found
    assert len(rows_of(office, "net_collection_rate", "2026-01", 9)) == 3


def test_the_records_counted_are_the_rows_shown(engine: Engine) -> None:
    office = scored_office(engine)
    for kpi in ("overhead_ratio", "satisfaction_score", "complaints_resolved_in_7_days"):
        rows = rows_of(office, kpi, "2026-01..2026-03")
        distinct = {(row["upload"], row["line"]) for row in rows}
        assert explained(office, kpi)["records"] == len(distinct)


def test_the_same_figure_as_the_scorecard(engine: Engine) -> None:
    office = Office(engine)
    fill(office)
    published(office)
    assigned(office, period="2026-02")
    found = explained(office, "overhead_ratio")
    shown = found["months"]
    assert isinstance(shown, list)
    assert [each["month"] for each in shown] == ["2026-02", "2026-03"]
    assert (found["status"], found["n"]) == ("too_few", 2)
    office.load(ledger("2026-01", 1))
    assert explained(office, "overhead_ratio")["numerator"] == 1300
