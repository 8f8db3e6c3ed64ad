"""The lines under a header as blocks of text columns, each row with its physical line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from kpi.errors import FileRefused
from kpi.ingest.files.grid import Grid
from kpi.ingest.layout.header import Header

if TYPE_CHECKING:
    import pandas as pd

BLOCK_ROWS = 10_000
BLANK_ROW, REPEATED_HEADER, COMMENT = NO_ROWS = ("blank row", "repeated header", "comment line")
COMMENT_MARKS = ("!", "#")
_PROBE_ROWS = 100


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A row that adds up others: its line, its cells, and how many rows of its block precede it;
    ``stated``: the same, with the records among them that were left out."""

    line: int
    before: int
    cells: tuple[str, ...]
    stated: int = 0


@dataclass(slots=True)
class Block:
    """Some rows of a table, every cell a text.

    ``frame`` has one column a header cell, numbered from 0, and behind them those that were made.
    ``lines`` are the physical lines on which the rows begin. ``ragged`` gives for a row, by its
    place in the block, the code of what is wrong with it as a whole. ``left_out`` counts rows that
    are no rows. ``totals`` are rows that add up others; they are counted in ``left_out``.
    ``stated``: how many rows a count in the file is of, those among them that were left out.
    """

    frame: pd.DataFrame
    lines: list[int]
    ragged: dict[int, str]
    left_out: Counter[str] = field(default_factory=Counter)
    totals: list[TotalRow] = field(default_factory=list)
    stated: int = 0


def read_blocks(grid: Grid, header: Header, needed: int) -> Iterator[Block]:
    """The rows under the header, 10,000 at a time.

    ``needed``: how many cells a row must have, because a required column stands there; shorter
    rows are marked, others are filled up with blanks. Raises FileRefused when most rows have
    more cells than the header, because then the header lacks a column and every name is off, and
    when a second table begins further down.
    """
    lines = _Lines(grid, header, needed)
    for first, rows in grid.in_runs():
        start = max(header.last + 1 - first, 0)
        while start < len(rows):
            room = BLOCK_ROWS - len(lines.numbers)
            lines.take_run(first + start, rows[start : start + room])
            start += room
            if len(lines.numbers) >= BLOCK_ROWS:
                yield lines.block()
    lines.refuse_short_header(at_end=True)
    if lines.numbers or lines.left_out:
        yield lines.block()


class _Lines:
    """Lines on their way into a block."""

    def __init__(self, grid: Grid, header: Header, needed: int) -> None:
        self.grid, self.header, self.needed = grid, header, needed
        self.width = len(header.cells)
        self.texts: list[str] = []  # row after row: far fewer objects than a list of lists
        self.numbers: list[int] = []
        self.ragged: dict[int, str] = {}
        self.left_out: Counter[str] = Counter()
        self.after_gap = False
        self._long = self._given = 0

    def take_run(self, first: int, rows: list[list[str]]) -> None:
        """Consecutive lines. Nearly all are rows as wide as the header with nothing odd about
        them, and are taken together."""
        names = [cells[0] if cells else "" for cells in rows]
        faulty = self.grid.faulty
        plain = (
            not self.after_gap
            and {*map(len, rows)} == {self.width}
            and "" not in names
            and self.header.cells[0] not in names
            and (not faulty or faulty.keys().isdisjoint(range(first, first + len(rows))))
        )
        if plain:
            self.texts.extend(chain.from_iterable(rows))
            self.numbers.extend(range(first, first + len(rows)))
        elif len(rows) == 1:
            self._take_odd(first, rows[0])
        else:
            for line, cells in enumerate(rows, start=first):
                self.take_run(line, [cells])

    def _take_odd(self, line: int, cells: list[str]) -> None:
        """A line that may be no row, or a row of another width."""
        if not any(map(str.strip, cells)):
            # A line with nothing in it at all is no row; one of blank cells is a blank row.
            self.left_out[BLANK_ROW] += bool(cells) and len(cells) >= self.width
            self.after_gap = True
            return
        if self.after_gap:
            _refuse_second_table(self.grid, self.header, line, cells)
        # A title may stand between the gap and the next table's header.
        self.after_gap = sum(1 for cell in cells if cell.strip()) == 1 < self.width
        if _is_comment(cells):
            self.left_out[COMMENT] += 1
            return
        fault = _fit(cells, self.width, self.needed) if len(cells) != self.width else None
        if fault == "too_many_cells":
            self._long += 1
            self.refuse_short_header()
        if tuple(cells) == self.header.cells:
            self.left_out[REPEATED_HEADER] += 1
            return
        fault = self.grid.faulty.get(line, fault)
        if fault:
            self.ragged[len(self.numbers)] = fault
        self.texts += cells
        self.numbers.append(line)

    def block(self) -> Block:
        """What has been gathered; the next block begins empty."""
        import numpy as np
        import pandas as pd

        cells = np.array(self.texts, dtype=object).reshape(len(self.numbers), self.width)
        frame = pd.DataFrame(cells, dtype=object)
        block = Block(frame, self.numbers, self.ragged, +self.left_out)
        self._given += len(self.numbers)
        self.texts, self.numbers, self.ragged, self.left_out = [], [], {}, Counter()
        return block

    def refuse_short_header(self, at_end: bool = False) -> None:
        """Raises FileRefused if most rows have more cells than the header."""
        rows = self._given + len(self.numbers) + (not at_end)
        if self._long * 2 > rows and (at_end or self._long > _PROBE_ROWS):
            raise FileRefused(
                f"{self.grid.name}: the header in line {self.header.line} names {self.width} "
                f"columns, but {self._long} of the first {rows} rows have more cells than that, so "
                "it cannot be told which cell belongs to which name. Export it again with all "
                "columns named."
            )


def _fit(cells: list[str], width: int, needed: int) -> str | None:
    """Brings a row to the header's width, in place; the code of what is wrong with it, if so."""
    present, extra = len(cells), cells[width:]
    del cells[width:]
    cells.extend([""] * (width - present))
    if any(cell.strip() for cell in extra):
        return "too_many_cells"
    if present < needed and any(cell.strip() for cell in cells):
        return "too_few_cells"
    return None


def _is_comment(cells: Sequence[str]) -> bool:
    """A marked line before or behind the rows (ADP writes ``!END``, others ``# exported by``)."""
    return cells[0].lstrip().startswith(COMMENT_MARKS) and not any(map(str.strip, cells[1:]))


_WORDY = re.compile(r"[A-Za-z][A-Za-z _/#.%-]*", re.ASCII)


def _refuse_second_table(grid: Grid, header: Header, line: int, cells: Sequence[str]) -> None:
    """Raises FileRefused where, below a blank line, a line of other names stands: the rows under
    it would be read under names that are not theirs."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(filled) < 2 or not all(_WORDY.fullmatch(cell) for cell in filled):
        return
    named = {name for name in header.folded if name}
    from kpi.ingest.mapping.names import all_names

    folded = Header(line, tuple(filled)).folded
    known = sum(name in all_names() for name in folded)
    if set(folded) <= named or known < max(2, len(folded) / 2):
        return
    raise FileRefused(
        f"{grid.name} holds more than one table: another header stands in line {line}. Export "
        "each report into a file of its own."
    )
