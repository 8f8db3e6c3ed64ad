"""What changed since: the section of a KPI's page, and what an upload moved.

Five completed visits a weekday and one no-show a Monday: in the first quarter of 2025 there are 64
weekdays, 13 of them Mondays, so that 13 of 333 bookings were missed. With three on each of March's
five Mondays 10 more are booked and missed: 23 of 343.
"""

from datetime import date

import pytest
from sqlalchemy import Engine

from dashboards.address import Address
from dashboards.views.since import since_view, usual_day
from kpi.access.actor import operator
from kpi.ingest.undoing import undo
from kpi.months import Month
from kpi.review.explained.since import changed_since
from tests.dashboards.conftest import Open, text_of
from tests.dashboards.small_practice import LAST, appointments, load
from tests.review.stamped import Stamp

COUNTED = "visits and no-shows"


@pytest.fixture
def corrected(practice: Engine) -> Engine:
    """March was loaded anew on 8 April, and that was undone on the 10th."""
    stamp = Stamp(practice)
    stamp("2025-04-02T10:00:00Z")
    load(practice, "march again.csv", appointments(LAST, LAST, no_shows_on_monday=3))
    stamp("2025-04-08T10:00:00Z")
    undo(practice, operator(), "maple", 5)
    stamp("2025-04-10T10:00:00Z")
    return practice


def test_each_change_from_what_to_what(corrected: Engine, open_page: Open) -> None:
    shown = text_of(open_page("kpi", kpi="no_show_rate", since="2025-04-05"))
    assert "At the start of 5 April 2025 it was 3.9%. 2 events have moved it since" in shown
    newest, oldest = shown.index("10 April 2025, 10:00"), shown.index("8 April 2025, 10:00")
    assert newest < oldest
    assert "march again.csv was loaded (upload 5)" in shown
    assert "march again.csv was undone (upload 5)" in shown


def test_figures_come_with_their_counts(corrected: Engine) -> None:
    found = changed_since(corrected, operator(), "no_show_rate", "robin", Month(2025, 1), LAST,
                          date(2025, 4, 5))  # fmt: skip
    undone, loaded = since_view(found).lines
    assert (loaded.moved, undone.moved) == ("From 3.9% to 6.71%", "From 6.71% to 3.9%")
    assert loaded.made == f"13 of 333 {COUNTED} → 23 of 343 {COUNTED}"
    assert loaded.when == f"8 April 2025, 10:00, by {operator().label}"
    assert len(since_view(found, every=False).lines) == 2


def test_without_a_day_it_is_thirty_days_ago(corrected: Engine, open_page: Open) -> None:
    """Looked at on 15 April: since 16 March, before anything was loaded."""
    app = open_page("kpi", kpi="no_show_rate")
    assert app.date_input(key="choose_since").value == date(2025, 3, 16)
    assert "At the start of 16 March 2025 it was not known." in text_of(app)
    assert usual_day(date(2025, 4, 15)) == date(2025, 3, 16)


def test_a_day_is_chosen_and_stays_in_the_address(corrected: Engine, open_page: Open) -> None:
    app = open_page("kpi", kpi="no_show_rate")
    app.date_input(key="choose_since").set_value(date(2025, 4, 9)).run()
    assert app.query_params["since"] == "2025-04-09"
    shown = text_of(app)
    assert "At the start of 9 April 2025 it was 6.71%. One event has moved it since" in shown


def test_nothing_moved(corrected: Engine, open_page: Open) -> None:
    shown = text_of(open_page("kpi", kpi="no_show_rate", since="2025-04-11"))
    assert "Nothing has moved it since, so it is 3.9% now." in shown
    assert 'class="rc-changes"' not in shown


@pytest.mark.parametrize("text", ["soon", "2025-13-01", "9999-12-31"])
def test_a_day_that_is_none_does_no_harm(corrected: Engine, open_page: Open, text: str) -> None:
    assert "What changed since?" in text_of(open_page("kpi", kpi="no_show_rate", since=text))


def test_an_address_keeps_its_day() -> None:
    found = Address(kpi="no_show_rate", since=date(2025, 4, 5))
    assert Address.read(found.query()) == found


@pytest.mark.parametrize("reader", ["manager", "physician"])
def test_what_an_upload_moved(corrected: Engine, open_page: Open, reader: str) -> None:
    app = open_page("month_end", by=reader)
    app.selectbox(key="moved_upload").set_value(5).run()
    shown = text_of(app)
    assert "When it was loaded, on 8 April 2025, 10:00:" in shown
    assert "When it was undone, on 10 April 2025, 10:00:" in shown
    assert "<td>3.9%</td><td>6.71%</td>" in shown
    app.selectbox(key="moved_upload").set_value(2).run()
    assert "When it was attested, on 2 April 2025, 10:00" in text_of(app)
