"""Pace, guidance and what is left out: what pages say, and to whom pay is never said."""

from datetime import date

import pytest
from sqlalchemy import Engine

from dashboards import clock
from dashboards.views.left_out import left_out
from dashboards.views.pace import pace_sentences, pace_view
from kpi.access.actor import Actor, operator
from kpi.access.leave import set_leave
from kpi.months import Month
from kpi.review.basis.exclusions import exclude
from kpi.review.scores.pace import pace_of
from kpi.review.scores.scoring import score_manager
from tests.dashboards.conftest import Open, text_of
from tests.office import Office
from tests.review.test_guiding import running_office
from tests.scored import scored_office

HR = Actor("hr", "Hana Example")
JAN, FEB, MAR = Month(2026, 1), Month(2026, 2), Month(2026, 3)
RATINGS = {"meets": 90.0}


@pytest.fixture
def running(empty: Engine) -> Office:
    return running_office(empty)


def test_the_overview_lists_points_at_stake(running: Office) -> None:
    """By hand in tests/review/test_guiding.py; 15, 10 and 7.5 points are at stake."""
    view = pace_view(pace_of(running.engine, HR, "dana", JAN, MAR), RATINGS)
    assert view.headline == "At the pace of the last twelve months the period ends at 67.5 points."
    assert [row.stake for row in view.rows] == [
        "15.0 points at stake", "10.0 points at stake", "7.5 points at stake",
    ]  # fmt: skip
    assert view.rows[1].sentence == (
        "65% so far; at this pace 65%, between 65% and 65%. Target of 60%: $150 less operating "
        "cost in March 2026."
    )
    assert view.others == ("1 KPI meets the target at this pace.",)


def test_one_kpi_in_sentences(running: Office) -> None:
    found = pace_of(running.engine, HR, "dana", JAN, MAR)
    said = pace_sentences(found.rows[0], MAR)
    assert said[0].endswith("it ends March 2026 at 65%, between 65% and 65%.")
    assert said[1:] == [
        "Its target of 60% takes: $150 less operating cost in March 2026.",
        "Points at stake: 10.0.",
    ]
    assert pace_sentences(found.rows[3], MAR)[1:] == ["That meets its target."]


def test_what_is_left_out_is_said(empty: Engine) -> None:
    office = scored_office(empty)
    assert left_out(score_manager(office.engine, operator(), "dana", JAN, MAR)) == []
    exclude(empty, HR, "dana", "lakeside", "satisfaction_score", JAN, MAR, "Lost.", "A letter.")
    said = left_out(score_manager(office.engine, operator(), "dana", JAN, MAR))
    assert said[0].startswith("Patient satisfaction, January to March 2026: excluded by Hana")
    assert said[0].endswith("Lost. Evidence: A letter.")
    assert said[1] == "Without what HR excluded the score would be 67.5."
    set_leave(empty, HR, "dana", "lakeside", FEB, FEB)
    said = left_out(score_manager(office.engine, operator(), "dana", JAN, MAR))
    assert said[0] == "On leave in February 2026: these months do not score."


def test_pages_show_guidance_and_what_is_left_out(practice: Engine, open_page: Open) -> None:
    before = text_of(open_page())
    assert "Left out and taken over" not in before
    exclude(practice, HR, "robin", "maple", "no_show_rate", Month(2025, 2), Month(2025, 2),
            "A <b>storm</b>.", "The county's notice.")  # fmt: skip
    shown = text_of(open_page())
    assert "A &lt;b&gt;storm&lt;/b&gt;. Evidence: The county" in shown
    assert "Without what HR excluded the score would be" in shown


def test_pages_of_a_period_under_way_show_its_pace(
    running: Office, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 3, 10))
    shown = text_of(open_page(period="so-far"))
    assert "the period ends at 67.5 points." in shown
    assert "15.0 points at stake" in shown
    shown = text_of(open_page("kpi", period="so-far", kpi="overhead_ratio"))
    assert "Its target of 60% takes: $150 less operating cost in March 2026." in shown
    assert "Did cost rise, or did revenue fall in a slow month?" in shown
    assert "Reads a profit and loss statement." in shown
