"""What a manager does to data that she is scored by, kept until somebody else countersigns it.

The data is as loaded: a deed changes no record and no figure. It only says of some months that
a figure may be better by it than it was (``kpi.measures.unconfirmed``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from kpi.access.actor import Actor
from kpi.datasets import dataset as dataset_named
from kpi.ingest.incident_deeds import (
    INCIDENTS,
    About,
    Incidents,
    brought_by,
    dismissed,
    lessened,
    standing_incidents,
)
from kpi.measures.quarantine import unsettled
from kpi.measures.unconfirmed import EVERYTHING
from kpi.store.oversight import declines, deeds
from kpi.store.standing import standing
from kpi.store.tables import uploads

WAITS = "manager"
"""Whose deeds wait."""


def waits(actor: Actor) -> bool:
    """Whether what the actor does waits for a countersignature: what managers do.

    Also of one who is not assigned yet: an assignment may be entered later, from an earlier month.
    """
    return actor.kind == WAITS


def before_loading(
    connection: Connection, actor: Actor, practice: int, dataset: str
) -> Incidents | None:
    """The incidents that an upload is held against; None where nothing of it waits."""
    if dataset != INCIDENTS or not waits(actor):
        return None
    return standing_incidents(connection, practice)


def keep_loaded(
    connection: Connection, practice: int, upload: int, before: Incidents | None
) -> None:
    """Keeps what an upload did to the incidents that stood before."""
    if before is not None:
        after = standing_incidents(connection, practice)
        found = lessened(before, after) | dismissed(before, after)
        keep(connection, practice, INCIDENTS, upload, found)


@contextmanager
def watched_undoing(
    connection: Connection, actor: Actor, practice: int, entry: Row[Any]
) -> Iterator[None]:
    """Keeps what undoing an entry of the log does to incidents, and forgets what the entry did.

    What the entry itself said of an incident counts, not only what stood: a later upload may have
    dismissed it, and be undone after this one.
    """
    withdrawn = _waiting(connection, practice, entry.id)
    if entry.dataset != INCIDENTS or entry.kind != "file":
        yield
        _forget(connection, practice, entry.id)
        return
    stood = standing_incidents(connection, practice)
    said = brought_by(connection, practice, entry.id)
    refused = [
        row
        for row in unsettled(connection, practice, dataset_named(INCIDENTS))
        if row.upload == entry.id
    ]
    yield
    _forget(connection, practice, entry.id)
    heir = _heir(connection, practice, entry, withdrawn)
    if heir is not None:
        _keep_with(connection, practice, heir, withdrawn)
    if waits(actor):
        after = standing_incidents(connection, practice)
        # Withdrawing what nobody has confirmed yet brings incidents back to where they were.
        moving = not withdrawn
        found = lessened(stood, after, moving=moving) | lessened(said, after, moving=moving)
        found |= {(code, EVERYTHING) for row in refused for code in row.months}
        keep(connection, practice, INCIDENTS, entry.id, found)


def keep(
    connection: Connection, practice: int, dataset: str, upload: int, abouts: Iterable[About]
) -> None:
    """Keeps that an entry of the log waits for a countersignature, and where it bears."""
    rows = [
        {"practice": practice, "upload": upload, "dataset": dataset, "month": month, "about": about}
        for month, about in sorted(abouts)
    ]
    if rows:
        connection.execute(insert(deeds), rows)


def _waiting(connection: Connection, practice: int, upload: int) -> set[About]:
    """What of an entry waits."""
    query = select(deeds.c.month, deeds.c.about).where(
        deeds.c.practice == practice,
        deeds.c.upload == upload,
        deeds.c.countersigned_by.is_(None),
    )
    return {(month, about) for month, about in connection.execute(query)}


def _forget(connection: Connection, practice: int, upload: int) -> None:
    """Forgets what an entry did, and who would not countersign it."""
    for table in (deeds, declines):
        connection.execute(
            delete(table).where(table.c.practice == practice, table.c.upload == upload)
        )


def _heir(
    connection: Connection, practice: int, entry: Row[Any], withdrawn: set[About]
) -> int | None:
    """The next upload by a manager that speaks of the same months, if what the entry did waits:
    it may say the same again, so that undoing the entry changes nothing."""
    months = {month for month, _about in withdrawn}.union(entry.months)
    query = (
        select(uploads)
        .where(
            standing(practice, INCIDENTS),
            uploads.c.kind == "file",
            uploads.c.actor_kind == WAITS,
            uploads.c.id > entry.id,
        )
        .order_by(uploads.c.id)
    )
    for row in connection.execute(query) if withdrawn else ():
        speaks = {*row.months, *row.covers, *(row.replaces or {}).get("months", ())}
        if not months.isdisjoint(speaks):
            return int(row.id)
    return None


def _keep_with(connection: Connection, practice: int, upload: int, abouts: set[About]) -> None:
    """Lets what another entry did wait with this one, whatever of this one was signed before."""
    for month, about in abouts:
        connection.execute(
            delete(deeds).where(
                deeds.c.practice == practice,
                deeds.c.upload == upload,
                deeds.c.month == month,
                deeds.c.about == about,
            )
        )
    keep(connection, practice, INCIDENTS, upload, abouts)
