"""The text of a canonical column in each row of a block, as the plan takes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from kpi.datasets import Kind
from kpi.ingest.clean.numbers import Unreadable, read_number
from kpi.ingest.clean.values import ABSENT
from kpi.ingest.clean.written import written
from kpi.ingest.layout.blocks import Block
from kpi.ingest.mapping.plan import ColumnPlan, Taking

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DATE = re.compile(
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)|\d{4}-\d|\d{1,2}[/.-]\d{1,2}[/.-]\d|"
    r"\d{1,2}[- ][A-Za-z]{3}|[A-Za-z]{3,9}\.? \d",
    re.ASCII,
)
_YES = frozenset({"y", "yes", "true", "t", "1", "x", "\u2713", "\u2714"})


def texts_of(plan: ColumnPlan, block: Block, rows: NDArray[np.intp] | None) -> NDArray[Any]:
    """One text a row; all rows where ``rows`` is None."""
    count = len(block.lines) if rows is None else len(rows)
    if not plan.places:
        return np.full(count, plan.constant, dtype=object)
    cells = [_column(block, place, rows) for place in plan.places]
    texts = _taken(plan, cells, count)
    if plan.when is not None:
        place, words = plan.when
        said = [cell.strip().casefold() in words for cell in _column(block, place, rows)]
        texts = np.where(said, texts, plan.constant)
    for place, meanings in reversed(plan.unless):
        finer = [meanings.get(cell.strip().casefold()) for cell in _column(block, place, rows)]
        texts = np.array(
            [text if meant is None else meant for text, meant in zip(texts, finer, strict=True)],
            dtype=object,
        )
    return texts


def _taken(plan: ColumnPlan, cells: list[NDArray[Any]], count: int) -> NDArray[Any]:
    if plan.taking is Taking.FLAGS:
        return _flagged(plan, cells, count)
    if len(cells) == 1:
        return cells[0]
    texts = np.empty(count, dtype=object)
    if plan.taking is Taking.FIRST:
        counts = _holds_date if plan.column.kind is Kind.DATE else str.strip
        texts[:] = [next(filter(counts, row), "") for row in zip(*cells, strict=True)]
    elif plan.taking is Taking.SUM:
        texts[:] = [_added(row) for row in zip(*cells, strict=True)]
    else:
        texts[:] = [
            " ".join(filter(None, map(str.strip, row))) if row[-1].strip() else ""
            for row in zip(*cells, strict=True)
        ]
    return texts


def _holds_date(text: str) -> bool:
    """Whether a cell that may hold something else, such as a batch's number, holds a date."""
    return _DATE.match(text.strip()) is not None


def _column(block: Block, place: int, rows: NDArray[np.intp] | None) -> NDArray[Any]:
    cells: NDArray[Any] = block.frame[place].to_numpy()
    return cells if rows is None else cells.take(rows)


def _flagged(plan: ColumnPlan, cells: list[NDArray[Any]], count: int) -> NDArray[Any]:
    """The word of the first flag that says yes, in the order of the profile."""
    texts = np.full(count, plan.constant, dtype=object)
    for word, column in reversed(list(zip(plan.words, cells, strict=True))):
        texts[[cell.strip().casefold() in _YES for cell in column]] = word
    return texts


def _added(cells: Sequence[str]) -> str:
    """The sum of the cells, as a text; the first cell that cannot be read, where one cannot."""
    total = 0
    for cell in cells:
        if cell.strip().casefold() in ABSENT:
            continue
        try:
            total += read_number(cell, 4)
        except Unreadable:
            return cell
    return written(Kind.DECIMAL, total)
