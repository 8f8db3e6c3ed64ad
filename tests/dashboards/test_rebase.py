"""Drawing a chart's limits anew on a KPI's page, and putting them back."""

from __future__ import annotations

from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.dashboards.conftest import Open, text_of

KPI = "no_show_rate"


def press(app: AppTest, label: str) -> AppTest:
    (found,) = [each for each in app.button if each.label == label]
    found.click().run()
    assert not app.exception
    return app


def test_hr_names_month_and_reason_and_takes_it_back(practice: Engine, open_page: Open) -> None:
    app = open_page("kpi", by="hr", kpi=KPI)
    app = press(app, "Draw the limits anew")
    assert "Limits are drawn anew for a reason" in text_of(app)
    (month,) = [each for each in app.selectbox if each.label.startswith("First month of the")]
    assert month.options[0] == "March 2025"
    app.text_input("rebase_reason").input("Reminders by <b>text</b>.").run()
    app = press(app, "Draw the limits anew")
    shown = text_of(app)
    assert "From March 2025 on the limits are drawn anew." in shown
    assert "drawn anew from March 2025 on: Reminders by &lt;b&gt;text&lt;/b&gt;." in shown
    app = press(app, "Put back the limits drawn anew from March 2025 on")
    assert "drawn anew from March 2025 on: " not in text_of(app)


def test_a_manager_sees_the_reason_and_no_form(practice: Engine, open_page: Open) -> None:
    app = open_page("kpi", by="manager", kpi=KPI)
    assert not [each for each in app.button if each.label == "Draw the limits anew"]
