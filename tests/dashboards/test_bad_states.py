"""Pages in states that go wrong: what is missing is said, and nobody sees what is not theirs."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboards import clock, session
from kpi.access.accounts import change_account, disable_account
from kpi.access.actor import Actor, operator
from kpi.access.audit import entries
from kpi.access.managers import add_manager, end_assignment
from kpi.access.practices import add_practice
from kpi.ingest.declaring import attest
from kpi.ingest.ingestion import ingest
from kpi.ingest.log import uploads_list
from kpi.ingest.quarantine import in_quarantine
from kpi.ingest.undoing import undo
from kpi.months import Month
from kpi.review.roles.publication import publish
from tests.dashboards.conftest import Open, text_of
from tests.dashboards.people import signed_in
from tests.dashboards.small_practice import FIRST, LAST, ROLE, TODAY, load

MANAGER = Actor("manager", "Robin", "robin", frozenset({"maple"}))


def other_practice(engine: Engine, publishes: bool = False) -> None:
    """A second practice, whose manager's assignment is number 2, without data."""
    add_practice(engine, operator(), "oak", "Oak Clinic")
    add_manager(engine, operator(), "sam", "Sam Reed", "oak", FIRST)
    if publishes:
        publish(engine, operator(), "oak", ROLE, "role.yaml", "Later.", TODAY)


def test_a_manager_without_a_role_is_told_who_publishes_one(
    practice: Engine, open_page: Open
) -> None:
    other_practice(practice)
    for page in ("overview", "kpi"):
        shown = text_of(open_page(page, by="sam"))
        assert "No role is published yet" in shown
        assert "kpi role publish FILE --practice oak" in shown
    assert "nothing is asked for" in text_of(open_page("month_end", assignment="2"))
    assert "No scorecard" in text_of(open_page("scorecards", by="hr"))


def test_a_practice_without_data_leads_to_month_end(practice: Engine, open_page: Open) -> None:
    other_practice(practice, publishes=True)
    shown = text_of(open_page(assignment="2"))
    assert "No period can be scored yet" in shown
    assert 'href="month-end?assignment=2"' in shown


@pytest.mark.parametrize("period", ["2019-01..2019-03", "2025-02..2025-04", "never"])
def test_a_period_that_is_none_opens_the_last_complete_one(
    practice: Engine, open_page: Open, period: str
) -> None:
    assert "January to March 2025" in text_of(open_page(period=period))


@pytest.mark.parametrize("by", ["manager", "partner"])
def test_another_practices_number_is_refused_and_noted(
    practice: Engine, open_page: Open, by: str
) -> None:
    other_practice(practice, publishes=True)
    for page in ("overview", "kpi", "month_end"):
        app = open_page(page, by=by, assignment="2")
        shown = text_of(app)
        assert "may not see assignment 2, if there is one" in shown
        assert "Oak" not in shown
        assert not app.file_uploader
        # An assignment that nobody has is refused alike.
        assert "may not see assignment 7, if there is one" in text_of(
            open_page(page, by=by, assignment="7")
        )
    refused = [each for each in entries(practice, operator()) if each.action == "refusal"]
    assert {each.actor for each in refused} == {
        "Manager Example (manager)" if by == "manager" else "Partner Example (physician)"
    }


def test_whoever_sees_several_assignments_chooses_one(practice: Engine, open_page: Open) -> None:
    other_practice(practice, publishes=True)
    choices = [each.label for each in open_page(by="hr").selectbox]
    assert "Manager" in choices
    for one in ("manager", "partner"):
        assert "Manager" not in [each.label for each in open_page(by=one).selectbox]


