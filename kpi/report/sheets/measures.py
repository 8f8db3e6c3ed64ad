"""The sheet of measures: what each KPI was computed from, month by month."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kpi.report.document import Document
from kpi.report.sheets.writing import Book, Sheet


def measures_sheet(book: Book, document: Document) -> None:
    """Adds the sheet ``Measures``: a row a measure, a column a month; then of each dataset how much
    of the month is there; then the counted minutes of the period's waits."""
    measures = document.get("measures") or {}
    values = measures.get("values") or {}
    states = measures.get("states") or {}
    months = sorted({month for each in (*values.values(), *states.values()) for month in each})
    sheet = book.sheet("Measures", (34, *(11,) * max(1, len(months))))
    sheet.headings(0, ["Measure", *months], months)
    sheet.xlsx.freeze_panes(1, 1)
    sheet.xlsx.repeat_rows(0)
    column = {month: at for at, month in enumerate(months, 1)}
    at = 0
    for name in sorted(values):
        at += 1
        sheet.text(at, 0, name.replace("_", " "))
        for month, value in values[name].items():
            whole = value is None or value == int(value)
            sheet.exact(at, column[month], value, "#,##0" if whole else "#,##0.00")
    if states:
        at += 2
        sheet.headings(at, ["Dataset, how much of the month is there", *months])
    for name in sorted(states):
        at += 1
        sheet.text(at, 0, name.replace("_", " "))
        for month, state in states[name].items():
            sheet.text(at, column[month], _state(state))
    _histograms(sheet, document, measures.get("histograms") or {}, at + 2)


def _state(state: Mapping[str, Any]) -> str:
    if state.get("attested"):
        return "none to report"
    return str(state["state"])


def _histograms(sheet: Sheet, document: Document, histograms: Mapping[str, Any], at: int) -> None:
    """How many records had how many minutes, of the months of the period."""
    counted = [
        (name, month, int(minutes), count)
        for name in sorted(histograms)
        for month in sorted(histograms[name])
        if document["from"] <= month <= document["to"]
        for minutes, count in histograms[name][month].items()
    ]
    if not counted:
        return
    headings = ("Counted by minutes", "Month", "Minutes", "Records")
    sheet.headings(at, headings, headings[2:])
    for name, month, minutes, count in sorted(counted):
        at += 1
        sheet.text(at, 0, name.replace("_", " "))
        sheet.text(at, 1, month)
        sheet.exact(at, 2, minutes, "0")
        sheet.exact(at, 3, count, "#,##0")
