"""When a change to incidents lets one count less than it did: by an upload, or by undoing one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from kpi.datasets.stored import date_of
from kpi.measures.incidents import DAYS_TO_REPORT
from kpi.months import Month
from kpi.store.tables import records

INCIDENTS = "incidents"
LATE = "late_reports"
"""The measure that reads an incident in the month in which its days to be notified run out."""

About = tuple[int, str]
"""A month, and what of it a deed is about."""


@dataclass(frozen=True, slots=True)
class Incident:
    """What of an incident decides where it counts, and how much."""

    month: int
    kind: str
    location: str | None
    confirmed: int | None
    reportable: int | None
    recordable: int | None
    discovered_on: int | None

    @property
    def gravity(self) -> int:
        """0 dismissed, 1 not decided, 2 a violation."""
        return 1 if self.confirmed is None else 2 * self.confirmed

    @property
    def abouts(self) -> set[About]:
        """Where it counts: its own month, and the one in which its days to be notified run out."""
        found = {(self.month, self.kind)}
        if self.kind == "hipaa" and self.discovered_on is not None:
            due = Month.of(date_of(self.discovered_on + DAYS_TO_REPORT))
            found.add((due.code, LATE))
        return found


Incidents = Mapping[bytes, Incident]
"""Incidents by their key."""


def standing_incidents(connection: Connection, practice: int) -> dict[bytes, Incident]:
    """A practice's incidents as they stand; those without a month count nowhere."""
    table = records[INCIDENTS]
    query = select(table).where(table.c.practice == practice, table.c.live == 1)
    return _by_key(connection.execute(query).all())


def brought_by(connection: Connection, practice: int, upload: int) -> dict[bytes, Incident]:
    """Incidents as an upload left them, whether later ones changed them or not."""
    table = records[INCIDENTS]
    query = select(table).where(table.c.practice == practice, table.c.upload == upload)
    return _by_key(connection.execute(query).all())


def lessened(before: Incidents, after: Incidents, *, moving: bool = True) -> set[About]:
    """What is lessened where incidents that stood so stand otherwise: gone, dismissed, no longer a
    violation, no longer to be notified or recorded, or (``moving``) of another month, kind or
    location."""
    return {
        about
        for key, was in before.items()
        if was.gravity and _less(was, after.get(key), moving)
        for about in was.abouts
    }


def dismissed(before: Incidents, after: Incidents) -> set[About]:
    """Where incidents stand dismissed that did not: dismissed now, or from their first day on."""
    return {
        about
        for key, now in after.items()
        if not now.gravity and (key not in before or before[key].gravity)
        for about in now.abouts
    }


def _less(was: Incident, now: Incident | None, moving: bool) -> bool:
    if now is None or now.gravity < was.gravity:
        return True
    if moving and (was.month, was.kind, was.location) != (now.month, now.kind, now.location):
        return True
    return any(
        then == 1 and since != 1
        for then, since in (
            (was.reportable, now.reportable),
            (was.recordable, now.recordable),
        )
    )


def _by_key(rows: list[Row[Any]] | Any) -> dict[bytes, Incident]:
    return {
        row.key: Incident(
            row.record_month, row.kind, row.location, row.confirmed, row.reportable,
            row.recordable, row.discovered_on,
        )
        for row in rows
        if row.record_month is not None
    }  # fmt: skip
