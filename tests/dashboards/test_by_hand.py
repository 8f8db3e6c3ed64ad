"""Each of the six forms made from a dataset's definition: what it writes is an upload like any."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest

from kpi.access.actor import operator
from kpi.datasets import dataset
from kpi.ingest.log import uploads_list
from kpi.ingest.undoing import undo
from kpi.store.engine import reading
from kpi.store.tables import records
from tests.dashboards.conftest import Open, text_of
from tests.dashboards.test_pages import press

DAY = date(2025, 3, 31)

FILLED: dict[str, dict[str, Any]] = {
    "audits": {"kind": "coding", "performed_on": DAY, "items_reviewed": 30, "items_correct": 29},
    "complaints": {"complaint_id": "K-7", "received_on": DAY, "category": "waiting time"},
    "incidents": {"kind": "hipaa", "discovered_on": DAY, "confirmed": "false"},
    "training": {"employee_id": "E-12", "course": "HIPAA basics", "due_on": DAY},
    "availability": {"day": DAY, "provider": "Dr. Vale", "minutes_open": 420},
    "staff": {
        "as_of": DAY, "employee_id": "E-12", "job": "Medical assistant",
        "hired_on": date(1988, 5, 1), "is_provider": "false",
    },
}  # fmt: skip


def opened(open_page: Open, name: str) -> AppTest:
    app = open_page("month_end", by="manager")
    return app.selectbox(key="hand_dataset").set_value(name).run()


def fill(app: AppTest, name: str, values: dict[str, Any], turn: int = 0) -> None:
    kinds = {"date": "date_input", "int": "number_input"}
    for column, value in values.items():
        choices = dataset(name).column(column).kind in ("choice", "boolean")
        kind = "selectbox" if choices else kinds.get(type(value).__name__, "text_input")
        getattr(app, kind)(key=f"hand_{name}_{column}_{turn}").set_value(value)


def held(engine: Engine, name: str) -> list[Any]:
    table = records[name]
    with reading(engine) as connection:
        return list(connection.execute(select(table).where(table.c.live == 1)))


@pytest.mark.parametrize("name", ["audits", "complaints", "incidents", "training"])
def test_an_entry_is_an_upload_that_can_be_undone(
    practice: Engine, open_page: Open, name: str
) -> None:
    app = opened(open_page, name)
    fill(app, name, FILLED[name])
    app = press(app, "Load this entry")
    assert "Entered as upload" in text_of(app)
    assert len(held(practice, name)) == 1
    entry = uploads_list(practice, operator(), "maple")[-1]
    assert (entry["dataset"], entry["status"], entry["added"]) == (name, "loaded", 1)
    assert entry["actor"] == "Manager Example (manager)"
    undo(practice, operator(), "maple", entry["id"])
    assert held(practice, name) == []


@pytest.mark.parametrize("name", ["availability", "staff"])
def test_a_list_is_gathered_and_loaded_as_one_upload(
    practice: Engine, open_page: Open, name: str
) -> None:
    """Each row alone would take the place of the one before it."""
    person = dataset(name).identity[0]
    app = opened(open_page, name)
    fill(app, name, FILLED[name])
    app = press(app, "Add to the list")
    assert held(practice, name) == []
    fill(app, name, {**FILLED[name], person: "Another"}, turn=1)
    app = press(app, "Add to the list")
    app = press(app, "Load the list of 2 rows")
    assert "The list is loaded as upload" in text_of(app)
    assert len(held(practice, name)) == 2

    # A shorter list asks before it takes rows away.
    fill(app, name, FILLED[name], turn=2)
    app = press(press(app, "Add to the list"), "Load the list of 1 row")
    assert "lacks 1 of the 2 rows" in text_of(app)
    assert len(held(practice, name)) == 2
    app.checkbox(key=f"removed_rows_hand_rows_{name}").check().run()
    app = press(app, "Load the list of 1 row")
    assert len(held(practice, name)) == 1


def test_the_last_row_is_taken_off_a_list(practice: Engine, open_page: Open) -> None:
    app = opened(open_page, "staff")
    fill(app, "staff", FILLED["staff"])
    app = press(press(app, "Add to the list"), "Take the last row off the list")
    assert not [each for each in app.button if each.label.startswith("Load the list")]


def test_what_is_required_is_asked_for(practice: Engine, open_page: Open) -> None:
    app = press(opened(open_page, "training"), "Load this entry")
    assert "Fill in employee number, course and due on." in text_of(app)
    assert uploads_list(practice, operator(), "maple")[-1]["dataset"] != "training"


def test_the_same_number_again_changes_the_entry(practice: Engine, open_page: Open) -> None:
    app = opened(open_page, "complaints")
    fill(app, "complaints", FILLED["complaints"])
    app = press(app, "Load this entry")
    fill(app, "complaints", {**FILLED["complaints"], "resolved_on": date(2025, 4, 2)}, turn=1)
    press(app, "Load this entry")
    (row,) = held(practice, "complaints")
    assert row.resolved_on is not None