def test_the_navigation_is_that_of_the_kind_that_is_signed_in(
    practice: Engine, open_page: Open
) -> None:
    def links(by: str) -> list[str]:
        return [link.proto.label for link in open_page(by=by).get("page_link")]

    own = ["Overview", "KPI", "Month-end", "Reviews", "Development plan", "Role"]
    assert links("hr") == [*own, "Scorecards", "Roles", "People", "Trail", "Catalogue"]
    assert links("manager") == [*own, "Catalogue"]
    assert links("physician") == links("manager")
    assert links("administrator") == ["Accounts", "Health", "Trail", "Catalogue"]


def test_nothing_is_drawn_without_a_session(
    practice: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page(by="manager")
    for secret in (None, "", "forged", "x" * 5000):
        monkeypatch.setattr(session, "secret", lambda found=secret: found)
        app.run()
        shown = text_of(app)
        assert "You are signed out" in shown
        assert 'href="/auth/sign-in"' in shown
        for part in ("Maple", "Robin", "No-show rate", "Manager Example"):
            assert part not in shown
        assert not app.selectbox
        assert not app.get("page_link")


def test_an_account_that_is_shut_bites_at_the_next_action(
    practice: Engine, open_page: Open
) -> None:
    app = open_page("month_end", by="manager")
    assert app.file_uploader
    disable_account(practice, operator(), "manager")
    app.run()
    assert "You are signed out" in text_of(app)
    assert not app.file_uploader


def test_another_kind_bites_at_the_next_action(
    practice: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2025, 5, 10))  # April is over
    app = open_page("month_end", by="manager")
    before = len(uploads_list(practice, operator(), "maple"))
    change_account(practice, operator(), "manager", "physician", ("maple",))
    # The button that the manager still sees is pressed by somebody who is none any more.
    app = press(app, "Declare that there was nothing")
    assert not app.file_uploader
    assert len(uploads_list(practice, operator(), "maple")) == before


def test_what_a_tab_remembers_is_not_the_next_persons(
    practice: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page("month_end", by="manager")
    app.session_state["upload_offered"] = {"a file": "of the manager's"}
    another = signed_in("hr")
    monkeypatch.setattr(session, "secret", lambda: another)
    app.run()
    assert "upload_offered" not in app.session_state


def test_coverage_under_the_minimum_says_what_is_missing(practice: Engine, open_page: Open) -> None:
    later = ROLE.replace(b'"2025.1"', b'"2025.2"').replace(b"50%", b"80%")
    later = later.replace(b"weight: 60,", b"weight: 30,").replace(
        b"    - {kpi: hipaa",
        b"    - {kpi: days_in_ar, weight: 30, target: 36 days}\n    - {kpi: hipaa",
    )
    publish(practice, operator(), "maple", later, "role.yaml", "Later.", TODAY)
    shown = text_of(open_page())
    assert "No score for January to March 2025" in shown
    assert re.search(r"70% .*of the weight.* is scored; the role asks for 80%", shown)
    assert "Days in A/R" in shown
    assert "What is missing is loaded on the page" in shown
    months = text_of(open_page("kpi", kpi="days_in_ar"))
    # No file is there, so nothing is known: a dash, never $0.
    assert "$0" not in months


def test_a_gate_that_waits_leads_to_where_it_is_settled(
    practice: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2025, 5, 10))
    for entry in uploads_list(practice, operator(), "maple"):
        if entry["kind"] == "attestation" and entry["months"] == [str(LAST)]:
            undo(practice, operator(), "maple", entry["id"])
    attest(practice, MANAGER, "maple", "incidents", LAST)
    shown = text_of(open_page())
    assert "waiting for a decision; a miss would hold the score to at most 60" in shown
    assert "What waits for a decision or a countersignature is settled on the page" in shown


BAD = b"incident_id,kind,discovered_on\n1,<b>fire</b>,2025-03-05\n2,osha,2025-03-06\n"


