"""What a dry run says that a file would move, worked by hand from the office of tests.scored."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import Connection, Engine

from kpi.access.actor import Actor, operator
from kpi.errors import NotPermitted
from kpi.ingest.ingestion import ingest
from kpi.months import Month
from kpi.review.scores.moves import PeriodMoves, moves, moves_document
from kpi.review.scores.scoring import score_manager
from tests.office import Office
from tests.scored import assigned, ledger, published, scored_office, surveys

APRIL_15, MAY_10 = date(2026, 4, 15), date(2026, 5, 10)


def moved_by(
    office: Office, text: str, actor: Actor | None = None, today: date = APRIL_15
) -> list[PeriodMoves]:
    found: list[PeriodMoves] = []

    def look(would: Connection) -> None:
        found.extend(moves(office.engine, would, actor or operator(), office.practice.id, today))

    (receipt,) = ingest(
        office.engine, operator(), office.practice.id, BytesIO(text.encode()), "corrected.csv",
        dry_run=True, look=look,
    )  # fmt: skip
    assert receipt.status != "refused", receipt.message
    return found


def test_a_corrected_month_moves_its_kpi_and_the_score(engine: Engine) -> None:
    """March spends 950 in place of 650: 2,250 of 3,000 is 75%, a quarter of the way from floor to
    target, and the score loses 0.4 · 50."""
    office = scored_office(engine)
    (quarter,) = moved_by(office, ledger("2026-03", spent=950))
    assert (quarter.first, quarter.last) == (Month(2026, 1), Month(2026, 3))
    assert not quarter.so_far
    (move,) = quarter.moves
    assert move.kpi.id == "overhead_ratio"
    assert (move.before.result.value, move.after.result.value) == pytest.approx((0.65, 0.75))
    assert (move.before.attainment, move.after.attainment) == pytest.approx((75, 25))
    assert (quarter.before.score, quarter.after.score) == pytest.approx((67.5, 47.5))


def test_looking_changes_nothing(engine: Engine) -> None:
    office = scored_office(engine)
    moved_by(office, ledger("2026-03", spent=950))
    stands = score_manager(engine, operator(), "dana", Month(2026, 1), Month(2026, 3))
    assert stands.score.score == pytest.approx(67.5)


def test_a_file_that_says_the_same_moves_nothing(engine: Engine) -> None:
    assert moved_by(scored_office(engine), ledger("2026-03")) == []


def test_a_first_month_opens_the_period_under_way(engine: Engine) -> None:
    office = scored_office(engine)
    (running,) = moved_by(office, surveys("2026-04"), today=MAY_10)
    assert (running.first, running.last, running.so_far) == (Month(2026, 4), Month(2026, 6), True)
    (document,) = moves_document([running])
    (answers,) = document["kpis"]
    assert answers["id"] == "satisfaction_score"
    assert answers["before"] == {"status": "no_data", "value": None, "attainment": None}
    assert answers["after"] == {"status": "scored", "value": pytest.approx(70), "attainment": 50}
    assert (document["manager"], document["from"], document["to"]) == ("dana", "2026-04", "2026-06")


def test_a_manager_sees_only_what_moves_in_her_own_score(engine: Engine) -> None:
    office = scored_office(engine)
    assigned(office, "kim")
    corrected = ledger("2026-03", spent=950)
    everyone = {each.assignment.manager.id for each in moved_by(office, corrected)}
    assert everyone == {"dana", "kim"}
    kim = Actor("manager", "Kim", "kim", frozenset({"lakeside"}))
    assert [each.assignment.manager.id for each in moved_by(office, corrected, kim)] == ["kim"]
    elsewhere = Actor("manager", "Kim", "kim", frozenset({"riverside"}))
    with pytest.raises(NotPermitted):
        moved_by(office, corrected, elsewhere)


def test_a_practice_that_scores_nobody_has_nothing_to_move(engine: Engine) -> None:
    office = Office(engine)
    for month in ("2026-01", "2026-02"):
        office.load(ledger(month))
    assert moved_by(office, ledger("2026-03")) == []
    assigned(office)  # under a role that is not published yet
    assert moved_by(office, ledger("2026-03")) == []
    published(office)
    assert moved_by(office, ledger("2026-03"))
