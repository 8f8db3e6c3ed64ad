"""A manager's development plan: what is to be done by whom until when, from review to review.

It belongs to the assignment. Each saving is kept, with who saved it and when; nobody saves over
what somebody else has saved since she looked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Engine, Row, func, insert, select

from kpi.access import trail
from kpi.access.actor import Actor, require, require_own, require_score
from kpi.access.managers import Assignment, assigned_to, known_manager
from kpi.access.practices import get_practice
from kpi.errors import InputError, NotFound
from kpi.review.basis.versions import kpi_asked
from kpi.store.clock import now
from kpi.store.engine import reading, writing
from kpi.store.fairness import plan_actions
from kpi.store.tables import practices

PlanState = Literal["open", "done", "dropped"]
STATES: tuple[PlanState, ...] = get_args(PlanState)
_LONGEST = {"action": 1000, "owner": 200}


@dataclass(frozen=True, slots=True)
class PlanAction:
    """One action as last saved. ``number`` names it at its practice, ``version`` counts its
    savings; ``assignment`` is the assignment's number, ``kpi`` None: no one KPI."""

    number: int
    version: int
    assignment: int
    action: str
    kpi: str | None
    owner: str
    due: date
    state: PlanState
    by: str
    at: str


def add_action(
    engine: Engine,
    actor: Actor,
    manager_id: str,
    practice_id: str,
    action: str,
    owner: str,
    due: date,
    kpi_id: str | None = None,
) -> PlanAction:
    """Adds an open action to the plan of a manager's newest assignment at a practice.

    Raises InputError without a text or an owner, NotFound, NotPermitted.
    """
    _ask(actor, practice_id, manager_id)
    said = {"action": _said(action, "action"), "owner": _said(owner, "owner")}
    with writing(engine) as connection:
        assignment = _newest(connection, manager_id, practice_id)
        kpi = None
        if kpi_id is not None:
            kpi = kpi_asked(connection, assignment.practice, assignment.role, kpi_id).id
        highest = select(func.max(plan_actions.c.number)).where(
            plan_actions.c.practice == assignment.practice.number
        )
        _one_at_a_time(connection, assignment)
        number = (connection.execute(highest).scalar() or 0) + 1
        values = {**said, "kpi": kpi, "due": due.isoformat(), "state": "open"}
        return _save(connection, actor, assignment, number, 1, values)


def change_action(
    engine: Engine,
    actor: Actor,
    manager_id: str,
    practice_id: str,
    number: int,
    seen: int,
    action: str | None = None,
    owner: str | None = None,
    due: date | None = None,
    state: str | None = None,
) -> PlanAction:
    """Saves an action with what is given changed. ``seen``: the version that was looked at.

    Raises InputError where somebody has saved a newer one since, NotFound, NotPermitted.
    """
    _ask(actor, practice_id, manager_id)
    if state is not None and state not in STATES:
        raise InputError(f"An action is {', '.join(STATES)}, not '{state}'.")
    with writing(engine) as connection:
        assignments = _assignments(connection, manager_id, practice_id)
        _one_at_a_time(connection, assignments[-1])
        held = {each.number: each for each in _actions(connection, assignments)}
        if number not in held:
            raise NotFound(f"The plan of {manager_id} at {practice_id} has no action {number}.")
        stands = held[number]
        if stands.version != seen:
            raise InputError(
                f"Action {number} was changed by {stands.by} on {stands.at[:10]}, after it was "
                "shown; look at it again before changing it."
            )
        values = {
            "action": stands.action if action is None else _said(action, "action"),
            "owner": stands.owner if owner is None else _said(owner, "owner"),
            "kpi": stands.kpi,
            "due": (due or stands.due).isoformat(),
            "state": state or stands.state,
        }
        of = next(each for each in assignments if each.number == stands.assignment)
        return _save(connection, actor, of, number, seen + 1, values)


