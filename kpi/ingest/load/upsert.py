"""Many rows into a table at a time, in the driver's own terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from sqlalchemy import Connection

if TYPE_CHECKING:
    import pandas as pd

_TOGETHER = 100
"""Rows a statement: each statement costs, and databases limit how many values one may carry."""


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
        quote = connection.dialect.identifier_preparer.quote
        given = [quote(name) for name in names]
        columns = ", ".join([*map(quote, constants), *given])
        mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
        self._row = f"({', '.join([*map(str, constants.values()), *[mark] * len(given)])})"
        target = ", ".join(map(quote, key))
        updates = ", ".join(f"{quote(name)} = excluded.{quote(name)}" for name in names
                            if name not in key)  # fmt: skip
        self._before = f"INSERT INTO {quote(table)} ({columns}) VALUES "
        self._behind = f" ON CONFLICT ({target}) DO UPDATE SET {updates}"

    def __call__(self, frame: pd.DataFrame) -> None:
        """Writes a frame's rows; of rows with the same key the last one."""
        again = frame["key"].duplicated(keep="last")
        if again.any():  # one statement must not meet a key twice
            frame = frame[~again]
        columns = [
            frame[name].array.to_numpy(object, na_value=None).tolist() for name in self._names
        ]
        rows = list(zip(*columns, strict=True))
        for start in range(0, len(rows), _TOGETHER):
            some = rows[start : start + _TOGETHER]
            text = self._before + ", ".join([self._row] * len(some)) + self._behind
            self._connection.exec_driver_sql(text, tuple(chain.from_iterable(some)))
