"""Protected leave: months that are not the manager's. No reason is kept, whatever it is."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, Row, insert, select, update

from kpi.access import trail
from kpi.access.actor import Actor, require, require_score
from kpi.access.managers import known_manager
from kpi.access.practices import Practice, get_practice
from kpi.errors import InputError, NotFound
from kpi.months import Month
from kpi.store.clock import now
from kpi.store.engine import reading, writing
from kpi.store.fairness import leave
from kpi.store.tables import assignments


@dataclass(frozen=True, slots=True)
class Leave:
    """Whole months of leave of a manager at a practice; ``withdrawn_by`` None: it stands."""

    number: int
    manager: str
    practice: str
    first: Month
    last: Month
    by: str
    at: str
    withdrawn_by: str | None
    withdrawn_at: str | None


def set_leave(
    engine: Engine, actor: Actor, manager_id: str, practice_id: str, first: Month, last: Month
) -> Leave:
    """Takes whole months of leave out of what a manager is scored by.

    Raises InputError where they end before they start or are leave already, NotFound where the
    manager has no assignment in any of them, NotPermitted.
    """
    require(actor, "exclude", practice_id)
    if last < first:
        raise InputError(f"The leave ends in {last}, before it starts in {first}.")
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        manager = known_manager(connection, manager_id)
    with writing(engine, practice.number) as connection:
        _must_be_assigned(connection, practice, manager.id, first, last)
        for other in _leave(connection, practice, manager.id):
            if other.withdrawn_at is None and other.first <= last and first <= other.last:
                raise InputError(
                    f"{manager_id} is on leave from {other.first} to {other.last} already; "
                    "withdraw that first."
                )
        connection.execute(
            insert(leave).values(
                practice=practice.number, manager=manager.id, first_month=first.code,
                last_month=last.code, by=actor.label, at=now(),
            )
        )  # fmt: skip
        trail.note(
            connection, actor, "exclude", f"leave of {manager.id} from {first} to {last}",
            practice.number,
        )  # fmt: skip
        return _leave(connection, practice, manager.id)[-1]


def withdraw_leave(
    engine: Engine, actor: Actor, manager_id: str, practice_id: str, first: Month, last: Month
) -> Leave:
    """Takes back leave that was set with just these months; that it was set stays on record.

    Raises NotFound where none was, NotPermitted.
    """
    require(actor, "exclude", practice_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        manager = known_manager(connection, manager_id)
    with writing(engine, practice.number) as connection:
        stands = [
            each
            for each in _leave(connection, practice, manager.id)
            if each.withdrawn_at is None and (each.first, each.last) == (first, last)
        ]
        if not stands:
            raise NotFound(
                f"{manager_id} has no leave from {first} to {last} at {practice_id}; see what "
                "there is with: kpi manager list"
            )
        connection.execute(
            update(leave)
            .where(leave.c.number == stands[0].number)
            .values(withdrawn_by=actor.label, withdrawn_at=now())
        )
        trail.note(
            connection, actor, "exclude", f"withdrew leave of {manager.id} from {first} to {last}",
            practice.number,
        )  # fmt: skip
        return next(
            each
            for each in _leave(connection, practice, manager.id)
            if each.number == stands[0].number
        )


def leave_of(engine: Engine, actor: Actor, manager_id: str, practice_id: str) -> list[Leave]:
    """A manager's leave at a practice as it was set, what was withdrawn among it.

    Raises NotFound and NotPermitted.
    """
    require_score(actor, practice_id, manager_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        return _leave(connection, practice, known_manager(connection, manager_id).id)


def _must_be_assigned(
    connection: Connection, practice: Practice, manager: str, first: Month, last: Month
) -> None:
    query = select(assignments.c.first_month, assignments.c.last_month).where(
        assignments.c.practice == practice.number, assignments.c.manager == manager
    )
    for start, end in connection.execute(query):
        if start <= last.code and (end is None or first.code <= end):
            return
    raise NotFound(
        f"{manager} has no assignment at {practice.id} from {first} to {last}; "
        "see them with: kpi manager list"
    )


def _leave(connection: Connection, practice: Practice, manager: str) -> list[Leave]:
    query = (
        select(leave)
        .where(leave.c.practice == practice.number, leave.c.manager == manager)
        .order_by(leave.c.number)
    )
    return [_record(row, practice) for row in connection.execute(query)]


def _record(row: Row[tuple[object, ...]], practice: Practice) -> Leave:
    return Leave(
        number=row.number,
        manager=row.manager,
        practice=practice.id,
        first=Month.from_code(row.first_month),
        last=Month.from_code(row.last_month),
        by=row.by,
        at=row.at,
        withdrawn_by=row.withdrawn_by,
        withdrawn_at=row.withdrawn_at,
    )
