"""The sheet of definitions: what each KPI means, and how it misleads."""

from __future__ import annotations

from kpi.report.detail import definition_facts
from kpi.report.document import Document
from kpi.report.rows import rows
from kpi.report.sheets.writing import Book

_FACTS = ("Standard", "Typical", "Control", "Beware", "Read beside")


def definitions_sheet(book: Book, document: Document) -> None:
    """Adds the sheet ``Definitions``."""
    sheet = book.sheet("Definitions", (30, 18, 50, 40, *(40,) * len(_FACTS)))
    sheet.headings(0, ("KPI", "Better", "Definition", "Formula", *_FACTS))
    sheet.xlsx.freeze_panes(1, 1)
    sheet.xlsx.repeat_rows(0)
    for at, row in enumerate(rows(document), 1):
        found = document["definitions"].get(row.id) or {}
        facts = dict(definition_facts(document, row.id))
        sheet.text(at, 0, row.name, "strong")
        said = (row.direction, found.get("definition"), found.get("formula"))
        for column, text in enumerate((*said, *(facts.get(each) for each in _FACTS)), 1):
            sheet.text(at, column, text, "wrapped")
