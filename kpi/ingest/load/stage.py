"""A file's rows on their way into the records: a temporary table, one row a key."""

from __future__ import annotations

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
from kpi.ingest.load.upsert import Upsert
from kpi.store.tables import records

if TYPE_CHECKING:
    import pandas as pd

    from kpi.ingest.model import Chunk

FIXED = ("key", "line", "unreadable")


class Stage:
    """The temporary table of one file's rows for one dataset, and how to fill it."""

    def __init__(
        self,
        connection: Connection,
        dataset: Dataset,
        columns: tuple[str, ...],
        beside: tuple[str, ...] = (),
    ) -> None:
        """``columns``: the canonical columns that the file has; ``beside``: further columns of
        the records that chunks bring along."""
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
            *(Column(name, self.records.c[name].type) for name in (*beside, *self.own)),
            prefixes=["TEMPORARY"],
            sqlite_with_rowid=False,
        )
        self.rows = 0
        self.unreadable = 0
        connection.execute(DropTable(self.table, if_exists=True))
        connection.execute(CreateTable(self.table))
        names = (*FIXED, *beside, *self.own)
        self._upsert = Upsert(connection, self.table.name, names, constants={}, key=("key",))

    def add(self, chunk: Chunk) -> None:
        """Takes a chunk's rows."""
        self.stage(chunk.frame)

    def stage(self, frame: pd.DataFrame) -> None:
        """Adds rows; a key that is there already is replaced: the last line wins."""
        for bits in frame["unreadable"].unique().tolist():
            self.unreadable |= bits
        self.rows += len(frame)
        self._upsert(frame)

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
