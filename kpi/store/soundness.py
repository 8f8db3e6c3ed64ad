"""Whether a database is sound in itself: its pages, its tables, and what its rows refer to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, MetaData, func, select

from kpi.store.backup.shape import shapes
from kpi.store.schema import known_revisions


@dataclass(frozen=True, slots=True)
class Orphans:
    """Rows of a table that refer to what is not there."""

    table: str
    column: str
    referred: str
    rows: int


def damaged_pages(connection: Connection) -> Sequence[str]:
    """What SQLite finds damaged in its file, as it says it; PostgreSQL looks after its own."""
    if connection.dialect.name != "sqlite":
        return []
    found = connection.exec_driver_sql("PRAGMA quick_check(5)").scalars().all()
    return [] if found == ["ok"] else [str(each) for each in found]


def missing(connection: Connection) -> Sequence[str]:
    """The tables and columns of this program's schema that are not there."""
    held = _tables(connection).tables
    found = []
    for shape in shapes(known_revisions()[-1]):
        if shape.name not in held:
            found.append(shape.name)
            continue
        there = {column.name for column in held[shape.name].columns}
        found += [f"{shape.name}.{name}" for name in shape.columns if name not in there]
    return found


def orphaned(connection: Connection) -> Sequence[Orphans]:
    """Rows whose reference leads nowhere: by each foreign key, and of records by their practice,
    which has none."""
    held = _tables(connection)
    practices = held.tables["practices"].c.number
    found = []
    for table in held.sorted_tables:
        pairs = [(key.parent, key.column) for key in table.foreign_keys]
        own = table.columns.get("practice")
        if own is not None and not own.foreign_keys and table.name != "trail":
            pairs.append((own, practices))
        for column, referred in pairs:
            nowhere = (
                select(func.count())
                .select_from(table)
                .where(column.is_not(None), ~select(referred).where(referred == column).exists())
            )
            if rows := connection.execute(nowhere).scalar_one():
                found.append(Orphans(table.name, column.name, referred.table.name, int(rows)))
    return sorted(found, key=lambda each: (each.table, each.column))


def _tables(connection: Connection) -> MetaData:
    found = MetaData()
    found.reflect(connection)
    return found
