"""Many rows into a table at a time, in the driver's own terms: on PostgreSQL by COPY."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from kpi.store.copying import copy_in

if TYPE_CHECKING:
    import pandas as pd

_TOGETHER = 100
"""Rows a statement: each statement costs, and databases limit how many values one may carry."""
_COPIED_FROM = 200
"""Rows of a frame that is copied: making the table that takes a copy costs as much as these."""


class Upsert:
    """Inserts the rows of frames; a row whose key is there already is replaced whole."""

    def __init__(
        self,
        connection: Connection,
        table: str,
        names: Sequence[str],
        *,
        constants: Mapping[str, int],
        key: Sequence[str],
    ) -> None:
        """``names``: the columns that the frames have; ``constants``: those alike in all rows;
        ``key``: a unique key of the table, of which the frames have the column ``key``."""
        self._connection, self._names = connection, names
        self._copies = connection.dialect.name == "postgresql"
        quote = connection.dialect.identifier_preparer.quote
        given = [quote(name) for name in names]
        columns = ", ".join([*map(quote, constants), *given])
        fixed = [*map(str, constants.values())]
        mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
        self._row = f"({', '.join([*fixed, *[mark] * len(given)])})"
        target = ", ".join(map(quote, key))
        updates = ", ".join(f"{quote(name)} = excluded.{quote(name)}" for name in names
                            if name not in key)  # fmt: skip
        self._before = f"INSERT INTO {quote(table)} ({columns}) "
        self._behind = f" ON CONFLICT ({target}) DO UPDATE SET {updates}"
        # A copy cannot meet a key that is there, so it goes by way of a table without one.
        self._arriving = f"arriving_{table}"
        arriving = quote(self._arriving)
        self._make = (
            f"CREATE TEMPORARY TABLE {arriving} ON COMMIT DROP AS "
            f"SELECT {', '.join(given)} FROM {quote(table)} WITH NO DATA"
        )
        self._take = f"SELECT {', '.join([*fixed, *given])} FROM {arriving}"
        self._drop = f"DROP TABLE {arriving}"

    def __call__(self, frame: pd.DataFrame) -> None:
        """Writes a frame's rows; of rows with the same key the last one."""
        again = frame["key"].duplicated(keep="last")
        if again.any():  # one statement must not meet a key twice
            frame = frame[~again]
        columns = [
            frame[name].array.to_numpy(object, na_value=None).tolist() for name in self._names
        ]
        rows = list(zip(*columns, strict=True))
        if self._copies and len(rows) >= _COPIED_FROM:
            self._copy_in(rows)
            return
        for start in range(0, len(rows), _TOGETHER):
            some = rows[start : start + _TOGETHER]
            values = "VALUES " + ", ".join([self._row] * len(some))
            text = self._before + values + self._behind
            self._connection.exec_driver_sql(text, tuple(chain.from_iterable(some)))

    def _copy_in(self, rows: Sequence[tuple[object, ...]]) -> None:
        self._connection.exec_driver_sql(self._make)
        copy_in(self._connection, self._arriving, self._names, rows)
        self._connection.exec_driver_sql(self._before + self._take + self._behind)
        self._connection.exec_driver_sql(self._drop)
