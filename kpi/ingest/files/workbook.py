"""The sheets of an Excel workbook as grids."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from kpi.errors import FileRefused
from kpi.ingest.clean.identifiers import masked
from kpi.ingest.files.grid import Grid, Record
from kpi.ingest.files.source import Source

_MOST_UNPACKED = 600 << 20
_MOST_RATIO = 200
_SMALL = 10 << 20
_ZEROS = re.compile(r"0+")
_MOST_COLUMNS = 512


def open_workbook(source: Source, name: str, sha256: str) -> list[Grid]:
    """A grid for each sheet that holds anything and can be seen.

    Raises FileRefused for an archive that is no workbook, one that unpacks to far more than it
    is, and a damaged one.
    """
    with _archive(source, name) as archive:
        _refuse_bombs(archive, name)
    with _workbook(source, name) as book:
        states = {sheet.title: sheet.sheet_state for sheet in book.worksheets}
        sizes = {sheet.title: sheet.max_row or 0 for sheet in book.worksheets}
    hidden = [title for title, state in states.items() if state != "visible"]
    seen = [title for title, state in states.items() if state == "visible"]
    grids = [
        Grid(
            name=f"{name} [{masked(title)}]" if len(seen) > 1 else name,
            sha256=sha256,
            dialect=f"Excel workbook, sheet '{masked(title)}'",
            decimal_comma=False,
            lines=sizes[title],
            records=_reader(source, name, title),
        )
        for title in seen
    ]
    found = [grid for grid in grids if _holds_anything(grid)]
    if not found:
        raise FileRefused(
            f"{name} is an Excel workbook with no cell filled on any visible sheet. If it holds "
            "formulas, open it in Excel, save it, and load it again."
        )
    if hidden:
        sheets = ", ".join(f"'{masked(title)}'" for title in hidden)
        found[0].notes.append(f"Hidden sheets are not read: {sheets}.")
    return found


def _holds_anything(grid: Grid) -> bool:
    with grid.records() as records:
        return any(any(map(str.strip, cells)) for _, cells in records)


@contextmanager
def _archive(source: Source, name: str) -> Iterator[zipfile.ZipFile]:
    with source.open() as stream:
        try:
            archive = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            raise FileRefused(f"{name} is a damaged archive. Export or save it again.") from None
        with archive:
            yield archive


def _refuse_bombs(archive: zipfile.ZipFile, name: str) -> None:
    members = archive.infolist()
    names = {member.filename for member in members}
    if "xl/workbook.xml" not in names:
        if any(each.startswith("word/") for each in names):
            raise FileRefused(f"{name} is a Word document. Export the report as CSV.")
        if "xl/workbook.bin" in names:
            raise FileRefused(
                f"{name} is a binary Excel workbook (.xlsb). Save it as an Excel workbook (.xlsx)."
            )
        raise FileRefused(f"{name} is a ZIP archive. Unpack it and load the CSV files in it.")
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if unpacked > _MOST_UNPACKED or (unpacked > _SMALL and unpacked > _MOST_RATIO * packed):
        raise FileRefused(
            f"{name} unpacks to {unpacked >> 20} MB, far more than a month's export holds. "
            "Save the sheet as 'CSV UTF-8' and load that file."
        )


@contextmanager
def _workbook(source: Source, name: str) -> Iterator[Any]:
    """The workbook, read cell by cell. Whatever is wrong inside is the file's fault."""
    from openpyxl import load_workbook

    with source.open() as stream:
        book = None
        try:
            book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            yield book
        except FileRefused:
            raise
        except GeneratorExit:
            raise
        except Exception:  # openpyxl raises anything on a damaged workbook
            raise FileRefused(
                f"{name} is a damaged Excel workbook. Open it in Excel, save it, and load it again."
            ) from None
        finally:
            if book is not None:
                book.close()


def _reader(source: Source, name: str, title: str) -> Callable[[], Any]:
    @contextmanager
    def records() -> Iterator[Iterator[Record]]:
        with _workbook(source, name) as book:
            yield _rows(book[title], name)

    return records


def _rows(sheet: Any, name: str) -> Iterator[Record]:
    """The rows of a sheet as texts. Whatever a damaged one raises on the way is said once."""
    rows = sheet.iter_rows()
    number = 0
    while True:
        try:
            row = next(rows, None)
            if row is None:
                return
            number += 1
            cells = [_text(cell) for cell in row]
        except Exception:  # as above
            raise FileRefused(
                f"{name} is a damaged Excel workbook (near row {number}). Open it in Excel, save "
                "it, and load it again."
            ) from None
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > _MOST_COLUMNS:
            raise FileRefused(
                f"{name} has {len(cells)} columns; at most {_MOST_COLUMNS} are read. "
                "Export only the columns that are needed."
            )
        yield number, cells


def _text(cell: Any) -> str:
    """A cell as a careful person would copy it: no decimals that it does not have, zeros in front
    where its format shows them, dates in the international form."""
    value = cell.value
    match value:
        case None:
            text = ""
        case bool():
            text = "true" if value else "false"
        case int() | float():
            text = _number(value, str(cell.number_format))
        case datetime():
            day, clock = value.date(), value.replace(microsecond=0)
            text = day.isoformat() if clock.time() == time(0) else clock.isoformat(" ")
        case date() | time():
            text = value.isoformat()
        case timedelta():
            seconds = round(value.total_seconds())
            text = f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
        case _:
            text = str(value)
    return text


def _number(value: float, form: str) -> str:
    if form.endswith("%"):
        return f"{value * 100:.10g}%"
    if float(value).is_integer() and abs(value) < 1e15:
        whole = int(value)
        return f"{whole:0{len(form)}d}" if _ZEROS.fullmatch(form) and len(form) > 1 else str(whole)
    return repr(value)
