"""A scorecard as a workbook: real numbers under their formats, charts of its own, and no formula.

Texts of files and people are written as texts, marked as such where a spreadsheet would run them.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from kpi.report import front
from kpi.report.document import Document
from kpi.report.sheets.definitions import definitions_sheet
from kpi.report.sheets.kpis import kpis_sheet
from kpi.report.sheets.measures import measures_sheet
from kpi.report.sheets.record import record_sheet, sources_sheet
from kpi.report.sheets.scorecard import scorecard_sheet
from kpi.report.sheets.trends import trends_sheet
from kpi.report.sheets.writing import Book

# A workbook names a day on which it was made. One by the clock would make two files of one
# scorecard differ, and the document knows of no such day.
_MADE = datetime(2000, 1, 1)


def as_xlsx(document: Document) -> bytes:
    """The workbook; the same document gives the same bytes."""
    import xlsxwriter

    content = BytesIO()
    workbook = xlsxwriter.Workbook(
        content,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    workbook.set_properties(
        {"title": front.title(document), "subject": front.standing(document), "created": _MADE}
    )
    book = Book(workbook)
    for sheet in (
        scorecard_sheet,
        kpis_sheet,
        record_sheet,
        measures_sheet,
        trends_sheet,
        definitions_sheet,
        sources_sheet,
    ):
        sheet(book, document)
    workbook.close()
    return content.getvalue()
