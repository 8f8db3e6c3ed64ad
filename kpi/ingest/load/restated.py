"""Rows that say again what stands already: known by their fingerprints while the file is read,
they become claims at once, and only the others are staged and compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import Connection, and_, delete, exists, func, select

from kpi.datasets import Dataset
from kpi.ingest.load.fingerprint import fingerprints
from kpi.ingest.load.stage import Stage
from kpi.ingest.load.upsert import Upsert
from kpi.ingest.model import Chunk
from kpi.store.tables import claims

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sqlalchemy import ColumnElement


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
        self._claim = Upsert(
            connection,
            claims.name,
            ("key", "line"),
            constants={"practice": practice, "upload": upload},
            key=("practice", "upload", "key"),
        )
        self._by_month: dict[int, NDArray[np.int64]] = {}  # fingerprints by month

    def add(self, chunk: Chunk) -> None:
        """Claims a chunk's rows that say what stands, and stages the others.

        A key that was claimed before in the file is claimed again: the last line wins.
        """
        prints = fingerprints(chunk.frame, self.own)
        frame = chunk.frame.assign(fingerprint=prints)
        # A row with a cell that could not be read says less than its cells, and has none.
        stands = np.zeros(len(frame), dtype=bool)
        readable = frame["unreadable"].to_numpy() == 0
        stands[readable] = np.isin(prints[readable].astype(np.int64), self._standing(chunk.months))
        claimed = frame[stands]
        # In the order of the keys, in which their index takes them fastest.
        self._claim(claimed.iloc[np.argsort(claimed["key"].to_numpy("S16"))])
        self.stage(frame[~stands])
        self.rows += int(stands.sum())

    def _standing(self, months: NDArray[np.int64]) -> NDArray[np.int64]:
        """The fingerprints of live records of the rows' months. A record that was in another month
        is none that is said again."""
        known = [self._of_month(month) for month in np.unique(months).tolist()]
        return np.concatenate([np.empty(0, np.int64), *known])

    def _of_month(self, month: int) -> NDArray[np.int64]:
        if month not in self._by_month:
            table = self.records
            query = select(table.c.fingerprint).where(
                table.c.practice == self.practice,
                table.c.record_month == month,
                table.c.live == 1,
                table.c.fingerprint.is_not(None),
            )
            prints = self.connection.execute(query).scalars()
            self._by_month[month] = np.fromiter(prints, np.int64)
        return self._by_month[month]

    @property
    def claimed(self) -> ColumnElement[bool]:
        """Of a claim, that this file makes it."""
        return and_(claims.c.practice == self.practice, claims.c.upload == self.upload)

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
