"""Stocks: a month's figure is that of its last snapshot, of each location and part."""

from sqlalchemy import Connection, Table, func, or_, select

from kpi.measures.aggregates import Condition, counted
from kpi.store.slots import Slot, conflicts


def in_last_snapshots(
    connection: Connection, table: Table, practice: int, months: set[int]
) -> Condition:
    """The records of the last snapshot of each location and part in the months.

    A snapshot of the whole practice and later ones by location are the same thing: as in loading,
    the later one stands.
    """
    location, part = func.coalesce(table.c.location, ""), func.coalesce(table.c.part, "")
    query = (
        select(table.c.record_month, table.c.as_of, location, part)
        .where(counted(table, practice), table.c.record_month.in_(months))
        .distinct()
        .order_by(table.c.as_of.desc())
    )
    standing: list[tuple[int, int, Slot]] = []
    for month, as_of, place, piece in connection.execute(query):
        slot = Slot(place, piece)
        if not any(
            other_month == month and other_day != as_of and conflicts(slot, other)
            for other_month, other_day, other in standing
        ):
            standing.append((month, as_of, slot))
    return or_(
        table.c.record_month.is_(None),
        *(
            (table.c.as_of == as_of) & (location == slot.location) & (part == slot.part)
            for _month, as_of, slot in standing
        ),
    )
