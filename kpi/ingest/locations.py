"""The locations that a practice's data name."""

from __future__ import annotations

from sqlalchemy import Engine, select

from kpi.access.actor import Actor, require
from kpi.access.practices import get_practice
from kpi.store.engine import reading
from kpi.store.tables import dataset_months


def list_locations(engine: Engine, actor: Actor, practice_id: str) -> list[str]:
    """Every location that some record of the practice has, by name; none where none has one."""
    require(actor, "read_uploads", practice_id)
    with reading(engine) as connection:
        practice = get_practice(connection, practice_id)
        query = (
            select(dataset_months.c.location)
            .where(
                dataset_months.c.practice == practice.number,
                dataset_months.c.rows > 0,
                dataset_months.c.location != "",
            )
            .distinct()
        )
        return sorted(connection.execute(query).scalars())