def test_rows_in_quarantine_are_listed_and_dismissed(practice: Engine, open_page: Open) -> None:
    ingest(practice, operator(), "maple", BytesIO(BAD), "incidents <b>3.csv")
    app = open_page("month_end", by="manager")
    shown = text_of(app)
    assert "1 row could not be taken and still counts against its month." in shown
    assert "incidents &lt;b&gt;3.csv" in shown
    assert "kind is not a value that is known; known: hipaa, osha, billing, ethics." in shown

    app = press(app, "Dismiss the chosen rows")
    assert "say why it is dismissed" in text_of(app)
    app.multiselect(key="dismiss_rows").select(0)
    app.text_input(key="dismiss_reason").set_value("Entered by mistake.")
    app = press(app, "Dismiss the chosen rows")
    assert "1 row dismissed." in text_of(app)
    assert "Rows in quarantine" not in text_of(app)
    assert "Row dismissed" in text_of(app)


def test_a_reason_outlives_a_reload_and_no_other_row_is_chosen_after(
    practice: Engine, open_page: Open
) -> None:
    two = BAD + b"3,earth,2025-03-07\n"
    ingest(practice, operator(), "maple", BytesIO(two), "incidents.csv")
    app = open_page("month_end", by="manager")
    app.text_input(key="dismiss_reason").set_value("Entered by mistake.").run()
    app = open_page("month_end", by="manager")
    assert app.text_input(key="dismiss_reason").value == "Entered by mistake."
    app.multiselect(key="dismiss_rows").select(0)
    app = press(app, "Dismiss the chosen rows")
    assert "1 row dismissed." in text_of(app)
    assert app.multiselect(key="dismiss_rows").value == []
    assert app.text_input(key="dismiss_reason").value == ""


def test_a_row_that_was_mended_or_whose_upload_was_undone_is_in_quarantine_no_more(
    practice: Engine,
) -> None:
    ingest(practice, operator(), "maple", BytesIO(BAD), "incidents.csv")
    (row,) = in_quarantine(practice, operator(), "maple")
    assert (row.file, row.line, row.column, row.months) == ("incidents.csv", 2, "kind", (LAST,))
    load(practice, "mended.csv", BAD.replace(b"<b>fire</b>", b"osha"))
    assert in_quarantine(practice, operator(), "maple") == []


def test_only_the_manager_dismisses(practice: Engine, open_page: Open) -> None:
    ingest(practice, operator(), "maple", BytesIO(BAD), "incidents.csv")
    app = open_page("month_end", by="physician")
    assert "Rows in quarantine" in text_of(app)
    assert not app.multiselect


def test_a_location_is_asked_for_where_the_data_name_any(practice: Engine, open_page: Open) -> None:
    app = open_page("month_end", by="manager")
    assert "Location" not in [each.label for each in app.selectbox]
    load(
        practice,
        "april.csv",
        b"appointment_id,start_at,status,location\n"
        b"L1,2025-04-01 09:00,completed,North <b>Office</b>\n",
    )
    app = open_page("month_end", by="manager")
    app.selectbox(key="hand_dataset").set_value("complaints").run()
    where = app.selectbox(key="hand_complaints_location_0")
    assert where.options == ["Not given", "North <b>Office</b>"]
    where.set_value("North <b>Office</b>")
    app.date_input(key="hand_complaints_received_on_0").set_value(LAST.first_day)
    assert "Entered as upload" in text_of(press(app, "Load this entry"))


def test_what_another_process_changes_is_on_the_next_page(
    practice: Engine, open_page: Open
) -> None:
    assert "106.6" in text_of(open_page())
    load(
        practice, "more.csv", b"incident_id,kind,discovered_on,confirmed\n1,hipaa,2025-02-03,true\n"
    )
    assert "60.0" in text_of(open_page())
    end_assignment(practice, operator(), "robin", Month(2025, 2))
    assert "February 2025" in text_of(open_page())


def press(app: AppTest, label: str) -> AppTest:
    """Presses the button of that label."""
    next(button for button in app.button if button.label == label).click()
    app.run()
    assert not app.exception
    return app
