"""Tables and charts that are taken away from every other page: what stands there, noted, asked."""

import csv
import io
from collections.abc import Callable
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest

from dashboards import session
from dashboards.app import PAGES
from dashboards.views.cards import Card
from dashboards.views.files import cards_csv
from kpi.access.accounts import disable_account
from kpi.access.actor import operator
from kpi.errors import NotPermitted
from kpi.report.svg import figure
from kpi.store.engine import reading
from kpi.store.people import trail
from tests.dashboards.conftest import Open, text_of
from tests.dashboards.people import signed_in
from tests.dashboards.reviewed import brought_to, set_clock
from tests.dashboards.roles import NEXT
from tests.dashboards.test_editor import WHERE, begun
from tests.dashboards.test_files import read, said
from tests.dashboards.test_taking_away import offered

# By hr: the page, the file, and the beginning of a line of it, by what the small practice holds.
LISTS = (
    ("reviews", "reviews.csv", ["1", "Self-assessed", "Robin <i>Vale</i>"]),
    ("role", "versions.csv", ["2025.1", "from January 2025 on"]),
    ("roles", "roles.csv", ["medical-office-manager"]),
    ("scorecards", "scorecards.csv", ["Robin <i>Vale</i>"]),
    ("people", "assignments.csv", ["Robin <i>Vale</i>"]),
    ("people", "deliveries.csv", ["Appointments", "–"]),
    ("trail", "trail.csv", []),
    ("catalogue", "catalogue.csv", ["Financial", "Revenue growth"]),
    ("month_end", "uploads.csv", ["4"]),
    ("month_end", "months.csv", ["Appointments", "for No-show rate"]),
)


def test_every_list_is_handed_out_as_it_stands(
    practice: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch)
    brought_to(practice, "self_assessed")
    secret = signed_in("hr")
    monkeypatch.setattr(session, "secret", lambda: secret)
    files: dict[str, dict[str, Callable[[], bytes]]] = {}
    for page in dict.fromkeys(page for page, _, _ in LISTS):
        with offered(monkeypatch) as found:
            # The page alone, without what surrounds it.
            assert (
                not AppTest.from_file(str(PAGES / f"{page}.py"), default_timeout=30).run().exception
            )
        files[page] = dict(found)
    for page, name, begins in LISTS:
        rows = read(files[page][f"take_away_{name}"]())
        assert {len(row) for row in rows} == {len(rows[0])}, name
        assert begins in [row[: len(begins)] for row in rows[1:]], (name, rows)
    months = read(files["month_end"]["take_away_months.csv"]())
    assert "Complete, 119 rows" in months[1]  # 4 no-shows, 23 weekdays of 5 visits
    with reading(practice) as connection:
        noted = connection.execute(select(trail.c.subject).where(trail.c.action == "export"))
        assert {"list of reviews", "lists of people", "list of deeds"} <= set(noted.scalars())


def test_whoever_may_not_see_it_any_more_takes_nothing(
    practice: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    with offered(monkeypatch) as found:
        open_page("accounts", by="administrator")
        rows = read(found["take_away_accounts.csv"]())
    assert ["Administrator Example", "Administrator", "All"] in [row[:3] for row in rows]
    with offered(monkeypatch) as found:
        open_page("role", by="manager")
    disable_account(practice, operator(), "manager")
    with pytest.raises(NotPermitted, match="sign in again"):
        found["take_away_versions.csv"]()


def test_a_review_hands_out_its_kpis_its_steps_and_its_charts(
    practice: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch)
    number = brought_to(practice, "self_assessed")
    with offered(monkeypatch) as found:
        open_page("review", by="hr", review=str(number))
    kpis = read(found["take_away_kpis.csv"]())
    # 13 Mondays with a no-show, 64 weekdays with 5 visits: 13 / 333 = 3.904%.
    assert ["No-show rate", "lower is better", "3.9%"] in [row[:3] for row in kpis]
    steps = read(found["take_away_steps_of_the_review.csv"]())
    assert [row[1] for row in steps[1:]] == ["Opened", "Self-assessment handed in"]
    charts = ZipFile(io.BytesIO(found["take_away_charts.zip"]()))
    assert charts.namelist() == ["score.svg", "no_show_rate.svg", "hipaa_violations.svg"]
    assert "value 3.9%" in said(charts.read("no_show_rate.svg"))


def test_the_editor_hands_out_what_a_draft_is_held_against(
    practice: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(practice, NEXT)
    with offered(monkeypatch) as found:
        open_page("editor", by="hr", **WHERE)
    targets = read(found["take_away_targets.csv"]())
    assert ["No-show rate", "10%", "4.5%", "3%", "60", "–", "–"] in targets
    # January: 4 Mondays and 23 weekdays of 5 visits: 4 / 119 = 3.36%.
    assert ["January 2025", "3.36%"] in read(found["take_away_no_show_rate_history.csv"]())
    drawn = said(found["take_away_no_show_rate_history.svg"]())
    assert "target 4.5%; floor 10%; stretch 3%" in drawn


def test_a_card_as_a_row_says_all_that_stands_on_it() -> None:
    chart = figure(1, 1, "a bar", "")
    cells = ("plain", ("=1+1", "quiet"), ("bold", ""), chart)
    content = cards_csv(("What", "A", "B", "C", ""), [Card("-name", "", cells)])
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows == [
        ["What", "A", "B", "C", "Note"],
        ["'-name", "plain", "'=1+1; quiet", "bold", "a bar"],
    ]


def test_without_a_table_there_is_nothing_to_take(empty: Engine, open_page: Open) -> None:
    app = open_page("roles", by="hr")
    assert "No practice yet" in text_of(app)
    assert not app.get("popover")
