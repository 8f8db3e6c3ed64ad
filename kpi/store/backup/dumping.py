"""A database's tables as lines, in one consistent state, a row at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    Connection,
    Integer,
    Text,
    cast,
    collate,
    column,
    func,
    literal_column,
    select,
    table,
    text,
)

from kpi import __version__
from kpi.store.backup.contents import (
    END,
    Held,
    Manifest,
    Sum,
    binary_places,
    manifest_line,
    row_line,
)
from kpi.store.backup.shape import Shape
from kpi.store.clock import now
from kpi.store.secret import stored_check

Tell = Callable[[str, float], None]
"""Is told what is being done, in words, and how much is done: from 0 to 1."""

_AT_ONCE = 2_000


def manifest_of(connection: Connection, revision: str, shapes: Sequence[Shape]) -> Manifest:
    """What a backup of the database, as the connection sees it, will say of itself."""
    return Manifest(
        program=__version__,
        schema=revision,
        database=connection.dialect.name,
        made_at=now(),
        hash_key_check=stored_check(connection),
        tables=[
            Held(each.name, each.columns, _count(connection, each), _numbered(connection, each))
            for each in shapes
        ],
    )


def dumped(
    connection: Connection, manifest: Manifest, shapes: Sequence[Shape], tell: Tell
) -> Iterator[bytes]:
    """All lines of a backup. The connection has to see one state of the database throughout."""
    yield manifest_line(manifest)
    done, every = 0, max(manifest.rows, 1)
    for shape in shapes:
        found = Sum()
        for line in row_lines(connection, shape):
            if not found.rows % _AT_ONCE:
                tell(f"copying {shape.name.replace('_', ' ')}", (done + found.rows) / every)
            found.add(line)
            yield line
        done += found.rows
        yield found.line(shape.name)
    yield END


def row_lines(connection: Connection, shape: Shape) -> Iterator[bytes]:
    """A table's rows in the order of their key."""
    postgresql = connection.dialect.name == "postgresql"
    columns = [
        cast(column(name), Text) if kind == "json" and postgresql else column(name)
        for name, kind in shape.columns.items()
    ]
    query = (
        select(*columns)
        .select_from(table(shape.name))
        .order_by(*(_ordered(shape, name, postgresql) for name in shape.key))
    )
    rows = connection.execute(query, execution_options={"yield_per": _AT_ONCE})
    binary = binary_places(shape.columns)
    for row in rows:
        yield row_line(row, binary)


def _ordered(shape: Shape, name: str, postgresql: bool) -> ColumnElement[Any]:
    """By bytes, as SQLite compares texts, whatever the language of the server."""
    if postgresql and shape.columns[name] == "text":
        return collate(column(name), "C")
    return column(name)


def _count(connection: Connection, shape: Shape) -> int:
    query = select(func.count()).select_from(table(shape.name))
    return int(connection.execute(query).scalar_one())


def _numbered(connection: Connection, shape: Shape) -> int:
    """The highest number that the table ever gave a row: none is to be given out twice."""
    if shape.number is None:
        return 0
    numbers: ColumnClause[int] = column(shape.number, Integer)
    highest = select(func.max(numbers)).select_from(table(shape.name))
    found = int(connection.execute(highest).scalar_one() or 0)
    if connection.dialect.name == "sqlite":
        held = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        given = connection.execute(held, {"name": shape.name}).scalar_one_or_none()
        return max(found, int(given or 0))
    sequence = number_sequence(connection, shape)
    if sequence is None:
        return found
    last = literal_column("CASE WHEN is_called THEN last_value ELSE 0 END", Integer)
    # The sequence's name comes quoted from the server itself.
    return max(found, connection.execute(select(last).select_from(text(sequence))).scalar_one())


def number_sequence(connection: Connection, shape: Shape) -> str | None:
    """The name of the sequence by which PostgreSQL numbers a table's rows."""
    query = text("SELECT pg_get_serial_sequence(:table, :column)")
    given = {"table": f'"{shape.name}"', "column": shape.number}
    found: str | None = connection.execute(query, given).scalar_one()
    return found