def plan_of(engine: Engine, actor: Actor, manager_id: str, practice_id: str) -> list[PlanAction]:
    """The actions of a manager's plan at a practice: open ones first, by the day they are due.

    Raises NotFound and NotPermitted.
    """
    require_score(actor, practice_id, manager_id)
    with reading(engine) as connection:
        return _actions(connection, _assignments(connection, manager_id, practice_id))


def plan_at(connection: Connection, assignment: Assignment, since: date) -> list[PlanAction]:
    """What a review shows of an assignment's plan: what is open, and what was closed since a day,
    so that each review takes up the one before. Whoever calls has asked who may see it."""
    return [
        each
        for each in _actions(connection, [assignment])
        if each.state == "open" or each.at[:10] >= since.isoformat()
    ]


def action_document(action: PlanAction) -> dict[str, Any]:
    """An action for JSON, as it stands on a scorecard."""
    return {
        "number": action.number,
        "version": action.version,
        "action": action.action,
        "kpi": action.kpi,
        "owner": action.owner,
        "due": action.due.isoformat(),
        "state": action.state,
        "by": action.by,
        "at": action.at,
    }


def _ask(actor: Actor, practice_id: str, manager_id: str) -> None:
    require(actor, "plan", practice_id)
    require_own(actor, manager_id)


def _said(text: str, what: str) -> str:
    said = text.strip()
    if not said:
        raise InputError(f"Each part of the plan needs its {what}; say it in a few words.")
    if len(said) > _LONGEST[what]:
        raise InputError(f"The {what} has up to {_LONGEST[what]:,} characters.")
    return said


def _assignments(connection: Connection, manager_id: str, practice_id: str) -> list[Assignment]:
    """A manager's assignments at a practice, oldest first."""
    practice = get_practice(connection, practice_id)
    found = assigned_to(connection, practice, known_manager(connection, manager_id).id)
    if not found:
        raise NotFound(
            f"{manager_id} has no assignment at {practice_id}; see them with: kpi manager list"
        )
    return found


def _newest(connection: Connection, manager_id: str, practice_id: str) -> Assignment:
    return _assignments(connection, manager_id, practice_id)[-1]


def _one_at_a_time(connection: Connection, assignment: Assignment) -> None:
    # SQLite has one writer anyway; PostgreSQL lets those of a practice wait for each other.
    query = select(practices.c.number).where(practices.c.number == assignment.practice.number)
    connection.execute(query.with_for_update())


def _save(
    connection: Connection,
    actor: Actor,
    assignment: Assignment,
    number: int,
    version: int,
    values: dict[str, Any],
) -> PlanAction:
    row = {
        "practice": assignment.practice.number, "number": number, "version": version,
        "assignment": assignment.number, **values, "by": actor.label, "at": now(),
    }  # fmt: skip
    connection.execute(insert(plan_actions).values(**row))
    trail.note(
        connection, actor, "plan",
        f"action {number} of {assignment.manager.id}'s plan: {values['state']}, "
        f"due {values['due']}",
        assignment.practice.number,
    )  # fmt: skip
    return next(each for each in _actions(connection, [assignment]) if each.number == number)


def _actions(connection: Connection, assignments: Sequence[Assignment]) -> list[PlanAction]:
    """The newest version of each action: open ones first, by the day they are due."""
    query = (
        select(plan_actions)
        .where(plan_actions.c.assignment.in_([each.number for each in assignments]))
        .order_by(plan_actions.c.number, plan_actions.c.version)
    )
    newest = {row.number: _action(row) for row in connection.execute(query)}
    return sorted(newest.values(), key=lambda each: (each.state != "open", each.due, each.number))


def _action(row: Row[Any]) -> PlanAction:
    return PlanAction(
        number=row.number,
        version=row.version,
        assignment=row.assignment,
        action=row.action,
        kpi=row.kpi,
        owner=row.owner,
        due=date.fromisoformat(row.due),
        state=row.state,
        by=row.by,
        at=row.at,
    )
