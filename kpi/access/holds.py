"""Holds: while one stands on a manager or a practice, nothing that it touches is deleted or undone.

A hold on a manager touches every practice that she is or was assigned to, all of its months: her
scores rest on the months before them too. Its reason is for HR and whoever runs the machine alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, Engine, Row, insert, or_, select, update

from kpi.access import trail
from kpi.access.actor import Actor, require
from kpi.access.managers import every_assignment, known_manager
from kpi.access.practices import Practice, get_practice, practice_by_number
from kpi.errors import InputError, NotFound
from kpi.store.clock import now
from kpi.store.engine import reading, writing
from kpi.store.holds import holds
from kpi.store.tables import assignments, practices


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold on one manager or one practice, by its id; ``released_by`` None: it stands."""

    number: int
    of: Literal["manager", "practice"]
    id: str
    reason: str
    by: str
    at: str
    released_by: str | None
    released_at: str | None
    released_reason: str | None


def hold_practice(engine: Engine, actor: Actor, practice_id: str, reason: str) -> Hold:
    """Puts a practice under a hold. Several may stand, each for its own matter.

    Raises InputError without a reason, NotFound, NotPermitted.
    """
    require(actor, "hold", practice_id)
    said = _said(reason)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
    with writing(engine, practice.number) as connection:
        number = _enter(connection, actor, said, practice=practice.number)
        trail.note(
            connection, actor, "hold", f"hold {number} on practice {practice.id}", practice.number
        )
        return _hold_numbered(connection, number)


def hold_manager(engine: Engine, actor: Actor, manager_id: str, reason: str) -> Hold:
    """Puts a manager under a hold, and with her every practice that she is or was assigned to.

    Raises as ``hold_practice`` does, and NotPermitted for whoever does not reach all of them.
    """
    require(actor, "hold")
    said = _said(reason)
    with reading(engine) as connection:
        manager = known_manager(connection, manager_id)
        _require_reach(connection, actor, manager.id)
    with writing(engine) as connection:
        # Whoever is undoing something there at the moment is waited for, as with a practice's hold.
        touched = select(assignments.c.practice).where(assignments.c.manager == manager.id)
        connection.execute(
            update(practices)
            .where(practices.c.number.in_(touched))
            .values(revision=practices.c.revision + 1)
        )
        number = _enter(connection, actor, said, manager=manager.id)
        trail.note(connection, actor, "hold", f"hold {number} on manager {manager.id}")
        return _hold_numbered(connection, number)


def release_hold(engine: Engine, actor: Actor, number: int, reason: str) -> Hold:
    """Releases a hold; that it stood, and why it no longer does, stays on record.

    Raises InputError without a reason and for a hold that was released before, NotFound,
    NotPermitted.
    """
    require(actor, "hold")
    said = _said(reason)
    with writing(engine) as connection:
        found = _hold_numbered(connection, number)
        practice = None
        if found.of == "practice":
            require(actor, "hold", found.id)
            practice = get_practice(connection, found.id).number
        else:
            _require_reach(connection, actor, found.id)
        if found.released_by is not None:
            raise InputError(f"Hold {number} was released by {found.released_by} already.")
        connection.execute(
            update(holds)
            .where(holds.c.number == number)
            .values(released_by=actor.label, released_at=now(), released_reason=said)
        )
        trail.note(
            connection, actor, "hold", f"released hold {number} on {found.of} {found.id}", practice
        )
        return _hold_numbered(connection, number)


def list_holds(engine: Engine, actor: Actor) -> list[Hold]:
    """The holds that the actor may see, oldest first, those released among them: on practices of
    her or his own, and on managers who are assigned to one of them. Raises NotPermitted."""
    require(actor, "hold")
    with reading(engine) as connection:
        rows = connection.execute(select(holds).order_by(holds.c.number)).all()
        found = [_hold(connection, row) for row in rows]
        if actor.practices is None:
            return found
        near = {
            each.manager.id
            for each in every_assignment(connection)
            if each.practice.id in actor.practices
        }
    own = {"practice": actor.practices, "manager": near}
    return [each for each in found if each.id in own[each.of]]


def refuse_held(connection: Connection, practice: Practice) -> None:
    """Raises InputError where a hold touches a practice: nothing of it may be deleted or undone.

    The sentence names neither the reason nor whom the hold is on; whoever uploads may read it.
    """
    if _touches(connection, practice.number):
        raise InputError(
            f"{practice.id} is under a hold: nothing of it is deleted or undone until HR releases "
            "the hold. A corrected file can be loaded; it takes nothing out of the log."
        )


def holds_touching(connection: Connection, practice: int | None, manager: str | None) -> bool:
    """Whether a hold stands that touches a practice's number or is on a manager."""
    if practice is not None and _touches(connection, practice):
        return True
    stands = select(holds.c.number).where(
        holds.c.released_at.is_(None), holds.c.manager.is_not(None), holds.c.manager == manager
    )
    return connection.execute(stands.limit(1)).first() is not None


def is_any_held(connection: Connection) -> bool:
    """Whether any hold stands at all."""
    stands = select(holds.c.number).where(holds.c.released_at.is_(None))
    return connection.execute(stands.limit(1)).first() is not None


def _touches(connection: Connection, practice: int) -> bool:
    assigned = select(assignments.c.manager).where(assignments.c.practice == practice)
    stands = select(holds.c.number).where(
        holds.c.released_at.is_(None),
        or_(holds.c.practice == practice, holds.c.manager.in_(assigned)),
    )
    return connection.execute(stands.limit(1)).first() is not None


def _require_reach(connection: Connection, actor: Actor, manager: str) -> None:
    for each in every_assignment(connection):
        if each.manager.id == manager:
            require(actor, "hold", each.practice.id)


def _said(reason: str) -> str:
    said = reason.strip()
    if not said:
        raise InputError("Say why; the reason is kept with the hold.")
    return said


def _enter(
    connection: Connection,
    actor: Actor,
    reason: str,
    practice: int | None = None,
    manager: str | None = None,
) -> int:
    row = insert(holds).values(
        practice=practice, manager=manager, reason=reason, by=actor.label, at=now()
    )
    return int(connection.execute(row.returning(holds.c.number)).scalar_one())


def _hold_numbered(connection: Connection, number: int) -> Hold:
    row = connection.execute(select(holds).where(holds.c.number == number)).first()
    if row is None:
        raise NotFound(f"There is no hold {number}; see them with: kpi hold list")
    return _hold(connection, row)


def _hold(connection: Connection, row: Row[tuple[object, ...]]) -> Hold:
    on_manager = row.manager is not None
    return Hold(
        number=row.number,
        of="manager" if on_manager else "practice",
        id=row.manager if on_manager else practice_by_number(connection, row.practice).id,
        reason=row.reason,
        by=row.by,
        at=row.at,
        released_by=row.released_by,
        released_at=row.released_at,
        released_reason=row.released_reason,
    )
