"""A file's rows on their way into the records: a temporary table, one row a key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    func,
    select,
)
from sqlalchemy.schema import CreateTable, DropTable

from kpi.datasets import Dataset
from kpi.store.tables import records

if TYPE_CHECKING:
    import pandas as pd

    from kpi.ingest.model import Chunk

FIXED = ("key", "line", "unreadable")


class Stage:
    """The temporary table of one file's rows for one dataset, and how to fill it."""

    def __init__(self, connection: Connection, dataset: Dataset, columns: tuple[str, ...]) -> None:
        """``columns``: the canonical columns that the file has."""
        self.connection = connection
        self.dataset = dataset
        self.records = records[dataset.name]
        self.own = tuple(each.name for each in dataset.stored if each.name in columns)
        # Named by dataset: one file may feed two at once.
        self.table = Table(
            f"stage_{dataset.name}",
            MetaData(),
            Column("key", LargeBinary(16), primary_key=True),
            Column("line", Integer, nullable=False),
            Column("unreadable", Integer, nullable=False),
            *(Column(name, self.records.c[name].type) for name in self.own),
            prefixes=["TEMPORARY"],
            sqlite_with_rowid=False,
        )
        self.rows = 0
        self.unreadable = 0
        connection.execute(DropTable(self.table, if_exists=True))
        connection.execute(CreateTable(self.table))
        self._insert = upsert_text(
            connection, self.table.name, (*FIXED, *self.own), constants={}, key=("key",)
        )

    def add(self, chunk: Chunk) -> None:
        """Adds a chunk's rows; a key that is there already is replaced: the last line wins."""
        frame = chunk.frame
        if frame.empty:
            return
        for bits in frame["unreadable"].unique().tolist():
            self.unreadable |= bits
        self.rows += len(frame)
        rows = driver_rows(frame, (*FIXED, *self.own))
        self.connection.exec_driver_sql(self._insert, rows)

    def count(self) -> int:
        """Rows staged, each key once."""
        found = self.connection.execute(select(func.count()).select_from(self.table)).scalar_one()
        return int(found)

    def unread(self, column: str) -> ColumnElement[Any] | None:
        """Whether a row's cell could not be read, or None where every cell of the column could."""
        bit = 1 << self.dataset.names.index(column)
        if not self.unreadable & bit:
            return None
        return self.table.c.unreadable.bitwise_and(bit) != 0

    def drop(self) -> None:
        self.connection.execute(DropTable(self.table, if_exists=True))


def driver_rows(frame: pd.DataFrame, names: Sequence[str]) -> list[tuple[Any, ...]]:
    """A frame's rows as the driver takes them, None where there is no value."""
    columns = [frame[name].array.to_numpy(object, na_value=None).tolist() for name in names]
    return list(zip(*columns, strict=True))


def upsert_text(
    connection: Connection,
    table: str,
    names: Sequence[str],
    *,
    constants: Mapping[str, int],
    key: Sequence[str],
) -> str:
    """The statement that inserts rows of ``names`` beside the constants, and replaces all of a
    row whose ``key`` is there already."""
    quote = connection.dialect.identifier_preparer.quote
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    given = [quote(name) for name in names]
    columns = ", ".join([*map(quote, constants), *given])
    values = ", ".join([*map(str, constants.values()), *[mark] * len(given)])
    updates = ", ".join(
        f"{name} = excluded.{name}" for name in given if name not in map(quote, key)
    )
    target = ", ".join(map(quote, key))
    return (
        f"INSERT INTO {quote(table)} ({columns}) VALUES ({values}) "
        f"ON CONFLICT ({target}) DO UPDATE SET {updates}"
    )
