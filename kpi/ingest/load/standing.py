"""The uploads that stand, as the folding of records needs to know them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from kpi.store.standing import standing
from kpi.store.tables import uploads


@dataclass(frozen=True, slots=True)
class Replacement:
    """What ``--replace`` takes: records of these months and locations that the file lacks."""

    months: frozenset[int]
    locations: frozenset[str] | None

    def takes(self, month: int | None, location: str | None) -> bool:
        return month in self.months and (
            self.locations is None or (location or "") in self.locations
        )

    def stored(self) -> dict[str, Any]:
        """The form in which the log keeps it."""
        places = None if self.locations is None else sorted(self.locations)
        return {"months": sorted(self.months), "locations": places}


@dataclass(frozen=True, slots=True)
class Standing:
    """One upload of the log: which columns it brought, and what it replaced."""

    id: int
    columns: frozenset[str]
    replacement: Replacement | None


def standing_uploads(connection: Connection, practice: int, dataset: str) -> list[Standing]:
    """The standing files of a practice's dataset, in the order of the log."""
    query = (
        select(uploads.c.id, uploads.c.columns, uploads.c.replaces)
        .where(standing(practice, dataset), uploads.c.kind == "file")
        .order_by(uploads.c.id)
    )
    return [_standing(row) for row in connection.execute(query)]


def _standing(row: Row[Any, Any, Any]) -> Standing:
    replaced = row.replaces
    replacement = replaced and Replacement(
        frozenset(replaced["months"]),
        None if replaced["locations"] is None else frozenset(replaced["locations"]),
    )
    return Standing(row.id, frozenset(row.columns), replacement or None)
