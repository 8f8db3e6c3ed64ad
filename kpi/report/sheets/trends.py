"""The sheet of trends: each KPI's months in a table, and a line chart of the same beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kpi.months import Month
from kpi.numbers import number_format
from kpi.report.document import Document, threshold
from kpi.report.sheets.writing import Book, Sheet
from kpi.report.theme import LIGHT
from kpi.report.trend import trend

_COLUMNS = ("Month", "Value", "Mean", "Usual from", "Usual to", "Target", "Target to", "Signal")
_NUMBERS = _COLUMNS[1:7]
_RULES = {
    "outside": "outside the usual range",
    "trend": "seven months one way",
    "two_of_three": "two of three near an end of it",
    "run": "a run on one side of the mean",
}
_CHART_ROWS = 18


def trends_sheet(book: Book, document: Document) -> None:
    """Adds the sheet ``Trends``, one block a KPI that has a month with a value."""
    sheet = book.sheet("Trends", (14, 12, 12, 12, 12, 12, 12, 30, 2))
    at = 0
    for row in document["kpis"]:
        given = document["trends"].get(row["id"])
        if given and any(each["value"] is not None for each in given["points"]):
            at = _block(book, sheet, document, row, given, at)
    if not at:
        sheet.text(0, 0, "No month has a value yet.", "muted")


def _block(
    book: Book, sheet: Sheet, document: Document, row: Mapping[str, Any],
    given: Mapping[str, Any], at: int,
) -> int:  # fmt: skip
    sheet.text(at, 0, row["name"], "part")
    sheet.headings(at + 1, _COLUMNS, _NUMBERS)
    first = at + 2
    aims = threshold(row["target"])
    low, high = aims if isinstance(aims, tuple) else (aims, None)
    lines = (given.get("mean"), given.get("lower"), given.get("upper"), low, high)
    for place, point in enumerate(given["points"], first):
        sheet.text(place, 0, point["month"])
        sheet.number(place, 1, point["value"], row["unit"])
        for column, value in enumerate(lines, 2):
            sheet.number(place, column, value, row["unit"])
        rule = given["flags"].get(point["month"])
        sheet.text(place, 7, _RULES.get(rule, rule) if rule else None, "indented")
    last = first + len(given["points"]) - 1
    _chart(book, sheet, document, row, given, (at, first, last))
    return max(last + 2, at + _CHART_ROWS + 1)


def _chart(
    book: Book, sheet: Sheet, document: Document, row: Mapping[str, Any],
    given: Mapping[str, Any], rows: tuple[int, int, int],
) -> None:  # fmt: skip
    at, first, last = rows
    chart = book.workbook.add_chart({"type": "line"})
    drawn = (
        (1, {"color": LIGHT.ink, "width": 1.75}, {"type": "circle", "size": 4,
             "fill": {"color": LIGHT.ink}, "border": {"color": LIGHT.ink}}),
        (2, {"color": LIGHT.neutral, "width": 0.75}, {"type": "none"}),
        (3, {"color": LIGHT.neutral, "width": 0.75, "dash_type": "dash"}, {"type": "none"}),
        (4, {"color": LIGHT.neutral, "width": 0.75, "dash_type": "dash"}, {"type": "none"}),
        (5, {"color": LIGHT.better, "width": 1.25, "dash_type": "square_dot"}, {"type": "none"}),
        (6, {"color": LIGHT.better, "width": 1.25, "dash_type": "square_dot"}, {"type": "none"}),
    )  # fmt: skip
    there = {1, *_present(row, given)}
    for column, line, marker in drawn:
        if column in there:
            chart.add_series(
                {
                    "name": ["Trends", at + 1, column],
                    "categories": ["Trends", first, 0, last, 0],
                    "values": ["Trends", first, column, last, column],
                    "line": line,
                    "marker": marker,
                }
            )
    chart.show_blanks_as("gap")
    chart.set_title({"name": row["name"], "name_font": {"size": 11}})
    chart.set_legend({"position": "bottom", "font": {"size": 8}})
    chart.set_x_axis({"num_font": {"size": 8, "rotation": -45}})
    chart.set_y_axis({"num_font": {"size": 8}, "num_format": _axis_format(row, given),
                      "major_gridlines": {"visible": True,
                      "line": {"color": LIGHT.line}}})  # fmt: skip
    chart.set_size({"width": 640, "height": 20 * _CHART_ROWS - 20})
    months = (Month.parse(document["from"]), Month.parse(document["to"]))
    said = trend(row, given, months, LIGHT)
    sheet.xlsx.insert_chart(at, 9, chart, {"description": said.alt if said else row["name"]})


def _axis_format(row: Mapping[str, Any], given: Mapping[str, Any]) -> str:
    """Of the largest value: an axis has no room for each one's digits."""
    largest = max(abs(each["value"]) for each in given["points"] if each["value"] is not None)
    digits = number_format(largest, row["unit"]).partition('"')
    return digits[0] or number_format(largest, row["unit"])


def _present(row: Mapping[str, Any], given: Mapping[str, Any]) -> list[int]:
    """The columns of the lines that there are."""
    aims = threshold(row["target"])
    found = [
        column
        for column, key in ((2, "mean"), (3, "lower"), (4, "upper"))
        if given.get(key) is not None
    ]
    found += [5] if aims is not None else []
    return [*found, 6] if isinstance(aims, tuple) else found
