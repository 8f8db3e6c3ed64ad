"""No run of a page computes a score that has been computed: however often a page runs again,
whatever is chosen and chosen back, whoever looks."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from dashboards import clock
from dashboards.views.periods import SO_FAR, in_address
from kpi.review.basis import inputs
from kpi.score.model import Score
from tests.dashboards.conftest import Open
from tests.dashboards.reviewed import brought_to
from tests.dashboards.small_practice import FIRST, LAST, appointments, load


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> Counter[object]:
    """How often the score of which months was computed, by first and last month."""
    counted: Counter[object] = Counter()
    compute = inputs.score

    def counting(*of: Any, **rest: Any) -> Score:
        counted[of[1], of[2]] += 1
        return compute(*of, **rest)

    monkeypatch.setattr(inputs, "score", counting)
    return counted


def test_no_run_computes_a_score_twice(
    practice: Engine, open_page: Open, computed: Counter[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    april = LAST + 1
    load(practice, "april.csv", appointments(april, april))
    monkeypatch.setattr(clock, "today", lambda: date(2025, 5, 10))
    app = open_page()
    app.selectbox(key="choose_period").select(SO_FAR).run()  # its pace is of the same score
    app.selectbox(key="choose_period").select(in_address(FIRST, LAST)).run()
    open_page("kpi", by="manager", kpi="no_show_rate").run()
    assert computed == {(FIRST, LAST): 1, (april, april): 1}


def test_reviews_and_their_list_take_the_score_that_the_overview_has(
    practice: Engine, open_page: Open, computed: Counter[object]
) -> None:
    number = brought_to(practice, "open")
    computed.clear()
    open_page("reviews", by="hr")  # by way of the overview
    open_page("review", by="physician", review=str(number)).run()
    assert computed == {(FIRST, LAST): 1}
    load(practice, "march.csv", appointments(LAST, LAST, no_shows_on_monday=3))
    open_page("review", by="hr", review=str(number)).run()
    assert computed == {(FIRST, LAST): 2}  # of the data as it is since
