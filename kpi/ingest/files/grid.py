"""A table of texts, whatever kind of file it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

Record = tuple[int, list[str]]
"""The physical line (in a workbook, the row) on which a record begins, from 1, each beyond the one
before; its cells."""

Run = tuple[int, list[list[str]]]
"""Records on consecutive lines, none of which takes more than one: the first line, their cells."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: a text file, a sheet of a workbook, a table of a web page.

    ``name`` is what messages call it: the file's name, with the sheet's where there are several.
    ``sha256`` is the file's. ``dialect`` says in words how it was read ("Comma-separated,
    UTF-8"). ``decimal_comma``: its separator leaves the comma free for decimals. ``lines``: how
    many physical lines there are, for progress. ``notes``: sentences for the receipt.
    ``faulty``: lines that cannot be trusted, and the code (see ``kpi.ingest.reasons``) of what is
    wrong with them; the records that begin there are still given. ``records`` opens the table
    from its beginning; while it is read, FileRefused may still be raised and ``faulty`` may grow.
    ``runs`` gives the same records many at a time, where that is faster.
    """

    name: str
    sha256: str
    dialect: str
    decimal_comma: bool
    lines: int
    records: Callable[[], AbstractContextManager[Iterator[Record]]]
    notes: list[str] = field(default_factory=list)
    faulty: Mapping[int, str] = field(default_factory=dict)
    runs: Callable[[], Iterator[Run]] | None = None

    def in_runs(self) -> Iterator[Run]:
        """All records from the beginning, as many at a time as the table gives."""
        if self.runs is not None:
            yield from self.runs()
            return
        with self.records() as records:
            for line, cells in records:
                yield line, [cells]
