"""Rows that say again what stands already: known by their fingerprints while the file is read,
they become claims at once, and only the others are staged and compared."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    and_,
    delete,
    exists,
    func,
    literal,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateTable, DropTable

from kpi.datasets import Dataset
from kpi.ingest.load.fingerprint import fingerprints
from kpi.ingest.load.stage import Stage
from kpi.ingest.load.upsert import Upsert
from kpi.ingest.model import Chunk
from kpi.store.tables import claims


class KeyedStage(Stage):
    """The stage of a by-key dataset: what stands already passes it by."""

    def __init__(
        self,
        connection: Connection,
        dataset: Dataset,
        columns: tuple[str, ...],
        practice: int,
        upload: int,
    ) -> None:
        super().__init__(connection, dataset, columns, beside=("fingerprint",))
        self.practice, self.upload = practice, upload
        self._arriving = Table(
            f"arriving_{dataset.name}",
            MetaData(),
            Column("key", LargeBinary(16), primary_key=True),
            Column("line", Integer, nullable=False),
            Column("fingerprint", BigInteger),
            prefixes=["TEMPORARY"],
            sqlite_with_rowid=False,
        )
        connection.execute(DropTable(self._arriving, if_exists=True))
        connection.execute(CreateTable(self._arriving))
        names = ("key", "line", "fingerprint")
        self._arrive = Upsert(connection, self._arriving.name, names, constants={}, key=("key",))

    def add(self, chunk: Chunk) -> None:
        """Claims a chunk's rows that say what stands, and stages the others."""
        frame = chunk.frame.assign(fingerprint=fingerprints(chunk.frame, self.own))
        self._arrive(frame)
        self._claim()
        arriving = self._arriving
        claimed = exists().where(
            self.claimed, claims.c.key == arriving.c.key, claims.c.line == arriving.c.line
        )
        others = self.connection.execute(select(arriving.c.line).where(~claimed)).scalars().all()
        self.connection.execute(delete(arriving))
        rest = frame[frame["line"].isin(others)]
        self.stage(rest)
        self.rows += len(frame) - len(rest)

    @property
    def claimed(self) -> ColumnElement[bool]:
        """Of a claim, that this file makes it."""
        return and_(claims.c.practice == self.practice, claims.c.upload == self.upload)

    def _claim(self) -> None:
        """A key that was claimed before in the file is claimed again: the last line wins."""
        arriving, table = self._arriving, self.records
        # Asked of each arriving row: joined, a planner without statistics may begin with the
        # records instead, all of them for each chunk.
        stands = exists().where(
            table.c.practice == self.practice,
            table.c.key == arriving.c.key,
            table.c.live == 1,
            table.c.fingerprint == arriving.c.fingerprint,
        )
        same = select(
            literal(self.practice), literal(self.upload), arriving.c.key, arriving.c.line
        ).where(stands)
        dialect = sqlite if self.connection.dialect.name == "sqlite" else postgresql
        made = dialect.insert(claims).from_select(["practice", "upload", "key", "line"], same)
        self.connection.execute(
            made.on_conflict_do_update(
                index_elements=["practice", "upload", "key"], set_={"line": made.excluded.line}
            )
        )

    def settle(self) -> int:
        """Keeps of a key that the file both restates and changes what its last line says; gives
        how many keys it restates."""
        rows = self.table
        later = exists().where(
            self.claimed, claims.c.key == rows.c.key, claims.c.line > rows.c.line
        )
        self.connection.execute(delete(rows).where(later))
        staged = claims.c.key.in_(select(rows.c.key))
        self.connection.execute(delete(claims).where(self.claimed, staged))
        count = select(func.count()).select_from(claims).where(self.claimed)
        return int(self.connection.execute(count).scalar_one())

    def drop(self) -> None:
        super().drop()
        self.connection.execute(DropTable(self._arriving, if_exists=True))
