"""Countersigning what a manager did to data that she is scored by, or declining to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    Table,
    and_,
    delete,
    exists,
    insert,
    or_,
    select,
    update,
)

from kpi.access import trail
from kpi.access.actor import Actor, require
from kpi.access.practices import Practice, get_practice
from kpi.errors import InputError, NotPermitted
from kpi.ingest import log
from kpi.measures.figure_log import Cause, recorded
from kpi.store.clock import now
from kpi.store.engine import reading, writing
from kpi.store.oversight import declines, deeds
from kpi.store.standing import STANDING
from kpi.store.tables import attestations

_DECLARED = and_(attestations.c.countersign == 1, attestations.c.countersigned_by.is_(None))
_DONE = deeds.c.countersigned_by.is_(None)


def countersign(engine: Engine, actor: Actor, practice_id: str, upload: int) -> int:
    """Confirms what a manager did with an entry of the log; gives how many months that settles.

    Of an entry that is undone, it confirms the undoing. Raises InputError where nothing of the
    entry waits for it, NotPermitted for whoever did it.
    """
    require(actor, "countersign", practice_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
    with writing(engine, practice.number) as connection:
        row = _waiting(connection, practice, upload)
        _by_another(actor, row)
        with recorded(
            connection, practice.number, row.dataset, Cause.COUNTERSIGNED, actor.label, upload
        ):
            settled: set[int] = set()
            for table, where in ((attestations, _DECLARED), (deeds, _DONE)):
                signed = (
                    update(table)
                    .where(_of(table, practice, upload), where)
                    .values(countersigned_by=actor.label, countersigned_at=now())
                    .returning(table.c.month)
                )
                settled.update(connection.execute(signed).scalars())
            connection.execute(delete(declines).where(_of(declines, practice, upload)))
        trail.note(
            connection, actor, "countersign", f"upload {upload}", practice.number,
            months=sorted(settled),
        )  # fmt: skip
    return len(settled)


def decline(engine: Engine, actor: Actor, practice_id: str, upload: int, reason: str) -> None:
    """Says why one does not countersign. The deed goes on waiting until it is undone.

    Raises InputError where nothing of the entry waits and where no reason is given, NotPermitted
    for whoever did it.
    """
    require(actor, "countersign", practice_id)
    if not reason.strip():
        raise InputError("Say why you do not countersign; whoever did it has to mend it.")
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
    with writing(engine, practice.number) as connection:
        _by_another(actor, _waiting(connection, practice, upload))
        connection.execute(delete(declines).where(_of(declines, practice, upload)))
        connection.execute(
            insert(declines).values(
                practice=practice.number, upload=upload, by=actor.label, at=now(),
                reason=reason.strip(),
            )
        )  # fmt: skip
        trail.note(connection, actor, "countersign", f"upload {upload} declined", practice.number)


def _waiting(connection: Connection, practice: Practice, upload: int) -> Row[Any]:
    """The entry, if something of it waits. Raises NotFound and InputError."""
    row = log.entry(connection, practice, upload)
    waiting = select(
        or_(
            exists().where(_of(attestations, practice, upload), _DECLARED),
            exists().where(_of(deeds, practice, upload), _DONE),
        )
    )
    if not connection.execute(waiting).scalar_one():
        raise InputError(f"Nothing in upload {upload} waits for a countersignature.")
    return row


def _by_another(actor: Actor, row: Row[Any]) -> None:
    """Raises NotPermitted for the person whose deed it is, under whatever kind she acts now."""
    doer = row.user if row.status in STANDING else row.undone_user
    if actor.user is not None and actor.user == doer:
        raise NotPermitted(
            f"{actor.label} did this; somebody else, a physician or HR, has to countersign it."
        )


def _of(table: Table, practice: Practice, upload: int) -> ColumnElement[bool]:
    return and_(table.c.practice == practice.number, table.c.upload == upload)
