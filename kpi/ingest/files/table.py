"""A text table as a stream of blocks of text columns, each row with its physical line."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kpi.errors import FileRefused
from kpi.ingest.files.container import Container, inspect
from kpi.ingest.files.dialect import SAMPLE, Dialect, find_dialect
from kpi.ingest.fold import fold_header

if TYPE_CHECKING:
    import pandas as pd

BLOCK_ROWS = 50_000
BLANK_ROW, REPEATED_HEADER = NO_ROWS = ("blank row", "repeated header")
_PROBE_ROWS = 200
_MOST_COLUMNS = 512
_LONGEST_RECORD = 500  # physical lines; a record beyond has a quotation mark that never closes


@dataclass(slots=True)
class Block:
    """Some rows of a table, every cell a text.

    ``frame`` has one column a header cell, numbered from 0. ``lines`` are the physical lines on
    which the rows begin. ``ragged`` gives for a row, by its place in the block, the code of what
    is wrong with its width. ``left_out`` counts rows that are no rows.
    """

    frame: pd.DataFrame
    lines: list[int]
    ragged: dict[int, str]
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Source:
    """A file on disk, or a seekable binary stream that stays the caller's."""

    where: Path | BinaryIO

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The bytes from their beginning."""
        if isinstance(self.where, Path):
            with self.where.open("rb") as stream:
                yield stream
        else:
            self.where.seek(0)
            yield self.where


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text file that is known well enough to be read as a table."""

    name: str
    source: Source
    container: Container
    dialect: Dialect

    @contextmanager
    def records(self) -> Iterator[Records]:
        """Its records from the beginning."""
        with self.source.open() as stream:
            text = io.TextIOWrapper(stream, encoding=self.container.encoding, newline="")
            try:
                yield Records(text, self)
            finally:
                text.detach()


def open_text(where: Path | BinaryIO, name: str) -> TextFile:
    """Looks at a file's bytes. Raises FileRefused for what is no text table."""
    source = Source(where)
    with source.open() as stream:
        container = inspect(stream, name)
    with source.open() as stream:
        text = io.TextIOWrapper(stream, encoding=container.encoding, newline="")
        try:
            sample = text.read(SAMPLE)
        finally:
            text.detach()
    return TextFile(name, source, container, find_dialect(sample, name, len(sample) < SAMPLE))


class Records:
    """The records of a table, one by one: ``(line on which it begins, cells)``.

    Lines are physical ones: a record with line breaks within quotes takes several. Raises
    FileRefused where a quotation mark is never closed.
    """

    def __init__(self, text: io.TextIOWrapper, file: TextFile) -> None:
        self._file = file
        if file.dialect.hinted:
            text.readline()
        self._reader = csv.reader(text, delimiter=file.dialect.delimiter)

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        reader = self._reader
        passed = int(self._file.dialect.hinted)
        last = passed  # the line on which the record before ended
        begun = passed + 1
        try:
            for cells in reader:
                begun = last + 1
                last = reader.line_num + passed
                if last - begun > _LONGEST_RECORD:
                    raise FileRefused(self._unclosed(begun))
                yield begun, cells
        except csv.Error:  # a cell beyond the module's limit of 131,072 characters
            raise FileRefused(self._unclosed(last + 1)) from None
        if last > begun and self._is_open(begun):
            raise FileRefused(self._unclosed(begun))

    def _is_open(self, line: int) -> bool:
        """Whether the last record, which begins on a line, ends within quotation marks."""
        marks = 0
        with self._file.source.open() as stream:
            text = io.TextIOWrapper(stream, encoding=self._file.container.encoding, newline="")
            try:
                for number, content in enumerate(text, start=1):
                    if number >= line:
                        marks += content.count('"')
            finally:
                text.detach()
        return marks % 2 == 1

    def _unclosed(self, line: int) -> str:
        return (
            f"{self._file.name}, line {line}: a quotation mark seems to be opened and never "
            "closed, so that the rows after it cannot be told apart. Export the file again."
        )


@dataclass(frozen=True, slots=True)
class Header:
    """The header: the line it stands on and its cells, trailing blank ones cut off."""

    line: int
    cells: tuple[str, ...]

    @property
    def folded(self) -> tuple[str, ...]:
        """Its cells as they are compared."""
        return tuple(fold_header(cell) for cell in self.cells)


def read_header(file: TextFile) -> Header:
    """The first line that is not blank. Raises FileRefused if there is none, or it is too wide."""
    with file.records() as records:
        filled = (each for each in records if any(cell.strip() for cell in each[1]))
        line, cells = next(filled, (0, []))
    if not line:
        raise FileRefused(f"{file.name} has no line with anything in it. Export it again.")
    while cells and not fold_header(cells[-1]):
        cells.pop()
    if not cells:
        raise FileRefused(f"{file.name}, line {line}: the first line names no columns.")
    if len(cells) > _MOST_COLUMNS:
        raise FileRefused(
            f"{file.name} has {len(cells)} columns; at most {_MOST_COLUMNS} are read. "
            "Export only the columns that are needed."
        )
    return Header(line, tuple(cells))


def read_blocks(file: TextFile, header: Header, needed: int) -> Iterator[Block]:
    """The rows under the header, 50,000 at a time.

    ``needed``: how many cells a row must have, because a required column stands there; shorter
    rows are marked, others are filled up with blanks. Raises FileRefused when most rows have
    more cells than the header, because then the header lacks a column and every name is off.
    """
    width = len(header.cells)
    texts: list[str] = []  # row after row: far fewer objects than a list of lists
    lines: list[int] = []
    ragged: dict[int, str] = {}
    left_out: Counter[str] = Counter()
    seen = long = 0
    with file.records() as records:
        for line, cells in records:
            if line <= header.line:
                continue
            if len(cells) != width:
                if not cells:
                    continue  # an empty line is no row
                fault = _fit(cells, width, needed)
                if fault:
                    ragged[len(lines)] = fault
                    long += fault == "too_many_cells"
            if not cells[0] and not "".join(cells).strip() and len(lines) not in ragged:
                left_out[BLANK_ROW] += 1
                continue
            seen += 1
            if seen == _PROBE_ROWS:
                _refuse_short_header(file.name, header, long, seen)
            if cells[0] == header.cells[0] and tuple(cells) == header.cells:
                left_out[REPEATED_HEADER] += 1
                continue
            texts += cells
            lines.append(line)
            if len(lines) == BLOCK_ROWS:
                yield _block(texts, lines, ragged, left_out, width)
                texts, lines, ragged, left_out = [], [], {}, Counter()
    if seen < _PROBE_ROWS:
        _refuse_short_header(file.name, header, long, seen)
    if lines or left_out:
        yield _block(texts, lines, ragged, left_out, width)


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


def _block(
    texts: list[str],
    lines: list[int],
    ragged: dict[int, str],
    left_out: Counter[str],
    width: int,
) -> Block:
    import numpy as np
    import pandas as pd

    cells = np.array(texts, dtype=object).reshape(len(lines), width)
    return Block(pd.DataFrame(cells, dtype=object), lines, ragged, left_out)


def _refuse_short_header(name: str, header: Header, long: int, seen: int) -> None:
    if long * 2 > seen > 0:
        raise FileRefused(
            f"{name}: the header in line {header.line} names {len(header.cells)} columns, but "
            f"{long} of the first {seen} rows have more cells than that, so it cannot be told "
            "which cell belongs to which name. Export it again with all columns named."
        )
