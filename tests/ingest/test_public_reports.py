"""Files of authorities: OSHA, the HHS breach portal, CMS."""

from datetime import date

import pytest

from kpi.datasets.stored import days_of
from kpi.errors import FileRefused
from tests.ingest.opened import LAYOUTS, opened, taken

CASES = LAYOUTS / "osha_case_detail.csv"
PORTAL = LAYOUTS / "hhs_breach_portal.csv"


def test_osha_cases_of_the_practice_are_recordable_incidents() -> None:
    reading = opened(CASES)
    assert reading.profile == "osha_case_detail"
    assert {"date_of_birth", "sex", "job_title", "incident_description"} <= set(reading.dropped)
    found = taken(reading)["incidents"]
    # the descriptions run over two lines
    assert [
        (row["line"], row["kind"], row["occurred_on"], row["recordable"], row["severity"])
        for row in found.rows
    ] == [
        (2, "osha", days_of(date(2025, 1, 14)), 1, "medium"),
        (4, "osha", days_of(date(2025, 3, 4)), 1, "low"),
    ]
    assert found.left_out == {"another establishment": 1}
    assert "confirmed" not in found.rows[0]
    assert not any("Sample" in str(row) for row in found.rows)


def test_an_osha_year_is_refused_as_months() -> None:
    with pytest.raises(FileRefused, match=r"OSHA 300A summary.*whole year.*case detail"):
        opened(LAYOUTS / "osha_300a_summary.csv")


def test_the_breach_portal_feeds_only_breaches_of_the_practice() -> None:
    reading = opened(PORTAL)
    assert reading.profile == "hhs_breach_portal"
    found = taken(reading)["incidents"]
    (row,) = found.rows
    assert (row["line"], row["kind"], row["confirmed"], row["reportable"]) == (3, "hipaa", 1, 1)
    assert row["records_affected"] == 612
    assert row["occurred_on"] == row["reported_on"] == days_of(date(2026, 3, 4))
    assert found.left_out == {"another entity": 2}
    assert "Web Description" in reading.dropped
    assert any("month in which it was submitted" in note for note in reading.notes)


def test_the_portal_exported_again_names_the_same_breach() -> None:
    again = (
        PORTAL.read_text().replace(",612,", ",640,").replace("Lakeside Example", "LAKESIDE EXAMPLE")
    )
    keys = [
        [row["key"] for row in taken(opened(content))["incidents"].rows]
        for content in (PORTAL, again)
    ]
    assert keys[0] == keys[1]


def test_rates_of_a_group_are_no_answers() -> None:
    with pytest.raises(FileRefused, match=r"CG-CAHPS.*no patient's answer"):
        opened(LAYOUTS / "cg_cahps_group.csv")
