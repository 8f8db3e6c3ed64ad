"""Taking an entry out of the log, at any place."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, select

from kpi.access import trail
from kpi.access.actor import Actor, require
from kpi.access.holds import refuse_held
from kpi.access.practices import Practice, get_practice
from kpi.datasets import dataset as dataset_named
from kpi.errors import InputError
from kpi.ingest import log
from kpi.ingest.deeds import watched_undoing
from kpi.ingest.load import by_period, undo_by_key
from kpi.measures.figure_log import Cause, forget_locations, recorded
from kpi.measures.figures import FigureMove
from kpi.measures.refresh import refresh
from kpi.measures.sealed import seal_of
from kpi.months import Month
from kpi.store.clock import now
from kpi.store.engine import QUEUE_SECONDS, forget, reading, writing
from kpi.store.standing import STANDING
from kpi.store.tables import attestations, dismissals, quarantined


def undo(engine: Engine, actor: Actor, practice_id: str, upload: int) -> str:
    """Undoes an upload, an attestation or a dismissal; gives a sentence that says so.

    What the tables hold afterwards is what loading the others in their order would give. Where a
    manager takes incidents back by it, that waits for a countersignature.
    Raises NotFound, and InputError for an entry that does not stand or that speaks of sealed
    months, or where a hold does.
    """
    require(actor, "upload", practice_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
    with writing(engine, practice.number, wait=QUEUE_SECONDS) as connection:
        row = log.entry(connection, practice, upload)
        refuse_held(connection, practice)
        if row.status not in STANDING:
            raise InputError(f"Upload {upload} does not stand: it was {row.status} already.")
        _refuse_sealed(connection, practice, row)
        with (
            recorded(
                connection, practice.number, row.dataset, Cause.UNDONE, actor.label, upload
            ) as moves,
            watched_undoing(connection, actor, practice.number, row),
        ):
            if row.kind == "file":
                moves.extend(_undo_rows(connection, practice, row.dataset, upload))
            for table in (attestations, dismissals, quarantined):
                connection.execute(
                    delete(table).where(
                        table.c.practice == practice.number, table.c.upload == upload
                    )
                )
            log.complete(
                connection,
                upload,
                status="undone",
                undone_by=actor.label,
                undone_user=actor.user,
                undone_at=now(),
            )
        forget_locations(connection, practice.number)
        what = row.file or f"the {row.kind} for {row.dataset}"
        trail.note(connection, actor, "undo", f"upload {upload}, {what}", practice.number)
    forget(engine)
    return f"Upload {upload} ({what}) is undone."


def _refuse_sealed(connection: Connection, practice: Practice, row: Row[Any]) -> None:
    """Raises InputError for an entry that figures of sealed months rest on, which would stay, and
    for one of whose records some are gone, so that what it did cannot be taken back whole."""
    seal = seal_of(connection, practice.number)
    before = seal.of(row.dataset)
    spoken = {*row.months, *row.covers, *(row.replaces or {}).get("months", ())}
    touched = row.id <= seal.last_upload and any(month < before for month in spoken)
    if row.kind == "dismissal" and before and _dismisses_nothing(connection, practice, row.id):
        touched = True
    if touched or row.records_deleted:
        raise InputError(
            f"Upload {row.id} speaks of months before {Month.from_code(before)}, which are sealed: "
            "their records are no longer kept and their figures stay, so it cannot be undone. "
            "Mend later months by loading a corrected file."
        )


def _dismisses_nothing(connection: Connection, practice: Practice, upload: int) -> bool:
    """Whether the row that a dismissal settled is no longer kept."""
    settled = (
        select(quarantined.c.line)
        .join(
            dismissals,
            (dismissals.c.dismissed_upload == quarantined.c.upload)
            & (dismissals.c.line == quarantined.c.line)
            & (dismissals.c.practice == quarantined.c.practice),
        )
        .where(dismissals.c.practice == practice.number, dismissals.c.upload == upload)
    )
    return connection.execute(settled.limit(1)).first() is None


def _undo_rows(
    connection: Connection, practice: Practice, name: str, upload: int
) -> list[FigureMove]:
    dataset = dataset_named(name)
    taking = undo_by_key.undo if dataset.by_key else by_period.undo
    moved = taking(connection, dataset, practice.number, upload)
    return refresh(connection, practice.number, name, moved)
