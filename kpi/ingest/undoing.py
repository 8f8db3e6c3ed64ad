"""Taking an entry out of the log, at any place."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, delete

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
from kpi.store.clock import now
from kpi.store.engine import QUEUE_SECONDS, forget, reading, writing
from kpi.store.standing import STANDING
from kpi.store.tables import attestations, dismissals, quarantined


def undo(engine: Engine, actor: Actor, practice_id: str, upload: int) -> str:
    """Undoes an upload, an attestation or a dismissal; gives a sentence that says so.

    What the tables hold afterwards is what loading the others in their order would give. Where a
    manager takes incidents back by it, that waits for a countersignature.
    Raises NotFound, and InputError for an entry that does not stand, or where a hold does.
    """
    require(actor, "upload", practice_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
    with writing(engine, practice.number, wait=QUEUE_SECONDS) as connection:
        row = log.entry(connection, practice, upload)
        refuse_held(connection, practice)
        if row.status not in STANDING:
            raise InputError(f"Upload {upload} does not stand: it was {row.status} already.")
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


def _undo_rows(
    connection: Connection, practice: Practice, name: str, upload: int
) -> list[FigureMove]:
    dataset = dataset_named(name)
    taking = undo_by_key.undo if dataset.by_key else by_period.undo
    moved = taking(connection, dataset, practice.number, upload)
    return refresh(connection, practice.number, name, moved)
