"""The first sheet: who, the score and what qualifies it, the KPIs in short, and two charts."""

from __future__ import annotations

from typing import Any

from kpi.numbers import show, show_score
from kpi.report import front
from kpi.report.document import Document, is_final, period, ratings, threshold
from kpi.report.margins import score_margin, score_margin_words
from kpi.report.rows import lost_points, rows
from kpi.report.sheets.writing import Book, Sheet
from kpi.report.theme import LIGHT
from kpi.review.frozen.canonical import hash_of

_COLUMNS = ("KPI", "Value", "Target", "Attainment", "Weight", "Points", "Points lost", "Signal")
_NUMBERS = _COLUMNS[1:7]


def scorecard_sheet(book: Book, document: Document) -> None:
    """Adds the sheet ``Scorecard``."""
    sheet = book.sheet("Scorecard", (34, 15, 15, 13, 11, 11, 13, 28))
    sheet.text(0, 0, document["manager_name"], "title")
    sheet.xlsx.set_row(0, 27)
    sheet.text(1, 0, f"{front.whose(document)}; {period(document)}")
    sheet.text(2, 0, front.standing(document), "strong")
    sheet.text(3, 0, front.standing_words(document), "muted")
    at = _facts(sheet, document, 5)
    for said in front.notes(document):
        sheet.text(at, 0, said)
        at += 1
    at = _gates(sheet, document, at + 1)
    first = at + 2
    at = _kpis(sheet, document, at + 1)
    if document["kpis"]:
        at = _charts(book, sheet, document, first, at + 1)
    at = _lost(sheet, document, at)
    which = "final review" if is_final(document) else "draft"
    sheet.text(at + 1, 0, f"SHA-256 of this {which}: {hash_of(document)}", "muted")


def _facts(sheet: Sheet, document: Document, at: int) -> int:
    limits = ratings(document)
    sheet.text(at, 0, "Score", "strong")
    if document["score"] is None:
        sheet.text(at, 1, "–", "big")
        sheet.text(at, 3, document.get("reason"), "muted")
    else:
        _score(sheet, at, document["score"], limits, "big")
    sheet.xlsx.set_row(at, 34)
    lines: list[tuple[str, Any, str]] = [
        ("Margin", score_margin(document), score_margin_words(document)),
        ("Before gates", document.get("uncapped_score"), ""),
        *((each.label, each.value, each.beside) for each in front.rating(document)),
    ]
    ends = document.get("score_range")
    if ends is not None and document["coverage"] < 1:
        low, high = (show_score(end, limits) for end in ends)
        lines.append(("Once all data is in", f"{low} to {high}", ""))
    for label, value, beside in lines:
        at += 1
        sheet.text(at, 0, label)
        if isinstance(value, int | float):
            _score(sheet, at, value, limits, "strong")
        else:
            sheet.text(at, 1, value, "strong")
        sheet.text(at, 3, beside, "muted")
    sheet.text(at + 1, 0, "Coverage")
    sheet.number(at + 1, 1, document["coverage"], "percent", "strong")
    sheet.text(at + 2, 0, "Data through")
    sheet.text(at + 2, 1, document["data_through"] or "–", "strong")
    return at + 4


def _score(sheet: Sheet, row: int, value: float, limits: Any, look: str) -> None:
    """A score with as many decimals as it takes not to show a rating that it does not reach."""
    decimals = len(show_score(value, limits).partition(".")[2])
    sheet.exact(row, 1, value, f"0.{'0' * decimals}", look)


def _gates(sheet: Sheet, document: Document, at: int) -> int:
    found = front.gates(document)
    if not found:
        return at
    sheet.text(at, 0, "Gates", "part")
    for gate in found:
        at += 1
        sheet.text(at, 0, gate.name)
        sheet.text(at, 1, gate.words)
    return at + 2


def _kpis(sheet: Sheet, document: Document, at: int) -> int:
    sheet.headings(at, _COLUMNS, _NUMBERS)
    for given, row in zip(document["kpis"], rows(document), strict=True):
        at += 1
        sheet.text(at, 0, row.name, "strong")
        sheet.number(at, 1, given["value"], given["unit"])
        target = threshold(given["target"])
        if isinstance(target, tuple):
            sheet.text(at, 2, row.target, "right")
        else:
            sheet.number(at, 2, target, given["unit"])
        sheet.number(at, 3, given["attainment"], "points")
        sheet.number(at, 4, given["weight"], "points")
        sheet.exact(at, 5, given["points"], "0.0")
        sheet.exact(at, 6, given["points_lost"], "0.0")
        said = row.signal_words if row.scored else f"{row.status}; {row.signal_words}"
        sheet.text(at, 7, said, "indented")
    sheet.text(at + 1, 0, "All points, before gates", "strong")
    uncapped = document["uncapped_score"]
    if uncapped is not None:
        decimals = len(show_score(uncapped, ratings(document)).partition(".")[2])
        sheet.exact(at + 1, 5, uncapped, f"0.{'0' * decimals}", "strong")
    return at + 2


def _charts(book: Book, sheet: Sheet, document: Document, first: int, at: int) -> int:
    """Attainment and points lost as bars, under the table that they are drawn from."""
    count = len(document["kpis"])
    tall = max(220, 60 + 24 * count)
    for place, (column, title, key) in enumerate(
        ((3, "Attainment (100 is the target)", "attainment"), (6, "Points lost", "points_lost"))
    ):
        chart = book.workbook.add_chart({"type": "bar"})
        chart.add_series(
            {
                "name": title,
                "categories": ["Scorecard", first, 0, first + count - 1, 0],
                "values": ["Scorecard", first, column, first + count - 1, column],
                "fill": {"color": LIGHT.ink},
                "gap": 60,
            }
        )
        chart.set_title({"name": title, "name_font": {"size": 11}})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
        chart.set_x_axis({"min": 0, "major_gridlines": {"visible": True,
                          "line": {"color": LIGHT.line}}})  # fmt: skip
        chart.set_size({"width": 520, "height": tall})
        said = "; ".join(f"{each['name']} {_said(each[key])}" for each in document["kpis"])
        sheet.xlsx.insert_chart(
            at, 0 if place == 0 else 4, chart, {"description": f"{title}: {said}.", "x_offset": 4}
        )
    return at + tall // 20 + 2


def _said(value: float | None) -> str:
    return "none" if value is None else show(value, "points")


def _lost(sheet: Sheet, document: Document, at: int) -> int:
    found = lost_points(document)
    if not found:
        return at
    sheet.text(at, 0, "Where points were lost", "part")
    for said in found:
        at += 1
        sheet.text(at, 0, said)
    return at + 1
