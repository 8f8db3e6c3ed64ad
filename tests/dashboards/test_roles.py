"""The pages Role, for everybody who is scored or scores by it, and Roles, for HR."""

from __future__ import annotations

from sqlalchemy import Engine

from kpi.access.actor import Actor, operator
from kpi.access.managers import add_manager
from kpi.access.practices import add_practice
from kpi.months import Month
from kpi.review.roles.acknowledging import acknowledgements
from kpi.review.roles.drafts import save_draft
from kpi.review.roles.publication import publish
from tests.dashboards.conftest import Open, text_of
from tests.dashboards.roles import NEXT
from tests.dashboards.small_practice import TODAY
from tests.databases import made

ROLE = "medical-office-manager"
LATER = NEXT.replace("effective: 2025-05", "effective: 2025-04")


def published(engine: Engine, text: str = NEXT) -> None:
    publish(engine, operator(), "maple", text.encode(), "role.yaml", None, TODAY)


def test_the_role_is_there_to_read(practice: Engine, open_page: Open) -> None:
    shown = text_of(open_page("role"))
    for words in (
        "1. Responsibilities", "9. Compliance", "Keeps the schedule filled.", "$50,000 to $70,000",
        "No-show rate", "January 2025 on", "not yet by Robin",
    ):  # fmt: skip
        assert words in shown, words
    assert "<i>Vale" not in shown
    assert "Signature" not in shown


def test_versions_say_what_changed_between_them(practice: Engine, open_page: Open) -> None:
    published(practice)
    app = open_page("role")
    shown = text_of(app)
    assert "changes from 2025.1" in shown
    assert "5% → 4.5%" in shown
    assert "January 2025 to April 2025" in shown
    assert app.selectbox(key="choose_version").value == "2025.1"
    app = open_page("role", version="2025.2")
    assert "May 2025 on" in text_of(app)


def test_a_manager_acknowledges_what_she_reads(practice: Engine, open_page: Open) -> None:
    app = open_page("role", by="manager")
    assert "You have not acknowledged this version yet" in text_of(app)
    (button,) = [each for each in app.button if each.label == "I have read version 2025.1"]
    button.click()
    app.run()
    assert not app.exception
    assert "Acknowledged by Robin" in text_of(app)
    (found,) = acknowledgements(practice, operator(), "maple")
    assert found.acknowledged is not None
    assert not [each for each in app.button if each.label.startswith("I have read")]


def test_nobody_else_is_asked_to_acknowledge(practice: Engine, open_page: Open) -> None:
    for by in ("physician", "hr"):
        app = open_page("role", by=by)
        assert not [each for each in app.button if each.label.startswith("I have read")]


def test_the_posting_is_offered_to_hr(practice: Engine, open_page: Open) -> None:
    def offered(by: str) -> list[str]:
        found = open_page("role", by=by).get("download_button")
        # The control for tables is tests/dashboards/test_tables_taken_away.py's.
        return [each.proto.label for each in found if not each.proto.label.endswith("as CSV")]

    assert offered("manager") == ["PDF", "DOCX", "HTML", "Markdown"]
    assert offered("hr")[4:] == [
        "Posting as PDF", "Posting as DOCX", "Posting as HTML", "Posting as Markdown",
    ]  # fmt: skip


def test_a_practice_with_no_role(url: str, open_page: Open) -> None:
    engine = made(url)
    add_practice(engine, operator(), "maple", "Maple")
    add_manager(engine, operator(), "robin", "Robin", "maple", Month(2025, 1))
    assert "No role is published yet" in text_of(open_page("role"))
    shown = text_of(open_page("roles", by="hr"))
    assert "1 role without a version in force" in shown
    assert "None" in shown


def test_the_list_says_what_is_in_force_what_comes_and_what_waits(
    practice: Engine, open_page: Open
) -> None:
    published(practice)
    save_draft(practice, Actor("hr", "Lee Park"), "maple", ROLE, "role: x\n", None)
    add_practice(practice, operator(), "oak", "O" * 80)
    add_manager(practice, operator(), "sam", "S" * 80, "oak", Month(2025, 1), role="biller")
    shown = text_of(open_page("roles", by="hr"))
    for words in (
        "1 role without a version in force", "2 versions not acknowledged", "1 draft begun",
        "from January 2025", "from May 2025", "2 of 2 missing", "Lee Park (hr)",
        f"editor?practice=maple&amp;role={ROLE}",
    ):  # fmt: skip
        assert words in shown, words


def test_another_role_opens_in_the_editor(practice: Engine, open_page: Open) -> None:
    app = open_page("roles", by="hr")
    app.text_input(key="role_id").input("Front Desk").run()
    app.button(key="role_write").click()
    app.run()
    assert "cannot be the id of a role" in text_of(app).replace("&#x27;", "'")
    app.text_input(key="role_id").input("front-desk-lead").run()
    app.button(key="role_write").click()
    app.run()
    assert not app.exception
    assert "front-desk-lead" in text_of(app)
    assert "Begin a draft" in text_of(app)
