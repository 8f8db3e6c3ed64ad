"""Tables and charts of a page as files: what stands there, and nothing else."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from io import StringIO

from dashboards.charts.aims import Aims
from dashboards.views.cards import Card, Cell
from dashboards.views.kpi import Table
from dashboards.views.movement import MovementView
from dashboards.views.review import Judged
from dashboards.views.rows import KpiLine
from kpi.catalogue import Kpi
from kpi.months import Month
from kpi.numbers import show_threshold
from kpi.report.bullet import ends
from kpi.report.neutral import neutral
from kpi.report.svg import Figure
from kpi.report.theme import LIGHT
from kpi.report.trend import trend
from kpi.review.frozen.document import trend_of
from kpi.score.model import KpiScore

_FACE = "'Segoe UI', 'Helvetica Neue', Arial, sans-serif"


def table_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as the page shows it, UTF-8 with a mark. A text that a spreadsheet would take for a
    formula gets a quote."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([neutral(each) for each in headings])
    writer.writerows([neutral(each) for each in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def cards_csv(headings: Sequence[str], lines: Iterable[Card]) -> bytes:
    """A list of cards, a row each: a quiet line in the cell that it stands under, a chart as what
    it says."""
    named = [text or "Note" for text in headings]
    return table_csv(named, [(each.name, *map(_text, each.cells)) for each in lines])


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Figure):
        return cell.alt
    return "; ".join(filter(None, cell))


def kpis_csv(lines: Sequence[KpiLine]) -> bytes:
    """The overview's rows."""
    headings = (
        "KPI", "Direction", "Value", "Of", "Margin", "Floor, target, stretch", "Change", "Against",
        "Signal", "What it means", "Attainment", "Points", "Weight", "Status", "Reason",
    )  # fmt: skip
    return table_csv(
        headings,
        [
            (
                line.name, line.direction, line.value, line.detail, line.margin, line.aims,
                line.change.amount if line.change else "",
                line.change.against if line.change else "",
                line.signal, line.signal_detail, line.attainment, line.points, line.weight,
                line.status, line.reason,
            )
            for line in lines
        ],
    )  # fmt: skip


JUDGED = (
    "KPI", "Direction", "Value", "Of", "Margin", "Floor", "Target", "Stretch", "Attainment",
    "Weight", "Points", "Signal", "What it means", "Status", "Remarks", "What was said",
)  # fmt: skip
"""The headings of a review's KPIs."""


def judged_rows(found: Iterable[Judged]) -> list[tuple[str, ...]]:
    """A review's KPIs with what was said of each."""
    return [
        (
            each.row.name, each.row.direction, each.row.value, each.row.count, each.row.margin,
            each.row.floor, each.row.target, each.row.stretch, each.row.attainment,
            each.row.weight, each.row.points, each.row.signal_words, each.row.assurance,
            each.row.status, " ".join((each.row.verdict, *each.row.remarks)).strip(),
            " · ".join(f"{said.who}: {said.text}" for said in each.said),
        )
        for each in found
    ]  # fmt: skip


def judged_charts(found: Iterable[Judged], scale: Figure | None) -> list[tuple[str, bytes]]:
    """A review's charts, a file each: the score's scale and each KPI's bullet."""
    files = [("score.svg", scale.file)] if scale else []
    return files + [(f"{each.row.id}.svg", each.bullet.file) for each in found if each.bullet]


def shown_csv(table: Table) -> bytes:
    """A table of a KPI's page."""
    return table_csv(table.headings, table.rows)


def movement_csv(view: MovementView) -> bytes:
    """What each group added to a change."""
    return table_csv(
        (*view.headings, "Sense"), [(row.group, *row.cells, row.sense) for row in view.rows]
    )


def trend_figure(
    row: KpiScore, period: tuple[Month, Month], noted: Collection[Month]
) -> Figure | None:
    """A KPI's trend as a drawing that needs no script, for paper; None without a value."""
    kpi = row.kpi
    target = list(row.target) if isinstance(row.target, tuple) else row.target
    given = {"name": kpi.name, "unit": kpi.unit, "better": kpi.better, "target": target}
    return trend(given, trend_of(row.reading), period, LIGHT, _FACE, noted=noted)


def aims_figure(kpi: Kpi, points: Mapping[Month, float | None], aims: Aims) -> Figure:
    """A KPI's months beside what a draft asks, for paper. ``points`` has a value at least."""
    target = list(aims.target) if isinstance(aims.target, tuple) else aims.target
    given = {"name": kpi.name, "unit": kpi.unit, "better": kpi.better, "target": target}
    months = {"points": [{"month": str(month), "value": value} for month, value in points.items()]}
    besides = [
        (f"{name} {show_threshold(aim, kpi.unit)}", level)
        for name, aim in (("floor", aims.floor), ("stretch", aims.stretch))
        for level in ends(aim)
    ]
    last = max(points)
    found = trend(given, {**months, "flags": {}}, (last, last), LIGHT, _FACE, besides)
    assert found is not None  # a month has a value
    return found


def charts(lines: Sequence[KpiLine], scale: Figure | None) -> list[tuple[str, bytes]]:
    """The overview's charts, a file each: the score's scale, each KPI's bullet and sparkline."""
    found = [("score.svg", scale.file)] if scale else []
    for line in lines:
        found += [(f"{line.id}.svg", line.bullet.file), (f"{line.id}_months.svg", line.spark.file)]
    return found
