"""Limits drawn anew from a month on: who may, what is kept, and that points stay as they are."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from kpi.access.actor import Actor, operator
from kpi.access.audit import entries
from kpi.errors import InputError, NotFound, NotPermitted
from kpi.months import Month
from kpi.review.basis.rebasing import rebase, rebasings_of, withdraw_rebasing
from kpi.review.frozen.canonical import canonical, read_document
from kpi.review.frozen.document import scorecard_document
from kpi.review.frozen.recomputing import recomputed
from kpi.review.scores.scoring import score_manager
from kpi.score.model import KpiScore
from tests.office import Office
from tests.scored import assigned, ledger, published

FIRST, LAST = Month(2026, 1), Month(2026, 3)
CHANGED = Month(2026, 2)
WHY = "The lease ended."


def office_with_history(engine: Engine) -> Office:
    """A ledger that spends 660 and 640 in turn until January 2026, then half of it."""
    office = Office(engine)
    for at in range(15):
        month = Month(2025, 1) + at
        spent = (660, 640)[at % 2] // (1 if month < CHANGED else 2)
        office.load(ledger(str(month), spent))
    published(office)
    assigned(office)
    return office


def overhead(office: Office) -> KpiScore:
    found = score_manager(office.engine, operator(), "dana", FIRST, LAST).score
    return next(row for row in found.rows if row.kpi.id == "overhead_ratio")


def test_from_the_month_on_limits_are_its_own_and_points_stay(engine: Engine) -> None:
    office = office_with_history(engine)
    before = overhead(office)
    assert before.reading.signal == "improving"
    hr = Actor("hr", "Kim", practices=frozenset({"lakeside"}))
    made = rebase(office.engine, hr, "lakeside", "overhead_ratio", CHANGED, f" {WHY} ")
    assert (made.month, made.reason, made.by) == (CHANGED, WHY, "Kim (hr)")

    after = overhead(office)
    assert after.reading.signal == "trial"
    assert after.reading.rebased is not None
    assert (after.reading.rebased.month, after.reading.rebased.reason) == (CHANGED, WHY)
    (earlier,) = after.reading.earlier
    # 13 months from 66% to 64% and back: the mean moving range is 2 points.
    assert (earlier.first, earlier.last) == (Month(2025, 1), Month(2026, 1))
    assert earlier.mean == pytest.approx((7 * 0.66 + 6 * 0.64) / 13)
    assert earlier.upper - earlier.mean == pytest.approx(2.66 * 0.02)
    assert after.reading.points == before.reading.points
    assert (after.result.value, after.attainment) == (before.result.value, before.attainment)
    noted = entries(office.engine, operator())[0]
    assert (noted.action, noted.subject) == ("rebase", "rebasing 1: overhead_ratio from 2026-02 on")


def test_a_withdrawn_one_gives_back_the_old_limits_and_stays_on_record(engine: Engine) -> None:
    office = office_with_history(engine)
    before = overhead(office)
    rebase(office.engine, operator(), "lakeside", "overhead_ratio", CHANGED, WHY)
    withdraw_rebasing(office.engine, operator(), "lakeside", 1)
    assert overhead(office).reading == before.reading
    (kept,) = rebasings_of(office.engine, operator(), "lakeside", "overhead_ratio")
    assert kept.withdrawn_by == operator().label
    with pytest.raises(InputError, match=r"Rebasing 1 was withdrawn on "):
        withdraw_rebasing(office.engine, operator(), "lakeside", 1)


def test_what_is_refused(engine: Engine) -> None:
    office = office_with_history(engine)
    dana = Actor("manager", "Dana", "dana", frozenset({"lakeside"}))
    with pytest.raises(NotPermitted, match="a physician or HR has to"):
        rebase(office.engine, dana, "lakeside", "overhead_ratio", CHANGED, WHY)
    with pytest.raises(InputError, match="say in at most 2,000 characters what changed"):
        rebase(office.engine, operator(), "lakeside", "overhead_ratio", CHANGED, " ")
    with pytest.raises(NotFound, match="overhead_ratio"):
        rebase(office.engine, operator(), "lakeside", "overhead_ration", CHANGED, WHY)
    rebase(office.engine, operator(), "lakeside", "overhead_ratio", CHANGED, WHY)
    with pytest.raises(InputError, match=r"from February 2026 on already, by rebasing 1"):
        rebase(office.engine, operator(), "lakeside", "overhead_ratio", CHANGED, WHY)
    with pytest.raises(NotFound, match="lakeside has no rebasing 7"):
        withdraw_rebasing(office.engine, operator(), "lakeside", 7)


def test_a_scorecard_keeps_it_and_is_computed_again_with_it(engine: Engine) -> None:
    office = office_with_history(engine)
    rebase(office.engine, operator(), "lakeside", "overhead_ratio", CHANGED, WHY)
    document = scorecard_document(office.engine, operator(), "dana", FIRST, LAST)
    trend = document["trends"]["overhead_ratio"]
    assert trend["rebased"] == {"from": "2026-02", "reason": WHY}
    assert [(each["from"], each["to"]) for each in trend["earlier"]] == [("2025-01", "2026-01")]
    again = recomputed(read_document(canonical(document), "scorecard.json"))
    assert canonical({"": again["trends"]}) == canonical({"": document["trends"]})
