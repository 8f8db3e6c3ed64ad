"""What others than the manager look over, on the pages: deeds to sign, and spot checks."""

from io import BytesIO

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from kpi.access.actor import Actor, operator
from kpi.ingest.ingestion import ingest
from kpi.ingest.undoing import undo
from tests.dashboards.conftest import Open, text_of
from tests.dashboards.small_practice import FIRST, LAST, appointments

DANA = Actor("manager", "Dana <i>Whitfield</i>", "robin", frozenset({"maple"}))


def incident(engine: Engine, said: str, actor: Actor) -> int:
    """Loads a privacy incident of February; gives the upload."""
    text = f"incident_id,kind,occurred_on,confirmed\nI1,hipaa,2025-02-10,{said}\n"
    (receipt,) = ingest(engine, actor, "maple", BytesIO(text.encode()), f"{said}.csv")
    assert receipt.id is not None, receipt.message
    return receipt.id


def button(app: AppTest, label: str) -> AppTest:
    (found,) = [each for each in app.button if each.label == label]
    found.click().run()
    assert not app.exception
    return app


@pytest.fixture
def dismissed(practice: Engine) -> int:
    """The upload by which the manager dismissed a violation."""
    incident(practice, "true", operator())
    return incident(practice, "false", DANA)


def test_a_physician_sees_what_waits_and_signs_it(
    practice: Engine, dismissed: int, open_page: Open
) -> None:
    assert "waiting for a decision" in text_of(open_page())
    app = open_page("month_end", by="physician")
    shown = text_of(app)
    assert "Waits for a countersignature (1)" in shown
    assert "false.csv dismisses, removes or changes incidents (HIPAA): February 2025." in shown
    assert "Dana &lt;i&gt;Whitfield&lt;/i&gt; (manager)" in shown
    assert "The gate on HIPAA violations can hold only once it is signed." in shown
    assert "Loaded, to be countersigned" in shown
    app = button(app, f"Countersign {dismissed}")
    assert f"Upload {dismissed} is countersigned." in text_of(app)
    assert "Waits for a countersignature (" not in text_of(app)
    assert "waiting for a decision" not in text_of(open_page())


def links(app: AppTest) -> list[str]:
    """The ways to the other pages, as they are labelled."""
    return [each.proto.label for each in app.get("page_link")]


def test_the_navigation_counts_what_waits_for_whoever_may_sign(
    practice: Engine, dismissed: int, open_page: Open
) -> None:
    assert "Month-end (1 to sign)" in links(open_page(by="physician"))
    assert "Month-end" in links(open_page(by="manager"))
    app = button(open_page("month_end", by="hr"), f"Countersign {dismissed}")
    assert "Month-end" in links(app)


def test_hr_declines_with_a_reason_that_is_text(
    practice: Engine, dismissed: int, open_page: Open
) -> None:
    app = open_page("month_end", by="hr")
    app = button(app, f"Decline upload {dismissed}")
    assert "Say why you do not countersign." in text_of(app)
    app.text_input(key=f"decline_reason_{dismissed}").set_value("Ask <b>Lee</b> first.")
    app = button(app, f"Decline upload {dismissed}")
    shown = text_of(app)
    assert "Ask &lt;b&gt;Lee&lt;/b&gt; first." in shown
    assert "Waits for a countersignature (1)" in shown
    assert "waiting for a decision" in text_of(open_page())


def test_a_manager_sees_what_waits_and_cannot_sign(
    practice: Engine, dismissed: int, open_page: Open
) -> None:
    app = open_page("month_end", by="manager")
    assert "Waits for a countersignature (1)" in text_of(app)
    assert not [each for each in app.button if "ountersign" in each.label]
    assert not [each for each in app.button if "ecline" in each.label]


def test_the_board_says_who_loaded_each_dataset(
    practice: Engine, dismissed: int, open_page: Open
) -> None:
    shown = text_of(open_page("month_end"))
    assert "last loaded by Dana &lt;i&gt;Whitfield&lt;/i&gt; (manager)" in shown
    assert "(operator)" in shown


# -- spot checks -------------------------------------------------------------------------------


def test_a_spot_check_is_drawn_answered_and_shown_to_the_manager(
    practice: Engine, open_page: Open
) -> None:
    app = button(open_page("kpi", by="physician", kpi="no_show_rate"), "Draw a spot check")
    assert "10 still to look up" in text_of(app)
    assert len(app.radio) == 10
    app.radio[0].set_value("differs")
    app = button(app, "Keep the answers")
    assert "Say what differs in record 1." in text_of(app)
    app.text_input(key="spot_note_1_1").set_value("Seen at <i>ten</i>")
    for radio in app.radio[1:]:
        radio.set_value("agrees")
    app = button(app, "Keep the answers")
    assert "The answers are kept." in text_of(app)
    assert any("9 agree and 1 differs." in each.label for each in app.expander)
    app = open_page("kpi", by="manager", kpi="no_show_rate")
    assert any("9 agree and 1 differs." in each.label for each in app.expander)
    assert "Seen at &lt;i&gt;ten&lt;/i&gt;" in text_of(app)
    assert not [each for each in app.button if each.label == "Draw a spot check"]


def test_a_spot_check_says_that_its_upload_was_undone(practice: Engine, open_page: Open) -> None:
    app = button(open_page("kpi", by="hr", kpi="no_show_rate"), "Draw a spot check")
    for radio in app.radio:
        radio.set_value("agrees")
    button(app, "Keep the answers")
    again = BytesIO(appointments(FIRST, LAST))  # so that undoing the first leaves the rows
    ingest(practice, operator(), "maple", again, "again.csv")
    undo(practice, operator(), "maple", 1)
    shown = text_of(open_page("kpi", by="manager", kpi="no_show_rate"))
    assert "Of 10 records the upload was undone since." in shown
    assert "Its upload is undone since" in shown


def test_there_is_no_spot_check_of_what_no_record_stands_behind(
    practice: Engine, open_page: Open
) -> None:
    app = open_page("kpi", by="hr", kpi="hipaa_violations")
    assert "Spot checks" not in text_of(app)
