"""Excel workbooks written inside tests."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook


def workbook(
    sheets: Mapping[str, Sequence[Sequence[Any]]],
    formats: Mapping[str, str] | None = None,
    since_1904: bool = False,
) -> bytes:
    """The bytes of a workbook. ``formats``: by cell of its first sheet ("B2") a number format."""
    book = Workbook()
    book.remove(book.active)
    if since_1904:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904

        book.epoch = CALENDAR_MAC_1904
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    for cell, form in (formats or {}).items():
        book.worksheets[0][cell].number_format = form
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
