"""The header of a table: on which line it stands, and what stands above it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from kpi.errors import FileRefused
from kpi.ingest.files.grid import Grid, Record
from kpi.ingest.fold import fold_header

PREAMBLE = 40  # lines among which the header is looked for
_AGREEING = 5  # lines under a header whose width is compared with its own
_MOST_COLUMNS = 512
_KNOWN_SHARE = 0.6
_IMPORT_ID = '{"importid"'
_DATE = re.compile(r"\s*(?:\d{4}-\d{1,2}-\d|\d{1,2}[/.]\d{1,2}[/.]\d{2})", re.ASCII)
_NO_LABELS = frozenset({"response", "open-ended response"})  # what a question of one column has


@dataclass(frozen=True, slots=True)
class Header:
    """The names of a table's columns, trailing blank ones cut off.

    ``line`` is the first line of the header, ``end`` its last one. ``above`` are the texts that
    stand above it, line by line. ``under`` are the cells of a header's second line: labels, or
    what the questions say.
    """

    line: int
    cells: tuple[str, ...]
    end: int = 0
    above: tuple[tuple[str, ...], ...] = ()
    under: tuple[str, ...] = ()

    @property
    def folded(self) -> tuple[str, ...]:
        """Its cells as they are compared."""
        return tuple(fold_header(cell) for cell in self.cells)

    @property
    def last(self) -> int:
        """The last line of the header: rows begin under it."""
        return self.end or self.line


def find_header(
    grid: Grid, matches: Callable[[Header], bool], names: frozenset[str], rows: int = 1
) -> Header:
    """The header of a grid.

    ``matches``: whether a header is exactly one that is known; the first such line is taken.
    ``names``: all folded names that any known export uses. Without an exact match the header is
    the first line most of whose cells are such names and that the lines below agree with in
    width; else the first line as wide as most. ``rows``: how many lines the header may take; a
    second one belongs to it unless it holds a date.
    Raises FileRefused for a grid with no header or too many columns.
    """
    with grid.records() as records:
        filled = [each for each in islice(records, PREAMBLE * 2) if any(map(str.strip, each[1]))]
    if not filled:
        raise FileRefused(f"{grid.name} has no line with anything in it. Export it again.")
    candidates = filled[:PREAMBLE]
    for place in range(len(candidates)):
        header = _header(filled, place, rows)
        if len(header.cells) > 1 and matches(header):
            return _not_too_wide(grid, header)
    place = _likely(candidates, filled, names)
    return _not_too_wide(grid, _header(filled, place, rows))


def known_share(header: Header, names: frozenset[str]) -> float:
    """Which share of the header's names are names that known exports use."""
    named = [name for name in header.folded if name]
    return sum(name in names for name in named) / len(named) if named else 0.0


def joined(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    """The names of a header that takes two lines: the first line's; where one spans several
    columns, the name with each one's label from the second line."""
    names: list[str] = []
    left = ""
    for place in range(max(len(first), len(second))):
        name = first[place].strip() if place < len(first) else ""
        label = second[place].strip() if place < len(second) else ""
        left = name or left
        spans = place + 1 < min(len(first), len(second)) and not first[place + 1].strip()
        spans = spans and bool(second[place + 1].strip())
        if label and (not name or (spans and label.casefold() not in _NO_LABELS)):
            names.append(f"{left.rstrip(':')}: {label}")
        else:
            names.append(name)
    return tuple(names)


def _header(filled: Sequence[Record], place: int, rows: int) -> Header:
    """The header that would begin at a line. A line of Qualtrics' import ids always belongs to
    the header above it, together with the questions between them."""
    taken = 1
    if rows > 1 and place + 1 < len(filled) and not any(map(_DATE.match, filled[place + 1][1])):
        taken = 2
    for below in range(1, 3):
        if place + below < len(filled) and _is_import_ids(filled[place + below][1]):
            taken = max(taken, below + 1)
    lines = filled[place : place + taken]
    cells = list(joined(lines[0][1], lines[1][1]) if rows > 1 and taken > 1 else lines[0][1])
    while cells and not fold_header(cells[-1]):
        cells.pop()
    above = tuple(tuple(cell for cell in each[1] if cell.strip()) for each in filled[:place])
    under = tuple(lines[1][1]) if taken > 1 else ()
    return Header(lines[0][0], tuple(cells), lines[-1][0], above, under)


def _is_import_ids(cells: Sequence[str]) -> bool:
    return bool(cells) and cells[0].strip().casefold().startswith(_IMPORT_ID)


def _likely(candidates: Sequence[Record], filled: Sequence[Record], names: frozenset[str]) -> int:
    best, best_share = -1, 0.0
    for place, (_, cells) in enumerate(candidates):
        header = Header(0, tuple(cells))
        share = known_share(header, names)
        if share >= _KNOWN_SHARE and share > best_share and _agrees(filled, place):
            best, best_share = place, share
    if best >= 0:
        return best
    widths = Counter(_width(cells) for _, cells in filled)
    width = max(widths, key=lambda each: (widths[each], each))
    return next(place for place, (_, cells) in enumerate(filled) if _width(cells) >= width)


def _agrees(filled: Sequence[Record], place: int) -> bool:
    """Whether the lines under a header reach as far as it does, or nearly; a title has no such
    lines, and neither has a row of data beside a wider header."""
    width = _width(filled[place][1])
    below = [len(cells) for _, cells in filled[place + 1 : place + 1 + _AGREEING]]
    return width > 1 and (not below or any(each >= width for each in below))


def _width(cells: Sequence[str]) -> int:
    """How far a line reaches: trailing blank cells not counted."""
    width = len(cells)
    while width and not cells[width - 1].strip():
        width -= 1
    return width


def _not_too_wide(grid: Grid, header: Header) -> Header:
    if not header.cells:
        raise FileRefused(f"{grid.name}, line {header.line}: the first line names no columns.")
    if len(header.cells) > _MOST_COLUMNS:
        raise FileRefused(
            f"{grid.name} has {len(header.cells)} columns; at most {_MOST_COLUMNS} are read. "
            "Export only the columns that are needed."
        )
    return header
