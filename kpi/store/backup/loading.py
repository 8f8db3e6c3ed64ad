"""A backup's rows as a database's tables, within one transaction of whoever calls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from sqlalchemy import Connection, func, select, text

from kpi.errors import DatabaseError, InputError
from kpi.store.backup.contents import Held, Manifest, Row, Sum, read_end, rows_of, sum_of
from kpi.store.backup.dumping import Tell, number_sequence, row_lines
from kpi.store.backup.shape import Shape
from kpi.store.copying import copy_in

_AT_ONCE = 2_000


def check_shape(manifest: Manifest, shapes: Sequence[Shape], name: str) -> None:
    """Raises InputError where the backup's tables are not those of its schema."""
    said = [(each.name, dict(each.columns)) for each in manifest.tables]
    if said != [(each.name, each.columns) for each in shapes]:
        raise InputError(
            f"{name} says that its schema is {manifest.schema}, and its tables are not those of "
            "that schema; it is no backup that Rolecard made."
        )


def skim(lines: Iterator[bytes], manifest: Manifest, name: str, tell: Tell) -> None:
    """Reads all that follows the manifest and keeps nothing. Raises InputError for what is not as
    it was written."""
    done, every = 0, max(manifest.rows, 1)
    for table in manifest.tables:
        for at, _row in enumerate(rows_of(lines, table, Sum(), name)):
            if not at % _AT_ONCE:
                tell(f"checking {table.name.replace('_', ' ')}", (done + at) / every)
        done += table.rows
    read_end(lines, name)


def load(
    connection: Connection,
    lines: Iterator[bytes],
    manifest: Manifest,
    shapes: Sequence[Shape],
    name: str,
    tell: Tell,
) -> None:
    """Fills the tables that the migrations have made, and reads each again to see that it holds
    what the backup holds.

    Raises InputError for what is not as it was written, DatabaseError for what was not kept so, and
    DBAPIError as the database says it.
    """
    # A migration may have put rows of its own into a table that it made.
    for shape in reversed(shapes):
        connection.exec_driver_sql(f'DELETE FROM "{shape.name}"')
    done, every = 0, max(manifest.rows, 1)
    for shape, table in zip(shapes, manifest.tables, strict=True):
        found, said = Sum(), f"restoring {table.name.replace('_', ' ')}"
        rows = rows_of(lines, table, found, name)
        _insert(connection, table, _told(rows, tell, said, done, every))
        _number_on(connection, shape, table)
        if sum_of(row_lines(connection, shape)).line(table.name) != found.line(table.name):
            raise DatabaseError(
                f"The database did not keep {table.name} as {name} holds it; nothing was restored. "
                "Restore into another database."
            )
        done += table.rows
    read_end(lines, name)


def _told(rows: Iterable[Row], tell: Tell, said: str, done: int, every: int) -> Iterator[Row]:
    for at, row in enumerate(rows):
        if not at % _AT_ONCE:
            tell(said, (done + at) / every)
        yield row


def _insert(connection: Connection, table: Held, rows: Iterator[Row]) -> None:
    if connection.dialect.name == "postgresql":
        copy_in(connection, table.name, [*table.columns], rows)
        return
    names = ", ".join(f'"{name}"' for name in table.columns)
    marks = ", ".join("?" * len(table.columns))
    statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'
    while batch := [tuple(row) for row in islice(rows, _AT_ONCE)]:
        connection.exec_driver_sql(statement, batch)


def _number_on(connection: Connection, shape: Shape, table: Held) -> None:
    """Lets the table number its next row after the last number that was ever given out."""
    if shape.number is None or not table.numbered:
        return
    given = {"name": table.name, "number": table.numbered}
    if connection.dialect.name == "postgresql":
        sequence = number_sequence(connection, shape)
        if sequence is not None:
            connection.execute(select(func.setval(sequence, table.numbered)))
        return
    raised = text("UPDATE sqlite_sequence SET seq = :number WHERE name = :name AND seq < :number")
    connection.execute(raised, given)
    added = text(
        "INSERT INTO sqlite_sequence (name, seq) SELECT name, :number FROM sqlite_master "
        "WHERE name = :name AND type = 'table' AND sql LIKE '%AUTOINCREMENT%' "
        "AND name NOT IN (SELECT name FROM sqlite_sequence)"
    )
    connection.execute(added, given)
