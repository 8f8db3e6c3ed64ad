"""A review of the small practice's quarter, brought to a state by the people it takes.

The quarter's score is 106.6 (``tests/browser/test_month_end_files.py`` works it out), which
is ``exceeds`` by the role's ratings.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from kpi.access.actor import Actor
from kpi.review.cycle.acting import act
from kpi.review.cycle.opening import open_review
from kpi.review.cycle.writing import write_as_supervisor, write_own
from kpi.review.roles.acknowledging import acknowledge, acknowledgements
from kpi.store import clock
from tests.dashboards.small_practice import FIRST, LAST

HERE = frozenset({"maple"})
ROBIN = Actor("manager", "Robin Vale", "robin", HERE)
DR_KIM = Actor("physician", "Dr. Kim", practices=HERE)
HARPER = Actor("hr", "Harper Ross")
OWN = "The schedule held; two Mondays did not."
THEIRS = "A steady quarter, and a <b>fair</b> account of it."
STATES = ("open", "self_assessed", "supervised", "contested", "acknowledged", "final", "reopened")


def set_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nine on 15 April 2025; each look at the clock takes a second."""
    moment = [datetime(2025, 4, 15, 9, 0, tzinfo=UTC)]

    def instant() -> datetime:
        moment[0] += timedelta(seconds=1)
        return moment[0]

    monkeypatch.setattr(clock, "instant", instant)


def read_role(engine: Engine) -> None:
    """Robin acknowledges her role."""
    (signed,) = acknowledgements(engine, ROBIN, "maple")
    acknowledge(engine, ROBIN, "maple", signed.role, signed.sha256, signed.version)


def brought_to(engine: Engine, state: str, rating: str = "exceeds", reason: str = "") -> int:
    """Opens the review and brings it to a state; gives its number."""
    number = open_review(engine, HARPER, "maple", "robin", FIRST, LAST).number

    def step(actor: Actor, what: str, note: str = "", decided: str | None = None) -> None:
        act(engine, actor, "maple", number, what, note, decided)  # type: ignore[arg-type]

    if state == "open":
        return number
    write_own(engine, ROBIN, "maple", number, OWN, 0)
    step(ROBIN, "hand_in")
    if state == "self_assessed":
        return number
    write_as_supervisor(engine, DR_KIM, "maple", number, THEIRS, 0)
    step(DR_KIM, "supervise", reason, rating)
    if state == "supervised":
        return number
    if state == "contested":
        step(ROBIN, "contest", "The two Mondays were holidays.")
        return number
    step(ROBIN, "acknowledge")
    if state == "acknowledged":
        return number
    step(HARPER, "confirm")
    step(HARPER, "finalize", "She was new; she has read her role since.")
    if state == "reopened":
        step(HARPER, "reopen", "A month was loaded twice.")
    return number
