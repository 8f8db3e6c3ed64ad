"""A text file as a grid."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import TextIO

from kpi.errors import FileRefused
from kpi.ingest.files.dialect import SAMPLE, Dialect, find_dialect
from kpi.ingest.files.encoding import Encoding, find_encoding
from kpi.ingest.files.grid import Grid, Record, Run
from kpi.ingest.files.source import Source

_LONGEST_RECORD = 500  # physical lines; a record beyond has a quotation mark that never closes
_MOST_UNCLOSED = 20
_RUN = 200
_TAIL = 1 << 16
_LINE_END = re.compile(r"\r\n|\r|\n")
_TOTAL = re.compile(r"\W*(?:[a-z]+ )?(?:totals?|page|report|average)\b", re.IGNORECASE)


def open_text(source: Source, head: bytes, name: str, sha256: str) -> Grid:
    """The one table of a text file. Raises FileRefused for what is no text, a file whose
    separator cannot be told, and a file that was cut off."""
    encoding = find_encoding(source, head, name)
    with source.text(encoding.name, encoding.errors) as text:
        sample = text.read(SAMPLE)
    whole = len(sample) < SAMPLE
    sample = sample.translate(str.maketrans(dict.fromkeys(encoding.odd)))
    dialect = find_dialect(sample, name, whole)
    table = _TextTable(name, source, encoding, dialect)
    _refuse_cut_off(table, sample)
    return Grid(
        name=name,
        sha256=sha256,
        dialect=f"{dialect.words}, {encoding.words}",
        decimal_comma=dialect.delimiter == ";",
        lines=encoding.lines,
        records=table.records,
        runs=table.runs,
        notes=list(encoding.notes),
        faulty=table.faulty,
    )


@dataclass(slots=True)
class _TextTable:
    """A text file that is known well enough to be read as a table."""

    name: str
    source: Source
    encoding: Encoding
    dialect: Dialect
    faulty: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.faulty.update(dict.fromkeys(self.encoding.damaged, "undecodable"))

    @contextmanager
    def records(self) -> Iterator[Iterator[Record]]:
        """Its records from the beginning, each with the physical line on which it begins."""
        yield self._records(1 + self.dialect.hinted)

    def runs(self) -> Iterator[Run]:
        """The same records in runs, up to the first that does not end on its line; from there on
        one by one."""
        start = 1 + self.dialect.hinted
        with self.source.text(self.encoding.name, self.encoding.errors) as text:
            lines = self._lines(text)
            for _ in range(start - 1):
                next(lines, None)
            reader = self.dialect.reader(lines)
            ended = 0
            with suppress(csv.Error):
                while rows := list(islice(reader, _RUN)):
                    ended += len(rows)
                    if reader.line_num != ended:  # type: ignore[attr-defined]
                        break
                    yield start, rows
                    start += len(rows)
                else:
                    return
        for line, cells in self._records(start):
            yield line, [cells]

    def _records(self, start: int) -> Iterator[Record]:
        """Records from a line on. A quotation mark that never closes costs the record in which it
        opens: the lines after it are read again as records of their own."""
        for _ in range(_MOST_UNCLOSED):
            opened = yield from self._records_from(start)
            if opened is None:
                return
            fault, line = opened
            self.faulty[line] = fault
            yield line, self._bare_cells(line)
            start = line + 1
        raise FileRefused(
            f"{self.name}, line {start - 1}: quotation marks are opened and never closed again "
            "and again, so that rows cannot be told apart. Export the file again."
        )

    def _records_from(self, start: int) -> Generator[Record, None, tuple[str, int] | None]:
        """Records from a line on. Returns the fault and line of a record that never ends, or
        None at the end of the file."""
        passed = start - 1
        last = begun = passed
        with self.source.text(self.encoding.name, self.encoding.errors) as text:
            lines = self._lines(text)
            for _ in range(passed):
                next(lines, None)
            reader = self.dialect.reader(lines)
            held: tuple[int, list[str]] | None = None
            try:
                for cells in reader:
                    begun = last + 1
                    last = passed + reader.line_num  # type: ignore[attr-defined]
                    if last - begun > _LONGEST_RECORD:
                        return "unclosed_quote", begun
                    if held is not None:
                        yield held
                        held = None
                    # Only the file's last record can be one that a quotation mark has swallowed.
                    if last > begun:
                        held = begun, cells
                    else:
                        yield begun, cells
            except csv.Error:  # a cell beyond the module's limit of 131,072 characters
                many = passed + reader.line_num > last + 1  # type: ignore[attr-defined]
                return ("unclosed_quote" if many else "too_long_cell"), last + 1
            if held is not None:
                if self._is_open(held[0]):
                    return "unclosed_quote", held[0]
                yield held
        return None

    def _lines(self, text: TextIO) -> Iterator[str]:
        odd = str.maketrans(dict.fromkeys(self.encoding.odd))
        return (line.translate(odd) for line in text) if odd else iter(text)

    def _line(self, line: int) -> str:
        with self.source.text(self.encoding.name, self.encoding.errors) as text:
            return next(islice(self._lines(text), line - 1, None), "")

    def _bare_cells(self, line: int) -> list[str]:
        """A line's cells with no regard to quotation marks; long ones are of no use."""
        cells = self._line(line).rstrip("\r\n").split(self.dialect.delimiter)
        return [cell if len(cell) < _TAIL else "" for cell in cells]

    def _is_open(self, line: int) -> bool:
        """Whether the last record, which begins on a line, ends within quotation marks."""
        with self.source.text(self.encoding.name, self.encoding.errors) as text:
            rest = islice(self._lines(text), line - 1, None)
            return sum(each.count(self.dialect.quote) for each in rest) % 2 == 1


def _refuse_cut_off(table: _TextTable, sample: str) -> None:
    """Raises FileRefused for a file whose last line has no end and too few cells, where all lines
    that were looked at have equally many."""
    with table.source.open() as stream:
        end = stream.seek(0, 2)
        stream.seek(max(0, end - _TAIL))
        tail = stream.read()
    if tail.endswith((b"\n", b"\r", b"\n\0", b"\r\0", b"\0\n", b"\0\r")) or len(tail) < 2:
        return
    lines = _LINE_END.split(sample)
    last = _LINE_END.split(tail.decode(table.encoding.name, "replace").replace("\0", ""))[-1]
    if len(lines) < 3 or last.count(table.dialect.quote) > 1 or _TOTAL.match(last):
        return
    widths = Counter(
        len(cells) for cells in table.dialect.reader(lines[:-1]) if any(map(str.strip, cells))
    )
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    cells = last.split(table.dialect.delimiter)
    if width > 2 and count == widths.total() and 1 < len(cells) < width:
        raise FileRefused(
            f"{table.name} looks cut off: its last line ends in the middle of a row. Download or "
            "export it again."
        )
