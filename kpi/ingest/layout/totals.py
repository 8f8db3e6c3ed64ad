"""A file's own totals against the sums of its rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kpi.datasets import Column, Kind
from kpi.datasets.stored import DECIMAL_SCALE
from kpi.ingest.clean.numbers import Unreadable, read_number
from kpi.ingest.layout.blocks import TotalRow
from kpi.ingest.statements.totals import dollars

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PLACES = {Kind.MONEY: 2, Kind.DECIMAL: 4, Kind.WHOLE: 0}
_MOST = 8
_COUNT = re.compile(r"(?:total )?(?:number|count) of .*?:?\s*([\d,]+)\s*", re.IGNORECASE)
_GRAND = re.compile(r"grand|report|overall|final", re.IGNORECASE)


class Reconciliation:
    """Sums of a table's numeric columns, compared with every total that the table states.

    A total may be of the rows since the total before it, or since any earlier one, or of all.
    """

    def __init__(self) -> None:
        self._rows = 0
        self._sums: dict[int, int] = {}
        self._bounds: dict[int, list[int]] = {}
        self._agreeing = 0
        self._wrong: list[str] = []

    def take(
        self,
        columns: Mapping[int, tuple[Column, NDArray[np.int64]]],
        stated: int,
        totals: Sequence[TotalRow],
    ) -> None:
        """A block's rows: by place the column and its values, 0 where there is none; ``stated``:
        how many rows a count in the file would be of."""
        import numpy as np

        for total in totals:
            self._count(total)
        for place, (column, values) in columns.items():
            carried = self._sums.get(place, 0)
            bounds = self._bounds.setdefault(place, [0])
            if totals:
                running = carried + np.concatenate(([0], np.cumsum(values)))
                for total in totals:
                    self._compare(total, place, column, int(running[total.before]), bounds)
            self._sums[place] = carried + int(values.sum())
        self._rows += stated

    @property
    def notes(self) -> list[str]:
        """Sentences for the receipt, differences first."""
        notes = self._wrong[:_MOST]
        if len(self._wrong) > _MOST:
            notes.append(f"{len(self._wrong) - _MOST} more totals differ from their rows.")
        if self._agreeing and not self._wrong:
            one = self._agreeing == 1
            notes.append(
                "The file's total agrees with its rows."
                if one
                else f"All {self._agreeing} totals of the file agree with its rows."
            )
        return notes

    def _count(self, total: TotalRow) -> None:
        for cell in total.cells:
            if found := _COUNT.fullmatch(cell.strip()):
                stated, counted = int(found[1].replace(",", "")), self._rows + total.stated
                if stated == counted:
                    self._agreeing += 1
                else:
                    self._wrong.append(
                        f"Line {total.line}: the file says {stated:,} rows, "
                        f"there are {counted:,}. Part of it may be missing."
                    )

    def _compare(
        self, total: TotalRow, place: int, column: Column, running: int, bounds: list[int]
    ) -> None:
        if place >= len(total.cells):
            return
        try:
            stated = read_number(total.cells[place], _PLACES[column.kind])
        except Unreadable:
            return
        if any(running - bound == stated for bound in bounds):
            self._agreeing += 1
        else:
            grand = any(_GRAND.search(cell) for cell in total.cells)
            added = running - (0 if grand else bounds[-1])
            self._wrong.append(
                f"Line {total.line}, {column.name}: the file says {_shown(stated, column)}, "
                f"the rows add up to {_shown(added, column)}."
            )
        bounds.append(running)


def is_summed(column: Column) -> bool:
    """Whether a column's values can be compared with a total."""
    return column.kind in _PLACES


def _shown(value: int, column: Column) -> str:
    if column.kind is Kind.MONEY:
        return dollars(value)
    return f"{value / DECIMAL_SCALE:,.4g}" if column.kind is Kind.DECIMAL else f"{value:,}"
