"""Tables and charts that are taken away from Overview and from a KPI's page."""

import csv
import io
from zipfile import ZipFile

import pytest
from lxml import etree
from sqlalchemy import Engine, select

from dashboards.views.files import table_csv
from kpi.store.engine import reading
from kpi.store.people import trail
from tests.dashboards.conftest import Open
from tests.dashboards.test_taking_away import offered


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def said(content: bytes) -> str:
    """A drawing's title; raises for one that is no SVG."""
    root = etree.fromstring(content)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    return str(root[0].text)


def test_the_overview_hands_out_its_rows_and_charts_and_notes_it(
    practice: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    with offered(monkeypatch) as found:
        open_page()
        rows = read(found["take_away_kpis.csv"]())
        files = ZipFile(io.BytesIO(found["take_away_charts.zip"]()))
    # 13 Mondays with a no-show, 64 weekdays with 5 visits: 13 / 333 = 3.904%.
    by_name = {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
    assert set(by_name) == {"No-show rate", "HIPAA violations"}
    assert by_name["No-show rate"]["Value"] == "3.9%"
    assert by_name["No-show rate"]["Weight"] == "60"
    assert sorted(files.namelist()) == [
        "hipaa_violations.svg", "hipaa_violations_months.svg", "no_show_rate.svg",
        "no_show_rate_months.svg", "score.svg",
    ]  # fmt: skip
    assert "value 3.9%" in said(files.read("no_show_rate.svg"))
    with reading(practice) as connection:
        noted = connection.execute(
            select(trail.c.actor, trail.c.subject).where(trail.c.action == "export")
        ).all()
    assert [tuple(each) for each in noted] == [
        ("Physician Example (physician)", "figures of robin")
    ] * 2


def test_a_kpis_page_hands_out_its_tables_and_its_trend(
    practice: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    with offered(monkeypatch) as found:
        open_page("kpi", kpi="no_show_rate")
        months = read(found["take_away_no_show_rate_months.csv"]())
        history = read(found["take_away_no_show_rate_trend.csv"]())
        trend = said(found["take_away_no_show_rate_trend.svg"]())
    # January: 4 Mondays and 23 weekdays of 5 visits: 4 / 119 = 3.36%.
    assert ["January 2025", "3.36%"] in [row[:2] for row in months]
    assert ["January 2025", "3.36%", ""] in history
    assert trend.startswith("Trend of No-show rate, January 2025 to March 2025")


def test_a_text_that_a_spreadsheet_would_run_is_made_harmless() -> None:
    content = table_csv(("=1+1", "Value"), [("@SUM(A1)", "+3 pp"), ("plain", "-2")])
    assert read(content) == [["'=1+1", "Value"], ["'@SUM(A1)", "'+3 pp"], ["plain", "'-2"]]
