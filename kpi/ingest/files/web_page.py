"""The tables of a web page, such as many systems save under the name of a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from kpi.errors import FileRefused
from kpi.ingest.files.grid import Grid, Record
from kpi.ingest.files.source import Source

_MOST_BYTES = 50 << 20
_MOST_SPAN = 512


def open_web_page(source: Source, name: str, sha256: str) -> list[Grid]:
    """A grid for each table with at least two rows and two columns that holds no other table.

    Raises FileRefused for a page without one.
    """
    with source.open() as stream:
        content = stream.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise FileRefused(f"{name} is a web page of more than {_MOST_BYTES >> 20} MB. Use CSV.")
    tables = [rows for rows in map(_rows, _tables(content, name)) if _is_table(rows)]
    if not tables:
        raise FileRefused(
            f"{name} is a web page (HTML), whatever its name says, and has no table. "
            "Export the report as CSV and load that file."
        )
    return [
        Grid(
            name=f"{name} [table {number}]" if len(tables) > 1 else name,
            sha256=sha256,
            dialect=f"Web page, table {number} of {len(tables)}",
            decimal_comma=False,
            lines=len(rows),
            records=_reader(rows),
        )
        for number, rows in enumerate(tables, start=1)
    ]


def _tables(content: bytes, name: str) -> list[Any]:
    from lxml import etree, html

    page: Any

    text = content.replace(b"\0", b"")
    parser = html.HTMLParser(no_network=True, remove_comments=True, huge_tree=False)
    try:
        page = html.document_fromstring(text, parser=parser)
    except (etree.LxmlError, ValueError):
        raise FileRefused(f"{name} is a damaged web page. Export the report as CSV.") from None
    for element in page.xpath("//script|//style|//head"):
        element.drop_tree()
    return [table for table in page.xpath("//table") if not table.xpath(".//table")]


def _rows(table: Any) -> list[Record]:
    """The rows of a table, cells that span several given to each of them as blanks."""
    rows: list[Record] = []
    below: dict[int, int] = {}  # columns still covered by a cell above, and for how many rows
    for row in table.xpath(".//tr"):
        cells: list[str] = []
        for cell in row.xpath("./td|./th"):
            while below.get(len(cells), 0):
                below[len(cells)] -= 1
                cells.append("")
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            for step in range(wide):
                if high > 1:
                    below[len(cells)] = high - 1
                cells.append(" ".join(cell.text_content().split()) if not step else "")
        # A page may be one long line: rows are told from each other by their line all the same.
        after = rows[-1][0] + 1 if rows else 1
        rows.append((max(row.sourceline or 0, after), cells))
    return rows


def _span(cell: Any, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return min(int(text), _MOST_SPAN) if text.isascii() and text.isdigit() and int(text) else 1


def _is_table(rows: list[Record]) -> bool:
    return sum(len([cell for cell in cells if cell]) > 1 for _, cells in rows) > 1


def _reader(rows: list[Record]) -> Callable[[], Any]:
    @contextmanager
    def records() -> Iterator[Iterator[Record]]:
        yield iter([(line, list(cells)) for line, cells in rows])

    return records
