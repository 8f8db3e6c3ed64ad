"""What an upload moved when it was loaded, and when it was undone: the moves of a preview."""

from datetime import date

import pytest
from sqlalchemy import Engine

from kpi.access.actor import Actor, operator
from kpi.errors import NotPermitted
from kpi.months import Month
from kpi.review.scores.upload_moves import EventMoves, upload_moves, upload_moves_document
from tests.office import Office
from tests.scored import assigned, complaints, ledger, scored_office, surveys

TODAY = date(2026, 5, 10)


def moved(office: Office, upload: int, actor: Actor | None = None) -> list[EventMoves]:
    return upload_moves(office.engine, actor or operator(), "lakeside", upload, TODAY)


def test_a_correction_and_its_undoing(engine: Engine) -> None:
    """2,250 of 3,000 in place of 1,950 is 75%, a quarter of the way from floor to target; the
    score loses 0.4 · 50. Undone after another correction of 350 in place of 650, it takes the
    score from 65% to 55%: halfway from target to stretch."""
    office = scored_office(engine)
    march = office.load(ledger("2026-03", spent=950))
    office.load(ledger("2026-02", spent=350))
    (loaded,) = moved(office, march)
    (quarter,) = loaded.periods
    assert (quarter.first, quarter.last, quarter.so_far) == (Month(2026, 1), Month(2026, 3), False)
    (move,) = quarter.moves
    assert move.kpi.id == "overhead_ratio"
    assert (move.before.result.value, move.after.result.value) == (0.65, 0.75)
    assert (quarter.before.score, quarter.after.score) == pytest.approx((67.5, 47.5))
    office.undo(march)
    again, undone = moved(office, march)
    assert again.periods[0].moves == quarter.moves
    (move,) = undone.periods[0].moves
    assert (move.before.result.value, move.after.result.value) == (0.65, 0.55)
    assert (move.before.attainment, move.after.attainment) == pytest.approx((75, 110))


def test_a_file_of_the_period_under_way(engine: Engine) -> None:
    """April's answers open the second quarter, as far as it had come then; that May followed
    changes nothing of it."""
    office = scored_office(engine)
    april = office.load(surveys("2026-04"))
    office.load(surveys("2026-05"))
    (loaded,) = moved(office, april)
    (running,) = loaded.periods
    assert (running.first, running.last, running.so_far) == (Month(2026, 4), Month(2026, 6), True)
    (move,) = running.moves
    assert move.kpi.id == "satisfaction_score"
    assert (move.before.result.value, move.after.result.value) == (None, pytest.approx(70))


def test_what_moves_nothing(engine: Engine) -> None:
    office = scored_office(engine)
    same = office.load(complaints("2026-03"))
    assert moved(office, same) == []
    old = office.load("complaint_id,received_on\nK0,2020-01-05\n")
    (loaded,) = moved(office, old)
    assert loaded.periods == ()


def test_a_manager_sees_her_own(engine: Engine) -> None:
    office = scored_office(engine)
    assigned(office, "kim")
    upload = office.load(ledger("2026-03", spent=950))
    kim = Actor("manager", "Kim", "kim", frozenset({"lakeside"}))
    (loaded,) = moved(office, upload, kim)
    assert [each.assignment.manager.id for each in loaded.periods] == ["kim"]
    assert len(moved(office, upload)[0].periods) == 2
    with pytest.raises(NotPermitted):
        moved(office, upload, Actor("administrator", "Ada"))


def test_the_document(engine: Engine) -> None:
    office = scored_office(engine)
    upload = office.load(ledger("2026-03", spent=950))
    (event,) = upload_moves_document(moved(office, upload))
    assert (event["cause"], event["actor"]) == ("loaded", operator().label)
    (period,) = event["periods"]
    assert (period["from"], period["to"], period["so_far"]) == ("2026-01", "2026-03", False)
    assert [each["id"] for each in period["kpis"]] == ["overhead_ratio"]
