"""Practices side by side: what stands there for whom, and what is said of those without figures."""

from io import BytesIO

import pytest
from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.access.managers import add_manager
from kpi.access.practices import add_practice
from kpi.ingest.declaring import attest
from kpi.ingest.ingestion import ingest
from kpi.months import span
from kpi.review.roles.publication import publish
from tests.dashboards.conftest import Open, text_of
from tests.dashboards.small_practice import FIRST, LAST, ROLE, TODAY, appointments
from tests.dashboards.test_files import read
from tests.dashboards.test_taking_away import offered

LONG = "The Practice of Long Names and Longer Waiting Lists at the Far End of the Street"


@pytest.fixture
def practices(practice: Engine) -> Engine:
    """Beside Maple: one with four no-shows each Monday, one without data, one without a role, one
    where nobody is assigned."""
    who = operator()
    for id, name in (("oak", "Oak"), ("ash", "Ash"), ("long", LONG), ("yew", "Yew")):
        add_practice(practice, who, id, name)
    for id in ("oak", "ash", "long"):
        add_manager(practice, who, f"of_{id}", f"Of {id}", id, FIRST)
    for id in ("oak", "ash"):
        publish(practice, who, id, ROLE, "role.yaml", "Later.", TODAY)
    content = BytesIO(appointments(FIRST, LAST, no_shows_on_monday=4))
    (receipt,) = ingest(practice, who, "oak", content, "appointments.csv")
    assert receipt.status == "loaded"
    for month in span(FIRST, LAST):
        attest(practice, who, "oak", "incidents", month)
    return practice


def test_practices_stand_side_by_side_with_what_can_be_told_apart(
    practices: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """13 Mondays, 64 weekdays with 5 visits: 13 of 333 are 3.9%, 52 of 372 are 14%, which Wilson's
    intervals tell apart. Beyond its floor of 10% Oak's has no points, so its score is 40."""
    with offered(monkeypatch) as files:
        app = open_page("practices", by="hr")
        lines, kpis = (read(files[f"take_away_{name}.csv"]()) for name in ("practices", "kpis"))
    shown = text_of(app)
    assert "Practices" in [link.proto.label for link in app.get("page_link")]
    assert "5 practices side by side" in shown
    assert [row[0] for row in lines[1:]] == [
        "Ash", "Maple <b>Street</b> Clinic", "Oak", LONG, "Yew",
    ]  # fmt: skip
    assert "Maple &lt;b&gt;Street&lt;/b&gt; Clinic" in shown
    assert "Oak (14%) is higher than Maple &lt;b&gt;Street&lt;/b&gt; Clinic (3.9%)." in shown
    assert "Maple &lt;b&gt;Street&lt;/b&gt; Clinic (106.6) lies above Oak (40.0)." in shown
    assert "there are no ranks" in shown
    assert 'href="./?assignment=2&amp;period=2025-01..2025-03"' in shown
    assert [row[2:5:2] for row in kpis[1:] if row[0] == "No-show rate"] == [
        ["Maple <b>Street</b> Clinic", "3.9%"], ["Oak", "14%"],
    ]  # fmt: skip
    for missing, page in (
        ("No review period is complete", "month-end?assignment=3"),
        ("No role is published", "roles?assignment=4"),
        ("No manager is assigned", ""),
    ):
        assert missing in shown
        assert page in shown


def test_the_choice_of_a_period_is_in_the_address(practices: Engine, open_page: Open) -> None:
    app = open_page("practices", period="2025-01..2025-03")
    (choice,) = [each for each in app.selectbox if each.label == "Period"]
    assert choice.options == ["Last complete one of each", "January to March 2025"]
    assert choice.value == "2025-01..2025-03"
    assert "HR publishes it." in text_of(app)
    # A period that none has shows the last complete one of each.
    gone = open_page("practices", period="2019-01..2019-03")
    assert next(each for each in gone.selectbox if each.label == "Period").value == ""


def test_who_has_one_practice_only_is_not_led_there(practices: Engine, open_page: Open) -> None:
    app = open_page("practices", by="manager")
    assert "Practices" not in [link.proto.label for link in app.get("page_link")]
    shown = text_of(app)
    assert "1 practice side by side" in shown
    assert "Oak" not in shown
    assert "told apart" not in shown
