"""What is typed into a form and not sent is found again after a reload, by its writer alone."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.dashboards.conftest import Open
from tests.dashboards.reviewed import brought_to, set_clock

TEXT = "Send reminders two days ahead."


def test_a_reload_loses_nothing_typed_until_it_is_sent(practice: Engine, open_page: Open) -> None:
    app = open_page("plan", by="manager")
    app.text_area(key="plan_action").set_value(TEXT).run()
    assert open_page("plan", by="hr").text_area(key="plan_action").value == ""
    again = open_page("plan", by="manager")
    assert again.text_area(key="plan_action").value == TEXT
    again.text_input(key="plan_owner").set_value("Robin").run()
    again.button(key="plan_add").click().run()
    assert not again.exception
    assert again.text_area(key="plan_action").value == ""
    assert open_page("plan", by="manager").text_input(key="plan_owner").value == ""


def test_what_one_begins_to_say_of_a_step_stays(
    practice: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch)
    number = brought_to(practice, "supervised")
    key = f"note_contest_{number}_1"
    app = open_page("review", by="manager", review=str(number))
    app.text_area(key=key).set_value("The two Mondays were holidays.").run()
    again = open_page("review", by="manager", review=str(number))
    assert again.text_area(key=key).value == "The two Mondays were holidays."
