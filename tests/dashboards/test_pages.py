"""Every page with nothing there, with a small practice, and with a file that cannot be read."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboards import clock, frame
from kpi.catalogue import kpis
from kpi.errors import DatabaseError
from tests.dashboards.conftest import Open, text_of
from tests.dashboards.small_practice import LAST, appointments, load

READERS = ("physician", "manager", "hr")


@pytest.mark.parametrize("page", ["overview", "kpi", "month_end"])
def test_with_nobody_assigned_a_page_says_what_to_do(
    empty: Engine, open_page: Open, page: str
) -> None:
    shown = text_of(open_page(page))
    assert "No manager is assigned yet" in shown
    assert "kpi manager add" in shown


def test_without_a_database_the_page_says_how_to_make_one(url: str, open_page: Open) -> None:
    assert "kpi init" in text_of(open_page())


@pytest.mark.parametrize("reader", READERS)
def test_overview_shows_the_score_to_every_reader(
    practice: Engine, open_page: Open, reader: str
) -> None:
    shown = text_of(open_page(by=reader))
    assert "January to March 2025" in shown
    assert "No-show rate" in shown
    assert "HIPAA violations: held" in shown


def test_names_from_data_are_text_and_never_markup(practice: Engine, open_page: Open) -> None:
    shown = text_of(open_page())
    assert "Robin &lt;i&gt;Vale&lt;/i&gt;" in shown
    assert "<i>Vale" not in shown
    assert "<b>Street" not in shown


def test_no_address_holds_a_name(practice: Engine, open_page: Open) -> None:
    app = open_page(by="manager")
    shown = text_of(app)
    assert "kpi?assignment=1&amp;kpi=no_show_rate" in shown
    assert "robin" not in shown


def test_kpi_page_leads_to_file_and_line(practice: Engine, open_page: Open) -> None:
    shown = text_of(open_page("kpi", kpi="no_show_rate"))
    assert "no_shows / (visits + no_shows)" in shown
    assert "appointments.csv" in shown
    assert "February 2025" in shown


def test_kpi_page_turns_the_leaves_of_its_records(practice: Engine, open_page: Open) -> None:
    first, second = (text_of(open_page("kpi", kpi="no_show_rate", page=at)) for at in "12")
    assert first != second
    assert "<td>no_shows</td>" in first
    assert "<td>no_shows</td>" not in second


def test_a_kpi_that_the_role_lacks_is_said_and_another_is_shown(
    practice: Engine, open_page: Open
) -> None:
    shown = text_of(open_page("kpi", kpi="<script>"))
    assert "no KPI &#x27;&lt;script&gt;&#x27;" in shown
    assert "No-show rate" in shown


def test_month_end_shows_only_what_the_role_needs(practice: Engine, open_page: Open) -> None:
    shown = text_of(open_page("month_end", by="manager"))
    assert "Appointments" in shown
    assert "Nothing to report" in shown
    assert "Ledger" not in shown


def test_only_the_manager_uploads(practice: Engine, open_page: Open) -> None:
    assert open_page("month_end", by="manager").get("file_uploader")
    assert not open_page("month_end", by="physician").get("file_uploader")


def test_a_file_is_previewed_then_loaded_then_undone(practice: Engine, open_page: Open) -> None:
    app = open_page("month_end", by="manager")
    again = appointments(LAST, LAST, no_shows_on_monday=3)
    app = upload(app, "march again.csv", again)
    assert "march again.csv: Can be loaded" in text_of(app)
    assert "Preview: nothing is loaded yet" in text_of(app)
    app = press(app, "Load 1 file")
    assert "march again.csv: Loaded" in text_of(app)
    assert "Preview: nothing is loaded yet" not in text_of(app)

    app.selectbox(key="undo_upload").set_value(5)
    app.run()
    app.checkbox(key="undo_sure").check().run()
    app = press(app, "Undo")
    assert "Upload 5 (march again.csv) is undone." in text_of(app)


def test_a_receipt_balances(practice: Engine, open_page: Open) -> None:
    content = b"appointment_id,start_at,status\nB1,2025-03-03 09:00,completed\nB2,never,completed\n"
    shown = text_of(upload(open_page("month_end", by="manager"), "two.csv", content))
    for count, words in ((2, "rows read"), (1, "added"), (0, "changed"), (1, "in quarantine")):
        assert f'<b>{count}</b><span class="rc-small">{words}</span>' in shown
    assert "start_at" in shown


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"<html><body>report</body></html>", "web page"),
        (b"a,b\n1,2\n", "a.csv"),
    ],
)
def test_a_bad_file_gets_a_sentence_and_cannot_be_loaded(
    practice: Engine, open_page: Open, content: bytes, said: str
) -> None:
    app = upload(open_page("month_end", by="manager"), "a.csv", content)
    assert re.search("a.csv: (Refused|Asks a question)", text_of(app))
    assert said in text_of(app)
    assert not [button for button in app.button if re.match(r"Load \d", button.label)]


def test_an_incident_by_hand_breaches_the_gate(practice: Engine, open_page: Open) -> None:
    app = open_page("month_end", by="manager")
    app.selectbox(key="hand_dataset").set_value("incidents").run()
    app.text_input(key="hand_incidents_incident_id_0").set_value("2025-7")
    app.selectbox(key="hand_incidents_kind_0").set_value("hipaa")
    app.selectbox(key="hand_incidents_confirmed_0").set_value("true")
    app.date_input(key="hand_incidents_discovered_on_0").set_value(LAST.first_day)
    app = press(app, "Load this entry")
    assert "under the number 2025-7" in text_of(app)
    shown = text_of(open_page())
    assert "breached: holds the score to at most 60" in shown
    assert ">60.0<" in shown


def test_an_incident_without_a_date_is_not_loaded(practice: Engine, open_page: Open) -> None:
    app = open_page("month_end", by="manager")
    app.selectbox(key="hand_dataset").set_value("incidents").run()
    app.selectbox(key="hand_incidents_kind_0").set_value("osha")
    app = press(app, "Load this entry")
    assert "Fill in discovered on or occurred on" in text_of(app)


def test_what_a_manager_declares_waits_for_hr(
    practice: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2025, 5, 10))  # April is over
    app = press(open_page("month_end", by="manager"), "Declare that there was nothing")
    assert "waits for a countersignature" in text_of(app)
    app = press(open_page("month_end", by="hr"), "Countersign 5")
    assert "is countersigned" in text_of(app)


def test_scorecards_are_hrs(practice: Engine, open_page: Open) -> None:
    shown = text_of(open_page("scorecards", by="hr"))
    assert "Robin &lt;i&gt;Vale&lt;/i&gt;" in shown
    assert "Complete" in shown


def upload(app: AppTest, name: str, content: bytes) -> AppTest:
    """Hands a file to the uploader."""
    app.file_uploader[0].set_value([(name, content, "text/csv")])
    app.run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    """Presses the first button of that label."""
    next(button for button in app.button if button.label == label).click()
    app.run()
    assert not app.exception
    return app


def test_accounts_without_a_category_are_mapped_once(practice: Engine, open_page: Open) -> None:
    ledger = b"month,account,kind,amount\n2025-01,Staff wages,expense,1200.00\n"
    load(practice, "ledger.csv", ledger)
    app = open_page("month_end", by="manager")
    assert "1 account, $1,200: cost KPIs wait for them" in text_of(app)
    # The account's name points to payroll; the person confirms.
    assert app.selectbox(key="account_Staff wages").value == "payroll"
    app = press(app, "Save the categories")
    assert "1 account saved with a category" in text_of(app)
    assert "Accounts without a category" not in text_of(app)


def test_a_fault_shows_a_number_and_keeps_its_details_for_the_log(
    practice: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("patient 4711")

    monkeypatch.setattr(frame, "period", fails)
    shown = text_of(open_page())
    found = re.search("reference ([0-9a-f]{8})", shown)
    assert found
    assert "4711" not in shown
    assert "Traceback" not in shown


def test_a_sentence_for_the_reader_stands_in_place_of_the_page(
    practice: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object) -> None:
        raise DatabaseError("The disk is full; <b>nothing</b> was changed.")

    monkeypatch.setattr(frame, "period", refuses)
    assert "The disk is full; &lt;b&gt;nothing&lt;/b&gt; was changed." in text_of(open_page())


@pytest.mark.parametrize("reader", READERS)
def test_the_catalogue_shows_every_kpi_to_every_reader(
    practice: Engine, open_page: Open, reader: str
) -> None:
    shown = text_of(open_page("catalogue", by=reader))
    assert f"{len(kpis())} KPIs" in shown
    for family in ("Financial", "Operational", "Satisfaction", "Compliance"):
        assert f"<h2>{family}</h2>" in shown
    assert "catalogue?" in shown
    assert "kpi=coding_accuracy" in shown


def test_the_catalogue_explains_one_kpi_in_the_role_or_not(
    practice: Engine, open_page: Open
) -> None:
    shown = text_of(open_page("catalogue", kpi="denial_rate"))
    for words in (
        "claims_denied / claims_adjudicated", "30 claims decided", "Under 5 percent", "HFMA",
        "second-hand", "A part of it. Payers set the rules", "Payers differ", "Clean claim rate",
    ):  # fmt: skip
        assert words in shown
    assert "<h2>Financial</h2>" not in shown


def test_the_catalogue_is_there_before_anybody_is_assigned(empty: Engine, open_page: Open) -> None:
    assert "Days in A/R" in text_of(open_page("catalogue"))


def test_choosing_a_kpi_of_the_catalogue_and_going_back(practice: Engine, open_page: Open) -> None:
    app = open_page("catalogue")
    app.selectbox(key="choose_kpi").select("days_in_ar").run()
    assert "closing(ar_balance)" in text_of(app)
    app.selectbox(key="choose_kpi").select("").run()
    assert "<h2>Compliance</h2>" in text_of(app)


def test_a_kpi_that_the_catalogue_lacks_is_said(practice: Engine, open_page: Open) -> None:
    shown = text_of(open_page("catalogue", kpi="<b>"))
    assert "has no KPI &#x27;&lt;b&gt;&#x27;" in shown
