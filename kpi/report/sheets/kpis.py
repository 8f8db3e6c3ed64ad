"""The sheet of all that is known of each KPI: figures in full, one column each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kpi.report.document import Document, threshold
from kpi.report.rows import rows
from kpi.report.sheets.writing import Book, Sheet

_FIGURES = (
    "Value", "Numerator", "Denominator", "n", "Floor", "Floor to", "Target", "Target to", "Stretch",
    "Margin from", "Margin to", "Attainment", "Weight", "Points", "Points lost",
)  # fmt: skip
_BEFORE = ("KPI", "Family", "Status", "Unit", "Better")
_AFTER = ("Signal", "Usual range", "How sure", "Remarks")


def kpis_sheet(book: Book, document: Document) -> None:
    """Adds the sheet ``KPIs``: a row a KPI."""
    headings = [*_BEFORE, *_FIGURES, *_AFTER]
    widths = (30, 13, 14, 10, 20, *(11,) * len(_FIGURES), 24, 28, 44, 44)
    sheet = book.sheet("KPIs", widths)
    sheet.headings(0, headings, _FIGURES)
    sheet.xlsx.freeze_panes(1, 1)
    sheet.xlsx.repeat_rows(0)
    sheet.xlsx.repeat_columns(0)
    sheet.xlsx.fit_to_pages(2, 0)
    for at, (given, row) in enumerate(zip(document["kpis"], rows(document), strict=True), 1):
        sheet.text(at, 0, row.name, "strong")
        for column, said in enumerate((row.family, row.status, given["unit"], row.direction), 1):
            sheet.text(at, column, said.replace("_", " "))
        _figures(sheet, at, given)
        sure = ", ".join(each for each in (row.margin, row.verdict) if each)
        last = len(_BEFORE) + len(_FIGURES)
        for column, said in enumerate((row.signal_words, row.assurance, sure), last):
            sheet.text(at, column, said, "indented")
        sheet.text(at, last + 3, " ".join(row.remarks), "wrapped")
    if document["kpis"]:
        sheet.xlsx.autofilter(0, 0, len(document["kpis"]), len(headings) - 1)


def _figures(sheet: Sheet, at: int, given: Mapping[str, Any]) -> None:
    unit = given["unit"]
    margin = given.get("margin") or {}
    ends = {each: threshold(given[each]) for each in ("floor", "target")}
    low = {each: end[0] if isinstance(end, tuple) else end for each, end in ends.items()}
    high = {each: end[1] if isinstance(end, tuple) else None for each, end in ends.items()}
    of_the_unit = {
        "Value": given["value"], "Floor": low["floor"], "Floor to": high["floor"],
        "Target": low["target"], "Target to": high["target"], "Stretch": given["stretch"],
        "Margin from": margin.get("low"), "Margin to": margin.get("high"),
    }  # fmt: skip
    for column, heading in enumerate(_FIGURES, len(_BEFORE)):
        key = heading.lower().replace(" ", "_")
        if heading in of_the_unit:
            sheet.number(at, column, of_the_unit[heading], unit)
        elif heading in ("Attainment", "Weight"):
            sheet.number(at, column, given[key], "points")
        elif heading in ("Points", "Points lost"):
            sheet.exact(at, column, given[key], "0.0")
        else:
            whole = given[key] is None or given[key] == int(given[key])
            sheet.exact(at, column, given[key], "#,##0" if whole else "#,##0.00")
