"""A note on a month: written on a KPI's page, marked on its trend, in its table and alternative."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.dashboards.conftest import Open, text_of
from tests.dashboards.test_files import read, said
from tests.dashboards.test_rebase import KPI, press
from tests.dashboards.test_taking_away import offered


def test_what_happened_in_a_month_is_marked_and_told(
    practice: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page("kpi", by="manager", kpi=KPI)
    app.selectbox(key="note_month").set_value(app.selectbox(key="note_month").options[1]).run()
    app.text_input(key="note_text").input("The <b>phones</b> were out.").run()
    shown = text_of(press(app, "Note it"))
    words = "The &lt;b&gt;phones&lt;/b&gt; were out. · Manager Example (manager)"
    assert f'<dt>February 2025</dt><dd dir="auto">{words}</dd>' in shown
    assert f"<td>{words}</td>" in shown  # the chart as a table
    (chart,) = app.get("plotly_chart")
    assert chart.proto.alt.endswith("noted on February 2025.")
    with offered(monkeypatch) as found:
        other = open_page("kpi", by="physician", kpi=KPI)
    assert not [each for each in other.button if str(each.key).startswith("note_off_")]
    assert read(found["take_away_no_show_rate_trend.csv"]())[0][-1] == "Noted"
    assert said(found["take_away_no_show_rate_trend.svg"]()).endswith("noted on February 2025.")
    app = open_page("kpi", by="manager", kpi=KPI)
    shown = text_of(press(app, "Take the note of February 2025 off: The <b>phones</b> were out."))
    assert "The note of February 2025 is taken off." in shown
    assert "What was noted" not in shown
